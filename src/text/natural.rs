//! The order of names: numbers by value, letters without regard to case.

use std::cmp::Ordering;

/// Compares two names as a person sorts them: `part 2` before `part 10`, `a` next to `A`. Names
/// that differ at all are never equal.
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    // most names that are compared begin alike: what is the same byte for byte needs no letters
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y);
    let start = before_number(a, same.count());
    let rest = |name| Walk {
        rest: str::get(name, start..).unwrap_or(""),
    };
    let (mut left, mut right) = (rest(a), rest(b));
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

/// Where the character begins that a byte is in, or the number that it ends or goes on with.
fn before_number(name: &str, byte: usize) -> usize {
    let at = name.floor_char_boundary(byte);
    let before = name.get(..at).unwrap_or("").bytes();
    at - before.rev().take_while(u8::is_ascii_digit).count()
}

enum Part<'n> {
    /// ASCII digits without leading zeros.
    Number(&'n str),
    /// One character, in lower case.
    Letter(char),
}

struct Walk<'n> {
    rest: &'n str,
}

impl<'n> Iterator for Walk<'n> {
    type Item = Part<'n>;

    fn next(&mut self) -> Option<Part<'n>> {
        let first = self.rest.chars().next()?;
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = if digits > 0 { digits } else { first.len_utf8() };
        let (part, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        if digits == 0 {
            return Some(Part::Letter(lower(first)));
        }
        Some(Part::Number(part.trim_start_matches('0')))
    }
}

fn lower(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    letter.to_lowercase().next().unwrap_or(letter)
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

    /// The same order, character by character from the start.
    fn slowly(a: &str, b: &str) -> Ordering {
        let parts = |name| {
            let parts = Walk { rest: name }.map(|part| match part {
                Part::Number(digits) => ('0', digits.len(), digits.to_owned()),
                Part::Letter(letter) => (letter, 0, String::new()),
            });
            parts.collect::<Vec<_>>()
        };
        parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
    }

    proptest::proptest! {
        #[test]
        fn what_begins_alike_is_compared_as_from_the_start(
            a in "[aA0-2.éêß]{0,6}", b in "[aA0-2.éêß]{0,6}", shared in "[aA0-2.é]{0,6}"
        ) {
            let (a, b) = (format!("{shared}{a}"), format!("{shared}{b}"));
            proptest::prop_assert_eq!(natural_order(&a, &b), slowly(&a, &b));
        }

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
