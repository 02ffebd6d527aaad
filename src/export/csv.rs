//! A brief as CSV (RFC 4180): a row for each passage, one without a quote for an article that has
//! none.
//!
//! A spreadsheet runs cells that begin with `=`, `+`, `-`, `@`, a tab or a carriage return. Such a
//! cell gets an apostrophe before it, which spreadsheets take for "this is text"; so does one that
//! begins with an apostrophe, so that reading can take exactly one away.

use crate::export::NoBrief;
use crate::export::brief::Brief;
use crate::export::citation::{
    Place, comparable, day_known, hex, isolated, one_line, shown_lines, without_isolates,
};
use crate::export::verify::Claim;

const COLUMNS: [&str; 12] = [
    "file",
    "place",
    "sha256",
    "quote",
    "note",
    "title",
    "day",
    "how_known",
    "language",
    "source",
    "encoding",
    "query",
];

/// Writes it.
pub(super) fn write(brief: &Brief<'_>) -> String {
    let mut text = String::new();
    row(&COLUMNS.map(str::to_owned), &mut text);
    for kept in &brief.kept {
        let article = kept.article;
        let cells = |place: String, quote: &str, note: Option<&str>| {
            [
                one_line(&article.raw.path),
                place,
                hex(&article.raw.sha256),
                shown_lines(quote).join("\n"),
                shown_lines(note.unwrap_or("")).join("\n"),
                one_line(&article.title.text),
                article
                    .published()
                    .map_or_else(String::new, |day| day.to_string()),
                one_line(&day_known(article)),
                article.language.code().to_owned(),
                one_line(article.source()),
                article.raw.encoding.to_owned(),
                one_line(&brief.query),
            ]
        };
        if kept.quotes.is_empty() || kept.note.is_some() {
            let place = Place::Whole.code();
            row(&cells(place, "", kept.note.as_deref()), &mut text);
        }
        for quote in &kept.quotes {
            let place = Place::of(article, quote.field, quote.span).code();
            let passage = quote.span.of(article.field(quote.field));
            row(&cells(place, passage, quote.note.as_deref()), &mut text);
        }
    }
    text
}

fn row<const N: usize>(cells: &[String; N], text: &mut String) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        text.push('"');
        if cell.trim_start().starts_with(is_run) || cell.starts_with(is_run) {
            text.push('\'');
        }
        text.push_str(&isolated(cell).replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}

/// Whether a spreadsheet may run a cell that begins so; the wide forms are what some of them make
/// of the narrow ones. The apostrophe is our own mark.
fn is_run(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '\t'
            | '\r'
            | '\n'
            | '|'
            | '%'
            | '\''
            | '＝'
            | '＋'
            | '－'
            | '＠'
            | '−'
    )
}

/// Reads the citations of a brief.
pub(super) fn read(text: &str) -> Result<Vec<Claim>, NoBrief> {
    let rows = rows(text)?;
    let mut rows = rows.into_iter();
    let bad = |line: usize, reason: &str| NoBrief {
        line,
        reason: reason.to_owned(),
    };
    let heading = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    let column = |name: &str| {
        let at = heading.iter().position(|cell| cell == name);
        at.ok_or_else(|| bad(1, &format!("there is no column {name}")))
    };
    let (file, place, sha256, quote) = (
        column("file")?,
        column("place")?,
        column("sha256")?,
        column("quote")?,
    );
    let mut claims = Vec::new();
    for (line, cells) in rows {
        let cell = |at: usize| {
            let cell = cells
                .get(at)
                .ok_or_else(|| bad(line, "cells are missing"))?;
            let cell = cell.strip_prefix('\'').unwrap_or(cell);
            Ok(without_isolates(cell))
        };
        let quoted = comparable(&cell(quote)?);
        claims.push(Claim {
            line,
            file: cell(file)?,
            place: Place::from_code(&cell(place)?).ok_or_else(|| bad(line, "no such place"))?,
            sha256: cell(sha256)?,
            quote: (!quoted.is_empty()).then_some(quoted),
        });
    }
    Ok(claims)
}

/// The rows, each with the line that it begins on.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, NoBrief> {
    let mut rows = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut line, mut begins) = (false, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            _ if quoted => cell.push(c),
            ',' => cells.push(std::mem::take(&mut cell)),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                rows.push((begins, std::mem::take(&mut cells)));
                begins = line;
            }
            _ => cell.push(c),
        }
    }
    if quoted {
        return Err(NoBrief {
            line: begins,
            reason: "a cell has no closing quotation mark".to_owned(),
        });
    }
    if !(cells.is_empty() && cell.is_empty()) {
        cells.push(cell);
        rows.push((begins, cells));
    }
    Ok(rows)
}
