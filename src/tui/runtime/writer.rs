//! What is kept between runs is written here, off the screen's thread, in the order in which it
//! came; nothing that was handed over is lost by quitting.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use crate::store::{Store, StoreError};
use crate::tui::effect::Effect;
use crate::tui::message::Message;

/// The thread that writes.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<Sender<Effect>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread; `send` takes what there is to tell the user.
    #[must_use]
    pub(super) fn start(store: Store, send: impl Fn(Message) -> bool + Send + 'static) -> Self {
        let (jobs, inbox) = mpsc::channel();
        let thread = thread::spawn(move || {
            for job in inbox {
                let said = write(&store, &job).unwrap_or_else(|error| {
                    let kept = "not kept for the next run";
                    Some(Message::Failed(format!("{kept}: {error}")))
                });
                if let Some(message) = said {
                    // whoever has gone needs no answer, but what is left is written
                    let _ = send(message);
                }
            }
        });
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
        }
    }

    /// Hands over something to keep; other effects are not for here.
    pub(super) fn put(&self, effect: Effect) {
        if let Some(jobs) = &self.jobs {
            // the thread ends only with its sender
            let _ = jobs.send(effect);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // it panics no more than this thread does
            let _ = thread.join();
        }
    }
}

/// Keeps one thing; gives what to say about it.
fn write(store: &Store, job: &Effect) -> Result<Option<Message>, StoreError> {
    match job {
        Effect::RememberLine(line) => {
            store.remember_line(line)?;
            Ok(None)
        }
        Effect::SaveView(view) if store.is_private() => {
            let text = format!("view “{}” not saved: --private keeps nothing", view.name);
            Ok(Some(Message::Failed(text)))
        }
        Effect::SaveView(view) => {
            let before = store.save_view(view)?;
            let name = &view.name;
            Ok(Some(Message::Done(match before {
                Some(before) if before.query != view.query => {
                    format!("view “{name}” saved; it was: {}", before.query)
                }
                _ => format!("view “{name}” saved · khabar list --view lists it"),
            })))
        }
        _ => Ok(None),
    }
}
