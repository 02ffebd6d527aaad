//! Headless: every view of the screen as JSON Lines.
