//! The terminal that tmux runs in: tmux does not let questions through, but it can be asked.

use std::process::{Command, Stdio};

/// What tmux knows of the terminal of its client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outer {
    /// Its `TERM`.
    pub term: String,
    /// What it answered to XTVERSION; empty if it did not.
    pub version: String,
}

impl Outer {
    /// Asks the tmux of `TMUX`: some milliseconds, but it may hang.
    #[must_use]
    pub fn of_tmux() -> Option<Self> {
        let output = Command::new("tmux")
            .args([
                "display-message",
                "-p",
                "#{client_termname}\t#{client_termtype}",
            ])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        Self::parse(&String::from_utf8_lossy(&output.stdout))
    }

    /// The answer of tmux: `TERM`, a tab, the version.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.lines().next()?;
        let (term, version) = line.split_once('\t').unwrap_or((line, ""));
        let clean = |text: &str| text.chars().filter(|c| !c.is_control()).take(80).collect();
        (!term.is_empty()).then(|| Self {
            term: clean(term),
            version: clean(version),
        })
    }
}
