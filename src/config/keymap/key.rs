//! A key as the user names it: `j`, `G`, `Ctrl-d`, `PageDown`, `Shift-Tab`.
//!
//! Our own type, so that only the part that meets the terminal knows crossterm.

use std::fmt;

use crate::config::nearest::nearest;

/// Which key, modifiers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, Shift already applied: `j`, `G`, `?`.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F12.
    Function(u8),
}

/// Keys that have a name, with the name.
const NAMED: &[(&str, Code)] = &[
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("F1", Code::Function(1)),
    ("F2", Code::Function(2)),
    ("F3", Code::Function(3)),
    ("F4", Code::Function(4)),
    ("F5", Code::Function(5)),
    ("F6", Code::Function(6)),
    ("F7", Code::Function(7)),
    ("F8", Code::Function(8)),
    ("F9", Code::Function(9)),
    ("F10", Code::Function(10)),
    ("F11", Code::Function(11)),
    ("F12", Code::Function(12)),
];

/// What other programs call a key, and what it is called here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("Escape", "Esc"),
    ("Return", "Enter"),
    ("CR", "Enter"),
    ("BS", "Backspace"),
    ("Del", "Delete"),
    ("Ins", "Insert"),
    ("PgUp", "PageUp"),
    ("PgDn", "PageDown"),
    ("PgDown", "PageDown"),
    ("BackTab", "Shift-Tab"),
    ("S-Tab", "Shift-Tab"),
    ("Spc", "Space"),
    ("UpArrow", "Up"),
    ("DownArrow", "Down"),
    ("LeftArrow", "Left"),
    ("RightArrow", "Right"),
];

/// One key with its modifiers. Build it with [`Key::new`], which makes the same key one value
/// however a terminal reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Ctrl is down.
    pub ctrl: bool,
    /// Whether Alt is down.
    pub alt: bool,
    /// Whether Shift is down; never with a character, which carries it already.
    pub shift: bool,
}

impl Key {
    /// A key in its one form: Shift becomes part of a character, and Ctrl makes it small, since
    /// terminals send the same byte for Ctrl-d and Ctrl-D.
    #[must_use]
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        let Code::Char(mut letter) = code else {
            return Self {
                code,
                ctrl,
                alt,
                shift,
            };
        };
        if ctrl {
            letter = letter.to_ascii_lowercase();
        } else if shift {
            letter = letter.to_ascii_uppercase();
        }
        Self {
            code: Code::Char(letter),
            ctrl,
            alt,
            shift: false,
        }
    }

    /// A character without Ctrl and Alt.
    #[must_use]
    pub fn char(letter: char) -> Self {
        Self::new(Code::Char(letter), false, false, false)
    }

    /// A character with Ctrl.
    #[must_use]
    pub fn ctrl(letter: char) -> Self {
        Self::new(Code::Char(letter), true, false, false)
    }

    /// A key without modifiers.
    #[must_use]
    pub fn plain(code: Code) -> Self {
        Self::new(code, false, false, false)
    }

    /// The key with Ctrl held.
    #[must_use]
    pub fn and_ctrl(self) -> Self {
        Self::new(self.code, true, self.alt, self.shift)
    }

    /// The key with Alt held.
    #[must_use]
    pub fn and_alt(self) -> Self {
        Self::new(self.code, self.ctrl, true, self.shift)
    }

    /// The key with Shift held.
    #[must_use]
    pub fn and_shift(self) -> Self {
        Self::new(self.code, self.ctrl, self.alt, true)
    }

    /// The character that the key writes into a text field, if it writes one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }

    /// Reads a key's name.
    ///
    /// # Errors
    /// Says what is wrong and what the key is called here.
    pub fn parse(name: &str) -> Result<Self, String> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = name;
        loop {
            let (flag, after) = if let Some(after) = rest.strip_prefix("Ctrl-") {
                (&mut ctrl, after)
            } else if let Some(after) = rest.strip_prefix("Alt-") {
                (&mut alt, after)
            } else if let Some(after) = rest.strip_prefix("Shift-") {
                (&mut shift, after)
            } else {
                break;
            };
            if std::mem::replace(flag, true) {
                return Err(format!("key {name:?} has a modifier twice"));
            }
            rest = after;
        }
        let code = code_of(rest).ok_or_else(|| unknown(name, rest))?;
        if let Code::Char(letter) = code {
            if shift && letter != ' ' {
                return Err(format!(
                    "key {name:?}: write the character itself that Shift gives, such as {:?}",
                    letter.to_ascii_uppercase().to_string()
                ));
            }
            if ctrl && let Some(same) = sent_as(letter) {
                return Err(format!(
                    "key {name:?}: terminals send Ctrl-{letter} as {same}; name {same} instead"
                ));
            }
        }
        Ok(Self::new(code, ctrl, alt, shift))
    }

    /// Reads one key, or several with white space between them: `g g`.
    ///
    /// # Errors
    /// As for [`Key::parse`]; also when there is no key at all.
    pub fn parse_chord(names: &str) -> Result<Vec<Self>, String> {
        let keys: Vec<Self> = names
            .split_whitespace()
            .map(Self::parse)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(format!(
                "no key in {names:?}; the space bar is called \"Space\""
            ));
        }
        Ok(keys)
    }
}

/// The named key, or the character.
fn code_of(name: &str) -> Option<Code> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control()).then_some(Code::Char(letter));
    }
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| *code)
}

/// The key whose byte a terminal sends for Ctrl and this character.
fn sent_as(letter: char) -> Option<&'static str> {
    match letter.to_ascii_lowercase() {
        'i' => Some("Tab"),
        'm' => Some("Enter"),
        '[' => Some("Esc"),
        _ => None,
    }
}

fn unknown(name: &str, rest: &str) -> String {
    let modifiers = name.strip_suffix(rest).unwrap_or("");
    let elsewhere = ELSEWHERE
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(rest))
        .map(|(_, here)| (*here).to_owned());
    let near = elsewhere
        .map(|here| format!("{modifiers}{here}"))
        .or_else(|| control_elsewhere(rest))
        .or_else(|| {
            nearest(rest, NAMED.iter().map(|(known, _)| *known))
                .map(|known| format!("{modifiers}{known}"))
        });
    match near {
        Some(near) => format!("unknown key {name:?}; did you mean {near:?}?"),
        None => format!(
            "unknown key {name:?}; a key is one character or a name such as \"PageDown\", \
             with \"Ctrl-\", \"Alt-\" or \"Shift-\" before it"
        ),
    }
}

/// `^d`, `C-d`, `Ctrl+d`, `<C-d>` and the like, as they are written here.
fn control_elsewhere(name: &str) -> Option<String> {
    let bare = name
        .strip_prefix('<')
        .and_then(|inner| inner.strip_suffix('>'))
        .unwrap_or(name);
    for (prefix, modifier) in [
        ("^", "Ctrl"),
        ("C-", "Ctrl"),
        ("c-", "Ctrl"),
        ("ctrl-", "Ctrl"),
        ("CTRL-", "Ctrl"),
        ("Ctrl+", "Ctrl"),
        ("ctrl+", "Ctrl"),
        ("M-", "Alt"),
        ("A-", "Alt"),
        ("Alt+", "Alt"),
        ("alt+", "Alt"),
    ] {
        if let Some(key) = bare.strip_prefix(prefix)
            && code_of(key).is_some()
        {
            return Some(format!("{modifier}-{key}"));
        }
    }
    (bare != name && code_of(bare).is_some()).then(|| bare.to_owned())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(letter) => write!(f, "{letter}"),
            Code::Function(number) => write!(f, "F{number}"),
            // every other code has a name above
            _ => Ok(()),
        }
    }
}

/// The name of a chord: its keys with a space between them.
#[must_use]
pub fn chord_name(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    names.join(" ")
}
