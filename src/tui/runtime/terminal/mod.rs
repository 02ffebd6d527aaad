//! The terminal while the explorer has it.

mod ask;

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use ratatui::layout::Size;
use ratatui::{Frame, Terminal};
use rustix::process::{getpgrp, getsid};

use crate::tui::runtime::clipboard::{self, CopyError};
use crate::tui::runtime::dialect::{Dialect, holds_rtl};
use crate::tui::runtime::environment::Environment;
use crate::tui::runtime::input::reader::{LOOK, Source};
use crate::tui::runtime::input::{Input, Reader};
use crate::tui::runtime::lease::Lease;
use crate::tui::runtime::modes::Modes;
use crate::tui::runtime::output::{Capabilities, ColourDepth, Output, Trailer};
use crate::tui::runtime::pace;
use crate::tui::runtime::probe::{Identity, Outer, PATIENCE, Profile, QUESTIONS};
use crate::tui::runtime::signals;
use crate::tui::runtime::tty::Tty;

/// How the terminal is to be used.
#[derive(Clone, Debug, Default)]
pub struct ScreenOptions {
    /// How bidi terminals are written to; `None` finds it out.
    pub dialect: Option<Dialect>,
    /// Whether the mouse is ours. Then the terminal's own selection needs shift.
    pub mouse: bool,
    /// Whether to hear of the window's focus.
    pub focus: bool,
    /// How many colours are sent; `None` asks the environment.
    pub colours: Option<ColourDepth>,
}

/// The terminal: taken by [`Screen::open`], given back on drop, panic and signals.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<Output<Tty>>,
    tty: Tty,
    input: OwnedFd,
    lease: Arc<Lease>,
    identity: Arc<Identity>,
    /// What the user chose over what was found out.
    chosen: Option<Dialect>,
    /// What frames are written for.
    profile: Profile,
    environment: Environment,
    reader: Option<Reader>,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, explicit bidi.
    ///
    /// # Errors
    /// [`io::ErrorKind::Unsupported`] with a sentence for people where a full-screen program
    /// makes no sense; else what the system says.
    pub fn open(options: &ScreenOptions) -> io::Result<Self> {
        let environment = Environment::of_process();
        let Some(output) = Tty::standard_output()? else {
            return Err(unsupported("standard output is no terminal"));
        };
        if matches!(environment.term(), "dumb" | "") {
            return Err(unsupported(
                "TERM says that this terminal cannot move its cursor",
            ));
        }
        let input = Tty::keys().map_err(|error| {
            io::Error::new(
                error.kind(),
                format!("no terminal to read keys from: {error}"),
            )
        })?;
        let screen = Self::open_on(input, output, environment, options)?;
        screen.lease.end_on_panic();
        Ok(screen)
    }

    /// Takes a given terminal.
    fn open_on(
        input: OwnedFd,
        output: Tty,
        environment: Environment,
        options: &ScreenOptions,
    ) -> io::Result<Self> {
        let profile = Profile::of_environment(&environment);
        let identity = Arc::new(Identity::asked(profile, environment.has("TMUX")));
        let mut profile = identity.profile();
        choose(&mut profile, options.dialect);
        let modes = Modes {
            mouse: options.mouse,
            focus: options.focus,
            dialect: profile.dialect,
            tmux: profile.tmux,
        };
        let lease = Lease::take(input.try_clone()?, output.clone(), modes, QUESTIONS)?;
        let capabilities = Capabilities {
            colours: options.colours.unwrap_or_else(|| environment.colours()),
            repeat: profile.repeat,
            residue: profile.residue,
        };
        let backend = Output::new(output.clone(), output.size(), capabilities);
        Ok(Self {
            terminal: Terminal::new(backend)?,
            tty: output,
            input,
            lease,
            identity,
            chosen: options.dialect,
            profile,
            environment,
            reader: None,
        })
    }

    /// Starts reading keys and signals; `each` is called on a thread of its own, with all that came
    /// at once, and must not block.
    ///
    /// # Errors
    /// What the system says.
    pub fn listen(&mut self, each: impl FnMut(Vec<Input>) + Send + 'static) -> io::Result<()> {
        let source = Source {
            input: self.input.try_clone()?,
            output: self.tty.clone(),
            lease: Arc::clone(&self.lease),
            identity: Arc::clone(&self.identity),
        };
        let reader = Reader::start(source, each)?;
        if self.environment.has("TMUX") {
            let (mut teller, identity) = (reader.teller()?, Arc::clone(&self.identity));
            thread::Builder::new()
                .name("tmux".to_owned())
                .spawn(move || {
                    identity.note_outer(Outer::of_tmux());
                    // a reader that is gone needs no telling
                    let _ = teller.write_all(&[LOOK]);
                })?;
        }
        self.reader = Some(reader);
        Ok(())
    }

    /// Draws a frame: what differs from the one before is sent in one write.
    ///
    /// The first frame waits up to [`PATIENCE`] for the
    /// terminal's answers, but only if it holds Arabic or Hebrew, the environment does not tell
    /// how to write that, and keys are being read.
    ///
    /// # Errors
    /// What the system says; the next frame then draws everything again.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.backend_mut().set_size(self.tty.size());
        self.adopt(self.identity.profile())?;
        let asks = self.reader.is_some() && self.identity.is_answered();
        let trailer = Trailer {
            above: self.lease.pace.ask_above(),
            bytes: pace::QUESTION,
        };
        let output = self.terminal.backend_mut();
        output.set_trailer(asks.then_some(trailer));
        output.set_part(self.lease.pace.part().filter(|_| asks));
        let sure = self.profile.sure || self.reader.is_none();
        let mut dialect = self.profile.dialect;
        let (identity, lease) = (&self.identity, &self.lease);
        let mut changed = Ok(());
        self.lease.pace.ask();
        let drawn = self.terminal.draw(|frame| {
            render(frame);
            let screen = frame.buffer_mut();
            if !sure && holds_rtl(screen) {
                identity.wait();
                let found = identity.profile();
                dialect = found.dialect;
                // nothing that another dialect writes differently was sent so far
                changed = change_bidi(lease, &found).map(|_| ());
            }
            dialect.apply(screen);
        });
        let drawn = drawn.map(|_| ());
        let sent = self.terminal.backend_mut().take_sent();
        self.lease.pace.sent(sent);
        drawn.and(changed)
    }

    /// Whether the last frame of some size has reached the terminal. While it has not, a frame is
    /// better put off: [`Input::Ready`] says when. An answer that does not come in time is no
    /// longer waited for, and nothing is said then.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.lease.pace.is_due()
    }

    /// Until when [`is_ready`](Self::is_ready) waits for the last frame.
    #[must_use]
    pub fn is_ready_by(&self) -> Option<Instant> {
        self.lease.pace.due_until()
    }

    /// Whether the line is so slow that frames come in parts.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.lease.pace.part().is_some()
    }

    /// Whether the last frame was only a part, as over slow lines: the next one goes on with it.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.terminal.backend().is_unfinished()
    }

    /// Follows what was found out about the terminal.
    fn adopt(&mut self, mut found: Profile) -> io::Result<()> {
        choose(&mut found, self.chosen);
        if found == self.profile {
            return Ok(());
        }
        let output = self.terminal.backend_mut();
        output.set_capabilities(Capabilities {
            repeat: found.repeat,
            residue: found.residue,
            ..output.capabilities()
        });
        if change_bidi(&self.lease, &found)? {
            output.forget();
        }
        self.profile = found;
        Ok(())
    }

    /// What is known of the terminal: text is laid out for its dialect and marks.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What was found out, before the user's choice.
    #[must_use]
    pub fn found(&self) -> Profile {
        self.identity.profile()
    }

    /// Cells of the screen.
    #[must_use]
    pub fn size(&self) -> Size {
        self.tty.size()
    }

    /// Writes in another dialect from the next frame on; `None` goes back to what was found out.
    ///
    /// # Errors
    /// What the system says.
    pub fn set_dialect(&mut self, dialect: Option<Dialect>) -> io::Result<()> {
        self.chosen = dialect;
        self.adopt(self.identity.profile())
    }

    /// Turns the mouse on or off.
    ///
    /// # Errors
    /// What the system says.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        let modes = Modes {
            mouse: on,
            ..self.lease.modes()
        };
        self.lease.set_modes(modes, Modes::mouse(on))
    }

    /// Puts text on the clipboard of the terminal; it is sent exactly as it is.
    ///
    /// # Errors
    /// [`CopyError::TooLong`] if terminals would cut it, and then nothing was sent; else what the
    /// system says.
    pub fn copy(&mut self, text: &str) -> Result<(), CopyError> {
        let bytes = clipboard::sequence(text, &self.environment)?;
        self.tty.write_all(bytes.as_bytes())?;
        Ok(())
    }

    /// The next frame draws everything again.
    pub fn redraw(&mut self) {
        self.terminal.backend_mut().forget();
    }

    /// Gives the terminal back, stops the process group as a shell expects of Control-Z, and
    /// takes the terminal again when it is continued. Draw afterwards.
    ///
    /// # Errors
    /// [`io::ErrorKind::Unsupported`] if there is no shell to come back from: the process would
    /// stop for ever. Nothing happened then.
    pub fn suspend(&mut self) -> io::Result<()> {
        // a shell with job control gives each job a process group of its own
        if getsid(None)? == getpgrp() {
            return Err(unsupported("there is no shell to go back to"));
        }
        self.await_answers();
        self.lease.give_back();
        self.lease.expect_continue();
        let stopped = signals::stop_process_group();
        self.reclaim()?;
        stopped
    }

    /// Gives the terminal to another program, for [`reclaim`](Self::reclaim) to take it again: no
    /// key is read and nothing may be drawn until then. Gives where that program reads its keys,
    /// and what it writes to.
    ///
    /// # Errors
    /// What the system says; the terminal is still ours then.
    pub(super) fn lend(&mut self) -> io::Result<(OwnedFd, Tty)> {
        let input = self.input.try_clone()?;
        self.await_answers();
        self.lease.give_back();
        self.tell_reader();
        Ok((input, self.tty.clone()))
    }

    /// Has the reading thread see whether the terminal is ours.
    fn tell_reader(&self) {
        if let Some(Ok(mut teller)) = self.reader.as_ref().map(Reader::teller) {
            // a reader that is gone needs no telling
            let _ = teller.write_all(&[LOOK]);
        }
    }

    /// Late answers would be typed into the shell.
    fn await_answers(&self) {
        if self.reader.is_some() {
            self.identity.wait();
            self.lease.pace.wait(PATIENCE);
        }
    }

    /// Takes the terminal again after someone else had it; the next frame draws everything.
    ///
    /// # Errors
    /// What the system says.
    pub fn reclaim(&mut self) -> io::Result<()> {
        self.redraw();
        self.lease.take_again()?;
        self.tell_reader();
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.await_answers();
        self.lease.give_back();
    }
}

/// Puts the terminal into the modes of a profile; whether they are others than before.
fn change_bidi(lease: &Lease, profile: &Profile) -> io::Result<bool> {
    let before = lease.modes();
    let modes = Modes {
        dialect: profile.dialect,
        tmux: profile.tmux,
        ..before
    };
    if modes != before {
        lease.set_modes(modes, &before.change_bidi(modes))?;
    }
    Ok(modes != before)
}

/// What the user chose goes over what was found.
fn choose(profile: &mut Profile, chosen: Option<Dialect>) {
    if let Some(dialect) = chosen {
        profile.dialect = dialect;
        profile.sure = true;
    }
}

fn unsupported(reason: &str) -> io::Error {
    let sentence = format!(
        "{reason}; `khabar list`, `show`, `annotate`, `entities` and `timeline` print instead"
    );
    io::Error::new(io::ErrorKind::Unsupported, sentence)
}

#[cfg(test)]
mod tests;
