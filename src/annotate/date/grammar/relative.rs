//! Expressions that count from the document's day and read alike in English and German:
//! `Friday`, `last Friday night`, `this week`, `vergangenen Jahr`.

use super::Cursor;
use super::names;
use crate::annotate::date::expression::{Expression, Meaning, Which, Year};
use crate::annotate::date::term::{Part, Term, Unit};

/// The `Which` of `last`, `this`, `next`.
pub(super) fn which(offset: i8) -> Which {
    match offset {
        ..=-1 => Which::Last,
        0 => Which::This,
        1.. => Which::Next,
    }
}

/// The year of an expression that `last`, `this`, `next` stands before.
pub(super) fn year(offset: i8) -> Year {
    match offset {
        ..=-1 => Year::Last,
        0 => Year::This,
        1.. => Year::Next,
    }
}

/// `Friday`, `last Friday`, `Freitagabend`, `يوم الجمعة المقبل`, `صباح الأربعاء`.
pub(super) fn weekday(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let (mut which, mut place) = match cursor.first(at) {
        Term::Which(offset) => (self::which(offset), at + 1),
        _ => (Which::Bare, at),
    };
    if let Term::WeekdayPart(weekday, part) = cursor.first(place) {
        let meaning = Meaning::Weekday { weekday, which };
        let found = cursor.found(at, place + 1, meaning, "weekday and part of day");
        return Some(Expression {
            part: Some(part),
            ..found
        });
    }
    let (weekday, sure, next) = names::weekday(cursor, place)?;
    if !sure || cursor.latin(place) && !cursor.capital(place) {
        return None;
    }
    place = next;
    if let (Which::Bare, Term::Which(offset)) = (which, cursor.term(place))
        && !cursor.latin(place)
    {
        which = self::which(offset);
        place += 1;
    }
    let part = part_after(cursor, place);
    let next = part.map_or(place, |(_, next)| next);
    let rule = match which {
        Which::Bare => "weekday",
        Which::Last => "last + weekday",
        Which::This => "this + weekday",
        Which::Next => "next + weekday",
    };
    let found = cursor.found(at, next, Meaning::Weekday { weekday, which }, rule);
    Some(Expression {
        part: part.map(|(part, _)| part),
        ..found
    })
}

/// The part of day that follows a day: `Friday night`, `gestern Abend`, `أمس مساء`.
pub(super) fn part_after(cursor: &Cursor<'_>, at: usize) -> Option<(Part, usize)> {
    match cursor.term(at) {
        Term::Part(part) => Some((part, at + 1)),
        // `heute morgen`, `Freitag morgen`
        Term::Days(1) if cursor.language == crate::corpus::Language::German => {
            Some((Part::Morning, at + 1))
        }
        _ => None,
    }
}

/// The expression that `last`, `this` or `next` and a unit make; `None` for units that name no
/// stretch of the calendar.
pub(super) fn unit(offset: i32, unit: Unit) -> Option<(Meaning, &'static str)> {
    Some(match unit {
        Unit::Day => (
            Meaning::Days {
                days: offset,
                weekday: None,
            },
            "relative day",
        ),
        Unit::Weekend => (Meaning::Weekend(Some(offset)), "relative weekend"),
        Unit::Week => (Meaning::Weeks(offset), "relative week"),
        Unit::Month => (Meaning::Months(offset), "relative month"),
        Unit::Quarter => (
            Meaning::Quarter {
                year: Year::Offset(offset),
                quarter: 0,
            },
            "relative quarter",
        ),
        Unit::Year => (Meaning::Years(offset), "relative year"),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Half | Unit::Decade | Unit::Century => {
            return None;
        }
    })
}
