//! The words of a folded text as the full-text index sees them: runs of letters and digits.

use std::ops::Range;

use crate::text::letter::is_alphanumeric;

/// Bytes of a word that count; what is longer is no word, but an address or a picture.
const LONGEST: usize = 96;

/// The words of a folded text, as byte ranges: everything between two characters that are neither
/// letter nor digit. `al-sham` is two words, `u.s` too.
#[must_use]
pub fn tokens(folded: &str) -> Tokens<'_> {
    Tokens {
        text: folded,
        at: 0,
    }
}

/// The words of a text, from left to right.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl Tokens<'_> {
    /// The bytes of the character at `at`, and whether it is part of a word.
    fn character(&self, at: usize) -> Option<(usize, bool)> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() {
            return Some((1, byte.is_ascii_alphanumeric()));
        }
        let c = self.text.get(at..)?.chars().next()?;
        Some((c.len_utf8(), is_alphanumeric(c)))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let mut start = self.at;
        while let (len, false) = self.character(start)? {
            start += len;
        }
        let mut end = start;
        while let Some((len, true)) = self.character(end) {
            end += len;
        }
        self.at = end;
        Some(start..end)
    }
}

/// What the index knows a word by: its first 96 bytes.
#[must_use]
pub fn key(word: &str) -> &str {
    let end = word.floor_char_boundary(LONGEST);
    word.get(..end).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        for (text, expected) in [
            (
                "ahrar al-sham, (halab)",
                &["ahrar", "al", "sham", "halab"][..],
            ),
            ("syria's 2016-11-04", &["syria", "s", "2016", "11", "04"]),
            ("قال: «حلب».", &["قال", "حلب"]),
            ("\0a\0", &["a"]),
            (" — ", &[]),
        ] {
            let words: Vec<_> = tokens(text).map(|range| text.get(range).unwrap()).collect();
            assert_eq!(words, expected, "{text}");
        }
        assert_eq!(key(&"ä".repeat(100)).len(), 96);
    }

    proptest! {
        #[test]
        fn nothing_but_separators_is_left_out(text in "\\PC*") {
            let mut at = 0;
            for range in tokens(&text) {
                prop_assert!(!text.get(at..range.start).unwrap().contains(char::is_alphanumeric));
                prop_assert!(text.get(range.clone()).unwrap().chars().all(char::is_alphanumeric));
                at = range.end;
            }
            prop_assert!(!text.get(at..).unwrap().contains(char::is_alphanumeric));
        }
    }
}
