//! A clue, and how likely it makes each day.

use chrono::{Datelike, NaiveDate};

use super::delta;
use super::kernel::{self, Kernel};
use crate::annotate::date::calendar;
use crate::corpus::{Clue, Span};

/// Where a clue stands.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Source {
    /// The words, "" for metadata.
    pub(in super::super) text: String,
    /// Their bytes in the body.
    pub(in super::super) span: Option<Span>,
}

impl Source {
    pub(in super::super) fn nowhere() -> Self {
        Self {
            text: String::new(),
            span: None,
        }
    }
}

/// What a clue says.
#[derive(Clone, Debug)]
pub(in super::super) enum Body {
    /// A full date in a role of which we know how far documents lie from it.
    Day {
        day: NaiveDate,
        kernel: &'static Kernel,
    },
    /// The same without a year, perhaps with its weekday.
    Yearless {
        month: u8,
        day: u8,
        weekday: Option<u8>,
        kernel: &'static Kernel,
    },
    /// A weekday: how likely each distance from it to the document is, modulo 7.
    Weekday {
        weekday: u8,
        shares: [f32; 7],
        rule: &'static str,
    },
    /// The latest year of which the text speaks as past or present.
    Year(i32),
    /// A month without a year.
    Month(u8),
    /// The document is not later than this.
    NotAfter { day: NaiveDate, rule: String },
    /// Another document of the same story: its days with their probabilities, how far stories lie
    /// from each other, and how much the tie is worth, 0 to 1.
    Other {
        days: Vec<(NaiveDate, f32)>,
        kernel: &'static Kernel,
        trust: f32,
        rule: String,
    },
    /// The years that the other documents are of, with their shares.
    Years {
        shares: Vec<(i32, f32)>,
        floor: f32,
        rule: String,
    },
    /// An event of the text whose year another document gives.
    Event {
        day: NaiveDate,
        kernel: &'static Kernel,
        rule: String,
    },
}

/// One clue.
#[derive(Clone, Debug)]
pub(in super::super) struct Hint {
    pub(in super::super) body: Body,
    pub(in super::super) source: Source,
}

impl Hint {
    /// Logarithm of the clue's likelihood if the document were of `day`.
    pub(in super::super) fn log(&self, day: NaiveDate) -> f32 {
        match &self.body {
            Body::Day { day: said, kernel }
            | Body::Event {
                day: said, kernel, ..
            } => kernel.log(delta(day, *said)),
            Body::Yearless {
                month,
                day: number,
                weekday,
                kernel,
            } => [day.year(), day.year() + 1, day.year() - 1]
                .into_iter()
                .filter_map(|year| calendar::day(year, *month, *number))
                .map(|said| {
                    // a slip of the weekday is rare
                    let fits = weekday.is_none_or(|weekday| calendar::weekday(said) == weekday);
                    kernel.log(delta(day, said)) + if fits { 0.0 } else { -3.5 }
                })
                .fold(f32::NEG_INFINITY, f32::max),
            Body::Weekday {
                weekday, shares, ..
            } => {
                let distance = (7 + calendar::weekday(day) - weekday) % 7;
                shares
                    .get(usize::from(distance))
                    .copied()
                    .unwrap_or(0.1)
                    .ln()
            }
            Body::Year(year) => match day.year() - year {
                0 => 0.55f32.ln(),
                1 => 0.22f32.ln(),
                2 => 0.08f32.ln(),
                3..=5 => 0.03f32.ln(),
                -1 => 0.01f32.ln(),
                _ => 0.004f32.ln(),
            },
            Body::Month(month) => {
                let now = u8::try_from(day.month()).unwrap_or(1);
                match (12 + now - month) % 12 {
                    0 | 1 => 0.2f32.ln(),
                    2 | 3 => 0.12f32.ln(),
                    11 => 0.06f32.ln(),
                    _ => 0.04f32.ln(),
                }
            }
            Body::NotAfter { day: bound, .. } => {
                if day <= *bound {
                    0.0
                } else {
                    -14.0
                }
            }
            Body::Other {
                days,
                kernel,
                trust,
                ..
            } => {
                let near: f32 = days
                    .iter()
                    .map(|(other, share)| share * kernel.log(delta(day, *other)).exp())
                    .sum();
                // a wrong tie says nothing: any day of three years
                (trust * near + (1.0 - trust) * 1e-3).ln()
            }
            Body::Years { shares, floor, .. } => shares
                .iter()
                .find(|(year, _)| *year == day.year())
                .map_or(*floor, |(_, share)| *share)
                .ln(),
        }
    }

    /// Whether the clue names a day of the calendar, with or without a year.
    pub(in super::super) fn names_a_day(&self) -> bool {
        matches!(self.body, Body::Day { .. } | Body::Yearless { .. })
    }

    /// The year that the clue gives.
    pub(in super::super) fn year(&self) -> Option<i32> {
        match self.body {
            Body::Day { day, .. } => Some(day.year()),
            Body::Year(year) => Some(year),
            _ => None,
        }
    }

    /// The day that the document states for itself here.
    pub(super) fn states(&self) -> Option<NaiveDate> {
        match &self.body {
            Body::Day { day, kernel } if matches!(kernel.name, "dateline" | "publication line") => {
                Some(*day)
            }
            _ => None,
        }
    }

    /// What kind of clue it is, for people.
    pub(super) fn rule(&self) -> String {
        match &self.body {
            Body::Day { kernel, .. } | Body::Yearless { kernel, .. } => kernel.name.to_owned(),
            Body::Weekday { rule, .. } => (*rule).to_owned(),
            Body::Year(_) => "latest year in the text".to_owned(),
            Body::Month(_) => "month without a year".to_owned(),
            Body::NotAfter { rule, .. }
            | Body::Years { rule, .. }
            | Body::Other { rule, .. }
            | Body::Event { rule, .. } => rule.clone(),
        }
    }

    pub(super) fn clue(&self, weight: f32) -> Clue {
        Clue {
            rule: self.rule(),
            text: self.source.text.clone(),
            span: self.source.span,
            weight,
        }
    }

    /// The days around which the document may lie by this clue alone.
    pub(super) fn window(&self) -> Option<(NaiveDate, NaiveDate)> {
        let around = |day: NaiveDate, before: i32, after: i32| {
            Some((calendar::shift(day, -before), calendar::shift(day, after)))
        };
        match &self.body {
            Body::Day { day, kernel } if kernel.name == kernel::MENTION.name => {
                around(*day, 60, 1100)
            }
            Body::Day { day, .. } => around(*day, 30, 90),
            Body::Year(year) => calendar::day(*year, 1, 1).zip(calendar::day(*year + 1, 12, 31)),
            Body::Other { days, .. } => {
                let first = days.iter().map(|near| near.0).min()?;
                let last = days.iter().map(|near| near.0).max()?;
                Some((calendar::shift(first, -45), calendar::shift(last, 45)))
            }
            Body::Event { day, .. } => around(*day, 10, 400),
            Body::Years { shares, .. } => {
                let first = calendar::day(shares.first()?.0, 1, 1)?;
                Some((first, calendar::day(shares.last()?.0, 12, 31)?))
            }
            Body::Yearless { .. }
            | Body::Weekday { .. }
            | Body::Month(_)
            | Body::NotAfter { .. } => None,
        }
    }
}
