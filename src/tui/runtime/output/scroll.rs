//! Rows that moved: a pane of full width that scrolls costs its new rows, not all of them.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::grid::Grid;

/// Rows by which a move is looked for.
const FAR: u16 = 24;

/// Rows that must have moved for it to be worth a try.
const WORTH: usize = 3;

/// A stretch of rows to be scrolled by the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The first row.
    pub(super) top: u16,
    /// The last row.
    pub(super) bottom: u16,
    /// How many rows the content moves.
    pub(super) by: u16,
    /// Whether it moves up.
    pub(super) up: bool,
}

/// The scroll that puts most rows in place, if any does so for several. The first column does not
/// count: it holds the mark of the selected row, which stays while the rows move. Only a guess:
/// what it saves is seen when the frame is put together.
pub(super) fn find(wanted: &Grid, shown: &Grid) -> Option<Scroll> {
    let height = wanted.size().height;
    let changed: Vec<bool> = (0..height).map(|y| wanted.row(y) != shown.row(y)).collect();
    if changed.iter().filter(|changed| **changed).count() < WORTH {
        return None;
    }
    let (new, old) = (fingerprints(wanted), fingerprints(shown));
    let moved = |y: u16, from: Option<u16>| {
        let new = new.get(usize::from(y)).copied().flatten();
        let old = from.and_then(|from| old.get(usize::from(from)).copied().flatten());
        new.is_some() && new == old && changed.get(usize::from(y)) == Some(&true)
    };
    let mut best: Option<(usize, Scroll)> = None;
    for by in 1..=FAR.min(height.saturating_sub(1)) {
        for up in [true, false] {
            let from = |y: u16| {
                if up {
                    y.checked_add(by)
                } else {
                    y.checked_sub(by)
                }
            };
            let rows: Vec<u16> = (0..height).filter(|y| moved(*y, from(*y))).collect();
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
                continue;
            };
            if rows.len() >= WORTH && best.is_none_or(|(most, _)| rows.len() > most) {
                let (top, bottom) = if up {
                    (*first, last + by)
                } else {
                    (first - by, *last)
                };
                let scroll = Scroll {
                    top,
                    bottom,
                    by,
                    up,
                };
                best = Some((rows.len(), scroll));
            }
        }
    }
    best.map(|(_, scroll)| scroll)
}

/// For each row what its cells but the first come to; `None` for a blank row.
fn fingerprints(grid: &Grid) -> Vec<Option<u64>> {
    let fingerprint = |y| {
        let cells = grid.row(y).get(1..)?;
        let mut hasher = FxHasher::default();
        for glyph in cells {
            (glyph.symbol.as_str(), glyph.pen).hash(&mut hasher);
        }
        let blank = cells.iter().all(super::grid::Glyph::is_erased);
        (!blank).then(|| hasher.finish())
    };
    (0..grid.size().height).map(fingerprint).collect()
}
