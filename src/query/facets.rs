//! Which entities a result mentions, and how often.

use crate::corpus::{Corpus, EntityId};
use crate::query::answer::{EntityCount, Hit};
use crate::query::sweep::in_shares;

/// Hits looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// Hits that one thread counts at a time: enough to outweigh a table of its own.
const SHARE: usize = 64 * BATCH;

/// The entities of the hits, by kind, then by documents (most first), then by key.
pub(crate) fn entities(
    corpus: &Corpus,
    hits: &[Hit],
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<EntityCount>> {
    let table = corpus.entities();
    let shares = in_shares(
        hits.len(),
        SHARE.max(table.len()),
        cancelled,
        |places, go_on| {
            let mut counts = vec![(0u32, 0u32); table.len()];
            for batch in hits.get(places)?.chunks(BATCH) {
                if !go_on() {
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
            Some(counts)
        },
    )?;
    let counts = shares.into_iter().reduce(|mut all, share| {
        for (sum, (documents, mentions)) in all.iter_mut().zip(share) {
            sum.0 += documents;
            sum.1 += mentions;
        }
        all
    });
    let counts = counts.unwrap_or_default();
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
