//! Expressions of Arabic, in a document of any language.

use super::Cursor;
use super::{relative, stretch};
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Term, Unit};
use crate::annotate::date::token::Token;

/// The Arabic expression that starts at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    if cursor.latin(at) {
        return None;
    }
    match cursor.first(at) {
        Term::Days(days) => day(cursor, at, days),
        // `أول من أمس`
        Term::Ordinal(1)
            if cursor.term(at + 1) == Term::Of && cursor.term(at + 2) == Term::Days(-1) =>
        {
            let meaning = Meaning::Days {
                days: -2,
                weekday: None,
            };
            Some(cursor.found(at, at + 3, meaning, "day before yesterday"))
        }
        Term::DaysPart(days, part) => {
            // `الليلة الماضية`
            let last = cursor.term(at + 1) == Term::Which(-1);
            let meaning = Meaning::Days {
                days: i32::from(days) - i32::from(last),
                weekday: None,
            };
            let next = at + 1 + usize::from(last);
            let found = cursor.found(at, next, meaning, "tonight, last night");
            Some(Expression {
                part: Some(part),
                ..found
            })
        }
        Term::Unit(unit) => {
            stretch::arabic_quarter(cursor, at).or_else(|| this_unit(cursor, at, unit))
        }
        // `هذا العام`, `ذلك اليوم`
        Term::Which(0) => match cursor.term(at + 1) {
            Term::Unit(unit) => {
                let (meaning, rule) = stretch::unit(0, unit)?;
                Some(cursor.found(at, at + 2, meaning, rule))
            }
            Term::Days(0) => {
                let meaning = Meaning::Days {
                    days: 0,
                    weekday: None,
                };
                Some(cursor.found(at, at + 2, meaning, "today, yesterday, tomorrow"))
            }
            _ => None,
        },
        // but `وذلك لليوم السابع`
        Term::Beside(0) if cursor.tokens.get(at + 1).is_some_and(Token::clitic) => None,
        Term::Beside(0) => match cursor.term(at + 1) {
            Term::Days(0) => {
                let unit = Unit::Day;
                let meaning = Meaning::Beside { unit, offset: 0 };
                Some(cursor.found(at, at + 2, meaning, "counted from what was spoken of"))
            }
            Term::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)) => {
                let meaning = Meaning::Beside { unit, offset: 0 };
                Some(cursor.found(at, at + 2, meaning, "counted from what was spoken of"))
            }
            _ => None,
        },
        Term::Part(part) => relative::part_first(cursor, at, part),
        Term::Vague(reference) => {
            Some(cursor.found(at, at + 1, Meaning::Vague(reference), "vague"))
        }
        _ => None,
    }
}

/// `الأسبوع الماضي`, `العام المقبل`, `العام نفسه`.
fn this_unit(cursor: &Cursor<'_>, at: usize, unit: Unit) -> Option<Expression> {
    // `الأمين العام الحالي`: the secretary general
    if cursor.before(at) == Term::General {
        return None;
    }
    match cursor.term(at + 1) {
        // not `المائة سنة الأخيرة`
        Term::Which(offset) if cursor.definite(at) => {
            let (meaning, rule) = stretch::unit(offset, unit)?;
            Some(cursor.found(at, at + 2, meaning, rule))
        }
        Term::Beside(offset)
            if matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year) =>
        {
            let offset = i32::from(offset);
            let meaning = Meaning::Beside { unit, offset };
            Some(cursor.found(at, at + 2, meaning, "counted from what was spoken of"))
        }
        _ => None,
    }
}

/// `اليوم`, `أمس الاثنين`, `اليوم (الثلاثاء)`, `أمس الأول`.
fn day(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    // `عين اليوم`, `اليوم العالمي`
    if days == 0 && part_of_name(cursor, at) || cursor.term(at + 1) == Term::NameTail {
        return None;
    }
    let mut days = i32::from(days);
    let mut next = at + 1;
    match cursor.term(next) {
        // `أمس الأول`: the day before yesterday
        Term::Ordinal(1) if days == -1 => {
            days = -2;
            next += 1;
        }
        // `أمس (الأول)`
        Term::Mark('(')
            if days == -1
                && cursor.term(next + 1) == Term::Ordinal(1)
                && cursor.term(next + 2) == Term::Mark(')') =>
        {
            days = -2;
            next += 3;
        }
        // `اليوم الأول`: a day that is counted from elsewhere
        Term::Ordinal(_) => return None,
        Term::Beside(offset) if days == 0 => {
            let meaning = Meaning::Beside {
                unit: Unit::Day,
                offset: i32::from(offset),
            };
            return Some(cursor.found(at, at + 2, meaning, "counted from what was spoken of"));
        }
        Term::Which(offset) if days == 0 && offset != 0 => {
            let meaning = Meaning::Days {
                days: i32::from(offset),
                weekday: None,
            };
            return Some(cursor.found(at, at + 2, meaning, "today, yesterday, tomorrow"));
        }
        _ => {}
    }
    let bracket = usize::from(matches!(
        cursor.term(next),
        Term::Mark('(' | '،' | ',' | '-')
    ));
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
    let meaning = Meaning::Days { days, weekday };
    let rule = if weekday.is_some() {
        "today or yesterday + weekday"
    } else {
        "today, yesterday, tomorrow"
    };
    if let Some(found) = relative::with_date(cursor, at, next, weekday) {
        return Some(found);
    }
    // `في اليوم`: each day
    let each = cursor.before(at) == Term::On && !cursor.tokens.get(at)?.clitic();
    if each && days == 0 && weekday.is_none() {
        return None;
    }
    let part = relative::part_after(cursor, next);
    let next = part.map_or(next, |(_, next)| next);
    let found = cursor.found(at, next, meaning, rule);
    Some(Expression {
        part: part.map(|(part, _)| part),
        ..found
    })
}

/// Whether `اليوم` belongs to a name or is no calendar day: `عين اليوم`, قناة "روسيا اليوم",
/// `«اليوم»`, `اليوم العالمي`.
fn part_of_name(cursor: &Cursor<'_>, at: usize) -> bool {
    let quote = |term| matches!(term, Term::Mark('"' | '«' | '»' | '“' | '”' | '\''));
    let quoted = quote(cursor.before(at)) && quote(cursor.term(at + 1));
    let head = (2..=3)
        .filter_map(|back| at.checked_sub(back))
        .any(|place| cursor.first(place) == Term::NameHead);
    quoted || head || cursor.before(at) == Term::Name || cursor.term(at + 1) == Term::NameTail
}
