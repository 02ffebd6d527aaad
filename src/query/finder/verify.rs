//! Looking into the texts of documents, where the index does not say enough.

use crate::corpus::{ArticleId, Corpus, Segment};
use crate::query::sweep::in_shares;

/// Documents that one thread takes at a time: neighbours, since those that are kept elsewhere are
/// unpacked together.
const SHARE: usize = 256;

/// Documents verified between two questions whether to go on.
const BATCH: usize = 16;

/// What `judge` makes of each of some documents and of what is known of it, without those of which
/// it makes nothing. Each thread has a memory `M` of its own. `None` when cancelled.
pub(super) fn each<T: Sync, R: Send, M: Default>(
    corpus: &Corpus,
    documents: &[(u32, T)],
    cancelled: &dyn Fn() -> bool,
    judge: impl Fn((&Segment, usize), &T, &mut M) -> Option<R> + Sync,
) -> Option<Vec<(u32, R)>> {
    let shares = in_shares(documents.len(), SHARE, cancelled, |places, go_on| {
        let own = documents.get(places)?;
        let mut memory = M::default();
        let mut verified = Vec::new();
        let ids = own.iter().map(|(document, _)| ArticleId(*document));
        let mut known = own.iter();
        for (seen, (segment, at)) in corpus.walk(ids).enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            let id = segment.id(at).0;
            let (_, known) = known.find(|(document, _)| *document == id)?;
            let judged = judge((segment, at), known, &mut memory);
            verified.extend(judged.map(|result| (id, result)));
        }
        Some(verified)
    })?;
    Some(shares.into_iter().flatten().collect())
}
