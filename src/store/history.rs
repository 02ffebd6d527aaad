//! `history.txt`: what was typed into the query box, the oldest first, a line each as it was typed
//! behind its key (`/jabhat fatah`, `"humanitarian pause`).

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::store::{Store, StoreError, atomic, lock};

/// Lines that are kept.
const LINES: usize = 500;

/// Bytes of the longest line that is kept: what is longer was pasted by mistake.
const LONGEST: usize = 1000;

impl Store {
    fn history_file(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("history.txt"))
    }

    /// What was typed, the oldest first; nothing without a file. Bytes that are no text do not
    /// keep the rest from being read.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn history(&self) -> Result<Vec<String>, StoreError> {
        let Some(file) = self.history_file() else {
            return Ok(Vec::new());
        };
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StoreError::Io { path: file, source }),
        };
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter(|line| is_kept(line));
        let mut lines: Vec<String> = lines.map(ToOwned::to_owned).collect();
        lines.drain(..lines.len().saturating_sub(LINES));
        Ok(lines)
    }

    /// Adds a line as the newest; the same line further up goes away. In private mode nothing is
    /// written.
    ///
    /// # Errors
    /// When the file cannot be read or written: to be told, not to stop on.
    pub fn remember_line(&self, line: &str) -> Result<(), StoreError> {
        if self.private || !is_kept(line) {
            return Ok(());
        }
        let file = self.history_file().ok_or(StoreError::Homeless)?;
        let _turn = lock::hold(&file).map_err(|source| StoreError::Io {
            path: file.clone(),
            source,
        })?;
        let mut lines = self.history()?;
        add(&mut lines, line);
        let mut text = lines.join("\n");
        text.push('\n');
        atomic::write(&file, text.as_bytes())
    }
}

/// Whether a line can be kept as one.
fn is_kept(line: &str) -> bool {
    !line.trim().is_empty() && line.len() <= LONGEST && !line.contains(char::is_control)
}

/// Adds a line as the newest to lines that are in order.
fn add(lines: &mut Vec<String>, line: &str) {
    lines.retain(|known| known != line);
    lines.push(line.to_owned());
    lines.drain(..lines.len().saturating_sub(LINES));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
    fn lines_come_back_each_once_and_bounded() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("khabar");
        let store = store(&state, false);
        assert!(store.history().unwrap().is_empty());
        for line in ["/a", "\"حلب", "/a", "", "  ", "/b\nc", &"x".repeat(1001)] {
            store.remember_line(line).unwrap();
        }
        assert_eq!(store.history().unwrap(), ["\"حلب", "/a"]);
        for number in 0..LINES {
            store.remember_line(&format!("/{number}")).unwrap();
        }
        let kept = store.history().unwrap();
        assert_eq!((kept.len(), kept[0].as_str()), (LINES, "/0"));
    }

    #[test]
    fn damaged_bytes_lose_only_themselves() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path(), false);
        fs::write(
            home.path().join("history.txt"),
            b"/a\n/\x1b[2J\n/\xff\n\n/b",
        )
        .unwrap();
        assert_eq!(store.history().unwrap(), ["/a", "/\u{fffd}", "/b"]);
    }

    #[test]
    fn private_reads_but_writes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("khabar");
        store(&state, true).remember_line("/a").unwrap();
        assert!(!state.exists());
    }
}
