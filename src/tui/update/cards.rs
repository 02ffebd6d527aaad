//! Keys of a card: the cursor moves over its statements, and each key does what the statement
//! under it is about.

use std::sync::Arc;

use crate::command::Command;
use crate::corpus::{Article, ArticleId, Name, TimexKind};
use crate::query::{Condition, DayField};
use crate::repair::{DocumentKey, PartialDay, Place, Repair};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::cards::{self, Target};
use crate::tui::model::correction::{Ask, Prompt, Wish};
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice};
use crate::tui::update::{articles, commands, corrections, overlay, prompt};

/// Moves the cursor by some statements; at the last one the rest of the card scrolls on.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(row) = model.overlay.as_ref().and_then(Overlay::row) else {
        return overlay::scroll(model, by);
    };
    let stops: Vec<usize> = cards::targets(model)
        .iter()
        .enumerate()
        .filter(|(_, target)| target.is_some())
        .map(|(row, _)| row)
        .collect();
    let at = stops.partition_point(|stop| *stop < row);
    let last = stops.len().saturating_sub(1);
    let to = at.saturating_add_signed(by).min(last);
    if to == at {
        return overlay::scroll(model, by);
    }
    stand(model, stops.get(to).copied().unwrap_or(0));
    Vec::new()
}

/// Puts the cursor on a statement and shows it; the first one with all that stands above it.
fn stand(model: &mut Model, statement: usize) {
    let rows = cards::rows(model);
    let height = usize::from(cards::area(model).height)
        .saturating_sub(1)
        .max(1);
    let first = rows
        .iter()
        .position(|row| row.statement == statement)
        .unwrap_or(0);
    // what stands dim below it belongs to it
    let last = rows
        .iter()
        .rposition(|row| row.statement == statement || row.statement == statement + 1)
        .unwrap_or(first)
        .min(first + height - 1);
    let targets = cards::targets(model);
    let is_first = targets.iter().position(Option::is_some) == Some(statement);
    if let Some(Overlay::Card { row, .. } | Overlay::Why { row, .. }) = &mut model.overlay {
        *row = statement;
    }
    if let Some(top) = model.overlay.as_mut().and_then(Overlay::top) {
        *top = (*top).clamp((last + 1).saturating_sub(height), first);
        if is_first {
            *top = 0;
        }
    }
}

/// Puts the cursor on a statement again that the card has, after it changed.
pub(super) fn keep_in_bounds(model: &mut Model) {
    let Some(row) = model.overlay.as_ref().and_then(Overlay::row) else {
        return;
    };
    let targets = cards::targets(model);
    let before = targets.iter().enumerate().take(row + 1).rev();
    let stop = before.into_iter().find(|(_, target)| target.is_some());
    let stop = stop.map_or(0, |(at, _)| at);
    stand(model, stop);
}

/// Asks for what the open card needs, unless it has it or has asked already.
pub(super) fn describe_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Card { entity, .. }) = model.overlay else {
        return;
    };
    if model.card.asked == Some(entity) {
        return;
    }
    model.card.asked = Some(entity);
    effects.push(Effect::Describe {
        ticket: model.card.ticket.advance(),
        corpus: Arc::clone(&model.corpus),
        entity,
    });
}

/// Opens what the cursor is on.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    match cards::target(model) {
        Some(Target::Candidate(name)) => {
            let found = model.corpus.entities().find(&name.key, name.kind);
            visit(model, found)
        }
        Some(Target::Company(entity)) => visit(model, Some(entity)),
        Some(Target::Fact(key)) => {
            let corpus = Arc::clone(&model.corpus);
            let mut all = corpus.entities().iter();
            let found = all.find(|(_, entity)| *entity.key == *key);
            visit(model, found.map(|(id, _)| id))
        }
        Some(Target::Article(article)) => read(model, article),
        Some(Target::Busy(day)) => {
            let entity = filter_by_card(model, false);
            let condition = Condition::Days {
                field: DayField::Published,
                from: day,
                to: day,
            };
            model.filter.toggle(condition, false);
            entity
        }
        _ => filter_by_card(model, false),
    }
}

/// The card of another entity; the way back is kept.
fn visit(model: &mut Model, other: Option<crate::corpus::EntityId>) -> Vec<Effect> {
    let Some(other) = other else {
        model.notice = Some(Notice::Problem("no article names it".to_owned()));
        return Vec::new();
    };
    if let Some(Overlay::Card {
        entity,
        row,
        top,
        trail,
    }) = &mut model.overlay
    {
        trail.push((*entity, *row));
        (*entity, *row, *top) = (other, 0, 0);
    }
    Vec::new()
}

/// Back to the card that led here; from the first one, out.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Card {
        entity,
        row,
        top,
        trail,
    }) = &mut model.overlay
        && let Some((before, at)) = trail.pop()
    {
        // shown again once what the card needs has come
        (*entity, *row, *top) = (before, at, 0);
        return Vec::new();
    }
    overlay::close(model)
}

fn read(model: &mut Model, article: ArticleId) -> Vec<Effect> {
    model.overlay = None;
    articles::select_article(model, article);
    articles::show(model, article, crate::tui::model::reader::Arrival::Place);
    model.focus = Pane::Text;
    Vec::new()
}

/// Only articles that mention the entity of the card, or only those that do not.
pub(super) fn filter_by_card(model: &mut Model, exclude: bool) -> Vec<Effect> {
    if let Some(Overlay::Card { entity, .. }) = model.overlay.take()
        && let Some(entity) = model.corpus.entities().get(entity)
    {
        let condition = Condition::Entity(entity.key.to_string());
        model.filter.toggle(condition, exclude);
    }
    Vec::new()
}

/// A command that sets something right: on the open card, else on that of what is under the
/// cursor.
pub(super) fn correct(model: &mut Model, command: Command) -> Vec<Effect> {
    if !matches!(
        model.overlay,
        Some(Overlay::Card { .. } | Overlay::Why { .. })
    ) {
        let card = match command {
            Command::SetDay => Command::Why,
            _ => Command::Card,
        };
        model.overlay = None;
        let effects = commands::run(model, card, None);
        // accepting needs a cursor on what is to be accepted
        if matches!(command, Command::Accept | Command::Reject) || model.overlay.is_none() {
            return effects;
        }
    }
    let asked = match model.overlay.clone() {
        Some(Overlay::Card { entity, .. }) => {
            let Some(entity) = model.corpus.entities().get(entity) else {
                return Vec::new();
            };
            let name = Name::new(&entity.key, entity.kind);
            about_entity(model, command, name)
        }
        Some(Overlay::Why { article, timex, .. }) => about_day(model, command, article, timex),
        _ => None,
    };
    match asked {
        Some(Asked::Put(repair, said)) => corrections::wish(
            model,
            Wish::Put {
                repairs: vec![repair],
                said,
            },
        ),
        Some(Asked::Line(ask, text)) => prompt::open(model, Prompt::new(ask, &text)),
        None => {
            let text = format!("{} does nothing here", command.name());
            model.notice = Some(Notice::Problem(text));
            Vec::new()
        }
    }
}

/// What a key asks for: at once, or after a line was typed.
enum Asked {
    Put(Repair, String),
    Line(Ask, String),
}

fn about_entity(model: &Model, command: Command, name: Name) -> Option<Asked> {
    let target = cards::target(model)?;
    Some(match (command, target) {
        (Command::Accept, Target::Candidate(candidate)) => {
            let said = format!("{} and {} are one", name.key, candidate.key);
            Asked::Put(Repair::Accept { name, candidate }, said)
        }
        (Command::Reject, Target::Candidate(candidate) | Target::Linked(candidate)) => {
            let said = format!("{} and {} stay apart", name.key, candidate.key);
            Asked::Put(Repair::Reject { name, candidate }, said)
        }
        (Command::Split, Target::Spelling(spelling)) => {
            let text = spelling.to_string();
            Asked::Line(Ask::Split(name, spelling), text)
        }
        (Command::Merge, _) => Asked::Line(Ask::Merge(name), String::new()),
        (Command::Rename, _) => {
            let text = name.key.to_string();
            Asked::Line(Ask::Rename(name), text)
        }
        (Command::Retype, _) => Asked::Line(Ask::Retype(name), String::new()),
        (Command::AddSpelling, _) => Asked::Line(Ask::Spelling(name), String::new()),
        (Command::Hide, _) => {
            let said = format!("{} is hidden", name.key);
            Asked::Put(Repair::Hide { name }, said)
        }
        _ => return None,
    })
}

fn about_day(
    model: &Model,
    command: Command,
    id: ArticleId,
    timex: Option<usize>,
) -> Option<Asked> {
    let article = model.corpus.article(id)?;
    let document = document_key(article);
    let called = &article.raw.id;
    if let (Some(Target::Timex), Some(number)) = (cards::target(model), timex) {
        let timex = article.timexes.get(number)?;
        let place = place_of(article, number)?;
        let words = timex.span.of(article.field(timex.field));
        return Some(match command {
            Command::Accept => {
                let day = PartialDay::from_iso(timex.value.get(..10).unwrap_or(&timex.value))?;
                let said = format!("“{words}” means {day}");
                let repair = Repair::Date {
                    document,
                    place,
                    day,
                };
                Asked::Put(repair, said)
            }
            Command::Reject => {
                let said = format!("“{words}” is no date");
                Asked::Put(Repair::NotDate { document, place }, said)
            }
            Command::SetDay if timex.kind != TimexKind::Set => {
                Asked::Line(Ask::Date(id, number), String::new())
            }
            _ => return None,
        });
    }
    let under_cursor = match cards::target(model) {
        Some(Target::Day(Some(day))) => Some(day),
        _ => article.published(),
    };
    Some(match (command, under_cursor) {
        (Command::Accept, Some(day)) => {
            let said = format!("{called} is of {day}");
            let day = PartialDay::day(day);
            Asked::Put(Repair::Day { document, day }, said)
        }
        (Command::Reject, Some(day)) => {
            let said = format!("{called} is not of {day}");
            Asked::Put(Repair::NotDay { document, day }, said)
        }
        (Command::SetDay, _) => Asked::Line(Ask::Day(id), String::new()),
        _ => return None,
    })
}

/// How the file of repairs knows an article.
pub(super) fn document_key(article: &Article) -> DocumentKey {
    DocumentKey {
        sha256: article.raw.sha256,
        path: Arc::from(article.raw.path.as_str()),
    }
}

/// Where an expression of time of an article stands.
pub(super) fn place_of(article: &Article, timex: usize) -> Option<Place> {
    let timex = article.timexes.get(timex)?;
    let words = timex.span.of(article.field(timex.field)).split_whitespace();
    Some(Place {
        field: timex.field,
        span: timex.span,
        words: Arc::from(words.collect::<Vec<_>>().join(" ")),
    })
}
