//! A change as the fields of a line.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::corpus::Field;
use crate::triage::change::{Change, ChangeId, Op, Passage, VERSION};
use crate::triage::key::DocumentKey;
use crate::triage::line::END_OF_TIME;
use crate::triage::line::harmless::harmless;
use crate::triage::line::identity::content_id;

/// All fields that a line of version 1 may have.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Wire<'a> {
    pub(super) v: u32,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) time: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) author: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) op: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) docs: Option<Vec<DocumentKey>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) auto: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) quote: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) replaces: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) came: Option<Vec<(DocumentKey, String)>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) gone: Option<Vec<DocumentKey>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) said: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) redo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<Cow<'a, str>>,
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
