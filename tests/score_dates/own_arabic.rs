//! Our own annotations of Arabic news, made before the rules were judged by them: standoff only,
//! offsets in code points; the texts are those of `../shared/corpora/mini`.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use khabar::annotate::date::{Options, annotate};
use khabar::corpus::Language;
use serde_json::{Value, json};

use super::{Tally, document, predictions, write_predictions};

const CORPUS: &str = "../shared/corpora/mini/mini.jsonl";
const GOLD: &str = "tests/gold/dates_ar.jsonl";

/// How our expressions fare in all of it.
pub(super) fn tally() -> Tally {
    let texts: BTreeMap<String, String> = std::fs::read_to_string(CORPUS)
        .unwrap()
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap())
        .map(|row| {
            let field = |name: &str| row[name].as_str().unwrap().to_owned();
            (field("doc_id"), field("text"))
        })
        .collect();
    let mut tally = Tally::default();
    let (mut gold_lines, mut lines) = (Vec::new(), Vec::new());
    for row in std::fs::read_to_string(GOLD).unwrap().lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let id = row["id"].as_str().unwrap();
        let text = &texts[id];
        let day = NaiveDate::parse_from_str(row["dct"].as_str().unwrap(), "%Y-%m-%d").unwrap();
        let options = Options {
            document_day: Some(day),
        };
        let (_, timexes) = annotate(&document(id, text), Language::Arabic, options);
        let predicted = predictions(text, &timexes);
        tally.add(row["timex"].as_array().unwrap(), &predicted);
        lines.push(json!({"id": id, "timex": predicted}));
        gold_lines.push(json!({"id": id, "dct": row["dct"], "text": text, "timex": row["timex"]}));
    }
    write_predictions("own_arabic.gold", &gold_lines);
    write_predictions("own_arabic.pred", &lines);
    tally
}

#[test]
fn our_own_arabic_gold_reaches_its_floor() {
    if !Path::new(CORPUS).is_file() {
        println!("no {CORPUS}: nothing to compare with");
        return;
    }
    let tally = tally();
    let (value, day) = (tally.value_f1(), tally.day_f1());
    println!(
        "own Arabic gold                  value F1 {value:5.1}  day F1 {day:5.1}  gold {} predicted {}",
        tally.gold, tally.predicted
    );
    assert!(value >= 97.0 && day >= 97.0, "below its floor");
}
