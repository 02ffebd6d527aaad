//! Days in queries: `2016-11-04`, `2016-W44`, `2016-11`, `2016`, and ranges of them.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::query::question::Zoom;
use crate::query::syntax::SyntaxError;
use crate::query::timeline::last_day;

const EXPECTED: &str = "2016-11-04, 2016-W44, 2016-11, 2016 or a range such as 2016-11..2017-02";

/// The first and the last day that a value names; `column` is where it begins. An open end is
/// the first or the last day that there is.
pub(super) fn parse_days(
    value: &str,
    column: usize,
) -> Result<(NaiveDate, NaiveDate), SyntaxError> {
    let Some((from, to)) = value.split_once("..") else {
        return span_of(value, column);
    };
    let first = if from.is_empty() {
        NaiveDate::MIN
    } else {
        span_of(from, column)?.0
    };
    let after = column + from.chars().count() + 2;
    let last = if to.is_empty() {
        NaiveDate::MAX
    } else {
        span_of(to, after)?.1
    };
    if first > last {
        return Err(SyntaxError {
            column: after,
            message: format!("the range ends on {last}, before it begins on {first}"),
        });
    }
    Ok((first, last))
}

/// The days of one day, week, month or year.
fn span_of(text: &str, column: usize) -> Result<(NaiveDate, NaiveDate), SyntaxError> {
    let plain: String = text.chars().filter_map(plain).collect();
    let numbers: Vec<&str> = plain.split('-').collect();
    let span = match *numbers.as_slice() {
        [year] => whole_year(year),
        [year, part] => match part.strip_prefix(['W', 'w']) {
            Some(week) => whole_week(year, week),
            None => whole_month(year, part),
        },
        [year, month, day] => one_day(year, month, day),
        _ => None,
    };
    span.ok_or_else(|| SyntaxError {
        column,
        message: if text.is_empty() {
            format!("a day expected: {EXPECTED}")
        } else {
            format!("“{text}” is no day: {EXPECTED} expected")
        },
    })
}

fn whole_year(year: &str) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year_number(year)?, 1, 1)?;
    Some((first, last_day(first, Zoom::Year)))
}

fn whole_week(year: &str, week: &str) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_isoywd_opt(year_number(year)?, number(week)?, Weekday::Mon)?;
    Some((first, last_day(first, Zoom::Week)))
}

fn whole_month(year: &str, month: &str) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year_number(year)?, number(month)?, 1)?;
    Some((first, last_day(first, Zoom::Month)))
}

fn one_day(year: &str, month: &str, day: &str) -> Option<(NaiveDate, NaiveDate)> {
    let day = NaiveDate::from_ymd_opt(year_number(year)?, number(month)?, number(day)?)?;
    Some((day, day))
}

/// A year of four digits.
fn year_number(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    is_year.then(|| text.parse().ok()).flatten()
}

/// A number of one or two digits.
fn number(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Digits of the other scripts as ASCII; marks that only steer the direction of text are dropped,
/// for they come along when a day is pasted from Arabic text.
fn plain(c: char) -> Option<char> {
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            return None;
        }
        _ => return Some(c),
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

/// Prints a range in the shortest way that reads back as it.
pub(super) fn print_days(
    f: &mut fmt::Formatter<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> fmt::Result {
    if from == to {
        return write!(f, "{from}");
    }
    let begins_month = from.day() == 1;
    if begins_month && from.month() == 1 && to == last_day(from, Zoom::Year) {
        return write!(f, "{:04}", from.year());
    }
    if begins_month && to == last_day(from, Zoom::Month) {
        return write!(f, "{:04}-{:02}", from.year(), from.month());
    }
    if from.weekday() == Weekday::Mon && to == last_day(from, Zoom::Week) {
        let week = from.iso_week();
        return write!(f, "{:04}-W{:02}", week.year(), week.week());
    }
    if from != NaiveDate::MIN {
        write!(f, "{from}")?;
    }
    f.write_str("..")?;
    if to != NaiveDate::MAX {
        write!(f, "{to}")?;
    }
    Ok(())
}
