//! Bars of the timeline: how much, and in which languages. Fills differ in shape, not in colour;
//! letters behind a bar name the languages that are too few for a cell of it.

use crate::tui::view::glyphs::Glyphs;

/// Letters behind a bar, in the order of [`Row`](crate::query::Row)'s languages.
const LETTERS: [char; 4] = ['e', 'd', 'a', 'o'];

/// The languages among `counts` as letters, each in a column of its own: `e a `.
pub(super) fn letters(counts: [u32; 4]) -> String {
    let letters = LETTERS.into_iter().zip(counts);
    letters
        .map(|(letter, count)| if count > 0 { letter } else { ' ' })
        .collect()
}

/// What the fills mean: `█ en ▓ de ▒ ar ░ other`.
pub(super) fn legend(glyphs: &Glyphs) -> String {
    let [english, german, arabic, other] = glyphs.fills;
    format!("{english} en {german} de {arabic} ar {other} other")
}

/// A bar of at most `cells` cells, in eighths; anything at all shows. Its whole cells are shared
/// out among the languages by the method of largest remainders.
pub(super) fn bar(counts: [u32; 4], most: u32, cells: u16, glyphs: &Glyphs) -> String {
    let value: u32 = counts.iter().sum();
    let filled = eighths(value, most, cells);
    let mut bar = String::new();
    let shares = shared_out(counts, filled / 8);
    for (fill, cells) in glyphs.fills.iter().zip(shares) {
        bar.push_str(&fill.repeat(cells));
    }
    if let Some(rest) = (filled % 8).checked_sub(1) {
        bar.push_str(glyphs.bar[rest]);
    }
    bar
}

/// The bar of a stretch of time: a line, not a block.
pub(super) fn line(value: u32, most: u32, cells: u16, glyphs: &Glyphs) -> String {
    glyphs.line.repeat(eighths(value, most, cells).div_ceil(8))
}

/// Length of a bar in eighths of a cell.
fn eighths(value: u32, most: u32, cells: u16) -> usize {
    if value == 0 || most == 0 {
        return 0;
    }
    let all = u64::from(cells) * 8;
    let filled = (u64::from(value) * all).div_ceil(u64::from(most)).min(all);
    usize::try_from(filled).unwrap_or(0)
}

/// `cells` cells in the proportion of `counts`.
fn shared_out(counts: [u32; 4], cells: usize) -> [usize; 4] {
    let sum: usize = counts.iter().map(|count| *count as usize).sum();
    if sum == 0 {
        return [0; 4];
    }
    let mut shares = counts.map(|count| count as usize * cells / sum);
    let mut order = [0, 1, 2, 3];
    order.sort_by_key(|at: &usize| std::cmp::Reverse(counts[*at] as usize * cells % sum));
    let left = cells - shares.iter().sum::<usize>();
    for at in order.into_iter().take(left) {
        shares[at] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::view::glyphs::{ASCII, UNICODE};
    use proptest::prelude::*;

    #[test]
    fn bars_by_language() {
        for (counts, most, expected) in [
            ([8, 0, 0, 0], 8, "████████"),
            ([4, 2, 2, 0], 8, "████▓▓▒▒"),
            ([1, 0, 0, 0], 8, "█"),
            ([1, 0, 0, 0], 64, "▏"),
            ([0, 0, 3, 1], 8, "▒▒▒░"),
            ([0, 0, 0, 0], 8, ""),
            ([9, 9, 9, 9], 8, "██▓▓▒▒░░"),
        ] {
            assert_eq!(bar(counts, most, 8, &UNICODE), expected, "{counts:?}");
        }
        assert_eq!(bar([4, 2, 2, 0], 8, 8, &ASCII), "eeeeddaa");
        assert_eq!(letters([3, 0, 1, 0]), "e a ");
        assert_eq!(line(1, 8, 8, &ASCII), ".");
    }

    proptest! {
        #[test]
        fn a_bar_is_as_long_as_its_sum(counts in prop::array::uniform4(0u32..500), most in 0u32..900, cells in 1u16..30) {
            let drawn = bar(counts, most, cells, &UNICODE).chars().count();
            let whole = bar([counts.iter().sum(), 0, 0, 0], most, cells, &UNICODE).chars().count();
            prop_assert_eq!(drawn, whole);
            prop_assert!(drawn <= usize::from(cells));
            prop_assert_eq!(drawn == 0, counts.iter().sum::<u32>() == 0 || most == 0);
        }
    }
}
