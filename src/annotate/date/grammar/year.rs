//! Years, decades and centuries. A plain number is no year: something beside it must say so.

use super::Cursor;
use super::names;
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Term, Unit};
use crate::corpus::Language;

/// Years that news speak of without further support than a preposition.
const USUAL: std::ops::RangeInclusive<i32> = 1900..=2059;

/// A year, decade or century at `at` that its neighbours support. `list` tells that a year stands
/// just before, joined with `and`, a comma or a dash.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize, list: bool) -> Option<Expression> {
    match cursor.first(at) {
        Term::Number(..) => decade(cursor, at)
            .or_else(|| century(cursor, at))
            .or_else(|| supported(cursor, at, list)),
        Term::Ordinal(_) => century(cursor, at),
        Term::DecadeName(tens) => decade_name(cursor, at, tens),
        Term::Unit(Unit::Year) => apposition(cursor, at),
        Term::Units(Unit::Year) if cursor.latin(at) => {
            let found = at_usual(cursor, at + 1)?;
            Some(cursor.found(at, found.next, found.meaning, "year with its noun"))
        }
        _ => None,
    }
}

/// The year at a place where the rule that asks gives the support.
pub(super) fn at(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    decade(cursor, at)
        .or_else(|| century(cursor, at))
        .or_else(|| at_usual(cursor, at))
}

fn at_usual(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let year = names::year_number(cursor, at).filter(|_| !names::within_number(cursor, at))?;
    if !(1500..=2059).contains(&year) || counted(cursor, at + 1) {
        return None;
    }
    Some(cursor.found(at, at + 1, Meaning::Year(year), "year"))
}

/// `Jahr 2014`, `year 2014`, `عام 2014`, `العام 2014`.
fn apposition(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let year = names::year_number(cursor, at + 1)?;
    if cursor.term(at + 2) == Term::HijriMark || (1300..1500).contains(&year) && !cursor.latin(at) {
        let meaning = Meaning::HijriYear(year);
        let marked = usize::from(cursor.term(at + 2) == Term::HijriMark);
        return Some(cursor.found(at, at + 2 + marked, meaning, "Islamic calendar"));
    }
    Some(cursor.found(at, at + 2, Meaning::Year(year), "year with its noun"))
}

/// Whether what follows is counted by the number, so that it is no year.
fn counted(cursor: &Cursor<'_>, next: usize) -> bool {
    // `2000 bis 3000 Grad`
    if matches!(cursor.term(next), Term::To | Term::Toward)
        && let Term::Number(to, digits) = cursor.term(next + 1)
        && !(digits == 4 && (1000..=2100).contains(&to))
        && digits >= 3
    {
        return true;
    }
    // `1800 و2000 لاجئ`
    if matches!(
        cursor.term(next),
        Term::And | Term::To | Term::Mark('-' | '–')
    ) && matches!(cursor.term(next + 1), Term::Number(..))
        && matches!(cursor.term(next + 2), Term::Counted)
    {
        return true;
    }
    if cursor.glued(next) {
        return match cursor.term(next) {
            Term::Mark('%' | '€' | '$' | '°' | '+' | '@' | '_' | '#') => true,
            Term::Mark('.' | ',' | ':' | '/') => {
                cursor.glued(next + 1)
                    && matches!(cursor.term(next + 1), Term::Number(..))
                    && !matches!(
                        (cursor.term(next), cursor.term(next + 1)),
                        (Term::Mark('/'), Term::Number(_, 2 | 4))
                    )
            }
            Term::Mark(_) | Term::End => false,
            _ => true,
        };
    }
    matches!(
        cursor.term(next),
        Term::Counted
            | Term::Units(_)
            | Term::Clock
            | Term::Zone
            | Term::Pair(_)
            | Term::Mark('%' | '€' | '$')
    )
}

fn supported(cursor: &Cursor<'_>, at: usize, list: bool) -> Option<Expression> {
    let year = names::year_number(cursor, at)?;
    if names::within_number(cursor, at) || counted(cursor, at + 1) {
        return None;
    }
    let usual = USUAL.contains(&year);
    let before = cursor.before(at);
    let bracketed = before == Term::Mark('(')
        && matches!(
            cursor.term(at + 1),
            Term::Mark(')' | '-' | '–' | '/' | ',' | '،' | ';')
        );
    let rule = if list {
        "year in a list"
    } else if bracketed && (1000..=2059).contains(&year) {
        "year in brackets"
    } else if cursor.after_preposition(at) || matches!(before, Term::Of | Term::To) {
        if !(usual || year >= 1500 && closes(cursor, at + 1)) {
            return None;
        }
        "year after a preposition"
    } else if range_follows(cursor, at + 1, year) && (usual || lifetime(cursor, at)) {
        "range of years"
    } else if usual
        && matches!(before, Term::Mark('-'))
        && cursor.before(at - 1) == Term::Preposition
    {
        "post- or pre-year"
    } else if usual && stands_alone(cursor, at, before) {
        "bare year"
    } else {
        return None;
    };
    // `2007/08`: a season of sports or a financial year, not one of the calendar
    let split = cursor.term(at + 1) == Term::Mark('/')
        && cursor.glued(at + 1)
        && matches!(cursor.term(at + 2), Term::Number(_, 2));
    if split {
        return None;
    }
    Some(cursor.found(at, at + 1, Meaning::Year(year), rule))
}

/// Whether the clause or sentence ends, so that nothing is counted.
fn closes(cursor: &Cursor<'_>, next: usize) -> bool {
    match cursor.term(next) {
        Term::End
        | Term::Mark(_)
        | Term::And
        | Term::Preposition
        | Term::Since
        | Term::Toward
        | Term::To => true,
        Term::Other | Term::PastMark | Term::FutureMark => {
            cursor.latin(next) && !cursor.capital(next) && cursor.language == Language::German
        }
        _ => false,
    }
}

fn range_follows(cursor: &Cursor<'_>, at: usize, from: i32) -> bool {
    matches!(cursor.term(at), Term::Mark('-' | '–'))
        && names::year_number(cursor, at + 1).is_some_and(|to| (from..=2059).contains(&to))
}

/// `– 1170-1230;`: two years between marks.
fn lifetime(cursor: &Cursor<'_>, at: usize) -> bool {
    matches!(cursor.before(at), Term::Mark(_))
        && cursor.glued(at + 1)
        && matches!(cursor.term(at + 3), Term::Mark(_) | Term::End)
}

/// Years without a preposition: usual in German, in English only as an attribute or after a name.
fn stands_alone(cursor: &Cursor<'_>, at: usize, before: Term) -> bool {
    let next = at + 1;
    let follower_is_noun = cursor.latin(next) && cursor.capital(next);
    match cursor.language {
        Language::German => {
            let noun_before = at > 0 && cursor.latin(at - 1) && cursor.capital(at - 1);
            let led = noun_before && !cursor.begins_sentence(at - 1);
            !matches!(before, Term::Cardinal(_) | Term::Number(..) | Term::Some)
                && (closes(cursor, next)
                    || led && !follower_is_noun
                    || !follower_is_noun && cursor.latin(next))
        }
        Language::Arabic => false,
        Language::English | Language::Other => {
            let attribute = matches!(
                before,
                Term::Article | Term::One | Term::Which(_) | Term::Beside(_)
            ) && cursor.latin(next)
                && matches!(
                    cursor.term(next),
                    Term::Other | Term::FutureMark | Term::PastMark | Term::Season(_)
                );
            let named = at > 0
                && cursor.latin(at - 1)
                && cursor.capital(at - 1)
                && before == Term::Other
                && (1980..=2035).contains(&names::year_number(cursor, at).unwrap_or(0))
                && matches!(
                    cursor.term(next),
                    Term::Mark(_) | Term::End | Term::Preposition | Term::Month(_)
                );
            attribute || named
        }
    }
}

/// `1990s`, `70s`, `1990er-Jahre`, `60er Jahren`.
fn decade(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let Term::Number(value, digits @ (2 | 4)) = cursor.first(at) else {
        return None;
    };
    let apostrophe = usize::from(matches!(cursor.term(at + 1), Term::Mark('\'' | '’')));
    let suffix = at + 1 + apostrophe;
    if value % 10 != 0 || !cursor.glued(suffix) || cursor.term(suffix) != Term::DecadeSuffix {
        return None;
    }
    let decade = match digits {
        4 if (1500..=2090).contains(&value) => value / 10,
        // `in his 30s` is an age
        2 if value >= 20
            && (matches!(cursor.before(at), Term::Article | Term::And | Term::Edge(_))
                || cursor.after_preposition(at)
                || matches!(cursor.before(at), Term::Mark('\'' | '’'))) =>
        {
            190 + value / 10
        }
        _ => return None,
    };
    let mut next = suffix + 1;
    if cursor.language == Language::German {
        let dash = usize::from(cursor.term(next) == Term::Mark('-'));
        match cursor.term(next + dash) {
            Term::Units(Unit::Year) => next += dash + 1,
            _ => return None,
        }
    }
    Some(cursor.found(
        at,
        next,
        Meaning::Decade(i32::try_from(decade).ok()?),
        "decade",
    ))
}

/// `nineties`, `neunziger Jahre`, `ثمانينيات القرن الماضي`.
fn decade_name(cursor: &Cursor<'_>, at: usize, tens: u8) -> Option<Expression> {
    let mut next = at + 1;
    if cursor.language == Language::German {
        let dash = usize::from(cursor.term(next) == Term::Mark('-'));
        if cursor.term(next + dash) != Term::Units(Unit::Year) {
            return None;
        }
        next += dash + 1;
    } else if !cursor.latin(at) {
        let of = cursor.term(next) == Term::Of;
        next += usize::from(of);
        match (cursor.term(next), cursor.term(next + 1)) {
            (Term::Unit(Unit::Century), Term::Which(-1) | Term::Cardinal(20)) => next += 2,
            // `في الستينات من عمره` is an age
            _ if cursor.after_preposition(at) && !of => next = at + 1,
            _ => return None,
        }
    }
    Some(cursor.found(at, next, Meaning::Decade(190 + i32::from(tens)), "decade"))
}

/// `19th century`, `15. Jahrhunderts`, `القرن العشرين`.
fn century(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let (number, place) = match cursor.first(at) {
        Term::Number(value @ 1..=21, 1 | 2) if cursor.glued(at + 1) => (value, at + 2),
        Term::Ordinal(number) => (u32::from(number), at + 1),
        _ => return None,
    };
    let dash = usize::from(cursor.term(place) == Term::Mark('-'));
    if cursor.term(place + dash) != Term::Unit(Unit::Century) {
        return None;
    }
    let meaning = Meaning::Century(i32::try_from(number).ok()? - 1);
    Some(cursor.found(at, place + dash + 1, meaning, "century"))
}
