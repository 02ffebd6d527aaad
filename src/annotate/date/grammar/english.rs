//! Expressions of English.

use super::Cursor;
use super::relative;
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::Term;

/// The English expression that starts at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    if !cursor.latin(at) {
        return None;
    }
    match cursor.first(at) {
        Term::Days(days) => day(cursor, at, days),
        Term::DaysPart(days, part) => {
            let meaning = Meaning::Days {
                days: i32::from(days),
                weekday: None,
            };
            let found = cursor.found(at, at + 1, meaning, "tonight");
            Some(Expression {
                part: Some(part),
                ..found
            })
        }
        Term::Which(offset) => which(cursor, at, offset),
        _ => None,
    }
}

/// `today`, `yesterday morning`.
fn day(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    // `USA Today`, `Russia Today`
    if cursor.capital(at) && !cursor.begins_sentence(at) {
        return None;
    }
    let part = relative::part_after(cursor, at + 1);
    let next = part.map_or(at + 1, |(_, next)| next);
    let meaning = Meaning::Days {
        days: i32::from(days),
        weekday: None,
    };
    let found = cursor.found(at, next, meaning, "today, yesterday, tomorrow");
    Some(Expression {
        part: part.map(|(part, _)| part),
        ..found
    })
}

/// `last week`, `this morning`, `last night`, `next October`.
fn which(cursor: &Cursor<'_>, at: usize, offset: i8) -> Option<Expression> {
    match cursor.term(at + 1) {
        Term::Unit(unit) => {
            let (meaning, rule) = relative::unit(i32::from(offset), unit)?;
            Some(cursor.found(at, at + 2, meaning, rule))
        }
        Term::Part(part) if offset <= 0 => {
            let meaning = Meaning::Days {
                days: i32::from(offset),
                weekday: None,
            };
            let found = cursor.found(at, at + 2, meaning, "last night, this morning");
            Some(Expression {
                part: Some(part),
                ..found
            })
        }
        Term::Season(season) => {
            let meaning = Meaning::Season {
                year: relative::year(offset),
                season,
            };
            Some(cursor.found(at, at + 2, meaning, "last, this, next + season"))
        }
        Term::Month(month) | Term::MaybeMonth(month) if cursor.capital(at + 1) => {
            let meaning = Meaning::Month {
                year: relative::year(offset),
                month,
            };
            Some(cursor.found(at, at + 2, meaning, "last, this, next + month"))
        }
        _ => None,
    }
}
