//! A file is either as it was or as it shall be, never half of it.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// Writes a file through a neighbour that then takes its name. Folders that are missing are
/// made. What is kept tells what somebody reads, so only they may look at it.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let fail = |path: &Path, source: io::Error| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    if let Some(folder) = path.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| fail(folder, error))?;
    }
    let neighbour = neighbour(path);
    let written = write_new(&neighbour, content).and_then(|()| fs::rename(&neighbour, path));
    written.map_err(|error| {
        // the failure to write is what the user must hear of
        let _ = fs::remove_file(&neighbour);
        fail(path, error)
    })
}

/// A name in the same folder that no other run uses at this time.
fn neighbour(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(content)?;
    // else a crash could leave the new name on an empty file
    file.sync_all()
}
