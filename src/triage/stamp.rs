//! Who is making changes, and when.

use std::sync::Arc;

use crate::triage::change::{Change, Op};

/// Characters of an author's name that are kept.
const LONGEST: usize = 80;

/// Turns operations into changes.
#[derive(Clone, Debug)]
pub struct Stamp {
    author: Arc<str>,
    /// Time of the latest change that is known, whoever made it.
    latest: i64,
}

impl Stamp {
    /// The stamp of an author. Control characters have no place in a name.
    #[must_use]
    pub fn new(author: &str) -> Self {
        let clean: String = author
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST)
            .collect();
        let clean = clean.trim();
        Self {
            author: Arc::from(if clean.is_empty() { "unknown" } else { clean }),
            latest: 0,
        }
    }

    /// Who.
    #[must_use]
    pub fn author(&self) -> &Arc<str> {
        &self.author
    }

    /// Takes note of a change that was made elsewhere: the next one is after it, even where the
    /// clocks of two machines differ.
    pub fn saw(&mut self, time: i64) {
        self.latest = self.latest.max(time);
    }

    /// The change that an operation is, `now` being milliseconds since 1970 UTC. Each is later than
    /// every change that was seen, so that what a user does last is what holds.
    pub fn change(&mut self, now: i64, op: Op) -> Change {
        let time = now.max(self.latest.saturating_add(1));
        let change = Change::new(time, Arc::clone(&self.author), op);
        self.latest = self.latest.max(change.time);
        change
    }
}
