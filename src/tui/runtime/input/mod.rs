//! What comes in from the terminal and from signals, as values.

pub mod parse;
pub(super) mod reader;

pub use crate::config::keymap::{Code, Key};
pub use reader::Reader;

use crate::tui::runtime::probe::Profile;
use crate::tui::runtime::signals::Signal;

/// One thing that happened outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A paste, line ends as `\n`. The text is not to be trusted: it may hold control characters.
    Paste(String),
    /// A button or the wheel of the mouse.
    Mouse(Mouse),
    /// The terminal has this many cells now.
    Resize {
        /// Cells in a row.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// A signal.
    Signal(Signal),
    /// The terminal's window got or lost the focus.
    Focus(bool),
    /// The last frame has arrived: [`Screen::is_ready`] holds again.
    ///
    /// [`Screen::is_ready`]: crate::tui::runtime::terminal::Screen::is_ready
    Ready,
    /// The terminal answered where its cursor is, to a question of [`Screen::ask_widths`].
    ///
    /// [`Screen::ask_widths`]: crate::tui::runtime::terminal::Screen::ask_widths
    Cursor {
        /// Cells from the left edge, from 0.
        column: u16,
        /// Rows from the top, from 0.
        row: u16,
    },
    /// The terminal answered what it is, and that changes how it is written to: draw again. The
    /// text may have to be laid out again, too.
    Terminal(Profile),
}

/// A mouse event at a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub action: MouseAction,
    /// Cells from the left edge, from 0.
    pub column: u16,
    /// Rows from the top, from 0.
    pub row: u16,
    /// Whether shift was held.
    pub shift: bool,
    /// Whether alt was held.
    pub alt: bool,
    /// Whether control was held.
    pub ctrl: bool,
}

/// What was done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAction {
    /// A button went down.
    Press(Button),
    /// A button went up; which, not every terminal says.
    Release,
    /// The mouse moved with a button held.
    Drag(Button),
    /// The wheel, one notch away from the user.
    WheelUp,
    /// The wheel, one notch towards the user.
    WheelDown,
}

/// A mouse button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The first.
    Left,
    /// The wheel pressed down.
    Middle,
    /// The second.
    Right,
}
