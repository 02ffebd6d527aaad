//! Which change undo takes back next, and which one redo brings back.

use std::collections::HashMap;
use std::sync::Arc;

use crate::triage::change::{Change, ChangeId, Op};

/// One author's steps: a line, as in an editor. A new step gives up what was undone before it.
#[derive(Clone, Debug, Default)]
struct Steps {
    done: Vec<ChangeId>,
    undone: Vec<ChangeId>,
}

/// The steps of all authors.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    steps: HashMap<Arc<str>, Steps>,
}

impl History {
    /// Takes a change in; those before it have been taken in already.
    pub(super) fn add(&mut self, change: &Change) {
        let steps = self.steps.entry(Arc::clone(&change.author)).or_default();
        match change.op {
            Op::Undo { of } => {
                // almost always the last one
                if let Some(at) = steps.done.iter().rposition(|id| *id == of) {
                    steps.done.remove(at);
                    steps.undone.push(of);
                }
            }
            Op::Redo { of } => {
                if let Some(at) = steps.undone.iter().rposition(|id| *id == of) {
                    steps.undone.remove(at);
                    steps.done.push(of);
                }
            }
            ref op if op.is_step() => {
                steps.done.push(change.id);
                steps.undone.clear();
            }
            _ => {}
        }
    }

    /// What the author's next undo takes back.
    pub(super) fn to_undo(&self, author: &str) -> Option<ChangeId> {
        self.steps.get(author)?.done.last().copied()
    }

    /// What the author's next redo brings back.
    pub(super) fn to_redo(&self, author: &str) -> Option<ChangeId> {
        self.steps.get(author)?.undone.last().copied()
    }
}
