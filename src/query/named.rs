//! What a name or a kind in a query means: which entities of the corpus.

use crate::corpus::{Corpus, EntityId, EntityKind};
use crate::text::fold::fold;
use crate::text::skeleton::{Sounds, skeleton};

/// Entities looked at between two questions whether to go on.
const BATCH: usize = 64;

/// Consonants that a name must have to be looked for by sound.
const CONSONANTS: usize = 3;

/// Similarity from which on two names of the same consonants are one.
const ALIKE: f32 = 0.85;

/// The entities that a name means: those with this key, also one that links made part of another;
/// else those with this folded key; else those that some article spells so; else those for which
/// the knowledge base lists it; else those that sound so. `None` when cancelled.
pub(crate) fn entities_named(
    corpus: &Corpus,
    name: &str,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<bool>> {
    let table = corpus.entities();
    let folded = fold(name);
    let exact = EntityKind::ALL.map(|kind| table.find(name, kind));
    if exact.iter().any(Option::is_some) {
        return Some(flags(table.len(), exact.into_iter().flatten()));
    }
    let mut by_key = Vec::new();
    let mut by_spelling = Vec::new();
    for (id, entity) in table.iter() {
        if id.index().is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        if fold(&entity.key) == folded {
            by_key.push(id);
        }
        let mut spellings = entity.spellings.keys();
        if spellings.any(|(_, spelling)| fold(spelling) == folded) {
            by_spelling.push(id);
        }
    }
    let listed = corpus.links().listed(&folded).iter();
    let listed = listed.filter_map(|name| table.find(&name.key, name.kind));
    let mut known = [by_key, by_spelling, listed.collect()].into_iter();
    let found = match known.find(|found| !found.is_empty()) {
        Some(found) => found,
        None => entities_sounding(corpus, name, cancelled)?,
    };
    Some(flags(table.len(), found))
}

/// The entities that sound like a name in some spelling or script: the same consonants, three at
/// least, and vowels that go with them. `None` when cancelled.
fn entities_sounding(
    corpus: &Corpus,
    name: &str,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<EntityId>> {
    let bones = skeleton(name);
    if bones.chars().filter(|c| *c != ' ').count() < CONSONANTS {
        return Some(Vec::new());
    }
    let sounds = Sounds::new(name);
    let is_like = |spelling: &str| {
        skeleton(spelling) == bones && sounds.similarity(&Sounds::new(spelling)) >= ALIKE
    };
    let mut found = Vec::new();
    for (id, entity) in corpus.entities().iter() {
        if id.index().is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        let mut spellings = entity.spellings.keys();
        if is_like(&entity.key) || spellings.any(|(_, spelling)| is_like(spelling)) {
            found.push(id);
        }
    }
    Some(found)
}

fn flags(len: usize, set: impl IntoIterator<Item = EntityId>) -> Vec<bool> {
    let mut flags = vec![false; len];
    for id in set {
        if let Some(flag) = flags.get_mut(id.index()) {
            *flag = true;
        }
    }
    flags
}

pub(crate) fn entities_of(corpus: &Corpus, kind: EntityKind) -> Vec<bool> {
    let table = corpus.entities();
    let ids = (0u32..).map(EntityId).take(table.len());
    let of_kind = |id: &EntityId| table.outline(*id).is_some_and(|entity| entity.kind == kind);
    flags(table.len(), ids.filter(of_kind))
}
