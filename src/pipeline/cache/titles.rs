//! The titles that lists show, in pieces so small that a page of rows is there in less than a frame:
//! to unpack the documents themselves takes twenty times as long.
//!
//! They are read from the file, not mapped: rows that stand beside each other lie anywhere in it, and
//! a system that maps 2 MB for each would soon have all of them in memory.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::kind;
use crate::corpus::Corpus;
use crate::store::{BlockWriter, Blocks, Packer, Unpacker};

/// Titles of a piece: some 3 kB, unpacked in less than 10 µs.
const TITLES: usize = 32;

/// Titles, from all of the corpus, by what they have in common with which all are packed.
const COMMON: usize = 1024;

/// Bytes of a piece at most, when it is unpacked: no title is longer than a few hundred.
const MOST: usize = 1 << 24;

/// Pieces that stay unpacked: more than a screen has rows.
const UNPACKED: usize = 256;

/// Writes the titles of a corpus.
pub(super) fn write(corpus: &Corpus, file: &mut BlockWriter) -> io::Result<()> {
    let places: Vec<_> = corpus.places().collect();
    let mut common = String::new();
    for (segment, at) in places.iter().step_by(places.len().div_ceil(COMMON).max(1)) {
        common.push_str(&segment.title(*at));
    }
    let mut packer = Packer::new(common.as_bytes())?;
    let (mut pieces, mut ends) = (Vec::new(), Vec::new());
    for piece in places.chunks(TITLES) {
        let titles = piece.iter().map(|(segment, at)| segment.title(*at));
        let titles: Vec<_> = titles.collect();
        let titles = postcard::to_stdvec(&titles).map_err(io::Error::other)?;
        pieces.extend(packer.pack(&titles)?);
        ends.extend((pieces.len() as u64).to_le_bytes());
    }
    file.add(kind::COMMON_TITLES, common.as_bytes())?;
    file.add(kind::ENDS_OF_TITLES, &ends)?;
    file.add_plain(kind::TITLES, &pieces)
}

/// What is needed to unpack any piece.
struct Opened {
    /// The block of all pieces.
    number: usize,
    /// Where each piece ends in it.
    ends: Vec<u64>,
    unpacker: Mutex<Unpacker>,
}

/// The titles of a cache.
pub(super) struct Titles {
    blocks: Arc<Blocks>,
    opened: OnceLock<Option<Opened>>,
    unpacked: Mutex<HashMap<usize, Vec<String>>>,
}

impl fmt::Debug for Titles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Titles")
    }
}

impl Titles {
    pub(super) fn new(blocks: Arc<Blocks>) -> Self {
        Self {
            blocks,
            opened: OnceLock::new(),
            unpacked: Mutex::default(),
        }
    }

    /// The title of a document; `None` where it cannot be read.
    pub(super) fn get(&self, id: u32) -> Option<String> {
        let (number, at) = (id as usize / TITLES, id as usize % TITLES);
        let lock = || self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(piece) = lock().get(&number) {
            return piece.get(at).cloned();
        }
        // others may read what is unpacked meanwhile
        let piece = self.piece(number)?;
        let title = piece.get(at).cloned();
        let mut unpacked = lock();
        if unpacked.len() >= UNPACKED {
            unpacked.clear();
        }
        unpacked.insert(number, piece);
        title
    }

    fn piece(&self, number: usize) -> Option<Vec<String>> {
        let opened = self.opened.get_or_init(|| self.open()).as_ref()?;
        let end = *opened.ends.get(number)?;
        let before = number.checked_sub(1).and_then(|at| opened.ends.get(at));
        let start = before.copied().unwrap_or(0);
        let packed = self.blocks.part(opened.number, start..end)?;
        let unpacker = opened.unpacker.lock();
        let mut unpacker = unpacker.unwrap_or_else(PoisonError::into_inner);
        postcard::from_bytes(&unpacker.unpack(&packed, MOST)?).ok()
    }

    fn open(&self) -> Option<Opened> {
        let common = self.blocks.read_all(kind::COMMON_TITLES)?.pop()?;
        let ends = self.blocks.read_all(kind::ENDS_OF_TITLES)?.pop()?;
        let (ends, _) = ends.as_chunks::<8>();
        Some(Opened {
            number: self.blocks.of_kind(kind::TITLES).next()?,
            ends: ends.iter().map(|end| u64::from_le_bytes(*end)).collect(),
            unpacker: Mutex::new(Unpacker::new(&common).ok()?),
        })
    }
}
