//! The environment variables that tell about the terminal, read once.

use std::collections::BTreeMap;
use std::env;

use crate::tui::runtime::output::ColourDepth;

/// Variables with a meaning for us.
const NAMES: &[&str] = &[
    "ALACRITTY_WINDOW_ID",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "GHOSTTY_RESOURCES_DIR",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "MLTERM",
    "NO_COLOR",
    "SSH_CONNECTION",
    "SSH_TTY",
    "STY",
    "TERM",
    "TERM_PROGRAM",
    "TMUX",
    "TMUX_PANE",
    "VTE_VERSION",
    "WEZTERM_PANE",
    "WT_SESSION",
    "XTERM_VERSION",
];

/// Environment variables, empty ones left out.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let pairs = NAMES
            .iter()
            .filter_map(|name| Some((*name, env::var(name).ok()?)));
        Self::of(pairs)
    }

    /// Those given, for tests and for asking what would be done elsewhere.
    pub fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let pairs = pairs.into_iter().map(|(n, v)| (n.into(), v.into()));
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a variable that is set and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All that are set, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a variable is set and not empty.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// `TERM`, or nothing.
    #[must_use]
    pub fn term(&self) -> &str {
        self.get("TERM").unwrap_or("")
    }

    /// Whether tmux stands between us and the terminal.
    #[must_use]
    pub fn in_tmux(&self) -> bool {
        self.has("TMUX") || self.term().starts_with("tmux")
    }

    /// The colours to use when nobody said otherwise: none under `NO_COLOR` (no-color.org) unless
    /// `CLICOLOR_FORCE` is set, 24 bits only if `COLORTERM` promises them.
    #[must_use]
    pub fn colours(&self) -> ColourDepth {
        if self.has("NO_COLOR") && !self.has("CLICOLOR_FORCE") {
            return ColourDepth::None;
        }
        if matches!(self.get("COLORTERM"), Some("truecolor" | "24bit")) {
            return ColourDepth::True;
        }
        match self.term() {
            "linux" => ColourDepth::Eight,
            "vt100" | "vt102" | "vt220" | "vt320" | "xterm-mono" => ColourDepth::None,
            term if term.contains("256color") || term.contains("kitty") => ColourDepth::Indexed,
            _ => ColourDepth::Sixteen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_conventions() {
        let table: &[(&[(&str, &str)], ColourDepth)] = &[
            (&[("TERM", "xterm")], ColourDepth::Sixteen),
            (&[("TERM", "xterm-256color")], ColourDepth::Indexed),
            (
                &[("TERM", "xterm"), ("COLORTERM", "truecolor")],
                ColourDepth::True,
            ),
            (
                &[("TERM", "xterm"), ("COLORTERM", "24bit"), ("NO_COLOR", "1")],
                ColourDepth::None,
            ),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], ColourDepth::Sixteen),
            (
                &[
                    ("TERM", "xterm"),
                    ("NO_COLOR", "1"),
                    ("CLICOLOR_FORCE", "1"),
                ],
                ColourDepth::Sixteen,
            ),
            (&[("TERM", "linux")], ColourDepth::Eight),
            (&[("TERM", "vt100")], ColourDepth::None),
        ];
        for (pairs, expected) in table {
            let environment = Environment::of(pairs.iter().copied());
            assert_eq!(environment.colours(), *expected, "{pairs:?}");
        }
    }
}
