//! Sets of numbers (articles, words) as one bit each: a million take 125 kB.

use std::ops::Range;

/// Numbers in one word of a set.
pub(crate) const WORD: usize = 64;

/// A set of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    count: usize,
}

impl Bits {
    /// The set whose bits these are, the lowest number in the lowest bit of the first word.
    pub(crate) fn of_words(words: Vec<u64>) -> Self {
        let count = words.iter().map(|word| word.count_ones() as usize).sum();
        Self { words, count }
    }

    /// The set of these numbers, all below `len`; others are left out.
    pub(crate) fn of_numbers(len: usize, numbers: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![0; len.div_ceil(WORD)];
        numbers.for_each(|number| set(&mut words, number));
        Self::of_words(words)
    }

    /// All numbers below `len`.
    pub(crate) fn all(len: usize) -> Self {
        let words = (0..len.div_ceil(WORD)).map(|at| mask(at, &(0..len)));
        Self::of_words(words.collect())
    }

    /// How many numbers there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }

    #[inline]
    pub(crate) fn contains(&self, number: u32) -> bool {
        self.word(number as usize / WORD) >> (number as usize % WORD) & 1 == 1
    }

    /// The bits from `64 × at` on; none behind the last.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or(0)
    }

    /// All words of bits.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// What `combine` makes of the bits of both, as long as the first is.
    pub(crate) fn combined(&self, other: &Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        let words = self.words.iter().enumerate();
        let words = words.map(|(at, word)| combine(*word, other.word(at)));
        Self::of_words(words.collect())
    }

    /// The numbers in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.words.len()).flat_map(|at| numbers_of(at, self.word(at)))
    }

    /// The numbers within a range of numbers, in order; or, with `missing`, those that are not
    /// there.
    pub(crate) fn within(&self, range: Range<usize>, missing: bool) -> impl Iterator<Item = u32> {
        let turned = if missing { u64::MAX } else { 0 };
        let words = range.start / WORD..range.end.div_ceil(WORD);
        words.flat_map(move |at| numbers_of(at, (self.word(at) ^ turned) & mask(at, &range)))
    }
}

/// Sets the bit of a number, where there is one.
#[inline]
pub(crate) fn set(words: &mut [u64], number: u32) {
    if let Some(word) = words.get_mut(number as usize / WORD) {
        *word |= 1 << (number as usize % WORD);
    }
}

/// The bits of word `at` that stand for numbers of a range.
pub(crate) fn mask(at: usize, range: &Range<usize>) -> u64 {
    let first = at * WORD;
    let below = |end: usize| match end.saturating_sub(first) {
        n if n >= WORD => u64::MAX,
        n => (1 << n) - 1,
    };
    below(range.end) & !below(range.start)
}

/// The numbers that the bits of word `at` stand for.
pub(crate) fn numbers_of(at: usize, mut bits: u64) -> impl Iterator<Item = u32> {
    let first = u32::try_from(at * WORD).unwrap_or(u32::MAX);
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(first + lowest)
    })
}

/// A set that also tells how many of its numbers come before one, and which is the `n`th.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranked {
    bits: Bits,
    /// Numbers before each [`BLOCK`] words.
    before: Vec<u32>,
}

/// Words between two counts.
const BLOCK: usize = 8;

impl Ranked {
    pub(crate) fn new(bits: Bits) -> Self {
        let mut sum = 0;
        let before = bits.words.chunks(BLOCK).map(|block| {
            let before = sum;
            sum += block.iter().map(|word| word.count_ones()).sum::<u32>();
            before
        });
        Self {
            before: before.collect(),
            bits,
        }
    }

    pub(crate) fn bits(&self) -> &Bits {
        &self.bits
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.bits.bytes() + self.before.len() * size_of::<u32>()
    }

    /// How many numbers are smaller than this one.
    pub(crate) fn rank(&self, number: u32) -> usize {
        let at = number as usize / WORD;
        let block = at / BLOCK;
        let before = self.before.get(block).copied().unwrap_or(0);
        let words = (block * BLOCK..at).map(|at| self.bits.word(at).count_ones());
        let below = (1u64 << (number as usize % WORD)) - 1;
        (before + words.sum::<u32>() + (self.bits.word(at) & below).count_ones()) as usize
    }

    /// The number that `n` others are smaller than.
    pub(crate) fn select(&self, n: usize) -> Option<u32> {
        let n = u32::try_from(n).ok().filter(|_| n < self.bits.count)?;
        let block = self.before.partition_point(|before| *before <= n) - 1;
        let mut left = n - self.before.get(block)?;
        for at in block * BLOCK..(block + 1) * BLOCK {
            let word = self.bits.word(at);
            if left < word.count_ones() {
                return numbers_of(at, word).nth(left as usize);
            }
            left -= word.count_ones();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_set_tells_what_was_put_in(
            numbers in prop::collection::btree_set(0u32..3000, 0..400), from in 0usize..3000, more in 0usize..3000
        ) {
            let ranked = Ranked::new(Bits::of_numbers(3000, numbers.iter().copied()));
            let bits = ranked.bits();
            prop_assert_eq!(bits.count(), numbers.len());
            prop_assert_eq!(bits.iter().collect::<BTreeSet<_>>(), numbers.clone());
            for number in 0..3000 {
                prop_assert_eq!(bits.contains(number), numbers.contains(&number));
                prop_assert_eq!(ranked.rank(number), numbers.range(..number).count());
            }
            for (n, number) in numbers.iter().enumerate() {
                prop_assert_eq!(ranked.select(n), Some(*number));
            }
            prop_assert_eq!(ranked.select(numbers.len()), None);
            let to = (from + more).min(3000);
            let all = u32::try_from(from).unwrap()..u32::try_from(to).unwrap();
            for missing in [false, true] {
                let within: Vec<u32> = bits.within(from..to, missing).collect();
                let expected: Vec<u32> = all.clone().filter(|n| numbers.contains(n) != missing).collect();
                prop_assert_eq!(within, expected);
            }
        }
    }
}
