//! What a document contributes to the dating of all, as it is stored.

use serde::{Deserialize, Serialize};

use super::events::Event;
use super::onsets::Onset;
use super::{Evidence, KeptHint};
use crate::annotate::kept::Hashes;
use crate::corpus::DocumentDay;

/// [`Evidence`] without its name, which is the document's path, and the day by its own clues, which
/// is the document's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptEvidence {
    hints: Vec<KeptHint>,
    names: Hashes,
    runs: Hashes,
    events: Vec<KeptEvent>,
    onsets: Vec<Onset>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptEvent {
    month: u8,
    day: u8,
    year: Option<i32>,
    names: Hashes,
}

impl Evidence {
    /// What to store of it.
    #[must_use]
    pub fn kept(&self) -> KeptEvidence {
        let event = |event: &Event| KeptEvent {
            month: event.month,
            day: event.day,
            year: event.year,
            names: Hashes(event.names.clone()),
        };
        KeptEvidence {
            hints: self.hints.iter().filter_map(KeptHint::of).collect(),
            names: Hashes(self.names.clone()),
            runs: Hashes(self.shingles.clone()),
            events: self.events.iter().map(event).collect(),
            onsets: self.onsets.clone(),
        }
    }
}

impl KeptEvidence {
    /// The evidence of the document that is now called `name` and is of the day `alone` by its own
    /// clues; `None` for what no build of these rules stores.
    #[must_use]
    pub fn evidence(self, name: &str, alone: Option<DocumentDay>) -> Option<Evidence> {
        let hints = self.hints.into_iter().map(KeptHint::hint);
        let events = self.events.into_iter().map(|event| Event {
            month: event.month,
            day: event.day,
            year: event.year,
            names: event.names.0,
        });
        if !self.onsets.iter().all(Onset::is_sound) {
            return None;
        }
        Some(Evidence {
            name: name.to_owned(),
            alone,
            hints: hints.collect::<Option<_>>()?,
            names: self.names.0,
            shingles: self.runs.0,
            events: events.collect(),
            onsets: self.onsets,
        })
    }
}
