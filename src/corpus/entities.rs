//! The entities of a corpus: one number for each canonical key, with its spellings.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::corpus::annotation::{EntityKind, Mention};
use crate::corpus::article::Language;
use crate::corpus::columns::{Rows, as_u32};
use crate::corpus::lexicon::{Growing, Lexicon};
use crate::corpus::links::{Links, Name};
use crate::corpus::persistent::{SharedList, Source};
use crate::corpus::slab::Slab;
use crate::corpus::stored::{Sections, Sink};

/// Number of an entity in one corpus: dense, from 0; valid in every later snapshot of one load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The id as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One real-world thing under all the spellings that the corpus uses for it.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Canonical key, in the style of English Wikipedia titles.
    pub key: Arc<str>,
    /// Kind.
    pub kind: EntityKind,
    /// How often each spelling occurs, by the language of the document it stands in.
    pub spellings: BTreeMap<(Language, Box<str>), u32>,
    /// Mentions in the whole corpus.
    pub mentions: u32,
    /// Documents of the whole corpus that mention it.
    pub documents: u32,
}

/// All entities of a corpus. Cheap to clone and to grow: what a batch does not touch is shared.
#[derive(Clone, Debug, Default)]
pub struct EntityTable {
    entities: SharedList<Arc<Entity>>,
    /// The [`name_in_lexicon`] of each entity; its number there is the entity's id.
    ids: Lexicon,
    /// Entities that links made part of another, and which. They keep their numbers.
    merged: Arc<FxHashMap<EntityId, EntityId>>,
    /// Where those come from that were not made yet.
    kept: Option<Arc<KeptEntities>>,
    /// All of them by kind and key, once somebody asked.
    by_key: OnceLock<Arc<Vec<(EntityKind, EntityId)>>>,
}

/// What counting many entities asks of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline<'t> {
    /// Kind.
    pub kind: EntityKind,
    /// Canonical key.
    pub key: &'t str,
    /// Mentions in the whole corpus.
    pub mentions: u32,
    /// Documents of the whole corpus that mention it.
    pub documents: u32,
}

/// A document before and after links: its language, and its mentions with the text that each covers.
pub(crate) struct Relinked<'d> {
    pub(crate) language: Language,
    pub(crate) before: Vec<(&'d Mention, &'d str)>,
    pub(crate) after: Vec<(&'d Mention, &'d str)>,
}

/// Entities of a cache, decoded one by one.
#[derive(Debug)]
struct KeptEntities {
    names: Lexicon,
    /// Mentions and documents of each.
    counts: Slab<[u32; 2]>,
    /// The spellings of each, as [`KeptSpelling`]s in postcard.
    spellings: Rows<u8>,
}

/// A spelling, its language and how often it is there; `None` for one that is the key.
type KeptSpelling<'s> = (Language, Option<&'s str>, u32);

impl Source<Arc<Entity>> for KeptEntities {
    fn element(&self, at: usize) -> Arc<Entity> {
        let (kind, key) = in_name(self.names.get(as_u32(at)).unwrap_or_default());
        let [mentions, documents] = self.counts.get(at).copied().unwrap_or_default();
        let spellings = self.spellings.get(at).unwrap_or_default();
        let spellings: Vec<KeptSpelling<'_>> = postcard::from_bytes(spellings).unwrap_or_default();
        let spellings = spellings.into_iter();
        Arc::new(Entity {
            key: Arc::from(key),
            kind,
            spellings: spellings
                .map(|(language, spelling, count)| {
                    let spelling = Box::from(spelling.unwrap_or(key));
                    ((language, spelling), count)
                })
                .collect(),
            mentions,
            documents,
        })
    }
}

impl EntityTable {
    /// Keeps the table for another run, for [`of_kept`](Self::of_kept).
    pub(super) fn keep(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.ids.keep(sink)?;
        let entities = self.entities.iter();
        let counts: Slab<[u32; 2]> = entities.map(|e| [e.mentions, e.documents]).collect();
        sink.add(counts.as_bytes())?;
        let mut spellings = Rows::default();
        for entity in self.entities.iter() {
            let all = entity.spellings.iter();
            let all: Vec<KeptSpelling<'_>> = all
                .map(|((language, spelling), count)| {
                    let other = Some(&**spelling).filter(|spelling| **spelling != *entity.key);
                    (*language, other, *count)
                })
                .collect();
            spellings.push(postcard::to_stdvec(&all).map_err(io::Error::other)?);
        }
        Rows::keep(std::iter::once(&spellings), sink)?;
        let merged = self.merged.iter().map(|(from, to)| (*from, *to));
        sink.table(&merged.collect::<Vec<(EntityId, EntityId)>>())
    }

    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        let kept = KeptEntities {
            names: Lexicon::of_kept(sections)?,
            counts: sections.numbers()?,
            spellings: Rows::of_kept(sections)?,
        };
        let merged: Vec<(EntityId, EntityId)> = sections.table()?;
        let len = kept.counts.len();
        let ids = kept.names.clone();
        let fits = ids.len() == len && kept.spellings.len() == len;
        let kept = Arc::new(kept);
        fits.then(|| Self {
            entities: SharedList::of_source(len, Arc::clone(&kept) as Arc<dyn Source<_>>),
            ids,
            merged: Arc::new(merged.into_iter().collect()),
            kept: Some(kept),
            by_key: OnceLock::new(),
        })
    }

    /// How many numbers of entities there are, those included that are part of another entity now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entities.len() == 0
    }

    /// The entity of an id of this table.
    #[must_use]
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.index()).map(AsRef::as_ref)
    }

    /// What counting needs of an entity, without making the whole of it.
    #[must_use]
    pub fn outline(&self, id: EntityId) -> Option<Outline<'_>> {
        let (kind, key) = self.ids.get(id.0).map(in_name)?;
        let [mentions, documents] = match (self.entities.made(id.index()), &self.kept) {
            (Some(entity), _) => [entity.mentions, entity.documents],
            (None, kept) => *kept.as_ref()?.counts.get(id.index())?,
        };
        Some(Outline {
            kind,
            key,
            mentions,
            documents,
        })
    }

    /// The ids by kind, then by key. Computed once for a table.
    #[must_use]
    pub fn by_kind_and_key(&self) -> &[(EntityKind, EntityId)] {
        self.by_key.get_or_init(|| {
            let mut named: Vec<((EntityKind, &str), EntityId)> = (self.ids.iter_from(0))
                .map(|(number, name, _)| (in_name(name), EntityId(number)))
                .collect();
            named.sort_unstable();
            let ids = named.into_iter().map(|((kind, _), id)| (kind, id));
            Arc::new(ids.collect())
        })
    }

    /// All entities with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        (0u32..)
            .map(EntityId)
            .zip(self.entities.iter().map(AsRef::as_ref))
            .filter(|(_, entity)| entity.mentions > 0)
    }

    /// The id of a key, if the corpus mentions it as this kind; of one that links made part of
    /// another entity, the id of that entity.
    #[must_use]
    pub fn find(&self, key: &str, kind: EntityKind) -> Option<EntityId> {
        let id = self.number(key, kind)?;
        let id = self.merged.get(&id).copied().unwrap_or(id);
        self.get(id).filter(|entity| entity.mentions > 0)?;
        Some(id)
    }

    fn number(&self, key: &str, kind: EntityKind) -> Option<EntityId> {
        let mut name = String::new();
        name_in_lexicon(&mut name, key, kind);
        self.ids.find(&name).map(EntityId)
    }

    /// The table with the mentions of a batch of documents counted in, and for each document its
    /// distinct entities, sorted, with the number of their mentions in it.
    ///
    /// Each document is its language and its mentions with the text that each covers.
    pub(crate) fn with<'d>(
        &self,
        documents: impl Iterator<Item = (Language, Vec<(&'d Mention, &'d str)>)>,
    ) -> (Self, Vec<Vec<(EntityId, u32)>>) {
        let mut growing = self.grow();
        let counts = documents
            .map(|(language, mentions)| growing.add(language, &mentions))
            .collect();
        (growing.finish(), counts)
    }

    /// The table with some documents' mentions exchanged, and for each of them what
    /// [`with`](Self::with) gives.
    pub(crate) fn relinked<'d>(
        &self,
        documents: impl Iterator<Item = Relinked<'d>>,
        links: &Links,
    ) -> (Self, Vec<Vec<(EntityId, u32)>>) {
        let mut growing = self.grow();
        let mut counts = Vec::new();
        for document in documents {
            growing.remove(document.language, &document.before);
            counts.push(growing.add(document.language, &document.after));
        }
        let mut table = growing.finish();
        let number = |name: &Name| table.number(&name.key, name.kind);
        let merged = links
            .renamed()
            .filter_map(|(from, to)| Some((number(from)?, number(to)?)))
            .filter(|(from, to)| from != to)
            .collect();
        table.merged = Arc::new(merged);
        (table, counts)
    }

    fn grow(&self) -> Growth<'_, '_> {
        Growth {
            entities: self.entities.clone(),
            ids: self.ids.grow(),
            merged: Arc::clone(&self.merged),
            kept: self.kept.clone(),
            name: String::new(),
            known: FxHashMap::default(),
            spellings: FxHashMap::default(),
            documents: FxHashMap::default(),
        }
    }
}

/// A table while documents are counted in and out.
struct Growth<'t, 'd> {
    entities: SharedList<Arc<Entity>>,
    ids: Growing<'t>,
    merged: Arc<FxHashMap<EntityId, EntityId>>,
    kept: Option<Arc<KeptEntities>>,
    /// A name in the lexicon, kept for its room.
    name: String,
    /// The entities of names that came already, by the addresses of their keys, which mentions
    /// share.
    known: FxHashMap<(usize, EntityKind), EntityId>,
    /// Mentions more or less than the table has, by spelling: what one document loses and gains
    /// again changes nothing.
    spellings: FxHashMap<(EntityId, Language, &'d str), i64>,
    /// Documents more or less.
    documents: FxHashMap<EntityId, i64>,
}

impl<'d> Growth<'_, 'd> {
    /// Counts a document in; gives its entities, sorted, with the number of their mentions.
    fn add(
        &mut self,
        language: Language,
        mentions: &[(&'d Mention, &'d str)],
    ) -> Vec<(EntityId, u32)> {
        self.count(language, mentions, 1)
    }

    /// Takes a document out that was counted in.
    fn remove(&mut self, language: Language, mentions: &[(&'d Mention, &'d str)]) {
        self.count(language, mentions, -1);
    }

    fn count(
        &mut self,
        language: Language,
        mentions: &[(&'d Mention, &'d str)],
        by: i64,
    ) -> Vec<(EntityId, u32)> {
        let mut of_document: Vec<EntityId> = Vec::with_capacity(mentions.len());
        for (mention, surface) in mentions {
            let id = self.id(mention);
            *self.spellings.entry((id, language, surface)).or_default() += by;
            of_document.push(id);
        }
        let runs = runs(of_document);
        for (id, _) in &runs {
            *self.documents.entry(*id).or_default() += by;
        }
        runs
    }

    /// The entity of a mention, made if there was none.
    fn id(&mut self, mention: &'d Mention) -> EntityId {
        let place = (Arc::as_ptr(&mention.entity).addr(), mention.kind);
        if let Some(id) = self.known.get(&place) {
            return *id;
        }
        name_in_lexicon(&mut self.name, &mention.entity, mention.kind);
        let id = EntityId(self.ids.intern(&self.name));
        if id.index() == self.entities.len() {
            self.entities.push(Arc::new(Entity::new(mention)));
        }
        self.known.insert(place, id);
        id
    }

    fn finish(mut self) -> EntityTable {
        let spellings = self.spellings.into_iter().filter(|(_, by)| *by != 0);
        let mut spellings: Vec<_> = spellings.collect();
        // neighbours lie beside each other in the list
        spellings.sort_unstable_by_key(|((id, ..), _)| *id);
        for ((id, language, spelling), by) in spellings {
            if let Some(shared) = self.entities.get_mut(id.index()) {
                Arc::make_mut(shared).count_mentions(language, spelling, by);
            }
        }
        let documents = self.documents.into_iter().filter(|(_, by)| *by != 0);
        let mut documents: Vec<_> = documents.collect();
        documents.sort_unstable();
        for (id, by) in documents {
            if let Some(shared) = self.entities.get_mut(id.index()) {
                let entity = Arc::make_mut(shared);
                entity.documents = changed(entity.documents, by);
            }
        }
        EntityTable {
            entities: self.entities,
            ids: self.ids.finish(),
            merged: self.merged,
            kept: self.kept,
            by_key: OnceLock::new(),
        }
    }
}

/// A count with so many more or less.
fn changed(count: u32, by: i64) -> u32 {
    u32::try_from((i64::from(count) + by).max(0)).unwrap_or(u32::MAX)
}

/// The distinct ids, sorted, each with how often it is there.
fn runs(mut ids: Vec<EntityId>) -> Vec<(EntityId, u32)> {
    ids.sort_unstable();
    ids.chunk_by(|a, b| a == b)
        .filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).ok()?)))
        .collect()
}

impl Entity {
    fn new(mention: &Mention) -> Self {
        Self {
            key: Arc::clone(&mention.entity),
            kind: mention.kind,
            spellings: BTreeMap::new(),
            mentions: 0,
            documents: 0,
        }
    }

    /// Counts mentions in or, where `by` is negative, out.
    fn count_mentions(&mut self, language: Language, spelling: &str, by: i64) {
        self.mentions = changed(self.mentions, by);
        let place = (language, Box::from(spelling));
        let before = self.spellings.get(&place).copied().unwrap_or(0);
        match changed(before, by) {
            0 => self.spellings.remove(&place),
            now => self.spellings.insert(place, now),
        };
    }
}

/// Kind and key in one string: two kinds under one key are two entities.
fn name_in_lexicon(name: &mut String, key: &str, kind: EntityKind) {
    name.clear();
    name.push_str(kind.code());
    name.push(' ');
    name.push_str(key);
}

/// What [`name_in_lexicon`] put together.
fn in_name(name: &str) -> (EntityKind, &str) {
    let (code, key) = name.split_once(' ').unwrap_or_default();
    (
        EntityKind::from_code(code).unwrap_or(EntityKind::Group),
        key,
    )
}
