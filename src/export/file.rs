//! A brief on the disk: written whole or not at all, and never over something else.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is a file of that name.
    #[error("{}: there is such a file already: give another name", .0.display())]
    Exists(PathBuf),
    /// The file lies in a folder of the corpus, where nothing is written.
    #[error("{}: lies in the folder that is being read, which khabar never writes to; give a name elsewhere", .0.display())]
    InCorpus(PathBuf),
    /// The system would not.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

/// Writes a new file: under a name of its own beside it first, which then becomes the file. A file
/// that is there already stays, unless `backup` says to rename it; gives what it is called then.
/// `corpus` are files and folders that are being read.
///
/// # Errors
/// [`FileError`]; nothing has changed then but perhaps the name of the backup.
pub fn save(
    path: &Path,
    content: &[u8],
    backup: bool,
    corpus: &[PathBuf],
) -> Result<Option<PathBuf>, FileError> {
    let fail = |path: &Path, source: io::Error| FileError::Io {
        path: path.to_owned(),
        source,
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let real = fs::canonicalize(folder).map_err(|error| fail(folder, error))?;
    let in_corpus = corpus
        .iter()
        .filter_map(|path| fs::canonicalize(path).ok())
        .any(|read| {
            real.starts_with(&read) || real.join(path.file_name().unwrap_or_default()) == read
        });
    if in_corpus {
        return Err(FileError::InCorpus(path.to_owned()));
    }
    let exists = || fs::symlink_metadata(path).is_ok();
    if exists() && !backup {
        return Err(FileError::Exists(path.to_owned()));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let neighbour = path.with_file_name(name);
    let written = write_new(&neighbour, content).and_then(|()| {
        let kept = if exists() {
            Some(set_aside(path)?)
        } else {
            None
        };
        // unlike a rename, a link never takes a name that somebody else has taken by now
        fs::hard_link(&neighbour, path).or_else(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Err(error),
            // some file systems have no links
            _ if !exists() => fs::rename(&neighbour, path),
            _ => Err(error),
        })?;
        Ok(kept)
    });
    // after a rename it is gone; else the file has two names
    let _ = fs::remove_file(&neighbour);
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => FileError::Exists(path.to_owned()),
        _ => fail(path, error),
    })
}

/// Renames a file to the first free name of `x~`, `x~2`, `x~3`…
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    for number in 1..1000 {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(if number == 1 {
            "~".to_owned()
        } else {
            format!("~{number}")
        });
        let backup = path.with_file_name(name);
        if fs::symlink_metadata(&backup).is_err() {
            fs::rename(path, &backup)?;
            return Ok(backup);
        }
    }
    Err(io::Error::other("there are a thousand backups of it"))
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)?;
    file.write_all(content)?;
    // else a crash could leave the new name on an empty file
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brief.md");
        assert_eq!(save(&path, b"one", false, &[]).unwrap(), None);
        let refused = save(&path, b"two", false, &[]).unwrap_err();
        assert!(matches!(refused, FileError::Exists(_)), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        let backup = save(&path, b"two", true, &[]).unwrap().unwrap();
        assert_eq!(fs::read(&backup).unwrap(), b"one");
        let second = save(&path, b"three", true, &[]).unwrap().unwrap();
        assert_ne!(backup, second);
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn the_corpus_is_never_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("in");
        fs::create_dir(&below).unwrap();
        let read = [folder.path().to_owned()];
        for path in [folder.path().join("brief.md"), below.join("brief.md")] {
            let refused = save(&path, b"x", true, &read).unwrap_err();
            assert!(matches!(refused, FileError::InCorpus(_)), "{refused}");
        }
        let missing = save(&folder.path().join("no/brief.md"), b"x", false, &[]);
        assert!(matches!(missing, Err(FileError::Io { .. })));
    }
}
