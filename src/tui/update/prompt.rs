//! The line that asks for a name, a kind or a day.

use std::sync::Arc;

use crate::command::Command;
use crate::config::keymap::{Code, Key, Mode};
use crate::corpus::{EntityId, EntityKind, Name};
use crate::repair::{PartialDay, Repair};
use crate::text::fold::fold;
use crate::tui::effect::Effect;
use crate::tui::model::correction::{Ask, Choice, Prompt, Wish};
use crate::tui::model::scroll::Scroll;
use crate::tui::model::{Model, Ticket};
use crate::tui::update::cards::{document_key, place_of};
use crate::tui::update::{commands, corrections, editing, keys};

/// Rows of offers on the screen.
const ROWS: usize = 5;

/// Opens the line.
pub(super) fn open(model: &mut Model, prompt: Prompt) -> Vec<Effect> {
    model.corrections.prompt = Some(prompt);
    offer(model)
}

/// A key while the line is open.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Text, key);
    let Some(prompt) = model.corrections.prompt.as_mut() else {
        return Vec::new();
    };
    let len = prompt.choices.len();
    match command {
        Some(Command::Back) => {
            model.corrections.prompt = None;
            Vec::new()
        }
        Some(Command::Open) => take(model),
        Some(Command::Down | Command::FocusNext) => {
            prompt.scroll.step(1, len, ROWS);
            Vec::new()
        }
        Some(Command::Up | Command::FocusPrevious) => {
            prompt.scroll.step(-1, len, ROWS);
            Vec::new()
        }
        Some(command @ (Command::Redraw | Command::Suspend | Command::Quit)) => {
            commands::run(model, command, None)
        }
        None if key.code == Code::Backspace && prompt.editor.text().is_empty() => {
            model.corrections.prompt = None;
            Vec::new()
        }
        None if editing::edit(&mut prompt.editor, key) => offer(model),
        _ => Vec::new(),
    }
}

/// Text was pasted into the line.
pub(super) fn paste(model: &mut Model, text: &str) -> Option<Vec<Effect>> {
    let prompt = model.corrections.prompt.as_mut()?;
    prompt.editor.insert(text);
    Some(offer(model))
}

/// What is offered for the line as it is.
fn offer(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = model.corrections.prompt.as_mut() else {
        return Vec::new();
    };
    prompt.error = None;
    prompt.scroll = Scroll::default();
    let typed = fold(prompt.editor.text());
    if matches!(prompt.ask, Ask::Retype(_)) {
        let kinds = EntityKind::ALL.into_iter();
        let fits = |kind: &EntityKind| fold(kind.code()).starts_with(typed.trim());
        prompt.choices = kinds.filter(fits).map(Choice::Kind).collect();
    }
    if !prompt.offers_entities() {
        return Vec::new();
    }
    vec![Effect::Suggest {
        ticket: model.corrections.ticket.advance(),
        corpus: Arc::clone(&model.corpus),
        typed: prompt.editor.text().to_owned(),
    }]
}

/// Entities were found by what is typed.
pub(super) fn suggested(model: &mut Model, ticket: Ticket, found: &[EntityId]) -> Vec<Effect> {
    if ticket != model.corrections.ticket {
        return Vec::new();
    }
    let Some(prompt) = model.corrections.prompt.as_mut() else {
        return Vec::new();
    };
    let (Ask::Merge(own) | Ask::Split(own, _)) = &prompt.ask else {
        return Vec::new();
    };
    model.dirty = true;
    let entities = found
        .iter()
        .filter_map(|id| model.corpus.entities().get(*id));
    let mut choices: Vec<Choice> = entities
        .map(|entity| Choice::Entity(Name::new(&entity.key, entity.kind), entity.mentions))
        .filter(|choice| !matches!(choice, Choice::Entity(name, _) if name == own))
        .collect();
    let typed = prompt.editor.text().trim();
    let exists = |choice: &Choice| matches!(choice, Choice::Entity(name, _) if *name.key == *typed);
    if !typed.is_empty() && !choices.iter().any(exists) {
        let new = Choice::New(Arc::from(typed));
        // a spelling that is split off most often becomes an entity of its own
        match prompt.ask {
            Ask::Split(..) => choices.insert(0, new),
            _ => choices.push(new),
        }
    }
    prompt.choices = choices;
    Vec::new()
}

/// Takes the line, or what is chosen below it.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = model.corrections.prompt.clone() else {
        return Vec::new();
    };
    match meant(model, &prompt) {
        Ok((repair, said)) => {
            model.corrections.prompt = None;
            let repairs = vec![repair];
            corrections::wish(model, Wish::Put { repairs, said })
        }
        Err(reason) => {
            if let Some(prompt) = model.corrections.prompt.as_mut() {
                prompt.error = Some(reason);
            }
            Vec::new()
        }
    }
}

/// The repair that the line asks for, and a sentence that says so.
fn meant(model: &Model, prompt: &Prompt) -> Result<(Repair, String), String> {
    let typed = prompt.editor.text().trim();
    let words = || -> Result<Arc<str>, String> {
        if typed.is_empty() {
            return Err("type a name, or Esc".to_owned());
        }
        Ok(Arc::from(typed))
    };
    let chosen = prompt.choices.get(prompt.scroll.row);
    let other = |kind: EntityKind| match chosen {
        Some(Choice::Entity(name, _)) => Ok(name.clone()),
        _ => Ok::<_, String>(Name {
            key: words()?,
            kind,
        }),
    };
    Ok(match prompt.ask.clone() {
        Ask::Merge(name) => {
            let into = other(name.kind)?;
            if into == name {
                return Err("this is the same entity".to_owned());
            }
            let said = format!("{} is part of {} now", name.key, into.key);
            (Repair::Merge { name, into }, said)
        }
        Ask::Split(name, spelling) => {
            let to = other(name.kind)?.key;
            if to == name.key {
                return Err("it means that already: type another name".to_owned());
            }
            let said = format!("“{spelling}” means {to} now");
            let repair = Repair::Split { name, spelling, to };
            (repair, said)
        }
        Ask::Rename(name) => {
            let to = words()?;
            let said = format!("{} is called {to} now", name.key);
            (Repair::Rename { name, to }, said)
        }
        Ask::Retype(name) => {
            let Some(Choice::Kind(to)) = chosen.cloned() else {
                return Err("no such kind".to_owned());
            };
            let said = format!("{} is of kind {to} now", name.key);
            (Repair::Retype { name, to }, said)
        }
        Ask::Spelling(name) => {
            let spelling = words()?;
            let said = format!("“{spelling}” means {} wherever it stands", name.key);
            (Repair::Spelling { name, spelling }, said)
        }
        Ask::Day(id) => {
            let day = PartialDay::typed(typed)?;
            let article = model.corpus.article(id).ok_or("the article is gone")?;
            let said = format!("{} is of {day}", article.raw.id);
            let document = document_key(article);
            (Repair::Day { document, day }, said)
        }
        Ask::Date(id, timex) => {
            let day = PartialDay::typed(typed)?;
            let article = model.corpus.article(id).ok_or("the article is gone")?;
            let place = place_of(article, timex).ok_or("the date is gone")?;
            let said = format!("“{}” means {day}", place.words);
            let document = document_key(article);
            let repair = Repair::Date {
                document,
                place,
                day,
            };
            (repair, said)
        }
    })
}
