//! A cache that an earlier run left.

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};

use super::shelf::Reader;
use super::survey::{Survey, Surveyed};
use super::writer::{Entry, Inputs, Origin, Outcome, Writer, key_of, links_key, says_days};
use super::{BUILD, Place, Saving, kind};
use crate::corpus::{
    ArticleId, Corpus, Earlier, EarlierText, Form, Keeper, RawDocument, Section, Sections,
};
use crate::link::LinkMode;
use crate::pipeline::{KeptEvidenceOf, Request};
use crate::store::Blocks;

/// How much later than others the thread is served that checks a cache (`nice(2)`, which on Linux
/// is for one thread).
#[cfg(target_os = "linux")]
const LATER: i32 = 10;

/// A cache of this build.
#[derive(Debug)]
pub(in super::super) struct Reopened {
    blocks: Arc<Blocks>,
    /// What the links were made by.
    links: u64,
    days_said: bool,
    origin: OnceLock<Inputs>,
    reader: Arc<Reader>,
    /// The first document of each input, by the input's path.
    by_path: FxHashMap<String, (u32, usize)>,
    /// Documents of inputs that have changed, by their keys.
    by_key: Mutex<FxHashMap<[u8; 16], u32>>,
    /// Documents of inputs that are there still and have changed.
    changed: Mutex<Vec<Range<u32>>>,
    /// Those of them that were found again.
    found: Mutex<FxHashSet<u32>>,
}

impl Reopened {
    /// Opens the cache at `place`; `None` where there is none that this build can use.
    pub(in super::super) fn open(place: &Place) -> Option<Self> {
        let blocks = Arc::new(Blocks::open(&place.file, BUILD)?);
        let origin = blocks.read_all(kind::ORIGIN)?.pop()?;
        let Origin {
            links,
            days_said,
            firsts,
            redated,
        } = postcard::from_bytes(&origin).ok()?;
        let reader = Arc::new(Reader::new(Arc::clone(&blocks), firsts, redated)?);
        Some(Self {
            blocks,
            links,
            days_said,
            origin: OnceLock::new(),
            reader,
            by_path: FxHashMap::default(),
            by_key: Mutex::default(),
            changed: Mutex::default(),
            found: Mutex::default(),
        })
    }

    /// Whether the same links hold now as when it was written.
    pub(in super::super) fn is_linked_by(&self, request: &Request) -> bool {
        self.links == links_key(request)
    }

    /// Whether what it holds can be given other links without looking at more than its names: not
    /// where days hang on what the user says or said, nor where all names were compared and now
    /// none shall be.
    pub(in super::super) fn is_relinkable(&self, request: &Request) -> bool {
        !self.days_said && !says_days(request) && request.links != LinkMode::KnowledgeBaseOnly
    }

    /// The corpus as it was.
    pub(in super::super) fn corpus(&self, request: &Request) -> Option<Arc<Corpus>> {
        let sections = self.blocks.of_kind(kind::CORPUS);
        let form = if sections.clone().all(|number| self.blocks.is_plain(number)) {
            Form::InPlace
        } else {
            Form::Packed
        };
        let sections = sections.chain(self.blocks.of_kind(kind::HASHES));
        let sections = sections.map(|number| {
            let section = self.blocks.bytes(number).map(Section::Here);
            Some((number, section?))
        });
        let late = self.blocks.of_kind(kind::LATE).map(|number| {
            let blocks = Arc::clone(&self.blocks);
            Some((
                number,
                Section::There(Arc::new(move || blocks.bytes(number))),
            ))
        });
        let mut sections: Vec<(usize, Section)> = sections.chain(late).collect::<Option<_>>()?;
        sections.sort_unstable_by_key(|(number, _)| *number);
        let sections = sections.into_iter().map(|(_, section)| section);
        let mut sections = Sections::new(form, sections.collect());
        let keeper: Arc<dyn Keeper> = Arc::clone(&self.reader) as Arc<dyn Keeper>;
        let corpus = Corpus::of_kept(&request.name, &mut sections, &keeper)?;
        Some(Arc::new(
            corpus.with_earlier(Arc::new(self.known_earlier())),
        ))
    }

    /// Whether what there is to read is exactly what was read.
    pub(in super::super) fn is_same(&self, survey: &Survey) -> bool {
        let was = self.origin();
        let mut inputs = was.inputs.iter().zip(&survey.inputs);
        let mut unreadable = was.unreadable.iter().zip(&survey.unreadable);
        was.inputs.len() == survey.inputs.len()
            && was.unreadable.len() == survey.unreadable.len()
            && inputs.all(|(was, is)| is_same(was, is))
            && unreadable.all(|(was, is)| was.0 == is.path && was.1 == is.reason)
    }

    /// The inputs that all came from: none where they are damaged, which makes all of them new.
    fn origin(&self) -> &Inputs {
        self.origin.get_or_init(|| {
            let inputs = self.blocks.read_all(kind::INPUTS);
            let inputs = inputs.and_then(|mut all| postcard::from_bytes(&all.pop()?).ok());
            inputs.unwrap_or_default()
        })
    }

    /// Whether all of it can be relied on.
    pub(in super::super) fn is_whole(&self) -> bool {
        // to look at all of a large cache takes a while, in which somebody wants to see its rows
        let look = || {
            #[cfg(target_os = "linux")]
            let _ = rustix::process::nice(LATER);
            self.blocks.is_whole()
        };
        thread::scope(|scope| scope.spawn(look).join().unwrap_or(false))
    }

    /// Makes ready for [`kept`](Self::kept) and [`find`](Self::find).
    pub(in super::super) fn index(&mut self) {
        let mut first = 0u32;
        let mut by_path = FxHashMap::default();
        for (number, input) in self.origin().inputs.iter().enumerate() {
            by_path.insert(input.path.clone(), (first, number));
            first += input.documents;
        }
        self.by_path = by_path;
    }

    /// The first document of an input that has not changed, and what the input gave.
    pub(in super::super) fn kept(&self, input: &Surveyed) -> Option<(u32, &Outcome)> {
        let (first, number) = self.by_path.get(input.input.path())?;
        let was = self.origin().inputs.get(*number)?;
        if is_same(was, input) {
            return Some((*first, was));
        }
        let ids = *first..first.saturating_add(was.documents);
        let mut by_key = lock(&self.by_key);
        // what cannot be read is annotated anew
        let _ = self.reader.identities(ids.clone(), |id, identity| {
            by_key.insert(key_of(identity), id);
        });
        lock(&self.changed).push(ids);
        None
    }

    /// A document that was read before, wherever.
    pub(in super::super) fn find(&self, raw: &RawDocument) -> Option<u32> {
        let key = key_of((&raw.sha256, &raw.id, &raw.path));
        let found = lock(&self.by_key).get(&key).copied();
        lock(&self.found).extend(found);
        found
    }

    /// What the documents of a corpus said before they were changed, once all inputs were asked
    /// for: now, else at an earlier change.
    pub(in super::super) fn earlier(&self, corpus: &Corpus) -> Earlier {
        let found = lock(&self.found);
        let changed = lock(&self.changed).clone();
        let gone = changed.into_iter().flatten();
        let gone = gone.filter(|id| !found.contains(id)).filter_map(|id| {
            let article = self.reader.article(ArticleId(id))?;
            Some(EarlierText::of(&article))
        });
        let known = self.known_earlier();
        Earlier::replaced(gone.chain(known.iter().cloned()), corpus)
    }

    /// The same as the cache has it.
    fn known_earlier(&self) -> Earlier {
        let block = self
            .blocks
            .read_all(kind::EARLIER)
            .and_then(|mut all| all.pop());
        let earlier = block.and_then(|block| postcard::from_bytes(&block).ok());
        earlier.unwrap_or_default()
    }

    /// The evidence of its documents, for when it is needed.
    pub(in super::super) fn evidence(&self) -> Arc<dyn KeptEvidenceOf> {
        Arc::clone(&self.reader) as Arc<dyn KeptEvidenceOf>
    }

    /// Writes a cache of the same documents under other links, which `corpus` has; `None` where
    /// something of this one cannot be read.
    pub(in super::super) fn write_relinked(
        &self,
        place: &Place,
        request: &Request,
        corpus: &Arc<Corpus>,
    ) -> Option<Saving> {
        let redated = self.reader.all_redated()?;
        let writer = Writer::start(place, Some(Arc::clone(&self.reader)), true);
        for id in 0..self.reader.count()? {
            writer.add(Entry::Kept(id));
        }
        let Inputs { inputs, unreadable } = self.origin().clone();
        Some(writer.finish(request, corpus, redated, inputs, unreadable))
    }

    /// Whether most of its documents come from inputs that have not changed.
    pub(in super::super) fn keeps_most(&self, survey: &Survey) -> bool {
        let mut kept = 0u64;
        for input in &survey.inputs {
            let known = self.by_path.get(input.input.path());
            let was = known.and_then(|(_, number)| self.origin().inputs.get(*number));
            let was = was.filter(|was| is_same(was, input));
            kept += was.map_or(0, |was| u64::from(was.documents));
        }
        let inputs = self.origin().inputs.iter();
        let all: u64 = inputs.map(|was| u64::from(was.documents)).sum();
        kept * 2 > all
    }

    pub(in super::super) fn reader(&self) -> &Arc<Reader> {
        &self.reader
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_same(was: &Outcome, is: &Surveyed) -> bool {
    was.identity.is_some() && was.identity == is.identity && was.path == is.input.path()
}
