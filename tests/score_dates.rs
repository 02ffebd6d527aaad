//! Expressions of time against annotated news, by the rules of `score_dates.py`: a regression
//! below what was reached fails. Reads `../shared/gold`; without it there is nothing to compare.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot read its gold has failed, and its figures are for reading"
)]

#[path = "score_dates/aleppo.rs"]
mod aleppo;
#[path = "score_dates/days.rs"]
mod days;
#[path = "score_dates/figures.rs"]
mod figures;
#[path = "score_dates/own_arabic.rs"]
mod own_arabic;
#[path = "score_dates/timeline.rs"]
mod timeline;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use khabar::annotate::date::{Options, annotate};
use khabar::corpus::{Field, Language, Metadata, RawDocument, Timex};
use serde_json::{Value, json};

const GOLD: &str = "../shared/gold";

/// A set, and the value and day F1 (in percent) below which something broke.
const SETS: &[(&str, &str, f64, f64)] = &[
    ("dates/en_meantime_a.jsonl", "en", 85.5, 93.5),
    ("dates/en_aquaint.jsonl", "en", 82.0, 91.4),
    ("dates/de_dolomiten_100.jsonl", "de", 87.5, 94.8),
    ("dates/ar_snn_a.jsonl", "ar", 93.5, 93.5),
    ("dates/seeds_000_003.jsonl", "", 99.0, 99.0),
    ("domain/en.jsonl", "en", 98.0, 99.0),
    ("domain/de.jsonl", "de", 99.0, 99.0),
    ("domain/ar.jsonl", "ar", 99.0, 99.0),
];

/// An expression as the scorer sees it: offsets in code points.
#[derive(Clone, Debug)]
struct Item {
    start: i64,
    end: i64,
    value: String,
    other_values: Vec<String>,
}

fn overlap(a: &Item, b: &Item) -> i64 {
    a.end.min(b.end) - a.start.max(b.start)
}

/// What counts, and what is neutral.
fn items(timexes: &[Value]) -> (Vec<Item>, Vec<Item>) {
    let (mut keep, mut neutral) = (Vec::new(), Vec::new());
    for timex in timexes {
        let kind = timex["type"].as_str().unwrap();
        if kind != "DATE" && kind != "TIME" {
            continue;
        }
        let whole = timex["value"].as_str().unwrap_or("").trim().to_owned();
        let bytes = whole.as_bytes();
        let dated_time = bytes.len() > 10 && bytes[10] == b'T' && is_day(whole.get(..10).unwrap());
        let value = if kind == "TIME" || dated_time {
            whole.split('T').next().unwrap().to_owned()
        } else {
            whole
        };
        let clock = kind == "TIME" && is_clock(timex["text"].as_str().unwrap_or(""));
        let item = Item {
            start: timex["start"].as_i64().unwrap(),
            end: timex["end"].as_i64().unwrap(),
            other_values: timex["alt_values"].as_array().map_or(Vec::new(), |values| {
                let day = |v: &Value| v.as_str().unwrap().split('T').next().unwrap().to_owned();
                values.iter().map(day).collect()
            }),
            value,
        };
        if clock || item.value.is_empty() || timex["optional"] == Value::Bool(true) {
            neutral.push(item);
        } else {
            keep.push(item);
        }
    }
    (keep, neutral)
}

fn is_day(value: &str) -> bool {
    value.len() == 10 && NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok()
}

/// A bare time on the clock, roughly as the scorer's pattern has it.
fn is_clock(text: &str) -> bool {
    let mut text = text.to_lowercase();
    for word in [
        "o'clock", "uhr", "a.m", "p.m", "am", "pm", "gmt", "est", "edt", "bis", "und", "um", "ca",
        "gegen", "ab",
    ] {
        text = text.replace(word, "");
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " .:,-–".contains(c))
}

#[derive(Default)]
struct Tally {
    gold: usize,
    predicted: usize,
    value: usize,
    day_gold: usize,
    day_predicted: usize,
    day_right: usize,
    day_found: usize,
}

fn agrees(gold: &Item, predicted: &Item) -> bool {
    gold.value == predicted.value || gold.other_values.contains(&predicted.value)
}

impl Tally {
    fn add(&mut self, gold: &[Value], predicted: &[Value]) {
        let (gold, neutral) = items(gold);
        let (mut found, mut found_neutral) = items(predicted);
        found_neutral.clear();
        found.retain(|p| {
            !neutral.iter().any(|n| overlap(p, n) > 0) || gold.iter().any(|g| overlap(p, g) > 0)
        });
        self.gold += gold.len();
        self.predicted += found.len();
        let mut pairs = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, p) in found.iter().enumerate() {
                if overlap(g, p) > 0 {
                    let distance = (g.start - p.start).abs() + (g.end - p.end).abs();
                    pairs.push((overlap(g, p), -distance, i, j));
                }
            }
        }
        pairs.sort_unstable_by(|a, b| b.cmp(a));
        let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
        for (_, _, i, j) in pairs {
            if !used_gold[i] && !used_found[j] {
                used_gold[i] = true;
                used_found[j] = true;
                self.value += usize::from(agrees(&gold[i], &found[j]));
            }
        }
        let days = |items: &[Item]| -> Vec<Item> {
            items
                .iter()
                .filter(|item| is_day(&item.value))
                .cloned()
                .collect()
        };
        let (gold, found) = (days(&gold), days(&found));
        self.day_gold += gold.len();
        self.day_predicted += found.len();
        let same = |g: &Item, p: &Item| overlap(g, p) > 0 && agrees(g, p);
        self.day_right += found
            .iter()
            .filter(|p| gold.iter().any(|g| same(g, p)))
            .count();
        self.day_found += gold
            .iter()
            .filter(|g| found.iter().any(|p| same(g, p)))
            .count();
    }

    fn value_f1(&self) -> f64 {
        f1(self.value, self.predicted, self.value, self.gold)
    }

    fn day_f1(&self) -> f64 {
        f1(
            self.day_right,
            self.day_predicted,
            self.day_found,
            self.day_gold,
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
fn f1(right: usize, predicted: usize, found: usize, gold: usize) -> f64 {
    let precision = right as f64 / predicted.max(1) as f64;
    let recall = found as f64 / gold.max(1) as f64;
    if precision + recall == 0.0 {
        return 0.0;
    }
    200.0 * precision * recall / (precision + recall)
}

fn document(id: &str, text: &str) -> RawDocument {
    RawDocument {
        id: id.to_owned(),
        path: format!("{id}.txt"),
        title: None,
        text: text.to_owned(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    }
}

/// Predictions in the form of the scorer.
fn predictions(text: &str, timexes: &[Timex]) -> Vec<Value> {
    let points = |byte: usize| text.get(..byte).unwrap().chars().count();
    timexes
        .iter()
        .filter(|timex| timex.field == Field::Text)
        .map(|timex| {
            let range = timex.span.range();
            json!({
                "start": points(range.start),
                "end": points(range.end),
                "type": timex.kind.code(),
                "value": timex.value,
                "text": timex.span.of(text),
                "confidence": timex.confidence,
                "why": &*timex.why,
            })
        })
        .collect()
}

/// Leaves rows for `score_dates.py` below the target folder.
fn write_predictions(name: &str, rows: &[Value]) {
    let mut lines = String::new();
    for row in rows {
        writeln!(lines, "{row}").unwrap();
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.jsonl"));
    std::fs::write(out, lines).unwrap();
}

fn score(path: &Path, language: &str) -> Tally {
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    for row in std::fs::read_to_string(path).unwrap().lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let (id, text) = (row["id"].as_str().unwrap(), row["text"].as_str().unwrap());
        let day = row["dct"]
            .as_str()
            .and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
        let language = row["lang"].as_str().unwrap_or(language);
        let language = Language::from_code(language).unwrap_or(Language::Other);
        let options = Options { document_day: day };
        let (_, timexes) = annotate(&document(id, text), language, options);
        let predicted = predictions(text, &timexes);
        tally.add(row["timex"].as_array().unwrap(), &predicted);
        lines.push(json!({"id": id, "timex": predicted}));
    }
    let name = path.to_string_lossy().replace(['/', '.'], "_");
    write_predictions(&format!("{name}.pred"), &lines);
    tally
}

#[test]
fn found_values_and_days_reach_their_floors() {
    if !Path::new(GOLD).is_dir() {
        println!("no {GOLD}: nothing to compare with");
        return;
    }
    let mut short = BTreeMap::new();
    for (set, language, value_floor, day_floor) in SETS {
        let tally = score(&Path::new(GOLD).join(set), language);
        let (value, day) = (tally.value_f1(), tally.day_f1());
        println!(
            "{set:32} value F1 {value:5.1}  day F1 {day:5.1}  gold {} predicted {}",
            tally.gold, tally.predicted
        );
        if value < *value_floor || day < *day_floor {
            short.insert(set, (value, day));
        }
    }
    assert!(short.is_empty(), "below their floors: {short:?}");
}
