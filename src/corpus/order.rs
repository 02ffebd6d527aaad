//! Orders of articles that every question needs and that only the corpus decides.

use std::cmp::Ordering;

use crate::corpus::columns::as_u32;
use crate::text::natural::natural_order;

/// Compares two paths folder by folder, each name as a person sorts it: the order in which a
/// folder is read.
#[must_use]
pub fn compare_paths(a: &str, b: &str) -> Ordering {
    let is_end = |c: char| matches!(c, '/' | '\\');
    let (mut left, mut right) = (a.split(is_end), b.split(is_end));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(name), Some(other)) => natural_order(name, other),
        };
        if order.is_ne() {
            return order;
        }
    }
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
    fn folders_come_before_what_only_begins_like_them() {
        for (a, b) in [
            ("a2", "a10"),
            ("news.jsonl:9", "news.jsonl:17"),
            ("2016/9/x", "2016/10/a"),
            ("a/z", "a.txt/b"),
            ("a/z", "a b"),
            ("A/x", "b/x"),
            ("a", "a/b"),
            ("", "a"),
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
            a in "[aA01:9/é]{0,6}", b in "[aA01:9/é]{0,6}", c in "[aA01:9/é]{0,6}"
        ) {
            prop_assert_eq!(compare_paths(&a, &b), compare_paths(&b, &a).reverse());
            prop_assert_eq!(compare_paths(&a, &b).is_eq(), a == b);
            if compare_paths(&a, &b).is_le() && compare_paths(&b, &c).is_le() {
                prop_assert!(compare_paths(&a, &c).is_le());
            }
        }
    }
}
