//! Looking into the texts of documents, where the index does not say enough.

use crate::corpus::{ArticleId, Corpus, Segment};
use crate::query::finder::ranking::Weighted;
use crate::query::sweep::in_shares;

/// Documents that one thread takes at a time: neighbours, since those that are kept elsewhere are
/// unpacked together.
const SHARE: usize = 256;

/// Documents verified between two questions whether to go on.
const BATCH: usize = 16;

/// What `judge` makes of the weight of each of some documents, without those of which it makes
/// nothing. Each thread has a memory `M` of its own. `None` when cancelled.
pub(super) fn each<M: Default>(
    corpus: &Corpus,
    documents: &Weighted,
    cancelled: &dyn Fn() -> bool,
    judge: impl Fn((&Segment, usize), f32, &mut M) -> Option<f32> + Sync,
) -> Option<Weighted> {
    let shares = in_shares(documents.len(), SHARE, cancelled, |places, go_on| {
        let own = documents.get(places)?;
        let mut memory = M::default();
        let mut verified = Weighted::new();
        let ids = own.iter().map(|(document, _)| ArticleId(*document));
        let mut weights = own.iter();
        for (seen, (segment, at)) in corpus.walk(ids).enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            let id = segment.id(at).0;
            let (_, weight) = weights.find(|(document, _)| *document == id)?;
            let judged = judge((segment, at), *weight, &mut memory);
            verified.extend(judged.map(|weight| (id, weight)));
        }
        Some(verified)
    })?;
    Some(shares.concat())
}
