//! The documents of a cache, unpacked one by one as they are asked for.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::group::{self, STREAMS};
use super::kind;
use super::titles::Titles;
use crate::annotate::date::corpus::Evidence;
use crate::annotate::document::Annotated;
use crate::annotate::kept::{Day, KeptTimex, Outline, Packed, Record, Shared, outlines, unpack};
use crate::corpus::{Article, ArticleId, Keeper, Language};
use crate::pipeline::{KeptEvidenceOf, cores};
use crate::store::{Blocks, Dictionary};

/// Groups that stay unpacked: articles that are looked at lie beside each other.
const UNPACKED: usize = 16;

/// The day that a document has from others, and its expressions of time then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Redated {
    pub(super) id: u32,
    pub(super) day: Option<Day>,
    pub(super) timexes: Vec<KeptTimex>,
}

/// The annotations of a group.
struct Group {
    documents: Vec<Packed>,
    /// Where the words of each begin among those of its language.
    starts: Vec<usize>,
}

impl Group {
    fn of(columns: &[u8]) -> Option<Self> {
        let documents = unpack(columns)?;
        let words = documents.iter().map(|one| (one.language(), one.length()));
        let starts = starts(words)?;
        Some(Self { documents, starts })
    }
}

/// Where the words of a group's documents are.
struct Outlines {
    documents: Vec<Outline>,
    /// Where the words of each begin among those of its language.
    starts: Vec<usize>,
}

impl Outlines {
    fn of(columns: &[u8]) -> Option<Self> {
        let documents = outlines(columns)?;
        let words = documents.iter().map(|one| (one.language(), one.length()));
        Some(Self {
            starts: starts(words)?,
            documents,
        })
    }
}

/// Where the words of each document begin among those of its language, by language and length.
fn starts(words: impl Iterator<Item = (Language, usize)>) -> Option<Vec<usize>> {
    let mut ends = [0usize; STREAMS];
    let starts = words.map(|(language, length)| {
        let end = ends.get_mut(group::stream(language))?;
        let start = *end;
        *end = end.checked_add(length)?;
        Some(start)
    });
    starts.collect()
}

/// What was unpacked last.
struct Recent<T>(Mutex<Vec<(usize, Arc<T>)>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Recent<T> {
    fn get(&self, number: usize, unpack: impl FnOnce() -> Option<T>) -> Option<Arc<T>> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut known = lock();
            if let Some(at) = known.iter().position(|(known, _)| *known == number) {
                let found = known.remove(at);
                let item = Arc::clone(&found.1);
                known.push(found);
                return Some(item);
            }
        }
        // others may read what is unpacked meanwhile
        let item = Arc::new(unpack()?);
        let mut known = lock();
        if known.len() >= UNPACKED {
            known.remove(0);
        }
        known.push((number, Arc::clone(&item)));
        Some(item)
    }
}

/// A block is not as it was written.
struct Damaged;

/// Blocks that begin with rising documents.
struct ByFirst<T> {
    numbers: Vec<usize>,
    firsts: Vec<u32>,
    recent: Recent<T>,
}

/// Blocks of one kind, one for each group, and what they have in common.
struct Part {
    numbers: Vec<usize>,
    common: Option<usize>,
    dictionary: OnceLock<Option<Dictionary>>,
}

impl Part {
    fn of(blocks: &Blocks, kind: u8, common: u8) -> Self {
        Self {
            numbers: blocks.of_kind(kind).collect(),
            common: blocks.of_kind(common).next(),
            dictionary: OnceLock::new(),
        }
    }

    fn read(&self, blocks: &Blocks, group: usize) -> Option<Vec<u8>> {
        let number = *self.numbers.get(group)?;
        let dictionary = self
            .dictionary
            .get_or_init(|| Dictionary::new(&blocks.read(self.common?)?).ok());
        blocks.read_like(number, dictionary.as_ref()?)
    }
}

/// The words of one language.
struct Words {
    part: Part,
    recent: Recent<String>,
}

/// A group as it lies in the file.
pub(super) struct KeptGroup {
    /// The ids of its documents.
    pub(super) documents: Range<u32>,
    /// The blocks of its columns and of the words of each language.
    pub(super) blocks: [usize; STREAMS + 1],
}

/// The documents of a cache.
pub(in super::super) struct Reader {
    blocks: Arc<Blocks>,
    /// The first document of each group.
    firsts: Vec<u32>,
    documents: Part,
    groups: Recent<Group>,
    /// For who only reads words.
    outlines: Recent<Outlines>,
    words: Vec<Words>,
    /// The SHA-256 of each document's source.
    hashes: OnceLock<Option<Bytes>>,
    redated: ByFirst<Vec<Redated>>,
    titles: Titles,
    shared: Mutex<Shared>,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("groups", &self.firsts.len())
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// `firsts` is the first document of each group, `redated` of each block of days.
    pub(super) fn new(blocks: Arc<Blocks>, firsts: Vec<u32>, redated: Vec<u32>) -> Option<Self> {
        let [common, of_words @ ..] = kind::DICTIONARIES;
        let documents = Part::of(&blocks, kind::DOCUMENTS, common);
        let words = kind::WORDS.into_iter().zip(of_words);
        let words = words.map(|(kind, common)| Words {
            part: Part::of(&blocks, kind, common),
            recent: Recent::default(),
        });
        let words: Vec<Words> = words.collect();
        let redated = ByFirst {
            numbers: blocks.of_kind(kind::REDATED).collect(),
            firsts: redated,
            recent: Recent::default(),
        };
        let parts = words.iter().map(|words| &words.part);
        let fits = parts
            .chain([&documents])
            .all(|part| part.numbers.len() == firsts.len())
            && redated.numbers.len() == redated.firsts.len();
        fits.then(|| Self {
            titles: Titles::new(Arc::clone(&blocks)),
            blocks,
            firsts,
            documents,
            groups: Recent::default(),
            outlines: Recent::default(),
            words,
            hashes: OnceLock::new(),
            redated,
            shared: Mutex::default(),
        })
    }

    /// The group of a document and its place in it.
    fn place(&self, id: u32) -> Option<(usize, usize)> {
        let group = self
            .firsts
            .partition_point(|first| *first <= id)
            .checked_sub(1)?;
        let first = *self.firsts.get(group)?;
        Some((group, (id - first) as usize))
    }

    /// The file that it reads.
    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// The blocks of what the columns and the words of each language have in common.
    pub(super) fn dictionaries(&self) -> Option<[usize; STREAMS + 1]> {
        let [first, second, third] = self.words.as_slice() else {
            return None;
        };
        let [first, second, third] = [first, second, third].map(|words| words.part.common);
        Some([self.documents.common?, first?, second?, third?])
    }

    /// The group that begins with a document.
    pub(super) fn group_from(&self, id: u32) -> Option<KeptGroup> {
        let number = self.firsts.binary_search(&id).ok()?;
        let end = match self.firsts.get(number + 1) {
            Some(next) => *next,
            None => self.count()?,
        };
        let [first, second, third] = self.words.as_slice() else {
            return None;
        };
        let block = |part: &Part| part.numbers.get(number).copied();
        Some(KeptGroup {
            documents: id..end,
            blocks: [
                block(&self.documents)?,
                block(&first.part)?,
                block(&second.part)?,
                block(&third.part)?,
            ],
        })
    }

    /// How many documents there are.
    pub(super) fn count(&self) -> Option<u32> {
        let Some(last) = self.firsts.len().checked_sub(1) else {
            return Some(0);
        };
        let first = *self.firsts.get(last)?;
        first.checked_add(u32::try_from(self.group(last)?.documents.len()).ok()?)
    }

    /// The documents that have another day than they say by themselves; `None` where that is damaged.
    pub(super) fn all_redated(&self) -> Option<Vec<ArticleId>> {
        let mut ids = Vec::new();
        for number in &self.redated.numbers {
            let changes: Vec<Redated> = postcard::from_bytes(&self.blocks.read(*number)?).ok()?;
            ids.extend(changes.iter().map(|change| ArticleId(change.id)));
        }
        Some(ids)
    }

    fn group(&self, number: usize) -> Option<Arc<Group>> {
        self.groups.get(number, || {
            Group::of(&self.documents.read(&self.blocks, number)?)
        })
    }

    /// The SHA-256 of a document's source.
    fn hash(&self, id: u32) -> Option<&[u8; 32]> {
        let hashes = self.hashes.get_or_init(|| {
            let number = self.blocks.of_kind(kind::HASHES).next()?;
            self.blocks.bytes(number)
        });
        let (hashes, _) = hashes.as_ref()?.as_chunks();
        hashes.get(id as usize)
    }

    /// A document as it was annotated, without its evidence.
    pub(in super::super) fn record(&self, id: u32) -> Option<Record> {
        let (number, at) = self.place(id)?;
        let (group, words, places) = self.words(number, at)?;
        let packed = group.documents.get(at)?;
        packed.record(words.get(places)?, *self.hash(id)?)
    }

    /// A group, the words of its documents of one document's language, and where in them are that
    /// document's own.
    fn words(&self, number: usize, at: usize) -> Option<(Arc<Group>, Arc<String>, Range<usize>)> {
        let group = self.group(number)?;
        let packed = group.documents.get(at)?;
        let (language, start) = (packed.language(), *group.starts.get(at)?);
        let end = start.checked_add(packed.length())?;
        Some((group, self.words_of(number, language)?, start..end))
    }

    /// The words of a group's documents of one language.
    fn words_of(&self, number: usize, language: Language) -> Option<Arc<String>> {
        let stream = group::stream(language);
        let words = self.words.get(stream)?;
        words.recent.get(number, || {
            group::words(stream, words.part.read(&self.blocks, number)?)
        })
    }

    /// The day that a document has from others, if it has one; an error where that is damaged.
    fn redated(&self, id: u32) -> Result<Option<Redated>, Damaged> {
        let ByFirst {
            numbers,
            firsts,
            recent,
        } = &self.redated;
        let Some(block) = firsts.partition_point(|first| *first <= id).checked_sub(1) else {
            return Ok(None);
        };
        let changes = recent.get(block, || {
            postcard::from_bytes(&self.blocks.read(*numbers.get(block)?)?).ok()
        });
        let changes = changes.ok_or(Damaged)?;
        let found = changes.binary_search_by_key(&id, |change| change.id);
        Ok(found.ok().and_then(|at| changes.get(at).cloned()))
    }

    /// Calls `each` with what tells each of some documents from others.
    pub(super) fn identities(
        &self,
        ids: Range<u32>,
        mut each: impl FnMut(u32, (&[u8; 32], &str, &str)),
    ) -> Option<()> {
        for id in ids {
            let (number, at) = self.place(id)?;
            let group = self.group(number)?;
            let (name, path) = group.documents.get(at)?.place();
            each(id, (self.hash(id)?, name, path));
        }
        Some(())
    }

    /// A document for a corpus that is put together anew. What it contributes to the days of others
    /// is not stored: it follows from its text.
    pub(in super::super) fn annotated(record: Record, shared: &mut Shared) -> Option<Annotated> {
        let article = record.into_article("", shared)?;
        let (raw, alone) = (&article.raw, article.day.clone());
        let evidence = Evidence::again(raw, article.language, &article.mentions, alone);
        Some(Annotated { article, evidence })
    }

    /// The evidence of some of the documents.
    fn evidence_of(&self, ids: Range<u32>) -> Option<Vec<Evidence>> {
        let mut shared = Shared::default();
        let evidence = ids.map(|id| {
            let annotated = Self::annotated(self.record(id)?, &mut shared)?;
            Some(annotated.evidence)
        });
        evidence.collect()
    }
}

impl Keeper for Reader {
    fn article(&self, id: ArticleId) -> Option<Article> {
        let record = self.record(id.0)?;
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let mut article = record.into_article("", &mut shared)?;
        if let Some(change) = self.redated(id.0).ok()? {
            article.day = change.day.map(Day::day);
            let timexes = change.timexes.into_iter();
            article.timexes = timexes.map(|timex| timex.timex(&mut shared)).collect();
        }
        Some(article)
    }

    fn title(&self, id: ArticleId) -> Option<String> {
        let title = self.titles.get(id.0);
        title.or_else(|| Some(self.article(id)?.title.text))
    }

    fn fields(&self, id: ArticleId) -> Option<(String, String)> {
        let (number, at) = self.place(id.0)?;
        let outlines = self.outlines.get(number, || {
            Outlines::of(&self.documents.read(&self.blocks, number)?)
        })?;
        let document = outlines.documents.get(at)?;
        let start = *outlines.starts.get(at)?;
        let end = start.checked_add(document.length())?;
        let words = self.words_of(number, document.language())?;
        let (title, text) = document.fields(words.get(start..end)?)?;
        Some((title.to_owned(), text.to_owned()))
    }
}

impl KeptEvidenceOf for Reader {
    fn evidence(&self) -> Option<Vec<Evidence>> {
        let count = self.count()?;
        // each thread reads groups that lie beside each other
        let share = count.div_ceil(u32::try_from(cores()).unwrap_or(1)).max(1);
        std::thread::scope(|scope| {
            let parts: Vec<_> = (0..count)
                .step_by(share as usize)
                .map(|first| {
                    let ids = first..first.saturating_add(share).min(count);
                    scope.spawn(move || self.evidence_of(ids))
                })
                .collect();
            let mut all = Vec::new();
            for part in parts {
                all.extend(part.join().ok()??);
            }
            Some(all)
        })
    }
}
