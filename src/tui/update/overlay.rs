//! Help, palette and cards.

use crate::command::Command;
use crate::config::keymap::{Code, Key, Mode};
use crate::query::Place;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::overlay::{Overlay, candidates};
use crate::tui::model::page::Mark;
use crate::tui::model::scroll::Scroll;
use crate::tui::model::{Model, Notice};
use crate::tui::update::{bidi, cards, commands, copies, editing, keys, out, sentences, views};

/// Rows of the palette below its input line.
const PALETTE_ROWS: usize = 10;

/// A key while an overlay is open.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match model.overlay {
        Some(Overlay::Palette { .. }) => palette_key(model, key),
        Some(Overlay::Help { .. }) => help_key(model, key),
        Some(Overlay::Naming { .. }) => views::press(model, key),
        Some(Overlay::Bidi { bidi }) => bidi::press(model, bidi, key),
        Some(Overlay::Copies { .. }) => copies::press(model, key),
        Some(Overlay::Difference { .. }) => copies::press_difference(model, key),
        Some(Overlay::Prompt { .. }) => out::press(model, key),
        Some(Overlay::Sentences(_)) => sentences::press(model, key),
        _ => card_key(model, key),
    }
}

fn palette_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Text, key);
    let Some(Overlay::Palette { editor, scroll }) = model.overlay.as_mut() else {
        return Vec::new();
    };
    let found = candidates(editor.text());
    match command {
        Some(Command::Back) => close(model),
        Some(Command::Open) => {
            let chosen = found.get(scroll.row).copied();
            model.overlay = None;
            chosen.map_or_else(Vec::new, |command| commands::run(model, command, None))
        }
        Some(Command::Down | Command::FocusNext) => {
            scroll.step(1, found.len(), PALETTE_ROWS);
            Vec::new()
        }
        Some(Command::Up | Command::FocusPrevious) => {
            scroll.step(-1, found.len(), PALETTE_ROWS);
            Vec::new()
        }
        Some(command) => through_text(model, command),
        None if key.code == Code::Backspace && editor.text().is_empty() => close(model),
        None => {
            if editing::edit(editor, key) {
                *scroll = Scroll::default();
            }
            Vec::new()
        }
    }
}

fn help_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Text, key);
    let Some(Overlay::Help { editor, top }) = model.overlay.as_mut() else {
        return Vec::new();
    };
    let page = isize::try_from(model.size.1).unwrap_or(24) - 4;
    match command {
        Some(Command::Back | Command::Open) => close(model),
        Some(Command::Down) => scroll(model, 1),
        Some(Command::Up) => scroll(model, -1),
        Some(Command::PageDown) => scroll(model, page),
        Some(Command::PageUp) => scroll(model, -page),
        Some(command) => through_text(model, command),
        // the key that opened it closes it, until something is typed
        None if key == Key::char('?') && editor.text().is_empty() => close(model),
        None => {
            if editing::edit(editor, key) {
                *top = 0;
            }
            Vec::new()
        }
    }
}

/// Commands that work while a line is typed.
pub(super) fn through_text(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Redraw | Command::Suspend | Command::Quit => commands::run(model, command, None),
        _ => Vec::new(),
    }
}

/// Keys of a card: moves, what it offers to set right; a key of the panes closes it and does what
/// it always does.
fn card_key(model: &mut Model, key: Key) -> Vec<Effect> {
    if key == Key::plain(Code::Backspace) {
        return cards::leave(model);
    }
    let page = isize::try_from(crate::tui::model::cards::area(model).height).unwrap_or(10) - 2;
    let has_cursor = model.overlay.as_ref().and_then(Overlay::row).is_some();
    match keys::resolve(model, Mode::Overlay, key) {
        Some(Command::Down) => cards::step(model, 1),
        Some(Command::Up) => cards::step(model, -1),
        Some(Command::HalfPageDown) => cards::step(model, page / 2),
        Some(Command::HalfPageUp) => cards::step(model, -page / 2),
        Some(Command::PageDown) => cards::step(model, page),
        Some(Command::PageUp) => cards::step(model, -page),
        Some(Command::First) => cards::step(model, isize::MIN),
        Some(Command::Last) => cards::step(model, isize::MAX),
        Some(Command::Open | Command::Right) => cards::open(model),
        Some(Command::Include) => cards::filter_by_card(model, false),
        Some(Command::Exclude) => cards::filter_by_card(model, true),
        Some(Command::Left) => cards::leave(model),
        Some(Command::Back) => close(model),
        Some(command) if has_cursor && corrects(command) => commands::run(model, command, None),
        Some(command) if !corrects(command) => {
            model.overlay = None;
            commands::run(model, command, None)
        }
        // a key of cards is one of the panes where there is nothing to set right
        _ => match keys::resolve(model, Mode::Normal, key) {
            Some(Command::Card | Command::Why | Command::Unreadable) => close(model),
            Some(command @ Command::Links) => commands::run(model, command, None),
            Some(command) => {
                model.overlay = None;
                commands::run(model, command, None)
            }
            None => Vec::new(),
        },
    }
}

/// Whether a command sets something right, or undoes that, without leaving the card.
fn corrects(command: Command) -> bool {
    matches!(
        command,
        Command::Accept
            | Command::Reject
            | Command::Merge
            | Command::Split
            | Command::Rename
            | Command::Retype
            | Command::Hide
            | Command::AddSpelling
            | Command::SetDay
            | Command::Undo
            | Command::Redo
    )
}

/// Closes it.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    Vec::new()
}

/// Scrolls it; the view stops at the last line.
pub(super) fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    if matches!(model.overlay, Some(Overlay::Difference { .. })) {
        return copies::scroll(model, by);
    }
    if matches!(model.overlay, Some(Overlay::Sentences(_))) {
        return sentences::step(model, by.signum());
    }
    if let Some(top) = model.overlay.as_mut().and_then(Overlay::top) {
        *top = top.saturating_add_signed(by);
    }
    let len = crate::tui::model::cards::len(model);
    let height = usize::from(crate::tui::model::cards::area(model).height).saturating_sub(1);
    if let Some(top) = model.overlay.as_mut().and_then(Overlay::top) {
        *top = (*top).min(len.saturating_sub(height));
    }
    Vec::new()
}

/// Text was pasted; false when no overlay takes it.
pub(super) fn paste(model: &mut Model, text: &str) -> bool {
    let Some(editor) = model.overlay.as_mut().and_then(Overlay::editor) else {
        return model.overlay.is_some();
    };
    editor.insert(text);
    true
}

/// The card of the name under the cursor: of the marked one in the text, else of the selected one.
pub(super) fn open_card(model: &mut Model) -> Vec<Effect> {
    let mark = marked(model);
    if model.focus == Pane::Text && matches!(mark, Some(Mark::Timex(_))) {
        // the card of whatever name is selected elsewhere would seem to be about these words
        model.notice = Some(Notice::Problem("this is a date, no name".to_owned()));
        return Vec::new();
    }
    let marked = mark.and_then(|mark| match mark {
        Mark::Mention(i) => {
            let mention = model.open_article()?.mentions.get(i)?;
            model.corpus.entities().find(&mention.entity, mention.kind)
        }
        Mark::Timex(_) => None,
    });
    let entity = match model.focus {
        Pane::Text => marked.or(model.entities.selected()),
        _ => model.entities.selected(),
    };
    match entity {
        Some(entity) => model.overlay = Some(Overlay::card(entity)),
        None => model.notice = Some(Notice::Problem("no name here".to_owned())),
    }
    Vec::new()
}

/// Why the hit under the cursor is one; else the card of the day there: of the marked one in the
/// text, else of the article.
pub(super) fn open_why(model: &mut Model) -> Vec<Effect> {
    if let Some(place) = hit(model) {
        model.overlay = Some(Overlay::Match { place, top: 0 });
        return Vec::new();
    }
    let timex = marked(model).and_then(|mark| match mark {
        Mark::Timex(i) => Some(i),
        Mark::Mention(_) => None,
    });
    let article = match model.focus {
        Pane::Text => model.reader.article,
        _ => model.articles.selected(&model.result.answer),
    };
    if let Some(article) = article {
        let timex = timex.filter(|_| model.focus == Pane::Text);
        model.overlay = Some(Overlay::Why {
            article,
            timex,
            row: 0,
            top: 0,
        });
    }
    Vec::new()
}

/// The hit under the cursor: of the hits in context, or the one in the text that `n` stands on.
fn hit(model: &Model) -> Option<Place> {
    match model.focus {
        Pane::Articles if model.kwic.open => model.kwic.selected(),
        Pane::Text if model.reader.mark.is_none() => {
            let page = model.reader.page.as_ref()?;
            let (field, span) = *page.hits.get(model.reader.hit?)?;
            Some(Place {
                article: page.article,
                field,
                span,
            })
        }
        _ => None,
    }
}

/// Enter in the text: the card of what is under the cursor; without a cursor, the whole screen.
pub(super) fn open_mark(model: &mut Model) -> Vec<Effect> {
    match marked(model) {
        Some(Mark::Mention(_)) => open_card(model),
        Some(Mark::Timex(_)) => open_why(model),
        None => commands::run(model, Command::Zoom, None),
    }
}

fn marked(model: &Model) -> Option<Mark> {
    model
        .reader
        .page
        .as_ref()?
        .marks
        .get(model.reader.mark?)
        .copied()
}
