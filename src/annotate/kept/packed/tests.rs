//! Records come back from columns as they were.

use proptest::prelude::*;

use super::{Packer, outlines, unpack};
use crate::annotate::date::Options;
use crate::annotate::document::{Annotated, annotate};
use crate::annotate::entity::Finder;
use crate::annotate::kept::{Mark, Record, Shared};
use crate::corpus::{Metadata, RawDocument, StatedDay};

fn raw(number: usize, title: Option<&str>, text: &str, day: Option<&str>) -> RawDocument {
    RawDocument {
        id: format!("a{number}"),
        path: format!("folder/a{number}.txt"),
        title: title.map(Into::into),
        text: text.into(),
        encoding: "windows-1256",
        notes: vec!["A note.".into(); number % 3],
        metadata: Metadata {
            published: day.map(|day| StatedDay {
                day: day.parse().unwrap(),
                origin: "date_publish".into(),
            }),
            source: Some("example.org".into()),
            url: number
                .is_multiple_of(2)
                .then(|| "https://example.org/حلب".into()),
            author: number.is_multiple_of(3).then(|| "A, B".into()),
            ..Metadata::default()
        },
        sha256: [u8::try_from(number).unwrap_or(0); 32],
    }
}

fn assert_lossless(raws: Vec<RawDocument>, finder: &Finder, options: Options) {
    let mut names = finder.series();
    let annotated: Vec<Annotated> = raws
        .into_iter()
        .map(|raw| annotate(raw, &mut names, options))
        .collect();
    let mut packer = Packer::default();
    let mut words = Vec::new();
    for one in &annotated {
        let mark = Mark::new(options.document_day);
        let record = Record::of_article(&one.article, mark, true);
        words.push(packer.push(record).unwrap());
    }
    assert_eq!(packer.len(), annotated.len());
    let columns = packer.take();
    assert!(packer.is_empty());
    let unpacked = unpack(&columns).unwrap();
    assert_eq!(unpacked.len(), annotated.len());
    let outlines = outlines(&columns).unwrap();
    assert_eq!(outlines.len(), annotated.len());
    let mut shared = Shared::default();
    for (((before, packed), outline), words) in
        annotated.iter().zip(unpacked).zip(outlines).zip(words)
    {
        assert_eq!(packed.length(), words.len());
        let raw = &before.article.raw;
        assert_eq!(outline.length(), words.len());
        assert_eq!(outline.language(), packed.language());
        let title = raw.title.as_deref().unwrap_or_default();
        assert_eq!(outline.fields(&words), Some((title, &*raw.text)));
        assert_eq!(outline.fields(&format!("{words}x")), None);
        assert_eq!(packed.place(), (&*raw.id, &*raw.path));
        let record = packed.record(&words, raw.sha256).unwrap();
        assert!(record.is_current(options.document_day));
        let after = record.into_article("nowhere", &mut shared).unwrap();
        // every field, to the last digit
        assert_eq!(format!("{:?}", before.article), format!("{after:?}"));
    }
}

#[test]
fn nothing_is_lost() {
    let finder = Finder::embedded();
    let articles = [
        (
            Some("Rebels leave Aleppo"),
            "ALEPPO, Nov 4 (Xinhua) -- Jabhat Fatah al-Sham said on Friday that since Monday 300 \
             fighters had left for Idlib; Bashar al-Assad spoke on 3 May 2014, in 2013 and next \
             week. Assad's army left Aleppo in November 2015.",
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
        (
            Some(" \u{1} a\u{2}"),
            "\u{1} in Aleppo\u{1} on Friday\u{2}",
            None,
        ),
    ];
    for document_day in [None, "2016-11-04".parse().ok()] {
        let raws = articles.iter().enumerate();
        let raws = raws.map(|(number, (title, text, day))| raw(number, *title, text, *day));
        assert_lossless(raws.collect(), &finder, Options { document_day });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_texts_come_back(articles in prop::collection::vec((
        prop::option::of(".{1,30}"),
        ".{1,60}|([A-Z][a-z]{2,8} (said|met) (on Friday|in Aleppo|3 May 2014|since Monday)[.,] ){1,4}",
    ), 0..5)) {
        let finder = Finder::embedded();
        let raws = articles.iter().enumerate();
        let raws = raws.map(|(number, (title, text))| raw(number, title.as_deref(), text, None));
        assert_lossless(raws.collect(), &finder, Options::default());
    }

    #[test]
    fn damaged_columns_do_not_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(),
        cut in prop::option::of(any::<prop::sample::Index>()))
    {
        let finder = Finder::embedded();
        let text = "Am Donnerstag, dem 3. November, sagte Wladimir Putin in Aleppo nichts.";
        let annotated = annotate(raw(0, None, text, None), &mut finder.series(), Options::default());
        let mut packer = Packer::default();
        let record = Record::of_article(&annotated.article, Mark::new(None), true);
        let words = packer.push(record).unwrap();
        let mut columns = packer.take();
        let at = at.index(columns.len());
        columns[at] ^= byte;
        if let Some(cut) = cut {
            columns.truncate(cut.index(columns.len()));
        }
        for packed in unpack(&columns).into_iter().flatten() {
            let _ = packed.record(&words, [0; 32]);
        }
        for outline in outlines(&columns).into_iter().flatten() {
            let _ = outline.fields(&words);
        }
    }
}
