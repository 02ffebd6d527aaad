//! Whether an article belongs to given days, by its own day or by the days that it mentions.

use chrono::NaiveDate;

use crate::corpus::{Article, DayRange, Timex};
use crate::query::question::DayField;

/// Whether the article's own day lies from `from` to `to`, both included, or the days of an
/// expression of time in it all do.
#[must_use]
pub fn has_day(article: &Article, field: DayField, from: NaiveDate, to: NaiveDate) -> bool {
    match field {
        DayField::Published => article
            .published()
            .is_some_and(|day| from <= day && day <= to),
        DayField::Mentioned => {
            let mut ranges = article.timexes.iter().filter_map(Timex::range);
            ranges.any(|range| range.is_within(from, to))
        }
    }
}

/// Whether the article has no day of its own, or mentions no single day.
#[must_use]
pub fn is_undated(article: &Article, field: DayField) -> bool {
    match field {
        DayField::Published => article.published().is_none(),
        DayField::Mentioned => {
            let mut ranges = article.timexes.iter().filter_map(Timex::range);
            !ranges.any(DayRange::is_day)
        }
    }
}
