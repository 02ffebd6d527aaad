//! What leaves the explorer: a brief into a file, an article into the editor or the pager, either
//! into a command.

use std::sync::Arc;

use crate::command::Command;
use crate::config::keymap::{Key, Mode};
use crate::corpus::ArticleId;
use crate::tui::effect::{Effect, Passed, Program};
use crate::tui::geometry::Pane;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::overlay::{Overlay, Prompt};
use crate::tui::model::{Model, Notice};
use crate::tui::update::{commands, editing, keys, overlay};

/// Asks for the name of a brief.
pub(super) fn ask_for_file(model: &mut Model) -> Vec<Effect> {
    if model.result.answer.hits.is_empty() {
        model.notice = Some(Notice::Problem("no article to write of".to_owned()));
        return Vec::new();
    }
    let editor = LineEditor::new(&model.brief_file);
    let what = Prompt::Brief;
    model.overlay = Some(Overlay::Prompt { what, editor });
    Vec::new()
}

/// Asks for a command.
pub(super) fn ask_for_command(model: &mut Model) -> Vec<Effect> {
    let editor = LineEditor::new(&model.piped);
    let what = Prompt::Pipe;
    model.overlay = Some(Overlay::Prompt { what, editor });
    Vec::new()
}

/// A key while one of these is asked.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Text, key);
    let Some(Overlay::Prompt { what, editor }) = model.overlay.as_mut() else {
        return Vec::new();
    };
    match command {
        Some(Command::Back) => overlay::close(model),
        Some(Command::Open) => {
            let (what, text) = (*what, editor.text().trim().to_owned());
            model.overlay = None;
            if text.is_empty() {
                return Vec::new();
            }
            match what {
                Prompt::Brief => write(model, text),
                Prompt::Pipe => pipe(model, text),
            }
        }
        Some(command @ (Command::Redraw | Command::Suspend | Command::Quit)) => {
            commands::run(model, command, None)
        }
        Some(_) => Vec::new(),
        None if key.code == crate::config::keymap::Code::Backspace && editor.text().is_empty() => {
            overlay::close(model)
        }
        None => {
            editing::edit(editor, key);
            Vec::new()
        }
    }
}

/// Everything that is listed, folded or not, in the order of the list.
fn listed(model: &Model) -> Passed {
    let hits = &model.result.answer.hits;
    let noted = model.triage.state.documents();
    let noted = noted.filter(|(_, marks)| !marks.notes.is_empty());
    Passed::Brief {
        notes: noted
            .map(|(key, marks)| (*key, marks.notes.clone()))
            .collect(),
        articles: hits.articles().collect(),
        query: model.filter.query(),
    }
}

fn write(model: &mut Model, file: String) -> Vec<Effect> {
    model.brief_file.clone_from(&file);
    vec![Effect::Export {
        corpus: Arc::clone(&model.corpus),
        what: listed(model),
        file,
    }]
}

fn pipe(model: &mut Model, command: String) -> Vec<Effect> {
    model.piped.clone_from(&command);
    let what = match (model.focus, current(model)) {
        (Pane::Text, Some(article)) => Passed::Article(article),
        _ => listed(model),
    };
    vec![Effect::Run {
        corpus: Arc::clone(&model.corpus),
        program: Program::Command(command),
        what,
    }]
}

/// Hands the article under the cursor to the editor or the pager.
pub(super) fn hand_over(model: &mut Model, program: Program) -> Vec<Effect> {
    let Some(article) = current(model) else {
        model.notice = Some(Notice::Problem("no article here".to_owned()));
        return Vec::new();
    };
    vec![Effect::Run {
        corpus: Arc::clone(&model.corpus),
        program,
        what: Passed::Article(article),
    }]
}

fn current(model: &Model) -> Option<ArticleId> {
    match model.focus {
        Pane::Text => model.reader.article,
        _ => model
            .articles
            .selected(&model.result.answer)
            .or(model.reader.article),
    }
}
