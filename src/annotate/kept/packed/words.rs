//! Strings that repeat words of their document: stored with a mark in place of them.

use compact_str::{CompactString, format_compact};

/// Stands for the words.
const MARK: char = '\u{1}';
const MARKED: &str = "\u{1}";
/// In front of a string that is stored as it is.
const AS_IT_IS: char = '\u{2}';

/// What to store of a string of which `words` may be a part.
pub(super) fn without(string: &str, words: &str) -> CompactString {
    if string.contains([MARK, AS_IT_IS]) {
        return format_compact!("{AS_IT_IS}{string}");
    }
    if words.is_empty() {
        return CompactString::new(string);
    }
    let mut mark = [0; 1];
    CompactString::from(string.replace(words, MARK.encode_utf8(&mut mark)))
}

/// The string that was stored.
pub(super) fn with(stored: &mut CompactString, words: &str) {
    if let Some(string) = stored.strip_prefix(AS_IT_IS) {
        *stored = CompactString::new(string);
    } else if stored == MARKED {
        *stored = CompactString::new(words);
    } else if stored.contains(MARK) {
        *stored = CompactString::from(stored.replace(MARK, words));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_not_stored_twice() {
        assert_eq!(
            without("knowledge base: حلب", "حلب"),
            "knowledge base: \u{1}"
        );
        assert_eq!(without("حلب", "حلب"), "\u{1}");
        assert_eq!(without("Aleppo", ""), "Aleppo");
    }

    proptest! {
        #[test]
        fn a_string_comes_back(
            string in "[ab\u{1}\u{2}]{0,6}|.{0,9}", words in "[ab\u{1}\u{2}]{0,2}|.{0,3}",
        ) {
            let mut stored = without(&string, &words);
            with(&mut stored, &words);
            prop_assert_eq!(stored, string);
        }
    }
}
