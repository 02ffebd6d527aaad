//! What the environment says about colours, letters and keyboard. Read once, at start.

use std::ffi::OsString;

use crate::config::layouts::Preference;
use crate::config::settings::ColorWhen;
use crate::config::theme::ColorDepth;

/// The variables that matter to the settings. An empty variable counts as unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `NO_COLOR` is set (<https://no-color.org>).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set to something but `0` (<https://bixense.com/clicolors>).
    pub force_color: bool,
    /// `COLORTERM`.
    pub colorterm: String,
    /// `TERM`.
    pub term: String,
    /// The locale of characters: the first set of `LC_ALL`, `LC_CTYPE`, `LANG`.
    pub locale: String,
}

impl Environment {
    /// Reads the variables through `get`, such as `std::env::var_os`.
    pub fn read(get: impl Fn(&str) -> Option<OsString>) -> Self {
        let text = |name: &str| -> String {
            get(name).map_or(String::new(), |value| value.to_string_lossy().into_owned())
        };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .map(text)
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        let forced = text("CLICOLOR_FORCE");
        Self {
            no_color: !text("NO_COLOR").is_empty(),
            force_color: !forced.is_empty() && forced != "0",
            colorterm: text("COLORTERM"),
            term: text("TERM"),
            locale,
        }
    }

    /// What the environment asks for instead of a file's `color`, if anything. `NO_COLOR` wins.
    #[must_use]
    pub fn color(&self) -> Option<ColorWhen> {
        if self.no_color {
            Some(ColorWhen::Never)
        } else if self.force_color {
            Some(ColorWhen::Always)
        } else {
            None
        }
    }

    /// How many colours to use.
    #[must_use]
    pub fn color_depth(&self, when: ColorWhen) -> ColorDepth {
        let shown = match self.term.as_str() {
            "dumb" | "vt52" | "vt100" | "vt102" | "vt220" => ColorDepth::None,
            mono if mono.ends_with("-m") || mono.ends_with("-mono") => ColorDepth::None,
            _ if matches!(self.colorterm.as_str(), "truecolor" | "24bit") => ColorDepth::TrueColor,
            "linux" => ColorDepth::Eight,
            _ => ColorDepth::Sixteen,
        };
        match when {
            ColorWhen::Never => ColorDepth::None,
            ColorWhen::Always => shown.max(ColorDepth::Eight),
            ColorWhen::Auto => shown,
        }
    }

    /// Whether only ASCII can be trusted: a dumb terminal, the locale `C` or `POSIX`, or one of
    /// an encoding other than UTF-8. An unset locale says nothing.
    #[must_use]
    pub fn ascii(&self) -> bool {
        if self.term == "dumb" {
            return true;
        }
        let without_modifier = self.locale.split('@').next().unwrap_or("");
        match without_modifier.split_once('.') {
            None => matches!(without_modifier, "C" | "POSIX"),
            Some((_, encoding)) => {
                !matches!(encoding.to_ascii_lowercase().as_str(), "utf-8" | "utf8")
            }
        }
    }

    /// Whose letters win where the Arabic and the Persian keyboard differ.
    #[must_use]
    pub fn keyboard(&self) -> Preference {
        let language = self.locale.split(['_', '.', '@']).next().unwrap_or("");
        if language == "fa" {
            Preference::Persian
        } else {
            Preference::Arabic
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::read(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn colours() {
        use ColorDepth::{Eight, None, Sixteen, TrueColor};
        for (variables, expected) in [
            (&[][..], Sixteen),
            (&[("TERM", "xterm-256color")], Sixteen),
            (&[("TERM", "linux")], Eight),
            (&[("TERM", "dumb")], None),
            (&[("TERM", "xterm-mono")], None),
            (&[("NO_COLOR", "1")], None),
            (&[("NO_COLOR", "")], Sixteen),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], None),
            (&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], Eight),
            (&[("TERM", "dumb"), ("CLICOLOR_FORCE", "0")], None),
            (&[("COLORTERM", "truecolor")], TrueColor),
            (&[("COLORTERM", "24bit"), ("NO_COLOR", "1")], None),
            (&[("COLORTERM", "yes")], Sixteen),
        ] {
            let environment = environment(variables);
            let when = environment.color().unwrap_or_default();
            assert_eq!(environment.color_depth(when), expected, "{variables:?}");
        }
    }

    #[test]
    fn letters() {
        for (variables, expected) in [
            (&[][..], false),
            (&[("LC_ALL", "C")], true),
            (&[("LC_ALL", "POSIX")], true),
            (&[("LC_ALL", "C.UTF-8")], false),
            (&[("LANG", "C"), ("LC_ALL", "de_DE.UTF-8")], false),
            (&[("LANG", "de_DE.UTF-8"), ("LC_CTYPE", "C")], true),
            (&[("LC_ALL", ""), ("LANG", "C")], true),
            (&[("LANG", "de_DE.ISO-8859-1")], true),
            (&[("LANG", "de_DE@euro")], false),
            (&[("LANG", "ar_SY.utf8")], false),
            (&[("TERM", "dumb"), ("LANG", "ar_SY.utf8")], true),
        ] {
            assert_eq!(environment(variables).ascii(), expected, "{variables:?}");
        }
    }

    #[test]
    fn keyboards() {
        for (locale, expected) in [
            ("fa_IR.UTF-8", Preference::Persian),
            ("fa", Preference::Persian),
            ("ar_SY.UTF-8", Preference::Arabic),
            ("fao", Preference::Arabic),
            ("", Preference::Arabic),
        ] {
            assert_eq!(environment(&[("LANG", locale)]).keyboard(), expected);
        }
    }
}
