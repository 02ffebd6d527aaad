//! Articles that entered the corpus together, with what questions ask of them in columns.
//!
//! A question over 100,000 articles may look at none of their texts one by one, so whatever it
//! compares (words, days, entities) is prepared here once, when the article comes in.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::corpus::annotation::{DayBasis, DayRange, DocumentDay, Mention, Timex};
use crate::corpus::article::{Article, ArticleId, Field, Language};
use crate::corpus::columns::{Rows, Strings, as_u32};
use crate::corpus::entities::EntityId;
use crate::corpus::held::{Held, Keeper, Kept};
use crate::corpus::lexicon::Growing;
use crate::corpus::links::Links;
use crate::corpus::relink::Relinker;
use crate::corpus::stored::KeptDays;
use crate::text::fold::fold;
use crate::text::letter::is_alphanumeric;

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
    /// Words by article and [`Part`]: numbers in the corpus's lexicon of words.
    words: Rows<u32>,
    /// The distinct entities of each article, sorted.
    entities: Arc<Rows<EntityId>>,
    /// Mentions of each of an article's entities, in that order.
    mentions: Rows<u32>,
    days: Arc<Days>,
    columns: Arc<Columns>,
    /// Folded titles of the records, a NUL, folded bodies; made when they are first asked for
    /// where the articles are kept elsewhere.
    texts: Arc<OnceLock<Strings>>,
}

/// The days of articles: their own, and those that they mention.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub(super) own: Vec<Option<(NaiveDate, bool)>>,
    /// One for each of an article's `timexes`.
    pub(super) mentioned: Rows<Option<DayRange>>,
    /// How many of an article's `timexes` stand in its title: the first ones.
    pub(super) in_titles: Vec<u32>,
}

impl Days {
    fn of(articles: &[Article]) -> Self {
        let mut mentioned = Rows::default();
        for article in articles {
            mentioned.push(article.timexes.iter().map(Timex::range));
        }
        mentioned.shrink();
        let in_title = |article: &Article| {
            let timexes = article.timexes.iter();
            as_u32(timexes.take_while(|t| t.field == Field::Title).count())
        };
        Self {
            own: articles.iter().map(own_day).collect(),
            mentioned,
            in_titles: articles.iter().map(in_title).collect(),
        }
    }
}

/// What neither links nor days change, shared by all snapshots.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Columns {
    /// The folded titles that lists show.
    titles: Strings,
    /// Numbers in the corpus's lexicon of sources.
    sources: Vec<u32>,
    /// Characters of the bodies.
    lengths: Vec<u32>,
    paths: Strings,
    languages: Vec<Language>,
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
        let mut words_of_articles = Rows::default();
        let (mut entities, mut mentions) = (Rows::default(), Rows::default());
        let mut names = Names::default();
        for (article, counts) in articles.iter_mut().zip(counts) {
            article.entities = counts.iter().map(|(id, _)| *id).collect();
            entities.push(article.entities.iter().copied());
            mentions.push(counts.into_iter().map(|(_, n)| n));
            let title = fold(&article.title.text);
            let source = fold(article.source());
            columns.sources.push(sources.intern(&source));
            words_of_articles.push(words_of(&title).map(|w| words.intern(w)));
            words_of_articles.push(names.of(article, words));
            words_of_articles.push(words_of(&source).map(|w| words.intern(w)));
            let path = fold(&article.raw.path);
            words_of_articles.push(words_of(&path).map(|w| words.intern(w)));
            columns.titles.push(&title);
            columns.paths.push(&article.raw.path);
            columns.languages.push(article.language);
            texts.push(&folded_text(article));
            let characters = article.raw.text.chars().count();
            columns.lengths.push(as_u32(characters));
        }
        articles.shrink_to_fit();
        words_of_articles.shrink();
        entities.shrink();
        mentions.shrink();
        columns.titles.shrink();
        columns.paths.shrink();
        texts.shrink();
        let days = Days::of(&articles);
        Self {
            first,
            held: Held::Here {
                articles,
                annotated: BTreeMap::new(),
            },
            words: words_of_articles,
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
            let linked = relinker.mentions(self.id(at), article, annotated, self.text(at));
            let now = linked.as_deref().unwrap_or(annotated);
            if now != article.mentions {
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
            let Some(article) = articles.get_mut(at) else {
                continue;
            };
            let before = std::mem::replace(&mut article.mentions, mentions);
            let original = annotated.entry(at).or_insert(before);
            if *original == article.mentions {
                annotated.remove(&at);
            }
            article.entities = counts.iter().map(|(id, _)| *id).collect();
            counted.insert(at, counts);
        }
        let mut names = Names::default();
        let (mut words_of_articles, mut mentions) = (Rows::default(), Rows::default());
        let mut entities = Rows::default();
        for (at, article) in articles.iter().enumerate() {
            let counts = counted.get(&at);
            entities.push(article.entities.iter().copied());
            match counts {
                Some(counts) => mentions.push(counts.iter().map(|(_, n)| *n)),
                None => mentions.push(self.mentions.get(at).unwrap_or_default().iter().copied()),
            }
            for part in Part::ALL {
                if part == Part::Names && counts.is_some() {
                    words_of_articles.push(names.of(article, words));
                } else {
                    words_of_articles.push(self.words(at, part).iter().copied());
                }
            }
        }
        words_of_articles.shrink();
        mentions.shrink();
        entities.shrink();
        Self {
            first: self.first,
            held: Held::Here {
                articles,
                annotated,
            },
            words: words_of_articles,
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
            if let Some(article) = articles.get_mut(at) {
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
        Articles(&self.held)
    }

    /// The path of an article.
    #[must_use]
    pub fn path(&self, at: usize) -> &str {
        self.columns.paths.get(at).unwrap_or("")
    }

    /// The language of an article.
    #[must_use]
    pub fn language(&self, at: usize) -> Language {
        let language = self.columns.languages.get(at).copied();
        language.unwrap_or(Language::Other)
    }

    /// The words of a part of an article: numbers in [`Corpus::words`](crate::corpus::Corpus::words).
    #[must_use]
    pub fn words(&self, at: usize, part: Part) -> &[u32] {
        let row = at * Part::ALL.len() + part as usize;
        self.words.get(row).unwrap_or_default()
    }

    /// Those of some words, or of all, that every path of the segment has, sorted.
    pub(crate) fn words_of_every_path(&self, among: Option<&[u32]>) -> Arc<[u32]> {
        let first = self.words(0, Part::Path);
        let mut common: Vec<u32> = among.unwrap_or(first).to_vec();
        for at in 0..self.held.len() {
            let words = self.words(at, Part::Path);
            common.retain(|word| words.contains(word));
        }
        common.sort_unstable();
        common.dedup();
        common.into()
    }

    /// The folded title that lists show.
    #[must_use]
    pub fn title(&self, at: usize) -> &str {
        self.columns.titles.get(at).unwrap_or("")
    }

    /// The source: a number in [`Corpus::sources`](crate::corpus::Corpus::sources).
    #[must_use]
    pub fn source(&self, at: usize) -> u32 {
        self.columns.sources.get(at).copied().unwrap_or(u32::MAX)
    }

    /// The entities of an article, each with its mentions in it.
    pub fn entities(&self, at: usize) -> impl Iterator<Item = (EntityId, u32)> {
        let entities = self.entities.get(at).unwrap_or_default();
        let mentions = self.mentions.get(at).unwrap_or_default();
        entities.iter().copied().zip(mentions.iter().copied())
    }

    /// The article's own day, and whether it is stated or set rather than inferred.
    #[must_use]
    pub fn day(&self, at: usize) -> Option<(NaiveDate, bool)> {
        self.days.own.get(at).copied().flatten()
    }

    /// The length of the body, in characters.
    #[must_use]
    pub fn length(&self, at: usize) -> u32 {
        self.columns.lengths.get(at).copied().unwrap_or(0)
    }

    /// The days of each of the article's expressions of time, in their order; `None` where an
    /// expression names none.
    #[must_use]
    pub fn mentioned(&self, at: usize) -> &[Option<DayRange>] {
        self.days.mentioned.get(at).unwrap_or_default()
    }

    /// Whether the expression of time of a number stands in the article's title.
    #[must_use]
    pub fn mentions_in_title(&self, at: usize, timex: usize) -> bool {
        let count = self.days.in_titles.get(at).copied().unwrap_or(0);
        timex < count as usize
    }

    /// The record's own title and the body, folded, a NUL between them, across which no phrase
    /// reaches.
    #[must_use]
    pub fn text(&self, at: usize) -> &str {
        let texts = self.texts.get_or_init(|| self.held.folded_texts());
        texts.get(at).unwrap_or("")
    }
}

/// The articles of a segment in the order of their ids. Asking for one may decode it.
#[derive(Clone, Copy, Debug)]
pub struct Articles<'s>(&'s Held);

impl<'s> Articles<'s> {
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

/// A segment without its articles, as it is kept for another run.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptSegment {
    words: Rows<u32>,
    entities: Arc<Rows<EntityId>>,
    mentions: Rows<u32>,
    days: KeptDays,
    columns: Arc<Columns>,
}

impl Segment {
    pub(super) fn kept(&self) -> KeptSegment {
        KeptSegment {
            words: self.words.clone(),
            entities: Arc::clone(&self.entities),
            mentions: self.mentions.clone(),
            days: KeptDays::of(&self.days),
            columns: Arc::clone(&self.columns),
        }
    }

    /// The segment whose articles `keeper` has; `None` where its columns differ in length.
    pub(super) fn of_kept(
        first: u32,
        kept: KeptSegment,
        keeper: Arc<dyn Keeper>,
        links: Arc<Links>,
    ) -> Option<Self> {
        let len = kept.columns.lengths.len();
        let days = kept.days.days()?;
        let fits = days.own.len() == len && kept.columns.languages.len() == len;
        let held = Kept::new(first, len, keeper, links, Arc::clone(&kept.entities));
        fits.then(|| Self {
            first,
            held: Held::Kept(Arc::new(held)),
            words: kept.words,
            entities: kept.entities,
            mentions: kept.mentions,
            days: Arc::new(days),
            columns: kept.columns,
            texts: Arc::new(OnceLock::new()),
        })
    }
}

/// The words of folded names, remembered while a batch comes in: a name recurs.
#[derive(Default)]
struct Names {
    known: FxHashMap<String, Vec<u32>>,
}

impl Names {
    /// The distinct words of an article's names.
    fn of(&mut self, article: &Article, words: &mut Growing<'_>) -> Vec<u32> {
        let mut all = Vec::new();
        for mention in &article.mentions {
            all.extend_from_slice(self.words_of(&mention.entity, words));
            all.extend_from_slice(self.words_of(surface(article, mention), words));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn words_of(&mut self, name: &str, words: &mut Growing<'_>) -> &[u32] {
        if !self.known.contains_key(name) {
            let numbers = words_of(&fold(name)).map(|w| words.intern(w)).collect();
            self.known.insert(name.to_owned(), numbers);
        }
        self.known.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The text that a mention covers.
pub(crate) fn surface<'a>(article: &'a Article, mention: &Mention) -> &'a str {
    mention.span.of(article.field(mention.field))
}

pub(crate) fn folded_text(article: &Article) -> String {
    let mut text = fold(article.field(Field::Title));
    text.push('\0');
    text.push_str(&fold(article.field(Field::Text)));
    text
}

fn own_day(article: &Article) -> Option<(NaiveDate, bool)> {
    let day = article.day.as_ref()?;
    let stated = matches!(day.basis, DayBasis::Stated | DayBasis::Set);
    Some((day.day?, stated))
}

/// The words of a folded text, as matching by name sees them: what stands between white space,
/// slashes and colons, without punctuation at its ends. Hyphens and apostrophes stay within:
/// `al-nusra` is one word, in which `nusra` begins anew. Full stops part words, as in `news.txt`,
/// but not letters, as in `u.s`.
pub fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '\\' | ':'))
        .map(|word| word.trim_matches(|c: char| !is_alphanumeric(c)))
        .flat_map(|word| {
            let parts_words =
                word.contains('.') && word.split('.').any(|part| part.chars().nth(1).is_some());
            word.split(move |c| c == '.' && parts_words)
        })
        .map(|word| word.trim_matches(|c: char| !is_alphanumeric(c)))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_matching_by_name_sees_them() {
        for (text, expected) in [
            (
                "ahrar al-sham,  (halab)",
                &["ahrar", "al-sham", "halab"][..],
            ),
            ("in/mini.jsonl:17", &["in", "mini", "jsonl", "17"]),
            ("the u.s. and e.g.", &["the", "u.s", "and", "e.g"]),
            ("3.5 … - 12.30", &["3.5", "12", "30"]),
            ("", &[]),
        ] {
            assert_eq!(words_of(text).collect::<Vec<_>>(), expected);
        }
    }
}
