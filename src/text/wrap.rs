//! A paragraph and a width → visual lines of placed cells.

use std::ops::Range;

use compact_str::CompactString;

use crate::text::bidi::Direction;

/// How to lay text out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Direction of paragraphs without a strong character and, with `force`, of all paragraphs.
    pub base: Direction,
    /// Whether `base` overrides the first strong character (a document of known language).
    pub force: bool,
    /// Whether Arabic letters are given their presentation forms.
    pub shape: bool,
    /// Whether combining marks (tashkeel) are kept.
    pub marks: bool,
}

/// What one or two terminal cells show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What to print: one grapheme cluster, shaped and mirrored. Never a control character.
    pub symbol: CompactString,
    /// Cells that the symbol takes: 1 or 2.
    pub width: u8,
    /// Byte range of the source that the symbol stands for. The cells of a line cover the line's
    /// source without overlap, apart from white space at a wrap and what is not shown.
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

    /// The cell that covers a column, counted from the line's left edge.
    #[must_use]
    pub fn cell_at(&self, column: u16) -> Option<&Cell> {
        let mut end = 0;
        self.cells.iter().find(|cell| {
            end += u16::from(cell.width);
            column < end
        })
    }
}
