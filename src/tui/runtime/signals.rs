//! Signals, as something that can be waited for together with keys.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use rustix::process::kill_current_process_group;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{SigId, flag, low_level};

/// A signal that the explorer hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT. Control-C in the terminal is a key; this comes from elsewhere.
    Interrupt,
    /// SIGTERM: please end.
    Terminate,
    /// SIGHUP, or the terminal is gone.
    Hangup,
    /// SIGTSTP: please stop. Control-Z in the terminal is a key; this comes from elsewhere.
    Suspend,
    /// SIGCONT after a stop that was not ours: the terminal is to be taken again.
    Continue,
}

impl Signal {
    /// Whether the process is asked to end.
    #[must_use]
    pub fn ends(self) -> bool {
        matches!(self, Self::Interrupt | Self::Terminate | Self::Hangup)
    }

    /// Whether the signal means this process even while another program has its terminal: keys
    /// that were typed there signal the whole process group.
    #[must_use]
    pub(super) fn is_for_us(self) -> bool {
        matches!(self, Self::Terminate | Self::Hangup)
    }

    /// The exit status of a process that this ended: 128 and the signal's number.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Hangup => 129,
            Self::Interrupt => 130,
            Self::Terminate => 143,
            Self::Suspend | Self::Continue => 0,
        }
    }
}

/// What arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrived {
    /// A signal to hand on.
    Signal(Signal),
    /// The terminal changed its size.
    Resized,
}

const SIGNALS: [(i32, Arrived); 6] = [
    (SIGHUP, Arrived::Signal(Signal::Hangup)),
    (SIGINT, Arrived::Signal(Signal::Interrupt)),
    (SIGTERM, Arrived::Signal(Signal::Terminate)),
    (SIGTSTP, Arrived::Signal(Signal::Suspend)),
    (SIGCONT, Arrived::Signal(Signal::Continue)),
    (SIGWINCH, Arrived::Resized),
];

/// Whether nobody listens, so that signals which end a process shall end it. signal-hook cannot
/// put the default action back in its place.
static UNHEARD: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Signals caught until this is dropped; from then on those that end a process end it.
#[derive(Debug)]
pub(super) struct Signals {
    pipe: UnixStream,
    flags: Vec<(Arc<AtomicBool>, Arrived)>,
    actions: Vec<SigId>,
}

impl Signals {
    pub(super) fn catch() -> io::Result<Self> {
        let (pipe, write) = UnixStream::pair()?;
        pipe.set_nonblocking(true)?;
        let mut signals = Self {
            pipe,
            flags: Vec::new(),
            actions: Vec::new(),
        };
        let first = UNHEARD.get().is_none();
        let unheard = UNHEARD.get_or_init(Arc::default);
        unheard.store(false, Ordering::SeqCst);
        for (number, arrived) in SIGNALS {
            let raised = Arc::<AtomicBool>::default();
            if first && matches!(arrived, Arrived::Signal(signal) if signal.ends()) {
                flag::register_conditional_default(number, Arc::clone(unheard))?;
            }
            // the flag before the pipe: whoever the pipe wakes finds it
            signals
                .actions
                .push(flag::register(number, Arc::clone(&raised))?);
            signals
                .actions
                .push(low_level::pipe::register(number, write.try_clone()?)?);
            signals.flags.push((raised, arrived));
        }
        Ok(signals)
    }

    /// Readable when a signal arrived.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }

    /// What arrived since the last call.
    pub(super) fn arrived(&self) -> Vec<Arrived> {
        let mut bytes = [0; 64];
        while matches!((&self.pipe).read(&mut bytes), Ok(n) if n == bytes.len()) {}
        let flags = self.flags.iter();
        flags
            .filter(|(raised, _)| raised.swap(false, Ordering::SeqCst))
            .map(|(_, arrived)| *arrived)
            .collect()
    }
}

/// Stops this process and all others of its group, as the terminal does on Control-Z; returns
/// once it is continued.
pub(super) fn stop_process_group() -> io::Result<()> {
    /// Waits of a millisecond while running; time spent stopped does not count.
    const WAITS: u32 = 500;
    let continued = Arc::<AtomicBool>::default();
    let action = flag::register(SIGCONT, Arc::clone(&continued))?;
    // not SIGTSTP: we catch that, and a shell may have had us ignore it
    let sent = kill_current_process_group(rustix::process::Signal::STOP);
    if sent.is_ok() {
        // another thread may take the signal, and this one run on for a moment
        for _ in 0..WAITS {
            if continued.load(Ordering::SeqCst) {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
    low_level::unregister(action);
    Ok(sent?)
}

impl Drop for Signals {
    fn drop(&mut self) {
        if let Some(unheard) = UNHEARD.get() {
            unheard.store(true, Ordering::SeqCst);
        }
        for action in &self.actions {
            low_level::unregister(*action);
        }
    }
}
