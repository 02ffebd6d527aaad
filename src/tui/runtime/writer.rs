//! What is kept between runs is written here, off the screen's thread, in the order in which it
//! came; nothing that was handed over is lost by quitting.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use crate::store::{Store, StoreError};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::model::triage::ViewStep;

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
                    let text = match job {
                        Effect::RememberLine(_) => format!("not kept for the next run: {error}"),
                        _ => error.to_string(),
                    };
                    Some(Message::Failed(text))
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
        Effect::ReadViews => Ok(Some(Message::Views {
            views: store.views()?,
            set: None,
        })),
        Effect::SetView { name, .. } if store.is_private() => {
            let text = format!("view “{name}” not changed: --private keeps nothing");
            Ok(Some(Message::Failed(text)))
        }
        Effect::SetView { name, to, is_step } => {
            let before = match to {
                Some(view) => store.save_view(view)?,
                None => store.remove_view(name)?,
            };
            let step = ViewStep {
                name: name.clone(),
                before,
                after: to.clone(),
            };
            Ok(Some(Message::Views {
                views: store.views()?,
                set: Some((Box::new(step), *is_step)),
            }))
        }
        _ => Ok(None),
    }
}
