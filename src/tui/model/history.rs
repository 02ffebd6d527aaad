//! What can be undone, and what was.

use serde::{Deserialize, Serialize};

use crate::repair::Edit;

/// One thing that the user did. A small value that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was done, in one sentence.
    pub said: String,
    /// What it changed in the file of repairs.
    pub edit: Edit,
}

/// Two stacks of steps. A step that is being undone or done again is in neither until its outcome
/// is known.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// A step was done anew: what was undone before cannot be done again.
    pub fn push(&mut self, step: Step) {
        self.done.push(step);
        self.undone.clear();
    }

    /// Takes the last step that was done, to undo it.
    pub fn undo(&mut self) -> Option<Step> {
        self.done.pop()
    }

    /// Takes the last step that was undone, to do it again.
    pub fn redo(&mut self) -> Option<Step> {
        self.undone.pop()
    }

    /// A step is done: after doing it again, or because it could not be undone.
    pub fn is_done(&mut self, step: Step) {
        self.done.push(step);
    }

    /// A step is undone: after undoing it, or because it could not be done again.
    pub fn is_undone(&mut self, step: Step) {
        self.undone.push(step);
    }
}
