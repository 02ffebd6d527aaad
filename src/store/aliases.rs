//! `aliases/<corpus>.toml`: what the user set right about the names of a corpus.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;
use sha2::{Digest as _, Sha256};

use crate::store::{Store, StoreError, atomic};

/// Characters of a corpus's name that its file's name keeps.
const LONGEST: usize = 40;

impl Store {
    /// The file that belongs to a corpus: its name and, since two folders may share one, eight
    /// digits of a hash of its files' and folders' paths. `None` without a state folder, or for a
    /// corpus that cannot be opened again. The sample is called `sample`.
    #[must_use]
    pub fn aliases_file(&self, corpus: &str, paths: &[PathBuf]) -> Option<PathBuf> {
        let mut name: String = corpus
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || matches!(c, '-' | '_') {
                    c
                } else {
                    '-'
                }
            })
            .take(LONGEST)
            .collect();
        if paths.is_empty() {
            if corpus != "sample" {
                return None;
            }
        } else {
            let mut hash = Sha256::new();
            for path in paths {
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                hash.update(path.as_os_str().as_bytes());
                hash.update([0]);
            }
            name.push('-');
            for byte in hash.finalize().iter().take(4) {
                // writing to a string cannot fail
                let _ = write!(name, "{byte:02x}");
            }
        }
        let folder = self.state.as_ref()?.join("aliases");
        Some(folder.join(format!("{name}.toml")))
    }

    /// The text of a file of repairs; `None` where there is none yet.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn aliases(&self, file: &Path) -> Result<Option<String>, StoreError> {
        match fs::read_to_string(file) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::Io {
                path: file.to_owned(),
                source,
            }),
        }
    }

    /// Keeps other runs from changing a file of repairs between reading and writing it, until what
    /// it gives is dropped; waits for one that is just doing so. `None` where nothing is kept.
    ///
    /// # Errors
    /// When the state folder cannot be written.
    pub fn lock_aliases(&self) -> Result<Option<File>, StoreError> {
        let Some(state) = self.state.as_ref().filter(|_| !self.private) else {
            return Ok(None);
        };
        let path = state.join("aliases.lock");
        let lock = || -> io::Result<File> {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(state)?;
            let mut options = OpenOptions::new();
            let file = options.create(true).append(true).mode(0o600).open(&path)?;
            rustix::fs::flock(&file, FlockOperation::LockExclusive)?;
            Ok(file)
        };
        match lock() {
            Ok(file) => Ok(Some(file)),
            Err(source) => Err(StoreError::Io { path, source }),
        }
    }

    /// Writes a file of repairs, whole or not at all; does nothing in private mode.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_aliases(&self, file: &Path, text: &str) -> Result<(), StoreError> {
        if self.private {
            return Ok(());
        }
        // a link to a file under version control stays one, and who may read it may go on
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let permissions = fs::metadata(&file).map(|known| known.permissions());
        atomic::write(&file, text.as_bytes())?;
        match permissions {
            Ok(permissions) => fs::set_permissions(&file, permissions)
                .map_err(|source| StoreError::Io { path: file, source }),
            Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Directories;

    fn store(state: &Path, private: bool) -> Store {
        let directories = Directories {
            state: Some(state.to_owned()),
            ..Directories::default()
        };
        Store::new(&directories, private)
    }

    #[test]
    fn each_corpus_has_its_file() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path(), false);
        let file = |corpus: &str, paths: &[&str]| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            let file = store.aliases_file(corpus, &paths);
            file.map(|file| file.strip_prefix(home.path()).unwrap().to_owned())
        };
        assert_eq!(
            file("sample", &[]),
            Some(PathBuf::from("aliases/sample.toml"))
        );
        assert_eq!(file("standard input", &[]), None);
        let news = file("news", &["/a/news"]).unwrap();
        assert!(
            news.to_str().unwrap().starts_with("aliases/news-"),
            "{news:?}"
        );
        assert_ne!(Some(&news), file("news", &["/b/news"]).as_ref());
        assert_eq!(Some(&news), file("news", &["/a/news"]).as_ref());
        for odd in ["../../etc", "a/b", "\u{202e}x\n", "", "خبر"] {
            let file = file(odd, &["/x"]).unwrap();
            assert_eq!(file.components().count(), 2, "{file:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_unless_private() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("deep/aliases/x.toml");
        let private = store(home.path(), true);
        private.write_aliases(&file, "no").unwrap();
        assert_eq!(private.aliases(&file).unwrap(), None);
        let open = store(home.path(), false);
        open.write_aliases(&file, "yes").unwrap();
        assert_eq!(private.aliases(&file).unwrap().as_deref(), Some("yes"));
        let link = home.path().join("link.toml");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        open.write_aliases(&link, "through").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "through");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
