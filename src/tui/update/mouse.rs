//! The mouse, when it is on: wheel, click, and dragging over text, which copies it.

use crate::corpus::{Field, Span};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::message::MouseKind;
use crate::tui::model::Model;
use crate::tui::update::motion::{self, Motion};
use crate::tui::update::{articles, commands, copy, days, kwic, names, overlay, reader};

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// The mouse was used at a cell.
pub(super) fn used(model: &mut Model, kind: MouseKind, column: u16, row: u16) -> Vec<Effect> {
    model.dirty = true;
    if kind == MouseKind::Click && model.corrections.prompt.take().is_some() {
        return Vec::new();
    }
    if model.overlay.is_some() {
        let by = match kind {
            MouseKind::WheelUp => -NOTCH,
            MouseKind::WheelDown => NOTCH,
            MouseKind::Click => return overlay::close(model),
            MouseKind::Drag | MouseKind::Release => return Vec::new(),
        };
        return overlay::scroll(model, by);
    }
    match kind {
        MouseKind::Drag => return drag(model, column, row),
        MouseKind::Release => return release(model),
        _ => {}
    }
    let geometry = model.geometry();
    let Some(pane) = geometry.pane_at(column, row) else {
        return Vec::new();
    };
    match kind {
        MouseKind::WheelUp => motion::in_pane(model, pane, Motion::Rows(-NOTCH)),
        MouseKind::WheelDown => motion::in_pane(model, pane, Motion::Rows(NOTCH)),
        MouseKind::Drag | MouseKind::Release => Vec::new(),
        MouseKind::Click => {
            let mut effects = commands::focus(model, pane);
            if let Some(rect) = geometry.pane(pane).filter(|rect| row >= rect.y) {
                let line = usize::from(row - rect.y);
                effects.extend(match pane {
                    Pane::Articles if model.kwic.open => {
                        kwic::select(model, model.kwic.scroll.top + line)
                    }
                    Pane::Articles => articles::select(model, model.articles.scroll.top + line),
                    Pane::Entities => names::select(model, model.entities.scroll.top + line),
                    Pane::Timeline => days::select(model, model.timeline.scroll.top + line),
                    Pane::Text => press(model, column, row),
                });
            }
            effects
        }
    }
}

/// The bytes of the text under the mouse, or else nearest to it, and whether they are under it.
fn cell(model: &Model, column: u16, row: u16) -> Option<(Field, Span, bool)> {
    let page = model.reader.page.as_ref()?;
    let lines = model.geometry().text_lines(page.options.width)?;
    let line = model.reader.top + usize::from(row.saturating_sub(lines.y));
    let (field, span, is_at) =
        model
            .reader
            .cell_near(line, column.saturating_sub(lines.x), lines.width)?;
    Some((field, span, is_at && column >= lines.x))
}

/// The button went down over the text: whatever was selected is not any more, and a name there
/// gets the cursor.
fn press(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let cell = cell(model, column, row);
    model.reader.range = None;
    model.reader.selection = None;
    model.reader.copied = None;
    model.reader.mark = None;
    model.reader.pressed = cell.map(|(field, span, _)| (field, span));
    if let Some((field, span, true)) = cell {
        reader::stand_on(model, field, span);
    }
    Vec::new()
}

/// What lies between the press and here is selected; over an edge of the pane, the text moves.
fn drag(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let Some((field, from)) = model.reader.pressed else {
        return Vec::new();
    };
    let Some(rect) = model.geometry().pane(Pane::Text) else {
        return Vec::new();
    };
    let height = usize::from(rect.height).max(1);
    let top = model.reader.top;
    if row < rect.y {
        model.reader.scroll_to(top.saturating_sub(1), height);
    } else if row >= rect.bottom() {
        model.reader.scroll_to(top + 1, height);
    }
    let row = row.clamp(rect.y, rect.bottom().saturating_sub(1));
    let Some((reached, to, _)) = cell(model, column, row) else {
        return Vec::new();
    };
    let to = match (field, reached) {
        // a range is of one field: it ends where the other begins
        (Field::Title, Field::Text) => {
            let article = model.open_article();
            let end = article.map_or(0, |article| article.field(Field::Title).len());
            Span::new(end, end)
        }
        (Field::Text, Field::Title) => Span::new(0, 0),
        _ => to,
    };
    let (start, end) = (from.start.min(to.start), from.end.max(to.end));
    let range = Span::new(start as usize, end as usize);
    model.reader.range = Some((field, range)).filter(|_| !range.is_empty());
    Vec::new()
}

/// What was selected goes to the clipboard.
fn release(model: &mut Model) -> Vec<Effect> {
    if model.reader.pressed.take().is_none() || model.reader.range.is_none() {
        return Vec::new();
    }
    copy::copy(model, false)
}
