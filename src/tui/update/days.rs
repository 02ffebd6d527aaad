//! The timeline.

use chrono::NaiveDate;

use crate::query::{Condition, Row};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::timeline::{RowKey, key_of};
use crate::tui::model::{Model, Notice};
use crate::tui::update::commands::zoom_step;

/// Selects a row; gaps are stepped over in the direction of the move.
pub(super) fn select(model: &mut Model, row: usize) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Timeline).max(1);
    let rows = &model.result.answer.timeline;
    let state = &mut model.timeline;
    let row = row.min(rows.len().saturating_sub(1));
    let up = row < state.scroll.row;
    let selectable = |row: usize| rows.get(row).is_some_and(|row| key_of(row).is_some());
    let target = if selectable(row) {
        row
    } else if up && row > 0 && selectable(row - 1) {
        row - 1
    } else {
        row + 1
    };
    // a range ends at a day, not at the articles without one
    let last = rows
        .iter()
        .rposition(|row| matches!(row, Row::Bucket { .. }));
    let target = match last {
        Some(last) if state.anchor.is_some() => target.min(last),
        _ => target,
    };
    state.scroll.select(target, rows.len(), height);
    state.chosen = rows.get(state.scroll.row).and_then(key_of);
    vec![Effect::Rest]
}

/// To the next (or an earlier) day with something, from any pane.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let mut effects = Vec::new();
    for _ in 0..by.unsigned_abs().min(model.result.answer.timeline.len()) {
        let row = model.timeline.scroll.row.saturating_add_signed(by.signum());
        effects = select(model, row);
    }
    // the article follows the day, although another pane has the keys
    model.timeline.leads = true;
    effects
}

/// Longer rows (positive) or shorter ones; the place is kept by its day.
pub(super) fn zoom(model: &mut Model, by: isize) -> Vec<Effect> {
    model.timeline.zoom = zoom_step(model.timeline.zoom, by);
    Vec::new()
}

/// Starts a range of days at the selected row, or gives it up.
pub(super) fn toggle_range(model: &mut Model) -> Vec<Effect> {
    if model.timeline.anchor.take().is_some() {
        return Vec::new();
    }
    if let Some(Row::Bucket { from, .. }) = selected(model) {
        model.timeline.anchor = Some(*from);
        model.focus = Pane::Timeline;
        model.notice = Some(Notice::Done(
            "range: move to its other end, Enter filters by it, Esc gives it up".to_owned(),
        ));
    }
    Vec::new()
}

/// First and last day of the selection: of the row, or of the range with the row at one end.
pub(super) fn selection(model: &Model) -> Option<(NaiveDate, NaiveDate)> {
    let Some(Row::Bucket { from, to, .. }) = selected(model) else {
        return None;
    };
    let Some(anchor) = model.timeline.anchor else {
        return Some((*from, *to));
    };
    let end_of_anchor = model
        .result
        .answer
        .timeline
        .iter()
        .find_map(|row| match row {
            Row::Bucket { from, to, .. } if *from == anchor => Some(*to),
            _ => None,
        });
    Some((anchor.min(*from), end_of_anchor.unwrap_or(anchor).max(*to)))
}

/// Adds or removes a filter by the selected days.
pub(super) fn filter_by_selected(model: &mut Model, exclude: bool) -> Vec<Effect> {
    let field = model.timeline.by;
    let condition = match (selection(model), selected(model)) {
        (Some((from, to)), _) => Condition::Days { field, from, to },
        (None, Some(Row::Undated { .. })) => Condition::Undated(field),
        _ => return Vec::new(),
    };
    model.timeline.anchor = None;
    model.filter.toggle(condition, exclude);
    Vec::new()
}

fn selected(model: &Model) -> Option<&Row> {
    model.result.answer.timeline.get(model.timeline.scroll.row)
}

/// Selects the row of a day, without asking anything to follow.
pub(super) fn show_day(model: &mut Model, key: RowKey) {
    let height = model.geometry().rows(Pane::Timeline).max(1);
    let rows = &model.result.answer.timeline;
    if let Some(row) = crate::tui::model::timeline::row_of(rows, key) {
        model.timeline.scroll.select(row, rows.len(), height);
        model.timeline.chosen = Some(key);
    }
}
