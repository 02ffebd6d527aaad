//! Rows of `logical TAB direction TAB visual`, the visual made by fribidi
//! (`fribidi --clean --reordernsm`), which knows neither khabar nor unicode-bidi.

use std::fs;
use std::path::Path;

use khabar::text::bidi::Direction;
use khabar::text::wrap;
use khabar::text::wrap::Options;

/// What khabar shows for a logical text in one row.
fn visual(logical: &str, base: Direction) -> String {
    let options = Options {
        base,
        force: true,
        shape: true,
        marks: true,
    };
    wrap::layout(logical, 10_000, &options)
        .iter()
        .flat_map(|line| &line.cells)
        .map(|cell| cell.symbol.as_str())
        .collect()
}

/// Rows where we differ from fribidi on purpose: a font makes one glyph of lam, haraka and alef,
/// and so do we; fribidi makes two.
const LIGATED: &[(&str, &str)] = &[("لَا", "ﻻَ")];

fn check(path: &Path) -> usize {
    let rows = fs::read_to_string(path).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (number, row) in rows.lines().enumerate() {
        let fields: Vec<&str> = row.split('\t').collect();
        let [logical, direction, expected] = fields.as_slice() else {
            panic!("row {}: {} fields", number + 1, fields.len());
        };
        let base = match *direction {
            "rtl" => Direction::Rtl,
            "ltr" => Direction::Ltr,
            other => panic!("row {}: direction {other}", number + 1),
        };
        let expected = LIGATED
            .iter()
            .find(|(source, _)| source == logical)
            .map_or(*expected, |(_, ours)| ours);
        let actual = visual(logical, base);
        count += 1;
        // fribidi leaves hamza as it is; its isolated form looks the same
        if actual.replace('\u{FE80}', "\u{621}") != expected.replace('\u{FE80}', "\u{621}") {
            wrong.push(format!(
                "row {}: {logical}\n  expected {}\n  actual   {}",
                number + 1,
                expected.escape_unicode(),
                actual.escape_unicode()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    count
}

#[test]
fn agrees_with_fribidi_on_the_shared_cases() {
    let path = Path::new("../shared/gold/bidi/cases.tsv");
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return;
    }
    assert_eq!(check(path), 75);
}

#[test]
fn agrees_with_fribidi_on_our_own_cases() {
    assert!(check(Path::new("tests/fixtures/bidi/cases.tsv")) >= 40);
}
