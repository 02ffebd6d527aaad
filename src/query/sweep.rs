//! Looking at many articles, on all cores when it pays.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::corpus::{ArticleId, Corpus, Segment};
use crate::query::bits::{Bits, WORD, mask, numbers_of, set};

/// Articles that one thread takes at a time: a fraction of a millisecond of the cheapest test, so
/// that threads which drew dear ones are not waited for.
const SHARE: usize = 128 * WORD;

/// Threads at most. More only wait for memory.
const THREADS: usize = 8;

/// Which articles to look at: some known ones, and all from a number on.
#[derive(Clone, Copy)]
pub(crate) struct Candidates<'c> {
    /// Articles that matched something wider; all of them where that is not known.
    pub(crate) known: Option<&'c Bits>,
    /// The first article of which nothing is known.
    pub(crate) rest: usize,
}

impl Candidates<'_> {
    /// Every article.
    pub(crate) const ALL: Self = Self {
        known: None,
        rest: 0,
    };

    /// The candidates that `judge` passes; `None` when cancelled. `judge` may run on several
    /// threads.
    pub(crate) fn select(
        &self,
        corpus: &Corpus,
        cancelled: &dyn Fn() -> bool,
        judge: impl Fn(&Segment, usize) -> bool + Sync,
    ) -> Option<Bits> {
        let shares = in_shares(corpus.len(), SHARE, cancelled, |range, go_on| {
            let first = range.start / WORD;
            let mut found = vec![0; range.len().div_ceil(WORD)];
            for at in first..range.end.div_ceil(WORD) {
                let asked = self.word(at) & mask(at, &range);
                if asked == 0 {
                    continue;
                }
                if !go_on() {
                    return None;
                }
                let Some(found) = found.get_mut(at - first..=at - first) else {
                    continue;
                };
                for (segment, place) in corpus.walk(numbers_of(at, asked).map(ArticleId)) {
                    if judge(segment, place) {
                        set(found, segment.id(place).0 % 64);
                    }
                }
            }
            Some(found)
        })?;
        Some(Bits::of_words(shares.concat()))
    }

    fn word(&self, at: usize) -> u64 {
        let unknown = mask(at, &(self.rest..usize::MAX));
        self.known.map_or(0, |known| known.word(at)) | unknown
    }
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
