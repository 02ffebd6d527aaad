//! Where a list stands: the selected row and the first row on the screen.

use std::cmp::Ordering;

/// Rows are counted from 0. `row` and `top` are kept inside the list by every method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// The selected row.
    pub row: usize,
    /// The first row on the screen.
    pub top: usize,
}

impl Scroll {
    /// Selects `row` and scrolls as little as needed to show it with a line of context.
    pub fn select(&mut self, row: usize, len: usize, height: usize) {
        self.row = row.min(len.saturating_sub(1));
        self.reveal(len, height);
    }

    /// The same for slow lines: where it has to scroll it does so by three quarters of a screen, so
    /// that the next moves scroll nothing. At 9,600 baud a screen of rows takes as long as a key
    /// that is held needs for a screen and a half.
    pub fn select_by_screens(&mut self, row: usize, len: usize, height: usize) {
        let before = self.top;
        self.select(row, len, height);
        match self.top.cmp(&before) {
            Ordering::Greater => self.top += height * 3 / 4,
            Ordering::Less => self.top = self.top.saturating_sub(height * 3 / 4),
            Ordering::Equal => {}
        }
        self.reveal(len, height);
    }

    /// Selects the row `by` rows further down (negative: up).
    pub fn step(&mut self, by: isize, len: usize, height: usize) {
        self.select(self.row.saturating_add_signed(by), len, height);
    }

    /// Puts the selection on `row` while its place on the screen stays the same: for a list that
    /// has changed around it.
    pub fn carry(&mut self, row: usize, len: usize, height: usize) {
        let place = self.row.saturating_sub(self.top);
        self.row = row.min(len.saturating_sub(1));
        self.top = self.row.saturating_sub(place);
        self.reveal(len, height);
    }

    /// Scrolls as little as needed for the selected row to be on the screen.
    pub fn reveal(&mut self, len: usize, height: usize) {
        let context = usize::from(height > 4);
        let last = len.saturating_sub(1);
        self.row = self.row.min(last);
        self.top = self
            .top
            .min(self.row.saturating_sub(context.min(self.row)))
            .max(
                (self.row + context)
                    .min(last)
                    .saturating_sub(height.saturating_sub(1)),
            )
            .min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::Scroll;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_selection_is_in_the_list_and_on_the_screen(
            steps in prop::collection::vec((-60isize..60, 0usize..50, 1usize..20), 1..40),
        ) {
            let mut scroll = Scroll::default();
            for (by, len, height) in steps {
                scroll.step(by, len, height);
                prop_assert!(scroll.row < len.max(1));
                prop_assert!(scroll.top <= scroll.row && scroll.row < scroll.top + height);
                prop_assert!(scroll.top == 0 || scroll.top + height <= len);
            }
        }

        #[test]
        fn carrying_keeps_the_place_on_the_screen(
            row in 20usize..50, to in 20usize..50, top in 10usize..20,
        ) {
            let mut scroll = Scroll { row, top };
            scroll.reveal(100, 20);
            let place = scroll.row - scroll.top;
            scroll.carry(to, 100, 20);
            prop_assert_eq!(scroll.row, to);
            prop_assert_eq!(scroll.row - scroll.top, place);
        }
    }

    #[test]
    fn over_a_slow_line_a_list_scrolls_by_screens() {
        let mut scroll = Scroll::default();
        let mut tops = Vec::new();
        for row in (0..40).chain((0..39).rev()) {
            scroll.select_by_screens(row, 100, 20);
            assert!(
                scroll.top <= row && row < scroll.top + 20,
                "{row} {scroll:?}"
            );
            if tops.last() != Some(&scroll.top) {
                tops.push(scroll.top);
            }
        }
        assert_eq!(tops, [0, 16, 32, 16, 0]);
        // the last rows leave nothing to scroll to
        scroll.select_by_screens(99, 100, 20);
        assert_eq!(scroll, Scroll { row: 99, top: 80 });
    }

    #[test]
    fn stepping_one_row_in_the_middle_scrolls_nothing() {
        let mut scroll = Scroll { row: 5, top: 2 };
        scroll.step(1, 100, 10);
        assert_eq!(scroll, Scroll { row: 6, top: 2 });
    }
}
