//! Which entities a result mentions, and how often.

use crate::corpus::{Corpus, EntityId};
use crate::query::answer::{EntityCount, Hit};

/// Hits looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// The entities of the hits, by kind, then by documents (most first), then by key.
pub(crate) fn entities(
    corpus: &Corpus,
    hits: &[Hit],
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<EntityCount>> {
    let table = corpus.entities();
    let mut counts = vec![(0u32, 0u32); table.len()];
    for batch in hits.chunks(BATCH) {
        if cancelled() {
            return None;
        }
        for (segment, at) in corpus.walk(batch.iter().map(|hit| hit.article)) {
            for (id, of_article) in segment.entities(at) {
                if let Some((documents, mentions)) = counts.get_mut(id.index()) {
                    *documents += 1;
                    *mentions += of_article;
                }
            }
        }
    }
    let mut found: Vec<(EntityCount, &str)> = (0u32..)
        .map(EntityId)
        .zip(counts)
        .filter(|(_, (documents, _))| *documents > 0)
        .filter_map(|(id, (documents, mentions))| {
            let entity = table.get(id)?;
            let count = EntityCount {
                entity: id,
                kind: entity.kind,
                documents,
                mentions,
            };
            Some((count, entity.key.as_ref()))
        })
        .collect();
    found.sort_unstable_by(|(a, a_key), (b, b_key)| {
        let order = a.kind.cmp(&b.kind).then(b.documents.cmp(&a.documents));
        order.then_with(|| a_key.cmp(b_key))
    });
    Some(found.into_iter().map(|(count, _)| count).collect())
}
