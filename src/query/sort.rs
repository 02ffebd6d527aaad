//! Order of the hits.

use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus, Segment, Slab};
use crate::query::bits::{Bits, Ranked, WORD, set};
use crate::query::filter::Filter;
use crate::query::question::{Inferred, Sort};
use crate::query::sweep::in_shares;

/// From this many articles on, and when this share of them are hits, the order of all articles is
/// made once and walked, for 2 ns an article: to sort hits costs some 30 ns for each.
const MANY: usize = 50_000;
const SHARE: usize = 2;

/// The same where the order is there already.
const SHARE_OF_KNOWN: usize = 16;

/// Places of an order that one thread takes at a time.
const PLACES: usize = 1024 * WORD;

/// Hits looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// Values that keys may have for the articles to be counted into place, for each article; up to as
/// many values as the nearest memory holds, more for each of few.
const SPREAD: usize = 4;
const NEAR: usize = 1 << 16;
const SPREAD_OF_FEW: usize = 64;

/// What hits are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) by: Sort,
    pub(crate) reverse: bool,
    /// Whether inferred days count.
    pub(crate) inferred: Inferred,
}

/// Articles in an order and, where only some of them are hits, the places of those.
pub(crate) type Sorted = (Arc<Slab<u32>>, Option<Ranked>);

/// Orders of all articles of one snapshot, as far as they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    /// The latest first.
    known: Vec<(Order, Arc<Slab<u32>>)>,
}

/// Orders that are kept, each for 4 bytes an article.
const KEPT: usize = 2;

impl Orders {
    /// Forgets them: they hold for one snapshot.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
    }

    /// Puts hits in the order that the user asked for; `None` when cancelled.
    ///
    /// Ties go by path in either direction, and articles without a day are last in either
    /// direction.
    pub(crate) fn sort(
        &mut self,
        corpus: &Corpus,
        hits: &Bits,
        filter: &Filter,
        order: Order,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Sorted> {
        let column = by_column(order);
        let is_known = self.known.iter().any(|(known, _)| *known == column)
            || (column == NEWEST_FIRST && corpus.newest_first().is_some());
        let share = if is_known { SHARE_OF_KNOWN } else { SHARE };
        let few = corpus.len() < MANY || hits.count() < corpus.len() / share;
        if few && hits.count() < corpus.len() {
            return Some((sort(corpus, hits, filter, order, cancelled)?, None));
        }
        self.walk(corpus, hits, filter, order, cancelled)
    }

    /// The same by a walk through all articles.
    fn walk(
        &mut self,
        corpus: &Corpus,
        hits: &Bits,
        filter: &Filter,
        order: Order,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Sorted> {
        if order.by == Sort::Relevance && filter.ranks() {
            // by score, and by day where scores are equal
            let by_day = by_column(order);
            let (all, places) = self.walk(corpus, hits, filter, by_day, cancelled)?;
            let scores = scores(corpus, hits, filter, cancelled)?;
            let ids: Vec<u32> = match places {
                Some(places) => places
                    .bits()
                    .iter()
                    .filter_map(|at| all.get(at as usize).copied())
                    .collect(),
                None => all.to_vec(),
            };
            let score = |id: u32| scores.get(id as usize).copied().unwrap_or(0);
            let key = |id| turned(u32::MAX - 1 - score(id), order.reverse);
            let ids = Slab::from(in_order_of(ids, key));
            return Some((Arc::new(ids), None));
        }
        let all = self.of_all(corpus, order);
        if hits.count() == corpus.len() {
            return Some((all, None));
        }
        let shares = in_shares(all.len(), PLACES, cancelled, |range, go_on| {
            let mut places = vec![0; range.len().div_ceil(WORD)];
            for (at, id) in (0u32..).zip(all.get(range)?) {
                if (at as usize).is_multiple_of(PLACES / 8) && !go_on() {
                    return None;
                }
                if hits.contains(*id) {
                    set(&mut places, at);
                }
            }
            Some(places)
        })?;
        Some((all, Some(Ranked::new(Bits::of_words(shares.concat())))))
    }

    fn of_all(&mut self, corpus: &Corpus, order: Order) -> Arc<Slab<u32>> {
        let order = by_column(order);
        if let Some(at) = self.known.iter().position(|(known, _)| *known == order) {
            let known = self.known.remove(at);
            let ids = Arc::clone(&known.1);
            self.known.insert(0, known);
            return ids;
        }
        if let Some(kept) = corpus.newest_first().filter(|_| order == NEWEST_FIRST) {
            return Arc::clone(kept);
        }
        let keys = Keys::new(corpus, order);
        let all: Vec<u32> = (0..u32::try_from(corpus.len()).unwrap_or(u32::MAX)).collect();
        let by_path = match corpus.ranks_by_path() {
            Some(ranks) => in_order_of(all, |id| ranks.get(id as usize).copied().unwrap_or(id)),
            None => all,
        };
        let mut key_of = Vec::with_capacity(corpus.len());
        for segment in corpus.segments() {
            key_of.extend((0..segment.articles().len()).map(|at| keys.of(segment, at)));
        }
        let key = |id: u32| key_of.get(id as usize).copied().unwrap_or(u32::MAX);
        let ids = Arc::new(Slab::from(in_order_of(by_path, key)));
        self.known.insert(0, (order, Arc::clone(&ids)));
        self.known.truncate(KEPT);
        ids
    }
}

/// The order that caches have, [`Corpus::newest_first`].
const NEWEST_FIRST: Order = Order {
    by: Sort::Day,
    reverse: false,
    inferred: Inferred::Shown,
};

/// What equal scores go by: the order itself, or that by day.
fn by_column(order: Order) -> Order {
    let by = match order.by {
        Sort::Relevance => Sort::Day,
        other => other,
    };
    Order { by, ..order }
}

/// Items by their keys; those with equal keys keep their order.
fn in_order_of(mut items: Vec<u32>, key: impl Fn(u32) -> u32) -> Vec<u32> {
    // the key of what has none is the greatest number: it would spread the others
    let keys = || {
        items
            .iter()
            .map(|item| key(*item))
            .filter(|key| *key < u32::MAX)
    };
    let (Some(least), Some(greatest)) = (keys().min(), keys().max()) else {
        return items;
    };
    let spread = (greatest - least) as usize + 2;
    let most = (items.len() * SPREAD).max(NEAR.min(items.len() * SPREAD_OF_FEW));
    if spread > most {
        items.sort_by_key(|item| key(*item));
        return items;
    }
    let slot = |item: u32| match key(item) {
        u32::MAX => spread - 1,
        key => (key - least) as usize,
    };
    let mut next = vec![0u32; spread];
    for item in &items {
        if let Some(count) = next.get_mut(slot(*item)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for count in &mut next {
        sum += std::mem::replace(count, sum);
    }
    let mut sorted = vec![0; items.len()];
    for item in items {
        if let Some(next) = next.get_mut(slot(item)) {
            if let Some(place) = sorted.get_mut(*next as usize) {
                *place = item;
            }
            *next += 1;
        }
    }
    sorted
}

/// The score of each hit, by id; `None` when cancelled.
fn scores(
    corpus: &Corpus,
    hits: &Bits,
    filter: &Filter,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<u32>> {
    if let Some(known) = filter.scores_of(hits) {
        let mut scores = vec![0; corpus.len()];
        for (id, score) in hits.iter().zip(known) {
            if let Some(slot) = scores.get_mut(id as usize) {
                *slot = clamped(score.into());
            }
        }
        return Some(scores);
    }
    filter.score_words(corpus, cancelled)?;
    let shares = in_shares(corpus.len(), PLACES, cancelled, |range, go_on| {
        let mut scores = vec![0; range.len()];
        let first = range.start;
        for (seen, id) in hits.within(range, false).enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            if let Some(slot) = scores.get_mut(id as usize - first) {
                *slot = clamped(filter.score(corpus, ArticleId(id)));
            }
        }
        Some(scores)
    })?;
    Some(shares.concat())
}

/// What articles are ordered by, but for scores.
struct Keys<'c> {
    order: Order,
    paths: Option<&'c [u32]>,
    titles: Option<&'c [u32]>,
}

impl<'c> Keys<'c> {
    fn new(corpus: &'c Corpus, order: Order) -> Self {
        Self {
            order,
            paths: corpus.ranks_by_path(),
            titles: (order.by == Sort::Title).then(|| corpus.ranks_by_title()),
        }
    }

    /// The place of an article by path.
    fn path(&self, id: u32) -> u32 {
        rank(self.paths, id)
    }

    /// The key of an article. By relevance the newest of equals comes first.
    fn of(&self, segment: &Segment, at: usize) -> u32 {
        let reverse = self.order.reverse;
        let id = segment.id(at).0;
        match self.order.by {
            Sort::Day | Sort::Relevance => newest_first(segment, at, reverse, self.order.inferred),
            Sort::Title => turned(rank(self.titles, id), reverse),
            Sort::Length => turned((u32::MAX - 1).saturating_sub(segment.length(at)), reverse),
            Sort::Path => turned(self.path(id), reverse),
        }
    }
}

fn rank(ranks: Option<&[u32]>, id: u32) -> u32 {
    ranks.map_or(id, |ranks| ranks.get(id as usize).copied().unwrap_or(id))
}

/// Puts some hits in order; `None` when cancelled.
fn sort(
    corpus: &Corpus,
    hits: &Bits,
    filter: &Filter,
    order: Order,
    cancelled: &dyn Fn() -> bool,
) -> Option<Arc<Slab<u32>>> {
    let keys = Keys::new(corpus, order);
    let by_score = order.by == Sort::Relevance && filter.ranks();
    let known = by_score.then(|| filter.scores_of(hits)).flatten();
    if by_score && known.is_none() {
        filter.score_words(corpus, cancelled)?;
    }
    let count = hits.count();
    let mut ids: Vec<u32> = Vec::with_capacity(count);
    let mut columns: Vec<u32> = Vec::with_capacity(count);
    let mut scores = known.unwrap_or_default();
    let is_scored = !by_score || !scores.is_empty();
    let articles = corpus.walk(hits.iter().map(ArticleId));
    for (seen, (segment, at)) in articles.enumerate() {
        if seen.is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        let id = segment.id(at);
        ids.push(id.0);
        columns.push(keys.of(segment, at));
        if !is_scored {
            scores.push(clamped(filter.score(corpus, id)));
        }
    }
    // the last column first: each pass leaves the order of equals as it was
    let value = |column: &[u32], place: u32| column.get(place as usize).copied().unwrap_or(0);
    let mut places: Vec<u32> = (0..).take(ids.len()).collect();
    if keys.paths.is_some() {
        places = in_order_of(places, |place| keys.path(value(&ids, place)));
    }
    places = in_order_of(places, |place| value(&columns, place));
    if by_score {
        let key = |score| turned(u32::MAX - 1 - clamped(i64::from(score)), order.reverse);
        places = in_order_of(places, |place| key(value(&scores, place)));
    }
    let sorted = places.into_iter().map(|place| value(&ids, place));
    Some(Arc::new(sorted.collect()))
}

/// A score as a key holds it. None is that large.
fn clamped(score: i64) -> u32 {
    u32::try_from(score).unwrap_or(u32::MAX).min(u32::MAX - 1)
}

/// Keys are below the greatest number, which stands for none.
fn turned(key: u32, reverse: bool) -> u32 {
    let key = key.min(u32::MAX - 1);
    if reverse { u32::MAX - 1 - key } else { key }
}

/// A key that puts the newest day first, or last when reversed, and no day at the very end.
fn newest_first(segment: &Segment, at: usize, reverse: bool, inferred: Inferred) -> u32 {
    let own = segment.day_number(at);
    let Some((day, _)) = own.filter(|(_, firm)| inferred.admits(*firm)) else {
        return u32::MAX;
    };
    // days count from the year 1; those that intake lets through leave both ends of i32 unused
    let age = i32::MAX.abs_diff(day);
    if reverse { u32::MAX - 1 - age } else { age }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DayBasis;
    use crate::query::testing::{corpus, draft, filter, kept};
    use proptest::prelude::*;

    fn listed((order, places): Sorted) -> Vec<u32> {
        match places {
            Some(places) => {
                let places = places.bits().iter();
                places.map(|at| order[at as usize]).collect()
            }
            None => order.to_vec(),
        }
    }

    proptest! {
        #[test]
        fn a_walk_of_the_whole_order_gives_what_sorting_gives(
            hits in prop::collection::vec(any::<bool>(), 1..40), reverse: bool, typed in "|b|ba?"
        ) {
            let drafts = (0..hits.len()).map(|n| {
                let title = ["b", "a", "ba"][n % 3];
                let draft = draft(title, &"x".repeat(n % 4)).path(&format!("{}.txt", n * 7 % 5));
                match n % 5 {
                    0 => draft,
                    day => draft.day(&format!("2016-11-0{day}"), DayBasis::Stated),
                }
            });
            let corpus = corpus(drafts.collect());
            let hits = (0u32..).zip(&hits).filter(|(_, hit)| **hit).map(|(id, _)| id);
            let hits = Bits::of_numbers(corpus.len(), hits);
            let filter = filter(&corpus, &typed);
            for by in [Sort::Day, Sort::Title, Sort::Relevance, Sort::Length, Sort::Path] {
                let order = Order { by, reverse, inferred: Inferred::Shown };
                let walked = Orders::default().walk(&corpus, &hits, &filter, order, &|| false);
                let sorted = sort(&corpus, &hits, &filter, order, &|| false).unwrap();
                prop_assert_eq!(listed(walked.unwrap()), sorted.to_vec(), "{:?}", by);
            }
        }

        /// What a cache holds of orders is what would be worked out, and is not asked of a corpus
        /// that has changed since.
        #[test]
        fn a_cache_has_the_orders_that_are_worked_out(
            drafts in prop::collection::vec((0u32..6, 0u32..4, any::<bool>(), "[aBä]{0,2}"), 2..30)
        ) {
            let made = |(day, path, firm, title): &(u32, u32, bool, String)| {
                let basis = if *firm { DayBasis::Stated } else { DayBasis::Inferred };
                let draft = draft(title, "text").path(&format!("{path}.txt"));
                match day {
                    0 => draft,
                    day => draft.day(&format!("2016-11-0{day}"), basis),
                }
            };
            let (first, more) = drafts.split_at(drafts.len() - 1);
            let fresh = corpus(first.iter().map(made).collect());
            let kept = kept(&fresh);
            let more = || more.iter().map(|more| made(more).article).collect::<Vec<_>>();
            let redated = |corpus: &Corpus| corpus.redated(vec![(ArticleId(0), None, Vec::new())]);
            prop_assert!(kept.newest_first().is_some());
            for (fresh, kept) in [
                (fresh.clone(), kept.clone()),
                (fresh.with(more(), Vec::new()), kept.with(more(), Vec::new())),
                (redated(&fresh), redated(&kept)),
            ] {
                prop_assert_eq!(fresh.ranks_by_title(), kept.ranks_by_title());
                for by in [Sort::Day, Sort::Title, Sort::Path] {
                    for (reverse, inferred) in [
                        (false, Inferred::Shown),
                        (false, Inferred::Hidden),
                        (true, Inferred::Shown),
                    ] {
                        let order = Order { by, reverse, inferred };
                        let [fresh, kept] = [&fresh, &kept].map(|corpus| Orders::default().of_all(corpus, order));
                        prop_assert_eq!(fresh.to_vec(), kept.to_vec());
                    }
                }
            }
        }

        #[test]
        fn counting_into_place_is_a_stable_sort(
            keys in prop::collection::vec(prop_oneof![0u32..9, Just(u32::MAX), any::<u32>()], 0..60)
        ) {
            let items: Vec<u32> = (0..u32::try_from(keys.len()).unwrap()).rev().collect();
            let mut sorted = items.clone();
            sorted.sort_by_key(|item| keys[*item as usize]);
            prop_assert_eq!(in_order_of(items, |item| keys[item as usize]), sorted);
        }
    }
}
