//! The entities of a corpus: one number for each canonical key, with its spellings.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::annotation::{EntityKind, Mention};
use crate::corpus::article::Language;
use crate::corpus::lexicon::Lexicon;
use crate::corpus::persistent::SharedList;

/// Number of an entity in one corpus: dense, from 0; valid in every later snapshot of one load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
}

impl EntityTable {
    /// How many entities there are.
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

    /// All entities with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        (0u32..)
            .map(EntityId)
            .zip(self.entities.iter().map(AsRef::as_ref))
    }

    /// The id of a key, if the corpus mentions it as this kind.
    #[must_use]
    pub fn find(&self, key: &str, kind: EntityKind) -> Option<EntityId> {
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
        let mut entities = self.entities.clone();
        let mut ids = self.ids.grow();
        let mut name = String::new();
        let mut counts = Vec::new();
        for (language, mentions) in documents {
            let mut of_document: Vec<EntityId> = Vec::with_capacity(mentions.len());
            for (mention, surface) in mentions {
                name_in_lexicon(&mut name, &mention.entity, mention.kind);
                let id = EntityId(ids.intern(&name));
                if id.index() == entities.len() {
                    entities.push(Arc::new(Entity::new(mention)));
                }
                if let Some(shared) = entities.get_mut(id.index()) {
                    Arc::make_mut(shared).count_mention(language, surface);
                }
                of_document.push(id);
            }
            of_document.sort_unstable();
            let runs: Vec<(EntityId, u32)> = of_document
                .chunk_by(|a, b| a == b)
                .filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).ok()?)))
                .collect();
            for (id, _) in &runs {
                if let Some(shared) = entities.get_mut(id.index()) {
                    Arc::make_mut(shared).documents += 1;
                }
            }
            counts.push(runs);
        }
        let ids = ids.finish();
        (Self { entities, ids }, counts)
    }
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

    fn count_mention(&mut self, language: Language, surface: &str) {
        self.mentions += 1;
        *self
            .spellings
            .entry((language, surface.into()))
            .or_insert(0) += 1;
    }
}

/// Kind and key in one string: two kinds under one key are two entities.
fn name_in_lexicon(name: &mut String, key: &str, kind: EntityKind) {
    name.clear();
    name.push_str(kind.code());
    name.push(' ');
    name.push_str(key);
}
