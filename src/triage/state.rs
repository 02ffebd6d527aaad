//! What all changes come to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::triage::change::{Change, ChangeId, Op, Passage};
use crate::triage::history::History;
use crate::triage::key::DocumentKey;
use crate::triage::marks::DocumentMarks;

/// A note that somebody had not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// On which document.
    pub document: DocumentKey,
    /// On which passage of it.
    pub passage: Option<Passage>,
    /// What was typed.
    pub text: String,
    /// The note that was being worded anew.
    pub replaces: Option<ChangeId>,
}

/// A document's changes, as indices in the order of time, and what they come to.
#[derive(Clone, Debug, Default)]
struct Document {
    changes: Vec<u32>,
    marks: DocumentMarks,
}

/// What one author has seen and not finished.
#[derive(Clone, Debug, Default)]
struct Desk {
    draft: Option<Draft>,
    /// What their sessions have seen: documents with their paths. `None` before the first one ended.
    seen: Option<Arc<HashMap<DocumentKey, String>>>,
}

/// The changes and what they come to. Depends on the set of changes alone, not on the order in
/// which they came in, nor on how often each did.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Sorted by [`Change::order`].
    changes: Vec<Change>,
    by_id: HashMap<ChangeId, u32>,
    /// Of changes that undo or redo named: whether they are undone.
    undone: HashMap<ChangeId, bool>,
    documents: HashMap<DocumentKey, Document>,
    desks: HashMap<Arc<str>, Desk>,
    history: History,
}

impl State {
    /// The state of some changes.
    #[must_use]
    pub fn of(changes: impl IntoIterator<Item = Change>) -> Self {
        let mut changes: Vec<Change> = changes.into_iter().collect();
        changes.sort_by_key(Change::order);
        let mut state = Self::default();
        // what is undone is known before anything is applied, so that each document is gone
        // through once
        for change in &changes {
            state.flip(&change.op);
        }
        for change in changes {
            state.push(change);
        }
        state
    }

    /// Takes changes in, whenever they were made; those that are known already change nothing.
    /// Gives the documents that they may concern.
    pub fn extend(&mut self, changes: impl IntoIterator<Item = Change>) -> Vec<DocumentKey> {
        let mut new: Vec<Change> = changes.into_iter().collect();
        new.retain(|change| !self.by_id.contains_key(&change.id));
        new.sort_by_key(Change::order);
        let mut concerned = Vec::new();
        for change in &new {
            concerned.extend_from_slice(change.op.documents());
            if let Op::Undo { of } | Op::Redo { of } = change.op
                && let Some(target) = self.change(of)
            {
                concerned.extend_from_slice(target.op.documents());
            }
        }
        let last = self.changes.last().map(Change::order);
        if new.first().map(Change::order) < last && !new.is_empty() {
            // somebody else's, from before: rare, and everything after it may come to something else
            for change in &new {
                if let Op::Undo { of } | Op::Redo { of } = change.op
                    && let Some(target) = new.iter().find(|other| other.id == of)
                {
                    concerned.extend_from_slice(target.op.documents());
                }
            }
            new.append(&mut self.changes);
            *self = Self::of(new);
        } else {
            for change in new {
                self.flip(&change.op);
                self.push(change);
            }
        }
        concerned
    }

    fn flip(&mut self, op: &Op) {
        let (of, undone) = match op {
            Op::Undo { of } => (*of, true),
            Op::Redo { of } => (*of, false),
            _ => return,
        };
        let before = self.undone.insert(of, undone);
        if before.unwrap_or(false) != undone
            && let Some(target) = self.by_id.get(&of).copied()
        {
            self.refold(target);
        }
    }

    /// Adds the latest change.
    fn push(&mut self, change: Change) {
        if self.by_id.contains_key(&change.id) {
            return;
        }
        let Ok(index) = u32::try_from(self.changes.len()) else {
            return;
        };
        self.by_id.insert(change.id, index);
        self.history.add(&change);
        let holds = !self.is_undone(change.id);
        for key in change.op.documents() {
            let document = self.documents.entry(*key).or_default();
            // a document that is named twice
            if document.changes.last() != Some(&index) {
                document.changes.push(index);
                if holds {
                    document.marks.apply(&change);
                }
            }
        }
        match &change.op {
            Op::Draft {
                document,
                passage,
                text,
                replaces,
            } => {
                let draft = (!text.trim().is_empty()).then(|| Draft {
                    document: *document,
                    passage: passage.clone(),
                    text: text.clone(),
                    replaces: *replaces,
                });
                self.desk(&change.author).draft = draft;
            }
            // what was finished is no draft any more
            Op::Note { .. } => self.desk(&change.author).draft = None,
            Op::Session { came, gone } => {
                let seen = self.desk(&change.author).seen.get_or_insert_default();
                let seen = Arc::make_mut(seen);
                for key in gone {
                    seen.remove(key);
                }
                seen.extend(came.iter().cloned());
            }
            _ => {}
        }
        self.changes.push(change);
    }

    fn desk(&mut self, author: &Arc<str>) -> &mut Desk {
        self.desks.entry(Arc::clone(author)).or_default()
    }

    /// Works out anew what depends on a change that was undone or redone.
    fn refold(&mut self, index: u32) {
        let Some(change) = self.changes.get(index as usize) else {
            return;
        };
        for key in change.op.documents() {
            if let Some(document) = self.documents.get_mut(key) {
                document.marks = DocumentMarks::default();
                for index in &document.changes {
                    if let Some(change) = self.changes.get(*index as usize)
                        && !self.undone.get(&change.id).copied().unwrap_or(false)
                    {
                        document.marks.apply(change);
                    }
                }
            }
        }
    }

    /// Whether a change was taken back.
    #[must_use]
    pub fn is_undone(&self, id: ChangeId) -> bool {
        self.undone.get(&id).copied().unwrap_or(false)
    }

    /// All changes in the order in which they take effect.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The change of an id.
    #[must_use]
    pub fn change(&self, id: ChangeId) -> Option<&Change> {
        let index = *self.by_id.get(&id)?;
        self.changes.get(index as usize)
    }

    /// When the last change was made, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn latest(&self) -> Option<i64> {
        self.changes.last().map(|change| change.time)
    }

    /// What was made of a document, if anything was.
    #[must_use]
    pub fn marks(&self, key: &DocumentKey) -> Option<&DocumentMarks> {
        self.documents.get(key).map(|document| &document.marks)
    }

    /// Every document of which something was made.
    pub fn documents(&self) -> impl Iterator<Item = (&DocumentKey, &DocumentMarks)> {
        let documents = self.documents.iter();
        documents.map(|(key, document)| (key, &document.marks))
    }

    /// What an author has not finished.
    #[must_use]
    pub fn draft(&self, author: &str) -> Option<&Draft> {
        self.desks.get(author)?.draft.as_ref()
    }

    /// What an author's sessions have seen, each document with its path; `None` before the first
    /// one has ended.
    #[must_use]
    pub fn seen(&self, author: &str) -> Option<&Arc<HashMap<DocumentKey, String>>> {
        self.desks.get(author)?.seen.as_ref()
    }

    /// The change that an author's next undo takes back.
    #[must_use]
    pub fn to_undo(&self, author: &str) -> Option<&Change> {
        self.change(self.history.to_undo(author)?)
    }

    /// The change that an author's next redo brings back.
    #[must_use]
    pub fn to_redo(&self, author: &str) -> Option<&Change> {
        self.change(self.history.to_redo(author)?)
    }
}
