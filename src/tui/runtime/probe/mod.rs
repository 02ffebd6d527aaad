//! Which terminal is this? From its own answers, and until they come from the environment.
//!
//! Environment variables get lost over SSH and are inherited by terminals that are started from
//! another; what a terminal answers is true. But an answer takes a round trip, so the first frame
//! goes out on what the environment says where that is clear, and is drawn again if the answers
//! differ. Sources of the table: the documentation and sources of the terminals, and looking.

pub mod examine;
mod identity;
mod kind;
mod outer;
mod report;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use identity::Identity;
use kind::Kind;
pub use outer::Outer;
pub use report::{Answers, Report};

use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::environment::Environment;
use crate::tui::runtime::output::Residue;

/// How long answers are waited for, at most, from the question on: longer in tests, which must not
/// depend on how busy the machine is.
pub const PATIENCE: Duration = Duration::from_millis(if cfg!(test) { 3000 } else { 200 });

/// The questions: is explicit mode known, which was just asked for (DECRQM), the name and version
/// (XTVERSION), the secondary attributes (DA2), and, answered by all terminals and so closing the
/// answers, the primary attributes (DA1).
pub const QUESTIONS: &str = "\x1b[8$p\x1b[>0q\x1b[>c\x1b[c";

/// What is known of the terminal, and why.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about a terminal"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// How it is written to.
    pub dialect: Dialect,
    /// Whether it draws combining marks on their letter.
    pub marks: bool,
    /// Whether it repeats characters (`CSI n b`).
    pub repeat: bool,
    /// What becomes of ink that reached beyond its cell when the cell changes.
    pub residue: Residue,
    /// Whether tmux stands between.
    pub tmux: bool,
    /// Whether the first frame may rely on this.
    pub sure: bool,
    /// Where this is known from, for `khabar doctor`.
    pub why: String,
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
        let by_term = Kind::of_term(term);
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

    /// This tmux in that terminal.
    fn within(self, outer: &Outer) -> Self {
        let kind = Kind::of_version(&outer.version).or_else(|| Kind::of_term(&outer.term));
        let Some(kind) = kind else { return self };
        let known = kind.profile(String::new());
        // tmux drops what explicit mode asks for, and an override does no harm
        let dialect = match known.dialect {
            Dialect::Explicit => Dialect::Lro,
            dialect => dialect,
        };
        let name = if outer.version.is_empty() {
            &outer.term
        } else {
            &outer.version
        };
        Self {
            dialect,
            marks: known.marks,
            residue: known.residue,
            why: format!("tmux says that it runs in {name}"),
            ..self
        }
    }

    /// What the terminal's answers say; `None` if they leave it to the environment.
    #[must_use]
    pub fn of_answers(answers: &Answers) -> Option<Self> {
        if let Some(version) = answers.version.as_deref()
            && let Some(kind) = Kind::of_version(version)
        {
            return Some(kind.profile(format!("it calls itself {version}")));
        }
        let attributes = answers.secondary.as_deref().unwrap_or_default();
        let by_attributes = Kind::of_attributes(attributes);
        if let Some(kind) = by_attributes {
            let numbers: Vec<String> = attributes.iter().map(ToString::to_string).collect();
            return Some(kind.profile(format!("its attributes are {}", numbers.join(";"))));
        }
        // reset, as we asked for, or set because we did not, or never set: it knows the mode
        matches!(answers.bidi_mode, Some(1 | 2 | 4)).then(|| Profile {
            repeat: false,
            ..Kind::Vte.profile("it obeys CSI 8 l".to_owned())
        })
    }
}
