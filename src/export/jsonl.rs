//! A brief as JSON Lines: one line about the brief, one for each article. Here alone passages
//! stand exactly as in the source, controls as escapes.
//!
//! ```json
//! {"type":"brief","corpus":"news","query":"entity:\"Aleppo\"","articles":1}
//! {"type":"article","file":"000.txt","sha256":"77a0…","encoding":"windows-1252","language":"de",
//!  "title":"…","source":"","day":"2016-11-03","basis":"inferred","confidence":0.71,
//!  "earliest":"2016-11-03","latest":"2016-11-04","how_known":"inferred, 71 %: …","note":null,
//!  "quotes":[{"place":"¶7","field":"text","start":40,"end":80,"text":"…","note":null}]}
//! ```
//! What is not known is null: the language, `day` where several remain (`basis` is `candidates` then),
//! all of it where nothing says when the article was written.
//!
//! Offsets count Unicode code points from 0, end exclusive, as everywhere in khabar's JSON.

use serde::{Deserialize, Serialize};

use crate::corpus::{DayBasis, Field, Language};
use crate::export::NoBrief;
use crate::export::brief::{Brief, Kept};
use crate::export::citation::{Place, comparable, day_known, hex};
use crate::export::json;
use crate::export::verify::Claim;

#[derive(Debug, Serialize)]
struct About<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    corpus: &'a str,
    query: &'a str,
    articles: usize,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    file: &'a str,
    sha256: String,
    encoding: &'a str,
    language: Option<&'static str>,
    title: &'a str,
    source: &'a str,
    day: Option<String>,
    basis: Option<&'static str>,
    confidence: Option<f32>,
    earliest: Option<String>,
    latest: Option<String>,
    how_known: String,
    note: Option<&'a str>,
    quotes: Vec<Passage<'a>>,
}

#[derive(Debug, Serialize)]
struct Passage<'a> {
    place: String,
    field: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
    note: Option<&'a str>,
}

/// Writes it.
pub(super) fn write(brief: &Brief<'_>) -> String {
    let mut bytes = Vec::new();
    let about = About {
        kind: "brief",
        corpus: brief.corpus,
        query: &brief.query,
        articles: brief.kept.len(),
    };
    // writing to memory cannot fail
    let _ = json::write_line(&mut bytes, &about);
    for kept in &brief.kept {
        let _ = json::write_line(&mut bytes, &line(kept));
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn line<'a>(kept: &'a Kept<'_>) -> Line<'a> {
    let article = kept.article;
    let quotes = kept.quotes.iter().map(|quote| {
        let field = article.field(quote.field);
        let text = quote.span.of(field);
        let before = field.get(..quote.span.start as usize).unwrap_or("");
        let start = before.chars().count();
        Passage {
            place: Place::of(article, quote.field, quote.span).code(),
            field: match quote.field {
                Field::Title => "title",
                Field::Text => "text",
            },
            start,
            end: start + text.chars().count(),
            text,
            note: quote.note.as_deref(),
        }
    });
    let day = article.day.as_ref().filter(|day| day.is_known());
    let iso = |day: chrono::NaiveDate| day.to_string();
    Line {
        kind: "article",
        file: &article.raw.path,
        sha256: hex(&article.raw.sha256),
        encoding: article.raw.encoding,
        language: (article.language != Language::Other).then(|| article.language.code()),
        title: &article.title.text,
        source: article.source(),
        day: article.published().map(iso),
        basis: day.map(|day| match day.basis {
            DayBasis::Stated => "stated",
            DayBasis::Set => "set",
            DayBasis::Inferred => "inferred",
            DayBasis::Candidates => "candidates",
        }),
        // three digits, as everywhere in khabar's JSON
        confidence: day.map(|day| (day.confidence * 1000.0).round() / 1000.0),
        earliest: day.and_then(|day| day.earliest).map(iso),
        latest: day.and_then(|day| day.latest).map(iso),
        how_known: day_known(article),
        note: kept.note.as_deref(),
        quotes: quotes.collect(),
    }
}

#[derive(Debug, Deserialize)]
struct ReadLine {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    quotes: Vec<ReadPassage>,
}

#[derive(Debug, Deserialize)]
struct ReadPassage {
    place: String,
    text: String,
}

/// Reads the citations of a brief.
pub(super) fn read(text: &str) -> Result<Vec<Claim>, NoBrief> {
    let mut claims = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let bad = |reason: String| NoBrief {
            line: number,
            reason,
        };
        let article: ReadLine =
            serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
        if article.kind != "article" {
            continue;
        }
        let claim = |place, quote| Claim {
            line: number,
            file: crate::export::citation::one_line(&article.file),
            place,
            sha256: article.sha256.clone(),
            quote,
        };
        claims.push(claim(Place::Whole, None));
        for quote in &article.quotes {
            let place = Place::from_code(&quote.place)
                .ok_or_else(|| bad(format!("{:?} is no place", quote.place)))?;
            claims.push(claim(place, Some(comparable(&quote.text))));
        }
    }
    Ok(claims)
}
