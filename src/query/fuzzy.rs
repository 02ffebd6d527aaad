//! Matching by name: which words of titles, names, sources and paths a typed word means, and how
//! well.
//!
//! Not whole titles are matched but their distinct words, each once: a corpus of 100,000 titles
//! has fewer words than titles, and letters scattered over several words can then not add up to
//! a match. An article's score follows from the scores of its words.

use std::ops::Range;
use std::str::Chars;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::corpus::Span;
use crate::corpus::segment::words_of;
use crate::query::question::{Condition, Query};
use crate::text::fold::{fold, fold_with_origin};

/// Bytes of a haystack that matching looks at: a "word" longer than this is no word.
const LONGEST: usize = 512;

/// Bonus for a word that is matched from end to end.
const WHOLE: u16 = 8;

/// Compares a typed word with one word of a corpus, both folded.
pub trait Matcher {
    /// Whether the word matches: whether it has a score, for a tenth of the cost.
    fn is_match(&self, word: &str, haystack: &str) -> bool;

    /// How well the word matches, more being better; `None` when it does not.
    ///
    /// When a word matches, every beginning of it does: results only shrink as one types on.
    fn score(&self, word: &str, haystack: &str) -> Option<u16>;

    /// The places, counted in **characters** of the haystack, that the word's letters match.
    fn positions(&self, word: &str, haystack: &str) -> Option<Vec<usize>>;
}

/// Near matches, ranked by [`SkimMatcherV2`]: the letters in order, few others between them.
pub struct NearMatcher {
    skim: SkimMatcherV2,
}

impl Default for NearMatcher {
    fn default() -> Self {
        Self {
            // both sides are folded: there is no case left to be smart about
            skim: SkimMatcherV2::default().respect_case(),
        }
    }
}

impl Matcher for NearMatcher {
    fn is_match(&self, word: &str, haystack: &str) -> bool {
        is_near(word, clipped(haystack))
    }

    fn score(&self, word: &str, haystack: &str) -> Option<u16> {
        let haystack = clipped(haystack);
        if !is_near(word, haystack) {
            return None;
        }
        let score = self.skim.fuzzy_match(haystack, word)?;
        let score = u16::try_from(score.clamp(1, 60_000)).ok()?;
        Some(score + if word == haystack { WHOLE } else { 0 })
    }

    fn positions(&self, word: &str, haystack: &str) -> Option<Vec<usize>> {
        let haystack = clipped(haystack);
        if !is_near(word, haystack) {
            return None;
        }
        self.skim.fuzzy_indices(haystack, word).map(|(_, at)| at)
    }
}

fn clipped(haystack: &str) -> &str {
    let end = haystack.floor_char_boundary(LONGEST);
    haystack.get(..end).unwrap_or(haystack)
}

/// Whether the word's letters stand in the haystack in order, near each other.
///
/// From the start of a part of the haystack (`al-|nusra`), half as many strange letters may stand
/// between them as letters have been matched: `jbht` means `jabhat`. Elsewhere the first three
/// must touch. The rule holds for every beginning of the word if it holds for the word.
fn is_near(word: &str, haystack: &str) -> bool {
    let mut before = None;
    let mut rest = haystack.chars();
    loop {
        let at = rest.clone();
        let Some(c) = rest.next() else { return false };
        if word.starts_with(c) && stays_near(word, at, before.is_none_or(is_break)) {
            return true;
        }
        before = Some(c);
    }
}

fn is_break(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether the word's letters follow, the first being the next of `rest`. Taking the earliest
/// place for each letter keeps the gaps before every later one smallest.
fn stays_near(word: &str, mut rest: Chars<'_>, at_head: bool) -> bool {
    let mut gaps = 0;
    for (matched, letter) in (1..).zip(word.chars()) {
        let allowed = match (at_head, matched) {
            (true, n) => (n / 2).min(4),
            (false, n) if n < 4 => 0,
            (false, n) => ((n - 2) / 2).min(3),
        };
        loop {
            match rest.next() {
                Some(c) if c == letter => break,
                Some(_) if gaps < allowed => gaps += 1,
                _ => return false,
            }
        }
    }
    true
}

/// The words that are typed in a fuzzy condition, folded.
pub(crate) fn typed_words(value: &str) -> Vec<String> {
    words_of(&fold(value)).map(ToOwned::to_owned).collect()
}

/// The bytes of a title that the query's fuzzy words match, in order, not touching each other.
#[must_use]
pub fn highlights(title: &str, query: &Query) -> Vec<Span> {
    let matcher = NearMatcher::default();
    let folded = fold_with_origin(title);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for word in query.fuzzy_words() {
        let scored: Vec<(u16, &str)> = words_of(folded.text())
            .filter_map(|haystack| Some((matcher.score(&word, haystack)?, haystack)))
            .collect();
        let best = scored.iter().map(|(score, _)| *score).max();
        for (_, haystack) in scored.iter().filter(|(score, _)| Some(*score) == best) {
            let start = haystack.as_ptr() as usize - folded.text().as_ptr() as usize;
            let places = matcher.positions(&word, haystack).unwrap_or_default();
            let mut places = places.into_iter().peekable();
            for (place, (byte, c)) in haystack.char_indices().enumerate() {
                if places.next_if_eq(&place).is_some() {
                    let byte = start + byte;
                    ranges.push(folded.source_range(byte..byte + c.len_utf8()));
                }
            }
        }
    }
    joined(ranges)
}

/// Ranges of bytes in order, those that overlap or touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Span> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut spans: Vec<Span> = Vec::new();
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        let span = Span::new(range.start, range.end);
        match spans.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => spans.push(span),
        }
    }
    spans
}

impl Query {
    /// The folded words of the fuzzy terms that are not excluded.
    pub(crate) fn fuzzy_words(&self) -> Vec<String> {
        self.terms
            .iter()
            .filter(|term| !term.exclude)
            .filter_map(|term| match &term.condition {
                Condition::Fuzzy(value) => Some(typed_words(value)),
                _ => None,
            })
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests;
