//! Order of the hits.

use std::sync::Arc;

use chrono::Datelike as _;

use crate::corpus::{ArticleId, Corpus, Segment};
use crate::query::answer::Hit;
use crate::query::days::day_in;
use crate::query::question::{Inferred, Sort};

/// From this many articles on, and when this share of them are hits, the order of all articles is
/// made once and walked: to sort a million hits at each key costs ten times as much.
const MANY: usize = 50_000;
const SHARE: usize = 16;

/// What hits are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) by: Sort,
    pub(crate) reverse: bool,
    /// Whether inferred days count.
    pub(crate) inferred: Inferred,
}

/// Orders of all articles of one snapshot, as far as they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    known: Vec<(Order, Arc<[u32]>)>,
}

impl Orders {
    /// Forgets them: they hold for one snapshot.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
    }

    /// Puts hits in order as [`sort`] does.
    pub(crate) fn sort(&mut self, corpus: &Corpus, hits: &[Hit], order: Order) -> Vec<Hit> {
        if hits.len() < MANY || hits.len() < corpus.len() / SHARE {
            return sort(corpus, hits, order);
        }
        self.walk(corpus, hits, order)
    }

    /// The same by a walk through all articles.
    fn walk(&mut self, corpus: &Corpus, hits: &[Hit], order: Order) -> Vec<Hit> {
        if order.by != Sort::Relevance {
            return in_order(corpus, hits, &self.of_all(corpus, order));
        }
        // by score, and by day where scores are equal
        let by_day = Order {
            by: Sort::Day,
            ..order
        };
        let mut sorted = in_order(corpus, hits, &self.of_all(corpus, by_day));
        sorted.sort_by_key(|hit| turned(u32::MAX - clamped(hit.score), order.reverse));
        sorted
    }

    fn of_all(&mut self, corpus: &Corpus, order: Order) -> Arc<[u32]> {
        if let Some((_, known)) = self.known.iter().find(|(known, _)| *known == order) {
            return Arc::clone(known);
        }
        let ids = (0..u32::try_from(corpus.len()).unwrap_or(u32::MAX)).map(ArticleId);
        let all: Vec<Hit> = ids.map(|article| Hit { article, score: 0 }).collect();
        let sorted = sort(corpus, &all, order);
        let ids: Arc<[u32]> = sorted.iter().map(|hit| hit.article.0).collect();
        self.known.push((order, Arc::clone(&ids)));
        ids
    }
}

/// Hits in the order of `order`, which names all articles.
fn in_order(corpus: &Corpus, hits: &[Hit], order: &[u32]) -> Vec<Hit> {
    let mut scores: Vec<Option<i64>> = vec![None; corpus.len()];
    for hit in hits {
        if let Some(score) = scores.get_mut(hit.article.index()) {
            *score = Some(hit.score);
        }
    }
    let mut sorted = Vec::with_capacity(hits.len());
    for id in order {
        if let Some(Some(score)) = scores.get(*id as usize) {
            sorted.push(Hit {
                article: ArticleId(*id),
                score: *score,
            });
        }
    }
    sorted
}

/// Puts hits, given in the order of their ids, in the order that the user asked for.
///
/// Ties go by path in either direction, and articles without a day are last in either direction.
fn sort(corpus: &Corpus, hits: &[Hit], order: Order) -> Vec<Hit> {
    let Order {
        by,
        reverse,
        inferred,
    } = order;
    let paths = corpus.ranks_by_path();
    let titles = (by == Sort::Title).then(|| corpus.ranks_by_title());
    let rank = |ranks: Option<&[u32]>, id: u32| {
        ranks.map_or(id, |ranks| ranks.get(id as usize).copied().unwrap_or(id))
    };
    // A key is four numbers of 32 bits in one: to compare two of them is one comparison, and the
    // last number, the place in `hits`, finds the hit again.
    let mut keys: Vec<u128> = Vec::with_capacity(hits.len());
    let articles = corpus.walk(hits.iter().map(|hit| hit.article));
    for ((place, hit), (segment, at)) in (0u32..).zip(hits).zip(articles) {
        let path = rank(paths, hit.article.0);
        let key = match by {
            Sort::Day => [newest_first(segment, at, reverse, inferred), 0],
            Sort::Title => [turned(rank(titles, hit.article.0), reverse), 0],
            Sort::Relevance => [
                turned(u32::MAX - clamped(hit.score), reverse),
                newest_first(segment, at, reverse, inferred),
            ],
            Sort::Length => [turned(u32::MAX - segment.length(at), reverse), 0],
            Sort::Path => [turned(path, reverse), 0],
        };
        let [first, second] = key.map(u128::from);
        keys.push(first << 96 | second << 64 | u128::from(path) << 32 | u128::from(place));
    }
    keys.sort_unstable();
    let places = keys
        .into_iter()
        .map(|key| (key & u128::from(u32::MAX)) as usize);
    places
        .filter_map(|place| hits.get(place).copied())
        .collect()
}

/// A score as a key holds it. None is that large.
fn clamped(score: i64) -> u32 {
    u32::try_from(score).unwrap_or(u32::MAX)
}

fn turned(key: u32, reverse: bool) -> u32 {
    if reverse { u32::MAX - key } else { key }
}

/// A key that puts the newest day first, or last when reversed, and no day at the very end.
fn newest_first(segment: &Segment, at: usize, reverse: bool, inferred: Inferred) -> u32 {
    let Some((day, _)) = day_in(segment, at, inferred) else {
        return u32::MAX;
    };
    // days count from the year 1; chrono's range leaves both ends of i32 unused
    let age = i32::MAX.abs_diff(day.num_days_from_ce());
    if reverse { u32::MAX - 1 - age } else { age }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DayBasis;
    use crate::query::testing::{corpus, draft};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_walk_of_the_whole_order_gives_what_sorting_gives(
            scores in prop::collection::vec(prop::option::of(0i64..4), 1..40), reverse: bool
        ) {
            let drafts = (0..scores.len()).map(|n| {
                let title = ["b", "a", "c"][n % 3];
                let draft = draft(title, &"x".repeat(n % 4)).path(&format!("{}.txt", n * 7 % 5));
                match n % 5 {
                    0 => draft,
                    day => draft.day(&format!("2016-11-0{day}"), DayBasis::Stated),
                }
            });
            let corpus = corpus(drafts.collect());
            let hits: Vec<Hit> = (0u32..)
                .zip(&scores)
                .filter_map(|(id, score)| Some(Hit { article: ArticleId(id), score: (*score)? }))
                .collect();
            for by in [Sort::Day, Sort::Title, Sort::Relevance, Sort::Length, Sort::Path] {
                let order = Order { by, reverse, inferred: Inferred::Shown };
                let walked = Orders::default().walk(&corpus, &hits, order);
                prop_assert_eq!(walked, sort(&corpus, &hits, order), "{:?}", by);
            }
        }
    }
}
