//! What is remembered of words from document to document: a few thousand words are most of any
//! text. It is what would be found out again, so it changes no result.

/// Words that are remembered; a power of two. A place has one word, the last that
/// came: frequent words hold theirs most of the time. More would drive the weights out of the
/// processor's cache.
const PLACES: usize = 1 << 11;

/// Bytes of the longest word that is remembered.
const LONGEST: usize = 30;

/// A word as it is written, and what is known of it.
#[derive(Clone, Copy)]
struct Place<T> {
    length: u8,
    letters: [u8; LONGEST],
    known: T,
}

/// Words, by a hash of theirs.
pub(super) struct Memo<T>(Vec<Place<T>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Default> Memo<T> {
    /// What is known of a word, found out by `find` if it is not remembered.
    pub(super) fn get(&mut self, hash: u64, word: &str, find: impl FnOnce() -> T) -> T {
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

/// A hash of a word: of its first and last letters and its length.
pub(super) fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let eight = |part: &[u8]| {
        let mut number = [0; 8];
        for (to, from) in number.iter_mut().zip(part) {
            *to = *from;
        }
        u64::from_le_bytes(number)
    };
    let first = bytes
        .first_chunk()
        .map_or_else(|| eight(bytes), |b| u64::from_le_bytes(*b));
    let last = bytes.last_chunk().map_or(0, |b| u64::from_le_bytes(*b));
    let length = u64::try_from(bytes.len()).unwrap_or(0);
    (first ^ last.rotate_left(29) ^ length).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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
            let mut memo: Memo<u64> = Memo::default();
            let meaning = |word: &str| word.bytes().fold(7u64, |sum, b| sum * 31 % 1009 + u64::from(b));
            for (word, hash) in &words {
                let found = memo.get(*hash << 32, word, || meaning(word));
                prop_assert_eq!(found, meaning(word));
            }
        }
    }
}
