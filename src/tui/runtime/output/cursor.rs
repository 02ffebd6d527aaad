//! Moving the cursor in the fewest bytes.

/// Where the terminal's cursor is, as far as that is known. Both count cells from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Unknown after a symbol whose advance terminals disagree on, and in the state between the
    /// last column and the next row.
    pub(super) column: Option<u16>,
    pub(super) row: Option<u16>,
}

impl Cursor {
    /// Nothing is known: the next move is absolute.
    pub(super) const UNKNOWN: Self = Self {
        column: None,
        row: None,
    };

    pub(super) const fn at(column: u16, row: u16) -> Self {
        Self {
            column: Some(column),
            row: Some(row),
        }
    }
}

/// Appends the shortest move from `from` to a cell of the screen. Lines are fed downwards, so the
/// row must be one of the screen's and output processing must be off.
pub(super) fn move_to(out: &mut Vec<u8>, from: Cursor, column: u16, row: u16) {
    out.extend_from_slice(shortest(from, column, row).as_slice());
}

/// Bytes that [`move_to`] appends.
pub(super) fn cost(from: Cursor, column: u16, row: u16) -> usize {
    shortest(from, column, row).length
}

fn shortest(from: Cursor, column: u16, row: u16) -> Move {
    if from == Cursor::at(column, row) {
        return Move::default();
    }
    let absolute = position(column, row);
    match from.row {
        Some(from_row) => {
            // the column first: it ends the state between two rows
            let relative = horizontal(from.column, column).then(vertical(from_row, row));
            absolute.or_shorter(relative, true)
        }
        None => absolute,
    }
}

/// A few bytes, put together without asking for memory: frames weigh thousands of moves.
#[derive(Clone, Copy, Debug, Default)]
struct Move {
    bytes: [u8; Self::MOST],
    length: usize,
}

impl Move {
    /// More than any move takes: two sequences of a count each.
    const MOST: usize = 24;

    fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn push(mut self, byte: u8) -> Self {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
        self
    }

    fn then(self, other: Self) -> Self {
        other
            .as_slice()
            .iter()
            .fold(self, |all, byte| all.push(*byte))
    }

    fn number(self, number: u16) -> Self {
        let rest = if number > 9 {
            self.number(number / 10)
        } else {
            self
        };
        rest.push(b'0' + u8::try_from(number % 10).unwrap_or(0))
    }

    /// The shorter of two; of two as long the other one if it `wins`.
    fn or_shorter(self, other: Self, wins: bool) -> Self {
        if other.length < self.length || (wins && other.length == self.length) {
            other
        } else {
            self
        }
    }
}

/// The same byte again and again; `None` where a sequence is as short.
fn repeated(byte: u8, times: u16) -> Option<Move> {
    const LONG: u16 = 6;
    (times <= LONG).then(|| (0..times).fold(Move::default(), |all, _| all.push(byte)))
}

/// A control sequence without its end.
fn introduced() -> Move {
    Move::default().push(0x1b).push(b'[')
}

/// CUP, parameters left out where they are 1.
fn position(column: u16, row: u16) -> Move {
    let start = introduced();
    let counted = match (column, row) {
        (0, 0) => start,
        (0, row) => start.number(row + 1),
        (column, 0) => start.push(b';').number(column + 1),
        (column, row) => start.number(row + 1).push(b';').number(column + 1),
    };
    counted.push(b'H')
}

/// A sequence with one count, left out where it is 1.
fn counted(count: u16, action: u8) -> Move {
    let start = introduced();
    let counted = if count == 1 {
        start
    } else {
        start.number(count)
    };
    counted.push(action)
}

fn horizontal(from: Option<u16>, to: u16) -> Move {
    if from == Some(to) {
        return Move::default();
    }
    let edge = Move::default().push(b'\r');
    let absolute = if to == 0 {
        edge
    } else {
        counted(to + 1, b'G').or_shorter(edge.then(counted(to, b'C')), false)
    };
    match from {
        Some(from) if from < to => absolute.or_shorter(counted(to - from, b'C'), false),
        Some(from) => {
            let back = counted(from - to, b'D');
            let back = repeated(8, from - to).map_or(back, |steps| back.or_shorter(steps, false));
            absolute.or_shorter(back, false)
        }
        None => absolute,
    }
}

fn vertical(from: u16, to: u16) -> Move {
    if from == to {
        return Move::default();
    }
    let absolute = counted(to + 1, b'd');
    if from < to {
        let down = counted(to - from, b'B');
        let down = repeated(b'\n', to - from).map_or(down, |f| f.or_shorter(down, false));
        absolute.or_shorter(down, false)
    } else {
        absolute.or_shorter(counted(from - to, b'A'), false)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use super::*;

    fn parser(rows: u16, columns: u16) -> vt100::Parser {
        let size = |n| NonZeroU16::new(n).unwrap();
        vt100::Parser::new(size(rows), size(columns), 0)
    }

    fn bytes(from: Cursor, column: u16, row: u16) -> String {
        let mut out = Vec::new();
        move_to(&mut out, from, column, row);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn the_shortest_move_is_taken() {
        let at = Cursor::at;
        let column_unknown = |row| Cursor {
            column: None,
            row: Some(row),
        };
        let table = [
            (at(3, 4), (3, 4), ""),
            (at(3, 4), (3, 5), "\n"),
            (at(3, 4), (3, 7), "\n\n\n"),
            (at(3, 4), (3, 3), "\x1b[A"),
            (at(3, 4), (0, 4), "\r"),
            (at(3, 4), (0, 5), "\r\n"),
            (at(3, 4), (2, 4), "\x08"),
            (at(3, 4), (2, 5), "\x08\n"),
            (at(3, 4), (4, 4), "\x1b[C"),
            (at(30, 4), (60, 4), "\x1b[61G"),
            (at(30, 4), (0, 0), "\x1b[H"),
            (at(30, 4), (0, 20), "\x1b[21H"),
            (at(30, 4), (30, 20), "\x1b[21d"),
            (at(30, 4), (9, 0), "\x1b[;10H"),
            (column_unknown(4), (9, 4), "\x1b[10G"),
            (column_unknown(4), (0, 5), "\r\n"),
            (Cursor::UNKNOWN, (9, 4), "\x1b[5;10H"),
            (Cursor::UNKNOWN, (0, 0), "\x1b[H"),
        ];
        for (from, (column, row), expected) in table {
            let got = bytes(from, column, row);
            assert_eq!(got, expected, "{from:?} to {column},{row}");
        }
    }

    #[test]
    fn every_move_arrives() {
        let (columns, rows) = (30_u16, 12_u16);
        for from in 0..columns * rows {
            let (x, y) = (from % columns, from / columns);
            for (to_x, to_y) in [(0, 0), (29, 11), (0, 11), (9, 5), (10, 5), (x, 3), (4, y)] {
                for start in [
                    Cursor::at(x, y),
                    Cursor {
                        column: None,
                        row: Some(y),
                    },
                    Cursor::UNKNOWN,
                ] {
                    let mut screen = parser(rows, columns);
                    screen.process(position(x, y).as_slice());
                    screen.process(bytes(start, to_x, to_y).as_bytes());
                    assert_eq!(
                        screen.screen().cursor_position(),
                        (to_y, to_x),
                        "from {start:?}"
                    );
                }
            }
        }
    }
}
