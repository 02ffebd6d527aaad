//! A line as a change, or why it is none.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::DateTime;
use serde::Deserialize;

use crate::corpus::{Field, Span};
use crate::triage::change::{Change, ChangeId, Mark, Op, Passage, VERSION};
use crate::triage::line::wire::Wire;
use crate::triage::line::{END_OF_TIME, Line};

/// Why a line is no change.
enum Misfit {
    /// A later version wrote it.
    Newer(String),
    /// It makes no sense.
    Damaged(String),
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
