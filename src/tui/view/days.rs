//! The timeline: a row a day (week, month, year) with a bar, counts and a sentence.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::query::{DayField, Row, Zoom};
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::view::paint::Painter;

/// Cells of the longest bar.
const BAR: u16 = 8;

/// What the title line says: whose days, and the length of a row.
pub(super) fn detail(model: &Model) -> String {
    let by = match model.timeline.by {
        DayField::Published => "published · articles, mentions",
        DayField::Mentioned => "days mentioned · articles, mentions",
    };
    match model.timeline.zoom {
        Zoom::Day => by.to_owned(),
        Zoom::Week => format!("{by} · by week"),
        Zoom::Month => format!("{by} · by month"),
        Zoom::Year => format!("{by} · by year"),
    }
}

/// Draws the rows.
pub(super) fn draw(model: &Model, rect: Rect, painter: &mut Painter) {
    let rows = &model.result.answer.timeline;
    let most = most(rows);
    let shown = rows.iter().enumerate().skip(model.timeline.scroll.top);
    for (y, (i, row)) in (rect.y..rect.bottom()).zip(shown) {
        let area = Rect {
            y,
            height: 1,
            ..rect
        };
        let selected = i == model.timeline.scroll.row;
        if selected {
            painter.gutter(
                area.x,
                y,
                painter.glyphs.gutter,
                model.focus == Pane::Timeline,
            );
        } else if in_range(model, row) {
            painter.gutter(area.x, y, painter.glyphs.range, true);
        }
        draw_row(model, row, area, most, selected, painter);
    }
}

fn draw_row(
    model: &Model,
    row: &Row,
    area: Rect,
    most: u32,
    selected: bool,
    painter: &mut Painter,
) {
    let style = if selected {
        Style::new().add_modifier(Modifier::BOLD)
    } else {
        Style::new()
    };
    match row {
        Row::Gap { from, to } => {
            let (count, unit) = length(*from, *to, model.timeline.zoom);
            let x = painter.text(area, 5, painter.glyphs.gap, Role::Dim);
            painter.text(area, x + 1, &format!("{count} {unit}"), Role::Dim);
        }
        Row::Undated { articles, mentions } => {
            let x = painter.styled(area, 1, "no day", style);
            counts(area, x.max(16), *articles, *mentions, most, painter);
        }
        Row::Bucket {
            from,
            articles,
            mentions,
            lead,
            stated,
            ..
        } => {
            let role = if *stated {
                Role::DateStated
            } else {
                Role::DateInferred
            };
            let label = label(*from, model.timeline.zoom);
            let x = painter.styled(area, 1, &label, painter.style(role).patch(style));
            if !stated {
                painter.text(area, x, painter.glyphs.inferred, Role::DateInferred);
            }
            let x = counts(area, 17, *articles, *mentions, most, painter);
            let article = lead.and_then(|lead| model.corpus.article(lead.article));
            if let (Some(lead), Some(article)) = (lead, article) {
                let text = lead.span.of(&article.raw.text);
                painter.corpus(area, x + 2, text, Style::new(), article.language.is_rtl());
            }
        }
    }
}

/// How long a gap is, in the unit of the rows around it.
fn length(from: NaiveDate, to: NaiveDate, zoom: Zoom) -> (i64, &'static str) {
    let days = (to - from).num_days() + 1;
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month())
        - i64::from(from.month())
        + 1;
    let (count, one, many) = match zoom {
        Zoom::Day => (days, "day", "days"),
        Zoom::Week => (days / 7, "week", "weeks"),
        Zoom::Month => (months, "month", "months"),
        Zoom::Year => (i64::from(to.year() - from.year()) + 1, "year", "years"),
    };
    (count, if count == 1 { one } else { many })
}

/// Bar and counts from column `x`; gives the column behind them.
fn counts(
    area: Rect,
    x: u16,
    articles: u32,
    mentions: u32,
    most: u32,
    painter: &mut Painter,
) -> u16 {
    let bar = bar(articles, most, &painter.glyphs.bar);
    painter.text(area, x, &bar, Role::Bar);
    let x = painter.text(area, x + BAR, &format!("{articles:>4}"), Role::Notice);
    painter.text(area, x, &format!("{mentions:>5}"), Role::Dim)
}

/// A bar of at most [`BAR`] cells, in eighths; anything at all shows.
fn bar(value: u32, most: u32, eighths: &[&'static str; 8]) -> String {
    if value == 0 || most == 0 {
        return String::new();
    }
    let cells = u64::from(BAR) * 8;
    let filled = (u64::from(value) * cells)
        .div_ceil(u64::from(most))
        .min(cells);
    let mut bar = eighths[7].repeat(usize::try_from(filled / 8).unwrap_or(0));
    if let Some(rest) = usize::try_from(filled % 8).ok().filter(|rest| *rest > 0) {
        bar.push_str(eighths[rest - 1]);
    }
    bar
}

fn most(rows: &[Row]) -> u32 {
    let of = |row: &Row| match row {
        Row::Bucket { articles, .. } => *articles,
        // the undated are often most of all, and would make every day look alike
        Row::Undated { .. } | Row::Gap { .. } => 0,
    };
    rows.iter().map(of).max().unwrap_or(0).max(1)
}

fn label(from: NaiveDate, zoom: Zoom) -> String {
    match zoom {
        Zoom::Day => format!("{from} {}", from.weekday()),
        Zoom::Week => format!("{}-W{:02}", from.iso_week().year(), from.iso_week().week()),
        Zoom::Month => from.format("%Y-%m").to_string(),
        Zoom::Year => from.format("%Y").to_string(),
    }
}

fn in_range(model: &Model, row: &Row) -> bool {
    let Some(anchor) = model.timeline.anchor else {
        return false;
    };
    let Row::Bucket { from, .. } = row else {
        return false;
    };
    match model.result.answer.timeline.get(model.timeline.scroll.row) {
        Some(Row::Bucket { from: here, .. }) => {
            (anchor.min(*here)..=anchor.max(*here)).contains(from)
        }
        _ => false,
    }
}

/// A closed pane on one line: the selected row, or the span of days and the busiest of them.
pub(super) fn draw_strip(model: &Model, row: Rect, x: u16, painter: &mut Painter) {
    let rows = &model.result.answer.timeline;
    let most = most(rows);
    match rows.get(model.timeline.scroll.row) {
        Some(Row::Bucket {
            from,
            articles,
            lead,
            stated,
            ..
        }) => {
            let role = if *stated {
                Role::DateStated
            } else {
                Role::DateInferred
            };
            let x = painter.text(row, x, &label(*from, model.timeline.zoom), role);
            let mark = if *stated {
                " "
            } else {
                painter.glyphs.inferred
            };
            let x = painter.text(row, x, mark, role);
            let end = painter.text(
                row,
                x + 1,
                &bar(*articles, most, &painter.glyphs.bar),
                Role::Bar,
            );
            let x = painter.text(row, end + 1, &articles.to_string(), Role::Notice);
            let article = lead.and_then(|lead| model.corpus.article(lead.article));
            if let (Some(lead), Some(article)) = (lead, article) {
                let text = lead.span.of(&article.raw.text);
                painter.corpus(row, x + 2, text, Style::new(), article.language.is_rtl());
            }
        }
        Some(Row::Undated { articles, .. }) => {
            painter.text(
                row,
                x,
                &format!("no day · {articles} articles"),
                Role::Notice,
            );
        }
        _ => {}
    }
}
