//! The timeline: a row a day (week, month, year) or longer stretch of time, with a bar by
//! languages, counts and a sentence.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::corpus::TimexBasis;
use crate::query::{DayField, Inferred, Lead, Row, Zoom, first_day, last_day};
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::view::bars;
use crate::tui::view::glyphs::Glyphs;
use crate::tui::view::paint::Painter;

/// Cells of the longest bar on narrow screens.
const BAR: u16 = 8;

/// Column of the bars: behind the longest name of a row and its mark.
const BARS_AT: u16 = 17;

/// What the title line says: whose days, what the bars are filled with, and the length of a row.
pub(super) fn detail(model: &Model, glyphs: &Glyphs) -> String {
    let by = match model.timeline.by {
        DayField::Published => "published",
        DayField::Mentioned => "days mentioned",
    };
    let zoom = match model.timeline.zoom {
        Zoom::Day => "",
        Zoom::Week => " · by week",
        Zoom::Month => " · by month",
        Zoom::Year => " · by year",
    };
    let inferred = match model.timeline.inferred {
        Inferred::Shown => "",
        Inferred::Hidden => " · without inferred",
    };
    let legend = if model.size.0 >= 80 {
        format!(" · {}", bars::legend(glyphs))
    } else {
        String::new()
    };
    format!("{by}{zoom}{inferred} · articles, mentions{legend}")
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
    let cells = bar_cells(area.width);
    match row {
        Row::Gap { from, to } => {
            let (count, unit) = length(*from, *to, model.timeline.zoom);
            let x = painter.text(area, 5, painter.glyphs.gap, Role::Dim);
            painter.text(area, x + 1, &format!("{count} {unit}"), Role::Dim);
        }
        Row::Undated { articles, mentions } => {
            painter.styled(area, 1, "no day", style);
            // the undated are often most of all: their bar is a full one at most
            let bar = bars::line(*articles, most, cells, &painter.glyphs);
            counts(area, &bar, "", (*articles, *mentions), painter);
        }
        Row::Bucket {
            from: first,
            articles,
            mentions,
            languages,
            lead,
            basis,
            ..
        } => {
            let text = label(*first, model.timeline.zoom);
            known(area, &text, *basis, style, painter);
            let bar = bars::bar(*languages, most, cells, &painter.glyphs);
            let letters = bars::letters(*languages);
            let x = counts(area, &bar, &letters, (*articles, *mentions), painter);
            sentence(model, *lead, area, x, painter);
        }
        Row::Interval {
            from,
            to,
            articles,
            mentions,
            languages,
            lead,
            basis,
        } => {
            known(area, &stretch(*from, *to), *basis, style, painter);
            let bar = bars::line(*articles, most, cells, &painter.glyphs);
            let letters = bars::letters(*languages);
            let x = counts(area, &bar, &letters, (*articles, *mentions), painter);
            sentence(model, *lead, area, x, painter);
        }
    }
}

/// Cells of the longest bar on a row of so many.
fn bar_cells(width: u16) -> u16 {
    if width >= 100 { 2 * BAR } else { BAR }
}

/// The name of a row with the mark of how its days are known; gives the column behind.
fn known(area: Rect, text: &str, basis: TimexBasis, style: Style, painter: &mut Painter) -> u16 {
    let (role, mark) = match basis {
        TimexBasis::Stated => (Role::DateStated, " "),
        TimexBasis::Resolved => (Role::DateResolved, "="),
        TimexBasis::Inferred => (Role::DateInferred, painter.glyphs.inferred),
        TimexBasis::Candidate => (Role::DateCandidate, "?"),
    };
    let x = painter.styled(area, 1, text, painter.style(role).patch(style));
    painter.text(area, x, mark, role)
}

/// The sentence that stands for a row, from two columns behind `x`.
fn sentence(model: &Model, lead: Option<Lead>, area: Rect, x: u16, painter: &mut Painter) {
    let article = lead.and_then(|lead| model.corpus.article(lead.article));
    let span = lead.and_then(|lead| lead.span(&model.corpus));
    if let (Some(span), Some(article)) = (span, article) {
        let text = span.of(&article.raw.text);
        painter.corpus(area, x + 2, text, Style::new(), article.language.is_rtl());
    }
}

/// The name of a stretch of time, in 15 cells at most: a year, a month, a week, or its ends.
fn stretch(from: NaiveDate, to: NaiveDate) -> String {
    let whole = |zoom: Zoom| first_day(from, zoom) == from && last_day(from, zoom) == to;
    let months = first_day(from, Zoom::Month) == from
        && last_day(first_day(to, Zoom::Month), Zoom::Month) == to;
    let years = first_day(from, Zoom::Year) == from
        && last_day(first_day(to, Zoom::Year), Zoom::Year) == to;
    if whole(Zoom::Year) {
        label(from, Zoom::Year)
    } else if years {
        format!("{}–{}", from.format("%Y"), to.format("%Y"))
    } else if whole(Zoom::Month) {
        label(from, Zoom::Month)
    } else if months && from.year() == to.year() {
        format!("{}–{}", from.format("%Y-%m"), to.format("%m"))
    } else if months {
        format!("{}–{}", from.format("%Y-%m"), to.format("%Y-%m"))
    } else if whole(Zoom::Week) {
        label(from, Zoom::Week)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{from}–{}", to.format("%d"))
    } else {
        format!("{from} {}d", (to - from).num_days() + 1)
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

/// Bar, languages and counts; gives the column behind them.
fn counts(
    area: Rect,
    bar: &str,
    letters: &str,
    (articles, mentions): (u32, u32),
    painter: &mut Painter,
) -> u16 {
    painter.text(area, BARS_AT, bar, Role::Bar);
    let x = BARS_AT + bar_cells(area.width);
    painter.text(area, x + 1, letters, Role::Dim);
    let x = painter.text(area, x + 5, &format!("{articles:>4}"), Role::Notice);
    painter.text(area, x, &format!("{mentions:>5}"), Role::Dim)
}

fn most(rows: &[Row]) -> u32 {
    let of = |row: &Row| match row {
        Row::Bucket { articles, .. } => *articles,
        // the undated are often most of all, and would make every day look alike
        Row::Undated { .. } | Row::Interval { .. } | Row::Gap { .. } => 0,
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

/// Whether a row belongs to what is selected: to a range of days, to the stretch of time that is
/// selected, or, as a stretch of time, to the selected day.
fn in_range(model: &Model, row: &Row) -> bool {
    let rows = &model.result.answer.timeline;
    let Some(here) = rows.get(model.timeline.scroll.row) else {
        return false;
    };
    match (model.timeline.anchor, here, row) {
        (Some(anchor), Row::Bucket { from: here, .. }, Row::Bucket { from, .. }) => {
            (anchor.min(*here)..=anchor.max(*here)).contains(from)
        }
        (None, Row::Interval { from, to, .. }, Row::Bucket { from: a, to: b, .. })
        | (None, Row::Bucket { from: a, to: b, .. }, Row::Interval { from, to, .. }) => {
            from <= b && a <= to
        }
        _ => false,
    }
}

/// A closed pane on one line: the selected row, or how many articles have none.
pub(super) fn draw_strip(model: &Model, row: Rect, x: u16, painter: &mut Painter) {
    let rows = &model.result.answer.timeline;
    let most = most(rows);
    let shifted = Rect {
        x: row.x + x - 1,
        width: row.width.saturating_sub(x - 1),
        ..row
    };
    let (text, basis, bar, articles, lead) = match rows.get(model.timeline.scroll.row) {
        Some(Row::Bucket {
            from,
            articles,
            languages,
            lead,
            basis,
            ..
        }) => {
            let text = label(*from, model.timeline.zoom);
            let bar = bars::bar(*languages, most, BAR, &painter.glyphs);
            (text, basis, bar, articles, lead)
        }
        Some(Row::Interval {
            from,
            to,
            articles,
            lead,
            basis,
            ..
        }) => {
            let bar = bars::line(*articles, most, BAR, &painter.glyphs);
            (stretch(*from, *to), basis, bar, articles, lead)
        }
        Some(Row::Undated { articles, .. }) => {
            let noun = if *articles == 1 {
                "article"
            } else {
                "articles"
            };
            let text = format!("no day · {articles} {noun}");
            painter.text(row, x, &text, Role::Notice);
            return;
        }
        Some(Row::Gap { .. }) | None => return,
    };
    let x = known(shifted, &text, *basis, Style::new(), painter);
    let end = painter.text(shifted, x + 1, &bar, Role::Bar);
    let x = painter.text(shifted, end + 1, &articles.to_string(), Role::Notice);
    sentence(model, *lead, shifted, x, painter);
}
