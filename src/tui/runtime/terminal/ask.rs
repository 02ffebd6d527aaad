//! Questions to the terminal beyond those of every start, and lines in a dialect of their own: for
//! `khabar doctor`.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::{Screen, change_bidi};
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::probe::{Answers, Profile};

impl Screen {
    /// Waits for the terminal's answers as long as a first frame would, and follows them. Needs
    /// [`Screen::listen`].
    ///
    /// # Errors
    /// What the system says.
    pub fn identify(&mut self) -> io::Result<Answers> {
        self.identity.wait();
        self.adopt(self.identity.profile())?;
        Ok(self.identity.answers())
    }

    /// Prints each text at the start of a row of its own, from the second row on (a cursor report
    /// of the first looks like a key), and asks for the cursor each time: the answers come as
    /// [`Input::Cursor`](crate::tui::runtime::input::Input::Cursor). Gives how many texts there
    /// was room for.
    ///
    /// # Errors
    /// What the system says.
    pub fn ask_widths(&mut self, texts: &[&str]) -> io::Result<usize> {
        let rows = usize::from(self.size().height.saturating_sub(1));
        let mut out = String::from("\x1b[m");
        for (row, text) in (2..).zip(texts.iter().take(rows)) {
            // writing to a String cannot fail
            let _ = write!(out, "\x1b[{row}H\x1b[K{text}\x1b[6n");
        }
        out.push_str("\x1b[H\x1b[J");
        self.tty.write_all(out.as_bytes())?;
        self.redraw();
        Ok(texts.len().min(rows))
    }

    /// Draws one row in a dialect of its own, in the terminal modes of that dialect, which remain.
    ///
    /// # Errors
    /// What the system says.
    pub fn draw_row_in(&mut self, dialect: Dialect, y: u16, mut row: Buffer) -> io::Result<()> {
        let profile = Profile {
            dialect,
            ..self.profile.clone()
        };
        // VTE gives a mode to the row that the cursor is on when it changes
        write!(self.tty, "\x1b[m\x1b[{}H\x1b[K", y + 1)?;
        change_bidi(&self.lease, &profile)?;
        self.profile = profile;
        dialect.apply(&mut row);
        let mut out = String::new();
        let mut italic = false;
        for cell in &row.content {
            let wanted = cell.modifier.contains(Modifier::ITALIC);
            if wanted != std::mem::replace(&mut italic, wanted) {
                out.push_str(if wanted { "\x1b[3m" } else { "\x1b[23m" });
            }
            out.push_str(cell.symbol());
        }
        out.push_str("\x1b[m\x1b[H");
        self.tty.write_all(out.as_bytes())?;
        self.redraw();
        Ok(())
    }
}
