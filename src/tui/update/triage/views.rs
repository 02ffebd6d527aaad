//! The list of views, and what is made of one's own.

use std::sync::Arc;

use crate::command::Command;
use crate::config::keymap::{Code, Key, Mode};
use crate::query::{Query, Question};
use crate::triage::Op;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::correction::Corrections;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::scroll::Scroll;
use crate::tui::model::triage::{PANEL_ROWS, Panel, ViewRow, is_standing};
use crate::tui::model::{Model, Notice};
use crate::tui::update::{commands, keys};

/// Opens the list; the views of one's own are counted meanwhile.
pub(in crate::tui::update) fn open(model: &mut Model) -> Vec<Effect> {
    model.triage.panel = Some(Panel::Views {
        scroll: Scroll::default(),
    });
    model.triage.counted.clear();
    let queries = model.triage.state.views().values();
    // one that cannot be read any more finds nothing
    let queries: Vec<Query> = queries
        .map(|text| text.parse().unwrap_or_default())
        .collect();
    let Corrections { links, linked, .. } = model.corrections;
    let is_countable = |query: &Query| query.links().unwrap_or(links) == linked;
    model.triage.countable = queries.iter().map(is_countable).collect();
    let questions: Vec<Question> = queries
        .into_iter()
        .map(|query| Question {
            marked: model.triage.selected(&query),
            query,
            ..Question::default()
        })
        .collect();
    if questions.is_empty() {
        return Vec::new();
    }
    let corpus = Arc::clone(&model.corpus);
    vec![Effect::Count { corpus, questions }]
}

/// A key while the list is open.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let views = model.triage.views();
    // letters open views at once: they go before the keys of an overlay
    if let Code::Char(typed) = key.code
        && !key.ctrl
        && !key.alt
        && typed != ' '
    {
        if let Some(view) = views.iter().find(|view| view.key == typed) {
            return enter(model, view);
        }
        match typed {
            's' => {
                if model.filter.terms.is_empty() {
                    let text = "a view is made of filters: set some first";
                    model.notice = Some(Notice::Problem(text.to_owned()));
                } else {
                    let editor = LineEditor::default();
                    model.triage.panel = Some(Panel::ViewName { editor });
                }
                return Vec::new();
            }
            'D' => return remove(model),
            _ => {}
        }
    }
    match keys::resolve(model, Mode::Overlay, key) {
        Some(Command::Down | Command::FocusNext) => step(model, 1, views.len()),
        Some(Command::Up | Command::FocusPrevious) => step(model, -1, views.len()),
        Some(Command::Open) => {
            let row = scroll_row(model);
            match views.get(row) {
                Some(view) => enter(model, view),
                None => Vec::new(),
            }
        }
        Some(Command::Back) => {
            model.triage.panel = None;
            Vec::new()
        }
        Some(command @ (Command::Redraw | Command::Suspend | Command::Quit)) => {
            commands::run(model, command, None)
        }
        _ => Vec::new(),
    }
}

fn scroll_row(model: &Model) -> usize {
    match &model.triage.panel {
        Some(Panel::Views { scroll }) => scroll.row,
        _ => 0,
    }
}

fn step(model: &mut Model, by: isize, len: usize) -> Vec<Effect> {
    // status, title, hint and footer stand around the rows
    let height = usize::from(model.size.1).saturating_sub(4);
    let height = height.clamp(1, PANEL_ROWS);
    if let Some(Panel::Views { scroll }) = &mut model.triage.panel {
        scroll.step(by, len, height);
    }
    Vec::new()
}

/// Shows a view: a standing takes the place of another one among the filters, a view of one's own
/// that of all filters.
fn enter(model: &mut Model, view: &ViewRow) -> Vec<Effect> {
    model.triage.panel = None;
    let query = match view.query.parse::<Query>() {
        Ok(query) => query,
        Err(error) => {
            let text = format!("the view “{}”: {error}", view.name);
            model.notice = Some(Notice::Problem(text));
            return Vec::new();
        }
    };
    let terms = &mut model.filter.terms;
    if view.own {
        model.filter.cleared = (!terms.is_empty()).then(|| terms.clone());
        terms.clear();
    } else {
        terms.retain(|term| !is_standing(&term.condition));
    }
    terms.extend(query.terms);
    model.focus = Pane::Articles;
    model.notice = Some(Notice::Done(format!(
        "view: {} · Esc takes it away",
        view.name
    )));
    Vec::new()
}

/// Keeps the filters in force as a view.
pub(super) fn save(model: &mut Model, name: String) -> Vec<Effect> {
    if name.is_empty() || model.triage.author.is_none() {
        return Vec::new();
    }
    let terms = model.filter.terms.clone();
    let query = Some(Query { terms }.to_string());
    vec![Effect::Record(Op::View { name, query })]
}

fn remove(model: &mut Model) -> Vec<Effect> {
    let row = scroll_row(model);
    let views = model.triage.views();
    if let Some(view) = views.get(row).filter(|view| view.own) {
        return vec![Effect::Record(Op::View {
            name: view.name.clone(),
            query: None,
        })];
    }
    let text = "this view is always there; D removes one of your own";
    model.notice = Some(Notice::Problem(text.to_owned()));
    Vec::new()
}
