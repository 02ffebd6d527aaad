//! Dates that name a month: `Friday, 4 November 2016`, `November 3, 2016`, `15. und 16. Jänner`,
//! `يوم 24 من تموز (يوليو)`, `Aug 142016`.

use super::Cursor;
use super::month;
use super::names::{self, MonthName};
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::{Term, Unit};
use crate::corpus::Language;

/// Finds the dates, or list of dates, that start at `at`; gives the token after them.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize, out: &mut Vec<Expression>) -> Option<usize> {
    let (weekday, start) = weekday_prefix(cursor, at);
    day_first(cursor, at, weekday, start, out)
        .or_else(|| month_first(cursor, at, weekday, start, out))
        .or_else(|| month::hijri(cursor, at, start, out))
        .or_else(|| {
            let found = month::month(cursor, at)?;
            out.push(found);
            Some(found.next)
        })
}

/// The weekday before a date, and where the date goes on: `Donnerstag, dem`, `يوم الثلاثاء`.
fn weekday_prefix(cursor: &Cursor<'_>, at: usize) -> (Option<u8>, usize) {
    let (weekday, mut next) = match names::weekday(cursor, at) {
        Some((weekday, _, next)) => (Some(weekday), next),
        // `يوم 24 يوليو`
        None if cursor.first(at) == Term::Unit(Unit::Day) && !cursor.capital(at) => (None, at + 1),
        None => return (None, at),
    };
    for _ in 0..2 {
        match cursor.term(next) {
            Term::Mark(',' | '،' | '(' | '.') | Term::Article | Term::Joint => next += 1,
            _ => break,
        }
    }
    (weekday, next)
}

/// `15. und 16. Jänner 2016`, `3–5 July`, `26 يونيو الماضي`.
fn day_first(
    cursor: &Cursor<'_>,
    at: usize,
    weekday: Option<u8>,
    start: usize,
    out: &mut Vec<Expression>,
) -> Option<usize> {
    let mut days: Vec<ListedDay> = Vec::new();
    let mut place = start;
    loop {
        let number =
            names::day_number(cursor, place).filter(|_| days.is_empty() || cursor.joined(place))?;
        let needs_dot = cursor.language == Language::German && days.len() < 7;
        let mut next = number.next;
        if cursor.term(next) == Term::Of || cursor.term(next) == Term::Unit(Unit::Month) {
            next += 1;
            if cursor.term(next) == Term::Unit(Unit::Month) {
                next += 1;
            }
        }
        let name = names::month(cursor, next).filter(|_| cursor.joined(next));
        if let Some(name) = name.filter(|name| plausible(cursor, next, name)) {
            let (year, end) = month::year_after(cursor, name.next);
            days.push(ListedDay {
                first: place,
                next: end,
                day: number.day,
            });
            push_days(cursor, at, weekday, year, name.month, &days, out);
            return Some(end);
        }
        // one more day of a list: the separator must be a list's
        let joint = cursor.term(number.next);
        let range = matches!(joint, Term::Mark('-' | '–' | '—' | '/')) && cursor.glued(number.next);
        let list = matches!(joint, Term::Mark(',') | Term::And | Term::To | Term::Toward) || range;
        if !list || days.len() >= 12 || (needs_dot && !number.dotted && !range) {
            return None;
        }
        days.push(ListedDay {
            first: place,
            next: number.next,
            day: number.day,
        });
        place = number.next + 1;
        // `11., 18., und 25. März`, `25. sowie am 26.`
        for _ in 0..2 {
            if matches!(
                cursor.term(place),
                Term::And | Term::Mark('.') | Term::Article | Term::Preposition | Term::Toward
            ) {
                place += 1;
            }
        }
    }
}

/// Whether a month's name after a day may be one: `may` and `mar` need their capital.
fn plausible(cursor: &Cursor<'_>, at: usize, name: &MonthName) -> bool {
    let bare = matches!(cursor.first(at), Term::ShortMonth(_)) && name.next == at + 1;
    // `9. Jan Kuppelwieser`
    if bare && cursor.language == Language::German && cursor.capital(name.next) {
        return false;
    }
    name.sure || cursor.capital(at) || cursor.tokens.get(at).is_some_and(|t| t.end - t.start > 3)
}

/// `November 3, 2016`, `April 24 and 25`, `Aug 142016`.
fn month_first(
    cursor: &Cursor<'_>,
    at: usize,
    weekday: Option<u8>,
    start: usize,
    out: &mut Vec<Expression>,
) -> Option<usize> {
    let name = names::month(cursor, start)?;
    if !plausible(cursor, start, &name) {
        return None;
    }
    let after = match cursor.term(name.next) {
        Term::Article | Term::Mark(',') if weekday.is_some() => name.next + 1,
        _ => name.next,
    };
    if let Some((day, year)) = glued_day_year(cursor, after) {
        let meaning = Meaning::Date {
            year: Year::Given(year),
            month: name.month,
            day,
            weekday,
        };
        out.push(cursor.found(at, after + 1, meaning, "glued date"));
        return Some(after + 1);
    }
    let mut days = days_after_month(cursor, after);
    // the wires' `May one`
    if days.is_empty()
        && cursor.term(after) == Term::Cardinal(1)
        && cursor.before(at) == Term::On
        && !matches!(
            cursor.term(after + 1),
            Term::Counted | Term::Units(_) | Term::Mark('-')
        )
    {
        days.push(ListedDay {
            first: after,
            next: after + 1,
            day: 1,
        });
    }
    let next = days.last()?.next;
    let (year, end) = month::year_after(cursor, next);
    if year == Year::Open {
        if cursor.language == Language::German || !cursor.capital(start) {
            return None;
        }
        // `in May 15 people were killed`
        if counted(cursor, next) {
            days.pop();
        }
    } else if let Some(last) = days.last_mut() {
        last.next = end;
    }
    let next = days.last()?.next;
    push_days(cursor, at, weekday, year, name.month, &days, out);
    Some(next)
}

/// One day of a date or of a list of days: its tokens `first..next` and its number.
struct ListedDay {
    first: usize,
    next: usize,
    day: u8,
}

/// `24 and 25`, `3-5`: the days behind a month.
fn days_after_month(cursor: &Cursor<'_>, at: usize) -> Vec<ListedDay> {
    let mut days: Vec<ListedDay> = Vec::new();
    let mut place = at;
    while let Some(number) = names::day_number(cursor, place).filter(|_| cursor.joined(place)) {
        let suffix = cursor.term(number.next - 1) == Term::OrdinalSuffix;
        let next = if suffix { number.next } else { place + 1 };
        let day = number.day;
        days.push(ListedDay {
            first: place,
            next,
            day,
        });
        let joint = cursor.term(next);
        let range = matches!(joint, Term::Mark('-' | '–' | '—')) && cursor.glued(next);
        if days.len() >= 6 || !(range || matches!(joint, Term::And | Term::To | Term::Toward)) {
            break;
        }
        place = next + 1;
    }
    days
}

/// Whether the number before `next` counts what follows, or is the hour of a time.
fn counted(cursor: &Cursor<'_>, next: usize) -> bool {
    let glued = cursor.glued(next);
    match cursor.term(next) {
        Term::Counted | Term::Units(_) | Term::Mark('%') => true,
        Term::Other => glued,
        Term::Mark(':') => {
            glued && cursor.glued(next + 1) && matches!(cursor.term(next + 1), Term::Number(..))
        }
        _ => false,
    }
}

/// Adds one expression for each day; the first has the tokens from `at` on.
fn push_days(
    cursor: &Cursor<'_>,
    at: usize,
    weekday: Option<u8>,
    year: Year,
    month: u8,
    days: &[ListedDay],
    out: &mut Vec<Expression>,
) {
    let rule = match (year, days.len()) {
        (Year::Given(_), 1) => "full date",
        (_, 1) => "day and month",
        _ => "list of days",
    };
    for (index, listed) in days.iter().enumerate() {
        let meaning = Meaning::Date {
            year,
            month,
            day: listed.day,
            weekday: weekday.filter(|_| index == 0),
        };
        let from = if index == 0 { at } else { listed.first };
        out.push(cursor.found(from, listed.next, meaning, rule));
    }
}

/// `142016`: a day and a year that lost the comma between them.
fn glued_day_year(cursor: &Cursor<'_>, at: usize) -> Option<(u8, i32)> {
    let Term::Number(value, 5 | 6) = cursor.term(at) else {
        return None;
    };
    let day = u8::try_from(value / 10_000)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let year = i32::try_from(value % 10_000)
        .ok()
        .filter(|year| (1900..=2100).contains(year))?;
    Some((day, year))
}
