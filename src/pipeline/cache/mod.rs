//! What a corpus was found to hold, kept so that no document is annotated twice.
//!
//! One file for each set of sources: the annotated documents in blocks, what a whole corpus adds
//! (links, days, index, columns), and which files all that came from. Where no file changed, the
//! corpus is there without any of them being read; where some did, the others are taken from here.
//! Only the build that wrote a file reads it.

mod carry;
mod group;
mod letters;
mod reopened;
mod shelf;
mod survey;
#[cfg(test)]
mod tests;
mod titles;
mod writer;

use std::io;
use std::path::PathBuf;
use std::thread::JoinHandle;

pub(super) use reopened::Reopened;
pub(super) use shelf::Reader;
pub(super) use survey::{Survey, Surveyed, now};
pub(super) use writer::{Entry, Outcome as InputOutcome, Writer};

/// Names everything that a cached corpus depends on beside its documents.
const BUILD: &str = concat!(env!("KHABAR_RULES"), "-", env!("KHABAR_WHOLE"));

/// Kinds of blocks: no number twice.
mod kind {
    /// Annotations of documents, in columns.
    pub(super) const DOCUMENTS: u8 = 1;
    /// Titles, addresses and texts of the same documents, by language.
    pub(super) const WORDS: [u8; 3] = [2, 4, 10];
    /// What documents and words have in common.
    pub(super) const DICTIONARIES: [u8; 4] = [11, 12, 13, 14];
    /// What all came from.
    pub(super) const ORIGIN: u8 = 3;
    /// The sections of the corpus.
    pub(super) const CORPUS: u8 = 5;
    /// Those that are read when somebody asks for them, in one order with the others.
    pub(super) const LATE: u8 = 7;
    /// The one of them that has the SHA-256 of each document's source, 32 bytes each.
    pub(super) const HASHES: u8 = 18;
    /// The inputs that all came from.
    pub(super) const INPUTS: u8 = 6;
    /// Days that documents have from each other.
    pub(super) const REDATED: u8 = 8;
    /// What documents said before they were changed.
    pub(super) const EARLIER: u8 = 9;
    /// The titles that lists show: what they have in common, where each piece ends, the pieces.
    pub(super) const COMMON_TITLES: u8 = 15;
    pub(super) const ENDS_OF_TITLES: u8 = 16;
    pub(super) const TITLES: u8 = 17;
}

/// Where a corpus is cached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// Whether it may be written.
    pub writes: bool,
}

/// A cache that is being written behind a finished load.
#[derive(Debug)]
pub struct Saving(JoinHandle<io::Result<()>>);

impl Saving {
    pub(super) fn new(thread: JoinHandle<io::Result<()>>) -> Self {
        Self(thread)
    }

    /// Waits until it is written.
    ///
    /// # Errors
    /// When it could not be: to be told, not to stop on.
    pub fn wait(self) -> io::Result<()> {
        self.0
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the thread that writes it ended early")))
    }
}
