//! Expressions of time, and the document's own day. One file a language.
//!
//! text → [`token`] → [`grammar`] → [`expression`] → [`resolve`] with the document's day, which is
//! stated, or inferred by `document_day` from the same expressions. Nothing here knows a screen.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{
    Clue, DayBasis, DocumentDay, Field, Language, RawDocument, Timex, TimexBasis, TimexKind,
};

mod calendar;
mod expression;
mod grammar;
mod lexicon;
mod resolve;
mod tense;
mod term;
mod token;

use expression::{Expression, Meaning};
use lexicon::Vocabulary;
use token::Token;

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

/// One field with its tokens and the expressions among them.
struct Reading {
    field: Field,
    tokens: Vec<Token>,
    expressions: Vec<Expression>,
}

impl Reading {
    fn of(field: Field, text: &str, language: Language) -> Self {
        let tokens = token::tokenize(text, &Vocabulary::of(language));
        let expressions = grammar::parse(&tokens, language);
        Self {
            field,
            tokens,
            expressions,
        }
    }

    /// The expressions with their values.
    fn timexes(&self, day: Option<&DocumentDay>) -> Vec<Timex> {
        let document = day.and_then(|day| day.day);
        let resolved_basis = match day.map(|day| day.basis) {
            Some(DayBasis::Stated | DayBasis::Set) => TimexBasis::Resolved,
            Some(DayBasis::Inferred) => TimexBasis::Inferred,
            Some(DayBasis::Candidates) | None => TimexBasis::Candidate,
        };
        let mut spoken = None;
        let mut timexes = Vec::with_capacity(self.expressions.len());
        for expression in &self.expressions {
            let context = resolve::Context {
                document,
                direction: tense::direction(&self.tokens, expression),
                spoken,
                year: None,
            };
            let Some(resolved) = resolve::resolve(expression, &context) else {
                continue;
            };
            if let Some((first, last)) = resolved.days
                && first == last
            {
                spoken = Some(first);
            }
            let why = match &resolved.note {
                Some(note) => format!("{}: {note}", expression.rule),
                None => expression.rule.to_owned(),
            };
            timexes.push(Timex {
                field: self.field,
                span: expression.span,
                kind: kind(expression),
                basis: if resolved.stated {
                    TimexBasis::Stated
                } else if resolved.days.is_none() {
                    TimexBasis::Candidate
                } else {
                    resolved_basis
                },
                value: resolved.value,
                earliest: resolved.days.map(|days| days.0),
                latest: resolved.days.map(|days| days.1),
                confidence: resolved.confidence,
                why: Arc::from(why),
            });
        }
        timexes
    }
}

fn kind(expression: &Expression) -> TimexKind {
    match expression.meaning {
        Meaning::Duration(_) => TimexKind::Duration,
        Meaning::Every(_) | Meaning::EveryWeekday(_) => TimexKind::Set,
        _ if expression.part.is_some() || expression.clock.is_some() => TimexKind::Time,
        _ => TimexKind::Date,
    }
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
