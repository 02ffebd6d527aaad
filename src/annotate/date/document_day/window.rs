//! The days that come into question for a document: a run of the calendar, addressed by index.

use chrono::{Datelike, Days, NaiveDate};

/// A run of days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) first: NaiveDate,
    len: usize,
}

impl Window {
    /// The days from `first` to `last`, at most `longest`: the latest ones.
    pub(super) fn new(first: NaiveDate, last: NaiveDate, longest: u64) -> Self {
        let earliest = last
            .checked_sub_days(Days::new(longest.saturating_sub(1)))
            .unwrap_or(first);
        let first = first.max(earliest);
        let len = usize::try_from((last - first).num_days() + 1).unwrap_or(0);
        Self { first, len }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The day of an index.
    pub(super) fn day(&self, index: usize) -> NaiveDate {
        self.first
            .checked_add_days(Days::new(index as u64))
            .unwrap_or(self.first)
    }

    /// The days with their indices, in order.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take(self.len)
    }

    /// The years that it touches, and one on either side.
    pub(super) fn years(&self) -> std::ops::RangeInclusive<i32> {
        let last = self.day(self.len.saturating_sub(1));
        self.first.year() - 1..=last.year() + 1
    }

    /// The part of `slots` for the days from `day + from` to `day + to`.
    pub(super) fn part<'s>(
        &self,
        slots: &'s mut [f32],
        day: NaiveDate,
        from: i64,
        to: i64,
    ) -> &'s mut [f32] {
        let offset = (day - self.first).num_days();
        let clamp = |at: i64| usize::try_from(at.max(0)).unwrap_or(0).min(self.len);
        let (start, end) = (clamp(offset + from), clamp(offset + to + 1));
        slots.get_mut(start..end.max(start)).unwrap_or_default()
    }
}
