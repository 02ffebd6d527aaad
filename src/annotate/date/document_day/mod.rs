//! The document's own day: clues that its text, name and address give, weighed against each other.
//!
//! Each clue says how likely it would be if the document were of a given day; their product over a
//! window of days is the answer, kept with every clue. Where it is flat we say so and give the
//! candidates. Knows no screen and no other document (for those see [`super::corpus`]).

use chrono::NaiveDate;

use super::Options;
use super::reading::Reading;
use crate::corpus::{Clue, DayBasis, DocumentDay, Language, RawDocument};

mod address;
mod evidence;
mod hint;
mod kernel;
mod posterior;
mod stamps;

pub(super) use hint::{Body, Hint, Source};
pub(super) use kernel::Kernel;
pub(super) use posterior::conclude;

/// The document's day: set, stated or inferred; `None` when nothing says anything about it.
pub(super) fn find(
    raw: &RawDocument,
    language: Language,
    readings: &[Reading],
    options: Options,
) -> Option<DocumentDay> {
    let given = given(raw, options);
    let hints = hints(raw, language, readings);
    match given {
        Some(mut given) => {
            contradictions(&mut given, &hints);
            Some(given)
        }
        None => conclude(&hints),
    }
}

/// All clues of one document.
pub(super) fn hints(raw: &RawDocument, language: Language, readings: &[Reading]) -> Vec<Hint> {
    let mut hints = Vec::new();
    address::hints(raw, &mut hints);
    for reading in readings {
        let text = match reading.field {
            crate::corpus::Field::Title => raw.title.as_deref().unwrap_or(""),
            crate::corpus::Field::Text => &raw.text,
        };
        evidence::hints(reading, text, language, &mut hints);
    }
    hints
}

/// The day that the user or the metadata fixes.
fn given(raw: &RawDocument, options: Options) -> Option<DocumentDay> {
    let (day, basis, rule, confidence) = match (options.document_day, &raw.metadata.published) {
        (Some(day), _) => (day, DayBasis::Set, "set by the user".to_owned(), 1.0),
        (None, Some(stated)) => {
            let rule = format!("metadata {}", stated.origin);
            (stated.day, DayBasis::Stated, rule, 0.97)
        }
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

/// Dates that the document states for itself and that are not the given day: kept, never hidden.
fn contradictions(given: &mut DocumentDay, hints: &[Hint]) {
    let Some(day) = given.day else { return };
    for hint in hints {
        let stated = hint.states().filter(|stated| *stated != day);
        let Some(stated) = stated else { continue };
        if given.basis == DayBasis::Stated {
            given.confidence = given.confidence.min(0.9);
        }
        let clue = Clue {
            weight: -0.5,
            ..hint.clue(0.0)
        };
        let rule = format!(
            "contradiction: {} says {}",
            clue.rule,
            stated.format("%Y-%m-%d")
        );
        given.clues.push(Clue { rule, ..clue });
    }
}

/// Days between two days: `a` minus `b`.
fn delta(a: NaiveDate, b: NaiveDate) -> i64 {
    (a - b).num_days()
}
