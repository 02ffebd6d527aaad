//! The few signs that are not text, and their plain stand-ins for `--ascii`.

/// Signs of one kind of terminal. Each takes one cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyphs {
    /// Before the selected row.
    pub(super) gutter: &'static str,
    /// Before a row within a selected range.
    pub(super) range: &'static str,
    /// Between panes, up and down.
    pub(super) column: &'static str,
    /// Behind a title, from left to right.
    pub(super) rule: &'static str,
    /// A link to what is selected in another pane.
    pub(super) dot: &'static str,
    /// An inferred day.
    pub(super) inferred: &'static str,
    /// Days without anything.
    pub(super) gap: &'static str,
    /// Closes a chip.
    pub(super) times: &'static str,
    /// Between two statements on one line.
    pub(super) middle: &'static str,
    /// A bar's last cell, from one eighth to full.
    pub(super) bar: [&'static str; 8],
    /// A bar's full cells: English, German, Arabic, other.
    pub(super) fills: [&'static str; 4],
    /// A cell of the bar of a stretch of time, or of the undated.
    pub(super) line: &'static str,
}

/// For terminals with Unicode.
pub(super) const UNICODE: Glyphs = Glyphs {
    gutter: "▌",
    range: "│",
    column: "│",
    rule: "─",
    dot: "●",
    inferred: "≈",
    gap: "⋮",
    times: "×",
    middle: "·",
    bar: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    fills: ["█", "▓", "▒", "░"],
    line: "┄",
};

/// For all others.
pub(super) const ASCII: Glyphs = Glyphs {
    gutter: ">",
    range: "|",
    column: "|",
    rule: "-",
    dot: "*",
    inferred: "~",
    gap: ":",
    times: "x",
    middle: "|",
    bar: ["-", "-", "-", "=", "=", "=", "#", "#"],
    fills: ["e", "d", "a", "o"],
    line: ".",
};
