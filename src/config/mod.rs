//! Settings, keymap and theme: defaults < file < environment < flags, validated at start.
//!
//! A file that says something unknown is refused as a whole, every mistake with its line: half a
//! keymap would be a riddle. Where the file lies is not decided here.

mod document;
mod environment;
pub mod keymap;
mod layouts;
mod nearest;
mod problem;
mod settings;
#[cfg(test)]
mod tests;
pub mod theme;

use std::fs;
use std::io;
use std::path::Path;

pub use environment::Environment;
pub use layouts::Preference;
pub use nearest::nearest;
pub use problem::{ConfigError, Problem};
pub use settings::{Bidi, ColorWhen, Keyboard, Links, Marks, Settings, Sort, TimelineBy};

use crate::config::document::{Reader, entries};
use crate::config::keymap::Keymap;
use crate::config::theme::{ColorDepth, Theme};

/// The commented file of all defaults, as `khabar config --print-default` prints it.
pub const DEFAULT_FILE: &str = include_str!("../../assets/config.toml");

/// Everything that can be configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Settings that are neither keys nor colours.
    pub settings: Settings,
    /// Keys.
    pub keymap: Keymap,
    /// Looks.
    pub theme: Theme,
    /// How many colours the terminal is taken to show; `theme` uses no more.
    pub depth: ColorDepth,
}

/// The tables of the file.
const SECTIONS: [&str; 3] = ["settings", "keymap", "theme"];

/// What other programs call them, which no edit distance would find.
const SECTION_GUESSES: &[(&str, &str)] = &[
    ("keys", "keymap"),
    ("key", "keymap"),
    ("keybindings", "keymap"),
    ("bindings", "keymap"),
    ("options", "settings"),
    ("colors", "theme"),
    ("colours", "theme"),
    ("styles", "theme"),
];

/// What the command line sets; `None` leaves the layers below alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--mouse`.
    pub mouse: Option<bool>,
    /// `--ascii`.
    pub ascii: Option<bool>,
    /// `--color`.
    pub color: Option<ColorWhen>,
    /// `--bidi`.
    pub bidi: Option<Bidi>,
}

/// The file to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File<'p> {
    /// One that the user named: it must be there.
    Named(&'p Path),
    /// The one in its usual place, which need not be there.
    Usual(&'p Path),
    /// None at all.
    None,
}

impl Config {
    /// All four layers.
    ///
    /// # Errors
    /// Every mistake in the file; or that a named file cannot be read.
    pub fn load(
        file: File<'_>,
        environment: &Environment,
        flags: Flags,
    ) -> Result<Self, ConfigError> {
        Ok(Self::from_file(file)?.under(environment, flags))
    }

    /// The defaults with a file laid over them.
    ///
    /// # Errors
    /// As for [`Config::load`].
    pub fn from_file(file: File<'_>) -> Result<Self, ConfigError> {
        let (path, needed) = match file {
            File::Named(path) => (path, true),
            File::Usual(path) => (path, false),
            File::None => return Ok(Self::default()),
        };
        let name = path.display().to_string();
        let refused = |line, message| ConfigError {
            problems: vec![Problem {
                file: name.clone(),
                line,
                message,
            }],
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !needed => {
                return Ok(Self::default());
            }
            Err(error) => return Err(refused(None, format!("cannot be read: {error}"))),
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..valid).unwrap_or_default();
            let line = 1 + memchr::memchr_iter(b'\n', before).count();
            refused(Some(line), "is not UTF-8".to_owned())
        })?;
        Self::parse(&name, &text)
    }

    /// The defaults with the text of a file laid over them; `name` is what problems call it.
    ///
    /// # Errors
    /// Every mistake in the text.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        let mut reader = Reader::new(name, text);
        let document = reader.parse();
        for (section, value) in entries(&document) {
            let section_name = section.get_ref().as_ref();
            match section_name {
                "settings" => {
                    if let Some(table) = reader.table(section_name, value) {
                        config.settings.read(&mut reader, table);
                    }
                }
                "keymap" => {
                    if let Some(table) = reader.table(section_name, value) {
                        config.keymap.read(&mut reader, table);
                    }
                }
                "theme" => {
                    if let Some(table) = reader.table(section_name, value) {
                        config.theme.read(&mut reader, table);
                    }
                }
                unknown => Self::misplaced(&mut reader, unknown, &section.span()),
            }
        }
        let problems = reader.into_problems();
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError { problems })
        }
    }

    /// Notes a name that is no section; a setting's name most likely lost its section.
    fn misplaced(reader: &mut Reader<'_>, name: &str, at: &std::ops::Range<usize>) {
        if Settings::NAMES.contains(&name) {
            reader.problem(at, format!("{name} belongs below [settings]"));
        } else {
            let near = SECTION_GUESSES
                .iter()
                .find(|(guess, _)| guess.eq_ignore_ascii_case(name))
                .map(|(_, section)| *section)
                .or_else(|| nearest(name, SECTIONS));
            let help = near.map_or_else(String::new, |near| format!("did you mean \"{near}\"? "));
            let known = SECTIONS.join(", ");
            reader.problem(
                at,
                format!("unknown section {name:?}; {help}known are {known}"),
            );
        }
    }

    /// These settings under the environment and the flags, which win over them in this order.
    #[must_use]
    pub fn under(mut self, environment: &Environment, flags: Flags) -> Self {
        let settings = &mut self.settings;
        settings.mouse = flags.mouse.unwrap_or(settings.mouse);
        settings.ascii = flags.ascii.unwrap_or(settings.ascii || environment.ascii());
        settings.bidi = flags.bidi.unwrap_or(settings.bidi);
        settings.color = flags
            .color
            .or(environment.color())
            .unwrap_or(settings.color);
        self.keymap.prefer(match settings.keyboard {
            Keyboard::Auto => environment.keyboard(),
            Keyboard::Arabic => Preference::Arabic,
            Keyboard::Persian => Preference::Persian,
        });
        self.depth = environment.color_depth(settings.color);
        self.theme = self.theme.at_depth(self.depth);
        self
    }
}
