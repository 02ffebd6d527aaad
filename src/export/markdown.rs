//! A brief as Markdown (`CommonMark`, with a table as GitHub has it).
//!
//! Quotes are block quotes, the last line of each its citation in brackets; no text of a document
//! can look like one, because its brackets are escaped.

use std::fmt::Write as _;

use crate::export::NoBrief;
use crate::export::brief::{Brief, Kept, Quote};
use crate::export::citation::{
    Place, comparable, day_known, day_of, hex, isolated, one_line, shown_lines, without_isolates,
};
use crate::export::verify::Claim;

/// Writes it.
pub(super) fn write(brief: &Brief<'_>) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "# Brief: {}\n", safe(brief.corpus));
    let _ = writeln!(
        text,
        "{}. Query: {}\n",
        brief.size(),
        if brief.query.is_empty() {
            "none, all articles".to_owned()
        } else {
            safe(&brief.query)
        }
    );
    for (number, kept) in (1..).zip(&brief.kept) {
        article(number, kept, &mut text);
    }
    sources(&brief.kept, &mut text);
    text
}

fn article(number: usize, kept: &Kept<'_>, text: &mut String) {
    let article = kept.article;
    let _ = writeln!(text, "## {number}. {}\n", safe(&article.title.text));
    let day = day_of(article).unwrap_or_else(|| "no day".to_owned());
    let _ = write!(text, "{day} · {}", article.language.code());
    if !article.source().is_empty() {
        let _ = write!(text, " · {}", safe(article.source()));
    }
    text.push_str("\n\n");
    note(kept.note.as_deref(), text);
    for quote in &kept.quotes {
        passage(kept, quote, text);
    }
}

fn passage(kept: &Kept<'_>, quote: &Quote, text: &mut String) {
    let article = kept.article;
    for line in shown_lines(quote.span.of(article.field(quote.field))) {
        let _ = writeln!(text, "> {}\n>", isolated(&escaped(&line)));
    }
    let place = Place::of(article, quote.field, quote.span).code();
    let _ = writeln!(
        text,
        "> [{} {place} sha256:{}]\n",
        safe(&article.raw.path),
        hex(&article.raw.sha256)
    );
    note(quote.note.as_deref(), text);
}

fn note(note: Option<&str>, text: &mut String) {
    for (number, line) in shown_lines(note.unwrap_or("")).iter().enumerate() {
        let lead = if number == 0 { "Note: " } else { "" };
        let _ = writeln!(text, "{lead}{}\n", isolated(&escaped(line)));
    }
}

fn sources(kept: &[Kept<'_>], text: &mut String) {
    text.push_str("## Sources\n\n| file | SHA-256 | encoding | day | how the day is known |\n");
    text.push_str("|---|---|---|---|---|\n");
    for Kept { article, .. } in kept {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            safe(&article.raw.path),
            hex(&article.raw.sha256),
            article.raw.encoding,
            day_of(article).unwrap_or_default(),
            safe(&day_known(article)),
        );
    }
}

/// Untrusted text as one line of Markdown that is nothing but text.
fn safe(text: &str) -> String {
    isolated(&escaped(&one_line(text)))
}

/// A line of shown text with everything escaped that Markdown, GitHub's kind included, would take
/// for structure: emphasis, links and their bare addresses, HTML, headings, lists, tables, mentions.
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 8);
    // `12.` or `12)` begins a list, so do `-`, `+`
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        let behind = line.get(at + c.len_utf8()..).unwrap_or("");
        let before = line.get(..at).unwrap_or("");
        match c {
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '@' | '^' => {
                text.extend(['\\', c]);
            }
            '-' | '+' | '=' if at == 0 => text.extend(['\\', c]),
            '.' | ')' if at == digits && digits > 0 => text.extend(['\\', c]),
            // bare addresses become links
            ':' if behind.starts_with("//") => text.push_str("\\:"),
            '.' if before.len() >= 3
                && before.is_char_boundary(before.len() - 3)
                && before
                    .get(before.len() - 3..)
                    .is_some_and(|www| www.eq_ignore_ascii_case("www")) =>
            {
                text.push_str("\\.");
            }
            _ => text.push(c),
        }
    }
    text
}

/// The shown text of a line that [`escaped`] and [`isolated`] wrote.
fn unescaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or("");
        let entity = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&')];
        if let Some((name, c)) = entity.iter().find(|(name, _)| rest.starts_with(name)) {
            text.push(*c);
            rest = rest.get(name.len()..).unwrap_or("");
        } else if c == '\\' && behind.starts_with(|c: char| c.is_ascii_punctuation()) {
            text.extend(behind.chars().next());
            rest = behind.get(1..).unwrap_or("");
        } else {
            text.push(c);
            rest = behind;
        }
    }
    without_isolates(&text)
}

/// Reads the citations of a brief: of its quotes, then of its sources.
pub(super) fn read(text: &str) -> Result<Vec<Claim>, NoBrief> {
    let mut claims = Vec::new();
    let mut quote: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if let Some(inner) = line.strip_prefix("> [") {
            let bad = || NoBrief {
                line: number,
                reason: format!("{:?} is no citation", one_line(line)),
            };
            let cited = inner.strip_suffix(']').ok_or_else(bad)?;
            let (place, sha256) = cited.rsplit_once(" sha256:").ok_or_else(bad)?;
            let (file, place) = place.rsplit_once(' ').ok_or_else(bad)?;
            claims.push(Claim {
                line: number,
                file: unescaped(file),
                place: Place::from_code(place).ok_or_else(bad)?,
                sha256: sha256.to_owned(),
                quote: Some(comparable(&quote.join("\n"))),
            });
            quote.clear();
        } else if let Some(line) = line.strip_prefix('>') {
            let line = unescaped(line.trim_start());
            if !line.is_empty() {
                quote.push(line);
            }
        } else {
            if !quote.is_empty() {
                return Err(NoBrief {
                    line: number,
                    reason: "the quote before it has no citation".to_owned(),
                });
            }
            claims.extend(source(number, line));
        }
    }
    if !quote.is_empty() {
        return Err(NoBrief {
            line: text.lines().count(),
            reason: "the last quote has no citation".to_owned(),
        });
    }
    Ok(claims)
}

/// The claim of a row of the table of sources: that there is such a file.
fn source(number: usize, line: &str) -> Option<Claim> {
    let row = line.strip_prefix("| ")?;
    let (file, rest) = row.split_once(" | ")?;
    let (sha256, _) = rest.split_once(" | ")?;
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| Claim {
        line: number,
        file: unescaped(file),
        place: Place::Whole,
        sha256: sha256.to_owned(),
        quote: None,
    })
}
