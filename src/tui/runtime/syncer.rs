//! Waits for the disk to have what was added to the journal, off the screen's thread: a disk may
//! take longer for it than many frames.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use crate::store::journal::{Doubtful, Unsynced};

/// The thread that waits for the disk.
#[derive(Debug)]
pub(super) struct Syncer {
    jobs: Option<Sender<Unsynced>>,
    thread: Option<JoinHandle<()>>,
    failed: Arc<Mutex<Vec<Doubtful>>>,
}

impl Syncer {
    /// Starts the thread; `tell` is called when the disk did not take something.
    pub(super) fn start(tell: impl Fn() + Send + 'static) -> Self {
        let (jobs, inbox) = mpsc::channel::<Unsynced>();
        let failed = Arc::<Mutex<Vec<Doubtful>>>::default();
        let fails = Arc::clone(&failed);
        let thread = thread::spawn(move || {
            for job in inbox {
                if let Err(doubtful) = job.sync() {
                    let mut all = fails.lock().unwrap_or_else(PoisonError::into_inner);
                    all.push(doubtful);
                    drop(all);
                    tell();
                }
            }
        });
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
            failed,
        }
    }

    /// Hands over what was added.
    pub(super) fn put(&self, unsynced: Unsynced) {
        if let Some(jobs) = &self.jobs {
            // the thread ends only with its sender
            let _ = jobs.send(unsynced);
        }
    }

    /// What the disk did not take since this was last asked.
    pub(super) fn failed(&self) -> Vec<Doubtful> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *failed)
    }

    /// Waits until the disk has everything; what it did not take.
    pub(super) fn finish(&mut self) -> Vec<Doubtful> {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // it panics no more than this thread does
            let _ = thread.join();
        }
        self.failed()
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        self.finish();
    }
}
