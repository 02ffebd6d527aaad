//! Expressions of German.

use super::Cursor;
use super::relative;
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Part, Term};

/// The German expression that starts at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    if !cursor.latin(at) {
        return None;
    }
    match cursor.first(at) {
        Term::Days(days) => day(cursor, at, days),
        Term::DaysAdjective(days) => adjective(cursor, at, days),
        Term::Which(offset) => which(cursor, at, offset),
        _ => None,
    }
}

/// `heute`, `gestern Abend`, `morgen`.
fn day(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    // `der Morgen`, `am Morgen`
    if days == 1 && cursor.capital(at) && !cursor.begins_sentence(at) {
        return None;
    }
    let part = relative::part_after(cursor, at + 1);
    let next = part.map_or(at + 1, |(_, next)| next);
    let meaning = Meaning::Days {
        days: i32::from(days),
        weekday: None,
    };
    let found = cursor.found(at, next, meaning, "heute, gestern, morgen");
    Some(Expression {
        part: part.map(|(part, _)| part),
        ..found
    })
}

/// `gestrigen Dienstag`, `heutigen Samstag`, `gestrigen Mittwochvormittag`.
fn adjective(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    let days = i32::from(days);
    let (weekday, part) = match cursor.term(at + 1) {
        Term::Weekday(weekday) => (Some(weekday), None),
        Term::WeekdayPart(weekday, part) => (Some(weekday), Some(part)),
        Term::Part(part) => (None, Some(part)),
        Term::Days(1) if cursor.capital(at + 1) => (None, Some(Part::Morning)),
        Term::Unit(crate::annotate::date::term::Unit::Day) => (None, None),
        _ => return None,
    };
    let meaning = Meaning::Days { days, weekday };
    let found = cursor.found(at, at + 2, meaning, "heutig, gestrig + Tag");
    Some(Expression { part, ..found })
}

/// `vergangenen Jahr`, `diese Woche`, `kommenden Sommer`.
fn which(cursor: &Cursor<'_>, at: usize, offset: i8) -> Option<Expression> {
    match cursor.term(at + 1) {
        Term::Unit(unit) => {
            let (meaning, rule) = relative::unit(i32::from(offset), unit)?;
            Some(cursor.found(at, at + 2, meaning, rule))
        }
        Term::Part(part) if offset == -1 => {
            let meaning = Meaning::Days {
                days: -1,
                weekday: None,
            };
            let found = cursor.found(at, at + 2, meaning, "vergangene Nacht");
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
            Some(cursor.found(
                at,
                at + 2,
                meaning,
                "voriger, dieser, nächster + Jahreszeit",
            ))
        }
        Term::Month(month) => {
            let meaning = Meaning::Month {
                year: relative::year(offset),
                month,
            };
            Some(cursor.found(at, at + 2, meaning, "voriger, dieser, nächster + Monat"))
        }
        _ => None,
    }
}
