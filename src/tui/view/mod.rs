//! &Model → frame. Draws and changes nothing.
//!
//! ```text
//!  status: corpus · counts · load        filter line   chips
//!  Articles ───────────│ Text ─────────────│ Entities ──────
//! ▌2016-11-03≈ de …    │  …                │ GROUP
//!  Timeline ── published ──────────────────────────────────
//!  2016-11-03 Thu ████  2  7  …
//!  keys that matter here, or what was just done
//! ```

mod articles;
mod bars;
mod compared;
mod days;
mod footer;
mod glyphs;
mod kwic;
mod names;
mod overlay;
mod paint;
mod prompt;
mod reader;
mod sentences;
mod status;
mod style;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::config::theme::Role;
use crate::tui::geometry::{Arrangement, Geometry, Pane};
use crate::tui::model::Model;
use crate::tui::view::paint::Painter;

/// Draws the whole screen.
pub fn render(model: &Model, frame: &mut Frame) {
    let geometry = model.geometry();
    let mut painter = Painter::new(frame.buffer_mut(), model);
    if geometry.arrangement == Arrangement::TooSmall {
        too_small(&mut painter, geometry.screen);
        return;
    }
    status::draw(model, &geometry, &mut painter);
    for rule in geometry.rules.iter().flatten() {
        painter.column_rule(*rule);
    }
    for pane in Pane::ALL {
        if let Some(rect) = geometry.titles[pane.index()] {
            title(model, pane, rect, &mut painter);
        }
        if let Some(rect) = geometry.pane(pane) {
            match pane {
                Pane::Articles if model.kwic.open => kwic::draw(model, rect, &mut painter),
                Pane::Articles => articles::draw(model, rect, &mut painter),
                Pane::Text => reader::draw(model, rect, &mut painter),
                Pane::Entities => names::draw(model, rect, &mut painter),
                Pane::Timeline => days::draw(model, rect, &mut painter),
            }
        }
        if let Some(rect) = geometry.strips[pane.index()] {
            strip(model, pane, rect, &mut painter);
        }
    }
    overlay::draw(model, &geometry, &mut painter);
    prompt::draw(model, &geometry, &mut painter);
    footer::draw(model, &geometry, &mut painter);
    if let Some(position) = cursor(model, &geometry) {
        frame.set_cursor_position(position);
    }
}

/// Where the terminal's own cursor belongs: on the caret of an open line, else on the selected
/// row, where screen readers and magnifiers look for it.
fn cursor(model: &Model, geometry: &Geometry) -> Option<Position> {
    if let Some(position) = prompt::caret(model, geometry) {
        return Some(position);
    }
    if let Some(position) = overlay::caret(model, geometry) {
        return Some(position);
    }
    if model.overlay.is_some() {
        return None;
    }
    if model.filter.line.is_some() {
        return status::caret(model, geometry);
    }
    let rect = geometry.pane(model.focus)?;
    let row = match model.focus {
        Pane::Articles if model.kwic.open => model.kwic.scroll.row - model.kwic.scroll.top,
        Pane::Articles => model.articles.scroll.row - model.articles.scroll.top,
        Pane::Entities => model
            .entities
            .scroll
            .row
            .saturating_sub(model.entities.scroll.top),
        Pane::Timeline => model.timeline.scroll.row - model.timeline.scroll.top,
        Pane::Text => return reader::caret(model, rect),
    };
    Some(Position::new(
        rect.x,
        rect.y + u16::try_from(row).ok()?.min(rect.height - 1),
    ))
}

/// A pane's title line: its number and name, what is special about it, and a rule to its end.
fn title(model: &Model, pane: Pane, rect: Rect, painter: &mut Painter) {
    let role = if model.focus == pane {
        Role::TitleFocused
    } else {
        Role::TitleOther
    };
    let mut x = painter.text(rect, 1, pane.title(), role);
    let detail = match pane {
        Pane::Articles if model.kwic.open => kwic::detail(model),
        Pane::Articles => articles::detail(model),
        Pane::Text => reader::detail(model),
        Pane::Entities => names::detail(model),
        Pane::Timeline => days::detail(model, &painter.glyphs),
    };
    if !detail.is_empty() {
        x = painter.corpus_at(rect, x + 1, &detail, Role::Dim);
    }
    painter.row_rule(rect, x + 1);
}

/// A closed pane on one line: its number, its name, and the best of what is in it.
fn strip(model: &Model, pane: Pane, rect: Rect, painter: &mut Painter) {
    let key = (pane.index() + 1).to_string();
    let x = painter.text(rect, 1, &key, Role::Key);
    let x = painter.text(rect, x + 1, pane.title(), Role::TitleOther);
    match pane {
        Pane::Entities => names::draw_strip(model, rect, x + 2, painter),
        Pane::Timeline => days::draw_strip(model, rect, x + 2, painter),
        Pane::Text => reader::draw_strip(model, rect, x + 2, painter),
        Pane::Articles => {}
    }
}

fn too_small(painter: &mut Painter, screen: Rect) {
    let words = ["too small", "need 24 x 6", "q quits"];
    for (y, text) in (screen.y..screen.bottom()).zip(words) {
        painter.text(
            Rect {
                y,
                height: 1,
                ..screen
            },
            0,
            text,
            Role::Notice,
        );
    }
}
