//! The days of the result.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::ArticleId;
use crate::query::{DayField, Inferred, Row, Told, Zoom};
use crate::tui::geometry::Pane;
use crate::tui::model::scroll::Scroll;
use crate::tui::model::{Model, Ticket};

/// What a row of the timeline is known by while the rows change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// The row that holds this day.
    Day(NaiveDate),
    /// A stretch of time: its first and last day.
    Interval(NaiveDate, NaiveDate),
    /// The articles without a day.
    Undated,
}

/// Sentences that the list of a row holds at most.
pub const SENTENCES: usize = 12;

/// The list of the best sentences of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct SentencesState {
    /// First and last day of the row.
    pub days: (NaiveDate, NaiveDate),
    /// Whose days.
    pub by: DayField,
    /// The sentences, once they are chosen.
    pub told: Option<Arc<Vec<Told>>>,
    /// Which is selected; rows are sentences.
    pub scroll: Scroll,
}

/// Where `Esc` leads from a sentence that was jumped to.
#[derive(Clone, Debug, PartialEq)]
pub struct Return {
    /// The article that holds as long as it is the open one.
    pub article: ArticleId,
    /// The list that was left.
    pub list: SentencesState,
    /// The pane that had the keys.
    pub focus: Pane,
    /// The row that was selected.
    pub chosen: Option<RowKey>,
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
    /// Whether the length was chosen, by the user or by the number of days.
    pub zoom_settled: bool,
    /// Whether inferred days count.
    pub inferred: Inferred,
    /// Numbers the requests for sentences.
    pub telling: Ticket,
    /// The way back from a sentence in the text to the list of them.
    pub back: Option<Return>,
}

/// First and last day of a row that has days.
#[must_use]
pub fn days_of(row: &Row) -> Option<(NaiveDate, NaiveDate)> {
    match row {
        Row::Bucket { from, to, .. } | Row::Interval { from, to, .. } => Some((*from, *to)),
        Row::Gap { .. } | Row::Undated { .. } => None,
    }
}

/// What a row is known by; `None` for a gap, which cannot be selected.
#[must_use]
pub fn key_of(row: &Row) -> Option<RowKey> {
    match row {
        Row::Bucket { from, .. } => Some(RowKey::Day(*from)),
        Row::Interval { from, to, .. } => Some(RowKey::Interval(*from, *to)),
        Row::Undated { .. } => Some(RowKey::Undated),
        Row::Gap { .. } => None,
    }
}

/// The row that a key means: the one that holds the day, else the nearest bucket to it; that of a
/// stretch of time, else of its first day.
#[must_use]
pub fn row_of(rows: &[Row], key: RowKey) -> Option<usize> {
    match key {
        RowKey::Undated => rows
            .iter()
            .position(|row| matches!(row, Row::Undated { .. })),
        RowKey::Interval(first, last) => rows
            .iter()
            .position(
                |row| matches!(row, Row::Interval { from, to, .. } if (*from, *to) == (first, last)),
            )
            .or_else(|| row_of(rows, RowKey::Day(first))),
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

/// Screen rows of one sentence in the list: two of text, one of where it stands and why.
pub const SENTENCE_ROWS: u16 = 3;

/// How many sentences of the list the screen shows at once, at least one.
#[must_use]
pub fn sentences_shown(model: &Model) -> usize {
    // without status, title and bottom line
    let rows = model.size.1.saturating_sub(3);
    usize::from(rows / SENTENCE_ROWS).max(1)
}
