//! Query → the articles that it matches, each with its score.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{ArticleId, Corpus, Language, Segment};
use crate::query::bits::Bits;
use crate::query::days::{day_in, days_in};
use crate::query::finder::Finder;
use crate::query::fuzzy::typed_words;
use crate::query::literal::{Told, holders};
use crate::query::named::{entities_named, entities_of};
use crate::query::names::{Names, WordMatches};
use crate::query::question::{Condition, DayField, Inferred, Query, Term};
use crate::query::sweep::Candidates;
use crate::query::textquery::{Matching, TextQuery};
use crate::query::titled::Titled;
use crate::text::fold::fold;
use crate::triage::Selected;

/// A query made ready for one snapshot of a corpus.
pub(crate) struct Filter {
    /// What all hits must pass, the cheapest first.
    tests: Vec<(Test, bool)>,
    /// Whether each fuzzy word matches by name, and how well.
    names: Names,
    /// The fuzzy words as literal ones.
    literal: Vec<String>,
}

/// A condition made ready, in the order of what it costs to ask.
enum Test {
    Days(DayField, Inferred, NaiveDate, NaiveDate),
    Undated(DayField, Inferred),
    Language(Language),
    /// By article.
    Marked(Vec<bool>),
    /// By source number.
    Sources(Vec<bool>),
    /// By entity.
    Entities(Vec<bool>),
    /// All words by name.
    Fuzzy(Names),
    Title(Box<Titled>),
    /// In the full text.
    Found(Found),
    /// One of them at least; the scores of those that pass add up.
    Any(Vec<(Test, bool)>),
    /// Every one.
    All(Vec<(Test, bool)>),
}

impl Test {
    fn cost(&self) -> u8 {
        match self {
            Self::Days(DayField::Published, ..)
            | Self::Undated(DayField::Published, _)
            | Self::Language(_)
            | Self::Sources(_)
            | Self::Marked(_)
            | Self::Found(_) => 0,
            Self::Days(..) | Self::Undated(..) | Self::Entities(_) => 1,
            Self::Fuzzy(_) | Self::Title(_) => 2,
            Self::Any(tests) | Self::All(tests) => {
                tests.iter().map(|(test, _)| test.cost()).max().unwrap_or(0)
            }
        }
    }

    /// Whether the article passes, and its score.
    fn score(&self, corpus: &Corpus, segment: &Segment, at: usize) -> Option<i64> {
        match self {
            Self::Found(found) => found.score(segment.id(at)),
            Self::Fuzzy(names) => names.score(corpus.words(), segment, at),
            Self::All(tests) => score_of_all(tests, corpus, segment, at),
            Self::Any(tests) => {
                let scores = tests.iter();
                let scores = scores.filter_map(|test| score_of(test, corpus, segment, at));
                scores.reduce(i64::saturating_add)
            }
            _ => self.is_passed(segment, at).then_some(0),
        }
    }

    /// Whether the article passes.
    fn is_passed(&self, segment: &Segment, at: usize) -> bool {
        match self {
            Self::Found(found) => found.articles.contains(segment.id(at).0),
            Self::Fuzzy(names) => names.is_passed(segment, at),
            Self::Any(tests) => tests.iter().any(|test| passes(test, segment, at)),
            Self::All(tests) => tests.iter().all(|test| passes(test, segment, at)),
            Self::Days(DayField::Published, inferred, from, to) => {
                day_in(segment, at, *inferred).is_some_and(|(day, _)| *from <= day && day <= *to)
            }
            Self::Days(DayField::Mentioned, inferred, from, to) => {
                days_in(segment, at, *inferred).any(|range| range.is_within(*from, *to))
            }
            Self::Undated(DayField::Published, inferred) => {
                day_in(segment, at, *inferred).is_none()
            }
            Self::Undated(DayField::Mentioned, inferred) => {
                days_in(segment, at, *inferred).next().is_none()
            }
            Self::Language(language) => segment.language(at) == *language,
            Self::Marked(wanted) => is_set(wanted, segment.id(at).0),
            Self::Sources(wanted) => is_set(wanted, segment.source(at)),
            Self::Entities(wanted) => segment.entities(at).any(|(id, _)| is_set(wanted, id.0)),
            Self::Title(titled) => titled.is_passed(segment, at),
        }
    }

    /// The articles that pass, where they are known without any being looked at.
    fn known(&self) -> Option<Cow<'_, Bits>> {
        match self {
            Self::Found(found) => Some(Cow::Borrowed(&found.articles)),
            Self::Any(tests) => known_of(tests, |a, b| a | b),
            Self::All(tests) => known_of(tests, |a, b| a & b),
            _ => None,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Found(found) => found.articles.bytes() + size_of_val(found.scored.as_slice()),
            Self::Marked(flags) | Self::Sources(flags) | Self::Entities(flags) => flags.len(),
            Self::Any(tests) | Self::All(tests) => tests.iter().map(|(test, _)| test.bytes()).sum(),
            _ => 0,
        }
    }

    /// Whether some article may have another score than 0.
    fn ranks(&self) -> bool {
        match self {
            Self::Found(_) | Self::Fuzzy(_) => true,
            Self::Any(tests) | Self::All(tests) => tests.iter().any(|(test, _)| test.ranks()),
            _ => false,
        }
    }

    /// Makes scores cheap to ask for; `None` when cancelled.
    fn score_words(&self, corpus: &Corpus, cancelled: &dyn Fn() -> bool) -> Option<()> {
        match self {
            Self::Fuzzy(names) => names.score_words(corpus.words(), cancelled),
            Self::Any(tests) | Self::All(tests) => {
                let mut tests = tests.iter();
                tests.try_for_each(|(test, _)| test.score_words(corpus, cancelled))
            }
            _ => Some(()),
        }
    }
}

/// Whether an article passes a test, or does not where the test excludes.
fn passes((test, exclude): &(Test, bool), segment: &Segment, at: usize) -> bool {
    test.is_passed(segment, at) != *exclude
}

/// What `join` makes of the articles that pass each test, where those are known of all.
fn known_of(tests: &[(Test, bool)], join: fn(u64, u64) -> u64) -> Option<Cow<'_, Bits>> {
    let mut known = tests.iter().map(|(test, exclude)| match exclude {
        true => None,
        false => test.known(),
    });
    let first = known.next()??;
    known.try_fold(first, |all, more| {
        Some(Cow::Owned(all.combined(&*more?, join)))
    })
}

/// The score of an article under a test that it passes.
fn score_of(test: &(Test, bool), corpus: &Corpus, segment: &Segment, at: usize) -> Option<i64> {
    match test {
        (test, false) => test.score(corpus, segment, at),
        (test, true) => (!test.is_passed(segment, at)).then_some(0),
    }
}

fn score_of_all(
    tests: &[(Test, bool)],
    corpus: &Corpus,
    segment: &Segment,
    at: usize,
) -> Option<i64> {
    tests.iter().try_fold(0i64, |sum, test| {
        Some(sum.saturating_add(score_of(test, corpus, segment, at)?))
    })
}

fn is_set(flags: &[bool], number: u32) -> bool {
    flags.get(number as usize).copied().unwrap_or(false)
}

impl Filter {
    /// Makes a query ready; `None` when cancelled. `inferred` says which days count; `scores_of` gives the scores of a folded word
    /// over the words of the corpus, or `None` when cancelled.
    pub(crate) fn new(
        corpus: &Corpus,
        query: &Query,
        inferred: Inferred,
        marked: &Selected,
        cancelled: &dyn Fn() -> bool,
        mut scores_of: impl FnMut(&str) -> Option<Arc<WordMatches>>,
    ) -> Option<Self> {
        // the fuzzy words of the query's own terms are asked for apart
        let own = |term: &&Term| !matches!(term.condition, Condition::Fuzzy(_)) || term.exclude;
        let terms = query.terms.iter().filter(own);
        let reading = (query.matching(), inferred, marked);
        let tests = tests_of(corpus, terms, reading, cancelled, &mut scores_of)?;
        let words = query.fuzzy_words();
        let scores = words.iter().map(|word| scores_of(word));
        Some(Self {
            tests,
            names: Names::new(corpus, scores.collect::<Option<_>>()?),
            literal: words,
        })
    }

    /// Whether what a wider query did not match, this one does not match either.
    pub(crate) fn can_be_narrowed(&self) -> bool {
        !self.names.has_word_of_every_path()
    }

    /// The candidates that match; `None` when cancelled.
    pub(crate) fn matching(
        &self,
        corpus: &Corpus,
        candidates: &Candidates<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Bits> {
        // what the full text found is known, and those that it must not be with it
        let mut found: Option<Cow<'_, Bits>> = None;
        let mut is_all = self.names.is_empty();
        for (test, exclude) in &self.tests {
            match (test.known(), exclude) {
                (Some(known), false) => {
                    found = Some(match found {
                        Some(found) => Cow::Owned(found.combined(&known, |a, b| a & b)),
                        None => known,
                    });
                }
                (Some(_), true) | (None, _) => is_all = false,
            }
        }
        if let Some(found) = found.as_ref().filter(|_| is_all) {
            return Some(Bits::clone(found));
        }
        let known = candidates.known.map(Bits::count);
        let shorter =
            |found: &Cow<'_, Bits>| candidates.rest == 0 || known.is_none_or(|n| found.count() < n);
        let found = found.filter(shorter);
        let found = found.as_deref().map(|known| Candidates {
            known: Some(known),
            rest: corpus.len(),
        });
        let candidates = found.as_ref().unwrap_or(candidates);
        let is_unasked = candidates.rest == 0 && candidates.known.is_none();
        if is_unasked && self.tests.is_empty() && self.names.is_empty() {
            return Some(Bits::all(corpus.len()));
        }
        candidates.select(corpus, cancelled, |segment, at| {
            self.tests.iter().all(|test| passes(test, segment, at))
                && self.names.is_passed(segment, at)
        })
    }

    /// Whether some article may have another score than 0.
    pub(crate) fn ranks(&self) -> bool {
        !self.names.is_empty()
            || self
                .tests
                .iter()
                .any(|(test, exclude)| !exclude && test.ranks())
    }

    /// Makes scores cheap to ask for; `None` when cancelled.
    pub(crate) fn score_words(&self, corpus: &Corpus, cancelled: &dyn Fn() -> bool) -> Option<()> {
        self.names.score_words(corpus.words(), cancelled)?;
        let mut tests = self.tests.iter();
        tests.try_for_each(|(test, _)| test.score_words(corpus, cancelled))
    }

    /// The score of an article that matches: higher is better.
    pub(crate) fn score(&self, corpus: &Corpus, article: ArticleId) -> i64 {
        let score = corpus.locate(article).and_then(|(segment, at)| {
            let names = self.names.score(corpus.words(), segment, at)?;
            let rest = score_of_all(&self.tests, corpus, segment, at)?;
            Some(names.saturating_add(rest))
        });
        score.unwrap_or(0)
    }

    /// How many articles hold the fuzzy words literally and pass every other term. `None` when
    /// cancelled.
    pub(crate) fn literal(
        &self,
        corpus: &Corpus,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Told<usize>> {
        let Told::Known(holders) = holders(corpus, &self.literal, cancelled)? else {
            return Some(Told::TooMany);
        };
        if self.tests.is_empty() {
            return Some(Told::Known(holders.count()));
        }
        let candidates = Candidates {
            known: Some(&holders),
            rest: corpus.len(),
        };
        let passing = candidates.select(corpus, cancelled, |segment, at| {
            self.tests.iter().all(|test| passes(test, segment, at))
        });
        Some(Told::Known(passing?.count()))
    }

    /// The score of each of some articles that match, in the order of their ids; `None` where only
    /// each of them can tell.
    pub(crate) fn scores_of(&self, hits: &Bits) -> Option<Vec<u32>> {
        let mut founds = Vec::new();
        for (test, _) in self.tests.iter().filter(|(_, exclude)| !exclude) {
            match test {
                Test::Found(found) => founds.push(found),
                Test::Any(tests) if tests.iter().all(|(_, exclude)| !exclude) => {
                    for (test, _) in tests {
                        match test {
                            Test::Found(found) => founds.push(found),
                            test if test.ranks() => return None,
                            _ => {}
                        }
                    }
                }
                test if test.ranks() => return None,
                _ => {}
            }
        }
        if founds.is_empty() || !self.names.is_empty() {
            return None;
        }
        let mut scores = vec![0u32; hits.count()];
        for found in founds {
            let mut known = found.scored.iter().peekable();
            for (id, score) in hits.iter().zip(&mut scores) {
                while known.next_if(|(article, _)| article.0 < id).is_some() {}
                if let Some((_, more)) = known.next_if(|(article, _)| article.0 == id) {
                    *score = score.saturating_add(*more);
                }
            }
        }
        Some(scores)
    }

    /// Bytes that it takes beside what others share.
    pub(crate) fn bytes(&self) -> usize {
        self.tests.iter().map(|(test, _)| test.bytes()).sum()
    }
}

/// The articles that a question to the full text finds.
struct Found {
    articles: Bits,
    /// In the order of their ids.
    scored: Vec<(ArticleId, u32)>,
}

impl Found {
    /// `None` when cancelled.
    fn new(corpus: &Corpus, query: &TextQuery, cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let hits = Finder::new(corpus, query, cancelled)?.documents(cancelled)?;
        // damaged lists of a cache may name documents that are not there
        let hits = hits.into_iter();
        let hits = hits.filter(|hit| hit.article.index() < corpus.len());
        let scored = hits.map(|hit| {
            let score = u32::try_from(hit.score).unwrap_or(u32::MAX).max(1);
            (hit.article, score)
        });
        let scored: Vec<_> = scored.collect();
        let articles = scored.iter().map(|(article, _)| article.0);
        Some(Self {
            articles: Bits::of_numbers(corpus.len(), articles),
            scored,
        })
    }

    fn score(&self, article: ArticleId) -> Option<i64> {
        let at = self.scored.binary_search_by_key(&article, |(id, _)| *id);
        self.scored
            .get(at.ok()?)
            .map(|(_, score)| i64::from(*score))
    }
}

/// Terms made ready, the cheapest first; `None` when cancelled.
fn tests_of<'q>(
    corpus: &Corpus,
    terms: impl IntoIterator<Item = &'q Term>,
    (matching, inferred, marked): (Matching, Inferred, &Selected),
    cancelled: &dyn Fn() -> bool,
    scores_of: &mut dyn FnMut(&str) -> Option<Arc<WordMatches>>,
) -> Option<Vec<(Test, bool)>> {
    let mut tests = Vec::new();
    for term in terms {
        let test = match &term.condition {
            Condition::Fuzzy(value) => {
                let words = typed_words(value);
                let scores = words.iter().map(|word| scores_of(word));
                Test::Fuzzy(Names::new(corpus, scores.collect::<Option<_>>()?))
            }
            Condition::Text(words) => {
                let question = TextQuery::Phrase(words.clone(), matching);
                Test::Found(Found::new(corpus, &question, cancelled)?)
            }
            Condition::Words(words) => {
                let question = TextQuery::Words(words.clone(), matching);
                Test::Found(Found::new(corpus, &question, cancelled)?)
            }
            Condition::Exact(words) => {
                let question = TextQuery::Phrase(words.clone(), Matching::EXACT);
                Test::Found(Found::new(corpus, &question, cancelled)?)
            }
            Condition::Title(words) => {
                Test::Title(Box::new(Titled::new(corpus, words, cancelled)?))
            }
            Condition::Entity(name) => Test::Entities(entities_named(corpus, name, cancelled)?),
            Condition::Kind(kind) => Test::Entities(entities_of(corpus, *kind)),
            Condition::Days { field, from, to } => Test::Days(*field, inferred, *from, *to),
            Condition::Undated(field) => Test::Undated(*field, inferred),
            Condition::Language(language) => Test::Language(*language),
            Condition::Source(part) => Test::Sources(sources_with(corpus, part)),
            Condition::Any(terms) => Test::Any(tests_of(
                corpus,
                terms,
                (matching, inferred, marked),
                cancelled,
                scores_of,
            )?),
            Condition::All(terms) => Test::All(tests_of(
                corpus,
                terms,
                (matching, inferred, marked),
                cancelled,
                scores_of,
            )?),
            Condition::Marked(criterion) => {
                Test::Marked(marked.flags(criterion).unwrap_or_default().to_vec())
            }
            Condition::Without(_) | Condition::Links(_) => continue,
        };
        tests.push((test, term.exclude));
    }
    tests.sort_by_key(|(test, _)| test.cost());
    Some(tests)
}

fn sources_with(corpus: &Corpus, part: &str) -> Vec<bool> {
    let part = fold(part.trim());
    let sources = corpus.sources().iter_from(0);
    sources
        .map(|(_, source, _)| source.contains(&part))
        .collect()
}

#[cfg(test)]
mod tests;
