//! What leaves khabar as a file: a brief of articles and passages, each with what a reader needs
//! to check it; and the check itself.
//!
//! ```text
//! articles, passages, notes ─► Brief ─┬─ markdown ─┐
//!                                     ├─ html      ├─► bytes ─ file ─► disk
//!                                     ├─ csv       │     │
//!                                     └─ jsonl ────┘     └─ (the same four read) ─► claims ─ verify
//! ```
//!
//! A brief is a function of what it is made of: no clock, no machine, no order of a hash table is
//! in it, so the same state gives the same bytes. Every format reads what it writes, and a test
//! holds the two together. What the documents say is quoted, never obeyed: each format escapes
//! what would be structure in it, and controls and bidi controls become visible stand-ins (in
//! JSON: escapes).

mod brief;
pub mod citation;
mod csv;
pub mod file;
mod html;
pub mod json;
mod jsonl;
mod markdown;
mod notes;
#[cfg(test)]
mod tests;
pub mod verify;

pub use brief::{Brief, Kept, Quote, passages};
pub use verify::{Checked, Claim, Verdict};

/// The form of a brief.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A document to read and to pass on.
    #[default]
    Markdown,
    /// The same for a browser.
    Html,
    /// A row for each passage, for a spreadsheet.
    Csv,
    /// A line for each article, for a program.
    JsonLines,
}

impl Format {
    /// The names of all forms.
    pub const NAMES: &[&str] = &["md", "html", "csv", "jsonl"];

    /// The form of a name, which is also that of its files' ending.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// The form that a file's name says.
    #[must_use]
    pub fn of_file(path: &std::path::Path) -> Option<Self> {
        Self::from_name(path.extension()?.to_str()?)
    }

    /// The form of a brief that was read, by how it begins.
    #[must_use]
    pub fn of_content(text: &str) -> Self {
        let start = text.trim_start_matches('\u{FEFF}');
        if start.starts_with('{') {
            Self::JsonLines
        } else if start.starts_with("<!") || start.starts_with("<html") {
            Self::Html
        } else if start.starts_with("\"file\",") {
            Self::Csv
        } else {
            Self::Markdown
        }
    }
}

/// Writes a brief.
#[must_use]
pub fn write(brief: &Brief<'_>, format: Format) -> String {
    match format {
        Format::Markdown => markdown::write(brief),
        Format::Html => html::write(brief),
        Format::Csv => csv::write(brief),
        Format::JsonLines => jsonl::write(brief),
    }
}

/// The claims of a brief that was written in a format: its citations, in order.
///
/// # Errors
/// The line that is no line of a brief, and what is wrong with it.
pub fn read(text: &str, format: Format) -> Result<Vec<Claim>, NoBrief> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let claims = match format {
        Format::Markdown => markdown::read(text),
        Format::Html => html::read(text),
        Format::Csv => csv::read(text),
        Format::JsonLines => jsonl::read(text),
    }?;
    if claims.is_empty() {
        return Err(NoBrief {
            line: 1,
            reason: "there is no citation in it".to_owned(),
        });
    }
    Ok(claims)
}

/// Why a text is no brief.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct NoBrief {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}
