//! From what the screen shows to what it should show, row by row, in few bytes.

use std::io::Write as _;

use super::cursor::{self, Cursor};
use super::grid::{Glyph, Grid};
use super::layers::{self, Layer};
use super::pen::{self, Pen};
use super::scroll::Scroll;
use super::{Capabilities, Residue};

/// What is known of the terminal between two bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) cursor: Cursor,
    /// `None` when not known.
    pub(super) pen: Option<Pen>,
}

/// The bytes of a frame while they are put together.
#[derive(Clone, Debug)]
pub(super) struct Painter<'g> {
    wanted: &'g Grid,
    shown: &'g Grid,
    /// What was shown before the first part of this frame: what of its ink is left goes with it.
    ink: &'g Grid,
    capabilities: Capabilities,
    pub(super) state: State,
    pub(super) out: Vec<u8>,
}

/// Changed cells of one row that are drawn by one means, as columns.
enum Step {
    /// Erase to the end of the row.
    EraseTail,
    /// Erase this many columns, leaving the cursor.
    Erase(u16),
    /// Print the cell, then repeat it this many times.
    Repeat(u16),
    /// Print the cell.
    Print,
    /// Print something else, and then the cell, which shows the same already.
    Unstick,
}

/// Whether a cell has to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// It shows what it shall.
    None,
    /// It does, but ink of what went from beside it may have stayed there.
    Ink,
    /// It does not.
    Differs,
}

impl<'g> Painter<'g> {
    /// `wanted`, `shown` and `ink` must have the same size.
    pub(super) fn new(
        wanted: &'g Grid,
        shown: &'g Grid,
        ink: &'g Grid,
        capabilities: Capabilities,
        state: State,
    ) -> Self {
        Self {
            wanted,
            shown,
            ink,
            capabilities,
            state,
            out: Vec::new(),
        }
    }

    /// Paints what differs in a row.
    fn row(&mut self, y: u16) {
        self.cells(y, &self.needs(y));
    }

    /// Paints rows, the cells of each layer before the others.
    pub(super) fn layered(&mut self, rows: &[(u16, Vec<Need>)], layers: &[Layer]) {
        let held = |layer: &Layer, x: usize, glyph: &Glyph| layer.holds(x, glyph);
        for (number, layer) in layers.iter().enumerate() {
            let before = layers.get(..number).unwrap_or_default();
            for (y, needs) in rows {
                self.cells_that(*y, needs, |x, glyph| {
                    held(layer, x, glyph) && !before.iter().any(|layer| held(layer, x, glyph))
                });
            }
        }
        for (y, needs) in rows {
            self.cells_that(*y, needs, |x, glyph| {
                !layers.iter().any(|layer| held(layer, x, glyph))
            });
        }
    }

    /// The rows with what they need, and the layers by which it may be painted.
    pub(super) fn layers(&self, rows: &[u16]) -> (Vec<(u16, Vec<Need>)>, Vec<Layer>) {
        let needs: Vec<_> = rows.iter().map(|y| (*y, self.needs(*y))).collect();
        let cells = needs.iter();
        let found = layers::find(cells.map(|(y, needs)| (self.wanted.row(*y), needs.as_slice())));
        (needs, found)
    }

    /// Paints what a row needs in the cells that are `of` a layer.
    fn cells_that(&mut self, y: u16, needs: &[Need], of: impl Fn(usize, &Glyph) -> bool) {
        let cells = self.wanted.row(y).iter().zip(needs).enumerate();
        let needs: Vec<Need> = cells
            .map(|(x, (glyph, need))| if of(x, glyph) { *need } else { Need::None })
            .collect();
        self.cells(y, &needs);
    }

    /// Paints what a row needs.
    fn cells(&mut self, y: u16, needs: &[Need]) {
        let wanted = self.wanted.row(y);
        let Some(last) = needs.iter().rposition(|need| *need != Need::None) else {
            return;
        };
        let tail = wanted.len() - wanted.iter().rev().take_while(|g| g.is_erased()).count();
        let mut x = 0;
        // the cell after a symbol of uncertain width may have been overwritten
        let mut suspect = false;
        while x <= last || (suspect && x < wanted.len()) {
            let (Some(glyph), Some(need)) = (wanted.get(x), needs.get(x)) else {
                break;
            };
            if glyph.width == 0 || (*need == Need::None && !suspect) {
                x += 1;
                continue;
            }
            suspect = false;
            match self.step(wanted, needs, x, last, tail) {
                Step::EraseTail => {
                    self.erase_from(x, y, b'K', 0);
                    return;
                }
                Step::Erase(count) => {
                    self.erase_from(x, y, b'X', count);
                    x += usize::from(count);
                }
                Step::Repeat(count) => {
                    self.print(glyph, x, y);
                    self.counted(count, b'b');
                    self.advance(x, y, u16::from(glyph.width) + count, true);
                    x += 1 + usize::from(count);
                }
                Step::Unstick => {
                    self.print(&Self::other(glyph), x, y);
                    self.out.push(b'\x08');
                    self.state.cursor = Cursor::at(column(x), y);
                    self.print(glyph, x, y);
                    x += 1;
                }
                Step::Print => {
                    if glyph.width == 2 && !glyph.certain {
                        // a terminal that counts one column would leave the old second one
                        self.erase_from(x, y, b'X', 2);
                    }
                    self.print(glyph, x, y);
                    suspect = !glyph.certain;
                    x += usize::from(glyph.width);
                }
            }
        }
    }

    /// Something narrow that looks like anything but `glyph`, in the same pen.
    fn other(glyph: &Glyph) -> Glyph {
        let symbol = if glyph.symbol == "." { "-" } else { "." };
        Glyph {
            symbol: symbol.into(),
            certain: true,
            ..glyph.clone()
        }
    }

    /// What the cells of a row need.
    fn needs(&self, y: u16) -> Vec<Need> {
        let (wanted, shown) = (self.wanted.row(y), self.shown.row(y));
        let mut needs: Vec<Need> = wanted
            .iter()
            .zip(shown)
            .map(|(a, b)| if a == b { Need::None } else { Need::Differs })
            .collect();
        if self.capabilities.residue == Residue::Cleared {
            return needs;
        }
        // what went from a cell, of these; nothing if it stays
        let gone = |from: &'g Grid, x: Option<usize>, y: Option<u16>| {
            let (x, y) = (x?, y?);
            let before = from.row(y).get(x)?;
            (self.wanted.row(y).get(x) != Some(before)).then_some(before)
        };
        let went = |x: Option<usize>, y: Option<u16>| {
            [gone(self.shown, x, y), gone(self.ink, x, y)]
                .into_iter()
                .flatten()
        };
        let (above, below) = (y.checked_sub(1), Some(y + 1));
        for (x, (glyph, need)) in wanted.iter().zip(&mut needs).enumerate() {
            // printing a letter again would cut the tails that reach into it
            if *need == Need::Differs || glyph.width != 1 || glyph.overhangs() {
                continue;
            }
            let sides = [x.checked_sub(1), Some(x + 1)];
            let mut beside = sides.into_iter().flat_map(|x| went(x, Some(y)));
            let mut stacked = [above, below].into_iter().flat_map(|y| went(Some(x), y));
            if beside.any(Glyph::overhangs) || stacked.any(Glyph::towers) {
                *need = Need::Ink;
            }
        }
        needs
    }

    fn step(&self, wanted: &[Glyph], needs: &[Need], x: usize, last: usize, tail: usize) -> Step {
        let Some(glyph) = wanted.get(x) else {
            return Step::Print;
        };
        let differs = |at: &usize| needs.get(*at).is_some_and(|need| *need != Need::None);
        let sticks = |at: usize| {
            self.capabilities.residue == Residue::Sticks && needs.get(at) == Some(&Need::Ink)
        };
        if sticks(x) {
            return Step::Unstick;
        }
        let alike = wanted.iter().enumerate().skip(x);
        let run = alike
            .take_while(|(at, g)| *g == glyph && !sticks(*at))
            .count();
        let end = (x..(x + run).min(last + 1)).rfind(differs).unwrap_or(x) + 1;
        let same = end - x;
        let count = column(same);
        if glyph.is_erased() {
            // erasing asks for a clean pen; what a change of pen costs now, a later one saves
            let fix = match self.state.pen {
                Some(pen) if pen.erases_clean() => 0,
                _ => 3,
            };
            if x >= tail && same > 3 + fix && end > last {
                return Step::EraseTail;
            }
            let next = (end..=last).find(differs);
            let walk = next.map_or(0, |next| counted_length(column(next - x)));
            if same > counted_length(count) + fix + walk {
                return Step::Erase(count);
            }
            return Step::Print;
        }
        let repeated = same.saturating_sub(1) * glyph.symbol.len();
        if self.capabilities.repeat
            && glyph.certain
            && glyph.width == 1
            && repeated > counted_length(count.saturating_sub(1))
        {
            return Step::Repeat(count - 1);
        }
        Step::Print
    }

    /// EL (`K`) or ECH (`X`, of `count` columns) at a cell.
    fn erase_from(&mut self, x: usize, y: u16, action: u8, count: u16) {
        if !self.state.pen.is_some_and(Pen::erases_clean) {
            self.set_pen(Pen::default());
        }
        self.move_to(x, y);
        if action == b'X' {
            self.counted(count, action);
        } else {
            self.out.extend_from_slice(&[0x1b, b'[', action]);
        }
    }

    fn print(&mut self, glyph: &Glyph, x: usize, y: u16) {
        if !glyph.is_drawn_by(self.state.pen) {
            // cells that are printed again on the way may ask for either pen
            let (before, _) = self.way(self.state.pen, x, y);
            let (after, _) = self.way(Some(glyph.pen), x, y);
            if before < after {
                self.move_to(x, y);
            }
            self.set_pen(glyph.pen);
        }
        self.move_to(x, y);
        self.out.extend_from_slice(glyph.symbol.as_bytes());
        self.advance(x, y, u16::from(glyph.width), glyph.certain);
    }

    /// Notes that `columns` columns were printed at a cell.
    fn advance(&mut self, x: usize, y: u16, columns: u16, certain: bool) {
        let end = column(x).saturating_add(columns);
        let width = self.wanted.size().width;
        self.state.cursor = if certain && end < width {
            Cursor::at(end, y)
        } else if certain || end + 2 <= width {
            Cursor {
                column: None,
                row: Some(y),
            }
        } else {
            // it may have wrapped
            Cursor::UNKNOWN
        };
    }

    /// Moves to a cell, printing unchanged cells again where that is shorter than a move.
    fn move_to(&mut self, x: usize, y: u16) {
        if self.state.cursor == Cursor::at(column(x), y) {
            return;
        }
        let (_, target) = self.way(self.state.pen, x, y);
        cursor::move_to(&mut self.out, self.state.cursor, target, y);
        let again = self.wanted.row(y).get(usize::from(target)..x);
        for glyph in again.unwrap_or_default() {
            self.out.extend_from_slice(glyph.symbol.as_bytes());
        }
        self.state.cursor = Cursor::at(column(x), y);
    }

    /// The cheapest way to a cell: its bytes, and the column to which the cursor is moved, from
    /// where cells are printed again with `pen`.
    fn way(&self, pen: Option<Pen>, x: usize, y: u16) -> (usize, u16) {
        let from = self.state.cursor;
        let column = column(x);
        if from == Cursor::at(column, y) {
            return (0, column);
        }
        let mut best = (cursor::cost(from, column, y), column);
        let starts = [from.column, Some(0), column.checked_sub(1)];
        for start in starts.into_iter().flatten() {
            if let Some(bytes) = self.reprint_length(pen, start, column, y) {
                let length = cursor::cost(from, start, y) + bytes;
                if length < best.0 {
                    best = (length, start);
                }
            }
        }
        best
    }

    /// Bytes of printing the columns `from..to` of a row again; `None` where that would not do,
    /// or is long.
    fn reprint_length(&self, pen: Option<Pen>, from: u16, to: u16, y: u16) -> Option<usize> {
        const FAR: u16 = 12;
        if from >= to || to - from > FAR {
            return None;
        }
        let cells = self.wanted.row(y).get(usize::from(from)..usize::from(to))?;
        if cells.first()?.width == 0 {
            return None;
        }
        cells.iter().try_fold(0, |sum, glyph| {
            let plain = glyph.width == 0 || (glyph.certain && glyph.is_drawn_by(pen));
            plain.then_some(sum + glyph.symbol.len())
        })
    }

    /// Paints rows in the order given until `most` bytes are reached, but at least one, then moves
    /// to where the cursor shall rest. Gives the number of rows that are done.
    pub(super) fn rows(
        &mut self,
        rows: impl Iterator<Item = u16>,
        rest: Option<(u16, u16)>,
        most: usize,
    ) -> usize {
        let mut done = 0;
        for y in rows {
            if done > 0 && self.out.len() >= most {
                break;
            }
            self.row(y);
            done += 1;
        }
        if let Some((x, y)) = rest
            && self.state.cursor != Cursor::at(x, y)
        {
            self.move_to(usize::from(x), y);
        }
        done
    }

    /// Scrolls a stretch of rows; `shown` must already be as it is then.
    pub(super) fn scroll(&mut self, scroll: Scroll) {
        // what is freed takes the colours of the pen
        if !self.state.pen.is_some_and(Pen::erases_clean) {
            self.set_pen(Pen::default());
        }
        let action = if scroll.up { b'S' } else { b'T' };
        let whole = scroll.top == 0 && scroll.bottom + 1 == self.wanted.size().height;
        if whole {
            self.counted(scroll.by, action);
            return;
        }
        // writing to a Vec cannot fail
        let _ = write!(self.out, "\x1b[{};{}r", scroll.top + 1, scroll.bottom + 1);
        self.counted(scroll.by, action);
        self.out.extend_from_slice(b"\x1b[r");
        // setting margins moves the cursor home
        self.state.cursor = Cursor::at(0, 0);
    }

    pub(super) fn set_pen(&mut self, pen: Pen) {
        pen::change(&mut self.out, self.state.pen, pen);
        self.state.pen = Some(pen);
    }

    fn counted(&mut self, count: u16, action: u8) {
        self.out.extend_from_slice(b"\x1b[");
        if count != 1 {
            // writing to a Vec cannot fail
            let _ = write!(self.out, "{count}");
        }
        self.out.push(action);
    }
}

/// Bytes of a sequence with one count.
fn counted_length(count: u16) -> usize {
    match count {
        0 | 1 => 3,
        2..=9 => 4,
        10..=99 => 5,
        100..=999 => 6,
        _ => 8,
    }
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}
