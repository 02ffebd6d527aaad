//! A program on a pseudo-terminal, with a terminal at the other end that answers questions.
//!
//! Nothing here sleeps: every wait is for something, with a deadline that only a failure reaches.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Long enough for a loaded machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// The answers of xterm: no bidi, a name, attributes.
const ANSWERS: &str = "\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1;2;6;9c";

/// The question that closes a series of them (DA1).
const LAST_QUESTION: &[u8] = b"\x1b[c";

/// Where is the cursor (CPR)?
const CURSOR_QUESTION: &[u8] = b"\x1b[6n";

/// What the other end has seen.
struct Seen {
    bytes: Vec<u8>,
    screen: vt100::Parser,
    /// Whether the program's side is closed.
    ended: bool,
}

/// A running program and its terminal.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    /// Bytes before this are no longer looked at by [`Pty::bytes_since`].
    mark: usize,
}

impl Pty {
    /// Starts `khabar` with `args` on a terminal of `size` (columns, rows) with nothing in its
    /// environment but `env`, a `PATH` and a `TERM`.
    pub(crate) fn spawn(args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        Self::run(env!("CARGO_BIN_EXE_khabar"), args, size, env)
    }

    /// The same with any program, for instance a shell with job control.
    pub(crate) fn run(
        program: &str,
        args: &[&str],
        size: (u16, u16),
        env: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let seen = Arc::new((
            Mutex::new(Seen {
                bytes: Vec::new(),
                screen: screen(size),
                ended: false,
            }),
            Condvar::new(),
        ));
        let (shared, answers) = (Arc::clone(&seen), Arc::clone(&keys));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            let mut answered = 0;
            loop {
                // EIO when the program is gone
                let read = reader.read(&mut bytes).unwrap_or(0);
                let mut seen = lock(&shared.0);
                seen.bytes.extend_from_slice(&bytes[..read]);
                process(&mut seen.screen, &bytes[..read], &answers);
                seen.ended = read == 0;
                while let Some(at) = find(&seen.bytes[answered..], LAST_QUESTION) {
                    answered += at + LAST_QUESTION.len();
                    let _ = lock(&answers).write_all(ANSWERS.as_bytes());
                }
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Self {
            master: pair.master,
            keys,
            child,
            seen,
            mark: 0,
        }
    }

    /// Waits until the screen shows `text` on one row, and returns the screen.
    ///
    /// # Panics
    /// When `deadline` passes, showing the screen.
    pub(crate) fn wait_for(&self, text: &str, deadline: Duration) -> String {
        self.wait_until(text, deadline, |seen| {
            seen.screen.screen().contents().contains(text)
        });
        self.screen()
    }

    /// Waits until the screen shows `text` no more.
    ///
    /// # Panics
    /// When `deadline` passes, showing the screen.
    pub(crate) fn wait_gone(&self, text: &str, deadline: Duration) {
        self.wait_until(&format!("end of {text}"), deadline, |seen| {
            !seen.screen.screen().contents().contains(text)
        });
    }

    /// Waits until the program has sent `bytes` since the last [`Pty::mark`].
    ///
    /// # Panics
    /// When `deadline` passes, showing the screen.
    pub(crate) fn wait_for_bytes(&self, bytes: &str, deadline: Duration) {
        let mark = self.mark;
        self.wait_until(bytes, deadline, |seen| {
            find(&seen.bytes[mark..], bytes.as_bytes()).is_some()
        });
    }

    fn wait_until(&self, what: &str, deadline: Duration, mut holds: impl FnMut(&Seen) -> bool) {
        let (seen, changed) = &*self.seen;
        let (seen, _) = changed
            .wait_timeout_while(lock(seen), deadline, |seen| !holds(seen) && !seen.ended)
            .unwrap();
        if !holds(&seen) {
            let screen = seen.screen.screen().contents();
            let end = if seen.ended { "ended" } else { "deadline" };
            drop(seen);
            panic!("no {what:?} ({end}) on\n{screen}");
        }
    }

    /// Types; `\r` is Enter, `\x1b` Escape, `\x03` Control-C.
    pub(crate) fn send(&mut self, keys: &str) {
        lock(&self.keys).write_all(keys.as_bytes()).unwrap();
    }

    /// Gives the terminal another size (columns, rows).
    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        let cells = |n| NonZeroU16::new(n).unwrap();
        let mut seen = lock(&self.seen.0);
        let screen = seen.screen.screen_mut();
        screen.set_size(cells(size.1), cells(size.0));
        drop(seen);
        self.master.resize(pty_size(size)).unwrap();
    }

    /// The text on the screen, rows separated by line feeds.
    pub(crate) fn screen(&self) -> String {
        lock(&self.seen.0).screen.screen().contents()
    }

    /// Asks something of the emulated screen: cursor, colours, modes.
    pub(crate) fn look<T>(&self, question: impl FnOnce(&vt100::Screen) -> T) -> T {
        question(lock(&self.seen.0).screen.screen())
    }

    /// What comes from here on is what [`Pty::bytes_since`] returns.
    pub(crate) fn mark(&mut self) {
        self.mark = lock(&self.seen.0).bytes.len();
    }

    /// What the program has sent since the last [`Pty::mark`].
    pub(crate) fn bytes_since(&self) -> Vec<u8> {
        lock(&self.seen.0).bytes[self.mark..].to_vec()
    }

    /// The program's process id, to send it signals.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits until the program has ended and all that it sent has been read.
    ///
    /// # Panics
    /// When the program does not end in time; it is then ended.
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let end = Instant::now() + DEADLINE;
        let (seen, changed) = &*self.seen;
        let (guard, _) = changed
            .wait_timeout_while(lock(seen), DEADLINE, |seen| !seen.ended)
            .unwrap();
        let (ended, screen) = (guard.ended, guard.screen.screen().contents());
        drop(guard);
        // its side is closed, so only the system's bookkeeping is left
        while ended && Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            thread::yield_now();
        }
        panic!("still running, showing\n{screen}");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // only what we started, and only if it still runs
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

/// Shows bytes on the screen, telling the cursor where it is asked for. A question in two pieces
/// goes unheard.
fn process(screen: &mut vt100::Parser, mut bytes: &[u8], answers: &Mutex<Box<dyn Write + Send>>) {
    while let Some(at) = find(bytes, CURSOR_QUESTION) {
        let (before, rest) = bytes.split_at(at + CURSOR_QUESTION.len());
        screen.process(before);
        let (row, column) = screen.screen().cursor_position();
        let report = format!("\x1b[{};{}R", row + 1, column + 1);
        let _ = lock(answers).write_all(report.as_bytes());
        bytes = rest;
    }
    screen.process(bytes);
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

fn screen((columns, rows): (u16, u16)) -> vt100::Parser {
    let cells = |n| NonZeroU16::new(n).unwrap();
    vt100::Parser::new(cells(rows), cells(columns), 0)
}

fn pty_size((columns, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}
