//! The list of articles.

use crate::corpus::ArticleId;
use crate::query::Sort;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::reader::Arrival;
use crate::tui::model::{Model, Notice};

/// Selects a row; the other panes follow when the keys rest.
pub(super) fn select(model: &mut Model, row: usize) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Articles).max(1);
    let answer = &model.result.answer;
    let len = model.articles.len(answer);
    let scroll = &mut model.articles.scroll;
    if model.slow_line {
        scroll.select_by_screens(row, len, height);
    } else {
        scroll.select(row, len, height);
    }
    model.articles.chosen = model.articles.selected(answer);
    vec![Effect::Rest]
}

/// Selects an article if it is in the result; a fold that hides it opens.
pub(super) fn select_article(model: &mut Model, article: ArticleId) {
    let height = model.geometry().rows(Pane::Articles).max(1);
    let answer = &model.result.answer;
    let duplicates = model.result.corpus.duplicates();
    model.articles.unfold(answer, duplicates, article);
    if let Some(row) = model.articles.row_of(answer, article) {
        let len = model.articles.len(answer);
        model.articles.scroll.select(row, len, height);
        model.articles.chosen = Some(article);
    }
}

/// Opens or closes the fold of the selected row.
pub(super) fn toggle_fold(model: &mut Model) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Articles).max(1);
    let answer = &model.result.answer;
    let duplicates = model.result.corpus.duplicates();
    if model.articles.toggle(answer, duplicates).is_none() {
        let text = if model.articles.fold {
            "no near-duplicate of this article is in the list"
        } else {
            "nothing is folded: the command fold-all folds near-duplicates"
        };
        model.notice = Some(Notice::Done(text.to_owned()));
        return Vec::new();
    }
    let len = model.articles.len(answer);
    model.articles.scroll.reveal(len, height);
    model.articles.chosen = model.articles.selected(answer);
    vec![Effect::Rest]
}

/// Folds near-duplicates in the whole list, or shows every article in a row of its own.
pub(super) fn toggle_folding(model: &mut Model) -> Vec<Effect> {
    let height = model.geometry().rows(Pane::Articles).max(1);
    let selected = model.articles.selected(&model.result.answer);
    model.articles.fold = !model.articles.fold;
    let answer = &model.result.answer;
    let duplicates = model.result.corpus.duplicates();
    model.articles.arrange(answer, duplicates);
    let text = match (model.articles.fold, model.articles.stories()) {
        (false, _) => "every article in a row of its own".to_owned(),
        (true, None) => "no two of these articles are near-duplicates".to_owned(),
        (true, Some(stories)) => {
            format!(
                "{} articles folded into {stories} stories",
                answer.hits.len()
            )
        }
    };
    model.notice = Some(Notice::Done(text));
    if let Some(article) = selected {
        // an article that is read in stays where it is; its fold is open then
        model.articles.unfold(answer, duplicates, article);
        let row = model.articles.row_of(answer, article).unwrap_or(0);
        let len = model.articles.len(answer);
        model.articles.scroll.carry(row, len, height);
    }
    Vec::new()
}

/// Shows the selected article in the text pane.
pub(super) fn open_selected(model: &mut Model) {
    if let Some(article) = model.articles.selected(&model.result.answer) {
        model.articles.chosen = Some(article);
        show(model, article, Arrival::Place);
    }
}

/// Has the text follow the list. What nobody chose is not chosen by that: while a load goes on, the
/// first row may yet become another.
pub(super) fn show_selected(model: &mut Model) {
    if let Some(article) = model.articles.selected(&model.result.answer) {
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
