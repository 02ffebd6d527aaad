//! Weights of the tagger, read in place.
//!
//! What a feature costs is the memory that it touches: a bucket is one line of the processor's cache
//! and holds four features whole. A feature lives in the bucket of its hash or nowhere, so a look-up
//! needs no loop and no branch, and the processor fetches the lines of many features at a time.
//!
//! Layout, little-endian: `MAGIC`; bytes of the lexicon, number of buckets (a power of two), both
//! `u32`; what a step of a weight is worth, then slope and offset of the calibration of confidences,
//! all `f32`; nothing (`u32`); the transitions, a row of `LABELS` `f32` for each earlier label; the
//! lexicon; zeros up to a whole line; the buckets (`LINE` bytes each): four rows of `WIDTH` `i8`,
//! the weights of all labels but "outside", which has none, then four tags (`u16`, 0 for a free row).

use crate::annotate::entity::tagger::bytes::{f32_at, u32_at};
use crate::annotate::entity::tagger::label::LABELS;
use crate::annotate::entity::tagger::lexicon::Lexicon;

/// What a model starts with.
const MAGIC: [u8; 8] = *b"khabarT2";
/// Bytes before the transitions.
const HEADER: usize = 32;
/// Bytes of a bucket: a line of the cache.
const LINE: usize = 64;
/// Rows of a bucket.
const ROWS: usize = 4;
/// Weights of a row: the last label is never used, the first always 0.
const WIDTH: usize = LABELS - 2;
/// Features that are looked up before any is added; more than a word has.
const AT_ONCE: usize = 128;
/// Where the tags of a bucket start.
const TAGS: usize = ROWS * WIDTH;

/// Sums of weights, in steps: label `n` at `n - 1`; what stands behind the last label is noise.
pub(super) type Sums = [i16; LABELS];

/// Scores of the labels of one word, in steps of a weight.
pub(super) type Scores = [i16; LABELS];

/// The scores of what was summed.
pub(super) fn scores(sums: &Sums) -> Scores {
    let mut scores = [0; LABELS];
    for (score, sum) in scores.iter_mut().skip(1).zip(sums.iter().take(WIDTH)) {
        *score = *sum;
    }
    scores
}

/// The weights of one language.
#[derive(Clone, Copy, Debug)]
pub struct Model<'b> {
    buckets: &'b [[u8; LINE]],
    /// What is known of words.
    pub lexicon: Lexicon<'b>,
    /// What a step of a weight is worth.
    pub step: f32,
    /// Score of each label after each.
    pub transitions: [[f32; LABELS]; LABELS],
    calibration: (f32, f32),
}

/// What a model is made of; weights of one feature in a row.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Bytes of the lexicon.
    pub lexicon: Vec<u8>,
    /// Weights by feature and label; those of "outside" are taken for 0.
    pub rows: Vec<(u64, [i8; LABELS])>,
    /// What a step of a weight is worth.
    pub step: f32,
    /// Score of each label after each.
    pub transitions: [[f32; LABELS]; LABELS],
    /// Slope and offset on the log odds of a name's probability.
    pub calibration: (f32, f32),
}

/// The bucket of a feature, before the mask, and its tag there.
#[inline]
fn place(feature: u64) -> (usize, u16) {
    let bucket = usize::try_from(feature & 0xffff_ffff).unwrap_or(0);
    let tag = u16::try_from(feature >> 48).unwrap_or(0);
    (bucket, tag.max(1))
}

/// Bytes of zeros that make a length a multiple of a line.
fn padding(length: usize) -> usize {
    length.wrapping_neg() % LINE
}

impl<'b> Model<'b> {
    /// The model in what [`Parts::pack`] made; `None` for anything else. Reads the header only.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        if !header.starts_with(&MAGIC) {
            return None;
        }
        let number = |at: usize| u32_at(header, at).map(|n| n as usize);
        let (matrix, rest) = rest.split_at_checked(LABELS * LABELS * 4)?;
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (from, row) in transitions.iter_mut().enumerate() {
            for (to, cell) in row.iter_mut().enumerate() {
                *cell = f32_at(matrix, (from * LABELS + to) * 4)?;
            }
        }
        let (lexicon, rest) = rest.split_at_checked(number(8)?)?;
        let (_, rest) = rest.split_at_checked(padding(bytes.len() - rest.len()))?;
        let (buckets, left) = rest.as_chunks::<LINE>();
        let fits =
            buckets.len().is_power_of_two() && buckets.len() == number(12)? && left.is_empty();
        fits.then_some(Self {
            buckets,
            lexicon: Lexicon::new(lexicon)?,
            step: f32_at(header, 16)?,
            transitions,
            calibration: (f32_at(header, 20)?, f32_at(header, 24)?),
        })
    }

    /// Adds the weights of those features that have any.
    pub(super) fn add(&self, features: &[u64], sums: &mut Sums) {
        for features in features.chunks(AT_ONCE) {
            let mut rows = [0; AT_ONCE];
            let known = self.rows(features, &mut rows);
            self.add_rows(rows.get(..known).unwrap_or(&[]), sums);
        }
    }

    /// The rows of features that are known, as bucket × `ROWS` + row; gives how many those are.
    ///
    /// Apart from adding them up, and without a branch: whether a feature is known is past
    /// predicting, and a wrong guess would keep the next lines from being fetched.
    #[inline(never)]
    fn rows(&self, features: &[u64], rows: &mut [u32; AT_ONCE]) -> usize {
        const LOWEST: u64 = 0x0001_0001_0001_0001;
        let mask = self.buckets.len().wrapping_sub(1);
        let mut known = 0;
        for feature in features {
            let (at, tag) = place(*feature);
            let at = at & mask;
            let Some(tags) = self.buckets.get(at).and_then(|b| b.last_chunk::<8>()) else {
                continue;
            };
            // the highest bit of each tag that is the same, of the first such at least
            let apart = u64::from_le_bytes(*tags) ^ (u64::from(tag) * LOWEST);
            let same = apart.wrapping_sub(LOWEST) & !apart & (LOWEST << 15);
            let row = (same.trailing_zeros() / 16) as usize & (ROWS - 1);
            if let Some(slot) = rows.get_mut(known % AT_ONCE) {
                *slot = u32::try_from(at * ROWS + row).unwrap_or(0);
            }
            known += usize::from(same != 0);
        }
        known
    }

    #[inline(never)]
    fn add_rows(&self, rows: &[u32], sums: &mut Sums) {
        let mut own = *sums;
        for row in rows {
            let (at, row) = (*row as usize / ROWS, *row as usize % ROWS);
            let Some(weights) = self
                .buckets
                .get(at)
                .and_then(|bucket| bucket.get(row * WIDTH..)?.first_chunk::<LABELS>())
            else {
                continue;
            };
            for (sum, weight) in own.iter_mut().zip(weights) {
                *sum = sum.wrapping_add(i16::from(weight.cast_signed()));
            }
        }
        *sums = own;
    }

    /// The share of names right that held-out documents had at this probability.
    #[must_use]
    pub fn calibrated(&self, probability: f32) -> f32 {
        let bounded = probability.clamp(1e-4, 1.0 - 1e-4);
        let odds = (bounded / (1.0 - bounded)).ln();
        let (slope, offset) = self.calibration;
        1.0 / (1.0 + (-(slope * odds + offset)).exp())
    }
}

impl Parts {
    /// The bytes of the model; features that find their bucket full are left out, so give the
    /// weightiest first.
    #[must_use]
    pub fn pack(&self, buckets: usize) -> Vec<u8> {
        let count = buckets.next_power_of_two();
        let mut lines = vec![[0u8; LINE]; count];
        for (feature, weights) in &self.rows {
            let (at, tag) = place(*feature);
            let Some(line) = lines.get_mut(at & (count - 1)) else {
                continue;
            };
            let (rows, tags) = line.split_at_mut(TAGS);
            let (tags, _) = tags.as_chunks_mut::<2>();
            let (rows, _) = rows.as_chunks_mut::<WIDTH>();
            // of two features with one tag the weightier has the row
            let free = tags
                .iter_mut()
                .zip(rows)
                .find(|(slot, _)| **slot == [0; 2] || **slot == tag.to_le_bytes());
            if let Some((slot, row)) = free.filter(|(slot, _)| **slot == [0; 2]) {
                *slot = tag.to_le_bytes();
                for (cell, weight) in row.iter_mut().zip(weights.iter().skip(1)) {
                    *cell = weight.cast_unsigned();
                }
            }
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(0).to_le_bytes();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(number(self.lexicon.len()));
        bytes.extend(number(count));
        let (slope, offset) = self.calibration;
        for worth in [self.step, slope, offset, 0.0] {
            bytes.extend(worth.to_le_bytes());
        }
        bytes.extend(
            self.transitions
                .iter()
                .flatten()
                .flat_map(|f| f.to_le_bytes()),
        );
        bytes.extend(&self.lexicon);
        bytes.resize(bytes.len() + padding(bytes.len()), 0);
        bytes.extend(lines.iter().flatten());
        bytes
    }
}
