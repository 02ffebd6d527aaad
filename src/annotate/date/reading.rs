//! One field of a document: its tokens, the expressions among them, and their values in the order
//! of the text, each seeing what the text said before.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::expression::{Expression, Meaning, Year};
use super::lexicon::Vocabulary;
use super::resolution::{self, Resolved};
use super::tense;
use super::token::{self, Token};
use super::{grammar, term};
use crate::corpus::{DayBasis, DocumentDay, Field, Language, Timex, TimexBasis, TimexKind};

/// One field with its tokens and the expressions among them.
pub(super) struct Reading {
    pub(super) field: Field,
    pub(super) tokens: Vec<Token>,
    pub(super) expressions: Vec<Expression>,
}

/// The probability of the candidate days that must agree on a value.
const AGREED: f32 = 0.3;

/// What the text said so far.
#[derive(Default)]
struct Spoken {
    /// First and last day of the last stretch, and the last single day.
    stretch: Option<(NaiveDate, NaiveDate)>,
    day: Option<NaiveDate>,
    /// Months and days that stood with a year.
    dated: Vec<(u8, Option<u8>, i32)>,
    /// The last year that was written out, its month where it had one, and the token after it.
    year: Option<(i32, Option<u8>, usize)>,
}

impl Reading {
    pub(super) fn of(field: Field, text: &str, language: Language) -> Self {
        let tokens = token::tokenize(text, &Vocabulary::of(language));
        let expressions = grammar::parse(&tokens, language);
        Self {
            field,
            tokens,
            expressions,
        }
    }

    /// The expressions with their values, given what is known of the document's day.
    pub(super) fn timexes(&self, day: Option<&DocumentDay>) -> Vec<Timex> {
        let basis = match day.map(|day| day.basis) {
            Some(DayBasis::Stated | DayBasis::Set) => TimexBasis::Resolved,
            Some(DayBasis::Inferred) => TimexBasis::Inferred,
            Some(DayBasis::Candidates) | None => TimexBasis::Candidate,
        };
        let mut values = self.values(day.and_then(|day| day.day));
        if let Some(day) = day.filter(|day| day.day.is_none()) {
            self.agree(&mut values, &day.candidates);
        }
        self.expressions
            .iter()
            .zip(values)
            .filter_map(|(expression, value)| Some(self.timex(expression, value?, basis)))
            .collect()
    }

    /// The value of each expression in a document of a given day, `None` for what turns out to be
    /// no date.
    fn values(&self, document: Option<NaiveDate>) -> Vec<Option<Resolved>> {
        let mut spoken = Spoken::default();
        self.expressions
            .iter()
            .map(|expression| {
                let context = resolution::Context {
                    document,
                    direction: tense::direction(&self.tokens, expression),
                    spoken: spoken.stretch,
                    spoken_day: spoken.day,
                    year: spoken.year_for(&self.tokens, expression, document),
                };
                let resolved = resolution::resolve(expression, &context)?;
                spoken.hear(expression, &resolved);
                Some(resolved)
            })
            .collect()
    }

    /// Gives a value to what most candidate days of the document agree on: `19 September` is of
    /// one year whichever of them it was.
    fn agree(&self, values: &mut [Option<Resolved>], candidates: &[(NaiveDate, f32)]) {
        let mut shares: Vec<Vec<(Resolved, f32)>> = vec![Vec::new(); values.len()];
        for (day, share) in candidates {
            for (slot, found) in shares.iter_mut().zip(self.values(Some(*day))) {
                let Some(found) = found.filter(|found| found.days.is_some()) else {
                    continue;
                };
                match slot
                    .iter_mut()
                    .find(|(known, _)| known.value == found.value)
                {
                    Some(known) => known.1 += share,
                    None => slot.push((found, *share)),
                }
            }
        }
        for (value, shares) in values.iter_mut().zip(shares) {
            let open = value.as_ref().is_some_and(|value| value.days.is_none());
            let best = shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((mut found, share)) = best.filter(|best| open && best.1 >= AGREED) {
                found.confidence *= share;
                found.add_note("the candidate days of the document agree on it");
                *value = Some(found);
            }
        }
    }

    fn timex(&self, expression: &Expression, resolved: Resolved, basis: TimexBasis) -> Timex {
        let why = match &resolved.note {
            Some(note) => format!("{}: {note}", expression.rule),
            None => expression.rule.to_owned(),
        };
        Timex {
            field: self.field,
            span: expression.span,
            kind: kind(expression),
            basis: if resolved.stated {
                TimexBasis::Stated
            } else if resolved.days.is_none() {
                TimexBasis::Candidate
            } else {
                basis
            },
            value: resolved.value,
            earliest: resolved.days.map(|days| days.0),
            latest: resolved.days.map(|days| days.1),
            confidence: resolved.confidence,
            why: Arc::from(why),
        }
    }
}

impl Spoken {
    /// The year that the text before gives an expression without one.
    fn year_for(
        &self,
        tokens: &[Token],
        expression: &Expression,
        document: Option<NaiveDate>,
    ) -> Option<i32> {
        let (month, day) = match expression.meaning {
            Meaning::Date {
                year: Year::Open,
                month,
                day,
                ..
            } => (month, Some(day)),
            Meaning::Month {
                year: Year::Open,
                month,
            } => (month, None),
            Meaning::Years(0) if expression.edge.is_some() => {
                let (year, _, at) = self.year?;
                let near = expression.first.saturating_sub(at) <= 20;
                return (near && elsewhere(year, document)).then_some(year);
            }
            _ => return None,
        };
        let same =
            |dated: &&(u8, Option<u8>, i32)| dated.0 == month && (day.is_none() || dated.1 == day);
        // `im März 1992 …, im April …`: later in the same sentence and in the same year
        if let Some((year, Some(said), at)) = self.year {
            let one_sentence = (at..expression.first).all(|at| !tense::ends_sentence(tokens, at));
            if said <= month && one_sentence && elsewhere(year, document) {
                return Some(year);
            }
        }
        let known = self.dated.iter().rev().find(same);
        known.map(|(_, _, year)| *year)
    }

    fn hear(&mut self, expression: &Expression, resolved: &Resolved) {
        let Some((first, last)) = resolved.days else {
            return;
        };
        if kind(expression) == TimexKind::Duration {
            return;
        }
        self.stretch = Some((first, last));
        if first == last {
            self.day = Some(first);
        }
        match expression.meaning {
            Meaning::Date {
                month,
                day,
                year: Year::Given(year),
                ..
            } => {
                self.dated.push((month, Some(day), year));
                self.year = Some((year, Some(month), expression.next));
            }
            Meaning::Month {
                month,
                year: Year::Given(year),
            } => {
                self.dated.push((month, None, year));
                self.year = Some((year, Some(month), expression.next));
            }
            Meaning::Year(year) => self.year = Some((year, None, expression.next)),
            // the document's own time is spoken of again
            Meaning::Days { .. } | Meaning::Weekday { .. } => self.year = None,
            _ => {}
        }
    }
}

/// Whether a year lies before the one that the document looks back on.
fn elsewhere(year: i32, document: Option<NaiveDate>) -> bool {
    document.is_none_or(|document| year < document.year() - 1)
}

fn kind(expression: &Expression) -> TimexKind {
    let short = |unit| unit <= term::Unit::Hour;
    match expression.meaning {
        Meaning::Duration(_) | Meaning::Around { .. } => TimexKind::Duration,
        Meaning::Every(_) | Meaning::EveryWeekday(_) => TimexKind::Set,
        Meaning::Ago { unit, .. } if short(unit) => TimexKind::Time,
        _ if expression.part.is_some() || expression.clock.is_some() => TimexKind::Time,
        _ => TimexKind::Date,
    }
}
