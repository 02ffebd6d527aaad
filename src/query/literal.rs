//! Which articles hold typed words as they stand, in title or body: from the full-text index, for
//! to read a million bodies takes seconds and all their memory.

use memchr::memmem::Finder;

use crate::corpus::fulltext::token::tokens;
use crate::corpus::lexicon::letters;
use crate::corpus::{Corpus, FullText};
use crate::query::bits::{Bits, WORD, set};
use crate::query::sweep::{Candidates, in_shares};

/// Entries of posting lists that are read at most for one typed word: some 40 ms of work.
const MOST_POSTINGS: usize = 16_000_000;

/// Texts that are looked at at most where they must be unpacked, for what the words of the index
/// cannot tell alone.
const MOST_TEXTS: usize = 4096;

/// Bytes from which on a word of the index may be the beginning of a longer one.
const MAY_BE_CUT: usize = 93;

/// Words of the index looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// Words of the index that one thread takes at a time.
const SHARE: usize = 16 * BATCH;

/// What was found out, where that does not cost too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told<T> {
    Known(T),
    TooMany,
}

/// The articles whose title or body holds each of some folded texts, which may stand within words
/// or across them. `None` when cancelled.
pub(crate) fn holders(
    corpus: &Corpus,
    texts: &[String],
    cancelled: &dyn Fn() -> bool,
) -> Option<Told<Bits>> {
    let mut all = Holders {
        surely: Bits::all(corpus.len()),
        perhaps: Bits::all(corpus.len()),
    };
    for text in texts {
        let Told::Known(holders) = holders_of(corpus, text, cancelled)? else {
            return Some(Told::TooMany);
        };
        all = all.and(&holders);
    }
    let open = all
        .perhaps
        .combined(&all.surely, |perhaps, surely| perhaps & !surely);
    if open.count() == 0 {
        return Some(Told::Known(all.surely));
    }
    let mut segments = corpus.segments();
    let at_hand = segments.all(|segment| segment.text_at_hand(0).is_some());
    if !at_hand && open.count() > MOST_TEXTS {
        return Some(Told::TooMany);
    }
    let finders: Vec<Finder<'_>> = texts.iter().map(Finder::new).collect();
    let candidates = Candidates {
        known: Some(&open),
        rest: corpus.len(),
    };
    let holding = candidates.select(corpus, cancelled, |segment, at| {
        let text = segment.text(at);
        let mut finders = finders.iter();
        finders.all(|finder| finder.find(text.as_bytes()).is_some())
    })?;
    let all = all.surely.combined(&holding, |surely, more| surely | more);
    Some(Told::Known(all))
}

/// Articles that hold something: those that the index is sure of, and these with those of which
/// only the text can tell.
struct Holders {
    surely: Bits,
    perhaps: Bits,
}

impl Holders {
    fn and(&self, other: &Self) -> Self {
        Self {
            surely: self.surely.combined(&other.surely, |a, b| a & b),
            perhaps: self.perhaps.combined(&other.perhaps, |a, b| a & b),
        }
    }
}

/// What the index says of a folded text.
fn holders_of(corpus: &Corpus, text: &str, cancelled: &dyn Fn() -> bool) -> Option<Told<Holders>> {
    let perhaps = Bits::all(corpus.len());
    let mut all = Holders {
        surely: perhaps.combined(&perhaps, |all, _| if text.is_empty() { all } else { 0 }),
        perhaps,
    };
    for place in tokens(text) {
        let bounds = (place.start > 0, place.end < text.len());
        let part = text.get(place).unwrap_or("");
        let words = words_with(corpus.fulltext(), part, bounds, cancelled)?;
        let Told::Known(found) = documents_of(corpus, &words, cancelled)? else {
            return Some(Told::TooMany);
        };
        all = if part == text {
            found
        } else {
            // side by side only its text can tell
            Holders {
                perhaps: all.perhaps.combined(&found.perhaps, |a, b| a & b),
                ..all
            }
        };
    }
    Some(Told::Known(all))
}

/// A word of the index, and whether it surely holds what was looked for.
type Word = (u32, bool);

/// The documents of some words.
fn documents_of(
    corpus: &Corpus,
    words: &[Word],
    cancelled: &dyn Fn() -> bool,
) -> Option<Told<Holders>> {
    let text = corpus.fulltext();
    let counts = words.iter().map(|(word, _)| text.count(*word) as usize);
    let postings: usize = counts.sum();
    if postings > MOST_POSTINGS {
        return Some(Told::TooMany);
    }
    // each share has sets of its own: few of them, and one for little work
    let shares = if postings > 16 * BATCH { 4 } else { 1 };
    let size = words.len().div_ceil(shares).max(1);
    let shares = in_shares(words.len(), size, cancelled, |places, go_on| {
        let mut surely = vec![0; corpus.len().div_ceil(WORD)];
        let mut cut = surely.clone();
        for (word, is_sure) in words.get(places)? {
            if !go_on() {
                return None;
            }
            let found = if *is_sure { &mut surely } else { &mut cut };
            for postings in text.postings(*word) {
                postings.each(|posting| set(found, posting.document));
            }
        }
        Some((surely, cut))
    })?;
    let mut surely = Bits::default();
    let mut perhaps = Bits::default();
    for (share, cut) in shares {
        surely = Bits::of_words(share).combined(&surely, |a, b| a | b);
        perhaps = Bits::of_words(cut).combined(&perhaps, |a, b| a | b);
    }
    Some(Told::Known(Holders {
        perhaps: perhaps.combined(&surely, |a, b| a | b),
        surely,
    }))
}

/// The words of the index that have these letters in them, and those that may have them behind
/// their end; `begins` and `ends` say whether the letters must begin a word, and end it.
fn words_with(
    text: &FullText,
    part: &str,
    (begins, ends): (bool, bool),
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Word>> {
    let lexicon = text.words();
    let wanted = letters(part);
    let finder = Finder::new(part);
    let shares = in_shares(lexicon.len(), SHARE, cancelled, |places, go_on| {
        let first = u32::try_from(places.start).unwrap_or(u32::MAX);
        let mut found = Vec::new();
        let masks = lexicon.masks_from(first).take(places.len());
        for (seen, (number, mask)) in masks.enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            let lacks_letters = wanted & !mask != 0;
            if lacks_letters && lexicon.len_of(number) < MAY_BE_CUT {
                continue;
            }
            let word = lexicon.get(number).unwrap_or("");
            let holds = match (begins, ends) {
                (true, true) => word == part,
                (true, false) => word.starts_with(part),
                (false, true) => word.ends_with(part),
                (false, false) => finder.find(word.as_bytes()).is_some(),
            };
            if holds {
                found.push((number, true));
            } else if word.len() >= MAY_BE_CUT {
                found.push((number, false));
            }
        }
        Some(found)
    })?;
    Some(shares.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::testing::{corpus, draft, kept};
    use crate::query::text::Phrase;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn letters_are_found_by_the_index_as_in_the_texts(
            texts in prop::collection::vec("[abß]{1,4}([ ,-][abß.]{1,3}){0,3}|[حلب ]{1,5}|x{93}[ab]{0,6}", 1..7),
            typed in "[abß]{1,3}([ .,-][ab]{1,2}){0,2}|[حلب]{1,2}|[,.-][a-b]?|x[ab]{1,2}|",
        ) {
            let corpus = corpus(texts.iter().map(|text| draft("ab", text)).collect());
            let phrase = Phrase::new(&typed);
            let of = |corpus: &Corpus| {
                let texts = [phrase.folded().to_owned()];
                match holders(corpus, &texts, &|| false) {
                    Some(Told::Known(found)) => found.iter().collect::<Vec<u32>>(),
                    _ => panic!("so few can be counted"),
                }
            };
            let scanned: Vec<u32> = corpus
                .segments()
                .flat_map(|segment| (0..segment.articles().len()).map(move |at| (segment, at)))
                .filter(|(segment, at)| phrase.is_in(&segment.text(*at)))
                .map(|(segment, at)| segment.id(at).0)
                .collect();
            prop_assert_eq!(of(&corpus), &scanned[..]);
            prop_assert_eq!(of(&kept(&corpus)), &scanned[..]);
        }
    }
}
