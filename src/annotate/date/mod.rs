//! Expressions of time, and the document's own day. One file a language.
//!
//! text → `token` → `grammar` → `expression` → `resolution` with the document's day, which is
//! stated, or inferred by `document_day` from the same expressions. Nothing here knows a screen.

use chrono::NaiveDate;

use crate::corpus::{DocumentDay, Field, Language, RawDocument, Timex};

mod calendar;
pub mod corpus;
mod document_day;
mod expression;
mod grammar;
mod lexicon;
mod reading;
mod resolution;
mod tense;
mod term;
mod token;

use reading::Reading;

#[cfg(test)]
mod tests;

/// What fixes a document's day from outside, if anything does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The day that the user set for the document (`--dct`).
    pub document_day: Option<NaiveDate>,
}

/// Finds and resolves the expressions of time in one document whose day is known: with the
/// answer of [`corpus::date_documents`], or with a day that the user has set since.
#[must_use]
pub fn resolve(raw: &RawDocument, language: Language, day: Option<&DocumentDay>) -> Vec<Timex> {
    timexes(&readings(raw, language), day)
}

/// Finds and resolves the expressions of time in one document, and dates the document itself.
#[must_use]
pub fn annotate(
    raw: &RawDocument,
    language: Language,
    options: Options,
) -> (Option<DocumentDay>, Vec<Timex>) {
    let fields = readings(raw, language);
    let day = document_day::find(raw, language, &fields, options);
    let timexes = timexes(&fields, day.as_ref());
    (day, timexes)
}

fn timexes(fields: &[Reading], day: Option<&DocumentDay>) -> Vec<Timex> {
    fields
        .iter()
        .flat_map(|reading| reading.timexes(day))
        .collect()
}

/// Title and body, read.
fn readings(raw: &RawDocument, language: Language) -> [Reading; 2] {
    [
        Reading::of(Field::Title, raw.title.as_deref().unwrap_or(""), language),
        Reading::of(Field::Text, &raw.text, language),
    ]
}
