//! Keys → commands, one table per mode. Footer, help and palette read it, so they cannot lie.

mod defaults;
mod key;
mod read;
#[cfg(test)]
mod tests;

pub use key::{Code, Key, chord_name};

use crate::command::Command;
use crate::config::layouts::Preference;

/// What has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A pane.
    Normal,
    /// A line of text being typed: keys that write a character cannot be bound.
    Text,
    /// A card, the help, a list over the panes.
    Overlay,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Text, Self::Overlay];

    /// The name of its table below `[keymap]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Text => "text",
            Self::Overlay => "overlay",
        }
    }

    /// The mode of a table's name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// One key, or several after another, and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub mode: Mode,
    /// The keys, at least one.
    pub keys: Vec<Key>,
    /// What they ask for.
    pub command: Command,
}

impl Binding {
    /// Whether one of two bindings keeps the other from being reached.
    fn clashes(&self, other: &Self) -> bool {
        self.mode == other.mode
            && (self.keys.starts_with(&other.keys) || other.keys.starts_with(&self.keys))
    }
}

/// What the keys typed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// They are a command.
    Command(Command),
    /// They begin a longer chord.
    Prefix,
    /// Nothing.
    None,
}

/// All bindings. No two of one mode clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
    preference: Preference,
}

impl Keymap {
    /// What the keys typed so far mean in a mode. Keys of a non-Latin keyboard that are bound to
    /// nothing themselves count as the Latin keys of the same place, except while typing text.
    #[must_use]
    pub fn lookup(&self, mode: Mode, keys: &[Key]) -> Lookup {
        let found = self.find(mode, keys);
        if found != Lookup::None || mode == Mode::Text {
            return found;
        }
        let latin: Vec<Key> = keys.iter().map(|key| key.qwerty(self.preference)).collect();
        self.find(mode, &latin)
    }

    fn find(&self, mode: Mode, keys: &[Key]) -> Lookup {
        if keys.is_empty() {
            return Lookup::None;
        }
        let mut of_mode = self.bindings.iter().filter(|binding| binding.mode == mode);
        match of_mode.find(|binding| binding.keys.starts_with(keys)) {
            Some(binding) if binding.keys.len() == keys.len() => Lookup::Command(binding.command),
            Some(_) => Lookup::Prefix,
            None => Lookup::None,
        }
    }

    /// The names of the keys that give a command in normal mode, the first being the one to
    /// teach; empty for a command that only the palette has.
    #[must_use]
    pub fn keys_of(&self, command: Command) -> Vec<String> {
        self.keys_in(Mode::Normal, command)
    }

    /// The names of the keys that give a command in a mode.
    #[must_use]
    pub fn keys_in(&self, mode: Mode, command: Command) -> Vec<String> {
        self.bindings(mode)
            .filter(|binding| binding.command == command)
            .map(|binding| chord_name(&binding.keys))
            .collect()
    }

    /// The bindings of a mode.
    pub fn bindings(&self, mode: Mode) -> impl Iterator<Item = &Binding> {
        self.bindings
            .iter()
            .filter(move |binding| binding.mode == mode)
    }

    /// Says whose letters win where the Arabic and the Persian keyboard differ.
    pub(super) fn prefer(&mut self, preference: Preference) {
        self.preference = preference;
    }
}
