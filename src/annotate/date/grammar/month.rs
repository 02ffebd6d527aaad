//! Months with or without their years, and the years that stand behind days and months:
//! `July 2016`, `August vorigen Jahres`, `شهر أغسطس (آب) الحالي`, `15 شوال 1436 هـ`.

use super::Cursor;
use super::names::{self, MonthName};
use crate::annotate::date::expression::{Expression, Meaning, Year};
use crate::annotate::date::term::{Term, Unit};

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
    if !cursor.joined(place) {
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
pub(super) fn hijri(
    cursor: &Cursor<'_>,
    at: usize,
    start: usize,
    out: &mut Vec<Expression>,
) -> Option<usize> {
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
