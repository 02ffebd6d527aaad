//! Annotated documents in blocks: written in order, read one by one.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::kind;
use crate::annotate::date::corpus::{Evidence, KeptEvidence};
use crate::annotate::document::Annotated;
use crate::annotate::kept::{Day, KeptTimex, Record, Shared, fields_of};
use crate::corpus::{Article, ArticleId, Keeper};
use crate::pipeline::KeptEvidenceOf;
use crate::store::Blocks;

/// Bytes of a block before it is packed: small enough that one article is soon unpacked, which
/// costs one part in forty more room than blocks four times as large.
pub(super) const BLOCK: usize = 32 * 1024;

/// Blocks that stay unpacked: articles that are looked at lie beside each other.
const UNPACKED: usize = 16;

/// Byte strings one after the other, as a block holds them.
#[derive(Debug, Default)]
pub(super) struct Pile {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Pile {
    pub(super) fn push(&mut self, item: &[u8]) {
        self.bytes.extend_from_slice(item);
        self.ends
            .push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The block: how many there are, where each ends, all of them.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let Self { bytes, ends } = std::mem::take(self);
        let mut block = Vec::with_capacity(4 + ends.len() * 4 + bytes.len());
        block.extend(u32::try_from(ends.len()).unwrap_or(0).to_le_bytes());
        block.extend(ends.iter().flat_map(|end| end.to_le_bytes()));
        block.extend(bytes);
        block
    }

    /// One of the byte strings of a block.
    fn get(block: &[u8], at: usize) -> Option<&[u8]> {
        let number = |at: usize| {
            let bytes = block.get(at * 4..at * 4 + 4)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let count = number(0)?;
        if at >= count {
            return None;
        }
        let start = if at == 0 { 0 } else { number(at)? };
        let end = number(at + 1)?;
        let items = block.get(4 + count * 4..)?;
        items.get(start..end)
    }
}

/// The day that a document has from others, and its expressions of time then.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Redated {
    pub(super) id: u32,
    pub(super) day: Option<Day>,
    pub(super) timexes: Vec<KeptTimex>,
}

/// The documents of a cache.
pub(in super::super) struct Reader {
    blocks: Arc<Blocks>,
    /// The first document of each block.
    firsts: Vec<u32>,
    documents: Vec<usize>,
    evidence: Vec<usize>,
    redated: FxHashMap<u32, Vec<u8>>,
    unpacked: Mutex<Vec<(usize, Arc<Vec<u8>>)>>,
    shared: Mutex<Shared>,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("blocks", &self.firsts.len())
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// `firsts` is the first document of each block.
    pub(super) fn new(blocks: Arc<Blocks>, firsts: Vec<u32>) -> Option<Self> {
        let documents: Vec<usize> = blocks.of_kind(kind::DOCUMENTS).collect();
        let evidence: Vec<usize> = blocks.of_kind(kind::EVIDENCE).collect();
        let mut redated = FxHashMap::default();
        for block in blocks.read_all(kind::REDATED)? {
            let (ids, changes): (Vec<u32>, Vec<Vec<u8>>) = postcard::from_bytes(&block).ok()?;
            redated.extend(ids.into_iter().zip(changes));
        }
        let fits = documents.len() == firsts.len() && evidence.len() == firsts.len();
        fits.then(|| Self {
            blocks,
            firsts,
            documents,
            evidence,
            redated,
            unpacked: Mutex::new(Vec::new()),
            shared: Mutex::new(Shared::default()),
        })
    }

    /// The block of a document and its place in it.
    fn place(&self, id: u32) -> Option<(usize, usize)> {
        let block = self
            .firsts
            .partition_point(|first| *first <= id)
            .checked_sub(1)?;
        let first = *self.firsts.get(block)?;
        Some((block, (id - first) as usize))
    }

    fn block(&self, number: usize) -> Option<Arc<Vec<u8>>> {
        let lock = || self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut unpacked = lock();
            if let Some(at) = unpacked.iter().position(|(known, _)| *known == number) {
                let found = unpacked.remove(at);
                let block = Arc::clone(&found.1);
                unpacked.push(found);
                return Some(block);
            }
        }
        // others may read what is unpacked meanwhile
        let block = Arc::new(self.blocks.read(number)?);
        let mut unpacked = lock();
        if unpacked.len() >= UNPACKED {
            unpacked.remove(0);
        }
        unpacked.push((number, Arc::clone(&block)));
        Some(block)
    }

    /// The bytes of a document and of its evidence.
    pub(in super::super) fn bytes(&self, id: u32) -> Option<(Vec<u8>, Vec<u8>)> {
        let (block, at) = self.place(id)?;
        let document = self.block(*self.documents.get(block)?)?;
        let evidence = self.block(*self.evidence.get(block)?)?;
        Some((
            Pile::get(&document, at)?.to_vec(),
            Pile::get(&evidence, at)?.to_vec(),
        ))
    }

    /// A document as it was annotated, for a corpus that is put together anew.
    pub(in super::super) fn annotated(
        (document, evidence): &(Vec<u8>, Vec<u8>),
        shared: &mut Shared,
    ) -> Option<Annotated> {
        let record: Record = postcard::from_bytes(document).ok()?;
        let evidence: KeptEvidence = postcard::from_bytes(evidence).ok()?;
        let article = record.into_article("", shared)?;
        let evidence = evidence.evidence(&article.raw.path, article.day.clone())?;
        Some(Annotated { article, evidence })
    }
}

impl Keeper for Reader {
    fn article(&self, id: ArticleId) -> Option<Article> {
        let (block, at) = self.place(id.0)?;
        let block = self.block(*self.documents.get(block)?)?;
        let record: Record = postcard::from_bytes(Pile::get(&block, at)?).ok()?;
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let mut article = record.into_article("", &mut shared)?;
        if let Some(change) = self.redated.get(&id.0) {
            let change: Redated = postcard::from_bytes(change).ok()?;
            article.day = change.day.map(Day::day);
            let timexes = change.timexes.into_iter();
            article.timexes = timexes.map(|timex| timex.timex(&mut shared)).collect();
        }
        Some(article)
    }

    fn fields(&self, id: ArticleId) -> Option<(String, String)> {
        let (block, at) = self.place(id.0)?;
        let block = self.block(*self.documents.get(block)?)?;
        fields_of(Pile::get(&block, at)?)
    }
}

impl KeptEvidenceOf for Reader {
    fn evidence(&self) -> Option<Vec<Evidence>> {
        let mut all = Vec::new();
        let mut shared = Shared::default();
        for (documents, evidence) in self.documents.iter().zip(&self.evidence) {
            let (documents, evidence) =
                (self.blocks.read(*documents)?, self.blocks.read(*evidence)?);
            for at in 0.. {
                let Some(document) = Pile::get(&documents, at) else {
                    break;
                };
                let both = (document.to_vec(), Pile::get(&evidence, at)?.to_vec());
                all.push(Self::annotated(&both, &mut shared)?.evidence);
            }
        }
        Some(all)
    }
}
