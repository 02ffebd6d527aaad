//! What terminals answer.

use crate::tui::runtime::input::parse::numbers;

/// One answer of a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// DECRPM: the state of an ANSI mode: 0 not known, 1 set, 2 reset, 3 and 4 the same for ever.
    Mode {
        /// Which mode.
        mode: u16,
        /// Its state.
        state: u16,
    },
    /// XTVERSION: the terminal's name and version.
    Version(String),
    /// DA2: kind, version and more, as numbers.
    Secondary(Vec<u16>),
    /// DA1. It closes the answers, and says that a frame has arrived.
    Primary,
    /// CPR: where the cursor is, in cells from 0.
    Cursor {
        /// Cells from the left edge.
        column: u16,
        /// Rows from the top.
        row: u16,
    },
    /// Anything else that nobody typed.
    Other,
}

impl Report {
    /// The answer that is a control sequence of these parameter and intermediate bytes and final
    /// byte; `None` if it is no answer.
    ///
    /// A cursor report of the first row looks like F3 with a modifier: it is taken for the key.
    #[must_use]
    pub fn of_csi(body: &[u8], last: u8) -> Option<Self> {
        match (body, last) {
            ([b'?', ..], b'c') => Some(Self::Primary),
            ([b'>', rest @ ..], b'c') => Some(Self::Secondary(numbers(rest)?)),
            ([b'?' | b'>' | b'=', ..], _) => Some(Self::Other),
            ([rest @ .., b'$'], b'y') => match numbers(rest)?.as_slice() {
                [mode, state] => Some(Self::Mode {
                    mode: *mode,
                    state: *state,
                }),
                _ => Some(Self::Other),
            },
            ([b'0'..=b'9', ..], b'R') => match numbers(body)?.as_slice() {
                [row, column] if *row > 1 && *column > 0 => Some(Self::Cursor {
                    column: column - 1,
                    row: row - 1,
                }),
                _ => None,
            },
            (_, b'n' | b't' | b'y') => Some(Self::Other),
            _ => None,
        }
    }

    /// The answer that is a string: `introducer` is what followed ESC.
    #[must_use]
    pub fn of_string(introducer: u8, bytes: &[u8]) -> Option<Self> {
        if introducer == b'P'
            && let Some(version) = bytes.strip_prefix(b">|")
        {
            // told to people later: a terminal is no more to be trusted than a document
            let version = String::from_utf8_lossy(version);
            let version = version.chars().filter(|c| !c.is_control()).take(80);
            return Some(Self::Version(version.collect()));
        }
        Some(Self::Other)
    }
}

/// The answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// State of mode 8, as [`Report::Mode`] counts.
    pub bidi_mode: Option<u16>,
    /// Name and version.
    pub version: Option<String>,
    /// Secondary attributes.
    pub secondary: Option<Vec<u16>>,
    /// Whether the last answer came.
    pub complete: bool,
}

impl Answers {
    /// Takes note of an answer.
    pub fn note(&mut self, report: &Report) {
        match report {
            Report::Mode { mode: 8, state } => self.bidi_mode = Some(*state),
            Report::Version(version) => self.version = Some(version.clone()),
            Report::Secondary(numbers) => self.secondary = Some(numbers.clone()),
            Report::Primary => self.complete = true,
            Report::Mode { .. } | Report::Cursor { .. } | Report::Other => {}
        }
    }
}
