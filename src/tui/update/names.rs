//! The names of the result.

use crate::query::Condition;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::entities::EntityRow;

/// Selects a row; a heading gives way to the name below it, or above when moving up.
pub(super) fn select(model: &mut Model, row: usize) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Entities).max(1);
    let state = &mut model.entities;
    let len = state.rows.len();
    let row = row.min(len.saturating_sub(1));
    let heading = |row: usize| matches!(state.rows.get(row), Some(EntityRow::Heading(..)));
    let target = if heading(row) && row < state.scroll.row && row > 0 {
        row - 1
    } else if heading(row) {
        row + 1
    } else {
        row
    };
    state.scroll.select(target, len, height);
    if state.scroll.row == 1 {
        // the first heading belongs to the first name
        state.scroll.top = 0;
    }
    state.chosen = state.selected();
    vec![Effect::Rest]
}

/// Adds or removes a filter by the selected name.
pub(super) fn filter_by_selected(model: &mut Model, exclude: bool) -> Vec<Effect> {
    if let Some(entity) = model
        .entities
        .selected()
        .and_then(|id| model.corpus.entities().get(id))
    {
        let condition = Condition::Entity(entity.key.to_string());
        model.filter.toggle(condition, exclude);
    }
    Vec::new()
}
