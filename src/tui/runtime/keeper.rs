//! Keeps what must not be lost: the journal before each frame, the place now and then, the draft and
//! the session at the end.
//!
//! What a frame shows stands in the journal's file by then, where the end of the program cannot
//! undo it; the disk is waited for behind the screen's back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::store::{Journal, Opened, Place, Store, journal};
use crate::triage::{Op, State};
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::runtime::growth;
use crate::tui::runtime::syncer::Syncer;
use crate::tui::update::triage;

/// How long to wait before trying again what could not be written.
const RETRY: Duration = Duration::from_secs(5);

/// How long the keys must rest before the place is kept.
const REST: Duration = Duration::from_secs(2);

/// Where things are kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The journal.
    pub(super) journal: journal::Place,
    /// Who writes it.
    pub(super) author: String,
    /// The file for the place.
    pub(super) place: Option<PathBuf>,
    /// Whether to go back to the place.
    pub(super) resumes: bool,
}

/// What the background found.
pub(super) struct Read {
    opened: Journal,
    state: Box<State>,
    place: Option<Place>,
    notices: Vec<String>,
}

/// Reads the journal and the place in the background, then watches for what others write;
/// `found` and `grown` tell of it, and give false when nobody listens any more.
pub(super) fn read_in_background(
    kept: Kept,
    store: Store,
    found: impl FnOnce(Read) -> bool + Send + 'static,
    grown: impl Fn() -> bool + Send + 'static,
) {
    thread::spawn(move || {
        let file = kept.journal.file().map(Path::to_owned);
        let known = file.as_deref().and_then(growth::size);
        let Opened {
            journal,
            changes,
            notices,
            ..
        } = Journal::open(kept.journal, &kept.author);
        let place = kept.place.filter(|_| kept.resumes);
        let read = Read {
            opened: journal,
            state: Box::new(State::of(changes)),
            place: place.and_then(|file| store.place(&file)),
            notices,
        };
        if !found(read) {
            return;
        }
        if let Some(file) = file {
            growth::watch(&file, known, grown);
        }
    });
}

/// The journal and the place of a running explorer.
pub(super) struct Keeper {
    store: Store,
    journal: Option<Journal>,
    syncer: Syncer,
    place_file: Option<PathBuf>,
    place: Option<Place>,
    /// Whether something was recorded since the last try to write.
    is_due: bool,
    was_unsaved: bool,
    retry_at: Option<Instant>,
    rest_at: Option<Instant>,
}

impl Keeper {
    /// `tell` is called when the disk did not take something, for [`unsynced`](Self::unsynced).
    pub(super) fn new(
        store: Store,
        place_file: Option<PathBuf>,
        tell: impl Fn() + Send + 'static,
    ) -> Self {
        Self {
            store,
            journal: None,
            syncer: Syncer::start(tell),
            place_file,
            place: None,
            is_due: false,
            was_unsaved: false,
            retry_at: None,
            rest_at: None,
        }
    }

    /// Takes over what was read; the message that tells of it.
    pub(super) fn begin(&mut self, read: Read) -> Message {
        let author = Arc::from(read.opened.author());
        self.journal = Some(read.opened);
        Message::Journal {
            state: read.state,
            author,
            place: read.place.map(Box::new),
            notices: read.notices,
        }
    }

    /// Makes a change of an operation.
    pub(super) fn record(&mut self, op: Op) -> Option<Message> {
        self.is_due = true;
        let change = self.journal.as_mut()?.record(op);
        Some(Message::Recorded(change))
    }

    /// What others have written.
    pub(super) fn look(&mut self) -> Option<Message> {
        let others = self.journal.as_mut()?.look();
        (!others.is_empty()).then_some(Message::Others(others))
    }

    /// A key was pressed: the place may be another one soon.
    pub(super) fn stir(&mut self) {
        self.rest_at = Some(Instant::now() + REST);
    }

    /// When there is something to do again.
    pub(super) fn due(&self) -> impl Iterator<Item = Instant> {
        [self.retry_at, self.rest_at].into_iter().flatten()
    }

    /// Does what is due: tries again what could not be written, keeps the place.
    pub(super) fn work(&mut self, model: &Model) {
        let now = Instant::now();
        if self.retry_at.is_some_and(|at| at <= now) {
            self.is_due = true;
        }
        if self.rest_at.is_some_and(|at| at <= now) {
            self.rest_at = None;
            let place = triage::place(model);
            if self.place.as_ref() != Some(&place)
                && let Some(file) = self.place_file.clone()
            {
                self.place = Some(place.clone());
                let store = self.store.clone();
                // writing may take as long as a frame
                thread::spawn(move || store.write_place(&file, &place));
            }
        }
    }

    /// What the disk did not take is written again; what to tell of it.
    pub(super) fn unsynced(&mut self) -> Option<Message> {
        let mut why = None;
        for doubtful in self.syncer.failed() {
            why = Some(doubtful.problem.clone());
            self.journal.as_mut()?.again(doubtful);
        }
        let why = why?;
        self.retry_at = Some(Instant::now() + RETRY);
        self.was_unsaved = true;
        Some(Message::Unsaved(Some(why)))
    }

    /// Writes what was recorded, so that the next frame says nothing that the end of the program
    /// could make untrue; what to tell of it.
    pub(super) fn save(&mut self) -> Vec<Message> {
        let Some(journal) = self.journal.as_mut().filter(|_| self.is_due) else {
            return Vec::new();
        };
        self.is_due = false;
        let appended = journal.append();
        let mut messages = Vec::new();
        if !appended.others.is_empty() {
            messages.push(Message::Others(appended.others));
        }
        if let Some(unsynced) = appended.unsynced {
            self.syncer.put(unsynced);
        }
        let waits = journal.is_waiting();
        self.retry_at = waits.then(|| Instant::now() + RETRY);
        match appended.problem {
            Some(problem) => {
                let after = if waits {
                    "; kept in memory and tried again"
                } else {
                    ""
                };
                messages.push(Message::Unsaved(Some(format!("{problem}{after}"))));
                self.was_unsaved = true;
            }
            None if std::mem::take(&mut self.was_unsaved) => messages.push(Message::Unsaved(None)),
            None => {}
        }
        messages
    }

    /// Keeps everything before the end; why something could not be.
    pub(super) fn finish(&mut self, model: &Model) -> Option<String> {
        if let Some(file) = &self.place_file {
            // where one was is not worth a word
            let _ = self.store.write_place(file, &triage::place(model));
        }
        let failed = self.syncer.finish();
        let journal = self.journal.as_mut()?;
        for doubtful in failed {
            journal.again(doubtful);
        }
        if let Some(draft) = triage::draft(model) {
            journal.record(draft);
        }
        if model.loading.is_none() && !model.corpus.is_empty() {
            let seen = model.triage.state.seen(journal.author());
            if let Some(session) = Op::session(&model.corpus, seen.map(|seen| &**seen)) {
                journal.record(session);
            }
        }
        if !journal.is_waiting() {
            return None;
        }
        let place = journal.place().clone();
        let problem = journal.flush().problem;
        problem.filter(|_| matches!(place, journal::Place::File(_)))
    }
}
