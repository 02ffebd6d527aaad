//! Expressions of Arabic, in a document of any language.

use super::Cursor;
use super::relative;
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Term, Unit};

/// The Arabic expression that starts at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    if cursor.latin(at) {
        return None;
    }
    match cursor.first(at) {
        Term::Days(days) => day(cursor, at, days),
        Term::Unit(unit) => match cursor.term(at + 1) {
            Term::Which(offset) => {
                let (meaning, rule) = relative::unit(i32::from(offset), unit)?;
                Some(cursor.found(at, at + 2, meaning, rule))
            }
            _ => None,
        },
        Term::Which(0) => match cursor.term(at + 1) {
            Term::Unit(unit) => {
                let (meaning, rule) = relative::unit(0, unit)?;
                Some(cursor.found(at, at + 2, meaning, rule))
            }
            _ => None,
        },
        Term::Part(part) => {
            let mut day = relative::weekday(cursor, at + 1).or_else(|| rule(cursor, at + 1))?;
            if !matches!(day.meaning, Meaning::Weekday { .. } | Meaning::Days { .. }) {
                return None;
            }
            day.part = day.part.or(Some(part));
            let whole = cursor.found(at, day.next, day.meaning, "part of day + day");
            Some(Expression {
                part: day.part,
                ..whole
            })
        }
        _ => None,
    }
}

/// `اليوم`, `أمس الاثنين`, `اليوم (الثلاثاء)`.
fn day(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    if cursor.before(at) == Term::Name || cursor.term(at + 1) == Term::Name {
        return None;
    }
    if matches!(cursor.term(at + 1), Term::Ordinal(_)) {
        return None;
    }
    let mut next = at + 1;
    let bracket = usize::from(matches!(cursor.term(next), Term::Mark('(' | '،' | ',')));
    let mut weekday = None;
    let mut place = next + bracket;
    if cursor.term(place) == Term::Unit(Unit::Day) {
        place += 1;
    }
    if let Term::Weekday(day) = cursor.term(place) {
        weekday = Some(day);
        let closed =
            cursor.term(next) == Term::Mark('(') && cursor.term(place + 1) == Term::Mark(')');
        next = place + 1 + usize::from(closed);
    }
    let meaning = Meaning::Days {
        days: i32::from(days),
        weekday,
    };
    let rule = if weekday.is_some() {
        "today or yesterday + weekday"
    } else {
        "today, yesterday, tomorrow"
    };
    let part = relative::part_after(cursor, next);
    let next = part.map_or(next, |(_, next)| next);
    let found = cursor.found(at, next, meaning, rule);
    Some(Expression {
        part: part.map(|(part, _)| part),
        ..found
    })
}
