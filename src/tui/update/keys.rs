//! A key → an edit, a count, or a command.

use crate::command::Command;
use crate::config::keymap::{Code, Key, Lookup, Mode};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::update::{commands, filter, overlay, prompt};

/// A key was pressed.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.dirty = true;
    model.notice = None;
    if model.corrections.prompt.is_some() {
        return prompt::press(model, key);
    }
    if model.overlay.is_some() {
        return overlay::press(model, key);
    }
    if model.filter.line.is_some() {
        return filter::press(model, key);
    }
    if let Some(digit) = count_digit(model, key) {
        let count = model.pending.count.unwrap_or(0);
        model.pending.count = Some(count.saturating_mul(10).saturating_add(digit).min(999_999));
        return Vec::new();
    }
    let Some(command) = resolve(model, Mode::Normal, key) else {
        return Vec::new();
    };
    let count = model.pending.count.take();
    commands::run(model, command, count)
}

/// Text was pasted: into the open line, else nowhere.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    model.dirty = true;
    if let Some(effects) = prompt::paste(model, text) {
        return effects;
    }
    if overlay::paste(model, text) {
        return Vec::new();
    }
    filter::paste(model, text)
}

/// The command that the keys typed so far and `key` are bound to; keeps an unfinished chord.
pub(super) fn resolve(model: &mut Model, mode: Mode, key: Key) -> Option<Command> {
    let mut typed = std::mem::take(&mut model.pending.keys);
    typed.push(key);
    match model.config.keymap.lookup(mode, &typed) {
        Lookup::Command(command) => Some(command),
        Lookup::Prefix => {
            model.pending.keys = typed;
            None
        }
        Lookup::None => {
            model.pending.count = None;
            None
        }
    }
}

/// A digit that belongs to a count. 1 to 4 are pane keys, so a count begins with 0 or 5 to 9:
/// `5j`, `012G`.
fn count_digit(model: &Model, key: Key) -> Option<usize> {
    if !model.pending.keys.is_empty() || key.ctrl || key.alt {
        return None;
    }
    let Code::Char(c) = key.code else { return None };
    let digit = c.to_digit(10)?;
    let begins = model.pending.count.is_some() || digit == 0 || digit >= 5;
    begins.then_some(digit as usize)
}
