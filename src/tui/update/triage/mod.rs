//! Marks: kept, dismissed, read; tags; what is selected for them; undo.

mod journal;
mod panel;
mod views;

use std::collections::HashSet;

use crate::command::Command;
use crate::corpus::ArticleId;
use crate::triage::{Decision, DocumentKey, Mark, Op};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::articles::RowKind;
use crate::tui::model::correction::Wish;
use crate::tui::model::triage::Deed;
use crate::tui::model::{Model, Notice};
use crate::tui::update::{articles, corrections};

pub(super) use journal::{
    compare_if_needed, compared, counted, follow, others, read, recorded, unsaved, watched,
};
pub(in crate::tui) use journal::{draft, place};
pub(super) use panel::{paste, press};
pub(super) use views::read as views_read;

/// Runs one of the commands that make something of articles; `None` for any other.
pub(super) fn run(model: &mut Model, command: Command) -> Option<Vec<Effect>> {
    Some(match command {
        Command::Keep => mark(model, Mark::Keep),
        Command::Dismiss => mark(model, Mark::Dismiss),
        Command::Read => toggle_read(model),
        Command::Tag => panel::open_tag(model),
        Command::Note => panel::open_note(model),
        Command::Repeat => repeat(model),
        Command::SelectAll => select_all(model),
        Command::Views => views::open(model),
        Command::SelectRange if model.focus == Pane::Articles => toggle_selection(model),
        Command::Undo => match views::undo(model) {
            Some(effects) => effects,
            None => corrections::wish(model, Wish::Undo),
        },
        Command::Redo => match views::redo(model) {
            Some(effects) => effects,
            None => corrections::wish(model, Wish::Redo),
        },
        _ => return None,
    })
}

/// The rows of the list that a mark goes to: first and last.
fn rows(model: &Model) -> Option<(usize, usize)> {
    let answer = &model.result.answer;
    let last = model.articles.len(answer).checked_sub(1)?;
    if model.focus != Pane::Articles && model.focus != Pane::Text {
        let row = model.articles.scroll.row;
        return Some((row, row));
    }
    if model.triage.all {
        return Some((0, last));
    }
    let row = model.articles.scroll.row.min(last);
    let anchor = model
        .triage
        .anchor
        .and_then(|id| model.articles.row_of(answer, id))
        .unwrap_or(row);
    Some((anchor.min(row), anchor.max(row)))
}

/// The articles that a mark goes to: what is selected, else the one that is open in the text, else
/// the one under the gutter mark. A fold that is closed counts with all that is folded into it.
fn targets(model: &Model) -> Vec<ArticleId> {
    let selecting = model.triage.all || model.triage.anchor.is_some();
    if model.focus == Pane::Text
        && !selecting
        && let Some(open) = model.reader.article
    {
        return vec![open];
    }
    let Some((first, last)) = rows(model) else {
        return Vec::new();
    };
    let answer = &model.result.answer;
    let rows = (first..=last).filter_map(|row| model.articles.row(answer, row));
    let rows: Vec<_> = rows.collect();
    let is_closed = |kind: RowKind| matches!(kind, RowKind::Face { open: false, .. });
    if !rows.iter().any(|(_, kind)| is_closed(*kind)) {
        return rows.into_iter().map(|(id, _)| id).collect();
    }
    let hits: HashSet<ArticleId> = answer.hits.articles().collect();
    let mut targets = Vec::new();
    for (id, kind) in rows {
        targets.push(id);
        let cluster = model.result.corpus.duplicates().of(id);
        if let Some(cluster) = cluster.filter(|_| is_closed(kind)) {
            let copies = cluster.copies.iter().map(|copy| copy.article);
            let all = std::iter::once(cluster.representative).chain(copies);
            targets.extend(all.filter(|copy| *copy != id && hits.contains(copy)));
        }
    }
    targets
}

/// Whether a row of the list is selected for the next mark.
pub(super) fn documents(model: &mut Model) -> Option<Vec<DocumentKey>> {
    if model.triage.author.is_none() {
        let text = "the journal of marks is still being read";
        model.notice = Some(Notice::Problem(text.to_owned()));
        return None;
    }
    let mut seen = HashSet::new();
    let documents: Vec<DocumentKey> = targets(model)
        .into_iter()
        .filter_map(|id| model.corpus.article(id).map(DocumentKey::of))
        .filter(|key| seen.insert(*key))
        .collect();
    if documents.is_empty() {
        model.notice = Some(Notice::Problem("no article here".to_owned()));
        return None;
    }
    Some(documents)
}

/// Marks what is selected.
fn mark(model: &mut Model, mark: Mark) -> Vec<Effect> {
    let Some(documents) = documents(model) else {
        return Vec::new();
    };
    model.triage.last = Some(Deed::Mark(mark));
    vec![Effect::Record(Op::Mark {
        mark,
        documents,
        auto: false,
    })]
}

/// Read, or unread if all of it was read.
fn toggle_read(model: &mut Model) -> Vec<Effect> {
    let targets = targets(model);
    let read = targets.iter().all(|id| model.triage.sheet.get(*id).read);
    model.triage.settled = model.reader.article;
    mark(model, if read { Mark::Unread } else { Mark::Read })
}

/// Does the last mark or tag once more.
fn repeat(model: &mut Model) -> Vec<Effect> {
    match model.triage.last.clone() {
        Some(Deed::Mark(how)) => mark(model, how),
        Some(Deed::Tag(tag, add)) => tag_documents(model, tag, add),
        None => {
            let text = "nothing to repeat yet: s x r t are what it repeats";
            model.notice = Some(Notice::Problem(text.to_owned()));
            Vec::new()
        }
    }
}

fn tag_documents(model: &mut Model, tag: String, add: bool) -> Vec<Effect> {
    let Some(documents) = documents(model) else {
        return Vec::new();
    };
    vec![Effect::Record(Op::Tag {
        tag,
        add,
        documents,
    })]
}

/// Begins a selection in the list, or gives it up.
fn toggle_selection(model: &mut Model) -> Vec<Effect> {
    let was = model.triage.anchor.is_some() || model.triage.all;
    unselect(model);
    if !was {
        model.triage.anchor = model.articles.selected(&model.result.answer);
        say_selected(model);
    }
    Vec::new()
}

/// Selects everything that the filters leave, or gives it up.
fn select_all(model: &mut Model) -> Vec<Effect> {
    let was = model.triage.all;
    unselect(model);
    if !was && !model.result.answer.hits.is_empty() {
        model.triage.all = true;
        model.focus = Pane::Articles;
        say_selected(model);
    }
    Vec::new()
}

/// Gives a selection up; false when there is none.
pub(super) fn unselect(model: &mut Model) -> bool {
    let all = std::mem::take(&mut model.triage.all);
    model.triage.anchor.take().is_some() || all
}

/// Says how many articles the next mark goes to.
pub(super) fn say_selected(model: &mut Model) {
    if model.triage.anchor.is_none() && !model.triage.all {
        return;
    }
    let count = targets(model).len();
    let articles = if count == 1 { "article" } else { "articles" };
    model.notice = Some(Notice::Done(format!(
        "{count} {articles} selected: s keep, x dismiss, r read, t tag, Esc none"
    )));
}

/// Goes on to the next article that is not decided, below the last of the rows that were marked;
/// else from the top. Stays where everything is decided.
fn go_on(model: &mut Model) {
    let Some((_, last)) = rows(model) else {
        return;
    };
    unselect(model);
    let answer = &model.result.answer;
    let is_open = |row: &usize| {
        let row = model.articles.row(answer, *row);
        row.is_some_and(|(id, _)| model.triage.sheet.get(id).decision.is_none())
    };
    let len = model.articles.len(answer);
    let next = (last + 1..len).chain(0..=last).find(is_open);
    let Some(next) = next else {
        return;
    };
    articles::select(model, next);
    if model.focus == Pane::Text {
        articles::open_selected(model);
    }
}

/// Marks the open article as read once the text pane, which has the keys, shows its end.
pub(super) fn read_to_the_end(model: &mut Model, effects: &mut Vec<Effect>) {
    let shown = model.reader.shown();
    if model.focus != Pane::Text || shown.is_none() || shown != model.reader.article {
        return;
    }
    let height = model.geometry().rows(Pane::Text);
    let Some(id) = shown.filter(|_| height > 0) else {
        return;
    };
    if model.triage.settled == Some(id)
        || model.triage.author.is_none()
        || id.index() >= model.triage.sheet.len()
        || model.reader.top + height < model.reader.lines()
    {
        return;
    }
    model.triage.settled = Some(id);
    let row = model.triage.sheet.get(id);
    if let Some(article) = model.corpus.article(id).filter(|_| !row.read) {
        effects.push(Effect::Record(Op::Mark {
            mark: Mark::Read,
            documents: vec![DocumentKey::of(article)],
            auto: true,
        }));
    }
}

/// Whether a mark decides.
fn decision(mark: Mark) -> Option<Decision> {
    match mark {
        Mark::Keep => Some(Decision::Kept),
        Mark::Dismiss => Some(Decision::Dismissed),
        _ => None,
    }
}
