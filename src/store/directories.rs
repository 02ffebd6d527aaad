//! Where files belong: the XDG base directories
//! (<https://specifications.freedesktop.org/basedir-spec/latest/>).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// khabar's folders; none of them need exist. `None` where neither the variable nor `HOME` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directories {
    /// Settings: `$XDG_CONFIG_HOME/khabar`.
    pub config: Option<PathBuf>,
    /// What is kept between runs: `$XDG_STATE_HOME/khabar`.
    pub state: Option<PathBuf>,
    /// What can be worked out anew: `$XDG_CACHE_HOME/khabar`.
    pub cache: Option<PathBuf>,
}

impl Directories {
    /// Reads the variables through `get`, such as `std::env::var_os`. As the specification
    /// demands, an empty or relative path counts as unset.
    pub fn read(get: impl Fn(&str) -> Option<OsString>) -> Self {
        let absolute = |name: &str| {
            get(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let home = absolute("HOME");
        let folder = |variable: &str, below_home: &str| {
            absolute(variable)
                .or_else(|| Some(home.as_ref()?.join(below_home)))
                .map(|base| base.join("khabar"))
        };
        Self {
            config: folder("XDG_CONFIG_HOME", ".config"),
            state: folder("XDG_STATE_HOME", ".local/state"),
            cache: folder("XDG_CACHE_HOME", ".cache"),
        }
    }

    /// The settings file, whether or not it exists.
    #[must_use]
    pub fn config_file(&self) -> Option<PathBuf> {
        Some(Path::new(self.config.as_ref()?).join("config.toml"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_then_home() {
        for (variables, config, state) in [
            (&[][..], None, None),
            (
                &[("HOME", "/home/a")],
                Some("/home/a/.config/khabar"),
                Some("/home/a/.local/state/khabar"),
            ),
            (
                &[("HOME", "/home/a"), ("XDG_CONFIG_HOME", "/c")],
                Some("/c/khabar"),
                Some("/home/a/.local/state/khabar"),
            ),
            (
                &[
                    ("HOME", "/home/a"),
                    ("XDG_CONFIG_HOME", ""),
                    ("XDG_STATE_HOME", "here"),
                ],
                Some("/home/a/.config/khabar"),
                Some("/home/a/.local/state/khabar"),
            ),
            (&[("HOME", "home")], None, None),
            (
                &[("HOME", ""), ("XDG_STATE_HOME", "/s")],
                None,
                Some("/s/khabar"),
            ),
        ] {
            let found = Directories::read(|name| {
                variables
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| OsString::from(value))
            });
            assert_eq!(
                found.config.as_deref(),
                config.map(Path::new),
                "{variables:?}"
            );
            assert_eq!(
                found.state.as_deref(),
                state.map(Path::new),
                "{variables:?}"
            );
            assert_eq!(
                found.config_file(),
                config.map(|folder| Path::new(folder).join("config.toml"))
            );
        }
    }
}
