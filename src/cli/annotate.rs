//! `khabar annotate`: names and dates with their places, values and reasons.

use std::io::{self, Write};

use crate::annotate;
use crate::cli::json;
use crate::cli::list::{basis, counted_day, iso, known_day, language};
use crate::cli::offsets::CodePoints;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::wire::{Annotated, CandidateDay, Clue, DocumentDay, Mention, Timex, rounded};
use crate::corpus::{self, Article, Field, Span, TimexBasis};
use crate::query::engine::documents;
use crate::query::{Answer, Engine, Inferred};
use crate::text::visible::sanitize;

/// Writes the annotations in the order of the answer; says whether there was any document.
pub(super) fn write(
    engine: &dyn Engine,
    answer: &Answer,
    inferred: Inferred,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut found = false;
    for (_, article) in documents(engine, &answer.hits) {
        let bare = without_inferred(article, inferred);
        let article = bare.as_ref().unwrap_or(article);
        let annotated = annotated(article);
        match form {
            Form::Json => json::write_line(out, &annotated)?,
            Form::Table => {
                if found {
                    writeln!(out)?;
                }
                for_people(&annotated, &article.title.text, out)?;
            }
        }
        found = true;
    }
    Ok(found)
}

/// The article as it would be if its inferred day were unknown; `None` where that is no other.
fn without_inferred(article: &Article, inferred: Inferred) -> Option<Article> {
    if inferred == Inferred::Shown || counted_day(article, inferred).is_some() {
        return None;
    }
    Some(Article {
        day: None,
        timexes: annotate::date::resolve(&article.raw, article.language, None),
        ..article.clone()
    })
}

/// Both fields of a document with their code points counted.
struct Fields<'a> {
    article: &'a Article,
    title: CodePoints<'a>,
    text: CodePoints<'a>,
}

impl<'a> Fields<'a> {
    /// Name, start, end and words of a span.
    fn place(&self, field: Field, span: Span) -> (&'static str, usize, usize, &'a str) {
        let (name, points) = match field {
            Field::Title => ("title", &self.title),
            Field::Text => ("text", &self.text),
        };
        let (start, end) = points.span(span);
        (name, start, end, span.of(self.article.field(field)))
    }
}

fn annotated(article: &Article) -> Annotated<'_> {
    let fields = Fields {
        article,
        title: CodePoints::new(article.field(Field::Title)),
        text: CodePoints::new(article.field(Field::Text)),
    };
    Annotated {
        id: &article.raw.id,
        path: &article.raw.path,
        language: language(article.language),
        title: article.raw.title.as_deref(),
        dct: known_day(article).map(|day| document_day(day, &fields)),
        mentions: article
            .mentions
            .iter()
            .map(|mention| {
                let (field, start, end, text) = fields.place(mention.field, mention.span);
                Mention {
                    field,
                    start,
                    end,
                    text,
                    kind: mention.kind.code(),
                    entity: &mention.entity,
                    confidence: rounded(mention.confidence),
                    why: &mention.why,
                }
            })
            .collect(),
        timexes: article
            .timexes
            .iter()
            .map(|timex| {
                let (field, start, end, text) = fields.place(timex.field, timex.span);
                Timex {
                    field,
                    start,
                    end,
                    text,
                    kind: timex.kind.code(),
                    value: &timex.value,
                    day: timex.day().map(iso),
                    earliest: timex.earliest.map(iso),
                    latest: timex.latest.map(iso),
                    basis: timex_basis(timex.basis),
                    confidence: rounded(timex.confidence),
                    why: &timex.why,
                }
            })
            .collect(),
    }
}

fn document_day<'a>(day: &'a corpus::DocumentDay, fields: &Fields<'a>) -> DocumentDay<'a> {
    let clue = |clue: &'a corpus::Clue| {
        let place = clue.span.map(|span| fields.text.span(span));
        Clue {
            rule: &clue.rule,
            text: &clue.text,
            start: place.map(|(start, _)| start),
            end: place.map(|(_, end)| end),
            weight: rounded(clue.weight),
        }
    };
    DocumentDay {
        day: day.day.map(iso),
        earliest: day.earliest.map(iso),
        latest: day.latest.map(iso),
        confidence: rounded(day.confidence),
        known: basis(day.basis),
        candidates: day
            .candidates
            .iter()
            .map(|(day, share)| CandidateDay {
                day: iso(*day),
                confidence: rounded(*share),
            })
            .collect(),
        basis: day.clues.iter().map(clue).collect(),
    }
}

/// The name of how the value of an expression of time is known.
pub(super) fn timex_basis(basis: TimexBasis) -> &'static str {
    match basis {
        TimexBasis::Stated => "stated",
        TimexBasis::Resolved => "resolved",
        TimexBasis::Inferred => "inferred",
        TimexBasis::Candidate => "candidate",
    }
}

fn for_people(annotated: &Annotated<'_>, title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{}  [{}]  {}",
        sanitize(annotated.path),
        annotated.language.unwrap_or("?"),
        sanitize(title)
    )?;
    match &annotated.dct {
        None => writeln!(out, "day: not known")?,
        Some(dct) => {
            let open = || {
                let end = |day: &Option<String>| day.clone().unwrap_or_else(|| "?".to_owned());
                format!("{} to {}", end(&dct.earliest), end(&dct.latest))
            };
            let day = dct.day.clone().unwrap_or_else(open);
            writeln!(
                out,
                "day: {day}, {}, confidence {}",
                dct.known, dct.confidence
            )?;
            for clue in &dct.basis {
                let (rule, text) = (sanitize(clue.rule), sanitize(clue.text));
                writeln!(out, "  {:+} {rule}: {text}", clue.weight)?;
            }
        }
    }
    let mut table = Table::new(&[
        ("FIELD", Align::Left),
        ("START", Align::Right),
        ("END", Align::Right),
        ("TYPE", Align::Left),
        ("CONF", Align::Right),
        ("IS", Align::Left),
        ("TEXT", Align::Left),
        ("WHY", Align::Left),
    ]);
    let names = annotated.mentions.iter().map(|m| {
        let place = (m.field, m.start, m.end);
        (place, m.kind, m.confidence, m.entity, m.text, m.why)
    });
    let times = annotated.timexes.iter().map(|t| {
        let place = (t.field, t.start, t.end);
        (place, t.kind, t.confidence, t.value, t.text, t.why)
    });
    let mut all: Vec<_> = names.chain(times).collect();
    // the title before the text, then by place
    all.sort_by_key(|((field, start, end), ..)| (*field != "title", *start, *end));
    for ((field, start, end), kind, confidence, value, text, why) in all {
        table.row([
            field,
            &start.to_string(),
            &end.to_string(),
            kind,
            &confidence.to_string(),
            value,
            text,
            why,
        ]);
    }
    table.write(out)
}
