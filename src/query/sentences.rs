//! The sentences that tell most of a row of the timeline: those that name what most documents of
//! the row name, told alike by most of them, each shown once.
//!
//! Takes its candidates in one pass over the hits and ranks a row when it is asked for. Source of
//! the ranking: the burst of names over the documents of a day, as in timeline summarisation since
//! Swan and Allan (2000); near-duplicates by the words that two sentences share (Jaccard).

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Article, ArticleId, Corpus, Field, Segment, Span};
use crate::query::days::{day_in, possible_days_in};
use crate::query::hits::Hits;
use crate::query::lead::{first_sentence, telling_at};
use crate::query::question::{DayField, Question};
use crate::query::timeline::{first_day, last_day, row_of};
use crate::text::fold::fold;

/// Hits looked at between two questions whether to go on.
const BATCH: usize = 256;
/// Most candidates of one row; what comes after them in load order is not looked at.
const MOST: usize = 600;
/// Most candidates of one row from one article.
const MOST_OF_ONE: usize = 4;
/// Share of common words from which on two sentences tell the same.
const ALIKE: f32 = 0.55;
/// A sentence of fewer words says little.
const SHORT: usize = 5;
/// A sentence of more words is hardly one.
const LONG: usize = 60;

/// First and last day of a row, or of an interval.
type Days = (NaiveDate, NaiveDate);

/// One sentence of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The article it stands in.
    pub article: ArticleId,
    /// Its bytes in the body.
    pub span: Span,
    /// The expression of time that ties it to the row: a place among the article's. `None` where
    /// the article's own day does.
    pub timex: Option<usize>,
    /// The keys of the names in it, those of most documents first.
    pub names: Vec<String>,
    /// Other articles that tell it in nearly the same words, in load order.
    pub alike: Vec<ArticleId>,
}

impl Told {
    /// Why it was chosen, for people.
    #[must_use]
    pub fn why(&self, article: &Article) -> String {
        let mut parts = Vec::new();
        if let Some(timex) = self.timex.and_then(|at| article.timexes.get(at)) {
            let words = timex.span.of(article.field(timex.field));
            parts.push(format!("says “{words}”"));
        } else {
            parts.push("of this day's news".to_owned());
        }
        match self.names.as_slice() {
            [] => {}
            [one] => parts.push(format!("names {one}")),
            [one, other] => parts.push(format!("names {one}, {other}")),
            [one, other, rest @ ..] => {
                parts.push(format!("names {one}, {other} and {} more", rest.len()));
            }
        }
        match self.alike.len() {
            0 => {}
            1 => parts.push("told alike in 1 other document".to_owned()),
            n => parts.push(format!("told alike in {n} other documents")),
        }
        parts.join(" · ")
    }
}

/// Where a sentence may be had for a row.
#[derive(Clone, Copy, Debug)]
struct Place {
    article: ArticleId,
    /// The expression of time that it holds, among the article's; `None` for the first sentence
    /// that tells something.
    timex: Option<usize>,
}

/// Candidates by row.
#[derive(Debug, Default)]
pub struct Sentences {
    places: FxHashMap<Days, Vec<Place>>,
}

impl Sentences {
    /// The candidates among the hits of an answer to `question`, for all rows or only for that
    /// from `only.0` to `only.1`. Linear in the hits; `None` when cancelled.
    #[must_use]
    pub fn gather(
        corpus: &Corpus,
        hits: &Hits,
        question: &Question,
        only: Option<(NaiveDate, NaiveDate)>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut ids: Vec<ArticleId> = hits.articles().collect();
        ids.sort_unstable();
        let mut sentences = Self::default();
        for batch in ids.chunks(BATCH) {
            if cancelled() {
                return None;
            }
            for (segment, at) in corpus.walk(batch.iter().copied()) {
                sentences.add(segment, at, question, only);
            }
        }
        Some(sentences)
    }

    fn add(&mut self, segment: &Segment, at: usize, question: &Question, only: Option<Days>) {
        let id = segment.id(at);
        let zoom = question.zoom;
        let whole = |first: NaiveDate| (first, last_day(first, zoom));
        let published = question.timeline_by == DayField::Published;
        let own = if published {
            day_in(segment, at, question.inferred)
                .map(|(day, _)| whole(first_day(day, zoom)))
                .or_else(|| possible_days_in(segment, at, question.inferred))
        } else {
            None
        };
        if published && own.is_none() {
            return;
        }
        if let Some(own) = own {
            self.place(own, only, id, None);
        }
        for (index, range) in segment.mentioned(at).enumerate() {
            let admitted = range.filter(|range| question.inferred.admits(range.firm));
            let Some(range) = admitted.filter(|_| !segment.mentions_in_title(at, index)) else {
                continue;
            };
            let days = row_of(range, zoom).map_or((range.from, range.to), whole);
            // of an article of the day, what it says of that day
            if own.is_none_or(|own| own == days) {
                self.place(days, only, id, Some(index));
            }
        }
    }

    fn place(&mut self, days: Days, only: Option<Days>, article: ArticleId, timex: Option<usize>) {
        if only.is_some_and(|only| only != days) {
            return;
        }
        let places = self.places.entry(days).or_default();
        let of_it = places.iter().rev().take_while(|p| p.article == article);
        if places.len() < MOST && of_it.count() < MOST_OF_ONE {
            places.push(Place { article, timex });
        }
    }

    /// The best sentences of the row from `from` to `to`, best first, at most `count`.
    #[must_use]
    pub fn of(&self, corpus: &Corpus, from: NaiveDate, to: NaiveDate, count: usize) -> Vec<Told> {
        let places = self.places.get(&(from, to)).map_or(&[][..], Vec::as_slice);
        if places.is_empty() || count == 0 {
            return Vec::new();
        }
        let mut seen = FxHashSet::default();
        let candidates: Vec<Candidate<'_>> = places
            .iter()
            .filter_map(|place| Candidate::at(corpus, *place))
            .filter(|candidate| seen.insert((candidate.article, candidate.span)))
            .collect();
        choose(folded(weighed(candidates)), count)
    }
}

/// A sentence on its way to be chosen.
#[derive(Debug)]
struct Candidate<'c> {
    article: ArticleId,
    span: Span,
    timex: Option<usize>,
    /// Keys of its names, each once, with the weight of each once known.
    names: Vec<(&'c str, f32)>,
    /// Its words, folded, as sorted hashes.
    words: Vec<u64>,
    score: f32,
    alike: Vec<ArticleId>,
}

impl<'c> Candidate<'c> {
    fn at(corpus: &'c Corpus, place: Place) -> Option<Self> {
        let article = corpus.article(place.article)?;
        let body = &article.raw.text;
        let span = match place.timex {
            Some(timex) => telling_at(article, article.timexes.get(timex)?.span.start as usize)?,
            None => first_sentence(article)?,
        };
        let mut names: Vec<(&str, f32)> = article
            .mentions
            .iter()
            .filter(|m| m.field == Field::Text && m.span.overlaps(span))
            .map(|m| (&*m.entity, 0.0))
            .collect();
        names.sort_unstable_by_key(|name| name.0);
        names.dedup_by_key(|name| name.0);
        let timex = place.timex.filter(|at| {
            let timex = article.timexes.get(*at);
            timex.is_some_and(|timex| timex.span.overlaps(span))
        });
        Some(Self {
            article: place.article,
            span,
            timex,
            names,
            words: words(span.of(body)),
            score: 0.0,
            alike: Vec::new(),
        })
    }
}

fn words(text: &str) -> Vec<u64> {
    use std::hash::{Hash as _, Hasher as _};
    let folded = fold(text);
    let mut words: Vec<u64> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hasher = rustc_hash::FxHasher::default();
            word.hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Weighs each name by the documents of the row whose candidates have it, and each sentence by its
/// names.
fn weighed(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut documents: FxHashMap<&str, FxHashSet<ArticleId>> = FxHashMap::default();
    for candidate in &candidates {
        for (name, _) in &candidate.names {
            documents.entry(name).or_default().insert(candidate.article);
        }
    }
    for candidate in &mut candidates {
        for (name, weight) in &mut candidate.names {
            *weight = bits(documents.get(name).map_or(0, FxHashSet::len));
        }
        let by_weight = |a: &(&str, f32), b: &(&str, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(b.0));
        candidate.names.sort_by(by_weight);
        candidate.score = score(&candidate.names, candidate.words.len());
    }
    candidates
}

/// What a sentence of some names and so many words is worth.
fn score(names: &[(&str, f32)], words: usize) -> f32 {
    let sum: f32 = names.iter().map(|(_, weight)| weight).sum();
    if words < SHORT {
        sum * 0.3
    } else if words > LONG {
        sum * 0.6
    } else {
        sum + 0.5
    }
}

/// log₂ (1 + n).
fn bits(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX)).ln_1p() / std::f32::consts::LN_2
}

/// Near-duplicates made one: the best of them, with the other articles that tell it.
fn folded(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    // the longer of two that weigh the same tells more; load order decides the rest
    candidates.sort_by(|a, b| {
        let length = b.words.len().cmp(&a.words.len());
        let place = (a.article, a.span).cmp(&(b.article, b.span));
        b.score.total_cmp(&a.score).then(length).then(place)
    });
    let mut kept: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        match kept
            .iter_mut()
            .find(|one| alike(&one.words, &candidate.words))
        {
            Some(one) => one.alike.push(candidate.article),
            None => kept.push(candidate),
        }
    }
    for one in &mut kept {
        one.alike.sort_unstable();
        one.alike.dedup();
        let own = one.article;
        one.alike.retain(|other| *other != own);
        one.score += 2.0 * bits(one.alike.len());
    }
    kept
}

/// Whether two sentences share most of their words.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let (mut left, mut right, mut shared) = (a.iter().peekable(), b.iter().peekable(), 0u16);
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                shared = shared.saturating_add(1);
                left.next();
                right.next();
            }
        }
    }
    let small = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    let shared = f32::from(shared);
    shared > 0.0 && shared / (small(a.len()) + small(b.len()) - shared) >= ALIKE
}

/// The best, one after the other: a name that has been told of already counts half.
fn choose(mut candidates: Vec<Candidate<'_>>, count: usize) -> Vec<Told> {
    let mut told: FxHashSet<&str> = FxHashSet::default();
    let mut chosen = Vec::new();
    while chosen.len() < count && !candidates.is_empty() {
        let worth = |candidate: &Candidate<'_>| {
            let known = candidate
                .names
                .iter()
                .filter(|(name, _)| told.contains(name));
            candidate.score - 0.5 * known.map(|(_, weight)| weight).sum::<f32>()
        };
        let mut best = (0, f32::NEG_INFINITY);
        for (at, candidate) in candidates.iter().enumerate() {
            let worth = worth(candidate);
            if worth > best.1 {
                best = (at, worth);
            }
        }
        let one = candidates.remove(best.0);
        told.extend(one.names.iter().map(|(name, _)| *name));
        chosen.push(Told {
            article: one.article,
            span: one.span,
            timex: one.timex,
            names: one
                .names
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect(),
            alike: one.alike,
        });
    }
    chosen
}
