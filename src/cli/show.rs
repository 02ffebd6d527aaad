//! `khabar show`: the documents as decoded.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::cli::json;
use crate::cli::list::language;
use crate::cli::task::Form;
use crate::cli::wire::Shown;
use crate::corpus::Article;
use crate::query::engine::documents;
use crate::query::{Answer, Engine};
use crate::text::visible::sanitize;

/// Writes the documents in the order of the answer; says whether there were any.
pub(super) fn write(
    engine: &dyn Engine,
    answer: &Answer,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut found = false;
    for (_, article) in documents(engine, &answer.hits) {
        let shown = shown(article);
        match form {
            Form::Json => json::write_line(out, &shown)?,
            Form::Table => {
                if found {
                    writeln!(out)?;
                }
                for_people(&shown, &article.raw.notes, out)?;
            }
        }
        found = true;
    }
    Ok(found)
}

fn shown(article: &Article) -> Shown<'_> {
    let raw = &article.raw;
    Shown {
        id: &raw.id,
        path: &raw.path,
        language: language(article.language),
        encoding: raw.encoding,
        title: raw.title.as_deref(),
        text: &raw.text,
        sha256: hex(&raw.sha256),
    }
}

fn for_people(shown: &Shown<'_>, notes: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "path:     {}", sanitize(shown.path))?;
    writeln!(out, "id:       {}", sanitize(shown.id))?;
    writeln!(out, "language: {}", shown.language.unwrap_or("not known"))?;
    writeln!(out, "encoding: {}", shown.encoding)?;
    writeln!(out, "sha256:   {}", shown.sha256)?;
    for note in notes {
        writeln!(out, "note:     {}", sanitize(note))?;
    }
    if let Some(title) = shown.title {
        writeln!(out, "title:    {}", sanitize(title))?;
    }
    writeln!(out)?;
    for line in shown.text.lines() {
        writeln!(out, "{}", sanitize(line))?;
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // writing to a String cannot fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}
