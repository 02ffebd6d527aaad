//! How many letters two words are apart.

/// Whether `a` becomes `b` by at most `most` insertions, deletions, changes of a letter or swaps
/// of neighbours (Damerau's distance, no place touched twice).
pub(super) fn is_within(a: &[char], b: &[char], most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let at = |row: &[usize], i: usize| row.get(i).copied().unwrap_or(usize::MAX / 2);
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = at(&last, j) + usize::from(x != y);
            cost = cost.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before_last, j - 1) + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > most) {
            return false;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    at(&last, b.len()) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart() {
        for (a, b, apart) in [
            ("aleppo", "aleppo", 0),
            ("aleppo", "alepo", 1),
            ("aleppo", "allepo", 2),
            ("aleppo", "alpepo", 1),
            ("jabhat", "abhat", 1),
            ("", "ab", 2),
        ] {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            for most in 0..3 {
                assert_eq!(is_within(&a, &b, most), most >= apart, "{a:?} {b:?} {most}");
                assert_eq!(is_within(&b, &a, most), most >= apart, "{b:?} {a:?} {most}");
            }
        }
    }
}
