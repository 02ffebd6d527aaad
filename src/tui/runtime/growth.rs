//! Tells when somebody else writes to the journal, without looking at it again and again: a
//! screen that rests wakes nothing.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use notify::{RecursiveMode, Watcher as _};

use crate::store::is_remote;

/// How often to look where the system does not tell.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Bytes of a file; `None` for one that is not there.
pub(super) fn size(file: &Path) -> Option<u64> {
    file.metadata().ok().map(|metadata| metadata.len())
}

/// Calls `grown` whenever the size of a file is another than before, until it says that nobody
/// listens any more. The file and its folder need not be there yet.
pub(super) fn watch(file: &Path, mut known: Option<u64>, grown: impl Fn() -> bool) {
    while let Some(folder) = nearest(file) {
        if is_remote(&folder) || !listen(file, &folder, &mut known, &grown) {
            break;
        }
    }
    while tell(file, &mut known, &grown) {
        thread::sleep(LOOK_EVERY);
    }
}

/// The folder of a file, or the nearest one above it that is there.
fn nearest(file: &Path) -> Option<PathBuf> {
    let mut folders = file.ancestors().skip(1);
    folders.find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Tells as long as this folder is the nearest one; false when the system does not tell, or when
/// nobody listens.
fn listen(file: &Path, folder: &Path, known: &mut Option<u64>, grown: &impl Fn() -> bool) -> bool {
    let (sender, events) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event| {
        // whoever listened is about to end
        let _ = sender.send(event);
    });
    let Ok(mut watcher) = watcher else {
        return false;
    };
    if watcher.watch(folder, RecursiveMode::NonRecursive).is_err() {
        return false;
    }
    loop {
        if !tell(file, known, grown) {
            return false;
        }
        // looked at before waiting: what came to be before the watch stood is told by nobody
        if nearest(file).as_deref() != Some(folder) {
            return true;
        }
        if events.recv().is_err() {
            return false;
        }
        while events.try_recv().is_ok() {}
    }
}

/// Looks at the size; false when nobody listens any more.
fn tell(file: &Path, known: &mut Option<u64>, grown: &impl Fn() -> bool) -> bool {
    let now = size(file);
    if now == *known {
        return true;
    }
    *known = now;
    grown()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, OpenOptions};
    use std::io::Write as _;
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_file_that_grows_is_told_though_its_folder_was_not_there() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("state/journals/a.jsonl");
        let (sender, told) = channel();
        let watched = file.clone();
        thread::spawn(move || watch(&watched, None, || sender.send(size(&watched)).is_ok()));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        for written in 1..=3_u64 {
            let mut open = OpenOptions::new()
                .append(true)
                .create(true)
                .open(&file)
                .unwrap();
            open.write_all(b"x").unwrap();
            drop(open);
            // a new file may be told before and after its first byte
            let deadline = Duration::from_secs(30);
            while told.recv_timeout(deadline).unwrap() != Some(written) {}
        }
        fs::write(file.with_file_name("b.jsonl"), "another").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(300)).is_err());
    }
}
