//! What can be asked: conditions, terms, the query, and what the panes want to know at once.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{EntityKind, Language, LinkMode};
use crate::query::textquery::Matching;
use crate::triage::{Criterion, Selected};

/// Which of a document's days a question means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DayField {
    /// The document's own day.
    #[default]
    Published,
    /// The days that its text mentions.
    Mentioned,
}

/// A way in which words may differ from what was typed and still be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Leniency {
    /// Endings, prefixed particles, parts of compounds and slips of the pen.
    Spelling,
    /// Names as other scripts and transcriptions write them.
    Scripts,
}

impl Leniency {
    /// Both, in the order in which they are listed for users.
    pub const ALL: [Self; 2] = [Self::Spelling, Self::Scripts];

    /// The field that switches it: `spelling:off`.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Scripts => "scripts",
        }
    }
}

/// One condition on articles. The terms of a query are joined by "and".
///
/// Reading a query gives groups in a normal form, in which each query is written in one way: a
/// group has two terms at least, an [`All`](Self::All) that is not excluded stands only in an
/// [`Any`](Self::Any), and an `Any` that is not excluded never does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Fuzzy over title, source, path and entity names; folded on both sides.
    Fuzzy(String),
    /// Words side by side in title or body, as far from these as [`Query::matching`] allows.
    Text(String),
    /// All of these words in title or body, anywhere, as far from these as [`Query::matching`]
    /// allows; or, where some of them side by side are a name, what it names, however it is
    /// spelt. Two words at least, one space between them: see [`words`](Self::words).
    Words(String),
    /// Mentions this entity.
    Entity(String),
    /// The own day, or a mentioned day, lies in the range, ends included.
    Days {
        /// Which days.
        field: DayField,
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// Has no day of its own, or mentions no day, month or other time of the calendar.
    Undated(DayField),
    /// Is in this language.
    Language(Language),
    /// Comes from a source that contains this (folded).
    Source(String),
    /// Has a title that contains this (folded).
    Title(String),
    /// Mentions any entity of this kind.
    Kind(EntityKind),
    /// Something was made of it: kept, tagged, noted.
    Marked(Criterion),
    /// Words in title or body exactly as they are written here: no folding, whole words.
    Exact(String),
    /// Meets one of the terms at least.
    Any(Vec<Term>),
    /// Meets every term.
    All(Vec<Term>),
    /// Holds for every article; takes a leniency away from all words of the query. Stands among
    /// the query's own terms only, never excluded.
    Without(Leniency),
    /// Holds for every article; says which links between names hold in the corpus that is asked.
    /// Whoever asks sees to that. Stands among the query's own terms only, never excluded; of
    /// several the last one holds.
    Links(LinkMode),
}

impl Condition {
    /// Asks for words of the text; of a single one there is one way only to ask.
    #[must_use]
    pub fn words(typed: &str) -> Self {
        let words: Vec<&str> = typed.split_whitespace().collect();
        match words.as_slice() {
            [_, _, ..] => Self::Words(words.join(" ")),
            _ => Self::Text(words.concat()),
        }
    }

    /// Whether it is about the whole query rather than about single articles.
    #[must_use]
    pub fn is_switch(&self) -> bool {
        matches!(self, Self::Without(_) | Self::Links(_))
    }

    /// Visits the conditions that are no groups, each with whether an article has to meet it
    /// rather than not: an even number of exclusions lies around it.
    pub fn visit_leaves<'c>(&'c self, wanted: bool, visit: &mut impl FnMut(&'c Self, bool)) {
        match self {
            Self::Any(terms) | Self::All(terms) => {
                for term in terms {
                    term.condition.visit_leaves(wanted != term.exclude, visit);
                }
            }
            leaf => visit(leaf, wanted),
        }
    }
}

/// A condition as it stands in a query: shown as one chip.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// What must hold.
    pub condition: Condition,
    /// Whether it must not hold instead.
    pub exclude: bool,
}

/// A query: all terms must hold. The empty query matches every article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// The terms, in the order in which the user gave them.
    pub terms: Vec<Term>,
}

impl Query {
    /// The criteria of triage that it asks for: what [`Question::marked`] has to know.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        let leaves = self.leaves().into_iter();
        leaves.filter_map(|(condition, _)| match condition {
            Condition::Marked(criterion) => Some(criterion),
            _ => None,
        })
    }

    /// The conditions that are no groups, each with whether an article has to meet it rather than
    /// not, in the order in which they were given.
    #[must_use]
    pub fn leaves(&self) -> Vec<(&Condition, bool)> {
        let mut leaves = Vec::new();
        for term in &self.terms {
            let mut visit = |leaf, wanted| leaves.push((leaf, wanted));
            term.condition.visit_leaves(!term.exclude, &mut visit);
        }
        leaves
    }

    /// How far words of the full text may be from the typed ones.
    #[must_use]
    pub fn matching(&self) -> Matching {
        Matching {
            spelling: self.allows(Leniency::Spelling),
            scripts: self.allows(Leniency::Scripts),
            exact: false,
        }
    }

    /// Which links between names are to hold in the corpus that is asked, if the query says so.
    #[must_use]
    pub fn links(&self) -> Option<LinkMode> {
        let mut terms = self.terms.iter().rev();
        terms.find_map(|term| match term.condition {
            Condition::Links(mode) => Some(mode),
            _ => None,
        })
    }

    /// Whether words may be found in this way, too.
    #[must_use]
    pub fn allows(&self, leniency: Leniency) -> bool {
        let without = Condition::Without(leniency);
        !self.terms.iter().any(|term| term.condition == without)
    }
}

/// Order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Newest first, undated last.
    #[default]
    Day,
    /// By folded title.
    Title,
    /// Best fuzzy score or most occurrences first; by day where the query ranks nothing.
    Relevance,
    /// Longest first.
    Length,
    /// By path, numbers in it by value.
    Path,
}

/// Length of a timeline row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zoom {
    /// A row a day.
    #[default]
    Day,
    /// A row an ISO week.
    Week,
    /// A row a month.
    Month,
    /// A row a year.
    Year,
}

/// Whether days count that were inferred, or worked out from one that was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Inferred {
    /// They count like all others.
    #[default]
    Shown,
    /// They are as good as unknown: only what is stated, set, or resolved from such a day counts.
    Hidden,
}

impl Inferred {
    /// Whether a day counts; `firm` says that nothing inferred is behind it.
    #[must_use]
    pub fn admits(self, firm: bool) -> bool {
        firm || self == Self::Shown
    }
}

/// What the panes want to know at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The query.
    pub query: Query,
    /// Order of the hits.
    pub sort: Sort,
    /// Whether the order is turned round.
    pub reverse: bool,
    /// Which days the timeline shows.
    pub timeline_by: DayField,
    /// Length of its rows.
    pub zoom: Zoom,
    /// Whether inferred days count: in the timeline, the order, and conditions on days.
    pub inferred: Inferred,
    /// Which articles meet the query's criteria of triage, at this moment.
    pub marked: Arc<Selected>,
    /// Articles that stand before all others, by id; empty for none.
    pub top: Arc<Vec<bool>>,
}
