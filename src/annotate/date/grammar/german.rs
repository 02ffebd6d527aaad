//! Expressions of German that no other language shares.

use super::Cursor;
use super::relative;
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Part, Reference, Term, Unit};

/// The German expression that starts at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    if !cursor.latin(at) {
        return None;
    }
    match cursor.first(at) {
        Term::Days(days) => day(cursor, at, days),
        Term::DaysAdjective(days) => Some(adjective(cursor, at, days)),
        Term::Beside(offset) => beside(cursor, at, offset),
        Term::PreviousDay => {
            let meaning = Meaning::Beside {
                unit: Unit::Day,
                offset: -1,
            };
            Some(cursor.found(at, at + 1, meaning, "counted from what was spoken of"))
        }
        Term::PreviousYear => Some(cursor.found(at, at + 1, Meaning::Years(-1), "Vorjahr")),
        Term::ThisYear => Some(cursor.found(at, at + 1, Meaning::Years(0), "heuer")),
        // `am Tag zuvor`, `am Tag darauf`, `im Jahr davor`
        Term::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year)) => {
            let offset = match cursor.term(at + 1) {
                Term::Before => -1,
                Term::Beside(1) => 1,
                _ => return None,
            };
            let meaning = Meaning::Beside { unit, offset };
            Some(cursor.found(at, at + 2, meaning, "counted from what was spoken of"))
        }
        Term::Unit(Unit::Weekend) => weekend(cursor, at),
        Term::Part(part) => relative::part_first(cursor, at, part),
        Term::Vague(reference) => {
            // `in Zukunft`; but `eine große Zukunft` is no time
            let led = cursor.after_preposition(at)
                || cursor.before(at) == Term::Article && cursor.after_preposition(at - 1);
            let noun = cursor.capital(at) && reference == Reference::Future;
            (!noun || led).then(|| cursor.found(at, at + 1, Meaning::Vague(reference), "vague"))
        }
        // `vor kurzem`
        Term::Ago if cursor.term(at + 1) == Term::Shortly => {
            let meaning = Meaning::Vague(Reference::Past);
            Some(cursor.found(at, at + 2, meaning, "vague"))
        }
        _ => None,
    }
}

/// `heute`, `gestern Abend`, `morgen`.
fn day(cursor: &Cursor<'_>, at: usize, days: i8) -> Option<Expression> {
    if days == 1 && cursor.capital(at) && !cursor.begins_sentence(at) {
        // `am Morgen`, `der Morgen`
        return relative::part_first(cursor, at, Part::Morning);
    }
    // `heute noch`, `auch heute`: not this day but these days
    let beside_still = cursor.before(at) == Term::Still || cursor.term(at + 1) == Term::Still;
    if days == 0 && beside_still {
        let meaning = Meaning::Vague(Reference::Present);
        return Some(cursor.found(at, at + 1, meaning, "these days"));
    }
    // `heute Freitag`, `gestern (Dienstag)`
    let mark = usize::from(matches!(cursor.term(at + 1), Term::Mark(',' | '(')));
    let (weekday, after) = match cursor.term(at + 1 + mark) {
        Term::Weekday(weekday) => {
            let closed =
                cursor.term(at + 1) == Term::Mark('(') && cursor.term(at + 3) == Term::Mark(')');
            (Some(weekday), at + 2 + mark + usize::from(closed))
        }
        _ => (None, at + 1),
    };
    if let Some(found) = relative::with_date(cursor, at, after, weekday) {
        return Some(found);
    }
    let part = relative::part_after(cursor, after);
    let next = part.map_or(after, |(_, next)| next);
    let meaning = Meaning::Days {
        days: i32::from(days),
        weekday,
    };
    let found = cursor.found(at, next, meaning, "heute, gestern, morgen");
    Some(Expression {
        part: part.map(|(part, _)| part),
        ..found
    })
}

/// `gestrigen Dienstag`, `heutigen Samstag`, `gestrigen Mittwochvormittag`, `heutigen Ukraine`.
fn adjective(cursor: &Cursor<'_>, at: usize, days: i8) -> Expression {
    let days = i32::from(days);
    let (weekday, part) = match cursor.term(at + 1) {
        Term::Weekday(weekday) => (Some(weekday), None),
        Term::WeekdayPart(weekday, part) => (Some(weekday), Some(part)),
        Term::Part(part) => (None, Some(part)),
        Term::Days(1) if cursor.capital(at + 1) => (None, Some(Part::Morning)),
        Term::Unit(Unit::Day) => (None, None),
        _ if days == 0 => {
            let meaning = Meaning::Vague(Reference::Present);
            return cursor.found(at, at + 1, meaning, "these days");
        }
        _ => {
            let meaning = Meaning::Days {
                days,
                weekday: None,
            };
            return cursor.found(at, at + 1, meaning, "gestrig, morgig");
        }
    };
    let meaning = Meaning::Days { days, weekday };
    let found = cursor.found(at, at + 2, meaning, "heutig, gestrig + Tag");
    Expression { part, ..found }
}

/// `selben Tag`, `folgenden Jahr`.
fn beside(cursor: &Cursor<'_>, at: usize, offset: i8) -> Option<Expression> {
    let offset = i32::from(offset);
    let (unit, part) = match cursor.term(at + 1) {
        Term::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year)) => (unit, None),
        Term::Part(part) => (Unit::Day, Some(part)),
        Term::Days(1) if cursor.capital(at + 1) => (Unit::Day, Some(Part::Morning)),
        _ => return None,
    };
    let meaning = Meaning::Beside { unit, offset };
    let found = cursor.found(at, at + 2, meaning, "counted from what was spoken of");
    Some(Expression { part, ..found })
}

/// `am Wochenende`.
fn weekend(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    cursor
        .after_preposition(at)
        .then(|| cursor.found(at, at + 1, Meaning::Weekend(None), "weekend"))
}

/// Tokens at the head of a text where `heute` is the day of the news.
const HEAD: usize = 60;

/// Essays and interviews say `heute` and mean these days. It is the day where the text reports:
/// near its head, beside other days that count from the document's, or with a verb in the past or
/// the future in its sentence.
pub(super) fn these_days(cursor: &Cursor<'_>, found: &mut [Expression]) {
    let reports = found.iter().any(|expression| match expression.meaning {
        Meaning::Days { days, .. } => days != 0 || expression.part.is_some(),
        Meaning::Weekday { .. } | Meaning::TimeOfDay => true,
        _ => false,
    });
    if reports {
        return;
    }
    for expression in found.iter_mut().filter(|one| one.first >= HEAD) {
        let bare = Meaning::Days {
            days: 0,
            weekday: None,
        };
        let tells = |at: usize| matches!(cursor.first(at), Term::PastMark | Term::FutureMark);
        let around = expression.first.saturating_sub(10)..expression.next + 10;
        if expression.meaning == bare && !around.into_iter().any(tells) {
            expression.meaning = Meaning::Vague(Reference::Present);
            expression.rule = "these days";
        }
    }
}
