//! Which articles hold typed letters anywhere in title or body, by the index instead of by their
//! texts, which may be kept elsewhere.

use crate::corpus::fulltext::token::tokens;
use crate::corpus::lexicon::letters;
use crate::corpus::{Corpus, FullText, Segment};
use crate::query::text::Phrase;

/// Bytes from which on a word of the index may be the beginning of a longer one.
const MAY_BE_CUT: usize = 93;

/// Words looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// What the index says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    No,
    Yes,
    /// Only its text can tell.
    Perhaps,
}

/// Folded letters that must stand in a text, within words or across them.
#[derive(Debug)]
pub(crate) struct Literal {
    phrase: Phrase,
    /// By article; nothing where all texts are at hand.
    known: Option<Vec<Holds>>,
}

impl Literal {
    /// Makes typed letters ready. `None` when cancelled.
    pub(crate) fn new(corpus: &Corpus, typed: &str, cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let phrase = Phrase::new(typed);
        let at_hand = |segment: &Segment| segment.text_at_hand(0).is_some();
        let known = if corpus.segments().all(at_hand) {
            None
        } else {
            Some(look_up(corpus.fulltext(), phrase.folded(), cancelled)?)
        };
        Some(Self { phrase, known })
    }

    /// Whether an article holds the letters.
    pub(crate) fn is_in(&self, segment: &Segment, at: usize) -> bool {
        if let Some(text) = segment.text_at_hand(at) {
            return self.phrase.is_in(text);
        }
        let known = self
            .known
            .as_ref()
            .and_then(|known| known.get(segment.id(at).index()));
        match known {
            Some(Holds::Yes) => true,
            Some(Holds::No) => false,
            Some(Holds::Perhaps) | None => self.phrase.is_in(&segment.text(at)),
        }
    }
}

/// What the words of the index say of folded letters. `None` when cancelled.
fn look_up(text: &FullText, folded: &str, cancelled: &dyn Fn() -> bool) -> Option<Vec<Holds>> {
    let mut all: Option<Vec<Holds>> = None;
    for range in tokens(folded) {
        let is_all = range == (0..folded.len());
        let part = folded.get(range).unwrap_or("");
        let found = holding(text, part, is_all, cancelled)?;
        all = Some(match all {
            None => found,
            Some(before) => {
                let both = before.into_iter().zip(found);
                let both = both.map(|(a, b)| match (a, b) {
                    (Holds::No, _) | (_, Holds::No) => Holds::No,
                    _ => Holds::Perhaps,
                });
                both.collect()
            }
        });
    }
    let nothing = if folded.is_empty() {
        Holds::Yes
    } else {
        Holds::Perhaps
    };
    Some(all.unwrap_or_else(|| vec![nothing; text.documents() as usize]))
}

/// The documents with a word that holds a part of one. `None` when cancelled.
fn holding(
    text: &FullText,
    part: &str,
    is_all: bool,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Holds>> {
    let mut found = vec![Holds::No; text.documents() as usize];
    let mut left = found.len();
    let wanted = letters(part);
    let (mut seen, mut asked) = (0usize, 0usize);
    for (number, word, mask) in text.words().iter_from(0) {
        seen += 1;
        if seen.is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        let is_cut = word.len() >= MAY_BE_CUT;
        if !is_cut && (wanted & !mask != 0 || !word.contains(part)) {
            continue;
        }
        let holds = if is_all && word.contains(part) {
            Holds::Yes
        } else {
            Holds::Perhaps
        };
        for postings in text.postings(number) {
            postings.each(|posting| {
                if let Some(known) = found.get_mut(posting.document as usize)
                    && *known != Holds::Yes
                {
                    *known = holds;
                    left -= usize::from(holds == Holds::Yes);
                }
            });
        }
        asked += 1;
        if left == 0 {
            break;
        }
        if asked.is_multiple_of(BATCH / 64) && cancelled() {
            return None;
        }
    }
    Some(found)
}
