//! The best sentences of a row of the timeline: into the text and back again.

use std::sync::Arc;

use crate::command::Command;
use crate::config::keymap::{Key, Mode};
use crate::query::Told;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::scroll::Scroll;
use crate::tui::model::timeline::{Return, SentencesState, days_of, key_of, sentences_shown};
use crate::tui::model::{Model, Notice, Ticket};
use crate::tui::update::{commands, days, keys, overlay, reader};

/// Opens the list for the selected row of the timeline, from any pane.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let rows = &model.result.answer.timeline;
    let row = rows.get(model.timeline.scroll.row);
    let Some(days) = row.and_then(days_of) else {
        let text = "no day here: choose one in the timeline";
        model.notice = Some(Notice::Problem(text.to_owned()));
        return Vec::new();
    };
    model.overlay = Some(Overlay::Sentences(SentencesState {
        days,
        by: model.timeline.by,
        told: None,
        scroll: Scroll::default(),
    }));
    let question = model.result.asked.clone();
    vec![Effect::Tell {
        ticket: model.timeline.telling.advance(),
        corpus: Arc::clone(&model.result.corpus),
        answer: Arc::clone(&model.result.answer),
        question: question.unwrap_or_else(|| model.question()),
        days,
    }]
}

/// The sentences have come.
pub(super) fn told(model: &mut Model, ticket: Ticket, told: Arc<Vec<Told>>) -> Vec<Effect> {
    if ticket == model.timeline.telling
        && let Some(Overlay::Sentences(list)) = model.overlay.as_mut()
    {
        list.told = Some(told);
        model.dirty = true;
    }
    Vec::new()
}

/// A key while the list is open.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let page = isize::try_from(sentences_shown(model)).unwrap_or(1);
    match keys::resolve(model, Mode::Overlay, key) {
        Some(Command::Down) => step(model, 1),
        Some(Command::Up) => step(model, -1),
        Some(Command::HalfPageDown | Command::PageDown) => step(model, page),
        Some(Command::HalfPageUp | Command::PageUp) => step(model, -page),
        Some(Command::First) => step(model, isize::MIN),
        Some(Command::Last) => step(model, isize::MAX),
        Some(Command::Open | Command::Right) => jump(model),
        Some(Command::Back | Command::Left) => overlay::close(model),
        Some(command) => {
            model.overlay = None;
            commands::run(model, command, None)
        }
        None => match keys::resolve(model, Mode::Normal, key) {
            Some(Command::Sentences) => overlay::close(model),
            Some(command) => {
                model.overlay = None;
                commands::run(model, command, None)
            }
            None => Vec::new(),
        },
    }
}

/// Selects the sentence `by` further down.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let shown = sentences_shown(model);
    if let Some(Overlay::Sentences(list)) = model.overlay.as_mut() {
        let len = list.told.as_ref().map_or(0, |told| told.len());
        list.scroll.step(by, len, shown);
    }
    Vec::new()
}

/// To the selected sentence in the text.
fn jump(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Sentences(list)) = &model.overlay else {
        return Vec::new();
    };
    let told = list.told.as_ref();
    let Some((article, span)) = told
        .and_then(|told| told.get(list.scroll.row))
        .map(|told| (told.article, told.span))
    else {
        return Vec::new();
    };
    let back = Return {
        article,
        list: list.clone(),
        focus: model.focus,
        chosen: model
            .result
            .answer
            .timeline
            .get(model.timeline.scroll.row)
            .and_then(key_of),
    };
    model.overlay = None;
    reader::go_to_sentence(model, article, span);
    model.timeline.back = Some(back);
    Vec::new()
}

/// Back from the text to the list that the sentence was chosen from; false when there is none.
pub(super) fn go_back(model: &mut Model) -> bool {
    if model.focus != Pane::Text {
        return false;
    }
    let Some(back) = model.timeline.back.take() else {
        return false;
    };
    if model.reader.article != Some(back.article) {
        return false;
    }
    model.reader.range = None;
    model.focus = back.focus;
    if let Some(key) = back.chosen {
        days::show_day(model, key);
    }
    model.overlay = Some(Overlay::Sentences(back.list));
    true
}
