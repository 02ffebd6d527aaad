//! Near-duplicates: the same story printed again, by another outlet, shortened or with edits.
//!
//! ```text
//! folded words ─ shingles ─ sampled postings ─► candidate pairs ─ measured in full ─► clusters
//! ```
//!
//! Texts are compared by their shingles (groups of four consecutive folded words), as in Broder,
//! "On the resemblance and containment of documents" (1997). Candidates are pairs that share
//! sampled shingles (his "0 mod m" sketch, which unlike a min-hash keeps containment); every
//! candidate is then measured on all shingles, so no sampling decides what is told. Time grows
//! with the words of the corpus: a shingle that many articles hold links each to its neighbours
//! alone. Nothing here is random: the same corpus gives the same clusters.

mod cluster;
mod shingle;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use crate::corpus::{ArticleId, Corpus, Duplicates, Likeness};
use crate::duplicate::shingle::Shingles;

/// Postings of a shingle up to this length pair all their articles with each other; longer ones
/// pair each article with the next two: boilerplate must not cost the square of its articles.
const ALL_PAIRS: usize = 8;

/// Shared shingles below which two texts are not compared: a caption repeats by chance.
const FEWEST: u32 = 20;

/// The same for texts that are equal as a whole.
const FEWEST_SAME: u32 = 4;

/// Pairs of articles that are alike: what the texts alone tell, before any day is known.
#[derive(Debug)]
pub struct Alike(Vec<(ArticleId, ArticleId, Likeness)>);

/// Finds the near-duplicates of a corpus; `cancelled` is asked every few milliseconds, and `None`
/// means that it said yes.
#[must_use]
pub fn find(corpus: &Corpus, cancelled: &dyn Fn() -> bool) -> Option<Duplicates> {
    compare(corpus, cancelled).map(|alike| group(corpus, &alike))
}

/// Compares the texts of a corpus, cancelled as [`find`] is.
#[must_use]
pub fn compare(corpus: &Corpus, cancelled: &dyn Fn() -> bool) -> Option<Alike> {
    let pairs = candidates(corpus, cancelled)?;
    let mut alike = Vec::new();
    // sorted by the first article, whose shingles are kept while it lasts
    let mut first: Option<(ArticleId, Shingles)> = None;
    for (a, b) in pairs {
        if cancelled() {
            return None;
        }
        let kept = first.take().filter(|(id, _)| *id == a);
        let (_, left) = first.insert(match kept {
            Some(kept) => kept,
            None => (a, shingles(corpus, a)),
        });
        if let Some(likeness) = alike_at_all(left, &shingles(corpus, b)) {
            alike.push((a, b, likeness));
        }
    }
    Some(Alike(alike))
}

/// The clusters of articles that are alike, by the days that they have in `corpus`, which holds
/// the texts that were compared.
#[must_use]
pub fn group(corpus: &Corpus, alike: &Alike) -> Duplicates {
    let clusters = cluster::clusters(corpus, &alike.0, |a, b| {
        alike_at_all(&shingles(corpus, a), &shingles(corpus, b))
    });
    Duplicates::new(clusters)
}

/// The likeness of two texts if they are the same story in the same words.
///
/// The thresholds are from reading pairs of a mixed corpus of 14,000 articles: below them, what
/// shares its wording is the next report on the same event, or the same form with other contents
/// (weather, markets, congratulations to another head of state).
fn alike_at_all(a: &Shingles, b: &Shingles) -> Option<Likeness> {
    let likeness = a.likeness(b);
    if likeness.is_same() {
        return (likeness.shared >= FEWEST_SAME).then_some(likeness);
    }
    let Likeness {
        resemblance,
        containment,
        shared,
    } = likeness;
    let same_wording = resemblance >= 0.6
        || (resemblance >= 0.5 && containment >= 0.75)
        || (resemblance >= 0.25 && containment >= 0.8);
    let same_contents = resemblance >= 0.9 || a.share_of_numbers(b).is_none_or(|n| n >= 0.6);
    (shared >= FEWEST && same_wording && same_contents).then_some(likeness)
}

/// Pairs of articles that may be alike, sorted, the smaller id first.
fn candidates(
    corpus: &Corpus,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<(ArticleId, ArticleId)>> {
    let mut postings: Vec<(u64, u32)> = Vec::new();
    let mut sizes: Vec<u32> = Vec::with_capacity(corpus.len());
    let mut bodies: Vec<u64> = Vec::with_capacity(corpus.len());
    for segment in corpus.segments() {
        for at in 0..segment.articles().len() {
            if cancelled() {
                return None;
            }
            let text = segment.text(at);
            let body = body(&text);
            bodies.push(shingle::hash_of(body));
            let shingles = Shingles::of(body);
            let id = segment.id(at).0;
            postings.extend(shingles.sampled().map(|hash| (hash, id)));
            sizes.push(shingles.len());
        }
    }
    postings.sort_unstable();
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        let reach = if group.len() <= ALL_PAIRS {
            ALL_PAIRS
        } else {
            2
        };
        for (place, (_, a)) in group.iter().enumerate() {
            for (_, b) in group.iter().skip(place + 1).take(reach) {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
        if cancelled() {
            return None;
        }
    }
    let size = |id: u32| sizes.get(id as usize).copied().unwrap_or(0);
    let mut pairs: Vec<(ArticleId, ArticleId)> = shared
        .into_iter()
        .filter(|((a, b), shared)| *shared >= shingle::least_shared(size(*a).min(size(*b))))
        .map(|((a, b), _)| (ArticleId(a), ArticleId(b)))
        .collect();
    pairs.extend(same_bodies(&bodies));
    pairs.sort_unstable();
    pairs.dedup();
    Some(pairs)
}

/// Articles whose folded bodies hash alike, each with the first of them: texts too short to be
/// sampled, and stories that very many repeat. `hashes` are those of all bodies, by id.
fn same_bodies(hashes: &[u64]) -> Vec<(ArticleId, ArticleId)> {
    let mut first: FxHashMap<u64, ArticleId> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (id, hash) in (0u32..).map(ArticleId).zip(hashes) {
        match first.get(hash) {
            Some(earlier) => pairs.push((*earlier, id)),
            None => {
                first.insert(*hash, id);
            }
        }
    }
    pairs
}

fn shingles(corpus: &Corpus, id: ArticleId) -> Shingles {
    let text = corpus.locate(id).map(|(segment, at)| segment.text(at));
    Shingles::of(body(&text.unwrap_or_default()))
}

/// The folded body of a segment's text, which has the folded title and a NUL before it.
fn body(text: &str) -> &str {
    text.split_once('\0').map_or(text, |(_, body)| body)
}
