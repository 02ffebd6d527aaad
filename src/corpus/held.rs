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
use crate::corpus::columns::{Rows, as_u32};
use crate::corpus::entities::EntityId;
use crate::corpus::links::Links;
use crate::corpus::relink::Relinker;
use crate::corpus::segment::folded_text;
use crate::corpus::stored::Lazy;

/// Whoever keeps articles outside of the heap.
pub trait Keeper: fmt::Debug + Send + Sync {
    /// An article as annotated, before links, without its entities; `None` when it cannot be read
    /// any more.
    fn article(&self, id: ArticleId) -> Option<Article>;

    /// The title of an article that lists show, without the rest of it.
    fn title(&self, id: ArticleId) -> Option<String> {
        Some(self.article(id)?.title.text)
    }

    /// The record's own title (empty where it has none) and the body of an article, without the
    /// rest of it.
    fn fields(&self, id: ArticleId) -> Option<(String, String)> {
        let article = self.article(id)?;
        let field = |field: Field| article.field(field).to_owned();
        Some((field(Field::Title), field(Field::Text)))
    }
}

/// The mentions of articles as annotated, by place.
type Annotated = BTreeMap<usize, Arc<[Mention]>>;

/// Articles with consecutive places from 0.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    /// In memory.
    Here {
        /// Shared with the snapshots before, as far as they are the same.
        articles: Vec<Arc<Article>>,
        /// The mentions as annotated, by place, of the articles that links changed.
        annotated: Annotated,
    },
    /// Elsewhere.
    Kept(Arc<Kept>),
}

/// Articles that a [`Keeper`] has.
#[derive(Debug)]
pub(crate) struct Kept {
    keeper: Arc<dyn Keeper>,
    links: Lazy<Links>,
    /// The entities of each article.
    entities: Arc<Rows<u32>>,
    len: usize,
    /// Slots in groups, which are made when one of their articles is asked for.
    groups: Box<[OnceLock<Group>]>,
}

/// The slots of articles that lie beside each other.
type Group = Box<[OnceLock<Box<Slot>>]>;

/// Articles of a group.
const GROUP: usize = 64;

/// An article that was decoded.
#[derive(Debug)]
struct Slot {
    article: Arc<Article>,
    /// The mentions as annotated, where links changed them.
    annotated: Option<Arc<[Mention]>>,
}

impl Kept {
    pub(crate) fn new(
        len: usize,
        keeper: Arc<dyn Keeper>,
        links: Lazy<Links>,
        entities: Arc<Rows<u32>>,
    ) -> Self {
        let groups = std::iter::repeat_with(OnceLock::new);
        Self {
            keeper,
            links,
            entities,
            len,
            groups: groups.take(len.div_ceil(GROUP)).collect(),
        }
    }

    fn slot(&self, at: usize) -> Option<&Slot> {
        if at >= self.len {
            return None;
        }
        let group = self.groups.get(at / GROUP)?.get_or_init(|| {
            let slots = std::iter::repeat_with(OnceLock::new);
            slots.take(GROUP).collect()
        });
        let slot = group.get(at % GROUP)?;
        Some(slot.get_or_init(|| Box::new(self.decode(at))))
    }

    /// An article that was looked at already.
    fn decoded(&self, at: usize) -> Option<&Slot> {
        let group = self.groups.get(at / GROUP)?.get()?;
        group.get(at % GROUP)?.get().map(AsRef::as_ref)
    }

    fn decode(&self, at: usize) -> Slot {
        let id = id_of(at);
        let links = self.links.get();
        let mut article = self.keeper.article(id).unwrap_or_else(gone);
        let mut annotated = None;
        if !links.changes_nothing() {
            let folded = match links.added() {
                [] => String::new(),
                _ => folded_text(&article),
            };
            let mut relinker = Relinker::new(links);
            if let Some(mentions) = relinker.mentions(id, &article, &article.mentions, &folded)
                && *mentions != *article.mentions
            {
                annotated = Some(std::mem::replace(&mut article.mentions, mentions.into()));
            }
        }
        let entities = self.entities.get(at).unwrap_or_default().iter();
        article.entities = entities.map(|id| EntityId(*id)).collect();
        Slot {
            article: Arc::new(article),
            annotated,
        }
    }
}

/// What a cache holds is one segment, whose articles count from 0.
fn id_of(at: usize) -> ArticleId {
    ArticleId(as_u32(at))
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
        mentions: Vec::new().into(),
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

impl Held {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Here { articles, .. } => articles.len(),
            Self::Kept(kept) => kept.len,
        }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Article> {
        match self {
            Self::Here { articles, .. } => articles.get(at).map(AsRef::as_ref),
            Self::Kept(kept) => kept.slot(at).map(|slot| &*slot.article),
        }
    }

    /// The mentions of an article as annotated, before any link.
    pub(crate) fn annotated(&self, at: usize) -> &[Mention] {
        match self {
            Self::Here {
                articles,
                annotated,
            } => {
                let changed = annotated.get(&at).map(AsRef::as_ref);
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
            Self::Kept(kept) => !kept.links.get().changes_nothing(),
        }
    }

    /// The articles in memory, and the mentions as annotated of those that links changed.
    pub(crate) fn to_here(&self) -> (Vec<Arc<Article>>, Annotated) {
        match self {
            Self::Here {
                articles,
                annotated,
            } => (articles.clone(), annotated.clone()),
            Self::Kept(kept) => {
                let slots = (0..kept.len).filter_map(|at| Some((at, kept.slot(at)?)));
                let mut annotated = BTreeMap::new();
                let mut articles = Vec::with_capacity(kept.len);
                for (at, slot) in slots {
                    articles.push(Arc::clone(&slot.article));
                    if let Some(mentions) = &slot.annotated {
                        annotated.insert(at, Arc::clone(mentions));
                    }
                }
                (articles, annotated)
            }
        }
    }

    /// The title of an article that lists show, without leaving it decoded.
    pub(crate) fn title(&self, at: usize) -> Cow<'_, str> {
        let article = match self {
            Self::Here { articles, .. } => articles.get(at),
            Self::Kept(kept) if at >= kept.len => None,
            Self::Kept(kept) => match kept.decoded(at) {
                Some(slot) => Some(&slot.article),
                None => return kept.keeper.title(id_of(at)).unwrap_or_default().into(),
            },
        };
        article.map_or("", |article| &article.title.text).into()
    }

    /// The record's own title and the body of an article, without leaving it decoded.
    pub(crate) fn fields(&self, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
        let article = match self {
            Self::Here { articles, .. } => articles.get(at).map(AsRef::as_ref),
            Self::Kept(kept) => {
                let Some(slot) = kept.decoded(at) else {
                    let fields = kept.keeper.fields(id_of(at)).unwrap_or_default();
                    return (fields.0.into(), fields.1.into());
                };
                Some(&*slot.article)
            }
        };
        let field = |field: Field| article.map_or("", |article| article.field(field)).into();
        (field(Field::Title), field(Field::Text))
    }
}

/// The articles of a segment in the order of their ids. Asking for one may decode it.
#[derive(Clone, Copy, Debug)]
pub struct Articles<'s>(&'s Held);

impl<'s> Articles<'s> {
    pub(super) fn of(held: &'s Held) -> Self {
        Self(held)
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The article at a place.
    #[must_use]
    pub fn get(self, at: usize) -> Option<&'s Article> {
        self.0.get(at)
    }

    /// The last article.
    #[must_use]
    pub fn last(self) -> Option<&'s Article> {
        self.get(self.len().checked_sub(1)?)
    }

    /// All of them.
    #[must_use]
    pub fn iter(self) -> ArticlesIter<'s> {
        self.into_iter()
    }
}

impl<'s> IntoIterator for Articles<'s> {
    type Item = &'s Article;
    type IntoIter = ArticlesIter<'s>;

    fn into_iter(self) -> ArticlesIter<'s> {
        ArticlesIter {
            held: self.0,
            at: 0,
        }
    }
}

/// Goes through the articles of a segment.
#[derive(Clone, Debug)]
pub struct ArticlesIter<'s> {
    held: &'s Held,
    at: usize,
}

impl<'s> Iterator for ArticlesIter<'s> {
    type Item = &'s Article;

    fn next(&mut self) -> Option<&'s Article> {
        let article = self.held.get(self.at)?;
        self.at += 1;
        Some(article)
    }
}
