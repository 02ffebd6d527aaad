//! The busiest days of the timeline against a list of the days that mattered. The published lists
//! of the Crisis kind are not among our data, so the list is our own: what chronicles of the war
//! in Syria from August to December 2016 have as days of events, written down before the measure
//! was first taken.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use khabar::ingest::Source;
use khabar::pipeline::{self, Request};
use khabar::query::{self, DayField, Question, Row};

use super::f1;

pub(super) const CORPUS: &str = "../shared/corpora/mini/mini.jsonl";

/// Days of events of the war in Syria, August to December 2016.
const DAYS: &[(&str, &str)] = &[
    ("2016-08-01", "Russian helicopter shot down in Idlib"),
    ("2016-08-06", "Rebels break the siege of Aleppo"),
    ("2016-08-12", "Manbij taken"),
    ("2016-08-17", "The picture of Omran Daqneesh"),
    ("2016-08-24", "Turkish troops enter Jarablus"),
    ("2016-08-26", "Evacuation of Daraya"),
    ("2016-09-04", "Siege of Aleppo closed again"),
    ("2016-09-09", "Kerry and Lavrov agree in Geneva"),
    ("2016-09-12", "Ceasefire begins"),
    ("2016-09-17", "Air strike on soldiers at Deir ez-Zor"),
    (
        "2016-09-19",
        "Ceasefire ends; relief convoy hit at Urum al-Kubra",
    ),
    ("2016-09-22", "Offensive on eastern Aleppo announced"),
    ("2016-09-24", "Handarat taken and lost"),
    ("2016-10-01", "Hospital M10 hit"),
    ("2016-10-03", "United States suspend talks with Russia"),
    ("2016-10-08", "Veto in the Security Council"),
    ("2016-10-15", "Talks in Lausanne"),
    ("2016-10-16", "Dabiq taken"),
    ("2016-10-18", "Air strikes halted"),
    ("2016-10-20", "Humanitarian pause"),
    ("2016-10-26", "School in Hass hit"),
    ("2016-10-28", "Rebels attack western Aleppo"),
    ("2016-11-04", "Second humanitarian pause"),
    ("2016-11-15", "Offensive on eastern Aleppo resumed"),
    ("2016-11-26", "Hanano falls"),
    ("2016-12-07", "Old city falls"),
    ("2016-12-13", "Surrender agreed"),
    ("2016-12-15", "Evacuation begins"),
    ("2016-12-19", "Russian ambassador shot in Ankara"),
    ("2016-12-22", "Army declares Aleppo taken"),
];

/// F1 in percent of as many busiest days as the list has, by mentions.
pub(super) fn busiest_days() -> f64 {
    let corpus = pipeline::load_all(&Request {
        name: "mini".to_owned(),
        sources: vec![Source::Bytes {
            name: "mini.jsonl".to_owned(),
            bytes: std::fs::read(CORPUS).unwrap(),
        }],
        ..Request::default()
    });
    let question = Question {
        timeline_by: DayField::Mentioned,
        ..Question::default()
    };
    let answer = query::answer(&corpus, &question, &|| false).unwrap();
    let listed: BTreeSet<NaiveDate> = DAYS.iter().map(|day| day.0.parse().unwrap()).collect();
    let (first, last) = (*listed.first().unwrap(), *listed.last().unwrap());
    let mut days: Vec<(u32, NaiveDate)> = answer
        .timeline
        .iter()
        .filter_map(|row| match row {
            Row::Bucket { from, mentions, .. } => Some((*mentions, *from)),
            _ => None,
        })
        .filter(|(_, day)| first <= *day && *day <= last)
        .collect();
    days.sort_by_key(|(mentions, day)| (std::cmp::Reverse(*mentions), *day));
    days.truncate(listed.len());
    let right = days.iter().filter(|(_, day)| listed.contains(day)).count();
    f1(right, days.len(), right, listed.len())
}

#[test]
fn the_busiest_days_are_days_that_mattered() {
    if !Path::new(CORPUS).is_file() {
        println!("no {CORPUS}: nothing to compare with");
        return;
    }
    let found = busiest_days();
    println!("busiest days against our list       Date-F1 {found:.1}");
    assert!(found >= 30.0, "below the best published of the Crisis kind");
}
