//! JSON Lines: one record a line, read line by line.

use std::io::{self, BufRead};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::ingest::encoding::{self, UTF_8};
use crate::ingest::format::{Failure, LARGEST, Origin, Reader};
use crate::ingest::json::{self, Json};
use crate::ingest::record::Frame;
use crate::ingest::{AnnotatedLine, Outcome, Sink};

/// Bad lines of one file that are listed one by one; the others are counted.
const LISTED: usize = 1000;

/// Reads `.jsonl`.
pub(super) struct JsonLines;

impl Reader for JsonLines {
    fn read(
        &self,
        origin: Origin<'_>,
        source: &mut dyn BufRead,
        sink: Sink<'_>,
    ) -> Result<(), Failure> {
        let start = source.fill_buf()?;
        if encoding::is_wide(start) {
            let text = encoding::decode(crate::ingest::format::read_whole(source)?);
            return read_lines(origin, &mut text.text.as_bytes(), text.encoding, sink);
        }
        if is_one_value(start) {
            return Json.read(origin, source, sink);
        }
        read_lines(origin, source, UTF_8, sink)
    }
}

/// Whether a file that is called JSON Lines is a list, or one object over several lines.
fn is_one_value(start: &[u8]) -> bool {
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = text.trim_ascii_start().split(|b| *b == b'\n').next();
    matches!(
        first.unwrap_or(&[]).trim_ascii(),
        b"{" | b"[" | [b'[', b'{', ..]
    )
}

fn read_lines(
    origin: Origin<'_>,
    source: &mut dyn BufRead,
    encoding: &'static str,
    sink: Sink<'_>,
) -> Result<(), Failure> {
    let mut lines = Lines {
        buffer: Vec::new(),
        number: 0,
    };
    let (mut records, mut bad) = (0_usize, 0_usize);
    while let Some(line) = lines.next(source)? {
        let number = lines.number;
        let outcome = match line {
            Line::TooLong => Err(format!("The line is longer than {} MiB.", LARGEST >> 20)),
            Line::Whole => {
                let mut bytes = lines.buffer.as_slice();
                if number == 1 {
                    bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                }
                if bytes.trim_ascii().is_empty() {
                    continue;
                }
                record(origin, number, bytes, encoding)
            }
        };
        records += 1;
        match outcome {
            Ok(document) => sink(document),
            Err(reason) => {
                bad += 1;
                if bad <= LISTED {
                    sink(Outcome::unreadable(
                        format!("{}:{number}", origin.path),
                        reason,
                    ));
                }
            }
        }
    }
    if bad > LISTED {
        let reason = format!("{} further lines could not be read either.", bad - LISTED);
        sink(Outcome::unreadable(origin.path, reason));
    }
    if records == 0 {
        return Err(Failure::Blank);
    }
    Ok(())
}

fn record(
    origin: Origin<'_>,
    number: usize,
    line: &[u8],
    encoding: &'static str,
) -> Result<Outcome, String> {
    let id = format!("{}:{number}", origin.stem);
    let path = format!("{}:{number}", origin.path);
    if is_annotated(line)
        && let Ok(text) = str::from_utf8(line)
    {
        let text = text.to_owned();
        return Ok(Outcome::Annotated(Box::new(AnnotatedLine {
            path,
            text,
            id,
        })));
    }
    document(id, path, line, encoding)
}

/// An annotated line read as any record.
pub(super) fn ordinary(line: AnnotatedLine) -> Outcome {
    let AnnotatedLine { path, text, id } = line;
    document(id, path.clone(), text.as_bytes(), UTF_8)
        .unwrap_or_else(|reason| Outcome::unreadable(path, reason))
}

/// Whether a record has a field that only khabar writes, wherever other tools have moved it.
fn is_annotated(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Marked {
        khabar: Mark,
    }
    #[derive(Deserialize)]
    struct Mark {
        annotated: u32,
    }
    // within a string the quotation marks would be escaped
    memchr::memmem::find(line, b"\"khabar\"").is_some()
        && serde_json::from_slice::<Marked>(line).is_ok_and(|marked| marked.khabar.annotated > 0)
}

fn document(
    id: String,
    path: String,
    line: &[u8],
    encoding: &'static str,
) -> Result<Outcome, String> {
    let mut frame = Frame {
        id,
        path,
        sha256: Sha256::digest(line).into(),
        encoding,
        notes: Vec::new(),
    };
    let fields = if let Ok(text) = std::str::from_utf8(line) {
        json::fields(text, &mut frame.notes)
    } else {
        let decoded = encoding::decode(line.to_vec());
        frame.encoding = decoded.encoding;
        frame.notes = decoded.notes;
        json::fields(&decoded.text, &mut frame.notes)
    }?;
    let document = fields.into_document(frame)?;
    Ok(Outcome::Document(Box::new(document)))
}

/// What a line turned out to be.
enum Line {
    Whole,
    TooLong,
}

/// Lines without their newline, in one buffer that is used again and again.
struct Lines {
    buffer: Vec<u8>,
    /// Number of the line in `buffer`, from 1.
    number: usize,
}

impl Lines {
    fn next(&mut self, source: &mut dyn BufRead) -> io::Result<Option<Line>> {
        self.buffer.clear();
        let mut length = 0_u64;
        loop {
            let part = source.fill_buf()?;
            if part.is_empty() {
                if length == 0 {
                    return Ok(None);
                }
                break;
            }
            let newline = memchr::memchr(b'\n', part);
            let taken = newline.unwrap_or(part.len());
            length += taken as u64;
            if length <= LARGEST {
                self.buffer
                    .extend_from_slice(part.get(..taken).unwrap_or(&[]));
            }
            let consumed = taken + usize::from(newline.is_some());
            source.consume(consumed);
            if newline.is_some() {
                break;
            }
        }
        self.number += 1;
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        Ok(Some(if length > LARGEST {
            Line::TooLong
        } else {
            Line::Whole
        }))
    }
}
