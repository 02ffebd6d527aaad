//! Match keys: text folded so that spellings of the same word compare equal, with a way back to
//! the source bytes.
//!
//! Both sides of a comparison are folded. The rules, after NFKD: letter case; ß to ss; diacritics
//! and tashkeel off; `ä`, `ae` and `a` alike, so with `o` and `u` (how: `sink.rs`); tatweel off;
//! أ إ آ ٱ to ا, ى ی to ي, ئ to ي, ؤ to و, ة to ه, ک to ك; Arabic-Indic and Persian digits to
//! ASCII; curly quotes, dashes and Arabic punctuation to ASCII; what shows nothing off; a run of
//! white space to one space. Words are not stemmed and clitics not cut.

mod letters;
mod sink;

use std::ops::Range;

use memchr::memmem;

use crate::text::fold::sink::Sink;

/// A folded text that remembers where each of its characters came from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// Where the way back changes its step: from byte `.0` of `text` on, the characters come from
    /// byte `.1` of the source on. Nothing for text of which only letters' case changed.
    steps: Vec<(u32, u32)>,
    /// Bytes of the source.
    source_len: usize,
}

impl Folded {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that a range of folded bytes came from: from the start of the first
    /// character to the end of the last, marks that were dropped behind it included. Both ends
    /// are character boundaries, and a range that is not empty gives one that is not.
    #[must_use]
    pub fn source_range(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(folded.start);
        let last = self.text.floor_char_boundary(folded.end.saturating_sub(1));
        if folded.end <= folded.start {
            let at = self.source_of(start);
            return at..at;
        }
        let last_source = self.source_of(last);
        // a character may have become several (ß: ss): its end is where another one begins
        let mut next = last;
        let end = loop {
            next = self.text.ceil_char_boundary(next + 1);
            if next >= self.text.len() {
                break self.source_len;
            }
            let source = self.source_of(next);
            if source != last_source {
                break source;
            }
        };
        self.source_of(start)..end
    }

    /// The source byte of the character at a boundary of the folded text.
    fn source_of(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source_len;
        }
        let after = self.steps.partition_point(|step| step.0 as usize <= folded);
        match after.checked_sub(1).and_then(|i| self.steps.get(i)) {
            Some((at, source)) => *source as usize + (folded - *at as usize),
            None => folded,
        }
    }
}

/// Folds `source`, keeping the way back. Offsets above 4 GiB are not kept.
#[must_use]
pub fn fold_with_origin(source: &str) -> Folded {
    let mut sink = Sink::new(source.len(), true);
    letters::fold_into(source, &mut sink);
    let (text, steps) = sink.finish();
    Folded {
        text,
        steps,
        source_len: source.len(),
    }
}

/// Folds `source`. Folding twice changes nothing.
#[must_use]
pub fn fold(source: &str) -> String {
    let mut sink = Sink::new(source.len(), false);
    letters::fold_into(source, &mut sink);
    sink.finish().0
}

/// The places in the source of `haystack` where `needle` (folded already) occurs, in order and
/// not overlapping. None for an empty needle.
///
/// A needle that is still being typed and ends in `ae`, `oe` or `ue` means those letters: it finds
/// umlauts with its next letter.
pub fn find_folded<'f>(
    haystack: &'f Folded,
    needle: &'f str,
) -> impl Iterator<Item = Range<usize>> + 'f {
    let mut free_from = 0;
    memmem::find_iter(haystack.text.as_bytes(), needle.as_bytes())
        .filter(|_| !needle.is_empty())
        .map(|at| haystack.source_range(at..at + needle.len()))
        .filter(move |range| {
            // two halves of one character (s in ß) are one hit
            let free = range.start >= free_from;
            free_from = free_from.max(range.end);
            free
        })
}

#[cfg(test)]
mod tests;
