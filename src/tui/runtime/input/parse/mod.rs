//! Bytes of a terminal → keys, pastes, mouse events and the terminal's own answers.
//!
//! One byte at a time, so it does not matter how a sequence was split on its way. What is unknown
//! is swallowed whole and never becomes keys: an answer that comes late must not type.

mod csi;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub(in crate::tui::runtime) use csi::numbers;

use super::{Code, Input, Key};
use crate::tui::runtime::probe::Report;

/// How long ESC waits for what makes it a sequence.
const ESC_WAIT: Duration = Duration::from_millis(25);
/// How long a sequence that has begun waits for its next byte.
const SEQUENCE_WAIT: Duration = Duration::from_millis(250);
/// How long a paste waits for its next byte before what came is handed on.
const PASTE_WAIT: Duration = Duration::from_secs(2);
/// Bytes of a sequence that are kept; what is longer is swallowed.
const KEPT: usize = 4096;

/// What bytes turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Something that the user did.
    Input(Input),
    /// Something that the terminal answered.
    Report(Report),
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Within a character; `alt` if ESC came before it.
    Utf8 { bytes: Vec<u8>, alt: bool },
    /// After ESC.
    Escape,
    /// After ESC `[`.
    Csi(Vec<u8>),
    /// After ESC `[` `[`: a function key of the Linux console.
    Console,
    /// After ESC `[` `M`: a mouse event in three bytes.
    OldMouse(Vec<u8>),
    /// After ESC `O`.
    Ss3,
    /// A string, up to ST: its introducer, its bytes, whether ESC was the last of them.
    String {
        introducer: u8,
        bytes: Vec<u8>,
        escaped: bool,
    },
    /// A bracketed paste; `stalled` once a part of it was handed on.
    Paste { bytes: Vec<u8>, stalled: bool },
}

/// Reads a terminal's bytes.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    state: State,
    parsed: Vec<Parsed>,
}

impl Parser {
    /// Reads bytes; what they turned out to be, in order.
    pub fn advance(&mut self, bytes: &[u8]) -> Vec<Parsed> {
        for byte in bytes {
            self.byte(*byte);
        }
        std::mem::take(&mut self.parsed)
    }

    /// How long to wait for the next byte before calling [`Parser::expire`]; `None` if nothing
    /// is half read.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        match &self.state {
            State::Ground | State::Utf8 { .. } => None,
            State::Escape => Some(ESC_WAIT),
            State::Paste { bytes, .. } => (!bytes.is_empty()).then_some(PASTE_WAIT),
            _ => Some(SEQUENCE_WAIT),
        }
    }

    /// The next byte did not come in time: what was half read is taken for what it is by itself.
    pub fn expire(&mut self) -> Vec<Parsed> {
        match std::mem::take(&mut self.state) {
            State::Escape => self.key(Key::plain(Code::Esc)),
            State::Csi(bytes) if bytes.is_empty() => self.key(Key::char('[').and_alt()),
            State::Ss3 => self.key(Key::char('O').and_alt()),
            State::String {
                introducer, bytes, ..
            } if bytes.is_empty() => self.key(Key::char(char::from(introducer)).and_alt()),
            State::Paste { bytes, .. } => {
                // the rest is still a paste: it must not be taken for commands
                self.paste(&bytes);
                self.state = State::Paste {
                    bytes: Vec::new(),
                    stalled: true,
                };
            }
            _ => {}
        }
        std::mem::take(&mut self.parsed)
    }

    fn input(&mut self, input: Input) {
        self.parsed.push(Parsed::Input(input));
    }

    fn key(&mut self, key: Key) {
        self.input(Input::Key(key));
    }

    fn byte(&mut self, byte: u8) {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(byte, false),
            State::Utf8 { bytes, alt } => self.within_character(bytes, alt, byte),
            State::Escape => self.after_escape(byte),
            State::Csi(bytes) => self.within_csi(bytes, byte),
            State::Console => {
                if let n @ b'A'..=b'E' = byte {
                    self.key(Key::plain(Code::Function(n - b'A' + 1)));
                }
            }
            State::OldMouse(mut bytes) => {
                bytes.push(byte);
                if let [buttons, column, row] = bytes.as_slice() {
                    self.parsed.extend(csi::old_mouse(*buttons, *column, *row));
                } else {
                    self.state = State::OldMouse(bytes);
                }
            }
            State::Ss3 => match csi::ss3(byte) {
                Some(key) => self.key(key),
                None if byte == 0x1b => self.state = State::Escape,
                None => {}
            },
            State::String {
                introducer,
                bytes,
                escaped,
            } => self.within_string(introducer, bytes, escaped, byte),
            State::Paste { bytes, stalled } => self.within_paste(bytes, stalled, byte),
        }
    }

    fn ground(&mut self, byte: u8, alt: bool) {
        let mut key = match byte {
            0x1b => {
                self.state = State::Escape;
                return;
            }
            b'\r' => Key::plain(Code::Enter),
            b'\t' => Key::plain(Code::Tab),
            0x7f => Key::plain(Code::Backspace),
            0 => Key::char(' ').and_ctrl(),
            c @ 1..=26 => Key::char(char::from(c - 1 + b'a')).and_ctrl(),
            c @ 28..=31 => Key::char(char::from(c + 64)).and_ctrl(),
            c @ 32..=126 => Key::char(char::from(c)),
            0x80.. => {
                self.within_character(Vec::new(), alt, byte);
                return;
            }
        };
        key.alt = alt;
        self.key(key);
    }

    fn within_character(&mut self, mut bytes: Vec<u8>, alt: bool, byte: u8) {
        let continues = byte & 0xc0 == 0x80;
        if continues == bytes.is_empty() {
            // no character: a stray byte, or one that another begins before it is complete
            if !continues {
                self.ground(byte, false);
            }
            return;
        }
        bytes.push(byte);
        match std::str::from_utf8(&bytes) {
            Ok(text) => {
                if let Some(c) = text.chars().next().filter(|c| !c.is_control()) {
                    self.key(Key {
                        alt,
                        ..Key::char(c)
                    });
                }
            }
            // incomplete so far
            Err(error) if error.error_len().is_none() => self.state = State::Utf8 { bytes, alt },
            Err(_) => {}
        }
    }

    fn after_escape(&mut self, byte: u8) {
        match byte {
            b'[' => self.state = State::Csi(Vec::new()),
            b'O' => self.state = State::Ss3,
            introducer @ (b'P' | b']' | b'_' | b'^' | b'X') => {
                self.state = State::String {
                    introducer,
                    bytes: Vec::new(),
                    escaped: false,
                };
            }
            0x1b => {
                self.key(Key::plain(Code::Esc));
                self.state = State::Escape;
            }
            _ => self.ground(byte, true),
        }
    }

    fn within_csi(&mut self, mut bytes: Vec<u8>, byte: u8) {
        match byte {
            b'[' if bytes.is_empty() => self.state = State::Console,
            b'M' if bytes.is_empty() => self.state = State::OldMouse(Vec::new()),
            0x40..=0x7e => match csi::parse(&bytes, byte) {
                Some(csi::Csi::PasteStart) => {
                    self.state = State::Paste {
                        bytes: Vec::new(),
                        stalled: false,
                    };
                }
                Some(csi::Csi::Parsed(parsed)) => self.parsed.push(parsed),
                None => {}
            },
            0x20..=0x3f => {
                if bytes.len() < KEPT {
                    bytes.push(byte);
                }
                self.state = State::Csi(bytes);
            }
            // not a byte of a sequence: it was cut short
            _ => self.ground(byte, false),
        }
    }

    fn within_string(&mut self, introducer: u8, mut bytes: Vec<u8>, escaped: bool, byte: u8) {
        let ended = match byte {
            b'\\' if escaped => true,
            0x07 if introducer == b']' => true,
            // CAN, SUB
            0x18 | 0x1a => return,
            _ if escaped => return self.after_escape(byte),
            _ => false,
        };
        if ended {
            if let Some(report) = Report::of_string(introducer, &bytes) {
                self.parsed.push(Parsed::Report(report));
            }
            return;
        }
        if byte != 0x1b && bytes.len() < KEPT {
            bytes.push(byte);
        }
        self.state = State::String {
            introducer,
            bytes,
            escaped: byte == 0x1b,
        };
    }

    fn within_paste(&mut self, mut bytes: Vec<u8>, stalled: bool, byte: u8) {
        const END: &[u8] = b"\x1b[201~";
        // Ctrl-C ends a paste whose end never came
        if byte == 3 && bytes.is_empty() && stalled {
            self.ground(byte, false);
            return;
        }
        bytes.push(byte);
        if byte == b'~'
            && let Some(text) = bytes.strip_suffix(END)
        {
            self.paste(text);
        } else {
            self.state = State::Paste { bytes, stalled };
        }
    }

    fn paste(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            let text = String::from_utf8_lossy(bytes);
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            self.input(Input::Paste(text));
        }
    }
}
