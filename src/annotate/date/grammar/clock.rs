//! Times on the clock, with the day that may stand beside them: `9 a.m. Tuesday`, `um 8.30 Uhr`,
//! `16:00 UTC today`, `الساعة 13.47`, `الساعة التاسعة صباحاً`.

use super::Cursor;
use super::{expression, names};
use crate::annotate::date::expression::{Clock, Expression, Meaning};
use crate::annotate::date::term::{Part, Term};

/// The time that starts at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    if cursor.first(at) == Term::Clock && !cursor.latin(at) {
        return arabic(cursor, at);
    }
    let Term::Number(value, digits) = cursor.first(at) else {
        return None;
    };
    if names::within_number(cursor, at) {
        return None;
    }
    let (clock, place) = digits_of(cursor, at, value, digits)?;
    let (clock, next, sure) = said(cursor, at, place, clock)?;
    if !sure {
        return None;
    }
    let next = zone(cursor, next);
    Some(with_day(cursor, at, next, clock, "time on the clock"))
}

/// Hours and minutes: `8`, `8.30`, `16:00`, `0800`.
fn digits_of(cursor: &Cursor<'_>, at: usize, value: u32, digits: u8) -> Option<(Clock, usize)> {
    let small = |n: u32, below: u32| u8::try_from(n).ok().filter(|_| n < below);
    if digits == 4 {
        let clock = Clock {
            hour: small(value / 100, 24)?,
            minute: small(value % 100, 60)?,
        };
        return (cursor.term(at + 1) == Term::Zone).then_some((clock, at + 1));
    }
    let hour = small(value, 25).filter(|_| digits <= 2)?;
    if matches!(cursor.term(at + 1), Term::Mark(':' | '.'))
        && cursor.glued(at + 1)
        && cursor.glued(at + 2)
        && let Term::Number(minute, 2) = cursor.term(at + 2)
    {
        let minute = small(minute, 60)?;
        return Some((Clock { hour, minute }, at + 3));
    }
    Some((Clock { hour, minute: 0 }, at + 1))
}

/// What makes the digits a time: `a.m.`, `Uhr`, a zone, or `at` before `20:30`.
fn said(
    cursor: &Cursor<'_>,
    at: usize,
    place: usize,
    clock: Clock,
) -> Option<(Clock, usize, bool)> {
    if let Some((late, next)) = meridiem(cursor, place) {
        let hour = match (clock.hour, late) {
            (12, false) => 0,
            (12, true) => 12,
            (hour @ 1..=11, true) => hour + 12,
            (hour @ 0..=11, false) => hour,
            _ => return None,
        };
        return Some((Clock { hour, ..clock }, next, true));
    }
    match cursor.term(place) {
        Term::Clock => Some((clock, place + 1, true)),
        Term::Zone => Some((clock, place, true)),
        // `10 bis 15 Uhr`, `14.00 und 17.40 Uhr`
        Term::To | Term::Toward | Term::And | Term::Mark('-' | '–' | '/') => {
            let Term::Number(value, digits) = cursor.term(place + 1) else {
                return None;
            };
            let (_, after) = digits_of(cursor, place + 1, value, digits)?;
            let sure = matches!(cursor.term(after), Term::Clock | Term::Zone)
                || meridiem(cursor, after).is_some();
            Some((clock, place, sure))
        }
        _ => {
            let minutes = place > at + 1;
            let colon = cursor.term(at + 1) == Term::Mark(':');
            let led = cursor.before(at) == Term::At;
            Some((clock, place, minutes && colon && led))
        }
    }
}

/// `a.m.`, `pm`: whether it is the second half of the day, and the token after it.
fn meridiem(cursor: &Cursor<'_>, at: usize) -> Option<(bool, usize)> {
    let late = match cursor.term(at) {
        Term::Meridiem(12) => true,
        Term::Meridiem(_) | Term::One => false,
        _ => return None,
    };
    let dotted = cursor.term(at + 1) == Term::Mark('.')
        && cursor.glued(at + 1)
        && cursor.term(at + 2) == Term::Counted
        && cursor.glued(at + 2);
    if dotted {
        let stop = cursor.term(at + 3) == Term::Mark('.') && cursor.glued(at + 3);
        return Some((late, at + 3 + usize::from(stop)));
    }
    // a bare `a` is an article
    (cursor.term(at) != Term::One && cursor.tokens.get(at).is_some_and(|t| t.end - t.start == 2))
        .then_some((late, at + 1))
}

fn zone(cursor: &Cursor<'_>, at: usize) -> usize {
    let mut next = at;
    while cursor.term(next) == Term::Zone {
        next += 1;
    }
    next
}

/// The time with the day that follows it, when one does.
fn with_day(
    cursor: &Cursor<'_>,
    at: usize,
    next: usize,
    clock: Clock,
    rule: &'static str,
) -> Expression {
    let day = match cursor.term(next) {
        Term::Days(_) | Term::Weekday(_) | Term::Which(_) | Term::DaysPart(..) => {
            expression(cursor, next)
                .filter(|day| matches!(day.meaning, Meaning::Weekday { .. } | Meaning::Days { .. }))
        }
        _ => None,
    };
    match day {
        Some(day) => Expression {
            clock: Some(clock),
            ..cursor.found(at, day.next, day.meaning, rule)
        },
        None => Expression {
            clock: Some(clock),
            ..cursor.found(at, next, Meaning::TimeOfDay, rule)
        },
    }
}

/// `الساعة 13.47 بتوقيت جرينتش`, `الساعة التاسعة صباحاً`.
fn arabic(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let (mut clock, mut next) = match cursor.term(at + 1) {
        Term::Number(value, digits) => digits_of(cursor, at + 1, value, digits)?,
        Term::Ordinal(hour) => (Clock { hour, minute: 0 }, at + 2),
        _ => return None,
    };
    let late = match cursor.term(next) {
        Term::Part(Part::Morning) => Some(false),
        Term::Part(Part::Midday) => Some(clock.hour < 6),
        Term::Part(_) => Some(true),
        _ => None,
    };
    if let Some(late) = late {
        next += 1;
        if late && clock.hour < 12 {
            clock.hour += 12;
        }
    }
    Some(with_day(cursor, at, next, clock, "time on the clock"))
}
