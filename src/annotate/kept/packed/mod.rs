//! Records in columns, for the cache: what they have in common is stored once, what follows from
//! something else not at all. Their words (title, address, text) are stored apart, and so are the
//! hashes of their sources, which others read too.
//!
//! Strings that repeat the words that they stand at, such as the reason of a name, have a mark in
//! place of them ([`words`]); places count from the one before; days from the document's.

mod columns;
mod forms;
mod record;
#[cfg(test)]
mod tests;
mod values;
mod words;

use columns::{Coder as _, Read, Written};
use record::Last;

use super::atoms::Sha;
use super::record::Record;
use crate::corpus::Language;

/// Column of how many records there are: in front of those of [`record`].
const RECORDS: usize = 0;

/// Puts records into columns.
#[derive(Debug, Default)]
pub struct Packer {
    written: Written,
    last: Last,
    count: u64,
}

impl Packer {
    /// How many records there are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a record without its evidence, which follows from its words, and without the hash of its
    /// source. Gives its words: to be kept for [`Packed::record`].
    pub fn push(&mut self, record: Record) -> Option<String> {
        let (mut packed, words) = Packed::of(record);
        record::packed(&mut self.written, &mut packed, &mut self.last)?;
        self.count += 1;
        Some(words)
    }

    /// The columns as bytes. From here on it is empty.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        let mut all = std::mem::take(self);
        let _ = all.written.number(RECORDS, &mut all.count);
        all.written.take()
    }
}

/// A record without its words.
#[derive(Clone, Debug)]
pub struct Packed {
    record: Record,
    /// Bytes of its words.
    title: Option<u32>,
    url: Option<u32>,
    text: u32,
}

impl Packed {
    fn blank() -> Self {
        Self {
            record: Record::blank(),
            title: None,
            url: None,
            text: 0,
        }
    }

    /// A record as it is stored, and its words.
    fn of(mut record: Record) -> (Self, String) {
        record.respell(&|string, words| *string = words::without(string, words));
        record.take_evidence();
        let (title, url, text) = record.take_words();
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let packed = Self {
            record,
            title: title.as_deref().map(length),
            url: url.as_deref().map(length),
            text: length(&text),
        };
        let words = [title.unwrap_or_default(), url.unwrap_or_default(), text];
        (packed, words.concat())
    }

    /// The language that was found in it.
    #[must_use]
    pub fn language(&self) -> Language {
        self.record.language_found
    }

    /// Length of its words, in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        let own = |length: Option<u32>| length.unwrap_or(0) as usize;
        own(self.title) + own(self.url) + self.text as usize
    }

    /// Its id and its path.
    #[must_use]
    pub fn place(&self) -> (&str, &str) {
        let record = &self.record;
        (&record.id, record.path.as_deref().unwrap_or_default())
    }

    /// The record, without evidence, with the SHA-256 of its source; `None` for other words than its
    /// own.
    #[must_use]
    pub fn record(&self, words: &str, sha256: [u8; 32]) -> Option<Record> {
        let mut rest = words;
        let mut next = |length: u32| {
            let (first, last) = rest.split_at_checked(length as usize)?;
            rest = last;
            Some(first.to_owned())
        };
        let title = match self.title {
            Some(length) => Some(next(length)?),
            None => None,
        };
        let url = match self.url {
            Some(length) => Some(next(length)?),
            None => None,
        };
        let text = next(self.text)?;
        let mut record = self.record.clone();
        record.put_words(title, url, text);
        record.sha256 = Sha(sha256);
        record.respell(&words::with);
        Some(record)
    }
}

/// Of which language a record is, and how long its words are: enough to find them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    language: Language,
    title: usize,
    url: usize,
    text: usize,
}

impl Outline {
    /// The language that was found in it.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Length of its words, in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.title
            .saturating_add(self.url)
            .saturating_add(self.text)
    }

    /// The record's own title (empty where it has none) and the body, from its words; `None` for
    /// other words than its own.
    #[must_use]
    pub fn fields<'w>(&self, words: &'w str) -> Option<(&'w str, &'w str)> {
        let (title, rest) = words.split_at_checked(self.title)?;
        let (_, text) = rest.split_at_checked(self.url)?;
        (text.len() == self.text).then_some((title, text))
    }
}

/// The outlines of the records of some columns, without the rest of them; `None` for other bytes.
#[must_use]
pub fn outlines(columns: &[u8]) -> Option<Vec<Outline>> {
    let mut read = Read::of(columns)?;
    let mut count = 0;
    read.number(RECORDS, &mut count)?;
    let mut all = Vec::new();
    for _ in 0..count {
        let (language, [title, url, text]) = record::outline(&mut read)?;
        let length = |length: Option<u32>| usize::try_from(length.unwrap_or(0)).ok();
        all.push(Outline {
            language,
            title: length(title)?,
            url: length(url)?,
            text: length(text)?,
        });
    }
    Some(all)
}

/// The records of some columns; `None` for other bytes.
#[must_use]
pub fn unpack(columns: &[u8]) -> Option<Vec<Packed>> {
    let mut read = Read::of(columns)?;
    let mut count = 0;
    read.number(RECORDS, &mut count)?;
    let mut last = Last::default();
    let mut all = Vec::new();
    for _ in 0..count {
        let mut packed = Packed::blank();
        record::packed(&mut read, &mut packed, &mut last)?;
        all.push(packed);
    }
    Some(all)
}
