//! The days of the result.

use chrono::NaiveDate;

use crate::query::{DayField, Row, Zoom};
use crate::tui::model::scroll::Scroll;

/// What a row of the timeline is known by while the rows change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// The row that holds this day.
    Day(NaiveDate),
    /// The articles without a day.
    Undated,
}

/// State of the fourth pane.
#[derive(Clone, Debug, Default)]
pub struct TimelineState {
    /// The row that the user chose last.
    pub chosen: Option<RowKey>,
    /// Where the list stands; rows are indices into the answer's timeline.
    pub scroll: Scroll,
    /// First day of a range that is being selected.
    pub anchor: Option<NaiveDate>,
    /// Whether the day was chosen by a timeline key, so that the article follows it.
    pub leads: bool,
    /// Whose days.
    pub by: DayField,
    /// Length of a row.
    pub zoom: Zoom,
}

/// What a row is known by; `None` for a gap, which cannot be selected.
#[must_use]
pub fn key_of(row: &Row) -> Option<RowKey> {
    match row {
        Row::Bucket { from, .. } => Some(RowKey::Day(*from)),
        Row::Undated { .. } => Some(RowKey::Undated),
        Row::Gap { .. } => None,
    }
}

/// The row that a key means: the one that holds the day, else the nearest bucket to it.
#[must_use]
pub fn row_of(rows: &[Row], key: RowKey) -> Option<usize> {
    match key {
        RowKey::Undated => rows
            .iter()
            .position(|row| matches!(row, Row::Undated { .. })),
        RowKey::Day(day) => rows
            .iter()
            .enumerate()
            .filter_map(|(i, row)| match row {
                Row::Bucket { from, to, .. } if *from <= day && day <= *to => Some((0, i)),
                Row::Bucket { from, to, .. } => {
                    let apart = (*from - day)
                        .num_days()
                        .abs()
                        .min((*to - day).num_days().abs());
                    Some((apart, i))
                }
                _ => None,
            })
            .min()
            .map(|(_, i)| i),
    }
}
