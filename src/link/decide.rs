//! Which proposals hold: the surest first, as far as neither the knowledge base nor the user says
//! otherwise; then what the user set right. Kruskal's way to a forest, so that each name has one
//! chain of reasons to the name of its entity.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{AddedSpelling, Link, LinkRule, Links, Name};
use crate::link::census::Census;
use crate::link::{LINE, LinkMode};
use crate::repair::{Repair, Repairs};

/// Below this confidence a proposal is not even a candidate.
const WORTH_TELLING: f32 = 0.4;

/// The links of a corpus.
pub(super) fn decide(
    census: &Census,
    proposals: &Arc<[Link]>,
    repairs: &Repairs,
    mode: LinkMode,
) -> Links {
    let mut forest = Forest::new(census, proposals, repairs);
    for repair in repairs.iter() {
        match repair {
            Repair::Merge { name, into } => forest.repair(name, into, true),
            Repair::Accept { name, candidate } => forest.repair(name, candidate, false),
            _ => {}
        }
    }
    let mut weak: Vec<&Link> = Vec::new();
    let allowed = |link: &&Link| mode.allows(link.rule);
    let everywhere = proposals.iter().filter(|link| link.within.is_none());
    for link in everywhere.filter(allowed) {
        if link.confidence < LINE || !forest.join(link) {
            weak.push(link);
        }
    }
    let mut links = Links::new(Arc::clone(proposals));
    let finals = forest.names(repairs);
    forest.apply(&finals, &mut links);
    let within = proposals.iter().filter(|link| link.within.is_some());
    for link in within.filter(allowed) {
        forest.apply_within(link, &finals, &mut links);
    }
    forest.add_candidates(&weak, &finals, &mut links);
    forest.apply_repairs(repairs, &finals, &mut links);
    for (number, entry) in census.entries().iter().enumerate() {
        if let Some(name) = forest.final_of(number, &finals) {
            for spelling in &entry.listed {
                links.list(spelling, name);
            }
        }
    }
    links
}

/// What makes a name the name of its entity: its class (known, English and several words, …),
/// whether a document says what else it is called, its mentions.
type Weight = (u8, bool, u32);

/// A name of the corpus or of a repair.
struct Node {
    name: Name,
    known: bool,
    /// The larger the better.
    weight: Weight,
    parent: usize,
}

/// Names joined to entities.
struct Forest {
    nodes: Vec<Node>,
    numbers: FxHashMap<Name, usize>,
    /// The joins that hold: for each name the others, why, and how surely.
    edges: FxHashMap<usize, Vec<(usize, Arc<Link>)>>,
    /// Pairs of names that never are one.
    apart: Vec<(usize, usize)>,
    /// The name that the user gave the entity of a root.
    chosen: FxHashMap<usize, usize>,
}

/// What each entity, by its root, is called; `None` for one that is hidden.
type Finals = FxHashMap<usize, Option<Name>>;

impl Forest {
    fn new(census: &Census, proposals: &[Link], repairs: &Repairs) -> Self {
        let mut forest = Self {
            nodes: Vec::new(),
            numbers: FxHashMap::default(),
            edges: FxHashMap::default(),
            apart: Vec::new(),
            chosen: FxHashMap::default(),
        };
        // X (formerly Y) is called X
        let defined = |link: &&Link| link.rule == LinkRule::Definition && link.confidence >= LINE;
        let heads: FxHashSet<&Name> = proposals.iter().filter(defined).map(|l| &l.to).collect();
        for entry in census.entries() {
            let [english, german, arabic, other] = entry.languages;
            let several = entry.name.key.split_whitespace().nth(1).is_some();
            let class = match () {
                () if entry.known => 4,
                () if several && english > 0 => 3,
                () if several && german + other > 0 => 2,
                () => u8::from(english + german + other >= arabic),
            };
            let head = heads.contains(&entry.name);
            let weight = (class, head, entry.mentions());
            forest.add(entry.name.clone(), entry.known, weight);
        }
        for repair in repairs.iter() {
            let Some(name) = repair.name() else { continue };
            forest.number(name);
            if let Some((_, other)) = repair.pair() {
                forest.number(other);
            }
            if let Repair::Split { name, to, .. } = repair {
                forest.number(&Name::new(to, name.kind));
            }
            if let Repair::Reject { name, candidate } = repair {
                let pair = (forest.number(name), forest.number(candidate));
                forest.apart.push(pair);
            }
        }
        forest
    }

    fn add(&mut self, name: Name, known: bool, weight: Weight) -> usize {
        let number = self.nodes.len();
        self.numbers.insert(name.clone(), number);
        self.nodes.push(Node {
            name,
            known,
            weight,
            parent: number,
        });
        number
    }

    /// The number of a name, which may be one that only a repair speaks of.
    fn number(&mut self, name: &Name) -> usize {
        match self.numbers.get(name) {
            Some(number) => *number,
            None => self.add(name.clone(), false, (0, false, 0)),
        }
    }

    fn root(&self, mut number: usize) -> usize {
        while let Some(node) = self.nodes.get(number) {
            if node.parent == number {
                break;
            }
            number = node.parent;
        }
        number
    }

    fn weight(&self, number: usize) -> (bool, Weight, std::cmp::Reverse<Option<&Name>>) {
        let node = self.nodes.get(number);
        (
            node.is_some_and(|node| node.known),
            node.map_or((0, false, 0), |node| node.weight),
            std::cmp::Reverse(node.map(|node| &node.name)),
        )
    }

    fn union(&mut self, a: usize, b: usize, link: Link) {
        let (root_a, root_b) = (self.root(a), self.root(b));
        let link = Arc::new(link);
        self.edges
            .entry(a)
            .or_default()
            .push((b, Arc::clone(&link)));
        self.edges.entry(b).or_default().push((a, link));
        if root_a == root_b {
            return;
        }
        // the better name is the root, so that the root names the entity
        let (top, below) = if self.weight(root_a) >= self.weight(root_b) {
            (root_a, root_b)
        } else {
            (root_b, root_a)
        };
        let chosen = self.chosen.remove(&below);
        if let Some(node) = self.nodes.get_mut(below) {
            node.parent = top;
        }
        if let Some(chosen) = chosen {
            self.chosen.entry(top).or_insert(chosen);
        }
    }

    /// Joins what the user says is one; `named` if it is called what the second is called.
    fn repair(&mut self, a: &Name, b: &Name, named: bool) {
        let (from, to) = (self.number(a), self.number(b));
        if self.root(from) != self.root(to) {
            let verb = if named { "merged" } else { "accepted" };
            let link = Link {
                from: a.clone(),
                to: b.clone(),
                rule: LinkRule::Repair,
                reason: Arc::from(format!("{verb} by you: {}, {}", a.key, b.key)),
                confidence: 1.0,
                within: None,
            };
            self.union(from, to, link);
        }
        if named {
            let root = self.root(to);
            // of a chain of merges the end names the entity
            let taken = self.chosen.get(&root).copied();
            if taken.is_none() || taken == Some(from) {
                self.chosen.insert(root, to);
            }
        }
    }

    /// Makes a proposal hold, unless it would join what is known to be two.
    fn join(&mut self, link: &Link) -> bool {
        let pair = (self.numbers.get(&link.from), self.numbers.get(&link.to));
        let (Some(&a), Some(&b)) = pair else {
            return true;
        };
        let (root_a, root_b) = (self.root(a), self.root(b));
        if root_a == root_b {
            return true;
        }
        // a known name is always the root
        let known = |root: usize| self.nodes.get(root).is_some_and(|node| node.known);
        if known(root_a) && known(root_b) {
            return false;
        }
        let rejected = self.apart.iter().any(|(x, y)| {
            let pair = (self.root(*x), self.root(*y));
            pair == (root_a, root_b) || pair == (root_b, root_a)
        });
        if rejected {
            return false;
        }
        self.union(a, b, link.clone());
        true
    }

    /// What each entity is called, after renaming, retyping and hiding.
    fn names(&self, repairs: &Repairs) -> Finals {
        let mut finals: Finals = FxHashMap::default();
        for number in 0..self.nodes.len() {
            let root = self.root(number);
            let name = self.chosen.get(&root).copied().unwrap_or(root);
            let name = self.nodes.get(name).map(|node| node.name.clone());
            finals.entry(root).or_insert(name);
        }
        for repair in repairs.iter() {
            let number = repair.name().and_then(|name| self.numbers.get(name));
            let Some(number) = number else { continue };
            let root = self.root(*number);
            // what the user merged into another is called what the other is called
            if self
                .chosen
                .get(&root)
                .is_some_and(|chosen| chosen != number)
                && !matches!(repair, Repair::Hide { .. })
            {
                continue;
            }
            let slot = finals.entry(root).or_default();
            match (repair, slot.as_mut()) {
                (Repair::Rename { to, .. }, Some(name)) => name.key = Arc::clone(to),
                (Repair::Retype { to, .. }, Some(name)) => name.kind = *to,
                (Repair::Hide { .. }, _) => *slot = None,
                _ => {}
            }
        }
        finals
    }

    fn final_of<'f>(&self, number: usize, finals: &'f Finals) -> Option<&'f Name> {
        finals.get(&self.root(number))?.as_ref()
    }

    /// Links every name to the final one of its entity, along the chain of reasons.
    fn apply(&self, finals: &Finals, links: &mut Links) {
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        for start in 0..self.nodes.len() {
            if self.root(start) != start {
                continue;
            }
            // from the root outwards: each name with its first reason and the confidence so far
            let mut open = vec![(start, None::<Arc<Link>>, 1.0f32)];
            seen.insert(start);
            while let Some((number, link, confidence)) = open.pop() {
                self.apply_one(number, link.as_deref(), confidence, finals, links);
                for (next, edge) in self.edges.get(&number).into_iter().flatten() {
                    if seen.insert(*next) {
                        open.push((*next, Some(Arc::clone(edge)), confidence * edge.confidence));
                    }
                }
            }
        }
    }

    fn apply_one(
        &self,
        number: usize,
        link: Option<&Link>,
        confidence: f32,
        finals: &Finals,
        links: &mut Links,
    ) {
        let Some(node) = self.nodes.get(number) else {
            return;
        };
        let Some(to) = self.final_of(number, finals) else {
            return links.hide(node.name.clone());
        };
        if *to == node.name {
            return;
        }
        let (rule, reason) = match link {
            Some(link) => (link.rule, Arc::clone(&link.reason)),
            None => (LinkRule::Repair, Arc::from("set right by you")),
        };
        links.apply(Link {
            from: node.name.clone(),
            to: to.clone(),
            rule,
            reason,
            confidence,
            within: None,
        });
    }

    /// Makes a link within an article hold, if the user did not reject it.
    fn apply_within(&self, link: &Link, finals: &Finals, links: &mut Links) {
        let pair = (self.numbers.get(&link.from), self.numbers.get(&link.to));
        let (Some(&a), Some(&b)) = pair else { return };
        // the user may have rejected it under the name of the whole entity
        let is_apart = |x: usize, y: usize| x == a && self.root(y) == self.root(b);
        let rejected = self
            .apart
            .iter()
            .any(|&(x, y)| is_apart(x, y) || is_apart(y, x));
        if link.confidence < LINE || rejected || self.root(a) == self.root(b) {
            return;
        }
        // where the user says what the bare name is, it is that
        let repaired = self.edges.get(&a).into_iter().flatten();
        if repaired
            .into_iter()
            .any(|(_, edge)| edge.rule == LinkRule::Repair)
        {
            return;
        }
        if let Some(to) = self.final_of(b, finals) {
            links.apply(Link {
                to: to.clone(),
                ..link.clone()
            });
        }
    }

    /// Keeps what is too weak, between the final names, the surest of each pair.
    fn add_candidates(&self, weak: &[&Link], finals: &Finals, links: &mut Links) {
        let mut told: FxHashSet<(usize, usize)> = FxHashSet::default();
        for link in weak.iter().filter(|link| link.confidence >= WORTH_TELLING) {
            let pair = (self.numbers.get(&link.from), self.numbers.get(&link.to));
            let (Some(&a), Some(&b)) = pair else { continue };
            let (root_a, root_b) = (self.root(a), self.root(b));
            let apart = |(x, y): &(usize, usize)| {
                let pair = (self.root(*x), self.root(*y));
                pair == (root_a, root_b) || pair == (root_b, root_a)
            };
            let known = |root: usize| self.nodes.get(root).is_some_and(|node| node.known);
            let two = (known(root_a) && known(root_b)) || self.apart.iter().any(apart);
            if root_a == root_b || two || !told.insert((root_a.min(root_b), root_a.max(root_b))) {
                continue;
            }
            let names = (self.final_of(a, finals), self.final_of(b, finals));
            if let (Some(from), Some(to)) = names {
                links.add_candidate(Link {
                    from: from.clone(),
                    to: to.clone(),
                    ..(*link).clone()
                });
            }
        }
    }

    /// Splits and added spellings.
    fn apply_repairs(&self, repairs: &Repairs, finals: &Finals, links: &mut Links) {
        for repair in repairs.iter() {
            let number = repair.name().and_then(|name| self.numbers.get(name));
            let Some(&number) = number else { continue };
            match repair {
                Repair::Split { name, spelling, to } => {
                    let root = self.root(number);
                    let target = Name::new(to, name.kind);
                    let target = self.numbers.get(&target).copied();
                    let target = target.and_then(|target| self.final_of(target, finals));
                    for (other, node) in self.nodes.iter().enumerate() {
                        if self.root(other) == root {
                            let Some(target) = target else {
                                links.hide_spelling(spelling, &node.name);
                                continue;
                            };
                            let link = Link {
                                from: node.name.clone(),
                                to: target.clone(),
                                rule: LinkRule::Repair,
                                reason: Arc::from(format!("split from {} by you", name.key)),
                                confidence: 1.0,
                                within: None,
                            };
                            links.apply_to_spelling(spelling, link);
                        }
                    }
                }
                Repair::Spelling { spelling, .. } => {
                    if let Some(name) = self.final_of(number, finals) {
                        links.add_spelling(AddedSpelling {
                            spelling: Arc::clone(spelling),
                            name: name.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }
}
