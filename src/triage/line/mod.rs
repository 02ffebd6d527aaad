//! A change as one line of JSON, and back.
//!
//! ```json
//! {"v":1,"id":"…","time":"2026-11-22T11:25:36.123Z","author":"amal@desk","op":"keep","docs":["…"]}
//! ```
//! `id` is the first 16 bytes of the SHA-256 of the line without it, its fields sorted by name and
//! nothing between them; so a line that was edited, or cut and mended, can be told.

mod harmless;
mod identity;
mod read;
mod wire;

pub use harmless::harmless;
pub use identity::verify;
pub use read::read_line;

use crate::triage::change::Change;

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
