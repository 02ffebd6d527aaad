//! The names of days and months, in the forms in which they stand in text: with their full stops,
//! in two words, doubled as in `يوليو (تموز)`.

use super::Cursor;
use crate::annotate::date::term::{Term, Unit};
use crate::annotate::date::token::Token;

/// A month's name at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthName {
    pub(super) month: u8,
    /// Whether the word can mean nothing else.
    pub(super) sure: bool,
    /// The token after it.
    pub(super) next: usize,
}

/// The month whose name starts at `at`.
pub(super) fn month(cursor: &Cursor<'_>, at: usize) -> Option<MonthName> {
    let one = single_month(cursor, at)?;
    if cursor.tokens.get(at).is_some_and(Token::capital) {
        return Some(one);
    }
    // the same month again, by its other name
    let bracket = matches!(
        cursor.term(one.next),
        Term::Mark('(' | '[' | '/' | '-' | '–' | '،')
    );
    let other_at = one.next + usize::from(bracket);
    if let Some(other) = single_month(cursor, other_at).filter(|other| other.month == one.month) {
        let closed = matches!(cursor.term(other.next), Term::Mark(')' | ']'));
        let opened = matches!(cursor.term(one.next), Term::Mark('(' | '['));
        return Some(MonthName {
            month: one.month,
            sure: true,
            next: other.next + usize::from(closed && opened),
        });
    }
    Some(one)
}

fn single_month(cursor: &Cursor<'_>, at: usize) -> Option<MonthName> {
    let name = |month, sure, next| Some(MonthName { month, sure, next });
    match cursor.first(at) {
        Term::Month(month) => name(month, true, at + 1),
        Term::MaybeMonth(month) => name(month, false, at + 1),
        Term::ShortMonth(month) => {
            let stop = cursor.term(at + 1) == Term::Mark('.') && cursor.glued(at + 1);
            name(month, false, at + 1 + usize::from(stop))
        }
        Term::MonthHead(head) => match (head, cursor.term(at + 1)) {
            (1, Term::Ordinal(1)) => name(12, true, at + 2),
            (1, Term::Ordinal(2)) => name(1, true, at + 2),
            (2, Term::Ordinal(1)) => name(10, true, at + 2),
            (2, Term::Ordinal(2)) => name(11, true, at + 2),
            _ => None,
        },
        _ => None,
    }
}

/// The Islamic month whose name starts at `at`, and the token after it.
pub(super) fn hijri_month(cursor: &Cursor<'_>, at: usize) -> Option<(u8, usize)> {
    match (cursor.first(at), cursor.term(at + 1)) {
        (Term::Hijri(month), _) => Some((month, at + 1)),
        (Term::HijriHead(11), Term::HijriTail(month)) => Some((month, at + 2)),
        (Term::HijriHead(head @ (3 | 5)), Term::Ordinal(n @ (1 | 2))) => {
            Some((head + n - 1, at + 2))
        }
        _ => None,
    }
}

/// The weekday whose name starts at `at`, whether it is a full name, and the token after it.
/// Arabic `يوم` before it belongs to it.
pub(super) fn weekday(cursor: &Cursor<'_>, at: usize) -> Option<(u8, bool, usize)> {
    match cursor.first(at) {
        Term::Weekday(weekday) => Some((weekday, true, at + 1)),
        Term::MaybeWeekday(weekday) if cursor.capital(at) => {
            let stop = cursor.term(at + 1) == Term::Mark('.') && cursor.glued(at + 1);
            Some((weekday, false, at + 1 + usize::from(stop)))
        }
        Term::Unit(Unit::Day) => match cursor.term(at + 1) {
            Term::Weekday(weekday) => Some((weekday, true, at + 2)),
            _ => None,
        },
        _ => None,
    }
}

/// The day of a month written as a number at `at`, and the token after it with its `th` or full
/// stop; `dotted` tells whether it had one.
pub(super) struct DayNumber {
    pub(super) day: u8,
    pub(super) dotted: bool,
    pub(super) next: usize,
}

pub(super) fn day_number(cursor: &Cursor<'_>, at: usize) -> Option<DayNumber> {
    if let Term::Ordinal(day) = cursor.first(at) {
        return arabic_ordinal(cursor, at, day);
    }
    let Term::Number(value @ 1..=31, 1 | 2) = cursor.first(at) else {
        return None;
    };
    if within_number(cursor, at) {
        return None;
    }
    let day = u8::try_from(value).ok()?;
    let dotted = cursor.glued(at + 1)
        && matches!(cursor.term(at + 1), Term::OrdinalSuffix | Term::Mark('.'))
        // `4.5 million`
        && !(cursor.glued(at + 2) && matches!(cursor.term(at + 2), Term::Number(..)));
    Some(DayNumber {
        day,
        dotted,
        next: at + 1 + usize::from(dotted),
    })
}

/// `السادس من أغسطس`, `الخامس عشر من`, `الثالث والعشرين من`.
fn arabic_ordinal(cursor: &Cursor<'_>, at: usize, day: u8) -> Option<DayNumber> {
    if cursor.latin(at) {
        return None;
    }
    let (day, next) = match cursor.term(at + 1) {
        Term::Cardinal(tens @ (10 | 20 | 30)) => (day + u8::try_from(tens).ok()?, at + 2),
        _ => (day, at + 1),
    };
    (cursor.term(next) == Term::Of && (1..=31).contains(&day)).then_some(DayNumber {
        day,
        dotted: false,
        next,
    })
}

/// Whether the number at `at` goes on with what stands before it: `2.500`, `U16`, `1,000`.
pub(super) fn within_number(cursor: &Cursor<'_>, at: usize) -> bool {
    if !cursor.glued(at) {
        return false;
    }
    match cursor.before(at) {
        Term::Mark('.' | ',' | ':' | '٫' | '٬' | '\'' | '’') => {
            cursor.glued(at - 1) && matches!(cursor.before(at - 1), Term::Number(..))
        }
        Term::Mark('$' | '€' | '£' | '#' | '@' | '_' | '+') | Term::Number(..) => true,
        // a letter: `U16`; but a month may be glued to its number, and Arabic clitics are
        Term::Mark(_)
        | Term::And
        | Term::End
        | Term::Month(_)
        | Term::MaybeMonth(_)
        | Term::ShortMonth(_)
        | Term::Ordinal(_) => false,
        _ => !cursor.clitic(at - 1),
    }
}

/// A year written as four digits at `at`.
pub(super) fn year_number(cursor: &Cursor<'_>, at: usize) -> Option<i32> {
    let Term::Number(value @ 1000..=2100, 4) = cursor.first(at) else {
        return None;
    };
    let fraction = cursor.glued(at + 1)
        && cursor.glued(at + 2)
        && matches!(cursor.term(at + 1), Term::Mark('.' | ',' | '٫' | ':'))
        && matches!(cursor.term(at + 2), Term::Number(..));
    let unit = cursor.glued(at + 1) && matches!(cursor.term(at + 1), Term::Mark('%' | '€' | '$'));
    if fraction || unit {
        return None;
    }
    i32::try_from(value).ok()
}
