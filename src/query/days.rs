//! Whether an article belongs to given days, by its own day or by the days that it mentions.

use chrono::{Datelike as _, NaiveDate};

use crate::corpus::{Article, DayBasis, DayRange, Segment, Timex};
use crate::query::answer::Row;
use crate::query::question::{DayField, Inferred, Zoom};
use crate::query::timeline::{first_day, last_day};

/// The article's own day, where it has one that counts.
#[must_use]
pub fn own_day(article: &Article, inferred: Inferred) -> Option<NaiveDate> {
    let day = article.day.as_ref()?;
    let firm = matches!(day.basis, DayBasis::Stated | DayBasis::Set);
    day.day.filter(|_| inferred.admits(firm))
}

/// The month or the year within which the own day of an article of a segment lies that has no
/// single one: first and last day. `None` where even the year is open.
pub(crate) fn possible_days_in(
    segment: &Segment,
    at: usize,
    inferred: Inferred,
) -> Option<(NaiveDate, NaiveDate)> {
    let (earliest, latest) = segment.day_between(at)?;
    month_or_year(earliest, latest, inferred)
}

fn month_or_year(
    earliest: NaiveDate,
    latest: NaiveDate,
    inferred: Inferred,
) -> Option<(NaiveDate, NaiveDate)> {
    if inferred == Inferred::Hidden {
        return None;
    }
    let zoom = if earliest.year() != latest.year() {
        return None;
    } else if earliest.month() == latest.month() {
        Zoom::Month
    } else {
        Zoom::Year
    };
    let first = first_day(earliest, zoom);
    Some((first, last_day(first, zoom)))
}

/// Whether the article's own day lies from `from` to `to`, both included, or the days of an
/// expression of time in it all do.
#[must_use]
pub fn has_day(
    article: &Article,
    field: DayField,
    inferred: Inferred,
    from: NaiveDate,
    to: NaiveDate,
) -> bool {
    match field {
        DayField::Published => {
            own_day(article, inferred).is_some_and(|day| from <= day && day <= to)
        }
        DayField::Mentioned => {
            mentioned(article, inferred).any(|(_, range)| range.is_within(from, to))
        }
    }
}

/// Whether an article of a segment belongs to a row of the timeline: its own day lies in it, or its
/// possible days are those of the interval; by what it mentions, the days of an expression of time
/// all do, or are exactly those of the interval.
#[must_use]
pub fn is_in_row(
    segment: &Segment,
    at: usize,
    row: &Row,
    field: DayField,
    inferred: Inferred,
) -> bool {
    let own = || day_in(segment, at, inferred).map(|(day, _)| day);
    let mut mentioned = days_in(segment, at, inferred);
    match (row, field) {
        (Row::Bucket { from, to, .. }, DayField::Published) => {
            own().is_some_and(|day| *from <= day && day <= *to)
        }
        (Row::Bucket { from, to, .. }, DayField::Mentioned) => {
            mentioned.any(|range| range.is_within(*from, *to))
        }
        (Row::Interval { from, to, .. }, DayField::Published) => {
            possible_days_in(segment, at, inferred) == Some((*from, *to))
        }
        (Row::Interval { from, to, .. }, DayField::Mentioned) => {
            mentioned.any(|range| (range.from, range.to) == (*from, *to))
        }
        (Row::Undated { .. }, DayField::Published) => own().is_none(),
        (Row::Undated { .. }, DayField::Mentioned) => mentioned.next().is_none(),
        (Row::Gap { .. }, _) => false,
    }
}

/// Whether the article has no day of its own, or mentions no day, month or other time of the
/// calendar.
#[must_use]
pub fn is_undated(article: &Article, field: DayField, inferred: Inferred) -> bool {
    match field {
        DayField::Published => own_day(article, inferred).is_none(),
        DayField::Mentioned => mentioned(article, inferred).next().is_none(),
    }
}

/// The expressions of time that name days which count: their places among the article's, and the
/// days.
pub(crate) fn mentioned(
    article: &Article,
    inferred: Inferred,
) -> impl Iterator<Item = (usize, DayRange)> {
    let ranges = article.timexes.iter().map(Timex::range).enumerate();
    ranges.filter_map(move |(at, range)| Some((at, range.filter(|r| inferred.admits(r.firm))?)))
}

/// The own day of an article of a segment, where it counts, and whether it is stated or set.
pub(crate) fn day_in(
    segment: &Segment,
    at: usize,
    inferred: Inferred,
) -> Option<(NaiveDate, bool)> {
    segment.day(at).filter(|(_, firm)| inferred.admits(*firm))
}

/// The days that an article of a segment mentions, where they count.
pub(crate) fn days_in(
    segment: &Segment,
    at: usize,
    inferred: Inferred,
) -> impl Iterator<Item = DayRange> {
    let ranges = segment.mentioned(at).flatten();
    ranges.filter(move |range| inferred.admits(range.firm))
}
