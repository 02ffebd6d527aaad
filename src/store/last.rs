//! `last.json`: the files and folders of the corpus that was open last.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::store::{StoreError, atomic};

/// The file's content. Other versions are not read: there is nothing in it worth converting.
#[derive(Debug, Serialize, Deserialize)]
struct Last {
    version: u32,
    paths: Vec<Name>,
}

/// A path. Not every path is text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Bytes { base64: String },
}

const VERSION: u32 = 1;

pub(super) fn write(file: &Path, paths: &[PathBuf]) -> Result<(), StoreError> {
    let names = paths.iter().map(|path| {
        path.to_str().map_or_else(
            || Name::Bytes {
                base64: STANDARD.encode(path.as_os_str().as_bytes()),
            },
            |text| Name::Text(text.to_owned()),
        )
    });
    let last = Last {
        version: VERSION,
        paths: names.collect(),
    };
    let mut content = serde_json::to_vec_pretty(&last).map_err(|error| StoreError::Io {
        path: file.to_owned(),
        source: error.into(),
    })?;
    content.push(b'\n');
    atomic::write(file, &content)
}

pub(super) fn read(file: &Path) -> Result<Option<Vec<PathBuf>>, StoreError> {
    let content = match fs::read(file) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(StoreError::Io {
                path: file.to_owned(),
                source,
            });
        }
    };
    let damaged = |reason: String| StoreError::Damaged {
        path: file.to_owned(),
        reason,
    };
    let last: Last = serde_json::from_slice(&content).map_err(|e| damaged(e.to_string()))?;
    if last.version != VERSION {
        return Err(damaged(format!("version {} is not known", last.version)));
    }
    let mut paths = Vec::with_capacity(last.paths.len());
    for name in last.paths {
        paths.push(match name {
            Name::Text(text) => PathBuf::from(text),
            Name::Bytes { base64 } => {
                let bytes = STANDARD
                    .decode(base64)
                    .map_err(|e| damaged(e.to_string()))?;
                PathBuf::from(OsString::from_vec(bytes))
            }
        });
    }
    Ok((!paths.is_empty()).then_some(paths))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::store::{Directories, Store};

    fn store(state: &Path, private: bool) -> Store {
        let directories = Directories {
            state: Some(state.to_owned()),
            ..Directories::default()
        };
        Store::new(&directories, private)
    }

    #[test]
    fn what_is_remembered_comes_back() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("state/khabar");
        let store = store(&state, false);
        assert_eq!(store.last_corpus().unwrap(), None);
        let odd = PathBuf::from(OsString::from_vec(b"/corpora/\xff\xfe".to_vec()));
        for paths in [
            vec![PathBuf::from("/corpora/aleppo")],
            vec![PathBuf::from("/a \"b\"\n/ملف"), odd, PathBuf::from("/z")],
        ] {
            store.remember(&paths).unwrap();
            assert_eq!(store.last_corpus().unwrap(), Some(paths));
        }
        store.remember(&[]).unwrap();
        assert_eq!(
            store.last_corpus().unwrap().map(|paths| paths.len()),
            Some(3)
        );
        let left: Vec<_> = fs::read_dir(&state).unwrap().collect();
        assert_eq!(left.len(), 1, "no temporary file stays: {left:?}");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&state), 0o700);
        assert_eq!(mode(&state.join("last.json")), 0o600);
    }

    #[test]
    fn relative_paths_are_kept_absolute() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path(), false);
        store.remember(&[PathBuf::from("news")]).unwrap();
        let here = std::env::current_dir().unwrap();
        assert_eq!(store.last_corpus().unwrap(), Some(vec![here.join("news")]));
    }

    #[test]
    fn private_writes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("khabar");
        store(&state, true)
            .remember(&[PathBuf::from("/news")])
            .unwrap();
        assert!(!state.exists());
    }

    #[test]
    fn failures_are_told_and_name_the_file() {
        let home = tempfile::tempdir().unwrap();
        let in_the_way = home.path().join("khabar");
        fs::write(&in_the_way, "a file where a folder should be").unwrap();
        let error = store(&in_the_way, false)
            .remember(&[PathBuf::from("/news")])
            .unwrap_err();
        assert!(error.to_string().contains("khabar"), "{error}");
        let homeless = Store::new(&Directories::default(), false);
        assert!(matches!(
            homeless.remember(&[PathBuf::from("/news")]),
            Err(StoreError::Homeless)
        ));
        assert_eq!(homeless.last_corpus().unwrap(), None);
    }

    #[test]
    fn damaged_files_are_no_corpus() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path(), false);
        for content in [
            "",
            "{}",
            "[\"/news\"]",
            "{\"version\": 2, \"paths\": [\"/news\"]}",
            "{\"version\": 1, \"paths\": [{\"base64\": \"%\"}]}",
        ] {
            fs::write(home.path().join("last.json"), content).unwrap();
            assert!(store.last_corpus().is_err(), "{content}");
        }
        fs::write(
            home.path().join("last.json"),
            "{\"version\":1,\"paths\":[]}",
        )
        .unwrap();
        assert_eq!(store.last_corpus().unwrap(), None);
    }
}
