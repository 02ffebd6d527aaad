//! The names of the result, grouped by kind, with counts of documents.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::corpus::Entity;
use crate::query::EntityCount;
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::entities::EntityRow;
use crate::tui::view::paint::Painter;
use crate::tui::view::style;

/// Cells of the count, and of the dot behind it with its space.
const COUNT: u16 = 5;
const DOT: u16 = 2;

/// What the title line says: how many names there are.
pub(super) fn detail(model: &Model) -> String {
    match model.result.answer.entities.len() {
        0 => String::new(),
        n => n.to_string(),
    }
}

/// Draws the rows.
pub(super) fn draw(model: &Model, rect: Rect, painter: &mut Painter) {
    let rows = model
        .entities
        .rows
        .iter()
        .enumerate()
        .skip(model.entities.scroll.top);
    for (y, (i, row)) in (rect.y..rect.bottom()).zip(rows) {
        let area = Rect {
            y,
            height: 1,
            ..rect
        };
        match row {
            EntityRow::Heading(kind, _) => {
                painter.text(area, 1, kind.code(), style::of_kind(*kind));
            }
            EntityRow::Name(count) => {
                let selected = i == model.entities.scroll.row;
                if selected {
                    let focused = model.focus == Pane::Entities;
                    painter.gutter(area.x, y, painter.glyphs.gutter, focused);
                }
                draw_name(model, *count, area, selected, painter);
            }
        }
    }
}

fn draw_name(model: &Model, count: EntityCount, row: Rect, selected: bool, painter: &mut Painter) {
    let Some(entity) = model.corpus.entities().get(count.entity) else {
        return;
    };
    let bold = if selected {
        Modifier::BOLD
    } else {
        Modifier::empty()
    };
    let end = row.width.saturating_sub(COUNT + DOT);
    let line = painter.lay(&entity.key, end.saturating_sub(2), false);
    let area = Rect {
        x: row.x + 2,
        width: line.width,
        ..row
    };
    painter.line(area, &line, Style::new().add_modifier(bold), &[]);
    painter.text(row, end, &format!("{:>5}", count.documents), Role::Dim);
    let here = model
        .open_article()
        .is_some_and(|article| article.entities.binary_search(&count.entity).is_ok());
    if here {
        painter.text(row, row.width - 1, painter.glyphs.dot, Role::Notice);
    }
}

/// A closed pane on one line: the names of most documents.
pub(super) fn draw_strip(model: &Model, row: Rect, mut x: u16, painter: &mut Painter) {
    let mut counts: Vec<EntityCount> = model.result.answer.entities.to_vec();
    counts.sort_by_key(|count| std::cmp::Reverse((count.documents, count.mentions)));
    for count in counts.iter().take(12) {
        let Some(entity) = model.corpus.entities().get(count.entity) else {
            continue;
        };
        let text = strip_text(entity, *count);
        let cells = painter.lay(&text, u16::MAX, false).width;
        if x + cells + 1 > row.width {
            break;
        }
        x = painter.corpus_at(row, x, &text, style::of_kind(count.kind)) + 2;
    }
}

fn strip_text(entity: &Entity, count: EntityCount) -> String {
    format!("{} {}", entity.key, count.documents)
}
