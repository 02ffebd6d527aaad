//! A change as one line of JSON, and back.
//!
//! ```json
//! {"v":1,"id":"…","time":"2026-11-22T11:25:36.123Z","author":"amal@desk","op":"keep","docs":["…"]}
//! ```
//! `id` is the first 16 bytes of the SHA-256 of the line without it, its fields sorted by name and
//! nothing between them; so a line that was edited, or cut and mended, can be told.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::corpus::{Field, Span};
use crate::triage::change::{Change, ChangeId, Mark, Op, Passage, VERSION};
use crate::triage::key::DocumentKey;

/// 9999-01-01: later times could not be written any more.
const END_OF_TIME: i64 = 253_370_764_800_000;

/// What a line begins with; a line that was torn may have another one right behind it.
const BEGINNING: &str = "{\"v\":";

/// A line that is no change, and why not. It stays in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
    /// Whether it was written by a later version, rather than damaged.
    pub is_newer: bool,
}

/// Why a line is no change.
enum Misfit {
    /// A later version wrote it.
    Newer(String),
    /// It makes no sense.
    Damaged(String),
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A change.
    Change(Change),
    /// A later version's, or an operation that this one does not know.
    Newer(String),
    /// Nothing that can be understood.
    Damaged(String),
}

/// All fields that a line of version 1 may have.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Wire<'a> {
    v: u32,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    time: Cow<'a, str>,
    #[serde(borrow, default)]
    author: Cow<'a, str>,
    #[serde(borrow, default)]
    op: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    docs: Option<Vec<DocumentKey>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    auto: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    came: Option<Vec<(DocumentKey, String)>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone: Option<Vec<DocumentKey>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Cow<'a, str>>,
}

impl Change {
    /// A change with the id that its content gives it.
    #[must_use]
    pub fn new(time: i64, author: Arc<str>, op: Op) -> Self {
        let mut change = Self {
            time: time.clamp(0, END_OF_TIME - 1),
            author,
            id: ChangeId([0; 16]),
            op,
        };
        let mut wire = change.wire();
        wire.id = Cow::Borrowed("");
        // plain data: neither of the two can fail
        change.id = serde_json::to_value(&wire)
            .ok()
            .and_then(content_id)
            .unwrap_or(change.id);
        change
    }

    /// Its line, with the line break. No character in it can steer a terminal.
    #[must_use]
    pub fn to_line(&self) -> String {
        // plain data: cannot fail
        let json = serde_json::to_string(&self.wire()).unwrap_or_default();
        let mut line = harmless(&json);
        line.push('\n');
        line
    }

    fn wire(&self) -> Wire<'_> {
        let time = DateTime::<Utc>::from_timestamp_millis(self.time).unwrap_or_default();
        let mut wire = Wire {
            v: VERSION,
            id: Cow::Owned(self.id.to_string()),
            time: Cow::Owned(time.to_rfc3339_opts(SecondsFormat::Millis, true)),
            author: Cow::Borrowed(&self.author),
            ..Wire::default()
        };
        wire.op = Cow::Borrowed(fill(&mut wire, &self.op));
        wire
    }
}

/// Fills in the fields of an operation; gives its name.
fn fill<'a>(wire: &mut Wire<'a>, op: &'a Op) -> &'static str {
    match op {
        Op::Mark {
            mark,
            documents,
            auto,
        } => {
            wire.docs = Some(documents.clone());
            wire.auto = *auto;
            mark.name()
        }
        Op::Tag {
            tag,
            add,
            documents,
        } => {
            wire.docs = Some(documents.clone());
            wire.tag = Some(tag.clone());
            if *add { "tag" } else { "untag" }
        }
        Op::Note {
            document,
            passage,
            text,
            replaces,
        } => {
            fill_note(wire, *document, passage.as_ref(), text, *replaces);
            "note"
        }
        Op::Draft {
            document,
            passage,
            text,
            replaces,
        } => {
            fill_note(wire, *document, passage.as_ref(), text, *replaces);
            "draft"
        }
        Op::View { name, query } => {
            wire.name = Some(name.clone());
            wire.query.clone_from(query);
            "view"
        }
        Op::Session { came, gone } => {
            wire.came = Some(came.clone());
            wire.gone = Some(gone.clone());
            "session"
        }
        Op::Correction { said, undo, redo } => {
            wire.said = Some(said.clone());
            wire.undo = Some(undo.clone());
            wire.redo = Some(redo.clone());
            "correction"
        }
        Op::Undo { of } => {
            wire.of = Some(Cow::Owned(of.to_string()));
            "undo"
        }
        Op::Redo { of } => {
            wire.of = Some(Cow::Owned(of.to_string()));
            "redo"
        }
    }
}

fn fill_note(
    wire: &mut Wire<'_>,
    document: DocumentKey,
    passage: Option<&Passage>,
    text: &str,
    replaces: Option<ChangeId>,
) {
    wire.docs = Some(vec![document]);
    wire.text = Some(text.to_owned());
    wire.replaces = replaces.map(|id| Cow::Owned(id.to_string()));
    if let Some(passage) = passage {
        wire.field = Some(Cow::Borrowed(match passage.field {
            Field::Title => "title",
            Field::Text => "text",
        }));
        wire.start = Some(passage.span.start);
        wire.end = Some(passage.span.end);
        wire.quote = Some(passage.quote.clone());
    }
}

/// The id of a line without its `id`.
fn content_id(value: Value) -> Option<ChangeId> {
    let Value::Object(mut fields) = value else {
        return None;
    };
    fields.remove("id");
    let mut canonical = String::new();
    write_canonical(&mut canonical, &Value::Object(fields));
    let hash = Sha256::digest(canonical);
    let first = hash.first_chunk::<16>()?;
    Some(ChangeId(*first))
}

/// JSON with the fields of objects sorted by name and nothing between them.
fn write_canonical(out: &mut String, value: &Value) {
    let mut separator = "";
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in fields {
                // writing to a string cannot fail
                let _ = write!(out, "{separator}{}:", Value::from(name.as_str()));
                write_canonical(out, value);
                separator = ",";
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for value in values {
                out.push_str(separator);
                write_canonical(out, value);
                separator = ",";
            }
            out.push(']');
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

/// Whether a line's `id` is that of its content.
///
/// # Errors
/// What is wrong, in one sentence.
pub fn verify(line: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let stated = value.get("id").and_then(Value::as_str).unwrap_or("");
    let stated = ChangeId::from_hex(stated).ok_or("its id is not 32 hexadecimal digits")?;
    if content_id(value) == Some(stated) {
        Ok(())
    } else {
        Err("its id is not that of its content: the line was changed after it was written".into())
    }
}

/// Reads a line without its line break.
#[must_use]
pub fn read_line(line: &str) -> Line {
    let wire: Wire<'_> = match serde_json::from_str(line) {
        Ok(wire) => wire,
        Err(error) => {
            // a later version may give a known field another shape
            #[derive(Deserialize)]
            struct Version {
                v: u32,
            }
            return match serde_json::from_str(line) {
                Ok(Version { v }) if v > VERSION => newer(v),
                _ => Line::Damaged(error.to_string()),
            };
        }
    };
    if wire.v > VERSION {
        return newer(wire.v);
    }
    let Some(id) = ChangeId::from_hex(&wire.id) else {
        return Line::Damaged("its id is not 32 hexadecimal digits".to_owned());
    };
    let time = DateTime::parse_from_rfc3339(&wire.time).map(|time| time.timestamp_millis());
    let Some(time) = time.ok().filter(|time| (0..END_OF_TIME).contains(time)) else {
        return Line::Damaged(format!("{:?} is no time", wire.time));
    };
    let author: Arc<str> = Arc::from(&*wire.author);
    match op(wire) {
        Ok(op) => Line::Change(Change {
            time,
            author,
            id,
            op,
        }),
        Err(Misfit::Newer(reason)) => Line::Newer(reason),
        Err(Misfit::Damaged(reason)) => Line::Damaged(reason),
    }
}

fn newer(version: u32) -> Line {
    Line::Newer(format!(
        "it is of version {version}, this khabar knows up to {VERSION}"
    ))
}

fn op(wire: Wire<'_>) -> Result<Op, Misfit> {
    fn needed<T>(field: &str, value: Option<T>) -> Result<T, Misfit> {
        value.ok_or_else(|| Misfit::Damaged(format!("{field} is missing")))
    }
    let id = |field: &str, text: Option<Cow<'_, str>>| {
        needed(field, text.and_then(|text| ChangeId::from_hex(&text)))
    };
    let Wire { op: name, auto, .. } = &wire;
    if let Some(mark) = Mark::from_name(name) {
        return Ok(Op::Mark {
            mark,
            auto: *auto,
            documents: needed("docs", wire.docs)?,
        });
    }
    Ok(match &**name {
        "tag" | "untag" => Op::Tag {
            add: name == "tag",
            tag: needed("tag", wire.tag)?,
            documents: needed("docs", wire.docs)?,
        },
        "note" | "draft" => {
            let is_note = name == "note";
            let document = wire.docs.as_deref().and_then(|docs| docs.first().copied());
            let document = needed("docs", document)?;
            let text = needed("text", wire.text)?;
            let replaces = match wire.replaces {
                Some(text) => Some(id("replaces", Some(text))?),
                None => None,
            };
            let passage = match (wire.field.as_deref(), wire.start, wire.end) {
                (None, None, None) => None,
                (Some(field), Some(start), Some(end)) if start <= end => Some(Passage {
                    field: if field == "title" {
                        Field::Title
                    } else {
                        Field::Text
                    },
                    span: Span { start, end },
                    quote: wire.quote.unwrap_or_default(),
                }),
                _ => return Err(Misfit::Damaged("its passage makes no sense".to_owned())),
            };
            if is_note {
                Op::Note {
                    document,
                    passage,
                    text,
                    replaces,
                }
            } else {
                Op::Draft {
                    document,
                    passage,
                    text,
                    replaces,
                }
            }
        }
        "view" => Op::View {
            name: needed("name", wire.name)?,
            query: wire.query,
        },
        "session" => Op::Session {
            came: wire.came.unwrap_or_default(),
            gone: wire.gone.unwrap_or_default(),
        },
        "correction" => Op::Correction {
            said: needed("said", wire.said)?,
            undo: needed("undo", wire.undo)?,
            redo: needed("redo", wire.redo)?,
        },
        "undo" => Op::Undo {
            of: id("of", wire.of)?,
        },
        "redo" => Op::Redo {
            of: id("of", wire.of)?,
        },
        other => return Err(Misfit::Newer(format!("this khabar knows no {other:?}"))),
    })
}

/// Reads lines; `first` is the number of the first of them, from 1. Blank ones are nothing.
///
/// A line that cannot be read may be one that was torn with another one right behind it: then that
/// one is read.
#[must_use]
pub fn parse_lines(text: &[u8], first: usize) -> (Vec<Change>, Vec<Damage>) {
    let (mut changes, mut damages) = (Vec::new(), Vec::new());
    for (line, bytes) in (first..).zip(text.split(|byte| *byte == b'\n')) {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let mut note = |reason, is_newer| {
            damages.push(Damage {
                line,
                reason,
                is_newer,
            });
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            let text = String::from_utf8_lossy(bytes);
            changes.extend(behind_the_tear(&text));
            note("it is not UTF-8".to_owned(), false);
            continue;
        };
        match read_line(text) {
            Line::Change(change) => changes.push(change),
            Line::Newer(reason) => note(reason, true),
            Line::Damaged(reason) => {
                changes.extend(behind_the_tear(text));
                note(reason, false);
            }
        }
    }
    (changes, damages)
}

fn behind_the_tear(text: &str) -> Option<Change> {
    let at = text.rfind(BEGINNING).filter(|at| *at > 0)?;
    match read_line(text.get(at..)?) {
        Line::Change(change) => Some(change),
        _ => None,
    }
}

/// JSON in which every character that could steer a terminal, or turn its text round, is written
/// as an escape. Such characters stand in strings only.
#[must_use]
pub fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            // all of them lie in the basic plane; writing to a string cannot fail
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// DEL, C1 controls, bidi controls, line and paragraph separator, byte order mark: JSON escapes
/// ASCII's controls itself.
fn steers(c: char) -> bool {
    matches!(
        c,
        '\u{7F}'..='\u{9F}'
            | '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}
