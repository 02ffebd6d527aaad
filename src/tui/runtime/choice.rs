//! What the user says of how Arabic is to be written: by a setting, or by an answer that was kept for
//! this terminal.

use crate::config::Bidi;
use crate::store::{Store, StoreError};
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::environment::Environment;

/// The dialect of a setting; `None` if it is to be found out.
#[must_use]
pub(super) fn dialect(bidi: Bidi) -> Option<Dialect> {
    Some(match bidi {
        Bidi::Auto => return None,
        Bidi::Plain => Dialect::Plain,
        Bidi::Explicit => Dialect::Explicit,
        Bidi::Mlterm => Dialect::Mlterm,
        Bidi::Lro => Dialect::Lro,
        Bidi::Rlo => Dialect::Rlo,
        Bidi::Kitty => Dialect::Kitty,
        Bidi::Logical => Dialect::Logical,
    })
}

/// What a terminal is remembered by: what it says of itself in the environment. Over SSH that is
/// TERM alone.
#[must_use]
pub(super) fn terminal_name(environment: &Environment) -> String {
    let names = [
        "TERM",
        "TERM_PROGRAM",
        "VTE_VERSION",
        "KONSOLE_VERSION",
        "MLTERM",
        "TMUX_PANE",
    ];
    let said = names.iter().filter_map(|name| {
        let value = environment.get(name)?;
        // versions and panes come and go
        Some(if matches!(*name, "TERM" | "TERM_PROGRAM") {
            value
        } else {
            name
        })
    });
    said.collect::<Vec<_>>().join(" ")
}

/// What was kept for this terminal. A file that cannot be read keeps nothing.
#[must_use]
pub(super) fn kept(store: &Store) -> Option<Bidi> {
    let terminal = terminal_name(&Environment::of_process());
    let kept = store.bidi_of(&terminal).ok().flatten()?;
    Bidi::from_name(&kept)
}

/// Keeps an answer for this terminal; what to tell the user.
///
/// # Errors
/// When it cannot be written.
pub(super) fn keep(store: &Store, bidi: Bidi) -> Result<String, StoreError> {
    let terminal = terminal_name(&Environment::of_process());
    store.remember_bidi(&terminal, bidi.name())?;
    Ok(format!(
        "Arabic is written as “{}” to this terminal",
        bidi.name()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_known_by_what_does_not_change() {
        let environment = Environment::of([
            ("TERM", "xterm-256color"),
            ("VTE_VERSION", "7006"),
            ("TMUX_PANE", "%3"),
        ]);
        assert_eq!(
            terminal_name(&environment),
            "xterm-256color VTE_VERSION TMUX_PANE"
        );
    }

    #[test]
    fn each_setting_is_the_dialect_of_its_name() {
        assert_eq!(dialect(Bidi::Auto), None);
        for bidi in Bidi::ALL.iter().filter(|bidi| **bidi != Bidi::Auto) {
            assert_eq!(dialect(*bidi), Dialect::from_name(bidi.name()));
        }
    }

    #[test]
    fn an_answer_is_kept_and_found_again() {
        let home = tempfile::tempdir().unwrap();
        let directories = crate::store::Directories {
            state: Some(home.path().to_owned()),
            ..Default::default()
        };
        let store = Store::new(&directories, false);
        assert_eq!(kept(&store), None);
        assert!(keep(&store, Bidi::Lro).unwrap().contains("lro"));
        assert_eq!(kept(&store), Some(Bidi::Lro));
    }
}
