//! The list of articles.

use crate::corpus::ArticleId;
use crate::query::Sort;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::articles::ArticlesState;
use crate::tui::model::reader::Arrival;

/// Selects a row; the other panes follow when the keys rest.
pub(super) fn select(model: &mut Model, row: usize) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Articles).max(1);
    let answer = &model.result.answer;
    model.articles.scroll.select(row, answer.hits.len(), height);
    model.articles.chosen = model.articles.selected(answer);
    vec![Effect::Rest]
}

/// Selects an article if it is in the result.
pub(super) fn select_article(model: &mut Model, article: ArticleId) {
    let height = model.geometry().rows(Pane::Articles).max(1);
    if let Some(row) = ArticlesState::row_of(&model.result.answer, article) {
        model
            .articles
            .scroll
            .select(row, model.result.answer.hits.len(), height);
        model.articles.chosen = Some(article);
    }
}

/// Shows the selected article in the text pane.
pub(super) fn open_selected(model: &mut Model) {
    if let Some(article) = model.articles.selected(&model.result.answer) {
        model.articles.chosen = Some(article);
        show(model, article, Arrival::Place);
    }
}

/// Shows the selected article if the text pane is empty.
pub(super) fn open_selected_if_none(model: &mut Model) {
    if model.reader.article.is_none() {
        open_selected(model);
    }
}

/// Shows an article in the text pane, arriving at `arrival`.
pub(super) fn show(model: &mut Model, article: ArticleId, arrival: Arrival) {
    let reader = &mut model.reader;
    if reader.article == Some(article) {
        return;
    }
    if let (Some(old), Some(place)) = (reader.article, reader.place()) {
        reader.places.insert(old, place);
    }
    reader.article = Some(article);
    reader.arrival = arrival;
    reader.mark = None;
    reader.selection = None;
    reader.pressed = None;
    reader.range = None;
    reader.hit = None;
}

/// How an order is called on the screen.
pub(super) fn sort_name(sort: Sort, reverse: bool) -> &'static str {
    match (sort, reverse) {
        (Sort::Day, false) => "day, newest first",
        (Sort::Day, true) => "day, oldest first",
        (Sort::Title, _) => "title",
        (Sort::Relevance, _) => "relevance",
        (Sort::Length, _) => "length",
        (Sort::Path, _) => "path",
    }
}
