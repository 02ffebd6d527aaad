//! What the journal says: changes made here, by others, and what came since the last session.

use std::sync::Arc;

use crate::corpus::Corpus;
use crate::query::{Query, Sort};
use crate::store::Place;
use crate::triage::{Arrivals, Change, DocumentKey, Mark, Op, State};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::reader::Arrival;
use crate::tui::model::triage::{Maker, NotePanel, Panel};
use crate::tui::model::{Model, Notice};
use crate::tui::update::triage::{decision, go_on};
use crate::tui::update::{articles, undo};

/// Orders by their number in a kept place.
const ORDERS: [Sort; 5] = [
    Sort::Day,
    Sort::Title,
    Sort::Relevance,
    Sort::Length,
    Sort::Path,
];

/// The journal has been read.
pub(in crate::tui::update) fn read(
    model: &mut Model,
    state: State,
    author: Arc<str>,
    place: Option<Box<Place>>,
    notices: &[String],
) -> Vec<Effect> {
    model.dirty = true;
    let draft = state.draft(&author).cloned();
    model.triage.state = state;
    model.triage.author = Some(author);
    model.triage.sheet = crate::triage::Sheet::default();
    let corpus = Arc::clone(&model.corpus);
    model.triage.sheet = crate::triage::Sheet::new(
        model
            .triage
            .author
            .as_deref()
            .and_then(|author| model.triage.state.seen(author).cloned()),
    );
    follow(model, &corpus);
    if let Some(place) = place {
        go_back(model, place);
    }
    if let Some(draft) = draft {
        model.triage.panel = Some(Panel::Note(Box::new(NotePanel {
            editor: LineEditor::new(&draft.text),
            document: draft.document,
            passage: draft.passage,
            replaces: draft.replaces,
            recorded: draft.text,
        })));
    }
    if !notices.is_empty() {
        model.notice = Some(Notice::Problem(notices.join(" · ")));
    }
    Vec::new()
}

/// Goes back to where one was, as far as can be done before the articles are there.
fn go_back(model: &mut Model, place: Box<Place>) {
    model.focus = Pane::ALL.get(place.pane).copied().unwrap_or_default();
    model.zoomed = place.zoomed;
    if model.filter.terms.is_empty() {
        let query = place.filters.parse::<Query>().unwrap_or_default();
        model.filter.terms = query.terms;
    }
    model.articles.sort = ORDERS.get(place.sort).copied().unwrap_or_default();
    model.articles.reverse = place.reverse;
    model.triage.place = Some(place);
    arrive(model);
}

/// Chooses and opens the articles of the place to go back to, as soon as they are there.
fn arrive(model: &mut Model) {
    let Some(place) = model.triage.place.clone() else {
        return;
    };
    let find = |key: &Option<DocumentKey>| {
        let ids = model.triage.sheet.articles(key.as_ref()?);
        ids.first().copied()
    };
    let (chosen, open) = (find(&place.chosen), find(&place.open));
    let is_there = |key: &Option<DocumentKey>, found: bool| found || key.is_none();
    if !is_there(&place.chosen, chosen.is_some()) || !is_there(&place.open, open.is_some()) {
        if model.loading.is_none() && !model.corpus.is_empty() {
            // it is gone
            model.triage.place = None;
        }
        return;
    }
    model.triage.place = None;
    if let Some(chosen) = chosen {
        model.articles.chosen = Some(chosen);
    }
    if let Some(open) = open {
        articles::show(
            model,
            open,
            place.byte.map_or(Arrival::Place, Arrival::Line),
        );
    }
}

/// Where one is now, to be kept.
pub(in crate::tui) fn place(model: &Model) -> Place {
    let key = |id| {
        let article = model.corpus.article(id)?;
        Some(DocumentKey::of(article))
    };
    let terms = model.filter.terms.clone();
    Place {
        pane: model.focus.index(),
        zoomed: model.zoomed,
        filters: Query { terms }.to_string(),
        chosen: model.articles.chosen.and_then(key),
        open: model.reader.article.and_then(key),
        byte: model.reader.place(),
        sort: ORDERS
            .iter()
            .position(|sort| *sort == model.articles.sort)
            .unwrap_or(0),
        reverse: model.articles.reverse,
    }
}

/// The corpus is another one, or has grown.
pub(in crate::tui::update) fn follow(model: &mut Model, corpus: &Corpus) {
    model.triage.follow(corpus);
    arrive(model);
}

/// Asks what came since the last session, once everything is loaded.
pub(in crate::tui::update) fn compare_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    let triage = &mut model.triage;
    let Some(author) = triage.author.as_deref() else {
        return;
    };
    if model.loading.is_some() || model.corpus.is_empty() {
        return;
    }
    if !triage.watch.is_empty() && triage.watched != model.corpus.len() {
        triage.watched = model.corpus.len();
        effects.push(Effect::Watch {
            corpus: Arc::clone(&model.corpus),
            queries: Arc::clone(&triage.watch),
        });
    }
    if triage.compared {
        return;
    }
    triage.compared = true;
    if let Some(seen) = triage.state.seen(author) {
        effects.push(Effect::Review {
            corpus: Arc::clone(&model.corpus),
            seen: Arc::clone(seen),
        });
    }
}

/// What came since the last session.
pub(in crate::tui::update) fn compared(
    model: &mut Model,
    arrivals: Arc<Arrivals>,
    names: &[String],
) -> Vec<Effect> {
    if !arrivals.is_empty() {
        model.dirty = true;
        let mut said = format!("since last time: {}", arrivals.summary());
        if !names.is_empty() {
            said.push_str(" · new names: ");
            said.push_str(&names.join(", "));
        }
        if !arrivals.came.is_empty() || !arrivals.changed.is_empty() {
            said.push_str(" · ' n shows them");
        }
        model.notice = Some(Notice::Done(said));
    }
    model.triage.arrivals = Some(arrivals);
    Vec::new()
}

/// What is looked out for was found.
pub(in crate::tui::update) fn watched(model: &mut Model, found: &[bool]) -> Vec<Effect> {
    model.dirty = true;
    model.triage.take_watched(found);
    Vec::new()
}

/// The user's own views were counted.
pub(in crate::tui::update) fn counted(
    model: &mut Model,
    counts: Vec<(String, usize)>,
) -> Vec<Effect> {
    model.dirty = true;
    model.triage.counted.extend(counts);
    Vec::new()
}

/// Whether changes are on the disk.
pub(in crate::tui::update) fn unsaved(model: &mut Model, why: Option<String>) -> Vec<Effect> {
    model.dirty = true;
    if let Some(why) = &why {
        model.notice = Some(Notice::Problem(why.clone()));
    } else if model.triage.unsaved.is_some() {
        model.notice = Some(Notice::Done("everything is saved again".to_owned()));
    }
    model.triage.unsaved = why;
    Vec::new()
}

fn take(model: &mut Model, changes: Vec<Change>) {
    let concerned = model.triage.state.extend(changes);
    let triage = &mut model.triage;
    triage.sheet.refresh(&concerned, &triage.state);
    model.dirty = true;
}

/// Others have made changes.
pub(in crate::tui::update) fn others(model: &mut Model, changes: Vec<Change>) -> Vec<Effect> {
    take(model, changes);
    Vec::new()
}

/// A change that was asked for has been made.
pub(in crate::tui::update) fn recorded(model: &mut Model, change: Change) -> Vec<Effect> {
    let op = change.op.clone();
    take(model, vec![change]);
    if op.is_step() {
        undo::did(model, Maker::Journal);
    }
    model.triage.keeps_row = true;
    match &op {
        Op::Mark {
            mark,
            documents,
            auto: false,
        } => {
            model.notice = Some(Notice::Done(marked(model, *mark, documents)));
            if decision(*mark).is_some() {
                go_on(model);
            } else {
                super::unselect(model);
            }
            return vec![Effect::Rest];
        }
        Op::Tag { .. } | Op::Note { .. } => {
            let said = format!("{} · u undoes", about(model, &op));
            model.notice = Some(Notice::Done(said));
            super::unselect(model);
        }
        Op::Undo { of } | Op::Redo { of } => {
            let verb = if matches!(op, Op::Undo { .. }) {
                "undone"
            } else {
                "done again"
            };
            if let Some(target) = model.triage.state.change(*of).map(|c| c.op.clone()) {
                let said = format!("{verb}: {}", about(model, &target));
                model.notice = Some(Notice::Done(said));
                stand_on(model, target.documents());
                return vec![Effect::Rest];
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Puts the cursor on what was undone, if it is one article of the result.
fn stand_on(model: &mut Model, documents: &[DocumentKey]) {
    if let [only] = documents
        && let Some(id) = model.triage.sheet.articles(only).first().copied()
    {
        model.triage.keeps_row = false;
        model.articles.chosen = Some(id);
        articles::select_article(model, id);
    }
}

/// `kept 6 articles · u undoes`.
fn marked(model: &Model, mark: Mark, documents: &[DocumentKey]) -> String {
    let verb = match mark {
        Mark::Keep => "kept",
        Mark::Dismiss => "dismissed",
        Mark::Undecide => "undecided",
        Mark::Read => "read",
        Mark::Unread => "unread",
    };
    let what = match documents {
        [only] => title(model, only),
        many => format!("{} articles", many.len()),
    };
    format!("{verb}: {what} · u undoes")
}

/// An operation in words, with the title where it is on one article.
fn about(model: &Model, op: &Op) -> String {
    let description = op.description();
    match op.documents() {
        [only] => format!("{description} · {}", title(model, only)),
        _ => description,
    }
}

fn title(model: &Model, key: &DocumentKey) -> String {
    let ids = model.triage.sheet.articles(key);
    let article = ids.first().and_then(|id| model.corpus.article(*id));
    article.map_or_else(
        || "an article that is gone".to_owned(),
        |article| {
            let title = &article.title.text;
            let short: String = title.chars().take(40).collect();
            if short.len() < title.len() {
                format!("“{}…”", short.trim_end())
            } else {
                format!("“{short}”")
            }
        },
    )
}

/// The note that is being typed, if it is another than was recorded: to be kept before the end.
pub(in crate::tui) fn draft(model: &Model) -> Option<Op> {
    let Some(Panel::Note(note)) = &model.triage.panel else {
        return None;
    };
    (note.editor.text() != note.recorded).then(|| Op::Draft {
        document: note.document,
        passage: note.passage.clone(),
        text: note.editor.text().to_owned(),
        replaces: note.replaces,
    })
}
