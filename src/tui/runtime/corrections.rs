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
        // held until the file is written
        let _lock = match kept {
            Some(_) => self
                .store
                .lock_aliases()
                .map_err(|error| error.to_string())?,
            None => None,
        };
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
            links: self.links,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, EntityKind, Name};
    use crate::repair::Repair;
    use crate::store::Directories;
    use crate::triage::ChangeId;
    use crate::tui::model::history::Step;

    fn hide(key: &str) -> Work {
        Work::Put {
            repairs: vec![Repair::Hide {
                name: Name::new(key, EntityKind::Group),
            }],
            said: format!("{key} is hidden"),
        }
    }

    fn outcome(message: Message) -> Result<Outcome, String> {
        match message {
            Message::Corrected(done) => done.outcome,
            other => panic!("{other:?}"),
        }
    }

    fn store(state: &std::path::Path, private: bool) -> Store {
        let directories = Directories {
            state: Some(state.to_owned()),
            ..Directories::default()
        };
        Store::new(&directories, private)
    }

    #[test]
    fn the_file_is_read_anew_before_it_is_written() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("mine.toml");
        let mut desk = Desk::new(store(home.path(), false), Some(file.clone()), LinkMode::All);
        let first = outcome(desk.work(hide("A"))).unwrap();
        assert!(
            first.kept && first.corpus.is_none(),
            "nothing has been read yet"
        );
        let written = std::fs::read_to_string(&file).unwrap();
        // somebody adds an entry, and one that cannot be understood
        let by_hand = format!("{written}[[hide]]\nname = \"Z\"\nkind = \"GROUP\"\n\n[[hidden]]\n");
        std::fs::write(&file, &by_hand).unwrap();
        let second = outcome(desk.work(hide("B"))).unwrap();
        let line = by_hand.lines().count() + 4;
        let [warning] = second.warnings.as_slice() else {
            panic!("{:?}", second.warnings);
        };
        assert!(
            warning.starts_with(&format!("mine.toml: line {line}: ")),
            "{warning}"
        );
        let undo = |edit| {
            Work::Undo(Step {
                of: ChangeId([0; 16]),
                said: String::new(),
                edit,
            })
        };
        outcome(desk.work(undo(second.edit.unwrap()))).unwrap();
        outcome(desk.work(undo(first.edit.unwrap()))).unwrap();
        let left = std::fs::read_to_string(&file).unwrap();
        assert!(left.contains("\"Z\"") && left.contains("[[hidden]]") && !left.contains("\"A\""));
        // what was set right early is taken in once the corpus has been read
        let corrector = Corrector::of(Arc::new(Corpus::new("x")));
        let refreshed = desk.read(corrector).map(outcome);
        assert!(refreshed.unwrap().unwrap().corpus.is_some());
        let corrector = Corrector::of(Arc::new(Corpus::new("x")));
        assert!(desk.read(corrector).is_none());
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_and_nothing_is_lost() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("mine.toml");
        std::fs::write(&file, b"\xff").unwrap();
        let mut desk = Desk::new(store(home.path(), false), Some(file.clone()), LinkMode::All);
        let refused = outcome(desk.work(hide("A"))).unwrap_err();
        assert!(refused.contains("mine.toml"), "{refused}");
        assert_eq!(std::fs::read(&file).unwrap(), b"\xff");
    }

    #[test]
    fn in_private_nothing_is_written() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("mine.toml");
        let mut desk = Desk::new(store(home.path(), true), Some(file.clone()), LinkMode::All);
        assert!(!outcome(desk.work(hide("A"))).unwrap().kept);
        outcome(desk.work(hide("B"))).unwrap();
        assert!(desk.text().contains("\"A\"") && desk.text().contains("\"B\""));
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
