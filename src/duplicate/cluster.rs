//! Pairs → clusters, each with an article that stands for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::corpus::{ArticleId, Cluster, Copy, Corpus, Likeness};

/// Makes clusters of pairs that are alike.
///
/// Likeness is not transitive: in a series of reports each is like the next, and the last like
/// the first no more. So a cluster is a star: its representative is the article with most
/// pairs (of several the earliest, then the longest, then the first read), and a copy is what is
/// like the representative itself, which `measure` answers for what was no candidate pair.
pub(super) fn clusters(
    corpus: &Corpus,
    pairs: &[(ArticleId, ArticleId, Likeness)],
    measure: impl Fn(ArticleId, ArticleId) -> Option<Likeness>,
) -> Vec<Cluster> {
    let mut neighbours: BTreeMap<ArticleId, BTreeMap<ArticleId, Likeness>> = BTreeMap::new();
    for (a, b, likeness) in pairs {
        neighbours.entry(*a).or_default().insert(*b, *likeness);
        neighbours.entry(*b).or_default().insert(*a, *likeness);
    }
    let mut made = Vec::new();
    while let Some(first) = neighbours.keys().next().copied() {
        let mut rest = component(&neighbours, first);
        let links: BTreeMap<ArticleId, BTreeMap<ArticleId, Likeness>> = rest
            .iter()
            .filter_map(|id| neighbours.remove_entry(id))
            .collect();
        while rest.len() > 1 {
            let linked = |id: ArticleId| {
                links
                    .get(&id)
                    .map_or(0, |to| to.keys().filter(|to| rest.contains(to)).count())
            };
            let Some(representative) = rest.iter().copied().min_by_key(|id| {
                let (day, length) = standing(corpus, *id);
                (Reverse(linked(*id)), day, Reverse(length), *id)
            }) else {
                break;
            };
            let likeness = |other: ArticleId| {
                let known = links.get(&representative).and_then(|to| to.get(&other));
                known.copied().or_else(|| measure(representative, other))
            };
            let copies: Vec<Copy> = rest
                .iter()
                .filter(|id| **id != representative)
                .filter_map(|id| {
                    let likeness = likeness(*id)?;
                    Some(Copy {
                        article: *id,
                        likeness,
                    })
                })
                .collect();
            rest.retain(|id| {
                *id != representative && copies.iter().all(|copy| copy.article != *id)
            });
            made.push(Cluster {
                representative,
                copies,
            });
        }
    }
    made
}

/// All articles that pairs lead to from one, sorted.
fn component(
    neighbours: &BTreeMap<ArticleId, BTreeMap<ArticleId, Likeness>>,
    first: ArticleId,
) -> Vec<ArticleId> {
    let mut found = std::collections::BTreeSet::from([first]);
    let mut open = vec![first];
    while let Some(next) = open.pop() {
        let to = neighbours.get(&next).into_iter().flat_map(BTreeMap::keys);
        open.extend(to.copied().filter(|id| found.insert(*id)));
    }
    found.into_iter().collect()
}

/// Its day, unknown ones last, and the length of its body in bytes.
fn standing(corpus: &Corpus, id: ArticleId) -> (NaiveDate, usize) {
    let article = corpus.article(id);
    let day = article.and_then(crate::corpus::Article::published);
    (
        day.unwrap_or(NaiveDate::MAX),
        article.map_or(0, |article| article.raw.text.len()),
    )
}
