//! Which of many stretches of words touch a given one, without looking at all of them.

/// Stretches of words, ordered by where they begin. Words are numbers; both ends belong to it.
#[derive(Debug)]
pub(super) struct Overlaps {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    first: usize,
    last: usize,
    /// The farthest word that this one or one before it reaches.
    farthest: usize,
    /// Its place in what the index was made of.
    at: usize,
}

impl Overlaps {
    /// An index of stretches, each its first and last word.
    pub(super) fn new(stretches: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut entries: Vec<Entry> = stretches
            .enumerate()
            .map(|(at, (first, last))| Entry {
                first,
                last,
                farthest: last,
                at,
            })
            .collect();
        entries.sort_by_key(|entry| entry.first);
        let mut farthest = 0;
        for entry in &mut entries {
            farthest = entry.last.max(farthest);
            entry.farthest = farthest;
        }
        Self { entries }
    }

    /// The places of those that share a word with `first..=last`, in no order.
    pub(super) fn touching(&self, first: usize, last: usize) -> impl Iterator<Item = usize> {
        let end = self.entries.partition_point(|entry| entry.first <= last);
        let before = self.entries.get(..end).unwrap_or_default();
        before
            .iter()
            .rev()
            .take_while(move |entry| first <= entry.farthest)
            .filter(move |entry| first <= entry.last)
            .map(|entry| entry.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_that_touch_are_found_and_no_others(
            stretches in prop::collection::vec((0..40usize, 0..6usize), 0..30),
            first in 0..45usize,
            length in 0..6usize,
        ) {
            let stretches: Vec<_> = stretches.into_iter().map(|(a, n)| (a, a + n)).collect();
            let last = first + length;
            let index = Overlaps::new(stretches.iter().copied());
            let mut found: Vec<usize> = index.touching(first, last).collect();
            found.sort_unstable();
            let touch = |at: &usize| stretches[*at].0 <= last && first <= stretches[*at].1;
            let expected: Vec<usize> = (0..stretches.len()).filter(touch).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
