//! How documents that lie beside each other are stored: their annotations in columns, their words
//! by language, so that like is packed with like.
//!
//! The first groups are, as they are, the dictionaries by which all are packed, themselves too:
//! so a group may be small, and one article is soon unpacked.

use std::io;

use super::kind;
use super::letters::{narrow, widen};
use crate::annotate::kept::{Packer as Columns, Record};
use crate::corpus::Language;
use crate::store::{BlockWriter, Packer};

/// Bytes of words in a group.
const GROUP: usize = 96 * 1024;

/// Documents of a group at most: to show one, all of its group are unpacked.
const DOCUMENTS: usize = 128;

/// Bytes of the words of which dictionaries are made.
const COMMON: usize = 2 * 1024 * 1024;

/// Kinds of words that are packed together.
pub(super) const STREAMS: usize = kind::WORDS.len();

/// The stream of a language.
pub(super) fn stream(language: Language) -> usize {
    match language {
        Language::English | Language::Other => 0,
        Language::German => 1,
        Language::Arabic => ARABIC,
    }
}

const ARABIC: usize = 2;

/// The words of a stream as they were.
pub(super) fn words(stream: usize, bytes: Vec<u8>) -> Option<String> {
    if stream == ARABIC {
        widen(&bytes)
    } else {
        String::from_utf8(bytes).ok()
    }
}

/// The parts of a group: the columns, then the words of each stream.
type Parts = [Vec<u8>; STREAMS + 1];

/// Writes documents in groups.
#[derive(Debug, Default)]
pub(super) struct Groups {
    columns: Columns,
    words: [Vec<u8>; STREAMS],
    count: u32,
    firsts: Vec<u32>,
    /// The groups until there are enough for dictionaries.
    waiting: Vec<Parts>,
    /// Packs each part, from then on.
    packers: Option<[Packer; STREAMS + 1]>,
}

impl Groups {
    /// Adds the next document.
    pub(super) fn add(&mut self, record: Record, file: &mut BlockWriter) -> io::Result<()> {
        if self.columns.is_empty() {
            self.firsts.push(self.count);
        }
        self.count += 1;
        let stream = stream(record.language());
        let words = self.columns.push(record);
        let words = words.ok_or_else(|| io::Error::other("a document has no form as columns"))?;
        if let Some(bytes) = self.words.get_mut(stream) {
            if stream == ARABIC {
                narrow(&words, bytes);
            } else {
                bytes.extend_from_slice(words.as_bytes());
            }
        }
        let words = self.words.iter().map(Vec::len).sum::<usize>();
        if words >= GROUP || self.columns.len() >= DOCUMENTS {
            self.close(file)?;
        }
        Ok(())
    }

    /// Writes what is left; gives the first document of each group.
    pub(super) fn finish(mut self, file: &mut BlockWriter) -> io::Result<Vec<u32>> {
        if !self.columns.is_empty() {
            self.close(file)?;
        }
        if self.packers.is_none() {
            self.settle(file)?;
        }
        Ok(self.firsts)
    }

    /// Ends a group.
    fn close(&mut self, file: &mut BlockWriter) -> io::Result<()> {
        let [first, second, third] = std::mem::take(&mut self.words);
        let parts = [self.columns.take(), first, second, third];
        if let Some(packers) = &mut self.packers {
            return write(&parts, packers, file);
        }
        self.waiting.push(parts);
        let words = self.waiting.iter().flat_map(|parts| parts.iter().skip(1));
        if words.map(Vec::len).sum::<usize>() >= COMMON {
            self.settle(file)?;
        }
        Ok(())
    }

    /// Makes the dictionaries and writes what waited for them.
    fn settle(&mut self, file: &mut BlockWriter) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut common = Parts::default();
        for parts in &waiting {
            for (common, part) in common.iter_mut().zip(parts) {
                common.extend_from_slice(part);
            }
        }
        for (kind, common) in kind::DICTIONARIES.into_iter().zip(&common) {
            file.add(kind, common)?;
        }
        let [columns, first, second, third] = common.map(|common| Packer::new(&common));
        let mut packers = [columns?, first?, second?, third?];
        for parts in &waiting {
            write(parts, &mut packers, file)?;
        }
        self.packers = Some(packers);
        Ok(())
    }
}

fn write(
    parts: &Parts,
    packers: &mut [Packer; STREAMS + 1],
    file: &mut BlockWriter,
) -> io::Result<()> {
    let kinds = [kind::DOCUMENTS].into_iter().chain(kind::WORDS);
    for (kind, (part, packer)) in kinds.zip(parts.iter().zip(packers)) {
        file.add_like(kind, part, packer)?;
    }
    Ok(())
}
