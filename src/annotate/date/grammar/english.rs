//! Expressions of English that no other language shares.

use super::Cursor;
use super::{relative, stretch};
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Reference, Term, Unit};

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
        Term::Beside(offset) => beside(cursor, at, offset),
        // `over the weekend`
        Term::Unit(Unit::Weekend) if cursor.before(at) == Term::Article => {
            Some(cursor.found(at, at + 1, Meaning::Weekend(None), "weekend"))
        }
        Term::Unit(unit) => before(cursor, at, unit),
        Term::Part(part) => relative::part_first(cursor, at, part),
        Term::Vague(reference) => {
            (!cursor.compound(at, at + 1)).then(|| vague(cursor, at, at + 1, reference))
        }
        Term::Current => match cursor.term(at + 1) {
            Term::Unit(unit) => {
                let (meaning, rule) = stretch::unit(0, unit)?;
                Some(cursor.found(at, at + 2, meaning, rule))
            }
            _ => Some(vague(cursor, at, at + 1, Reference::Present)),
        },
        // `the past`, not `the past week`
        Term::Which(-1)
            if cursor.before(at) == Term::Article
                && matches!(cursor.term(at + 1), Term::Mark(_) | Term::End | Term::And) =>
        {
            Some(vague(cursor, at, at + 1, Reference::Past))
        }
        _ => None,
    }
}

/// `today`, `yesterday morning`.
fn day(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    // `USA Today`, `Russia Today`
    if cursor.capital(at) && !cursor.begins_sentence(at) {
        return None;
    }
    // `today's GM`, `even today`: not this day but these days
    let genitive = matches!(cursor.term(at + 1), Term::Mark('\'' | '’'))
        && cursor.term(at + 2) == Term::DecadeSuffix;
    let these_days = days == 0
        && (cursor.before(at) == Term::Still
            || genitive && cursor.capital(at + 3) && cursor.term(at + 3) == Term::Other);
    if these_days {
        let meaning = Meaning::Vague(Reference::Present);
        return Some(cursor.found(at, at + 1, meaning, "these days"));
    }
    if let Some(found) = relative::with_date(cursor, at, at + 1, None) {
        return Some(found);
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

/// `the same day`, `that year`, `the previous week`, `the following morning`.
fn beside(cursor: &Cursor<'_>, at: usize, offset: i8) -> Option<Expression> {
    let offset = i32::from(offset);
    match cursor.term(at + 1) {
        Term::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year))
            if cursor.term(at + 2) != Term::Mark('-') =>
        {
            let meaning = Meaning::Beside { unit, offset };
            Some(cursor.found(at, at + 2, meaning, "counted from what was spoken of"))
        }
        Term::Part(part) if offset >= 0 => {
            let unit = Unit::Day;
            let meaning = Meaning::Beside { unit, offset };
            let found = cursor.found(at, at + 2, meaning, "counted from what was spoken of");
            Some(Expression {
                part: Some(part),
                ..found
            })
        }
        _ => None,
    }
}

/// `the day before`, `a year earlier`, `the week of March 6`.
fn before(cursor: &Cursor<'_>, at: usize, unit: Unit) -> Option<Expression> {
    let led = matches!(cursor.before(at), Term::Article | Term::One);
    if !led || !matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year) {
        return None;
    }
    if unit == Unit::Week && cursor.term(at + 1) == Term::Of {
        let name = super::names::month(cursor, at + 2)?;
        let number = super::names::day_number(cursor, name.next)?;
        let meaning = Meaning::WeekOf {
            month: name.month,
            day: number.day,
        };
        return Some(cursor.found(at, name.next + 1, meaning, "week of a day"));
    }
    let ends = matches!(
        cursor.term(at + 2),
        Term::Mark(_) | Term::End | Term::And | Term::Preposition
    );
    (cursor.term(at + 1) == Term::Before && ends).then(|| {
        let meaning = Meaning::Beside { unit, offset: -1 };
        cursor.found(at, at + 2, meaning, "counted from what was spoken of")
    })
}

fn vague(cursor: &Cursor<'_>, at: usize, next: usize, reference: Reference) -> Expression {
    cursor.found(at, next, Meaning::Vague(reference), "vague")
}
