//! Edits of repairs: each has an inverse, for undo and redo.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::repair::file::PREAMBLE;
use crate::repair::{Entry, Problem, Repair, Repairs};

/// What was taken out of a file of repairs and what was put in; a small value that can be kept.
///
/// While nobody else changes the file, undoing it gives the file back to the byte. In a file that
/// was changed since, the entries are exchanged and everything else stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Digests of the file before and after.
    before: String,
    after: String,
    /// Where the file changed, in bytes, from what to what.
    at: usize,
    out: String,
    into: String,
    /// The entries that went and those that came, each with its remarks.
    taken: Vec<String>,
    put: Vec<String>,
}

/// What became of undoing an edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// What undoes that again; `None` where nothing was left to do.
    pub edit: Option<Edit>,
    /// Entries that could not come back, since the file now says otherwise: with the line of what
    /// contradicts them.
    pub problems: Vec<Problem>,
}

impl Edit {
    /// The edit that makes one state of a file of another; `None` where they are the same.
    pub(super) fn between(before: &Repairs, after: &Repairs) -> Option<Self> {
        let (old, new) = (before.to_text(), after.to_text());
        if old == new {
            return None;
        }
        let head = old
            .split_inclusive('\n')
            .zip(new.split_inclusive('\n'))
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len())
            .sum();
        let (mut out, mut into) = (
            old.get(head..).unwrap_or("").to_owned(),
            new.get(head..).unwrap_or("").to_owned(),
        );
        let tail: usize = out
            .split_inclusive('\n')
            .rev()
            .zip(into.split_inclusive('\n').rev())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len())
            .sum();
        out.truncate(out.len() - tail);
        into.truncate(into.len() - tail);
        Some(Self {
            before: digest(&old),
            after: digest(&new),
            at: head,
            out,
            into,
            taken: missing(before, after),
            put: missing(after, before),
        })
    }

    /// What undoes the undoing.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
            at: self.at,
            out: self.into.clone(),
            into: self.out.clone(),
            taken: self.put.clone(),
            put: self.taken.clone(),
        }
    }

    /// It as JSON, to be kept in a journal.
    #[must_use]
    pub fn to_json(&self) -> String {
        // plain data: cannot fail
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote; `None` for anything else, such as the edit of
    /// a later version.
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

/// The entries that one state has and another lacks.
fn missing(of: &Repairs, from: &Repairs) -> Vec<String> {
    let lacks = |entry: &&Entry| {
        let same = |other: &Entry| other.repair == entry.repair;
        entry.repair.is_some() && !from.entries.iter().any(same)
    };
    let entries = of.entries.iter().filter(lacks);
    entries.map(|entry| entry.text.clone()).collect()
}

fn digest(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(12) {
        // writing to a string cannot fail
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

impl Repairs {
    /// Adds a repair, in place of those that it contradicts. Gives what undoes it; `None` where
    /// the file says so already.
    pub fn add(&mut self, repair: Repair) -> Option<Edit> {
        self.change(|repairs| repairs.put(repair, None))
    }

    /// Takes a repair away. Gives what undoes it; `None` where there is no such repair.
    pub fn remove(&mut self, repair: &Repair) -> Option<Edit> {
        self.change(|repairs| repairs.take(repair))
    }

    /// Undoes an edit. What it gives undoes that again.
    pub fn undo(&mut self, edit: &Edit) -> Undone {
        let text = self.to_text();
        let rest = text
            .get(edit.at..)
            .and_then(|rest| rest.strip_prefix(edit.into.as_str()));
        if let Some(rest) = rest
            && digest(&text) == edit.after
        {
            let head = text.get(..edit.at).unwrap_or("");
            let (before, _) = Self::parse(&[head, &edit.out, rest].concat());
            let undone = Edit::between(self, &before);
            *self = before;
            return Undone {
                edit: undone,
                problems: Vec::new(),
            };
        }
        let mut problems = Vec::new();
        let undone = self.change(|repairs| {
            for repair in edit.put.iter().filter_map(|block| entry_of(block)?.repair) {
                repairs.take(&repair);
            }
            for entry in edit.taken.iter().filter_map(|block| entry_of(block)) {
                let Some(repair) = entry.repair else { continue };
                match repairs.against(&repair) {
                    Some(problem) => problems.push(problem),
                    None => repairs.put(repair, Some(entry.text)),
                }
            }
        });
        Undone {
            edit: undone,
            problems,
        }
    }

    /// Changes the entries and says how.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Self)) -> Option<Edit> {
        let before = self.clone();
        change(self);
        // as it will be read again
        (*self, _) = Self::parse(&self.to_text());
        Edit::between(&before, self)
    }

    /// What in the file contradicts a repair, with its line.
    fn against(&self, repair: &Repair) -> Option<Problem> {
        let contradicts = |entry: &&Entry| {
            let other = entry.repair.as_ref();
            other.is_some_and(|other| other.contradicts(repair))
        };
        let entry = self.entries.iter().find(contradicts)?;
        Some(Problem {
            line: entry.line,
            reason: format!(
                "this entry, made since, contradicts the {} of {:?}, which stays undone",
                repair.verb(),
                repair.subject()
            ),
        })
    }

    /// Puts a repair in, in place of those that it contradicts; with the text of its entry if it
    /// had one.
    pub(super) fn put(&mut self, repair: Repair, text: Option<String>) {
        let stands = |entry: &Entry| entry.repair.as_ref() == Some(&repair) && !entry.in_conflict;
        if self.entries.iter().any(stands) {
            return;
        }
        if self.preamble.is_empty() && self.entries.is_empty() {
            PREAMBLE.clone_into(&mut self.preamble);
        }
        self.entries.retain(|entry| {
            let contradicted = entry.repair.as_ref();
            !contradicted.is_some_and(|old| *old == repair || old.contradicts(&repair))
        });
        // in the order of the kinds of repair and of names, so that files of several people differ
        // in few places
        let at = self
            .entries
            .iter()
            .position(|entry| entry.repair.as_ref().is_some_and(|other| *other > repair))
            .unwrap_or(self.entries.len());
        let mut text = text.unwrap_or_else(|| repair.to_block());
        if at < self.entries.len() {
            while !text.ends_with("\n\n") {
                text.push('\n');
            }
        }
        let previous = match at.checked_sub(1) {
            Some(previous) => self.entries.get_mut(previous).map(|entry| &mut entry.text),
            None => Some(&mut self.preamble).filter(|preamble| !preamble.is_empty()),
        };
        if let Some(previous) = previous {
            while !previous.ends_with("\n\n") {
                previous.push('\n');
            }
        }
        let entry = Entry {
            repair: Some(repair),
            text,
            line: 0,
            in_conflict: false,
        };
        self.entries.insert(at, entry);
        self.number_lines();
        self.check();
    }

    /// Takes a repair out, if it is there.
    pub(super) fn take(&mut self, repair: &Repair) {
        self.entries
            .retain(|entry| entry.repair.as_ref() != Some(repair));
        self.number_lines();
        self.check();
    }
}

/// The entry of a block that stood in a file.
fn entry_of(block: &str) -> Option<Entry> {
    let (repairs, _) = Repairs::parse(block);
    let mut entries = repairs.entries.into_iter();
    entries.next().filter(|entry| entry.repair.is_some())
}
