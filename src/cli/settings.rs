//! `khabar config`: the settings file printed, found, checked.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::cli::task::Settings;
use crate::cli::{Status, Streams, say};
use crate::command::Command;
use crate::config::keymap::Keymap;
use crate::config::{Config, DEFAULT_FILE, File};

/// `usual` is where the file belongs, if anything says.
pub(super) fn run(
    what: &Settings,
    usual: Option<PathBuf>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    match what {
        Settings::PrintDefault => {
            streams.out.write_all(DEFAULT_FILE.as_bytes())?;
            Ok(Status::Found)
        }
        Settings::Path => {
            let path = usual.context("neither XDG_CONFIG_HOME nor HOME names a folder")?;
            // as it is: a script may want to open it
            streams.out.write_all(path.as_os_str().as_encoded_bytes())?;
            writeln!(streams.out)?;
            Ok(Status::Found)
        }
        Settings::Check(named) => check(named.as_ref(), usual, streams),
    }
}

fn check(
    named: Option<&PathBuf>,
    usual: Option<PathBuf>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    let Some(path) = named.cloned().or(usual) else {
        say(streams.err, "no settings file: the defaults hold")?;
        return Ok(Status::Found);
    };
    if named.is_none() && !path.exists() {
        let path = path.display();
        say(streams.err, &format!("{path}: no file, the defaults hold"))?;
        return Ok(Status::Found);
    }
    match Config::from_file(File::Named(&path)) {
        Ok(config) => {
            for command in keyless(&config.keymap) {
                let name = command.name();
                say(
                    streams.err,
                    &format!(
                        "{}: {name:?} has no key now; the palette has it",
                        path.display()
                    ),
                )?;
            }
            say(streams.err, &format!("{}: no mistakes", path.display()))?;
            Ok(Status::Found)
        }
        Err(error) => {
            say(streams.err, &error.to_string())?;
            Ok(Status::Failed)
        }
    }
}

/// Commands that lost all their keys to the file.
fn keyless(keymap: &Keymap) -> impl Iterator<Item = Command> {
    Command::ALL
        .iter()
        .copied()
        .filter(|command| keymap.keys_of(*command).is_empty())
}
