//! The explorer through a pty: first frame, bytes and time of a key, idle, load.
//!
//! `cargo bench --bench explorer` prints a table. Rows over corpora that are not part of the
//! repository are left out where they are absent.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and ends where it cannot go on"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

struct Session {
    chunks: Receiver<(Instant, Vec<u8>)>,
    keys: Box<dyn Write + Send>,
    screen: vt100::Parser,
    started: Instant,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    _home: tempfile::TempDir,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

/// What came until nothing came for a while.
struct Burst {
    bytes: usize,
    first: Option<Duration>,
    last: Option<Duration>,
}

impl Session {
    fn start(arguments: &[&str]) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_khabar"));
        command.args(arguments);
        command.env_clear();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("PATH", "/usr/bin:/bin"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home.path());
        command.cwd(std::env::current_dir().unwrap());
        let mut reader = pty.master.try_clone_reader().unwrap();
        let keys = pty.master.take_writer().unwrap();
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        Self {
            chunks,
            keys,
            screen: vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0),
            started,
            child,
            _home: home,
            _master: pty.master,
        }
    }

    /// Time from the start until the screen holds `text`.
    fn wait_for(&mut self, text: &str, limit: Duration) -> Option<Duration> {
        loop {
            if self.screen.screen().contents().contains(text) {
                return Some(self.started.elapsed());
            }
            let left = limit.checked_sub(self.started.elapsed())?;
            match self.chunks.recv_timeout(left) {
                Ok((at, chunk)) => {
                    self.take(&chunk);
                    if self.screen.screen().contents().contains(text) {
                        return Some(at - self.started);
                    }
                }
                Err(_) => return None,
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        self.screen.process(chunk);
        // a terminal that answers as xterm does: no explicit bidi, VT220
        for (question, answer) in [(&b"\x1b[c"[..], &b"\x1b[?62;22c"[..])] {
            if chunk
                .windows(question.len())
                .any(|window| window == question)
            {
                self.keys.write_all(answer).unwrap();
            }
        }
    }

    /// Sends keys and takes in what comes until `quiet` passes without a byte.
    fn burst(&mut self, keys: &str, quiet: Duration) -> Burst {
        let sent = Instant::now();
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        let mut burst = Burst {
            bytes: 0,
            first: None,
            last: None,
        };
        loop {
            match self.chunks.recv_timeout(quiet) {
                Ok((at, chunk)) => {
                    burst.bytes += chunk.len();
                    burst.first.get_or_insert(at - sent);
                    burst.last = Some(at - sent);
                    self.take(&chunk);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return burst,
            }
        }
    }

    fn cells(&self) -> Vec<String> {
        let screen = self.screen.screen();
        let mut cells = Vec::new();
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let cell = screen.cell(row, column).unwrap();
                let look = (
                    cell.fgcolor(),
                    cell.bold(),
                    cell.underline(),
                    cell.inverse(),
                );
                cells.push(format!("{}\u{0}{look:?}", cell.contents()));
            }
        }
        cells
    }
}

/// UTF-8 bytes of the cells that differ, a blank counting as one.
fn changed(before: &[String], after: &[String]) -> usize {
    let text = |cell: &String| cell.split('\0').next().unwrap_or("").len().max(1);
    before
        .iter()
        .zip(after)
        .filter(|(a, b)| a != b)
        .map(|(_, b)| text(b))
        .sum()
}

fn row(what: &str, measured: &str, hold: &str) {
    println!("{what:<52}{measured:>12}{hold:>14}");
}

fn ms(time: Option<Duration>) -> String {
    time.map_or("-".to_owned(), |time| {
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    })
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

const QUIET: Duration = Duration::from_millis(250);
const LIMIT: Duration = Duration::from_mins(1);

fn first_frame() {
    let mut times = Vec::new();
    for _ in 0..9 {
        let mut session = Session::start(&["--sample"]);
        times.extend(session.wait_for("30 articles", LIMIT));
        session.child.kill().unwrap();
    }
    println!(
        "{:<52}{:>12}{:>14}",
        "sample: start to all four panes, median of 9",
        ms(median(times)),
        "≤ 60 ms"
    );
}

fn moves(name: &str, arguments: &[&str], ready: &str) {
    let mut session = Session::start(arguments);
    session.wait_for(ready, LIMIT).unwrap();
    // the load has its last word, links and days of the whole corpus, when nothing more comes
    session.burst("", Duration::from_secs(3));
    let (mut at_once, mut latency, mut ratios, mut following) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..15 {
        let before = session.cells();
        // less than the 40 ms for which the keys have to rest
        let own = session.burst("j", Duration::from_millis(25));
        at_once.push(own.bytes);
        latency.extend(own.first);
        let middle = session.cells();
        let follow = session.burst("", QUIET);
        let after = session.cells();
        let _ = &before;
        following.push(follow.bytes);
        let cells = changed(&middle, &after);
        ratios.extend((follow.bytes * 1000).checked_div(cells));
    }
    let worst = at_once.iter().max().copied();
    println!(
        "{:<52}{:>12}{:>14}",
        format!("{name}: a row down, bytes at once (worst)"),
        format!("{} B", worst.unwrap_or(0)),
        "≤ 250 B"
    );
    println!(
        "{:<52}{:>12}",
        format!("{name}: a row down, key to first byte"),
        ms(median(latency))
    );
    println!(
        "{:<52}{:>12}",
        format!("{name}: the other panes, bytes"),
        format!("{} B", median(following).unwrap_or(0))
    );
    let ratio =
        |r: Option<usize>| format!("{}.{:03}", r.unwrap_or(0) / 1000, r.unwrap_or(0) % 1000);
    println!(
        "{:<52}{:>12}{:>14}",
        format!("{name}: the same by the changed cells' bytes, median"),
        ratio(median(ratios.clone())),
        "≤ 1.2"
    );
    println!(
        "{:<52}{:>12}{:>14}",
        format!("{name}: the same, worst"),
        ratio(ratios.into_iter().max()),
        "≤ 1.2"
    );
    let repeat = session.burst(&"j".repeat(200), QUIET);
    println!(
        "{:<52}{:>12}",
        format!("{name}: 200 keys at once, settled after"),
        ms(repeat.last)
    );
    println!(
        "{:<52}{:>12}",
        format!("{name}: 200 keys at once, bytes"),
        format!("{} B", repeat.bytes)
    );
    let typed = session.burst("/syria", QUIET);
    println!(
        "{:<52}{:>12}",
        format!("{name}: six letters of a filter, settled after"),
        ms(typed.last)
    );
    session.burst("\x1b", QUIET);
    let idle = session.burst("", Duration::from_secs(5)).bytes;
    println!(
        "{:<52}{:>12}{:>14}",
        format!("{name}: idle for 5 s"),
        format!("{idle} B"),
        "0 B"
    );
    session.child.kill().unwrap();
}

fn load(path: &str) {
    let mut session = Session::start(&[path]);
    let first = session.wait_for("▌", LIMIT);
    // letters typed into the palette: each shows by itself, whatever the load does to the panes
    session.keys.write_all(b":").unwrap();
    let mut latency = Vec::new();
    for typed in 1..=30 {
        let loading = !session
            .screen
            .screen()
            .contents()
            .contains("14278 articles");
        let sent = Instant::now();
        session.keys.write_all(b"x").unwrap();
        let wanted = "x".repeat(typed);
        let mut seen = None;
        while seen.is_none() && sent.elapsed() < Duration::from_secs(5) {
            if let Ok((at, chunk)) = session.chunks.recv_timeout(Duration::from_millis(100)) {
                session.take(&chunk);
                if session.screen.screen().contents().contains(&wanted) {
                    seen = Some(at - sent);
                }
            }
        }
        if loading {
            latency.push(seen.unwrap_or(Duration::from_secs(5)));
        }
        thread::sleep(Duration::from_millis(40));
    }
    let worst = latency.iter().max().copied().unwrap_or_default();
    session.keys.write_all(b"\x1b").unwrap();
    row("mid: start to the first article", &ms(first), "");
    let count = latency.len();
    row(
        &format!("mid: a key while it loads, median of {count}"),
        &ms(median(latency)),
        "",
    );
    row(
        "mid: a key while it loads, worst",
        &ms(Some(worst)),
        "≤ 50 ms",
    );
    let all = session.wait_for("14278 articles", LIMIT);
    println!(
        "{:<52}{:>12}",
        "mid: start to all 14,278 documents",
        ms(all)
    );
    session.child.kill().unwrap();
}

fn main() {
    println!("{:<52}{:>12}{:>14}", "what", "measured", "to hold");
    first_frame();
    moves("sample", &["--sample"], "30 articles");
    let mid = "../shared/corpora/mid/mid.jsonl.zst";
    if Path::new(mid).exists() {
        load(mid);
        moves("mid", &[mid], "14278 articles");
    }
}
