//! Whether an article belongs to given days, by its own day or by the days that it mentions.

use chrono::NaiveDate;

use crate::corpus::{Article, Timex};
use crate::query::question::DayField;

/// Whether one of the article's days lies from `from` to `to`, both included.
#[must_use]
pub fn has_day(article: &Article, field: DayField, from: NaiveDate, to: NaiveDate) -> bool {
    let inside = |day: NaiveDate| from <= day && day <= to;
    match field {
        DayField::Published => article.published().is_some_and(inside),
        DayField::Mentioned => article.timexes.iter().filter_map(Timex::day).any(inside),
    }
}

/// Whether the article has no day of the kind.
#[must_use]
pub fn is_undated(article: &Article, field: DayField) -> bool {
    match field {
        DayField::Published => article.published().is_none(),
        DayField::Mentioned => article.timexes.iter().all(|timex| timex.day().is_none()),
    }
}
