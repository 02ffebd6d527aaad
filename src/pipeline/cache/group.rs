//! How documents that lie beside each other are stored: their annotations in columns, their words
//! by language, so that like is packed with like.
//!
//! The first groups are, as they are, the dictionaries by which all are packed, themselves too:
//! so a group may be small, and one article is soon unpacked.

use std::io;

use super::kind;
use super::letters::{narrow, widen};
use super::shelf::{KeptGroup, Reader};
use crate::annotate::kept::{Packer as Columns, Record};
use crate::corpus::Language;
use crate::store::{BlockWriter, Packer};

/// Bytes of words in a group.
const GROUP: usize = if cfg!(test) { 512 } else { 96 * 1024 };

/// Documents of a group at most: to show one, all of its group are unpacked.
const DOCUMENTS: usize = if cfg!(test) { 4 } else { 128 };

/// Bytes of the words of which dictionaries are made. As the two above: less where a test makes
/// corpora of a few sentences, so that they have several groups.
const COMMON: usize = if cfg!(test) { 1024 } else { 2 * 1024 * 1024 };

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
    /// Whether the dictionaries are those of an earlier cache.
    adopted: bool,
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

    /// Packs by the dictionaries of an earlier cache from here on, unless there are others already.
    /// Gives whether groups of that cache may be copied.
    pub(super) fn adopt(&mut self, earlier: &Reader, file: &mut BlockWriter) -> io::Result<bool> {
        if self.packers.is_some() || self.adopted {
            return Ok(self.adopted);
        }
        let Some(dictionaries) = earlier.dictionaries() else {
            return Ok(false);
        };
        let blocks = earlier.blocks();
        let words = dictionaries.iter().skip(1).map(|block| blocks.size(*block));
        if words.sum::<usize>() < COMMON {
            // of a small corpus: more words make better ones, and there is not much to copy
            return Ok(false);
        }
        let damaged = || io::Error::other("a dictionary is damaged");
        for (kind, block) in kind::DICTIONARIES.into_iter().zip(dictionaries) {
            file.copy(kind, blocks, block)?;
        }
        let packer = |block: usize| Packer::new(&blocks.read(block).ok_or_else(damaged)?);
        let [columns, first, second, third] = dictionaries.map(packer);
        let mut packers = [columns?, first?, second?, third?];
        for parts in std::mem::take(&mut self.waiting) {
            write(&parts, &mut packers, file)?;
        }
        (self.packers, self.adopted) = (Some(packers), true);
        Ok(true)
    }

    /// Copies a group of an earlier cache whose dictionaries were [adopted](Self::adopt).
    pub(super) fn copy(
        &mut self,
        earlier: &Reader,
        group: &KeptGroup,
        file: &mut BlockWriter,
    ) -> io::Result<()> {
        if !self.columns.is_empty() {
            self.close(file)?;
        }
        self.firsts.push(self.count);
        self.count += group.documents.end - group.documents.start;
        let kinds = [kind::DOCUMENTS].into_iter().chain(kind::WORDS);
        for (kind, block) in kinds.zip(group.blocks) {
            file.copy(kind, earlier.blocks(), block)?;
        }
        Ok(())
    }

    /// Whether a group is worth copying: many small ones pack badly, so what is left of those that
    /// changed is put together anew.
    pub(super) fn is_full(earlier: &Reader, group: &KeptGroup) -> bool {
        let words = group.blocks.iter().skip(1);
        let words: usize = words.map(|block| earlier.blocks().size(*block)).sum();
        words >= GROUP / 2 || group.documents.len() >= DOCUMENTS / 2
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
