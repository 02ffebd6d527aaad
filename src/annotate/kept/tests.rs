//! What is stored comes back as it was, and nothing else comes back.

use proptest::prelude::*;

use super::{Mark, Record, Shared};
use crate::annotate::date::Options;
use crate::annotate::document::{Annotated, annotate};
use crate::annotate::entity::Finder;
use crate::corpus::{Metadata, RawDocument, StatedDay};

fn raw(title: Option<&str>, text: &str, day: Option<&str>) -> RawDocument {
    RawDocument {
        id: "a".into(),
        path: "folder/a.txt".into(),
        title: title.map(Into::into),
        text: text.into(),
        encoding: "windows-1256",
        notes: vec!["A note.".into()],
        metadata: Metadata {
            published: day.map(|day| StatedDay {
                day: day.parse().unwrap(),
                origin: "date_publish".into(),
            }),
            source: Some("example.org".into()),
            ..Metadata::default()
        },
        sha256: [7; 32],
    }
}

/// Through JSON and through bytes.
fn through(annotated: &Annotated) -> [Annotated; 2] {
    let record = Record::of(annotated, Mark::new(None), true);
    let json = serde_json::to_string(&record).unwrap();
    assert!(json.starts_with("{\"khabar\":{\"annotated\":"), "{json}");
    let bytes = postcard::to_stdvec(&record).unwrap();
    let from_json: Record = serde_json::from_str(&json).unwrap();
    let from_bytes: Record = postcard::from_bytes(&bytes).unwrap();
    [from_json, from_bytes].map(|record| {
        assert!(record.is_current(None));
        record
            .into_annotated("nowhere", &mut Shared::default())
            .unwrap()
    })
}

fn assert_lossless(finder: &Finder, raw: &RawDocument) {
    let before = annotate(raw.clone(), &mut finder.series(), Options::default());
    for after in through(&before) {
        // every field of both, to the last digit
        assert_eq!(format!("{before:?}"), format!("{after:?}"));
    }
}

#[test]
fn nothing_is_lost() {
    let finder = Finder::embedded();
    for (title, text, day) in [
        (
            Some("Rebels leave Aleppo"),
            "ALEPPO, Nov 4 (Xinhua) -- Jabhat Fatah al-Sham said on Friday that since Monday 300 \
             fighters had left for Idlib; Bashar al-Assad spoke on 3 May 2014 and next week.",
            Some("2016-11-04"),
        ),
        (
            None,
            "Am Donnerstag, dem 3. November, begann in Aleppo eine Waffenruhe. Heute morgen sagte \
             Wladimir Putin, sie dauere bis Freitag.",
            None,
        ),
        (
            Some("حلب"),
            "قال بشار الأسد يوم الجمعة إن جبهة فتح الشام غادرت حلب منذ الاثنين 3 تشرين الثاني 2016.",
            None,
        ),
        (None, "x", None),
    ] {
        assert_lossless(&finder, &raw(title, text, day));
    }
}

#[test]
fn a_document_from_a_pipe_is_where_it_stands() {
    let finder = Finder::embedded();
    let annotated = annotate(
        raw(None, "On Friday.", None),
        &mut finder.series(),
        Options::default(),
    );
    let record = Record::of(&annotated, Mark::new(None), false);
    let back = record.into_annotated("part-3.jsonl:7", &mut Shared::default());
    assert_eq!(back.unwrap().article.raw.path, "part-3.jsonl:7");
}

#[test]
fn what_other_rules_or_other_hands_made_is_not_believed() {
    let finder = Finder::embedded();
    let text = "Bashar al-Assad spoke in Aleppo on Friday.";
    let annotated = annotate(
        raw(None, text, None),
        &mut finder.series(),
        Options::default(),
    );
    let record = Record::of(&annotated, Mark::new(None), true);
    let day = "2016-11-04".parse().ok();
    assert!(record.is_current(None) && !record.is_current(day));
    let json = serde_json::to_value(&record).unwrap();
    for (pointer, other) in [
        ("/khabar/rules", serde_json::json!("0")),
        ("/khabar/annotated", serde_json::json!(2)),
        ("/mentions/0/bytes", serde_json::json!([3, 4000])),
        ("/mentions/1/bytes", serde_json::json!([0, 2])),
        ("/title_shown", serde_json::json!("")),
    ] {
        let mut json = json.clone();
        *json.pointer_mut(pointer).unwrap() = other;
        let changed: Record = serde_json::from_value(json).unwrap();
        assert!(!changed.is_current(None), "{pointer}");
    }
    for (pointer, other) in [
        ("/mentions/0/bytes", serde_json::json!([4, 3])),
        ("/mentions/0/type", serde_json::json!("DOG")),
        ("/sha256", serde_json::json!("07")),
        ("/day/earliest", serde_json::json!("99999-01-01")),
    ] {
        let mut json = json.clone();
        *json.pointer_mut(pointer).unwrap() = other;
        assert!(serde_json::from_value::<Record>(json).is_err(), "{pointer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_comes_back(
        title in prop::option::of(".{1,30}"),
        text in ".{1,60}|([A-Z][a-z]{2,8} (said|met) (on Friday|in Aleppo|3 May 2014|since Monday)[.,] ){1,4}",
    ) {
        let finder = Finder::embedded();
        assert_lossless(&finder, &raw(title.as_deref(), &text, None));
    }

    #[test]
    fn damaged_bytes_neither_panic_nor_bring_a_text_with_places_beyond_it(
        at in 0..4000usize, byte in any::<u8>(), cut in 0..4000usize,
    ) {
        let finder = Finder::embedded();
        let text = "Am Donnerstag, dem 3. November, sagte Wladimir Putin in Aleppo nichts.";
        let annotated = annotate(raw(None, text, None), &mut finder.series(), Options::default());
        let record = Record::of(&annotated, Mark::new(None), true);
        let mut bytes = postcard::to_stdvec(&record).unwrap();
        let len = bytes.len();
        bytes[at % len] ^= byte;
        bytes.truncate(cut % (2 * len));
        if let Ok(record) = postcard::from_bytes::<Record>(&bytes)
            && record.is_current(None)
            && let Some(back) = record.into_annotated("x", &mut Shared::default())
        {
            let article = &back.article;
            for mention in article.mentions.iter() {
                prop_assert!(article.field(mention.field).get(mention.span.range()).is_some());
            }
        }
    }
}
