//! Walking through hits and mentions, and on into the next article that has one.

use std::collections::HashSet;

use crate::corpus::{ArticleId, EntityId, Field};
use crate::query::Place;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::kwic::{Reach, Seeking};
use crate::tui::model::page::Mark;
use crate::tui::model::reader::Arrival;
use crate::tui::model::{Model, Notice, Ticket};
use crate::tui::update::{articles, kwic, reader};

/// How many articles are looked through for the next hit: the key must answer at once, and a fuzzy
/// filter may match thousands that never hold its words.
const LOOK_AHEAD: usize = 400;

/// To the next or previous hit of the query.
pub(super) fn walk(model: &mut Model, forward: bool) -> Vec<Effect> {
    if model.filter.query().terms.is_empty() {
        if model.entities.chosen.is_some() {
            return walk_mentions(model, forward);
        }
        let text = "nothing to look for yet: / filters, or select a name";
        model.notice = Some(Notice::Problem(text.to_owned()));
        return Vec::new();
    }
    if model.kwic.open {
        return kwic::walk(model, forward);
    }
    model.kwic.counted = true;
    model.kwic.asked = model.kwic.asked.take().filter(|(query, _)| {
        // what was gathered for another query counts nothing here
        *query == model.filter.query()
    });
    articles::open_selected_if_none(model);
    open_text(model);
    let Some(page) = model.reader.page.clone() else {
        return Vec::new();
    };
    let next = step(model.reader.hit, page.hits.len(), forward);
    match next {
        Some(hit) => {
            reader::go_to_hit(model, hit);
            Vec::new()
        }
        None => leave(model, forward),
    }
}

/// To the next or previous mention of the selected entity.
pub(super) fn walk_mentions(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(entity) = model.entities.selected() else {
        return Vec::new();
    };
    articles::open_selected_if_none(model);
    open_text(model);
    let Some(page) = model.reader.page.clone() else {
        return Vec::new();
    };
    let mentions = mentions_of(model, &page.marks, entity);
    let here = model.reader.mark;
    let next = if forward {
        mentions
            .iter()
            .copied()
            .find(|mark| here.is_none_or(|here| *mark > here))
    } else {
        mentions
            .iter()
            .copied()
            .rev()
            .find(|mark| here.is_some_and(|here| *mark < here))
    };
    match next {
        Some(mark) => {
            reader::go_to_mark(model, mark);
            let place = mentions.iter().position(|m| *m == mark).unwrap_or(0) + 1;
            model.notice = Some(Notice::Done(format!(
                "mention {place} of {}",
                mentions.len()
            )));
        }
        None => leave_for_mention(model, entity, forward),
    }
    Vec::new()
}

/// A page is laid out only for a pane that is open: without one, the text takes the place.
fn open_text(model: &mut Model) {
    if model.geometry().pane(Pane::Text).is_none() {
        model.focus = Pane::Text;
    }
}

/// Indices of the marks that mention an entity.
pub(super) fn mentions_of(model: &Model, marks: &[Mark], entity: EntityId) -> Vec<usize> {
    let Some(article) = model.open_article() else {
        return Vec::new();
    };
    let Some(wanted) = model.corpus.entities().get(entity) else {
        return Vec::new();
    };
    let is_it = |mark: &Mark| match mark {
        Mark::Mention(i) => article
            .mentions
            .get(*i)
            .is_some_and(|m| m.entity == wanted.key && m.kind == wanted.kind),
        Mark::Timex(_) => false,
    };
    marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| is_it(mark))
        .map(|(i, _)| i)
        .collect()
}

fn step(here: Option<usize>, len: usize, forward: bool) -> Option<usize> {
    match (here, forward) {
        (None, true) => (len > 0).then_some(0),
        (Some(i), true) => (i + 1 < len).then_some(i + 1),
        (None, false) => None,
        (Some(i), false) => i.checked_sub(1),
    }
}

/// The articles after (or before) the open one in the order of the list. What is folded away says
/// the same once more, and is passed over.
fn others(model: &Model, forward: bool) -> impl Iterator<Item = ArticleId> {
    let answer = &model.result.answer;
    let here = model.reader.article.and_then(|open| {
        let duplicates = model.result.corpus.duplicates();
        let of_its_fold = |number| {
            let mut shown = model.articles.shown(answer);
            shown.position(|id| duplicates.number_of(id) == Some(number))
        };
        let row = model.articles.row_of(answer, open);
        row.or_else(|| of_its_fold(duplicates.number_of(open)?))
    });
    let all = model.articles.len(answer);
    let (after, before) = match (here, forward) {
        (Some(here), true) => (here + 1..all, 0..0),
        (Some(here), false) => (0..0, 0..here),
        (None, _) => (0..all, 0..0),
    };
    let article = |row| Some(model.articles.row(answer, row)?.0);
    after.chain(before.rev()).filter_map(article)
}

/// Not all hits are known.
struct NotGathered;

/// The first of the others with a hit, by the hits that were gathered: what is folded away is not
/// among them.
fn next_gathered(model: &Model, forward: bool) -> Result<Option<ArticleId>, NotGathered> {
    let kwic = &model.kwic;
    if kwic.reach != Reach::Whole || !kwic.is_current() {
        return Err(NotGathered);
    }
    let open = model.reader.article.ok_or(NotGathered)?;
    let holders: HashSet<ArticleId> = kwic.places.iter().map(|place| place.article).collect();
    if !holders.contains(&open) {
        return Err(NotGathered);
    }
    Ok(others(model, forward).find(|id| holders.contains(id)))
}

/// Goes on into the next article that holds a hit. The hits are in the text or in the title; an
/// article that matches by its path or source alone is passed over.
fn leave(model: &mut Model, forward: bool) -> Vec<Effect> {
    if let Ok(next) = next_gathered(model, forward) {
        model.kwic.seeking = None;
        arrive(model, next, forward, true);
        return Vec::new();
    }
    let mut among: Vec<ArticleId> = others(model, forward).take(LOOK_AHEAD + 1).collect();
    let is_all = among.len() <= LOOK_AHEAD;
    among.truncate(LOOK_AHEAD);
    let ticket = model.kwic.seeks.advance();
    model.kwic.seeking = Some(Seeking {
        ticket,
        from: model.reader.article,
        forward,
        is_all,
    });
    vec![Effect::Seek {
        ticket,
        corpus: model.corpus.clone(),
        query: model.filter.query(),
        among,
    }]
}

/// Takes in the next article that holds a hit, unless the user has gone elsewhere.
pub(super) fn sought(
    model: &mut Model,
    ticket: Ticket,
    found: Option<ArticleId>,
) -> Vec<Effect> {
    let is_it = |seeking: &Seeking| seeking.ticket == ticket;
    let Some(seeking) = model.kwic.seeking.take_if(|seeking| is_it(seeking)) else {
        return Vec::new();
    };
    if seeking.from == model.reader.article {
        arrive(model, found, seeking.forward, seeking.is_all);
        model.dirty = true;
    }
    Vec::new()
}

/// Goes to the next article with a hit, or says that there is none; `is_all` unless more articles
/// than were looked through are left.
fn arrive(model: &mut Model, next: Option<ArticleId>, forward: bool, is_all: bool) {
    if let Some(id) = next {
        articles::select_article(model, id);
        let arrival = if forward {
            Arrival::FirstHit
        } else {
            Arrival::LastHit
        };
        articles::show(model, id, arrival);
        return;
    }
    let text = match (is_all, forward) {
        (false, _) => format!("no hit in the text of the {LOOK_AHEAD} articles that follow"),
        (true, true) => "that was the last hit".to_owned(),
        (true, false) => "that was the first hit".to_owned(),
    };
    model.notice = Some(Notice::Done(text));
}

fn leave_for_mention(model: &mut Model, entity: EntityId, forward: bool) {
    let next = others(model, forward).find(|id| {
        model
            .corpus
            .article(*id)
            .is_some_and(|a| a.entities.binary_search(&entity).is_ok())
    });
    if let Some(id) = next {
        articles::select_article(model, id);
        let arrival = if forward {
            Arrival::FirstMention
        } else {
            Arrival::LastMention
        };
        articles::show(model, id, arrival);
    } else {
        let end = if forward { "last" } else { "first" };
        model.notice = Some(Notice::Done(format!("that was the {end} mention")));
    }
}

/// Which of all hits of the result a hit of the page is, and how many these are; `None` as long
/// as they are not known.
fn counted(model: &Model, hit: usize) -> Option<(usize, usize)> {
    let kwic = &model.kwic;
    if kwic.reach != Reach::Whole || !kwic.is_current() {
        return None;
    }
    let page = model.reader.page.as_ref()?;
    let (field, span) = *page.hits.get(hit)?;
    let place = Place {
        article: page.article,
        field,
        span,
    };
    let at = kwic.places.iter().position(|known| *known == place)?;
    Some((at + 1, kwic.places.len()))
}

/// The counter of the bottom line: which hit of how many, in which article of how many.
#[must_use]
pub(super) fn hit_notice(model: &Model, hit: usize) -> Notice {
    let hits = model.reader.page.as_ref().map_or(0, |page| page.hits.len());
    let in_title = model
        .reader
        .page
        .as_ref()
        .and_then(|page| page.hits.get(hit))
        .is_some_and(|(field, _)| *field == Field::Title);
    let row = model.articles.scroll.row + 1;
    let all = model.articles.len(&model.result.answer);
    let place = if in_title { " in the title" } else { "" };
    if let Some((at, counter)) = counted(model, hit) {
        return Notice::Done(format!(
            "hit {at} of {counter}{place} · article {row} of {all}"
        ));
    }
    Notice::Done(format!(
        "hit {} of {hits}{place} · article {row} of {all}",
        hit + 1
    ))
}
