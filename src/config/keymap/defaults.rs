//! The keys that hold unless a file says otherwise. `assets/config.toml` shows the same to the
//! user; a test holds the two together.
//!
//! Kept free for what is to come: `c w`.

use crate::command::Command;
use crate::config::keymap::{Binding, Key, Keymap, Mode};
use crate::config::layouts::Preference;

/// A command and its chords, with `|` between them.
type Keys = (Command, &'static str);

const NORMAL: &[Keys] = &[
    (Command::Down, "j|Down"),
    (Command::Up, "k|Up"),
    (Command::Left, "h|Left"),
    (Command::Right, "l|Right"),
    (Command::HalfPageDown, "Ctrl-d"),
    (Command::HalfPageUp, "Ctrl-u"),
    (Command::PageDown, "Space|PageDown"),
    (Command::PageUp, "b|PageUp"),
    (Command::First, "g|Home"),
    (Command::Last, "G|End"),
    (Command::FocusNext, "Tab"),
    (Command::FocusPrevious, "Shift-Tab"),
    (Command::FocusArticles, "1"),
    (Command::FocusText, "2"),
    (Command::FocusEntities, "3"),
    (Command::FocusTimeline, "4"),
    (Command::Open, "Enter"),
    (Command::Zoom, "z"),
    (Command::Back, "Esc"),
    (Command::Filter, "/"),
    // the quotation mark that also asks for words of the text in a query
    (Command::FilterText, "\""),
    (Command::Kwic, "K"),
    // the sign that makes one word of a query exact
    (Command::Lenience, "="),
    (Command::SaveView, "S"),
    (Command::NextHit, "n"),
    (Command::PreviousHit, "N"),
    // as in vim: on to the next and back to the previous of what is under the cursor
    (Command::NextMention, "*"),
    (Command::PreviousMention, "#"),
    (Command::Include, "+"),
    (Command::Exclude, "-"),
    (Command::ClearFilters, "\\"),
    (Command::Card, "f"),
    (Command::Why, "i"),
    (Command::Undo, "u"),
    (Command::Redo, "Ctrl-r"),
    (Command::Links, "L"),
    (Command::Sort, "o"),
    (Command::Reverse, "O"),
    (Command::TimelineBasis, "T"),
    (Command::ZoomIn, ">"),
    (Command::ZoomOut, "<"),
    (Command::Inferred, "I"),
    (Command::Sentences, "D"),
    (Command::SelectRange, "v"),
    (Command::NextDay, "]"),
    (Command::PreviousDay, "["),
    (Command::Copy, "y"),
    (Command::CopyCited, "Y"),
    (Command::Keep, "s"),
    (Command::Dismiss, "x"),
    (Command::Read, "r"),
    (Command::Tag, "t"),
    (Command::Note, "a"),
    (Command::Repeat, "."),
    (Command::SelectAll, "V"),
    (Command::Views, "'"),
    (Command::Fold, "d"),
    (Command::FoldAll, "Alt-d"),
    (Command::Copies, "C"),
    (Command::Export, "E"),
    (Command::Edit, "e"),
    (Command::Page, "P"),
    (Command::Pipe, "|"),
    (Command::Marks, "M"),
    (Command::Bidi, "B"),
    (Command::Unreadable, "U"),
    (Command::Help, "?"),
    (Command::Palette, ":"),
    (Command::Mouse, "m"),
    (Command::Redraw, "Ctrl-l"),
    (Command::Suspend, "Ctrl-z"),
    (Command::Quit, "q|Ctrl-c"),
];

const TEXT: &[Keys] = &[
    (Command::Down, "Down|Ctrl-n"),
    (Command::Up, "Up|Ctrl-p"),
    (Command::PageDown, "PageDown"),
    (Command::PageUp, "PageUp"),
    (Command::FocusNext, "Tab"),
    (Command::FocusPrevious, "Shift-Tab"),
    (Command::Open, "Enter"),
    (Command::Back, "Esc"),
    (Command::Redraw, "Ctrl-l"),
    (Command::Suspend, "Ctrl-z"),
    (Command::Quit, "Ctrl-c"),
];

const OVERLAY: &[Keys] = &[
    (Command::Down, "j|Down"),
    (Command::Up, "k|Up"),
    (Command::Left, "h|Left"),
    (Command::Right, "l|Right"),
    (Command::HalfPageDown, "Ctrl-d"),
    (Command::HalfPageUp, "Ctrl-u"),
    (Command::PageDown, "Space|PageDown"),
    (Command::PageUp, "b|PageUp"),
    (Command::First, "g|Home"),
    (Command::Last, "G|End"),
    (Command::FocusNext, "Tab"),
    (Command::FocusPrevious, "Shift-Tab"),
    (Command::Open, "Enter"),
    (Command::Back, "Esc|q"),
    (Command::Filter, "/"),
    (Command::Include, "+"),
    (Command::Exclude, "-"),
    (Command::Accept, "y"),
    (Command::Reject, "n"),
    (Command::Merge, "m"),
    (Command::Split, "s"),
    (Command::Rename, "r"),
    (Command::Retype, "t"),
    (Command::Hide, "x"),
    (Command::AddSpelling, "a"),
    (Command::SetDay, "d"),
    (Command::Undo, "u"),
    (Command::Redo, "Ctrl-r"),
    (Command::Help, "?"),
    (Command::Redraw, "Ctrl-l"),
    (Command::Suspend, "Ctrl-z"),
    (Command::Quit, "Ctrl-c"),
];

/// The tables above, chord by chord. Each name in them is right, which a test checks.
pub(super) fn chords() -> impl Iterator<Item = (Mode, Command, &'static str)> {
    [
        (Mode::Normal, NORMAL),
        (Mode::Text, TEXT),
        (Mode::Overlay, OVERLAY),
    ]
    .into_iter()
    .flat_map(|(mode, table)| {
        table.iter().flat_map(move |(command, names)| {
            // the bar by itself is a key
            let alternatives = names.split(move |c| c == '|' && *names != "|");
            alternatives.map(move |name| (mode, *command, name))
        })
    })
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = chords()
            .filter_map(|(mode, command, names)| {
                Some(Binding {
                    mode,
                    keys: Key::parse_chord(names).ok()?,
                    command,
                })
            })
            .collect();
        Self {
            bindings,
            preference: Preference::default(),
        }
    }
}
