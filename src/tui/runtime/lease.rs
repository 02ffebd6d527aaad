//! The terminal as something borrowed: it is given back on every way out, once.

use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::panic;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::Timespec;
use rustix::termios::Termios;

use crate::tui::runtime::modes::Modes;
use crate::tui::runtime::pace::Pace;
use crate::tui::runtime::tty::{self, Tty};

/// How long a terminal that takes no bytes is waited for before it is given up.
const PATIENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 300_000_000,
};

/// How long after a program gave the terminal back a Control-C may still arrive that was typed in
/// it: it ends the program at once, and reaches us by way of a pipe and a thread.
const LATE: Duration = Duration::from_millis(200);

/// The lease that a panic ends.
static CURRENT: Mutex<Option<Arc<Lease>>> = Mutex::new(None);

/// A terminal's modes before us, and ours.
#[derive(Debug)]
pub(super) struct Lease {
    input: OwnedFd,
    output: Tty,
    before: Termios,
    modes: Mutex<Modes>,
    held: AtomicBool,
    /// Whether answers may still be on their way: what is unread at the end is then dropped, so
    /// that they do not turn up in the shell.
    answers_due: AtomicBool,
    /// Whether a frame is on its way.
    pub(super) pace: Pace,
    /// When the terminal was taken, and asked.
    taken: Instant,
    /// When the terminal was taken again last.
    taken_again: Mutex<Option<Instant>>,
    /// Whether a SIGCONT will follow from a stop of our own.
    stopping: AtomicBool,
}

impl Lease {
    /// Takes a terminal: raw mode, and `modes` followed by `questions`.
    pub(super) fn take(
        input: OwnedFd,
        output: Tty,
        modes: Modes,
        questions: &str,
    ) -> io::Result<Arc<Self>> {
        let before = tty::make_raw(input.as_fd())?;
        let lease = Arc::new(Self {
            input,
            output,
            before,
            modes: Mutex::new(modes),
            held: AtomicBool::new(true),
            answers_due: AtomicBool::new(!questions.is_empty()),
            pace: Pace::default(),
            taken: Instant::now(),
            taken_again: Mutex::default(),
            stopping: AtomicBool::new(false),
        });
        let mut output = lease.output.clone();
        output.write_all((modes.enter() + questions).as_bytes())?;
        Ok(lease)
    }

    /// Makes this the lease that ends when the program panics.
    pub(super) fn end_on_panic(self: &Arc<Self>) {
        static HOOK: Once = Once::new();
        *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(self));
        HOOK.call_once(|| {
            let print = panic::take_hook();
            panic::set_hook(Box::new(move |panic| {
                let ended = end_current();
                print(panic);
                // the screen is gone, so the rest of the program has nothing to live for; the
                // main thread unwinds by itself, and to the same status
                if ended && thread::current().name() != Some("main") {
                    process::exit(101);
                }
            }));
        });
    }

    /// Takes the terminal again after [`Lease::give_back`].
    pub(super) fn take_again(&self) -> io::Result<()> {
        tty::make_raw(self.input.as_fd())?;
        *self
            .taken_again
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        self.held.store(true, Ordering::SeqCst);
        let modes = *self.modes.lock().unwrap_or_else(PoisonError::into_inner);
        self.output.clone().write_all(modes.enter().as_bytes())
    }

    /// Gives the terminal back, if it is held; whether it was. Never fails: a terminal that is
    /// gone needs nothing.
    pub(super) fn give_back(&self) -> bool {
        if !self.held.swap(false, Ordering::SeqCst) {
            return false;
        }
        let modes = match self.modes.try_lock() {
            Ok(modes) => *modes,
            Err(TryLockError::Poisoned(poisoned)) => *poisoned.into_inner(),
            // held by the thread that panics: take back whatever may be on
            Err(TryLockError::WouldBlock) => Modes {
                mouse: true,
                focus: true,
                ..Modes::default()
            },
        };
        if self.output.is_ready(PATIENCE) {
            let _ = self.output.clone().write_all(modes.leave().as_bytes());
        }
        let discard = self.answers_due.load(Ordering::SeqCst) || self.pace.is_due();
        let _ = tty::restore(self.input.as_fd(), &self.before, discard);
        true
    }

    /// Whether the terminal is ours now.
    pub(super) fn is_held(&self) -> bool {
        self.held.load(Ordering::SeqCst)
    }

    /// Whether the terminal was taken again so lately that a signal from it may have been meant for
    /// the program that had it.
    pub(super) fn is_held_anew(&self) -> bool {
        let taken = self.taken_again.lock();
        let taken = *taken.unwrap_or_else(PoisonError::into_inner);
        taken.is_some_and(|at| at.elapsed() < LATE)
    }

    /// All answers came.
    pub(super) fn no_answers_due(&self) {
        if self.answers_due.swap(false, Ordering::SeqCst) {
            self.pace.introduced(self.taken.elapsed());
        }
    }

    /// The process is about to stop itself.
    pub(super) fn expect_continue(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the SIGCONT that arrived ends a stop of our own.
    pub(super) fn stop_was_ours(&self) -> bool {
        self.stopping.swap(false, Ordering::SeqCst)
    }

    /// The modes that the terminal is in.
    pub(super) fn modes(&self) -> Modes {
        *self.modes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what changes the modes, and notes how to take it back. Noted first: better taken
    /// back twice than not at all.
    pub(super) fn set_modes(&self, modes: Modes, bytes: &str) -> io::Result<()> {
        *self.modes.lock().unwrap_or_else(PoisonError::into_inner) = modes;
        if bytes.is_empty() || !self.held.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.output.clone().write_all(bytes.as_bytes())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Gives the terminal back that a panic would; whether there was one to give back.
fn end_current() -> bool {
    match CURRENT.try_lock() {
        Ok(lease) => lease.as_ref().is_some_and(|lease| lease.give_back()),
        Err(_) => false,
    }
}
