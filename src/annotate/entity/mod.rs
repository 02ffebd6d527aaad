//! Names: found, typed and given their canonical key.
//!
//! `gazetteer` finds the names of the knowledge base in the words of a text, `resolve` decides what
//! each means, `surnames` links bare surnames to the full name of the same document. What is
//! particular to a language stands in the file of its name.

mod arabic;
mod card;
mod compose;
mod context;
mod cue;
mod designators;
mod english;
mod gazetteer;
mod german;
mod judge;
mod knowledge;
mod resolve;
mod surnames;
mod typo;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, OnceLock};

pub use crate::annotate::entity::card::Card;
use crate::annotate::entity::compose::Composed;
use crate::annotate::entity::gazetteer::Scan;
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::words;
use crate::annotate::entity::resolve::{Choice, Matched, kind_of};
use crate::annotate::entity::surnames::Surname;
use crate::corpus::{EntityKind, Field, Language, Mention, RawDocument, Span};

/// The compiled tables of `assets/kb`: everything of fixed width, and the text that it points into.
const INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.txt"));

/// Finds the names of one document, in its title and its body. Built once, shared by threads.
pub struct Finder {
    table: Option<Table<'static>>,
    /// Keys already handed out, so that all mentions of an entity share one.
    keys: Vec<OnceLock<Arc<str>>>,
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Finder({} entities)", self.keys.len())
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::embedded()
    }
}

impl Finder {
    /// The finder over the embedded knowledge base. Reads nothing but a header: ready at once.
    #[must_use]
    pub fn embedded() -> Self {
        let table = Table::new(INDEX, TEXT);
        let count = table.as_ref().map_or(0, Table::len);
        Self {
            table,
            keys: (0..count).map(|_| OnceLock::new()).collect(),
        }
    }

    /// The names of a document, sorted by field and start, not overlapping within a field.
    #[must_use]
    pub fn find(&self, raw: &RawDocument, language: Language) -> Vec<Mention> {
        let Some(table) = self.table else {
            return Vec::new();
        };
        let texts = [
            (Field::Title, raw.title.as_deref().unwrap_or("")),
            (Field::Text, raw.text.as_str()),
        ];
        let words = texts.map(|(_, text)| words(text));
        let fields: Vec<Matched<'_>> = texts
            .iter()
            .zip(&words)
            .map(|((_, text), words)| Matched {
                text,
                words,
                language,
                matches: Scan {
                    table,
                    text,
                    words,
                    language,
                }
                .matches(),
            })
            .collect();
        let mut chosen = resolve::resolve(table, &fields);
        let surnames = surnames::introduced(table, &fields, &chosen);
        surnames::give_way(table, &fields, &mut chosen, &surnames);
        let mut mentions = Vec::new();
        for ((field, _), (matched, choices)) in texts.iter().zip(fields.iter().zip(&chosen)) {
            let from = mentions.len();
            self.add_chosen(table, *field, matched, choices, &mut mentions);
            let taken: Vec<Span> = mentions
                .iter()
                .skip(from)
                .map(|m: &Mention| m.span)
                .collect();
            self.add_surnames(table, *field, matched, &surnames, &taken, &mut mentions);
        }
        mentions.sort_by_key(|m| (m.field, m.span));
        mentions
    }

    /// What the knowledge base says of an entity, `None` where it does not have it.
    #[must_use]
    pub fn card(&self, key: &str, kind: EntityKind) -> Option<Card> {
        let table = self.table?;
        (0u32..)
            .map_while(|number| table.entity(number))
            .find(|record| record.key == key && kind_of(record) == Some(kind))
            .map(|record| Card::new(&record))
    }

    /// How many entities the knowledge base has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the knowledge base has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Canonical key and kind of an entity.
    fn key(&self, table: Table<'static>, entity: u32) -> Option<(Arc<str>, EntityKind)> {
        let record = table.entity(entity)?;
        let slot = self.keys.get(entity as usize)?;
        let key = Arc::clone(slot.get_or_init(|| Arc::from(record.key)));
        Some((key, kind_of(&record)?))
    }

    fn add_chosen(
        &self,
        table: Table<'static>,
        field: Field,
        matched: &Matched<'_>,
        choices: &[Option<Choice>],
        mentions: &mut Vec<Mention>,
    ) {
        for (at, choice) in choices.iter().enumerate() {
            let Some(choice) = choice else { continue };
            let name = choice.candidate.name;
            let Some((entity, kind)) = self.key(table, name.entity) else {
                continue;
            };
            let how = match (choice.candidate.exact, choice.by_context) {
                (true, false) => "knowledge base: ",
                (false, false) => "knowledge base, another spelling of ",
                (true, true) => "knowledge base, by the words around it: ",
                (false, true) => "knowledge base, by the words around it, another spelling of ",
            };
            if matches!(kind, EntityKind::Place | EntityKind::Country)
                && let Some(longer) = composed(matched, choices, at, kind, &entity)
            {
                mentions.push(Mention {
                    field,
                    span: Span::new(longer.start, longer.end),
                    kind: longer.kind,
                    entity: Arc::from(longer.key),
                    confidence: choice.confidence.min(0.85),
                    why: Arc::from(format!("{how}{}, with its designator", name.text)),
                });
                continue;
            }
            let misspelt = matched
                .matches
                .get(at)
                .filter(|found| kind != EntityKind::Person && !follows(matched, choices, at, found))
                .and_then(|found| {
                    typo::first_word(table, matched.text, matched.words, found, &choice.candidate)
                });
            let (start, confidence, why) = match misspelt {
                Some((start, meant)) => (start, 0.75, format!("{how}{meant}, misspelt")),
                None => (
                    choice.candidate.start,
                    choice.confidence,
                    format!("{how}{}", name.text),
                ),
            };
            mentions.push(Mention {
                field,
                span: Span::new(start, choice.candidate.end),
                kind,
                entity,
                confidence,
                why: Arc::from(why),
            });
        }
    }

    fn add_surnames(
        &self,
        table: Table<'static>,
        field: Field,
        matched: &Matched<'_>,
        surnames: &[Surname],
        taken: &[Span],
        mentions: &mut Vec<Mention>,
    ) {
        let mut at = 0;
        while at < matched.words.len() && !surnames.is_empty() {
            let found = surnames
                .iter()
                .filter_map(|surname| surname.at(matched.text, matched.words, at))
                .find(|found| {
                    let span = Span::new(found.start, found.end);
                    !taken.iter().any(|other| other.overlaps(span))
                });
            let Some(found) = found else {
                at += 1;
                continue;
            };
            let Some((entity, kind)) = self.key(table, found.surname.entity) else {
                break;
            };
            mentions.push(Mention {
                field,
                span: Span::new(found.start, found.end),
                kind,
                entity,
                confidence: 0.88,
                why: Arc::from(format!(
                    "surname of {} in this document",
                    found.surname.full
                )),
            });
            at += found.surname.len();
        }
    }
}

/// Whether the word before a match belongs to another name.
fn follows(
    matched: &Matched<'_>,
    choices: &[Option<Choice>],
    at: usize,
    found: &gazetteer::Match,
) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        choices.get(before).is_some_and(Option::is_some)
            && matched
                .matches
                .get(before)
                .is_some_and(|before| before.last + 1 >= found.first)
    })
}

/// The longer name that a designator makes of a place, unless another name has its words.
fn composed(
    matched: &Matched<'_>,
    choices: &[Option<Choice>],
    at: usize,
    kind: EntityKind,
    place: &str,
) -> Option<Composed> {
    let found = matched.matches.get(at)?;
    let longer = compose::extend(matched.text, matched.words, found, kind, place)?;
    let taken = |other: usize| {
        choices.get(other).is_some_and(Option::is_some)
            && matched
                .matches
                .get(other)
                .is_some_and(|other| other.first <= longer.words.1 && longer.words.0 <= other.last)
    };
    let free = !at.checked_sub(1).is_some_and(taken) && !taken(at + 1);
    free.then_some(longer)
}
