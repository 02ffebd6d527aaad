//! Expressions that name something within a year: which year is meant.

use chrono::{Datelike, NaiveDate};

use super::value;
use super::{Context, Resolved};
use crate::annotate::date::calendar;
use crate::annotate::date::expression::Year;
use crate::annotate::date::tense::Direction;

/// What is left of the confidence in a date whose weekday says otherwise: one of both is wrong, or
/// they do not belong together.
const CONTRADICTION: f32 = 0.3;
/// How many days after the document a day without a year may lie when the words do not look ahead.
const AHEAD: i64 = 92;
/// The same when they do.
const AHEAD_FUTURE: i64 = 300;

/// `4 November`: the year that the text gives, or the one that brings it near the document.
pub(super) fn date(
    year: Year,
    month: u8,
    day: u8,
    weekday: Option<u8>,
    context: &Context,
) -> Option<Resolved> {
    // 29 February exists in some year at least
    calendar::day(2000, month, day)?;
    let (year, stated, confidence, note) = match (year, context.document) {
        (Year::Given(year), _) => (year, true, 0.98, None),
        (_, None) => match context.year {
            Some(year) => (year, false, 0.7, Some("the year that the text gave before")),
            None => return Some(Resolved::open(format!("XXXX-{month:02}-{day:02}"))),
        },
        (year, Some(document)) => {
            let (year, confidence, note) = day_year(year, month, day, weekday, document, context);
            (year, false, confidence, note)
        }
    };
    let found = calendar::day(year, month, day)?;
    let mut resolved = Resolved::day(found, stated, confidence);
    if let Some(note) = note {
        resolved = resolved.noted(note);
    }
    if let Some(wanted) = weekday
        && calendar::weekday(found) != wanted
    {
        resolved.confidence *= CONTRADICTION;
        resolved = resolved.noted(format!(
            "contradiction: {} is a {}, the text says {}",
            found.format("%Y-%m-%d"),
            value::weekday_name(calendar::weekday(found)),
            value::weekday_name(wanted),
        ));
    }
    Some(resolved)
}

fn day_year(
    year: Year,
    month: u8,
    day: u8,
    weekday: Option<u8>,
    document: NaiveDate,
    context: &Context,
) -> (i32, f32, Option<&'static str>) {
    let this = document.year();
    let distance = |year| calendar::day(year, month, day).map(|day| (day - document).num_days());
    match year {
        Year::Given(year) => return (year, 0.98, None),
        Year::Offset(years) => return (this + years, 0.93, None),
        Year::This => return (this, 0.93, None),
        Year::Last => {
            let past = distance(this).is_some_and(|days| days <= 0);
            return (
                if past { this } else { this - 1 },
                0.95,
                Some("the latest before the document's day"),
            );
        }
        Year::Next => {
            let ahead = distance(this).is_some_and(|days| days >= 0);
            return (
                if ahead { this } else { this + 1 },
                0.95,
                Some("the first after the document's day"),
            );
        }
        Year::Open => {}
    }
    if let Some(wanted) = weekday {
        let fits = |year: &i32| {
            calendar::day(*year, month, day).is_some_and(|day| calendar::weekday(day) == wanted)
        };
        let near = [
            this,
            this - 1,
            this + 1,
            this - 2,
            this - 3,
            this - 4,
            this - 5,
        ]
        .into_iter()
        .filter(fits)
        .min_by_key(|year| distance(*year).map_or(i64::MAX, i64::abs));
        if let Some(year) = near.filter(|year| distance(*year).is_some_and(|days| days.abs() < 400))
        {
            return (year, 0.95, Some("the year in which the weekday fits"));
        }
    }
    if let Some(year) = context.year {
        return (year, 0.85, Some("the year that the text gave before"));
    }
    let ahead = if context.direction == Direction::Future {
        AHEAD_FUTURE
    } else {
        AHEAD
    };
    let year = [this + 1, this, this - 1]
        .into_iter()
        .find(|year| distance(*year).is_some_and(|days| days <= ahead))
        .unwrap_or(this);
    let far = distance(year).is_some_and(|days| !(-200..=60).contains(&days));
    (
        year,
        if far { 0.8 } else { 0.93 },
        Some("the year nearest to the document's day"),
    )
}

/// `03/04/2016`: the reading that lies nearer to the document, not after it.
pub(super) fn ambiguous(year: i32, first: u8, second: u8, context: &Context) -> Option<Resolved> {
    let day_first = calendar::day(year, second, first)?;
    let month_first = calendar::day(year, first, second)?;
    let Some(document) = context.document else {
        return Some(
            Resolved::day(day_first, true, 0.5).noted("day and month may be the other way round"),
        );
    };
    let cost = |day: NaiveDate| {
        let days = (day - document).num_days();
        if days > 0 { 3 * days } else { -days }
    };
    let (near, far) = if cost(month_first) < cost(day_first) {
        (month_first, day_first)
    } else {
        (day_first, month_first)
    };
    Some(Resolved::day(near, true, 0.75).noted(format!(
        "day and month may be the other way round: {}",
        far.format("%Y-%m-%d")
    )))
}

/// Days and months of the Islamic calendar, by its tabular form.
pub(super) fn hijri(
    year: Option<i32>,
    month: u8,
    day: Option<u8>,
    context: &Context,
) -> Option<Resolved> {
    let year = match (year, context.document) {
        (Some(year), _) => year,
        (None, None) => return Some(Resolved::open("XXXX".into())),
        (None, Some(document)) => {
            // the one that begins nearest to the document
            let guess = (document.year() - 622) * 33 / 32 + 1;
            (guess - 2..=guess + 1).min_by_key(|year| {
                calendar::from_hijri(*year, month, day.unwrap_or(1))
                    .map_or(i64::MAX, |day| (day - document).num_days().abs())
            })?
        }
    };
    let first = calendar::from_hijri(year, month, day.unwrap_or(1))?;
    let note = format!(
        "{year}-{month:02} of the Islamic calendar, by its tables; the sighting may differ by a day"
    );
    if day.is_some() {
        let mut resolved = Resolved::day(first, false, 0.7);
        resolved.days = Some((first, first));
        return Some(resolved.noted(note));
    }
    let (next_year, next_month) = calendar::shift_month(year, month, 1);
    let last = calendar::from_hijri(next_year, next_month, 1)?.pred_opt()?;
    Some(
        Resolved::stretch(
            first.format("%Y-%m").to_string(),
            Some((first, last)),
            false,
            0.5,
        )
        .noted(note),
    )
}

/// The ISO week of a day.
pub(super) fn week(day: NaiveDate, confidence: f32) -> Resolved {
    let monday = calendar::monday(day);
    let week = day.iso_week();
    Resolved::stretch(
        format!("{}-W{:02}", week.year(), week.week()),
        Some((monday, calendar::shift(monday, 6))),
        false,
        confidence,
    )
}

/// The weekend of a week; without a number the one that the words point to.
pub(super) fn weekend(weeks: Option<i32>, context: &Context) -> Resolved {
    let Some(document) = context.document else {
        return Resolved::open("XXXX-WXX-WE".into());
    };
    let this = calendar::monday(document);
    let ended = calendar::weekday(document) >= 5;
    let monday = match weeks {
        Some(weeks) => calendar::shift(this, 7 * weeks),
        None if ended || context.direction == Direction::Future => this,
        None => calendar::shift(this, -7),
    };
    let week = monday.iso_week();
    Resolved::stretch(
        format!("{}-W{:02}-WE", week.year(), week.week()),
        Some((calendar::shift(monday, 5), calendar::shift(monday, 6))),
        false,
        if weeks.is_some() { 0.85 } else { 0.75 },
    )
}

/// A whole month.
pub(super) fn whole_month(year: i32, month: u8, stated: bool, confidence: f32) -> Resolved {
    Resolved::stretch(
        format!("{year:04}-{month:02}"),
        calendar::month_days(year, month),
        stated,
        confidence,
    )
}

/// `July`: the latest that has begun, unless the words point ahead.
pub(super) fn month(year: Year, month: u8, context: &Context) -> Resolved {
    let (year, confidence) = match (year, context.document) {
        (Year::Given(year), _) => return whole_month(year, month, true, 0.97),
        (_, None) => match context.year {
            Some(year) => (year, 0.7),
            None => return Resolved::open(format!("XXXX-{month:02}")),
        },
        (year, Some(document)) => {
            let this = document.year();
            let now = u8::try_from(document.month()).unwrap_or(1);
            match year {
                Year::Offset(years) => (this + years, 0.93),
                Year::This => (this, 0.93),
                Year::Last => (this - i32::from(month >= now), 0.93),
                Year::Next => (this + i32::from(month <= now), 0.9),
                Year::Open | Year::Given(_) => match (context.year, context.direction) {
                    (Some(year), _) => (year, 0.8),
                    (None, Direction::Future) => (this + i32::from(month < now), 0.8),
                    (None, _) => (this - i32::from(month > now), 0.88),
                },
            }
        }
    };
    whole_month(year, month, false, confidence)
}

/// The year of a stretch when only its length within the year counts; `begins` is its first month.
fn stretch_year(year: Year, begins: u8, context: &Context) -> Option<(i32, bool)> {
    let document = match (year, context.document) {
        (Year::Given(year), _) => return Some((year, true)),
        (_, None) => return context.year.map(|year| (year, false)),
        (_, Some(document)) => document,
    };
    let this = document.year();
    let now = u8::try_from(document.month()).unwrap_or(1);
    let year = match year {
        Year::Given(year) => year,
        Year::Offset(years) => this + years,
        Year::This => this,
        // it has ended before the document
        Year::Last => this - i32::from(begins + 2 >= now),
        Year::Next => this + i32::from(begins <= now),
        Year::Open => match (context.year, context.direction) {
            (Some(year), _) => year,
            (None, Direction::Past) => this - i32::from(begins > now),
            (None, Direction::Future) => this + i32::from(begins + 2 < now),
            (None, Direction::Unknown) => this,
        },
    };
    Some((year, false))
}

/// `the third quarter`; 0 counts from the document's quarter.
pub(super) fn quarter(year: Year, quarter: u8, context: &Context) -> Resolved {
    let (year, quarter, stated) = match (quarter, year, context.document) {
        (0, Year::Offset(quarters), Some(document)) => {
            let now = u8::try_from(document.month()).unwrap_or(1);
            let (year, month) = calendar::shift_month(document.year(), now, 3 * quarters);
            (year, (month - 1) / 3 + 1, false)
        }
        (1..=4, year, _) => match stretch_year(year, quarter * 3 - 2, context) {
            Some((year, stated)) => (year, quarter, stated),
            None => return Resolved::open(format!("XXXX-Q{quarter}")),
        },
        _ => return Resolved::open("XXXX-QX".into()),
    };
    let days = calendar::months_days(year, quarter * 3 - 2, 3);
    Resolved::stretch(format!("{year:04}-Q{quarter}"), days, stated, 0.85)
}

/// `the second half of 2014`.
pub(super) fn half(year: Year, half: u8, context: &Context) -> Resolved {
    let begins = if half == 1 { 1 } else { 7 };
    let open = if year == Year::Open {
        Year::Offset(0)
    } else {
        year
    };
    match stretch_year(open, begins, context) {
        Some((year, stated)) => {
            let days = calendar::months_days(year, begins, 6);
            Resolved::stretch(format!("{year:04}-H{half}"), days, stated, 0.85)
        }
        None => Resolved::open(format!("XXXX-H{half}")),
    }
}

/// `last summer`. Winter counts for the year in which it ends and for the one in which it begins.
pub(super) fn season(year: Year, season: u8, context: &Context) -> Resolved {
    let code = value::season(season);
    let begins = match season {
        0 => 3,
        1 => 6,
        2 => 9,
        _ => 12,
    };
    let begins_for_year = if season == 3 && year != Year::Next {
        1
    } else {
        begins
    };
    match stretch_year(year, begins_for_year, context) {
        Some((year, stated)) => {
            let days = if season == 3 {
                calendar::day(year - 1, 12, 1)
                    .zip(calendar::month_days(year + 1, 2).map(|days| days.1))
            } else {
                calendar::months_days(year, begins, 3)
            };
            Resolved::stretch(format!("{year:04}-{code}"), days, stated, 0.85)
        }
        None => Resolved::open(format!("XXXX-{code}")),
    }
}

/// A whole year.
pub(super) fn whole_year(year: i32, stated: bool, confidence: f32) -> Resolved {
    let days = calendar::day(year, 1, 1).zip(calendar::day(year, 12, 31));
    Resolved::stretch(format!("{year:04}"), days, stated, confidence)
}

/// A decade, from its year without the last digit.
pub(super) fn decade(decade: i32, stated: bool) -> Resolved {
    let days = calendar::day(decade * 10, 1, 1).zip(calendar::day(decade * 10 + 9, 12, 31));
    Resolved::stretch(decade.to_string(), days, stated, 0.9)
}

/// A century, from its year without the last two digits.
pub(super) fn century(century: i32, stated: bool) -> Resolved {
    let days = calendar::day(century * 100, 1, 1).zip(calendar::day(century * 100 + 99, 12, 31));
    Resolved::stretch(century.to_string(), days, stated, 0.85)
}

/// A year of the Islamic calendar, by its tables: the Gregorian year in which most of it lies.
pub(super) fn hijri_year(year: i32) -> Option<Resolved> {
    let first = calendar::from_hijri(year, 1, 1)?;
    let last = calendar::from_hijri(year + 1, 1, 1)?.pred_opt()?;
    let middle = calendar::shift(first, 177);
    let value = format!("{:04}", middle.year());
    Some(
        Resolved::stretch(value, Some((first, last)), false, 0.5)
            .noted(format!("{year} of the Islamic calendar")),
    )
}
