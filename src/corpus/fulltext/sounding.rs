//! Which words have a sound, by the sound's hash.
//!
//! In a cache, as bits:
//!
//! ```text
//! sounds  = hashes (gamma), low bits, bits of a word (5 each), { sound }
//! sound   = hash, less that of the one before (Rice) · words (gamma), { word }
//! word    = its number, times two, and one where it stands in a name
//! ```

use std::sync::OnceLock;

use crate::corpus::columns::as_u32;
use crate::corpus::fulltext::bits::{BitReader, BitWriter, low_bits};
use crate::corpus::stored::Late;

/// A sound's hash and a word that has it: its number, times two, and one where it stands in a name.
pub(super) type Sound = (u32, u32);

/// Words by the hashes of their sounds.
#[derive(Debug)]
pub(super) enum Sounding {
    /// Made in this run: sorted.
    Here(Vec<Sound>),
    /// Those of a cache, from when they are first asked for.
    There(Late, OnceLock<Vec<Sound>>),
}

impl Sounding {
    /// Those of a cache.
    pub(super) fn kept(late: Late) -> Self {
        Self::There(late, OnceLock::new())
    }

    /// All of them, sorted.
    pub(super) fn all(&self) -> &[Sound] {
        match self {
            Self::Here(sounds) => sounds,
            Self::There(late, sounds) => sounds.get_or_init(|| unpacked(&late.read())),
        }
    }

    /// The words that a sound's hash leads to.
    pub(super) fn words(&self, hash: u32) -> impl Iterator<Item = u32> {
        let all = self.all();
        let first = all.partition_point(|(other, _)| *other < hash);
        let rest = all.get(first..).unwrap_or_default().iter();
        rest.take_while(move |(other, _)| *other == hash)
            .map(|(_, word)| *word)
    }

    /// As a cache has them.
    pub(super) fn packed(&self) -> Vec<u8> {
        let all = self.all();
        let by_hash = || all.chunk_by(|one, next| one.0 == next.0);
        let count = as_u32(by_hash().count());
        let highest = all.last().map_or(0, |(hash, _)| *hash);
        let low = low_bits(highest / count.max(1));
        let widest = all.iter().map(|(_, word)| *word).max().unwrap_or(0);
        let width = (u32::BITS - widest.leading_zeros()).clamp(1, u32::BITS - 1);
        let mut bits = BitWriter::default();
        bits.gamma(count);
        bits.put(low, 5);
        bits.put(width, 5);
        let mut before = 0;
        for same in by_hash() {
            let hash = same.first().map_or(0, |(hash, _)| *hash);
            bits.rice(hash - before, low);
            before = hash;
            bits.gamma(as_u32(same.len()));
            for (_, word) in same {
                bits.put(*word, width);
            }
        }
        bits.finish()
    }
}

/// What [`Sounding::packed`] gave; of damaged bytes, what can be read.
fn unpacked(bytes: &[u8]) -> Vec<Sound> {
    let mut bits = BitReader::new(bytes, 0);
    let mut sounds = Vec::new();
    let mut read = || {
        let count = bits.gamma()?;
        let (low, width) = (bits.take(5)?, bits.take(5)?);
        let mut hash = 0u32;
        for _ in 0..count {
            hash = hash.checked_add(bits.rice(low)?)?;
            for _ in 0..bits.gamma()? {
                sounds.push((hash, bits.take(width.max(1))?));
            }
        }
        Some(())
    };
    // what was read so far will do until the damage is noticed
    let _ = read();
    sounds
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sounds_come_back(sounds in prop::collection::btree_set((0..1u32 << 24, 0..1u32 << 30), 0..40)) {
            let sounds = Sounding::Here(sounds.into_iter().collect());
            prop_assert_eq!(unpacked(&sounds.packed()), sounds.all());
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            unpacked(&bytes);
        }
    }
}
