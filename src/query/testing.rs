//! Small corpora for the tests of this layer.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{
    Article, ArticleId, Corpus, DayBasis, DocumentDay, EntityKind, Field, Form, Keeper, Language,
    Mention, Metadata, RawDocument, Section, Sections, Sink, Span, Timex, TimexBasis, TimexKind,
    Title, When, aligned,
};
use crate::query::filter::Filter;
use crate::query::names::WordMatches;
use crate::query::question::{Inferred, Query, Question};
use crate::triage::Selected;

/// An article of a title and a body; what else it has is added by the methods.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) article: Article,
}

pub(crate) fn draft(title: &str, text: &str) -> Draft {
    Draft {
        article: Article {
            raw: Arc::new(RawDocument {
                id: title.to_owned(),
                path: format!("{title}.txt"),
                title: Some(title.to_owned()),
                text: text.to_owned(),
                encoding: "UTF-8",
                notes: Vec::new(),
                metadata: Metadata::default(),
                sha256: [0; 32],
            }),
            title: Title {
                text: title.to_owned(),
                derived_from: None,
            },
            language: Language::English,
            day: None,
            mentions: Vec::new().into(),
            timexes: Vec::new(),
            entities: Vec::new(),
        },
    }
}

impl Draft {
    fn raw(&mut self) -> &mut RawDocument {
        Arc::make_mut(&mut self.article.raw)
    }

    pub(crate) fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.raw().path);
        self
    }

    pub(crate) fn source(mut self, source: &str) -> Self {
        self.raw().metadata.source = Some(source.to_owned());
        self
    }

    pub(crate) fn language(mut self, language: Language) -> Self {
        self.article.language = language;
        self
    }

    pub(crate) fn day(mut self, text: &str, basis: DayBasis) -> Self {
        let day = Some(day(text));
        self.article.day = Some(DocumentDay {
            day,
            earliest: day,
            latest: day,
            confidence: 1.0,
            basis,
            clues: Vec::new(),
            candidates: Vec::new(),
        });
        self
    }

    /// A mention at the first place in the body where `surface` stands.
    pub(crate) fn mention(mut self, surface: &str, key: &str, kind: EntityKind) -> Self {
        let span = self.span(surface);
        let mention = Mention {
            field: Field::Text,
            span,
            kind,
            entity: Arc::from(key),
            confidence: 1.0,
            why: Arc::from("test"),
        };
        self.article.mentions = [&*self.article.mentions, &[mention]].concat().into();
        self
    }

    /// An expression of time at the first place in the body where `surface` stands.
    pub(crate) fn time(mut self, surface: &str, days: Option<(&str, &str)>) -> Self {
        let span = self.span(surface);
        self.article.timexes.push(Timex {
            field: Field::Text,
            span,
            kind: TimexKind::Date,
            value: surface.to_owned(),
            earliest: days.map(|(from, _)| day(from)),
            latest: days.map(|(_, to)| day(to)),
            basis: TimexBasis::Stated,
            confidence: 1.0,
            why: Arc::from("test"),
        });
        self
    }

    fn span(&self, surface: &str) -> Span {
        let start = self.article.raw.text.find(surface).unwrap();
        Span::new(start, start + surface.len())
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A corpus of drafts that came in batches of three.
pub(crate) fn corpus(drafts: Vec<Draft>) -> Corpus {
    let articles: Vec<Article> = drafts.into_iter().map(|draft| draft.article).collect();
    articles
        .chunks(3)
        .fold(Corpus::new("test"), |corpus, batch| {
            corpus.with(batch.to_vec(), Vec::new())
        })
}

/// Articles that a corpus has, for another.
#[derive(Debug)]
struct Cupboard(Vec<Article>);

impl Keeper for Cupboard {
    fn article(&self, id: ArticleId) -> Option<Article> {
        self.0.get(id.index()).cloned()
    }
}

/// A corpus as it comes back from a cache: its articles are elsewhere.
pub(crate) fn kept(corpus: &Corpus) -> Corpus {
    kept_with(corpus, |_| ()).unwrap()
}

/// The same with sections that something happened to.
pub(crate) fn kept_with(corpus: &Corpus, damage: impl FnOnce(&mut Vec<Vec<u8>>)) -> Option<Corpus> {
    let articles = corpus.articles().map(|(_, article)| article.clone());
    let keeper: Arc<dyn Keeper> = Arc::new(Cupboard(articles.collect()));
    let mut sections = Vec::new();
    let mut take = |bytes: &[u8], _: When| {
        sections.push(bytes.to_vec());
        Ok(())
    };
    corpus
        .keep(&mut Sink::new(Form::InPlace, &mut take))
        .unwrap();
    damage(&mut sections);
    let sections = sections.iter();
    let sections = sections.map(|section| Section::Here(aligned(section)));
    let mut sections = Sections::new(Form::InPlace, sections.collect());
    Corpus::of_kept("test", &mut sections, &keeper)
}

pub(crate) fn query(text: &str) -> Query {
    text.parse().unwrap()
}

pub(crate) fn question(text: &str) -> Question {
    Question {
        query: query(text),
        ..Question::default()
    }
}

/// A query made ready, as a session does it.
pub(crate) fn filter(corpus: &Corpus, text: &str) -> Filter {
    let matches = |word: &str| {
        let mut matches = WordMatches::new(word);
        matches.extend(corpus.words(), None, &|| false)?;
        Some(Arc::new(matches))
    };
    let marked = Selected::default();
    let (query, inferred) = (query(text), Inferred::Shown);
    Filter::new(corpus, &query, inferred, &marked, &|| false, matches).unwrap()
}

/// The titles of what a query finds, in load order.
pub(crate) fn found<'c>(corpus: &'c Corpus, text: &str) -> Vec<&'c str> {
    let answer = crate::query::answer(corpus, &question(text), &|| false).unwrap();
    let mut ids: Vec<_> = answer.hits.iter().map(|hit| hit.article).collect();
    ids.sort_unstable();
    let articles = ids.into_iter().map(|id| corpus.article(id).unwrap());
    articles
        .map(|article| article.title.text.as_str())
        .collect()
}
