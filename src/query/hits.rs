//! The articles of a result in their order, without a list of them.
//!
//! An order of all articles is made once and shared by all results; a result is a bit for each of
//! its places. A million articles of which most match so take 0.2 MB instead of 16.

use std::fmt;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus, Slab};
use crate::query::answer::Hit;
use crate::query::bits::Ranked;
use crate::query::filter::Filter;

/// The hits of an answer in their order. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hits(Arc<Order>);

enum Order {
    /// Articles and scores one by one.
    Listed(Vec<Hit>),
    /// Articles in their order; of these, where there are `places`, only those.
    Ranked {
        order: Arc<Slab<u32>>,
        places: Option<Ranked>,
        /// What scores them; `None` where the query ranks nothing.
        scorer: Option<Box<Scorer>>,
    },
}

impl Default for Order {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

/// What an article's score follows from.
pub(crate) struct Scorer {
    pub(crate) corpus: Corpus,
    pub(crate) filter: Arc<Filter>,
}

impl Hits {
    pub(crate) fn ranked(
        order: Arc<Slab<u32>>,
        places: Option<Ranked>,
        scorer: Option<Scorer>,
    ) -> Self {
        let scorer = scorer.map(Box::new);
        Self(Arc::new(Order::Ranked {
            order,
            places,
            scorer,
        }))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &*self.0 {
            Order::Listed(hits) => hits.len(),
            Order::Ranked { order, places, .. } => places
                .as_ref()
                .map_or(order.len(), |places| places.bits().count()),
        }
    }

    /// Whether these are the very same, which costs nothing to ask; those that were found anew may
    /// be equal and are not.
    #[must_use]
    pub fn is_that_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The article at a place.
    #[must_use]
    pub fn article(&self, at: usize) -> Option<ArticleId> {
        match &*self.0 {
            Order::Listed(hits) => hits.get(at).map(|hit| hit.article),
            Order::Ranked { order, places, .. } => {
                let at = match places {
                    Some(places) => places.select(at)? as usize,
                    None => at,
                };
                order.get(at).copied().map(ArticleId)
            }
        }
    }

    /// Where an article stands; `None` where it is no hit. Linear, but a million take well under a
    /// millisecond.
    #[must_use]
    pub fn place_of(&self, article: ArticleId) -> Option<usize> {
        match &*self.0 {
            Order::Listed(hits) => hits.iter().position(|hit| hit.article == article),
            Order::Ranked { order, places, .. } => {
                let at = order.iter().position(|id| *id == article.0)?;
                let Some(places) = places else {
                    return Some(at);
                };
                let at = u32::try_from(at).ok()?;
                places.bits().contains(at).then(|| places.rank(at))
            }
        }
    }

    /// The articles in order.
    pub fn articles(&self) -> Box<dyn Iterator<Item = ArticleId> + '_> {
        match &*self.0 {
            Order::Listed(hits) => Box::new(hits.iter().map(|hit| hit.article)),
            Order::Ranked { order, places, .. } => match places {
                Some(places) => {
                    let ids = places.bits().iter();
                    let ids = ids.filter_map(|at| order.get(at as usize).copied());
                    Box::new(ids.map(ArticleId))
                }
                None => Box::new(order.iter().copied().map(ArticleId)),
            },
        }
    }

    /// The articles that `is_wanted` says, each with where it stands, in order: for whoever looks
    /// for a few among a million.
    pub fn find_all(&self, is_wanted: impl Fn(ArticleId) -> bool) -> Vec<(usize, ArticleId)> {
        let is_wanted = |(_, article): &(usize, ArticleId)| is_wanted(*article);
        match &*self.0 {
            Order::Ranked {
                order,
                places: None,
                ..
            } => {
                let ids = order.iter().copied().map(ArticleId);
                ids.enumerate().filter(is_wanted).collect()
            }
            _ => self.articles().enumerate().filter(is_wanted).collect(),
        }
    }

    /// The articles in order, each with its score, which is worked out for each when it is asked
    /// for: whoever needs no score asks for [`articles`](Self::articles).
    pub fn iter(&self) -> impl Iterator<Item = Hit> {
        let articles = self.articles().enumerate();
        articles.map(|(at, article)| Hit {
            article,
            score: self.score_of(at, article),
        })
    }

    fn score_of(&self, at: usize, article: ArticleId) -> i64 {
        match &*self.0 {
            Order::Listed(hits) => hits.get(at).map_or(0, |hit| hit.score),
            Order::Ranked { scorer, .. } => {
                let scorer = scorer.as_ref();
                scorer.map_or(0, |scorer| scorer.filter.score(&scorer.corpus, article))
            }
        }
    }

    /// Bytes that it takes for itself: not those of an order of all articles.
    pub(crate) fn bytes(&self) -> usize {
        match &*self.0 {
            Order::Listed(hits) => hits.len() * size_of::<Hit>(),
            Order::Ranked { order, places, .. } => places
                .as_ref()
                .map_or(order.len() * size_of::<u32>(), Ranked::bytes),
        }
    }
}

impl FromIterator<Hit> for Hits {
    fn from_iter<I: IntoIterator<Item = Hit>>(hits: I) -> Self {
        Self(Arc::new(Order::Listed(hits.into_iter().collect())))
    }
}

impl PartialEq for Hits {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Hits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
