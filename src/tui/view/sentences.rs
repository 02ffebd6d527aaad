//! The best sentences of a row of the timeline: two lines of text, one of where it stands and why.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::query::{DayField, Told};
use crate::text::wrap;
use crate::tui::model::Model;
use crate::tui::model::timeline::{SENTENCE_ROWS, SentencesState};
use crate::tui::view::paint::Painter;

/// Cells left of a sentence: the gutter and air.
const INDENT: u16 = 2;

/// What the list is of.
pub(super) fn title(list: &SentencesState) -> String {
    let (from, to) = list.days;
    let days = if from == to {
        from.format("%Y-%m-%d %a").to_string()
    } else {
        format!("{from} to {to}")
    };
    let of = match list.by {
        DayField::Published => "from articles of",
        DayField::Mentioned => "about",
    };
    match list.told.as_ref().map(|told| told.len()) {
        None => format!("Best sentences {of} {days}"),
        Some(count) => {
            let at = (list.scroll.row + 1).min(count);
            format!("Best sentences {of} {days} · {at} of {count}")
        }
    }
}

/// Draws the sentences.
pub(super) fn draw(model: &Model, list: &SentencesState, area: Rect, painter: &mut Painter) {
    let Some(told) = &list.told else {
        return;
    };
    if told.is_empty() {
        let row = Rect { height: 1, ..area };
        painter.text(row, INDENT, "No sentence of a text names it.", Role::Dim);
        return;
    }
    let mut y = area.y;
    for (at, one) in told.iter().enumerate().skip(list.scroll.top) {
        if y + SENTENCE_ROWS > area.bottom() && y > area.y {
            break;
        }
        let room = Rect {
            y,
            height: SENTENCE_ROWS.min(area.bottom().saturating_sub(y)),
            ..area
        };
        draw_one(model, one, room, at == list.scroll.row, painter);
        y += SENTENCE_ROWS;
    }
}

fn draw_one(model: &Model, told: &Told, area: Rect, selected: bool, painter: &mut Painter) {
    let Some(article) = model.corpus.article(told.article) else {
        return;
    };
    let text = told.span.of(&article.raw.text);
    let rtl = article.language.is_rtl();
    let style = if selected {
        Style::new().add_modifier(Modifier::BOLD)
    } else {
        Style::new()
    };
    let row = |line: u16| Rect {
        y: area.y + line,
        height: u16::from(line < area.height),
        width: area.width.saturating_sub(1),
        ..area
    };
    if selected {
        for line in 0..area.height {
            painter.gutter(area.x, area.y + line, painter.glyphs.gutter, true);
        }
    }
    let width = row(0).width.saturating_sub(INDENT);
    // the second line holds all of the rest and is cut
    let rest = painter.second_line(text, width, rtl);
    let first = rest.map_or(text, |rest| text.get(..rest).unwrap_or(text));
    painter.corpus(row(0), INDENT, first.trim_end(), style, rtl);
    if let Some(rest) = rest.and_then(|rest| text.get(rest..))
        && area.height > 1
    {
        painter.corpus(row(1), INDENT, rest, style, rtl);
    }
    if area.height > 2 {
        let line = row(2);
        let x = painter.text(line, INDENT, article.language.code(), Role::Dim);
        let half = Rect {
            width: line.width.min(x + 1 + line.width / 3),
            ..line
        };
        let x = painter.corpus_at(half, x + 1, &article.raw.path, Role::Notice);
        let x = painter.text(line, x + 1, painter.glyphs.middle, Role::Dim);
        painter.corpus_at(line, x + 1, &told.why(article), Role::Dim);
    }
}

impl Painter<'_> {
    /// The byte at which the second line of a text of `room` cells begins.
    fn second_line(&self, text: &str, room: u16, rtl: bool) -> Option<usize> {
        let options = self.wrap_options(rtl);
        let lines = wrap::layout(text, room.max(1), &options);
        lines.get(1).map(|line| line.source.start)
    }
}
