//! Feasts: `Christmas Eve`, `last Thanksgiving`, `Ostermontag`, `عيد الأضحى 2016`.

use super::Cursor;
use super::month;
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::{Holiday, Term, Unit};
use crate::corpus::Language;

/// The feast named at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let (before, place) = match cursor.first(at) {
        Term::Which(offset) => (Some(offset), at + 1),
        Term::Feast => (None, at + 1),
        Term::Unit(Unit::Day) if cursor.term(at + 1) == Term::Feast => (Some(0), at + 2),
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
    let (mut year, after) = month::year_after(cursor, next);
    if year != Year::Open {
        next = after;
    }
    // `a Christmas present`, `عطلة عيد الفطر`: what is named after the feast
    let led = cursor.after_preposition(at) || next > place + 1 || before.is_some();
    let noun_follows =
        cursor.latin(next) && !cursor.capital(next) && cursor.term(next) == Term::Other;
    let english = cursor.language != Language::German;
    if year == Year::Open && english && (!led || noun_follows && next == place + 1) {
        return None;
    }
    match before {
        Some(..=-1) => year = Year::Last,
        Some(0) if cursor.latin(at) => year = Year::This,
        Some(1..) => year = Year::Next,
        _ => {}
    }
    Some(cursor.found(at, next, Meaning::Holiday { year, holiday }, "feast"))
}
