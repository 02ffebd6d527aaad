//! A paragraph and a width → visual lines of placed cells.
//!
//! The order of steps is that of UAX #9, and matters: glyphs are made and joined across the whole
//! paragraph; levels are resolved for the whole paragraph; lines are broken in logical order,
//! counting the cells of shaped glyphs; then each line is reordered (L1, L2) and its brackets
//! mirrored (L4).
//!
//! Bidi controls in the text are shown and do not order it: [`Controls::Inert`]. They only help to
//! find a paragraph's direction, which changes no order of words within a sentence: a leading
//! right-to-left mark says how the paragraph is meant, and P2 passes over isolates.

mod breaks;
mod place;

use std::ops::Range;

use compact_str::CompactString;

use crate::text::bidi;
use crate::text::bidi::Controls;
use crate::text::bidi::Direction;
use crate::text::glyph::Glyphs;
use crate::text::glyph::Style;
use crate::text::segment;

/// How to lay text out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Direction of paragraphs without a strong character and, with `force`, of all paragraphs
    /// (in a right-to-left document: of all but those without a right-to-left letter).
    pub base: Direction,
    /// Whether `base` overrides the first strong character (a document of known language).
    pub force: bool,
    /// Whether Arabic letters are given their presentation forms.
    pub shape: bool,
    /// Whether Arabic combining marks (tashkeel) are kept. Other marks always are: without them
    /// it is another letter.
    pub marks: bool,
}

impl Options {
    /// The direction of a paragraph.
    #[must_use]
    pub fn direction_of(&self, paragraph: &str) -> Direction {
        match (self.force, self.base) {
            (true, Direction::Rtl) => Direction::in_rtl_document(paragraph),
            (true, Direction::Ltr) => Direction::Ltr,
            (false, base) => Direction::of(paragraph, base),
        }
    }

    fn style(self, limit: u16, one_line: bool) -> Style {
        Style {
            limit,
            shape: self.shape,
            tashkeel: self.marks,
            one_line,
        }
    }
}

/// What one or two terminal cells show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What to print: one grapheme cluster, shaped and mirrored. Never a control character.
    pub symbol: CompactString,
    /// Cells that the symbol takes: 1 or 2.
    pub width: u8,
    /// Byte range of the source that the symbol stands for. The cells of a line cover the line's
    /// source without overlap, apart from white space at a wrap and what is not shown; the cells
    /// of one stand-in (`‹RLO›`) share their range.
    pub source: Range<usize>,
}

/// One row of laid out text, its cells from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisualLine {
    /// Cells in visual order.
    pub cells: Vec<Cell>,
    /// Direction of the paragraph: RTL rows are aligned right by whoever draws them.
    pub direction: Direction,
    /// Byte range of the source that the line covers, white space at its end included.
    pub source: Range<usize>,
    /// Cells in all.
    pub width: u16,
    /// Whether the line is the last of its paragraph.
    pub ends_paragraph: bool,
}

impl VisualLine {
    /// Columns (from the line's left edge, end exclusive) of the cells that show any byte of
    /// `bytes`: several spans where bidi order splits the range.
    #[must_use]
    pub fn columns_of(&self, bytes: &Range<usize>) -> Vec<Range<u16>> {
        let mut spans: Vec<Range<u16>> = Vec::new();
        let mut column = 0;
        for cell in &self.cells {
            let end = column + u16::from(cell.width);
            if cell.source.start < bytes.end && bytes.start < cell.source.end {
                match spans.last_mut() {
                    Some(last) if last.end == column => last.end = end,
                    _ => spans.push(column..end),
                }
            }
            column = end;
        }
        spans
    }

    /// The column at which the line begins in an area of `room` columns: right-to-left lines end at
    /// its right edge.
    #[must_use]
    pub fn left_edge(&self, room: u16) -> u16 {
        match self.direction {
            Direction::Ltr => 0,
            Direction::Rtl => room.saturating_sub(self.width),
        }
    }

    /// The cell that covers a column, counted from the line's left edge.
    #[must_use]
    pub fn cell_at(&self, column: u16) -> Option<&Cell> {
        let mut end = 0;
        self.cells.iter().find(|cell| {
            end += u16::from(cell.width);
            column < end
        })
    }

    /// Replaces what the layout itself added by ASCII: stand-ins (`␛` by `?`, `‹RLO›` by `<RLO>`)
    /// and the `…` of a row that was cut by `~`. Places and widths stay.
    pub fn use_ascii(&mut self) {
        for cell in &mut self.cells {
            let ascii = match cell.symbol.as_str() {
                "‹" => "<",
                "›" => ">",
                "…" => "~",
                "\u{FFFD}" => "?",
                symbol if symbol.starts_with(|c| ('\u{2400}'..='\u{2426}').contains(&c)) => "?",
                _ => continue,
            };
            cell.symbol = CompactString::const_new(ascii);
        }
    }
}

/// The line that shows a byte of the text, or of the line end behind it; `None` without lines.
#[must_use]
pub fn line_of_byte(lines: &[VisualLine], byte: usize) -> Option<usize> {
    let after = lines.partition_point(|line| line.source.start <= byte);
    if lines.is_empty() {
        None
    } else {
        Some(after.saturating_sub(1))
    }
}

/// Lays out all paragraphs of `text` in lines of at most `width` cells (0 counts as 1; a
/// character of two cells becomes `�` in lines of one). Offsets count in `text`. An empty
/// paragraph is one empty line; an empty text has no line.
#[must_use]
pub fn layout(text: &str, width: u16, options: &Options) -> Vec<VisualLine> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut glyphs = Glyphs::default();
    for range in segment::paragraphs(text) {
        let paragraph = text.get(range.clone()).unwrap_or("");
        let direction = options.direction_of(paragraph);
        glyphs.build(paragraph, options.style(width, false));
        resolve_levels(paragraph, direction, &mut glyphs);
        let row = place::Row {
            glyphs: &glyphs,
            base: range.start,
            direction,
            width,
        };
        let all = glyphs.as_slice();
        let mut start = 0;
        let mut source = range.start;
        loop {
            let end = breaks::next_break(all, start, width);
            let next = all.get(end).filter(|_| end > start);
            let source_end = next.map_or(range.end, |next| range.start + next.start as usize);
            let ends_paragraph = next.is_none();
            lines.push(row.place(start..end, source..source_end, ends_paragraph));
            if ends_paragraph {
                break;
            }
            (start, source) = (end, source_end);
        }
    }
    lines
}

/// Lays out `text` as one row of at most `width` cells: each run of white space, line ends
/// included, is one blank. Text that does not fit is cut at its logical end, where a `…` stands
/// for the rest (so that a hit in the rest lights it); in a right-to-left row that is the left.
/// An empty row for a width of 0.
#[must_use]
pub fn layout_line(text: &str, width: u16, options: &Options) -> VisualLine {
    let direction = options.direction_of(text);
    let mut glyphs = Glyphs::default();
    // only what can be seen is laid out, with some context for joining and bidi
    let mut prefix = usize::from(width) * 16 + 256;
    let (fits, whole) = loop {
        let seen = text.get(..text.floor_char_boundary(prefix)).unwrap_or(text);
        glyphs.build(seen, options.style(width, true));
        let whole = seen.len() == text.len();
        let fits = breaks::cut(glyphs.as_slice(), width);
        if whole || fits < glyphs.as_slice().len() {
            resolve_levels(seen, direction, &mut glyphs);
            break (fits, whole);
        }
        prefix = prefix.saturating_mul(4);
    };
    let row = place::Row {
        glyphs: &glyphs,
        base: 0,
        direction,
        width,
    };
    let cut = (!whole || fits < glyphs.as_slice().len()) && width > 0;
    let mut line = row.place(0..fits, 0..text.len(), true);
    if cut {
        let start = glyphs
            .as_slice()
            .get(fits)
            .map_or(text.len(), |next| next.start as usize);
        line.append_ellipsis(start..text.trim_end().len().max(start));
    }
    line
}

/// The same with ASCII stand-ins, and `~` for the `…`.
#[must_use]
pub fn layout_line_ascii(text: &str, width: u16, options: &Options) -> VisualLine {
    let mut line = layout_line(text, width, options);
    line.use_ascii();
    line
}

/// Gives each glyph the embedding level of its first byte.
fn resolve_levels(paragraph: &str, direction: Direction, glyphs: &mut Glyphs) {
    let plain = direction == Direction::Ltr && !paragraph.chars().any(bidi::is_rtl_block);
    if plain {
        return;
    }
    let levels = bidi::levels(paragraph, direction, Controls::Inert);
    for glyph in glyphs.as_mut_slice() {
        if let Some(level) = levels.get(glyph.start as usize) {
            glyph.level = *level;
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
