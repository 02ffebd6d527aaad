//! How documents that lie beside each other are stored: their annotations in columns, their words
//! by language, so that like is packed with like.
//!
//! The first texts of a language are the dictionary by which all its others are packed.

use std::io;

use super::kind;
use super::letters::{narrow, widen};
use crate::annotate::kept::{Packer as Columns, Record};
use crate::corpus::Language;
use crate::store::{BlockWriter, Packer};

/// Bytes of words in a group: so few that one article is soon unpacked.
const GROUP: usize = 192 * 1024;

/// Bytes of a dictionary, at least.
pub(super) const DICTIONARY: usize = 512 * 1024;

/// Groups of words that are packed together.
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

/// Writes documents in groups.
#[derive(Debug, Default)]
pub(super) struct Groups {
    columns: Columns,
    words: [Vec<u8>; STREAMS],
    dictionaries: [Vec<u8>; STREAMS],
    packers: [Option<Packer>; STREAMS],
    count: u32,
    firsts: Vec<u32>,
}

impl Groups {
    /// Adds the next document.
    pub(super) fn add(&mut self, record: Record, file: &mut BlockWriter) -> io::Result<()> {
        if self.columns.is_empty() {
            self.firsts.push(self.count);
        }
        self.count += 1;
        let language = record.language();
        let words = self.columns.push(record);
        let words = words.ok_or_else(|| io::Error::other("a document has no form as columns"))?;
        let stream = stream(language);
        if let Some(bytes) = self.words.get_mut(stream) {
            if stream == ARABIC {
                narrow(&words, bytes);
            } else {
                bytes.extend_from_slice(words.as_bytes());
            }
        }
        if self.words.iter().map(Vec::len).sum::<usize>() >= GROUP {
            self.write(file)?;
        }
        Ok(())
    }

    /// Writes what is left; gives the first document of each group.
    pub(super) fn finish(mut self, file: &mut BlockWriter) -> io::Result<Vec<u32>> {
        if !self.columns.is_empty() {
            self.write(file)?;
        }
        Ok(self.firsts)
    }

    fn write(&mut self, file: &mut BlockWriter) -> io::Result<()> {
        file.add(kind::DOCUMENTS, &self.columns.take())?;
        let streams = self.words.iter_mut().zip(&mut self.dictionaries);
        for ((words, dictionary), (packer, kind)) in
            streams.zip(self.packers.iter_mut().zip(kind::WORDS))
        {
            match packer {
                Some(packer) => file.add_like(kind, words, packer)?,
                None => {
                    file.add(kind, words)?;
                    dictionary.extend_from_slice(words);
                    if dictionary.len() >= DICTIONARY {
                        *packer = Some(Packer::new(&std::mem::take(dictionary))?);
                    }
                }
            }
            words.clear();
        }
        Ok(())
    }
}
