//! Keys of the panel in which a tag or a note is typed.

use crate::command::Command;
use crate::config::keymap::{Code, Key, Mode};
use crate::corpus::{Field, Span};
use crate::triage::{DocumentKey, Op, Passage};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::triage::{Deed, NotePanel, Panel};
use crate::tui::model::{Model, Notice};
use crate::tui::update::triage::{documents, views};
use crate::tui::update::{commands, editing, keys};

/// Opens the line for a tag.
pub(in crate::tui::update) fn open_tag(model: &mut Model) -> Vec<Effect> {
    if let Some(documents) = documents(model) {
        model.triage.panel = Some(Panel::Tag {
            editor: LineEditor::default(),
            documents,
            chosen: None,
        });
    }
    Vec::new()
}

/// Opens the line for a note: on what is selected in the text, else on the article.
pub(in crate::tui::update) fn open_note(model: &mut Model) -> Vec<Effect> {
    let Some(all) = documents(model) else {
        return Vec::new();
    };
    let passage = passage(model);
    let key = match (&passage, all.as_slice()) {
        (Some((key, _)), _) => *key,
        (None, [only]) => *only,
        (None, _) => {
            let text = "a note is on one article: Esc gives the selection up";
            model.notice = Some(Notice::Problem(text.to_owned()));
            return Vec::new();
        }
    };
    model.triage.panel = Some(Panel::Note(Box::new(NotePanel {
        editor: LineEditor::default(),
        document: key,
        passage: passage.map(|(_, passage)| passage),
        replaces: None,
        recorded: String::new(),
    })));
    Vec::new()
}

/// What is selected in the text: with the mouse, or lines.
fn passage(model: &Model) -> Option<(DocumentKey, Passage)> {
    if model.focus != Pane::Text {
        return None;
    }
    let article = model.open_article()?;
    let page = model.reader.page.as_ref()?;
    let (field, span) = match (model.reader.range, model.reader.selected_lines()) {
        (Some(range), _) => range,
        (None, Some((first, last))) => {
            let sources = (first..=last).filter_map(|line| page.source_of(line));
            let mut sources = sources.peekable();
            let (field, _): &(Field, _) = sources.peek()?;
            let field = *field;
            let (mut start, mut end) = (usize::MAX, 0);
            for (_, source) in sources.filter(|(of, _)| *of == field) {
                start = start.min(source.start);
                end = end.max(source.end);
            }
            (field, Span::new(start, end))
        }
        (None, None) => return None,
    };
    // white space at the ends of lines says nothing
    let text = span.of(article.field(field));
    let from = span.start as usize + (text.len() - text.trim_start().len());
    let quote = text.trim().to_owned();
    if quote.is_empty() {
        return None;
    }
    let span = Span::new(from, from + quote.len());
    Some((DocumentKey::of(article), Passage { field, span, quote }))
}

/// A key while the panel is open.
pub(in crate::tui::update) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(Panel::Views { .. }) = model.triage.panel {
        return views::press(model, key);
    }
    match keys::resolve(model, Mode::Text, key) {
        Some(Command::Back) => close(model),
        Some(Command::Open) => commit(model),
        Some(Command::Down) => choose(model, 1),
        Some(Command::Up) => choose(model, -1),
        Some(Command::FocusNext) => complete(model),
        Some(command @ (Command::Redraw | Command::Suspend | Command::Quit)) => {
            commands::run(model, command, None)
        }
        Some(_) => Vec::new(),
        None => type_key(model, key),
    }
}

fn type_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(panel) = &mut model.triage.panel else {
        return Vec::new();
    };
    if let Panel::Tag { chosen, .. } = panel {
        *chosen = None;
    }
    let Some(editor) = panel.editor_mut() else {
        return Vec::new();
    };
    if key.code == Code::Backspace && editor.text().is_empty() {
        return close(model);
    }
    editing::edit(editor, key);
    // whatever ends the program, it loses no finished word
    if key.code == Code::Char(' ') {
        return keep_draft(model);
    }
    Vec::new()
}

/// Text was pasted; false when no panel takes it.
pub(in crate::tui::update) fn paste(model: &mut Model, text: &str) -> bool {
    let editor = model.triage.panel.as_mut().and_then(Panel::editor_mut);
    if let Some(editor) = editor {
        editor.insert(text);
    }
    model.triage.panel.is_some()
}

fn keep_draft(model: &mut Model) -> Vec<Effect> {
    let draft = super::draft(model);
    if let (Some(Panel::Note(note)), Some(_)) = (&mut model.triage.panel, &draft) {
        note.editor.text().clone_into(&mut note.recorded);
    }
    draft.map(Effect::Record).into_iter().collect()
}

/// Closes the panel; a draft that was kept is given up.
fn close(model: &mut Model) -> Vec<Effect> {
    match model.triage.panel.take() {
        Some(Panel::Note(note)) if !note.recorded.is_empty() => vec![Effect::Record(Op::Draft {
            document: note.document,
            passage: None,
            text: String::new(),
            replaces: None,
        })],
        _ => Vec::new(),
    }
}

/// Takes what is typed.
fn commit(model: &mut Model) -> Vec<Effect> {
    let typed = |editor: &LineEditor| editor.text().trim().to_owned();
    match model.triage.panel.take() {
        Some(Panel::Tag {
            editor,
            documents,
            chosen,
        }) => {
            let suggestions = model.triage.tags(editor.text());
            let chosen = chosen.and_then(|at| suggestions.get(at));
            let tag = chosen.map_or_else(|| typed(&editor), |(tag, _)| tag.clone());
            if tag.is_empty() {
                return Vec::new();
            }
            let has = |key: &DocumentKey| {
                let marks = model.triage.state.marks(key);
                marks.is_some_and(|marks| marks.tags.binary_search(&tag).is_ok())
            };
            let add = !documents.iter().all(has);
            model.triage.last = Some(Deed::Tag(tag.clone(), add));
            vec![Effect::Record(Op::Tag {
                tag,
                add,
                documents,
            })]
        }
        Some(Panel::Note(note)) => {
            let text = typed(&note.editor);
            if text.is_empty() && note.replaces.is_none() {
                model.triage.panel = Some(Panel::Note(note));
                return close(model);
            }
            model.reader.selection = None;
            vec![Effect::Record(Op::Note {
                document: note.document,
                passage: note.passage,
                text,
                replaces: note.replaces,
            })]
        }
        other => {
            model.triage.panel = other;
            Vec::new()
        }
    }
}

/// Chooses a suggestion, or an existing note to be worded anew.
fn choose(model: &mut Model, by: isize) -> Vec<Effect> {
    match &mut model.triage.panel {
        Some(Panel::Tag { editor, .. }) => {
            let text = editor.text().to_owned();
            let len = model.triage.tags(&text).len();
            if let Some(Panel::Tag { chosen, .. }) = &mut model.triage.panel {
                *chosen = match *chosen {
                    None if by > 0 && len > 0 => Some(0),
                    None => None,
                    Some(0) if by < 0 => None,
                    Some(at) => Some(at.saturating_add_signed(by).min(len.saturating_sub(1))),
                };
            }
        }
        Some(Panel::Note(note)) => {
            let marks = model.triage.state.marks(&note.document);
            let notes = marks.map_or(&[][..], |marks| &marks.notes);
            let at = notes.iter().position(|n| Some(n.id) == note.replaces);
            let next = match (at, by > 0) {
                (None, true) => notes.first(),
                (None, false) => notes.last(),
                (Some(at), _) => notes.get(at.saturating_add_signed(by)),
            };
            if let Some(next) = next {
                note.editor = LineEditor::new(&next.text);
                note.passage.clone_from(&next.passage);
                note.replaces = Some(next.id);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Completes the tag to what the suggestions have in common, or to the chosen one.
fn complete(model: &mut Model) -> Vec<Effect> {
    let Some(Panel::Tag { editor, chosen, .. }) = &model.triage.panel else {
        return Vec::new();
    };
    let tags = model.triage.tags(editor.text());
    let tag = tags.get(chosen.unwrap_or(0)).map(|(tag, _)| tag.clone());
    if let (Some(tag), Some(Panel::Tag { editor, chosen, .. })) = (tag, &mut model.triage.panel) {
        *editor = LineEditor::new(&tag);
        *chosen = None;
    }
    Vec::new()
}
