//! Weights of the tagger, read in place.
//!
//! Layout, little-endian: `MAGIC`; bytes of the lexicon, number of rows, number of slots (a power
//! of two), all `u32`; what a step of a weight is worth, then slope and offset of the calibration of
//! confidences, all `f32`; the transitions, a row of `LABELS` `f32` for each earlier label; the
//! lexicon; the slots (`u32`: upper bits a tag of the feature, lower `ROW_BITS` the row plus
//! one, 0 for a free slot; open addressing with steps of one); the rows (`LABELS` `i8` each).

use crate::annotate::entity::tagger::bytes::{f32_at, u32_at};
use crate::annotate::entity::tagger::label::LABELS;
use crate::annotate::entity::tagger::lexicon::Lexicon;

/// What a model starts with.
const MAGIC: [u8; 8] = *b"khabarT1";
/// Bytes before the transitions.
const HEADER: usize = 32;
/// Bits of a slot that number a row.
const ROW_BITS: u32 = 18;
/// Slots that are looked at before a feature counts as unknown.
const REACH: usize = 32;

/// Scores of the labels of one word, in steps of a weight.
pub(super) type Scores = [i16; LABELS];

/// The weights of one language.
#[derive(Clone, Copy, Debug)]
pub struct Model<'b> {
    slots: &'b [[u8; 4]],
    rows: &'b [[u8; LABELS]],
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
    /// Weights by feature.
    pub rows: Vec<(u64, [i8; LABELS])>,
    /// What a step of a weight is worth.
    pub step: f32,
    /// Score of each label after each.
    pub transitions: [[f32; LABELS]; LABELS],
    /// Slope and offset on the log odds of a name's probability.
    pub calibration: (f32, f32),
}

/// Where to start looking for a feature, and what its slot is tagged with.
fn place(feature: u64) -> (usize, u32) {
    let low = usize::try_from(feature & 0xffff_ffff).unwrap_or(0);
    let tag = u32::try_from(feature >> (32 + ROW_BITS)).unwrap_or(0);
    (low, tag << ROW_BITS)
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
        let slots = number(16)?;
        let (slots_bytes, rows) = rest.split_at_checked(slots.checked_mul(4)?)?;
        let (slots, _) = slots_bytes.as_chunks::<4>();
        let (rows, left) = rows.as_chunks::<LABELS>();
        let fits = slots.len().is_power_of_two() && rows.len() == number(12)? && left.is_empty();
        fits.then_some(Self {
            slots,
            rows,
            lexicon: Lexicon::new(lexicon)?,
            step: f32_at(header, 20)?,
            transitions,
            calibration: (f32_at(header, 24)?, f32_at(header, 28)?),
        })
    }

    /// Adds the weights of a feature, if it has any.
    #[inline]
    pub(super) fn add(&self, feature: u64, scores: &mut Scores) {
        let (start, tag) = place(feature);
        let mask = self.slots.len().wrapping_sub(1);
        for step in 0..REACH {
            let Some(slot) = self.slots.get(start.wrapping_add(step) & mask) else {
                return;
            };
            let slot = u32::from_le_bytes(*slot);
            if slot == 0 {
                return;
            }
            if slot >> ROW_BITS << ROW_BITS == tag {
                let row = (slot & ((1 << ROW_BITS) - 1)) as usize;
                if let Some(row) = self.rows.get(row.wrapping_sub(1)) {
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score = score.saturating_add(i16::from(weight.cast_signed()));
                    }
                }
                return;
            }
        }
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
    /// The bytes of the model; features that find no slot nearby are left out, so give the
    /// weightiest first.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let count = (self.rows.len() * 3 / 2 + 1).next_power_of_two();
        let mut slots = vec![0u32; count];
        let mut rows = Vec::new();
        for (feature, weights) in self.rows.iter().take((1 << ROW_BITS) - 2) {
            let (start, tag) = place(*feature);
            let near = (0..REACH).map(|step| start.wrapping_add(step) & (count - 1));
            let free = near
                .clone()
                .find(|at| slots.get(*at).is_some_and(|s| *s == 0));
            if let Some(slot) = free.and_then(|at| slots.get_mut(at)) {
                rows.extend(weights.iter().map(|w| w.cast_unsigned()));
                *slot = tag | u32::try_from(rows.len() / LABELS).unwrap_or(0);
            }
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(0).to_le_bytes();
        let mut bytes = MAGIC.to_vec();
        for n in [self.lexicon.len(), rows.len() / LABELS, count] {
            bytes.extend(number(n));
        }
        let (slope, offset) = self.calibration;
        let worth = [self.step, slope, offset];
        let matrix = self.transitions.iter().flatten();
        bytes.extend(
            worth
                .iter()
                .chain(matrix)
                .flat_map(|f: &f32| f.to_le_bytes()),
        );
        bytes.extend(&self.lexicon);
        bytes.extend(slots.iter().flat_map(|slot| slot.to_le_bytes()));
        bytes.extend(rows);
        bytes
    }
}
