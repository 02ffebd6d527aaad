//! The documents' own days, hidden from the program: how often it commits, how often it is right,
//! whether its confidence means something.

use std::path::Path;

use chrono::NaiveDate;
use khabar::annotate::date::corpus::{Evidence, date_documents};
use khabar::annotate::date::{Options, annotate};
use khabar::annotate::entity::Finder;
use khabar::corpus::{DayBasis, DocumentDay, Language};
use serde_json::Value;

use super::{GOLD, Tally, document, predictions};

/// What was said about the documents of one set.
#[derive(Default)]
pub(super) struct Days {
    pub(super) documents: usize,
    pub(super) committed: usize,
    pub(super) exact: usize,
    pub(super) within_one: usize,
    pub(super) sure: usize,
    pub(super) sure_right: usize,
    /// Confidence and whether the day was right.
    said: Vec<(f64, bool)>,
}

impl Days {
    fn add(&mut self, said: Option<(NaiveDate, f32)>, gold: NaiveDate) {
        self.documents += 1;
        let Some((day, confidence)) = said else {
            return;
        };
        let off = (day - gold).num_days().abs();
        self.committed += 1;
        self.exact += usize::from(off == 0);
        self.within_one += usize::from(off <= 1);
        if confidence >= 0.9 {
            self.sure += 1;
            self.sure_right += usize::from(off == 0);
        }
        self.said.push((f64::from(confidence), off == 0));
    }

    /// Expected calibration error over ten bins, of what it committed to.
    #[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
    pub(super) fn calibration_error(&self) -> f64 {
        let mut error = 0.0;
        for bin in 0..10 {
            let low = f64::from(bin) / 10.0;
            let inside: Vec<_> = self
                .said
                .iter()
                .filter(|(confidence, _)| *confidence >= low && *confidence < low + 0.1)
                .collect();
            if inside.is_empty() {
                continue;
            }
            let count = inside.len() as f64;
            let mean = inside.iter().map(|said| said.0).sum::<f64>() / count;
            let right = inside.iter().filter(|said| said.1).count() as f64 / count;
            error += (mean - right).abs() * count / self.said.len() as f64;
        }
        error
    }
}

impl Days {
    fn line(&self) -> String {
        format!(
            "documents {:3} committed {:3} exact {:5.1} % of all, {:5.1} % of these, within a day \
             {:5.1} %; sure {} right {}; calibration error {:.3}",
            self.documents,
            self.committed,
            percent(self.exact, self.documents),
            percent(self.exact, self.committed),
            percent(self.within_one, self.committed),
            self.sure,
            self.sure_right,
            self.calibration_error(),
        )
    }
}

/// Prints what was said of one document, when asked.
fn show(id: &Value, gold: NaiveDate, day: Option<&DocumentDay>) {
    if std::env::var_os("KHABAR_SHOW_DAYS").is_none() {
        return;
    }
    let Some(day) = day else {
        println!("  {id} gold {gold}: nothing");
        return;
    };
    let candidates: Vec<_> = day
        .candidates
        .iter()
        .take(4)
        .map(|candidate| format!("{} {:.2}", candidate.0, candidate.1))
        .collect();
    let clues: Vec<_> = day
        .clues
        .iter()
        .take(6)
        .map(|clue| format!("{} {:?} {:.2}", clue.rule, clue.text, clue.weight))
        .collect();
    println!(
        "  {id} gold {gold} said {:?} {:.2} [{}] {}",
        day.day,
        day.confidence,
        candidates.join(" "),
        clues.join("; ")
    );
}

pub(super) fn percent(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
    let share = part as f64 / whole.max(1) as f64;
    100.0 * share
}

/// Sets, and the least share of documents that are dated exactly, of all and of those committed to.
const SETS: &[(&str, &str, f64, f64)] = &[
    ("dates/en_meantime_a.jsonl", "en", 98.0, 98.0),
    ("dates/en_aquaint.jsonl", "en", 0.0, 70.0),
    ("dates/de_dolomiten_100.jsonl", "de", 0.0, 0.0),
    ("dates/ar_snn_a.jsonl", "ar", 0.0, 0.0),
    ("dates/seeds_000_003.jsonl", "", 0.0, 0.0),
    ("domain/en.jsonl", "en", 0.0, 0.0),
    ("domain/de.jsonl", "de", 0.0, 0.0),
    ("domain/ar.jsonl", "ar", 0.0, 0.0),
];

/// What is said of the documents of a set, each alone, and how their expressions fare.
pub(super) fn alone(set: &str, language: &str) -> (Days, Tally) {
    let (mut days, mut tally) = (Days::default(), Tally::default());
    for (number, row) in rows(set).iter().enumerate() {
        let text = row["text"].as_str().unwrap();
        // ids hold the day in some sets: they are hidden as well
        let raw = document(&format!("d{number}"), text);
        let (day, timexes) = annotate(&raw, language_of(row, language), Options::default());
        tally.add(
            row["timex"].as_array().unwrap(),
            &predictions(text, &timexes),
        );
        let Some(gold) = gold_day(row) else { continue };
        let said = day
            .as_ref()
            .and_then(|day| day.day.map(|d| (d, day.confidence)));
        show(&row["id"], gold, day.as_ref());
        days.add(said, gold);
    }
    (days, tally)
}

/// The same with all documents of a set taken for one folder.
pub(super) fn in_company(set: &str, language: &str) -> Days {
    let rows = rows(set);
    let evidence: Vec<Evidence> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let raw = document(&format!("d{number}"), row["text"].as_str().unwrap());
            Evidence::of(&raw, language_of(row, language), &[], Options::default())
        })
        .collect();
    let found = date_documents(&evidence);
    let mut days = Days::default();
    for (row, day) in rows.iter().zip(&found) {
        let Some(gold) = gold_day(row) else { continue };
        show(&row["id"], gold, Some(day));
        days.add(day.day.map(|d| (d, day.confidence)), gold);
    }
    days
}

fn rows(set: &str) -> Vec<Value> {
    let rows = std::fs::read_to_string(Path::new(GOLD).join(set)).unwrap();
    rows.lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect()
}

fn language_of(row: &Value, otherwise: &str) -> Language {
    let code = row["lang"].as_str().unwrap_or(otherwise);
    Language::from_code(code).unwrap_or(Language::Other)
}

fn gold_day(row: &Value) -> Option<NaiveDate> {
    let gold = row["dct_gold"].as_str().or(row["dct"].as_str())?;
    NaiveDate::parse_from_str(gold, "%Y-%m-%d").ok()
}

#[test]
fn hidden_document_days_are_found_or_left_open() {
    if !Path::new(GOLD).is_dir() {
        println!("no {GOLD}: nothing to compare with");
        return;
    }
    let mut short = Vec::new();
    for (set, language, exact_floor, committed_floor) in SETS {
        let (days, tally) = alone(set, language);
        let exact = percent(days.exact, days.documents);
        let right = percent(days.exact, days.committed);
        println!("{set:32} {}; day F1 {:.1}", days.line(), tally.day_f1());
        if exact < *exact_floor || days.committed > 0 && right < *committed_floor {
            short.push(*set);
        }
    }
    assert!(short.is_empty(), "below their floors: {short:?}");
}

#[test]
fn hidden_document_days_are_found_in_company() {
    if !Path::new(GOLD).is_dir() {
        println!("no {GOLD}: nothing to compare with");
        return;
    }
    let mut short = Vec::new();
    for (set, language, _, _) in SETS {
        let days = in_company(set, language);
        println!("{set:32} in company: {}", days.line());
        let right = percent(days.exact, days.committed);
        if days.committed > 4 && (right < 70.0 || days.calibration_error() > 0.08) {
            short.push(*set);
        }
    }
    assert!(short.is_empty(), "wrong too often, or too sure: {short:?}");
}

/// Every second story of a dated corpus hidden among the others, whose metadata stays.
#[test]
fn half_hidden_days_lean_on_the_other_half() {
    const CORPUS: &str = "../shared/corpora/mini/mini.jsonl";
    if !Path::new(CORPUS).is_file() {
        println!("no {CORPUS}: nothing to compare with");
        return;
    }
    let finder = Finder::embedded();
    let rows = std::fs::read_to_string(CORPUS).unwrap();
    let rows: Vec<Value> = rows
        .lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect();
    let gold = |row: &Value| {
        NaiveDate::parse_from_str(row["date_publish"].as_str().unwrap(), "%Y-%m-%d").unwrap()
    };
    let mut total = Days::default();
    for half in 0..2 {
        let evidence: Vec<Evidence> = rows
            .iter()
            .enumerate()
            .map(|(number, row)| {
                let language = Language::from_code(row["language"].as_str().unwrap()).unwrap();
                let raw = document(&format!("d{number}"), row["text"].as_str().unwrap());
                let mentions = finder.find(&raw, language);
                let document_day = (number % 2 != half).then(|| gold(row));
                Evidence::of(&raw, language, &mentions, Options { document_day })
            })
            .collect();
        for (number, (row, day)) in rows.iter().zip(date_documents(&evidence)).enumerate() {
            // datelines are another matter, and some of this corpus' days are those of events
            let stated = day.basis == DayBasis::Stated;
            let trusted = row["date_quality"]
                .as_str()
                .unwrap()
                .starts_with("published");
            if number % 2 == half && !stated && trusted {
                show(&row["doc_id"], gold(row), Some(&day));
                total.add(day.day.map(|said| (said, day.confidence)), gold(row));
            }
        }
    }
    println!("mini, half hidden                {}", total.line());
}
