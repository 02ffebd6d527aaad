//! What goes from the reading thread to those that annotate.

use std::sync::mpsc::{Receiver, SyncSender};

use crate::corpus::Unreadable;
use crate::ingest::Outcome;
use crate::pipeline::cache::InputOutcome;
use crate::pipeline::run::Run;

/// Something to annotate.
pub(super) enum Task {
    Read(Outcome),
    /// A document of the cache.
    Kept(u32),
}

impl Task {
    /// Bytes of text, as far as is known.
    fn bytes(&self) -> usize {
        match self {
            Self::Read(Outcome::Document(raw)) => raw.text.len(),
            Self::Read(Outcome::Annotated(line)) => line.text.len(),
            Self::Read(Outcome::Unreadable(_)) | Self::Kept(_) => 0,
        }
    }
}

/// A task, numbered in reading order, and the input that it came from.
pub(super) struct Numbered<T> {
    pub(super) number: usize,
    /// `None` for what was not even tried to read.
    pub(super) input: Option<usize>,
    pub(super) item: T,
}

/// Tasks that an annotating thread takes at once, and bytes of text from which on it takes no more:
/// threads that hand over every small document by itself are kept busy by that.
pub(super) const SHARE: usize = 8;
const SHARE_BYTES: usize = 32 * 1024;

/// The next tasks, those that are there already; `None` when there are no more to come.
pub(super) fn share(tasks: &Receiver<Numbered<Task>>) -> Option<Vec<Numbered<Task>>> {
    let mut bytes = 0;
    let mut share = Vec::with_capacity(SHARE);
    let mut next = tasks.recv().ok();
    while let Some(task) = next {
        bytes += task.item.bytes();
        share.push(task);
        let full = share.len() >= SHARE || bytes >= SHARE_BYTES;
        next = (!full).then(|| tasks.try_recv().ok()).flatten();
    }
    (!share.is_empty()).then_some(share)
}

/// The reading thread's end of the channel.
pub(super) struct Sending<'s> {
    pub(super) run: &'s Run<'s>,
    pub(super) sender: &'s SyncSender<Numbered<Task>>,
    pub(super) number: usize,
    pub(super) input: Option<usize>,
    /// Whether anybody listens.
    pub(super) open: bool,
}

impl Sending<'_> {
    pub(super) fn send(&mut self, item: Task) {
        let task = Numbered {
            number: self.number,
            input: self.input,
            item,
        };
        self.open = self.open && !self.run.is_cancelled() && self.sender.send(task).is_ok();
        self.number += 1;
    }

    /// What an input gave when it was read last.
    pub(super) fn again(&mut self, first: u32, outcome: &InputOutcome) {
        for id in first..first.saturating_add(outcome.documents) {
            self.send(Task::Kept(id));
        }
        for (path, reason) in &outcome.refused {
            self.send(Task::Read(Outcome::Unreadable(Unreadable {
                path: path.clone(),
                reason: reason.clone(),
            })));
        }
    }
}
