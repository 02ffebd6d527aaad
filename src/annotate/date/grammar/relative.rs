//! Days that count from the document's day and read alike in several languages: `Friday`,
//! `last Friday night`, `صباح الأربعاء`, `the night of 23 October`.

use super::Cursor;
use super::{absolute, expression, names};
use crate::annotate::date::expression::{Expression, Meaning, Which};
use crate::annotate::date::term::{Part, Term};
use crate::corpus::Language;

/// The `Which` of `last`, `this`, `next`.
fn which(offset: i8) -> Which {
    match offset {
        ..=-1 => Which::Last,
        0 => Which::This,
        1.. => Which::Next,
    }
}

/// `Friday`, `last Friday`, `Freitagabend`, `يوم الجمعة المقبل`.
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
    // `Black Monday`, `MIP-Montag`
    if cursor.before(place) == Term::Name && (cursor.capital(place - 1) || !cursor.latin(place - 1))
        || cursor.compound(place, place + 1)
    {
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
        Term::Days(1) if cursor.language == Language::German => Some((Part::Morning, at + 1)),
        _ => None,
    }
}

/// A part of day that comes first: `مساء أمس`, `the night of Friday`, `Morgenstunden des
/// 13. Februar`; or alone, on the day spoken of: `am Nachmittag`.
pub(super) fn part_first(cursor: &Cursor<'_>, at: usize, part: Part) -> Option<Expression> {
    let mut place = at + 1;
    for _ in 0..2 {
        match cursor.term(place) {
            Term::Of | Term::Article | Term::Mark('،') => place += 1,
            _ => break,
        }
    }
    if place == at + 1 && cursor.latin(at) {
        // `Nacht auf den 28. Juli`: the date speaks for itself
        let leads = matches!(cursor.term(place), Term::Preposition | Term::Toward);
        return if leads && part == Part::Night {
            None
        } else {
            alone(cursor, at, part)
        };
    }
    let mut dates = Vec::new();
    let day = absolute::rule(cursor, place, &mut dates)
        .and_then(|_| dates.into_iter().next())
        .or_else(|| expression(cursor, place));
    let Some(day) = day.filter(|day| {
        matches!(
            day.meaning,
            Meaning::Weekday { .. }
                | Meaning::Days { .. }
                | Meaning::Date { .. }
                | Meaning::Beside { .. }
        )
    }) else {
        return alone(cursor, at, part);
    };
    let whole = cursor.found(at, day.next, day.meaning, "part of day + day");
    Some(Expression {
        part: day.part.or(Some(part)),
        ..whole
    })
}

/// `am Nachmittag`, `in the evening`: on the day spoken of.
fn alone(cursor: &Cursor<'_>, at: usize, part: Part) -> Option<Expression> {
    if !cursor.latin(at) || cursor.language != Language::German || !cursor.capital(at) {
        return None;
    }
    let led = cursor.after_preposition(at)
        || cursor.before(at) == Term::Article && cursor.after_preposition(at - 1);
    led.then(|| Expression {
        part: Some(part),
        ..cursor.found(at, at + 1, Meaning::TimeOfDay, "part of the day spoken of")
    })
}

/// `اليوم الخميس 01 أكتوبر 2015`, `heute, 4. Mai 2016`: a relative day that is also told by its
/// date is one expression. `at` is its first token, `next` where the date may start.
pub(super) fn with_date(
    cursor: &Cursor<'_>,
    at: usize,
    next: usize,
    named: Option<u8>,
) -> Option<Expression> {
    let mut place = next;
    for _ in 0..2 {
        match cursor.term(place) {
            Term::Mark(',' | '،' | '(') | Term::Article | Term::Joint => place += 1,
            _ => break,
        }
    }
    if !matches!(cursor.term(place), Term::Number(..)) {
        return None;
    }
    let mut dates = Vec::new();
    absolute::rule(cursor, place, &mut dates)?;
    let [date] = dates[..] else {
        return None;
    };
    let Meaning::Date {
        year,
        month,
        day,
        weekday,
    } = date.meaning
    else {
        return None;
    };
    let meaning = Meaning::Date {
        year,
        month,
        day,
        weekday: weekday.or(named),
    };
    Some(cursor.found(at, date.next, meaning, "today or yesterday + date"))
}
