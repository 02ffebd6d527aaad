//! Filters: the line in which one is typed, and the chips.

use crate::command::Command;
use crate::config::keymap::{Code, Key, Mode};
use crate::query::{Condition, Leniency, Query, Term};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::completion;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::filter::{FilterLine, FilterState, Scope};
use crate::tui::model::page::Mark;
use crate::tui::model::{Model, Notice};
use crate::tui::update::motion::{self, Motion};
use crate::tui::update::{commands, days, editing, keys, names};

/// Opens the line.
pub(super) fn start(model: &mut Model, scope: Scope) -> Vec<Effect> {
    model.filter.line = Some(FilterLine {
        scope,
        ..FilterLine::default()
    });
    Vec::new()
}

/// A key while the line is open. Moves go to the list, so that a result can be chosen while typing.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match keys::resolve(model, Mode::Text, key) {
        Some(Command::Back) => {
            model.filter.line = None;
            Vec::new()
        }
        Some(Command::Open) => commit(model),
        Some(Command::FocusNext) => complete_or_turn_scope(model),
        Some(Command::FocusPrevious) => turn_scope(model),
        Some(Command::Down) => up_or_down(model, 1),
        Some(Command::Up) => up_or_down(model, -1),
        Some(Command::PageDown) => motion::in_pane(model, Pane::Articles, Motion::Pages(1)),
        Some(Command::PageUp) => motion::in_pane(model, Pane::Articles, Motion::Pages(-1)),
        Some(command @ (Command::Redraw | Command::Suspend | Command::Quit)) => {
            commands::run(model, command, None)
        }
        Some(_) => Vec::new(),
        None => {
            edit(model, key);
            Vec::new()
        }
    }
}

fn edit(model: &mut Model, key: Key) {
    let Some(line) = model.filter.line.as_mut() else {
        return;
    };
    if key.code == Code::Backspace && line.editor.text().is_empty() {
        model.filter.line = None;
    } else if editing::edit(&mut line.editor, key) {
        line.recalled = None;
        read(model);
    }
}

/// Up and down: through the history as long as the line is empty or from there, else along the
/// list, so that a result can be chosen while typing.
fn up_or_down(model: &mut Model, by: isize) -> Vec<Effect> {
    let FilterState { line, history, .. } = &mut model.filter;
    let Some(line) = line.as_mut() else {
        return Vec::new();
    };
    let is_untouched = line.recalled.is_some() || line.editor.text().is_empty();
    if !is_untouched || history.is_empty() {
        return motion::in_pane(model, Pane::Articles, Motion::Rows(by));
    }
    let place = line.recalled.unwrap_or(history.len());
    let place = place.saturating_add_signed(by);
    let (scope, text) = match history.get(place) {
        Some(kept) => {
            let scope = kept.chars().next().and_then(Scope::of_key);
            let text = kept.get(1..).filter(|_| scope.is_some());
            (scope.unwrap_or(line.scope), text.unwrap_or(kept))
        }
        // past the newest: the empty line again
        None => (line.scope, ""),
    };
    line.recalled = Some(place).filter(|place| *place < history.len());
    line.scope = scope;
    line.editor = LineEditor::new(text);
    read(model);
    Vec::new()
}

/// Completes the word before the caret where something is known to begin so; else looks in the
/// other place.
fn complete_or_turn_scope(model: &mut Model) -> Vec<Effect> {
    let line = model.filter.line.as_mut();
    let Some((line, completion)) = line.and_then(|line| {
        let completion = line.completion.take()?;
        Some((line, completion))
    }) else {
        return turn_scope(model);
    };
    line.editor
        .replace_before(completion.start, &completion.text);
    line.recalled = None;
    read(model);
    Vec::new()
}

fn turn_scope(model: &mut Model) -> Vec<Effect> {
    if let Some(line) = model.filter.line.as_mut() {
        line.scope = match line.scope {
            Scope::Names => Scope::Text,
            Scope::Text => Scope::Names,
        };
    }
    read(model);
    Vec::new()
}

/// Text was pasted.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(line) = model.filter.line.as_mut() {
        line.editor.insert(text);
        line.recalled = None;
    }
    read(model);
    Vec::new()
}

/// Works out what the line means. A line that cannot be read keeps the last meaning it had.
fn read(model: &mut Model) {
    let Some(line) = model.filter.line.as_mut() else {
        return;
    };
    line.error = None;
    let before = line.editor.text().get(..line.editor.caret()).unwrap_or("");
    line.completion = completion::complete(&model.corpus, before);
    let text = line.editor.text();
    let read = match line.scope {
        Scope::Names => text.parse::<Query>(),
        // the key that opened the line is a quotation mark, which some then close
        Scope::Text if text.ends_with('"') && text.matches('"').count() == 1 => {
            Query::in_text(&format!("\"{text}"))
        }
        Scope::Text => Query::in_text(text),
    };
    match read {
        Ok(query) => line.terms = query.terms,
        Err(error) => line.error = Some(error.to_string()),
    }
}

/// Turns the line into chips.
fn commit(model: &mut Model) -> Vec<Effect> {
    let Some(line) = model.filter.line.take() else {
        return Vec::new();
    };
    if let Some(error) = line.error {
        model.notice = Some(Notice::Problem(error));
        return Vec::new();
    }
    model.filter.cleared = None;
    // what was found is what is wanted from here on
    model.articles.chosen = model
        .articles
        .selected(&model.result.answer)
        .or(model.articles.chosen);
    for term in line.terms {
        if !model.filter.terms.contains(&term) {
            model.filter.terms.push(term);
        }
    }
    let text = line.editor.text();
    if text.trim().is_empty() {
        return Vec::new();
    }
    let typed = format!("{}{text}", line.scope.key());
    model.filter.history.retain(|known| *known != typed);
    model.filter.history.push(typed.clone());
    vec![Effect::RememberLine(typed)]
}

/// Looks for nothing but what was typed, or again for other spellings and scripts, too.
pub(super) fn toggle_lenience(model: &mut Model) -> Vec<Effect> {
    let is_switch = |term: &Term| matches!(term.condition, Condition::Without(_));
    let terms = &mut model.filter.terms;
    let text = if terms.iter().any(is_switch) {
        terms.retain(|term| !is_switch(term));
        "other spellings and scripts are found, too"
    } else {
        terms.extend(Leniency::ALL.map(|leniency| Term {
            condition: Condition::Without(leniency),
            exclude: false,
        }));
        "only what was typed is found"
    };
    model.notice = Some(Notice::Done(text.to_owned()));
    Vec::new()
}

/// Takes the last chip away; false when there is none.
pub(super) fn peel(model: &mut Model) -> bool {
    model.filter.cleared = None;
    model.filter.terms.pop().is_some()
}

/// Takes all chips away, or brings them back.
pub(super) fn clear_or_restore(model: &mut Model) -> Vec<Effect> {
    let filter = &mut model.filter;
    if filter.terms.is_empty() {
        if let Some(terms) = filter.cleared.take() {
            model.notice = Some(Notice::Done(format!("{} back", filters(terms.len()))));
            model.filter.terms = terms;
        }
    } else {
        let terms = std::mem::take(&mut filter.terms);
        let key = model.config.keymap.keys_of(Command::ClearFilters);
        let key = key.first().map_or("", String::as_str);
        model.notice = Some(Notice::Done(format!(
            "{} cleared · {key} brings back",
            filters(terms.len())
        )));
        model.filter.cleared = Some(terms);
    }
    Vec::new()
}

fn filters(count: usize) -> String {
    format!("{count} {}", if count == 1 { "filter" } else { "filters" })
}

/// Includes or excludes the value under the cursor of the pane that has the keys.
pub(super) fn take_value(model: &mut Model, exclude: bool) -> Vec<Effect> {
    match model.focus {
        Pane::Entities => names::filter_by_selected(model, exclude),
        Pane::Timeline => days::filter_by_selected(model, exclude),
        Pane::Text => take_mark(model, exclude),
        Pane::Articles => take_origin(model, exclude),
    }
}

fn take_mark(model: &mut Model, exclude: bool) -> Vec<Effect> {
    let mark = model
        .reader
        .mark
        .and_then(|i| model.reader.page.as_ref()?.marks.get(i).copied());
    let condition = match (mark, model.open_article()) {
        (Some(Mark::Mention(i)), Some(article)) => article
            .mentions
            .get(i)
            .map(|m| Condition::Entity(m.entity.to_string())),
        (Some(Mark::Timex(i)), Some(article)) => article.timexes.get(i).and_then(|timex| {
            Some(Condition::Days {
                field: crate::query::DayField::Mentioned,
                from: timex.earliest?,
                to: timex.latest?,
            })
        }),
        _ => None,
    };
    if let Some(condition) = condition {
        model.filter.toggle(condition, exclude);
    } else {
        let text = "no name or day under the cursor: ← → go from one to the next";
        model.notice = Some(Notice::Problem(text.to_owned()));
    }
    Vec::new()
}

/// The source of the selected article where it has one, else its language.
fn take_origin(model: &mut Model, exclude: bool) -> Vec<Effect> {
    let selected = model.articles.selected(&model.result.answer);
    let Some(article) = selected.and_then(|id| model.corpus.article(id)) else {
        return Vec::new();
    };
    let condition = match article.source() {
        "" => Condition::Language(article.language),
        source => Condition::Source(source.to_owned()),
    };
    model.filter.toggle(condition, exclude);
    Vec::new()
}
