//! Articles that tell the same story in the same words: clusters with a representative.
//!
//! Only what is known of them; how they are found is the layer `duplicate`'s.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::corpus::article::ArticleId;

/// How much two texts share, measured in shingles: groups of consecutive folded words.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// Share of all shingles of both texts that stand in both, 0 to 1 (Broder's resemblance).
    pub resemblance: f32,
    /// Share of the shorter text's shingles that stand in the longer one, 0 to 1 (containment).
    pub containment: f32,
    /// How many shingles stand in both.
    pub shared: u32,
}

impl Likeness {
    /// Whether the texts are the same but for what folding hides: case, marks, white space.
    #[must_use]
    pub fn is_same(self) -> bool {
        self.resemblance >= 1.0
    }

    /// Why the two count as the same story, as a sentence for people.
    #[must_use]
    pub fn reason(self) -> String {
        if self.is_same() {
            return "the same words in the same order".to_owned();
        }
        // rounded down: what is not the same is never called 100 %
        let percent = |share: f32| (f64::from(share) * 100.0).floor();
        format!(
            "{:.0} % of the wording in common; {:.0} % of the shorter text stands in the longer",
            percent(self.resemblance),
            percent(self.containment)
        )
    }
}

/// An article that repeats another one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The article.
    pub article: ArticleId,
    /// How like the representative it is.
    pub likeness: Likeness,
}

/// Articles that are near-duplicates of one among them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// The article that stands for all.
    pub representative: ArticleId,
    /// The others, in the order of their ids; never empty.
    pub copies: Vec<Copy>,
}

impl Cluster {
    /// All its articles, the representative first.
    pub fn articles(&self) -> impl Iterator<Item = ArticleId> {
        let copies = self.copies.iter().map(|copy| copy.article);
        std::iter::once(self.representative).chain(copies)
    }

    /// How an article of it is like the representative; `None` for that one itself.
    #[must_use]
    pub fn likeness(&self, article: ArticleId) -> Option<Likeness> {
        let copy = self.copies.iter().find(|copy| copy.article == article)?;
        Some(copy.likeness)
    }
}

/// The near-duplicates of a corpus. An article is in one cluster at most.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Duplicates {
    clusters: Vec<Cluster>,
    /// Index into `clusters`.
    of: FxHashMap<ArticleId, u32>,
    /// A bit for each article that is in one, up to the last: who asks of a million articles, of
    /// which few are, learns most from this.
    members: Vec<u64>,
}

impl Duplicates {
    /// The near-duplicates of these clusters, which are put in the order of their first article.
    #[must_use]
    pub fn new(mut clusters: Vec<Cluster>) -> Self {
        clusters.retain(|cluster| !cluster.copies.is_empty());
        clusters.sort_by_key(|cluster| cluster.articles().min());
        let mut of = FxHashMap::default();
        for (number, cluster) in (0u32..).zip(&clusters) {
            of.extend(cluster.articles().map(|article| (article, number)));
        }
        let last = of.keys().map(|article| article.index()).max();
        let mut members = vec![0; last.map_or(0, |last| last / 64 + 1)];
        for article in of.keys() {
            if let Some(bits) = members.get_mut(article.index() / 64) {
                *bits |= 1 << (article.index() % 64);
            }
        }
        Self {
            clusters,
            of,
            members,
        }
    }

    /// The clusters, in the order of their first articles.
    #[must_use]
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// Whether an article repeats another one or is repeated.
    #[inline]
    #[must_use]
    pub fn has(&self, article: ArticleId) -> bool {
        let bits = self.members.get(article.index() / 64);
        bits.is_some_and(|bits| bits >> (article.index() % 64) & 1 == 1)
    }

    /// The number of the cluster that an article belongs to.
    #[must_use]
    pub fn number_of(&self, article: ArticleId) -> Option<u32> {
        let known = self.has(article).then(|| self.of.get(&article))?;
        known.copied()
    }

    /// The cluster that an article belongs to.
    #[must_use]
    pub fn of(&self, article: ArticleId) -> Option<&Cluster> {
        self.clusters.get(self.number_of(article)? as usize)
    }

    /// Whether no article repeats another one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }
}
