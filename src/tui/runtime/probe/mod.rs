//! Which terminal is this? From its own answers, and until they come from the environment.
//!
//! Environment variables get lost over SSH and are inherited by terminals that are started from
//! another; what a terminal answers is true. But an answer takes a round trip, so the first frame
//! goes out on what the environment says where that is clear, and is drawn again if the answers
//! differ. Sources of the table: the documentation and sources of the terminals, and looking.

mod identity;
mod report;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use identity::Identity;
pub use report::{Answers, Report};

use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::environment::Environment;

/// How long answers are waited for, at most, from the question on.
pub const PATIENCE: Duration = Duration::from_millis(200);

/// The questions: explicit mode, is that known (DECRQM), the name and version (XTVERSION), the
/// secondary attributes (DA2), and, answered by all terminals and so closing the answers, the
/// primary attributes (DA1).
pub const QUESTIONS: &str = "\x1b[8l\x1b[8$p\x1b[>0q\x1b[>c\x1b[c";

/// What is known of the terminal, and why.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts about a terminal"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// How it is written to.
    pub dialect: Dialect,
    /// Whether it draws combining marks on their letter.
    pub marks: bool,
    /// Whether it repeats characters (`CSI n b`).
    pub repeat: bool,
    /// Whether tmux stands between.
    pub tmux: bool,
    /// Whether the first frame may rely on this.
    pub sure: bool,
    /// Where this is known from, for `khabar doctor`.
    pub why: String,
}

/// Terminals that need telling apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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
    fn profile(self, why: String) -> Profile {
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
            // not tmux: 3.3 repeats ASCII only, and draws a rule as one cell and blanks
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
            tmux: self == Self::Tmux,
            sure: true,
            why,
        }
    }
}

impl Profile {
    /// What the environment says.
    #[must_use]
    pub fn of_environment(environment: &Environment) -> Self {
        let term = environment.term();
        // what TERM names cannot be inherited from another terminal
        if environment.in_tmux() {
            return Kind::Tmux.profile("TMUX or TERM says tmux".to_owned());
        }
        let by_term = match term.split(['-', '.']).next() {
            Some("mlterm") => Some(Kind::Mlterm),
            Some("foot") => Some(Kind::Foot),
            Some("alacritty") => Some(Kind::Alacritty),
            Some("linux") => Some(Kind::Linux),
            Some("screen") => Some(Kind::Screen),
            Some("mintty") => Some(Kind::Mintty),
            _ if term.starts_with("xterm-kitty") => Some(Kind::Kitty),
            _ if term.starts_with("xterm-ghostty") => Some(Kind::Ghostty),
            _ => None,
        };
        if let Some(kind) = by_term {
            return kind.profile(format!("TERM={term}"));
        }
        let mut found: Vec<(Kind, &str)> = Vec::new();
        for (name, kind) in [
            ("MLTERM", Kind::Mlterm),
            ("KITTY_WINDOW_ID", Kind::Kitty),
            ("KONSOLE_VERSION", Kind::Konsole),
            ("VTE_VERSION", Kind::Vte),
            ("ALACRITTY_WINDOW_ID", Kind::Alacritty),
            ("WEZTERM_PANE", Kind::WezTerm),
            ("GHOSTTY_RESOURCES_DIR", Kind::Ghostty),
            ("WT_SESSION", Kind::WindowsTerminal),
            ("XTERM_VERSION", Kind::Xterm),
        ] {
            if environment.has(name) {
                found.push((kind, name));
            }
        }
        let program = match environment.get("TERM_PROGRAM") {
            Some("iTerm.app") => Some(Kind::ITerm),
            Some("Apple_Terminal") => Some(Kind::AppleTerminal),
            Some("vscode") => Some(Kind::VsCode),
            Some("WezTerm") => Some(Kind::WezTerm),
            Some("mintty") => Some(Kind::Mintty),
            Some("ghostty") => Some(Kind::Ghostty),
            _ => None,
        };
        if let Some(kind) = program
            && found.iter().all(|(other, _)| *other != kind)
        {
            found.push((kind, "TERM_PROGRAM"));
        }
        match found.as_slice() {
            [(kind, name)] => kind.profile(format!("{name} is set")),
            // one of them started another
            [(kind, _), ..] => {
                let names: Vec<&str> = found.iter().map(|(_, name)| *name).collect();
                Self {
                    sure: false,
                    repeat: false,
                    ..kind.profile(format!("{} are set", names.join(" and ")))
                }
            }
            [] => Self {
                sure: false,
                repeat: false,
                ..Kind::Xterm.profile(format!("nothing tells, TERM={term}"))
            },
        }
    }

    /// What the terminal's answers say; `None` if they leave it to the environment.
    #[must_use]
    pub fn of_answers(answers: &Answers) -> Option<Self> {
        if let Some(version) = answers.version.as_deref() {
            let kind = [
                ("tmux", Kind::Tmux),
                ("Konsole", Kind::Konsole),
                ("kitty", Kind::Kitty),
                ("mlterm", Kind::Mlterm),
                ("foot", Kind::Foot),
                ("iTerm2", Kind::ITerm),
                ("WezTerm", Kind::WezTerm),
                ("ghostty", Kind::Ghostty),
                ("mintty", Kind::Mintty),
                ("VTE", Kind::Vte),
                ("XTerm", Kind::Xterm),
            ]
            .into_iter()
            .find(|(name, _)| version.starts_with(name));
            if let Some((_, kind)) = kind {
                return Some(kind.profile(format!("it calls itself {version}")));
            }
        }
        let attributes = answers.secondary.as_deref().unwrap_or_default();
        let by_attributes = match attributes {
            [24, 279, ..] => Some(Kind::Mlterm),
            [84, ..] => Some(Kind::Tmux),
            [83, ..] => Some(Kind::Screen),
            [_, 115, ..] => Some(Kind::Konsole),
            [1, 4000, ..] => Some(Kind::Kitty),
            [61 | 65, 5800..=u16::MAX, ..] => Some(Kind::Vte),
            // its version as a number; others that begin with 0 stay below or do not end in 1
            [0, 100..=u16::MAX, 1] => Some(Kind::Alacritty),
            _ => None,
        };
        if let Some(kind) = by_attributes {
            let numbers: Vec<String> = attributes.iter().map(ToString::to_string).collect();
            return Some(kind.profile(format!("its attributes are {}", numbers.join(";"))));
        }
        // reset, as we asked for, or never set: either way it knows the mode
        matches!(answers.bidi_mode, Some(2 | 4)).then(|| Profile {
            repeat: false,
            ..Kind::Vte.profile("it obeys CSI 8 l".to_owned())
        })
    }
}
