//! What a large unannotated corpus says of a word: how frequent it is, how often it is capitalised,
//! which words it behaves like. Read in place.
//!
//! Layout: the number of slots, a power of two (`u32`), then slots of eight bytes, open addressing
//! with steps of one: the upper half of the word's key with its lowest bit set (`u32`, 0 for a free
//! slot), frequency, capitals, fine and coarse cluster (one byte each).

use crate::annotate::entity::tagger::bytes::u32_at;

/// Bytes of a slot.
const SLOT: usize = 8;
/// Slots that are looked at before a word counts as unknown.
const REACH: usize = 24;

/// What is known of one word; all 0 for a word never seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Twice the binary logarithm of its occurrences.
    pub frequency: u8,
    /// Eighths of its occurrences inside of sentences that have a capital, plus one.
    pub capitals: u8,
    /// Number of its cluster among many, 0 for none.
    pub fine: u8,
    /// Number of its cluster among few, 0 for none.
    pub coarse: u8,
}

/// A table of words, by their keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexicon<'b> {
    slots: &'b [u8],
    mask: usize,
}

fn place(key: u64) -> (usize, u32) {
    let low = usize::try_from(key & 0xffff_ffff).unwrap_or(0);
    let high = u32::try_from(key >> 32).unwrap_or(0) | 1;
    (low, high)
}

impl<'b> Lexicon<'b> {
    /// The table in what [`pack`] made; `None` for anything else.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let count = u32_at(bytes, 0)? as usize;
        let slots = bytes.get(4..)?;
        let fits = count.is_power_of_two() && slots.len() == count.checked_mul(SLOT)?;
        fits.then_some(Self {
            slots,
            mask: count - 1,
        })
    }

    /// Whether no word is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// What is known of the word with a key.
    #[must_use]
    pub fn get(&self, key: u64) -> Entry {
        if self.slots.is_empty() {
            return Entry::default();
        }
        let (start, wanted) = place(key);
        for step in 0..REACH {
            let at = (start.wrapping_add(step) & self.mask) * SLOT;
            let Some(slot) = self.slots.get(at..at + SLOT) else {
                break;
            };
            match (u32_at(slot, 0), slot) {
                (Some(0) | None, _) => break,
                (Some(found), [_, _, _, _, frequency, capitals, fine, coarse])
                    if found == wanted =>
                {
                    return Entry {
                        frequency: *frequency,
                        capitals: *capitals,
                        fine: *fine,
                        coarse: *coarse,
                    };
                }
                _ => {}
            }
        }
        Entry::default()
    }
}

/// The bytes of a table; words that find no slot nearby are left out, so give the frequent first.
#[must_use]
pub fn pack(words: &[(u64, Entry)]) -> Vec<u8> {
    let count = (words.len() * 3 / 2 + 1).next_power_of_two();
    let mut slots = vec![[0u8; SLOT]; count];
    for (key, entry) in words {
        let (start, tag) = place(*key);
        let free = (0..REACH)
            .map(|step| start.wrapping_add(step) & (count - 1))
            .find(|at| slots.get(*at).is_some_and(|slot| *slot == [0; SLOT]));
        if let Some(slot) = free.and_then(|at| slots.get_mut(at)) {
            let [a, b, c, d] = tag.to_le_bytes();
            *slot = [
                a,
                b,
                c,
                d,
                entry.frequency,
                entry.capitals,
                entry.fine,
                entry.coarse,
            ];
        }
    }
    let mut bytes = u32::try_from(count).unwrap_or(0).to_le_bytes().to_vec();
    bytes.extend(slots.into_iter().flatten());
    bytes
}
