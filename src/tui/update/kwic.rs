//! Hits in context: asking for them, and walking along them with the text following.

use std::sync::Arc;

use crate::query::Place;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::kwic::Reach;
use crate::tui::model::reader::Arrival;
use crate::tui::model::{Model, Notice, Ticket};
use crate::tui::update::{articles, reader};

/// Shows hits instead of articles, or articles again.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    if !model.kwic.open && model.filter.query().terms.is_empty() {
        let text = "nothing to look for yet: \" filters by words of the text";
        model.notice = Some(Notice::Problem(text.to_owned()));
        return Vec::new();
    }
    model.kwic.open = !model.kwic.open;
    if model.kwic.open {
        model.focus = Pane::Articles;
        let here = model.articles.selected(&model.result.answer);
        model.kwic.chosen = model.kwic.chosen.filter(|hit| Some(hit.article) == here);
        if let Some(article) = here.filter(|_| model.kwic.chosen.is_none()) {
            select_first_of(model, article);
        }
        return vec![Effect::Rest];
    }
    Vec::new()
}

/// Asks for the hits if they are wanted and something new is to be asked. Hits of a result that
/// merely grows are not asked for before the last ones are in.
pub(super) fn ask_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    let query = model.filter.query();
    let asked = model.kwic.asked.as_ref();
    if asked.is_some_and(|(asked, _)| *asked != query) {
        // who filters on has done with counting
        model.kwic.counted = false;
    }
    let wanted = model.kwic.open || model.kwic.counted;
    if !wanted || model.result.waiting {
        return;
    }
    let wanted = (query, model.result.ticket);
    if let Some(asked) = &model.kwic.asked {
        let busy = model.kwic.arrived != model.kwic.ticket || model.kwic.reach == Reach::Going;
        if *asked == wanted || (busy && asked.0 == wanted.0) {
            return;
        }
    }
    let ticket = model.kwic.ticket.advance();
    effects.push(Effect::Gather {
        ticket,
        corpus: Arc::clone(&model.result.corpus),
        answer: Arc::clone(&model.result.answer),
        query: wanted.0.clone(),
    });
    model.kwic.asked = Some(wanted);
}

/// Some of the hits have come.
pub(super) fn gathered(
    model: &mut Model,
    ticket: Ticket,
    places: Vec<Place>,
    reach: Reach,
) -> Vec<Effect> {
    if ticket != model.kwic.ticket {
        return Vec::new();
    }
    model.dirty = true;
    let first = model.kwic.arrived != ticket;
    if first {
        model.kwic.arrived = ticket;
        model.kwic.places = Arc::new(places);
    } else {
        Arc::make_mut(&mut model.kwic.places).extend(places);
    }
    model.kwic.reach = reach;
    let height = model.geometry().rows(Pane::Articles).max(1);
    let kwic = &mut model.kwic;
    let kept = kwic
        .chosen
        .and_then(|chosen| kwic.places.iter().position(|place| *place == chosen));
    let len = kwic.places.len();
    match kept {
        Some(row) => kwic.scroll.carry(row, len, height),
        None if first => {
            kwic.scroll.select(0, len, height);
            // a load must not put another hit under the eyes of who reads this one
            let shown = kwic.selected().filter(|_| kwic.open);
            kwic.chosen = kwic.chosen.or(shown);
        }
        None => {}
    }
    if !model.kwic.open {
        recount(model);
        return Vec::new();
    }
    if first {
        vec![Effect::Rest]
    } else {
        Vec::new()
    }
}

/// Says the counter again once it is known.
fn recount(model: &mut Model) {
    let is_counter = |text: &str| text.starts_with("hit ");
    if let (Some(Notice::Done(text)), Some(hit)) = (&model.notice, model.reader.hit)
        && is_counter(text)
    {
        model.notice = Some(super::hits::hit_notice(model, hit));
    }
}

/// Selects a hit, and its article with it; the text follows when the keys rest.
pub(super) fn select(model: &mut Model, row: usize) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Articles).max(1);
    let kwic = &mut model.kwic;
    kwic.scroll.select(row, kwic.places.len(), height);
    kwic.chosen = kwic.selected();
    if let Some(place) = kwic.chosen {
        articles::select_article(model, place.article);
    }
    if model.geometry().titles[Pane::Articles.index()].is_none() {
        // no title line says where one is
        model.notice = model.kwic.counter().map(Notice::Done);
    }
    vec![Effect::Rest]
}

/// Selects the first hit of an article, if it has one.
pub(super) fn select_first_of(model: &mut Model, article: crate::corpus::ArticleId) {
    let places = model.kwic.places.iter();
    if let Some(row) = places.clone().position(|place| place.article == article) {
        let height = model.geometry().rows(Pane::Articles).max(1);
        let kwic = &mut model.kwic;
        kwic.scroll.select(row, kwic.places.len(), height);
        kwic.chosen = kwic.selected();
    }
}

/// The text shows the selected hit, if its pane is open.
pub(super) fn follow(model: &mut Model) {
    let Some(place) = model.kwic.selected() else {
        return;
    };
    articles::select_article(model, place.article);
    let said = model.notice.clone();
    arrive(model, place);
    model.notice = said;
}

/// Shows a hit in the text: at once, or when its page has come.
fn arrive(model: &mut Model, place: Place) {
    let Place {
        article,
        field,
        span,
    } = place;
    if model.reader.article == Some(article) && model.reader.shown() == Some(article) {
        if model.geometry().pane(Pane::Text).is_some() {
            reader::go_to_place(model, field, span);
        }
    } else {
        if model.reader.article == Some(article) {
            // its page is on the way
            model.reader.arrival = Arrival::Hit(field, span);
        }
        articles::show(model, article, Arrival::Hit(field, span));
    }
}

/// Enter: to the selected hit in the text.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(place) = model.kwic.selected() {
        model.focus = Pane::Text;
        articles::select_article(model, place.article);
        arrive(model, place);
    }
    Vec::new()
}

/// To the next or previous hit, whichever pane has the keys.
pub(super) fn walk(model: &mut Model, forward: bool) -> Vec<Effect> {
    let row = model.kwic.scroll.row;
    let next = if forward {
        Some(row + 1).filter(|row| *row < model.kwic.places.len())
    } else {
        row.checked_sub(1)
    };
    let Some(next) = next else {
        let text = match (forward, model.kwic.reach) {
            (true, Reach::Going) => "more hits are on their way",
            (true, _) => "that was the last hit",
            (false, _) => "that was the first hit",
        };
        model.notice = Some(Notice::Done(text.to_owned()));
        return Vec::new();
    };
    let effects = select(model, next);
    follow(model);
    let all = model.kwic.places.len();
    let more = if model.kwic.reach == Reach::Whole {
        ""
    } else {
        "+"
    };
    model.notice = Some(Notice::Done(format!(
        "hit {} of {all}{more} · article {} of {}",
        next + 1,
        model.articles.scroll.row + 1,
        model.result.answer.hits.len()
    )));
    effects
}
