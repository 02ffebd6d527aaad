//! What can be asked: conditions, terms, the query, and what the panes want to know at once.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{EntityKind, Language};
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
    /// Has no day of the kind.
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
        self.terms.iter().filter_map(|term| match &term.condition {
            Condition::Marked(criterion) => Some(criterion),
            _ => None,
        })
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
    /// Which articles meet the query's criteria of triage, at this moment.
    pub marked: Arc<Selected>,
    /// Articles that stand before all others, by id; empty for none.
    pub top: Arc<Vec<bool>>,
}
