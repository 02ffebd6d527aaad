//! Shingles: the groups of consecutive words of a folded text, as hashes.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use crate::corpus::Likeness;
use crate::corpus::segment::words_of;

/// Words in a shingle: fewer repeat by chance, more break at every edit.
const WORDS: usize = 4;

/// One shingle of so many is posted for finding pairs; of texts of at most [`SHORT`] shingles,
/// one of [`SHORT_STEP`], so that they have enough. The one divides the other: what a long and a
/// short text share and the long one posts, the short one posts as well.
const STEP: u64 = 8;
const SHORT_STEP: u64 = 2;
const SHORT: usize = 256;

/// The distinct shingles of a text.
#[derive(Debug)]
pub(super) struct Shingles {
    /// Sorted.
    hashes: Vec<u64>,
    /// Its distinct words that hold a digit, hashed, sorted.
    numbers: Vec<u64>,
}

impl Shingles {
    /// Of a folded text. A text of fewer words than a shingle has is one shingle.
    pub(super) fn of(folded: &str) -> Self {
        let mut numbers = Vec::new();
        let mut words = Vec::new();
        for word in words_of(folded) {
            let hash = hash_of(word);
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                numbers.push(hash);
            }
            words.push(hash);
        }
        let width = WORDS.min(words.len()).max(1);
        let mut hashes: Vec<u64> = words.windows(width).map(hash_of_words).collect();
        hashes.sort_unstable();
        hashes.dedup();
        numbers.sort_unstable();
        numbers.dedup();
        Self { hashes, numbers }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.hashes.len()).unwrap_or(u32::MAX)
    }

    /// Those by which pairs are found.
    pub(super) fn sampled(&self) -> impl Iterator<Item = u64> {
        let step = if self.hashes.len() <= SHORT {
            SHORT_STEP
        } else {
            STEP
        };
        let hashes = self.hashes.iter().copied();
        hashes.filter(move |hash| hash.is_multiple_of(step))
    }

    /// How much two texts share.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let shared = common(&self.hashes, &other.hashes);
        let (a, b) = (self.hashes.len(), other.hashes.len());
        Likeness {
            resemblance: share(shared, a + b - shared),
            containment: share(shared, a.min(b)),
            shared: u32::try_from(shared).unwrap_or(u32::MAX),
        }
    }

    /// The share of the numbers of the text with fewer that stand in the other; `None` where
    /// there are too few to tell. The same form filled with other numbers is another story.
    pub(super) fn share_of_numbers(&self, other: &Self) -> Option<f32> {
        const ENOUGH: usize = 6;
        let fewer = self.numbers.len().min(other.numbers.len());
        (fewer >= ENOUGH).then(|| share(common(&self.numbers, &other.numbers), fewer))
    }
}

/// How many sampled shingles a candidate pair must share, given the shingles of its shorter text:
/// a quarter of what equal texts would share, and never one alone.
pub(super) fn least_shared(shorter: u32) -> u32 {
    let sampled = shorter / u32::try_from(STEP).unwrap_or(1);
    (sampled / 4).max(2)
}

/// A hash that is the same in every run.
pub(super) fn hash_of(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    spread(hasher.finish())
}

fn hash_of_words(words: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    for word in words {
        hasher.write_u64(*word);
    }
    spread(hasher.finish())
}

/// Makes every bit depend on every other (the finaliser of `MurmurHash3`): sampling looks at the
/// lowest ones.
fn spread(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

/// How many items two sorted lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a share of some thousands of words needs no more digits"
)]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        return 0.0;
    }
    part as f32 / whole as f32
}
