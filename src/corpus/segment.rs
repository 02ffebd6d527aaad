//! Articles that entered the corpus together, with what questions ask of them in columns.
//!
//! A question over 100,000 articles may look at none of their texts one by one, so whatever it
//! compares (words, days, entities) is prepared here once, when the article comes in.

use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::corpus::annotation::{DayBasis, DayRange, DocumentDay, Mention, Timex};
use crate::corpus::article::{Article, ArticleId, Field};
use crate::corpus::columns::{Rows, Strings, as_u32};
use crate::corpus::entities::EntityId;
use crate::corpus::lexicon::Growing;
use crate::text::fold::fold;

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

/// Articles with consecutive ids.
#[derive(Clone, Debug)]
pub struct Segment {
    first: u32,
    articles: Vec<Article>,
    /// Words by article and [`Part`]: numbers in the corpus's lexicon of words.
    words: Rows<u32>,
    /// The folded titles that lists show.
    titles: Strings,
    /// Numbers in the corpus's lexicon of sources.
    sources: Vec<u32>,
    /// Mentions of each of an article's `entities`, in that order.
    mentions: Rows<u32>,
    days: Vec<Option<(NaiveDate, bool)>>,
    /// Characters of the bodies.
    lengths: Vec<u32>,
    /// One for each of an article's `timexes`.
    mentioned: Rows<Option<DayRange>>,
    /// Folded titles of the records, a NUL, folded bodies.
    texts: Strings,
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
        let mut segment = Self {
            first,
            articles: Vec::new(),
            words: Rows::default(),
            titles: Strings::default(),
            sources: Vec::with_capacity(articles.len()),
            mentions: Rows::default(),
            days: Vec::with_capacity(articles.len()),
            lengths: Vec::with_capacity(articles.len()),
            mentioned: Rows::default(),
            texts: Strings::default(),
        };
        let mut names = Names::default();
        for (article, counts) in articles.iter_mut().zip(counts) {
            article.entities = counts.iter().map(|(id, _)| *id).collect();
            segment.mentions.push(counts.into_iter().map(|(_, n)| n));
            let title = fold(&article.title.text);
            let source = fold(article.source());
            segment.sources.push(sources.intern(&source));
            segment
                .words
                .push(words_of(&title).map(|w| words.intern(w)));
            segment.words.push(names.of(article, words));
            segment
                .words
                .push(words_of(&source).map(|w| words.intern(w)));
            let path = fold(&article.raw.path);
            segment.words.push(words_of(&path).map(|w| words.intern(w)));
            segment.titles.push(&title);
            segment.texts.push(&folded_text(article));
            segment.days.push(own_day(article));
            let characters = article.raw.text.chars().count();
            segment.lengths.push(as_u32(characters));
            segment
                .mentioned
                .push(article.timexes.iter().map(Timex::range));
        }
        articles.shrink_to_fit();
        segment.articles = articles;
        segment.words.shrink();
        segment.titles.shrink();
        segment.texts.shrink();
        segment.mentions.shrink();
        segment.mentioned.shrink();
        segment
    }

    /// The segment with other days in some articles, by place.
    pub(crate) fn redated(&self, changes: Vec<(usize, Option<DocumentDay>, Vec<Timex>)>) -> Self {
        let mut segment = self.clone();
        for (at, day, timexes) in changes {
            if let Some(article) = segment.articles.get_mut(at) {
                article.day = day;
                article.timexes = timexes;
            }
        }
        segment.days = segment.articles.iter().map(own_day).collect();
        segment.mentioned = Rows::default();
        for article in &segment.articles {
            segment
                .mentioned
                .push(article.timexes.iter().map(Timex::range));
        }
        segment.mentioned.shrink();
        segment
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
    pub fn articles(&self) -> &[Article] {
        &self.articles
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
        for at in 0..self.articles.len() {
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
        self.titles.get(at).unwrap_or("")
    }

    /// The source: a number in [`Corpus::sources`](crate::corpus::Corpus::sources).
    #[must_use]
    pub fn source(&self, at: usize) -> u32 {
        self.sources.get(at).copied().unwrap_or(u32::MAX)
    }

    /// The entities of an article, each with its mentions in it.
    pub fn entities(&self, at: usize) -> impl Iterator<Item = (EntityId, u32)> {
        let entities = self.articles.get(at).map_or(&[][..], |a| &a.entities);
        let mentions = self.mentions.get(at).unwrap_or_default();
        entities.iter().copied().zip(mentions.iter().copied())
    }

    /// The article's own day, and whether it is stated or set rather than inferred.
    #[must_use]
    pub fn day(&self, at: usize) -> Option<(NaiveDate, bool)> {
        self.days.get(at).copied().flatten()
    }

    /// The length of the body, in characters.
    #[must_use]
    pub fn length(&self, at: usize) -> u32 {
        self.lengths.get(at).copied().unwrap_or(0)
    }

    /// The days of each of the article's expressions of time, in their order; `None` where an
    /// expression names none.
    #[must_use]
    pub fn mentioned(&self, at: usize) -> &[Option<DayRange>] {
        self.mentioned.get(at).unwrap_or_default()
    }

    /// The record's own title and the body, folded, a NUL between them, across which no phrase
    /// reaches.
    #[must_use]
    pub fn text(&self, at: usize) -> &str {
        self.texts.get(at).unwrap_or("")
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

fn folded_text(article: &Article) -> String {
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
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .flat_map(|word| {
            let parts_words = word.split('.').any(|part| part.chars().nth(1).is_some());
            word.split(move |c| c == '.' && parts_words)
        })
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
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
