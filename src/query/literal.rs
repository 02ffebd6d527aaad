//! Which articles hold typed words as they stand, in title or body: from the full-text index, for
//! to read a million bodies takes seconds and all their memory.

use memchr::memmem::Finder;

use crate::corpus::fulltext::token::tokens;
use crate::corpus::lexicon::letters;
use crate::corpus::{ArticleId, Corpus, FullText};
use crate::query::bits::{Bits, WORD, set};
use crate::query::sweep::in_shares;

/// Entries of posting lists that are read at most for one typed word: some 40 ms of work.
const MOST_POSTINGS: usize = 16_000_000;

/// Texts that are looked at at most, for words that are several to the index.
const MOST_TEXTS: usize = 1000;

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

/// The articles whose title or body holds each of some folded words, which may stand within longer
/// ones. `None` when cancelled.
pub(crate) fn holders(
    corpus: &Corpus,
    words: &[String],
    cancelled: &dyn Fn() -> bool,
) -> Option<Told<Bits>> {
    let mut all: Option<Bits> = None;
    let mut is_loose = false;
    for word in words {
        let places: Vec<_> = tokens(word).collect();
        let is_one = places.len() == 1 && places.first().is_some_and(|p| p.len() == word.len());
        is_loose |= !is_one;
        // of several the first may end a longer word, and the last may begin one
        let last = places.len().saturating_sub(1);
        for (number, place) in places.iter().enumerate() {
            let part = word.get(place.clone()).unwrap_or("");
            let begins = number > 0 || place.start > 0;
            let ends = number < last || place.end < word.len();
            let Told::Known(holders) = holders_of(corpus, part, (begins, ends), cancelled)? else {
                return Some(Told::TooMany);
            };
            all = Some(match all {
                Some(known) => both(&known, &holders),
                None => holders,
            });
        }
    }
    let all = all.unwrap_or_else(|| Bits::all(corpus.len()));
    if !is_loose {
        return Some(Told::Known(all));
    }
    if all.count() > MOST_TEXTS {
        return Some(Told::TooMany);
    }
    let finders: Vec<Finder<'_>> = words.iter().map(Finder::new).collect();
    let mut holding = Vec::new();
    for id in all.iter() {
        if cancelled() {
            return None;
        }
        let Some((segment, at)) = corpus.locate(ArticleId(id)) else {
            continue;
        };
        let text = segment.text(at);
        if finders.iter().all(|f| f.find(text.as_bytes()).is_some()) {
            holding.push(id);
        }
    }
    let holding = Bits::of_numbers(corpus.len(), holding.into_iter());
    Some(Told::Known(holding))
}

/// The articles that hold a word of the index with these letters in it; `bounds` say whether they
/// must begin it, and whether they must end it.
fn holders_of(
    corpus: &Corpus,
    part: &str,
    bounds: (bool, bool),
    cancelled: &dyn Fn() -> bool,
) -> Option<Told<Bits>> {
    let text = corpus.fulltext();
    let words = words_with(text, part, bounds, cancelled)?;
    let counts = words.iter().map(|word| text.count(*word) as usize);
    let postings: usize = counts.sum();
    if postings > MOST_POSTINGS {
        return Some(Told::TooMany);
    }
    // each share has a set of its own: few of them, and none for little work
    let shares = if postings > 16 * BATCH { 4 } else { 1 };
    let size = words.len().div_ceil(shares).max(1);
    let shares = in_shares(words.len(), size, cancelled, |places, go_on| {
        let mut found = vec![0; corpus.len().div_ceil(WORD)];
        for word in words.get(places)? {
            if !go_on() {
                return None;
            }
            for postings in text.postings(*word) {
                postings.each(|posting| set(&mut found, posting.document));
            }
        }
        Some(found)
    })?;
    let found = shares.into_iter().reduce(|mut all, share| {
        let words = all.iter_mut().zip(share);
        words.for_each(|(word, more)| *word |= more);
        all
    });
    Some(Told::Known(Bits::of_words(found.unwrap_or_default())))
}

/// The words of the index that have these letters in them.
fn words_with(
    text: &FullText,
    part: &str,
    (begins, ends): (bool, bool),
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<u32>> {
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
            if wanted & !mask != 0 {
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
                found.push(number);
            }
        }
        Some(found)
    })?;
    Some(shares.concat())
}

fn both(one: &Bits, other: &Bits) -> Bits {
    let words = one.words().iter().zip(other.words());
    Bits::of_words(words.map(|(a, b)| a & b).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::segment::folded_text;
    use crate::query::fuzzy::typed_words;
    use crate::query::testing::{corpus, draft};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_index_tells_what_reading_every_text_tells(
            texts in prop::collection::vec("[abA' .ä\nß-]{0,12}|[حلبةى ]{0,8}", 1..8),
            typed in "[ab'-]{1,4}( [ab])?|[حله]{1,2}",
        ) {
            let drafts = texts.iter().map(|text| draft(text, &format!("{text} b-a")));
            let corpus = corpus(drafts.collect());
            let words = typed_words(&typed);
            let Some(Told::Known(found)) = holders(&corpus, &words, &|| false) else {
                panic!("so few can be counted");
            };
            let expected: Vec<u32> = corpus
                .articles()
                .filter(|(_, article)| {
                    let text = folded_text(article);
                    words.iter().all(|word| text.contains(word.as_str()))
                })
                .map(|(id, _)| id.0)
                .collect();
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{:?}", words);
        }
    }
}
