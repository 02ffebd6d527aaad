//! What can be asked: conditions, terms, the query, and what the panes want to know at once.

use chrono::NaiveDate;

use crate::corpus::{EntityKind, Language};

/// Which of a document's days a question means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DayField {
    /// The document's own day.
    #[default]
    Published,
    /// The days that its text mentions.
    Mentioned,
}

/// One condition on articles. The conditions of a query are joined by "and".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Fuzzy over title, source, path and entity names; folded on both sides.
    Fuzzy(String),
    /// Literal (folded) words anywhere in title or body.
    Text(String),
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
}
