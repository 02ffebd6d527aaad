//! How Arabic is to be written to each terminal, where the user has said so.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::store::StoreError;
use crate::store::atomic;

/// What is kept: the name of a way to write, by the name of a terminal.
pub(super) type Terminals = BTreeMap<String, String>;

/// Reads what was kept; nothing when there is no such file.
pub(super) fn read(file: &Path) -> Result<Terminals, StoreError> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Terminals::new()),
        Err(source) => {
            return Err(StoreError::Io {
                path: file.to_owned(),
                source,
            });
        }
    };
    serde_json::from_str(&text).map_err(|error| StoreError::Damaged {
        path: file.to_owned(),
        reason: error.to_string(),
    })
}

/// Writes it anew.
pub(super) fn write(file: &Path, terminals: &Terminals) -> Result<(), StoreError> {
    let mut text = serde_json::to_string_pretty(terminals).unwrap_or_default();
    text.push('\n');
    atomic::write(file, text.as_bytes())
}
