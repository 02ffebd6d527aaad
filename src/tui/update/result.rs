//! Snapshots and answers coming in.

use std::sync::Arc;

use crate::corpus::Corpus;
use crate::query::Answer;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::entities::EntitiesState;
use crate::tui::model::reader::Arrival;
use crate::tui::model::timeline;
use crate::tui::model::{Loading, Model, Ticket};
use crate::tui::update::{articles, days};

/// The load has come further.
pub(super) fn loaded(
    model: &mut Model,
    corpus: Arc<Corpus>,
    loading: Option<Loading>,
) -> Vec<Effect> {
    model.dirty = true;
    model.corpus = corpus;
    model.loading = loading;
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
    model.result.corpus = corpus;
    model.entities.rows = Arc::new(EntitiesState::rows_of(&answer));
    model.result.answer = answer;
    carry_selections(model);
    days::settle_zoom(model);
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

fn carry_selections(model: &mut Model) {
    let geometry = model.geometry();
    let height = |pane| geometry.rows(pane).max(1);
    let answer = &model.result.answer;

    let duplicates = model.result.corpus.duplicates();
    model.articles.arrange(answer, duplicates);
    if let Some(chosen) = model.articles.chosen {
        model.articles.unfold(answer, duplicates, chosen);
    }
    let len = model.articles.len(answer);
    let kept = model
        .articles
        .chosen
        .and_then(|id| model.articles.row_of(answer, id));
    match kept {
        Some(row) => model
            .articles
            .scroll
            .carry(row, len, height(Pane::Articles)),
        None => model.articles.scroll.select(0, len, height(Pane::Articles)),
    }

    let rows = &model.entities.rows;
    let kept = model
        .entities
        .chosen
        .and_then(|id| rows.iter().position(|row| row.entity() == Some(id)));
    if let Some(row) = kept {
        model
            .entities
            .scroll
            .carry(row, rows.len(), height(Pane::Entities));
    } else {
        // the row below the first heading
        model.entities.scroll.top = 0;
        model
            .entities
            .scroll
            .select(1, rows.len(), height(Pane::Entities));
        model.entities.scroll.top = 0;
    }

    let rows = &answer.timeline;
    let kept = model
        .timeline
        .chosen
        .and_then(|key| timeline::row_of(rows, key));
    match kept {
        Some(row) => model
            .timeline
            .scroll
            .carry(row, rows.len(), height(Pane::Timeline)),
        None => model
            .timeline
            .scroll
            .select(0, rows.len(), height(Pane::Timeline)),
    }
}
