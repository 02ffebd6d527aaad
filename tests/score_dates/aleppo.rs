//! The folder of five undated stories on Aleppo: what one alone cannot say, the others may.

use std::path::Path;

use chrono::NaiveDate;
use khabar::annotate::date::Options;
use khabar::annotate::date::corpus::{Evidence, date_documents};
use khabar::annotate::{entity, language};
use khabar::corpus::DocumentDay;

use super::document;

const FOLDER: &str = "../shared/corpora/aleppo";

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

fn dated(without: Option<&str>) -> Vec<(String, DocumentDay)> {
    let (names, evidence): (Vec<_>, Vec<_>) = folder(without).into_iter().unzip();
    names.into_iter().zip(date_documents(&evidence)).collect()
}

fn of<'d>(days: &'d [(String, DocumentDay)], number: &str) -> &'d DocumentDay {
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
    for (number, expected) in [
        ("000", "2016-11-03"),
        ("001", "2016-11-03"),
        ("003", "2016-07-31"),
    ] {
        assert_eq!(of(&days, number).day, iso(expected), "{number}");
    }
    // these stay open, and their likeliest days are these
    let likeliest = |number| {
        let day = of(&days, number);
        assert!(day.day.is_none() && day.confidence <= 0.9, "{number}");
        day.candidates
            .iter()
            .map(|candidate| candidate.0.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(likeliest("002").first().unwrap(), "2016-11-02");
    assert_eq!(
        likeliest("004").get(..2).unwrap(),
        ["2016-09-23", "2016-09-30"]
    );
}

#[test]
fn without_the_one_it_leans_on_a_document_stays_open() {
    if !Path::new(FOLDER).is_dir() {
        println!("no {FOLDER}: nothing to date");
        return;
    }
    let (with, without) = (dated(None), dated(Some("001")));
    let (with, without) = (of(&with, "000"), of(&without, "000"));
    assert_ne!(
        (with.day, with.confidence.to_bits()),
        (without.day, without.confidence.to_bits())
    );
}
