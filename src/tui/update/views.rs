//! Views: saving the filters under a name.

use crate::command::Command;
use crate::config::keymap::{Key, Mode};
use crate::config::{self, Sort};
use crate::query;
use crate::store::View;
use crate::tui::effect::Effect;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice};
use crate::tui::update::{editing, keys, overlay};

/// Asks for the name.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    if model.filter.terms.is_empty() {
        let text = "nothing to save: no filter holds";
        model.notice = Some(Notice::Problem(text.to_owned()));
    } else {
        let editor = LineEditor::default();
        model.overlay = Some(Overlay::Naming { editor });
    }
    Vec::new()
}

/// A key while the name is typed.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Text, key);
    let Some(Overlay::Naming { editor }) = model.overlay.as_mut() else {
        return Vec::new();
    };
    match command {
        Some(Command::Back) => overlay::close(model),
        Some(Command::Open) => {
            let name = editor.text().trim().to_owned();
            model.overlay = None;
            if name.is_empty() {
                return Vec::new();
            }
            vec![Effect::SetView {
                name: name.clone(),
                to: Some(view(model, name)),
                is_step: true,
            }]
        }
        Some(command) => overlay::through_text(model, command),
        None => {
            editing::edit(editor, key);
            Vec::new()
        }
    }
}

/// The filters and the order in force; the usual order is not written down.
fn view(model: &Model, name: String) -> View {
    let sort = match model.articles.sort {
        query::Sort::Day => Sort::Day,
        query::Sort::Title => Sort::Title,
        query::Sort::Relevance => Sort::Relevance,
        query::Sort::Length => Sort::Length,
        query::Sort::Path => Sort::Path,
    };
    let query = query::Query {
        terms: model.filter.terms.clone(),
    };
    View {
        name,
        query: query.to_string(),
        sort: (sort != config::Sort::Day).then(|| sort.name().to_owned()),
        reverse: model.articles.reverse,
    }
}

/// The order of a name in the file of views; `None` for one that is no order.
pub(super) fn order(name: &str) -> Option<query::Sort> {
    Some(match Sort::from_name(name)? {
        Sort::Day => query::Sort::Day,
        Sort::Title => query::Sort::Title,
        Sort::Relevance => query::Sort::Relevance,
        Sort::Length => query::Sort::Length,
        Sort::Path => query::Sort::Path,
    })
}
