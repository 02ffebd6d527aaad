//! The index of consecutive documents.
//!
//! Kept for another run, its parts are sections of their own, of which none is read before somebody
//! searches the text: what each document's length is, the posting lists ([`lists`]), which words
//! sound how ([`sounding`]), which stand side by side ([`pairs`]).
//!
//! [`lists`]: super::lists
//! [`sounding`]: super::sounding

use std::borrow::Cow;
use std::io;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::corpus::columns::as_u32;
use crate::corpus::fulltext::lists::{Kept, Lists, Made};
use crate::corpus::fulltext::pairs::{self, Pairs, Seen};
use crate::corpus::fulltext::postings::{List, ListWriter, Postings};
use crate::corpus::fulltext::sounding::Sounding;
use crate::corpus::stored::{Late, Sections, Sink};

/// Documents from which on the pairs of words are sorted out, and below which they are not worth
/// it.
const CHUNK: u32 = 512;
const FEWEST: u32 = 128;

/// The words of consecutive documents, each with its posting list.
#[derive(Debug)]
pub struct Run {
    first: u32,
    documents: u32,
    tokens: u64,
    /// Class of each document's length.
    lengths: Part,
    lists: Lists,
    sounds: Sounding,
    /// A block as [`pairs`] has it.
    pairs: Part,
    /// The pairs of words of a run that is too small for them to be sorted out; not kept.
    pending: Option<Vec<Seen>>,
}

/// Bytes made in this run, or those of a cache.
#[derive(Debug)]
enum Part {
    Here(Vec<u8>),
    There(Late),
}

impl Part {
    fn get(&self) -> &[u8] {
        match self {
            Self::Here(bytes) => bytes,
            Self::There(late) => late.get(),
        }
    }
}

/// What a run is made of.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) first: u32,
    pub(super) tokens: u64,
    pub(super) lengths: Vec<u8>,
    pub(super) lists: Made,
    pub(super) sounds: Vec<super::sounding::Sound>,
    pub(super) pairs: Vec<u8>,
}

/// What is known of a run before anything of it is read.
#[derive(Serialize, Deserialize)]
struct Head {
    first: u32,
    documents: u32,
    tokens: u64,
    /// Number of each word, rising; none where they are all there are, from 0 on.
    numbers: Vec<u32>,
}

impl Run {
    pub(super) fn of(parts: Parts) -> Self {
        Self {
            first: parts.first,
            documents: as_u32(parts.lengths.len()),
            tokens: parts.tokens,
            lengths: Part::Here(parts.lengths),
            lists: Lists::Here(parts.lists),
            sounds: Sounding::Here(parts.sounds),
            pairs: Part::Here(parts.pairs),
            pending: None,
        }
    }

    /// Keeps the run for another one of the program, for [`of_kept`](Self::of_kept).
    pub(super) fn keep(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let numbers = (0..self.lists.len()).map_while(|at| self.lists.number(at));
        let numbers: Vec<u32> = numbers.collect();
        let are_all = numbers.iter().copied().eq(0..as_u32(numbers.len()));
        sink.table(&Head {
            first: self.first,
            documents: self.documents,
            tokens: self.tokens,
            numbers: if are_all { Vec::new() } else { numbers },
        })?;
        sink.late_in_place(self.lengths())?;
        let lists = self.lists.packed(self.documents);
        let lists = lists.ok_or_else(|| io::Error::other("the index is damaged"))?;
        sink.late(&lists.counts)?;
        sink.late(&lists.sizes)?;
        sink.late_in_place(&lists.lists)?;
        sink.late(&self.sounds.packed())?;
        sink.late_in_place(&self.settled_pairs())
    }

    /// The run that was kept. Nothing of it is decoded: damage gives wrong documents, never a
    /// panic, so whoever keeps bytes on a disk checks them as a whole.
    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        let head: Head = sections.table()?;
        head.first.checked_add(head.documents)?;
        if !head.numbers.is_sorted_by(|one, next| one < next) {
            return None;
        }
        let lengths = Part::There(sections.late()?);
        let lists = Kept {
            documents: head.documents,
            numbers: head.numbers,
            counts: sections.late()?,
            sizes: sections.late()?,
            lists: sections.late()?,
            table: OnceLock::new(),
        };
        Some(Self {
            first: head.first,
            documents: head.documents,
            tokens: head.tokens,
            lengths,
            lists: Lists::There(lists),
            sounds: Sounding::kept(sections.late()?),
            pairs: Part::There(sections.late()?),
            pending: None,
        })
    }

    /// The run with pairs of words that are still to be sorted out.
    pub(super) fn with_pending(self, seen: Vec<Seen>) -> Self {
        Self {
            pending: Some(seen),
            ..self
        }
    }

    /// The words side by side.
    #[must_use]
    pub fn pairs(&self) -> Option<Pairs<'_>> {
        Pairs::read(self.first, self.documents, self.pairs.get())
    }

    /// The block of pairs, those that were pending sorted out where they are worth it.
    pub(super) fn settled_pairs(&self) -> Cow<'_, [u8]> {
        match &self.pending {
            Some(seen) if self.documents >= FEWEST => self.chunk(seen.clone()).into(),
            _ => self.pairs.get().into(),
        }
    }

    /// The block of all documents as one chunk with these pairs.
    fn chunk(&self, seen: Vec<Seen>) -> Vec<u8> {
        let words = (0..self.lists.len()).filter_map(|at| {
            let is_common = pairs::is_common(self.lists.count(at), self.documents);
            is_common.then(|| self.lists.number(at))?
        });
        pairs::chunk(self.documents, seen, &words.collect())
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
        self.lengths.get()
    }

    /// Bytes that it takes in memory, or in the cache.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let sounds = self.sounds.all().len() * size_of::<super::sounding::Sound>();
        self.lengths().len() + self.lists.bytes() + sounds + self.pairs.get().len()
    }

    /// The documents that hold a word.
    #[must_use]
    pub fn postings(&self, word: u32) -> Option<Postings<'_>> {
        let at = self.lists.find(word)?;
        Postings::new(self.first, self.lists.list(at))
    }

    /// How many documents hold a word.
    #[must_use]
    pub fn count(&self, word: u32) -> u32 {
        let at = self.lists.find(word);
        at.map_or(0, |at| self.lists.count(at))
    }

    /// The words that a sound's hash leads to.
    pub fn sounding(&self, hash: u32) -> impl Iterator<Item = u32> {
        self.sounds.words(hash)
    }

    /// The run of both runs' documents, those of `later` behind one's own.
    pub(super) fn merged(&self, later: &Self) -> Option<Self> {
        let shift = later.first.checked_sub(self.first)?;
        let mut parts = Parts {
            first: self.first,
            tokens: self.tokens.saturating_add(later.tokens),
            lengths: [self.lengths(), later.lengths()].concat(),
            lists: merged_lists(&self.lists, &later.lists, shift),
            sounds: [self.sounds.all(), later.sounds.all()].concat(),
            pairs: Vec::new(),
        };
        parts.sounds.sort_unstable();
        parts.sounds.dedup();
        if let (Some(seen), Some(more)) = (&self.pending, &later.pending) {
            let more = more
                .iter()
                .map(|(pair, document)| (*pair, document + shift));
            let seen: Vec<Seen> = seen.iter().copied().chain(more).collect();
            parts.pairs = pairs::unknown(as_u32(parts.lengths.len()));
            let run = Self::of(parts).with_pending(seen);
            if run.len() < CHUNK {
                return Some(run);
            }
            let pairs = Part::Here(run.settled_pairs().into_owned());
            return Some(Self {
                pairs,
                pending: None,
                ..run
            });
        }
        let (own, behind) = (self.settled_pairs(), later.settled_pairs());
        parts.pairs = pairs::merged(
            &Pairs::read(self.first, self.documents, &own)?,
            &Pairs::read(later.first, later.documents, &behind)?,
        );
        Some(Self::of(parts))
    }
}

/// The lists of both, the documents of `later` counted from `shift` on.
fn merged_lists(earlier: &Lists, later: &Lists, shift: u32) -> Made {
    let words = earlier.len().max(later.len());
    let mut made = Made {
        numbers: Vec::with_capacity(words),
        ends: Vec::with_capacity(words),
        lists: Vec::new(),
    };
    let (mut a, mut b) = (0, 0);
    let mut writer = ListWriter::default();
    loop {
        let (left, right) = (earlier.number(a), later.number(b));
        let Some(number) = left.into_iter().chain(right).min() else {
            return made;
        };
        let (from_left, from_right) = (left == Some(number), right == Some(number));
        if from_right {
            if from_left && let Some(list) = List::read(earlier.list(a)) {
                writer.append(&list, 0);
            }
            if let Some(list) = List::read(later.list(b)) {
                writer.append(&list, shift);
            }
            writer.finish(&mut made.lists);
        } else {
            made.lists.extend_from_slice(earlier.list(a));
        }
        made.numbers.push(number);
        made.ends.push(as_u32(made.lists.len()));
        a += usize::from(from_left);
        b += usize::from(from_right);
    }
}
