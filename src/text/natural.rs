//! The order of names: numbers by value, letters without regard to case.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::CharIndices;

/// Compares two names as a person sorts them: `part 2` before `part 10`, `a` next to `A`. Names
/// that differ at all are never equal.
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let mut left = Walk::new(a);
    let mut right = Walk::new(b);
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(Part::Number(x)), Some(Part::Number(y))) => {
                x.len().cmp(&y.len()).then_with(|| x.cmp(y))
            }
            (Some(Part::Number(_)), Some(Part::Letter(y))) => '0'.cmp(&y),
            (Some(Part::Letter(x)), Some(Part::Number(_))) => x.cmp(&'0'),
            (Some(Part::Letter(x)), Some(Part::Letter(y))) => x.cmp(&y),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

enum Part<'n> {
    /// ASCII digits without leading zeros.
    Number(&'n str),
    /// One character, in lower case.
    Letter(char),
}

struct Walk<'n> {
    name: &'n str,
    characters: Peekable<CharIndices<'n>>,
}

impl<'n> Walk<'n> {
    fn new(name: &'n str) -> Self {
        Self {
            name,
            characters: name.char_indices().peekable(),
        }
    }
}

impl<'n> Iterator for Walk<'n> {
    type Item = Part<'n>;

    fn next(&mut self) -> Option<Part<'n>> {
        let (start, first) = self.characters.next()?;
        if !first.is_ascii_digit() {
            return Some(Part::Letter(first.to_lowercase().next().unwrap_or(first)));
        }
        let mut end = start + 1;
        while let Some((at, _)) = self.characters.next_if(|(_, c)| c.is_ascii_digit()) {
            end = at + 1;
        }
        let digits = self.name.get(start..end).unwrap_or("");
        Some(Part::Number(digits.trim_start_matches('0')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_by_value() {
        let mut names = vec![
            "b", "a10.txt", "a9.txt", "A9.txt", "a09.txt", "a", "10", "9", "", "a9b2", "a9b11",
        ];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(
            names,
            vec![
                "", "9", "10", "a", "A9.txt", "a09.txt", "a9.txt", "a9b2", "a9b11", "a10.txt", "b"
            ]
        );
    }

    #[test]
    fn numbers_of_any_length_compare() {
        let long = "1".repeat(60);
        let longer = "1".repeat(61);
        assert_eq!(natural_order(&long, &longer), Ordering::Less);
    }

    proptest::proptest! {
        #[test]
        fn it_is_a_total_order(a in "[aA0-2.]{0,6}", b in "[aA0-2.]{0,6}", c in "[aA0-2.]{0,6}") {
            proptest::prop_assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            proptest::prop_assert_eq!(natural_order(&a, &b) == Ordering::Equal, a == b);
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                proptest::prop_assert!(natural_order(&a, &c).is_le());
            }
        }
    }
}
