//! Which files there are to read, and in which order.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::corpus::Unreadable;
use crate::ingest::Source;
use crate::ingest::format::{self, Named};
use crate::ingest::read::{Content, Input, explain};
use crate::text::natural::natural_order;

/// What a set of sources holds.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// What can be tried to read, in the order of the sources, within a folder by path.
    pub inputs: Vec<Input>,
    /// What cannot: formats that are not read yet, folders that do not open, missing paths.
    pub unreadable: Vec<Unreadable>,
}

/// Lists what there is to read.
///
/// Folders are walked to the bottom, links followed, hidden files and folders left out, whatever
/// a `.gitignore` says. Paths are shown relative to the folder that was named; when several
/// folders are named, with that folder's name, as given, before them. A file that was named is
/// shown as it was named, or, where that was an absolute path, by its last part, unless another
/// file was named that ends in the same.
#[must_use]
pub fn discover(sources: &[Source]) -> Discovery {
    let folders = sources
        .iter()
        .filter(|source| matches!(source, Source::Path(path) if path.is_dir()))
        .count();
    let mut found = Discovery::default();
    for source in sources {
        match source {
            Source::Path(path) if path.is_dir() => found.folder(path, folders > 1),
            Source::Path(path) => found.named(path, sources),
            Source::Bytes { name, bytes } => {
                let content = Content::Bytes(Arc::from(bytes.as_slice()));
                found.add(name.clone(), Path::new(name), content);
            }
        }
    }
    found
}

impl Discovery {
    fn folder(&mut self, folder: &Path, several: bool) {
        let walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by(|a, b| by_name(a.file_name(), b.file_name()))
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
        let shown = |path: &Path| {
            let below = below(path, folder);
            if several || below.as_os_str().is_empty() {
                folder.join(below).to_string_lossy().into_owned()
            } else {
                below.to_string_lossy().into_owned()
            }
        };
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => {
                    let content = Content::File(entry.path().to_path_buf());
                    self.add(shown(entry.path()), entry.path(), content);
                }
                Ok(entry) => self.refuse(
                    shown(entry.path()),
                    "Not a file: a device, pipe or socket. Name it to read from it.",
                ),
                Err(error) => {
                    let path = error.path().map_or_else(String::new, shown);
                    self.refuse(path, walk_reason(&error));
                }
            }
        }
    }

    /// A path that is no folder. Pipes and devices are read when they are named.
    fn named(&mut self, path: &Path, sources: &[Source]) {
        match fs::metadata(path) {
            Ok(_) => {
                let shown = short(path, sources).to_string_lossy().into_owned();
                self.add(shown, path, Content::File(path.to_path_buf()));
            }
            // where there is nothing, the whole path says where
            Err(error) => self.refuse(path.to_string_lossy().into_owned(), explain(&error)),
        }
    }

    fn add(&mut self, shown: String, path: &Path, content: Content) {
        match format::by_name(path) {
            Named::Readable { format, packed } => {
                self.inputs.push(Input::new(shown, content, format, packed));
            }
            Named::Unreadable(reason) => self.refuse(shown, reason),
        }
    }

    fn refuse(&mut self, path: String, reason: impl Into<String>) {
        self.unreadable.push(Unreadable {
            path,
            reason: reason.into(),
        });
    }
}

/// A path below a folder that it was found in, from there on.
fn below<'p>(path: &'p Path, folder: &Path) -> &'p Path {
    // a walk puts names behind the folder as it was named: of a hundred thousand paths, none is
    // taken apart for that
    let whole = path.as_os_str().as_bytes();
    let rest = whole.strip_prefix(folder.as_os_str().as_bytes());
    match rest.and_then(|rest| rest.strip_prefix(b"/")) {
        Some(rest) if !rest.starts_with(b"/") => Path::new(OsStr::from_bytes(rest)),
        _ => path.strip_prefix(folder).unwrap_or(path),
    }
}

/// How to show a file that was named.
fn short<'p>(path: &'p Path, sources: &[Source]) -> &'p Path {
    let Some(last) = path.file_name().filter(|_| path.is_absolute()) else {
        return path;
    };
    let is_namesake = |source: &&Source| match source {
        Source::Path(other) => other.file_name() == Some(last) && !other.is_dir(),
        Source::Bytes { .. } => false,
    };
    if sources.iter().filter(is_namesake).count() > 1 {
        return path;
    }
    Path::new(last)
}

fn by_name(a: &OsStr, b: &OsStr) -> std::cmp::Ordering {
    natural_order(&a.to_string_lossy(), &b.to_string_lossy()).then_with(|| a.cmp(b))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn walk_reason(error: &walkdir::Error) -> String {
    if let Some(ancestor) = error.loop_ancestor() {
        return format!(
            "A link back to the folder above it, {}; what is there is read there.",
            ancestor.display()
        );
    }
    error.io_error().map_or_else(
        || "Cannot be opened.".to_owned(),
        |error: &io::Error| explain(error),
    )
}

#[cfg(test)]
mod tests;
