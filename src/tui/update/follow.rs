//! The panes follow each other once the keys rest.

use crate::query::{DayField, Row};
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::page::Mark;
use crate::tui::model::reader::Arrival;
use crate::tui::model::timeline::{RowKey, days_of};
use crate::tui::update::{articles, days, kwic};

/// The keys have rested. What has to be laid out first shows when it comes, with everything that
/// follows it: one frame, not two.
pub(super) fn rested(model: &mut Model) -> Vec<Effect> {
    model.dirty = true;
    if model.focus == Pane::Timeline || model.timeline.leads {
        article_follows_day(model);
    } else if model.focus == Pane::Articles && model.kwic.open {
        kwic::follow(model);
    } else if model.focus == Pane::Articles {
        articles::show_selected(model);
    }
    if model.reader.article == model.reader.shown() {
        arrived(model);
    }
    Vec::new()
}

/// The article to follow is on the screen.
pub(super) fn arrived(model: &mut Model) {
    let leads = std::mem::take(&mut model.timeline.leads);
    if model.focus != Pane::Timeline && !leads {
        day_follows_article(model);
    }
}

/// Days of the selected row.
fn selected_days(model: &Model) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let rows = &model.result.answer.timeline;
    days_of(rows.get(model.timeline.scroll.row)?)
}

/// Selects the first article of the selected day, unless the selected one belongs to it already.
fn article_follows_day(model: &mut Model) {
    let days = selected_days(model);
    let belongs = |id| {
        let place = model.corpus.locate(id);
        place.is_some_and(|(segment, at)| model.belongs_to_row(segment, at))
    };
    let answer = &model.result.answer;
    let current = model.articles.selected(answer).filter(|id| belongs(*id));
    let Some(id) = current.or_else(|| {
        let mut shown = model.articles.shown(answer);
        let folded = || answer.hits.articles();
        shown
            .find(|id| belongs(*id))
            .or_else(|| folded().find(|id| belongs(*id)))
    }) else {
        return;
    };
    let byte = day_in_text(model, id, days);
    articles::select_article(model, id);
    articles::show(model, id, byte.map_or(Arrival::Place, Arrival::Byte));
}

/// Where an article's body first mentions the selected day.
fn day_in_text(
    model: &Model,
    id: crate::corpus::ArticleId,
    days: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
) -> Option<usize> {
    let (from, to) = days.filter(|_| model.timeline.by == DayField::Mentioned)?;
    let article = model.corpus.article(id)?;
    let timex = article.timexes.iter().find(|timex| {
        timex.field == crate::corpus::Field::Text
            && timex.range().is_some_and(|range| range.is_within(from, to))
    })?;
    Some(timex.span.start as usize)
}

/// Selects the day of the mark under the cursor, else of the open article.
fn day_follows_article(model: &mut Model) {
    let Some(article) = model.open_article() else {
        return;
    };
    let marked =
        model
            .reader
            .mark
            .and_then(|i| match model.reader.page.as_ref()?.marks.get(i)? {
                Mark::Timex(i) => article.timexes.get(*i)?.day(),
                Mark::Mention(_) => None,
            });
    let mentioned = || article.timexes.iter().find_map(crate::corpus::Timex::day);
    let day = match model.timeline.by {
        DayField::Published => marked.or_else(|| article.published()),
        DayField::Mentioned => marked.or_else(|| article.published()).or_else(mentioned),
    };
    let in_rows =
        |day: chrono::NaiveDate| {
            model.result.answer.timeline.iter().any(
                |row| matches!(row, Row::Bucket { from, to, .. } if *from <= day && day <= *to),
            )
        };
    match day {
        Some(day) if in_rows(day) => days::show_day(model, RowKey::Day(day)),
        Some(_) => {}
        None => days::show_day(model, RowKey::Undated),
    }
}
