//! What was found, for people and for programs.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::widths::Measured;
use crate::config::Bidi;
use crate::tui::runtime::choice;
use crate::tui::runtime::clipboard;
use crate::tui::runtime::environment::Environment;
use crate::tui::runtime::probe::{Answers, Profile};

/// Everything about the terminal.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    /// What the terminal is remembered by.
    pub name: String,
    /// Environment variables that count. Of those that tell about a person, only that they are
    /// set.
    pub environment: BTreeMap<String, String>,
    /// What the environment alone says.
    pub assumed: Known,
    /// Why the terminal was not asked.
    pub not_asked: Option<String>,
    /// What it answered.
    pub answers: Option<Answered>,
    /// What environment and answers together say.
    pub found: Known,
    /// The setting or option `bidi`.
    pub setting: &'static str,
    /// What the user once said of this terminal.
    pub kept: Option<&'static str>,
    /// How Arabic is written in the end.
    pub dialect: &'static str,
    /// Columns and rows.
    pub size: Option<(u16, u16)>,
    /// Widths by cursor report.
    pub widths: Vec<Measured>,
    /// How text gets to the clipboard.
    pub clipboard: Clipboard,
}

/// What is known of the terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Known {
    /// How it is written to.
    pub dialect: &'static str,
    /// Where this is known from.
    pub why: String,
    /// Whether it draws combining marks on their letter.
    pub marks: bool,
    /// Whether it repeats characters (`CSI n b`).
    pub repeat: bool,
    /// Whether tmux stands between.
    pub tmux: bool,
}

impl Known {
    fn of(profile: &Profile) -> Self {
        Self {
            dialect: profile.dialect.name(),
            why: profile.why.clone(),
            marks: profile.marks,
            repeat: profile.repeat,
            tmux: profile.tmux,
        }
    }
}

/// What the terminal answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Name and version (XTVERSION).
    pub version: Option<String>,
    /// Secondary attributes (DA2).
    pub attributes: Option<Vec<u16>>,
    /// State of the mode of explicit bidi (DECRQM 8): 0 not known, 1 set, 2 reset.
    pub bidi_mode: Option<u16>,
    /// Whether the last answer (DA1) came in time.
    pub complete: bool,
}

/// How text gets to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clipboard {
    /// By which sequence, and through what.
    pub way: &'static str,
    /// Bytes that are copied at the most.
    pub limit: usize,
}

impl Findings {
    /// What can be said without asking.
    pub(super) fn of_environment(
        environment: &Environment,
        setting: Bidi,
        kept: Option<Bidi>,
    ) -> Self {
        let profile = Profile::of_environment(environment);
        let chosen = if setting == Bidi::Auto {
            kept.and_then(choice::dialect)
        } else {
            choice::dialect(setting)
        };
        let shown = |(name, value): (&str, &str)| {
            let personal = matches!(name, "SSH_CONNECTION" | "SSH_TTY" | "TMUX" | "STY");
            let value = if personal { "(set)" } else { value };
            (name.to_owned(), value.to_owned())
        };
        Self {
            name: choice::terminal_name(environment),
            environment: environment.iter().map(shown).collect(),
            assumed: Known::of(&profile),
            not_asked: None,
            answers: None,
            found: Known::of(&profile),
            setting: setting.name(),
            kept: kept.map(Bidi::name),
            dialect: chosen.unwrap_or(profile.dialect).name(),
            size: None,
            widths: Vec::new(),
            clipboard: Clipboard {
                way: clipboard::way(environment),
                limit: clipboard::LIMIT,
            },
        }
    }

    /// What asking added: `found` before the user's choice, `used` after it.
    pub(super) fn found_by_asking(&mut self, answers: &Answers, found: &Profile, used: &Profile) {
        self.answers = Some(Answered {
            version: answers.version.clone(),
            attributes: answers.secondary.clone(),
            bidi_mode: answers.bidi_mode,
            complete: answers.complete,
        });
        self.found = Known::of(found);
        self.dialect = used.dialect.name();
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Terminal")?;
        line(f, "known as", &self.name)?;
        if let Some((columns, rows)) = self.size {
            line(f, "size", &format!("{columns} columns, {rows} rows"))?;
        }
        for (name, value) in &self.environment {
            line(f, name, value)?;
        }
        match (&self.not_asked, &self.answers) {
            (Some(reason), _) => line(f, "not asked", reason)?,
            (None, Some(answers)) => write_answers(f, answers)?,
            (None, None) => {}
        }
        writeln!(f, "\nArabic")?;
        let known = |known: &Known| format!("{}: {}", known.dialect, known.why);
        line(f, "environment", &known(&self.assumed))?;
        if self.answers.is_some() {
            line(f, "found", &known(&self.found))?;
        }
        line(f, "setting", self.setting)?;
        line(f, "your answer", self.kept.unwrap_or("none yet"))?;
        line(f, "written as", &meaning(self.dialect))?;
        let marks = if self.found.marks {
            "shown"
        } else {
            "hidden: drawn on the wrong letter here, or not at all"
        };
        line(f, "vowel marks", marks)?;
        write_widths(f, &self.widths)?;
        writeln!(f, "\nClipboard")?;
        line(f, "way", self.clipboard.way)?;
        let limit = format!("{} bytes, more is refused", self.clipboard.limit);
        line(f, "limit", &limit)
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(f, "  {name:<22} {value}")
}

fn write_answers(f: &mut fmt::Formatter<'_>, answers: &Answered) -> fmt::Result {
    let version = answers.version.as_deref().unwrap_or("no answer");
    line(f, "name (XTVERSION)", version)?;
    let attributes = answers.attributes.as_ref().map(|attributes| {
        let numbers: Vec<String> = attributes.iter().map(ToString::to_string).collect();
        numbers.join(";")
    });
    let attributes = attributes.unwrap_or_else(|| "no answer".to_owned());
    line(f, "attributes (DA2)", &attributes)?;
    let mode = match answers.bidi_mode {
        Some(1 | 3) => "bidi cannot be switched off",
        Some(2 | 4) => "switched off, as asked for",
        Some(_) => "not known to it",
        None => "no answer",
    };
    line(f, "bidi mode (DECRQM 8)", mode)?;
    if !answers.complete {
        line(f, "answers", "the last one did not come in time")?;
    }
    Ok(())
}

fn write_widths(f: &mut fmt::Formatter<'_>, widths: &[Measured]) -> fmt::Result {
    if widths.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nWidths                            cells  khabar")?;
    for text in widths {
        let cells = |cells: Option<u16>, none: &str| {
            cells.map_or_else(|| none.to_owned(), |cells| cells.to_string())
        };
        let (measured, expected) = (cells(text.measured, "?"), cells(text.expected, "-"));
        let differs = match (text.measured, text.expected) {
            (Some(measured), Some(expected)) if measured != expected => "  differ",
            _ => "",
        };
        writeln!(
            f,
            "  {:<34} {measured:>2}  {expected:>6}  {}{differs}",
            text.name, text.characters
        )?;
    }
    Ok(())
}

/// A dialect's name with what it means.
fn meaning(dialect: &str) -> String {
    let means = match dialect {
        "plain" => "visual order, for terminals without bidi of their own",
        "explicit" => "visual order, the terminal's own bidi switched off",
        "mlterm" => "visual order, mlterm's own bidi switched off",
        "lro" => "visual order under a left-to-right override",
        "rlo" => "reversed under a right-to-left override",
        "kitty" => "visual order, each letter a run of its own",
        _ => "logical order, the terminal does the rest",
    };
    format!("{dialect} ({means})")
}
