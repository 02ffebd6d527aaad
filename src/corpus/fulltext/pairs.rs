//! Which words stand side by side, so that a phrase of frequent words is looked up, and few texts
//! are opened for another.
//!
//! Positions of all words would take 14 % of the text. Instead, documents are taken in chunks of
//! some hundred. In a chunk, a pair of neighbours that many documents hold has a list of them. Any
//! other pair of which both words are [common](is_common) there is in the signatures of its
//! documents, Bloom filters that say no, or perhaps. Of a pair with another word only the texts
//! can tell; there are few of them.
//!
//! ```text
//! block     = chunks, pairs, bytes of lists, bytes of signatures (u32 each)
//!             · where each chunk ends, times two, and one where its pairs are known (u32)
//!             · the words of each pair, rising, and where its list ends (u32 each)
//!             · the lists · where the signature of each document ends (u32) · the signatures
//! list      = last document, { entry }
//! entry     = documents left out << 1 | 0         the pair stands there once
//!           | documents left out << 1 | 1, how often
//! ```
//!
//! Numbers in lists are varints; the others are little-endian. Documents count from the first of
//! the run. Any bytes can be read without a panic.

use rustc_hash::FxHashSet;

use crate::corpus::columns::as_u32;
use crate::corpus::fulltext::beside::Joint;
use crate::corpus::fulltext::postings::{read_varint, write_varint};

const HEADER: usize = 16;

/// A pair has a list where one in so many documents of a chunk holds it, and three at least.
const LISTED: usize = 40;
const FEWEST: usize = 3;

/// A word is common where one in so many documents of a chunk holds it.
const COMMON: u32 = 64;

/// Bits that a pair takes in a signature, and how many of them are set. A pair that does not
/// stand in a document is in its signature by chance once in seven times.
const BITS: usize = 4;
const SET: u64 = 3;

/// Two words side by side, and what joins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair(u64);

impl Pair {
    /// The pair of two words' numbers.
    #[must_use]
    pub fn new(first: u32, second: u32, joint: Joint) -> Self {
        let joint = u64::from(joint == Joint::Stop) << 63;
        Self(joint | u64::from(first) << 32 | u64::from(second))
    }

    /// The joint and the first word, the second word.
    fn halves(self) -> [u32; 2] {
        let bytes = self.0.to_be_bytes();
        let (halves, _) = bytes.as_chunks::<4>();
        [0, 1].map(|at| halves.get(at).copied().map_or(0, u32::from_be_bytes))
    }

    fn second(self) -> u32 {
        let [_, second] = self.halves();
        second
    }

    fn first(self) -> u32 {
        let [first, _] = self.halves();
        first & (u32::MAX >> 1)
    }

    /// The bits that are set for it in a signature of so many.
    fn bits(self, of: usize) -> impl Iterator<Item = usize> {
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let (start, step) = (mixed >> 32, mixed | 1);
        (0..SET).map(move |turn| {
            let at = start.wrapping_add(turn.wrapping_mul(step)) & u64::from(u32::MAX);
            usize::try_from((at * of as u64) >> 32).unwrap_or(0)
        })
    }
}

/// Whether a word that so many documents of a chunk hold is common there.
#[must_use]
pub fn is_common(documents: u32, of: u32) -> bool {
    documents.saturating_mul(COMMON) >= of
}

/// A pair in a document, once for each time that it stands there.
pub(super) type Seen = (Pair, u32);

/// Some hundred consecutive documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The document behind the last one.
    pub end: u32,
    /// Whether anything is known of its pairs.
    pub is_known: bool,
}

/// The pairs of a run, in bytes that are read in place.
#[derive(Clone, Copy, Debug)]
pub struct Pairs<'r> {
    /// The first document of the run.
    first: u32,
    chunks: &'r [[u8; 4]],
    /// Words and end of the list of each pair.
    listed: &'r [[u8; 12]],
    lists: &'r [u8],
    /// Where the signature of each document ends.
    signed: &'r [[u8; 4]],
    signatures: &'r [u8],
}

impl<'r> Pairs<'r> {
    /// The pairs of a run of so many documents; `None` for bytes that are not such a block.
    pub(super) fn read(first: u32, documents: u32, bytes: &'r [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEADER)?;
        let (head, _) = head.as_chunks::<4>();
        let size = |at: usize| usize::try_from(u32::from_le_bytes(*head.get(at)?)).ok();
        let (chunks, rest) = rest.split_at_checked(size(0)?.checked_mul(4)?)?;
        let (listed, rest) = rest.split_at_checked(size(1)?.checked_mul(12)?)?;
        let (lists, rest) = rest.split_at_checked(size(2)?)?;
        let (signed, signatures) = rest.split_at_checked((documents as usize).checked_mul(4)?)?;
        (signatures.len() == size(3)?).then_some(Self {
            first,
            chunks: chunks.as_chunks().0,
            listed: listed.as_chunks().0,
            lists,
            signed: signed.as_chunks().0,
            signatures,
        })
    }

    /// The chunks, in order.
    pub fn chunks(&self) -> impl Iterator<Item = Chunk> {
        self.chunks.iter().map(|bytes| {
            let end = u32::from_le_bytes(*bytes);
            Chunk {
                end: self.first.saturating_add(end >> 1),
                is_known: end & 1 == 1,
            }
        })
    }

    /// Visits the documents on the list of a pair, each with how often it stands there; whether
    /// there is a list.
    pub fn each(&self, pair: Pair, mut visit: impl FnMut(u32, u32)) -> bool {
        let Ok(at) = self.listed.binary_search_by_key(&pair, of_bytes) else {
            return false;
        };
        let mut list = self.list(at).iter();
        let _ = read_varint(&mut list);
        let mut next = self.first;
        while let Some((gap, count)) = entry(&mut list) {
            let document = next.wrapping_add(gap);
            next = document.wrapping_add(1);
            visit(document, count);
        }
        true
    }

    /// Whether a document may hold a pair of common words that has no list in its chunk.
    #[must_use]
    pub fn may_hold(&self, document: u32, pair: Pair) -> bool {
        let end = |at: usize| Some(u32::from_le_bytes(*self.signed.get(at)?) as usize);
        let at = document.wrapping_sub(self.first) as usize;
        let start = at.checked_sub(1).map_or(Some(0), end);
        let signature = start
            .zip(end(at))
            .and_then(|(start, end)| self.signatures.get(start..end));
        let Some(signature) = signature else {
            return true;
        };
        if signature.is_empty() {
            return false;
        }
        let mut bits = pair.bits(signature.len() * 8);
        bits.all(|bit| {
            signature
                .get(bit / 8)
                .is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
        })
    }

    fn list(&self, at: usize) -> &'r [u8] {
        let end =
            |at: usize| Some(u32::from_le_bytes(*self.listed.get(at)?.last_chunk()?) as usize);
        let start = at.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(at));
        range
            .and_then(|(start, end)| self.lists.get(start..end))
            .unwrap_or_default()
    }
}

fn of_bytes(bytes: &[u8; 12]) -> Pair {
    let pair = bytes.first_chunk::<8>().copied().unwrap_or_default();
    // the joint and the first word stand in front
    Pair(u64::from_le_bytes(pair))
}

/// The documents left out before the next one of a list, and how often the pair stands there.
fn entry(list: &mut std::slice::Iter<'_, u8>) -> Option<(u32, u32)> {
    let entry = read_varint(list)?;
    let count = if entry & 1 == 1 {
        read_varint(list)?
    } else {
        1
    };
    Some((entry >> 1, count))
}

/// A block that is being written.
#[derive(Debug, Default)]
struct Block {
    chunks: Vec<u32>,
    listed: Vec<(Pair, u32)>,
    lists: Vec<u8>,
    signed: Vec<u32>,
    signatures: Vec<u8>,
}

impl Block {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let sizes = [
            self.chunks.len(),
            self.listed.len(),
            self.lists.len(),
            self.signatures.len(),
        ];
        let sizes = sizes.map(as_u32);
        for number in sizes.iter().chain(&self.chunks) {
            bytes.extend(number.to_le_bytes());
        }
        for (pair, end) in &self.listed {
            bytes.extend(pair.0.to_le_bytes());
            bytes.extend(end.to_le_bytes());
        }
        bytes.extend_from_slice(&self.lists);
        for end in &self.signed {
            bytes.extend(end.to_le_bytes());
        }
        bytes.extend_from_slice(&self.signatures);
        bytes
    }

    fn list(&mut self, pair: Pair, last: u32, entries: &[u8]) {
        write_varint(&mut self.lists, last);
        self.lists.extend_from_slice(entries);
        self.listed.push((pair, as_u32(self.lists.len())));
    }
}

/// The block of documents of whose pairs nothing is known.
pub(super) fn unknown(documents: u32) -> Vec<u8> {
    let block = Block {
        chunks: if documents > 0 {
            vec![documents << 1]
        } else {
            Vec::new()
        },
        signed: vec![0; documents as usize],
        ..Block::default()
    };
    block.bytes()
}

/// The block of one chunk, which has these pairs; `common` are its common words.
pub(super) fn chunk(documents: u32, mut seen: Vec<Seen>, common: &FxHashSet<u32>) -> Vec<u8> {
    seen.sort_unstable();
    let mut block = Block {
        chunks: vec![documents << 1 | 1],
        ..Block::default()
    };
    let least = (documents as usize).div_ceil(LISTED).max(FEWEST);
    let mut signed: Vec<Vec<Pair>> = vec![Vec::new(); documents as usize];
    let mut entries = Vec::new();
    for same in seen.chunk_by(|a, b| a.0 == b.0) {
        let Some((pair, _)) = same.first().copied() else {
            continue;
        };
        let holders = same.chunk_by(|a, b| a.1 == b.1);
        if same.len() >= least && holders.clone().count() >= least {
            entries.clear();
            let mut next = 0;
            for times in holders {
                let document = times.first().map_or(0, |(_, document)| *document);
                let (gap, count) = (document - next, as_u32(times.len()));
                write_varint(&mut entries, gap << 1 | u32::from(count > 1));
                if count > 1 {
                    write_varint(&mut entries, count);
                }
                next = document + 1;
            }
            block.list(pair, next.saturating_sub(1), &entries);
        } else if common.contains(&pair.first()) && common.contains(&pair.second()) {
            for times in holders {
                let document = times.first().map_or(0, |(_, document)| *document);
                if let Some(own) = signed.get_mut(document as usize) {
                    own.push(pair);
                }
            }
        }
    }
    for own in signed {
        let start = block.signatures.len();
        let size = (own.len() * BITS).div_ceil(8);
        block.signatures.resize(start + size, 0);
        for bit in own.iter().flat_map(|pair| pair.bits(size * 8)) {
            if let Some(byte) = block.signatures.get_mut(start + bit / 8) {
                *byte |= 1 << (bit % 8);
            }
        }
        block.signed.push(as_u32(block.signatures.len()));
    }
    block.bytes()
}

/// The block of both runs' documents, those of `later` behind the others.
pub(super) fn merged(earlier: &Pairs<'_>, later: &Pairs<'_>) -> Vec<u8> {
    let shift = later.first.saturating_sub(earlier.first);
    let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
    let moved = |bytes: &[u8; 4]| number(bytes).saturating_add(shift << 1);
    let mut block = Block {
        chunks: earlier.chunks.iter().map(number).collect(),
        listed: Vec::with_capacity(earlier.listed.len() + later.listed.len()),
        lists: Vec::with_capacity(earlier.lists.len() + later.lists.len()),
        signed: earlier.signed.iter().map(number).collect(),
        signatures: [earlier.signatures, later.signatures].concat(),
    };
    block.chunks.extend(later.chunks.iter().map(moved));
    let behind = as_u32(earlier.signatures.len());
    let signed = later
        .signed
        .iter()
        .map(|end| number(end).saturating_add(behind));
    block.signed.extend(signed);
    let (mut a, mut b) = (0, 0);
    let mut entries = Vec::new();
    loop {
        let left = earlier.listed.get(a).map(of_bytes);
        let right = later.listed.get(b).map(of_bytes);
        let Some(pair) = left.into_iter().chain(right).min() else {
            break;
        };
        entries.clear();
        // the first document that may come next
        let mut next = 0;
        if left == Some(pair) {
            let mut list = earlier.list(a).iter();
            next = read_varint(&mut list).unwrap_or(0).saturating_add(1);
            entries.extend_from_slice(list.as_slice());
            a += 1;
        }
        if right == Some(pair) {
            let mut list = later.list(b).iter();
            let end = read_varint(&mut list).unwrap_or(0).saturating_add(shift);
            if let Some(first) = read_varint(&mut list) {
                let gap = (first >> 1).saturating_add(shift).saturating_sub(next);
                write_varint(&mut entries, gap << 1 | first & 1);
                entries.extend_from_slice(list.as_slice());
                next = end.saturating_add(1);
            }
            b += 1;
        }
        block.list(pair, next.saturating_sub(1), &entries);
    }
    block.bytes()
}
