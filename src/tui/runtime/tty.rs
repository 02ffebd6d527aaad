//! The terminal as a device: raw mode, size, bytes out.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{self, OptionalActions, Termios};

/// A terminal to write to; clones are the same one. Nothing is buffered.
#[derive(Clone, Debug)]
pub(super) struct Tty(Arc<OwnedFd>);

impl Tty {
    /// A terminal by its descriptor.
    pub(super) fn new(descriptor: OwnedFd) -> Self {
        Self(Arc::new(descriptor))
    }

    /// Standard output, if that is a terminal.
    pub(super) fn standard_output() -> io::Result<Option<Self>> {
        let output = rustix::stdio::stdout();
        if !termios::isatty(output) {
            return Ok(None);
        }
        Ok(Some(Self::new(rustix::io::fcntl_dupfd_cloexec(output, 3)?)))
    }

    /// Where keys come from: standard input if that is a terminal, else the terminal of the
    /// session (`khabar -` reads documents from standard input).
    pub(super) fn keys() -> io::Result<OwnedFd> {
        let input = rustix::stdio::stdin();
        if termios::isatty(input) {
            return Ok(rustix::io::fcntl_dupfd_cloexec(input, 3)?);
        }
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(rustix::fs::open("/dev/tty", flags, Mode::empty())?)
    }

    /// Its size in cells; 80 by 24 if it does not know.
    pub(super) fn size(&self) -> Size {
        let size = termios::tcgetwinsize(self.0.as_fd());
        match size {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size {
                width: size.ws_col,
                height: size.ws_row,
            },
            _ => Size {
                width: 80,
                height: 24,
            },
        }
    }

    /// Waits until bytes can be written, at most `patience`; `false` if they cannot.
    pub(super) fn is_ready(&self, patience: Timespec) -> bool {
        let mut descriptors = [PollFd::from_borrowed_fd(self.0.as_fd(), PollFlags::OUT)];
        matches!(poll(&mut descriptors, Some(&patience)), Ok(1..))
            && descriptors
                .iter()
                .all(|d| d.revents().contains(PollFlags::OUT))
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(self.0.as_fd(), bytes) {
                Ok(written) => return Ok(written),
                Err(Errno::INTR) => {}
                // another program made the terminal non-blocking
                Err(Errno::AGAIN) => {
                    let mut descriptors =
                        [PollFd::from_borrowed_fd(self.0.as_fd(), PollFlags::OUT)];
                    match poll(&mut descriptors, None) {
                        Ok(_) | Err(Errno::INTR) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Puts a terminal into raw mode; the modes that it had.
pub(super) fn make_raw(terminal: BorrowedFd<'_>) -> io::Result<Termios> {
    let before = termios::tcgetattr(terminal)?;
    let mut raw = before.clone();
    raw.make_raw();
    set(terminal, OptionalActions::Now, &raw)?;
    Ok(before)
}

/// Gives a terminal its modes back; `discard` drops what was typed and not read.
pub(super) fn restore(terminal: BorrowedFd<'_>, modes: &Termios, discard: bool) -> io::Result<()> {
    let when = if discard {
        OptionalActions::Flush
    } else {
        OptionalActions::Now
    };
    set(terminal, when, modes)
}

fn set(terminal: BorrowedFd<'_>, when: OptionalActions, modes: &Termios) -> io::Result<()> {
    loop {
        match termios::tcsetattr(terminal, when, modes) {
            Err(Errno::INTR) => {}
            other => return Ok(other?),
        }
    }
}
