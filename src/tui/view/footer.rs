//! The bottom line: what was just done, or the keys that matter here.

use crate::command::Command;
use crate::config::keymap::Mode;
use crate::config::theme::Role;
use crate::tui::geometry::{Geometry, Pane};
use crate::tui::model::cards::{self, Target};
use crate::tui::model::filter::{FilterLine, Scope};
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice};
use crate::tui::view::paint::Painter;

/// Draws the line.
pub(super) fn draw(model: &Model, geometry: &Geometry, painter: &mut Painter) {
    let row = geometry.footer;
    if let Some(line) = &model.filter.line {
        draw_filter_hint(model, line, row, painter);
        return;
    }
    if let Some(prompt) = &model.corrections.prompt {
        match &prompt.error {
            Some(error) => painter.corpus_at(row, 1, error, Role::Error),
            None => painter.text(row, 1, whole_hints(prompt.hint(), row.width), Role::Notice),
        };
        return;
    }
    if model.triage.panel.is_some() && model.notice.is_none() {
        return;
    }
    match &model.notice {
        Some(Notice::Done(text)) => {
            painter.corpus_at(row, 1, text, Role::Notice);
        }
        Some(Notice::Problem(text)) => {
            painter.corpus_at(row, 1, text, Role::Error);
        }
        None => draw_keys(model, row, painter),
    }
    if !model.pending.keys.is_empty() || model.pending.count.is_some() {
        let count = model.pending.count.map_or(String::new(), |n| n.to_string());
        let keys: String = model.pending.keys.iter().map(ToString::to_string).collect();
        let text = format!(" {count}{keys} ");
        let at = row
            .width
            .saturating_sub(u16::try_from(text.len()).unwrap_or(0) + 1);
        painter.text(row, at, &text, Role::Key);
    }
}

fn draw_filter_hint(
    model: &Model,
    line: &FilterLine,
    row: ratatui::layout::Rect,
    painter: &mut Painter,
) {
    let scope = line.scope;
    if let Some(error) = &line.error {
        let x = painter.corpus_at(row, 1, error, Role::Error);
        if let Some(completion) = &line.completion {
            painter.corpus_at(
                row,
                x + 2,
                &format!("Tab {}", completion.text),
                Role::Notice,
            );
        }
        return;
    }
    if let Some(completion) = &line.completion {
        let text = format!("Enter keep · Esc drop · Tab {}", completion.text);
        painter.corpus_at(row, 1, &text, Role::Notice);
        return;
    }
    let other = match (scope, model.result.answer.literal) {
        (Scope::Names, Some(n)) => format!("Tab full text ({n})"),
        (Scope::Names, None) => "Tab full text".to_owned(),
        (Scope::Text, _) => "Tab titles and names".to_owned(),
    };
    let here = match scope {
        Scope::Names => "in titles, sources, names",
        Scope::Text => "in the full text",
    };
    // the keys first: what a small screen cuts is the description
    let text = format!("Enter keep · Esc drop · {other} · ↑ ↓ choose · {here}");
    painter.text(row, 1, whole_hints(&text, row.width), Role::Notice);
}

/// As many hints of a line as have room in `width` cells, none of them cut; at least the first.
/// They are text of the program, a cell a character.
fn whole_hints(text: &str, width: u16) -> &str {
    let room = usize::from(width.saturating_sub(2));
    let mut shown = text;
    while shown.chars().count() > room
        && let Some((fewer, _)) = shown.rsplit_once(" · ")
    {
        shown = fewer;
    }
    shown
}

/// The commands worth naming in a pane.
fn worth(model: &Model) -> &'static [(Command, &'static str)] {
    if let Some(overlay) = &model.overlay {
        return worth_over(model, overlay);
    }
    match model.focus {
        _ if model.timeline.anchor.is_some() => &[
            (Command::Open, "only these days"),
            (Command::Back, "give the range up"),
        ],
        Pane::Articles if model.kwic.open => &[
            (Command::Open, "in the text"),
            (Command::NextHit, "next hit"),
            (Command::Why, "why this hit"),
            (Command::Back, "articles"),
        ],
        Pane::Articles => &[
            (Command::Open, "read"),
            (Command::Filter, "filter"),
            (Command::Keep, "keep"),
            (Command::Dismiss, "dismiss"),
            (Command::Sort, "sort"),
            (Command::Why, "how is this day known"),
        ],
        Pane::Text if model.timeline.back.is_some() => &[
            (Command::Back, "back to the sentences"),
            (Command::Why, "how is this day known"),
            (Command::Copy, "copy"),
        ],
        Pane::Text if model.reader.selection.is_some() => &[
            (Command::Copy, "copy"),
            (Command::CopyCited, "copy with citation"),
            (Command::Back, "give the lines up"),
        ],
        Pane::Text if model.filter.terms.is_empty() => &[
            (Command::Right, "next name"),
            (Command::Card, "who is this"),
            (Command::Why, "how is this day known"),
            (Command::Copy, "copy"),
        ],
        Pane::Text => &[
            (Command::NextHit, "next hit"),
            (Command::Right, "next name"),
            (Command::Card, "who is this"),
            (Command::Why, "how is this day known"),
        ],
        Pane::Entities => &[
            (Command::Open, "only its articles"),
            (Command::Exclude, "without it"),
            (Command::Right, "next mention"),
            (Command::Card, "who is this"),
        ],
        Pane::Timeline => &[
            (Command::Open, "only this day"),
            (Command::Sentences, "best sentences"),
            (Command::SelectRange, "range"),
            (Command::TimelineBasis, "published or mentioned"),
            (Command::ZoomOut, "longer rows"),
        ],
    }
}

/// The same on a card: what can be done with the statement under the cursor.
fn on_card(model: &Model) -> &'static [(Command, &'static str)] {
    match cards::target(model) {
        Some(Target::Head) => &[
            (Command::Open, "only its articles"),
            (Command::Merge, "merge"),
            (Command::Rename, "rename"),
            (Command::Retype, "type"),
            (Command::Hide, "hide"),
            (Command::AddSpelling, "add spelling"),
        ],
        Some(Target::Spelling(_)) => &[
            (Command::Split, "means another"),
            (Command::AddSpelling, "add spelling"),
            (Command::Merge, "merge"),
            (Command::Undo, "undo"),
        ],
        Some(Target::Candidate(_)) => &[
            (Command::Accept, "the same"),
            (Command::Reject, "another"),
            (Command::Open, "its card"),
            (Command::Undo, "undo"),
        ],
        Some(Target::Linked(_)) => &[
            (Command::Reject, "this is another"),
            (Command::Merge, "merge"),
            (Command::Undo, "undo"),
        ],
        Some(Target::Company(_) | Target::Fact(_)) => {
            &[(Command::Open, "its card"), (Command::Left, "back")]
        }
        Some(Target::Article(_)) => &[(Command::Open, "read"), (Command::Left, "back")],
        Some(Target::Busy(_)) => &[(Command::Open, "only this day"), (Command::Left, "back")],
        Some(Target::Day(Some(_))) => &[
            (Command::Accept, "accept this day"),
            (Command::Reject, "not this day"),
            (Command::SetDay, "set the day"),
            (Command::Undo, "undo"),
        ],
        Some(Target::Timex) => &[
            (Command::Accept, "accept"),
            (Command::Reject, "no date"),
            (Command::SetDay, "set what it means"),
            (Command::Undo, "undo"),
        ],
        Some(Target::Day(None)) => &[
            (Command::SetDay, "set the day"),
            (Command::Undo, "undo"),
            (Command::Back, "close"),
        ],
        _ if matches!(model.overlay, Some(Overlay::Card { .. })) => &[
            (Command::Down, "scroll"),
            (Command::Undo, "undo"),
            (Command::Back, "close"),
        ],
        Some(Target::Statement) | None => &[
            (Command::Down, "scroll"),
            (Command::SetDay, "set the day"),
            (Command::Back, "close"),
        ],
    }
}

/// The commands worth naming while something lies over the panes.
fn worth_over(model: &Model, overlay: &Overlay) -> &'static [(Command, &'static str)] {
    match overlay {
        Overlay::Card { .. } | Overlay::Why { .. } => on_card(model),
        Overlay::Palette { .. } => &[(Command::Open, "run it"), (Command::Back, "close")],
        Overlay::Bidi { .. } => &[
            (Command::Open, "reads right"),
            (Command::Bidi, "next way"),
            (Command::Back, "as before"),
        ],
        Overlay::Sentences(_) => &[
            (Command::Open, "in its text"),
            (Command::Down, "next"),
            (Command::Back, "close"),
        ],
        Overlay::Copies { .. } => &[
            (Command::Down, "next"),
            (Command::Open, "word difference"),
            (Command::Back, "close"),
        ],
        Overlay::Difference { .. } => &[
            (Command::NextHit, "next difference"),
            (Command::Down, "scroll"),
            (Command::Back, "back"),
        ],
        Overlay::Naming { .. } => &[(Command::Open, "save"), (Command::Back, "give up")],
        Overlay::Prompt { .. } => &[(Command::Open, "go"), (Command::Back, "leave it")],
        _ => &[(Command::Down, "scroll"), (Command::Back, "close")],
    }
}

fn draw_keys(model: &Model, row: ratatui::layout::Rect, painter: &mut Painter) {
    let help = hint(model, Command::Help, "help");
    let help_at = row
        .width
        .saturating_sub(u16::try_from(help.chars().count()).unwrap_or(0) + 1);
    let left = ratatui::layout::Rect {
        width: help_at.saturating_sub(1),
        ..row
    };
    let mut x = 1;
    for (command, says) in worth(model) {
        let text = hint(model, *command, says);
        let cells = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        let between = if x > 1 { 3 } else { 0 };
        if text.is_empty() || x + between + cells > left.width {
            continue;
        }
        if x > 1 {
            x = painter.text(left, x, &format!(" {} ", painter.glyphs.middle), Role::Dim);
        }
        x = draw_hint(model, *command, says, left, x, painter);
    }
    if model.overlay.is_none() {
        draw_hint(model, Command::Help, "help", row, help_at, painter);
    }
}

fn draw_hint(
    model: &Model,
    command: Command,
    says: &str,
    row: ratatui::layout::Rect,
    x: u16,
    painter: &mut Painter,
) -> u16 {
    let Some(key) = key_of(model, command) else {
        return x;
    };
    let x = painter.text(row, x, &key, Role::Key);
    painter.text(row, x + 1, says, Role::Notice)
}

fn hint(model: &Model, command: Command, says: &str) -> String {
    match key_of(model, command) {
        Some(key) => format!("{key} {says}"),
        None => String::new(),
    }
}

/// The key to teach for a command: over a card the card's own.
fn key_of(model: &Model, command: Command) -> Option<String> {
    let keymap = &model.config.keymap;
    let of_card = match &model.overlay {
        Some(Overlay::Card { .. } | Overlay::Why { .. } | Overlay::Unreadable { .. }) => {
            keymap.keys_in(Mode::Overlay, command)
        }
        _ => Vec::new(),
    };
    of_card.into_iter().chain(keymap.keys_of(command)).next()
}

#[cfg(test)]
mod tests {
    use super::whole_hints;

    #[test]
    fn no_hint_is_cut() {
        let text = "Enter keep · Esc drop · Tab full text";
        assert_eq!(whole_hints(text, 39), text);
        assert_eq!(whole_hints(text, 38), "Enter keep · Esc drop");
        assert_eq!(whole_hints(text, 12), "Enter keep");
        assert_eq!(whole_hints(text, 4), "Enter keep");
    }
}
