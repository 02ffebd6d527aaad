//! What khabar keeps between runs: the corpus of the last run. Never in the corpus folder.
//!
//! Nothing here may end the program: a home that cannot be written to is something to tell the
//! user once. In private mode nothing is written at all.

mod aliases;
mod atomic;
mod blocks;
mod directories;
mod history;
pub mod journal;
mod last;
mod lock;
mod map;
mod packing;
mod place;
mod remote;
mod terminals;
mod views;

use std::path::{Path, PathBuf};

use rustix::fs::Access;

pub use blocks::{BlockWriter, Blocks};
pub use directories::Directories;
pub use journal::{Flushed, Journal, Opened};
pub use packing::{Dictionary, Packer, Unpacker};
pub use place::Place;
pub use remote::is_remote;
pub use views::{LONGEST_NAME, View};

/// Why something was not kept, or what was kept cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Neither `XDG_STATE_HOME` nor `HOME` names a folder.
    #[error("nothing is kept between runs: neither XDG_STATE_HOME nor HOME names a folder")]
    Homeless,
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file holds something else than khabar writes there.
    #[error("{}: {reason}; it is written anew with the next corpus", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// What was asked for cannot be kept, or a file that the user may edit is wrong; it stays as
    /// it is.
    #[error("{0}")]
    Refused(String),
}

/// The files that khabar keeps.
#[derive(Clone, Debug)]
pub struct Store {
    state: Option<PathBuf>,
    private: bool,
}

impl Store {
    /// The store in the usual folders. `private` keeps it from writing anything.
    #[must_use]
    pub fn new(directories: &Directories, private: bool) -> Self {
        Self {
            state: directories.state.clone(),
            private,
        }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.private
    }

    /// Whether the folder for what is kept can be written to, or else made. Changes nothing.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self) -> Result<(), StoreError> {
        let state = self.state.as_ref().ok_or(StoreError::Homeless)?;
        let refused = |path: &Path, source: std::io::Error| {
            Err(StoreError::Io {
                path: path.to_owned(),
                source,
            })
        };
        for folder in state.ancestors() {
            match folder.metadata() {
                Ok(known) if !known.is_dir() => {
                    return refused(folder, std::io::ErrorKind::NotADirectory.into());
                }
                Ok(_) => {
                    let wanted = Access::WRITE_OK | Access::EXEC_OK;
                    return match rustix::fs::access(folder, wanted) {
                        Ok(()) => Ok(()),
                        Err(error) => refused(folder, error.into()),
                    };
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return refused(folder, error),
            }
        }
        Ok(())
    }

    /// The files and folders of the last corpus, in the order in which the user named them;
    /// `None` on a first run.
    ///
    /// # Errors
    /// When what was kept cannot be read: to be told, not to stop on.
    pub fn last_corpus(&self) -> Result<Option<Vec<PathBuf>>, StoreError> {
        match &self.state {
            Some(state) => last::read(&last_file(state)),
            None => Ok(None),
        }
    }

    /// Remembers the files and folders of a corpus for [`last_corpus`](Self::last_corpus), made
    /// absolute against the current folder. Does nothing in private mode or for no paths.
    ///
    /// # Errors
    /// When it cannot be written: to be told, not to stop on.
    pub fn remember(&self, paths: &[PathBuf]) -> Result<(), StoreError> {
        if self.private || paths.is_empty() {
            return Ok(());
        }
        let state = self.state.as_ref().ok_or(StoreError::Homeless)?;
        let mut absolute = Vec::with_capacity(paths.len());
        for path in paths {
            absolute.push(std::path::absolute(path).map_err(|source| StoreError::Io {
                path: path.clone(),
                source,
            })?);
        }
        last::write(&last_file(state), &absolute)
    }
}

impl Store {
    /// How the user wants Arabic written to a terminal, if they have said: a name of `--bidi`.
    ///
    /// # Errors
    /// When what was kept cannot be read: to be told, not to stop on.
    pub fn bidi_of(&self, terminal: &str) -> Result<Option<String>, StoreError> {
        let Some(state) = &self.state else {
            return Ok(None);
        };
        Ok(terminals::read(&terminals_file(state))?.remove(terminal))
    }

    /// Remembers it. Does nothing in private mode.
    ///
    /// # Errors
    /// When it cannot be written: to be told, not to stop on.
    pub fn remember_bidi(&self, terminal: &str, bidi: &str) -> Result<(), StoreError> {
        if self.private {
            return Ok(());
        }
        let file = terminals_file(self.state.as_ref().ok_or(StoreError::Homeless)?);
        // a damaged file is written anew: it says nothing that could not be said again
        let mut kept = terminals::read(&file).unwrap_or_default();
        kept.insert(terminal.to_owned(), bidi.to_owned());
        terminals::write(&file, &kept)
    }
}

fn terminals_file(state: &Path) -> PathBuf {
    state.join("terminals.json")
}

fn last_file(state: &Path) -> PathBuf {
    state.join("last.json")
}
