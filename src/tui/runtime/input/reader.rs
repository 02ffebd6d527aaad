//! One thread that waits for keys and signals, and for nothing else.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::parse::{Parsed, Parser};
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::input::Input;
use crate::tui::runtime::lease::Lease;
use crate::tui::runtime::probe::{Identity, Report};
use crate::tui::runtime::signals::{self, Arrived, Signal, Signals};
use crate::tui::runtime::tty::Tty;

/// How long a program that was asked to end may take before it is ended.
const GRACE: Duration = Duration::from_secs(if cfg!(test) { 30 } else { 1 });

/// Ends the thread.
const STOP: u8 = 0;
/// Makes the thread look at the identity of the terminal.
pub(in crate::tui::runtime) const LOOK: u8 = 1;

/// Reads a terminal on a thread of its own until this is dropped. While nothing happens, nothing
/// wakes.
#[derive(Debug)]
pub struct Reader {
    tell: UnixStream,
}

/// What the thread owns.
pub(in crate::tui::runtime) struct Source {
    pub(in crate::tui::runtime) input: OwnedFd,
    pub(in crate::tui::runtime) output: Tty,
    pub(in crate::tui::runtime) lease: Arc<Lease>,
    pub(in crate::tui::runtime) identity: Arc<Identity>,
}

impl Reader {
    /// Starts the thread; `each` is called there with all that comes in, and must not block. What
    /// came at once is handed on at once: a flood of keys is one frame.
    pub(in crate::tui::runtime) fn start(
        source: Source,
        each: impl FnMut(Vec<Input>) + Send + 'static,
    ) -> io::Result<Self> {
        let (tell, words) = UnixStream::pair()?;
        let assumed = source.identity.profile();
        let signals = Signals::catch()?;
        let work = Work {
            source,
            told: (assumed.dialect, assumed.marks),
            words,
            signals,
            parser: Parser::default(),
            gone: false,
            ends_at: None,
            inputs: Vec::new(),
            each,
        };
        thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || work.run())?;
        Ok(Self { tell })
    }

    /// What makes the thread look at the identity of the terminal when [`LOOK`] is written.
    pub(in crate::tui::runtime) fn teller(&self) -> io::Result<UnixStream> {
        self.tell.try_clone()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // a thread that is gone hears nothing
        let _ = self.tell.write_all(&[STOP]);
    }
}

struct Work<F> {
    source: Source,
    words: UnixStream,
    signals: Signals,
    parser: Parser,
    /// Whether the terminal is gone: there is nothing to read any more.
    gone: bool,
    /// When the program is ended, and by which signal.
    ends_at: Option<(Instant, Signal)>,
    /// Dialect and marks as last told.
    told: (Dialect, bool),
    /// What came since the last wait.
    inputs: Vec<Input>,
    each: F,
}

impl<F: FnMut(Vec<Input>)> Work<F> {
    fn run(mut self) {
        loop {
            if !self.inputs.is_empty() {
                (self.each)(std::mem::take(&mut self.inputs));
            }
            let (readable, signalled, told) = match self.wait() {
                Ok(ready) => ready,
                Err(Errno::INTR) => continue,
                Err(_) => return,
            };
            if told && self.is_told_to_stop() {
                return;
            }
            if signalled {
                self.signals_arrived();
            }
            if readable && self.source.lease.is_held() {
                self.read();
            } else if !signalled && !told && self.parser.wait().is_some() {
                let parsed = self.parser.expire();
                self.hand_on(parsed);
            }
            if let Some((at, signal)) = self.ends_at
                && Instant::now() >= at
            {
                self.end(signal);
            }
        }
    }

    /// Waits for something to read, a signal or a word, or until time is up.
    fn wait(&self) -> rustix::io::Result<(bool, bool, bool)> {
        let end = self
            .ends_at
            .map(|(at, _)| at.saturating_duration_since(Instant::now()));
        let timeout = [self.parser.wait(), end].into_iter().flatten().min();
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        let mut descriptors = vec![
            PollFd::from_borrowed_fd(self.signals.descriptor(), PollFlags::IN),
            PollFd::from_borrowed_fd(self.words.as_fd(), PollFlags::IN),
        ];
        // while another program has the terminal, what is typed is for it
        if !self.gone && self.source.lease.is_held() {
            let input = self.source.input.as_fd();
            descriptors.push(PollFd::from_borrowed_fd(input, PollFlags::IN));
        }
        poll(&mut descriptors, timeout.as_ref())?;
        let ready = |at: usize| descriptors.get(at).is_some_and(|d| !d.revents().is_empty());
        Ok((ready(2), ready(0), ready(1)))
    }

    fn read(&mut self) {
        let mut bytes = [0; 4096];
        match rustix::io::read(self.source.input.as_fd(), &mut bytes) {
            Ok(0) => self.hang_up(),
            Ok(read) => {
                let parsed = self.parser.advance(bytes.get(..read).unwrap_or_default());
                self.hand_on(parsed);
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            // EIO: the other side is gone
            Err(_) => self.hang_up(),
        }
    }

    fn hang_up(&mut self) {
        self.gone = true;
        self.asked_to_end(Signal::Hangup);
    }

    fn hand_on(&mut self, parsed: Vec<Parsed>) {
        for parsed in parsed {
            match parsed {
                Parsed::Input(input) => self.inputs.push(input),
                Parsed::Report(Report::Cursor { column, row }) => {
                    self.inputs.push(Input::Cursor { column, row });
                }
                Parsed::Report(Report::Primary) if self.source.identity.is_answered() => {
                    if self.source.lease.pace.answer() {
                        self.inputs.push(Input::Ready);
                    }
                }
                Parsed::Report(report) => {
                    self.source.identity.note(&report);
                    if self.source.identity.is_answered() {
                        self.source.lease.no_answers_due();
                    }
                    self.look_at_identity();
                }
            }
        }
    }

    /// Tells of the terminal if what is known of it changed what is to be seen.
    fn look_at_identity(&mut self) {
        let profile = self.source.identity.profile();
        let seen = (profile.dialect, profile.marks);
        if seen != self.told {
            self.told = seen;
            self.inputs.push(Input::Terminal(profile));
        }
    }

    /// Whether the thread shall end; the other word is to look at the identity.
    fn is_told_to_stop(&mut self) -> bool {
        let mut words = [0; 16];
        let read = (&self.words).read(&mut words).unwrap_or(0);
        let stop = read == 0 || words.iter().take(read).any(|word| *word == STOP);
        if !stop {
            self.look_at_identity();
        }
        stop
    }

    fn signals_arrived(&mut self) {
        for arrived in self.signals.arrived() {
            match arrived {
                Arrived::Resized => {
                    let size = self.source.output.size();
                    self.inputs.push(Input::Resize {
                        columns: size.width,
                        rows: size.height,
                    });
                }
                Arrived::Signal(signal) if !self.source.lease.is_held() && !signal.is_for_us() => {
                    if signal == Signal::Suspend {
                        // the program that has the terminal stops with us; fg continues both
                        let _ = signals::stop_process_group();
                    }
                }
                Arrived::Signal(Signal::Interrupt) if self.source.lease.is_held_anew() => {}
                Arrived::Signal(signal) if signal.ends() => self.asked_to_end(signal),
                Arrived::Signal(Signal::Continue) if self.source.lease.stop_was_ours() => {}
                Arrived::Signal(signal) => self.inputs.push(Input::Signal(signal)),
            }
        }
    }

    /// The first time, the program gets its say; the second time it is ended.
    fn asked_to_end(&mut self, signal: Signal) {
        match self.ends_at {
            // a terminal that goes sends a signal, too
            Some((_, Signal::Hangup)) if signal == Signal::Hangup => {}
            Some(_) => self.end(signal),
            None => {
                self.ends_at = Some((Instant::now() + GRACE, signal));
                self.inputs.push(Input::Signal(signal));
            }
        }
    }

    fn end(&self, signal: Signal) {
        self.source.lease.give_back();
        process::exit(i32::from(signal.exit_status()));
    }
}
