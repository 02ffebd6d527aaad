//! Values of options that are one of a few names.

use crate::triage::Mark;

/// What `khabar mark` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum How {
    Mark(Mark),
    Undo,
    Redo,
}

impl How {
    pub(super) const NAMES: &[&str] = &[
        "keep", "dismiss", "undecide", "read", "unread", "undo", "redo",
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "undo" => Some(Self::Undo),
            "redo" => Some(Self::Redo),
            name => Mark::from_name(name).map(Self::Mark),
        }
    }
}

/// Length of a timeline row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Length {
    Day,
    Week,
    Month,
    Year,
}

impl Length {
    pub(super) const NAMES: &[&str] = &["day", "week", "month", "year"];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "day" => Some(Self::Day),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            "year" => Some(Self::Year),
            _ => None,
        }
    }
}

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum OnOff {
    On,
    Off,
}

impl OnOff {
    pub(super) const NAMES: &[&str] = &["on", "off"];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "on" => Some(Self::On),
            "off" => Some(Self::Off),
            _ => None,
        }
    }
}

/// A shell that completions can be made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    pub(super) const NAMES: &[&str] = &["bash", "zsh", "fish"];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "bash" => Some(Self::Bash),
            "zsh" => Some(Self::Zsh),
            "fish" => Some(Self::Fish),
            _ => None,
        }
    }
}
