//! The articles of a segment: in memory, or kept elsewhere and decoded when somebody looks.
//!
//! An article that was looked at stays decoded, so references to it hold as long as the segment;
//! whoever goes through all of them pays for all of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::corpus::annotation::Mention;
use crate::corpus::article::{Article, ArticleId, Field, Language, Metadata, RawDocument, Title};
use crate::corpus::columns::Rows;
use crate::corpus::entities::EntityId;
use crate::corpus::links::Links;
use crate::corpus::relink::Relinker;
use crate::corpus::segment::folded_text;

/// Whoever keeps articles outside of the heap.
pub trait Keeper: fmt::Debug + Send + Sync {
    /// An article as annotated, before links, without its entities; `None` when it cannot be read
    /// any more.
    fn article(&self, id: ArticleId) -> Option<Article>;

    /// The record's own title (empty where it has none) and the body of an article, without the
    /// rest of it.
    fn fields(&self, id: ArticleId) -> Option<(String, String)> {
        let article = self.article(id)?;
        let field = |field: Field| article.field(field).to_owned();
        Some((field(Field::Title), field(Field::Text)))
    }
}

/// Articles with consecutive places from 0.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    /// In memory.
    Here {
        articles: Vec<Article>,
        /// The mentions as annotated, by place, of the articles that links changed.
        annotated: BTreeMap<usize, Vec<Mention>>,
    },
    /// Elsewhere.
    Kept(Arc<Kept>),
}

/// Articles that a [`Keeper`] has.
#[derive(Debug)]
pub(crate) struct Kept {
    first: u32,
    keeper: Arc<dyn Keeper>,
    links: Arc<Links>,
    /// The entities of each article.
    entities: Arc<Rows<EntityId>>,
    slots: Box<[OnceLock<Box<Slot>>]>,
}

/// An article that was decoded.
#[derive(Debug)]
struct Slot {
    article: Article,
    /// The mentions as annotated, where links changed them.
    annotated: Option<Vec<Mention>>,
}

impl Kept {
    pub(crate) fn new(
        first: u32,
        len: usize,
        keeper: Arc<dyn Keeper>,
        links: Arc<Links>,
        entities: Arc<Rows<EntityId>>,
    ) -> Self {
        Self {
            first,
            keeper,
            links,
            entities,
            slots: std::iter::repeat_with(OnceLock::new).take(len).collect(),
        }
    }

    fn id(&self, at: usize) -> ArticleId {
        ArticleId(
            self.first
                .saturating_add(u32::try_from(at).unwrap_or(u32::MAX)),
        )
    }

    fn slot(&self, at: usize) -> Option<&Slot> {
        let slot = self.slots.get(at)?;
        Some(slot.get_or_init(|| Box::new(self.decode(at))))
    }

    fn decode(&self, at: usize) -> Slot {
        let id = self.id(at);
        let mut article = self.keeper.article(id).unwrap_or_else(gone);
        let mut annotated = None;
        if !self.links.changes_nothing() {
            let folded = match self.links.added() {
                [] => String::new(),
                _ => folded_text(&article),
            };
            let mut relinker = Relinker::new(&self.links);
            if let Some(mentions) = relinker.mentions(id, &article, &article.mentions, &folded)
                && mentions != article.mentions
            {
                annotated = Some(std::mem::replace(&mut article.mentions, mentions));
            }
        }
        article.entities = self.entities.get(at).unwrap_or_default().to_vec();
        Slot { article, annotated }
    }
}

/// What stands for an article that cannot be read any more, so that the others keep their places.
fn gone() -> Article {
    let why = "The cache of this document is damaged; start khabar again.";
    Article {
        raw: Arc::new(RawDocument {
            id: String::new(),
            path: String::new(),
            title: None,
            text: String::new(),
            encoding: "UTF-8",
            notes: vec![why.to_owned()],
            metadata: Metadata::default(),
            sha256: [0; 32],
        }),
        title: Title {
            text: why.to_owned(),
            derived_from: None,
        },
        language: Language::Other,
        day: None,
        mentions: Vec::new(),
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

impl Held {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Here { articles, .. } => articles.len(),
            Self::Kept(kept) => kept.slots.len(),
        }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Article> {
        match self {
            Self::Here { articles, .. } => articles.get(at),
            Self::Kept(kept) => kept.slot(at).map(|slot| &slot.article),
        }
    }

    /// The mentions of an article as annotated, before any link.
    pub(crate) fn annotated(&self, at: usize) -> &[Mention] {
        match self {
            Self::Here {
                articles,
                annotated,
            } => {
                let changed = annotated.get(&at).map(Vec::as_slice);
                changed.unwrap_or_else(|| articles.get(at).map_or(&[][..], |a| &a.mentions))
            }
            Self::Kept(kept) => kept.slot(at).map_or(&[][..], |slot| {
                slot.annotated.as_deref().unwrap_or(&slot.article.mentions)
            }),
        }
    }

    /// Whether links may have changed any of the mentions.
    pub(crate) fn is_relinked(&self) -> bool {
        match self {
            Self::Here { annotated, .. } => !annotated.is_empty(),
            Self::Kept(kept) => !kept.links.changes_nothing(),
        }
    }

    /// The articles in memory, and the mentions as annotated of those that links changed.
    pub(crate) fn to_here(&self) -> (Vec<Article>, BTreeMap<usize, Vec<Mention>>) {
        match self {
            Self::Here {
                articles,
                annotated,
            } => (articles.clone(), annotated.clone()),
            Self::Kept(kept) => {
                let slots = (0..kept.slots.len()).filter_map(|at| Some((at, kept.slot(at)?)));
                let mut annotated = BTreeMap::new();
                let mut articles = Vec::with_capacity(kept.slots.len());
                for (at, slot) in slots {
                    articles.push(slot.article.clone());
                    if let Some(mentions) = &slot.annotated {
                        annotated.insert(at, mentions.clone());
                    }
                }
                (articles, annotated)
            }
        }
    }

    /// The record's own title and the body of an article, without leaving it decoded.
    pub(crate) fn fields(&self, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
        let article = match self {
            Self::Here { articles, .. } => articles.get(at),
            Self::Kept(kept) => {
                let slot = kept.slots.get(at).and_then(OnceLock::get);
                let Some(slot) = slot else {
                    let fields = kept.keeper.fields(kept.id(at)).unwrap_or_default();
                    return (fields.0.into(), fields.1.into());
                };
                Some(&slot.article)
            }
        };
        let field = |field: Field| article.map_or("", |article| article.field(field)).into();
        (field(Field::Title), field(Field::Text))
    }
}
