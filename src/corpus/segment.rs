//! Articles that entered the corpus together, with what questions ask of them in columns.
//!
//! A question over 100,000 articles may look at none of their texts one by one, so whatever it
//! compares (words, days, entities) is prepared here once, when the article comes in.

mod kept;
mod rows;
mod sources;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::corpus::annotation::{DayRange, DocumentDay, Mention, Timex};
use crate::corpus::article::{Article, ArticleId, Field, Language};
use crate::corpus::columns::{Counts, Rows, Strings, as_u32};
use crate::corpus::days::{Days, NumberedRange};
use crate::corpus::entities::EntityId;
use crate::corpus::held::{Articles, Held};
use crate::corpus::lexicon::Growing;
use crate::corpus::relink::Relinker;
use crate::corpus::slab::Slab;
use crate::text::fold::fold;

use rows::WordRows;
pub use rows::Words;
use sources::{Gathering, Sources};
use words::Names;
pub use words::words_of;

pub use crate::corpus::days::OwnDay;

/// What a word of an article stands in, for matching by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title that lists show.
    Title,
    /// The names of its entities: the keys, and the spellings in this article.
    Names,
    /// Where it comes from.
    Source,
    /// Its path.
    Path,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Title, Self::Names, Self::Source, Self::Path];
}

/// Articles whose mentions change, by place, with those that they are to have.
pub(crate) type Changes = Vec<(usize, Vec<Mention>)>;

/// Articles with consecutive ids.
#[derive(Clone, Debug)]
pub struct Segment {
    first: u32,
    held: Held,
    words: WordRows,
    /// The distinct entities of each article, sorted.
    entities: Arc<Rows<u32>>,
    /// Mentions of each item of `entities`, in that order.
    mentions: Counts,
    days: Arc<Days>,
    columns: Arc<Columns>,
    /// Folded titles of the records, a NUL, folded bodies; not there where the articles are kept
    /// elsewhere.
    texts: Arc<OnceLock<Strings>>,
}

/// What neither links nor days change, shared by all snapshots.
#[derive(Debug, Default)]
struct Columns {
    sources: Sources,
    /// Characters of the bodies, and their bytes.
    lengths: Slab<u32>,
    sizes: Slab<u32>,
    paths: Strings,
    /// Numbers of [`LANGUAGES`].
    languages: Slab<u8>,
    /// The records' own ids.
    ids: Strings,
    /// SHA-256 of the source bytes.
    hashes: Slab<[u8; 32]>,
    /// The places, in the order of the hashes.
    by_hash: Slab<u32>,
}

impl Segment {
    /// The segment of `articles`, the first of which has the id `first`; `counts` are the entities
    /// of each with their mentions.
    pub(crate) fn new(
        first: u32,
        mut articles: Vec<Article>,
        counts: Vec<Vec<(EntityId, u32)>>,
        words: &mut Growing<'_>,
        sources: &mut Growing<'_>,
    ) -> Self {
        let mut columns = Columns::default();
        let mut texts = Strings::default();
        let mut words_of_articles: Vec<[Vec<u32>; Part::ALL.len()]> = Vec::new();
        let (mut entities, mut mentions) = (Rows::default(), Counts::default());
        let mut names = Names::default();
        let mut origins = Gathering::default();
        for (article, counts) in articles.iter_mut().zip(counts) {
            article.entities = counts.iter().map(|(id, _)| *id).collect();
            entities.push(article.entities.iter().map(|id| id.0));
            for (_, n) in counts {
                mentions.push(n);
            }
            let source = fold(article.source());
            origins.push(article.source(), || sources.intern(&source));
            let mut folded = |text: &str| words_of(text).map(|w| words.intern(w)).collect();
            let title = folded(&fold(&article.title.text));
            let source = folded(&source);
            let path = folded(&fold(&article.raw.path));
            words_of_articles.push([title, names.of(article, words), source, path]);
            columns.paths.push(&article.raw.path);
            columns.ids.push(&article.raw.id);
            columns.hashes.push(article.raw.sha256);
            columns.languages.push(number_of(article.language));
            texts.push(&folded_text(article));
            let characters = article.raw.text.chars().count();
            columns.lengths.push(as_u32(characters));
            columns.sizes.push(as_u32(article.raw.text.len()));
        }
        entities.shrink();
        mentions.shrink();
        columns.sources = origins.finish();
        columns.paths.shrink();
        columns.ids.shrink();
        columns.by_hash = in_order(&columns.hashes);
        texts.shrink();
        let articles: Vec<Arc<Article>> = articles.into_iter().map(Arc::new).collect();
        let days = Days::of(&articles);
        Self {
            first,
            held: Held::Here {
                articles,
                annotated: BTreeMap::new(),
            },
            words: WordRows::of(words_of_articles.iter().map(slices)),
            entities: Arc::new(entities),
            mentions,
            days: Arc::new(days),
            columns: Arc::new(columns),
            texts: Arc::new(OnceLock::from(texts)),
        }
    }

    /// The mentions of an article as annotated, before any link.
    #[must_use]
    pub fn annotated(&self, at: usize) -> &[Mention] {
        self.held.annotated(at)
    }

    /// Whether links changed any of its mentions.
    pub(crate) fn is_relinked(&self) -> bool {
        self.held.is_relinked()
    }

    /// The articles whose mentions are others by these links than they are now, by place, with
    /// those mentions.
    pub(crate) fn changes(&self, relinker: &mut Relinker<'_>) -> Changes {
        let mut changes = Vec::new();
        for (at, article) in self.articles().iter().enumerate() {
            let annotated = self.annotated(at);
            let text = if relinker.reads_texts() {
                self.text(at)
            } else {
                Cow::Borrowed("")
            };
            let linked = relinker.mentions(self.id(at), article, annotated, &text);
            let now = linked.as_deref().unwrap_or(annotated);
            if *now != *article.mentions {
                let now = linked.unwrap_or_else(|| annotated.to_vec());
                changes.push((at, now));
            }
        }
        changes
    }

    /// The segment with other mentions in some articles; `counts` are the entities of those.
    pub(crate) fn relinked(
        &self,
        changes: Changes,
        counts: impl Iterator<Item = Vec<(EntityId, u32)>>,
        words: &mut Growing<'_>,
    ) -> Self {
        let (mut articles, mut annotated) = self.held.to_here();
        let mut counted: BTreeMap<usize, Vec<(EntityId, u32)>> = BTreeMap::new();
        for ((at, mentions), counts) in changes.into_iter().zip(counts) {
            let Some(article) = articles.get_mut(at).map(Arc::make_mut) else {
                continue;
            };
            let before = std::mem::replace(&mut article.mentions, mentions.into());
            let original = annotated.entry(at).or_insert(before);
            if *original == article.mentions {
                annotated.remove(&at);
            }
            article.entities = counts.iter().map(|(id, _)| *id).collect();
            counted.insert(at, counts);
        }
        let mut names = Names::default();
        let mut words_of_articles: Vec<[Vec<u32>; Part::ALL.len()]> = Vec::new();
        let (mut entities, mut mentions) = (Rows::default(), Counts::default());
        for (at, article) in articles.iter().enumerate() {
            let counts = counted.get(&at);
            entities.push(article.entities.iter().map(|id| id.0));
            match counts {
                Some(counts) => counts.iter().for_each(|(_, n)| mentions.push(*n)),
                None => self.entities(at).for_each(|(_, n)| mentions.push(n)),
            }
            words_of_articles.push(Part::ALL.map(|part| {
                if part == Part::Names && counts.is_some() {
                    names.of(article, words)
                } else {
                    self.words(at, part).collect()
                }
            }));
        }
        mentions.shrink();
        entities.shrink();
        Self {
            first: self.first,
            held: Held::Here {
                articles,
                annotated,
            },
            words: WordRows::of(words_of_articles.iter().map(slices)),
            entities: Arc::new(entities),
            mentions,
            days: Arc::clone(&self.days),
            columns: Arc::clone(&self.columns),
            texts: Arc::clone(&self.texts),
        }
    }

    /// The segment with other days in some articles, by place.
    pub(crate) fn redated(&self, changes: Vec<(usize, Option<DocumentDay>, Vec<Timex>)>) -> Self {
        let (mut articles, annotated) = self.held.to_here();
        for (at, day, timexes) in changes {
            if let Some(article) = articles.get_mut(at).map(Arc::make_mut) {
                article.day = day;
                article.timexes = timexes;
            }
        }
        let days = Arc::new(Days::of(&articles));
        let held = Held::Here {
            articles,
            annotated,
        };
        Self {
            held,
            days,
            ..self.clone()
        }
    }

    /// The id of an article of the segment.
    #[must_use]
    pub fn id(&self, at: usize) -> ArticleId {
        ArticleId(self.first.saturating_add(as_u32(at)))
    }

    /// Where an id is in the segment, or would be.
    pub(crate) fn at(&self, id: ArticleId) -> Option<usize> {
        id.0.checked_sub(self.first).map(|at| at as usize)
    }

    /// The articles, in the order of their ids.
    #[must_use]
    pub fn articles(&self) -> Articles<'_> {
        Articles::of(&self.held)
    }

    /// The path of an article.
    #[must_use]
    pub fn path(&self, at: usize) -> &str {
        self.columns.paths.get(at).unwrap_or("")
    }

    /// The record's own id of an article, as [`RawDocument`](crate::corpus::RawDocument) has it.
    #[must_use]
    pub fn record_id(&self, at: usize) -> &str {
        self.columns.ids.get(at).unwrap_or("")
    }

    /// SHA-256 of an article's source bytes: of its file, or of its record's line.
    #[must_use]
    pub fn hash(&self, at: usize) -> [u8; 32] {
        self.columns.hashes.get(at).copied().unwrap_or_default()
    }

    /// The articles whose source bytes have a hash, in the order of their ids.
    pub(crate) fn of_hash(&self, hash: &[u8; 32]) -> impl Iterator<Item = ArticleId> {
        let (hashes, places) = (&self.columns.hashes, &self.columns.by_hash);
        let hash_of = |place: u32| hashes.get(place as usize).copied().unwrap_or_default();
        let first = places.partition_point(|place| hash_of(*place) < *hash);
        let found = places.get(first..).unwrap_or_default().iter();
        let hash = *hash;
        found
            .take_while(move |place| hash_of(**place) == hash)
            .map(|place| self.id(*place as usize))
    }

    /// The language of an article.
    #[must_use]
    pub fn language(&self, at: usize) -> Language {
        let number = self.columns.languages.get(at).copied().map(usize::from);
        let language = number.and_then(|number| LANGUAGES.get(number).copied());
        language.unwrap_or(Language::Other)
    }

    /// The words of a part of an article: numbers in [`Corpus::words`](crate::corpus::Corpus::words).
    pub fn words(&self, at: usize, part: Part) -> impl Iterator<Item = u32> {
        let own = self.words.get(at).filter(move |(of, _)| *of == part);
        let of_every_path = match part {
            Part::Path => &self.words.of_every_path()[..],
            _ => &[],
        };
        own.map(|(_, word)| word)
            .chain(of_every_path.iter().copied())
    }

    /// The words of all parts of an article, in the order of the parts, but for those that the
    /// [paths of all articles](Self::words_of_every_path) of the segment have.
    #[inline]
    #[must_use]
    pub fn words_by_part(&self, at: usize) -> Words<'_> {
        self.words.get(at)
    }

    /// Words that the path of every article of the segment has, sorted.
    #[inline]
    #[must_use]
    pub fn words_of_every_path(&self) -> &Arc<[u32]> {
        self.words.of_every_path()
    }

    /// The title that lists show.
    #[must_use]
    pub fn title(&self, at: usize) -> Cow<'_, str> {
        self.held.title(at)
    }

    /// Where an article comes from, as [`Article::source`] has it.
    #[must_use]
    pub fn source_name(&self, at: usize) -> &str {
        self.columns.sources.name(at)
    }

    /// The length of the body, in bytes.
    #[must_use]
    pub fn size(&self, at: usize) -> u32 {
        self.columns.sizes.get(at).copied().unwrap_or(0)
    }

    /// The source: a number in [`Corpus::sources`](crate::corpus::Corpus::sources).
    #[must_use]
    pub fn source(&self, at: usize) -> u32 {
        self.columns.sources.folded(at).unwrap_or(u32::MAX)
    }

    /// The entities of an article, each with its mentions in it.
    pub fn entities(&self, at: usize) -> impl Iterator<Item = (EntityId, u32)> {
        let entities = self.entities.get(at).unwrap_or_default();
        let places = self.entities.places(at).unwrap_or_default();
        let mentions = places.map(|place| self.mentions.get(place).unwrap_or(0));
        let ids = entities.iter().map(|id| EntityId(*id));
        ids.zip(mentions)
    }

    /// The article's own day, and whether it is stated or set rather than inferred.
    #[must_use]
    pub fn day(&self, at: usize) -> Option<(NaiveDate, bool)> {
        self.days.own(at)
    }

    /// The same day as a number, the first of the year 1 being 1.
    #[inline]
    #[must_use]
    pub fn day_number(&self, at: usize) -> Option<(i32, bool)> {
        self.days.own_number(at)
    }

    /// The first and the last day between which the article's own day lies, where it is not one.
    #[must_use]
    pub fn day_between(&self, at: usize) -> Option<(NaiveDate, NaiveDate)> {
        self.days.between(at)
    }

    /// What a list shows of the article's own day; `None` where nothing is known of it.
    #[must_use]
    pub fn own_day(&self, at: usize) -> Option<OwnDay> {
        self.days.shown(at)
    }

    /// The length of the body, in characters.
    #[must_use]
    pub fn length(&self, at: usize) -> u32 {
        self.columns.lengths.get(at).copied().unwrap_or(0)
    }

    /// The days of each of the article's expressions of time, in their order; `None` where an
    /// expression names none.
    pub fn mentioned(&self, at: usize) -> impl ExactSizeIterator<Item = Option<DayRange>> {
        self.days.mentioned(at)
    }

    /// The same with days as numbers, for who counts many.
    #[inline]
    pub fn mentioned_numbers(
        &self,
        at: usize,
    ) -> impl ExactSizeIterator<Item = Option<NumberedRange>> {
        self.days.mentioned_numbers(at)
    }

    /// Whether the expression of time of a number stands in the article's title.
    #[must_use]
    pub fn mentions_in_title(&self, at: usize, timex: usize) -> bool {
        self.days.is_in_title(at, timex)
    }

    /// The record's own title and the body, folded, a NUL between them, across which no phrase
    /// reaches. Of an article that is kept elsewhere it is made anew each time.
    #[must_use]
    pub fn text(&self, at: usize) -> Cow<'_, str> {
        if let Some(text) = self.text_at_hand(at) {
            return text.into();
        }
        let (title, text) = self.held.fields(at);
        joined_fields(&title, &text).into()
    }

    /// The same where it is in memory.
    #[must_use]
    pub fn text_at_hand(&self, at: usize) -> Option<&str> {
        Some(self.texts.get()?.get(at).unwrap_or(""))
    }

    /// The record's own title (empty where it has none) and the body, as they were read. An
    /// article that is kept elsewhere is not unpacked for good.
    #[must_use]
    pub fn fields(&self, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
        self.held.fields(at)
    }
}

fn slices(parts: &[Vec<u32>; Part::ALL.len()]) -> [&[u32]; Part::ALL.len()] {
    parts.each_ref().map(Vec::as_slice)
}

/// The places of hashes, in the order of the hashes and then of the places.
fn in_order(hashes: &[[u8; 32]]) -> Slab<u32> {
    let mut places: Vec<u32> = (0..as_u32(hashes.len())).collect();
    // stable, so places of one hash stay in order
    places.sort_by_key(|place| hashes.get(*place as usize));
    places.into()
}

/// The languages in the order of their numbers in a column.
const LANGUAGES: [Language; 4] = [
    Language::English,
    Language::German,
    Language::Arabic,
    Language::Other,
];

fn number_of(language: Language) -> u8 {
    match language {
        Language::English => 0,
        Language::German => 1,
        Language::Arabic => 2,
        Language::Other => 3,
    }
}

/// The text that a mention covers.
pub(crate) fn surface<'a>(article: &'a Article, mention: &Mention) -> &'a str {
    mention.span.of(article.field(mention.field))
}

pub(crate) fn folded_text(article: &Article) -> String {
    joined_fields(article.field(Field::Title), article.field(Field::Text))
}

fn joined_fields(title: &str, text: &str) -> String {
    let mut folded = fold(title);
    folded.push('\0');
    folded.push_str(&fold(text));
    folded
}
