//! What bidi terminals need so that cells stay where they were put: the last step over a finished
//! screen, before it is compared with the one before.
//!
//! The screen holds Arabic in visual order and in presentation forms. A terminal without bidi
//! shows that as it is. The others are told to leave it alone, each in its own language:
//! terminal-wg's bidi specification (explicit mode, `CSI 8 l`), mlterm's `OSC 5379`, or characters
//! and attributes on the cells themselves.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Modifier;
use unicode_bidi::{BidiClass, bidi_class};

/// LEFT-TO-RIGHT OVERRIDE.
const LRO: &str = "\u{202D}";
/// RIGHT-TO-LEFT OVERRIDE.
const RLO: &str = "\u{202E}";
/// POP DIRECTIONAL FORMATTING and LEFT-TO-RIGHT MARK: without the mark, brackets and digits that
/// follow would count as a part of what was popped (UAX #9, X10 and N1).
const PDF_LRM: &str = "\u{202C}\u{200E}";

/// How a terminal is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Cells as they are: the terminal knows no bidi (xterm, alacritty, foot), or it obeys
    /// `CSI 8 l`, which is sent always.
    #[default]
    Plain,
    /// Cells as they are, in explicit mode and an LTR paragraph (VTE, `WezTerm`, mintty).
    Explicit,
    /// Cells as they are, with mlterm's complex text layout off. Never bidi controls: they take a
    /// column there.
    Mlterm,
    /// U+202D rides on the first cell of each row that holds RTL (tmux, unknown bidi terminals).
    Lro,
    /// RTL stretches are reversed between U+202E and U+202C, which U+200E follows (Konsole, which
    /// shapes and reorders whatever else it is told).
    Rlo,
    /// Every second RTL cell is italic, so that kitty, which shapes runs of one font and reverses
    /// those that hold RTL, sees runs of one cell. Arabic has no italics: nothing shows, but now
    /// and then a slanted bracket.
    Kitty,
    /// Base letters in logical order, one text pane of full width: the terminal does it all.
    Logical,
}

impl Dialect {
    /// All, in the order in which a key cycles through them.
    pub const ALL: [Self; 7] = [
        Self::Plain,
        Self::Explicit,
        Self::Lro,
        Self::Rlo,
        Self::Kitty,
        Self::Mlterm,
        Self::Logical,
    ];

    /// The name in settings and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Explicit => "explicit",
            Self::Mlterm => "mlterm",
            Self::Lro => "lro",
            Self::Rlo => "rlo",
            Self::Kitty => "kitty",
            Self::Logical => "logical",
        }
    }

    /// The dialect of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Whether text is to be laid out in visual order and in presentation forms; otherwise in
    /// logical order and base letters, and without panes side by side.
    #[must_use]
    pub fn is_visual(self) -> bool {
        self != Self::Logical
    }

    /// What is sent when the dialect begins.
    pub(super) fn enter(self) -> &'static str {
        match self {
            Self::Explicit => "\x1b[1 k",
            Self::Mlterm => "\x1b]5379;use_ctl=false\x07",
            _ => "",
        }
    }

    /// What is sent when the dialect ends.
    pub(super) fn leave(self) -> &'static str {
        match self {
            Self::Explicit => "\x1b[0 k",
            Self::Mlterm => "\x1b]5379;use_ctl=true\x07",
            _ => "",
        }
    }

    /// Makes a finished screen ready to be compared and sent.
    ///
    /// In any dialect, control characters are replaced and the second columns of wide cells made
    /// empty, so that ratatui's comparison cannot overlook what a wide cell leaves behind.
    pub fn apply(self, screen: &mut Buffer) {
        let width = usize::from(screen.area.width);
        if width == 0 {
            return;
        }
        for row in screen.content.chunks_mut(width) {
            normalise(row);
            let rtl = row.iter().any(is_rtl);
            match self {
                Self::Lro if rtl => {
                    if let Some(first) = row.first_mut() {
                        append(first, LRO);
                    }
                }
                Self::Rlo if rtl => armour(row),
                Self::Kitty if rtl => alternate(row),
                _ => {}
            }
        }
    }
}

/// Whether a screen holds anything that a bidi terminal would move.
#[must_use]
pub fn holds_rtl(screen: &Buffer) -> bool {
    screen.content.iter().any(is_rtl)
}

fn is_rtl(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    !symbol.is_ascii()
        && symbol
            .chars()
            .any(|c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN))
}

fn append(cell: &mut Cell, control: &str) {
    let symbol = format!("{}{control}", cell.symbol());
    cell.set_symbol(&symbol);
}

fn normalise(row: &mut [Cell]) {
    let mut second = false;
    for cell in row {
        if std::mem::take(&mut second) {
            cell.set_symbol("");
            continue;
        }
        if cell.symbol().chars().any(char::is_control) {
            cell.set_symbol("\u{FFFD}");
        }
        second = !cell.symbol().is_ascii() && cell.cell_width() > 1;
    }
}

/// Whether a cell is a rule between panes: nothing is reversed across it.
fn is_rule(cell: &Cell) -> bool {
    matches!(cell.symbol(), "│" | "┃" | "║" | "▌" | "▐" | "|")
}

/// Reverses each stretch from the first RTL cell to the last within a pane, U+202E riding on the
/// cell before it, U+202C and U+200E on its last one. Column 0 is never part of a stretch.
fn armour(row: &mut [Cell]) {
    let mut from = 1;
    while let Some(start) = find(row, from, is_rtl) {
        let limit = find(row, start, is_rule).unwrap_or(row.len());
        let last = (start..limit)
            .rfind(|at| row.get(*at).is_some_and(is_rtl))
            .unwrap_or(start);
        // a wide cell keeps its second column
        let end = find(row, last + 1, |cell| !cell.symbol().is_empty()).unwrap_or(row.len());
        if let Some(stretch) = row.get_mut(start..end) {
            reverse(stretch);
            if let Some(last) = stretch.iter_mut().rfind(|cell| !cell.symbol().is_empty()) {
                append(last, PDF_LRM);
            }
        }
        let before = (0..start).rfind(|at| row.get(*at).is_some_and(|c| !c.symbol().is_empty()));
        if let Some(cell) = before.and_then(|at| row.get_mut(at)) {
            append(cell, RLO);
        }
        from = end.max(limit);
    }
}

fn find(row: &[Cell], from: usize, wanted: impl Fn(&Cell) -> bool) -> Option<usize> {
    (from..row.len()).find(|at| row.get(*at).is_some_and(&wanted))
}

/// Reverses cells, a wide one staying before its second column.
fn reverse(cells: &mut [Cell]) {
    cells.reverse();
    let mut at = 0;
    while let Some([first, second, ..]) = cells.get_mut(at..) {
        if first.symbol().is_empty() {
            std::mem::swap(first, second);
            at += 1;
        }
        at += 1;
    }
}

/// Makes RTL cells italic or not, so that each differs from the cells beside it. Blanks and
/// drawn lines break runs anyway; other cells change only where they must.
fn alternate(row: &mut [Cell]) {
    let rtl: Vec<bool> = row.iter().map(is_of_rtl_script).collect();
    let is = |at: usize| rtl.get(at) == Some(&true);
    // the italics of the cell before, if it can share a run with this one
    let mut before: Option<bool> = None;
    let mut at = 0;
    while at < row.len() {
        let run = (at..row.len()).take_while(|at| is(*at)).count();
        let joins_after = row.get(at + run).is_some_and(|cell| !breaks_run(cell));
        // a run that begins free ends in italics if something follows, which then need not be
        let free = joins_after == (run % 2 == 1);
        let Some(cell) = row.get_mut(at) else { break };
        let was_rtl = at.checked_sub(1).is_some_and(is);
        let italic = match before {
            _ if breaks_run(cell) => None,
            Some(before) if is(at) || was_rtl => Some(!before),
            None if is(at) => Some(free),
            _ => Some(cell.modifier.contains(Modifier::ITALIC)),
        };
        if let Some(italic) = italic {
            cell.modifier.set(Modifier::ITALIC, italic);
        }
        before = italic;
        at += 1;
    }
}

/// Whether a cell is of a script that is written from right to left, its signs included: they
/// decide, not their bidi classes, which way a run is shaped.
fn is_of_rtl_script(cell: &Cell) -> bool {
    cell.symbol().chars().any(
        |c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'),
    ) || is_rtl(cell)
}

/// Whether kitty draws a cell by itself: a blank or a drawn line.
fn breaks_run(cell: &Cell) -> bool {
    let first = cell.symbol().chars().next().unwrap_or(' ');
    matches!(first, ' ' | '\u{2500}'..='\u{259F}')
}

#[cfg(test)]
mod tests;
