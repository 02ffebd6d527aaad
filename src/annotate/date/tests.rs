//! Tables over whole documents: text, day of the document → expressions with their values.

use std::fmt::Write as _;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Options, annotate};
use crate::corpus::{Field, Language, Metadata, RawDocument, Timex};

mod failures;
mod own_day;

pub(super) fn day(iso: &str) -> NaiveDate {
    NaiveDate::parse_from_str(iso, "%Y-%m-%d").unwrap()
}

pub(super) fn document(text: &str) -> RawDocument {
    RawDocument {
        id: "d".into(),
        path: "d.txt".into(),
        title: None,
        text: text.into(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    }
}

pub(super) fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or(Language::Other)
}

pub(super) fn timexes(code: &str, document_day: &str, text: &str) -> Vec<Timex> {
    let options = Options {
        document_day: Some(day(document_day)),
    };
    annotate(&document(text), language(code), options).1
}

/// `surface=value` of every expression, joined with `; `.
pub(super) fn listed(code: &str, document_day: &str, text: &str) -> String {
    let found: Vec<String> = timexes(code, document_day, text)
        .iter()
        .map(|timex| format!("{}={}", timex.span.of(text), timex.value))
        .collect();
    found.join("; ")
}

pub(super) fn check(rows: &[(&str, &str, &str, &str)]) {
    for (code, document_day, text, expected) in rows {
        assert_eq!(
            &listed(code, document_day, text),
            expected,
            "{code} {document_day}: {text}"
        );
    }
}

/// Runs a table: language, day of the document, text, expected list; `#` starts a comment.
fn check_table(table: &str) {
    let mut wrong = String::new();
    let mut rows = 0;
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [code, document_day, text, expected] = columns[..] else {
            panic!("not four columns: {line}");
        };
        rows += 1;
        let found = listed(code, document_day, &text.replace("\\n", "\n")).replace('\n', "\\n");
        if found != expected {
            writeln!(
                wrong,
                "{code} {document_day} {text}\n   found {found}\nexpected {expected}"
            )
            .unwrap();
        }
    }
    assert!(rows > 0 && wrong.is_empty(), "\n{wrong}");
}

#[test]
fn english() {
    check_table(include_str!("tests/cases/english.tsv"));
}

#[test]
fn german() {
    check_table(include_str!("tests/cases/german.tsv"));
}

#[test]
fn arabic() {
    check_table(include_str!("tests/cases/arabic.tsv"));
}

#[test]
fn explicit_dates_and_weekdays() {
    check_table(include_str!("tests/cases/explicit.tsv"));
}

#[test]
fn a_contradiction_is_told() {
    let found = timexes("en", "2016-11-05", "on Thursday 4 November 2016");
    assert_eq!(found[0].value, "2016-11-04");
    assert!(found[0].why.contains("contradiction"), "{}", found[0].why);
    let found = timexes("ar", "2015-08-05", "اليوم الثلاثاء");
    assert!(found[0].why.contains("contradiction"), "{}", found[0].why);
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Friday",
        "last",
        "4",
        "31",
        "November",
        "2016",
        ",",
        ".",
        "am",
        "15.",
        "und",
        "Jänner",
        "Aug",
        "142016",
        "الجمعة",
        "يوم",
        "اليوم",
        "(",
        ")",
        "تشرين",
        "الثاني",
        "و",
        "٢٠١٦",
        "/",
        "-",
        "\n",
        "\n\n",
        "week",
        "vor",
        "zwei",
        "Tagen",
        "قبل",
        "يومين",
        "ago",
        "the",
        "1990",
        "s",
        "99999999999",
        "early",
        "of",
        "next",
        "year",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(
            (
                word,
                prop::sample::select(vec!["", " ", "\u{a0}", "\u{200f}"])
            ),
            0..24
        )
        .prop_map(|words| words
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect::<String>()),
    ]
}

fn any_language() -> impl Strategy<Value = Language> {
    prop::sample::select(vec![
        Language::English,
        Language::German,
        Language::Arabic,
        Language::Other,
    ])
}

proptest! {
    #[test]
    fn any_text_is_survived_and_spans_slice(text in any_text(), language in any_language(), offset in 0i32..20_000) {
        let document_day = super::calendar::shift(day("1970-01-01"), offset);
        let options = Options { document_day: Some(document_day) };
        let (_, timexes) = annotate(&document(&text), language, options);
        let mut end = 0;
        for timex in timexes.iter().filter(|timex| timex.field == Field::Text) {
            prop_assert!(text.get(timex.span.range()).is_some_and(|surface| !surface.is_empty()));
            prop_assert!(timex.span.start >= end, "overlapping");
            end = timex.span.end;
            prop_assert!(timex.earliest <= timex.latest);
            prop_assert!((0.0..=1.0).contains(&timex.confidence));
        }
    }

    #[test]
    fn a_resolved_weekday_is_that_weekday(name in 0usize..7, offset in 0i32..20_000, form in 0usize..8) {
        let document_day = super::calendar::shift(day("1970-01-01"), offset);
        let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][name];
        let de = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"][name];
        let ar = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"][name];
        let (code, text) = match form {
            0 => ("en", format!("on {en} it")),
            1 => ("en", format!("last {en} it")),
            2 => ("en", format!("it will happen next {en}.")),
            3 => ("de", format!("am {de} wird")),
            4 => ("de", format!("am vergangenen {de}abend war")),
            5 => ("ar", format!("يوم {ar} المقبل")),
            6 => ("ar", format!("قال اليوم {ar} إن")),
            _ => ("ar", format!("مساء أمس ({ar})")),
        };
        let found = timexes(code, &document_day.to_string(), &text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        let resolved = found[0].day().unwrap();
        prop_assert_eq!(usize::from(super::calendar::weekday(resolved)), name);
        prop_assert!((resolved - document_day).num_days().abs() <= 8);
    }

    #[test]
    fn a_week_later_everything_relative_is_a_week_later(offset in 0i32..20_000, row in 0usize..10) {
        let document_day = super::calendar::shift(day("1970-01-01"), offset);
        let (code, text) = [
            ("en", "yesterday morning and on Friday"),
            ("en", "next Tuesday night, tomorrow"),
            ("en", "this week, last week and next weekend"),
            ("de", "gestern Abend und am kommenden Mittwoch"),
            ("de", "diese Woche, heute, übermorgen"),
            ("de", "am heutigen Samstag"),
            ("ar", "أمس الاثنين وغدا"),
            ("ar", "الأسبوع الماضي ويوم الجمعة المقبل"),
            ("ar", "مساء الخميس"),
            ("en", "last night"),
        ][row];
        let shifted = super::calendar::shift(document_day, 7);
        let before = timexes(code, &document_day.to_string(), text);
        let after = timexes(code, &shifted.to_string(), text);
        prop_assert!(!before.is_empty());
        prop_assert_eq!(before.len(), after.len());
        for (a, b) in before.iter().zip(&after) {
            prop_assert_eq!(a.earliest.map(|day| super::calendar::shift(day, 7)), b.earliest);
            prop_assert_eq!(a.latest.map(|day| super::calendar::shift(day, 7)), b.latest);
        }
    }
}
