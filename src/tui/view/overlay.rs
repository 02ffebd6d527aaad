//! What lies over the panes: help, palette, cards. A rule above, no box around.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::command::Command;
use crate::config::Bidi;
use crate::config::keymap::Mode;
use crate::config::theme::Role;
use crate::text::fold;
use crate::tui::geometry::{Geometry, Pane};
use crate::tui::model::Model;
use crate::tui::model::cards::{self, Tone};
use crate::tui::model::editor::LineEditor;
use crate::tui::model::overlay::{Overlay, Prompt, candidates};
use crate::tui::model::question;
use crate::tui::view::compared;
use crate::tui::view::glyphs::Glyphs;
use crate::tui::view::paint::Painter;
use crate::tui::view::sentences;

/// Rows of the palette, its input line included.
const PALETTE: u16 = 11;

/// Draws what is open.
pub(super) fn draw(model: &Model, geometry: &Geometry, painter: &mut Painter) {
    match &model.overlay {
        None => {}
        Some(Overlay::Help { editor, top }) => {
            let area = body(geometry);
            let title = "Keys · type to search";
            let inner = open(area, title, painter);
            draw_help(model, editor, *top, inner, painter);
        }
        Some(Overlay::Palette { editor, scroll }) => {
            let area = palette_area(geometry);
            painter.clear(area);
            let row = Rect { height: 1, ..area };
            painter.text(row, 1, ":", Role::Key);
            painter.corpus_at(row, 3, editor.text(), Role::Notice);
            let found = candidates(editor.text());
            let rows = found.iter().enumerate().skip(scroll.top);
            for (y, (i, command)) in (area.y + 1..area.bottom()).zip(rows) {
                let row = Rect {
                    y,
                    height: 1,
                    ..area
                };
                if i == scroll.row {
                    painter.gutter(row.x, y, painter.glyphs.gutter, true);
                }
                draw_command(model, *command, row, painter);
            }
        }
        Some(Overlay::Naming { editor }) => {
            let inner = open(naming_area(geometry), "Save these filters as", painter);
            let row = Rect { height: 1, ..inner };
            painter.text(row, 1, ":", Role::Key);
            painter.corpus_at(row, 3, editor.text(), Role::Notice);
        }
        Some(Overlay::Bidi { bidi }) => {
            let inner = open(
                question_area(geometry),
                "Does this read correctly?",
                painter,
            );
            draw_question(*bidi, inner, painter);
        }
        Some(Overlay::Prompt { what, editor }) => {
            draw_prompt(model, *what, editor, prompt_area(geometry), painter);
        }
        Some(Overlay::Sentences(list)) => {
            let title = sentences::title(list);
            let inner = open(body(geometry), &title, painter);
            sentences::draw(model, list, inner, painter);
        }
        Some(overlay) => {
            let title = card_title(model, overlay);
            let top = match overlay {
                Overlay::Card { top, .. }
                | Overlay::Why { top, .. }
                | Overlay::Copies { top, .. }
                | Overlay::Difference { top, .. }
                | Overlay::Match { top, .. }
                | Overlay::Unreadable { top } => *top,
                _ => 0,
            };
            let count = cards::len(model);
            let area = cards::area(model);
            let shown = usize::from(area.height.saturating_sub(1));
            let title = if count > shown {
                let last = (top + shown).min(count);
                format!("{title} · {}–{last} of {count}", top + 1)
            } else {
                title
            };
            let inner = open(area, &title, painter);
            if matches!(overlay, Overlay::Difference { .. }) {
                compared::draw(model, top, inner, painter);
            } else {
                draw_card(model, top, inner, painter);
            }
        }
    }
}

/// What the title line of a card says.
fn card_title(model: &Model, overlay: &Overlay) -> String {
    match overlay {
        Overlay::Card { .. } => "Who is this".to_owned(),
        Overlay::Why { .. } => "How is this day known".to_owned(),
        Overlay::Copies { .. } => "Near-duplicates".to_owned(),
        Overlay::Difference { before, after, .. } => compared::title(model, *before, *after),
        Overlay::Match { .. } => "Why is this a hit".to_owned(),
        _ => "Unreadable".to_owned(),
    }
}

/// Everything between status and footer.
fn body(geometry: &Geometry) -> Rect {
    let screen = geometry.screen;
    Rect {
        y: 1,
        height: screen.height.saturating_sub(2),
        ..screen
    }
}

fn palette_area(geometry: &Geometry) -> Rect {
    let body = body(geometry);
    Rect {
        height: PALETTE.min(body.height),
        ..body
    }
}

/// Title and line of the question for a name.
fn naming_area(geometry: &Geometry) -> Rect {
    let body = body(geometry);
    Rect {
        height: body.height.min(2),
        ..body
    }
}

fn draw_prompt(
    model: &Model,
    what: Prompt,
    editor: &LineEditor,
    area: Rect,
    painter: &mut Painter,
) {
    painter.clear(area);
    let row = Rect { height: 1, ..area };
    painter.text(row, 1, prompt(what), Role::Key);
    painter.corpus_at(row, prompt_cells(what), editor.text(), Role::Notice);
    let y = area.y + 1;
    painter.text(Rect { y, ..row }, 1, says(model, what), Role::Dim);
    painter.row_rule(Rect { y: y + 1, ..row }, 0);
}

/// The line that is asked for, what it is for, and a rule.
fn prompt_area(geometry: &Geometry) -> Rect {
    let body = body(geometry);
    Rect {
        height: body.height.min(3),
        ..body
    }
}

fn prompt(what: Prompt) -> &'static str {
    match what {
        Prompt::Brief => "write to",
        Prompt::Pipe => "|",
    }
}

/// The column in which the answer begins.
fn prompt_cells(what: Prompt) -> u16 {
    u16::try_from(prompt(what).len()).unwrap_or(0) + 2
}

fn says(model: &Model, what: Prompt) -> &'static str {
    match what {
        Prompt::Brief => "all that is listed; .md, .html, .csv or .jsonl; nothing is overwritten",
        Prompt::Pipe if model.focus == Pane::Text => "the command reads the article's text",
        Prompt::Pipe => "the command reads all that is listed, an article a line, as JSON",
    }
}

/// Clears an area and sets its title; gives what is left for content.
fn open(area: Rect, title: &str, painter: &mut Painter) -> Rect {
    painter.clear(area);
    let row = Rect { height: 1, ..area };
    if area.x > 0 {
        painter.column_rule(Rect { width: 1, ..area });
    }
    let x = painter.text(row, 1, title, Role::TitleFocused);
    painter.row_rule(row, x + 1);
    Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    }
}

/// The rows below the status line that the question about Arabic takes.
fn question_area(geometry: &Geometry) -> Rect {
    let body = body(geometry);
    Rect {
        height: body.height.min(7),
        ..body
    }
}

fn draw_question(bidi: Bidi, area: Rect, painter: &mut Painter) {
    let row = |y: u16| Rect {
        y: area.y + y,
        height: u16::from(y < area.height),
        ..area
    };
    painter.corpus(row(1), 2, question::SAMPLE, Style::new(), true);
    for (y, text) in (2..).zip(question::SAYS) {
        painter.text(row(y), 2, text, Role::Dim);
    }
    let text = format!(
        "written as: {} · B next way · Enter reads right · Esc as before",
        bidi.name()
    );
    painter.text(row(4), 2, &text, Role::Notice);
}

fn draw_card(model: &Model, top: usize, area: Rect, painter: &mut Painter) {
    let rows = cards::rows(model);
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
        let at = Rect {
            y,
            height: 1,
            ..area
        };
        let role = match row.tone {
            Tone::Title | Tone::Heading => Role::TitleFocused,
            Tone::Plain => Role::Notice,
            Tone::Dim => Role::Dim,
        };
        if stands_on(model, row.statement) && !row.is_continued {
            painter.gutter(at.x + u16::from(at.x > 0), y, painter.glyphs.gutter, true);
        }
        painter.text(at, 2, &format!("{:>7}", row.lead), Role::Dim);
        let x = cards::indent(row.tone);
        let style = match row.tone {
            Tone::Title | Tone::Heading => Style::new().add_modifier(Modifier::BOLD),
            Tone::Plain | Tone::Dim => painter.style(role),
        };
        let room = Rect {
            x: at.x + x,
            width: at.width.saturating_sub(x + 1),
            ..at
        };
        painter.line(room, &row.line, style, &[]);
    }
}

/// Whether the cursor of the open card is on a statement.
fn stands_on(model: &Model, statement: usize) -> bool {
    let row = model.overlay.as_ref().and_then(Overlay::row);
    row == Some(statement)
}

fn draw_command(model: &Model, command: Command, row: Rect, painter: &mut Painter) {
    let keys = model.config.keymap.keys_of(command).join(" ");
    painter.text(row, 2, command.name(), Role::Notice);
    painter.text(row, 22, &keys, Role::Key);
    painter.text(row, 42, command.help(), Role::Dim);
}

fn draw_help(model: &Model, editor: &LineEditor, top: usize, area: Rect, painter: &mut Painter) {
    let search = Rect { height: 1, ..area };
    painter.text(search, 1, "/", Role::Key);
    painter.corpus_at(search, 3, editor.text(), Role::Notice);
    let rows = help_rows(model, editor.text(), &painter.glyphs);
    for (y, (keys, help)) in (area.y + 1..area.bottom()).zip(rows.iter().skip(top)) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        painter.text(row, 1, keys, Role::Key);
        let style = Style::new();
        let at = 26.min(row.width / 2);
        painter.corpus(row, at, help, style, false);
    }
}

/// Keys and help of every bound command that the search leaves, and the two things that are no
/// command.
fn help_rows(model: &Model, search: &str, glyphs: &Glyphs) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Command::ALL
        .iter()
        .map(|command| {
            let keymap = &model.config.keymap;
            let keys = keymap.keys_of(*command);
            if keys.is_empty() {
                let keys = keymap.keys_in(Mode::Overlay, *command);
                return (keys.join(" "), format!("On a card: {}", command.help()));
            }
            (keys.join(" "), command.help().to_owned())
        })
        .filter(|(keys, _)| !keys.is_empty())
        .collect();
    let counts = "A count before a move; one that begins with 1 to 4 takes a 0 first";
    rows.push(("5j 012G".to_owned(), counts.to_owned()));
    let marks = format!("= {} ?", glyphs.inferred);
    let known = "Days: resolved from a known day, inferred, candidates; unmarked ones are stated";
    rows.push((marks, known.to_owned()));
    let fills = glyphs.fills.join(" ");
    rows.push((
        fills,
        "Bars: English, German, Arabic, other languages".to_owned(),
    ));
    let line = glyphs.line.repeat(3);
    rows.push((
        line,
        "A month or another stretch of time among days".to_owned(),
    ));
    let words = fold::fold(search);
    let kept = |(keys, help): &(String, String)| {
        let text = fold::fold(help);
        words.split_whitespace().all(|word| text.contains(word)) || keys == search.trim()
    };
    rows.retain(kept);
    rows
}

/// Where the caret of an overlay's input line stands.
pub(super) fn caret(model: &Model, geometry: &Geometry) -> Option<Position> {
    if let Some(at) = card_caret(model) {
        return Some(at);
    }
    let (editor, y) = match model.overlay.as_ref()? {
        Overlay::Palette { editor, .. } => (editor, palette_area(geometry).y),
        Overlay::Help { editor, .. } => (editor, body(geometry).y + 1),
        Overlay::Prompt { editor, .. } => (editor, prompt_area(geometry).y),
        Overlay::Naming { editor } => (editor, naming_area(geometry).y + 1),
        _ => return None,
    };
    let mut scratch = ratatui::buffer::Buffer::empty(geometry.screen);
    let painter = Painter::new(&mut scratch, model);
    let before = match model.overlay {
        Some(Overlay::Prompt { what, .. }) => prompt_cells(what),
        _ => 3,
    };
    let x = before + painter.caret_column(editor.text(), editor.caret());
    Some(Position::new(
        x.min(geometry.screen.width.saturating_sub(1)),
        y,
    ))
}

/// The row of a card that its cursor is on, where screen readers look for it.
fn card_caret(model: &Model) -> Option<Position> {
    let overlay = model.overlay.as_ref()?;
    let statement = overlay.row()?;
    let (Overlay::Card { top, .. } | Overlay::Why { top, .. }) = overlay else {
        return None;
    };
    let rows = cards::rows(model);
    let row = rows.iter().position(|row| row.statement == statement)?;
    let area = cards::area(model);
    let y = u16::try_from(row.checked_sub(*top)?).ok()?;
    (y + 1 < area.height).then(|| Position::new(area.x, area.y + 1 + y))
}
