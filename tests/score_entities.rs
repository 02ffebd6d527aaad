//! How right the knowledge base and the taggers are: their mentions against the annotated documents
//! beside the repository. Nothing happens where they are absent.
//!
//! `KHABAR_PREDICTIONS=DIR cargo test --test score_entities` also writes what was found, for
//! `../shared/tools/score_entities.py GOLD DIR/NAME.jsonl --errors`, and a reading copy of
//! `../shared/corpora/mini` (or of `KHABAR_CORPUS`) with the names in brackets.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot read its data has failed, and its figures are read by people"
)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use khabar::annotate::entity::Finder;
use khabar::corpus::{EntityKind, Field, Language, Mention, Metadata, RawDocument};
use serde_json::{Value, json};

const GOLD: [&str; 4] = [
    "domain/en.jsonl",
    "domain/de.jsonl",
    "domain/ar.jsonl",
    "entities/aleppo_000_003.jsonl",
];

/// Share of what is found that must be there, with its exact span and coarse kind.
const PRECISION: f64 = 0.94;
/// Share of what is annotated that must be found so.
const RECALL: f64 = 0.93;

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    folder.is_dir().then_some(folder)
}

fn rows(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn document(id: &str, title: Option<&str>, text: &str) -> RawDocument {
    RawDocument {
        id: id.to_owned(),
        path: id.to_owned(),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    }
}

fn coarse(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PERSON",
        EntityKind::Group | EntityKind::Organisation | EntityKind::Media => "ORG",
        EntityKind::Place | EntityKind::Country => "PLACE",
        EntityKind::Event => "EVENT",
    }
}

fn text(row: &Value) -> &str {
    row["text"].as_str().unwrap()
}

fn find(finder: &Finder, row: &Value) -> Vec<Mention> {
    let language = row["lang"].as_str().and_then(Language::from_code).unwrap();
    finder.find(&document("d", None, text(row)), language)
}

/// Code points before a byte of a text.
fn code_points(text: &str, byte: u32) -> usize {
    text.get(..byte as usize).unwrap().chars().count()
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    found: usize,
    gold: usize,
}

/// As `score_entities.py` counts: mentions that only meet an optional one are neutral.
fn score(row: &Value, mentions: &[Mention]) -> Score {
    let range = |value: &Value| {
        let at = |name: &str| usize::try_from(value[name].as_u64().unwrap()).unwrap();
        at("start")..at("end")
    };
    let all = row["mentions"].as_array().unwrap();
    let (optional, core): (Vec<&Value>, Vec<&Value>) =
        all.iter().partition(|m| m["optional"] == true);
    let kind = |m: &Value| coarse(EntityKind::from_code(m["type"].as_str().unwrap()).unwrap());
    let meets = |list: &[&Value], span: &std::ops::Range<usize>| {
        list.iter()
            .map(|m| range(m))
            .any(|r| r.start < span.end && span.start < r.end)
    };
    let mut score = Score {
        gold: core.len(),
        ..Score::default()
    };
    for mention in mentions {
        let span =
            code_points(text(row), mention.span.start)..code_points(text(row), mention.span.end);
        let exact = core.iter().find(|m| {
            let alternatives = m["alt_spans"].as_array().into_iter().flatten();
            let mut spans = alternatives.map(|a| (a[0].as_u64(), a[1].as_u64()));
            let wanted = (u64::try_from(span.start).ok(), u64::try_from(span.end).ok());
            range(m) == span || spans.any(|alternative| alternative == wanted)
        });
        let neutral = optional.iter().any(|m| range(m) == span)
            || (meets(&optional, &span) && !meets(&core, &span));
        if exact.is_none() && neutral {
            continue;
        }
        score.found += 1;
        score.right += usize::from(exact.is_some_and(|m| kind(m) == coarse(mention.kind)));
    }
    score
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap());
    number(part) / number(whole.max(1))
}

fn prediction(row: &Value, mentions: &[Mention]) -> Value {
    let mentions: Vec<Value> = mentions
        .iter()
        .map(|m| {
            json!({"start": code_points(text(row), m.span.start), "end": code_points(text(row), m.span.end),
                "type": m.kind.code(), "entity": &*m.entity, "confidence": m.confidence, "why": &*m.why})
        })
        .collect();
    json!({"id": row["id"], "mentions": mentions})
}

#[test]
fn what_is_found_is_right() {
    let Some(shared) = shared() else {
        println!("skipped: ../shared is absent");
        return;
    };
    let finder = Finder::embedded();
    let mut all = Score::default();
    for name in GOLD {
        let gold = rows(&shared.join("gold").join(name));
        let mut sum = Score::default();
        let mut lines = String::new();
        for row in &gold {
            let mentions = find(&finder, row);
            let one = score(row, &mentions);
            sum.right += one.right;
            sum.found += one.found;
            sum.gold += one.gold;
            writeln!(lines, "{}", prediction(row, &mentions)).unwrap();
        }
        println!(
            "{name}: precision {:.3} recall {:.3} of {} ({} found)",
            share(sum.right, sum.found),
            share(sum.right, sum.gold),
            sum.gold,
            sum.found,
        );
        if let Some(folder) = env::var_os("KHABAR_PREDICTIONS") {
            let file = name.rsplit('/').next().unwrap();
            fs::write(Path::new(&folder).join(file), lines).unwrap();
        }
        all.right += sum.right;
        all.found += sum.found;
        all.gold += sum.gold;
    }
    let precision = share(all.right, all.found);
    let recall = share(all.right, all.gold);
    println!("all: precision {precision:.3} recall {recall:.3}");
    assert!(precision >= PRECISION, "precision {precision:.3}");
    assert!(recall >= RECALL, "recall {recall:.3}");
}

/// Seconds that this thread has had a processor, where the system tells: other work on the machine
/// does not count.
fn processor_time() -> Option<f64> {
    let nanoseconds = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(nanoseconds.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// A document with its names in brackets, for people.
fn reading(raw: &RawDocument, mentions: &[Mention]) -> String {
    let mut copy = String::new();
    let mut at = 0;
    for mention in mentions.iter().filter(|m| m.field == Field::Text) {
        let range = mention.span.range();
        assert!(at <= range.start, "{}: mentions overlap", raw.id);
        write!(
            copy,
            "{}[[{}|{}:{}|{:.2}]]",
            raw.text.get(at..range.start).unwrap(),
            raw.text.get(range.clone()).unwrap(),
            mention.kind,
            mention.entity,
            mention.confidence,
        )
        .unwrap();
        at = range.end;
    }
    copy + raw.text.get(at..).unwrap()
}

/// Another corpus may be read with `KHABAR_CORPUS=FILE.jsonl`.
#[test]
fn mentions_of_a_corpus_keep_their_promises() {
    let Some(shared) = shared() else {
        println!("skipped: ../shared is absent");
        return;
    };
    let path = env::var_os("KHABAR_CORPUS")
        .map_or_else(|| shared.join("corpora/mini/mini.jsonl"), PathBuf::from);
    let finder = Finder::embedded();
    let documents: Vec<(Language, RawDocument)> = rows(&path)
        .iter()
        .map(|row| {
            let language = row["language"].as_str().and_then(Language::from_code);
            let id = row["doc_id"].as_str().unwrap();
            let raw = document(id, row["title"].as_str(), text(row));
            (language.unwrap_or(Language::Other), raw)
        })
        .collect();
    let (start, before) = (Instant::now(), processor_time());
    let found: Vec<Vec<Mention>> = documents
        .iter()
        .map(|(language, raw)| finder.find(raw, *language))
        .collect();
    let elapsed = start.elapsed().as_secs_f64();
    let seconds = processor_time()
        .zip(before)
        .map_or(elapsed, |(after, before)| after - before);
    let bytes: usize = documents.iter().map(|(_, raw)| raw.text.len()).sum();
    println!(
        "{bytes} bytes, {:.1} MB/s, {} mentions",
        f64::from(u32::try_from(bytes).unwrap()) / 1e6 / seconds,
        found.iter().map(Vec::len).sum::<usize>(),
    );
    let mut copies = String::new();
    let mut unknown = BTreeSet::new();
    for ((language, raw), mentions) in documents.iter().zip(&found) {
        for mention in mentions {
            assert!(!mention.why.is_empty() && !mention.entity.is_empty());
            assert!((0.0..=1.0).contains(&mention.confidence));
            // a composed name is none of the knowledge base's own
            let known = mention.why.starts_with("knowledge base")
                && !mention.why.ends_with("with its designator");
            if known && finder.card(&mention.entity, mention.kind).is_none() {
                unknown.insert(mention.entity.to_string());
            }
        }
        writeln!(
            copies,
            "\n=== {} {}\n{}",
            raw.id,
            language.code(),
            reading(raw, mentions)
        )
        .unwrap();
    }
    assert!(unknown.is_empty(), "no card for {unknown:?}");
    if let Some(folder) = env::var_os("KHABAR_PREDICTIONS") {
        fs::write(Path::new(&folder).join("reading.txt"), copies).unwrap();
    }
}
