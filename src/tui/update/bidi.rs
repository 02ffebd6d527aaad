//! Does Arabic read right here? Ways to write it, tried one after another.

use crate::command::Command;
use crate::config::Bidi;
use crate::config::keymap::{Key, Mode};
use crate::tui::effect::Effect;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice};
use crate::tui::update::{commands, keys};

/// Shows or hides marks (tashkeel); copies keep them always.
pub(super) fn toggle_marks(model: &mut Model) -> Vec<Effect> {
    model.marks = !model.marks;
    let state = if model.marks {
        "shown"
    } else {
        "hidden; copies keep them"
    };
    model.notice = Some(Notice::Done(format!("vowel marks {state}")));
    Vec::new()
}

/// Opens the question, with the way that is in force.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Bidi { bidi: model.bidi });
    Vec::new()
}

/// A key while the question is open: the key that opened it and moves go on to the next way, Enter
/// keeps what reads right, Esc goes back to what was.
pub(super) fn press(model: &mut Model, bidi: Bidi, key: Key) -> Vec<Effect> {
    let command = keys::resolve(model, Mode::Overlay, key)
        .or_else(|| keys::resolve(model, Mode::Normal, key));
    let by = match command {
        Some(Command::Open) => {
            model.overlay = None;
            model.bidi = bidi;
            return vec![Effect::Bidi { bidi, keep: true }];
        }
        Some(Command::Back) => {
            model.overlay = None;
            return vec![Effect::Bidi {
                bidi: model.bidi,
                keep: false,
            }];
        }
        Some(Command::Bidi | Command::Right | Command::Down | Command::FocusNext) => 1,
        Some(Command::Left | Command::Up | Command::FocusPrevious) => Bidi::ALL.len() - 1,
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => {
            return commands::run(model, command, None);
        }
        _ => return Vec::new(),
    };
    let at = Bidi::ALL.iter().position(|way| *way == bidi).unwrap_or(0);
    let bidi = Bidi::ALL[(at + by) % Bidi::ALL.len()];
    model.overlay = Some(Overlay::Bidi { bidi });
    vec![Effect::Bidi { bidi, keep: false }]
}
