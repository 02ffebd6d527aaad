//! The list of articles: gutter, day and how it is known, language, title; source and size where
//! there is room.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::corpus::{ArticleId, DayBasis, OwnDay, Segment};
use crate::query::{Inferred, Sort};
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::articles::RowKind;
use crate::tui::view::paint::Painter;
use crate::tui::view::triage;

/// Cells of day, its mark and a space; of the language and a space.
const DAY: u16 = 12;
const LANGUAGE: u16 = 3;
/// Cells of source and size, shown in panes from this width on.
const ORIGIN_FROM: u16 = 72;
const SOURCE: u16 = 16;
const SIZE: u16 = 7;

/// What the title line says: the order.
pub(super) fn detail(model: &Model) -> String {
    let order = match model.articles.sort {
        Sort::Day => "",
        Sort::Title => "by title",
        Sort::Relevance => "by relevance",
        Sort::Length => "by length",
        Sort::Path => "by path",
    };
    match (order, model.articles.reverse) {
        ("", false) => String::new(),
        ("", true) => "oldest first".to_owned(),
        (order, false) => order.to_owned(),
        (order, true) => format!("{order}, reversed"),
    }
}

/// Draws the rows.
pub(super) fn draw(model: &Model, rect: Rect, painter: &mut Painter) {
    let answer = &model.result.answer;
    if answer.hits.is_empty() {
        empty(model, rect, painter);
        return;
    }
    for (y, i) in (rect.y..rect.bottom()).zip(model.articles.scroll.top..) {
        let Some((id, kind)) = model.articles.row(answer, i) else {
            return;
        };
        let row = Rect {
            y,
            height: 1,
            ..rect
        };
        let Some((segment, at)) = model.corpus.locate(id) else {
            continue;
        };
        let selected = i == model.articles.scroll.row;
        if selected {
            painter.gutter(
                row.x,
                y,
                painter.glyphs.gutter,
                model.focus == Pane::Articles,
            );
        } else if linked(model, segment, at) {
            painter.gutter(row.x, y, painter.glyphs.dot, false);
        }
        if !selected && triage::is_selected(model, i) {
            painter.gutter(row.x, y, painter.glyphs.range, true);
        }
        let weight = if is_followed(model, id, selected) {
            Modifier::BOLD
        } else {
            Modifier::empty()
        };
        let style = Style::new().add_modifier(weight);
        draw_row(model, (segment, at), kind, row, style, painter);
        if let Some((sign, role)) = triage::sign(model, id) {
            painter.text(row, DAY, sign, role);
        }
    }
}

/// Whether a row is the one that the other panes show, in bold: while the keys move, only the mark
/// in the gutter does, and the rows under it need not be printed again.
fn is_followed(model: &Model, id: ArticleId, selected: bool) -> bool {
    match model.reader.shown() {
        Some(shown) if model.focus == Pane::Articles => id == shown,
        _ => selected,
    }
}

/// Draws a row from the columns of the corpus: to unpack the articles of all rows takes longer than
/// a frame may.
fn draw_row(
    model: &Model,
    (segment, at): (&Segment, usize),
    kind: RowKind,
    row: Rect,
    style: Style,
    painter: &mut Painter,
) {
    let language = segment.language(at);
    draw_day(segment.own_day(at), model.timeline.inferred, row, painter);
    painter.text(row, 1 + DAY, language.code(), Role::Dim);
    let fold = match kind {
        RowKind::Single => String::new(),
        RowKind::Face {
            others,
            open: false,
        } => format!("+{others} "),
        RowKind::Face { others, open: true } => format!("−{others} "),
        RowKind::Copy => "  = ".to_owned(),
    };
    let start = painter.text(row, 1 + DAY + LANGUAGE, &fold, Role::Key);
    let wide = row.width >= ORIGIN_FROM;
    let end = if wide {
        row.width - SOURCE - SIZE - 2
    } else {
        row.width
    };
    let title = Rect {
        width: end.saturating_sub(1).max(start),
        ..row
    };
    painter.corpus(title, start, &segment.title(at), style, language.is_rtl());
    if wide {
        let source = Rect {
            width: end + 1 + SOURCE,
            ..row
        };
        let source_text = match segment.source_name(at) {
            "" => segment.path(at),
            name => name,
        };
        painter.corpus_at(source, end + 1, source_text, Role::Dim);
        let size = format!("{:>6}", size(segment.size(at)));
        painter.text(row, row.width - SIZE, &size, Role::Dim);
    }
}

/// The day with the mark of how it is known, in columns 1 to 12.
fn draw_day(day: Option<OwnDay>, inferred: Inferred, row: Rect, painter: &mut Painter) {
    let counts =
        |day: &OwnDay| inferred.admits(matches!(day.basis, DayBasis::Stated | DayBasis::Set));
    let Some(day) = day.filter(counts) else {
        painter.text(row, 1, "no day", Role::Dim);
        return;
    };
    let (role, mark) = match day.basis {
        DayBasis::Stated | DayBasis::Set => (Role::DateStated, " "),
        DayBasis::Inferred => (Role::DateInferred, painter.glyphs.inferred),
        DayBasis::Candidates => (Role::DateCandidate, "?"),
    };
    let (text, mark) = match (day.day, day.earliest, day.latest) {
        (Some(day), _, _) => (day.to_string(), mark),
        (None, Some(earliest), Some(latest)) => (shared(earliest, latest), mark),
        // nothing narrows it down: that is no candidate
        _ => ("no day    ".to_owned(), " "),
    };
    let x = painter.text(row, 1, &text, role);
    if mark != " " {
        // a blank would be underlined as the day is
        painter.text(row, x, mark, role);
    }
}

/// What the first and the last possible day have in common: `2016-11`, `2016`; never a bound as
/// if it were the day.
fn shared(earliest: NaiveDate, latest: NaiveDate) -> String {
    let text = if earliest == latest {
        earliest.to_string()
    } else if (earliest.year(), earliest.month()) == (latest.year(), latest.month()) {
        earliest.format("%Y-%m").to_string()
    } else if earliest.year() == latest.year() {
        earliest.format("%Y").to_string()
    } else {
        "no day".to_owned()
    };
    format!("{text:<10}")
}

/// Whether an article belongs to what is selected in the pane that has the keys.
fn linked(model: &Model, segment: &Segment, at: usize) -> bool {
    match model.focus {
        Pane::Entities => model
            .entities
            .selected()
            .is_some_and(|entity| segment.entities(at).any(|(id, _)| id == entity)),
        Pane::Timeline => model.belongs_to_row(segment, at),
        Pane::Articles | Pane::Text => Some(segment.id(at)) == model.reader.shown(),
    }
}

fn empty(model: &Model, rect: Rect, painter: &mut Painter) {
    let text = if model.result.waiting || model.loading.is_some() {
        ""
    } else if model.corpus.is_empty() && !model.corpus.unreadable().is_empty() {
        "Nothing could be read. U lists what and why."
    } else if model.corpus.is_empty() {
        "No document here."
    } else if model.filter.line.is_some() {
        "No article matches. Esc drops what is typed."
    } else {
        "No article matches. Esc takes the last filter away."
    };
    let mut row = Rect { height: 1, ..rect };
    for line in painter.wrap(text, rect.width.saturating_sub(2)) {
        if row.y >= rect.bottom() {
            return;
        }
        painter.corpus(row, 1, &line, painter.style(Role::Dim), false);
        row.y += 1;
    }
}

/// Bytes as people say them.
fn size(bytes: u32) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
