//! Which provisional names mean one entity: what a whole corpus says, applied to its mentions.
//!
//! Annotation sees one document and gives each mention a key; two documents that spell one name in
//! two ways give two keys. [`Links`] say what each key is to become, why and how surely. Plain
//! data: `link` finds them, [`Corpus::linked`](crate::corpus::Corpus::linked) applies them.

mod kept;

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::annotation::{EntityKind, Mention};
use crate::corpus::article::ArticleId;
use crate::text::fold::fold;

use kept::KeptLinks;

/// What tells entities apart: two kinds under one key are two entities.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// The key.
    pub key: Arc<str>,
    /// The kind.
    pub kind: EntityKind,
}

impl Name {
    /// A name of a key and a kind.
    #[must_use]
    pub fn new(key: &str, kind: EntityKind) -> Self {
        Self {
            key: Arc::from(key),
            kind,
        }
    }

    /// The name that a mention carries.
    #[must_use]
    pub fn of(mention: &Mention) -> Self {
        Self {
            key: Arc::clone(&mention.entity),
            kind: mention.kind,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.key)
    }
}

/// What a link rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LinkRule {
    /// The user said so.
    Repair,
    /// The same letters but for case, diacritics, article and hyphens.
    Letters,
    /// A spelling that the knowledge base lists.
    Knowledge,
    /// A document says so: brackets, `formerly`, `bekannt als`, `المعروف بـ`.
    Definition,
    /// The first letters of a name that a document gives in full.
    Acronym,
    /// The same sounds, across scripts and ways to write them.
    Spelling,
    /// One letter apart, the rarer one taken for a slip.
    Typo,
    /// A surname in a document that gives the full name.
    Surname,
}

impl LinkRule {
    /// The word used in JSON: `letters`, `definition`, …
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Repair => "repair",
            Self::Letters => "letters",
            Self::Knowledge => "knowledge",
            Self::Definition => "definition",
            Self::Acronym => "acronym",
            Self::Spelling => "spelling",
            Self::Typo => "typo",
            Self::Surname => "surname",
        }
    }
}

/// A reason to take one name for another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The name as annotated.
    pub from: Name,
    /// What it is taken for; the name of the whole entity once applied.
    pub to: Name,
    /// What it rests on.
    pub rule: LinkRule,
    /// The same for people: `document 000 says “X (formerly Y)”`.
    pub reason: Arc<str>,
    /// 0 (a guess) to 1 (certain).
    pub confidence: f32,
    /// The only article that it holds in; everywhere where there is none.
    pub within: Option<ArticleId>,
}

/// What becomes of a mention.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It means this entity.
    To(Arc<Link>),
    /// The user does not want to see it.
    Hide,
}

/// A spelling that the user added: its occurrences are names even where none was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedSpelling {
    /// The words, as they stand in texts.
    pub spelling: Arc<str>,
    /// What they mean.
    pub name: Name,
}

/// All links of a corpus, and what was considered but not applied.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(into = "KeptLinks", try_from = "KeptLinks")]
pub struct Links {
    everywhere: FxHashMap<Name, Change>,
    within: FxHashMap<(ArticleId, Name), Change>,
    /// By name and folded spelling.
    spelt: FxHashMap<(Name, String), Change>,
    added: Vec<AddedSpelling>,
    candidates: Vec<Link>,
    /// What names mean that are listed for entities of the corpus, by folded name.
    listed: FxHashMap<String, Vec<Name>>,
    /// Everything that was proposed, applied or not, to decide anew after a repair.
    proposals: Arc<[Link]>,
}

impl Links {
    /// No links, made of these proposals.
    #[must_use]
    pub fn new(proposals: Arc<[Link]>) -> Self {
        Self {
            proposals,
            ..Self::default()
        }
    }

    /// Everything that was proposed, strongest first.
    #[must_use]
    pub fn proposals(&self) -> &Arc<[Link]> {
        &self.proposals
    }

    /// Makes a link hold: everywhere, or in its article.
    pub fn apply(&mut self, link: Link) {
        let from = link.from.clone();
        let within = link.within;
        let change = Change::To(Arc::new(link));
        match within {
            Some(article) => self.within.insert((article, from), change),
            None => self.everywhere.insert(from, change),
        };
    }

    /// Makes a link hold for one spelling of its name only.
    pub fn apply_to_spelling(&mut self, spelling: &str, link: Link) {
        let place = (link.from.clone(), fold(spelling));
        self.spelt.insert(place, Change::To(Arc::new(link)));
    }

    /// Hides one spelling of a name.
    pub fn hide_spelling(&mut self, spelling: &str, name: &Name) {
        let place = (name.clone(), fold(spelling));
        self.spelt.insert(place, Change::Hide);
    }

    /// Hides a name.
    pub fn hide(&mut self, name: Name) {
        self.everywhere.insert(name, Change::Hide);
    }

    /// Adds a spelling that annotation does not know.
    pub fn add_spelling(&mut self, added: AddedSpelling) {
        self.added.push(added);
    }

    /// Adds what was considered but is too weak to hold.
    pub fn add_candidate(&mut self, link: Link) {
        self.candidates.push(link);
    }

    /// Lets a name mean an entity when it is asked for, whether or not the corpus spells it so.
    pub fn list(&mut self, spelling: &str, entity: &Name) {
        let meant = self.listed.entry(fold(spelling)).or_default();
        if !meant.contains(entity) {
            meant.push(entity.clone());
        }
    }

    /// The entities for which a folded name is listed.
    #[must_use]
    pub fn listed(&self, folded: &str) -> &[Name] {
        self.listed.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether no mention changes.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.everywhere.is_empty()
            && self.within.is_empty()
            && self.spelt.is_empty()
            && self.added.is_empty()
    }

    /// What becomes of a mention as annotated; `surface` is the text that it covers. `None` where
    /// it stays what it is.
    #[must_use]
    pub fn change_of(
        &self,
        article: ArticleId,
        mention: &Mention,
        surface: &str,
    ) -> Option<&Change> {
        let name = Name::of(mention);
        if !self.spelt.is_empty() {
            let place = (name.clone(), fold(surface));
            if let Some(change) = self.spelt.get(&place) {
                return Some(change);
            }
        }
        if self.within.is_empty() {
            return self.everywhere.get(&name);
        }
        let place = (article, name);
        let change = self.within.get(&place);
        change.or_else(|| self.everywhere.get(&place.1))
    }

    /// What a name means wherever nothing nearer says otherwise: itself for most.
    #[must_use]
    pub fn canonical<'n>(&'n self, name: &'n Name) -> Option<&'n Name> {
        match self.everywhere.get(name) {
            None => Some(name),
            Some(Change::To(link)) => Some(&link.to),
            Some(Change::Hide) => None,
        }
    }

    /// The names that mean another everywhere, and which.
    pub(crate) fn renamed(&self) -> impl Iterator<Item = (&Name, &Name)> {
        self.everywhere
            .iter()
            .filter_map(|(name, change)| match change {
                Change::To(link) => Some((name, &link.to)),
                Change::Hide => None,
            })
    }

    /// Spellings that the user added.
    #[must_use]
    pub fn added(&self) -> &[AddedSpelling] {
        &self.added
    }

    /// The links by which other names came to an entity, surest first; of those that hold in
    /// single articles only, one for each reason.
    #[must_use]
    pub fn reasons_of(&self, entity: &Name) -> Vec<&Link> {
        let changes = self.everywhere.values().chain(self.spelt.values());
        let changes = changes.chain(self.within.values());
        let mut links: Vec<&Link> = changes
            .filter_map(|change| match change {
                Change::To(link) if link.to == *entity => Some(link.as_ref()),
                _ => None,
            })
            .collect();
        links.sort_by(|a, b| surest_first(a, b));
        let mut told = FxHashSet::default();
        links.retain(|link| told.insert((&link.from, &link.reason)));
        links
    }

    /// Links with the entity at either end that are too weak to hold, surest first.
    #[must_use]
    pub fn candidates_of(&self, entity: &Name) -> Vec<&Link> {
        let links = self.candidates.iter();
        links
            .filter(|link| link.from == *entity || link.to == *entity)
            .collect()
    }

    /// All links that are too weak to hold, surest first.
    #[must_use]
    pub fn candidates(&self) -> &[Link] {
        &self.candidates
    }
}

/// Orders links by confidence, falling, then by their names.
#[must_use]
pub fn surest_first(a: &Link, b: &Link) -> std::cmp::Ordering {
    let order = b.confidence.total_cmp(&a.confidence);
    order
        .then_with(|| a.rule.cmp(&b.rule))
        .then_with(|| (&a.from, &a.to, a.within).cmp(&(&b.from, &b.to, b.within)))
}
