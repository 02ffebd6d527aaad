//! The full text: names and days marked by kind, hits, the mark under the cursor.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::corpus::{Article, Field, Span, TimexBasis};
use crate::tui::geometry::Pane;
use crate::tui::model::Model;
use crate::tui::model::page::{Mark, Page, Part, place_of};
use crate::tui::view::paint::{Highlight, Painter};
use crate::tui::view::{style, triage};

/// What the title line says: the article, and how far down it is.
pub(super) fn detail(model: &Model) -> String {
    let (Some(article), Some(page)) = (model.open_article(), model.reader.page.as_ref()) else {
        return String::new();
    };
    let height = model.geometry().rows(Pane::Text);
    let path = &article.raw.path;
    let marks = triage::detail(model, page.article);
    if page.lines.len() <= height {
        return format!("{path}{marks}");
    }
    let seen = (model.reader.top + height).min(page.lines.len());
    format!("{path} · {} %{marks}", seen * 100 / page.lines.len())
}

/// Draws the lines on the screen.
pub(super) fn draw(model: &Model, rect: Rect, painter: &mut Painter) {
    let (Some(article), Some(page)) = (model.open_article(), model.reader.page.as_ref()) else {
        return;
    };
    if model.result.answer.hits.is_empty() && !model.result.waiting && !model.corpus.is_empty() {
        // an article outside of the result would look like one of it
        return;
    }
    let Some(body) = model.geometry().text_lines(page.options.width) else {
        return;
    };
    let spans = Spans::of(model, article, page, usize::from(rect.height), painter);
    let lines = page.lines.iter().enumerate().skip(model.reader.top);
    for (y, (number, line)) in (rect.y..rect.bottom()).zip(lines) {
        let (field, style) = match line.part {
            Part::Blank => continue,
            Part::Title => (Field::Title, Style::new().add_modifier(Modifier::BOLD)),
            Part::Body => (Field::Text, Style::new()),
        };
        let highlights = spans.on(field, &line.line.source);
        painter.line(
            Rect {
                y,
                height: 1,
                ..body
            },
            &line.line,
            style,
            &highlights,
        );
        let selected = model.reader.selected_lines();
        if selected.is_some_and(|(first, last)| (first..=last).contains(&number)) {
            painter.gutter(rect.x, y, painter.glyphs.range, true);
        }
        if hit_line(model, page) == Some(number) {
            painter.gutter(rect.x, y, painter.glyphs.gutter, model.focus == Pane::Text);
        }
    }
}

/// The line of the hit or the mark that is stood on.
fn hit_line(model: &Model, page: &Page) -> Option<usize> {
    let (field, span) = current(model, page)?;
    Some(page.line_of(field, span.start as usize))
}

/// The hit or the mark that is stood on.
fn current(model: &Model, page: &Page) -> Option<(Field, Span)> {
    if let Some(mark) = model.reader.mark {
        return place_of(model.open_article()?, *page.marks.get(mark)?);
    }
    page.hits.get(model.reader.hit?).copied()
}

/// Where the terminal's cursor belongs: at the mark, else at the first line.
pub(super) fn caret(model: &Model, rect: Rect) -> Option<Position> {
    let page = model.reader.page.as_ref()?;
    let Some(line) = hit_line(model, page) else {
        return Some(Position::new(rect.x, rect.y));
    };
    let row = u16::try_from(line.checked_sub(model.reader.top)?).ok()?;
    (row < rect.height).then(|| Position::new(rect.x, rect.y + row))
}

/// A closed text pane on one line: the open article's title.
pub(super) fn draw_strip(model: &Model, row: Rect, x: u16, painter: &mut Painter) {
    if let Some(article) = model.open_article() {
        painter.corpus(
            row,
            x,
            &article.title.text,
            Style::new(),
            article.language.is_rtl(),
        );
    }
}

/// Everything marked on the screen, with its look, in the order in which it is laid on.
struct Spans {
    title: Vec<(Span, Style)>,
    text: Vec<(Span, Style)>,
}

impl Spans {
    fn of(model: &Model, article: &Article, page: &Page, height: usize, painter: &Painter) -> Self {
        let mut spans = Self {
            title: Vec::new(),
            text: Vec::new(),
        };
        let lines = model.reader.top..model.reader.top + height;
        let on_screen = |field: Field, span: Span| {
            let last = page.line_of(field, (span.end as usize).saturating_sub(1));
            lines.contains(&last) || lines.contains(&page.line_of(field, span.start as usize))
        };
        let chosen = model
            .entities
            .selected()
            .and_then(|id| model.corpus.entities().get(id));
        for mark in &page.marks {
            let Some((field, span)) = place_of(article, *mark) else {
                continue;
            };
            if !on_screen(field, span) {
                continue;
            }
            let look = match mark {
                Mark::Mention(i) => article.mentions.get(*i).map(|mention| {
                    let look = painter.style(style::of_kind(mention.kind));
                    let is_chosen = model.focus == Pane::Entities
                        && chosen
                            .is_some_and(|e| e.key == mention.entity && e.kind == mention.kind);
                    if is_chosen {
                        look.add_modifier(Modifier::REVERSED)
                    } else {
                        look
                    }
                }),
                Mark::Timex(i) => article.timexes.get(*i).map(|timex| {
                    painter.style(match timex.basis {
                        TimexBasis::Stated => Role::DateStated,
                        TimexBasis::Resolved => Role::DateResolved,
                        TimexBasis::Inferred => Role::DateInferred,
                        TimexBasis::Candidate => Role::DateCandidate,
                    })
                }),
            };
            spans.add(field, span, look.unwrap_or_default());
        }
        for (field, span) in page
            .hits
            .iter()
            .filter(|(field, span)| on_screen(*field, *span))
        {
            spans.add(*field, *span, painter.style(Role::Hit));
        }
        if let Some((field, span)) = current(model, page) {
            let look = painter.style(Role::CurrentHit);
            spans.add(field, span, look);
        }
        if let Some((field, span)) = model.reader.range {
            spans.add(field, span, Style::new().add_modifier(Modifier::REVERSED));
        }
        spans
    }

    fn add(&mut self, field: Field, span: Span, look: Style) {
        match field {
            Field::Title => self.title.push((span, look)),
            Field::Text => self.text.push((span, look)),
        }
    }

    fn on(&self, field: Field, source: &std::ops::Range<usize>) -> Vec<Highlight> {
        let spans = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        spans
            .iter()
            .filter(|(span, _)| {
                (span.start as usize) < source.end && source.start < span.end as usize
            })
            .map(|(span, style)| Highlight {
                bytes: span.range(),
                style: *style,
            })
            .collect()
    }
}
