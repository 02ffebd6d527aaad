//! Which entities a result mentions, and how often.

use crate::corpus::{ArticleId, Corpus, EntityId};
use crate::query::answer::EntityCount;
use crate::query::bits::{Bits, WORD};
use crate::query::sweep::in_shares;

/// Articles looked at between two questions whether to go on.
const BATCH: usize = 1024;

/// Articles that one thread counts at a time: enough to outweigh a table of its own.
const SHARE: usize = 2048 * WORD;

/// Documents and mentions, by entity.
type Counts = Vec<(u32, u32)>;

/// The entities of the hits, by kind, then by documents (most first), then by key. `None` when
/// cancelled.
pub(crate) fn entities(
    corpus: &Corpus,
    hits: &Bits,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<EntityCount>> {
    let table = corpus.entities();
    // of most articles, those that are left out are fewer to look at
    let missing = hits.count() > corpus.len() / 2;
    let mut counts = counted(corpus, hits, missing, cancelled)?;
    if missing {
        for (id, count) in (0u32..).map(EntityId).zip(&mut counts) {
            let (documents, mentions) = *count;
            *count = table.outline(id).map_or((0, 0), |entity| {
                let documents = entity.documents.saturating_sub(documents);
                (documents, entity.mentions.saturating_sub(mentions))
            });
        }
    }
    let mut found: Vec<(EntityCount, &str)> = (0u32..)
        .map(EntityId)
        .zip(counts)
        .filter(|(_, (documents, _))| *documents > 0)
        .filter_map(|(id, (documents, mentions))| {
            let entity = table.outline(id)?;
            let count = EntityCount {
                entity: id,
                kind: entity.kind,
                documents,
                mentions,
            };
            Some((count, entity.key))
        })
        .collect();
    found.sort_unstable_by(|(a, a_key), (b, b_key)| {
        let order = a.kind.cmp(&b.kind).then(b.documents.cmp(&a.documents));
        order.then_with(|| a_key.cmp(b_key))
    });
    Some(found.into_iter().map(|(count, _)| count).collect())
}

/// The entities of the hits, or of the articles that are `missing` among them.
fn counted(
    corpus: &Corpus,
    hits: &Bits,
    missing: bool,
    cancelled: &dyn Fn() -> bool,
) -> Option<Counts> {
    let entities = corpus.entities().len();
    let asked = if missing {
        corpus.len() - hits.count()
    } else {
        hits.count()
    };
    if asked == 0 {
        return Some(vec![(0, 0); entities]);
    }
    // a share for each table's worth of articles
    let ratio = corpus.len().div_ceil(asked);
    let size = SHARE
        .max(entities)
        .saturating_mul(ratio)
        .next_multiple_of(WORD);
    let shares = in_shares(corpus.len(), size, cancelled, |range, go_on| {
        let mut counts: Counts = vec![(0, 0); entities];
        let ids = hits.within(range, missing).map(ArticleId);
        for (seen, (segment, at)) in corpus.walk(ids).enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            for (id, of_article) in segment.entities(at) {
                if let Some((documents, mentions)) = counts.get_mut(id.index()) {
                    *documents += 1;
                    *mentions += of_article;
                }
            }
        }
        Some(counts)
    })?;
    let counts = shares.into_iter().reduce(|mut all, share| {
        for (sum, (documents, mentions)) in all.iter_mut().zip(share) {
            sum.0 += documents;
            sum.1 += mentions;
        }
        all
    });
    Some(counts.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::EntityKind;
    use crate::query::testing::{corpus, draft};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_left_out_tells_what_is_there(
            articles in prop::collection::vec((any::<bool>(), 0usize..8), 1..40)
        ) {
            let drafts = articles.iter().map(|(_, names)| {
                let keys = ["Aleppo", "Idlib", "Homs"].into_iter().enumerate();
                let keys = keys.filter(|(bit, _)| names >> bit & 1 == 1);
                keys.fold(draft("a", "Halab here, Halab there"), |draft, (_, key)| {
                    draft.mention("Halab", key, EntityKind::Place)
                })
            });
            let corpus = corpus(drafts.collect());
            let hits = (0u32..).zip(&articles).filter(|(_, (hit, _))| *hit).map(|(id, _)| id);
            let hits = Bits::of_numbers(corpus.len(), hits);
            let here = counted(&corpus, &hits, false, &|| false).unwrap();
            let gone = counted(&corpus, &hits, true, &|| false).unwrap();
            for ((id, entity), (here, gone)) in corpus.entities().iter().zip(here.iter().zip(&gone)) {
                prop_assert_eq!(here.0 + gone.0, entity.documents, "{:?}", id);
                prop_assert_eq!(here.1 + gone.1, entity.mentions, "{:?}", id);
            }
        }
    }
}
