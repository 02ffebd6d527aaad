//! Orders of articles that every question needs and that only the corpus decides.

use std::cmp::Ordering;

use crate::corpus::columns::as_u32;

/// Compares two paths, runs of digits in them by value: `b2` before `b10`.
///
/// Total: paths that only differ in leading zeros are told apart by their bytes.
#[must_use]
pub fn compare_paths(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let order = match (left, right) {
            ([], []) => return a.cmp(b),
            ([b'0'..=b'9', ..], [b'0'..=b'9', ..]) => {
                let (low, high) = (number(&mut left), number(&mut right));
                low.len().cmp(&high.len()).then_with(|| low.cmp(high))
            }
            ([first, left_rest @ ..], [second, right_rest @ ..]) => {
                (left, right) = (left_rest, right_rest);
                first.cmp(second)
            }
            _ => left.len().cmp(&right.len()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Takes the digits at the start of `bytes` off and gives them without leading zeros.
fn number<'b>(bytes: &mut &'b [u8]) -> &'b [u8] {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let zeros = bytes.iter().take_while(|b| **b == b'0').count();
    let value = bytes.get(zeros..digits).unwrap_or_default();
    *bytes = bytes.get(digits..).unwrap_or_default();
    value
}

/// The place of each of `len` items in the order of `compare`; items that compare equal share one.
pub(crate) fn ranks(len: usize, compare: impl Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..as_u32(len)).collect();
    // a stable sort, which takes runs that are in order already as they are
    order.sort_by(|a, b| compare(*a, *b));
    let mut ranks = vec![0; len];
    for (rank, equals) in (0u32..).zip(order.chunk_by(|a, b| compare(*a, *b).is_eq())) {
        for item in equals {
            if let Some(slot) = ranks.get_mut(*item as usize) {
                *slot = rank;
            }
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_count_by_value() {
        for (a, b) in [
            ("a2", "a10"),
            ("news.jsonl:9", "news.jsonl:17"),
            ("2016/9/x", "2016/10/a"),
            ("a", "a1"),
            ("a01b", "a1c"),
            ("a01", "a1"),
            ("", "a"),
            ("v1.9", "v1.10"),
            ("18446744073709551616", "18446744073709551617"),
        ] {
            assert_eq!(compare_paths(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(compare_paths(b, a), Ordering::Greater, "{b} {a}");
        }
    }

    #[test]
    fn equal_items_share_a_rank() {
        let items = ["b", "a", "c", "a"];
        let ranks = ranks(items.len(), |x, y| items[x as usize].cmp(items[y as usize]));
        assert_eq!(ranks, [1, 0, 2, 0]);
    }

    proptest! {
        #[test]
        fn the_order_of_paths_is_total(
            a in "[a01:9/é]{0,6}", b in "[a01:9/é]{0,6}", c in "[a01:9/é]{0,6}"
        ) {
            prop_assert_eq!(compare_paths(&a, &b), compare_paths(&b, &a).reverse());
            prop_assert_eq!(compare_paths(&a, &b).is_eq(), a == b);
            if compare_paths(&a, &b).is_le() && compare_paths(&b, &c).is_le() {
                prop_assert!(compare_paths(&a, &c).is_le());
            }
        }
    }
}
