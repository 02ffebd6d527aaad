//! Our own ratatui backend: few bytes, one write a frame.
//!
//! It keeps what the terminal shows, so a frame is the difference between two screens and not a
//! list of commands: an unchanged frame is no byte at all, a mark that moves one row a handful.
//! Moves are relative where that is shorter, unchanged cells are printed again where that is
//! shorter than a move, blanks are erased, and the cursor's column is never trusted after a
//! symbol whose width terminals disagree on.
//!
//! Not here: modes of the terminal (see `terminal`), and what bidi terminals need (`dialect`).

mod colour;
mod cursor;
mod grid;
mod paint;
mod pen;
mod scroll;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

pub use colour::ColourDepth;
use cursor::Cursor;
use grid::{Glyph, Grid};
use paint::{Painter, State};
use pen::Pen;
use scroll::Scroll;

/// Bytes from which a frame is bracketed as one synchronized update (`CSI ? 2026 h`): the bracket
/// costs 16.
const SYNCHRONIZE_ABOVE: usize = 200;

/// Rows up to which both orders of painting are tried.
const FEW_ROWS: usize = 8;

/// What the terminal can do beyond what all can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// How many colours are sent.
    pub colours: ColourDepth,
    /// Whether it repeats a character on `CSI n b`.
    pub repeat: bool,
    /// What becomes of ink that reached beyond its cell when the cell changes.
    pub residue: Residue,
}

/// What a terminal does about ink that reached beyond its cell, when the cell changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Residue {
    /// It clears what has to be cleared.
    #[default]
    Cleared,
    /// It clears the cell and no more: the cells that ink may have reached are printed again.
    Stays,
    /// The same, and it does not draw a cell again that is printed as it is: such a cell must hold
    /// something else in between.
    Sticks,
}

/// A backend that writes to `W`: one `write_all` a frame.
#[derive(Debug)]
pub struct Output<W: Write> {
    writer: W,
    capabilities: Capabilities,
    wanted: Grid,
    shown: Grid,
    /// Rows that may differ between the two.
    dirty: Vec<bool>,
    state: State,
    /// Whether the screen is to be erased first: what it shows is not known.
    erase: bool,
    /// Where the cursor shall rest, in cells from the top left.
    rest: Position,
    cursor_wanted: bool,
    /// `None` when not known.
    cursor_shown: Option<bool>,
    /// What follows frames of some size.
    trailer: Option<Trailer>,
    /// Bytes of the frame that it followed, until that is asked.
    trailed: Option<usize>,
}

/// Bytes that follow frames of more than a number of bytes, in the same write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trailer {
    pub(super) above: usize,
    pub(super) bytes: &'static [u8],
}

impl<W: Write> Output<W> {
    /// A backend for a screen of `size`, of which nothing is known yet.
    pub fn new(writer: W, size: Size, capabilities: Capabilities) -> Self {
        Self {
            writer,
            capabilities,
            wanted: Grid::new(size),
            shown: Grid::new(size),
            dirty: vec![false; usize::from(size.height)],
            state: State {
                cursor: Cursor::UNKNOWN,
                pen: None,
            },
            erase: true,
            rest: Position::ORIGIN,
            cursor_wanted: false,
            cursor_shown: None,
            trailer: None,
            trailed: None,
        }
    }

    /// What is written to.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    /// What is written to. After writing to it, call [`Output::forget`] unless neither the
    /// screen nor the cursor was touched.
    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    /// What the terminal can do.
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// Changes what the terminal can do; the colours of cells to come follow it.
    pub fn set_capabilities(&mut self, capabilities: Capabilities) {
        self.capabilities = capabilities;
    }

    /// Sets what follows frames of some size.
    pub(super) fn set_trailer(&mut self, trailer: Option<Trailer>) {
        self.trailer = trailer;
    }

    /// Bytes of the last frame that the trailer followed, if it did since the last call.
    pub(super) fn take_trailed(&mut self) -> Option<usize> {
        self.trailed.take()
    }

    /// Takes note of a new size. ratatui asks for it before each frame, and redraws if it differs.
    pub fn set_size(&mut self, size: Size) {
        if size != self.wanted.size() {
            self.wanted = Grid::new(size);
            self.shown = Grid::new(size);
            self.dirty = vec![false; usize::from(size.height)];
            self.forget();
        }
    }

    /// What the terminal shows is no longer known: the next frame is drawn from an empty screen.
    pub fn forget(&mut self) {
        self.erase = true;
        self.state = State {
            cursor: Cursor::UNKNOWN,
            pen: None,
        };
        self.cursor_shown = None;
        self.dirty.fill(true);
    }

    /// The fewest bytes found from what is shown to what is wanted, and what is known after them.
    fn frame(&self) -> (Vec<u8>, State) {
        let height = self.wanted.size().height;
        if self.erase {
            let blank = Grid::new(self.wanted.size());
            return self.painted(&blank, None, (0..height).collect());
        }
        let marked = |y: u16| self.dirty.get(usize::from(y)) == Some(&true);
        let residue = self.capabilities.residue != Residue::Cleared;
        // ink reaches one row far
        let dirty = |y: &u16| {
            marked(*y) || (residue && (marked(y + 1) || y.checked_sub(1).is_some_and(marked)))
        };
        let rows: Vec<u16> = (0..height).filter(dirty).collect();
        let plain = self.painted(&self.shown, None, rows.clone());
        let scroll = match rows.len() {
            0..=2 => None,
            _ => scroll::find(&self.wanted, &self.shown),
        };
        let Some(scroll) = scroll else { return plain };
        let mut scrolled = self.shown.clone();
        scrolled.scroll(scroll);
        let moved = scroll.top..=scroll.bottom;
        let rows = (0..height).filter(|y| dirty(y) || moved.contains(y));
        let scrolled = self.painted(&scrolled, Some(scroll), rows.collect());
        if scrolled.0.len() < plain.0.len() {
            scrolled
        } else {
            plain
        }
    }

    /// The bytes that paint these rows of a screen, which shows `shown` once `scroll` is done.
    fn painted(&self, shown: &Grid, scroll: Option<Scroll>, rows: Vec<u16>) -> (Vec<u8>, State) {
        let mut start = Painter::new(&self.wanted, shown, self.capabilities, self.state);
        if self.erase {
            start.set_pen(Pen::default());
            start.out.extend_from_slice(b"\x1b[H\x1b[J");
            start.state.cursor = Cursor::at(0, 0);
        }
        if !self.cursor_wanted && self.cursor_shown != Some(false) {
            start.out.extend_from_slice(b"\x1b[?25l");
        }
        if let Some(scroll) = scroll {
            start.scroll(scroll);
        }
        let rest = self.cursor_wanted.then_some((self.rest.x, self.rest.y));
        let mut best = start.clone();
        best.rows(rows.iter().copied(), rest);
        if rows.len() > 1 && rows.len() <= FEW_ROWS {
            let mut upwards = start;
            upwards.rows(rows.into_iter().rev(), rest);
            if upwards.out.len() < best.out.len() {
                best = upwards;
            }
        }
        if self.cursor_wanted && self.cursor_shown != Some(true) {
            best.out.extend_from_slice(b"\x1b[?25h");
        }
        (best.out, best.state)
    }

    fn clamp(&self, position: Position) -> Position {
        let size = self.wanted.size();
        Position {
            x: position.x.min(size.width.saturating_sub(1)),
            y: position.y.min(size.height.saturating_sub(1)),
        }
    }

    fn mark(&mut self, y: u16) {
        if let Some(dirty) = self.dirty.get_mut(usize::from(y)) {
            *dirty = true;
        }
    }
}

impl<W: Write> Backend for Output<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // ratatui may follow a wide cell with an update of its second column
        let mut second = None;
        for (x, y, cell) in content {
            let Some(glyph) = Glyph::of(cell, self.capabilities.colours) else {
                continue;
            };
            if second == Some((x, y)) && glyph.is_blank() {
                continue;
            }
            second = (glyph.width == 2).then_some((x + 1, y));
            if self.wanted.put(x, y, glyph) {
                self.mark(y);
            }
        }
        Ok(())
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.flush()?;
        let height = self.wanted.size().height;
        let mut painter = Painter::new(&self.wanted, &self.shown, self.capabilities, self.state);
        painter.set_pen(Pen::default());
        painter.rows(std::iter::empty(), Some((0, height.saturating_sub(1))));
        painter
            .out
            .extend(std::iter::repeat_n(b'\n', usize::from(lines)));
        let (bytes, state) = (painter.out, painter.state);
        self.state = state;
        let scroll = Scroll {
            top: 0,
            bottom: height.saturating_sub(1),
            by: lines,
            up: true,
        };
        self.wanted.scroll(scroll);
        self.shown.scroll(scroll);
        self.writer.write_all(&bytes)?;
        self.writer.flush()
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor_wanted = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor_wanted = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.rest)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.rest = self.clamp(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let Size { width, height } = self.wanted.size();
        let Position { x, y } = self.rest;
        let (rows, columns) = match clear_type {
            ClearType::All => {
                // asked for when the screen may be in disorder
                self.forget();
                (0..height, 0..0)
            }
            ClearType::AfterCursor => (y + 1..height, x..width),
            ClearType::BeforeCursor => (0..y, 0..(x + 1).min(width)),
            ClearType::CurrentLine => (0..0, 0..width),
            ClearType::UntilNewLine => (0..0, x..width),
        };
        for row in rows {
            self.wanted.erase(row, 0..width);
            self.mark(row);
        }
        self.wanted.erase(y, columns);
        self.mark(y);
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.wanted.size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.wanted.size(),
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        let (mut bytes, state) = self.frame();
        if !bytes.is_empty() {
            if bytes.len() > SYNCHRONIZE_ABOVE {
                bytes.splice(..0, *b"\x1b[?2026h");
                bytes.extend_from_slice(b"\x1b[?2026l");
            }
            if let Some(trailer) = self.trailer.filter(|trailer| bytes.len() > trailer.above) {
                bytes.extend_from_slice(trailer.bytes);
                self.trailed = Some(bytes.len());
            }
            let written = self
                .writer
                .write_all(&bytes)
                .and_then(|()| self.writer.flush());
            if let Err(error) = written {
                self.forget();
                return Err(error);
            }
        }
        self.state = state;
        self.erase = false;
        self.cursor_shown = Some(self.cursor_wanted);
        for (y, dirty) in (0..).zip(&mut self.dirty) {
            if std::mem::take(dirty) {
                self.shown.copy_row(y, &self.wanted);
            }
        }
        Ok(())
    }
}
