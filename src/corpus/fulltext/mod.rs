//! The full-text index: which documents hold which word of titles and bodies, and how often.
//!
//! Words are numbered in a lexicon of their own; documents are articles by their ids. As with
//! [`Lexicon`], a snapshot must be cheap to make from the one before: each batch makes a [`Run`],
//! and neighbours of like size are merged by copying their bytes, so what a word costs in a load
//! grows with the logarithm of the articles. There are no positions: of words side by side
//! the index knows which documents hold the frequent ones, and which may hold others (`pairs`);
//! the rest of a phrase is verified in the folded texts.
//!
//! Not here: what a typed word may match (`query`).

pub mod beside;
mod bits;
mod build;
pub mod length;
mod lists;
pub mod pairs;
pub mod postings;
mod run;
pub mod sound;
mod sounding;
#[cfg(test)]
mod tests;
pub mod token;

use std::io;
use std::sync::Arc;

pub use build::Document;
pub use run::Run;

use crate::corpus::fulltext::postings::Postings;
use crate::corpus::lexicon::Lexicon;
use crate::corpus::stored::{Sections, Sink};

/// The words of all titles and bodies, each with its documents.
#[derive(Clone, Debug, Default)]
pub struct FullText {
    words: Lexicon,
    runs: Vec<Arc<Run>>,
}

/// A word that has a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sounding {
    /// Its number among [`FullText::words`].
    pub word: u32,
    /// Whether it stands in a name somewhere.
    pub is_name: bool,
}

impl FullText {
    /// Keeps the index for another run, in one run, for [`of_kept`](Self::of_kept).
    pub(super) fn keep(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.words.keep(sink)?;
        let mut merged: Option<Arc<Run>> = None;
        for run in self.runs.iter().rev() {
            merged = match merged {
                None => Some(Arc::clone(run)),
                Some(later) => {
                    let both = run.merged(&later);
                    Some(Arc::new(both.ok_or_else(|| {
                        io::Error::other("the runs of the index do not follow each other")
                    })?))
                }
            };
        }
        sink.table(&merged.is_some())?;
        merged.map_or(Ok(()), |run| run.keep(sink))
    }

    /// The index that was kept; `None` for anything else.
    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        let words = Lexicon::of_kept(sections)?;
        let mut runs = Vec::new();
        if sections.table()? {
            let run = Run::of_kept(sections)?;
            if run.first() != 0 {
                return None;
            }
            runs.push(Arc::new(run));
        }
        Some(Self { words, runs })
    }

    /// The folded words, as [`token`] cuts them.
    #[must_use]
    pub fn words(&self) -> &Lexicon {
        &self.words
    }

    /// The parts of the index, each with the documents behind those of the one before.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().map(AsRef::as_ref)
    }

    /// The posting lists of a word, whose documents follow each other.
    pub fn postings(&self, word: u32) -> impl Iterator<Item = Postings<'_>> {
        self.runs().filter_map(move |run| run.postings(word))
    }

    /// How many documents hold a word.
    #[must_use]
    pub fn count(&self, word: u32) -> u32 {
        self.runs().map(|run| run.count(word)).sum()
    }

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> u32 {
        self.runs().map(Run::len).sum()
    }

    /// The words of all documents together, each time that they stand there.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.runs().map(Run::tokens).sum()
    }

    /// Bytes that the posting lists and what leads to them take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.runs().map(Run::bytes).sum()
    }

    /// The words that may sound as a skeleton's hash says ([`sound::hash_of`]): a few others may be
    /// among them.
    pub fn sounding(&self, hash: u32) -> impl Iterator<Item = Sounding> {
        let words = self.runs().flat_map(move |run| run.sounding(hash));
        words.map(|word| Sounding {
            word: word >> 1,
            is_name: word & 1 == 1,
        })
    }

    /// The index with more documents.
    #[must_use]
    pub fn with<'d>(&self, documents: impl Iterator<Item = Document<'d>>) -> Self {
        let mut words = self.words.grow();
        let Some(fresh) = build::build(self.documents(), documents, &mut words) else {
            return self.clone();
        };
        let words = words.finish();
        let mut runs = self.runs.clone();
        if fresh.is_empty() {
            return Self { words, runs };
        }
        let mut last = fresh;
        while let Some(before) = runs.pop_if(|before| before.len() < last.len().saturating_mul(2)) {
            if let Some(merged) = before.merged(&last) {
                last = merged;
            } else {
                runs.push(before);
                break;
            }
        }
        runs.push(Arc::new(last));
        Self { words, runs }
    }
}
