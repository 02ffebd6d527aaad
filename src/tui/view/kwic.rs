//! Hits in context: one a line, all beginning in one column, so that what stands before and behind
//! them can be read down the screen. What follows a hit stands to its right, in right-to-left text
//! to its left.
//!
//! ```text
//! ▌2016-11-03 …forces that defend  Aleppo  against the rebels…
//!  2016-11-04 …ﻖﻠﻄﻧﺍ  ﺐﻠﺣ  ﻲﻓ ﻝﺎﺘﻘﻟﺍ…
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::config::theme::Role;
use crate::corpus::{Article, Field};
use crate::query::{Place, context};
use crate::text::bidi::Direction;
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::kwic::Reach;
use crate::tui::view::paint::Painter;

/// Cells of a day and a space, shown in panes from this width on.
const DAY: u16 = 11;
const DAY_FROM: u16 = 60;
/// Cells of a title and a space, shown in panes from this width on.
const TITLE: u16 = 26;
const TITLE_FROM: u16 = 100;

/// Bytes that are looked through for the beginning of a paragraph.
const REACH: usize = 2000;

/// What the title line says: which hit of how many, and whose it is.
pub(super) fn detail(model: &Model) -> String {
    let Some(counter) = model.kwic.counter() else {
        return "hits in context".to_owned();
    };
    let selected = model.kwic.selected();
    let article = selected.and_then(|place| model.corpus.article(place.article));
    let Some(article) = article else {
        return format!("{counter} hits in context");
    };
    let day = article.published();
    let day = day.map_or_else(String::new, |day| format!("{day} · "));
    format!("{counter} hits · {day}{}", article.title.text)
}

/// Draws the rows.
pub(super) fn draw(model: &Model, rect: Rect, painter: &mut Painter) {
    if model.kwic.places.is_empty() {
        let text = if !model.kwic.is_current() || model.kwic.reach == Reach::Going {
            ""
        } else if model.filter.query().terms.is_empty() {
            "Nothing to look for. Esc shows the articles."
        } else {
            "No hit in a text: what matches is a title, a source, a path. Esc shows the articles."
        };
        let mut row = Rect { height: 1, ..rect };
        for line in painter.wrap(text, rect.width.saturating_sub(2)) {
            if row.y < rect.bottom() {
                painter.text(row, 1, &line, Role::Dim);
            }
            row.y += 1;
        }
        return;
    }
    let rows = model.kwic.places.iter().enumerate();
    let rows = rows.skip(model.kwic.scroll.top);
    for (y, (number, place)) in (rect.y..rect.bottom()).zip(rows) {
        let row = Rect {
            y,
            height: 1,
            ..rect
        };
        let Some(article) = model.corpus.article(place.article) else {
            continue;
        };
        let selected = number == model.kwic.scroll.row;
        if selected {
            let focused = model.focus == Pane::Articles;
            painter.gutter(row.x, y, painter.glyphs.gutter, focused);
        }
        draw_row(article, *place, row, selected, painter);
    }
}

fn draw_row(article: &Article, place: Place, row: Rect, selected: bool, painter: &mut Painter) {
    let mut x = 1;
    if row.width >= DAY_FROM {
        let day = article.published();
        let day = day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
        painter.text(row, x, &day, Role::Dim);
        x += DAY;
    }
    if row.width >= TITLE_FROM {
        let title = Rect {
            width: x + TITLE - 1,
            ..row
        };
        painter.corpus_at(title, x, &article.title.text, Role::Dim);
        x += TITLE;
    }
    let room = Rect {
        x: row.x + x,
        width: row.width.saturating_sub(x + 1),
        ..row
    };
    let role = if selected {
        Role::CurrentHit
    } else {
        Role::Hit
    };
    let text = article.field(place.field);
    let around = context(text, place.span, usize::from(room.width));
    let start = around.start as usize;
    let hit = place.span.range();
    let look = painter.style(role);
    painter.around(
        room,
        around.of(text),
        hit.start - start..hit.end - start,
        direction(article, place, text),
        Style::new(),
        look,
    );
}

/// The direction of the paragraph that a hit stands in, as the text pane shows it.
fn direction(article: &Article, place: Place, text: &str) -> Direction {
    if article.language.is_rtl() {
        return Direction::Rtl;
    }
    if place.field == Field::Title {
        return Direction::of(text, Direction::Ltr);
    }
    let before = text.get(..place.span.start as usize).unwrap_or("");
    let window = before.get(before.ceil_char_boundary(before.len().saturating_sub(REACH))..);
    let line = window.map_or(0, |window| {
        before.len() - window.len() + window.rfind('\n').map_or(0, |feed| feed + 1)
    });
    let end = text.floor_char_boundary(place.span.end as usize + 200);
    Direction::of(text.get(line..end).unwrap_or(""), Direction::Ltr)
}
