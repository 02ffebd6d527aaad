//! The corpus: an immutable snapshot, shared by `Arc`, that grows by making a new one.
//!
//! Articles sit in shared segments, and the tables about them in shared layers, so a new snapshot
//! costs what the new articles cost, however many there were.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};
use std::thread;

use crate::corpus::annotation::{DocumentDay, Mention, Timex};
use crate::corpus::article::{Article, ArticleId, Unreadable};
use crate::corpus::columns::{Strings, as_u32};
use crate::corpus::duplicates::Duplicates;
use crate::corpus::earlier::Earlier;
use crate::corpus::entities::{EntityId, EntityTable, Relinked};
use crate::corpus::fulltext::{Document, FullText};
use crate::corpus::lexicon::Lexicon;
use crate::corpus::links::Links;
use crate::corpus::mentioning::Mentioning;
use crate::corpus::order::{compare_paths, ranks, ranks_of_texts};
use crate::corpus::relink::Relinker;
use crate::corpus::segment::{Changes, Segment, surface};
use crate::corpus::slab::Slab;
use crate::corpus::stored::Lazy;
use crate::text::fold::fold;

/// Articles from which on two threads unpack them.
const TOGETHER: usize = 256;

/// All articles, entities and unreadable inputs at one moment of a load.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub(super) name: Arc<str>,
    pub(super) segments: Vec<Arc<Segment>>,
    /// `starts[i]` is the id of the first article of `segments[i]`.
    pub(super) starts: Vec<u32>,
    pub(super) len: usize,
    pub(super) entities: EntityTable,
    pub(super) words: Lexicon,
    pub(super) sources: Lexicon,
    pub(super) fulltext: FullText,
    /// Words that every path has.
    pub(super) of_every_path: Arc<[u32]>,
    pub(super) unreadable: Arc<Vec<Unreadable>>,
    pub(super) links: Lazy<Links>,
    pub(super) duplicates: Lazy<Duplicates>,
    pub(super) earlier: Arc<Earlier>,
    /// Whether each article has a later path than the one before it in load order.
    pub(super) in_path_order: bool,
    pub(super) by_path: OnceLock<Arc<Vec<u32>>>,
    pub(super) by_title: OnceLock<Arc<Slab<u32>>>,
    /// All articles, the newest first; only where a cache has it.
    pub(super) newest_first: Option<Arc<Slab<u32>>>,
    pub(super) mentioning: OnceLock<Arc<Mentioning>>,
}

impl Corpus {
    /// An empty corpus; `name` is what the status line calls it.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: Arc::from(name),
            in_path_order: true,
            ..Self::default()
        }
    }

    /// A corpus that also holds `articles`, which get the next ids, and `unreadable`.
    #[must_use]
    pub fn with(&self, articles: Vec<Article>, unreadable: Vec<Unreadable>) -> Self {
        let mut next = self.clone();
        if !articles.is_empty() {
            next.append(articles);
        }
        if !unreadable.is_empty() {
            Arc::make_mut(&mut next.unreadable).extend(unreadable);
        }
        next
    }

    fn append(&mut self, articles: Vec<Article>) {
        let last = self.segments.last().and_then(|s| s.articles().last());
        let paths: Vec<&str> = last
            .into_iter()
            .chain(&articles)
            .map(|article| article.raw.path.as_str())
            .collect();
        self.in_path_order &= paths.is_sorted_by(|a, b| compare_paths(a, b).is_lt());
        self.by_path = OnceLock::new();
        self.by_title = OnceLock::new();
        self.newest_first = None;
        self.mentioning = OnceLock::new();

        let (entities, counts) = self.entities.with(
            articles
                .iter()
                .map(|article| (article.language, with_surfaces(article, &article.mentions))),
        );
        let mut words = self.words.grow();
        let mut sources = self.sources.grow();
        let first = as_u32(self.len);
        self.len += articles.len();
        let segment = Segment::new(first, articles, counts, &mut words, &mut sources);
        let (words, sources) = (words.finish(), sources.finish());
        let of_every_path = segment.words_of_every_path();
        self.of_every_path = if self.segments.is_empty() {
            Arc::clone(of_every_path)
        } else {
            let before = self.of_every_path.iter().copied();
            before
                .filter(|word| of_every_path.binary_search(word).is_ok())
                .collect()
        };
        self.fulltext = self
            .fulltext
            .with(segment.articles().iter().enumerate().map(|(at, article)| {
                Document {
                    text: segment.text_at_hand(at).unwrap_or(""),
                    names: article
                        .mentions
                        .iter()
                        .map(|m| surface(article, m))
                        .collect(),
                }
            }));
        self.starts.push(first);
        self.segments.push(Arc::new(segment));
        self.entities = entities;
        self.words = words;
        self.sources = sources;
        let last = self.segments.len().saturating_sub(1);
        self.relink(last);
    }

    /// The corpus with other links: mentions say what the links make of them, entities are counted
    /// anew. Ids of articles and entities stay; what no link touches is shared.
    #[must_use]
    pub fn linked(&self, links: Arc<Links>) -> Self {
        let mut linked = self.clone();
        linked.links = links.into();
        linked.relink(0);
        linked
    }

    /// Applies the links to the segments from one on.
    fn relink(&mut self, from: usize) {
        let links = Arc::clone(self.links());
        let mut segments = self.segments.iter().skip(from);
        if links.changes_nothing() && !segments.any(|segment| segment.is_relinked()) {
            return;
        }
        let mut relinker = Relinker::new(&links);
        let changed: Vec<(usize, Changes)> = self
            .segments
            .iter()
            .enumerate()
            .skip(from)
            .map(|(number, segment)| (number, segment.changes(&mut relinker)))
            .filter(|(_, changes)| !changes.is_empty())
            .collect();
        if changed.is_empty() {
            return;
        }
        let documents = changed.iter().flat_map(|(number, changes)| {
            let segment = self.segments.get(*number);
            changes.iter().filter_map(move |(at, mentions)| {
                let article = segment?.articles().get(*at)?;
                Some(Relinked {
                    language: article.language,
                    before: with_surfaces(article, &article.mentions),
                    after: with_surfaces(article, mentions),
                })
            })
        });
        let (entities, counts) = self.entities.relinked(documents, &links);
        self.mentioning = OnceLock::new();
        let mut counts = counts.into_iter();
        let mut words = self.words.grow();
        for (number, changes) in changed {
            if let Some(segment) = self.segments.get_mut(number) {
                let counts = counts.by_ref().take(changes.len());
                *segment = Arc::new(segment.relinked(changes, counts, &mut words));
            }
        }
        self.words = words.finish();
        self.entities = entities;
    }

    /// The links that the mentions carry, and what was considered beside them.
    #[must_use]
    pub fn links(&self) -> &Arc<Links> {
        self.links.get()
    }

    /// Whether another snapshot has the very same links, which costs nothing to ask.
    #[must_use]
    pub fn has_links_of(&self, other: &Self) -> bool {
        self.links.is_that_of(&other.links)
    }

    /// The corpus with other days for some articles, and with the expressions of time that hang on
    /// them. Ids stay; segments without a change are shared. `changes` come in the order of ids.
    #[must_use]
    pub fn redated(&self, changes: Vec<(ArticleId, Option<DocumentDay>, Vec<Timex>)>) -> Self {
        let mut next = self.clone();
        let mut changes = changes.into_iter().peekable();
        for segment in &mut next.segments {
            let mut own = Vec::new();
            while let Some((id, ..)) = changes.peek()
                && let Some(at) = segment.at(*id)
                && at < segment.articles().len()
            {
                own.extend(changes.next().map(|(_, day, timexes)| (at, day, timexes)));
            }
            if !own.is_empty() {
                *segment = Arc::new(segment.redated(own));
                next.newest_first = None;
            }
        }
        next
    }

    /// The corpus with what is known of its near-duplicates.
    #[must_use]
    pub fn with_duplicates(&self, duplicates: Duplicates) -> Self {
        Self {
            duplicates: Arc::new(duplicates).into(),
            ..self.clone()
        }
    }

    /// Which articles repeat which; empty until the load has compared them.
    #[must_use]
    pub fn duplicates(&self) -> &Arc<Duplicates> {
        self.duplicates.get()
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
        let (segment, at) = self.locate(id)?;
        segment.articles().get(at)
    }

    /// The articles whose source bytes have a SHA-256, in the order of their ids: several where
    /// files are copies.
    #[must_use]
    pub fn of_hash(&self, hash: &[u8; 32]) -> Vec<ArticleId> {
        self.segments()
            .flat_map(|segment| segment.of_hash(hash))
            .collect()
    }

    /// Makes articles ready that are about to be asked for: together they are soon unpacked,
    /// one by one, in any order but that of their ids, they are not.
    pub fn unpack(&self, ids: impl Iterator<Item = ArticleId>) {
        let mut ids: Vec<ArticleId> = ids.collect();
        ids.sort_unstable();
        let (first, second) = ids.split_at(ids.len() / 2);
        let each = |ids: &[ArticleId]| ids.iter().filter_map(|id| self.article(*id)).count();
        if ids.len() < TOGETHER {
            each(&ids);
            return;
        }
        thread::scope(|scope| {
            scope.spawn(|| each(first));
            each(second)
        });
    }

    /// The segment that holds an article, and where in it.
    #[must_use]
    pub fn locate(&self, id: ArticleId) -> Option<(&Segment, usize)> {
        let segment = self
            .starts
            .partition_point(|start| *start <= id.0)
            .checked_sub(1)?;
        let segment = self.segments.get(segment)?;
        let at = segment.at(id)?;
        (at < segment.articles().len()).then_some((segment, at))
    }

    /// The segment of each of some ids and where in it; cheapest for ids in order. Ids that the
    /// corpus does not have are left out.
    pub fn walk(
        &self,
        ids: impl Iterator<Item = ArticleId>,
    ) -> impl Iterator<Item = (&Segment, usize)> {
        let mut current: Option<&Segment> = None;
        ids.filter_map(move |id| {
            if let Some(segment) = current
                && let Some(at) = segment.at(id)
                && at < segment.articles().len()
            {
                return Some((segment, at));
            }
            let found = self.locate(id)?;
            current = Some(found.0);
            Some(found)
        })
    }

    /// All articles with their ids, in load order.
    pub fn articles(&self) -> impl Iterator<Item = (ArticleId, &Article)> {
        (0u32..)
            .map(ArticleId)
            .zip(self.segments().flat_map(Segment::articles))
    }

    /// The segment of each article and where in it, in load order: none is unpacked for that.
    pub fn places(&self) -> impl Iterator<Item = (&Segment, usize)> {
        self.segments()
            .flat_map(|segment| (0..segment.articles().len()).map(move |at| (segment, at)))
    }

    /// The articles in the batches in which they came, in load order.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> + Clone {
        self.segments.iter().map(AsRef::as_ref)
    }

    /// The entities that the articles mention.
    #[must_use]
    pub fn entities(&self) -> &EntityTable {
        &self.entities
    }

    /// The articles that mention an entity, each with how often, in the order of their ids.
    /// Computed once for a snapshot.
    #[must_use]
    pub fn mentioning(&self, entity: EntityId) -> &[(u32, u32)] {
        let all = || Arc::new(Mentioning::new(self.entities.len(), &self.segments()));
        self.mentioning.get_or_init(all).of(entity)
    }

    /// The folded words of titles, names, sources and paths.
    #[must_use]
    pub fn words(&self) -> &Lexicon {
        &self.words
    }

    /// The words of titles and bodies, each with the articles that hold it.
    #[must_use]
    pub fn fulltext(&self) -> &FullText {
        &self.fulltext
    }

    /// The folded sources.
    #[must_use]
    pub fn sources(&self) -> &Lexicon {
        &self.sources
    }

    /// Words that the paths of all articles have, when there are several: numbers in
    /// [`words`](Self::words), sorted.
    #[must_use]
    pub fn words_of_every_path(&self) -> &[u32] {
        if self.len > 1 {
            &self.of_every_path
        } else {
            &[]
        }
    }

    /// What could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// Whether `earlier` is a snapshot that this one grew from, so that its ids and numbers hold.
    #[must_use]
    pub fn grew_from(&self, earlier: &Self) -> bool {
        earlier.segments.len() <= self.segments.len()
            && earlier
                .segments
                .iter()
                .zip(&self.segments)
                .all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// The place of each article by path, numbers by value; `None` where that is the load order.
    /// Computed once for a snapshot.
    #[must_use]
    pub fn ranks_by_path(&self) -> Option<&[u32]> {
        if self.in_path_order {
            return None;
        }
        Some(self.by_path.get_or_init(|| {
            let paths: Vec<&str> = self
                .segments()
                .flat_map(|segment| (0..segment.articles().len()).map(|at| segment.path(at)))
                .collect();
            let path = |id: u32| paths.get(id as usize).copied().unwrap_or("");
            Arc::new(ranks(self.len, |a, b| compare_paths(path(a), path(b))))
        }))
    }

    /// The place of each article by folded title, the same for equal ones. Computed once for a
    /// snapshot, or there from a cache.
    #[must_use]
    pub fn ranks_by_title(&self) -> &[u32] {
        self.by_title.get_or_init(|| {
            let mut titles = Strings::default();
            for (segment, at) in self.places() {
                titles.push(&fold(&segment.title(at)));
            }
            let titles: Vec<&str> = (0..titles.len())
                .map(|at| titles.get(at).unwrap_or(""))
                .collect();
            Arc::new(ranks_of_texts(&titles).into())
        })
    }

    /// All articles by day, the newest first, those of one day by path and those without a day at
    /// the end: where a cache has that order. To work it out takes longer than all else that the
    /// first rows of a large corpus need.
    #[must_use]
    pub(crate) fn newest_first(&self) -> Option<&Arc<Slab<u32>>> {
        self.newest_first.as_ref()
    }

    /// The same, worked out.
    pub(super) fn sorted_newest_first(&self) -> Slab<u32> {
        let paths = self.ranks_by_path();
        let keys = self.places().zip(0u32..).map(|((segment, at), id)| {
            let path = paths.map_or(id, |paths| paths.get(id as usize).copied().unwrap_or(id));
            let day = segment.day(at).map(|(day, _)| day);
            (day.is_none(), Reverse(day), path, id)
        });
        let mut keys: Vec<_> = keys.collect();
        keys.sort_unstable();
        keys.into_iter().map(|(.., id)| id).collect()
    }
}

/// Mentions, each with the text that it covers.
fn with_surfaces<'a>(article: &'a Article, mentions: &'a [Mention]) -> Vec<(&'a Mention, &'a str)> {
    let mentions = mentions.iter();
    mentions.map(|m| (m, surface(article, m))).collect()
}
