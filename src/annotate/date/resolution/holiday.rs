//! Feasts: the day of each in a year, and which year is meant.

use chrono::{Datelike, NaiveDate};

use super::{Context, Resolved};
use crate::annotate::date::calendar;
use crate::annotate::date::expression::Year;
use crate::annotate::date::tense::Direction;
use crate::annotate::date::term::Holiday;

/// The day of a feast in a year of the Gregorian calendar.
fn day(holiday: Holiday, year: i32) -> Option<NaiveDate> {
    let from_easter = |days| calendar::easter(year).map(|easter| calendar::shift(easter, days));
    match holiday {
        Holiday::NewYear => calendar::day(year, 1, 1),
        Holiday::NewYearEve => calendar::day(year, 12, 31),
        Holiday::Christmas => calendar::day(year, 12, 25),
        Holiday::ChristmasEve => calendar::day(year, 12, 24),
        // the fourth Thursday of November
        Holiday::Thanksgiving => {
            calendar::day(year, 11, 22).map(|first| calendar::weekday_not_before(first, 3))
        }
        Holiday::GoodFriday => from_easter(-2),
        Holiday::Easter => from_easter(0),
        Holiday::EasterMonday => from_easter(1),
        Holiday::Ascension => from_easter(39),
        Holiday::Pentecost => from_easter(49),
        Holiday::CorpusChristi => from_easter(60),
        Holiday::AllSaints => calendar::day(year, 11, 1),
        Holiday::EidAlFitr => islamic(year, 10, 1),
        Holiday::EidAlAdha => islamic(year, 12, 10),
    }
}

/// The first such day of the Islamic calendar in a Gregorian year.
fn islamic(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    let guess = (year - 622) * 33 / 32;
    (guess - 1..=guess + 2)
        .filter_map(|hijri| calendar::from_hijri(hijri, month, day))
        .find(|day| day.year() == year)
}

/// The feast's day: in the year given, else the nearest that the words allow.
pub(super) fn resolve(year: Year, holiday: Holiday, context: &Context) -> Option<Resolved> {
    let islamic = matches!(holiday, Holiday::EidAlFitr | Holiday::EidAlAdha);
    let confidence = if islamic { 0.6 } else { 0.9 };
    let (found, stated) = match (year, context.document) {
        (Year::Given(year), _) => (day(holiday, year)?, true),
        (_, None) => return Some(Resolved::open("XXXX-XX-XX".into())),
        (year, Some(document)) => {
            let this = document.year();
            let near = [this - 1, this, this + 1]
                .into_iter()
                .filter_map(|year| day(holiday, year));
            let found = match year {
                Year::Offset(years) => day(holiday, this + years)?,
                Year::This => day(holiday, this)?,
                Year::Last => near.filter(|day| *day < document).max()?,
                Year::Next => near.filter(|day| *day > document).min()?,
                Year::Open | Year::Given(_) => {
                    let cost = |day: &NaiveDate| {
                        let days = (*day - document).num_days();
                        let ahead = context.direction == Direction::Future;
                        if (days > 0) == ahead {
                            days.abs()
                        } else {
                            2 * days.abs()
                        }
                    };
                    near.min_by_key(cost)?
                }
            };
            (found, false)
        }
    };
    let resolved = Resolved::day(found, stated, confidence);
    Some(if islamic {
        resolved.noted("by the tables of the Islamic calendar; the sighting may differ by a day")
    } else {
        resolved
    })
}
