//! What an expression says + the document's day → an ISO value and the days that it covers.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::calendar;
use super::expression::{Expression, Meaning, Which, Year};
use super::tense::Direction;
use super::term::{Edge, Reference};

mod holiday;
mod span;
mod value;
mod within;

/// What is known when an expression is resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The document's day.
    pub(super) document: Option<NaiveDate>,
    /// The way that the sentence looks.
    pub(super) direction: Direction,
    /// The days spoken of last, first and last.
    pub(super) spoken: Option<(NaiveDate, NaiveDate)>,
    /// The single day spoken of last.
    pub(super) spoken_day: Option<NaiveDate>,
    /// A year that the text gave to this month or day before, or that the passage is set in.
    pub(super) year: Option<i32>,
}

/// An expression's value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    /// `TimeML` value.
    pub(super) value: String,
    /// First and last day.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// Whether the text says it all by itself.
    pub(super) stated: bool,
    /// 0 to 1.
    pub(super) confidence: f32,
    /// What it leaned on, and what contradicts it.
    pub(super) note: Option<String>,
}

impl Resolved {
    fn day(day: NaiveDate, stated: bool, confidence: f32) -> Self {
        Self {
            value: day.format("%Y-%m-%d").to_string(),
            days: Some((day, day)),
            stated,
            confidence,
            note: None,
        }
    }

    fn stretch(
        value: String,
        days: Option<(NaiveDate, NaiveDate)>,
        stated: bool,
        confidence: f32,
    ) -> Self {
        Self {
            value,
            days,
            stated,
            confidence,
            note: None,
        }
    }

    fn open(value: String) -> Self {
        Self::stretch(value, None, false, 0.2)
    }

    fn noted(mut self, note: impl AsRef<str>) -> Self {
        self.add_note(note.as_ref());
        self
    }

    /// Adds to what it leaned on.
    pub(super) fn add_note(&mut self, note: &str) {
        self.note = Some(match self.note.take() {
            Some(known) => format!("{known}; {note}"),
            None => note.to_owned(),
        });
    }
}

/// The value of an expression; `None` when it turns out to be none (31 February).
pub(super) fn resolve(expression: &Expression, context: &Context) -> Option<Resolved> {
    let resolved = meaning(&expression.meaning, context)?;
    Some(refine(resolved, expression))
}

fn meaning(meaning: &Meaning, context: &Context) -> Option<Resolved> {
    let document = context.document;
    Some(match *meaning {
        Meaning::Date {
            year,
            month,
            day,
            weekday,
        } => {
            return within::date(year, month, day, weekday, context);
        }
        Meaning::Ambiguous {
            year,
            first,
            second,
        } => return within::ambiguous(year, first, second, context),
        Meaning::Hijri { year, month, day } => return within::hijri(year, month, day, context),
        Meaning::Weekday { weekday, which } => self::weekday(weekday, which, context),
        Meaning::Days { days, weekday } => self::days(days, weekday, context),
        Meaning::Beside { unit, offset } => span::beside(unit, offset, context),
        Meaning::Ago { count, unit } => span::ago(count, unit, context),
        Meaning::Around { length, side } => span::around(length, side, context),
        Meaning::Weeks(weeks) => match document {
            Some(document) => within::week(calendar::shift(document, 7 * weeks), 0.75),
            None => Resolved::open("XXXX-WXX".into()),
        },
        Meaning::Weekend(weeks) => within::weekend(weeks, context),
        Meaning::WeekOf { month, day } => {
            let day = within::date(Year::Open, month, day, None, context)?;
            match day.days {
                Some((day, _)) => within::week(day, 0.85),
                None => Resolved::open("XXXX-WXX".into()),
            }
        }
        Meaning::Month { year, month } => within::month(year, month, context),
        Meaning::Months(months) => match document {
            Some(document) => {
                let this = u8::try_from(document.month()).unwrap_or(1);
                let (year, month) = calendar::shift_month(document.year(), this, months);
                within::whole_month(year, month, false, 0.93)
            }
            None => Resolved::open("XXXX-XX".into()),
        },
        Meaning::Quarter { year, quarter } => within::quarter(year, quarter, context),
        Meaning::Half { year, half } => within::half(year, half, context),
        Meaning::Season { year, season } => within::season(year, season, context),
        Meaning::Year(year) => within::whole_year(year, true, 0.95),
        Meaning::Years(0) if context.year.is_some() => {
            within::whole_year(context.year.unwrap_or_default(), false, 0.75)
                .noted("the year that the text gave before")
        }
        Meaning::Years(years) => match document {
            Some(document) => within::whole_year(document.year() + years, false, 0.93),
            None => Resolved::open("XXXX".into()),
        },
        Meaning::Decade(decade) => within::decade(decade, true),
        Meaning::Century(century) => within::century(century, true),
        Meaning::Decades(decades) => match document {
            Some(document) => within::decade(document.year().div_euclid(10) + decades, false),
            None => Resolved::open("XXX".into()),
        },
        Meaning::Centuries(centuries) => match document {
            Some(document) => within::century(document.year().div_euclid(100) + centuries, false),
            None => Resolved::open("XX".into()),
        },
        Meaning::HijriYear(year) => return within::hijri_year(year),
        Meaning::Holiday { year, holiday } => return holiday::resolve(year, holiday, context),
        Meaning::Vague(reference) => vague(reference),
        Meaning::TimeOfDay => match context.spoken_day.or(document) {
            Some(day) => Resolved::day(day, false, 0.6).noted("on the day spoken of before"),
            None => Resolved::open("XXXX-XX-XX".into()),
        },
        Meaning::Duration(length) | Meaning::Every(length) => {
            Resolved::stretch(value::duration(length), None, true, 0.85)
        }
        Meaning::EveryWeekday(weekday) => {
            Resolved::stretch(format!("XXXX-WXX-{}", weekday + 1), None, true, 0.9)
        }
    })
}

fn vague(reference: Reference) -> Resolved {
    Resolved::stretch(reference.value().into(), None, true, 0.6)
}

/// `Friday`: the latest that is not after the document, unless the words point ahead.
fn weekday(weekday: u8, which: Which, context: &Context) -> Resolved {
    let Some(document) = context.document else {
        return Resolved::open(format!("XXXX-WXX-{}", weekday + 1));
    };
    let latest = calendar::weekday_not_after(document, weekday);
    let first = calendar::weekday_not_before(document, weekday);
    let future = context.direction == Direction::Future;
    let (day, confidence, note) = match which {
        Which::Bare if future => (first, 0.8, "the words look ahead"),
        Which::Bare => (latest, 0.9, "the latest not after the document's day"),
        Which::This if context.direction == Direction::Past => (latest, 0.8, "the words look back"),
        Which::This => (first, 0.8, "the first not before the document's day"),
        Which::Last if latest == document => (
            calendar::shift(latest, -7),
            0.85,
            "the latest before the document's day",
        ),
        Which::Last => (latest, 0.92, "the latest before the document's day"),
        Which::Next if first == document => (
            calendar::shift(first, 7),
            0.85,
            "the first after the document's day",
        ),
        Which::Next => (first, 0.9, "the first after the document's day"),
    };
    Resolved::day(day, false, confidence).noted(note)
}

/// `today`, `yesterday`, with the weekday that may stand beside it.
fn days(days: i32, weekday: Option<u8>, context: &Context) -> Resolved {
    let Some(document) = context.document else {
        return Resolved::open(weekday.map_or_else(
            || "XXXX-XX-XX".into(),
            |weekday| format!("XXXX-WXX-{}", weekday + 1),
        ));
    };
    let day = calendar::shift(document, days);
    match weekday {
        Some(wanted) if calendar::weekday(day) != wanted => {
            // the nearest day that is what the text calls it
            let near = calendar::weekday_not_after(calendar::shift(day, 3), wanted);
            Resolved::day(near, false, 0.6).noted(format!(
                "contradiction: {} is a {}, the text says {}",
                day.format("%Y-%m-%d"),
                value::weekday_name(calendar::weekday(day)),
                value::weekday_name(wanted),
            ))
        }
        Some(_) => Resolved::day(day, false, 0.97).noted("the weekday agrees"),
        None => Resolved::day(day, false, 0.93),
    }
}

/// Adds the part of day, the time on the clock and the part of a stretch.
fn refine(mut resolved: Resolved, expression: &Expression) -> Resolved {
    let day = resolved.days.is_some_and(|(first, last)| first == last)
        || resolved.value == "XXXX-XX-XX"
        || resolved.value.starts_with("XXXX-WXX-");
    if day && resolved.value.len() >= 10 {
        if let Some(clock) = expression.clock {
            let _ = write!(resolved.value, "T{:02}:{:02}", clock.hour, clock.minute);
        } else if let Some(part) = expression.part {
            resolved.value.push('T');
            resolved.value.push_str(part.code());
        }
    }
    if let (Some(edge), Some((first, last))) = (expression.edge, resolved.days) {
        let half = i32::try_from((last - first).num_days() / 2).unwrap_or(0);
        resolved.days = Some(match edge {
            Edge::Start => (first, calendar::shift(first, half)),
            Edge::Middle => (
                calendar::shift(first, half / 2),
                calendar::shift(last, -half / 2),
            ),
            Edge::End => (calendar::shift(last, -half), last),
        });
    }
    resolved
}
