//! Setting right: wishes are carried out outside, one after the other, each a step that can be
//! undone.

use std::sync::Arc;

use crate::command::Command;
use crate::corpus::{Corpus, EntityId, Field, Span};
use crate::link::LinkMode;
use crate::tui::effect::Effect;
use crate::tui::model::correction::{Done, Outcome, Wish, Work};
use crate::tui::model::history::Step;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice, page};
use crate::tui::update::cards;

/// Runs one of the commands that set something right.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Undo => wish(model, Wish::Undo),
        Command::Redo => wish(model, Wish::Redo),
        Command::Links => other_links(model),
        _ => cards::correct(model, command),
    }
}

/// Carries a wish out, or after those before it.
pub(super) fn wish(model: &mut Model, wish: Wish) -> Vec<Effect> {
    model.corrections.waiting.push_back(wish);
    next(model)
}

/// The other links between names.
fn other_links(model: &mut Model) -> Vec<Effect> {
    let waiting = model.corrections.waiting.iter().rev();
    let asked = waiting.filter_map(|wish| match wish {
        Wish::Links(mode) => Some(*mode),
        _ => None,
    });
    let mode = asked.into_iter().next().unwrap_or(model.corrections.links);
    wish(model, Wish::Links(mode.next()))
}

fn next(model: &mut Model) -> Vec<Effect> {
    let corrections = &mut model.corrections;
    if corrections.busy {
        return Vec::new();
    }
    let work = match corrections.waiting.pop_front() {
        None => return Vec::new(),
        Some(Wish::Put { repairs, said }) => Some(Work::Put { repairs, said }),
        Some(Wish::Undo) => corrections.history.undo().map(Work::Undo),
        Some(Wish::Redo) => corrections.history.redo().map(Work::Redo),
        Some(Wish::Links(mode)) => Some(Work::Links(mode)),
    };
    let Some(work) = work else {
        model.notice = Some(Notice::Problem("nothing to undo or to redo".to_owned()));
        return next(model);
    };
    corrections.busy = true;
    vec![Effect::Correct(work)]
}

/// A wish was carried out, or could not be.
pub(super) fn carried_out(model: &mut Model, done: Done) -> Vec<Effect> {
    let Done { work, outcome } = done;
    model.dirty = true;
    if work != Work::Refresh {
        model.corrections.busy = false;
    }
    match outcome {
        Ok(outcome) => take_in(model, work, outcome),
        Err(reason) => {
            let history = &mut model.corrections.history;
            match work {
                Work::Undo(step) => history.is_done(step),
                Work::Redo(step) => history.is_undone(step),
                Work::Put { .. } | Work::Links(_) | Work::Refresh => {}
            }
            model.notice = Some(Notice::Problem(reason));
        }
    }
    next(model)
}

fn take_in(model: &mut Model, work: Work, outcome: Outcome) {
    if let Some(corpus) = &outcome.corpus {
        replace_corpus(model, Arc::clone(corpus));
    }
    let said = match (work, outcome.edit) {
        (Work::Refresh, _) => None,
        (Work::Links(mode), _) => {
            model.corrections.links = mode;
            Some(links_said(mode).to_owned())
        }
        (Work::Put { said, .. }, Some(edit)) => {
            let notice = undoable(model, &said);
            model.corrections.history.push(Step { said, edit });
            Some(notice)
        }
        (Work::Put { said, .. }, None) => Some(format!("already so: {said}")),
        (Work::Undo(step), Some(edit)) => {
            let said = format!("undone: {}", step.said);
            let step = Step { edit, ..step };
            model.corrections.history.is_undone(step);
            Some(said)
        }
        (Work::Redo(step), Some(edit)) => {
            let said = undoable(model, &format!("done again: {}", step.said));
            let step = Step { edit, ..step };
            model.corrections.history.is_done(step);
            Some(said)
        }
        (Work::Undo(step) | Work::Redo(step), None) => {
            Some(format!("the file no longer says so: {}", step.said))
        }
    };
    let Some(mut said) = said else { return };
    if model.loading.is_some() {
        said.push_str(" · shown once everything is read");
    }
    if !outcome.kept {
        said.push_str(" · for this session only");
    }
    model.notice = Some(match outcome.warnings.as_slice() {
        [] => Notice::Done(said),
        warnings => Notice::Problem(format!("{said} · {}", warnings.join(" · "))),
    });
}

fn links_said(mode: LinkMode) -> &'static str {
    match mode {
        LinkMode::All => "all links between names hold",
        LinkMode::Stated => "only links that articles state themselves hold, none inferred",
        LinkMode::KnowledgeBaseOnly => "only links of the knowledge base and your own hold",
    }
}

/// What was done, and how to undo it.
fn undoable(model: &Model, said: &str) -> String {
    let keys = model.config.keymap.keys_of(Command::Undo);
    match keys.first() {
        Some(key) => format!("{said} · {key} undoes it"),
        None => said.to_owned(),
    }
}

/// Another snapshot of the same articles: what was chosen stays chosen under its new name.
fn replace_corpus(model: &mut Model, corpus: Arc<Corpus>) {
    let old = std::mem::replace(&mut model.corpus, corpus);
    model.result.stale = true;
    // the page marks other names and days
    model.reader.requested = None;
    model.reader.stand = mark_place(model, &old);
    if let Some(Overlay::Why { article, timex, .. }) = &mut model.overlay {
        let place = |corpus: &Corpus, number: usize| {
            let timex = corpus.article(*article)?.timexes.get(number)?;
            Some((timex.field, timex.span))
        };
        let wanted = timex.and_then(|number| place(&old, number));
        let timexes = model
            .corpus
            .article(*article)
            .map_or(0, |a| a.timexes.len());
        let mut numbers = 0..timexes;
        *timex = wanted.and_then(|_| numbers.find(|n| place(&model.corpus, *n) == wanted));
    }
    model.entities.chosen = model
        .entities
        .chosen
        .and_then(|id| now_called(&old, &model.corpus, id));
    model.card.asked = None;
    if let Some(Overlay::Card { entity, trail, .. }) = &mut model.overlay {
        trail.retain_mut(|(id, _)| match now_called(&old, &model.corpus, *id) {
            Some(now) => {
                *id = now;
                true
            }
            None => false,
        });
        match now_called(&old, &model.corpus, *entity) {
            Some(now) => *entity = now,
            None => model.overlay = None,
        }
    }
    cards::keep_in_bounds(model);
}

/// Where the mark under the cursor of the text stands.
fn mark_place(model: &Model, old: &Corpus) -> Option<(Field, Span)> {
    let page = model.reader.page.as_ref()?;
    let mark = page.marks.get(model.reader.mark?)?;
    page::place_of(old.article(page.article)?, *mark)
}

/// The entity that an entity of an earlier snapshot is now: itself if it is still mentioned, else
/// what the words of its first mention mean now.
fn now_called(old: &Corpus, now: &Corpus, id: EntityId) -> Option<EntityId> {
    let alive = |id: EntityId| now.entities().get(id).is_some_and(|e| e.mentions > 0);
    if alive(id) {
        return Some(id);
    }
    let entity = old.entities().get(id)?;
    if let Some(merged) = now.entities().find(&entity.key, entity.kind) {
        return Some(merged);
    }
    let (article, field, span): (_, Field, Span) =
        old.articles().find_map(|(article_id, article)| {
            article.entities.binary_search(&id).ok()?;
            let mut mentions = article.mentions.iter();
            let mention = mentions.find(|m| m.entity == entity.key && m.kind == entity.kind)?;
            Some((article_id, mention.field, mention.span))
        })?;
    let mut mentions = now.article(article)?.mentions.iter();
    let mention = mentions.find(|m| m.field == field && m.span.overlaps(span))?;
    now.entities().find(&mention.entity, mention.kind)
}
