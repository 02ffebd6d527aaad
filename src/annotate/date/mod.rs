//! Expressions of time, and the document's own day. One file a language.
//!
//! text → [`token`] → [`grammar`] → [`expression`] → [`resolve`] with the document's day, which is
//! stated, or inferred by `document_day` from the same expressions. Nothing here knows a screen.

use chrono::NaiveDate;

use crate::corpus::{Clue, DayBasis, DocumentDay, Field, Language, RawDocument, Timex};

mod calendar;
mod expression;
mod grammar;
mod lexicon;
mod reading;
mod resolve;
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

/// Finds and resolves the expressions of time in one document, and dates the document itself.
#[must_use]
pub fn annotate(
    raw: &RawDocument,
    language: Language,
    options: Options,
) -> (Option<DocumentDay>, Vec<Timex>) {
    let fields = [
        Reading::of(Field::Title, raw.title.as_deref().unwrap_or(""), language),
        Reading::of(Field::Text, &raw.text, language),
    ];
    let day = given_day(raw, options);
    let timexes = fields
        .iter()
        .flat_map(|reading| reading.timexes(day.as_ref()))
        .collect();
    (day, timexes)
}

/// The day that the user or the metadata fixes.
fn given_day(raw: &RawDocument, options: Options) -> Option<DocumentDay> {
    let (day, basis, rule, confidence) = match (options.document_day, &raw.metadata.published) {
        (Some(day), _) => (day, DayBasis::Set, "set by the user".to_owned(), 1.0),
        (None, Some(stated)) => (
            stated.day,
            DayBasis::Stated,
            format!("metadata {}", stated.origin),
            0.97,
        ),
        (None, None) => return None,
    };
    Some(DocumentDay {
        day: Some(day),
        earliest: Some(day),
        latest: Some(day),
        confidence,
        basis,
        clues: vec![Clue {
            rule,
            text: String::new(),
            span: None,
            weight: 1.0,
        }],
        candidates: vec![(day, confidence)],
    })
}
