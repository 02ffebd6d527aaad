//! The other end of a pty, for tests: a terminal that says what it is told to say.

use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use portable_pty::{MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{LocalModes, tcgetattr};

/// Longer than anything takes; only a failure waits for it.
pub(super) const DEADLINE: Duration = Duration::from_secs(20);

/// The other end of a pty.
pub(super) struct FakeTerminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Vec<u8>>, Condvar)>,
    path: PathBuf,
    /// Keeps the device open, and with it its modes.
    device: OwnedFd,
}

impl FakeTerminal {
    pub(super) fn new() -> Self {
        let size = PtySize {
            rows: 4,
            cols: 12,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let path = pair.master.tty_name().unwrap();
        let device = open(&path);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let seen = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                shared.0.lock().unwrap().extend_from_slice(&bytes[..read]);
                shared.1.notify_all();
            }
        });
        Self {
            master: pair.master,
            keys,
            seen,
            path,
            device,
        }
    }

    /// The program's side of it.
    pub(super) fn open(&self) -> OwnedFd {
        open(&self.path)
    }

    /// Resizes it.
    pub(super) fn resize(&self, columns: u16, rows: u16) {
        let size = PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        };
        self.master.resize(size).unwrap();
    }

    /// Types, or answers.
    pub(super) fn send(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).unwrap();
    }

    /// All that was written up to and with `text`, which is then forgotten.
    pub(super) fn take_until(&self, text: &str) -> String {
        let (seen, arrived) = &*self.seen;
        let end = |seen: &Vec<u8>| {
            let at = seen.windows(text.len()).position(|w| w == text.as_bytes());
            at.map(|at| at + text.len())
        };
        let (mut seen, _) = arrived
            .wait_timeout_while(seen.lock().unwrap(), DEADLINE, |seen| end(seen).is_none())
            .unwrap();
        let end = end(&seen).unwrap_or_else(|| {
            panic!("no {text:?} in {:?}", String::from_utf8_lossy(&seen));
        });
        String::from_utf8(seen.drain(..end).collect()).unwrap()
    }

    /// Whether it is in raw mode.
    pub(super) fn is_raw(&self) -> bool {
        let modes = tcgetattr(&self.device).unwrap();
        !modes.local_modes.contains(LocalModes::ICANON)
    }

    /// Whether bytes lie there that the next program would read.
    pub(super) fn has_unread(&self) -> bool {
        let mut device = [PollFd::from_borrowed_fd(self.device.as_fd(), PollFlags::IN)];
        poll(&mut device, Some(&Timespec::default())).unwrap() > 0
    }
}

/// The program's side of the terminal at `path`.
pub(super) fn open(path: &Path) -> OwnedFd {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::empty()).unwrap()
}
