//! What makes two documents tell one story: their names and runs of words, hashed.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::annotate::date::reading::Reading;
use crate::annotate::date::tense;
use crate::annotate::date::term::Term;
use crate::annotate::date::token::Token;
use crate::corpus::{EntityKind, Field, Mention};

/// Words in a run.
const RUN: usize = 7;
/// One run in so many is kept, by its hash, so that all documents keep the same ones.
const KEPT: u64 = 5;
/// Most names and runs of one document.
const MOST: usize = 64;

pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The word that a token covers.
fn word<'t>(text: &'t str, token: &Token) -> &'t str {
    text.get(token.start as usize..token.end as usize)
        .unwrap_or("")
}

/// Whether a token is a word with a capital inside a sentence: a name, where there are capitals.
fn is_name(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        token.capital()
            && token.end - token.start >= 4
            && token.term == Term::Other
            && at > 0
            && !tense::ends_sentence(&reading.tokens, at - 1)
    })
}

/// Whether an entity tells stories apart: countries and media do not.
fn telling(mention: &Mention) -> bool {
    mention.field == Field::Text && !matches!(mention.kind, EntityKind::Country | EntityKind::Media)
}

/// The names of a document: the entities found in it, which are the same in every language, and
/// words with capitals where no entity was found.
pub(super) fn names(text: &str, reading: &Reading, mentions: &[Mention]) -> Vec<u64> {
    let mut names = between(text, reading, mentions, 0..reading.tokens.len());
    names.truncate(MOST);
    names
}

/// The names among some of the tokens.
pub(super) fn between(
    text: &str,
    reading: &Reading,
    mentions: &[Mention],
    range: std::ops::Range<usize>,
) -> Vec<u64> {
    let byte = |at: usize| reading.tokens.get(at).map_or(u32::MAX, |token| token.start);
    let (start, end) = (byte(range.start), byte(range.end));
    let mut names: Vec<u64> = mentions
        .iter()
        .filter(|mention| telling(mention) && (start..end).contains(&mention.span.start))
        .map(|mention| hash(&*mention.entity))
        .collect();
    if names.is_empty() {
        names = range
            .filter(|at| is_name(reading, *at))
            .filter_map(|at| reading.tokens.get(at))
            .map(|token| hash(word(text, token)))
            .collect();
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Some of the runs of words of a text, by their hashes.
pub(super) fn shingles(text: &str, reading: &Reading) -> Vec<u64> {
    let words: Vec<u64> = reading
        .tokens
        .iter()
        .filter(|token| !matches!(token.term, Term::Mark(_)))
        .map(|token| hash(word(text, token)))
        .collect();
    let mut shingles: Vec<u64> = words
        .windows(RUN)
        .map(hash)
        .filter(|run| run % KEPT == 0)
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles.truncate(2 * MOST);
    shingles
}
