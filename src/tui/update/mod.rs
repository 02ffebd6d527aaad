//! Model + message → model and effects. No input or output, no clock: a recorded list of messages
//! replays what happened.

mod articles;
mod bidi;
mod cards;
mod commands;
mod copies;
mod copy;
mod corrections;
mod days;
mod editing;
mod filter;
mod follow;
mod hits;
mod keys;
mod kwic;
mod motion;
mod mouse;
mod names;
mod out;
mod overlay;
mod prompt;
mod reader;
mod reload;
mod result;
mod sentences;
pub(in crate::tui) mod triage;
mod views;

use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::model::{Model, Notice};

/// Takes one message in and says what has to be done outside.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Key(key) => keys::press(model, key),
        Message::Paste(text) => keys::paste(model, &text),
        Message::Mouse { kind, column, row } => mouse::used(model, kind, column, row),
        Message::Resize { columns, rows } => {
            model.size = (columns, rows);
            model.dirty = true;
            Vec::new()
        }
        Message::Rested => follow::rested(model),
        Message::Dwelt => result::dwelt(model),
        Message::Loaded { corpus, loading } => result::loaded(model, corpus, loading),
        Message::Reloaded(corpus) => reload::reloaded(model, corpus),
        Message::Ranked {
            ticket,
            corpus,
            hits,
        } => result::ranked(model, ticket, corpus, hits),
        Message::Answered {
            ticket,
            corpus,
            answer,
        } => result::answered(model, ticket, corpus, answer),
        Message::Opened { ticket, page } => reader::opened(model, ticket, &page),
        Message::Journal {
            state,
            author,
            place,
            notices,
        } => triage::read(model, *state, author, place, &notices),
        Message::Recorded(change) => triage::recorded(model, change),
        Message::Others(changes) => triage::others(model, changes),
        Message::Unsaved(why) => triage::unsaved(model, why),
        Message::Reviewed { arrivals, names } => triage::compared(model, arrivals, &names),
        Message::Watched(found) => triage::watched(model, &found),
        Message::Views { views, set } => triage::views_read(model, views, set),
        Message::Counted(counts) => triage::counted(model, counts),
        Message::Compared(difference) => copies::compared(model, difference),
        Message::Gathered {
            ticket,
            places,
            reach,
        } => kwic::gathered(model, ticket, places, reach),
        Message::Sought { ticket, found } => hits::sought(model, ticket, found),
        Message::Corrected(done) => corrections::carried_out(model, *done),
        Message::Described {
            ticket,
            entity,
            dossier,
        } => {
            if ticket == model.card.ticket {
                model.dirty = true;
                model.card.dossier = Some((entity, dossier));
                cards::keep_in_bounds(model);
            }
            Vec::new()
        }
        Message::Suggested { ticket, found } => prompt::suggested(model, ticket, &found),
        Message::Told { ticket, told } => sentences::told(model, ticket, told),
        Message::Done(text) => {
            model.notice = Some(Notice::Done(text));
            model.dirty = true;
            Vec::new()
        }
        Message::Failed(reason) => {
            model.notice = Some(Notice::Problem(reason));
            model.dirty = true;
            Vec::new()
        }
    };
    triage::compare_if_needed(model, &mut effects);
    corrections::link_if_needed(model, &mut effects);
    result::ask_if_needed(model, &mut effects);
    kwic::ask_if_needed(model, &mut effects);
    reader::open_if_needed(model, &mut effects);
    cards::describe_if_needed(model, &mut effects);
    copies::compare_if_needed(model, &mut effects);
    reveal(model);
    triage::read_to_the_end(model, &mut effects);
    effects
}

/// Keeps every selection on the screen, whatever changed its pane's size.
fn reveal(model: &mut Model) {
    use crate::tui::geometry::Pane;
    let geometry = model.geometry();
    let rows = |pane| geometry.rows(pane).max(1);
    let len = model.articles.len(&model.result.answer);
    model.articles.scroll.reveal(len, rows(Pane::Articles));
    model
        .kwic
        .scroll
        .reveal(model.kwic.places.len(), rows(Pane::Articles));
    model
        .entities
        .scroll
        .reveal(model.entities.rows.len(), rows(Pane::Entities));
    model
        .timeline
        .scroll
        .reveal(model.result.answer.timeline.len(), rows(Pane::Timeline));
    if let Some(height) = geometry.pane(Pane::Text).map(|r| usize::from(r.height)) {
        model.reader.top = model
            .reader
            .top
            .min(model.reader.lines().saturating_sub(height));
    }
}
