//! What an expression of time says, before it is known which day it means.

use super::term::{Edge, Holiday, Part, Reference, Unit};
use crate::corpus::Span;

/// The year of an expression that names something within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Open,
    /// Said: `2016`.
    Given(i32),
    /// Counted from the year of the document: `next year` is 1.
    Offset(i32),
    /// `last October`, `26 يونيو الماضي`: the latest that lies before the document.
    Last,
    /// `this August`, `أغسطس الحالي`: in the document's year.
    This,
    /// `next April`: the first that lies after the document.
    Next,
}

/// Which of the weekdays of a name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// `Friday`.
    Bare,
    /// `last Friday`.
    Last,
    /// `this Friday`.
    This,
    /// `next Friday`.
    Next,
}

/// How long: a number of units, or an unknown number of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    /// The number in tenths, so that two and a half years can be said; `None` for `several`.
    pub(super) tenths: Option<u32>,
    pub(super) unit: Unit,
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// `4 November`, `Friday 4 November 2016`.
    Date {
        year: Year,
        month: u8,
        day: u8,
        weekday: Option<u8>,
    },
    /// `4.11.` where day and month may be the other way round: `03/04/2016`.
    Ambiguous { year: i32, first: u8, second: u8 },
    /// `15 شوال 1436`.
    Hijri {
        year: Option<i32>,
        month: u8,
        day: Option<u8>,
    },
    /// `Friday`.
    Weekday { weekday: u8, which: Which },
    /// `today`, `yesterday`, `three days ago`; with the weekday that stands beside it.
    Days { days: i32, weekday: Option<u8> },
    /// `the same day`, `that year`, `the next day`: units from what was spoken of before.
    Beside { unit: Unit, offset: i32 },
    /// `two days ago`, `قبل عامين`.
    Ago { count: i32, unit: Unit },
    /// A length of time that ends or begins at the document's day: `the past 24 hours` (−1),
    /// `the next two weeks` (1).
    Around { length: Length, side: i8 },
    /// `this week` and its neighbours.
    Weeks(i32),
    /// `this weekend` and its neighbours; `None` for a bare `the weekend`.
    Weekend(Option<i32>),
    /// `the week of March 6`.
    WeekOf { month: u8, day: u8 },
    /// `July`, `July 2016`.
    Month { year: Year, month: u8 },
    /// `this month` and its neighbours.
    Months(i32),
    /// `the third quarter`, 1 to 4; 0 for `this quarter`.
    Quarter { year: Year, quarter: u8 },
    /// `the second half of 2014`, 1 or 2.
    Half { year: Year, half: u8 },
    /// `this summer`, 0 spring to 3 winter.
    Season { year: Year, season: u8 },
    /// `2016`.
    Year(i32),
    /// `last year`.
    Years(i32),
    /// `the past decade`, from the document's.
    Decades(i32),
    /// `last century`.
    Centuries(i32),
    /// `عام 1436 هـ`.
    HijriYear(i32),
    /// `the 1990s`: the year without its last digit.
    Decade(i32),
    /// `the 15th century`: the year without its last two digits.
    Century(i32),
    /// A feast with a day of its own in every year.
    Holiday { year: Year, holiday: Holiday },
    /// `now`.
    Vague(Reference),
    /// A time of day alone: `at 20:30`, `in the morning`.
    TimeOfDay,
    /// A length of time.
    Duration(Length),
    /// A recurrence: every so long.
    Every(Length),
    /// Every such weekday, 0 for Monday.
    EveryWeekday(u8),
}

/// A time on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
}

/// An expression of time as the grammar finds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expression {
    /// Its bytes in the field.
    pub(super) span: Span,
    /// The first of its tokens.
    pub(super) first: usize,
    /// One past the last of its tokens.
    pub(super) next: usize,
    pub(super) meaning: Meaning,
    pub(super) part: Option<Part>,
    pub(super) clock: Option<Clock>,
    pub(super) edge: Option<Edge>,
    /// The rule that found it, for people.
    pub(super) rule: &'static str,
}
