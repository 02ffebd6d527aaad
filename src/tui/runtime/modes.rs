//! The modes that a terminal is put into, and how each is taken back.

use crossterm::Command;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};

use crate::tui::runtime::dialect::Dialect;

/// Button events, and motion while a button is down, in cells as decimal numbers.
const MOUSE_ON: &str = "\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l";

/// terminal-wg's bidi specification: a full-screen program does bidi itself, and says so.
const EXPLICIT: &str = "\x1b[8l";
const IMPLICIT: &str = "\x1b[8h";

/// Which modes are, or shall be, on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Modes {
    pub(super) mouse: bool,
    pub(super) focus: bool,
    pub(super) dialect: Dialect,
    /// Whether tmux stands between: what concerns the terminal is also passed through.
    pub(super) tmux: bool,
}

impl Modes {
    /// What puts a terminal into these modes.
    pub(super) fn enter(self) -> String {
        let mut out = String::new();
        command(&mut out, EnterAlternateScreen);
        command(&mut out, EnableBracketedPaste);
        if self.focus {
            command(&mut out, EnableFocusChange);
        }
        if self.mouse {
            out.push_str(MOUSE_ON);
        }
        self.enter_bidi(&mut out);
        out
    }

    /// What gives a terminal back. Safe in the middle of a frame, even of a sequence.
    pub(super) fn leave(self) -> String {
        let mut out = String::new();
        // whatever was going on
        command(&mut out, EndSynchronizedUpdate);
        command(&mut out, SetAttribute(Attribute::Reset));
        if self.mouse {
            out.push_str(MOUSE_OFF);
        }
        if self.focus {
            command(&mut out, DisableFocusChange);
        }
        self.leave_bidi(&mut out);
        command(&mut out, DisableBracketedPaste);
        command(&mut out, Show);
        command(&mut out, LeaveAlternateScreen);
        out
    }

    /// What turns the mouse on or off.
    pub(super) fn mouse(on: bool) -> &'static str {
        if on { MOUSE_ON } else { MOUSE_OFF }
    }

    /// What changes one way of writing into another.
    pub(super) fn change_bidi(self, to: Self) -> String {
        if (self.dialect, self.tmux) == (to.dialect, to.tmux) {
            return String::new();
        }
        let mut out = String::new();
        self.say(&mut out, self.dialect.leave());
        if self.bidi() != to.bidi() || self.tmux != to.tmux {
            to.say(&mut out, to.bidi());
        }
        to.say(&mut out, to.dialect.enter());
        out
    }

    /// Says something to the terminal, through tmux too.
    fn say(self, out: &mut String, sequence: &str) {
        out.push_str(sequence);
        if self.tmux && !sequence.is_empty() {
            out.push_str(&pass_through(sequence));
        }
    }

    /// The terminal's bidi mode.
    fn bidi(self) -> &'static str {
        if self.dialect == Dialect::Logical {
            IMPLICIT
        } else {
            EXPLICIT
        }
    }

    fn enter_bidi(self, out: &mut String) {
        self.say(out, self.bidi());
        self.say(out, self.dialect.enter());
    }

    fn leave_bidi(self, out: &mut String) {
        self.say(out, self.dialect.leave());
        self.say(out, IMPLICIT);
    }
}

/// What tmux hands on to the terminal behind it, if its option `allow-passthrough` is on.
pub(super) fn pass_through(sequence: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
}

fn command(out: &mut String, command: impl Command) {
    // writing to a String cannot fail
    let _ = command.write_ansi(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_left() {
        for dialect in Dialect::ALL {
            for (mouse, focus, tmux) in [(false, false, false), (true, true, true)] {
                let modes = Modes {
                    mouse,
                    focus,
                    dialect,
                    tmux,
                };
                let (enter, leave) = (modes.enter(), modes.leave());
                for (on, off) in [
                    ("\x1b[?1049h", "\x1b[?1049l"),
                    ("\x1b[?2004h", "\x1b[?2004l"),
                    ("\x1b[?1002h", "\x1b[?1002l"),
                    ("\x1b[?1004h", "\x1b[?1004l"),
                    ("\x1b[8l", "\x1b[8h"),
                    ("\x1b[1 k", "\x1b[0 k"),
                    ("use_ctl=false", "use_ctl=true"),
                ] {
                    if enter.contains(on) {
                        assert!(leave.contains(off), "{modes:?} leaves {on} on");
                    }
                }
                assert!(leave.contains("\x1b[?25h"));
            }
        }
    }

    #[test]
    fn the_same_way_of_writing_changes_nothing() {
        let modes = Modes::default();
        assert_eq!(modes.change_bidi(modes), "");
        let mlterm = Modes {
            dialect: Dialect::Mlterm,
            ..modes
        };
        assert_eq!(modes.change_bidi(mlterm), "\x1b]5379;use_ctl=false\x07");
        assert_eq!(mlterm.change_bidi(modes), "\x1b]5379;use_ctl=true\x07");
        let logical = Modes {
            dialect: Dialect::Logical,
            tmux: true,
            ..modes
        };
        assert_eq!(
            modes.change_bidi(logical),
            "\x1b[8h\x1bPtmux;\x1b\x1b[8h\x1b\\"
        );
    }

    #[test]
    fn tmux_hands_on_what_is_wrapped() {
        assert_eq!(pass_through("\x1b[8l"), "\x1bPtmux;\x1b\x1b[8l\x1b\\");
    }
}
