//! The name annotations that the taggers are trained on are standoff: they must stay in step with
//! texts that are not in this repository. The form is checked always, the offsets where the texts
//! are at hand (`../shared/corpora/mini`, and `../shared/corpora/mid` for documents that name it in
//! their field `corpus`).

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its data has failed"
)]

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use ruzstd::decoding::StreamingDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

const KINDS: [&str; 7] = [
    "PERSON", "GROUP", "ORG", "MEDIA", "PLACE", "COUNTRY", "EVENT",
];

/// Every `tests/gold/ner_*.jsonl` as (path, its documents).
fn files() -> Vec<(PathBuf, Vec<Value>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().starts_with("ner_")
        })
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let documents = text.lines().map(|l| serde_json::from_str(l).unwrap());
            let documents = documents.collect();
            (path, documents)
        })
        .collect()
}

/// A mention's code point offsets.
fn span(mention: &Value) -> (usize, usize) {
    let offset = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
    (offset("start"), offset("end"))
}

#[test]
fn mentions_are_ordered_apart_and_of_a_known_kind() {
    let files = files();
    assert!(!files.is_empty(), "no annotations found");
    for (path, documents) in files {
        let mut seen = HashSet::new();
        for document in documents {
            let id = document["id"].as_str().unwrap().to_owned();
            assert_eq!(document["sha256"].as_str().unwrap().len(), 64, "{id}");
            assert!(document.get("text").is_none(), "{id} carries text");
            let mut last = 0;
            for mention in document["mentions"].as_array().unwrap() {
                let (start, end) = span(mention);
                assert!(last <= start && start < end, "{id}: {mention}");
                assert!(KINDS.contains(&mention["type"].as_str().unwrap()), "{id}");
                assert!(!mention["canonical"].as_str().unwrap().is_empty(), "{id}");
                last = end;
            }
            let once = seen.insert(id.clone());
            assert!(once, "{}: {id} comes twice", path.display());
        }
    }
}

/// The texts of `wanted` by identifier, out of the lines of a corpus.
fn texts(lines: impl Iterator<Item = String>, wanted: &HashSet<String>) -> HashMap<String, String> {
    lines
        .filter_map(|line| {
            // the identifier comes first in a row: most of a large corpus need not be parsed
            let head: String = line.chars().take(64).collect();
            wanted.iter().find(|id| head.contains(*id))?;
            let row: Value = serde_json::from_str(&line).unwrap();
            let field = |key: &str| row[key].as_str().unwrap().to_owned();
            let id = field("doc_id");
            wanted.contains(&id).then(|| (id, field("text")))
        })
        .collect()
}

/// Asserts that a document's hash and offsets are those of `text`.
fn check(document: &Value, text: &str) {
    let id = document["id"].as_str().unwrap();
    let hash = Sha256::digest(text.as_bytes());
    let hash = hash.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    assert_eq!(document["sha256"].as_str().unwrap(), hash, "{id}");
    let letters: Vec<char> = text.chars().collect();
    for mention in document["mentions"].as_array().unwrap() {
        let (start, end) = span(mention);
        let name = letters.get(start..end).unwrap();
        assert!(
            name.iter().any(|c| c.is_alphanumeric())
                && !name.first().unwrap().is_whitespace()
                && !name.last().unwrap().is_whitespace(),
            "{id}: {mention}"
        );
    }
}

/// Checks the documents that name `corpus`, or says that its file is absent.
fn check_corpus(corpus: &str, file: &str, open: impl Fn(File) -> Box<dyn Read>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let Ok(file) = File::open(path.join(file)) else {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: ../shared/corpora/{file} is absent");
        }
        return;
    };
    let documents: Vec<Value> = files()
        .into_iter()
        .flat_map(|(_, documents)| documents)
        .filter(|document| document["corpus"].as_str().unwrap_or("mini") == corpus)
        .collect();
    let id = |document: &Value| document["id"].as_str().unwrap().to_owned();
    let wanted = documents.iter().map(id).collect();
    let lines = BufReader::new(open(file)).lines().map(Result::unwrap);
    let texts = texts(lines, &wanted);
    for document in &documents {
        let text = texts.get(&id(document));
        check(
            document,
            text.unwrap_or_else(|| panic!("{document}: not in {corpus}")),
        );
    }
}

#[test]
fn offsets_fit_the_texts() {
    check_corpus("mini", "mini/mini.jsonl", |file| Box::new(file));
}

#[test]
fn offsets_fit_the_texts_of_the_large_corpus() {
    check_corpus("mid", "mid/mid.jsonl.zst", |file| {
        Box::new(StreamingDecoder::new(BufReader::new(file)).unwrap())
    });
}
