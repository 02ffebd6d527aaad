//! Feasts: `Christmas Eve`, `last Thanksgiving`, `Ostermontag`, `عيد الأضحى 2016`.

use super::Cursor;
use super::absolute;
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::{Holiday, Term, Unit};

/// The feast named at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let (before, place) = match cursor.first(at) {
        Term::Which(offset) => (Some(offset), at + 1),
        Term::Feast => (None, at + 1),
        _ => (None, at),
    };
    let Term::Holiday(mut holiday) = cursor.first(place) else {
        return None;
    };
    if cursor.latin(place) && !cursor.capital(place) {
        return None;
    }
    let mut next = place + 1;
    // `New Year's Eve`
    if matches!(cursor.term(next), Term::Mark('\'' | '’'))
        && cursor.term(next + 1) == Term::DecadeSuffix
    {
        next += 2;
    }
    match (cursor.term(next), holiday) {
        (Term::Eve, Holiday::Christmas) => {
            holiday = Holiday::ChristmasEve;
            next += 1;
        }
        (Term::Eve, Holiday::NewYear) => {
            holiday = Holiday::NewYearEve;
            next += 1;
        }
        (Term::Weekday(0), Holiday::Easter) => {
            holiday = Holiday::EasterMonday;
            next += 1;
        }
        (Term::Weekday(6), Holiday::Easter) | (Term::Unit(Unit::Day), _) => next += 1,
        _ => {}
    }
    let (mut year, after) = absolute::year_after(cursor, next);
    if year != Year::Open {
        next = after;
    }
    match before {
        Some(..=-1) => year = Year::Last,
        Some(0) => year = Year::This,
        Some(1..) => year = Year::Next,
        None => {}
    }
    Some(cursor.found(at, next, Meaning::Holiday { year, holiday }, "feast"))
}
