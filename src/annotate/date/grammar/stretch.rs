//! Stretches of the calendar between a day and a decade: weeks, months, quarters, halves, seasons,
//! with the words that say which: `last week`, `das dritte Quartal 2009`, `الربع الأول من العام`.

use super::Cursor;
use super::{month, names};
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::{Part, Term, Unit};
use crate::corpus::Language;

/// The year of an expression that `last`, `this`, `next` stands before.
fn year(offset: i8) -> Year {
    match offset {
        ..=-1 => Year::Last,
        0 => Year::This,
        1.. => Year::Next,
    }
}

/// What `last`, `this` or `next` and a unit make; `None` for units that name no stretch.
pub(super) fn unit(offset: i8, unit: Unit) -> Option<(Meaning, &'static str)> {
    let offset = i32::from(offset);
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
        Unit::Quarter => {
            let year = Year::Offset(offset);
            (Meaning::Quarter { year, quarter: 0 }, "relative quarter")
        }
        Unit::Year => (Meaning::Years(offset), "relative year"),
        Unit::Decade => (Meaning::Decades(offset), "relative decade"),
        Unit::Century => (Meaning::Centuries(offset), "relative century"),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Half => return None,
    })
}

/// `last week`, `diesem Jahr`, `last night`, `next October`, `vergangenen Sommer`.
pub(super) fn which(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let Term::Which(offset) = cursor.first(at) else {
        return None;
    };
    let place = at + 1;
    match cursor.term(place) {
        Term::Unit(found) => {
            // `the last day`, `dieser Tag` count from elsewhere
            if found == Unit::Day {
                let that = offset == 0 && cursor.language == Language::German;
                let unit = Unit::Day;
                let meaning = Meaning::Beside { unit, offset: 0 };
                let rule = "counted from what was spoken of";
                return match offset {
                    1 => Some(following(cursor, at, None)),
                    _ => that.then(|| cursor.found(at, at + 2, meaning, rule)),
                };
            }
            // `the past decade` is a length, `last year` a year
            if found >= Unit::Decade && offset != 0 {
                return None;
            }
            let (meaning, rule) = unit(offset, found)?;
            Some(cursor.found(at, at + 2, meaning, rule))
        }
        Term::Part(part) => {
            // `last night`, `vergangene Nacht`; `this morning`; but no `next morning`
            let days = match (offset, part) {
                (-1, Part::Night | Part::Evening) => -1,
                (0, _) => 0,
                (1, _) => return Some(following(cursor, at, Some(part))),
                _ => return None,
            };
            let meaning = Meaning::Days {
                days,
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
                year: year(offset),
                season,
            };
            Some(cursor.found(at, at + 2, meaning, "relative season"))
        }
        Term::Month(_) | Term::MaybeMonth(_) => {
            let name = names::month(cursor, place)?;
            if !name.sure && !cursor.capital(place) {
                return None;
            }
            if let Some(number) = names::day_number(cursor, name.next) {
                let meaning = Meaning::Date {
                    year: year(offset),
                    month: name.month,
                    day: number.day,
                    weekday: None,
                };
                return Some(cursor.found(at, name.next + 1, meaning, "relative month and day"));
            }
            let meaning = Meaning::Month {
                year: year(offset),
                month: name.month,
            };
            Some(cursor.found(at, name.next, meaning, "relative month"))
        }
        // `diesem strengen Winter`
        Term::Other if cursor.latin(place) && !cursor.capital(place) => {
            match cursor.term(place + 1) {
                Term::Season(season) => {
                    let year = year(offset);
                    let meaning = Meaning::Season { year, season };
                    Some(cursor.found(at, place + 2, meaning, "relative season"))
                }
                _ => None,
            }
        }
        // `last year's third quarter` is left to the year
        _ => None,
    }
}

/// `the next day`, `the next morning`: after the day spoken of.
fn following(cursor: &Cursor<'_>, at: usize, part: Option<Part>) -> Expression {
    let meaning = Meaning::Beside {
        unit: Unit::Day,
        offset: 1,
    };
    Expression {
        part,
        ..cursor.found(at, at + 2, meaning, "counted from what was spoken of")
    }
}

/// `third quarter`, `zweiten Halbjahr 2015`, `second half of the year`, `Q3 2015`.
pub(super) fn quarter(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let number = match cursor.first(at) {
        Term::Ordinal(number @ 1..=4) => number,
        Term::Number(number @ 1..=4, 1) if cursor.glued(at + 1) => u8::try_from(number).ok()?,
        _ => return None,
    };
    let place = at + 1 + usize::from(matches!(cursor.first(at), Term::Number(..)));
    let half = match cursor.term(place) {
        Term::Unit(Unit::Quarter) => false,
        Term::Unit(Unit::Half) if number <= 2 => true,
        Term::Fraction if number <= 2 && cursor.term(place + 1) == Term::Of => true,
        _ => return None,
    };
    let (year, next) = year_of(cursor, place + 1);
    if cursor.term(place) == Term::Fraction && year == Year::Open {
        return None;
    }
    let (meaning, rule) = if half {
        (Meaning::Half { year, half: number }, "half of a year")
    } else {
        let quarter = number;
        (Meaning::Quarter { year, quarter }, "quarter")
    };
    Some(cursor.found(at, next, meaning, rule))
}

/// `الربع الثالث من 2015`, `النصف الأول من العام الجاري`.
pub(super) fn arabic_quarter(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let Term::Ordinal(number @ 1..=4) = cursor.term(at + 1) else {
        return None;
    };
    let (year, next) = year_of(cursor, at + 2);
    let (meaning, rule) = match cursor.first(at) {
        Term::Unit(Unit::Quarter) if year != Year::Open => {
            let quarter = number;
            (Meaning::Quarter { year, quarter }, "quarter")
        }
        Term::Unit(Unit::Half) if number <= 2 && year != Year::Open => {
            (Meaning::Half { year, half: number }, "half of a year")
        }
        _ => return None,
    };
    Some(cursor.found(at, next, meaning, rule))
}

/// The year that follows with or without `of`: `of this year`, `2009`, `des Vorjahres`, `من العام`.
fn year_of(cursor: &Cursor<'_>, at: usize) -> (Year, usize) {
    let (year, next) = month::year_after(cursor, at);
    if year != Year::Open {
        return (year, next);
    }
    let mut place = at;
    while matches!(cursor.term(place), Term::Of | Term::Article) {
        place += 1;
    }
    if place > at && cursor.term(place) == Term::Unit(Unit::Year) {
        return (Year::Offset(0), place + 1);
    }
    (Year::Open, at)
}

/// `summer 2016`, `in the winter`, `im Sommer`, `Winter 2014/15`, `صيف 2015`.
pub(super) fn season(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let Term::Season(season) = cursor.first(at) else {
        return None;
    };
    let (year, mut next) = month::year_after(cursor, at + 1);
    if year != Year::Open {
        // `2014/15`
        if matches!(cursor.term(next), Term::Mark('/'))
            && cursor.glued(next)
            && matches!(cursor.term(next + 1), Term::Number(_, 2 | 4))
        {
            next += 2;
        }
        return Some(cursor.found(
            at,
            next,
            Meaning::Season { year, season },
            "season and year",
        ));
    }
    // `the fall of Mosul`, `spring water`, `Winter Palace`: only the two that mean nothing else
    let alone = if cursor.language == Language::German {
        cursor.latin(at)
    } else {
        matches!(season, 1 | 3) && cursor.latin(at) && !cursor.capital(at)
    };
    let led = cursor.after_preposition(at) || matches!(cursor.before(at), Term::Article);
    if !alone || !led || cursor.term(at + 1) == Term::Of || cursor.compound(at, at + 1) {
        return None;
    }
    Some(cursor.found(at, at + 1, Meaning::Season { year, season }, "season"))
}
