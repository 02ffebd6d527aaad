//! The document's own day: clues that its text, name and address give, weighed against each other.
//!
//! Each clue says how likely it would be if the document were of a given day; their product over a
//! window of days is the answer, kept with every clue. Where it is flat we say so and give the
//! candidates. Knows no screen and no other document (for those see [`super::corpus`]).

use super::Options;
use super::reading::Reading;
use crate::corpus::{Clue, DayBasis, DocumentDay, Field, Language, RawDocument};

mod address;
mod evidence;
mod hint;
mod kept;
mod kernel;
mod posterior;
mod stamps;
mod window;

pub(super) use hint::{Body, Hint, Months, Source};
pub(super) use kept::KeptHint;
pub(super) use kernel::Kernel;
pub(super) use posterior::conclude;

/// The document's day: set, stated or inferred; `None` when nothing says anything about it.
pub(super) fn find(
    raw: &RawDocument,
    language: Language,
    readings: &[Reading],
    options: Options,
) -> Option<DocumentDay> {
    find_with_hints(raw, language, readings, options).0
}

/// The same with the clues that it was concluded from; none where the day is set or stated.
pub(super) fn find_with_hints(
    raw: &RawDocument,
    language: Language,
    readings: &[Reading],
    options: Options,
) -> (Option<DocumentDay>, Vec<Hint>) {
    if let Some(mut given) = given(raw, options) {
        contradictions(&mut given, raw, readings);
        return (Some(given), Vec::new());
    }
    let hints = hints(raw, language, readings);
    (conclude(&hints), hints)
}

/// All clues of one document.
pub(super) fn hints(raw: &RawDocument, language: Language, readings: &[Reading]) -> Vec<Hint> {
    let mut hints = Vec::new();
    address::hints(raw, &mut hints);
    for reading in readings {
        evidence::hints(reading, field(raw, reading.field), language, &mut hints);
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
fn contradictions(given: &mut DocumentDay, raw: &RawDocument, readings: &[Reading]) {
    let Some(day) = given.day else { return };
    let mut hints = Vec::new();
    for reading in readings {
        evidence::stated(reading, field(raw, reading.field), &mut hints);
    }
    for hint in hints {
        let Some(stated) = hint.states().filter(|stated| *stated != day) else {
            continue;
        };
        if given.basis == DayBasis::Stated {
            given.confidence = given.confidence.min(0.9);
        }
        let clue = hint.clue(-0.5);
        let stated = stated.format("%Y-%m-%d");
        let rule = format!("contradiction: {} says {stated}", clue.rule);
        given.clues.push(Clue { rule, ..clue });
    }
}

/// The text of a field.
fn field(raw: &RawDocument, field: Field) -> &str {
    match field {
        Field::Title => raw.title.as_deref().unwrap_or(""),
        Field::Text => &raw.text,
    }
}
