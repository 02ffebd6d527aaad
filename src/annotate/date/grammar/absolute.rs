//! Dates that name a month: `Friday, 4 November 2016`, `November 3, 2016`, `15. und 16. Jänner`,
//! `يوم 24 من تموز (يوليو)`, `Aug 142016`.

use super::Cursor;
use super::names::{self, MonthName};
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::{Term, Unit};
use crate::corpus::Language;

/// Finds the dates, or list of dates, that start at `at`; gives the token after them.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize, out: &mut Vec<Expression>) -> Option<usize> {
    let (weekday, start) = weekday_prefix(cursor, at);
    day_first(cursor, at, weekday, start, out)
        .or_else(|| month_first(cursor, at, weekday, start, out))
        .or_else(|| hijri(cursor, at, start, out))
        .or_else(|| {
            let found = month(cursor, at)?;
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
    if cursor.term(next) == Term::End {
        // the date would stand in another paragraph
        return (None, at);
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
        let number = names::day_number(cursor, place)?;
        let needs_dot = cursor.language == Language::German && days.len() < 7;
        let mut next = number.next;
        if cursor.term(next) == Term::Of || cursor.term(next) == Term::Unit(Unit::Month) {
            next += 1;
            if cursor.term(next) == Term::Unit(Unit::Month) {
                next += 1;
            }
        }
        let same_paragraph = cursor.term(next) != Term::End;
        if let Some(name) = names::month(cursor, next)
            .filter(|name| same_paragraph && plausible(cursor, next, name))
        {
            let (year, end) = year_after(cursor, name.next);
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
        let list = matches!(joint, Term::Mark(',') | Term::And | Term::To) || range;
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
    let next = days.last()?.next;
    let (year, end) = year_after(cursor, next);
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
    while let Some(number) = names::day_number(cursor, place) {
        if cursor.term(place) == Term::End {
            break;
        }
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
        if days.len() >= 6 || !(range || matches!(joint, Term::And | Term::To)) {
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

/// The year that follows a day or month, and the token after it.
pub(super) fn year_after(cursor: &Cursor<'_>, at: usize) -> (Year, usize) {
    let mut place = at;
    for _ in 0..3 {
        match cursor.term(place) {
            Term::Mark(',' | '،' | '.' | '/' | '-' | '’' | '\'')
            | Term::Of
            | Term::Article
            | Term::Preposition
            | Term::Joint => place += 1,
            Term::Unit(Unit::Year) if names::year_number(cursor, place + 1).is_some() => place += 1,
            _ => break,
        }
    }
    // a number beyond an empty line is a time of day or a count, not this day's year
    if cursor.term(place) == Term::End {
        return (Year::Open, at);
    }
    let comma_only = place == at
        || cursor.term(at) != Term::Preposition
        || matches!(cursor.term(place - 1), Term::Unit(Unit::Year));
    if let Some(year) = names::year_number(cursor, place) {
        if comma_only && !matches!(cursor.term(place + 1), Term::Counted) {
            return (Year::Given(year), place + 1);
        }
        return (Year::Open, at);
    }
    if cursor.term(place) == Term::PreviousYear {
        return (Year::Offset(-1), place + 1);
    }
    match (cursor.term(place), cursor.term(place + 1)) {
        // `August vorigen Jahres`, `April next year`, `من العام الماضي`
        (Term::Which(offset), Term::Unit(Unit::Year))
        | (Term::Unit(Unit::Year), Term::Which(offset)) => {
            return (Year::Offset(i32::from(offset)), place + 2);
        }
        _ => {}
    }
    // `26 يونيو الماضي`
    match cursor.term(at) {
        Term::Which(which) if !cursor.latin(at) => {
            let year = match which {
                -1 => Year::Last,
                0 => Year::This,
                _ => Year::Next,
            };
            (year, at + 1)
        }
        _ => (Year::Open, at),
    }
}

/// `15 شوال 1436 هـ`, `شهر رمضان`.
fn hijri(cursor: &Cursor<'_>, at: usize, start: usize, out: &mut Vec<Expression>) -> Option<usize> {
    let (day, mut place) = match names::day_number(cursor, start) {
        Some(number) => (Some(number.day), number.next),
        None => (None, start),
    };
    let mut named = false;
    while matches!(cursor.term(place), Term::Of | Term::Unit(Unit::Month)) {
        named |= cursor.term(place) == Term::Unit(Unit::Month);
        place += 1;
    }
    let (month, mut next) = names::hijri_month(cursor, place)?;
    let mut year = None;
    let after = next + usize::from(matches!(cursor.term(next), Term::Unit(Unit::Year)));
    if let Term::Number(value @ 1300..=1500, 4) = cursor.term(after) {
        year = i32::try_from(value).ok();
        next = after + 1;
        if cursor.term(next) == Term::HijriMark {
            next += 1;
        }
    }
    if day.is_none() && year.is_none() && !named {
        return None;
    }
    let from = if day.is_some() || start == at {
        at
    } else {
        start
    };
    out.push(cursor.found(
        from,
        next,
        Meaning::Hijri { year, month, day },
        "Islamic calendar",
    ));
    Some(next)
}

/// `July 2016`, `in May`, `شهر أغسطس (آب) الحالي`.
pub(super) fn month(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let named = cursor.first(at) == Term::Unit(Unit::Month) && !cursor.latin(at);
    let start = at + usize::from(named);
    let name = names::month(cursor, start)?;
    let (year, next) = year_after(cursor, name.next);
    let latin = cursor.latin(start);
    if year == Year::Open {
        if latin && cursor.compound(start, start + 1) {
            return None;
        }
        let supported = name.sure
            || named
            || matches!(cursor.before(at), Term::Edge(_) | Term::To)
            || cursor.after_preposition(at)
            || matches!(cursor.before(at), Term::Of) && latin;
        let short = matches!(cursor.first(start), Term::ShortMonth(_));
        let stopped = short && name.next == start + 2;
        let capital = cursor.capital(start) || !latin;
        if !supported || !capital && !name.sure || short && !stopped {
            return None;
        }
    }
    let year = match year {
        Year::Open => shared_year(cursor, name).unwrap_or(Year::Open),
        _ => year,
    };
    // a trailing full stop belongs to the sentence
    let next = if next == name.next && latin {
        start + 1
    } else {
        next
    };
    let meaning = Meaning::Month {
        year,
        month: name.month,
    };
    let rule = if matches!(year, Year::Given(_)) {
        "month and year"
    } else {
        "month"
    };
    Some(cursor.found(at, next, meaning, rule))
}

/// The year of a range that stands at its other end only: `between October and December 2015`.
fn shared_year(cursor: &Cursor<'_>, name: MonthName) -> Option<Year> {
    if !matches!(
        cursor.term(name.next),
        Term::And | Term::To | Term::Mark('-' | '–')
    ) {
        return None;
    }
    let end = names::month(cursor, name.next + 1)?;
    match year_after(cursor, end.next).0 {
        Year::Given(year) => Some(Year::Given(year - i32::from(name.month > end.month))),
        _ => None,
    }
}
