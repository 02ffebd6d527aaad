//! `[keymap.…]` of a settings file laid over the defaults.
//!
//! A command named in the file has the keys that the file gives it and no others; a key that the
//! file gives to a command is taken from the default that had it. Two claims on one key within
//! the file are a mistake.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::command::Command;
use crate::config::document::{Reader, Value, entries};
use crate::config::keymap::{Binding, Key, Keymap, Mode, chord_name};

/// A binding of the file and where it stands there.
struct Claim {
    binding: Binding,
    at: Range<usize>,
}

impl Keymap {
    /// Lays a file's `[keymap]` over this one.
    pub(in crate::config) fn read(&mut self, reader: &mut Reader<'_>, table: &DeTable<'_>) {
        let mut claims: Vec<Claim> = Vec::new();
        for (name, value) in entries(table) {
            let Some(mode) = Mode::from_name(name.get_ref()) else {
                if Command::from_name(name.get_ref()).is_some() {
                    let message = format!(
                        "{} belongs below [keymap.normal], [keymap.text] or [keymap.overlay]",
                        name.get_ref()
                    );
                    reader.problem(&name.span(), message);
                } else {
                    let known = Mode::ALL.map(Mode::name);
                    reader.unknown("mode of keys", name.get_ref(), &name.span(), known);
                }
                continue;
            };
            if let Some(table) = reader.table(&format!("keymap.{}", mode.name()), value) {
                self.read_mode(reader, mode, table, &mut claims);
            }
        }
        for claim in claims {
            self.bindings.retain(|old| !old.clashes(&claim.binding));
            self.bindings.push(claim.binding);
        }
        self.keep_the_way_out();
    }

    fn read_mode(
        &mut self,
        reader: &mut Reader<'_>,
        mode: Mode,
        table: &DeTable<'_>,
        claims: &mut Vec<Claim>,
    ) {
        for (name, value) in entries(table) {
            let Some(command) = Command::from_name(name.get_ref()) else {
                let known = Command::ALL.iter().map(|command| command.name());
                reader.unknown("command", name.get_ref(), &name.span(), known);
                continue;
            };
            self.bindings
                .retain(|old| old.mode != mode || old.command != command);
            for (names, at) in chord_names(reader, command, value) {
                let keys = match Key::parse_chord(names) {
                    Ok(keys) => keys,
                    Err(message) => {
                        reader.problem(&at, message);
                        continue;
                    }
                };
                let binding = Binding {
                    mode,
                    keys,
                    command,
                };
                if let Some(message) = refused(&binding) {
                    reader.problem(&at, message);
                } else if let Some(earlier) = claims.iter().find(|c| c.binding.clashes(&binding)) {
                    let message = clash(&binding, &earlier.binding, reader.line(earlier.at.start));
                    reader.problem(&at, message);
                } else {
                    claims.push(Claim { binding, at });
                }
            }
        }
    }

    /// Ctrl-c quits everywhere, whatever a file says.
    fn keep_the_way_out(&mut self) {
        for mode in Mode::ALL {
            let out = Binding {
                mode,
                keys: vec![Key::ctrl('c')],
                command: Command::Quit,
            };
            if !self.bindings.contains(&out) {
                self.bindings.push(out);
            }
        }
    }
}

/// The chords that a value names: one text, or a list of them.
fn chord_names<'v>(
    reader: &mut Reader<'_>,
    command: Command,
    value: &'v Value<'_>,
) -> Vec<(&'v str, Range<usize>)> {
    let wanted = "a key or a list of keys in quotes";
    match value.get_ref() {
        DeValue::String(name) => vec![(name.as_ref(), value.span())],
        DeValue::Array(names) => {
            let mut chords = Vec::new();
            for name in names {
                if let DeValue::String(text) = name.get_ref() {
                    chords.push((text.as_ref(), name.span()));
                } else {
                    reader.wrong_type(command.name(), name, wanted);
                }
            }
            chords
        }
        _ => {
            reader.wrong_type(command.name(), value, wanted);
            Vec::new()
        }
    }
}

/// Why a binding may not be, whatever else is bound.
fn refused(binding: &Binding) -> Option<String> {
    let name = chord_name(&binding.keys);
    if binding.keys.contains(&Key::ctrl('c')) && binding.command != Command::Quit {
        return Some(format!(
            "{name:?} cannot be {:?}: Ctrl-c always quits",
            binding.command.name()
        ));
    }
    let first = binding.keys.first().and_then(|key| key.typed());
    if binding.mode == Mode::Text && first.is_some() {
        return Some(format!(
            "{name:?} cannot be {:?} in a text field: it is needed for typing",
            binding.command.name()
        ));
    }
    None
}

/// Says how two bindings of the file clash.
fn clash(later: &Binding, earlier: &Binding, line: usize) -> String {
    let (new, old) = (chord_name(&later.keys), chord_name(&earlier.keys));
    let (wanted, had) = (later.command.name(), earlier.command.name());
    if new == old {
        format!("key {new:?} bound twice: to {had:?} on line {line} and to {wanted:?} here")
    } else {
        format!(
            "keys {new:?} ({wanted:?}) and {old:?} ({had:?}, line {line}) begin alike: \
             the longer could never be typed"
        )
    }
}
