//! The word difference of two articles.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::corpus::ArticleId;
use crate::tui::model::Model;
use crate::tui::model::difference::Before;
use crate::tui::view::paint::{Highlight, Painter};

/// What its title line says.
pub(super) fn title(model: &Model, before: Before, after: ArticleId) -> String {
    let path = |id: ArticleId| {
        let article = model.corpus.article(id);
        article.map_or("", |article| article.raw.path.as_str())
    };
    let places = match model.difference.shown.as_ref().map(|d| d.places) {
        Some(0) => " · the same words".to_owned(),
        Some(1) => " · 1 difference".to_owned(),
        Some(n) => format!(" · {n} differences"),
        None => String::new(),
    };
    match before {
        Before::Article(before) => format!("[-{}-] {{+{}+}}{places}", path(before), path(after)),
        Before::Earlier { seen, .. } => {
            let when = if seen {
                "since your last visit"
            } else {
                "since it was read before"
            };
            format!("Changed {when}{places} · {}", path(after))
        }
    }
}

/// Draws its lines from `top` on.
pub(super) fn draw(model: &Model, top: usize, area: Rect, painter: &mut Painter) {
    let Some(difference) = &model.difference.shown else {
        return;
    };
    let gone = Style::new().add_modifier(Modifier::DIM | Modifier::CROSSED_OUT);
    let new = painter
        .style(Role::Notice)
        .add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    for (y, line) in (area.y..area.bottom()).zip(difference.lines.iter().skip(top)) {
        let on_line = |spans: &[std::ops::Range<usize>], style: Style| -> Vec<Highlight> {
            let spans = spans
                .iter()
                .filter(|span| span.start < line.source.end && line.source.start < span.end);
            spans
                .map(|span| Highlight {
                    bytes: span.clone(),
                    style,
                })
                .collect()
        };
        let mut highlights = on_line(&difference.removed, gone);
        highlights.extend(on_line(&difference.added, new));
        let row = Rect {
            x: area.x + 2,
            y,
            width: area.width.saturating_sub(3),
            height: 1,
        };
        painter.line(row, line, Style::new(), &highlights);
    }
}
