//! Which format a file is in: by its name, else by how it begins. One file beside this one for
//! each format that is read.

use std::io::{self, BufRead, Read};
use std::path::Path;

use crate::ingest::json::Json;
use crate::ingest::jsonl::JsonLines;
use crate::ingest::markdown::Markdown;
use crate::ingest::plain::PlainText;
use crate::ingest::{Sink, compressed};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one document a file.
    Plain,
    /// Markdown, one document a file, perhaps with front matter.
    Markdown,
    /// JSON Lines, one document a line.
    JsonLines,
    /// JSON: one document, or a list of them.
    Json,
}

/// Where a document comes from, for its path and its id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'i> {
    /// The path to show.
    pub(super) path: &'i str,
    /// The file name without its extensions.
    pub(super) stem: &'i str,
}

/// Reads one format.
pub(super) trait Reader {
    /// Hands out every document of `source`, and what of it could not be read.
    ///
    /// # Errors
    /// When the source itself fails; what was handed out before stays valid.
    fn read(
        &self,
        origin: Origin<'_>,
        source: &mut dyn BufRead,
        sink: Sink<'_>,
    ) -> Result<(), Failure>;
}

/// Why a file as a whole could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("The file is empty.")]
    Empty,
    #[error("The file holds nothing but white space.")]
    Blank,
    #[error("Larger than {} MiB; split it, or keep it as JSON Lines.", LARGEST >> 20)]
    TooLarge,
    #[error("Not text: it looks like {0}.")]
    Binary(&'static str),
    #[error("{}", crate::ingest::read::explain(.0))]
    Io(#[from] io::Error),
}

/// Most bytes of one document or record, unpacked.
pub(super) const LARGEST: u64 = 512 << 20;

impl Format {
    pub(super) fn reader(self) -> &'static dyn Reader {
        match self {
            Self::Plain => &PlainText,
            Self::Markdown => &Markdown,
            Self::JsonLines => &JsonLines,
            Self::Json => &Json,
        }
    }
}

/// What a file's name says.
pub(super) enum Named {
    /// Worth a try; `format` is `None` where only the content can tell.
    Readable {
        format: Option<Format>,
        /// Whether it is packed as Zstandard.
        packed: bool,
    },
    /// A format that is not read, and what to do about it.
    Unreadable(String),
}

/// Judges a file by its name.
pub(super) fn by_name(path: &Path) -> Named {
    let extension = extension(path);
    if extension.as_deref() == Some("zst") {
        return match by_name(&path.with_extension("")) {
            Named::Readable { format, .. } => Named::Readable {
                format,
                packed: true,
            },
            refused @ Named::Unreadable(_) => refused,
        };
    }
    let format = match extension.as_deref() {
        None => None,
        Some("txt" | "text") => Some(Format::Plain),
        Some("md" | "markdown") => Some(Format::Markdown),
        Some("jsonl" | "ndjson" | "jsonlines") => Some(Format::JsonLines),
        Some("json") => Some(Format::Json),
        Some(other) => return Named::Unreadable(refusal(other)),
    };
    Named::Readable {
        format,
        packed: false,
    }
}

/// The extension in lower case. What no format is ever called, such as `2016` in `report.2016`,
/// is part of the name.
fn extension(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    let plausible = extension.len() <= 8
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && extension.bytes().any(|b| b.is_ascii_alphabetic());
    plausible.then_some(extension)
}

fn refusal(extension: &str) -> String {
    let (name, advice) = match extension {
        "html" | "htm" | "xhtml" | "mhtml" => ("HTML", "save the article as .txt"),
        "sgm" | "sgml" | "xml" => ("SGML or XML", "convert it to .jsonl"),
        "rss" | "atom" => ("a feed", "convert it to .jsonl"),
        "pdf" => ("PDF", "convert it with pdftotext"),
        "doc" | "docx" | "odt" | "rtf" => ("a word processor's format", "save it as .txt"),
        "epub" => ("EPUB", "convert it to .txt"),
        "csv" | "tsv" | "xls" | "xlsx" | "ods" => ("a table", "convert it to .jsonl"),
        "eml" | "mbox" | "msg" => ("e-mail", "save it as .txt"),
        "warc" => ("WARC", "convert it to .jsonl"),
        "gz" | "bz2" | "xz" | "zip" | "tar" | "tgz" | "7z" | "rar" => ("an archive", "unpack it"),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "tif" | "tiff" | "mp3" | "mp4"
        | "wav" | "webm" | "avi" | "mov" => {
            return format!("A .{extension} file holds no text to read.");
        }
        _ => {
            return format!(
                "Files of type .{extension} are not read; if it is plain text, name it .txt."
            );
        }
    };
    format!("A .{extension} file is {name}, which is not read yet: {advice}.")
}

/// Judges a file by how it begins. `start` may be cut anywhere.
///
/// # Errors
/// When it is no text, with what it looks like.
pub(super) fn by_content(start: &[u8]) -> Result<Format, Failure> {
    if let Some(kind) = binary(start) {
        return Err(Failure::Binary(kind));
    }
    if !super::encoding::is_wide(start) {
        let controls = start
            .iter()
            .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
            .count();
        if controls * 20 > start.len() {
            return Err(Failure::Binary("a binary file"));
        }
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let text = text.trim_ascii_start();
    Ok(match text.first() {
        // a line that ends in } and is followed by another object, or a whole object
        Some(b'{') if text.get(1..).is_some_and(opens_object) => {
            let mut lines = text.split(|byte| *byte == b'\n');
            let first = lines.next().unwrap_or(&[]).trim_ascii_end();
            if first.ends_with(b"}") || first.len() == text.len() {
                Format::JsonLines
            } else {
                Format::Json
            }
        }
        Some(b'[') if text.get(1..).is_some_and(opens_list) => Format::Json,
        _ => Format::Plain,
    })
}

fn opens_object(rest: &[u8]) -> bool {
    matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}'))
}

fn opens_list(rest: &[u8]) -> bool {
    matches!(rest.trim_ascii_start().first(), Some(b'{' | b']'))
}

/// What a binary file looks like, by its first bytes.
pub(super) fn binary(start: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1F\x8B", "a gzip file"),
        (b"BZh9", "a bzip2 file"),
        (b"\xFD7zXZ\0", "an xz file"),
        (compressed::MAGIC, "a Zstandard file"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7FELF", "a program"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old office document",
        ),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"{\\rtf", "RTF"),
    ];
    MAGIC
        .iter()
        .find(|(magic, _)| start.starts_with(magic))
        .map(|(_, name)| *name)
}

/// Everything that is left of a source.
///
/// # Errors
/// When it is empty, too large or fails.
pub(super) fn read_whole(source: &mut dyn BufRead) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Err(Failure::Empty);
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::TooLarge);
    }
    Ok(bytes)
}
