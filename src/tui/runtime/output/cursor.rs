//! Moving the cursor in the fewest bytes.

use std::io::Write as _;

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
    if from == Cursor::at(column, row) {
        return;
    }
    let absolute = position(column, row);
    let relative = from.row.map(|from_row| {
        let mut bytes = horizontal(from.column, column);
        // after the column: it ends the state between two rows
        bytes.extend(vertical(from_row, row));
        bytes
    });
    match relative {
        Some(relative) if relative.len() <= absolute.len() => out.extend(relative),
        _ => out.extend(absolute),
    }
}

/// Bytes that [`move_to`] appends.
pub(super) fn cost(from: Cursor, column: u16, row: u16) -> usize {
    let mut out = Vec::new();
    move_to(&mut out, from, column, row);
    out.len()
}

/// CUP, parameters left out where they are 1.
fn position(column: u16, row: u16) -> Vec<u8> {
    let mut out = b"\x1b[".to_vec();
    // writing to a Vec cannot fail
    let _ = match (column, row) {
        (0, 0) => Ok(()),
        (0, row) => write!(out, "{}", row + 1),
        (column, 0) => write!(out, ";{}", column + 1),
        (column, row) => write!(out, "{};{}", row + 1, column + 1),
    };
    out.push(b'H');
    out
}

/// A sequence with one count, left out where it is 1.
fn counted(count: u16, action: u8) -> Vec<u8> {
    let mut out = b"\x1b[".to_vec();
    if count != 1 {
        let _ = write!(out, "{count}");
    }
    out.push(action);
    out
}

fn shorter(a: Vec<u8>, b: Vec<u8>) -> Vec<u8> {
    if b.len() < a.len() { b } else { a }
}

fn horizontal(from: Option<u16>, to: u16) -> Vec<u8> {
    if from == Some(to) {
        return Vec::new();
    }
    let absolute = if to == 0 {
        b"\r".to_vec()
    } else {
        shorter(counted(to + 1, b'G'), {
            let mut from_edge = b"\r".to_vec();
            from_edge.extend(counted(to, b'C'));
            from_edge
        })
    };
    match from {
        Some(from) if from < to => shorter(absolute, counted(to - from, b'C')),
        Some(from) => {
            let back = shorter(counted(from - to, b'D'), vec![8; usize::from(from - to)]);
            shorter(absolute, back)
        }
        None => absolute,
    }
}

fn vertical(from: u16, to: u16) -> Vec<u8> {
    if from == to {
        return Vec::new();
    }
    let absolute = counted(to + 1, b'd');
    if from < to {
        let feeds = vec![b'\n'; usize::from(to - from)];
        shorter(absolute, shorter(feeds, counted(to - from, b'B')))
    } else {
        shorter(absolute, counted(from - to, b'A'))
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
