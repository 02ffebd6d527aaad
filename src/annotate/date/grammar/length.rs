//! Lengths of time, and what hangs on them: `three days`, `two weeks ago`, `vor einem Jahr`,
//! `قبل يومين`, `the past 24 hours`, `every day`.

use super::Cursor;
use super::names;
use crate::annotate::date::expression::{Expression, Length, Meaning};
use crate::annotate::date::term::{Reference, Term, Unit};
use crate::corpus::Language;

/// A counted unit, and the token after it.
struct Counted {
    length: Length,
    next: usize,
}

impl Counted {
    /// The number, when it is known and whole.
    fn whole(&self) -> Option<i32> {
        let tenths = self.length.tenths.filter(|tenths| tenths % 10 == 0)?;
        i32::try_from(tenths / 10)
            .ok()
            .filter(|count| *count < 10_000)
    }
}

/// `three`, `24`, `einem`, `several`: a number in tenths (`None` for an untold one), and the token
/// after it.
fn count(cursor: &Cursor<'_>, at: usize) -> Option<(Option<u32>, usize)> {
    match cursor.first(at) {
        Term::Number(value, _) if !names::within_number(cursor, at) && value < 100_000 => {
            Some((Some(value * 10), at + 1))
        }
        Term::Cardinal(value) => {
            // `twenty-five`
            let dash = usize::from(cursor.term(at + 1) == Term::Mark('-'));
            match cursor.term(at + 1 + dash) {
                Term::Cardinal(unit @ 1..=9) if (20..100).contains(&value) && cursor.latin(at) => {
                    Some((Some(u32::from(value + unit) * 10), at + 2 + dash))
                }
                // `خمسة عشر`, `خمسة وعشرين`
                Term::Cardinal(tens @ (10 | 20 | 30 | 40 | 50))
                    if value < 10 && !cursor.latin(at) && dash == 0 =>
                {
                    Some((Some(u32::from(value + tens) * 10), at + 2))
                }
                _ => Some((Some(u32::from(value) * 10), at + 1)),
            }
        }
        Term::Tenths(tenths) => Some((Some(u32::from(tenths)), at + 1)),
        Term::One => match cursor.term(at + 1) {
            // `a few`, `ein paar`
            Term::Some => Some((None, at + 2)),
            _ => Some((Some(10), at + 1)),
        },
        Term::Some => {
            let of = usize::from(cursor.term(at + 1) == Term::Of);
            Some((None, at + 1 + of))
        }
        _ => None,
    }
}

/// A number and its unit: `two days`, `16-hour`, `ثلاثة أيام`, `يومين`.
fn counted(cursor: &Cursor<'_>, at: usize) -> Option<Counted> {
    match cursor.first(at) {
        Term::Pair(unit) => {
            return Some(Counted {
                length: Length {
                    tenths: Some(20),
                    unit,
                },
                next: at + 1,
            });
        }
        Term::Lasting(number, unit) => {
            let tenths = (number > 0).then(|| u32::from(number) * 10);
            return Some(Counted {
                length: Length { tenths, unit },
                next: at + 1,
            });
        }
        _ => {}
    }
    let (tenths, mut place) = count(cursor, at)?;
    let dash = matches!(cursor.term(place), Term::Mark('-' | '–')) && cursor.glued(place);
    place += usize::from(dash && cursor.glued(place + 1));
    // `two more weeks`, `three consecutive days`
    if cursor.term(place) == Term::Counted && matches!(cursor.term(place + 1), Term::Units(_)) {
        place += 1;
    }
    match cursor.term(place) {
        Term::Unit(unit) | Term::Units(unit) => Some(Counted {
            length: Length { tenths, unit },
            next: place + 1,
        }),
        _ => None,
    }
}

/// The rule for lengths of time at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    match cursor.first(at) {
        Term::Every => every(cursor, at),
        // `يومي 1 و2 مارس`: two days of the calendar
        Term::Recurring(_)
            if !cursor.latin(at)
                && matches!(cursor.term(at + 1), Term::Number(..) | Term::Weekday(_)) =>
        {
            None
        }
        Term::Recurring(unit) => {
            let length = Length {
                tenths: Some(10),
                unit,
            };
            Some(cursor.found(at, at + 1, Meaning::Every(length), "recurring"))
        }
        Term::Weekdays(weekday) => {
            // `Saturdays attack`: a genitive that lost its apostrophe
            let recurs = cursor.language == Language::German || cursor.before(at) == Term::On;
            let meaning = if recurs {
                Meaning::EveryWeekday(weekday)
            } else {
                let which = crate::annotate::date::expression::Which::Bare;
                Meaning::Weekday { weekday, which }
            };
            Some(cursor.found(at, at + 1, meaning, "weekdays"))
        }
        Term::Ago => ago_before(cursor, at),
        Term::Since if !cursor.latin(at) => ago_before(cursor, at),
        Term::Which(side) => around(cursor, at, side),
        Term::Recent => around(cursor, at, -1),
        Term::Units(_) if !cursor.latin(at) => arabic_around(cursor, at),
        _ => ago_after(cursor, at).or_else(|| duration(cursor, at)),
    }
}

/// `two days ago`, `a year ago`, `a year earlier`.
fn ago_after(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let found = counted(cursor, at)?;
    if cursor.term(found.next) != Term::Ago || cursor.language == Language::German {
        return None;
    }
    Some(ago(cursor, at, found.next + 1, &found, at))
}

/// `vor zwei Tagen`, `قبل يومين`: the span leaves the preposition out in German.
fn ago_before(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let mut place = at + 1;
    // `vor etwa`, `vor mehr als`, `قبل أكثر من`
    if cursor.term(place) == Term::Approximately {
        place += 1;
        place += usize::from(matches!(cursor.term(place), Term::Than | Term::Of));
    }
    let found = match (counted(cursor, place), cursor.term(place)) {
        (Some(found), _) => found,
        // `قبل أسبوع`, `قبل عام`; but `قبل عام 2011`
        (None, Term::Unit(unit))
            if !cursor.latin(place)
                && !matches!(
                    cursor.term(place + 1),
                    Term::Number(..) | Term::Which(_) | Term::Weekday(_) | Term::Ordinal(_)
                )
                && names::month(cursor, place + 1).is_none() =>
        {
            Counted {
                length: Length {
                    tenths: Some(10),
                    unit,
                },
                next: place + 1,
            }
        }
        (None, Term::Units(unit)) if !cursor.latin(place) => Counted {
            length: Length { tenths: None, unit },
            next: place + 1,
        },
        _ => return None,
    };
    let german = cursor.latin(at);
    let since = cursor.first(at) == Term::Since;
    let first = if german || since { place } else { at };
    // German corpora take longer units for a duration, and so is what follows Arabic since
    if since || german && found.length.unit > Unit::Day {
        let meaning = Meaning::Around {
            length: found.length,
            side: -1,
        };
        return Some(cursor.found(first, found.next, meaning, "length before the document"));
    }
    Some(ago(cursor, first, found.next, &found, at))
}

fn ago(cursor: &Cursor<'_>, first: usize, next: usize, found: &Counted, _at: usize) -> Expression {
    let unit = found.length.unit;
    match found.whole() {
        Some(count) => cursor.found(first, next, Meaning::Ago { count, unit }, "so long ago"),
        None if unit <= Unit::Hour => {
            let meaning = Meaning::Ago { count: 0, unit };
            cursor.found(first, next, meaning, "so long ago")
        }
        None if cursor.language == Language::German => {
            let meaning = Meaning::Around {
                length: found.length,
                side: -1,
            };
            cursor.found(first, next, meaning, "length before the document")
        }
        None => cursor.found(
            first,
            next,
            Meaning::Vague(Reference::Past),
            "some time ago",
        ),
    }
}

/// `the past 24 hours`, `den kommenden zwei Jahren`, `recent days`.
fn around(cursor: &Cursor<'_>, at: usize, side: i8) -> Option<Expression> {
    let place = at + 1;
    let (length, next) = match (counted(cursor, place), cursor.term(place)) {
        (Some(found), _) if !matches!(cursor.term(place), Term::One) => (found.length, found.next),
        (_, Term::Units(unit)) => (Length { tenths: None, unit }, place + 1),
        // `the past decade`
        (_, Term::Unit(unit @ (Unit::Decade | Unit::Century))) => {
            let tenths = Some(10);
            (Length { tenths, unit }, place + 1)
        }
        _ => return None,
    };
    let meaning = Meaning::Around { length, side };
    Some(cursor.found(at, next, meaning, "length beside the document"))
}

/// `الأيام الثلاثة الماضية`, `الأسابيع الأخيرة`, `السنوات القليلة المقبلة`.
fn arabic_around(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let Term::Units(unit) = cursor.first(at) else {
        return None;
    };
    let mut place = at + 1;
    let mut tenths = None;
    match cursor.term(place) {
        Term::Cardinal(number) => {
            tenths = Some(u32::from(number) * 10);
            place += 1;
        }
        Term::Number(number, 1..=3) => {
            tenths = Some(number * 10);
            place += 1;
        }
        Term::Some => place += 1,
        _ => {}
    }
    let Term::Which(side) = cursor.term(place) else {
        return None;
    };
    let length = Length { tenths, unit };
    let meaning = Meaning::Around { length, side };
    Some(cursor.found(at, place + 1, meaning, "length beside the document"))
}

/// `every day`, `jeden Montag`, `each of the last three years`, `كل أسبوع`.
fn every(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let place = at + 1;
    let (meaning, next) = match cursor.term(place) {
        Term::Unit(unit) => {
            let length = Length {
                tenths: Some(10),
                unit,
            };
            (Meaning::Every(length), place + 1)
        }
        Term::Weekday(weekday) | Term::WeekdayPart(weekday, _) => {
            (Meaning::EveryWeekday(weekday), place + 1)
        }
        Term::Ordinal(_) => match cursor.term(place + 1) {
            Term::Weekday(weekday) => (Meaning::EveryWeekday(weekday), place + 2),
            _ => return None,
        },
        Term::Part(_) => {
            let length = Length {
                tenths: Some(10),
                unit: Unit::Day,
            };
            (Meaning::Every(length), place + 1)
        }
        _ => {
            let found = counted(cursor, place)?;
            (Meaning::Every(found.length), found.next)
        }
    };
    Some(cursor.found(at, next, meaning, "recurring"))
}

/// `three days`, `16-hour`, `zweieinhalb Jahre`, `سنتين`.
fn duration(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let mut found = counted(cursor, at)?;
    if cursor.term(found.next) == Term::Age {
        return None;
    }
    // `the other day`, `one day`: no length
    if cursor.first(at) == Term::One && cursor.latin(at) && found.length.unit == Unit::Day {
        return None;
    }
    // `عامين الماضيين`
    if let Term::Which(side) = cursor.term(found.next)
        && !cursor.latin(found.next)
    {
        let meaning = Meaning::Around {
            length: found.length,
            side,
        };
        return Some(cursor.found(at, found.next + 1, meaning, "length beside the document"));
    }
    // `خمس سنوات ونصف السنة`
    if cursor.term(found.next) == Term::Fraction && cursor.clitic(found.next) {
        found.length.tenths = found.length.tenths.map(|tenths| tenths + 5);
        let unit = matches!(cursor.term(found.next + 1), Term::Unit(_));
        found.next += 1 + usize::from(unit);
    }
    Some(cursor.found(at, found.next, Meaning::Duration(found.length), "duration"))
}
