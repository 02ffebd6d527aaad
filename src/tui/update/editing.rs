//! Keys of a line of text: the same in the filter, the palette and the search of the help.

use crate::config::keymap::{Code, Key};
use crate::tui::model::editor::LineEditor;

/// Applies an editing key; false when the key edits nothing.
pub(super) fn edit(line: &mut LineEditor, key: Key) -> bool {
    match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) => line.insert(c.encode_utf8(&mut [0; 4])),
        (Code::Backspace, false, false) | (Code::Char('h'), true, _) => line.backspace(),
        (Code::Delete, ..) | (Code::Char('d'), true, _) => line.delete_forward(),
        (Code::Backspace, ..) | (Code::Char('w'), true, _) => line.delete_word(),
        (Code::Char('u'), true, _) => line.delete_to_start(),
        (Code::Left, true, _) | (Code::Char('b'), _, true) => line.word_backward(),
        (Code::Right, true, _) | (Code::Char('f'), _, true) => line.word_forward(),
        (Code::Left, ..) | (Code::Char('b'), true, _) => line.backward(),
        (Code::Right, ..) | (Code::Char('f'), true, _) => line.forward(),
        (Code::Home, ..) | (Code::Char('a'), true, _) => line.to_start(),
        (Code::End, ..) | (Code::Char('e'), true, _) => line.to_end(),
        _ => return false,
    }
    true
}
