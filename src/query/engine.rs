//! What answers questions about a corpus, so that another engine than ours may do it one day: one
//! that speaks Elasticsearch's protocol, say, over more documents than one machine holds.
//!
//! Each method is one kind of request to such an engine: documents by page, hits, facets, days,
//! places of hits. All are asked off the screen's thread, give what they have in batches, and end
//! early when `cancelled` says so, which they ask every few milliseconds at least; `None` means
//! that it did. [`Local`] is the engine that khabar brings along.

use std::sync::Arc;

use crate::corpus::{Article, ArticleId, Corpus, EntityId, Name};
use crate::query::answer::{Answer, EntityCount, Row};
use crate::query::highlight::Highlighter;
use crate::query::hits::Hits;
use crate::query::question::{Query, Question};
use crate::query::session::Session;
use crate::query::textquery::Match;

/// Documents of the first page that is fetched for whoever goes through all hits, and of the
/// largest: each is four times the one before, since most who begin read little.
const PAGES: (usize, usize) = (1 << 6, 1 << 14);

/// Documents that [`Local`] unpacks between two questions whether to go on.
const BATCH: usize = 1 << 10;

/// Whether whoever asked wants no answer any more.
pub type Cancelled<'c> = &'c dyn Fn() -> bool;

/// The places of one article that a query matches, each with its reason.
pub type Places<'e> = Box<dyn Fn(&Article) -> Vec<Match> + 'e>;

/// Answers questions about one corpus.
///
/// Articles and entities have numbers from 0 that an engine gives them and that hold as long as it
/// is asked about the same corpus.
pub trait Engine: Send {
    /// The documents that match, in the order asked for.
    fn hits(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Hits>;

    /// The entities of the documents that match: by kind, then by documents, then by key.
    fn facets(
        &mut self,
        question: &Question,
        cancelled: Cancelled<'_>,
    ) -> Option<Arc<Vec<EntityCount>>>;

    /// What lies on which day, week, month or year, in the order of time.
    fn days(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Vec<Row>>;

    /// All of it, as the panes show it. Whoever has it from one request gives it from that one.
    fn answer(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Answer> {
        Some(Answer {
            hits: self.hits(question, cancelled)?,
            entities: self.facets(question, cancelled)?,
            timeline: self.days(question, cancelled)?,
            literal: None,
        })
    }

    /// What a number among the facets stands for.
    fn name_of(&self, entity: EntityId) -> Option<Name>;

    /// A page of documents, in the order asked for; those that cannot be had any more are left
    /// out. They stay at hand as long as the engine does.
    fn documents(
        &self,
        page: &[ArticleId],
        cancelled: Cancelled<'_>,
    ) -> Option<Vec<(ArticleId, &Article)>>;

    /// Makes a query ready to tell where articles match it, and why.
    fn places(&self, query: &Query, cancelled: Cancelled<'_>) -> Option<Places<'_>>;
}

/// The documents of a result in its order, fetched page by page as they are gone through.
pub fn documents<'e>(
    engine: &'e dyn Engine,
    hits: &'e Hits,
) -> impl Iterator<Item = (ArticleId, &'e Article)> {
    let mut ids = hits.articles();
    let (mut length, most) = PAGES;
    let pages = std::iter::from_fn(move || {
        let page: Vec<ArticleId> = ids.by_ref().take(length).collect();
        length = most.min(4 * length);
        (!page.is_empty()).then_some(page)
    });
    // whoever goes through all of them does not cancel
    pages.flat_map(|page| engine.documents(&page, &|| false).unwrap_or_default())
}

/// The engine that khabar brings along: a corpus in memory, or mapped from its cache, and what was
/// asked about it before.
#[derive(Default)]
pub struct Local {
    corpus: Arc<Corpus>,
    session: Session,
}

impl Local {
    /// Answers questions about a corpus.
    #[must_use]
    pub fn new(corpus: Arc<Corpus>) -> Self {
        Self {
            corpus,
            session: Session::default(),
        }
    }

    /// From here on, answers questions about this corpus. What is remembered of the one before
    /// stays of use where this one has grown from it.
    pub fn turn_to(&mut self, corpus: &Arc<Corpus>) {
        self.corpus = Arc::clone(corpus);
    }
}

impl Engine for Local {
    fn hits(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Hits> {
        self.session.ranked(&self.corpus, question, cancelled)
    }

    // the session keeps what it counted: one request after the other costs no more than all at once

    fn facets(
        &mut self,
        question: &Question,
        cancelled: Cancelled<'_>,
    ) -> Option<Arc<Vec<EntityCount>>> {
        let answer = self.answer(question, cancelled)?;
        Some(answer.entities)
    }

    fn days(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Vec<Row>> {
        let answer = self.answer(question, cancelled)?;
        Some(answer.timeline)
    }

    fn answer(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Answer> {
        self.session.answer(&self.corpus, question, cancelled)
    }

    fn name_of(&self, entity: EntityId) -> Option<Name> {
        let entity = self.corpus.entities().outline(entity)?;
        Some(Name {
            key: Arc::from(entity.key),
            kind: entity.kind,
        })
    }

    fn documents(
        &self,
        page: &[ArticleId],
        cancelled: Cancelled<'_>,
    ) -> Option<Vec<(ArticleId, &Article)>> {
        let mut ordered = page.to_vec();
        ordered.sort_unstable();
        for batch in ordered.chunks(BATCH) {
            if cancelled() {
                return None;
            }
            self.corpus.unpack(batch.iter().copied());
        }
        let articles = page.iter();
        let articles = articles.filter_map(|id| Some((*id, self.corpus.article(*id)?)));
        Some(articles.collect())
    }

    fn places(&self, query: &Query, cancelled: Cancelled<'_>) -> Option<Places<'_>> {
        let ready = Highlighter::new(&self.corpus, query, cancelled)?;
        Some(Box::new(move |article| ready.matches_in(article)))
    }
}
