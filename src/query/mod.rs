//! Questions to a [`Corpus`](crate::corpus::Corpus) and their answers.
//!
//! One [`Query`] drives all four panes and every subcommand. Knows nothing of files or screens.

use chrono::NaiveDate;

use crate::corpus::{ArticleId, EntityId, EntityKind, Language, Span};

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
}

/// One article of a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// Relevance: higher is better, 0 where the query ranks nothing.
    pub score: i64,
}

/// How often an entity occurs in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityCount {
    /// The entity.
    pub entity: EntityId,
    /// Its kind, so that the counts group without a look-up.
    pub kind: EntityKind,
    /// Documents of the result that mention it.
    pub documents: u32,
    /// Mentions in those documents.
    pub mentions: u32,
}

/// A sentence that stands for a timeline row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The article it stands in.
    pub article: ArticleId,
    /// Its bytes in the body.
    pub span: Span,
}

/// One row of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Days with something.
    Bucket {
        /// First day.
        from: NaiveDate,
        /// Last day (the same for a day).
        to: NaiveDate,
        /// Articles of the result that fall into it (own day, or any mentioned day).
        articles: u32,
        /// Date mentions that fall into it.
        mentions: u32,
        /// Articles by language: English, German, Arabic, other.
        languages: [u32; 4],
        /// A sentence of it.
        lead: Option<Lead>,
        /// Whether every article in it has a day that is stated or set, none an inferred one.
        stated: bool,
    },
    /// Days without anything between two buckets.
    Gap {
        /// First empty day.
        from: NaiveDate,
        /// Last empty day.
        to: NaiveDate,
    },
    /// Articles without a day; always the last row, left out when there are none.
    Undated {
        /// How many.
        articles: u32,
        /// Mentions of time that name no day, in all articles of the result.
        mentions: u32,
    },
}

/// The answer to a [`Question`]: everything that the four panes show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Matching articles in order.
    pub hits: Vec<Hit>,
    /// Entities of the result, by kind, then by documents, then by key.
    pub entities: Vec<EntityCount>,
    /// Rows in the order of time.
    pub timeline: Vec<Row>,
    /// When the query has a fuzzy term: articles that hold its words literally in the body, whether
    /// or not they match by name. `None` where there is no fuzzy term.
    pub literal: Option<u32>,
}
