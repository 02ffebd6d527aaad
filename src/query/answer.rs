//! What a question is answered with: everything that the four panes show.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{ArticleId, Corpus, EntityId, EntityKind, Span, TimexBasis};
use crate::query::hits::Hits;
use crate::query::lead::{first_sentence, telling_at};
use crate::query::question::Question;
use crate::query::session::Session;

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
    /// The expression of time that it holds, as a place in the article's `timexes`; `None` for the
    /// first sentence.
    pub timex: Option<u32>,
}

impl Lead {
    /// Its bytes in the body. To find a sentence costs more than to count an article, so it is done
    /// for the rows that somebody looks at.
    #[must_use]
    pub fn span(self, corpus: &Corpus) -> Option<Span> {
        let article = corpus.article(self.article)?;
        let Some(timex) = self.timex else {
            return first_sentence(article);
        };
        let at = article.timexes.get(timex as usize)?.span.start;
        telling_at(article, at as usize)
    }
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
        /// The weakest way in which any of its days is known.
        basis: TimexBasis,
    },
    /// A stretch of time longer than a row of this zoom, of which expressions speak as a whole (a
    /// month among days), or within which the possible days of articles lie. It stands before the
    /// first row that begins no earlier.
    Interval {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// Articles of the result that speak of it, or lie somewhere in it.
        articles: u32,
        /// Date mentions that mean it.
        mentions: u32,
        /// Articles by language: English, German, Arabic, other.
        languages: [u32; 4],
        /// A sentence of it.
        lead: Option<Lead>,
        /// The weakest way in which it is known.
        basis: TimexBasis,
    },
    /// Days without anything between two buckets.
    Gap {
        /// First empty day.
        from: NaiveDate,
        /// Last empty day.
        to: NaiveDate,
    },
    /// Articles without a day, of their own or mentioned; always the last row, left out when there
    /// are none. What the filter `undated` finds, at every zoom.
    Undated {
        /// How many.
        articles: u32,
        /// Mentions of time that no row holds, in all articles of the result.
        mentions: u32,
    },
}

impl Row {
    /// The sentence that stands for it.
    #[must_use]
    pub fn lead(&self) -> Option<Lead> {
        match self {
            Self::Bucket { lead, .. } | Self::Interval { lead, .. } => *lead,
            Self::Gap { .. } | Self::Undated { .. } => None,
        }
    }
}

/// The answer to a [`Question`]: everything that the four panes show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Matching articles in order.
    pub hits: Hits,
    /// Entities of the result, by kind, then by documents, then by key.
    pub entities: Arc<Vec<EntityCount>>,
    /// Rows in the order of time.
    pub timeline: Vec<Row>,
    /// When the query has a fuzzy term: articles that hold its words literally in title or body and
    /// pass the other terms, whether or not they match by name. `None` where there is no fuzzy term,
    /// and where so many words hold what was typed that counting would take long.
    pub literal: Option<u32>,
}

/// Answers a question from scratch.
///
/// Costs at most linear time in the articles, apart from the sorting of the hits. `cancelled` is
/// asked at least every few milliseconds; `None` means that it said yes. Whoever asks again and
/// again keeps a [`Session`] instead.
#[must_use]
pub fn answer(
    corpus: &Corpus,
    question: &Question,
    cancelled: &dyn Fn() -> bool,
) -> Option<Answer> {
    Session::default().answer(corpus, question, cancelled)
}
