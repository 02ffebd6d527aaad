use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::cli::task::{Form, Range};
use crate::cli::{annotate, entities, timeline};
use crate::corpus::{
    Article, ArticleId, Clue, Corpus, DayBasis, DocumentDay, EntityKind, Field, Language, Mention,
    Metadata, RawDocument, Span, Timex, TimexBasis, TimexKind, Title,
};
use crate::query::{self, Answer, Inferred, Lead, Local, Question, Row};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An article with the names found by searching for them.
fn article(
    id: &str,
    language: Language,
    text: &str,
    names: &[(&str, EntityKind, &str)],
) -> Article {
    let mentions = names.iter().flat_map(|(words, kind, key)| {
        text.match_indices(words).map(|(at, found)| Mention {
            field: Field::Text,
            span: Span::new(at, at + found.len()),
            kind: *kind,
            entity: Arc::from(*key),
            confidence: 0.1 + 0.2,
            why: Arc::from("knowledge base"),
        })
    });
    let mut mentions: Vec<Mention> = mentions.collect();
    mentions.sort_by_key(|mention| mention.span);
    Article {
        raw: Arc::new(RawDocument {
            id: id.to_owned(),
            path: format!("{id}.txt"),
            title: None,
            text: text.to_owned(),
            encoding: "UTF-8",
            notes: Vec::new(),
            metadata: Metadata::default(),
            sha256: [0; 32],
        }),
        title: Title {
            text: id.to_owned(),
            derived_from: None,
        },
        language,
        day: None,
        mentions: mentions.into(),
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

fn all(corpus: &Corpus) -> Answer {
    query::answer(corpus, &Question::default(), &|| false).unwrap()
}

fn printed(write: impl FnOnce(&mut dyn Write) -> io::Result<bool>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn annotations_are_printed_as_promised() {
    let text = "😀 في حلب، Freitag.";
    let mut article = article(
        "ä",
        Language::Arabic,
        text,
        &[("حلب", EntityKind::Place, "Aleppo")],
    );
    let friday = text.find("Freitag").unwrap();
    article.day = Some(DocumentDay {
        day: None,
        earliest: Some(day("2016-11-03")),
        latest: None,
        confidence: f32::NAN,
        basis: DayBasis::Candidates,
        clues: vec![
            Clue {
                rule: "weekday".to_owned(),
                text: "Freitag".to_owned(),
                span: Some(Span::new(friday, friday + 7)),
                weight: 2.0 / 3.0,
            },
            Clue {
                rule: "retrieved".to_owned(),
                text: String::new(),
                span: None,
                weight: -0.25,
            },
        ],
        candidates: vec![(day("2016-11-03"), 0.25)],
    });
    article.timexes = vec![Timex {
        field: Field::Text,
        span: Span::new(friday, friday + 7),
        kind: TimexKind::Date,
        value: "2016-11-04".to_owned(),
        earliest: Some(day("2016-11-04")),
        latest: Some(day("2016-11-04")),
        basis: TimexBasis::Resolved,
        confidence: 0.5,
        why: Arc::from("weekday"),
    }];
    let corpus = Corpus::new("test").with(vec![article], Vec::new());
    let answer = all(&corpus);
    let engine = Local::new(Arc::new(corpus));
    assert_eq!(
        printed(|out| annotate::write(&engine, &answer, Inferred::Shown, Form::Json, out)),
        concat!(
            r#"{"id":"ä","path":"ä.txt","language":"ar","title":null,"#,
            r#""dct":{"day":null,"earliest":"2016-11-03","latest":null,"confidence":0.0,"#,
            r#""known":"candidates","candidates":[{"day":"2016-11-03","confidence":0.25}],"basis":["#,
            r#"{"rule":"weekday","text":"Freitag","start":10,"end":17,"weight":0.667},"#,
            r#"{"rule":"retrieved","text":"","start":null,"end":null,"weight":-0.25}]},"#,
            r#""mentions":[{"field":"text","start":5,"end":8,"text":"حلب","type":"PLACE","#,
            r#""entity":"Aleppo","confidence":0.3,"why":"knowledge base"}],"#,
            r#""timexes":[{"field":"text","start":10,"end":17,"text":"Freitag","type":"DATE","#,
            r#""value":"2016-11-04","day":"2016-11-04","earliest":"2016-11-04","#,
            r#""latest":"2016-11-04","basis":"resolved","confidence":0.5,"why":"weekday"}]}"#,
            "\n"
        )
    );
    let table = printed(|out| annotate::write(&engine, &answer, Inferred::Shown, Form::Table, out));
    for words in [
        "2016-11-03 to ?",
        "+0.667 weekday: Freitag",
        "PLACE",
        "2016-11-04",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
}

#[test]
fn entities_are_counted_within_the_filter() {
    let front = [
        ("Nusra", EntityKind::Group, "Jabhat Fatah al-Sham"),
        ("Fatah", EntityKind::Group, "Jabhat Fatah al-Sham"),
        ("النصرة", EntityKind::Group, "Jabhat Fatah al-Sham"),
        ("Aleppo", EntityKind::Place, "Aleppo"),
    ];
    let dated = |mut article: Article, text: &str| {
        article.day = Some(DocumentDay {
            day: Some(day(text)),
            earliest: None,
            latest: None,
            confidence: 1.0,
            basis: DayBasis::Stated,
            clues: Vec::new(),
            candidates: Vec::new(),
        });
        article
    };
    let english = "Fatah, Nusra, Nusra. Aleppo";
    let corpus = Arc::new(Corpus::new("test").with(
        vec![
            dated(
                article("1", Language::English, english, &front),
                "2016-11-04",
            ),
            article("2", Language::Arabic, "النصرة النصرة", &front),
            dated(article("3", Language::Other, "Nusra", &front), "2016-10-02"),
        ],
        Vec::new(),
    ));
    let of = |filter: &str| {
        let question = Question {
            query: filter.parse().unwrap(),
            ..Question::default()
        };
        let answer = query::answer(&corpus, &question, &|| false).unwrap();
        let engine = Local::new(Arc::clone(&corpus));
        printed(|out| entities::write((&engine, &corpus), &answer, Form::Json, out))
    };
    assert_eq!(
        of(""),
        concat!(
            r#"{"key":"Jabhat Fatah al-Sham","type":"GROUP","documents":3,"mentions":6,"#,
            r#""first":"2016-10-02","last":"2016-11-04","#,
            r#""spellings":{"en":{"Nusra":2,"Fatah":1},"ar":{"النصرة":2},"other":{"Nusra":1}},"#,
            r#""reasons":{"en":{"Nusra":"knowledge base","Fatah":"knowledge base"},"#,
            r#""ar":{"النصرة":"knowledge base"},"other":{"Nusra":"knowledge base"}},"#,
            r#""candidates":[]}"#,
            "\n",
            r#"{"key":"Aleppo","type":"PLACE","documents":1,"mentions":1,"#,
            r#""first":"2016-11-04","last":"2016-11-04","spellings":{"en":{"Aleppo":1}},"#,
            r#""reasons":{"en":{"Aleppo":"knowledge base"}},"candidates":[]}"#,
            "\n"
        )
    );
    assert_eq!(
        of("lang:ar"),
        concat!(
            r#"{"key":"Jabhat Fatah al-Sham","type":"GROUP","documents":1,"mentions":2,"#,
            r#""first":null,"last":null,"spellings":{"ar":{"النصرة":2}},"#,
            r#""reasons":{"ar":{"النصرة":"knowledge base"}},"candidates":[]}"#,
            "\n"
        )
    );
}

#[test]
fn the_timeline_leaves_gaps_out_and_keeps_the_undated() {
    let text = "— Second sentence.";
    let corpus =
        Corpus::new("test").with(vec![article("1", Language::English, text, &[])], Vec::new());
    let bucket = |from: &str, to: &str| Row::Bucket {
        from: day(from),
        to: day(to),
        articles: 1,
        mentions: 2,
        languages: [1, 0, 0, 0],
        lead: Some(Lead {
            article: ArticleId(0),
            timex: None,
        }),
        basis: TimexBasis::Resolved,
    };
    let answer = Answer {
        timeline: vec![
            bucket("2016-11-01", "2016-11-30"),
            Row::Gap {
                from: day("2016-12-01"),
                to: day("2016-12-31"),
            },
            bucket("2017-01-01", "2017-01-31"),
            Row::Undated {
                articles: 3,
                mentions: 4,
            },
        ],
        ..Answer::default()
    };
    let question = Question::default();
    let of = |range: Range| {
        let asked = timeline::Asked {
            question: &question,
            range,
            sentences: 3,
        };
        printed(|out| timeline::write(&corpus, &answer, &asked, Form::Json, out))
    };
    let first = concat!(
        r#"{"kind":"days","from":"2016-11-01","to":"2016-11-30","articles":1,"mentions":2,"#,
        r#""languages":{"en":1,"de":0,"ar":0,"other":0},"basis":"resolved","intervals":[],"#,
        r#""lead":{"id":"1","start":0,"end":18,"text":"— Second sentence."},"sentences":[]}"#,
        "\n"
    );
    let second = first
        .replace("2016-11-01", "2017-01-01")
        .replace("2016-11-30", "2017-01-31");
    let undated = concat!(
        r#"{"kind":"undated","from":null,"to":null,"articles":3,"mentions":4,"#,
        r#""languages":null,"basis":null,"intervals":[],"lead":null,"sentences":[]}"#,
        "\n"
    );
    assert_eq!(of(Range::default()), format!("{first}{second}{undated}"));
    for (from, to, expected) in [
        (Some("2016-11-30"), None, format!("{first}{second}")),
        (Some("2016-12-01"), None, second.clone()),
        (None, Some("2017-01-01"), format!("{first}{second}")),
        (Some("2016-12-01"), Some("2016-12-31"), String::new()),
    ] {
        let range = Range {
            from: from.map(day),
            to: to.map(day),
        };
        assert_eq!(of(range), expected, "{from:?} {to:?}");
    }
}
