//! What the tagger remembers of words from document to document: a few thousand words are most of
//! any text. What is remembered is what would be worked out again, so it changes no result.

use crate::annotate::entity::tagger::lexicon::Entry;
use crate::annotate::entity::tagger::model::Sums;

/// Words that are remembered of each kind; a power of two. A place has one word, the last that
/// came: frequent words hold theirs most of the time.
const PLACES: usize = 1 << 13;

/// Bytes of the longest word that is remembered.
const LONGEST: usize = 30;

/// A word as it is written, and what is known of it.
#[derive(Clone, Copy)]
struct Place<T> {
    length: u8,
    letters: [u8; LONGEST],
    known: T,
}

/// Words by a hash that they have anyway.
struct Places<T>(Vec<Place<T>>);

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Default> Places<T> {
    /// What is known of a word, found out by `find` if it is not remembered.
    fn get(&mut self, hash: u64, word: &str, find: impl FnOnce() -> T) -> T {
        let mut letters = [0; LONGEST];
        let Some(own) = letters.get_mut(..word.len()) else {
            return find();
        };
        own.copy_from_slice(word.as_bytes());
        let length = u8::try_from(word.len()).unwrap_or(u8::MAX);
        if self.0.is_empty() {
            // the empty word is in all places, and is none
            let free = Place {
                length: 0,
                letters: [0; LONGEST],
                known: T::default(),
            };
            self.0.resize(PLACES, free);
        }
        let at = usize::try_from(hash >> 32).unwrap_or(0) & (PLACES - 1);
        let Some(place) = self.0.get_mut(at) else {
            return find();
        };
        if place.length != length || place.letters != letters || length == 0 {
            *place = Place {
                length,
                letters,
                known: find(),
            };
        }
        place.known
    }
}

/// What an Arabic word is behind its clitics.
#[derive(Clone, Copy, Default)]
pub(super) struct Bare {
    pub(super) identity: u64,
    /// Bytes of the clitics.
    pub(super) lead: u8,
    pub(super) entry: Entry,
}

/// What is remembered of the words of one language, under one model.
#[derive(Default)]
pub(in super::super) struct Cache {
    bare: Places<Bare>,
    sums: Places<Sums>,
}

impl Cache {
    /// What an Arabic word is behind its clitics.
    pub(super) fn bare(&mut self, hash: u64, word: &str, find: impl FnOnce() -> Bare) -> Bare {
        self.bare.get(hash, word, find)
    }

    /// The weights of all features that a word has wherever it stands.
    pub(super) fn sums(&mut self, hash: u64, word: &str, find: impl FnOnce() -> Sums) -> Sums {
        self.sums.get(hash, word, find)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_remembered_is_what_was_found(
            words in prop::collection::vec(("[a-c]{0,3}|\\PC{28,32}", 0u64..3), 0..60)
        ) {
            let mut places: Places<u64> = Places::default();
            let meaning = |word: &str| word.bytes().fold(7u64, |sum, b| sum * 31 % 1009 + u64::from(b));
            for (word, hash) in &words {
                let found = places.get(*hash << 32, word, || meaning(word));
                prop_assert_eq!(found, meaning(word));
            }
        }
    }
}
