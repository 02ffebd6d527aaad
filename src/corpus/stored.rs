//! A corpus without its articles as sections of bytes, for another run of the same build: what
//! would take long to work out anew. Columns are read in place, tables when somebody asks for
//! them, so opening a corpus costs nearly the same however many articles it has.
//!
//! Sections have no names: each part of a corpus writes its own in an order and reads them back in
//! the same one. Whoever keeps the bytes makes sure that they come back as they were, each at an
//! address that numbers of 64 bits may have, and that the same build reads them.

use std::cmp::Reverse;
use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};
use std::vec;

use bytemuck::Pod;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::corpus::article::Unreadable;
use crate::corpus::columns::as_u32;
use crate::corpus::duplicates::Duplicates;
use crate::corpus::entities::EntityTable;
use crate::corpus::fulltext::FullText;
use crate::corpus::held::Keeper;
use crate::corpus::lexicon::Lexicon;
use crate::corpus::segment::Segment;
use crate::corpus::slab::Slab;
#[cfg(test)]
use crate::corpus::slab::aligned;
use crate::corpus::snapshot::Corpus;

/// Takes the sections of a corpus, one after the other.
pub struct Sink<'w> {
    write: &'w mut dyn FnMut(&[u8], When) -> io::Result<()>,
    form: Form,
}

/// What sections are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// To be read in place.
    InPlace,
    /// To be packed: numbers as differences, and nothing that is soon worked out again.
    Packed,
}

/// When a section is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// When the corpus is opened.
    Opening,
    /// When somebody asks for it, which may be never.
    Asked,
    /// When the corpus is opened, and by whoever keeps its articles: the SHA-256 of each one's source.
    Shared,
}

/// The bytes of a section, or how to come by them.
#[derive(Clone)]
pub enum Section {
    /// At hand.
    Here(Bytes),
    /// To be read; `None` where they are damaged.
    There(Arc<dyn Fn() -> Option<Bytes> + Send + Sync>),
}

impl Section {
    pub(super) fn read(&self) -> Option<Bytes> {
        match self {
            Self::Here(bytes) => Some(bytes.clone()),
            Self::There(read) => read(),
        }
    }
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Here(_) => "Here",
            Self::There(_) => "There",
        })
    }
}

/// A section that is read when it is first asked for.
#[derive(Debug)]
pub(super) struct Late {
    section: Section,
    bytes: OnceLock<Bytes>,
}

impl Late {
    /// Its bytes; none where they are damaged, which is found out soon.
    pub(super) fn get(&self) -> &Bytes {
        self.bytes
            .get_or_init(|| self.section.read().unwrap_or_default())
    }

    /// The same, not held in memory.
    pub(super) fn read(&self) -> Bytes {
        self.section.read().unwrap_or_default()
    }
}

impl<'w> Sink<'w> {
    /// A sink that hands each section to `write`.
    pub fn new(form: Form, write: &'w mut dyn FnMut(&[u8], When) -> io::Result<()>) -> Self {
        Self { write, form }
    }

    pub(super) fn add(&mut self, section: &[u8]) -> io::Result<()> {
        (self.write)(section, When::Opening)
    }

    /// Adds what nobody reads before somebody asks for it: packed in any form.
    pub(super) fn late(&mut self, section: &[u8]) -> io::Result<()> {
        (self.write)(section, When::Asked)
    }

    /// The same for what hardly packs, and is large: where the others are read in place, it is too.
    pub(super) fn late_in_place(&mut self, section: &[u8]) -> io::Result<()> {
        match self.form {
            Form::InPlace => self.add(section),
            Form::Packed => self.late(section),
        }
    }

    /// Adds the hashes of the articles' sources, which are not kept with the articles.
    pub(super) fn hashes(&mut self, hashes: &[[u8; 32]]) -> io::Result<()> {
        (self.write)(bytemuck::cast_slice(hashes), When::Shared)
    }

    /// Adds a table for [`Lazy::of_kept`].
    pub(super) fn late_table<T: Serialize + ?Sized>(&mut self, table: &T) -> io::Result<()> {
        self.late(&postcard::to_stdvec(table).map_err(io::Error::other)?)
    }

    /// Adds numbers of which none is less than the one before.
    pub(super) fn rising(&mut self, numbers: &Slab<u32>) -> io::Result<()> {
        if self.form == Form::InPlace {
            return self.add(numbers.as_bytes());
        }
        let mut before = 0;
        let steps = numbers.iter().map(|number| {
            let step = number.wrapping_sub(before);
            before = *number;
            step
        });
        self.table(&steps.collect::<Vec<u32>>())
    }

    /// Adds what follows from other sections.
    pub(super) fn derived(
        &mut self,
        write: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        match self.form {
            Form::InPlace => write(self),
            Form::Packed => self.add(&[]),
        }
    }

    /// Adds one section of several pieces.
    pub(super) fn join<'p>(&mut self, pieces: impl Iterator<Item = &'p [u8]>) -> io::Result<()> {
        let pieces: Vec<&[u8]> = pieces.collect();
        match pieces.as_slice() {
            [one] => self.add(one),
            several => self.add(&several.concat()),
        }
    }

    pub(super) fn table<T: Serialize + ?Sized>(&mut self, table: &T) -> io::Result<()> {
        self.add(&postcard::to_stdvec(table).map_err(io::Error::other)?)
    }
}

/// The sections of a corpus in their order.
#[derive(Debug)]
pub struct Sections {
    rest: vec::IntoIter<Section>,
    form: Form,
}

impl Sections {
    /// The sections that a [`Sink`] of the same form was given.
    #[must_use]
    pub fn new(form: Form, sections: Vec<Section>) -> Self {
        Self {
            rest: sections.into_iter(),
            form,
        }
    }

    pub(super) fn bytes(&mut self) -> Option<Bytes> {
        self.rest.next()?.read()
    }

    /// A section that was added to be read when it is asked for.
    pub(super) fn late(&mut self) -> Option<Late> {
        Some(Late {
            section: self.rest.next()?,
            bytes: OnceLock::new(),
        })
    }

    /// Numbers that were added as [`rising`](Sink::rising) ones.
    pub(super) fn rising(&mut self) -> Option<Slab<u32>> {
        if self.form == Form::InPlace {
            return self.numbers();
        }
        let steps: Vec<u32> = self.table()?;
        let mut number = 0u32;
        let numbers = steps.into_iter().map(|step| {
            number = number.wrapping_add(step);
            number
        });
        Some(numbers.collect())
    }

    /// Numbers that follow from other sections: as they are, or worked out by `make`.
    pub(super) fn derived<T: Pod>(&mut self, make: impl FnOnce() -> Slab<T>) -> Option<Slab<T>> {
        let bytes = self.bytes()?;
        match self.form {
            Form::InPlace => Slab::there(bytes),
            Form::Packed => Some(make()),
        }
    }

    /// The same, to be worked out when somebody asks for them.
    pub(super) fn derived_late<T: Pod>(&mut self) -> Option<OnceLock<Slab<T>>> {
        let bytes = self.bytes()?;
        match self.form {
            Form::InPlace => Slab::there(bytes).map(OnceLock::from),
            Form::Packed => Some(OnceLock::new()),
        }
    }

    pub(super) fn numbers<T: Pod>(&mut self) -> Option<Slab<T>> {
        Slab::there(self.bytes()?)
    }

    pub(super) fn table<T: DeserializeOwned>(&mut self) -> Option<T> {
        postcard::from_bytes(&self.bytes()?).ok()
    }
}

/// A table that is decoded when it is first asked for.
#[derive(Clone)]
pub(super) struct Lazy<T>(Arc<Slot<T>>);

struct Slot<T> {
    kept: Section,
    decoded: OnceLock<Arc<T>>,
}

impl<T: DeserializeOwned + Default> Lazy<T> {
    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self(Arc::new(Slot {
            kept: sections.rest.next()?,
            decoded: OnceLock::new(),
        })))
    }

    /// Whether both are one table, decoded or not.
    pub(super) fn is_that_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The table; an empty one where its bytes are damaged, which is found out soon.
    pub(super) fn get(&self) -> &Arc<T> {
        let decode = || postcard::from_bytes(&self.0.kept.read()?).ok();
        let table = || Arc::new(decode().unwrap_or_default());
        self.0.decoded.get_or_init(table)
    }
}

impl<T> From<Arc<T>> for Lazy<T> {
    fn from(table: Arc<T>) -> Self {
        Self(Arc::new(Slot {
            kept: Section::Here(Bytes::new()),
            decoded: OnceLock::from(table),
        }))
    }
}

impl<T: Default> Default for Lazy<T> {
    fn default() -> Self {
        Arc::new(T::default()).into()
    }
}

impl<T> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lazy")
            .field("decoded", &self.0.decoded.get().is_some())
            .finish_non_exhaustive()
    }
}

/// What is small enough to be decoded at once.
#[derive(Serialize, Deserialize)]
struct Head {
    of_every_path: Arc<[u32]>,
    /// Path and reason of each.
    unreadable: Vec<(String, String)>,
    in_path_order: bool,
}

impl Corpus {
    /// Hands the corpus to `sink`, as one segment.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn keep(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let unreadable = self.unreadable.iter();
        let order = self.words_by_use();
        let mut numbers = vec![0; order.len()];
        for (number, word) in (0u32..).zip(&order) {
            if let Some(slot) = numbers.get_mut(*word as usize) {
                *slot = number;
            }
        }
        let number = |word: u32| numbers.get(word as usize).copied().unwrap_or(word);
        let mut of_every_path: Vec<u32> = self.of_every_path.iter().copied().map(number).collect();
        of_every_path.sort_unstable();
        sink.table(&Head {
            of_every_path: of_every_path.into(),
            unreadable: unreadable
                .map(|u| (u.path.clone(), u.reason.clone()))
                .collect(),
            in_path_order: self.in_path_order,
        })?;
        sink.derived(|sink| sink.add(self.sorted_newest_first().as_bytes()))?;
        Segment::keep(&self.segments, &number, sink)?;
        sink.derived(|sink| sink.add(bytemuck::cast_slice(self.ranks_by_title())))?;
        self.words.reordered(&order).keep(sink)?;
        self.sources.keep(sink)?;
        self.entities.keep(sink)?;
        self.fulltext.keep(sink)?;
        sink.late_table(&**self.links())?;
        sink.late_table(&**self.duplicates())
    }

    /// The words of titles, names, sources and paths, those that most articles have first: what a
    /// letter that is typed looks at then lies together, and takes few bytes.
    fn words_by_use(&self) -> Vec<u32> {
        let mut uses = vec![0u32; self.words.len()];
        for (segment, at) in self.places() {
            for (_, word) in segment.words_by_part(at) {
                if let Some(uses) = uses.get_mut(word as usize) {
                    *uses += 1;
                }
            }
        }
        let mut order: Vec<u32> = (0..as_u32(uses.len())).collect();
        order.sort_by_key(|word| Reverse(uses.get(*word as usize)));
        order
    }

    /// The corpus of these sections, whose articles `keeper` has; `None` for any others.
    #[must_use]
    pub fn of_kept(name: &str, sections: &mut Sections, keeper: &Arc<dyn Keeper>) -> Option<Self> {
        let head: Head = sections.table()?;
        let newest_first = sections.derived_late()?;
        let columns = Segment::columns_of_kept(sections)?;
        let by_title = sections.derived_late()?;
        let (words, sources) = (Lexicon::of_kept(sections)?, Lexicon::of_kept(sections)?);
        let entities = EntityTable::of_kept(sections)?;
        let fulltext = FullText::of_kept(sections)?;
        let links = Lazy::of_kept(sections)?;
        let duplicates: Lazy<Duplicates> = Lazy::of_kept(sections)?;
        let unreadable = head.unreadable.into_iter();
        let mut corpus = Self {
            words,
            sources,
            entities,
            fulltext,
            of_every_path: head.of_every_path,
            unreadable: Arc::new(
                unreadable
                    .map(|(path, reason)| Unreadable { path, reason })
                    .collect(),
            ),
            links: links.clone(),
            duplicates,
            in_path_order: head.in_path_order,
            newest_first: newest_first.into_inner().map(Arc::new),
            by_title: by_title
                .into_inner()
                .map(Arc::new)
                .map_or_else(OnceLock::new, OnceLock::from),
            ..Self::new(name)
        };
        let segment = columns.into_segment(Arc::clone(keeper), links);
        corpus.len = segment.articles().len();
        if corpus.len > 0 {
            corpus.starts.push(0);
            corpus.segments.push(Arc::new(segment));
        }
        let orders = [corpus.newest_first.as_ref(), corpus.by_title.get()];
        let fits = orders
            .iter()
            .flatten()
            .all(|order| order.len() == corpus.len)
            && corpus.fulltext.documents() == as_u32(corpus.len);
        fits.then_some(corpus)
    }
}

/// What is kept and read back: for tests.
#[cfg(test)]
pub(super) fn kept<T>(
    form: Form,
    keep: impl FnOnce(&mut Sink<'_>) -> io::Result<()>,
    of_kept: impl FnOnce(&mut Sections) -> Option<T>,
) -> T {
    let sections = sections_of(form, keep);
    of_kept(&mut Sections::new(form, sections)).unwrap()
}

/// What is kept.
#[cfg(test)]
pub(super) fn sections_of(
    form: Form,
    keep: impl FnOnce(&mut Sink<'_>) -> io::Result<()>,
) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut write = |section: &[u8], when: When| {
        let bytes = aligned(section);
        sections.push(match when {
            When::Opening | When::Shared => Section::Here(bytes),
            When::Asked => Section::There(Arc::new(move || Some(bytes.clone()))),
        });
        Ok(())
    };
    keep(&mut Sink::new(form, &mut write)).unwrap();
    sections
}
