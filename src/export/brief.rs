//! What a brief is made of, whoever chose it: a query now, an analyst's marks as well.

use crate::corpus::{Article, ArticleId, Corpus, Field, Span};
use crate::query::{self, Query};
use crate::text::segment;

/// A passage of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Which field.
    pub field: Field,
    /// Its bytes there.
    pub span: Span,
    /// What the analyst wrote to it.
    pub note: Option<String>,
}

/// An article that goes into a brief.
#[derive(Clone, Debug)]
pub struct Kept<'c> {
    /// The article.
    pub article: &'c Article,
    /// The passages to quote, in reading order.
    pub quotes: Vec<Quote>,
    /// What the analyst wrote to the article.
    pub note: Option<String>,
}

/// All that goes into a brief, in the order in which it is to stand there.
#[derive(Clone, Debug, Default)]
pub struct Brief<'c> {
    /// What the corpus is called.
    pub corpus: &'c str,
    /// The query that chose the articles, as it is typed; "" for all.
    pub query: String,
    /// The articles.
    pub kept: Vec<Kept<'c>>,
}

impl<'c> Brief<'c> {
    /// The brief of articles that a query found: of each the passages that show why. Articles that
    /// the corpus does not have are left out.
    #[must_use]
    pub fn of(
        corpus: &'c Corpus,
        articles: impl IntoIterator<Item = ArticleId>,
        query: &Query,
    ) -> Self {
        let articles = articles.into_iter().filter_map(|id| corpus.article(id));
        let kept = articles.map(|article| Kept {
            article,
            quotes: passages(article, &query::hits_in(corpus, article, query)),
            note: None,
        });
        Self {
            corpus: corpus.name(),
            query: query.to_string(),
            kept: kept.collect(),
        }
    }

    /// How much is in it, for people: `12 articles, 1 passage`.
    #[must_use]
    pub fn size(&self) -> String {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let passages = self.kept.iter().map(|kept| kept.quotes.len()).sum();
        let articles = count(self.kept.len(), "article");
        format!("{articles}, {}", count(passages, "passage"))
    }
}

/// The passages of an article that show why it was found: the sentences that hold the `hits`
/// (byte spans, as of [`hits_in`](crate::query::hits_in)), neighbours of one paragraph joined;
/// the first sentence where nothing in the text was hit.
#[must_use]
pub fn passages(article: &Article, hits: &[(Field, Span)]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for field in [Field::Title, Field::Text] {
        let text = article.field(field);
        let hits: Vec<Span> = hits
            .iter()
            .filter(|(of, _)| *of == field)
            .map(|(_, span)| *span)
            .collect();
        if hits.is_empty() {
            continue;
        }
        let sentences = sentences(text);
        let held = |sentence: &Span| hits.iter().any(|hit| hit.overlaps(*sentence));
        let mut last: Option<usize> = None;
        for (number, span) in sentences.iter().enumerate().filter(|(_, s)| held(s)) {
            let joins = last.is_some_and(|last| last + 1 == number);
            last = Some(number);
            match quotes.last_mut() {
                Some(quote) if joins && is_one_paragraph(text, quote.span, *span) => {
                    quote.span.end = span.end;
                }
                _ => quotes.push(Quote {
                    field,
                    span: *span,
                    note: None,
                }),
            }
        }
    }
    if quotes.iter().all(|quote| quote.field == Field::Title)
        && let Some(first) = sentences(article.field(Field::Text)).first()
    {
        quotes.push(Quote {
            field: Field::Text,
            span: *first,
            note: None,
        });
    }
    quotes
}

/// The sentences of a text without the white space at their ends.
fn sentences(text: &str) -> Vec<Span> {
    segment::sentences(text)
        .filter_map(|range| {
            let sentence = text.get(range.clone())?;
            let start = range.start + (sentence.len() - sentence.trim_start().len());
            let span = Span::new(start, start + sentence.trim().len());
            (!span.is_empty()).then_some(span)
        })
        .collect()
}

fn is_one_paragraph(text: &str, a: Span, b: Span) -> bool {
    let between = text.get(a.end as usize..b.start as usize).unwrap_or("\n");
    !between.contains(segment::is_line_end)
}
