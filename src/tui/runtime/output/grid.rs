//! The cells of a screen as they are sent: symbol, columns, pen.

use compact_str::CompactString;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Size;

use super::colour::{Colour, ColourDepth};
use super::pen::Pen;
use super::scroll::Scroll;

/// One cell, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// What is printed; empty for the second column of a wide cell.
    pub(super) symbol: CompactString,
    /// Columns: 1 or 2, and 0 for the second column of a wide cell.
    pub(super) width: u8,
    /// Whether every terminal moves the cursor by `width` after the symbol.
    pub(super) certain: bool,
    pub(super) pen: Pen,
}

impl Glyph {
    /// A blank in the terminal's own colours.
    pub(super) fn blank() -> Self {
        Self {
            symbol: CompactString::const_new(" "),
            width: 1,
            certain: true,
            pen: Pen::default(),
        }
    }

    /// The second column of a wide cell.
    fn continuation() -> Self {
        Self {
            symbol: CompactString::const_new(""),
            width: 0,
            ..Self::blank()
        }
    }

    /// A cell as it is sent; `None` for a cell that holds nothing of its own. Control characters,
    /// which only a defect above could leave in a cell, are replaced.
    pub(super) fn of(cell: &Cell, depth: ColourDepth) -> Option<Self> {
        let symbol = cell.symbol();
        if symbol.is_empty() {
            return None;
        }
        let mut pen = Pen {
            foreground: Colour::reduced(cell.fg, depth),
            background: Colour::reduced(cell.bg, depth),
            modifier: cell.modifier,
        };
        if symbol == " " {
            pen = pen.on_blank();
        }
        if symbol.chars().any(char::is_control) {
            return Some(Self {
                symbol: CompactString::const_new("\u{FFFD}"),
                width: 1,
                certain: true,
                pen,
            });
        }
        let width = u8::try_from(cell.cell_width().clamp(1, 2)).unwrap_or(1);
        Some(Self {
            symbol: CompactString::new(symbol),
            width,
            certain: advance_is_certain(symbol, width),
            pen,
        })
    }

    pub(super) fn is_blank(&self) -> bool {
        self.symbol == " "
    }

    /// Whether its ink may reach into the cells beside it: Arabic letters end in tails.
    pub(super) fn overhangs(&self) -> bool {
        self.symbol.chars().next().is_some_and(|c| {
            matches!(c, '\u{600}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
        })
    }

    /// Whether its ink may reach into the rows above and below: letters with marks, and alef, the
    /// tallest letter, with hamza or madda.
    pub(super) fn towers(&self) -> bool {
        let mut chars = self.symbol.chars();
        let first = chars.next().unwrap_or(' ');
        chars.next().is_some()
            || matches!(first, '\u{622}' | '\u{623}' | '\u{625}' | '\u{FE81}'..='\u{FE84}'
                | '\u{FE87}' | '\u{FE88}' | '\u{FEF5}'..='\u{FEFA}')
    }

    /// Whether printing with `pen` draws this cell as wanted.
    pub(super) fn is_drawn_by(&self, pen: Option<Pen>) -> bool {
        pen.is_some_and(|pen| pen == self.pen || (self.is_blank() && pen.draws_blank_of(self.pen)))
    }

    /// Whether erasing draws this cell.
    pub(super) fn is_erased(&self) -> bool {
        self.is_blank() && self.pen == Pen::default()
    }
}

/// Whether terminals agree on how far a symbol moves the cursor. They do for single characters of
/// the scripts below; not for marks, emoji and invisible controls (a bidi control takes a column
/// in mlterm, none elsewhere).
fn advance_is_certain(symbol: &str, width: u8) -> bool {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return false;
    };
    let narrow = matches!(c,
        ' '..='~'
        | '\u{A0}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{556}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{60C}' | '\u{61B}' | '\u{61E}'..='\u{64A}' | '\u{660}'..='\u{66F}' | '\u{671}'..='\u{6D3}'
        | '\u{6F0}'..='\u{6FC}'
        | '\u{1E00}'..='\u{1FFE}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
        | '\u{20A0}'..='\u{20C0}'
        | '\u{2190}'..='\u{2193}' | '\u{2200}'..='\u{22FF}'
        | '\u{2500}'..='\u{25A0}' | '\u{25CB}' | '\u{25CF}' | '\u{2800}'..='\u{28FF}'
        | '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FBFF}' | '\u{FE80}'..='\u{FEFC}'
        | '\u{FFFD}');
    let wide = matches!(c,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF60}');
    (width == 1 && narrow) || (width == 2 && wide)
}

/// A screenful of cells, rows from the top. Every wide cell is followed by its second column, and
/// no second column stands alone.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    size: Size,
    glyphs: Vec<Glyph>,
}

impl Grid {
    /// A blank screen.
    pub(super) fn new(size: Size) -> Self {
        let cells = usize::from(size.width) * usize::from(size.height);
        Self {
            size,
            glyphs: vec![Glyph::blank(); cells],
        }
    }

    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// A row, from column 0; empty below the screen.
    pub(super) fn row(&self, y: u16) -> &[Glyph] {
        self.glyphs.get(self.range(y)).unwrap_or_default()
    }

    fn row_mut(&mut self, y: u16) -> &mut [Glyph] {
        let range = self.range(y);
        self.glyphs.get_mut(range).unwrap_or_default()
    }

    fn range(&self, y: u16) -> std::ops::Range<usize> {
        let width = usize::from(self.size.width);
        let start = usize::from(y) * width;
        start..start + width
    }

    /// Puts a cell; what it cuts in half becomes blank. `false` if nothing changed.
    pub(super) fn put(&mut self, x: u16, y: u16, mut glyph: Glyph) -> bool {
        let x = usize::from(x);
        let row = self.row_mut(y);
        let Some(before) = row.get(x) else {
            return false;
        };
        if *before == glyph {
            return false;
        }
        if glyph.width == 2 && x + 1 >= row.len() {
            // half a cell cannot be drawn
            glyph = Glyph {
                pen: glyph.pen.on_blank(),
                ..Glyph::blank()
            };
        }
        let wide = glyph.width == 2;
        clear_half(row, x);
        if let Some(cell) = row.get_mut(x) {
            *cell = glyph;
        }
        if wide {
            clear_half(row, x + 1);
            if let Some(cell) = row.get_mut(x + 1) {
                *cell = Glyph::continuation();
            }
        }
        true
    }

    /// Makes a range of columns of a row blank.
    pub(super) fn erase(&mut self, y: u16, columns: std::ops::Range<u16>) {
        for x in columns {
            self.put(x, y, Glyph::blank());
        }
    }

    /// Takes over a row of another grid of the same size.
    pub(super) fn copy_row(&mut self, y: u16, from: &Self) {
        self.row_mut(y).clone_from_slice(from.row(y));
    }

    /// Moves the rows of a stretch as the terminal does, blank rows following.
    pub(super) fn scroll(&mut self, scroll: Scroll) {
        let width = usize::from(self.size.width);
        let start = usize::from(scroll.top) * width;
        let end = (usize::from(scroll.bottom) + 1) * width;
        let Some(cells) = self.glyphs.get_mut(start..end) else {
            return;
        };
        let moved = (usize::from(scroll.by) * width).min(cells.len());
        let freed = if scroll.up {
            cells.rotate_left(moved);
            cells.len() - moved..cells.len()
        } else {
            cells.rotate_right(moved);
            0..moved
        };
        for glyph in cells.get_mut(freed).unwrap_or_default() {
            *glyph = Glyph::blank();
        }
    }
}

/// Before column `x` is overwritten: the other half of a wide cell there becomes blank.
fn clear_half(row: &mut [Glyph], x: usize) {
    match row.get(x).map(|glyph| glyph.width) {
        Some(0) => {
            if let Some(lead) = x.checked_sub(1).and_then(|x| row.get_mut(x)) {
                *lead = Glyph::blank();
            }
        }
        Some(2) => {
            if let Some(second) = row.get_mut(x + 1) {
                *second = Glyph::blank();
            }
        }
        _ => {}
    }
}
