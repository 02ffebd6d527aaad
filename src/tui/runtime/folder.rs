//! New files in the folders that are read appear by themselves.
//!
//! The system tells of changes where it can (inotify, kqueue); elsewhere, on network file systems
//! above all, the folders are looked through now and then. A file that somebody still writes to
//! waits until it is closed, or has not grown for a while.

use std::collections::HashMap;
use std::fs::FileType;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecursiveMode, Watcher as _};

use crate::ingest::{self, Source};
use crate::store::is_remote;

/// How long nothing may have happened before anything is read: a copy of many files is one change.
const QUIET: Duration = Duration::from_millis(300);

/// How long a file that nobody closed must not have changed to be taken as whole.
const ABANDONED: Duration = Duration::from_secs(5);

/// How often to look through folders of which the system does not tell.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Every input with its size and the time at which its content, name or place changed last, in
/// seconds and nanoseconds since 1970.
type Listing = Vec<(PathBuf, u64, (i64, i64))>;

/// Calls `changed` whenever the inputs below `sources` are others than before, until it says that
/// nobody listens any more. Returns at once where there is nothing to watch. `since` is when the
/// reading began: what has changed after that may not have been read.
pub(super) fn watch(sources: &[Source], since: SystemTime, mut changed: impl FnMut() -> bool) {
    let folders = folders(sources);
    if folders.is_empty() {
        return;
    }
    let (sender, events) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event| {
        // whoever listened is about to end
        let _ = sender.send(event);
    });
    let mut known = listing(sources);
    if let Ok(mut watcher) = watcher
        && !folders.iter().any(|folder| is_remote(folder))
        && folders
            .iter()
            .all(|folder| watcher.watch(folder, RecursiveMode::Recursive).is_ok())
    {
        let mut open = HashMap::new();
        if is_late(&known, since) {
            known.clear();
            if !tell(sources, &mut known, &mut changed) {
                return;
            }
        }
        while wait(&events, &mut open) {
            if !tell(sources, &mut known, &mut changed) {
                return;
            }
        }
    }
    let mut before = known.clone();
    loop {
        std::thread::sleep(LOOK_EVERY);
        let now = listing(sources);
        // what has just changed may change on
        let rests = now == before;
        before = now;
        if rests && !tell(sources, &mut known, &mut changed) {
            return;
        }
    }
}

/// The folders and files that can be read again and again; none where one of them is a pipe.
fn folders(sources: &[Source]) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for source in sources {
        let Source::Path(path) = source else {
            continue;
        };
        let kind = path.metadata().map(|metadata| metadata.file_type());
        if kind.is_ok_and(|kind: FileType| !kind.is_dir() && !kind.is_file()) {
            return Vec::new();
        }
        folders.push(path.clone());
    }
    folders
}

fn listing(sources: &[Source]) -> Listing {
    let inputs = ingest::discover(sources).inputs;
    let files = inputs.iter().filter_map(|input| {
        let path = input.file()?;
        let metadata = path.metadata().ok()?;
        let changed = (metadata.ctime(), metadata.ctime_nsec());
        Some((path.to_owned(), metadata.len(), changed))
    });
    files.collect()
}

/// Whether something has changed since the reading began.
fn is_late(known: &Listing, since: SystemTime) -> bool {
    let since = since.duration_since(UNIX_EPOCH).unwrap_or_default();
    let since = (
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        i64::from(since.subsec_nanos()),
    );
    known.iter().any(|(_, _, changed)| *changed >= since)
}

/// Compares the inputs with those that are known; false when nobody listens any more.
fn tell(sources: &[Source], known: &mut Listing, changed: &mut impl FnMut() -> bool) -> bool {
    let now = listing(sources);
    if now == *known {
        return true;
    }
    *known = now;
    changed()
}

/// Waits until something has changed and has come to rest; false when no events come any more.
fn wait(events: &Receiver<notify::Result<Event>>, open: &mut HashMap<PathBuf, Instant>) -> bool {
    let mut is_due = false;
    loop {
        let event = if is_due {
            match events.recv_timeout(QUIET) {
                Ok(event) => event,
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {
                    open.retain(|_, since| since.elapsed() < ABANDONED);
                    if open.is_empty() {
                        return true;
                    }
                    continue;
                }
            }
        } else {
            match events.recv() {
                Ok(event) => event,
                Err(_) => return false,
            }
        };
        // an error is most often a queue that has overflown: something has changed
        let Ok(event) = event else {
            is_due = true;
            continue;
        };
        is_due |= note(&event, open);
    }
}

/// Keeps which files are being written to; whether an event changes anything.
fn note(event: &Event, open: &mut HashMap<PathBuf, Instant>) -> bool {
    match event.kind {
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => {
            for path in event.paths.iter().filter(|path| path.is_file()) {
                open.insert(path.clone(), Instant::now());
            }
            true
        }
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Remove(_) => {
            for path in &event.paths {
                open.remove(path);
            }
            true
        }
        EventKind::Access(_) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::thread;

    use super::*;

    #[test]
    fn a_file_is_told_once_it_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, told) = mpsc::channel();
        let sources = vec![Source::Path(folder.path().to_owned())];
        thread::spawn(move || {
            watch(&sources, SystemTime::now(), || {
                sender.send(Instant::now()).is_ok()
            });
        });
        // until the watch stands, a change may be told or be taken for what was there
        let deadline = Instant::now() + Duration::from_mins(1);
        for n in 0.. {
            fs::write(folder.path().join(format!("{n}.txt")), "Text.").unwrap();
            if told.recv_timeout(Duration::from_secs(1)).is_ok() {
                break;
            }
            assert!(Instant::now() < deadline, "nothing is told");
        }
        let mut half = fs::File::create(folder.path().join("half.txt")).unwrap();
        half.write_all(b"Half a ").unwrap();
        half.flush().unwrap();
        let before = Instant::now();
        thread::sleep(Duration::from_millis(700));
        assert!(
            told.try_recv().is_err() || before.elapsed() > ABANDONED,
            "it is not whole yet"
        );
        half.write_all(b"sentence.").unwrap();
        drop(half);
        told.recv_timeout(Duration::from_mins(1)).unwrap();
        // what cannot be read as a document is nobody's business
        fs::write(folder.path().join(".hidden"), "x").unwrap();
        assert!(told.recv_timeout(Duration::from_secs(1)).is_err());
    }

    #[test]
    fn bytes_and_pipes_are_not_watched() {
        let bytes = Source::Bytes {
            name: "-".to_owned(),
            bytes: Vec::new(),
        };
        let now = SystemTime::now();
        watch(&[bytes], now, || panic!("nothing can change"));
        watch(&[Source::Path("/dev/null".into())], now, || {
            panic!("nothing can change")
        });
    }
}
