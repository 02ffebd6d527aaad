//! A row of questions, each mostly a letter away from the one before.
//!
//! What a question matched is kept. A question that only asks for more is then put to those
//! articles alone, and one that was asked before (a letter taken back) is put to none.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::query::answer::{Answer, Hit};
use crate::query::facets;
use crate::query::filter::{Candidates, Filter, Known};
use crate::query::fuzzy::{NearMatcher, WordScores, typed_words};
use crate::query::question::{Condition, Inferred, Query, Question, Term};
use crate::query::sort::sort;
use crate::query::timeline;

/// Results that are kept at most.
const RESULTS: usize = 24;

/// Articles that all kept results may hold together, each for 16 bytes at most: some 30 MB.
const ARTICLES: usize = 2_000_000;

/// Typed words whose scores are kept.
const WORDS: usize = 16;

/// Answers questions, remembering what earlier ones matched.
///
/// Gives the same answers as [`answer`](crate::query::answer()), only sooner. It may be asked
/// about any corpus; it remembers as long as each is the one before or has grown from it.
#[derive(Default)]
pub struct Session {
    corpus: Corpus,
    /// The latest first.
    results: VecDeque<Matched>,
    /// The latest first: a folded word and its scores.
    words: VecDeque<(String, Arc<WordScores>)>,
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
    /// Articles that hold the fuzzy words literally, in the order of their ids.
    literal: Option<Vec<ArticleId>>,
    /// The last answer that was made of it.
    answered: Option<(Question, Answer)>,
}

impl Matched {
    /// Articles that it holds, in all its lists.
    fn size(&self) -> usize {
        let answered = self.answered.as_ref();
        self.hits.len()
            + self.literal.as_ref().map_or(0, Vec::len)
            + answered.map_or(0, |(_, answer)| answer.hits.len())
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
        self.turn_to(corpus);
        let known = self.results.iter().position(|matched| {
            (&matched.query, matched.inferred) == (&question.query, question.inferred)
                && matched.asked == corpus.len()
        });
        let mut matched = match known {
            Some(at) => self.results.remove(at)?,
            None => self.search(corpus, question, cancelled)?,
        };
        let answer = complete(corpus, &mut matched, question, cancelled);
        self.keep(matched);
        answer
    }

    /// Forgets what does not hold for this corpus.
    fn turn_to(&mut self, corpus: &Corpus) {
        if !corpus.grew_from(&self.corpus) {
            self.results.clear();
            self.words.clear();
        } else if corpus.words_of_every_path() != self.corpus.words_of_every_path() {
            // what a path matches depends on the other paths
            self.results.clear();
        } else if corpus.len() > self.corpus.len()
            || !Arc::ptr_eq(corpus.links(), self.corpus.links())
        {
            // a name may mean other entities now, and a word other words
            self.results.retain(|matched| {
                let mut leaves = matched.query.leaves().into_iter();
                !leaves.any(|(condition, _)| depends_on_all(condition))
            });
        }
        if corpus.len() != self.corpus.len()
            || !Arc::ptr_eq(corpus.links(), self.corpus.links())
            || !corpus.grew_from(&self.corpus)
        {
            self.corpus = corpus.clone();
        }
    }

    fn search(
        &mut self,
        corpus: &Corpus,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Matched> {
        let (query, inferred) = (&question.query, question.inferred);
        let filter = Filter::new(corpus, query, inferred, cancelled, |word| {
            self.scores_of(word, corpus, cancelled)
        })?;
        let wider = self
            .results
            .iter()
            .filter(|matched| matched.inferred == inferred)
            .filter(|matched| filter.can_be_narrowed() && is_implied(&matched.query, query))
            .min_by_key(|matched| (matched.hits.len(), corpus.len() - matched.asked));
        let hits = filter.hits(corpus, &candidates(wider, false), cancelled)?;
        let literal = if query.has_fuzzy() {
            Some(filter.literal(corpus, &candidates(wider, true), cancelled)?)
        } else {
            None
        };
        Some(Matched {
            query: query.clone(),
            inferred,
            asked: corpus.len(),
            hits,
            literal,
            answered: None,
        })
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
        let fitting = self.results.iter().take(RESULTS).take_while(|matched| {
            articles += matched.size();
            articles <= ARTICLES
        });
        let fitting = fitting.count();
        self.results.truncate(fitting.max(1));
    }
}

/// Whether what a condition matches in one article depends on the others.
fn depends_on_all(condition: &Condition) -> bool {
    matches!(condition, Condition::Entity(_) | Condition::Text(_))
}

/// What may match a query that is narrower than `wider`, by name or literally.
fn candidates(wider: Option<&Matched>, literally: bool) -> Candidates<'_> {
    let Some(wider) = wider else {
        return Candidates::ALL;
    };
    Candidates {
        known: match &wider.literal {
            Some(ids) if literally => Known::Ids(ids),
            _ => Known::Hits(&wider.hits),
        },
        rest: ArticleId(u32::try_from(wider.asked).unwrap_or(u32::MAX)),
    }
}

/// Makes the answer of what matched, from what earlier answers have of it.
fn complete(
    corpus: &Corpus,
    matched: &mut Matched,
    question: &Question,
    cancelled: &dyn Fn() -> bool,
) -> Option<Answer> {
    let known = matched.answered.take();
    let (known_question, known_answer) = match known {
        Some((asked, answer)) => (Some(asked), answer),
        None => (None, Answer::default()),
    };
    let same = |same: fn(&Question, &Question) -> bool| {
        known_question
            .as_ref()
            .is_some_and(|known| same(known, question))
    };
    let same_order = same(|a, b| (a.sort, a.reverse) == (b.sort, b.reverse));
    let same_rows = same(|a, b| (a.timeline_by, a.zoom) == (b.timeline_by, b.zoom));
    let hits = &matched.hits;
    let answer = Answer {
        hits: if same_order {
            known_answer.hits
        } else {
            sort(
                corpus,
                hits,
                question.sort,
                question.reverse,
                question.inferred,
            )
        },
        entities: if known_question.is_some() {
            known_answer.entities
        } else {
            facets::entities(corpus, hits, cancelled)?
        },
        timeline: if same_rows {
            known_answer.timeline
        } else {
            timeline::rows(corpus, hits, question, cancelled)?
        },
        literal: matched
            .literal
            .as_ref()
            .map(|holders| u32::try_from(holders.len()).unwrap_or(u32::MAX)),
    };
    matched.answered = Some((question.clone(), answer.clone()));
    Some(answer)
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
