//! What a user sets right about the entities and the days of a corpus: plain data in a plain file.
//!
//! A repair says what shall hold, not what to do, so the order of the file means nothing and two
//! people's files can be merged by line. Each edit of the file has an inverse.

mod conflict;
mod day;
mod edit;
mod file;
mod revision;
#[cfg(test)]
mod tests;
mod time_entries;

use std::fmt;
use std::sync::Arc;

pub use day::PartialDay;
pub use edit::{Edit, Undone};
pub use revision::{Revised, Revision, revise};

use chrono::NaiveDate;

use crate::corpus::{EntityKind, Field, Name, Span};

/// A document, wherever its file lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey {
    /// SHA-256 of its source bytes: this tells which document it is.
    pub sha256: [u8; 32],
    /// Where it lay, for whoever reads the file of repairs.
    pub path: Arc<str>,
}

/// Where an expression of time stands in its document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Which field `span` counts in.
    pub field: Field,
    /// Its bytes.
    pub span: Span,
    /// Its words, for whoever reads the file of repairs.
    pub words: Arc<str>,
}

/// One thing that the user set right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Repair {
    /// Two names mean one entity, which is called `into`.
    Merge {
        /// What becomes part of the other.
        name: Name,
        /// What both are called; need not occur in the corpus.
        into: Name,
    },
    /// One spelling of an entity means another one.
    Split {
        /// The entity.
        name: Name,
        /// The spelling, compared without case and diacritics.
        spelling: Arc<str>,
        /// What it means instead.
        to: Arc<str>,
    },
    /// An entity has another key.
    Rename {
        /// The entity.
        name: Name,
        /// Its key from now on.
        to: Arc<str>,
    },
    /// An entity is of another kind.
    Retype {
        /// The entity.
        name: Name,
        /// Its kind from now on.
        to: EntityKind,
    },
    /// An entity is not to be seen: no name, or of no interest.
    Hide {
        /// The entity.
        name: Name,
    },
    /// These words mean the entity wherever they stand.
    Spelling {
        /// The entity.
        name: Name,
        /// The words.
        spelling: Arc<str>,
    },
    /// A candidate is right.
    Accept {
        /// One name.
        name: Name,
        /// The other.
        candidate: Name,
    },
    /// Two names never mean one entity.
    Reject {
        /// One name.
        name: Name,
        /// The other.
        candidate: Name,
    },
    /// A document is of this day, month or year.
    Day {
        /// The document.
        document: DocumentKey,
        /// Its day.
        day: PartialDay,
    },
    /// A document is not of this day.
    NotDay {
        /// The document.
        document: DocumentKey,
        /// The day that it is not of.
        day: NaiveDate,
    },
    /// An expression of time means this.
    Date {
        /// The document.
        document: DocumentKey,
        /// The expression.
        place: Place,
        /// What it means.
        day: PartialDay,
    },
    /// These words are no expression of time.
    NotDate {
        /// The document.
        document: DocumentKey,
        /// The words.
        place: Place,
    },
}

impl Repair {
    /// What it is called in the file: `merge`, `split`, …
    #[must_use]
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Rename { .. } => "rename",
            Self::Retype { .. } => "retype",
            Self::Hide { .. } => "hide",
            Self::Spelling { .. } => "spelling",
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Day { .. } => "day",
            Self::NotDay { .. } => "not_day",
            Self::Date { .. } => "date",
            Self::NotDate { .. } => "not_date",
        }
    }

    /// The entity that it is about; `None` for one about days.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::Merge { name, .. }
            | Self::Split { name, .. }
            | Self::Rename { name, .. }
            | Self::Retype { name, .. }
            | Self::Hide { name }
            | Self::Spelling { name, .. }
            | Self::Accept { name, .. }
            | Self::Reject { name, .. } => Some(name),
            Self::Day { .. } | Self::NotDay { .. } | Self::Date { .. } | Self::NotDate { .. } => {
                None
            }
        }
    }

    /// The document that it is about; `None` for one about an entity.
    #[must_use]
    pub fn document(&self) -> Option<&DocumentKey> {
        match self {
            Self::Day { document, .. }
            | Self::NotDay { document, .. }
            | Self::Date { document, .. }
            | Self::NotDate { document, .. } => Some(document),
            _ => None,
        }
    }

    /// What it is about, for people: the key of an entity, the path of a document.
    #[must_use]
    pub fn subject(&self) -> &str {
        match (self.name(), self.document()) {
            (Some(name), _) => &name.key,
            (None, Some(document)) => &document.path,
            (None, None) => "",
        }
    }

    /// Both names of a merge, an accepted or a rejected candidate.
    #[must_use]
    pub fn pair(&self) -> Option<(&Name, &Name)> {
        match self {
            Self::Merge { name, into } => Some((name, into)),
            Self::Accept { name, candidate } | Self::Reject { name, candidate } => {
                Some((name, candidate))
            }
            _ => None,
        }
    }
}

/// A repair as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// `None` where the file says something that cannot be understood: it is kept as it is.
    repair: Option<Repair>,
    /// Its lines, with the remarks above it.
    text: String,
    /// Line of its heading, from 1.
    line: usize,
    /// Whether a conflict keeps it from holding.
    in_conflict: bool,
}

/// Everything that the user set right about a corpus, and the file that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// What stands before the first entry.
    preamble: String,
    entries: Vec<Entry>,
}

/// What is wrong in a file of repairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what to do, in one sentence.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl Repairs {
    /// Whether nothing was set right.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The repairs that hold, in the order of the file; those in conflict are left out.
    pub fn iter(&self) -> impl Iterator<Item = &Repair> {
        let entries = self.entries.iter().filter(|entry| !entry.in_conflict);
        entries.filter_map(|entry| entry.repair.as_ref())
    }

    /// The entity that renaming and retyping made this one: what a repair has to speak of, since
    /// repairs speak of entities as they were found.
    #[must_use]
    pub fn origin_of(&self, name: &Name) -> Name {
        let mut made: Vec<(&Name, Name)> = Vec::new();
        for repair in self.iter() {
            let (Repair::Rename { name, .. } | Repair::Retype { name, .. }) = repair else {
                continue;
            };
            let at = made.iter().position(|(origin, _)| *origin == name);
            let at = at.unwrap_or_else(|| {
                made.push((name, name.clone()));
                made.len() - 1
            });
            if let Some((_, now)) = made.get_mut(at) {
                match repair {
                    Repair::Rename { to, .. } => now.key = Arc::clone(to),
                    Repair::Retype { to, .. } => now.kind = *to,
                    _ => {}
                }
            }
        }
        let origin = made.into_iter().find(|(_, now)| now == name);
        origin.map_or_else(|| name.clone(), |(origin, _)| origin.clone())
    }
}
