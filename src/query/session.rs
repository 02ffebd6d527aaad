//! A row of questions, each mostly a letter away from the one before.
//!
//! What a question matched is kept. A question that only asks for more is then put to those
//! articles alone, and one that was asked before (a letter taken back) is put to none.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::query::answer::{Answer, EntityCount, Hit, Row};
use crate::query::facets;
use crate::query::filter::Filter;
use crate::query::fuzzy::{NearMatcher, WordScores, typed_words};
use crate::query::question::{Condition, DayField, Inferred, Query, Question, Term, Zoom};
use crate::query::sort::{Order, Orders};
use crate::query::sweep::{Candidates, Known};
use crate::query::timeline;
use crate::triage::Selected;

/// Results that are kept at most.
const RESULTS: usize = 24;

/// Articles that all kept results may hold together, each for 16 bytes at most: some 30 MB, or
/// what a few letters typed over a large corpus match.
const ARTICLES: usize = 2_000_000;
const TIMES_THE_CORPUS: usize = 4;

/// Typed words whose scores are kept.
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
    /// The latest first: a folded word and its scores.
    words: VecDeque<(String, Arc<WordScores>)>,
    orders: Orders,
    matcher: NearMatcher,
}

/// What a query matched.
struct Matched {
    query: Query,
    /// Which days counted.
    inferred: Inferred,
    /// How many articles were asked, from the first on.
    asked: usize,
    /// In the order of their ids.
    hits: Vec<Hit>,
    /// Articles that hold the fuzzy words literally, in the order of their ids; `None` when that
    /// is not known yet, or there are no fuzzy words.
    literal: Option<Vec<ArticleId>>,
    /// In the order that was asked for last.
    ranked: Option<Ranked>,
    entities: Option<Vec<EntityCount>>,
    timeline: Option<((DayField, Zoom), Vec<Row>)>,
}

/// The order that was asked for, the articles that stand before all others, and the hits.
type Ranked = (Order, Arc<Vec<bool>>, Arc<Vec<Hit>>);

impl Matched {
    /// Articles that it holds, in all its lists.
    fn size(&self) -> usize {
        let ranked = self.ranked.as_ref();
        self.hits.len()
            + self.literal.as_ref().map_or(0, Vec::len)
            + ranked.map_or(0, |(_, _, hits)| hits.len())
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
    ) -> Option<Arc<Vec<Hit>>> {
        let mut matched = self.matched(corpus, question, cancelled)?;
        let ranked = self.rank(corpus, &mut matched, question);
        self.keep(matched);
        Some(ranked)
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
    ) -> Arc<Vec<Hit>> {
        let wanted = Order {
            by: question.sort,
            reverse: question.reverse,
            inferred: question.inferred,
        };
        match &matched.ranked {
            Some((order, top, hits)) if *order == wanted && *top == question.top => {
                Arc::clone(hits)
            }
            _ => {
                let mut hits = self.orders.sort(corpus, &matched.hits, wanted);
                if !question.top.is_empty() {
                    let is_top = |hit: &Hit| question.top.get(hit.article.index()).copied();
                    hits.sort_by_key(|hit| !is_top(hit).unwrap_or(false));
                }
                let hits = Arc::new(hits);
                let top = Arc::clone(&question.top);
                matched.ranked = Some((wanted, top, Arc::clone(&hits)));
                hits
            }
        }
    }

    /// Makes the answer of what matched, from what earlier answers have of it.
    fn complete(
        &mut self,
        corpus: &Corpus,
        matched: &mut Matched,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Answer> {
        let hits = self.rank(corpus, matched, question);
        if matched.literal.is_none() && question.query.has_fuzzy() {
            matched.literal = Some(self.literal(corpus, question, cancelled)?);
        }
        let entities = match &matched.entities {
            Some(entities) => entities.clone(),
            None => facets::entities(corpus, &matched.hits, cancelled)?,
        };
        matched.entities = Some(entities.clone());
        let (by, zoom) = (question.timeline_by, question.zoom);
        let timeline = match &matched.timeline {
            Some((of, rows)) if *of == (by, zoom) => rows.clone(),
            _ => timeline::rows(corpus, &matched.hits, question, cancelled)?,
        };
        matched.timeline = Some(((by, zoom), timeline.clone()));
        Some(Answer {
            hits,
            entities,
            timeline,
            literal: matched
                .literal
                .as_ref()
                .map(|holders| u32::try_from(holders.len()).unwrap_or(u32::MAX)),
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
        let wider = self.wider(&filter, corpus, question, |matched| {
            Some(matched.hits.len())
        });
        let candidates = wider.map_or(Candidates::ALL, |wider| Candidates {
            known: Known::Hits(&wider.hits),
            rest: first_not_asked(wider),
        });
        Some(Matched {
            query: question.query.clone(),
            inferred: question.inferred,
            asked: corpus.len(),
            hits: filter.hits(corpus, &candidates, cancelled)?,
            literal: None,
            ranked: None,
            entities: None,
            timeline: None,
        })
    }

    /// The articles that hold the fuzzy words of a query literally.
    fn literal(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Vec<ArticleId>> {
        let filter = self.filter(corpus, question, cancelled)?;
        let holders = |matched: &Matched| Some(matched.literal.as_ref()?.len());
        let wider = self.wider(&filter, corpus, question, holders);
        let known = wider.and_then(|wider| Some((wider, wider.literal.as_deref()?)));
        let candidates = known.map_or(Candidates::ALL, |(wider, ids)| Candidates {
            known: Known::Ids(ids),
            rest: first_not_asked(wider),
        });
        filter.literal(corpus, &candidates, cancelled)
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
            |word| self.scores_of(word, corpus, cancelled),
        )
    }

    /// The known result of a wider query that leaves least to look at, as `size` counts it.
    fn wider(
        &self,
        filter: &Filter,
        corpus: &Corpus,
        question: &Question,
        size: impl Fn(&Matched) -> Option<usize>,
    ) -> Option<&Matched> {
        let wider = self
            .results
            .iter()
            .filter(|matched| matched.inferred == question.inferred)
            .filter(|matched| {
                filter.can_be_narrowed() && is_implied(&matched.query, &question.query)
            })
            .filter_map(|matched| Some((size(matched)? + corpus.len() - matched.asked, matched)));
        wider.min_by_key(|(left, _)| *left).map(|(_, wider)| wider)
    }

    fn scores_of(
        &mut self,
        word: &str,
        corpus: &Corpus,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Arc<WordScores>> {
        let known = self.words.iter().position(|(known, _)| known == word);
        let (word, mut scores) = match known {
            Some(at) => self.words.remove(at)?,
            None => (word.to_owned(), Arc::default()),
        };
        let done =
            Arc::make_mut(&mut scores).extend(corpus.words(), &word, &self.matcher, cancelled);
        self.words.push_front((word, Arc::clone(&scores)));
        self.words.truncate(WORDS);
        done.map(|()| scores)
    }

    fn keep(&mut self, matched: Matched) {
        self.results.push_front(matched);
        let mut articles = 0;
        let most = ARTICLES.max(TIMES_THE_CORPUS * self.corpus.len());
        let fitting = self.results.iter().take(RESULTS).take_while(|matched| {
            articles += matched.size();
            articles <= most
        });
        let fitting = fitting.count();
        self.results.truncate(fitting.max(1));
    }
}

/// Whether what a condition matches in one article depends on the others.
fn depends_on_all(condition: &Condition) -> bool {
    matches!(condition, Condition::Entity(_) | Condition::Text(_))
}

/// The first article that a result knows nothing about.
fn first_not_asked(matched: &Matched) -> ArticleId {
    ArticleId(u32::try_from(matched.asked).unwrap_or(u32::MAX))
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
