//! Columns of one look: dates, codes of languages, counts, marks. Painted downwards, one below the
//! other, they cost one change of pen for all rows, and a short step for each.
//!
//! What they save is only guessed here; whether it does is seen when the frame is put together.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::Glyph;
use super::paint::Need;
use super::pen::Pen;

/// Cells up to which a run is short enough for a column.
const SHORT: usize = 6;

/// Rows that a column must have for it to be worth a try.
pub(super) const WORTH: usize = 2;

/// Columns that are tried, those of most rows first.
const MOST: usize = 4;

/// The cells of some columns that are drawn with one pen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    pen: Pen,
    /// As cells from the left.
    columns: Range<usize>,
}

impl Layer {
    /// Whether a cell is painted with this layer.
    pub(super) fn holds(&self, x: usize, glyph: &Glyph) -> bool {
        self.columns.contains(&x) && glyph.certain && glyph.is_drawn_by(Some(self.pen))
    }
}

/// The layers that some rows may be painted by, given what stands there and what it needs.
pub(super) fn find<'g>(rows: impl Iterator<Item = (&'g [Glyph], &'g [Need])>) -> Vec<Layer> {
    let mut pens: Vec<Pen> = Vec::new();
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (glyphs, needs) in rows {
        for run in runs(glyphs, needs) {
            if run.cells.len() > SHORT || reaches_out(glyphs, &run.cells) {
                continue;
            }
            let pen = pens.iter().position(|pen| *pen == run.pen);
            let pen = pen.unwrap_or_else(|| {
                pens.push(run.pen);
                pens.len() - 1
            });
            for x in run.cells {
                *counts.entry((pen, x)).or_default() += 1;
            }
        }
    }
    let mut layers: Vec<(usize, Layer)> = Vec::new();
    for ((pen, x), count) in counts.into_iter().filter(|(_, count)| *count >= WORTH) {
        let Some(pen) = pens.get(pen).copied() else {
            continue;
        };
        match layers.last_mut() {
            Some((most, layer)) if layer.pen == pen && layer.columns.end == x => {
                layer.columns.end = x + 1;
                *most = count.max(*most);
            }
            _ => {
                let columns = x..x + 1;
                layers.push((count, Layer { pen, columns }));
            }
        }
    }
    layers.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    layers.truncate(MOST);
    layers.into_iter().map(|(_, layer)| layer).collect()
}

/// Cells side by side that need to be printed with one pen.
struct Run {
    pen: Pen,
    cells: Range<usize>,
}

fn runs(glyphs: &[Glyph], needs: &[Need]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (x, (glyph, need)) in glyphs.iter().zip(needs).enumerate() {
        if *need == Need::None {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.cells.end == x && glyph.is_drawn_by(Some(run.pen)) => {
                run.cells.end = x + 1;
            }
            // blanks before a mark go with it
            Some(run)
                if run.cells.end == x
                    && run.pen == Pen::default()
                    && glyphs.get(run.cells.clone()).is_some_and(|cells| {
                        cells.iter().all(|cell| cell.is_drawn_by(Some(glyph.pen)))
                    }) =>
            {
                run.pen = glyph.pen;
                run.cells.end = x + 1;
            }
            _ => runs.push(Run {
                pen: glyph.pen,
                cells: x..x + 1,
            }),
        }
    }
    runs
}

/// Whether the ink of a letter may reach into these cells, or theirs beyond them: then the order
/// of painting is seen.
fn reaches_out(glyphs: &[Glyph], cells: &Range<usize>) -> bool {
    let around = cells.start.saturating_sub(1)..(cells.end + 1).min(glyphs.len());
    let around = glyphs.get(around).unwrap_or_default();
    around
        .iter()
        .any(|glyph| !glyph.certain || glyph.width != 1 || glyph.overhangs())
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    fn row(text: &str, dim: Range<usize>) -> Vec<Glyph> {
        let look = |x| Pen {
            modifier: if dim.contains(&x) {
                Modifier::DIM
            } else {
                Modifier::empty()
            },
            ..Pen::default()
        };
        let glyph = |(x, c): (usize, char)| Glyph {
            symbol: c.to_string().into(),
            width: 1,
            certain: true,
            pen: look(x),
        };
        text.chars().enumerate().map(glyph).collect()
    }

    #[test]
    fn columns_of_a_look_are_found() {
        let rows: Vec<_> = [
            "3  de Erste Zeile",
            "4  en Second line",
            "5  de Dritte Zeile",
        ]
        .iter()
        .map(|text| row(text, 3..5))
        .collect();
        let needs: Vec<Vec<Need>> = rows
            .iter()
            .map(|row| vec![Need::Differs; row.len()])
            .collect();
        let all = || {
            rows.iter()
                .map(Vec::as_slice)
                .zip(needs.iter().map(Vec::as_slice))
        };
        let layers = find(all());
        let found: Vec<_> = layers.iter().map(|layer| layer.columns.clone()).collect();
        // the digit and its blanks, the code of the language and the blank behind it
        assert_eq!(found, [0..3, 3..6]);
        let code = rows[0].get(3).unwrap();
        assert!(layers[1].holds(3, code) && !layers[0].holds(3, code));
        assert!(find(all().take(WORTH - 1)).is_empty());
    }

    #[test]
    fn letters_with_tails_are_painted_in_their_row() {
        let rows: Vec<_> = (0..4).map(|_| row("xﻊ", 0..1)).collect();
        let needs = [Need::Differs, Need::None];
        assert!(find(rows.iter().map(|row| (row.as_slice(), &needs[..]))).is_empty());
    }
}
