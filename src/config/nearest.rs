//! The known name that a misspelt one most likely meant.

/// The known name nearest to `name`, unless all are too far away to be what was meant.
///
/// Letter case is ignored. A name is near when at most a third of its characters, and always at
/// least two, have to change. The first of equally near names wins.
#[must_use]
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let limit = (wanted.len() / 3).max(2);
    known
        .into_iter()
        .map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            (distance(&wanted, &letters), candidate)
        })
        .filter(|(distance, candidate)| {
            // replacing every letter of a short name would make anything near
            *distance <= limit && *distance < candidate.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits (insert, delete, replace, swap neighbours) from `a` to `b`: optimal string alignment,
/// the restricted form of the Damerau–Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut current = Vec::with_capacity(b.len() + 1);
        current.push(i + 1);
        let mut last = i + 1;
        for (j, right) in b.iter().enumerate() {
            let above = previous.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let diagonal = previous.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut best = (last + 1)
                .min(above + 1)
                .min(diagonal + usize::from(left != right));
            let swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(right) && b.get(j - 1) == Some(left);
            if swapped && let Some(cost) = before.get(j - 1) {
                best = best.min(cost + 1);
            }
            current.push(best);
            last = best;
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{distance, nearest};

    fn edits(a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        distance(&a, &b)
    }

    #[test]
    fn distances_of_known_pairs() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "down", 4),
            ("down", "", 4),
            ("down", "down", 0),
            ("dwon", "down", 1),
            ("dow", "down", 1),
            ("doown", "down", 1),
            ("town", "down", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
            ("حلب", "حبل", 1),
        ] {
            assert_eq!(edits(a, b), expected, "{a} → {b}");
        }
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbour() {
        let known = ["down", "up", "half-page-down", "page-down", "quit"];
        for (name, expected) in [
            ("dwon", Some("down")),
            ("DOWN", Some("down")),
            ("half-page-dwn", Some("half-page-down")),
            ("qiut", Some("quit")),
            ("pu", Some("up")),
            ("xyz", None),
            ("", None),
            ("entirely-else", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_distance_is_symmetric_and_bounded(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            let there = edits(&a, &b);
            prop_assert_eq!(there, edits(&b, &a));
            prop_assert!(there <= a.len().max(b.len()));
            prop_assert_eq!(there == 0, a == b);
        }
    }
}
