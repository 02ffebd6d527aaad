//! The document's own day from one document alone.

use super::{day, document, language};
use crate::annotate::date::{Options, annotate};
use crate::corpus::{DayBasis, DocumentDay, StatedDay};

fn dated(code: &str, text: &str) -> Option<DocumentDay> {
    annotate(&document(text), language(code), Options::default()).0
}

#[test]
fn stated_in_the_text() {
    for (code, text, expected, rule) in [
        (
            "en",
            "Airbus offers funding July 30, 2009 Airbus have announced that on Monday",
            "2009-07-30",
            "dateline",
        ),
        (
            "en",
            "Published September 24 2016 Ninety-two civilians were killed Saturday",
            "2016-09-24",
            "publication line",
        ),
        (
            "en",
            "Date of publication 7 October 2016 Shelling in West Aleppo",
            "2016-10-07",
            "publication line",
        ),
        (
            "ar",
            "تاريخ النشر: 4 نوفمبر 2016\nقال الجيش",
            "2016-11-04",
            "publication line",
        ),
        (
            "de",
            "Kämpfe in Aleppo\n04.11.2016\nDie Armee",
            "2016-11-04",
            "dateline",
        ),
    ] {
        let found = dated(code, text).unwrap();
        assert_eq!(found.day, Some(day(expected)), "{text}");
        assert_eq!(found.basis, DayBasis::Stated, "{text}");
        assert_eq!(found.clues[0].rule, rule, "{text}");
        assert!(found.confidence >= 0.9, "{text}: {}", found.confidence);
    }
}

#[test]
fn a_quoted_message_and_a_weekday_infer_it() {
    let text = "قال الخميس إن الجيش\n— الاعلام الحربي (@C_Military1) November 3, 2016\nوأضاف";
    let found = dated("ar", text).unwrap();
    assert_eq!(found.day, Some(day("2016-11-03")));
    assert_eq!(found.basis, DayBasis::Inferred);
    assert_eq!(found.clues[0].rule, "stamp of a message");
    assert_eq!(found.clues[0].span.unwrap().of(text), "November 3, 2016");
}

#[test]
fn weekdays_alone_leave_it_open() {
    let found = dated("en", "Rebels said on Friday that fighting went on.").unwrap();
    assert_eq!(found.day, None);
    assert_eq!(found.basis, DayBasis::Candidates);
    assert_eq!(dated("en", "Rebels fought on."), None);
}

#[test]
fn a_date_that_the_text_only_speaks_of_is_not_its_day() {
    let found = dated("en", "He was born on February 24, 1955 and died in 2011.").unwrap();
    assert_eq!(found.day, None, "{found:?}");
}

#[test]
fn neither_a_contradicted_date_nor_one_of_another_age_is_a_documents_day() {
    for text in [
        "Thursday, 4 November 2016\n\nThe army advanced.",
        "Published Thursday 4 November 2016\n\nThe army advanced.",
        "26 February 1400\n\nThe army advanced.",
        "4 November 2214\n\nThe army advanced.",
        "Saturday, 26 February\n\n1400\n\nThe army advanced.",
    ] {
        let found = dated("en", text);
        let day = found.as_ref().and_then(|found| found.day);
        assert_eq!(day, None, "{text}: {found:?}");
    }
    let right = dated("en", "Friday, 4 November 2016\n\nThe army advanced.").unwrap();
    assert_eq!(right.day, Some(day("2016-11-04")));
}

#[test]
fn metadata_wins_and_a_contradiction_is_kept() {
    let mut raw = document("Published September 24 2016 Ninety-two civilians were killed");
    raw.metadata.published = Some(StatedDay {
        day: day("2016-09-26"),
        origin: "date_publish".into(),
    });
    let found = annotate(&raw, language("en"), Options::default())
        .0
        .unwrap();
    assert_eq!(found.day, Some(day("2016-09-26")));
    assert_eq!(found.basis, DayBasis::Stated);
    let against = found.clues.iter().find(|clue| clue.weight < 0.0).unwrap();
    assert!(against.rule.contains("2016-09-24"), "{}", against.rule);
}

#[test]
fn a_crawl_date_is_a_bound_and_never_the_day() {
    let mut raw = document("Rebels said on Friday that fighting, begun in 2016, went on.");
    raw.metadata.retrieved = Some(StatedDay {
        day: day("2016-11-04"),
        origin: "date_download".into(),
    });
    let found = annotate(&raw, language("en"), Options::default())
        .0
        .unwrap();
    assert_eq!(found.day, None);
    assert!(
        found.latest.unwrap() <= day("2016-11-04"),
        "{:?}",
        found.latest
    );
}
