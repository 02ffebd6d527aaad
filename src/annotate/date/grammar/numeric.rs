//! Dates in digits alone: `2016-11-04`, `04.11.2016`, `4.11.`, `11/4/2016`, `٤/١١/٢٠١٦`.

use super::Cursor;
use super::names;
use crate::annotate::date::calendar;
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::Term;
use crate::corpus::Language;

/// Finds a date in digits at `at`; gives the token after it.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize, out: &mut Vec<Expression>) -> Option<usize> {
    let Term::Number(first, first_digits) = cursor.first(at) else {
        return None;
    };
    if names::within_number(cursor, at) {
        return None;
    }
    if let Some(found) = spaced(cursor, at) {
        out.push(found);
        return Some(found.next);
    }
    let separator = separator(cursor, at + 1)?;
    let (second, second_digits) = number(cursor, at + 2)?;
    let third = match cursor.term(at + 3) {
        Term::Mark(mark) if mark == separator && cursor.glued(at + 3) => number(cursor, at + 4),
        _ => None,
    };
    let found = match (first_digits, third) {
        (4, Some((day, 1 | 2))) => {
            let (year, month, day) = (year(first, 4)?, small(second)?, small(day)?);
            let _ = calendar::day(year, month, day).or_else(|| hijri(year, month, day))?;
            let meaning = if year < 1600 {
                Meaning::Hijri {
                    year: Some(year),
                    month,
                    day: Some(day),
                }
            } else {
                Meaning::Date {
                    year: Year::Given(year),
                    month,
                    day,
                    weekday: None,
                }
            };
            cursor.found(at, at + 5, meaning, "ISO date")
        }
        (1 | 2, Some((last, digits @ (2 | 4)))) if second_digits <= 2 => {
            let meaning = three(
                cursor.language,
                separator,
                small(first)?,
                small(second)?,
                year(last, digits)?,
                digits,
            )?;
            cursor.found(at, at + 5, meaning, "date in digits")
        }
        // `4.11.`: the German short form, where a price or a score has no second full stop
        (1 | 2, None)
            if separator == '.'
                && cursor.language == Language::German
                && second_digits <= 2
                && cursor.glued(at + 3)
                && cursor.term(at + 3) == Term::Mark('.') =>
        {
            let (day, month) = (small(first)?, small(second)?);
            let _ = calendar::day(2000, month, day)?;
            let meaning = Meaning::Date {
                year: Year::Open,
                month,
                day,
                weekday: None,
            };
            cursor.found(at, at + 4, meaning, "day and month in digits")
        }
        _ => return None,
    };
    let more = matches!(cursor.term(found.next), Term::Mark('.' | ':'))
        && cursor.glued(found.next + 1)
        && matches!(cursor.term(found.next + 1), Term::Number(..));
    // part of a longer number: a version, an address
    if cursor.glued(found.next) && more
        || cursor.glued(found.next)
            && matches!(
                cursor.term(found.next),
                Term::Number(..) | Term::Mark('/' | '-' | '_')
            )
    {
        return None;
    }
    out.push(found);
    Some(found.next)
}

/// `30. 9. 2015`, `29.7. 2015`.
fn spaced(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let (Term::Number(day, 1 | 2), Term::Number(month, 1 | 2)) =
        (cursor.first(at), cursor.term(at + 2))
    else {
        return None;
    };
    let dotted = |at: usize| cursor.term(at) == Term::Mark('.') && cursor.glued(at);
    if !dotted(at + 1) || !dotted(at + 3) || cursor.glued(at + 4) {
        return None;
    }
    let year = names::year_number(cursor, at + 4)?;
    let (month, day) = (small(month)?, small(day)?);
    let _ = calendar::day(year, month, day)?;
    let meaning = Meaning::Date {
        year: Year::Given(year),
        month,
        day,
        weekday: None,
    };
    Some(cursor.found(at, at + 5, meaning, "date in digits"))
}

fn separator(cursor: &Cursor<'_>, at: usize) -> Option<char> {
    match cursor.term(at) {
        Term::Mark(mark @ ('-' | '.' | '/' | '‑' | '–')) if cursor.glued(at) => Some(mark),
        _ => None,
    }
}

fn number(cursor: &Cursor<'_>, at: usize) -> Option<(u32, u8)> {
    match cursor.term(at) {
        Term::Number(value, digits) if cursor.glued(at) => Some((value, digits)),
        _ => None,
    }
}

fn small(value: u32) -> Option<u8> {
    u8::try_from(value).ok().filter(|n| (1..=31).contains(n))
}

fn year(value: u32, digits: u8) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    match digits {
        4 if (1300..=2100).contains(&value) => Some(value),
        // the pivot of POSIX strptime's %y
        2 if value < 69 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => None,
    }
}

fn hijri(year: i32, month: u8, day: u8) -> Option<chrono::NaiveDate> {
    calendar::from_hijri(year, month, day)
}

/// Day and month of a date with the year last.
fn three(
    language: Language,
    separator: char,
    first: u8,
    second: u8,
    year: i32,
    digits: u8,
) -> Option<Meaning> {
    if year < 1600 && digits == 4 {
        let _ = hijri(year, second, first)?;
        return Some(Meaning::Hijri {
            year: Some(year),
            month: second,
            day: Some(first),
        });
    }
    // two digits of a year only in the form that is used for nothing else
    if digits == 2 && !(separator == '.' && language == Language::German || separator == '/') {
        return None;
    }
    let day_first = calendar::day(year, second, first).is_some();
    let month_first = calendar::day(year, first, second).is_some();
    let english = !matches!(language, Language::German | Language::Arabic);
    let date = |month, day| Meaning::Date {
        year: Year::Given(year),
        month,
        day,
        weekday: None,
    };
    match (day_first, month_first) {
        (true, true) if first != second && english && separator != '.' => {
            Some(Meaning::Ambiguous {
                year,
                first,
                second,
            })
        }
        (true, _) => Some(date(second, first)),
        (false, true) if separator != '.' => Some(date(first, second)),
        _ => None,
    }
}
