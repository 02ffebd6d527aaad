//! Expressions of time, and the document's own day. One file a language.

use chrono::NaiveDate;

use crate::corpus::{DocumentDay, Language, RawDocument, Timex};

/// What fixes a document's day from outside, if anything does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The day that the user set for the document (`--dct`).
    pub document_day: Option<NaiveDate>,
}

/// Finds and resolves the expressions of time in one document, and dates the document itself.
#[must_use]
pub fn annotate(
    raw: &RawDocument,
    language: Language,
    options: Options,
) -> (Option<DocumentDay>, Vec<Timex>) {
    let _ = (raw, language, options);
    (None, Vec::new())
}
