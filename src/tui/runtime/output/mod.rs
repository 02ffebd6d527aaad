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
mod layers;
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
/// costs 16, and terminals read a thousand bytes that were written at once in one go.
const SYNCHRONIZE_ABOVE: usize = 1000;

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
    /// Rows that a frame which broke off left as they were.
    left: Vec<u16>,
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
    sent: Sent,
    /// Bytes after which a frame breaks off, at the end of a row.
    part: Option<usize>,
    /// While a frame is broken off: what was shown before its first part, for its ink.
    ink: Option<Grid>,
}

/// What was written since that was last asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sent {
    /// Bytes, the trailer among them.
    pub(super) bytes: usize,
    /// Whether the trailer followed.
    pub(super) trailed: bool,
}

/// A frame, or as much of it as a part may hold.
struct Painted {
    bytes: Vec<u8>,
    /// What is known of the terminal after them.
    state: State,
    /// What the terminal was told to scroll first.
    scroll: Option<Scroll>,
    /// Rows that are as wanted then.
    done: Vec<u16>,
    /// Rows that have to be looked at yet.
    left: Vec<u16>,
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
            left: Vec::new(),
            state: State {
                cursor: Cursor::UNKNOWN,
                pen: None,
            },
            erase: true,
            rest: Position::ORIGIN,
            cursor_wanted: false,
            cursor_shown: None,
            trailer: None,
            sent: Sent::default(),
            part: None,
            ink: None,
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

    /// What was written since the last call.
    pub(super) fn take_sent(&mut self) -> Sent {
        std::mem::take(&mut self.sent)
    }

    /// Sets after how many bytes a frame breaks off, at the end of a row, to be gone on with by
    /// the next one: over a slow line a key then waits for a part, and not for a screenful.
    pub(super) fn set_part(&mut self, part: Option<usize>) {
        self.part = part;
    }

    /// Whether the last frame broke off before the screen was as wanted.
    pub(super) fn is_unfinished(&self) -> bool {
        self.ink.is_some()
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
        self.ink = None;
        self.left.clear();
        self.state = State {
            cursor: Cursor::UNKNOWN,
            pen: None,
        };
        self.cursor_shown = None;
        self.dirty.fill(true);
    }

    /// The fewest bytes found from what is shown to what is wanted, and what is known after them.
    fn frame(&self) -> Painted {
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
        if self.is_unfinished() {
            return self.painted(&self.shown, None, self.with_left(rows));
        }
        let plain = self.painted(&self.shown, None, rows.clone());
        let scroll = match rows.len() {
            0..=2 => None,
            _ => scroll::find(&self.wanted, &self.shown),
        };
        let Some(scroll) = scroll else { return plain };
        let mut moved = self.shown.clone();
        moved.scroll(scroll);
        let touched = scroll.top..=scroll.bottom;
        let rows = (0..height).filter(|y| dirty(y) || touched.contains(y));
        let scrolled = self.painted(&moved, Some(scroll), rows.collect());
        // where neither is whole, the one that leaves less
        let cost = |painted: &Painted| (painted.left.len(), painted.bytes.len());
        if cost(&scrolled) < cost(&plain) {
            scrolled
        } else {
            plain
        }
    }

    /// The rows that changed since a frame broke off, and those that it left: a few come first, as
    /// a mark that moved; many begin where the frame broke off, lest the same rows always wait.
    fn with_left(&self, changed: Vec<u16>) -> Vec<u16> {
        let few = changed.len() <= FEW_ROWS / 2;
        let from = self.left.first().copied().unwrap_or(0);
        let is_new = |y: &u16| !changed.contains(y);
        let mut others: Vec<u16> = self.left.iter().copied().filter(is_new).collect();
        if few {
            return [changed, others].concat();
        }
        others.extend(changed);
        others.sort_unstable();
        let first = others.partition_point(|y| *y < from);
        others.rotate_left(first);
        others
    }

    /// The bytes that paint these rows of a screen, which shows `shown` once `scroll` is done.
    fn painted(&self, shown: &Grid, scroll: Option<Scroll>, rows: Vec<u16>) -> Painted {
        let ink = self.ink.as_ref().unwrap_or(shown);
        let mut start = Painter::new(&self.wanted, shown, ink, self.capabilities, self.state);
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
        let most = self.part.unwrap_or(usize::MAX);
        let mut best = start.clone();
        let mut done = best.rows(rows.iter().copied(), rest, most);
        if rows.len() > 1 && rows.len() <= FEW_ROWS && done == rows.len() {
            let mut upwards = start.clone();
            let all = upwards.rows(rows.iter().rev().copied(), rest, most) == done;
            if all && upwards.out.len() < best.out.len() {
                best = upwards;
            }
        }
        if done >= layers::WORTH {
            Self::try_layers(
                &mut best,
                &start,
                rows.get(..done).unwrap_or_default(),
                rest,
            );
            // what that saves is room in a part for further rows
            while let Some(more) = rows.get(..=done).filter(|_| best.out.len() < most) {
                let mut longer = start.clone();
                longer.rows(more.iter().copied(), rest, usize::MAX);
                Self::try_layers(&mut longer, &start, more, rest);
                (best, done) = (longer, more.len());
            }
        }
        if self.cursor_wanted && self.cursor_shown != Some(true) {
            best.out.extend_from_slice(b"\x1b[?25h");
        }
        let mut done_rows = rows;
        let left = done_rows.split_off(done);
        Painted {
            bytes: best.out,
            state: best.state,
            scroll,
            done: done_rows,
            left,
        }
    }

    /// Paints rows by layers, each that makes the frame smaller than the best one so far.
    fn try_layers<'g>(
        best: &mut Painter<'g>,
        start: &Painter<'g>,
        rows: &[u16],
        rest: Option<(u16, u16)>,
    ) {
        let (needs, found) = start.layers(rows);
        let mut layers = Vec::new();
        for layer in found {
            layers.push(layer);
            let mut layered = start.clone();
            layered.layered(&needs, &layers);
            layered.rows(std::iter::empty(), rest, usize::MAX);
            if layered.out.len() < best.out.len() {
                *best = layered;
            } else {
                layers.pop();
            }
        }
    }

    /// Takes note that a frame was written, or a part of it.
    fn note(&mut self, painted: Painted) {
        if self.erase {
            self.shown = Grid::new(self.wanted.size());
        }
        if let Some(scroll) = painted.scroll {
            self.shown.scroll(scroll);
        }
        if painted.left.is_empty() {
            self.ink = None;
        } else if self.ink.is_none() {
            self.ink = Some(self.shown.clone());
        }
        for y in painted.done {
            self.shown.copy_row(y, &self.wanted);
        }
        self.dirty.fill(false);
        self.left = painted.left;
        self.state = painted.state;
        self.erase = false;
        self.cursor_shown = Some(self.cursor_wanted);
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
        let (wanted, shown) = (&self.wanted, &self.shown);
        let mut painter = Painter::new(wanted, shown, shown, self.capabilities, self.state);
        painter.set_pen(Pen::default());
        let last = Some((0, height.saturating_sub(1)));
        painter.rows(std::iter::empty(), last, usize::MAX);
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
        let mut painted = self.frame();
        let bytes = &mut painted.bytes;
        if !bytes.is_empty() {
            // what arrives in parts is seen in parts
            if self.part.is_none() && bytes.len() > SYNCHRONIZE_ABOVE {
                bytes.splice(..0, *b"\x1b[?2026h");
                bytes.extend_from_slice(b"\x1b[?2026l");
            }
            if let Some(trailer) = self.trailer.filter(|trailer| bytes.len() > trailer.above) {
                bytes.extend_from_slice(trailer.bytes);
                self.sent.trailed = true;
            }
            self.sent.bytes += bytes.len();
            let written = self
                .writer
                .write_all(bytes)
                .and_then(|()| self.writer.flush());
            if let Err(error) = written {
                self.forget();
                return Err(error);
            }
        }
        self.note(painted);
        Ok(())
    }
}
