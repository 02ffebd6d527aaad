//! A clue, and how likely it makes each day.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::kernel::{self, Kernel};
use super::window::Window;
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

/// The rules of clues that are weekdays. They are stored, so that no rule can be forgotten there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum WeekdayRule {
    Bare,
    Ahead,
    Since,
    Morning,
    /// The document itself is told in the evening.
    MorningBefore,
    Today,
    Relative,
}

impl WeekdayRule {
    /// What the reason of the clue says.
    fn name(self) -> &'static str {
        match self {
            Self::Bare => "weekday",
            Self::Ahead => "weekday ahead",
            Self::Since => "since a weekday",
            Self::Morning => "morning of a weekday",
            Self::MorningBefore => "morning of a weekday, told in the evening",
            Self::Today => "today + weekday",
            Self::Relative => "relative day + weekday",
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
        rule: WeekdayRule,
    },
    /// A weekday and a day of the calendar in one text: where the last such weekday before the
    /// document is that day, the text calls one thing by two names.
    Coincidence { weekday: u8, month: u8, day: u8 },
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
        /// What is likely if the tie is worth nothing.
        else_months: Option<Arc<Months>>,
        rule: String,
    },
    /// The months that the other documents are of.
    Months { months: Arc<Months>, rule: String },
    /// An event of the text whose year another document gives.
    Event {
        day: NaiveDate,
        kernel: &'static Kernel,
        rule: String,
    },
    /// The user says that the document is of one of these days, ends included.
    Within { first: NaiveDate, last: NaiveDate },
    /// The user says that the document is not of this day.
    Not(NaiveDate),
}

/// How likely each month is: the time that a corpus is about.
#[derive(Clone, Debug)]
pub(in super::super) struct Months {
    /// Shares by year · 12 + month from 0.
    pub(in super::super) shares: BTreeMap<i32, f32>,
    /// The share of every other month.
    pub(in super::super) floor: f32,
}

impl Months {
    /// The probability of a day.
    fn of(&self, day: NaiveDate) -> f32 {
        let month = day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
        self.shares.get(&month).copied().unwrap_or(self.floor) / 30.4
    }

    /// First and last day of its years.
    fn window(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.shares.keys().next()?.div_euclid(12);
        let last = self.shares.keys().next_back()?.div_euclid(12);
        calendar::day(first, 1, 1).zip(calendar::day(last, 12, 31))
    }
}

/// One clue.
#[derive(Clone, Debug)]
pub(in super::super) struct Hint {
    pub(in super::super) body: Body,
    pub(in super::super) source: Source,
}

/// What a coincidence is worth, as a logarithm: about two to one.
const COINCIDENCE: f32 = 0.7;

/// What the user rules out, as a logarithm: no clue outweighs it.
const OUT: f32 = -400.0;

impl Hint {
    /// Logarithms of the clue's likelihood if the document were of each day of a window.
    pub(super) fn logs(&self, window: &Window) -> Vec<f32> {
        match &self.body {
            Body::Day { day, kernel } | Body::Event { day, kernel, .. } => {
                kernel.logs(window, *day)
            }
            Body::Yearless {
                month,
                day,
                weekday,
                kernel,
            } => yearless(window, (*month, *day), *weekday, kernel),
            Body::Weekday {
                weekday, shares, ..
            } => {
                let shares = shares.map(f32::ln);
                let log = |day| {
                    let distance = (7 + calendar::weekday(day) - weekday) % 7;
                    shares.get(usize::from(distance)).copied().unwrap_or(0.0)
                };
                window.days().map(log).collect()
            }
            Body::Coincidence {
                weekday,
                month,
                day,
            } => coincidence(window, *weekday, (*month, *day)),
            Body::Year(year) => window.days().map(|day| year_log(day, *year)).collect(),
            Body::Month(month) => window.days().map(|day| month_log(day, *month)).collect(),
            Body::NotAfter { day: bound, .. } => {
                let log = |day| if day <= *bound { 0.0 } else { -40.0 };
                window.days().map(log).collect()
            }
            Body::Other {
                days,
                kernel,
                trust,
                else_months,
                ..
            } => {
                let mut shares = vec![0.0; window.len()];
                for (day, share) in days {
                    kernel.add(&mut shares, window, *day, *share);
                }
                // a wrong tie says nothing: any day of three years, or of the corpus' time
                let otherwise = |day| else_months.as_ref().map_or(1e-3, |months| months.of(day));
                shares
                    .into_iter()
                    .zip(window.days())
                    .map(|(near, day)| (trust * near + (1.0 - trust) * otherwise(day)).ln())
                    .collect()
            }
            Body::Months { months, .. } => window.days().map(|day| months.of(day).ln()).collect(),
            Body::Within { first, last } => {
                let log = |day| {
                    if (*first..=*last).contains(&day) {
                        0.0
                    } else {
                        OUT
                    }
                };
                window.days().map(log).collect()
            }
            Body::Not(rejected) => {
                let log = |day| if day == *rejected { OUT } else { 0.0 };
                window.days().map(log).collect()
            }
        }
    }

    /// Whether the clue names a day of the calendar, with or without a year.
    pub(in super::super) fn names_a_day(&self) -> bool {
        matches!(self.body, Body::Day { .. } | Body::Yearless { .. })
    }

    /// Whether the clue is a day without a year in the text that is this one or one beside it.
    pub(in super::super) fn tells(&self, day: NaiveDate) -> bool {
        let Body::Yearless {
            month,
            day: number,
            kernel,
            ..
        } = &self.body
        else {
            return false;
        };
        let said = calendar::day(day.year(), *month, *number);
        kernel.name == kernel::YEARLESS.name
            && said.is_some_and(|said| (said - day).num_days().abs() <= 1)
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
            Body::Weekday { rule, .. } => rule.name().to_owned(),
            Body::Coincidence { .. } => "the weekday of a day in the text".to_owned(),
            Body::Year(_) => "latest year in the text".to_owned(),
            Body::Month(_) => "month without a year".to_owned(),
            Body::NotAfter { rule, .. }
            | Body::Months { rule, .. }
            | Body::Other { rule, .. }
            | Body::Event { rule, .. } => rule.clone(),
            Body::Within { .. } => "set by you".to_owned(),
            Body::Not(_) => "rejected by you".to_owned(),
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
            Body::Year(year) => calendar::day(*year, 1, 1).zip(calendar::day(*year + 12, 12, 31)),
            Body::Other {
                days, else_months, ..
            } => {
                let first = days.iter().map(|near| near.0).min()?;
                let last = days.iter().map(|near| near.0).max()?;
                let near = (calendar::shift(first, -45), calendar::shift(last, 45));
                let wide = else_months.as_ref().and_then(|months| months.window());
                Some(wide.map_or(near, |wide| (wide.0.min(near.0), wide.1.max(near.1))))
            }
            Body::Event { day, .. } => around(*day, 10, 400),
            Body::Months { months, .. } => months.window(),
            Body::Yearless { .. }
            | Body::Coincidence { .. }
            | Body::Weekday { .. }
            | Body::Month(_)
            | Body::NotAfter { .. }
            | Body::Not(_) => None,
            Body::Within { first, last } => Some((*first, *last)),
        }
    }
}

/// A day and month: the nearest of every year counts.
fn yearless(
    window: &Window,
    (month, day): (u8, u8),
    weekday: Option<u8>,
    kernel: &Kernel,
) -> Vec<f32> {
    let mut logs = vec![kernel.lowest(); window.len()];
    for said in window
        .years()
        .filter_map(|year| calendar::day(year, month, day))
    {
        // a slip of the weekday is rare
        let fits = weekday.is_none_or(|weekday| calendar::weekday(said) == weekday);
        kernel.raise(&mut logs, window, said, if fits { 0.0 } else { -3.5 });
    }
    logs
}

/// The six days after a day of the calendar that is such a weekday.
fn coincidence(window: &Window, weekday: u8, (month, day): (u8, u8)) -> Vec<f32> {
    let mut logs = vec![0.0; window.len()];
    for said in window
        .years()
        .filter_map(|year| calendar::day(year, month, day))
    {
        if calendar::weekday(said) == weekday {
            window.part(&mut logs, said, 0, 6).fill(COINCIDENCE);
        }
    }
    logs
}

/// How far documents lie after the latest year that they speak of.
fn year_log(day: NaiveDate, year: i32) -> f32 {
    let share: f32 = match day.year() - year {
        0 => 0.36,
        1 => 0.16,
        2 => 0.09,
        3..=5 => 0.045,
        6..=10 => 0.018,
        11..=40 => 0.005,
        -1 => 0.01,
        _ => 0.001,
    };
    share.ln()
}

/// How far documents lie after the months that they speak of.
fn month_log(day: NaiveDate, month: u8) -> f32 {
    let now = u8::try_from(day.month()).unwrap_or(1);
    let share: f32 = match (12 + now - month) % 12 {
        0 | 1 => 0.2,
        2 | 3 => 0.12,
        11 => 0.06,
        _ => 0.04,
    };
    share.ln()
}
