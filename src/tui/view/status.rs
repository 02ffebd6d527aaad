//! The top line: corpus and counts, how far a load is, the filter as it is typed, and the chips.

use ratatui::layout::{Position, Rect};

use crate::config::theme::Role;
use crate::link::LinkMode;
use crate::query::{Inferred, Term};
use crate::tui::geometry::{Arrangement, Geometry};
use crate::tui::model::Model;
use crate::tui::view::paint::Painter;
use crate::tui::view::triage;

/// Draws the line.
pub(super) fn draw(model: &Model, geometry: &Geometry, painter: &mut Painter) {
    let row = geometry.status;
    let x = draw_counts(model, geometry, painter);
    let x = draw_line(model, row, x, painter);
    draw_chips(&model.filter.terms, row, x + 1, painter);
}

/// Cells that one chip's text may take where there are several.
const CHIP: u16 = 28;

/// The chips from column `x`: the newest, which Esc peels, is always among them; what does not fit
/// is counted before them.
fn draw_chips(terms: &[Term], row: Rect, x: u16, painter: &mut Painter) {
    let room = row.width.saturating_sub(x + 1);
    let most = if terms.len() > 1 {
        CHIP.min(room / 2)
    } else {
        room.saturating_sub(4)
    };
    let chips: Vec<String> = terms.iter().map(ToString::to_string).collect();
    // a space before, a space and a cross behind
    let cells = |text: &String| painter.lay(text, most.max(1), false).width + 4;
    let mut left = room;
    let mut first = chips.len();
    while first > 0 {
        let more = if first > 1 { 4 } else { 0 };
        let next = chips.get(first - 1).map_or(0, &cells);
        if next + more > left && first < chips.len() {
            break;
        }
        left = left.saturating_sub(next);
        first -= 1;
    }
    let mut x = x;
    if first > 0 {
        x = painter.text(row, x + 1, &format!("+{first}"), Role::Dim);
    }
    for text in chips.iter().skip(first) {
        x = draw_chip(text, row, x, most, painter);
    }
}

/// Name, counts and load; gives the column behind them.
fn draw_counts(model: &Model, geometry: &Geometry, painter: &mut Painter) -> u16 {
    let row = geometry.status;
    let narrow = row.width < 60;
    let mut x = 1;
    if narrow && geometry.arrangement == Arrangement::Single {
        // one pane at a time: the breadcrumb says which
        x = painter.text(row, x, model.focus.title(), Role::TitleFocused) + 1;
    }
    if !narrow || model.filter.line.is_none() {
        x = painter.corpus_at(row, x, model.corpus.name(), Role::TitleFocused) + 1;
    }
    x = painter.text(row, x, &counts(model), Role::Notice);
    if let Some(loading) = model.loading {
        let text = match loading.inputs {
            Some(all) if all > 1 => format!(" · read {} of {all}", loading.inputs_read),
            _ => " · reading".to_owned(),
        };
        x = painter.text(row, x, &text, Role::Dim);
    }
    let links = model.corrections.linked;
    let asked = model.filter.query().links();
    // a chip that holds says it itself
    if asked != Some(links) && (asked.is_some() || links != LinkMode::All) {
        x = painter.text(row, x, &format!(" · links: {}", links.name()), Role::Notice);
    }
    // while everything is read anew links cannot be made yet
    if model.corrections.busy || links != model.corrections.asked && model.loading.is_some() {
        x = painter.text(row, x, " · taking it in", Role::Dim);
    }
    if model.timeline.inferred == Inferred::Hidden {
        let text = if narrow {
            " · no ≈"
        } else {
            " · without inferred days"
        };
        x = painter.text(row, x, text, Role::Notice);
    }
    let unreadable = model.corpus.unreadable().len();
    if unreadable > 0 && !narrow {
        x = painter.text(row, x, &format!(" · {unreadable} unreadable"), Role::Error);
    }
    triage::draw_counts(model, row, x, painter)
}

/// `4 of 5 articles`, or `5 articles · 1 undated`.
fn counts(model: &Model) -> String {
    let shown = model.result.answer.hits.len();
    let all = model.result.corpus.len();
    let articles = if all == 1 { "article" } else { "articles" };
    // near-duplicates that share a row; the chips need the room more on a small screen
    let stories = match model.articles.stories() {
        Some(1) if model.size.0 >= 60 => " (1 story)".to_owned(),
        Some(stories) if model.size.0 >= 60 => format!(" ({stories} stories)"),
        _ => String::new(),
    };
    if model.question().query.terms.is_empty() {
        format!("{all} {articles}{stories}")
    } else {
        // the chips need the room more than the word
        if model.size.0 < 60 {
            format!("{shown} of {all}")
        } else {
            format!("{shown} of {all} {articles}{stories}")
        }
    }
}

/// The open filter line with its caret; gives the column behind it.
fn draw_line(model: &Model, row: Rect, x: u16, painter: &mut Painter) -> u16 {
    let Some(line) = &model.filter.line else {
        return x;
    };
    let x = painter.text(row, x + 2, &line.scope.key().to_string(), Role::Key);
    let end = painter.corpus_at(row, x + 1, line.editor.text(), Role::Notice);
    if line.error.is_some() {
        return painter.text(row, end + 1, "?", Role::Error);
    }
    end
}

/// One chip of at most `most` cells of text; gives the column behind it.
fn draw_chip(text: &str, row: Rect, x: u16, most: u16, painter: &mut Painter) -> u16 {
    let room = Rect {
        width: row.width.min(x + 1 + most),
        ..row
    };
    let x = painter.corpus_at(room, x + 1, text, Role::Chip);
    painter.text(row, x + 1, painter.glyphs.times, Role::Dim)
}

/// Where the caret of the open filter line stands.
pub(super) fn caret(model: &Model, geometry: &Geometry) -> Option<Position> {
    let line = model.filter.line.as_ref()?;
    // the same columns as in `draw`, measured on a scratch row
    let mut scratch = ratatui::buffer::Buffer::empty(geometry.screen);
    let mut painter = Painter::new(&mut scratch, model);
    let x = draw_counts(model, geometry, &mut painter);
    let x = painter.text(
        geometry.status,
        x + 2,
        &line.scope.key().to_string(),
        Role::Key,
    ) + 1;
    let at = painter.caret_column(line.editor.text(), line.editor.caret());
    let column = (x + at).min(geometry.status.width.saturating_sub(1));
    Some(Position::new(column, geometry.status.y))
}
