//! The list of views, and what is made of one's own.

use std::sync::Arc;

use crate::command::Command;
use crate::config::keymap::{Code, Key, Mode};
use crate::query::{Query, Question};
use crate::store::View;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::scroll::Scroll;
use crate::tui::model::triage::{Maker, Panel, VIEW_ROWS, ViewRow, ViewStep, is_standing};
use crate::tui::model::{Model, Notice};
use crate::tui::update::{commands, keys, undo, views as saved};

/// Opens the list; the views of one's own are read and counted meanwhile.
pub(in crate::tui::update) fn open(model: &mut Model) -> Vec<Effect> {
    model.triage.panel = Some(Panel::Views {
        scroll: Scroll::default(),
    });
    vec![Effect::ReadViews]
}

/// The views of one's own were read, after one of them was `set`.
pub(in crate::tui::update) fn read(
    model: &mut Model,
    views: Vec<View>,
    set: Option<(Box<ViewStep>, bool)>,
) -> Vec<Effect> {
    model.dirty = true;
    model.triage.own = views;
    if let Some((step, is_step)) = set {
        say(model, &step);
        if is_step {
            undo::did(model, Maker::Views);
            model.triage.views_done.push(*step);
            model.triage.views_undone.clear();
        }
    }
    count(model)
}

fn say(model: &mut Model, step: &ViewStep) {
    let name = &step.name;
    let said = match (&step.before, &step.after) {
        (Some(before), Some(after)) if before.query != after.query => {
            format!("view “{name}” saved; it was: {}", before.query)
        }
        (_, Some(_)) => format!("view “{name}” saved · khabar list --view lists it"),
        (Some(before), None) => format!("view “{name}” removed; it was: {}", before.query),
        (None, None) => format!("view “{name}” is gone already"),
    };
    model.notice = Some(Notice::Done(said));
}

/// Asks how many articles each view of one's own has, while the list shows it.
fn count(model: &mut Model) -> Vec<Effect> {
    model.triage.counted.clear();
    let is_open = matches!(model.triage.panel, Some(Panel::Views { .. }));
    if !is_open || model.triage.own.is_empty() {
        return Vec::new();
    }
    let own = model.triage.own.iter();
    // one that cannot be read has no count
    let questions = own.filter_map(|view| {
        let query = view.query.parse::<Query>().ok()?;
        let question = Question {
            marked: model.triage.selected(&query),
            query,
            ..Question::default()
        };
        Some((view.query.clone(), question))
    });
    vec![Effect::Count {
        corpus: Arc::clone(&model.corpus),
        questions: questions.collect(),
    }]
}

/// Takes the last change of a view back.
pub(in crate::tui::update) fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(step) = model.triage.views_done.pop() else {
        return Vec::new();
    };
    let effect = set(step.name.clone(), step.before.clone(), false);
    model.triage.views_undone.push(step);
    vec![effect]
}

/// Does the one that was taken back last again.
pub(in crate::tui::update) fn redo(model: &mut Model) -> Vec<Effect> {
    let Some(step) = model.triage.views_undone.pop() else {
        return Vec::new();
    };
    let effect = set(step.name.clone(), step.after.clone(), false);
    model.triage.views_done.push(step);
    vec![effect]
}

fn set(name: String, to: Option<View>, is_step: bool) -> Effect {
    Effect::SetView { name, to, is_step }
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
                if !model.filter.terms.is_empty() {
                    model.triage.panel = None;
                }
                return saved::ask(model);
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
    let height = height.clamp(1, VIEW_ROWS);
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
        let own = model.triage.own.iter().find(|own| own.name == view.name);
        if let Some(sort) = own.and_then(|own| saved::order(own.sort.as_deref()?)) {
            model.articles.sort = sort;
            model.articles.reverse = own.is_some_and(|own| own.reverse);
        }
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

fn remove(model: &mut Model) -> Vec<Effect> {
    let row = scroll_row(model);
    let views = model.triage.views();
    if let Some(view) = views.get(row).filter(|view| view.own) {
        return vec![set(view.name.clone(), None, true)];
    }
    let text = "this view is always there; D removes one of your own";
    model.notice = Some(Notice::Problem(text.to_owned()));
    Vec::new()
}
