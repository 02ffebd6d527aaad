//! The mouse: wheel and click, when it is on.

use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::message::MouseKind;
use crate::tui::model::Model;
use crate::tui::update::motion::{self, Motion};
use crate::tui::update::{articles, commands, days, names, overlay};

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// The mouse was used at a cell.
pub(super) fn used(model: &mut Model, kind: MouseKind, column: u16, row: u16) -> Vec<Effect> {
    model.dirty = true;
    if model.overlay.is_some() {
        let by = match kind {
            MouseKind::WheelUp => -NOTCH,
            MouseKind::WheelDown => NOTCH,
            MouseKind::Click => return overlay::close(model),
        };
        return overlay::scroll(model, by);
    }
    let geometry = model.geometry();
    let Some(pane) = geometry.pane_at(column, row) else {
        return Vec::new();
    };
    match kind {
        MouseKind::WheelUp => motion::in_pane(model, pane, Motion::Rows(-NOTCH)),
        MouseKind::WheelDown => motion::in_pane(model, pane, Motion::Rows(NOTCH)),
        MouseKind::Click => {
            let mut effects = commands::focus(model, pane);
            if let Some(rect) = geometry.pane(pane).filter(|rect| row >= rect.y) {
                let line = usize::from(row - rect.y);
                effects.extend(match pane {
                    Pane::Articles => articles::select(model, model.articles.scroll.top + line),
                    Pane::Entities => names::select(model, model.entities.scroll.top + line),
                    Pane::Timeline => days::select(model, model.timeline.scroll.top + line),
                    Pane::Text => Vec::new(),
                });
            }
            effects
        }
    }
}
