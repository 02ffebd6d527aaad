//! Articles of real texts, with names and days that are as many as real ones and no more true than
//! that: annotating is not what is measured with them.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use khabar::corpus::{
    Article, DayBasis, DocumentDay, EntityKind, Field, Language, Mention, Metadata, RawDocument,
    Span, StatedDay, Timex, TimexBasis, TimexKind, Title,
};

/// What an article is made of.
pub(super) struct Record {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) source: String,
    pub(super) language: Language,
    pub(super) day: Option<NaiveDate>,
}

/// An article with as many names and days as a real one.
pub(super) fn article(number: usize, record: &Record) -> Article {
    let day = record.day;
    let mut mentions = Vec::new();
    let mut timexes = Vec::new();
    for (word, start) in words_with_starts(&record.text) {
        let hash = word
            .bytes()
            .fold(7u32, |h, b| h.wrapping_mul(31).wrapping_add(u32::from(b)));
        let span = Span::new(start, start + word.len());
        if hash % 17 == 0 && word.len() > 4 && mentions.len() < 30 {
            mentions.push(Mention {
                field: Field::Text,
                span,
                kind: EntityKind::ALL[hash as usize % EntityKind::ALL.len()],
                entity: Arc::from(word),
                confidence: 1.0,
                why: Arc::from("stand-in"),
            });
        } else if hash % 61 == 0 && timexes.len() < 10 {
            let named =
                day.and_then(|day| day.checked_sub_days(Days::new(u64::from(hash / 61 % 40))));
            timexes.push(Timex {
                field: Field::Text,
                span,
                kind: TimexKind::Date,
                value: String::new(),
                earliest: named,
                latest: named,
                basis: TimexBasis::Stated,
                confidence: 1.0,
                why: Arc::from("stand-in"),
            });
        }
    }
    Article {
        raw: Arc::new(RawDocument {
            id: number.to_string(),
            path: format!("mid.jsonl:{}", number + 1),
            title: Some(record.title.clone()),
            text: record.text.clone(),
            encoding: "UTF-8",
            notes: Vec::new(),
            metadata: Metadata {
                published: day.map(|day| StatedDay {
                    day,
                    origin: "stand-in".to_owned(),
                }),
                source: Some(record.source.clone()),
                ..Metadata::default()
            },
            sha256: [0; 32],
        }),
        title: Title {
            text: record.title.clone(),
            derived_from: None,
        },
        language: record.language,
        day: Some(DocumentDay {
            day,
            earliest: day,
            latest: day,
            confidence: 1.0,
            basis: DayBasis::Stated,
            clues: Vec::new(),
            candidates: Vec::new(),
        }),
        mentions: mentions.into(),
        timexes,
        entities: Vec::new(),
    }
}

fn words_with_starts(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.split_whitespace()
        .map(|word| (word, word.as_ptr() as usize - text.as_ptr() as usize))
}
