//! Byte offsets → code point offsets, in one linear pass over a text.

use crate::corpus::Span;

/// Bytes between two counts that are kept.
const STEP: usize = 64;

/// Counts the code points of one text before any of its byte offsets.
#[derive(Debug)]
pub(super) struct CodePoints<'t> {
    text: &'t [u8],
    /// `before[i]` is the number of code points that begin before byte `i * STEP`; empty for
    /// ASCII, where bytes and code points are the same.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(bytes.len() / STEP + 1);
            let mut count = 0;
            for chunk in bytes.chunks(STEP) {
                before.push(count);
                count += begun(chunk);
            }
            before.push(count);
        }
        Self {
            text: bytes,
            before,
        }
    }

    /// Code points before a byte offset; for one past the end, all of them.
    pub(super) fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let Some(count) = self.before.get(byte / STEP) else {
            return byte;
        };
        let from = byte - byte % STEP;
        count + begun(self.text.get(from..byte).unwrap_or_default())
    }

    /// Start and end of a span in code points.
    pub(super) fn span(&self, span: Span) -> (usize, usize) {
        let range = span.range();
        (self.at(range.start), self.at(range.end))
    }
}

/// Code points whose first byte is among `bytes`.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_places() {
        for (text, byte, expected) in [
            ("", 0, 0),
            ("abc", 3, 3),
            ("abc", 99, 3),
            ("Straße", 7, 6),
            ("حلب", 2, 1),
            ("a😀b", 5, 2),
            ("\u{301}x", 2, 1),
        ] {
            assert_eq!(CodePoints::new(text).at(byte), expected, "{text} {byte}");
        }
    }

    proptest! {
        #[test]
        fn the_same_as_counting_from_the_start(text in "[a-zäßع😀\u{301}\n]{0,200}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte), count);
            }
            prop_assert_eq!(points.at(text.len()), text.chars().count());
        }
    }
}
