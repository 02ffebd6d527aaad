//! One undo for everything: marks, whose truth is the journal; what was set right about names and
//! days, whose truth is its file; and views, whose truth is theirs. The last thing done goes first, whichever it was.

use crate::command::Command;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::model::triage::Maker;
use crate::tui::update::{corrections, triage};

/// A step was done anew.
pub(super) fn did(model: &mut Model, maker: Maker) {
    model.triage.done.push(maker);
    model.triage.undone.clear();
}

/// Takes back what was done last; what was done before this session stands in the journal.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let maker = model.triage.done.pop();
    model.triage.undone.extend(maker);
    match maker {
        Some(Maker::Corrections) => corrections::run(model, Command::Undo),
        Some(Maker::Views) => triage::undo_view(model),
        Some(Maker::Journal) | None => triage::undo(model),
    }
}

/// Does again what was taken back last.
pub(super) fn redo(model: &mut Model) -> Vec<Effect> {
    let maker = model.triage.undone.pop();
    model.triage.done.extend(maker);
    match maker {
        Some(Maker::Corrections) => corrections::run(model, Command::Redo),
        Some(Maker::Views) => triage::redo_view(model),
        Some(Maker::Journal) | None => triage::redo(model),
    }
}
