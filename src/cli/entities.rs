//! `khabar entities`: the entities of the matching articles under all their spellings.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::cli::json;
use crate::cli::list::iso;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::wire::{ByLanguage, Candidate, Counted, Pairs, rounded};
use crate::corpus::{Corpus, Entity, EntityId, EntityKind, Language, Name};
use crate::query::engine::documents;
use crate::query::{Answer, Engine};

/// How often each spelling occurs, by language, and how often for each reason.
type Spellings<'c> = BTreeMap<(Language, &'c str), BTreeMap<&'c str, u32>>;

/// A spelling, how often it occurs, and the most frequent reason.
type Spelling<'c> = (&'c str, u32, &'c str);

/// What the matching articles say of an entity.
#[derive(Default)]
struct Seen<'c> {
    spellings: Spellings<'c>,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// Writes the entities in the order of the answer; says whether there were any.
pub(super) fn write(
    (engine, corpus): (&dyn Engine, &Corpus),
    answer: &Answer,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut seen = seen((engine, corpus), answer);
    let mut table = Table::new(&[
        ("TYPE", Align::Left),
        ("DOCS", Align::Right),
        ("MENTIONS", Align::Right),
        ("FIRST", Align::Left),
        ("LAST", Align::Left),
        ("KEY", Align::Left),
        ("SPELLINGS", Align::Left),
    ]);
    let mut found = false;
    for count in answer.entities.iter() {
        let Some(entity) = corpus.entities().get(count.entity) else {
            continue;
        };
        found = true;
        let seen = seen.remove(&count.entity).unwrap_or_default();
        let (spellings, reasons) = by_language(seen.spellings);
        let counted = Counted {
            key: &entity.key,
            kind: entity.kind.code(),
            documents: count.documents,
            mentions: count.mentions,
            first: seen.first.map(iso),
            last: seen.last.map(iso),
            spellings,
            reasons,
            candidates: candidates(corpus, entity),
        };
        match form {
            Form::Json => json::write_line(out, &counted)?,
            Form::Table => table.row([
                counted.kind,
                &counted.documents.to_string(),
                &counted.mentions.to_string(),
                counted.first.as_deref().unwrap_or("-"),
                counted.last.as_deref().unwrap_or("-"),
                counted.key,
                &in_words(&counted.spellings),
            ]),
        }
    }
    table.write(out)?;
    Ok(found)
}

/// The spellings and days of each entity in the articles of the answer. The corpus itself counts
/// over all articles, which a filter would belie.
fn seen<'c>(
    (engine, corpus): (&'c dyn Engine, &'c Corpus),
    answer: &'c Answer,
) -> FxHashMap<EntityId, Seen<'c>> {
    let ids: FxHashMap<(&str, EntityKind), EntityId> = corpus
        .entities()
        .iter()
        .map(|(id, entity)| ((entity.key.as_ref(), entity.kind), id))
        .collect();
    let mut all: FxHashMap<EntityId, Seen<'c>> = FxHashMap::default();
    for (_, article) in documents(engine, &answer.hits) {
        let day = article.published();
        for mention in article.mentions.iter() {
            let Some(id) = ids.get(&(mention.entity.as_ref(), mention.kind)) else {
                continue;
            };
            let words = mention.span.of(article.field(mention.field));
            let seen = all.entry(*id).or_default();
            let of_spelling = seen.spellings.entry((article.language, words)).or_default();
            *of_spelling.entry(&mention.why).or_insert(0) += 1;
            if let Some(day) = day {
                seen.first = Some(seen.first.map_or(day, |first| first.min(day)));
                seen.last = Some(seen.last.map_or(day, |last| last.max(day)));
            }
        }
    }
    all
}

/// What might be the same entity but is not sure enough.
fn candidates<'c>(corpus: &'c Corpus, entity: &Entity) -> Vec<Candidate<'c>> {
    let name = Name {
        key: Arc::clone(&entity.key),
        kind: entity.kind,
    };
    let links = corpus.links().candidates_of(&name).into_iter();
    links
        .map(|link| {
            let other = if link.from == name {
                &link.to
            } else {
                &link.from
            };
            Candidate {
                key: &other.key,
                kind: other.kind.code(),
                confidence: rounded(link.confidence),
                why: &link.reason,
            }
        })
        .collect()
}

/// Counts and reasons of the spellings, the most frequent one first within each language, each
/// with its most frequent reason.
fn by_language(spellings: Spellings<'_>) -> (ByLanguage<'_, u32>, ByLanguage<'_, &str>) {
    let mut languages: Vec<(&'static str, Vec<Spelling<'_>>)> = Vec::new();
    for ((language, words), whys) in spellings {
        let name = match language {
            Language::Other => "other",
            known => known.code(),
        };
        let count = whys.values().sum();
        // of equally frequent reasons the first in the order of their letters
        let why = whys.iter().rev().max_by_key(|(_, count)| **count);
        let spelling = (words, count, why.map_or("", |(why, _)| *why));
        match languages.last_mut() {
            Some((last, of_language)) if *last == name => of_language.push(spelling),
            _ => languages.push((name, vec![spelling])),
        }
    }
    for (_, of_language) in &mut languages {
        // stable: equally frequent ones stay in the order of their letters
        of_language.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    }
    let counts = languages.iter().map(|(language, all)| {
        let pairs = all.iter().map(|(words, count, _)| (*words, *count));
        (*language, Pairs(pairs.collect()))
    });
    let reasons = languages.iter().map(|(language, all)| {
        let pairs = all.iter().map(|(words, _, why)| (*words, *why));
        (*language, Pairs(pairs.collect()))
    });
    (Pairs(counts.collect()), Pairs(reasons.collect()))
}

fn in_words(spellings: &ByLanguage<'_, u32>) -> String {
    let languages: Vec<String> = spellings
        .0
        .iter()
        .map(|(language, words)| {
            let words: Vec<String> = words
                .0
                .iter()
                .map(|(word, count)| format!("{word} {count}"))
                .collect();
            format!("{language}: {}", words.join(", "))
        })
        .collect();
    languages.join("; ")
}
