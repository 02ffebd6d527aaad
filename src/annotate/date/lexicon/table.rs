//! A small hash table from folded words to meanings. Every word of every document is looked up in
//! it, and most are not there: an empty slot answers at once.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::annotate::date::term::Term;

/// Slots for each word: sparse, so that a miss rarely meets a word at all.
const SPARSE: usize = 8;

struct Entry {
    hash: u64,
    word: Box<[u8]>,
    term: Term,
}

/// Words and what they mean.
#[derive(Default)]
pub(super) struct Table {
    entries: Vec<Entry>,
    /// Place in `entries`, from 1; 0 for an empty slot. A power of two of them.
    slots: Vec<u16>,
}

fn hash(word: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word);
    hasher.finish()
}

impl Table {
    /// Adds words or changes their meaning. Call [`build`](Self::build) after the last.
    pub(super) fn insert(&mut self, word: &str, term: Term) {
        match self
            .entries
            .iter_mut()
            .find(|known| *known.word == *word.as_bytes())
        {
            Some(known) => known.term = term,
            None => self.entries.push(Entry {
                hash: hash(word.as_bytes()),
                word: word.as_bytes().into(),
                term,
            }),
        }
    }

    /// Adds a word unless it is there.
    pub(super) fn insert_missing(&mut self, word: &str, term: Term) {
        if !self
            .entries
            .iter()
            .any(|known| *known.word == *word.as_bytes())
        {
            self.insert(word, term);
        }
    }

    /// Takes a word out.
    pub(super) fn remove(&mut self, word: &str) {
        self.entries.retain(|known| *known.word != *word.as_bytes());
    }

    /// Fills the slots.
    pub(super) fn build(mut self) -> Self {
        let count = (self.entries.len() * SPARSE).next_power_of_two();
        self.slots = vec![0; count];
        for (index, entry) in self.entries.iter().enumerate() {
            let mut at = slot(entry.hash, count);
            while self.slots.get(at).is_some_and(|taken| *taken != 0) {
                at = (at + 1) % count;
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = u16::try_from(index + 1).unwrap_or(0);
            }
        }
        self
    }

    /// The meaning of a folded word.
    pub(super) fn get(&self, word: &[u8]) -> Option<Term> {
        let hash = hash(word);
        let count = self.slots.len();
        let mut at = slot(hash, count);
        loop {
            let place = usize::from(*self.slots.get(at)?);
            let entry = self.entries.get(place.checked_sub(1)?)?;
            if entry.hash == hash && *entry.word == *word {
                return Some(entry.term);
            }
            at = (at + 1) % count;
        }
    }
}

/// The slot where a hash begins to look, in a power of two of them.
fn slot(hash: u64, count: usize) -> usize {
    let mask = u64::try_from(count).unwrap_or(1).wrapping_sub(1);
    usize::try_from((hash >> 20) & mask).unwrap_or(0)
}
