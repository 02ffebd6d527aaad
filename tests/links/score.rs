//! B-cubed and pairs across languages, as `score_entities.py` counts them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use khabar::corpus::Language;

/// A mention: what people say it is, and what khabar says.
pub(crate) struct Linked {
    /// The first reading, and others that are as good.
    pub(crate) canonical: Vec<String>,
    pub(crate) entity: String,
    pub(crate) language: Language,
    pub(crate) surface: String,
}

/// How well mentions are linked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scores {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) b3: f64,
    pub(crate) cross_recall: f64,
    pub(crate) cross_precision: f64,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "B3 P {:.3} R {:.3} F {:.3}, across languages P {:.3} R {:.3}",
            self.precision, self.recall, self.b3, self.cross_precision, self.cross_recall
        )
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let float = |n: usize| f64::from(u32::try_from(n).unwrap());
    float(part) / float(whole.max(1))
}

impl Scores {
    pub(crate) fn of(linked: &[Linked]) -> Self {
        let gold = readings(linked);
        let by_gold = grouped(gold.iter().copied());
        let by_entity = grouped(linked.iter().map(|l| l.entity.as_str()));
        let (mut precision, mut recall) = (0.0, 0.0);
        for (canonical, l) in gold.iter().zip(linked) {
            let (of_gold, of_entity) = (&by_gold[canonical], &by_entity[l.entity.as_str()]);
            let same = of_gold.iter().filter(|n| of_entity.contains(n)).count();
            precision += ratio(same, of_entity.len());
            recall += ratio(same, of_gold.len());
        }
        let all = ratio(linked.len(), 1).max(1.0);
        let (precision, recall) = (precision / all, recall / all);
        let pairs = |groups: &BTreeMap<&str, Vec<usize>>, right: &dyn Fn(usize, usize) -> bool| {
            let (mut hits, mut count) = (0, 0);
            for group in groups.values() {
                for (at, a) in group.iter().enumerate() {
                    for b in group.iter().skip(at + 1) {
                        if linked[*a].language != linked[*b].language {
                            count += 1;
                            hits += usize::from(right(*a, *b));
                        }
                    }
                }
            }
            ratio(hits, count)
        };
        Self {
            precision,
            recall,
            b3: 2.0 * precision * recall / (precision + recall),
            cross_recall: pairs(&by_gold, &|a, b| linked[a].entity == linked[b].entity),
            cross_precision: pairs(&by_entity, &|a, b| gold[a] == gold[b]),
        }
    }
}

/// Of several good readings the one that the entity means elsewhere.
fn readings(linked: &[Linked]) -> Vec<&str> {
    let mut votes: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    for l in linked.iter().filter(|l| l.canonical.len() == 1) {
        *votes
            .entry(&l.entity)
            .or_default()
            .entry(&l.canonical[0])
            .or_default() += 1;
    }
    let winner = |entity: &str| {
        let of_entity = votes.get(entity)?;
        of_entity
            .iter()
            .max_by_key(|(name, n)| (**n, **name))
            .map(|(name, _)| *name)
    };
    linked
        .iter()
        .map(|l| match winner(&l.entity) {
            Some(name) if l.canonical.iter().any(|c| c == name) => name,
            _ => l.canonical[0].as_str(),
        })
        .collect()
}

fn grouped<'s>(keys: impl Iterator<Item = &'s str>) -> BTreeMap<&'s str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, key) in keys.enumerate() {
        groups.entry(key).or_default().push(number);
    }
    groups
}

/// Prints what was joined wrongly and what was left apart.
pub(crate) fn tell_errors(linked: &[Linked]) {
    let gold = readings(linked);
    let entities = grouped(linked.iter().map(|l| l.entity.as_str()));
    for (entity, members) in &entities {
        let mut of_entity: BTreeMap<&str, &str> = BTreeMap::new();
        for n in members {
            of_entity.entry(gold[*n]).or_insert(&linked[*n].surface);
        }
        if of_entity.len() > 1 {
            println!("  JOINED {entity}: {of_entity:?}");
        }
    }
    for (canonical, members) in grouped(gold.iter().copied()) {
        let mut of_canonical: BTreeMap<&str, &str> = BTreeMap::new();
        for n in members {
            of_canonical
                .entry(&linked[n].entity)
                .or_insert(&linked[n].surface);
        }
        if of_canonical.len() > 1 {
            println!("  APART {canonical}: {of_canonical:?}");
        }
    }
}
