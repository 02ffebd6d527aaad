//! `khabar timeline`: the days, one a line.

use std::io::{self, Write};

use crate::cli::json;
use crate::cli::list::iso;
use crate::cli::offsets::CodePoints;
use crate::cli::table::{Align, Table};
use crate::cli::task::{Form, Range};
use crate::cli::wire::{self, Bucket, Languages};
use crate::corpus::Corpus;
use crate::query::{Answer, Lead, Row};

/// Writes the rows with something that meet `range`; says whether there were any.
pub(super) fn write(
    corpus: &Corpus,
    answer: &Answer,
    range: Range,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut table = Table::new(&[
        ("FROM", Align::Left),
        ("TO", Align::Left),
        ("ARTICLES", Align::Right),
        ("MENTIONS", Align::Right),
        ("FIRST SENTENCE", Align::Left),
    ]);
    let mut found = false;
    for row in &answer.timeline {
        let Some(bucket) = bucket(corpus, row, range) else {
            continue;
        };
        found = true;
        match form {
            Form::Json => json::write_line(out, &bucket)?,
            Form::Table => table.row([
                bucket.from.as_deref().unwrap_or("no day"),
                bucket.to.as_deref().unwrap_or(""),
                &bucket.articles.to_string(),
                &bucket.mentions.to_string(),
                bucket.lead.as_ref().map_or("", |lead| lead.text),
            ]),
        }
    }
    table.write(out)?;
    Ok(found)
}

fn bucket<'c>(corpus: &'c Corpus, row: &Row, range: Range) -> Option<Bucket<'c>> {
    match row {
        Row::Bucket {
            from,
            to,
            articles,
            mentions,
            languages: [en, de, ar, other],
            lead: sentence,
            stated: _,
        } => range.meets(*from, *to).then(|| Bucket {
            from: Some(iso(*from)),
            to: Some(iso(*to)),
            articles: *articles,
            mentions: *mentions,
            languages: Some(Languages {
                en: *en,
                de: *de,
                ar: *ar,
                other: *other,
            }),
            lead: sentence.and_then(|sentence| lead(corpus, sentence)),
        }),
        Row::Undated { articles, mentions } => range.is_all().then_some(Bucket {
            from: None,
            to: None,
            articles: *articles,
            mentions: *mentions,
            languages: None,
            lead: None,
        }),
        Row::Gap { .. } => None,
    }
}

fn lead(corpus: &Corpus, sentence: Lead) -> Option<wire::Lead<'_>> {
    let article = corpus.article(sentence.article)?;
    let (start, end) = CodePoints::new(&article.raw.text).span(sentence.span);
    Some(wire::Lead {
        id: &article.raw.id,
        start,
        end,
        text: sentence.span.of(&article.raw.text),
    })
}
