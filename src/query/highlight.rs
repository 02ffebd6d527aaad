//! Where an article shows why it is in a result, and the reason of each place.

use chrono::NaiveDate;

use crate::corpus::{Article, Corpus, EntityId, Field, Span, Timex};
use crate::query::finder::Finder;
use crate::query::fuzzy::typed_words;
use crate::query::named::entities_named;
use crate::query::question::{Condition, DayField, Query};
use crate::query::text::{ExactWords, Phrase, joined};
use crate::query::textquery::{Match, Reason, TextQuery};
use crate::text::fold::{Folded, fold_with_origin};

/// A query made ready to show its places in the articles of one snapshot of a corpus. What costs
/// time (which words and entities are meant) is worked out once.
#[derive(Debug)]
pub struct Highlighter<'c> {
    corpus: &'c Corpus,
    /// What is wanted, with what was typed.
    wanted: Vec<(Wanted<'c>, String)>,
}

#[derive(Debug)]
enum Wanted<'c> {
    Text(Finder<'c>),
    Exact(ExactWords),
    /// Words in title or body.
    Words(Vec<Phrase>),
    /// Words in the title that lists show.
    Title(Phrase),
    Entities(Vec<EntityId>),
    Mentioned(NaiveDate, NaiveDate),
}

impl<'c> Highlighter<'c> {
    /// Makes a query ready; `None` when cancelled.
    pub fn new(corpus: &'c Corpus, query: &Query, cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let mut wanted = Vec::new();
        let leaves = query.leaves().into_iter().filter(|(_, wanted)| *wanted);
        for (condition, _) in leaves {
            let ready = match condition {
                Condition::Text(words) => {
                    let question = TextQuery::Phrase(words.clone(), query.matching());
                    Wanted::Text(Finder::new(corpus, &question, cancelled)?)
                }
                Condition::Words(words) => {
                    let question = TextQuery::Words(words.clone(), query.matching());
                    Wanted::Text(Finder::new(corpus, &question, cancelled)?)
                }
                Condition::Exact(words) => Wanted::Exact(ExactWords::new(words)),
                Condition::Fuzzy(words) => {
                    let words = typed_words(words);
                    Wanted::Words(words.iter().map(|word| Phrase::new(word)).collect())
                }
                Condition::Title(words) => Wanted::Title(Phrase::new(words)),
                Condition::Entity(name) => {
                    let flags = entities_named(corpus, name, cancelled)?.into_iter();
                    let meant = (0u32..).zip(flags).filter(|(_, is_meant)| *is_meant);
                    Wanted::Entities(meant.map(|(id, _)| EntityId(id)).collect())
                }
                Condition::Days {
                    field: DayField::Mentioned,
                    from,
                    to,
                } => Wanted::Mentioned(*from, *to),
                _ => continue,
            };
            let typed = match condition {
                Condition::Text(words)
                | Condition::Words(words)
                | Condition::Exact(words)
                | Condition::Title(words)
                | Condition::Entity(words) => words.trim().to_owned(),
                other => other.to_string(),
            };
            wanted.push((ready, typed));
        }
        Some(Self { corpus, wanted })
    }

    /// The places of an article: occurrences of words, mentions of entities, mentioned days.
    /// Sorted, not overlapping; excluded terms have none. Spans are in bytes of the field.
    #[must_use]
    pub fn hits_in(&self, article: &Article) -> Vec<(Field, Span)> {
        places(&self.matches_in(article))
    }

    /// Why places of an article match: those of each wanted condition, in the order of the query,
    /// then of the text. Unlike [`hits_in`](Self::hits_in), places that overlap stay apart.
    #[must_use]
    pub fn matches_in(&self, article: &Article) -> Vec<Match> {
        let mut matches = Vec::new();
        let mut texts = Texts::default();
        for (wanted, typed) in &self.wanted {
            let found = match wanted {
                Wanted::Text(finder) => {
                    matches.extend(finder.matches_in(article));
                    continue;
                }
                other => self.places(other, article, &mut texts),
            };
            for (field, span) in joined(found) {
                let surface = span.of(article.field(field));
                matches.push(Match {
                    field,
                    span,
                    reason: reason(wanted, typed, surface),
                    typed: typed.clone(),
                });
            }
        }
        matches
    }

    fn places(
        &self,
        wanted: &Wanted<'_>,
        article: &Article,
        texts: &mut Texts,
    ) -> Vec<(Field, Span)> {
        let mut found = Vec::new();
        match wanted {
            Wanted::Text(_) => {}
            Wanted::Exact(words) => {
                for field in [Field::Title, Field::Text] {
                    let spans = words.spans_in(article.field(field));
                    found.extend(spans.map(|span| (field, span)));
                }
            }
            Wanted::Words(phrases) => {
                for field in [Field::Title, Field::Text] {
                    let folded = texts.of(article, field);
                    let spans = phrases.iter().flat_map(|phrase| phrase.spans_in(folded));
                    found.extend(spans.map(|span| (field, span)));
                }
            }
            Wanted::Title(phrase) => {
                let field = match article.title.derived_from {
                    Some(_) => Field::Text,
                    None => Field::Title,
                };
                let within = article.title.derived_from;
                let spans = phrase.spans_in(texts.of(article, field));
                let inside = |s: &Span| within.is_none_or(|w| w.start <= s.start && s.end <= w.end);
                found.extend(spans.filter(inside).map(|span| (field, span)));
            }
            Wanted::Entities(ids) => {
                let entities: Vec<_> = ids
                    .iter()
                    .filter_map(|id| self.corpus.entities().get(*id))
                    .collect();
                let mentions = article.mentions.iter().filter(|mention| {
                    let mut meant = entities.iter();
                    meant.any(|e| e.key == mention.entity && e.kind == mention.kind)
                });
                found.extend(mentions.map(|mention| (mention.field, mention.span)));
            }
            Wanted::Mentioned(from, to) => {
                let is_within = |timex: &&Timex| {
                    let range = timex.range();
                    range.is_some_and(|range| range.is_within(*from, *to))
                };
                let timexes = article.timexes.iter().filter(is_within);
                found.extend(timexes.map(|timex| (timex.field, timex.span)));
            }
        }
        found
    }
}

/// The folded fields of an article, as far as they were asked for.
#[derive(Default)]
struct Texts {
    title: Option<Folded>,
    body: Option<Folded>,
}

impl Texts {
    fn of(&mut self, article: &Article, field: Field) -> &Folded {
        let slot = match field {
            Field::Title => &mut self.title,
            Field::Text => &mut self.body,
        };
        slot.get_or_insert_with(|| fold_with_origin(article.field(field)))
    }
}

fn reason(wanted: &Wanted<'_>, typed: &str, surface: &str) -> Reason {
    if surface.to_lowercase() == typed.to_lowercase() {
        return Reason::Exact;
    }
    match wanted {
        Wanted::Entities(_) => Reason::Alias,
        Wanted::Mentioned(..) | Wanted::Exact(_) => Reason::Exact,
        _ => Reason::Folded,
    }
}

/// The places of one article; see [`Highlighter::hits_in`]. Whoever asks for more articles keeps a
/// [`Highlighter`].
#[must_use]
pub fn hits_in(corpus: &Corpus, article: &Article, query: &Query) -> Vec<(Field, Span)> {
    let ready = Highlighter::new(corpus, query, &|| false);
    ready.map_or_else(Vec::new, |ready| ready.hits_in(article))
}

/// Why places of one article match; see [`Highlighter::matches_in`].
#[must_use]
pub fn matches_in(corpus: &Corpus, article: &Article, query: &Query) -> Vec<Match> {
    let ready = Highlighter::new(corpus, query, &|| false);
    ready.map_or_else(Vec::new, |ready| ready.matches_in(article))
}

/// The places of matches, in order; those that overlap are one.
#[must_use]
pub fn places(matches: &[Match]) -> Vec<(Field, Span)> {
    let matches = matches.iter();
    joined(matches.map(|found| (found.field, found.span)).collect())
}
