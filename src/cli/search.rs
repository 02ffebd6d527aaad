//! `khabar search`: hits of words in the full text, one a line with its context.

use std::io::{self, Write};

use crate::cli::args::SearchArgs;
use crate::cli::json;
use crate::cli::list::{iso, language};
use crate::cli::offsets::CodePoints;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::wire::{Found, FoundDocument, rounded};
use crate::corpus::{Article, ArticleId, Field, Span};
use crate::query::engine::Places;
use crate::query::{Answer, Engine, Hit, Query, context, places, surest};

/// Documents that are read at a time: those behind the last hit that is wanted are not.
const PAGE: usize = 256;

/// Characters of context on either side of a hit.
const REACH: usize = 60;

/// Writes the hits, or the documents, in the order of the answer; says whether there were any. A
/// document without a place that could be shown, found by its language perhaps, has one line.
pub(super) fn write(
    engine: &dyn Engine,
    query: &Query,
    answer: &Answer,
    search: &SearchArgs,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let Some(ready) = engine.places(query, &|| false) else {
        return Ok(false);
    };
    let mut printer = Printer {
        ready,
        form,
        out,
        left: search.limit.unwrap_or(usize::MAX),
        table: if search.documents {
            Table::new(&[
                ("HITS", Align::Right),
                ("DAY", Align::Left),
                ("LANG", Align::Left),
                ("PATH", Align::Left),
                ("TITLE", Align::Left),
            ])
        } else {
            Table::new(&[
                ("PATH", Align::Left),
                ("DAY", Align::Left),
                ("WHY", Align::Left),
                ("BEFORE", Align::Right),
                ("HIT", Align::Left),
                ("AFTER", Align::Left),
            ])
        },
    };
    let mut hits = answer.hits.iter();
    while printer.left > 0 {
        let page: Vec<Hit> = hits.by_ref().take(PAGE).collect();
        if page.is_empty() {
            break;
        }
        let ids: Vec<ArticleId> = page.iter().map(|hit| hit.article).collect();
        let articles = engine.documents(&ids, &|| false).unwrap_or_default();
        let mut articles = articles.into_iter().peekable();
        for hit in page {
            let Some((_, article)) = articles.next_if(|(id, _)| *id == hit.article) else {
                continue;
            };
            if printer.left == 0 {
                break;
            }
            if search.documents {
                printer.document(article, hit.score)?;
            } else {
                printer.hits(article, hit.score)?;
            }
        }
    }
    let Printer { table, out, .. } = printer;
    table.write(out)?;
    Ok(!answer.hits.is_empty())
}

struct Printer<'a> {
    ready: Places<'a>,
    form: Form,
    out: &'a mut dyn Write,
    /// Lines that may still be printed.
    left: usize,
    table: Table,
}

impl Printer<'_> {
    fn document(&mut self, article: &Article, score: i64) -> io::Result<()> {
        self.left -= 1;
        let line = FoundDocument {
            id: &article.raw.id,
            path: &article.raw.path,
            language: language(article.language),
            title: &article.title.text,
            day: article.published().map(iso),
            hits: places(&(self.ready)(article)).len(),
            score,
        };
        match self.form {
            Form::Json => json::write_line(self.out, &line)?,
            Form::Table => self.table.row([
                line.hits.to_string().as_str(),
                line.day.as_deref().unwrap_or(""),
                line.language.unwrap_or(""),
                line.path,
                line.title,
            ]),
        }
        Ok(())
    }

    fn hits(&mut self, article: &Article, score: i64) -> io::Result<()> {
        let matches = (self.ready)(article);
        let places = places(&matches);
        if places.is_empty() {
            return self.line(&bare(article, score));
        }
        let mut points: Option<(Field, CodePoints<'_>)> = None;
        for (field, span) in places {
            if self.left == 0 {
                break;
            }
            let text = article.field(field);
            if points.as_ref().is_none_or(|(of, _)| *of != field) {
                points = Some((field, CodePoints::new(text)));
            }
            let around = context(text, span, REACH);
            let why = surest(&matches, field, span);
            let place = points.as_ref().map(|(_, points)| points.span(span));
            self.line(&Found {
                field: Some(match field {
                    Field::Title => "title",
                    Field::Text => "text",
                }),
                start: place.map(|(start, _)| start),
                end: place.map(|(_, end)| end),
                bytes: Some([span.start, span.end]),
                text: Some(span.of(text)),
                left: Some(part(text, around.start, span.start)),
                right: Some(part(text, span.end, around.end)),
                typed: why.map(|found| found.typed.as_str()),
                reason: why.map(|found| found.reason.code()),
                confidence: why.map(|found| rounded(found.reason.confidence())),
                ..bare(article, score)
            })?;
        }
        Ok(())
    }

    fn line(&mut self, found: &Found<'_>) -> io::Result<()> {
        self.left = self.left.saturating_sub(1);
        match self.form {
            Form::Json => json::write_line(self.out, found)?,
            Form::Table => self.table.row([
                found.path,
                found.day.as_deref().unwrap_or(""),
                found.reason.unwrap_or(""),
                found.left.unwrap_or("").trim_start(),
                found.text.unwrap_or(""),
                found.right.unwrap_or("").trim_end(),
            ]),
        }
        Ok(())
    }
}

fn part(text: &str, start: u32, end: u32) -> &str {
    Span { start, end }.of(text)
}

/// A line that says which document was found, and nothing of a place in it.
fn bare(article: &Article, score: i64) -> Found<'_> {
    Found {
        id: &article.raw.id,
        path: &article.raw.path,
        language: language(article.language),
        title: &article.title.text,
        day: article.published().map(iso),
        field: None,
        start: None,
        end: None,
        bytes: None,
        text: None,
        left: None,
        right: None,
        typed: None,
        reason: None,
        confidence: None,
        score,
    }
}
