//! Near-duplicates: the card that says how alike they are, and their word difference.

use std::sync::Arc;

use crate::command::Command;
use crate::config::keymap::{Key, Mode};
use crate::corpus::ArticleId;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::copies::cluster;
use crate::tui::model::difference::{Before, Compared, Difference};
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice, cards};
use crate::tui::update::{commands, keys, overlay};

/// Opens how the article under the cursor has changed since it was seen; else the card of those that
/// repeat it.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let article = match model.focus {
        Pane::Text => model.reader.article,
        _ => model.articles.selected(&model.result.answer),
    };
    let change =
        article.and_then(|id| Some((id, Before::change(&model.corpus, &model.triage.sheet, id)?)));
    let repeats = |id| cluster(&model.corpus, id).is_some();
    if let Some((id, before)) = change
        && (model.triage.sheet.get(id).new || !repeats(id))
    {
        model.overlay = Some(Overlay::Difference {
            before,
            after: id,
            top: 0,
        });
        return Vec::new();
    }
    open_copies(model, article)
}

/// Opens the card of an article's near-duplicates, or says that there are none.
fn open_copies(model: &mut Model, article: Option<ArticleId>) -> Vec<Effect> {
    let found = article.and_then(|article| Some((article, cluster(&model.corpus, article)?)));
    let Some((article, cluster)) = found else {
        let text = if model.loading.is_some() {
            "near-duplicates are known when everything is read"
        } else {
            "no other article repeats this one"
        };
        model.notice = Some(Notice::Done(text.to_owned()));
        return Vec::new();
    };
    let mut copies = cluster.copies.iter();
    let selected = copies.position(|copy| copy.article == article);
    model.overlay = Some(Overlay::Copies {
        article: cluster.representative,
        selected: selected.unwrap_or(0),
        top: 0,
    });
    Vec::new()
}

/// A key while the card is open: moves choose a copy, Enter shows the difference.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Overlay, key);
    let Some(Overlay::Copies {
        article, selected, ..
    }) = model.overlay
    else {
        return Vec::new();
    };
    let Some(copies) = cluster(&model.corpus, article).map(|cluster| &cluster.copies) else {
        return overlay::close(model);
    };
    let last = copies.len().saturating_sub(1);
    let next = match command {
        Some(Command::Down) => (selected + 1).min(last),
        Some(Command::Up) => selected.saturating_sub(1),
        Some(Command::First) => 0,
        Some(Command::Last) => last,
        Some(Command::Open) => {
            if let Some(copy) = copies.get(selected) {
                model.overlay = Some(Overlay::Difference {
                    before: Before::Article(article),
                    after: copy.article,
                    top: 0,
                });
            }
            return Vec::new();
        }
        command => return otherwise(model, key, command),
    };
    if let Some(Overlay::Copies { selected, .. }) = &mut model.overlay {
        *selected = next;
    }
    reveal(model, next);
    Vec::new()
}

/// Scrolls so that a copy's lines are on the screen.
fn reveal(model: &mut Model, copy: usize) {
    let rows = cards::rows(model);
    let height = usize::from(cards::area(model).height).saturating_sub(1);
    // every copy has a share of its own to the left of its first line
    let mut leads = (0..rows.len()).filter(|at| rows.get(*at).is_some_and(|r| !r.lead.is_empty()));
    let first = leads.nth(copy).unwrap_or(0);
    let behind = leads.next().unwrap_or(rows.len());
    if let Some(Overlay::Copies { top, .. }) = &mut model.overlay {
        if copy == 0 {
            *top = 0;
        }
        *top = (*top).min(first).max(behind.saturating_sub(height));
    }
}

/// A key while a difference is open: moves scroll it, and it gives way to the card, if there is one.
pub(super) fn press_difference(model: &mut Model, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Overlay, key);
    let page = isize::try_from(height(model)).unwrap_or(10) - 1;
    match command {
        Some(Command::Down) => scroll(model, 1),
        Some(Command::Up) => scroll(model, -1),
        Some(Command::HalfPageDown) => scroll(model, page / 2),
        Some(Command::HalfPageUp) => scroll(model, -page / 2),
        Some(Command::PageDown) => scroll(model, page),
        Some(Command::PageUp) => scroll(model, -page),
        Some(Command::First) => scroll(model, isize::MIN),
        Some(Command::Last) => scroll(model, isize::MAX),
        Some(Command::NextHit) => step(model, true),
        Some(Command::PreviousHit) => step(model, false),
        Some(Command::Back | Command::Open) => {
            let Some(Overlay::Difference { before, after, .. }) = model.overlay else {
                return Vec::new();
            };
            let Before::Article(before) = before else {
                return match command {
                    Some(Command::Open) if cluster(&model.corpus, after).is_some() => {
                        open_copies(model, Some(after))
                    }
                    _ => overlay::close(model),
                };
            };
            let copies = cluster(&model.corpus, before).map(|cluster| &cluster.copies);
            let selected = copies.and_then(|c| c.iter().position(|copy| copy.article == after));
            model.overlay = Some(Overlay::Copies {
                article: before,
                selected: selected.unwrap_or(0),
                top: 0,
            });
            reveal(model, selected.unwrap_or(0));
            Vec::new()
        }
        command => otherwise(model, key, command),
    }
}

/// A key that is none of the card's: it closes it and does what it always does.
fn otherwise(model: &mut Model, key: Key, command: Option<Command>) -> Vec<Effect> {
    let command = command.or_else(|| keys::resolve(model, Mode::Normal, key));
    match command {
        Some(Command::Back | Command::Copies) => overlay::close(model),
        Some(command) => {
            model.overlay = None;
            commands::run(model, command, None)
        }
        None => Vec::new(),
    }
}

fn height(model: &Model) -> usize {
    usize::from(cards::area(model).height).saturating_sub(1)
}

/// Scrolls the difference.
pub(super) fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    let lines = model.difference.shown.as_ref().map_or(0, |d| d.lines.len());
    let last = lines.saturating_sub(height(model));
    if let Some(Overlay::Difference { top, .. }) = &mut model.overlay {
        *top = top.saturating_add_signed(by).min(last);
    }
    Vec::new()
}

/// To the next or previous line that holds a change and is not the first on the screen.
fn step(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(Overlay::Difference { top, .. }) = model.overlay else {
        return Vec::new();
    };
    let Some(shown) = model.difference.shown.clone() else {
        return Vec::new();
    };
    let begins = |line: &usize| {
        shown.lines.get(*line).is_some_and(|line| {
            let mut changes = shown.removed.iter().chain(&shown.added);
            changes.any(|change| line.source.contains(&change.start))
        })
    };
    let target = if forward {
        (top + 1..shown.lines.len()).find(begins)
    } else {
        (0..top).rev().find(begins)
    };
    match target.and_then(|line| isize::try_from(line).ok()) {
        Some(line) => scroll(model, line - isize::try_from(top).unwrap_or(0)),
        None => Vec::new(),
    }
}

/// Asks for the difference that the screen needs, unless it has it or has asked already.
pub(super) fn compare_if_needed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Difference { before, after, .. }) = model.overlay else {
        return;
    };
    let mut options = model.page_options();
    options.width = cards::area(model).width.saturating_sub(3).max(8);
    let wanted = Compared {
        before,
        after,
        options,
    };
    if model.difference.requested == Some(wanted) {
        return;
    }
    model.difference.requested = Some(wanted);
    effects.push(Effect::Compare {
        corpus: Arc::clone(&model.corpus),
        of: wanted,
    });
}

/// A difference has come.
pub(super) fn compared(model: &mut Model, difference: Arc<Difference>) -> Vec<Effect> {
    if model.difference.requested == Some(difference.of) {
        model.difference.shown = Some(difference);
        model.dirty = true;
        return scroll(model, 0);
    }
    Vec::new()
}
