//! The corpus: an immutable snapshot, shared by `Arc`, that grows by making a new one.
//!
//! Articles sit in shared segments, so a new snapshot costs the segments' list, not the articles.

use std::sync::Arc;

use crate::corpus::article::{Article, ArticleId, Field, Unreadable};
use crate::corpus::entities::EntityTable;

/// All articles, entities and unreadable inputs at one moment of a load.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    name: Arc<str>,
    segments: Vec<Arc<Vec<Article>>>,
    /// `starts[i]` is the id of the first article of `segments[i]`.
    starts: Vec<u32>,
    len: usize,
    entities: Arc<EntityTable>,
    unreadable: Arc<Vec<Unreadable>>,
}

impl Corpus {
    /// An empty corpus; `name` is what the status line calls it.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: Arc::from(name),
            ..Self::default()
        }
    }

    /// A corpus that also holds `articles`, which get the next ids, and `unreadable`.
    #[must_use]
    pub fn with(&self, mut articles: Vec<Article>, unreadable: Vec<Unreadable>) -> Self {
        let mut next = self.clone();
        if !articles.is_empty() {
            let table = Arc::make_mut(&mut next.entities);
            for article in &mut articles {
                let raw = Arc::clone(&article.raw);
                article.entities = table.absorb(article.language, &article.mentions, |mention| {
                    let text = match mention.field {
                        Field::Title => raw.title.as_deref().unwrap_or(""),
                        Field::Text => raw.text.as_str(),
                    };
                    mention.span.of(text)
                });
            }
            next.starts
                .push(u32::try_from(next.len).unwrap_or(u32::MAX));
            next.len += articles.len();
            next.segments.push(Arc::new(articles));
        }
        if !unreadable.is_empty() {
            Arc::make_mut(&mut next.unreadable).extend(unreadable);
        }
        next
    }

    /// What the status line calls the corpus.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The article of an id of this or an earlier snapshot.
    #[must_use]
    pub fn article(&self, id: ArticleId) -> Option<&Article> {
        let segment = self
            .starts
            .partition_point(|start| *start <= id.0)
            .checked_sub(1)?;
        let offset = id.0.checked_sub(*self.starts.get(segment)?)?;
        self.segments.get(segment)?.get(offset as usize)
    }

    /// All articles with their ids, in load order.
    pub fn articles(&self) -> impl Iterator<Item = (ArticleId, &Article)> {
        (0u32..)
            .map(ArticleId)
            .zip(self.segments.iter().flat_map(|segment| segment.iter()))
    }

    /// The entities that the articles mention.
    #[must_use]
    pub fn entities(&self) -> &EntityTable {
        &self.entities
    }

    /// What could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }
}
