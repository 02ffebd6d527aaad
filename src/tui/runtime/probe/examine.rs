//! A terminal looked at closely, for `khabar doctor`: who it is, and how far symbols move its
//! cursor.

use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::{Answers, Identity, Outer, Profile, QUESTIONS, Report};
use crate::tui::runtime::environment::Environment;
use crate::tui::runtime::input::parse::{Parsed, Parser};
use crate::tui::runtime::lease::Lease;
use crate::tui::runtime::modes::Modes;
use crate::tui::runtime::tty::Tty;

/// How long a terminal may take to answer it all.
const PATIENCE: Duration = Duration::from_secs(1);

/// Asks for the cursor's position (CPR), and for the end of the answers (DA1).
const WHERE: &str = "\x1b[6n";
const END: &str = "\x1b[c";

/// A symbol that terminals count differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What it is.
    pub name: &'static str,
    /// The symbol.
    pub symbol: &'static str,
    /// Columns that we count on; where terminals differ, the cursor is put in its place anyway.
    pub columns: u16,
}

/// The symbols that are measured.
pub const SAMPLES: &[Sample] = &[
    sample("Arabic letter", "ب", 1),
    sample("Arabic presentation form", "ﺑ", 1),
    sample("lam-alef, presentation form", "ﻻ", 1),
    sample("lam-alef, two letters", "لا", 2),
    sample("letter with a mark", "بَ", 1),
    sample("presentation form with a mark", "ﺑَ", 1),
    sample("Hebrew letter", "א", 1),
    sample("left-to-right override", "\u{202D}", 0),
    sample("right-to-left override", "\u{202E}", 0),
    sample("zero-width joiner", "\u{200D}", 0),
    sample("letter with combining acute", "e\u{301}", 1),
    sample("ideograph", "漢", 2),
    sample("emoji", "😀", 2),
    sample("emoji by variation selector", "☎\u{FE0F}", 2),
    sample("drawn line", "─", 1),
    sample("half block", "▌", 1),
    sample("braille", "⣿", 1),
];

const fn sample(name: &'static str, symbol: &'static str, columns: u16) -> Sample {
    Sample {
        name,
        symbol,
        columns,
    }
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Examination {
    /// What follows from it.
    pub profile: Profile,
    /// What the terminal answered.
    pub answers: Answers,
    /// For each of [`SAMPLES`], the columns that the terminal moved its cursor by; `None` if it
    /// did not say.
    pub columns: Vec<Option<u16>>,
}

/// Looks at the terminal of this process. The screen is as before afterwards.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] if standard output is no terminal; else what the system says.
pub fn examine() -> io::Result<Examination> {
    let environment = Environment::of_process();
    let Some(output) = Tty::standard_output()? else {
        let reason = "standard output is no terminal";
        return Err(io::Error::new(io::ErrorKind::Unsupported, reason));
    };
    let outer = environment.has("TMUX").then(Outer::of_tmux).flatten();
    examine_on(&Tty::keys()?, output, &environment, outer)
}

/// Looks at a given terminal.
pub(in crate::tui::runtime) fn examine_on(
    input: &OwnedFd,
    mut output: Tty,
    environment: &Environment,
    outer: Option<Outer>,
) -> io::Result<Examination> {
    let assumed = Profile::of_environment(environment);
    let modes = Modes {
        tmux: assumed.tmux,
        ..Modes::default()
    };
    let identity = Identity::asked(assumed, true);
    identity.note_outer(outer);
    let lease = Lease::take(input.try_clone()?, output.clone(), modes, QUESTIONS)?;
    let mut questions = String::new();
    for sample in SAMPLES {
        // not in the first row: its reports look like F3
        questions.push_str("\x1b[2H\x1b[K");
        questions.push_str(sample.symbol);
        questions.push_str(WHERE);
    }
    questions.push_str(END);
    output.write_all(questions.as_bytes())?;
    let columns = listen(input, &identity)?;
    if columns.len() == SAMPLES.len() {
        lease.no_answers_due();
    }
    lease.give_back();
    let known = (0..SAMPLES.len()).map(|at| columns.get(at).copied());
    Ok(Examination {
        profile: identity.profile(),
        answers: identity.answers(),
        columns: known.collect(),
    })
}

/// Reads answers up to the last, or until they are late: the columns in the order asked.
fn listen(input: &OwnedFd, identity: &Identity) -> io::Result<Vec<u16>> {
    let until = Instant::now() + PATIENCE;
    let mut parser = Parser::default();
    let mut columns = Vec::new();
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).unwrap_or_default();
        let mut descriptors = [PollFd::from_borrowed_fd(input.as_fd(), PollFlags::IN)];
        match poll(&mut descriptors, Some(&timeout)) {
            Ok(0) => return Ok(columns),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let mut bytes = [0; 1024];
        let read = match rustix::io::read(input, &mut bytes) {
            Ok(0) => return Ok(columns),
            Ok(read) => read,
            Err(Errno::INTR | Errno::AGAIN) => continue,
            Err(error) => return Err(error.into()),
        };
        for parsed in parser.advance(bytes.get(..read).unwrap_or_default()) {
            match parsed {
                Parsed::Report(Report::Cursor { column, .. }) => columns.push(column),
                Parsed::Report(Report::Primary) if identity.is_answered() => return Ok(columns),
                Parsed::Report(report) => identity.note(&report),
                Parsed::Input(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::runtime::dialect::Dialect;
    use crate::tui::runtime::fake::FakeTerminal;

    fn examined(answers: &str) -> (Examination, FakeTerminal) {
        let mut terminal = FakeTerminal::new();
        terminal.send(answers);
        let output = Tty::new(terminal.open());
        let environment = Environment::of([("TERM", "xterm-256color")]);
        let seen = examine_on(&terminal.open(), output, &environment, None).unwrap();
        (seen, terminal)
    }

    #[test]
    fn every_sample_is_measured() {
        let mut answers = "\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c".to_owned();
        let reports = (1..=SAMPLES.len()).map(|column| format!("\x1b[2;{column}R"));
        answers.extend(reports);
        answers += "\x1b[?62;1;4c";
        let (seen, terminal) = examined(&answers);
        assert_eq!(seen.profile.dialect, Dialect::Rlo);
        let expected: Vec<Option<u16>> = (0..).map(Some).take(SAMPLES.len()).collect();
        assert_eq!(seen.columns, expected);
        let sent = terminal.take_until("\x1b[?1049l");
        assert_eq!(sent.matches(WHERE).count(), SAMPLES.len());
        assert!(!terminal.is_raw() && !terminal.has_unread());
    }

    #[test]
    fn a_terminal_that_says_little_is_no_failure() {
        let (seen, terminal) = examined("\x1b[?1;2c\x1b[?1;2c");
        assert_eq!(seen.columns, vec![None; SAMPLES.len()]);
        assert_eq!(seen.profile.dialect, Dialect::Plain);
        terminal.take_until("\x1b[?1049l");
        assert!(!terminal.is_raw());
    }
}
