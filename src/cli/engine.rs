//! Where the command line meets the pipeline and the query language. Thin: nothing but the calls.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use crate::annotate::{date, entity, language, title};
use crate::corpus::{Article, Corpus, Metadata, RawDocument, Unreadable};
use crate::ingest::Source;
use crate::query::{Answer, EntityCount, Hit, Query, Question, Row};

/// Reads and annotates everything.
pub(super) fn load(sources: Vec<Source>, name: &str, document_day: Option<NaiveDate>) -> Corpus {
    let finder = entity::Finder::embedded();
    let (mut articles, mut unreadable) = (Vec::new(), Vec::new());
    let mut take = |name: String, bytes: Vec<u8>| {
        let sha256 = Sha256::digest(&bytes).into();
        match String::from_utf8(bytes) {
            Ok(text) if !text.is_empty() => {
                articles.push(article(&name, text, sha256, &finder, document_day));
            }
            Ok(_) => unreadable.push(refused(name, "empty file")),
            Err(error) => unreadable.push(refused(name, &error.to_string())),
        }
    };
    let mut missing = Vec::new();
    for source in sources {
        match source {
            Source::Bytes { name, bytes } => take(name, bytes),
            Source::Path(path) => {
                for entry in walkdir::WalkDir::new(&path).sort_by_file_name() {
                    match entry {
                        Ok(entry) if entry.file_type().is_file() => {
                            let name = entry.path().strip_prefix(&path).unwrap_or(entry.path());
                            let name = if name.as_os_str().is_empty() {
                                path.as_path()
                            } else {
                                name
                            };
                            match fs::read(entry.path()) {
                                Ok(bytes) => take(name.display().to_string(), bytes),
                                Err(error) => missing
                                    .push(refused(name.display().to_string(), &error.to_string())),
                            }
                        }
                        Ok(_) => {}
                        Err(error) => {
                            missing.push(refused(path.display().to_string(), &error.to_string()));
                        }
                    }
                }
            }
        }
    }
    unreadable.extend(missing);
    Corpus::new(name).with(articles, unreadable)
}

fn refused(path: String, reason: &str) -> Unreadable {
    Unreadable {
        path,
        reason: reason.to_owned(),
    }
}

fn article(
    name: &str,
    text: String,
    sha256: [u8; 32],
    finder: &entity::Finder,
    document_day: Option<NaiveDate>,
) -> Article {
    let id = Path::new(name)
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let raw = RawDocument {
        id,
        path: name.to_owned(),
        title: None,
        text,
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256,
    };
    let (language, _) = language::identify(&raw.text, None);
    let (day, timexes) = date::annotate(&raw, language, date::Options { document_day });
    Article {
        title: title::title_of(&raw),
        mentions: finder.find(&raw, language),
        raw: Arc::new(raw),
        language,
        day,
        timexes,
        entities: Vec::new(),
    }
}

/// Reads a filter.
pub(super) fn parse(text: &str) -> anyhow::Result<Query> {
    if text.trim().is_empty() {
        return Ok(Query::default());
    }
    anyhow::bail!("filters cannot be read yet")
}

/// Answers a question.
pub(super) fn answer(corpus: &Corpus, _question: &Question) -> Answer {
    Answer {
        hits: corpus
            .articles()
            .map(|(article, _)| Hit { article, score: 0 })
            .collect(),
        entities: corpus
            .entities()
            .iter()
            .map(|(id, entity)| EntityCount {
                entity: id,
                kind: entity.kind,
                documents: entity.documents,
                mentions: entity.mentions,
            })
            .collect(),
        timeline: vec![Row::Undated {
            articles: u32::try_from(corpus.len()).unwrap_or(u32::MAX),
            mentions: 0,
        }],
        literal: None,
    }
}
