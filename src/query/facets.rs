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

/// Both in one number, to be added to at once: documents above mentions.
const ONE_DOCUMENT: u64 = 1 << 32;

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
    let ordered = table.by_kind_and_key();
    // one number for each, so that to compare two is one comparison: kind, documents turned round,
    // place by key
    let mut keys: Vec<u128> = Vec::new();
    for (place, (kind, id)) in (0u32..).zip(ordered) {
        let (documents, _) = counts.get(id.index()).copied().unwrap_or_default();
        if documents > 0 {
            let [kind, fewer, place] = [*kind as u32, u32::MAX - documents, place].map(u128::from);
            keys.push(kind << 64 | fewer << 32 | place);
        }
    }
    keys.sort_unstable();
    let place = |key: u128| u32::try_from(key & u128::from(u32::MAX)).ok();
    let found = keys.into_iter().filter_map(|key| {
        let (kind, entity) = *ordered.get(place(key)? as usize)?;
        let (documents, mentions) = counts.get(entity.index()).copied()?;
        Some(EntityCount {
            entity,
            kind,
            documents,
            mentions,
        })
    });
    Some(found.collect())
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
        let mut counts = vec![0u64; entities];
        let ids = hits.within(range, missing).map(ArticleId);
        for (seen, (segment, at)) in corpus.walk(ids).enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            for (id, of_article) in segment.entities(at) {
                if let Some(count) = counts.get_mut(id.index()) {
                    *count += ONE_DOCUMENT + u64::from(of_article);
                }
            }
        }
        Some(counts)
    })?;
    let counts = shares.into_iter().reduce(|mut all, share| {
        for (sum, more) in all.iter_mut().zip(share) {
            *sum += more;
        }
        all
    });
    let both = |count: u64| (as_u32(count >> 32), as_u32(count % ONE_DOCUMENT));
    Some(counts.unwrap_or_default().into_iter().map(both).collect())
}

fn as_u32(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
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
