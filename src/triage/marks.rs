//! What the changes of one document come to.

use std::sync::Arc;

use crate::triage::change::{Change, ChangeId, Mark, Op, Passage};

/// Whether a document matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// It does.
    Kept,
    /// It does not.
    Dismissed,
}

impl Decision {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Dismissed => "dismissed",
        }
    }
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The change that made it.
    pub id: ChangeId,
    /// When, in milliseconds since 1970 UTC.
    pub time: i64,
    /// Who.
    pub author: Arc<str>,
    /// What it is about; `None` for the whole article.
    pub passage: Option<Passage>,
    /// What it says; never empty.
    pub text: String,
}

/// Everything that was made of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentMarks {
    /// The last decision of whoever decided last.
    pub decision: Option<Decision>,
    /// Whether it was read.
    pub read: bool,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// Each author's last decision, in the order in which they first decided.
    pub decisions: Vec<(Arc<str>, Option<Decision>)>,
}

impl DocumentMarks {
    /// Whether one author keeps what another dismisses.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        let says = |wanted| {
            let mut decisions = self.decisions.iter();
            decisions.any(|(_, decision)| *decision == Some(wanted))
        };
        says(Decision::Kept) && says(Decision::Dismissed)
    }

    /// Takes one more change in; those before it have been taken in already.
    pub(super) fn apply(&mut self, change: &Change) {
        match &change.op {
            Op::Mark { mark, .. } => match mark {
                Mark::Keep => self.decide(&change.author, Some(Decision::Kept)),
                Mark::Dismiss => self.decide(&change.author, Some(Decision::Dismissed)),
                Mark::Undecide => self.decide(&change.author, None),
                Mark::Read => self.read = true,
                Mark::Unread => self.read = false,
            },
            Op::Tag { tag, add, .. } => match (self.tags.binary_search(tag), add) {
                (Err(at), true) => self.tags.insert(at, tag.clone()),
                (Ok(at), false) => {
                    self.tags.remove(at);
                }
                _ => {}
            },
            Op::Note {
                passage,
                text,
                replaces,
                ..
            } => {
                let old = self.notes.iter().position(|n| Some(n.id) == *replaces);
                let note = Note {
                    id: change.id,
                    time: change.time,
                    author: Arc::clone(&change.author),
                    passage: passage.clone(),
                    text: text.clone(),
                };
                match (old, text.is_empty()) {
                    (Some(at), true) => {
                        self.notes.remove(at);
                    }
                    (Some(at), false) => {
                        if let Some(place) = self.notes.get_mut(at) {
                            *place = note;
                        }
                    }
                    (None, true) => {}
                    (None, false) => self.notes.push(note),
                }
            }
            _ => {}
        }
    }

    fn decide(&mut self, author: &Arc<str>, decision: Option<Decision>) {
        self.decision = decision;
        match self.decisions.iter_mut().find(|(who, _)| who == author) {
            Some((_, theirs)) => *theirs = decision,
            None => self.decisions.push((Arc::clone(author), decision)),
        }
    }
}
