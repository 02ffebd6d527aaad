//! Edits of repairs: each has an inverse, for undo and redo.

use crate::repair::{Entry, Repair, Repairs};

/// What undoes an edit, to the byte of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    before: Repairs,
}

impl Repairs {
    /// Adds a repair, in place of those that it contradicts. Gives what undoes it; `None` where
    /// the file says so already.
    pub fn add(&mut self, repair: Repair) -> Option<Edit> {
        let stands = |entry: &Entry| entry.repair.as_ref() == Some(&repair) && !entry.in_conflict;
        if self.entries.iter().any(stands) {
            return None;
        }
        let before = self.clone();
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
        let text = repair.to_block();
        if let Some(previous) = at.checked_sub(1).and_then(|n| self.entries.get_mut(n)) {
            while !previous.text.ends_with("\n\n") {
                previous.text.push('\n');
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
        Some(Edit { before })
    }

    /// Takes a repair away. Gives what undoes it; `None` where there is no such repair.
    pub fn remove(&mut self, repair: &Repair) -> Option<Edit> {
        let is_it = |entry: &Entry| entry.repair.as_ref() == Some(repair);
        if !self.entries.iter().any(is_it) {
            return None;
        }
        let before = self.clone();
        self.entries.retain(|entry| !is_it(entry));
        self.number_lines();
        self.check();
        Some(Edit { before })
    }

    /// Undoes an edit, or does it again; gives what undoes that.
    pub fn undo(&mut self, edit: Edit) -> Edit {
        let before = std::mem::replace(self, edit.before);
        Edit { before }
    }
}
