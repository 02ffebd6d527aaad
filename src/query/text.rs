//! Literal search: the words as they stand, folded on both sides, in titles and bodies.

use memchr::memmem::Finder;

use crate::corpus::{Article, Field, Mention, Span, Timex};
use crate::query::fuzzy::typed_words;
use crate::query::question::{Condition, DayField, Query};
use crate::text::fold::{Folded, find_folded, fold, fold_with_origin};

/// Words that must stand as they were typed; the first may end a longer word, the last may begin
/// one. Folding has made one space of all white space on both sides.
#[derive(Debug)]
pub(crate) struct Phrase {
    folded: String,
    finder: Finder<'static>,
}

impl Phrase {
    /// The phrase of what a user typed.
    pub(crate) fn new(typed: &str) -> Self {
        let folded = fold(typed).trim().to_owned();
        Self {
            finder: Finder::new(folded.as_bytes()).into_owned(),
            folded,
        }
    }

    /// Whether the phrase stands in a folded text. The empty phrase stands in every text.
    pub(crate) fn is_in(&self, folded: &str) -> bool {
        self.finder.find(folded.as_bytes()).is_some()
    }

    /// How often the phrase stands in a folded text, as a score; `None` for never.
    pub(crate) fn count_in(&self, folded: &str) -> Option<i64> {
        if self.folded.is_empty() {
            return Some(0);
        }
        match self.finder.find_iter(folded.as_bytes()).count() {
            0 => None,
            n => i64::try_from(n).ok(),
        }
    }

    /// Where the phrase stands in the source of a folded text.
    fn spans_in<'f>(&'f self, folded: &'f Folded) -> impl Iterator<Item = Span> + 'f {
        find_folded(folded, &self.folded).map(|range| Span::new(range.start, range.end))
    }
}

/// Words exactly as they are written, with no letter or digit right before or behind them.
#[derive(Debug)]
pub(crate) struct ExactWords {
    words: String,
}

impl ExactWords {
    /// The words as a user typed them.
    pub(crate) fn new(typed: &str) -> Self {
        Self {
            words: typed.trim().to_owned(),
        }
    }

    /// Where the words stand in a text, in bytes.
    fn spans_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Span> + 't {
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let found = memchr::memmem::find_iter(text.as_bytes(), self.words.as_bytes());
        found.filter_map(move |start| {
            let end = start + self.words.len();
            let before = text.get(..start)?.chars().next_back();
            let after = text.get(end..)?.chars().next();
            (!joins(before) && !joins(after)).then(|| Span::new(start, end))
        })
    }

    /// Whether the words stand in title or body.
    pub(crate) fn is_in_any_field(&self, article: &Article) -> bool {
        let mut fields = [Field::Title, Field::Text].into_iter();
        fields.any(|field| self.spans_in(article.field(field)).next().is_some())
    }
}

/// Where an article shows why it is in a result: occurrences of literal words and of the fuzzy
/// terms' words, mentions of entities, mentioned days. Sorted, not overlapping; excluded terms
/// have none. Spans are in bytes of the field.
#[must_use]
pub fn hits_in(article: &Article, query: &Query) -> Vec<(Field, Span)> {
    let mut hits = Vec::new();
    let mut in_fields: Vec<(Phrase, Option<Span>)> = Vec::new();
    let mut in_title = Vec::new();
    let wanted = query.leaves().into_iter().filter(|(_, wanted)| *wanted);
    for (condition, _) in wanted {
        match condition {
            Condition::Exact(words) => {
                let words = ExactWords::new(words);
                for field in [Field::Title, Field::Text] {
                    let spans = words.spans_in(article.field(field));
                    hits.extend(spans.map(|span| (field, span)));
                }
            }
            Condition::Text(words) => in_fields.push((Phrase::new(words), None)),
            Condition::Fuzzy(words) => {
                let words = typed_words(words);
                in_fields.extend(words.iter().map(|word| (Phrase::new(word), None)));
            }
            Condition::Title(words) => match article.title.derived_from {
                Some(span) => in_fields.push((Phrase::new(words), Some(span))),
                None => in_title.push(Phrase::new(words)),
            },
            Condition::Entity(name) => {
                let keys = keys_meant(article, name);
                let mentions = article.mentions.iter();
                let mentions = mentions.filter(|mention| keys.contains(&&*mention.entity));
                hits.extend(mentions.map(|mention| (mention.field, mention.span)));
            }
            Condition::Days {
                field: DayField::Mentioned,
                from,
                to,
            } => {
                let is_within = |timex: &&Timex| {
                    let range = timex.range();
                    range.is_some_and(|range| range.is_within(*from, *to))
                };
                let timexes = article.timexes.iter().filter(is_within);
                hits.extend(timexes.map(|timex| (timex.field, timex.span)));
            }
            _ => {}
        }
    }
    if !in_fields.is_empty() || !in_title.is_empty() {
        let title = fold_with_origin(article.field(Field::Title));
        let phrases = in_title.iter().map(|phrase| (phrase, None));
        let everywhere = in_fields.iter().map(|(phrase, within)| (phrase, *within));
        for (phrase, _) in phrases.chain(everywhere.clone().filter(|(_, w)| w.is_none())) {
            hits.extend(phrase.spans_in(&title).map(|span| (Field::Title, span)));
        }
        let body = fold_with_origin(article.field(Field::Text));
        for (phrase, within) in everywhere {
            hits.extend(phrase.spans_in(&body).filter_map(|span| {
                let inside = within.is_none_or(|w| w.start <= span.start && span.end <= w.end);
                inside.then_some((Field::Text, span))
            }));
        }
    }
    joined(hits)
}

/// The keys that a name means in an article: its own, else those that the article spells so.
fn keys_meant<'a>(article: &'a Article, name: &str) -> Vec<&'a str> {
    let name = fold(name);
    let keys_where = |matches: &dyn Fn(&Mention) -> bool| -> Vec<&'a str> {
        let mentions = article.mentions.iter().filter(|mention| matches(mention));
        mentions.map(|mention| &*mention.entity).collect()
    };
    let keys = keys_where(&|mention| fold(&mention.entity) == name);
    if keys.is_empty() {
        return keys_where(&|mention| fold(mention.span.of(article.field(mention.field))) == name);
    }
    keys
}

/// Hits in order, those that overlap made one.
fn joined(mut hits: Vec<(Field, Span)>) -> Vec<(Field, Span)> {
    hits.sort_unstable();
    let mut apart: Vec<(Field, Span)> = Vec::with_capacity(hits.len());
    for (field, span) in hits.into_iter().filter(|(_, span)| !span.is_empty()) {
        match apart.last_mut() {
            Some((last_field, last)) if *last_field == field && last.overlaps(span) => {
                last.end = last.end.max(span.end);
            }
            _ => apart.push((field, span)),
        }
    }
    apart
}
