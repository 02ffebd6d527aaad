//! The terminals that need telling apart, and what is known of each.

use super::Profile;
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::output::Residue;

/// Terminals that need telling apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Alacritty,
    AppleTerminal,
    Foot,
    Ghostty,
    ITerm,
    Kitty,
    Konsole,
    Linux,
    Mintty,
    Mlterm,
    Screen,
    Tmux,
    VsCode,
    Vte,
    WezTerm,
    WindowsTerminal,
    Xterm,
}

impl Kind {
    pub(super) fn profile(self, why: String) -> Profile {
        let dialect = match self {
            Self::Vte | Self::WezTerm | Self::Mintty => Dialect::Explicit,
            Self::Mlterm => Dialect::Mlterm,
            Self::Konsole => Dialect::Rlo,
            Self::Kitty => Dialect::Kitty,
            Self::Tmux | Self::ITerm | Self::AppleTerminal => Dialect::Lro,
            Self::Alacritty
            | Self::Foot
            | Self::Ghostty
            | Self::Linux
            | Self::Screen
            | Self::VsCode
            | Self::WindowsTerminal
            | Self::Xterm => Dialect::Plain,
        };
        Profile {
            dialect,
            // alacritty puts a mark on the wrong letter, foot drops the letter
            marks: !matches!(self, Self::Alacritty | Self::Foot | Self::Linux),
            // tmux does it with ASCII only
            repeat: matches!(
                self,
                Self::Alacritty
                    | Self::Foot
                    | Self::Kitty
                    | Self::Konsole
                    | Self::Mlterm
                    | Self::Vte
                    | Self::Xterm
            ),
            residue: match self {
                // it stands for all that are not known
                Self::Xterm => Residue::Stays,
                Self::Mlterm => Residue::Sticks,
                _ => Residue::Cleared,
            },
            tmux: self == Self::Tmux,
            sure: true,
            why,
        }
    }

    /// The terminal that a `TERM` names.
    pub(super) fn of_term(term: &str) -> Option<Self> {
        Some(match term.split(['-', '.']).next()? {
            "mlterm" => Self::Mlterm,
            "foot" => Self::Foot,
            "alacritty" => Self::Alacritty,
            "linux" => Self::Linux,
            "screen" => Self::Screen,
            "mintty" => Self::Mintty,
            _ if term.starts_with("xterm-kitty") => Self::Kitty,
            _ if term.starts_with("xterm-ghostty") => Self::Ghostty,
            _ => return None,
        })
    }

    /// The terminal that calls itself `version` (XTVERSION).
    pub(super) fn of_version(version: &str) -> Option<Self> {
        [
            ("tmux", Self::Tmux),
            ("Konsole", Self::Konsole),
            ("kitty", Self::Kitty),
            ("mlterm", Self::Mlterm),
            ("foot", Self::Foot),
            ("iTerm2", Self::ITerm),
            ("WezTerm", Self::WezTerm),
            ("ghostty", Self::Ghostty),
            ("mintty", Self::Mintty),
            ("VTE", Self::Vte),
            ("XTerm", Self::Xterm),
        ]
        .into_iter()
        .find(|(name, _)| version.starts_with(name))
        .map(|(_, kind)| kind)
    }

    /// The terminal with these secondary attributes (DA2).
    pub(super) fn of_attributes(attributes: &[u16]) -> Option<Self> {
        Some(match attributes {
            [24, 279, ..] => Self::Mlterm,
            [84, ..] => Self::Tmux,
            [83, ..] => Self::Screen,
            [_, 115, ..] => Self::Konsole,
            [1, 4000, ..] => Self::Kitty,
            [61 | 65, 5800..=u16::MAX, ..] => Self::Vte,
            // its version as a number; others that begin with 0 stay below or do not end in 1
            [0, 100..=u16::MAX, 1] => Self::Alacritty,
            _ => return None,
        })
    }
}
