//! The folder of five undated stories on Aleppo: what one alone cannot say, the others may.

use std::path::Path;

use chrono::NaiveDate;
use khabar::annotate::date::Options;
use khabar::annotate::date::corpus::{Evidence, date_documents};
use khabar::annotate::{entity, language};
use khabar::corpus::DocumentDay;

use super::document;

pub(super) const FOLDER: &str = "../shared/corpora/aleppo";

/// The documents that the folder can date, with their days: by the stamp of a message, a caption,
/// the others' days, and the Sunday on which the battle of 003 and 002 was launched.
pub(super) const DAYS: &[(&str, &str)] = &[
    ("000", "2016-11-03"),
    ("001", "2016-11-03"),
    ("002", "2016-08-03"),
    ("003", "2016-07-31"),
];

/// The evidence of every document of the folder but `without`, with the document's number.
fn folder(without: Option<&str>) -> Vec<(String, Evidence)> {
    let finder = entity::Finder::embedded();
    let mut paths: Vec<_> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let number = name.get(..3).unwrap().to_owned();
            let raw = document(&name, &std::fs::read_to_string(path).unwrap());
            let (language, _) = language::identify(&raw.text, None);
            let mentions = finder.find(&raw, language);
            let evidence = Evidence::of(&raw, language, &mentions, Options::default());
            (number, evidence)
        })
        .filter(|(number, _)| Some(number.as_str()) != without)
        .collect()
}

pub(super) fn dated(without: Option<&str>) -> Vec<(String, DocumentDay)> {
    let (names, evidence): (Vec<_>, Vec<_>) = folder(without).into_iter().unzip();
    names.into_iter().zip(date_documents(&evidence)).collect()
}

pub(super) fn of<'d>(days: &'d [(String, DocumentDay)], number: &str) -> &'d DocumentDay {
    &days.iter().find(|(name, _)| name == number).unwrap().1
}

#[test]
fn the_folder_dates_what_it_can() {
    if !Path::new(FOLDER).is_dir() {
        println!("no {FOLDER}: nothing to date");
        return;
    }
    let days = dated(None);
    for (number, day) in &days {
        println!(
            "{number} {:?} {:.2} {:?}",
            day.day, day.confidence, day.candidates
        );
        for clue in &day.clues {
            println!("    {:5.2} {} {:?}", clue.weight, clue.rule, clue.text);
        }
    }
    let iso = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    for (number, expected) in DAYS {
        assert_eq!(of(&days, number).day, iso(expected), "{number}");
    }
    // this one stays open, and its likeliest days are these
    let open = of(&days, "004");
    assert!(open.day.is_none());
    assert!(open.candidates.iter().all(|candidate| candidate.1 <= 0.9));
    let likeliest: Vec<String> = open
        .candidates
        .iter()
        .take(2)
        .map(|candidate| candidate.0.to_string())
        .collect();
    assert_eq!(likeliest, ["2016-09-23", "2016-09-30"]);
}

#[test]
fn without_the_one_it_leans_on_a_document_stays_open() {
    if !Path::new(FOLDER).is_dir() {
        println!("no {FOLDER}: nothing to date");
        return;
    }
    let all = dated(None);
    for (leaning, on) in [("000", "001"), ("002", "003")] {
        let without = dated(Some(on));
        let (with, without) = (of(&all, leaning), of(&without, leaning));
        println!(
            "{leaning} without {on}: {:?} {:.2}",
            without.day, without.confidence
        );
        assert_ne!(
            (with.day, with.confidence.to_bits()),
            (without.day, without.confidence.to_bits()),
            "{leaning}"
        );
        assert!(without.confidence < with.confidence, "{leaning}");
    }
}
