//! All names of a corpus as annotated: how often, how spelt, where, beside which others.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::entity::Finder;
use crate::corpus::{ArticleId, Corpus, EntityKind, Language, Name};
use crate::link::Cancelled;

/// Spellings of a name that are compared, the first ones met.
const FORMS: usize = 12;

/// Spellings of the knowledge base that are kept for a name.
const CARD_FORMS: usize = 96;

/// Articles of a name in which its neighbours are looked up.
const ARTICLES: usize = 24;

/// Names of a corpus, numbered.
#[derive(Debug, Default)]
pub(super) struct Census {
    entries: Vec<Entry>,
    numbers: FxHashMap<Name, usize>,
    /// The distinct names of each article, sorted.
    of_articles: Vec<Vec<u32>>,
}

/// One name.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: Name,
    /// Whether the knowledge base has it.
    pub(super) known: bool,
    /// What the knowledge base lists for it.
    pub(super) listed: Vec<&'static str>,
    /// Spellings in the corpus, the first ones met.
    forms: Vec<Box<str>>,
    /// Mentions in English, German, Arabic and other documents.
    pub(super) languages: [u32; 4],
    /// Articles, the first ones met.
    articles: Vec<u32>,
}

impl Entry {
    fn new(name: Name) -> Self {
        Self {
            name,
            known: false,
            listed: Vec::new(),
            forms: Vec::new(),
            languages: [0; 4],
            articles: Vec::new(),
        }
    }

    /// How often it is mentioned.
    pub(super) fn mentions(&self) -> u32 {
        self.languages.iter().sum()
    }

    /// Whether German documents mention it.
    pub(super) fn is_german(&self) -> bool {
        self.languages.get(1).is_some_and(|count| *count > 0)
    }

    /// Its key, its spellings in the corpus, and those in the knowledge base.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        let forms = self.forms.iter().map(|form| &**form);
        let key = std::iter::once(&*self.name.key);
        key.chain(forms).chain(self.listed.iter().copied())
    }
}

impl Census {
    /// Counts the names of a corpus as annotation gave them; `None` when cancelled.
    pub(super) fn of(corpus: &Corpus, finder: &Finder, cancelled: Cancelled<'_>) -> Option<Self> {
        let mut census = Self::default();
        let mut article_number = 0u32;
        for segment in corpus.segments() {
            for (at, article) in segment.articles().iter().enumerate() {
                if cancelled() {
                    return None;
                }
                let mut here = Vec::new();
                for mention in segment.annotated(at) {
                    let surface = mention.span.of(article.field(mention.field));
                    let number = census.number_of(&mention.entity, mention.kind);
                    census.count(number, article_number, article.language, surface);
                    here.push(u32::try_from(number).unwrap_or(u32::MAX));
                }
                here.sort_unstable();
                here.dedup();
                census.of_articles.push(here);
                article_number += 1;
            }
        }
        census.look_up(finder);
        Some(census)
    }

    fn number_of(&mut self, key: &Arc<str>, kind: EntityKind) -> usize {
        let name = Name {
            key: Arc::clone(key),
            kind,
        };
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.entries.len();
        self.entries.push(Entry::new(name.clone()));
        self.numbers.insert(name, number);
        number
    }

    fn count(&mut self, number: usize, article: u32, language: Language, surface: &str) {
        let Some(entry) = self.entries.get_mut(number) else {
            return;
        };
        let language = match language {
            Language::English => 0,
            Language::German => 1,
            Language::Arabic => 2,
            Language::Other => 3,
        };
        if let Some(count) = entry.languages.get_mut(language) {
            *count += 1;
        }
        if entry.articles.last() != Some(&article) && entry.articles.len() < ARTICLES {
            entry.articles.push(article);
        }
        let is_new = !entry.forms.iter().any(|form| **form == *surface);
        if is_new && entry.forms.len() < FORMS {
            entry.forms.push(surface.into());
        }
    }

    fn look_up(&mut self, finder: &Finder) {
        let Self {
            entries, numbers, ..
        } = self;
        let number = |key: &str, kind| numbers.get(&Name::new(key, kind)).copied();
        for (key, kind, card) in finder.cards_of(|key, kind| number(key, kind).is_some()) {
            if let Some(entry) = number(key, kind).and_then(|n| entries.get_mut(n)) {
                entry.known = true;
                let names = card
                    .names
                    .iter()
                    .flat_map(|(_, names)| names.iter().copied());
                entry.listed = names.take(CARD_FORMS).collect();
            }
        }
    }

    /// All names.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number of a name.
    pub(super) fn find(&self, name: &Name) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// A name by its number.
    pub(super) fn get(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number)
    }

    /// How many other names stand in articles of both, and their share of the names of the rarer
    /// of the two, 0 to 1.
    pub(super) fn shared_context(&self, a: usize, b: usize) -> (usize, f32) {
        let (of_a, of_b) = (self.neighbours(a, b), self.neighbours(b, a));
        let shared = of_a.intersection(&of_b).count();
        let fewest = of_a.len().min(of_b.len()).max(1);
        let float = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
        (shared, float(shared) / float(fewest))
    }

    /// The names of an article, sorted.
    pub(super) fn names_in(&self, article: ArticleId) -> &[u32] {
        let names = self.of_articles.get(article.index());
        names.map_or(&[], Vec::as_slice)
    }

    /// The articles of a name, the first ones met.
    pub(super) fn articles_of(&self, number: usize) -> impl Iterator<Item = ArticleId> {
        let articles = self.get(number).map_or(&[][..], |entry| &entry.articles);
        articles.iter().copied().map(ArticleId)
    }

    fn neighbours(&self, number: usize, but: usize) -> FxHashSet<u32> {
        let articles = self.get(number).map_or(&[][..], |entry| &entry.articles);
        articles
            .iter()
            .filter_map(|article| self.of_articles.get(*article as usize))
            .flatten()
            .copied()
            .filter(|n| *n as usize != number && *n as usize != but)
            .collect()
    }
}
