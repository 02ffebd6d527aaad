//! The entities of a corpus: one number for each canonical key, with its spellings.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::annotation::{EntityKind, Mention};
use crate::corpus::article::Language;

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

/// All entities of a corpus. Cheap to clone: entities are shared.
#[derive(Clone, Debug, Default)]
pub struct EntityTable {
    entities: Vec<Arc<Entity>>,
    by_key: FxHashMap<(Arc<str>, EntityKind), EntityId>,
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
        self.entities.is_empty()
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
        self.by_key.get(&(Arc::from(key), kind)).copied()
    }

    /// Counts one document's mentions and gives their distinct entities, sorted.
    ///
    /// `surface` gives the text that a mention covers.
    pub(crate) fn absorb<'t>(
        &mut self,
        language: Language,
        mentions: &[Mention],
        surface: impl Fn(&Mention) -> &'t str,
    ) -> Vec<EntityId> {
        let mut ids = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let id = self.intern(mention);
            ids.push(id);
            if let Some(shared) = self.entities.get_mut(id.index()) {
                let entity = Arc::make_mut(shared);
                entity.mentions += 1;
                *entity
                    .spellings
                    .entry((language, surface(mention).into()))
                    .or_insert(0) += 1;
            }
        }
        ids.sort_unstable();
        ids.dedup();
        for id in &ids {
            if let Some(shared) = self.entities.get_mut(id.index()) {
                Arc::make_mut(shared).documents += 1;
            }
        }
        ids
    }

    fn intern(&mut self, mention: &Mention) -> EntityId {
        let key = (Arc::clone(&mention.entity), mention.kind);
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let id = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        self.entities.push(Arc::new(Entity {
            key: Arc::clone(&mention.entity),
            kind: mention.kind,
            spellings: BTreeMap::new(),
            mentions: 0,
            documents: 0,
        }));
        self.by_key.insert(key, id);
        id
    }
}
