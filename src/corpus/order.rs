//! Orders of articles that every question needs and that only the corpus decides.

use std::cmp::Ordering;
use std::thread;

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

/// The place of each of some texts in the order of their bytes; equal ones share one.
///
/// The first 8 bytes of each, as a number, decide most comparisons without a look at the text.
pub(crate) fn ranks_of_texts(texts: &[&str]) -> Vec<u32> {
    let text = |id: u32| texts.get(id as usize).copied().unwrap_or("");
    let mut order: Vec<(u64, u32)> = (0..as_u32(texts.len()))
        .map(|id| (head(text(id)), id))
        .collect();
    let compare = |a: &(u64, u32), b: &(u64, u32)| {
        let heads = a.0.cmp(&b.0);
        heads.then_with(|| text(a.1).cmp(text(b.1)))
    };
    let (first, second) = order.split_at_mut(texts.len() / 2);
    thread::scope(|scope| {
        scope.spawn(|| first.sort_unstable_by(compare));
        second.sort_unstable_by(compare);
    });
    // two runs in order, which a stable sort merges
    order.sort_by(compare);
    let mut ranks = vec![0; texts.len()];
    for (rank, equals) in (0u32..).zip(order.chunk_by(|a, b| compare(a, b).is_eq())) {
        for (_, id) in equals {
            if let Some(slot) = ranks.get_mut(*id as usize) {
                *slot = rank;
            }
        }
    }
    ranks
}

/// The first 8 bytes of a text as a number: texts whose numbers differ are in that order.
fn head(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let first = bytes.first_chunk::<8>().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded
            .iter_mut()
            .zip(bytes)
            .for_each(|(to, from)| *to = *from);
        padded
    });
    u64::from_be_bytes(first)
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
        fn texts_are_ranked_by_their_bytes(
            texts in prop::collection::vec("[ab\0]{0,3}|sameHead[ab]{0,2}|[حä]{0,5}", 0..30)
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let by_comparing = ranks(texts.len(), |a, b| texts[a as usize].cmp(texts[b as usize]));
            prop_assert_eq!(ranks_of_texts(&texts), by_comparing);
        }

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
