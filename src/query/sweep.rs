//! Looking at many articles, on all cores when it pays.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::corpus::{ArticleId, Corpus, Segment};
use crate::query::answer::Hit;

/// Articles looked at between two questions whether to go on.
const BATCH: usize = 64;

/// Articles that one thread takes at a time: a fraction of a millisecond of the cheapest test, so
/// that threads which drew dear ones are not waited for.
const SHARE: usize = 8192;

/// Threads at most. More only wait for memory.
const THREADS: usize = 8;

/// Which articles to look at: some known ones, and all from an id on.
#[derive(Clone, Copy)]
pub(crate) struct Candidates<'c> {
    /// Ids in order, all below `rest`.
    pub(crate) known: Known<'c>,
    /// The first article of which nothing is known.
    pub(crate) rest: ArticleId,
}

/// Articles that matched something wider.
#[derive(Clone, Copy)]
pub(crate) enum Known<'c> {
    /// As hits.
    Hits(&'c [Hit]),
    /// As ids.
    Ids(&'c [ArticleId]),
}

impl Known<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Hits(hits) => hits.len(),
            Self::Ids(ids) => ids.len(),
        }
    }
}

impl Candidates<'_> {
    /// Every article.
    pub(crate) const ALL: Self = Self {
        known: Known::Ids(&[]),
        rest: ArticleId(0),
    };

    /// What `judge` makes of each candidate, in the order of their ids; `None` when cancelled.
    /// `judge` may run on several threads.
    pub(crate) fn collect<T: Send>(
        &self,
        corpus: &Corpus,
        cancelled: &dyn Fn() -> bool,
        judge: impl Fn(&Segment, usize) -> Option<T> + Sync,
    ) -> Option<Vec<T>> {
        let known = self.known.len();
        let all = known + corpus.len().saturating_sub(self.rest.index());
        // counted as if the articles of which nothing is known stood after the known ones
        let share = |places: Range<usize>, go_on: &dyn Fn() -> bool| {
            let mut found = Vec::new();
            let low = places.start.min(known)..places.end.min(known);
            match self.known {
                Known::Hits(hits) => {
                    let ids = hits.get(low).unwrap_or_default().iter().map(|h| h.article);
                    visit(corpus, ids, &judge, go_on, &mut found)?;
                }
                Known::Ids(ids) => {
                    let ids = ids.get(low).unwrap_or_default().iter().copied();
                    visit(corpus, ids, &judge, go_on, &mut found)?;
                }
            }
            let first = self.rest.index() + places.start.max(known) - known;
            let end = self.rest.index() + places.end.max(known) - known;
            let ids = (first..end).filter_map(|id| u32::try_from(id).ok().map(ArticleId));
            visit(corpus, ids, &judge, go_on, &mut found)?;
            Some(found)
        };
        in_shares(all, SHARE, cancelled, share).map(|shares| {
            let mut found = Vec::with_capacity(shares.iter().map(Vec::len).sum());
            for share in shares {
                found.extend(share);
            }
            found
        })
    }
}

fn visit<T>(
    corpus: &Corpus,
    ids: impl Iterator<Item = ArticleId>,
    judge: &impl Fn(&Segment, usize) -> Option<T>,
    go_on: &dyn Fn() -> bool,
    found: &mut Vec<T>,
) -> Option<()> {
    for (seen, (segment, at)) in corpus.walk(ids).enumerate() {
        if seen.is_multiple_of(BATCH) && !go_on() {
            return None;
        }
        found.extend(judge(segment, at));
    }
    Some(())
}

/// Does work on `all` items in shares of `size`, on all cores when there are several shares, and
/// gives what each share gave, in order; `None` when cancelled. Work asks its second argument
/// whether to go on.
pub(crate) fn in_shares<T: Send>(
    all: usize,
    size: usize,
    cancelled: &dyn Fn() -> bool,
    work: impl Fn(Range<usize>, &dyn Fn() -> bool) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let shares = all.div_ceil(size);
    let threads = thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(shares)
        .min(THREADS);
    if threads < 2 {
        return Some(vec![work(0..all, &|| !cancelled())?]);
    }
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let done = Mutex::new(Vec::with_capacity(shares));
    let take_shares = |go_on: &dyn Fn() -> bool| {
        loop {
            let share = next.fetch_add(1, Ordering::Relaxed);
            if share >= shares {
                return;
            }
            let places = share * size..((share + 1) * size).min(all);
            let Some(result) = work(places, go_on) else {
                stopped.store(true, Ordering::Relaxed);
                return;
            };
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((share, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| take_shares(&|| !stopped.load(Ordering::Relaxed)));
        }
        // only the caller may be asked: others need not be allowed to
        take_shares(&|| {
            let go_on = !stopped.load(Ordering::Relaxed) && !cancelled();
            stopped.fetch_or(!go_on, Ordering::Relaxed);
            go_on
        });
    });
    if stopped.into_inner() {
        return None;
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(share, _)| *share);
    Some(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_cover_everything_once_and_in_order() {
        for all in [0, 1, 9, 10, 11, 95, 1000] {
            let shares = in_shares(all, 10, &|| false, |places, _| Some(places)).unwrap();
            let covered: Vec<usize> = shares.into_iter().flatten().collect();
            assert_eq!(covered, (0..all).collect::<Vec<_>>());
        }
    }

    #[test]
    fn work_ends_when_it_is_cancelled() {
        let asked = std::cell::Cell::new(0);
        let cancelled = || {
            asked.set(asked.get() + 1);
            asked.get() > 3
        };
        let work = |_, go_on: &dyn Fn() -> bool| {
            while go_on() {
                thread::yield_now();
            }
            None::<()>
        };
        assert_eq!(in_shares(1000, 10, &cancelled, work), None);
    }
}
