//! Writing into the frame's cells. Corpus text goes through the text layer, cell by cell; our own
//! words get cells of their own and are never joined to it.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::theme::Role;
use crate::text::bidi::Direction;
use crate::text::wrap::{self, VisualLine};
use crate::text::{segment, visible, width};
use crate::tui::model::Model;
use crate::tui::model::page::to_logical;
use crate::tui::view::glyphs::{self, Glyphs};
use crate::tui::view::style;

/// RIGHT-TO-LEFT ISOLATE and POP DIRECTIONAL ISOLATE.
const RLI: char = '\u{2067}';
const PDI: char = '\u{2069}';

/// A frame's cells with the theme and the signs to draw them by.
pub(super) struct Painter<'b> {
    buffer: &'b mut Buffer,
    styles: style::Styles,
    /// Signs.
    pub(super) glyphs: Glyphs,
    ascii: bool,
    logical: bool,
    options: wrap::Options,
}

/// A range of bytes of a line with the look that it gets.
pub(super) struct Highlight {
    /// Bytes, in the offsets of the line.
    pub(super) bytes: Range<usize>,
    /// What is laid over the line's own style.
    pub(super) style: Style,
}

impl<'b> Painter<'b> {
    /// A painter over a frame.
    pub(super) fn new(buffer: &'b mut Buffer, model: &Model) -> Self {
        let settings = &model.config.settings;
        Self {
            buffer,
            styles: style::Styles::new(&model.config.theme),
            glyphs: if settings.ascii {
                glyphs::ASCII
            } else {
                glyphs::UNICODE
            },
            ascii: settings.ascii,
            logical: model.logical,
            options: wrap::Options {
                base: Direction::Ltr,
                force: false,
                shape: settings.shape && !model.logical,
                marks: model.marks,
            },
        }
    }

    /// The look of a role.
    pub(super) fn style(&self, role: Role) -> Style {
        self.styles.get(role)
    }

    /// Our own words from column `x` of a row (both counted inside `row`); gives the column behind.
    pub(super) fn text(&mut self, row: Rect, x: u16, text: &str, role: Role) -> u16 {
        let style = self.style(role);
        self.styled(row, x, text, style)
    }

    /// The same with a look of its own.
    pub(super) fn styled(&mut self, row: Rect, mut x: u16, text: &str, style: Style) -> u16 {
        let text = if self.ascii {
            plain(text)
        } else {
            text.to_owned()
        };
        for (_, cluster) in segment::graphemes(&visible::sanitize(&text)) {
            let cells = u16::try_from(width::cells(cluster)).unwrap_or(1).max(1);
            if x + cells > row.width {
                break;
            }
            self.put(row.x + x, row.y, cluster, cells, style);
            x += cells;
        }
        x
    }

    /// Corpus text on one line from column `x` to the row's end, cut with an ellipsis; a
    /// right-to-left one stands at the right end. Gives the column behind the text, or the row's.
    pub(super) fn corpus(&mut self, row: Rect, x: u16, text: &str, style: Style, rtl: bool) -> u16 {
        let room = row.width.saturating_sub(x);
        let line = self.lay(text, room, rtl);
        self.line(
            Rect {
                x: row.x + x,
                width: room,
                ..row
            },
            &line,
            style,
            &[],
        );
        if line.direction == Direction::Rtl {
            row.width
        } else {
            x + line.width
        }
    }

    /// Corpus text on one line from column `x`, left-aligned whatever its direction: for a name
    /// among our own words. Gives the column behind it.
    pub(super) fn corpus_at(&mut self, row: Rect, x: u16, text: &str, role: Role) -> u16 {
        let room = row.width.saturating_sub(x);
        let line = self.lay(text, room, false);
        let style = self.style(role);
        let area = Rect {
            x: row.x + x,
            width: line.width.min(room),
            ..row
        };
        self.line(area, &line, style, &[]);
        x + line.width
    }

    /// How corpus text is laid out, from the right where `rtl` says so.
    pub(super) fn wrap_options(&self, rtl: bool) -> wrap::Options {
        wrap::Options {
            base: if rtl { Direction::Rtl } else { Direction::Ltr },
            force: rtl,
            ..self.options
        }
    }

    /// One line of corpus text in at most `room` cells.
    pub(super) fn lay(&self, text: &str, room: u16, rtl: bool) -> VisualLine {
        let options = self.wrap_options(rtl);
        let mut line = wrap::layout_line(text, room, &options);
        if self.ascii {
            line.use_ascii();
        }
        if self.logical {
            to_logical(&mut line, text);
        }
        line
    }

    /// Our own sentence, cut into lines of at most `room` cells.
    pub(super) fn wrap(&self, text: &str, room: u16) -> Vec<String> {
        wrap::layout(text, room.max(1), &self.options)
            .iter()
            .map(|line| {
                text.get(line.source.clone())
                    .unwrap_or("")
                    .trim_end()
                    .to_owned()
            })
            .collect()
    }

    /// The column (from the line's left edge) of a caret before byte `caret` of a line: left of the
    /// cluster that follows it, or on its right side where that reads from right to left.
    pub(super) fn caret_column(&self, text: &str, caret: usize) -> u16 {
        let line = self.lay(text, u16::MAX, false);
        let mut column = 0;
        let mut found = None;
        for cell in &line.cells {
            if cell.source.start <= caret && caret < cell.source.end {
                found = Some(column);
            }
            column += u16::from(cell.width);
        }
        found.unwrap_or(if line.direction == Direction::Rtl && !self.logical {
            0
        } else {
            line.width
        })
    }

    /// A laid out line into an area of one row, right-aligned when it is right-to-left. For a
    /// terminal that reorders by itself, such a line stands in an isolate: else the terminal would
    /// order its words from the left.
    pub(super) fn line(
        &mut self,
        area: Rect,
        line: &VisualLine,
        style: Style,
        highlights: &[Highlight],
    ) {
        let mut x = line.left_edge(area.width);
        for cell in &line.cells {
            let cells = u16::from(cell.width);
            if x + cells > area.width {
                break;
            }
            let mut look = style;
            for highlight in highlights {
                if highlight.bytes.start < cell.source.end
                    && cell.source.start < highlight.bytes.end
                {
                    look = look.patch(highlight.style);
                }
            }
            self.put(area.x + x, area.y, &cell.symbol, cells, look);
            x += cells;
        }
        if self.logical
            && line.direction == Direction::Rtl
            && let Some(before) = (area.x + line.left_edge(area.width)).checked_sub(1)
            && let Some(last) = line.cells.last().filter(|_| line.width <= area.width)
        {
            self.append(before, area.y, RLI);
            self.append(area.x + x - u16::from(last.width), area.y, PDI);
        }
    }

    /// Corpus text around a hit in it: the hit's first cell from the left stands two fifths into the
    /// row whatever the text's direction, and what does not fit is cut off on both sides.
    pub(super) fn around(
        &mut self,
        row: Rect,
        text: &str,
        hit: Range<usize>,
        direction: Direction,
        style: Style,
        hit_style: Style,
    ) {
        let options = wrap::Options {
            base: direction,
            force: true,
            ..self.options
        };
        let mut line = wrap::layout_line(text, u16::MAX, &options);
        let columns = line.columns_of(&hit);
        let first = columns.first().map_or(0, |columns| columns.start);
        let width = columns.last().map_or(0, |columns| columns.end - first);
        // a hit that is longer than the rest of the row begins further to the left
        let at = (row.width * 2 / 5).min(row.width.saturating_sub(width));
        let skipped = first.saturating_sub(at);
        let mut column = 0;
        let mut x = None;
        line.cells.retain(|cell| {
            let start = column;
            column += u16::from(cell.width);
            let fits = start >= skipped && column - skipped + at.saturating_sub(first) <= row.width;
            if fits {
                x.get_or_insert(start - skipped + at.saturating_sub(first));
            }
            fits
        });
        line.width = line.cells.iter().map(|cell| u16::from(cell.width)).sum();
        if self.ascii {
            line.use_ascii();
        }
        if self.logical {
            to_logical(&mut line, text);
        }
        let area = Rect {
            x: row.x + x.unwrap_or(0),
            width: line.width,
            ..row
        };
        let highlight = Highlight {
            bytes: hit,
            style: hit_style,
        };
        self.line(area, &line, style, &[highlight]);
    }

    /// Lets a character that takes no cell ride on one.
    fn append(&mut self, x: u16, y: u16, control: char) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            let symbol = format!("{}{control}", cell.symbol());
            cell.set_symbol(&symbol);
        }
    }

    /// The mark before the selected row: it and bold are all that a move changes.
    pub(super) fn gutter(&mut self, x: u16, y: u16, symbol: &str, focused: bool) {
        let role = if focused { Role::Selected } else { Role::Dim };
        let style = self.style(role).remove_modifier(Modifier::REVERSED);
        self.put(x, y, symbol, 1, style);
    }

    /// A rule between two panes.
    pub(super) fn column_rule(&mut self, rect: Rect) {
        let style = self.style(Role::Dim);
        for y in rect.y..rect.bottom() {
            self.put(rect.x, y, self.glyphs.column, 1, style);
        }
    }

    /// A rule from column `x` of a row to its end.
    pub(super) fn row_rule(&mut self, row: Rect, x: u16) {
        let style = self.style(Role::Dim);
        for x in row.x + x..row.right() {
            self.put(x, row.y, self.glyphs.rule, 1, style);
        }
    }

    /// Empties an area that an overlay takes.
    pub(super) fn clear(&mut self, area: Rect) {
        for position in area.intersection(*self.buffer.area()).positions() {
            self.buffer[position].reset();
        }
    }

    fn put(&mut self, x: u16, y: u16, symbol: &str, cells: u16, style: Style) {
        for offset in 0..cells {
            let Some(cell) = self.buffer.cell_mut((x + offset, y)) else {
                return;
            };
            cell.reset();
            if offset == 0 {
                cell.set_symbol(symbol);
            }
            cell.set_style(style);
        }
    }
}

/// Our own signs in ASCII.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '×' => 'x',
            '…' | '≈' => '~',
            '·' | '▏' | '│' => '|',
            '●' => '*',
            '⋮' => ':',
            '−' | '–' => '-',
            '↑' => '^',
            '↓' => 'v',
            '←' => '<',
            '→' => '>',
            other => other,
        })
        .collect()
}
