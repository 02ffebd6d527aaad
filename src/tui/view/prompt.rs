//! The line that asks for a name, a kind or a day: over the top rows of the body, like the palette.

use ratatui::layout::{Position, Rect};

use crate::config::theme::Role;
use crate::tui::geometry::Geometry;
use crate::tui::model::Model;
use crate::tui::model::correction::{Choice, Prompt};
use crate::tui::view::paint::Painter;

/// Rows that offers may take.
const OFFERS: u16 = 5;

/// The rows that the line and its offers take.
fn area(prompt: &Prompt, geometry: &Geometry) -> Rect {
    let screen = geometry.screen;
    let offers = u16::try_from(prompt.choices.len()).unwrap_or(OFFERS);
    let room = screen.height.saturating_sub(2);
    Rect {
        y: 1,
        // with a rule below
        height: (2 + offers.min(OFFERS)).min(room),
        ..screen
    }
}

/// Draws the line, if it is open.
pub(super) fn draw(model: &Model, geometry: &Geometry, painter: &mut Painter) {
    let Some(prompt) = &model.corrections.prompt else {
        return;
    };
    let area = area(prompt, geometry);
    painter.clear(area);
    let row = Rect { height: 1, ..area };
    let x = painter.text(row, 1, prompt.question(), Role::Key);
    painter.corpus_at(row, x + 1, prompt.editor.text(), Role::Notice);
    let offered = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let below = Rect {
        y: offered.bottom(),
        height: area.height.min(1),
        ..area
    };
    painter.row_rule(below, 0);
    let offers = prompt.choices.iter().enumerate().skip(prompt.scroll.top);
    for (y, (number, choice)) in (area.y + 1..offered.bottom()).zip(offers) {
        let row = Rect {
            y,
            height: 1,
            ..row
        };
        if number == prompt.scroll.row {
            painter.gutter(row.x, y, painter.glyphs.gutter, true);
        }
        match choice {
            Choice::Entity(name, mentions) => {
                painter.text(row, 2, &format!("{mentions:>5}"), Role::Dim);
                let x = painter.text(row, 8, name.kind.code(), Role::Dim);
                painter.corpus_at(row, x.max(16) + 1, &name.key, Role::Notice);
            }
            Choice::Kind(kind) => {
                painter.text(row, 2, kind.code(), Role::Notice);
            }
            Choice::New(name) => {
                let x = painter.text(row, 8, "new", Role::Dim);
                painter.corpus_at(row, x.max(16) + 1, name, Role::Notice);
            }
        }
    }
}

/// Where the caret of the line stands.
pub(super) fn caret(model: &Model, geometry: &Geometry) -> Option<Position> {
    let prompt = model.corrections.prompt.as_ref()?;
    let mut scratch = ratatui::buffer::Buffer::empty(geometry.screen);
    let painter = Painter::new(&mut scratch, model);
    let question = u16::try_from(prompt.question().chars().count()).unwrap_or(0);
    let editor = &prompt.editor;
    let x = 2 + question + painter.caret_column(editor.text(), editor.caret());
    let last = geometry.screen.width.saturating_sub(1);
    Some(Position::new(x.min(last), area(prompt, geometry).y))
}
