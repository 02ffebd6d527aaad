//! Marks in the list, counts on the status line, and the panel for tags, notes and views.

use ratatui::layout::{Position, Rect};

use crate::config::theme::Role;
use crate::corpus::ArticleId;
use crate::query::{DayField, Row};
use crate::text::width;
use crate::triage::{Decision, DocumentKey, Standing};
use crate::tui::geometry::Geometry;
use crate::tui::model::Model;
use crate::tui::model::triage::{PANEL_ROWS, Panel, VIEW_ROWS};
use crate::tui::view::paint::Painter;

/// The sign of how an article stands, and its role; `None` where there is nothing to say. One cell,
/// told apart without colour: `+` kept, `×` dismissed, `≠` disputed, `!` watched, `*` new, `·` read.
pub(super) fn sign(model: &Model, id: ArticleId) -> Option<(&'static str, Role)> {
    let row = model.triage.sheet.get(id);
    let first = model.triage.sheet.is_first_session();
    Some(match row.decision {
        _ if row.disputed => ("≠", Role::Error),
        Some(Decision::Kept) => ("+", Role::Key),
        Some(Decision::Dismissed) => ("×", Role::Dim),
        None if row.watched => ("!", Role::Key),
        None if row.new && !first => ("*", Role::Key),
        None if row.read => ("·", Role::Dim),
        None => return None,
    })
}

/// Whether a row of the list belongs to the selection for the next mark.
pub(super) fn is_selected(model: &Model, row: usize) -> bool {
    if model.triage.all {
        return true;
    }
    let Some(anchor) = model.triage.anchor else {
        return false;
    };
    let at = model.articles.row_of(&model.result.answer, anchor);
    let here = model.articles.scroll.row;
    let at = at.unwrap_or(here);
    (at.min(here)..=at.max(here)).contains(&row)
}

/// ` · 12 kept · 5 dismissed · 13 undecided`, as much of it as finds room.
pub(super) fn draw_counts(model: &Model, row: Rect, mut x: u16, painter: &mut Painter) -> u16 {
    if model.triage.unsaved.is_some() {
        x = painter.text(row, x, " · not saved", Role::Error);
    }
    if !model.triage.has_begun() || model.filter.line.is_some() {
        return x;
    }
    let counts = model.triage.counts();
    // the chips need room too
    let end = if model.filter.terms.is_empty() {
        row.width
    } else {
        row.width.saturating_sub(24)
    };
    let new = counts.of(Standing::New);
    let new = if model.triage.sheet.is_first_session() {
        0
    } else {
        new
    };
    for (count, word) in [
        (new, "new"),
        (counts.of(Standing::Kept), "kept"),
        (counts.of(Standing::Undecided), "undecided"),
        (counts.of(Standing::Dismissed), "dismissed"),
        (counts.of(Standing::Disputed), "disputed"),
        (undated(model), "undated"),
    ] {
        let text = format!(" · {count} {word}");
        let cells = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        if count > 0 && x.saturating_add(cells) < end {
            x = painter.text(row, x, &text, Role::Dim);
        }
    }
    x
}

/// Articles of the result without a day of their own.
fn undated(model: &Model) -> usize {
    if model.timeline.by != DayField::Published {
        return 0;
    }
    match model.result.answer.timeline.last() {
        Some(Row::Undated { articles, .. }) => *articles as usize,
        _ => 0,
    }
}

/// `kept · 2 notes · #minyan` behind the path in the text's title.
pub(super) fn detail(model: &Model, id: ArticleId) -> String {
    let Some(marks) = model.triage.marks(&model.corpus, id) else {
        return String::new();
    };
    let mut detail = String::new();
    let mut add = |part: &str| {
        detail.push_str(" · ");
        detail.push_str(part);
    };
    if let Some(decision) = marks.decision {
        add(decision.name());
    }
    match marks.notes.len() {
        0 => {}
        1 => add("1 note"),
        n => add(&format!("{n} notes")),
    }
    for tag in &marks.tags {
        add(&format!("#{tag}"));
    }
    detail
}

/// Rows that the panel takes, its title and its line included.
fn height(model: &Model, panel: &Panel) -> u16 {
    let rows = match panel {
        Panel::Views { .. } => model.triage.views().len().min(VIEW_ROWS) + 2,
        Panel::Tag { editor, .. } => model.triage.tags(editor.text()).len().min(PANEL_ROWS) + 3,
        Panel::Note(note) => {
            let marks = model.triage.state.marks(&note.document);
            let notes = marks.map_or(0, |marks| marks.notes.len());
            3 + notes.min(4) + usize::from(note.passage.is_some())
        }
    };
    u16::try_from(rows).unwrap_or(u16::MAX)
}

fn area(model: &Model, panel: &Panel, geometry: &Geometry) -> Rect {
    let screen = geometry.screen;
    Rect {
        y: 1,
        height: height(model, panel).min(screen.height.saturating_sub(2)),
        ..screen
    }
}

/// Lines of a panel, one below the other.
struct Lines<'p, 'b> {
    painter: &'p mut Painter<'b>,
    area: Rect,
    y: u16,
}

impl Lines<'_, '_> {
    /// The next row, empty when the panel ends.
    fn next(&mut self) -> Rect {
        let row = Rect {
            y: self.y,
            height: u16::from(self.y < self.area.bottom()),
            ..self.area
        };
        self.y += 1;
        row
    }

    fn say(&mut self, text: &str, role: Role) {
        let row = self.next();
        if row.height > 0 {
            self.painter.corpus_at(row, 2, text, role);
        }
    }
}

/// Draws the panel, if one is open.
pub(super) fn draw(model: &Model, geometry: &Geometry, painter: &mut Painter) {
    let Some(panel) = &model.triage.panel else {
        return;
    };
    let area = area(model, panel, geometry);
    painter.clear(area);
    let mut lines = Lines {
        painter,
        area,
        y: area.y,
    };
    let title = lines.next();
    let text = heading(model, panel);
    let x = lines.painter.text(title, 1, &text, Role::TitleFocused);
    lines.painter.row_rule(title, x + 1);
    if let Some(editor) = panel.editor() {
        let row = lines.next();
        let (text, _) = tail(editor.text(), editor.caret(), row.width.saturating_sub(4));
        lines.painter.corpus_at(row, 2, text, Role::Notice);
    }
    match panel {
        Panel::Tag { editor, chosen, .. } => {
            let tags = model.triage.tags(editor.text());
            for (at, (tag, count)) in tags.iter().enumerate().take(PANEL_ROWS) {
                let row = lines.next();
                if row.height > 0 {
                    if *chosen == Some(at) {
                        let gutter = lines.painter.glyphs.gutter;
                        lines.painter.gutter(row.x, row.y, gutter, true);
                    }
                    let x = lines
                        .painter
                        .text(row, 2, &format!("{count:>5}"), Role::Dim);
                    lines.painter.corpus_at(row, x + 1, tag, Role::Notice);
                }
            }
            lines.say("Enter tags · Tab completes · Esc drops", Role::Dim);
        }
        Panel::Note(note) => {
            if let Some(passage) = &note.passage {
                lines.say(&passage.quote, Role::Dim);
            }
            let marks = model.triage.state.marks(&note.document);
            for old in marks.map_or(&[][..], |marks| &marks.notes).iter().take(4) {
                let sign = if Some(old.id) == note.replaces {
                    "▸"
                } else {
                    " "
                };
                lines.say(&format!("{sign} {}: {}", old.author, old.text), Role::Dim);
            }
            let hint = if note.replaces.is_some() {
                "Enter takes the new wording; an empty one removes the note"
            } else {
                "Enter keeps the note · ↑ rewords an old one · Esc drops"
            };
            lines.say(hint, Role::Dim);
        }
        Panel::Views { scroll } => draw_views(model, scroll.row, scroll.top, &mut lines),
    }
}

fn draw_views(model: &Model, selected: usize, top: usize, lines: &mut Lines<'_, '_>) {
    let views = model.triage.views();
    // the hint has the last row
    let rows = usize::from(lines.area.height.saturating_sub(2)).min(VIEW_ROWS);
    for (at, view) in views.iter().enumerate().skip(top).take(rows) {
        let row = lines.next();
        if row.height == 0 {
            return;
        }
        let painter = &mut *lines.painter;
        if at == selected {
            painter.gutter(row.x, row.y, painter.glyphs.gutter, true);
        }
        painter.text(row, 2, &view.key.to_string(), Role::Key);
        let count = view.count.map_or_else(String::new, |n| n.to_string());
        let x = painter.text(row, 4, &format!("{count:>6}"), Role::Dim);
        let x = painter.corpus_at(row, x + 1, &view.name, Role::Notice);
        if view.own {
            painter.corpus_at(row, x.max(24) + 1, &view.query, Role::Dim);
        }
    }
    lines.say("a letter opens · s saves · D removes", Role::Dim);
}

fn heading(model: &Model, panel: &Panel) -> String {
    let title = |key: &DocumentKey| {
        let ids = model.triage.sheet.articles(key);
        let article = ids.first().and_then(|id| model.corpus.article(*id));
        article.map_or_else(String::new, |article| article.raw.path.clone())
    };
    match panel {
        Panel::Tag { documents, .. } => match documents.as_slice() {
            [only] => format!("Tag {}", title(only)),
            many => format!("Tag {} articles", many.len()),
        },
        Panel::Note(note) if note.passage.is_some() => {
            format!("Note on a passage of {}", title(&note.document))
        }
        Panel::Note(note) => format!("Note on {}", title(&note.document)),
        Panel::Views { .. } => "Views".to_owned(),
    }
}

/// The end of a text up to which the caret and what stands before it fit into `room` cells; and the
/// caret's byte in it.
fn tail(text: &str, caret: usize, room: u16) -> (&str, usize) {
    let mut start = 0;
    let before = text.get(..caret).unwrap_or("");
    let mut cells = width::cells(before);
    for (at, cluster) in crate::text::segment::graphemes(before) {
        if cells < usize::from(room.max(1)) {
            break;
        }
        cells -= width::cells(cluster);
        start = at + cluster.len();
    }
    (text.get(start..).unwrap_or(""), caret - start)
}

/// Where the caret of the panel's line stands.
pub(super) fn caret(model: &Model, geometry: &Geometry) -> Option<Position> {
    let panel = model.triage.panel.as_ref()?;
    let editor = panel.editor()?;
    let area = area(model, panel, geometry);
    let mut scratch = ratatui::buffer::Buffer::empty(geometry.screen);
    let painter = Painter::new(&mut scratch, model);
    let (text, at) = tail(editor.text(), editor.caret(), area.width.saturating_sub(4));
    let x = 2 + painter.caret_column(text, at);
    Some(Position::new(
        x.min(geometry.screen.width.saturating_sub(1)),
        area.y + 1,
    ))
}
