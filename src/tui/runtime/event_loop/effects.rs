//! What the core asks of the outside: handed to the workers, or done here.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::{DWELL, End, Loop, Wake};
use crate::config::Bidi;
use crate::corpus::Corpus;
use crate::tui::effect::{Effect, Passed, Program};
use crate::tui::message::Message;
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::{choice, program};

impl Loop {
    pub(super) fn run(&mut self, effect: Effect) -> anyhow::Result<Option<End>> {
        match effect {
            Effect::Export { corpus, what, file } => {
                let (sender, read) = (self.ended.clone(), Arc::clone(&self.read));
                thread::spawn(move || {
                    let message = program::save(&corpus, &what, &file, &read);
                    // a closed inbox belongs to a program that is about to end
                    let _ = sender.send(Wake::Message(message));
                });
            }
            Effect::Run {
                corpus,
                program,
                what,
            } => self.hand_over(program, &corpus, &what)?,
            Effect::RememberLine(_) | Effect::ReadViews | Effect::SetView { .. } => {
                self.writer.put(effect);
            }
            Effect::Ask { .. }
            | Effect::Open { .. }
            | Effect::Gather { .. }
            | Effect::Seek { .. }
            | Effect::Compare { .. }
            | Effect::Describe { .. }
            | Effect::Suggest { .. }
            | Effect::Tell { .. }
            | Effect::Review { .. }
            | Effect::Watch { .. }
            | Effect::Count { .. } => self.workers.put(effect),
            Effect::Correct(work) => self.corrections.put(work),
            Effect::Record(op) => {
                if let Some(message) = self.keeper.record(op) {
                    return self.take(Wake::Message(message));
                }
            }
            Effect::Rest => {
                let delay =
                    Duration::from_millis(self.model.config.settings.follow_delay_ms.into());
                // a follower that sets out between two keys would be in the way of the second
                let patience = if self.screen.is_slow() { 4 } else { 1 };
                self.rest_at = Some(Instant::now() + delay * patience);
            }
            Effect::Dwell => self.dwell_at = Some(Instant::now() + DWELL),
            Effect::Mouse(on) => self.screen.set_mouse(on)?,
            Effect::Copy { text, said } => {
                let message = match self.screen.copy(&text) {
                    Ok(()) => Message::Done(said),
                    Err(error) => Message::Failed(error.to_string()),
                };
                return self.take(Wake::Message(message));
            }
            Effect::Bidi { bidi, keep } => return self.write_bidi(bidi, keep),
            Effect::Redraw => {
                self.screen.redraw();
                self.model.dirty = true;
            }
            Effect::Suspend => {
                if let Ok(message) = self.suspend()? {
                    return self.take(Wake::Message(message));
                }
            }
            Effect::Quit => return Ok(Some(End::Quit)),
        }
        Ok(None)
    }

    /// Gives the terminal to a program of the user's; the loop goes on without drawing.
    fn hand_over(
        &mut self,
        program: Program,
        corpus: &Arc<Corpus>,
        what: &Passed,
    ) -> anyhow::Result<()> {
        if self.away {
            return Ok(());
        }
        let (input, terminal) = self.screen.lend()?;
        self.away = true;
        let (sender, corpus, what) = (self.ended.clone(), Arc::clone(corpus), what.clone());
        thread::spawn(move || {
            let (name, text) = program::text(&corpus, &what);
            let message = program::run(&program, &name, &text, input, &terminal);
            // a closed inbox belongs to a program that is about to end
            let _ = sender.send(Wake::Returned(message));
        });
        Ok(())
    }

    /// To the shell and back. The window may have another size afterwards.
    pub(super) fn suspend(&mut self) -> anyhow::Result<Result<Message, Option<End>>> {
        match self.screen.suspend() {
            Ok(()) => Ok(Ok(self.size())),
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(Ok(
                Message::Failed("there is no shell to go back to".to_owned()),
            )),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes Arabic in another way from the next frame on.
    fn write_bidi(&mut self, bidi: Bidi, keep: bool) -> anyhow::Result<Option<End>> {
        self.screen.set_dialect(choice::dialect(bidi))?;
        self.model.logical = self.screen.profile().dialect == Dialect::Logical;
        self.model.dirty = true;
        self.screen.redraw();
        if !keep {
            return Ok(None);
        }
        let message = match choice::keep(&self.store, bidi) {
            Ok(said) => Message::Done(said),
            Err(error) => Message::Failed(error.to_string()),
        };
        self.take(Wake::Message(message))
    }
}
