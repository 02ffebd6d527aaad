//! Annotated documents as a corpus: names where people found them, linked by khabar.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use khabar::annotate::entity::Finder;
use khabar::corpus::{
    Article, Corpus, EntityKind, Field, Language, Mention, Metadata, RawDocument, Span, Title,
};
use khabar::link::{self, LinkMode};
use khabar::repair::Repairs;
use serde_json::Value;

use crate::score::{Linked, Scores};

/// What a name is taken for before linking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keys {
    /// Its own words, as for names that no list has.
    Provisional,
    /// What the knowledge base says, its own words where that does not have it.
    KnowledgeBase,
}

/// A document with its names: what each covers and what it is.
struct Annotated {
    article: Article,
    canonical: Vec<Vec<String>>,
}

fn lines(path: &Path) -> Option<Vec<Value>> {
    let text = fs::read_to_string(path).ok()?;
    Some(
        text.lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect(),
    )
}

fn annotated(row: &Value, text: &str, finder: &Finder, keys: Keys) -> Annotated {
    let at = |n: &Value| {
        let n = usize::try_from(n.as_u64().unwrap()).unwrap();
        text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
    };
    let language = Language::from_code(row["lang"].as_str().unwrap_or(""))
        .unwrap_or_else(|| khabar::annotate::language::identify(text, None).0);
    let raw = RawDocument {
        id: row["id"].as_str().unwrap().to_owned(),
        path: String::new(),
        title: None,
        text: text.to_owned(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    };
    let found: HashMap<Span, Mention> = match keys {
        Keys::Provisional => HashMap::new(),
        Keys::KnowledgeBase => {
            let mentions = finder.find(&raw, language);
            mentions.into_iter().map(|m| (m.span, m)).collect()
        }
    };
    let mut mentions: Vec<(Mention, Vec<String>)> = Vec::new();
    for mention in row["mentions"].as_array().unwrap() {
        if mention["optional"].as_bool() == Some(true) {
            continue;
        }
        let span = Span::new(at(&mention["start"]), at(&mention["end"]));
        let mut canonical = vec![mention["canonical"].as_str().unwrap().to_owned()];
        match &mention["canonical_alt"] {
            Value::String(other) => canonical.push(other.clone()),
            Value::Array(others) => {
                canonical.extend(others.iter().map(|o| o.as_str().unwrap().to_owned()));
            }
            _ => {}
        }
        let own = || Mention {
            field: Field::Text,
            span,
            kind: EntityKind::from_code(mention["type"].as_str().unwrap()).unwrap(),
            entity: Arc::from(span.of(text)),
            confidence: 1.0,
            why: Arc::from("annotated"),
        };
        let found = found.get(&span).cloned().unwrap_or_else(own);
        mentions.push((found, canonical));
    }
    mentions.sort_by_key(|(mention, _)| mention.span);
    let (mentions, canonical): (Vec<Mention>, Vec<Vec<String>>) = mentions.into_iter().unzip();
    Annotated {
        article: Article {
            title: Title {
                text: raw.id.clone(),
                derived_from: None,
            },
            raw: Arc::new(raw),
            language,
            day: None,
            mentions: mentions.into(),
            timexes: Vec::new(),
            entities: Vec::new(),
        },
        canonical,
    }
}

/// Links the documents and scores them; `None` where the texts are not at hand.
fn score(rows: &[(Value, String)], keys: Keys, mode: LinkMode, tell: bool) -> Scores {
    let finder = Finder::embedded();
    let documents = rows
        .iter()
        .map(|(row, text)| annotated(row, text, &finder, keys));
    let (articles, canonical): (Vec<Article>, Vec<_>) =
        documents.map(|d| (d.article, d.canonical)).unzip();
    let corpus = Corpus::new("gold").with(articles, Vec::new());
    let corpus = link::linked(&corpus, &finder, &Repairs::default(), mode);
    let mut linked = Vec::new();
    for ((_, article), canonical) in corpus.articles().zip(canonical) {
        assert_eq!(article.mentions.len(), canonical.len());
        for (mention, canonical) in article.mentions.iter().zip(canonical) {
            linked.push(Linked {
                canonical,
                entity: format!("{} {}", mention.kind, mention.entity),
                language: article.language,
                surface: format!(
                    "{} [{}]",
                    mention.span.of(article.field(mention.field)),
                    mention.why
                ),
            });
        }
    }
    if tell {
        crate::score::tell_errors(&linked);
    }
    Scores::of(&linked)
}

/// The checking documents of all three languages.
fn domain() -> Option<Vec<(Value, String)>> {
    let mut rows = Vec::new();
    for language in ["en", "de", "ar"] {
        let path = format!("../shared/gold/domain/{language}.jsonl");
        for row in lines(Path::new(&path))? {
            let text = row["text"].as_str().unwrap().to_owned();
            rows.push((row, text));
        }
    }
    Some(rows)
}

/// Our own annotations, with their texts.
fn own() -> Option<Vec<(Value, String)>> {
    let mini = lines(Path::new("../shared/corpora/mini/mini.jsonl"))?;
    let texts: HashMap<&str, &str> = mini
        .iter()
        .filter_map(|d| Some((d["doc_id"].as_str()?, d["text"].as_str()?)))
        .collect();
    let mut rows = Vec::new();
    for entry in fs::read_dir("tests/gold").unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy();
        let names = stem.starts_with("ner_") && path.extension().is_some_and(|e| e == "jsonl");
        if !names {
            continue;
        }
        for row in lines(&path).unwrap() {
            let id = row["id"].as_str().unwrap().to_owned();
            if let Some(text) = texts.get(id.as_str()) {
                rows.push((row, (*text).to_owned()));
            }
        }
    }
    rows.sort_by_key(|(row, _)| row["id"].as_str().unwrap().to_owned());
    Some(rows)
}

fn check(name: &str, rows: Option<Vec<(Value, String)>>, floors: [f64; 3]) {
    let Some(rows) = rows else {
        println!("no ../shared: links are not scored");
        return;
    };
    let tell = std::env::var_os("KHABAR_TELL").is_some();
    let mut reached = Vec::new();
    for keys in [Keys::Provisional, Keys::KnowledgeBase] {
        for mode in [LinkMode::KnowledgeBaseOnly, LinkMode::All] {
            let tell = tell && mode == LinkMode::All;
            let scores = score(&rows, keys, mode, tell);
            println!("{name}, {keys:?}, {mode:?}: {scores}");
            reached.push(scores);
        }
    }
    let best = reached.last().unwrap();
    let found = [best.b3, best.cross_recall, best.cross_precision];
    for (found, floor) in found.iter().zip(floors) {
        assert!(*found >= floor, "{name}: {found:?}, at least {floors:?}");
    }
}

#[test]
fn checking_documents() {
    // B-cubed, recall and precision across languages: what is to be reached
    check("gold/domain", domain(), [0.93, 0.90, 0.98]);
}

#[test]
fn own_annotations() {
    // cities and their governorates share names: the knowledge base alone reaches a precision of .949
    check("own annotations", own(), [0.93, 0.90, 0.93]);
}
