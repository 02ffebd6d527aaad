//! How one text differs from another, laid out: for near-duplicates, and for an article that has
//! changed since it was last seen.
//!
//! What was taken out stands in `[-…-]`, what came in in `{+…+}`, as `wdiff` writes it: signs that
//! need no colour, and that say the same in every script. Long stretches that are the same are cut
//! and counted.

use std::fmt::Write as _;
use std::ops::Range;

use crate::corpus::{ArticleId, Corpus};
use crate::text::bidi::Direction;
use crate::text::difference::{self, Change};
use crate::text::wrap::{self, VisualLine};
use crate::triage::{DocumentKey, Sheet};
use crate::tui::model::page::{PageOptions, to_logical};

/// Characters of what is the same that are shown before and behind a change.
const CONTEXT: usize = 160;

/// What an article is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Another article.
    Article(ArticleId),
    /// What stood in its place before it was changed: the source bytes of this SHA-256.
    Earlier {
        /// Which.
        key: DocumentKey,
        /// Whether the user has seen it at an earlier visit.
        seen: bool,
    },
}

impl Before {
    /// What an article said before it was changed: as the user has seen it, else as it was last.
    #[must_use]
    pub fn change(corpus: &Corpus, sheet: &Sheet, article: ArticleId) -> Option<Self> {
        let raw = &corpus.article(article)?.raw;
        let mut texts = corpus
            .earlier()
            .of(raw)
            .map(|text| DocumentKey(text.sha256));
        let first = texts.next()?;
        let is_seen = |key: &DocumentKey| sheet.seen().is_some_and(|seen| seen.contains_key(key));
        let seen = std::iter::once(first).chain(texts).find(is_seen);
        Some(Self::Earlier {
            key: seen.unwrap_or(first),
            seen: seen.is_some(),
        })
    }

    /// Its text.
    fn text(self, corpus: &Corpus) -> Option<&str> {
        match self {
            Self::Article(id) => Some(&corpus.article(id)?.raw.text),
            Self::Earlier { key, .. } => Some(&corpus.earlier().get(&key.0)?.text),
        }
    }
}

/// Which two texts, and how they are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What came first.
    pub before: Before,
    /// The article.
    pub after: ArticleId,
    /// How.
    pub options: PageOptions,
}

/// A laid out difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What was compared.
    pub of: Compared,
    /// Its lines; offsets count in a text of its own.
    pub lines: Vec<VisualLine>,
    /// Bytes of that text that only the text before has.
    pub removed: Vec<Range<usize>>,
    /// Bytes of that text that only the text after has.
    pub added: Vec<Range<usize>>,
    /// How many places differ.
    pub places: usize,
}

impl Difference {
    /// The difference of two bodies; `None` when the corpus lacks one of them.
    #[must_use]
    pub fn new(corpus: &Corpus, of: Compared) -> Option<Self> {
        let before = of.before.text(corpus)?;
        let after = corpus.article(of.after)?;
        let (merged, removed, added, places) = merge(before, &after.raw.text);
        let rtl = after.language.is_rtl();
        let options = wrap::Options {
            base: if rtl { Direction::Rtl } else { Direction::Ltr },
            force: rtl,
            shape: of.options.shape,
            marks: of.options.marks,
        };
        let mut lines = wrap::layout(&merged, of.options.width, &options);
        if of.options.logical {
            for line in &mut lines {
                to_logical(line, &merged);
            }
        }
        Some(Self {
            of,
            lines,
            removed,
            added,
            places,
        })
    }
}

type Merged = (String, Vec<Range<usize>>, Vec<Range<usize>>, usize);

/// Both texts in one, with the bytes of what was removed and added.
fn merge(before: &str, after: &str) -> Merged {
    let mut text = String::new();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let pieces = difference::words(before, after);
    let last = pieces.len().saturating_sub(1);
    let mut places = 0;
    for (place, piece) in pieces.iter().enumerate() {
        let old = before.get(piece.before.clone()).unwrap_or("");
        let new = after.get(piece.after.clone()).unwrap_or("");
        if piece.change == Change::Same {
            same(new, place > 0, place < last, &mut text);
            continue;
        }
        places += 1;
        for (words, spans, open, close) in [
            (old, &mut removed, "[-", "-]"),
            (new, &mut added, "{+", "+}"),
        ] {
            if words.trim().is_empty() {
                text.push_str(if words.is_empty() { "" } else { " " });
                continue;
            }
            // blanks at the ends stay outside, so that the signs touch the words
            let lead = words.len() - words.trim_start().len();
            text.push_str(words.get(..lead).unwrap_or(""));
            let start = text.len();
            text.push_str(open);
            text.push_str(words.trim());
            text.push_str(close);
            spans.push(start..text.len());
            let tail = words.trim_end().len();
            text.push_str(words.get(tail..).unwrap_or(""));
        }
    }
    (text, removed, added, places)
}

/// Adds what is the same, only its ends where it is long.
fn same(words: &str, follows: bool, precedes: bool, text: &mut String) {
    let all = words.chars().count();
    let head = if follows { CONTEXT } else { 0 };
    let tail = if precedes { CONTEXT } else { 0 };
    if all <= head + tail + CONTEXT {
        text.push_str(words);
        return;
    }
    // cut between words
    let head = nth(words, head);
    let head = words
        .get(..head)
        .and_then(|cut| cut.rfind(char::is_whitespace))
        .unwrap_or(0);
    let tail_from = nth(words, all - tail);
    let tail_from = words
        .get(tail_from..)
        .and_then(|cut| cut.find(char::is_whitespace))
        .map_or(words.len(), |blank| tail_from + blank);
    let left_out = words.get(head..tail_from).unwrap_or("").chars().count();
    text.push_str(words.get(..head).unwrap_or("").trim_end());
    if !text.is_empty() {
        text.push('\n');
    }
    // writing to a String cannot fail
    let _ = writeln!(text, "… {left_out} characters the same …");
    text.push_str(words.get(tail_from..).unwrap_or("").trim_start());
}

/// The byte at which a character stands.
fn nth(text: &str, character: usize) -> usize {
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_stand_in_one() {
        let (text, removed, added, places) = merge(
            "The army took 3 villages on Friday.",
            "The army took 12 villages on Friday, it said.",
        );
        assert_eq!(
            text,
            "The army took [-3-]{+12+} villages on Friday{+, it said+}."
        );
        assert_eq!((removed.len(), added.len(), places), (1, 2, 2));
        assert_eq!(text.get(removed[0].clone()).unwrap(), "[-3-]");
        assert_eq!(text.get(added[1].clone()).unwrap(), "{+, it said+}");
    }

    #[test]
    fn what_is_the_same_is_cut_and_counted() {
        let long = "word ".repeat(500);
        let (text, _, _, places) =
            merge(&format!("{long}old {long}"), &format!("{long}new {long}"));
        assert_eq!(places, 1);
        assert_eq!(text.matches(" characters the same …").count(), 2);
        assert!(text.contains("[-old-]{+new+}"), "{text}");
        assert!(text.len() < 600, "{} bytes", text.len());
        let (text, ..) = merge(&long, &long);
        assert_eq!(text, "… 2500 characters the same …\n");
    }
}
