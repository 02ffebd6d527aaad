//! Grapheme clusters, words, sentences, paragraphs: where they begin and end, in bytes.

mod abbreviations;
mod sentence;

pub use sentence::first_sentence;
pub use sentence::sentences;

use std::iter;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// The extended grapheme clusters of `text` (UAX #29), each with its first byte.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    iter::from_fn(move || {
        let rest = text.get(at..)?;
        let len = cluster_len(rest)?;
        let start = at;
        at += len;
        rest.get(..len).map(|cluster| (start, cluster))
    })
}

/// Bytes of the cluster that `text` begins with; `None` for "".
fn cluster_len(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    // Between two characters of break class Other there is always a boundary (GB999), and nearly
    // all news text is made of them; the tables are asked about the rest only.
    if is_simple(first) && chars.next().is_none_or(is_simple) {
        return Some(first.len_utf8());
    }
    text.graphemes(true).next().map(str::len)
}

/// Whether `c` surely has the grapheme break class Other, and neither emoji nor conjunct property.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{A8}' | '\u{AA}'..='\u{AC}' | '\u{AF}'..='\u{2FF}'
        | '\u{620}'..='\u{64A}' | '\u{660}'..='\u{66F}' | '\u{671}'..='\u{6D5}'
        | '\u{2010}'..='\u{2027}')
}

/// The words of `text` (UAX #29: segments that hold a letter or digit), as byte ranges.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.unicode_word_indices()
        .map(|(start, word)| start..start + word.len())
}

/// The paragraphs of `text`: its lines, as byte ranges without their line end. A line ends at
/// each mandatory break of UAX #14: LF, CR, CR LF, VT, FF, NEL, U+2028, U+2029. As with
/// [`str::lines`], a line end at the end of the text begins no further line.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let len = rest.find(is_line_end).unwrap_or(rest.len());
        let line = at..at + len;
        let after = rest.get(len..).unwrap_or("");
        at += len
            + if after.starts_with("\r\n") {
                2
            } else {
                after.chars().next().map_or(0, char::len_utf8)
            };
        Some(line)
    })
}

/// Whether `c` ends a line.
pub(crate) fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests;
