//! Setting right: wishes are carried out outside, one after the other, each a step that can be
//! undone.

use std::sync::Arc;

use crate::command::Command;
use crate::corpus::{Corpus, EntityId, Field, Span};
use crate::link::LinkMode;
use crate::repair::Edit;
use crate::triage::Op;
use crate::tui::effect::Effect;
use crate::tui::model::correction::{Done, Outcome, Wish, Work};
use crate::tui::model::history::Step;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice, page};
use crate::tui::update::cards;

/// Runs one of the commands that set something right.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Links => other_links(model),
        _ => cards::correct(model, command),
    }
}

/// Carries a wish out, or after those before it.
pub(super) fn wish(model: &mut Model, wish: Wish) -> Vec<Effect> {
    model.corrections.waiting.push_back(wish);
    next(model)
}

/// The other links between names, where the query says nothing of them.
fn other_links(model: &mut Model) -> Vec<Effect> {
    let mode = model.corrections.links.next();
    model.corrections.links = mode;
    if let Some(asked) = model.filter.query().links() {
        model.notice = Some(Notice::Done(format!(
            "links: {} once links:{} is no filter any more",
            mode.name(),
            asked.name()
        )));
    }
    Vec::new()
}

/// Has the corpus linked as the query says, else as is set.
pub(super) fn link_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    let wanted = model.filter.query().links();
    let wanted = wanted.unwrap_or(model.corrections.links);
    if wanted == model.corrections.asked {
        return;
    }
    model.corrections.asked = wanted;
    // of several that wait the last one counts
    let waiting = &mut model.corrections.waiting;
    waiting.retain(|wish| !matches!(wish, Wish::Links(_)));
    effects.extend(wish(model, Wish::Links(wanted)));
}

/// Carries out the wish that has waited longest, unless another one is being carried out.
pub(super) fn next(model: &mut Model) -> Vec<Effect> {
    if model.corrections.busy {
        return Vec::new();
    }
    let is_read = model.triage.author.is_some();
    // what goes into the journal waits until it has been read
    let mut waiting = model.corrections.waiting.iter();
    let first = waiting.position(|wish| is_read || matches!(wish, Wish::Links(_)));
    let first = first.and_then(|at| model.corrections.waiting.remove(at));
    let effect = match first {
        None => return Vec::new(),
        Some(Wish::Put { repairs, said }) => Some(Effect::Correct(Work::Put { repairs, said })),
        Some(Wish::Undo) => step(model, true),
        Some(Wish::Redo) => step(model, false),
        Some(Wish::Links(mode)) => Some(Effect::Correct(Work::Links(mode))),
    };
    let Some(effect) = effect else {
        return next(model);
    };
    model.corrections.busy = true;
    vec![effect]
}

/// Takes back what the author did last, or does again what was taken back: a mark by the journal
/// alone, a correction in its file first.
fn step(model: &mut Model, back: bool) -> Option<Effect> {
    let author = model.triage.author.clone().unwrap_or_default();
    let state = &model.triage.state;
    let (change, none) = if back {
        (state.to_undo(&author), "nothing to undo")
    } else {
        (state.to_redo(&author), "nothing to do again")
    };
    let Some(change) = change else {
        model.notice = Some(Notice::Problem(none.to_owned()));
        return None;
    };
    let of = change.id;
    let recorded = if back {
        Op::Undo { of }
    } else {
        Op::Redo { of }
    };
    let Op::Correction { said, undo, redo } = &change.op else {
        return Some(Effect::Record(recorded));
    };
    let Some(edit) = Edit::from_json(if back { undo } else { redo }) else {
        // nor will it be next time: what lies behind it must not be out of reach
        let text = format!("passed over, as the journal does not say what it changed: {said}");
        model.notice = Some(Notice::Problem(text));
        return Some(Effect::Record(recorded));
    };
    let step = Step {
        of,
        said: said.clone(),
        edit,
    };
    Some(Effect::Correct(if back {
        Work::Undo(step)
    } else {
        Work::Redo(step)
    }))
}

/// The change that a wish led to is in the journal.
pub(super) fn recorded(model: &mut Model) -> Vec<Effect> {
    model.corrections.busy = false;
    next(model)
}

/// A wish was carried out, or could not be.
pub(super) fn carried_out(model: &mut Model, done: Done) -> Vec<Effect> {
    let Done { work, outcome } = done;
    model.dirty = true;
    if work != Work::Refresh {
        model.corrections.busy = false;
    }
    match outcome {
        Ok(outcome) => {
            if let Some(op) = take_in(model, work, outcome) {
                // what comes next may depend on it
                model.corrections.busy = true;
                return vec![Effect::Record(op)];
            }
        }
        Err(reason) => model.notice = Some(Notice::Problem(reason)),
    }
    next(model)
}

/// Takes the outcome in; gives what the journal is to keep of it.
fn take_in(model: &mut Model, work: Work, outcome: Outcome) -> Option<Op> {
    if let Some(corpus) = &outcome.corpus {
        replace_corpus(model, Arc::clone(corpus));
        model.corrections.linked = outcome.links;
    }
    let gone = |said: &str| format!("the file no longer says so: {said}");
    let (said, op) = match (work, outcome.edit) {
        (Work::Refresh, _) => return None,
        (Work::Links(mode), _) => (links_said(mode).to_owned(), None),
        (Work::Put { said, .. }, Some(edit)) => {
            let (undo, redo) = (edit.to_json(), edit.inverse().to_json());
            (
                undoable(model, &said),
                Some(Op::Correction { said, undo, redo }),
            )
        }
        (Work::Put { said, .. }, None) => (format!("already so: {said}"), None),
        (Work::Undo(Step { of, said, .. }), edit) => {
            let told = edit.map_or_else(|| gone(&said), |_| format!("undone: {said}"));
            (told, Some(Op::Undo { of }))
        }
        (Work::Redo(Step { of, said, .. }), edit) => {
            let told = edit.map_or_else(
                || gone(&said),
                |_| undoable(model, &format!("done again: {said}")),
            );
            (told, Some(Op::Redo { of }))
        }
    };
    let mut said = said;
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
    op
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
