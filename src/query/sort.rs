//! Order of the hits.

use chrono::Datelike as _;

use crate::corpus::{Corpus, Segment};
use crate::query::answer::Hit;
use crate::query::days::day_in;
use crate::query::question::{Inferred, Sort};

/// Puts hits, given in the order of their ids, in the order that the user asked for.
///
/// Ties go by path in either direction, and articles without a day are last in either direction.
pub(crate) fn sort(
    corpus: &Corpus,
    hits: &[Hit],
    by: Sort,
    reverse: bool,
    inferred: Inferred,
) -> Vec<Hit> {
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
        let score = u32::try_from(hit.score).unwrap_or(u32::MAX);
        let key = match by {
            Sort::Day => [newest_first(segment, at, reverse, inferred), 0],
            Sort::Title => [turned(rank(titles, hit.article.0), reverse), 0],
            Sort::Relevance => [
                turned(u32::MAX - score, reverse),
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
