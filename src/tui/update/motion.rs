//! Moving in the pane that has the keys.

use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::update::{articles, days, kwic, names};

/// A move; rows and pages count down the screen, negative ones up.
#[derive(Clone, Copy, Debug)]
pub(super) enum Motion {
    /// Rows.
    Rows(isize),
    /// Half screens.
    HalfPages(isize),
    /// Screens, less one line of overlap.
    Pages(isize),
    /// A row by number, from 0; numbers past the end mean the last.
    To(usize),
}

impl Motion {
    /// The row that a move leads to in a pane of `height` rows.
    pub(super) fn target(self, from: usize, height: usize) -> usize {
        let page = isize::try_from(height).unwrap_or(isize::MAX);
        let by = match self {
            Self::Rows(n) => n,
            Self::HalfPages(n) => n.saturating_mul((page / 2).max(1)),
            Self::Pages(n) => n.saturating_mul((page - 1).max(1)),
            Self::To(row) => return row,
        };
        from.saturating_add_signed(by)
    }
}

/// Moves in the focused pane.
pub(super) fn go(model: &mut Model, motion: Motion) -> Vec<Effect> {
    in_pane(model, model.focus, motion)
}

/// Moves in a pane, whichever has the keys.
pub(super) fn in_pane(model: &mut Model, pane: Pane, motion: Motion) -> Vec<Effect> {
    let height = model.geometry().rows(pane).max(1);
    match pane {
        Pane::Articles if model.kwic.open => {
            let target = motion.target(model.kwic.scroll.row, height);
            kwic::select(model, target)
        }
        Pane::Articles => {
            let target = motion.target(model.articles.scroll.row, height);
            articles::select(model, target)
        }
        Pane::Text if model.reader.selection.is_some() => {
            let lines = model.reader.lines();
            if let Some((_, head)) = &mut model.reader.selection {
                *head = motion.target(*head, height).min(lines.saturating_sub(1));
                let head = *head;
                model.reader.reveal(head, height);
            }
            Vec::new()
        }
        Pane::Text => {
            let target = motion.target(model.reader.top, height);
            model.reader.scroll_to(target, height);
            Vec::new()
        }
        Pane::Entities => {
            let target = motion.target(model.entities.scroll.row, height);
            names::select(model, target)
        }
        Pane::Timeline => {
            let target = motion.target(model.timeline.scroll.row, height);
            days::select(model, target)
        }
    }
}
