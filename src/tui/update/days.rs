//! The timeline.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::command::Command;
use crate::query::{Condition, DayField, Inferred, Row, Zoom, first_day};
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
    let ranging = state.anchor.is_some();
    // a range goes from day to day
    let selectable = |row: usize| {
        rows.get(row).is_some_and(|row| {
            key_of(row).is_some() && !(ranging && matches!(row, Row::Interval { .. }))
        })
    };
    let target = if up {
        (0..=row).rev().find(|row| selectable(*row))
    } else {
        None
    };
    let target = target.or_else(|| (row..rows.len()).find(|row| selectable(*row)));
    let target = target.unwrap_or(row);
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
        let rows = &model.result.answer.timeline;
        let is_day = |row: &usize| {
            let row = rows.get(*row);
            row.is_some_and(|row| matches!(row, Row::Bucket { .. } | Row::Undated { .. }))
        };
        let here = model.timeline.scroll.row;
        let next = if by > 0 {
            (here + 1..rows.len()).find(is_day)
        } else {
            (0..here).rev().find(is_day)
        };
        let Some(next) = next else { break };
        effects = select(model, next);
    }
    // the article follows the day, although another pane has the keys
    model.timeline.leads = true;
    effects
}

/// Longer rows (positive) or shorter ones; the place is kept by its day.
pub(super) fn zoom(model: &mut Model, by: isize) -> Vec<Effect> {
    model.timeline.zoom = zoom_step(model.timeline.zoom, by);
    model.timeline.zoom_settled = true;
    Vec::new()
}

/// Rows among which one still finds one's way: some thirty screens of a small terminal.
const ROWS: usize = 300;

/// Once everything is loaded: rows so long that there are not too many of them, unless the user
/// chose a length.
pub(super) fn settle_zoom(model: &mut Model) {
    let loaded = model.loading.is_none() && !model.result.stale && !model.corpus.is_empty();
    if !loaded || model.timeline.zoom_settled {
        return;
    }
    model.timeline.zoom_settled = true;
    let days: Vec<NaiveDate> = model
        .result
        .answer
        .timeline
        .iter()
        .filter_map(|row| match row {
            Row::Bucket { from, .. } => Some(*from),
            _ => None,
        })
        .collect();
    let rows = |zoom: Zoom| {
        let firsts = days.iter().map(|day| first_day(*day, zoom));
        firsts.collect::<BTreeSet<_>>().len()
    };
    let zooms = [Zoom::Day, Zoom::Week, Zoom::Month];
    let zoom = zooms.into_iter().find(|zoom| rows(*zoom) <= ROWS);
    let zoom = zoom.unwrap_or(Zoom::Year);
    if zoom == model.timeline.zoom {
        return;
    }
    model.timeline.zoom = zoom;
    if model.notice.is_none() {
        let length = match zoom {
            Zoom::Day => "day",
            Zoom::Week => "week",
            Zoom::Month => "month",
            Zoom::Year => "year",
        };
        let shorter = model.config.keymap.keys_of(Command::ZoomIn);
        let shorter = shorter.first().map_or("", String::as_str);
        let days = days.len();
        model.notice = Some(Notice::Done(format!(
            "{days} days have something: the timeline is by {length} · {shorter} shorter rows"
        )));
    }
}

/// Takes all inferred days away, or brings them back.
pub(super) fn toggle_inferred(model: &mut Model) -> Vec<Effect> {
    let key = model.config.keymap.keys_of(Command::Inferred);
    let key = key.first().map_or("", String::as_str);
    let (inferred, text) = match model.timeline.inferred {
        Inferred::Shown => (
            Inferred::Hidden,
            format!("only stated, set and resolved days count · {key} brings inferred ones back"),
        ),
        Inferred::Hidden => (
            Inferred::Shown,
            format!("inferred days count again · {key} takes them away"),
        ),
    };
    model.timeline.inferred = inferred;
    model.notice = Some(Notice::Done(text));
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
        (None, Some(Row::Interval { from, to, .. })) if field == DayField::Mentioned => {
            let (from, to) = (*from, *to);
            Condition::Days { field, from, to }
        }
        (None, Some(Row::Interval { .. })) => {
            let text = "the days of these articles are open: no filter by day finds them";
            model.notice = Some(Notice::Problem(text.to_owned()));
            return Vec::new();
        }
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
