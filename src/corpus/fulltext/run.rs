//! The index of consecutive documents, in one block of bytes that is read in place.
//!
//! ```text
//! magic (8 bytes) · first document, documents, words, bytes of lists, sounds, bytes of pairs
//! (u32 each)
//! tokens of all documents (u64)
//! length class of each document (u8)
//! number of each word, rising (u32) · where its list ends (u32)
//! the lists, as `postings` has them
//! hash of each sound, rising, and the word that sounds so (u32 each)
//! the words side by side, as `pairs` has them
//! ```
//!
//! All little-endian. A later version has another magic.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use crate::corpus::columns::as_u32;
use crate::corpus::fulltext::pairs::{self, Pairs, Seen};
use crate::corpus::fulltext::postings::{List, ListWriter, Postings};

const MAGIC: [u8; 8] = *b"khabarT2";
const HEADER: usize = 40;

/// Documents from which on the pairs of words are sorted out, and below which they are not worth
/// it.
const CHUNK: u32 = 512;
const FEWEST: u32 = 128;

/// The words of consecutive documents, each with its posting list.
#[derive(Clone, Debug)]
pub struct Run {
    bytes: Bytes,
    first: u32,
    documents: u32,
    words: usize,
    sounds: usize,
    tokens: u64,
    /// Where the sections begin.
    numbers: usize,
    ends: usize,
    lists: usize,
    sounding: usize,
    pairs: usize,
    /// The pairs of words of a run that is too small for them to be sorted out; not kept.
    pending: Option<Arc<Vec<Seen>>>,
}

/// A sound and a word that has it.
pub(super) type Sound = (u32, u32);

/// What a run is made of, beside its lists.
pub(super) struct Parts<'p> {
    pub(super) first: u32,
    pub(super) tokens: u64,
    pub(super) lengths: Cow<'p, [u8]>,
    pub(super) numbers: Vec<u32>,
    pub(super) ends: Vec<u32>,
    pub(super) lists: Vec<u8>,
    pub(super) sounds: Vec<Sound>,
    pub(super) pairs: Vec<u8>,
}

impl Run {
    pub(super) fn of(parts: &Parts<'_>) -> Option<Self> {
        let size = HEADER
            + parts.lengths.len()
            + parts.numbers.len() * 8
            + parts.lists.len()
            + parts.sounds.len() * 8
            + parts.pairs.len();
        let mut bytes = Vec::with_capacity(size);
        bytes.extend(MAGIC);
        for number in [
            parts.first,
            as_u32(parts.lengths.len()),
            as_u32(parts.numbers.len()),
            as_u32(parts.lists.len()),
            as_u32(parts.sounds.len()),
            as_u32(parts.pairs.len()),
        ] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(parts.tokens.to_le_bytes());
        bytes.extend_from_slice(&parts.lengths);
        for number in parts.numbers.iter().chain(&parts.ends) {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend_from_slice(&parts.lists);
        for (hash, word) in &parts.sounds {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend_from_slice(&parts.pairs);
        Self::from_bytes(bytes.into())
    }

    /// The run as bytes, for [`from_bytes`](Self::from_bytes).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The run that these bytes hold; `None` for any other bytes. Nothing is decoded: damage
    /// within the lists gives wrong documents, never a panic, so whoever keeps bytes on a disk
    /// checks them as a whole.
    #[must_use]
    pub fn from_bytes(bytes: Bytes) -> Option<Self> {
        if bytes.get(..MAGIC.len())? != MAGIC {
            return None;
        }
        let field = |number: usize| u32_at(&bytes, MAGIC.len() + number * 4);
        let size = |number: usize| usize::try_from(field(number)?).ok();
        let (first, documents) = (field(0)?, field(1)?);
        let (words, sounds) = (size(2)?, size(4)?);
        let tokens = u64::from(field(6)?) | u64::from(field(7)?) << 32;
        let numbers = HEADER.checked_add(size(1)?)?;
        let ends = numbers.checked_add(words.checked_mul(4)?)?;
        let lists = ends.checked_add(words.checked_mul(4)?)?;
        let sounding = lists.checked_add(size(3)?)?;
        let pairs = sounding.checked_add(sounds.checked_mul(8)?)?;
        let end = pairs.checked_add(size(5)?)?;
        first.checked_add(documents)?;
        Pairs::read(first, documents, bytes.get(pairs..end)?)?;
        (end == bytes.len()).then_some(Self {
            bytes,
            first,
            documents,
            words,
            sounds,
            tokens,
            numbers,
            ends,
            lists,
            sounding,
            pairs,
            pending: None,
        })
    }

    /// The run with pairs of words that are still to be sorted out.
    pub(super) fn with_pending(self, seen: Vec<Seen>) -> Self {
        Self {
            pending: Some(Arc::new(seen)),
            ..self
        }
    }

    /// The words side by side.
    #[must_use]
    pub fn pairs(&self) -> Option<Pairs<'_>> {
        let bytes = self.bytes.get(self.pairs..)?;
        Pairs::read(self.first, self.documents, bytes)
    }

    /// The block of pairs, those that were pending sorted out where they are worth it.
    pub(super) fn settled_pairs(&self) -> Cow<'_, [u8]> {
        match &self.pending {
            Some(seen) if self.documents >= FEWEST => self.chunk(Vec::clone(seen)).into(),
            _ => self.bytes.get(self.pairs..).unwrap_or_default().into(),
        }
    }

    /// The block of all documents as one chunk with these pairs.
    fn chunk(&self, seen: Vec<Seen>) -> Vec<u8> {
        let words = (0..self.words).filter_map(|at| {
            let count = List::read(self.list(at))?.count();
            pairs::is_common(count, self.documents).then(|| self.number(at))?
        });
        pairs::chunk(self.documents, seen, &words.collect())
    }

    /// The run with its pairs sorted out, to keep it.
    pub(super) fn settled(&self) -> Option<Self> {
        let bytes = self.bytes.get(..self.pairs)?;
        let pairs = self.settled_pairs();
        let mut bytes = [bytes, &pairs].concat();
        let size = as_u32(pairs.len()).to_le_bytes();
        bytes
            .get_mut(MAGIC.len() + 20..MAGIC.len() + 24)?
            .copy_from_slice(&size);
        Self::from_bytes(bytes.into())
    }

    /// The first document.
    #[must_use]
    pub fn first(&self) -> u32 {
        self.first
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.documents
    }

    /// Whether there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// The words of all documents together, each time that they stand there.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// The class of each document's length.
    #[must_use]
    pub fn lengths(&self) -> &[u8] {
        self.bytes.get(HEADER..self.numbers).unwrap_or_default()
    }

    /// The documents that hold a word.
    #[must_use]
    pub fn postings(&self, word: u32) -> Option<Postings<'_>> {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = low.midpoint(high);
            if self.number(middle)? < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let found = low < self.words && self.number(low)? == word;
        found.then(|| Postings::new(self.first, self.list(low)))?
    }

    /// The words that a sound's hash leads to.
    pub fn sounding(&self, hash: u32) -> impl Iterator<Item = u32> {
        let (mut low, mut high) = (0, self.sounds);
        while low < high {
            let middle = low.midpoint(high);
            if self.sound(middle).is_some_and(|(at, _)| at < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..self.sounds)
            .map_while(|at| self.sound(at))
            .take_while(move |(at, _)| *at == hash)
            .map(|(_, word)| word)
    }

    fn number(&self, at: usize) -> Option<u32> {
        u32_at(&self.bytes, self.numbers + at * 4)
    }

    fn sound(&self, at: usize) -> Option<Sound> {
        let at = self.sounding + at * 8;
        Some((u32_at(&self.bytes, at)?, u32_at(&self.bytes, at + 4)?))
    }

    fn list(&self, at: usize) -> &[u8] {
        let end = |at: usize| u32_at(&self.bytes, self.ends + at * 4).unwrap_or(0) as usize;
        let start = at.checked_sub(1).map_or(0, end);
        let lists = self.bytes.get(self.lists..self.sounding);
        lists
            .unwrap_or_default()
            .get(start..end(at))
            .unwrap_or_default()
    }

    fn all_sounds(&self) -> impl Iterator<Item = Sound> {
        (0..self.sounds).map_while(|at| self.sound(at))
    }

    /// The run of both runs' documents, those of `later` behind one's own.
    pub(super) fn merged(&self, later: &Self) -> Option<Self> {
        let shift = later.first.checked_sub(self.first)?;
        let mut parts = Parts {
            first: self.first,
            tokens: self.tokens.saturating_add(later.tokens),
            lengths: [self.lengths(), later.lengths()].concat().into(),
            numbers: Vec::with_capacity(self.words.max(later.words)),
            ends: Vec::with_capacity(self.words.max(later.words)),
            lists: Vec::with_capacity(self.sounding - self.lists + later.sounding - later.lists),
            sounds: Vec::with_capacity(self.sounds + later.sounds),
            pairs: Vec::new(),
        };
        let (mut a, mut b) = (0, 0);
        let mut writer = ListWriter::default();
        while a < self.words || b < later.words {
            let left = self.number(a).filter(|_| a < self.words);
            let right = later.number(b).filter(|_| b < later.words);
            let from_left = left.is_some_and(|l| right.is_none_or(|r| l <= r));
            let from_right = right.is_some_and(|r| left.is_none_or(|l| r <= l));
            if from_left && !from_right {
                parts.lists.extend_from_slice(self.list(a));
            } else {
                if from_left && let Some(list) = List::read(self.list(a)) {
                    writer.append(&list, 0);
                }
                if let Some(list) = List::read(later.list(b)) {
                    writer.append(&list, shift);
                }
                writer.finish(&mut parts.lists);
            }
            parts.numbers.extend(if from_left { left } else { right });
            parts.ends.push(as_u32(parts.lists.len()));
            a += usize::from(from_left);
            b += usize::from(from_right);
        }
        parts.sounds.extend(self.all_sounds());
        parts.sounds.extend(later.all_sounds());
        parts.sounds.sort_unstable();
        parts.sounds.dedup();
        if let (Some(seen), Some(more)) = (&self.pending, &later.pending) {
            let more = more
                .iter()
                .map(|(pair, document)| (*pair, document + shift));
            let seen: Vec<Seen> = seen.iter().copied().chain(more).collect();
            parts.pairs = pairs::unknown(as_u32(parts.lengths.len()));
            let run = Self::of(&parts)?.with_pending(seen);
            return if run.len() < CHUNK {
                Some(run)
            } else {
                run.settled()
            };
        }
        let (own, behind) = (self.settled_pairs(), later.settled_pairs());
        parts.pairs = pairs::merged(
            &Pairs::read(self.first, self.documents, &own)?,
            &Pairs::read(later.first, later.documents, &behind)?,
        );
        Self::of(&parts)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let piece = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(piece.try_into().ok()?))
}
