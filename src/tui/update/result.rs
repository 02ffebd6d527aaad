//! Snapshots and answers coming in.

use std::sync::Arc;

use crate::corpus::Corpus;
use crate::query::{Answer, Hits};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::entities::EntitiesState;
use crate::tui::model::reader::Arrival;
use crate::tui::model::timeline;
use crate::tui::model::{Loading, Model, Ticket};
use crate::tui::update::{articles, days, triage};

/// The load has come further.
pub(super) fn loaded(
    model: &mut Model,
    corpus: Arc<Corpus>,
    loading: Option<Loading>,
) -> Vec<Effect> {
    model.dirty = true;
    model.corpus = corpus;
    model.corrections.linked = model.corrections.read;
    model.loading = loading;
    let corpus = Arc::clone(&model.corpus);
    triage::follow(model, &corpus);
    model.result.stale = true;
    if model.loading.is_none() {
        // with the last word links and days may be others
        model.card.asked = None;
    }
    Vec::new()
}

/// Asks what the panes want to know, if it is something new. A corpus that has merely grown is
/// not asked about before the last answer is in: else a steady load would starve the screen.
pub(super) fn ask_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    let question = model.question();
    let new = model.result.asked.as_ref() != Some(&question);
    if !new && (!model.result.stale || model.result.waiting) {
        return;
    }
    model.result.asked = Some(question.clone());
    model.result.waiting = true;
    model.result.stale = false;
    let ticket = model.result.ticket.advance();
    effects.push(Effect::Ask {
        ticket,
        corpus: Arc::clone(&model.corpus),
        question,
    });
}

/// The list of an answer has come; the other panes keep what they show until theirs does.
pub(super) fn ranked(
    model: &mut Model,
    ticket: Ticket,
    corpus: Arc<Corpus>,
    hits: Hits,
) -> Vec<Effect> {
    if ticket != model.result.ticket {
        return Vec::new();
    }
    model.dirty = true;
    model.result.corpus = corpus;
    let before = &model.result.answer;
    model.result.answer = Arc::new(Answer {
        hits,
        entities: before.entities.clone(),
        timeline: before.timeline.clone(),
        literal: None,
    });
    arrange(model);
    carry_article(model);
    show_selected(model)
}

/// An answer has come: every pane keeps what it had selected, in its place on the screen.
pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    corpus: Arc<Corpus>,
    answer: Arc<Answer>,
) -> Vec<Effect> {
    if ticket != model.result.ticket {
        return Vec::new();
    }
    model.dirty = true;
    model.result.waiting = false;
    // the list may have come before: a million rows are not arranged twice
    let is_arranged = Arc::ptr_eq(&model.result.corpus, &corpus)
        && model.result.answer.hits.is_that_of(&answer.hits);
    model.result.corpus = corpus;
    model.entities.rows = Arc::new(EntitiesState::rows_of(&answer));
    model.result.answer = answer;
    if !is_arranged {
        arrange(model);
    }
    carry_article(model);
    carry_entity(model);
    carry_day(model);
    days::settle_zoom(model);
    show_selected(model)
}

/// Has the text follow the list.
fn show_selected(model: &mut Model) -> Vec<Effect> {
    let selected = model.articles.selected(&model.result.answer);
    if model.articles.chosen.is_none() {
        // nothing was chosen yet: the first row is shown, whichever article the load puts there
        let first = model.reader.article.is_none();
        if let Some(article) = selected {
            articles::show(model, article, Arrival::Place);
        }
        let rest = vec![Effect::Rest];
        return if first {
            [rest, vec![Effect::Dwell]].concat()
        } else {
            rest
        };
    }
    if selected.is_some() && selected != model.reader.article {
        return vec![Effect::Rest];
    }
    Vec::new()
}

/// What has been on the screen long enough to be read stays there, wherever the load goes on to
/// put other articles.
pub(super) fn dwelt(model: &mut Model) -> Vec<Effect> {
    if model.articles.chosen.is_none() {
        model.articles.chosen = model.articles.selected(&model.result.answer);
    }
    Vec::new()
}

fn arrange(model: &mut Model) {
    let duplicates = model.result.corpus.duplicates();
    model.articles.arrange(&model.result.answer, duplicates);
}

fn carry_article(model: &mut Model) {
    let keeps_row = std::mem::take(&mut model.triage.keeps_row)
        && model.filter.query().criteria().next().is_some();
    let height = model.geometry().rows(Pane::Articles).max(1);
    let answer = &model.result.answer;
    let duplicates = model.result.corpus.duplicates();
    if let Some(chosen) = model.articles.chosen {
        model.articles.unfold(answer, duplicates, chosen);
    }
    let len = model.articles.len(answer);
    let kept = model.articles.chosen;
    match kept.and_then(|id| model.articles.row_of(answer, id)) {
        Some(row) => model.articles.scroll.carry(row, len, height),
        // a mark took the article away: what stood below it is next
        None if keeps_row => {
            let row = model.articles.scroll.row.min(len.saturating_sub(1));
            model.articles.scroll.carry(row, len, height);
        }
        None => model.articles.scroll.select(0, len, height),
    }
}

fn carry_entity(model: &mut Model) {
    let height = model.geometry().rows(Pane::Entities).max(1);
    let rows = &model.entities.rows;
    let scroll = &mut model.entities.scroll;
    let kept = model.entities.chosen;
    if let Some(row) = kept.and_then(|id| rows.iter().position(|row| row.entity() == Some(id))) {
        scroll.carry(row, rows.len(), height);
    } else {
        // the row below the first heading
        scroll.top = 0;
        scroll.select(1, rows.len(), height);
        scroll.top = 0;
    }
}

fn carry_day(model: &mut Model) {
    let height = model.geometry().rows(Pane::Timeline).max(1);
    let rows = &model.result.answer.timeline;
    let kept = model.timeline.chosen;
    match kept.and_then(|key| timeline::row_of(rows, key)) {
        Some(row) => model.timeline.scroll.carry(row, rows.len(), height),
        None => model.timeline.scroll.select(0, rows.len(), height),
    }
}
