//! The open article.

use std::sync::Arc;

use crate::corpus::{ArticleId, Field, Span};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::page::{Mark, Page, place_of};
use crate::tui::model::reader::Arrival;
use crate::tui::model::timeline::RowKey;
use crate::tui::model::{Model, Notice, Ticket};
use crate::tui::update::{articles, days, follow, hits};

/// Asks for the page that the screen needs, unless it has it or has asked already.
pub(super) fn open_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.geometry().pane(Pane::Text).is_none() {
        return;
    }
    let Some(article) = model.reader.article else {
        return;
    };
    let wanted = (article, model.page_options(), model.filter.query());
    if model.reader.requested.as_ref() == Some(&wanted) {
        return;
    }
    let (article, options, query) = wanted.clone();
    model.reader.requested = Some(wanted);
    let ticket = model.reader.ticket.advance();
    let corpus = Arc::clone(&model.corpus);
    effects.push(Effect::Open {
        ticket,
        corpus,
        article,
        options,
        query,
    });
}

/// A page has come.
pub(super) fn opened(model: &mut Model, ticket: Ticket, page: &Arc<Page>) -> Vec<Effect> {
    if ticket != model.reader.ticket {
        return Vec::new();
    }
    model.dirty = true;
    let height = model.geometry().rows(Pane::Text).max(1);
    let same = model
        .reader
        .page
        .as_ref()
        .is_some_and(|old| old.article == page.article);
    let kept = if same {
        model.reader.place()
    } else {
        model.reader.places.get(&page.article).copied()
    };
    let reader = &mut model.reader;
    // lines of another layout are other lines
    reader.selection = None;
    reader.pressed = None;
    reader.range = reader.range.filter(|_| same);
    reader.hit = reader.hit.filter(|hit| same && *hit < page.hits.len());
    reader.page = Some(Arc::clone(page));
    let stand = reader.stand.take().filter(|_| same);
    let line = kept.map_or(0, |byte| page.line_of(Field::Text, byte));
    reader.scroll_to(line, height);
    if let Some((field, span)) = stand {
        model.reader.mark = mark_at(model, page, field, span);
    }
    arrive(model, page);
    follow::arrived(model);
    Vec::new()
}

fn arrive(model: &mut Model, page: &Page) {
    match std::mem::take(&mut model.reader.arrival) {
        Arrival::Byte(byte) => {
            let height = model.geometry().rows(Pane::Text).max(1);
            model.reader.reveal(page.line_of(Field::Text, byte), height);
        }
        Arrival::Hit(field, span) => {
            // who walks along the hits has been told already which one it is
            let said = model.notice.take();
            go_to_place(model, field, span);
            model.notice = said;
        }
        Arrival::Sentence(span) => stand_on_sentence(model, span),
        Arrival::FirstHit if !page.hits.is_empty() => go_to_hit(model, 0),
        Arrival::LastHit if !page.hits.is_empty() => go_to_hit(model, page.hits.len() - 1),
        Arrival::Place | Arrival::FirstHit | Arrival::LastHit => {}
        arrival @ (Arrival::FirstMention | Arrival::LastMention) => {
            let Some(entity) = model.entities.selected() else {
                return;
            };
            let mentions = hits::mentions_of(model, &page.marks, entity);
            let mark = if arrival == Arrival::FirstMention {
                mentions.first()
            } else {
                mentions.last()
            };
            if let Some(mark) = mark {
                go_to_mark(model, *mark);
            }
        }
    }
}

/// Starts a selection at the line of the cursor (else at the first on the screen), or gives it up.
pub(super) fn toggle_selection(model: &mut Model) {
    model.reader.range = None;
    if model.reader.selection.take().is_some() {
        return;
    }
    let Some(page) = model.reader.page.clone() else {
        return;
    };
    let mark = model.reader.mark.and_then(|i| page.marks.get(i).copied());
    let line = mark
        .and_then(|mark| place_of(model.open_article()?, mark))
        .map_or(model.reader.top, |(field, span)| {
            page.line_of(field, span.start as usize)
        });
    let height = model.geometry().rows(Pane::Text).max(1);
    let on_screen = model.reader.top..model.reader.top + height;
    let line = if on_screen.contains(&line) {
        line
    } else {
        model.reader.top
    };
    model.reader.selection = Some((line, line));
    model.notice = Some(Notice::Done(
        "lines: j k choose, y copies, Y with citation, Esc drops".to_owned(),
    ));
}

/// What is gone to has to be seen: a closed text pane opens.
fn open_pane(model: &mut Model) {
    if model.geometry().pane(Pane::Text).is_none() {
        model.focus = Pane::Text;
    }
}

/// Puts a hit on the screen and stands on it.
pub(super) fn go_to_hit(model: &mut Model, hit: usize) {
    open_pane(model);
    let height = model.geometry().rows(Pane::Text).max(1);
    let Some(page) = model.reader.page.clone() else {
        return;
    };
    let Some((field, span)) = page.hits.get(hit).copied() else {
        return;
    };
    model.reader.hit = Some(hit);
    model
        .reader
        .reveal(page.line_of(field, span.start as usize), height);
    model.notice = Some(hits::hit_notice(model, hit));
}

/// Puts the hit that shares a byte with a place on the screen and stands on it; without one, the
/// place alone.
pub(super) fn go_to_place(model: &mut Model, field: Field, span: Span) {
    let Some(page) = model.reader.page.clone() else {
        return;
    };
    let mut hits = page.hits.iter();
    model.reader.mark = None;
    if let Some(hit) = hits.position(|hit| hit.0 == field && hit.1.overlaps(span)) {
        return go_to_hit(model, hit);
    }
    let height = model.geometry().rows(Pane::Text).max(1);
    let line = page.line_of(field, span.start as usize);
    model.reader.reveal(line, height);
}

/// Opens an article at a sentence of its body and marks it.
pub(super) fn go_to_sentence(model: &mut Model, article: ArticleId, span: Span) {
    articles::select_article(model, article);
    articles::show(model, article, Arrival::Sentence(span));
    model.focus = Pane::Text;
    model.reader.mark = None;
    model.reader.hit = None;
    let wanted = (article, model.page_options(), model.filter.query());
    if model.reader.requested.as_ref() == Some(&wanted) && model.reader.shown() == Some(article) {
        stand_on_sentence(model, span);
    } else {
        model.reader.arrival = Arrival::Sentence(span);
    }
}

fn stand_on_sentence(model: &mut Model, span: Span) {
    let height = model.geometry().rows(Pane::Text).max(1);
    let Some(page) = model.reader.page.clone() else {
        return;
    };
    model.reader.range = Some((Field::Text, span));
    let line = page.line_of(Field::Text, span.start as usize);
    model.reader.reveal(line, height);
}

/// Puts a mark on the screen and stands on it.
pub(super) fn go_to_mark(model: &mut Model, mark: usize) {
    open_pane(model);
    let height = model.geometry().rows(Pane::Text).max(1);
    let Some(page) = model.reader.page.clone() else {
        return;
    };
    let place = page
        .marks
        .get(mark)
        .and_then(|m| place_of(model.open_article()?, *m));
    let Some((field, span)) = place else { return };
    model.reader.mark = Some(mark);
    model
        .reader
        .reveal(page.line_of(field, span.start as usize), height);
}

/// Stands on the name or day at a cell of the text, the innermost of several, or on none.
pub(super) fn stand_on(model: &mut Model, field: Field, cell: Span) {
    let Some(page) = model.reader.page.clone() else {
        return;
    };
    model.reader.mark = mark_at(model, &page, field, cell);
    if let Some(mark) = model.reader.mark {
        show_mark_elsewhere(model, &page, mark);
    }
}

/// The shortest mark that shares bytes with a stretch of a field.
fn mark_at(model: &Model, page: &Page, field: Field, cell: Span) -> Option<usize> {
    let at = page.marks.iter().enumerate().filter_map(|(i, mark)| {
        let (of, span) = place_of(model.open_article()?, *mark)?;
        let holds = of == field && span.start < cell.end && cell.start < span.end;
        holds.then_some((span.len(), i))
    });
    at.min().map(|(_, i)| i)
}

/// To the next or previous name or day in the text; the first on the screen to begin with. The
/// other panes show it at once.
pub(super) fn step_mark(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(page) = model.reader.page.clone() else {
        return Vec::new();
    };
    let next = match model.reader.mark {
        Some(mark) => mark.checked_add_signed(by),
        None => first_on_screen(model, &page, by > 0),
    };
    if let Some(mark) = next.filter(|mark| *mark < page.marks.len()) {
        go_to_mark(model, mark);
        show_mark_elsewhere(model, &page, mark);
    }
    Vec::new()
}

fn first_on_screen(model: &Model, page: &Page, forward: bool) -> Option<usize> {
    let height = model.geometry().rows(Pane::Text).max(1);
    let article = model.open_article()?;
    let lines = model.reader.top..model.reader.top + height;
    let mut marks = page.marks.iter().enumerate().filter(|(_, mark)| {
        place_of(article, **mark)
            .is_some_and(|(field, span)| lines.contains(&page.line_of(field, span.start as usize)))
    });
    let found = if forward {
        marks.next()
    } else {
        marks.next_back()
    };
    found.map(|(i, _)| i)
}

/// Selects the marked name among the entities, or the marked day in the timeline.
fn show_mark_elsewhere(model: &mut Model, page: &Page, mark: usize) {
    let Some(article) = model.open_article() else {
        return;
    };
    match page.marks.get(mark) {
        Some(Mark::Mention(i)) => {
            let Some(mention) = article.mentions.get(*i) else {
                return;
            };
            let id = model.corpus.entities().find(&mention.entity, mention.kind);
            let row = model
                .entities
                .rows
                .iter()
                .position(|row| id.is_some() && row.entity() == id);
            if let Some(row) = row {
                let height = model.geometry().rows(Pane::Entities).max(1);
                model
                    .entities
                    .scroll
                    .select(row, model.entities.rows.len(), height);
                model.entities.chosen = id;
            }
        }
        Some(Mark::Timex(i)) => {
            if let Some(day) = article.timexes.get(*i).and_then(crate::corpus::Timex::day) {
                days::show_day(model, RowKey::Day(day));
            }
        }
        None => {}
    }
}
