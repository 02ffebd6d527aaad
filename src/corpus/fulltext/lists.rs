//! The posting lists of a run: those of a load as bytes, those of a cache in fewer bits.
//!
//! In a cache, words lie in blocks of some thousand postings, unpacked into bytes as
//! [`postings`](super::postings) has them when a word of the block is asked for:
//!
//! ```text
//! list    = first document, less that of the word before (gamma), class, { gap, class }
//! gap     = documents left out since the one before (Rice, by the mean of the list)
//! class   = of the frequency, in unary, 7 at most
//! ```
//!
//! Words are numbered as they first occur, so the first documents of neighbours are nearly the
//! same. How many documents each word has stands apart: that is asked for more often than which.

use std::ops::Range;
use std::sync::OnceLock;

use crate::corpus::columns::as_u32;
use crate::corpus::fulltext::bits::{BitReader, BitWriter, folded, low_bits, unfolded};
use crate::corpus::fulltext::postings::{
    List, ListWriter, Posting, Postings, read_varint, write_varint,
};
use crate::corpus::stored::Late;

/// Postings from which on a block ends, and words of one at most.
const POSTINGS: u64 = 2048;
const WORDS: usize = 256;

/// Highest class of a frequency.
const CLASSES: u32 = 7;

/// Words by their numbers, each with its list.
#[derive(Debug)]
pub(super) enum Lists {
    /// Made in this run.
    Here(Made),
    /// Those of a cache.
    There(Kept),
}

/// Lists as bytes.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Number of each word, rising.
    pub(super) numbers: Vec<u32>,
    /// Where each list ends in `lists`, in bytes.
    pub(super) ends: Vec<u32>,
    pub(super) lists: Vec<u8>,
}

impl Made {
    fn list(&self, at: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.lists.get(start..end(at)).unwrap_or_default()
    }
}

/// Lists of a cache.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) documents: u32,
    /// Number of each word, rising; none where they are all there are, from 0 on.
    pub(super) numbers: Vec<u32>,
    /// Sections as [`Packed`] has them.
    pub(super) counts: Late,
    pub(super) sizes: Late,
    pub(super) lists: Late,
    /// What the first two say.
    pub(super) table: OnceLock<Table>,
}

/// What leads to lists of a cache.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Documents of each word.
    counts: Vec<u32>,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct Block {
    words: Range<usize>,
    /// Where it begins, in bits.
    start: usize,
    made: OnceLock<Made>,
}

/// Lists as a cache has them.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Documents of each word.
    pub(super) counts: Vec<u8>,
    /// Bits of each block.
    pub(super) sizes: Vec<u8>,
    pub(super) lists: Vec<u8>,
}

/// The words of each block, which follow from how many documents each has.
fn blocks(counts: &[u32]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = counts.get(start..).filter(|rest| !rest.is_empty())?;
        let mut postings = 0;
        let mut full = rest.iter().take(WORDS).position(|count| {
            postings += u64::from(*count);
            postings >= POSTINGS
        });
        let len = full.take().map_or(rest.len().min(WORDS), |last| last + 1);
        let words = start..start + len;
        start += len;
        Some(words)
    })
}

/// Low bits of the gaps of a list.
fn low_bits_of(documents: u32, first: u32, count: u32) -> u32 {
    let left_out = documents.saturating_sub(first).saturating_sub(count);
    low_bits(left_out / count.max(1))
}

impl Kept {
    fn table(&self) -> &Table {
        self.table.get_or_init(|| {
            let (counts, sizes) = (self.counts.read(), self.sizes.read());
            let (mut counts, mut sizes) = (counts.iter(), sizes.iter());
            let counts: Vec<u32> = std::iter::from_fn(|| read_varint(&mut counts)).collect();
            let mut start = 0usize;
            let blocks = blocks(&counts).map_while(|words| {
                let block = Block {
                    words,
                    start,
                    made: OnceLock::new(),
                };
                start = start.checked_add(read_varint(&mut sizes)? as usize)?;
                Some(block)
            });
            let blocks = blocks.collect();
            Table { counts, blocks }
        })
    }

    fn list(&self, at: usize) -> &[u8] {
        let table = self.table();
        let behind = table
            .blocks
            .partition_point(|block| block.words.start <= at);
        let block = behind.checked_sub(1).and_then(|at| table.blocks.get(at));
        block.map_or(&[], |block| {
            let made = block.made.get_or_init(|| self.unpacked(table, block));
            made.list(at - block.words.start)
        })
    }

    /// The lists of a block; what is damaged is left out.
    fn unpacked(&self, table: &Table, block: &Block) -> Made {
        let mut bits = BitReader::new(self.lists.get(), block.start);
        let counts = table.counts.get(block.words.clone()).unwrap_or_default();
        let mut made = Made::default();
        let mut writer = ListWriter::default();
        let mut before = 0u32;
        for count in counts {
            let read = (|| {
                let mut document = before.wrapping_add_signed(unfolded(bits.gamma()?));
                before = document;
                let low = low_bits_of(self.documents, document, *count);
                for left in (0..*count).rev() {
                    if document >= self.documents {
                        return None;
                    }
                    let class = u8::try_from(bits.unary(CLASSES)?).ok()?;
                    writer.push(document, class);
                    if left > 0 {
                        document = document.checked_add(bits.rice(low)?)?.checked_add(1)?;
                    }
                }
                Some(())
            })();
            writer.finish(&mut made.lists);
            made.ends.push(as_u32(made.lists.len()));
            if read.is_none() {
                break;
            }
        }
        made
    }
}

impl Lists {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Here(made) => made.numbers.len(),
            Self::There(kept) => kept.table().counts.len(),
        }
    }

    /// The number of the word at a place.
    pub(super) fn number(&self, at: usize) -> Option<u32> {
        match self {
            Self::There(kept) if kept.numbers.is_empty() => (at < self.len()).then(|| as_u32(at)),
            Self::There(kept) => kept.numbers.get(at).copied(),
            Self::Here(made) => made.numbers.get(at).copied(),
        }
    }

    /// The place of a word's list.
    pub(super) fn find(&self, word: u32) -> Option<usize> {
        let numbers = match self {
            Self::Here(made) => &made.numbers,
            Self::There(kept) => &kept.numbers,
        };
        if let (Self::There(_), []) = (self, numbers.as_slice()) {
            let at = word as usize;
            return (at < self.len()).then_some(at);
        }
        numbers.binary_search(&word).ok()
    }

    /// The list at a place, as bytes; none for one that is not there.
    pub(super) fn list(&self, at: usize) -> &[u8] {
        match self {
            Self::Here(made) => made.list(at),
            Self::There(kept) => kept.list(at),
        }
    }

    /// How many documents the list at a place has.
    pub(super) fn count(&self, at: usize) -> u32 {
        match self {
            Self::Here(made) => List::read(made.list(at)).map_or(0, |list| list.count()),
            Self::There(kept) => kept.table().counts.get(at).copied().unwrap_or(0),
        }
    }

    /// Bytes that they take in memory, or in the cache.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Here(made) => made.numbers.len() * 8 + made.lists.len(),
            Self::There(kept) => kept.lists.get().len() + kept.table().counts.len() * 4,
        }
    }

    /// The lists of a run of so many documents as a cache has them; `None` for damaged ones.
    pub(super) fn packed(&self, documents: u32) -> Option<Packed> {
        let counts: Vec<u32> = (0..self.len()).map(|at| self.count(at)).collect();
        let mut packed = Packed::default();
        for count in &counts {
            write_varint(&mut packed.counts, *count);
        }
        let mut bits = BitWriter::default();
        for words in blocks(&counts) {
            let start = bits.len();
            let mut before = 0u32;
            for at in words {
                let list = Postings::new(0, self.list(at))?;
                let (mut low, mut next) = (0, None);
                list.each(|Posting { document, class }| {
                    match next {
                        None => {
                            bits.gamma(folded(document.wrapping_sub(before).cast_signed()));
                            before = document;
                            low = low_bits_of(documents, document, list.count());
                        }
                        Some(next) => bits.rice(document.wrapping_sub(next), low),
                    }
                    bits.unary(class.into(), CLASSES);
                    next = Some(document.wrapping_add(1));
                });
            }
            let size = u32::try_from(bits.len() - start).ok()?;
            write_varint(&mut packed.sizes, size);
        }
        packed.lists = bits.finish();
        Some(packed)
    }
}
