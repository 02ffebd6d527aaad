//! Which words of a corpus a typed word means, and so which articles typed words match by name.
//!
//! Whether a word matches is a bit, worked out for all words at once; how well it does takes ten
//! times as long and is asked only for what is ranked by it or shown with it.

use std::sync::{Arc, OnceLock};

use crate::corpus::lexicon::letters;
use crate::corpus::{Corpus, Lexicon, Part, Segment};
use crate::query::bits::{Bits, Ranked, WORD, set};
use crate::query::fuzzy::{Matcher as _, NearMatcher};
use crate::query::sweep::in_shares;

/// Words looked at between two questions whether to go on: a fraction of a millisecond.
const BATCH: usize = 1024;

/// Words that one thread takes at a time.
const SHARE: usize = 16 * BATCH;

/// The words of a lexicon that one typed word matches.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordMatches {
    /// Folded.
    typed: String,
    matched: Ranked,
    /// Words that were looked at, from the first on.
    asked: usize,
    /// The typed word itself, when the lexicon has it.
    itself: Option<u32>,
    /// Of each word that matches, once all were asked for.
    scores: OnceLock<Vec<u16>>,
}

impl WordMatches {
    pub(crate) fn new(typed: &str) -> Self {
        Self {
            typed: typed.to_owned(),
            ..Self::default()
        }
    }

    /// The folded typed word.
    pub(crate) fn typed(&self) -> &str {
        &self.typed
    }

    /// How many words match.
    pub(crate) fn count(&self) -> usize {
        self.matched.bits().count()
    }

    /// Looks at the words that `lexicon` has and these matches do not know yet. `wider` are those
    /// of a beginning of the typed word: what it does not match, this one does not match either.
    ///
    /// `None` when cancelled.
    pub(crate) fn extend(
        &mut self,
        lexicon: &Lexicon,
        wider: Option<&Self>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<()> {
        if self.asked == lexicon.len() {
            return Some(());
        }
        let matcher = NearMatcher::default();
        let wanted = letters(&self.typed);
        self.itself = lexicon.find(&self.typed);
        // whole words of bits: the last one may be known in part
        let first = self.asked / WORD * WORD;
        let new = lexicon.len().saturating_sub(first);
        let found = in_shares(new, SHARE, cancelled, |places, go_on| {
            let mut found = vec![0; places.len().div_ceil(WORD)];
            let begin = u32::try_from(first + places.start).unwrap_or(u32::MAX);
            if let Some(wider) = wider.filter(|wider| wider.asked >= first + places.end) {
                let range = first + places.start..first + places.end;
                for (seen, number) in wider.matched.bits().within(range, false).enumerate() {
                    if seen.is_multiple_of(BATCH) && !go_on() {
                        return None;
                    }
                    let haystack = lexicon.get(number).unwrap_or("");
                    if matcher.is_match(&self.typed, haystack) {
                        set(&mut found, number - begin);
                    }
                }
                return Some(found);
            }
            let masks = lexicon.masks_from(begin).take(places.len());
            for (seen, (number, mask)) in masks.enumerate() {
                if seen.is_multiple_of(BATCH) && !go_on() {
                    return None;
                }
                if wanted & !mask == 0
                    && matcher.is_match(&self.typed, lexicon.get(number).unwrap_or(""))
                {
                    set(&mut found, number - begin);
                }
            }
            Some(found)
        })?;
        let known = self.matched.bits().words().get(..first / WORD);
        let mut words = known.unwrap_or_default().to_vec();
        words.extend(found.concat());
        self.matched = Ranked::new(Bits::of_words(words));
        self.asked = lexicon.len();
        self.scores = OnceLock::new();
        Some(())
    }

    /// How well a word matches; 0 where it does not.
    fn score(&self, lexicon: &Lexicon, number: u32) -> u16 {
        if !self.matched.bits().contains(number) {
            return 0;
        }
        let scores = self.scores.get();
        let known = scores.and_then(|scores| scores.get(self.matched.rank(number)));
        known
            .copied()
            .unwrap_or_else(|| score_of(&NearMatcher::default(), &self.typed, lexicon, number))
    }

    /// Scores all words that match, to be asked for often. `None` when cancelled.
    fn score_all(&self, lexicon: &Lexicon, cancelled: &dyn Fn() -> bool) -> Option<()> {
        if self.scores.get().is_some() {
            return Some(());
        }
        let scores = in_shares(self.asked, SHARE, cancelled, |places, go_on| {
            let matcher = NearMatcher::default();
            let mut scores = Vec::new();
            for number in self.matched.bits().within(places, false) {
                if scores.len().is_multiple_of(BATCH) && !go_on() {
                    return None;
                }
                scores.push(score_of(&matcher, &self.typed, lexicon, number));
            }
            Some(scores)
        })?;
        self.scores.get_or_init(|| scores.concat());
        Some(())
    }
}

fn score_of(matcher: &NearMatcher, typed: &str, lexicon: &Lexicon, number: u32) -> u16 {
    let haystack = lexicon.get(number).unwrap_or("");
    matcher.score(typed, haystack).unwrap_or(0)
}

/// Typed words, all of which an article must match by name, each anywhere.
#[derive(Debug, Default)]
pub(crate) struct Names {
    words: Vec<Arc<WordMatches>>,
    /// Words that every path has (the folder, `txt`): they match only when typed in full, or the
    /// first letter typed would match every article.
    in_every_path: Vec<u32>,
}

impl Names {
    pub(crate) fn new(corpus: &Corpus, words: Vec<Arc<WordMatches>>) -> Self {
        let in_every_path = corpus.words_of_every_path().to_vec();
        Self {
            words,
            in_every_path,
        }
    }

    /// Whether no word was typed: then every article matches.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a word is one that every path has. Then, and only then, articles may match that
    /// did not match when the word was a letter shorter.
    pub(crate) fn has_word_of_every_path(&self) -> bool {
        let mut words = self.words.iter().filter_map(|word| word.itself);
        words.any(|word| self.in_every_path.contains(&word))
    }

    /// Makes scores cheap to ask for; `None` when cancelled.
    pub(crate) fn score_words(
        &self,
        lexicon: &Lexicon,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<()> {
        let mut words = self.words.iter();
        words.try_for_each(|word| word.score_all(lexicon, cancelled))
    }

    /// Whether all words match an article.
    pub(crate) fn is_passed(&self, segment: &Segment, at: usize) -> bool {
        self.words.iter().all(|typed| {
            let is_meant = |(part, word): (Part, u32)| {
                typed.matched.bits().contains(word) && self.is_told(typed, word, part)
            };
            segment.words_by_part(at).any(is_meant) || paths(segment).any(is_meant)
        })
    }

    /// The score of an article, when all words match: of each the best, weighted by what it
    /// stands in.
    pub(crate) fn score(&self, lexicon: &Lexicon, segment: &Segment, at: usize) -> Option<i64> {
        self.words.iter().try_fold(0, |sum, typed| {
            let words = segment.words_by_part(at).chain(paths(segment));
            let told = words.filter(|(part, word)| self.is_told(typed, *word, *part));
            let scores =
                told.map(|(part, word)| u32::from(typed.score(lexicon, word)) * weight(part));
            match scores.max() {
                None | Some(0) => None,
                Some(best) => Some(sum + i64::from(best)),
            }
        })
    }

    /// Whether a word of a part tells an article from the others.
    fn is_told(&self, typed: &WordMatches, word: u32, part: Part) -> bool {
        part != Part::Path || typed.itself == Some(word) || !self.in_every_path.contains(&word)
    }
}

/// The words that the paths of all articles of a segment have.
fn paths(segment: &Segment) -> impl Iterator<Item = (Part, u32)> {
    let words = segment.words_of_every_path().iter();
    words.map(|word| (Part::Path, *word))
}

/// How much a match counts by where it is: a title says what an article is about.
fn weight(part: Part) -> u32 {
    match part {
        Part::Title => 10,
        Part::Names => 8,
        Part::Source => 7,
        Part::Path => 5,
    }
}
