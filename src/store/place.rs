//! `places/<corpus>.json`: where one was in the explorer.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::store::{Store, StoreError, atomic};
use crate::triage::DocumentKey;

/// Where one was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Number of the pane that had the keys, from 0.
    pub pane: usize,
    /// Whether it had the whole screen.
    pub zoomed: bool,
    /// The filters, as a query.
    pub filters: String,
    /// The article that was chosen.
    pub chosen: Option<DocumentKey>,
    /// The article in the text pane.
    pub open: Option<DocumentKey>,
    /// The byte of its body at the top of the pane; `None` in the title.
    pub byte: Option<usize>,
    /// Number of the order of the articles.
    pub sort: usize,
    /// Whether it is turned round.
    pub reverse: bool,
}

impl Store {
    /// The file for the place in a corpus; `None` where there is nowhere to keep it.
    #[must_use]
    pub fn place_file(&self, corpus: &str, paths: &[PathBuf]) -> Option<PathBuf> {
        let aliases = self.aliases_file(corpus, paths)?;
        let name = aliases.with_extension("json");
        Some(self.state.as_ref()?.join("places").join(name.file_name()?))
    }

    /// The place that was kept; `None` where none was, or where the file is damaged: there is
    /// nothing in it that could not be found again.
    #[must_use]
    pub fn place(&self, file: &Path) -> Option<Place> {
        let content: io::Result<Vec<u8>> = fs::read(file);
        serde_json::from_slice(&content.ok()?).ok()
    }

    /// Keeps a place; does nothing in private mode.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_place(&self, file: &Path, place: &Place) -> Result<(), StoreError> {
        if self.private {
            return Ok(());
        }
        // plain data: cannot fail
        let content = serde_json::to_vec(place).unwrap_or_default();
        atomic::write(file, &content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_unless_damaged_or_private() {
        let home = tempfile::tempdir().unwrap();
        let directories = crate::store::Directories {
            state: Some(home.path().to_owned()),
            ..Default::default()
        };
        let store = Store::new(&directories, false);
        let file = store.place_file("sample", &[]).unwrap();
        assert_eq!(store.place(&file), None);
        let place = Place {
            pane: 1,
            filters: "is:kept حلب".to_owned(),
            chosen: Some(DocumentKey([7; 32])),
            ..Place::default()
        };
        Store::new(&directories, true)
            .write_place(&file, &place)
            .unwrap();
        assert_eq!(store.place(&file), None, "private");
        store.write_place(&file, &place).unwrap();
        assert_eq!(store.place(&file), Some(place));
        fs::write(&file, "{").unwrap();
        assert_eq!(store.place(&file), None);
    }
}
