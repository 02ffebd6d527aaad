//! A row of questions, each mostly a letter away from the one before.
//!
//! What a question matched is kept. A question that only asks for more is then put to those
//! articles alone, and one that was asked before (a letter taken back) is put to none.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::query::answer::{Answer, EntityCount, Row};
use crate::query::bits::Bits;
use crate::query::counts::counts;
use crate::query::filter::Filter;
use crate::query::fuzzy::typed_words;
use crate::query::hits::{Hits, Scorer};
use crate::query::literal::Told;
use crate::query::names::WordMatches;
use crate::query::question::{Condition, DayField, Inferred, Query, Question, Term, Zoom};
use crate::query::sort::{Order, Orders};
use crate::query::sweep::Candidates;
use crate::triage::Selected;

/// Results that are kept at most.
const RESULTS: usize = 24;

/// Bytes that all kept results may take together, at least, and for each article.
const BYTES: usize = 8_000_000;
const BYTES_PER_ARTICLE: usize = 12;

/// Typed words that are kept with the words that they match.
const WORDS: usize = 16;

/// Answers questions, remembering what earlier ones matched.
///
/// Gives the same answers as [`answer`](crate::query::answer()), only sooner. It may be asked
/// about any corpus; it remembers as long as each is the one before or has grown from it.
#[derive(Default)]
pub struct Session {
    corpus: Corpus,
    /// What was made of the articles when the last question was asked.
    marked: Arc<Selected>,
    /// The latest first.
    results: VecDeque<Matched>,
    /// The latest first.
    words: VecDeque<Arc<WordMatches>>,
    orders: Orders,
}

/// What a query matched.
struct Matched {
    query: Query,
    /// Which days counted.
    inferred: Inferred,
    /// How many articles were asked, from the first on.
    asked: usize,
    hits: Arc<Bits>,
    filter: Arc<Filter>,
    /// Articles that hold the fuzzy words literally; `None` when that was not asked yet.
    literal: Option<Told<usize>>,
    /// In the order that was asked for last.
    ranked: Option<Ranking>,
    entities: Option<Arc<Vec<EntityCount>>>,
    timeline: Option<((DayField, Zoom), Vec<Row>)>,
}

/// The order that was asked for, the articles that stand before all others, and the hits.
type Ranking = (Order, Arc<Vec<bool>>, Hits);

impl Matched {
    /// Bytes that it takes.
    fn bytes(&self) -> usize {
        // the order of all articles is shared
        let own = |hits: &&Hits| hits.len() < self.asked;
        let ranked = self.ranked.as_ref().map(|(.., hits)| hits).filter(own);
        let ranked = ranked.map_or(0, Hits::bytes);
        let entities = self
            .entities
            .as_ref()
            .map_or(0, |e| size_of_val(e.as_slice()));
        let rows = self
            .timeline
            .as_ref()
            .map_or(0, |(_, rows)| size_of_val(rows.as_slice()));
        self.hits.bytes() + self.filter.bytes() + ranked + entities + rows
    }
}

impl Session {
    /// Answers a question; `None` when `cancelled` says so, which it is asked every few
    /// milliseconds at least.
    pub fn answer(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Answer> {
        let mut matched = self.matched(corpus, question, cancelled)?;
        let answer = self.complete(corpus, &mut matched, question, cancelled);
        self.keep(matched);
        answer
    }

    /// The hits alone, in their order: what a screen can show while [`answer`](Self::answer)
    /// counts the rest, which then costs only that. `None` when cancelled.
    pub fn ranked(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Hits> {
        let mut matched = self.matched(corpus, question, cancelled)?;
        let ranked = self.rank(corpus, &mut matched, question, cancelled);
        self.keep(matched);
        ranked
    }

    /// What a query matches, taken out of what is known or found now.
    fn matched(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Matched> {
        self.turn_to(corpus);
        self.turn_to_marks(&question.marked);
        let known = self.results.iter().position(|matched| {
            (&matched.query, matched.inferred) == (&question.query, question.inferred)
                && matched.asked == corpus.len()
        });
        match known {
            Some(at) => self.results.remove(at),
            None => self.search(corpus, question, cancelled),
        }
    }

    fn rank(
        &mut self,
        corpus: &Corpus,
        matched: &mut Matched,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Hits> {
        let wanted = Order {
            by: question.sort,
            reverse: question.reverse,
            inferred: question.inferred,
        };
        if let Some((order, top, hits)) = &matched.ranked
            && *order == wanted
            && *top == question.top
        {
            return Some(hits.clone());
        }
        let (hits, filter) = (&matched.hits, &matched.filter);
        let sorted = self.orders.sort(corpus, hits, filter, wanted, cancelled)?;
        let scorer = filter.ranks().then(|| Scorer {
            corpus: corpus.clone(),
            filter: Arc::clone(filter),
        });
        let top = Arc::clone(&question.top);
        let hits = if top.is_empty() {
            Hits::ranked(sorted.0, sorted.1, scorer)
        } else {
            let sorted = Hits::ranked(sorted.0, sorted.1, None);
            let is_top = |id: &ArticleId| top.get(id.index()).copied().unwrap_or(false);
            let (mut first, rest): (Vec<_>, Vec<_>) = sorted.articles().partition(is_top);
            first.extend(rest);
            Hits::ranked(
                Arc::new(first.iter().map(|id| id.0).collect()),
                None,
                scorer,
            )
        };
        matched.ranked = Some((wanted, top, hits.clone()));
        Some(hits)
    }

    /// Makes the answer of what matched, from what earlier answers have of it.
    fn complete(
        &mut self,
        corpus: &Corpus,
        matched: &mut Matched,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Answer> {
        let hits = self.rank(corpus, matched, question, cancelled)?;
        let (by, zoom) = (question.timeline_by, question.zoom);
        let timeline = matched.timeline.take();
        let timeline = timeline.filter(|(of, _)| *of == (by, zoom));
        let known = (matched.entities.take(), timeline.map(|(_, rows)| rows));
        let (entities, timeline) = counts(corpus, &matched.hits, question, known, cancelled)?;
        matched.entities = Some(Arc::clone(&entities));
        matched.timeline = Some(((by, zoom), timeline.clone()));
        if matched.literal.is_none() && question.query.has_fuzzy() {
            matched.literal = Some(matched.filter.literal(corpus, cancelled)?);
        }
        Some(Answer {
            hits,
            entities,
            timeline,
            literal: match matched.literal {
                Some(Told::Known(count)) => Some(u32::try_from(count).unwrap_or(u32::MAX)),
                Some(Told::TooMany) | None => None,
            },
        })
    }

    /// Forgets what hangs on marks that are others now.
    fn turn_to_marks(&mut self, marked: &Arc<Selected>) {
        if *marked != self.marked {
            self.results
                .retain(|matched| matched.query.criteria().next().is_none());
            self.marked = Arc::clone(marked);
        }
    }

    /// Forgets what does not hold for this corpus.
    fn turn_to(&mut self, corpus: &Corpus) {
        if !corpus.grew_from(&self.corpus) {
            self.results.clear();
            self.words.clear();
        } else if corpus.words_of_every_path() != self.corpus.words_of_every_path() {
            // what a path matches depends on the other paths
            self.results.clear();
        } else if corpus.len() > self.corpus.len() || !corpus.has_links_of(&self.corpus) {
            // a name may mean other entities now, and a word other words
            self.results.retain(|matched| {
                let mut leaves = matched.query.leaves().into_iter();
                !leaves.any(|(condition, _)| depends_on_all(condition))
            });
        }
        if corpus.len() != self.corpus.len()
            || !corpus.has_links_of(&self.corpus)
            || !corpus.grew_from(&self.corpus)
        {
            self.orders.clear();
            self.corpus = corpus.clone();
        }
    }

    fn search(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Matched> {
        let filter = self.filter(corpus, question, cancelled)?;
        let wider = self.wider(&filter, corpus, question);
        let candidates = wider.map_or(Candidates::ALL, |wider| Candidates {
            known: Some(&wider.hits),
            rest: wider.asked,
        });
        Some(Matched {
            query: question.query.clone(),
            inferred: question.inferred,
            asked: corpus.len(),
            hits: Arc::new(filter.matching(corpus, &candidates, cancelled)?),
            filter: Arc::new(filter),
            literal: None,
            ranked: None,
            entities: None,
            timeline: None,
        })
    }

    fn filter(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Filter> {
        let (query, inferred) = (&question.query, question.inferred);
        Filter::new(
            corpus,
            query,
            inferred,
            &question.marked,
            cancelled,
            |word| self.matches_of(word, corpus, cancelled),
        )
    }

    /// The known result of a wider query that leaves least to look at.
    fn wider(&self, filter: &Filter, corpus: &Corpus, question: &Question) -> Option<&Matched> {
        let wider = self
            .results
            .iter()
            .filter(|matched| matched.inferred == question.inferred)
            .filter(|matched| {
                filter.can_be_narrowed() && is_implied(&matched.query, &question.query)
            });
        wider.min_by_key(|matched| matched.hits.count() + corpus.len() - matched.asked)
    }

    fn matches_of(
        &mut self,
        word: &str,
        corpus: &Corpus,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Arc<WordMatches>> {
        let known = self.words.iter().position(|known| known.typed() == word);
        let mut matches = match known {
            Some(at) => self.words.remove(at)?,
            None => Arc::new(WordMatches::new(word)),
        };
        let beginnings = self
            .words
            .iter()
            .filter(|wider| word.starts_with(wider.typed()));
        let wider = beginnings
            .min_by_key(|wider| wider.count())
            .map(Arc::as_ref);
        let done = Arc::make_mut(&mut matches).extend(corpus.words(), wider, cancelled);
        self.words.push_front(Arc::clone(&matches));
        self.words.truncate(WORDS);
        done.map(|()| matches)
    }

    fn keep(&mut self, matched: Matched) {
        self.results.push_front(matched);
        let mut bytes = 0;
        let most = BYTES.max(BYTES_PER_ARTICLE * self.corpus.len());
        let fitting = self.results.iter().take(RESULTS).take_while(|matched| {
            bytes += matched.bytes();
            bytes <= most
        });
        let fitting = fitting.count();
        self.results.truncate(fitting.max(1));
    }
}

/// Whether what a condition matches in one article depends on the others.
fn depends_on_all(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::Entity(_) | Condition::Text(_) | Condition::Words(_)
    )
}

/// Whether every article that matches `query` also matches `wider`, as far as the terms show.
fn is_implied(wider: &Query, query: &Query) -> bool {
    let words = query.fuzzy_words();
    let same_words = wider.matching() == query.matching();
    same_words
        && wider.terms.iter().all(|term| match term {
            Term {
                condition: Condition::Fuzzy(value),
                exclude: false,
            } => typed_words(value)
                .iter()
                .all(|old| words.iter().any(|new| new.starts_with(old.as_str()))),
            other => query.terms.contains(other),
        })
}

impl Query {
    /// Whether a fuzzy term is asked for.
    fn has_fuzzy(&self) -> bool {
        self.terms
            .iter()
            .any(|term| !term.exclude && matches!(term.condition, Condition::Fuzzy(_)))
    }
}
