//! Words that must stand in titles as they were typed.
//!
//! Titles are not at hand: of a million, those that lack one of the words are told by the numbers
//! of their words, and only what is left may have to be read.

use crate::corpus::lexicon::letters;
use crate::corpus::{Corpus, Part, Segment};
use crate::query::bits::Bits;
use crate::query::text::Phrase;
use crate::text::fold::fold;
use crate::text::letter::is_alphanumeric;

/// Words looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// What a title must hold.
#[derive(Debug)]
pub(crate) struct Titled {
    phrase: Phrase,
    /// For each run of letters and digits that was typed, the words that hold it. One that stands in
    /// a title stands within one of its words: nothing but other characters ever parts those.
    runs: Vec<Bits>,
    /// Whether the only run is all that was typed, so that words tell everything.
    is_run: bool,
}

impl Titled {
    /// A test for what a user typed; `None` when cancelled.
    pub(crate) fn new(corpus: &Corpus, typed: &str, cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let phrase = Phrase::new(typed);
        let folded = phrase.folded();
        let runs = folded.split(|c| !is_alphanumeric(c));
        let runs: Vec<&str> = runs.filter(|run| !run.is_empty()).collect();
        let is_run = runs == [folded];
        let runs = runs.iter().map(|run| words_with(corpus, run, cancelled));
        Some(Self {
            runs: runs.collect::<Option<_>>()?,
            is_run,
            phrase,
        })
    }

    /// Whether the title of an article holds it.
    pub(crate) fn is_passed(&self, segment: &Segment, at: usize) -> bool {
        let words = || {
            let words = segment.words_by_part(at);
            words.take_while(|(part, _)| *part == Part::Title)
        };
        let mut runs = self.runs.iter();
        runs.all(|run| words().any(|(_, word)| run.contains(word)))
            && (self.is_run || self.phrase.is_in(&fold(&segment.title(at))))
    }
}

/// The words that hold a run of characters; `None` when cancelled.
fn words_with(corpus: &Corpus, run: &str, cancelled: &dyn Fn() -> bool) -> Option<Bits> {
    let (finder, wanted) = (memchr::memmem::Finder::new(run), letters(run));
    let words = corpus.words();
    let mut found = Vec::new();
    for (seen, (number, mask)) in words.masks_from(0).enumerate() {
        if seen.is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        let word = || words.get(number).unwrap_or_default();
        if wanted & !mask == 0 && finder.find(word().as_bytes()).is_some() {
            found.push(number);
        }
    }
    Some(Bits::of_numbers(words.len(), found.into_iter()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::testing::{corpus, draft, kept};

    proptest! {
        #[test]
        fn words_tell_what_titles_hold(
            titles in prop::collection::vec("[aBä1.: /-]{0,8}|[حل ]{0,4}", 1..8),
            typed in "[aä1.: -]{0,4}|[حل ]{0,2}",
        ) {
            let fresh = corpus(titles.iter().map(|title| draft(title, "text")).collect());
            for corpus in [&fresh, &kept(&fresh)] {
                let titled = Titled::new(corpus, &typed, &|| false).unwrap();
                let phrase = Phrase::new(&typed);
                for (segment, at) in corpus.places() {
                    let expected = phrase.is_in(&fold(&segment.title(at)));
                    prop_assert_eq!(titled.is_passed(segment, at), expected);
                }
            }
        }
    }
}
