//! Where what the user sets right is carried out: the file is read anew, changed, written, and only
//! then taken in and told.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

use crate::annotate::entity::Finder;
use crate::link::LinkMode;
use crate::pipeline::Corrector;
use crate::repair::{Repairs, Revised, Revision, revise};
use crate::store::Store;
use crate::tui::message::Message;
use crate::tui::model::correction::{Done, Outcome, Work};

/// One thing to do, in order.
enum Job {
    /// The corpus has been read.
    Read(Box<Corrector>),
    /// Carry this out.
    Work(Work),
}

/// The file of repairs of one corpus, and the corpus under it.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    /// The file; `None` for a corpus that cannot be opened again.
    file: Option<PathBuf>,
    /// What the file says, or would say if anything were kept.
    text: String,
    links: LinkMode,
    finder: Finder,
    corrector: Option<Corrector>,
    /// Whether something was set right before the corpus had been read.
    early: bool,
}

impl Desk {
    /// A desk for a corpus that is being read under these links.
    ///
    /// In private mode, and without a file, nothing is kept beyond the session.
    #[must_use]
    pub fn new(store: Store, file: Option<PathBuf>, links: LinkMode) -> Self {
        // an error is told by the first correction, which reads it again
        let text = file
            .as_ref()
            .and_then(|file| store.aliases(file).ok().flatten());
        Self {
            store,
            file,
            text: text.unwrap_or_default(),
            links,
            finder: Finder::embedded(),
            corrector: None,
            early: false,
        }
    }

    /// What the file says, as it was last read or written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The corpus has been read; gives a message where something was set right meanwhile.
    pub fn read(&mut self, corrector: Corrector) -> Option<Message> {
        self.corrector = Some(corrector);
        if !std::mem::take(&mut self.early) {
            return None;
        }
        Some(self.work(Work::Refresh))
    }

    /// Carries something out.
    pub fn work(&mut self, work: Work) -> Message {
        let outcome = self.outcome(&work);
        Message::Corrected(Box::new(Done { work, outcome }))
    }

    fn outcome(&mut self, work: &Work) -> Result<Outcome, String> {
        let revision = match work {
            Work::Put { repairs, .. } => Revision::Put(repairs.clone()),
            Work::Undo(step) | Work::Redo(step) => Revision::Undo(step.edit.clone()),
            Work::Links(_) | Work::Refresh => Revision::Read,
        };
        let kept = self.file.as_ref().filter(|_| !self.store.is_private());
        let now = match kept {
            // somebody else may have written it since
            Some(file) => self
                .store
                .aliases(file)
                .map_err(|error| error.to_string())?,
            None => Some(self.text.clone()),
        };
        let now = now.unwrap_or_default();
        let revised = revise(&now, &revision)
            .map_err(|problem| format!("{}: {problem}", self.file_name()))?;
        if let Some(file) = kept
            && revised.text != now
        {
            self.store
                .write_aliases(file, &revised.text)
                .map_err(|error| error.to_string())?;
        }
        let kept = kept.is_some() || matches!(work, Work::Links(_));
        let Revised {
            text,
            repairs,
            edit,
            problems,
        } = revised;
        self.text = text;
        if let Work::Links(mode) = work {
            self.links = *mode;
        }
        let warnings = problems.iter();
        Ok(Outcome {
            corpus: self.corpus(&repairs),
            edit,
            warnings: warnings
                .map(|p| format!("{}: {p}", self.file_name()))
                .collect(),
            kept,
        })
    }

    fn corpus(&mut self, repairs: &Repairs) -> Option<Arc<crate::corpus::Corpus>> {
        if let Some(corrector) = &mut self.corrector {
            return Some(corrector.apply(&self.finder, repairs, self.links));
        }
        self.early = true;
        None
    }

    fn file_name(&self) -> String {
        let name = self.file.as_ref().and_then(|file| file.file_name());
        name.map_or_else(
            || "corrections".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }
}

/// The thread that the desk stands in. Nothing that is handed over is ever dropped.
#[derive(Clone, Debug)]
pub(super) struct Corrections {
    jobs: Sender<Job>,
}

impl Corrections {
    /// Starts it; `send` takes its messages and says whether anyone still listens.
    pub(super) fn start(mut desk: Desk, send: impl Fn(Message) -> bool + Send + 'static) -> Self {
        let (jobs, waiting) = mpsc::channel();
        thread::spawn(move || {
            for job in waiting {
                let message = match job {
                    Job::Read(corrector) => desk.read(*corrector),
                    Job::Work(work) => Some(desk.work(work)),
                };
                if message.is_some_and(|message| !send(message)) {
                    return;
                }
            }
        });
        Self { jobs }
    }

    /// The corpus has been read.
    pub(super) fn read(&self, corrector: Corrector) {
        // a closed channel belongs to a program that is about to end
        let _ = self.jobs.send(Job::Read(Box::new(corrector)));
    }

    /// Carry this out.
    pub(super) fn put(&self, work: Work) {
        let _ = self.jobs.send(Job::Work(work));
    }
}
