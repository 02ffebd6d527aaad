//! Expressions that count units from the document's day or from what was spoken of before.

use chrono::{Datelike, NaiveDate};

use super::value;
use super::within;
use super::{Context, Resolved};
use crate::annotate::date::calendar;
use crate::annotate::date::expression::Length;
use crate::annotate::date::term::{Reference, Unit};

fn month_of(day: NaiveDate) -> u8 {
    u8::try_from(day.month()).unwrap_or(1)
}

/// The stretch of a unit that lies `count` units from a day.
fn shifted(from: NaiveDate, unit: Unit, count: i32, confidence: f32) -> Option<Resolved> {
    Some(match unit {
        Unit::Day => Resolved::day(calendar::shift(from, count), false, confidence),
        Unit::Week => within::week(calendar::shift(from, 7 * count), confidence),
        Unit::Month => {
            let (year, month) = calendar::shift_month(from.year(), month_of(from), count);
            within::whole_month(year, month, false, confidence)
        }
        Unit::Year => within::whole_year(from.year() + count, false, confidence),
        Unit::Decade => within::whole_year(from.year() + 10 * count, false, confidence * 0.9),
        Unit::Second
        | Unit::Minute
        | Unit::Hour
        | Unit::Weekend
        | Unit::Quarter
        | Unit::Half
        | Unit::Century => return None,
    })
}

/// `the same day`, `that year`, `the week before`.
pub(super) fn beside(unit: Unit, offset: i32, context: &Context) -> Resolved {
    let spoken = match unit {
        Unit::Day => context.spoken_day,
        _ => context.spoken.map(|(first, _)| first),
    };
    let (from, confidence) = match (spoken, context.document) {
        (Some(spoken), _) => (spoken, 0.7),
        (None, Some(document)) => (document, 0.4),
        (None, None) => return Resolved::open("XXXX-XX-XX".into()),
    };
    match shifted(from, unit, offset, confidence) {
        Some(found) if spoken.is_some() => found.noted("counted from what was spoken of before"),
        Some(found) => found,
        None => Resolved::open("XXXX-XX-XX".into()),
    }
}

/// `two days ago`: to the unit that it counts in; `a week ago` is a day.
pub(super) fn ago(count: i32, unit: Unit, context: &Context) -> Resolved {
    let Some(document) = context.document else {
        return Resolved::open("PAST_REF".into());
    };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour if count <= 12 => {
            Resolved::day(document, false, 0.8)
        }
        Unit::Week if count == 1 => Resolved::day(calendar::shift(document, -7), false, 0.6),
        _ => shifted(document, unit, -count, 0.8)
            .unwrap_or_else(|| Resolved::open(Reference::Past.value().into())),
    }
}

/// `the past 24 hours`: a duration, with the days that it covers.
pub(super) fn around(length: Length, side: i8, context: &Context) -> Resolved {
    let mut found = Resolved::stretch(value::duration(length), None, false, 0.8);
    if let (Some(document), Some(tenths)) = (context.document, length.tenths) {
        let tenths = u64::from(tenths);
        let days = match length.unit {
            Unit::Second | Unit::Minute => 0,
            Unit::Hour => tenths.div_ceil(240),
            Unit::Day => tenths / 10,
            Unit::Weekend | Unit::Week => tenths * 7 / 10,
            Unit::Month => tenths * 304 / 100,
            Unit::Quarter => tenths * 913 / 100,
            Unit::Half => tenths * 1826 / 100,
            Unit::Year => tenths * 36_525 / 1000,
            Unit::Decade => tenths * 3652 / 10,
            Unit::Century => tenths * 36_525 / 10,
        };
        // no news look further than some centuries
        let days = i32::try_from(days.min(200_000)).unwrap_or(0);
        let other = calendar::shift(document, if side < 0 { -days } else { days });
        found.days = Some((document.min(other), document.max(other)));
        found = found.noted(if side < 0 {
            "it ends at the document's day"
        } else {
            "it begins at the document's day"
        });
    }
    found
}
