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
    pub(super) fn nowhere() -> Self {
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
    /// The same without a year.
    Yearless {
        month: u8,
        day: u8,
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
    #[expect(dead_code, reason = "the sweeps over the corpus follow")]
    /// Another document: how likely each day near one is, as `(day, probability)`.
    Other {
        days: Vec<(NaiveDate, f32)>,
        floor: f32,
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
            Body::Day { day: said, kernel } => kernel.log(delta(day, *said)),
            Body::Yearless {
                month,
                day: number,
                kernel,
            } => [day.year(), day.year() + 1, day.year() - 1]
                .into_iter()
                .filter_map(|year| calendar::day(year, *month, *number))
                .map(|said| kernel.log(delta(day, said)))
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
            Body::Other { days, floor, .. } => days
                .iter()
                .find(|(near, _)| *near == day)
                .map_or(*floor, |near| near.1)
                .ln(),
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
            Body::NotAfter { rule, .. } | Body::Other { rule, .. } => rule.clone(),
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
                Some((first, last))
            }
            Body::Yearless { .. }
            | Body::Weekday { .. }
            | Body::Month(_)
            | Body::NotAfter { .. } => None,
        }
    }
}
