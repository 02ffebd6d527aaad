//! The cheapest way to read two rows of signs as one.

use std::sync::OnceLock;

use crate::text::skeleton::signs::{ARABIC, LATIN, SUBSTITUTED, UNRELATED, silent};
use crate::text::skeleton::{LONGEST, Sound};

/// Cells of a row of the table.
const WIDTH: usize = LONGEST + 1;

/// A cost that no alignment reaches.
const NEVER: u16 = 10_000;

/// What of one row is read as what of the other, and what that costs.
pub(super) struct Aligner {
    /// Latin sign by Latin sign.
    latin: Vec<Vec<u8>>,
    /// What a Latin sign costs without a partner.
    alone: Vec<u8>,
    /// For each Latin sign the Arabic pairs and single letters that it may stand for.
    images: Vec<Vec<([char; 2], u8)>>,
}

/// The first signs of a row, and how many of them.
type Until<'s> = (&'s [Sound], usize);

impl Aligner {
    /// The one of the tables in `signs`.
    pub(super) fn shared() -> &'static Self {
        static ALIGNER: OnceLock<Aligner> = OnceLock::new();
        ALIGNER.get_or_init(Self::new)
    }

    fn new() -> Self {
        let image = |text: &str| {
            let mut chars = text.chars();
            [chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0')]
        };
        let images = LATIN
            .iter()
            .map(|(_, all)| {
                all.iter()
                    .map(|(text, cost)| (image(text), *cost))
                    .collect()
            })
            .collect();
        let alone = LATIN
            .iter()
            .map(|(_, all)| {
                let none = all.iter().find(|(text, _)| text.is_empty());
                none.map_or(UNRELATED, |(_, cost)| *cost)
            })
            .collect();
        let latin = LATIN
            .iter()
            .map(|a| LATIN.iter().map(|b| between(a, b)).collect())
            .collect();
        Self {
            latin,
            alone,
            images,
        }
    }

    /// The cost of the best alignment.
    pub(super) fn cost(&self, a: &[Sound], b: &[Sound]) -> u16 {
        // rows of the table: the one being filled and the two before it, since a sign may stand
        // for two letters of the other row
        let b = b.get(..b.len().min(LONGEST)).unwrap_or(b);
        let mut rows = [[NEVER; WIDTH]; 3];
        if let Some(first) = rows.first_mut().and_then(|row| row.first_mut()) {
            *first = 0;
        }
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                if i + j > 0 {
                    let cost = self.cell((a, i), (b, j), &rows);
                    if let Some(cell) = rows.get_mut(0).and_then(|row| row.get_mut(j)) {
                        *cell = cost;
                    }
                }
            }
            if i < a.len() {
                rows.rotate_right(1);
                if let Some(row) = rows.first_mut() {
                    row.fill(NEVER);
                }
            }
        }
        rows.first()
            .and_then(|row| row.get(b.len()))
            .copied()
            .unwrap_or(NEVER)
    }

    /// The cheapest way to a cell; `rows[k]` is the row `k` before its own.
    fn cell(&self, one: Until<'_>, other: Until<'_>, rows: &[[u16; WIDTH]; 3]) -> u16 {
        let at = |back: usize, left: usize| -> u16 {
            let column = other.1.checked_sub(left);
            let cell = column.and_then(|column| rows.get(back)?.get(column));
            cell.copied().unwrap_or(NEVER)
        };
        let last = |(row, end): Until<'_>, back: usize| -> Option<Sound> {
            end.checked_sub(back).and_then(|at| row.get(at)).copied()
        };
        let (x, y) = (last(one, 1), last(other, 1));
        let mut best = NEVER;
        let mut consider = |from: u16, cost: Option<u8>| {
            if let Some(cost) = cost {
                best = best.min(from.saturating_add(u16::from(cost)));
            }
        };
        consider(at(1, 0), x.map(|x| self.alone(x)));
        consider(at(0, 1), y.map(|y| self.alone(y)));
        if let (Some(x), Some(y)) = (x, y) {
            consider(at(1, 1), Some(self.pair(x, y)));
            if let Some(before) = last(other, 2) {
                consider(at(1, 2), self.group(x, before, y));
            }
            if let Some(before) = last(one, 2) {
                consider(at(2, 1), self.group(y, before, x));
            }
        }
        best
    }

    fn alone(&self, sound: Sound) -> u8 {
        match sound {
            Sound::Latin(n) => self.alone.get(usize::from(n)).copied().unwrap_or(UNRELATED),
            Sound::Letter(c, starts) => silent(c, starts),
        }
    }

    fn pair(&self, x: Sound, y: Sound) -> u8 {
        match (x, y) {
            (Sound::Latin(a), Sound::Latin(b)) => self
                .latin
                .get(usize::from(a))
                .and_then(|row| row.get(usize::from(b)))
                .copied()
                .unwrap_or(SUBSTITUTED),
            (Sound::Latin(n), Sound::Letter(c, _)) | (Sound::Letter(c, _), Sound::Latin(n)) => {
                self.image(n, [c, '\0']).unwrap_or(SUBSTITUTED)
            }
            (Sound::Letter(a, _), Sound::Letter(b, _)) if a == b => 0,
            (Sound::Letter(a, _), Sound::Letter(b, _)) => ARABIC
                .iter()
                .find(|(x, y, _)| (*x, *y) == (a, b) || (*x, *y) == (b, a))
                .map_or(SUBSTITUTED, |(_, _, cost)| *cost),
        }
    }

    /// A Latin sign that stands for two letters.
    fn group(&self, sign: Sound, first: Sound, second: Sound) -> Option<u8> {
        match (sign, first, second) {
            (Sound::Latin(n), Sound::Letter(a, _), Sound::Letter(b, _)) => self.image(n, [a, b]),
            _ => None,
        }
    }

    fn image(&self, number: u8, letters: [char; 2]) -> Option<u8> {
        let images = self.images.get(usize::from(number))?;
        let image = images.iter().find(|(image, _)| *image == letters);
        image.map(|(_, cost)| *cost)
    }
}

/// What it costs to read two Latin signs as one: the cheapest Arabic that both may stand for.
fn between(a: &(&str, &[(&str, u8)]), b: &(&str, &[(&str, u8)])) -> u8 {
    if a.0 == b.0 {
        return 0;
    }
    // Arabic writes one letter for both; Latin does not
    if [("b", "p"), ("c", "ch"), ("f", "v")]
        .iter()
        .any(|(x, y)| [(a.0, b.0), (b.0, a.0)].contains(&(x, y)))
    {
        return 5;
    }
    let costs = a.1.iter().flat_map(|(text, cost)| {
        let same = b.1.iter().filter(move |(other, _)| other == text);
        same.filter(|(other, _)| !other.is_empty())
            .map(move |(_, other)| cost + other)
    });
    // two vowels are never worlds apart
    let vowels = [a, b]
        .iter()
        .all(|sign| sign.1.iter().any(|(text, _)| text.is_empty()));
    let limit = if vowels { 3 } else { SUBSTITUTED };
    costs.min().unwrap_or(limit).clamp(1, limit)
}
