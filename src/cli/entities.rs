//! `khabar entities`: the entities of the matching articles under all their spellings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use crate::cli::json;
use crate::cli::list::hits;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::wire::{Counted, Pairs};
use crate::corpus::{Corpus, EntityId, EntityKind, Language};
use crate::query::Answer;

/// How often each spelling occurs, by language.
type Spellings<'c> = BTreeMap<(Language, &'c str), u32>;

/// Writes the entities in the order of the answer; says whether there were any.
pub(super) fn write(
    corpus: &Corpus,
    answer: &Answer,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut spellings = spellings(corpus, answer);
    let mut table = Table::new(&[
        ("TYPE", Align::Left),
        ("DOCS", Align::Right),
        ("MENTIONS", Align::Right),
        ("KEY", Align::Left),
        ("SPELLINGS", Align::Left),
    ]);
    let mut found = false;
    for count in &answer.entities {
        let Some(entity) = corpus.entities().get(count.entity) else {
            continue;
        };
        found = true;
        let counted = Counted {
            key: &entity.key,
            kind: entity.kind.code(),
            documents: count.documents,
            mentions: count.mentions,
            spellings: by_language(spellings.remove(&count.entity).unwrap_or_default()),
        };
        match form {
            Form::Json => json::write_line(out, &counted)?,
            Form::Table => table.row([
                counted.kind,
                &counted.documents.to_string(),
                &counted.mentions.to_string(),
                counted.key,
                &in_words(&counted.spellings),
            ]),
        }
    }
    table.write(out)?;
    Ok(found)
}

/// The spellings of each entity in the articles of the answer. The corpus itself counts them over
/// all articles, which a filter would belie.
fn spellings<'c>(corpus: &'c Corpus, answer: &'c Answer) -> FxHashMap<EntityId, Spellings<'c>> {
    let ids: FxHashMap<(&str, EntityKind), EntityId> = corpus
        .entities()
        .iter()
        .map(|(id, entity)| ((entity.key.as_ref(), entity.kind), id))
        .collect();
    let mut spellings: FxHashMap<EntityId, Spellings<'c>> = FxHashMap::default();
    for article in hits(corpus, answer) {
        for mention in &article.mentions {
            let Some(id) = ids.get(&(mention.entity.as_ref(), mention.kind)) else {
                continue;
            };
            let words = mention.span.of(article.field(mention.field));
            *spellings
                .entry(*id)
                .or_default()
                .entry((article.language, words))
                .or_insert(0) += 1;
        }
    }
    spellings
}

/// Most frequent spelling first within each language.
fn by_language(spellings: Spellings<'_>) -> Pairs<'static, Pairs<'_, u32>> {
    let mut languages: Vec<(&'static str, Pairs<'_, u32>)> = Vec::new();
    for ((language, words), count) in spellings {
        let name = match language {
            Language::Other => "other",
            known => known.code(),
        };
        match languages.last_mut() {
            Some((last, pairs)) if *last == name => pairs.0.push((words, count)),
            _ => languages.push((name, Pairs(vec![(words, count)]))),
        }
    }
    for (_, pairs) in &mut languages {
        // stable: equally frequent ones stay in the order of their letters
        pairs.0.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    Pairs(languages)
}

fn in_words(spellings: &Pairs<'_, Pairs<'_, u32>>) -> String {
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
