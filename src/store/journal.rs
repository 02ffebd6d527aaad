//! The journal: what analysts made of documents, as plain JSON Lines to which lines are only ever
//! added. Two journals merge by being put one behind the other.
//!
//! What the disk does not take stays in memory and is tried again; nothing that stands in the file
//! is ever cut or changed, except for the part of a line of one's own that a full disk left behind.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::fs::{FlockOperation, flock};

use crate::store::Store;
use crate::triage::{Change, Damage, Op, Stamp, parse_lines};

/// How long a lock of another khabar is waited for: as long as nobody notices.
const PATIENCE: Duration = Duration::from_millis(200);

/// How long to wait between two tries for the lock.
const TRY_EVERY: Duration = Duration::from_millis(5);

/// Where a journal is kept, if it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// In this file, which is read and not written to (`--private`).
    ReadOnly(PathBuf),
    /// Nowhere, for this reason.
    Nowhere(String),
}

impl Place {
    /// The file, if there is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::ReadOnly(path) => Some(path),
            Self::Nowhere(_) => None,
        }
    }
}

impl Store {
    /// Where the journal of a corpus is kept: in the file that was `named`, else in one of the
    /// state folder that belongs to the corpus's paths.
    #[must_use]
    pub fn journal_place(&self, named: Option<&Path>, corpus: &str, paths: &[PathBuf]) -> Place {
        let usual = || {
            let aliases = self.aliases_file(corpus, paths)?;
            let name = aliases.with_extension("jsonl");
            Some(
                self.state
                    .as_ref()?
                    .join("journals")
                    .join(name.file_name()?),
            )
        };
        let file = named.map(Path::to_owned).or_else(usual);
        match file {
            Some(path) if self.private => Place::ReadOnly(path),
            Some(path) => Place::File(path),
            None if self.state.is_none() => {
                Place::Nowhere("neither XDG_STATE_HOME nor HOME names a folder".to_owned())
            }
            None => Place::Nowhere(
                "what comes from standard input has no journal; --journal FILE names one"
                    .to_owned(),
            ),
        }
    }
}

/// A journal that lines are added to.
#[derive(Debug)]
pub struct Journal {
    place: Place,
    stamp: Stamp,
    patience: Duration,
    /// Which file it was, by device and inode, and up to which byte it was read.
    read: Option<((u64, u64), u64)>,
    /// Lines that were read.
    lines: usize,
    /// Lines that wait to be written.
    waiting: Vec<u8>,
}

/// What a journal holds when it is opened.
#[derive(Debug)]
pub struct Opened {
    /// To go on with.
    pub journal: Journal,
    /// What was in it.
    pub changes: Vec<Change>,
    /// Lines that say nothing to this khabar.
    pub damages: Vec<Damage>,
    /// Whether its last line is torn.
    pub is_torn: bool,
    /// What the user should know, one sentence each.
    pub notices: Vec<String>,
}

/// What came of writing.
#[derive(Debug, Default)]
pub struct Flushed {
    /// What others had written meanwhile.
    pub others: Vec<Change>,
    /// Why something still waits, and what becomes of it.
    pub problem: Option<String>,
}

/// What came of adding lines that a loss of power could still undo.
#[derive(Debug, Default)]
pub struct Appended {
    /// What others had written meanwhile.
    pub others: Vec<Change>,
    /// Why something still waits, and what becomes of it.
    pub problem: Option<String>,
    /// What is to be synced, if anything was added.
    pub unsynced: Option<Unsynced>,
}

/// Lines that stand in the file: the end of the program cannot undo them, but the loss of power
/// can, until they are synced. That may take as long as several frames.
#[derive(Debug)]
pub struct Unsynced {
    file: File,
    path: PathBuf,
    /// The folder of a new file, whose name could be lost.
    folder: Option<File>,
    lines: Vec<u8>,
}

/// Lines of which it is not known whether the disk has them.
#[derive(Debug)]
pub struct Doubtful {
    /// Why, and what becomes of them.
    pub problem: String,
    lines: Vec<u8>,
}

impl Unsynced {
    /// Waits until the disk has the lines.
    ///
    /// # Errors
    /// The lines, where the disk does not take them: to be given to [`Journal::again`].
    pub fn sync(self) -> Result<(), Doubtful> {
        if let Err(error) = self.file.sync_data() {
            let problem = not_saved(&self.path, &error);
            let lines = self.lines;
            return Err(Doubtful { problem, lines });
        }
        if let Some(folder) = self.folder {
            // not every file system can do it
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

fn not_saved(path: &Path, error: &io::Error) -> String {
    format!(
        "not saved: {}: {error}; kept in memory and tried again",
        path.display()
    )
}

/// What a file held behind what was read of it.
struct Tail {
    changes: Vec<Change>,
    damages: Vec<Damage>,
    is_torn: bool,
}

impl Journal {
    /// Opens a journal and reads it. A file that is not there yet is empty.
    #[must_use]
    pub fn open(place: Place, author: &str) -> Opened {
        let mut journal = Self {
            place,
            stamp: Stamp::new(author),
            patience: PATIENCE,
            read: None,
            lines: 0,
            waiting: Vec::new(),
        };
        let mut notices = Vec::new();
        let tail = match journal.read_all() {
            Ok(tail) => tail,
            Err(error) => {
                let path = journal.place.file().unwrap_or(Path::new("")).display();
                notices.push(format!(
                    "{path}: {error}; what it holds is missing here, and stays as it is"
                ));
                Tail {
                    changes: Vec::new(),
                    damages: Vec::new(),
                    is_torn: false,
                }
            }
        };
        notices.extend(journal.told(&tail));
        Opened {
            changes: tail.changes,
            damages: tail.damages,
            is_torn: tail.is_torn,
            notices,
            journal,
        }
    }

    /// What to tell of lines that say nothing.
    fn told(&self, tail: &Tail) -> Vec<String> {
        let path = self.place.file().unwrap_or(Path::new("")).display();
        let mut told = Vec::new();
        let newer = tail.damages.iter().filter(|d| d.is_newer).count();
        let mut damaged = tail.damages.iter().filter(|d| !d.is_newer);
        if newer > 0 {
            let lines = if newer == 1 { "line" } else { "lines" };
            told.push(format!(
                "{path}: {newer} {lines} of a later khabar, kept and not used"
            ));
        }
        if let Some(first) = damaged.next() {
            let more = match damaged.count() {
                0 => String::new(),
                n => format!(" (and {n} more)"),
            };
            told.push(format!(
                "{path}:{}: {}{more}; kept and not used; `khabar journal check` lists all",
                first.line, first.reason
            ));
        }
        if tail.is_torn {
            told.push(format!("{path}: its last line is torn; kept and not used"));
        }
        told
    }

    /// Waits longer for the lock of another khabar, as a command may.
    #[must_use]
    pub fn patient(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Who writes.
    #[must_use]
    pub fn author(&self) -> &str {
        self.stamp.author()
    }

    /// Where it is kept.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Makes a change of an operation; it waits to be written until [`flush`](Self::flush).
    pub fn record(&mut self, op: Op) -> Change {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        });
        let change = self.stamp.change(now, op);
        self.waiting.extend_from_slice(change.to_line().as_bytes());
        change
    }

    /// Adds lines that others wrote, such as those of another journal.
    pub fn import<'c>(&mut self, changes: impl IntoIterator<Item = &'c Change>) {
        for change in changes {
            self.stamp.saw(change.time);
            self.waiting.extend_from_slice(change.to_line().as_bytes());
        }
    }

    /// Whether something waits to be written.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Writes what waits, so that it outlives a loss of power; and reads what others have written.
    pub fn flush(&mut self) -> Flushed {
        let appended = self.append();
        let mut problem = appended.problem;
        if let Some(Err(doubtful)) = appended.unsynced.map(Unsynced::sync) {
            problem = Some(doubtful.problem.clone());
            self.again(doubtful);
        }
        Flushed {
            others: appended.others,
            problem,
        }
    }

    /// Lines are to be written once more. Whoever reads them twice counts them once.
    pub fn again(&mut self, doubtful: Doubtful) {
        self.waiting.splice(..0, doubtful.lines);
    }

    /// Writes what waits, so that it outlives the end of this program; and reads what others have
    /// written.
    pub fn append(&mut self) -> Appended {
        let path = match &self.place {
            Place::File(path) => path.clone(),
            Place::ReadOnly(_) => {
                self.waiting.clear();
                return Appended::default();
            }
            Place::Nowhere(why) => {
                self.waiting.clear();
                let problem = Some(format!("not saved: {why}"));
                return Appended {
                    problem,
                    ..Appended::default()
                };
            }
        };
        if self.waiting.is_empty() {
            return Appended::default();
        }
        let mut others = Vec::new();
        let (unsynced, problem) = match self.write(&path, &mut others) {
            Ok(unsynced) => (Some(unsynced), None),
            Err(error) => (None, Some(not_saved(&path, &error))),
        };
        Appended {
            others,
            problem,
            unsynced,
        }
    }

    fn write(&mut self, path: &Path, others: &mut Vec<Change>) -> io::Result<Unsynced> {
        let (mut file, is_new) = open_to_append(path)?;
        self.lock(&file)?;
        let tail = self.read_on(&mut file)?;
        others.extend(tail.changes);
        let end = file.metadata()?.len();
        let mut last = [b'\n'];
        if end > 0 {
            file.read_exact_at(&mut last, end - 1)?;
        }
        let mut bytes = Vec::with_capacity(self.waiting.len() + 1);
        if last != [b'\n'] {
            // what stands behind a torn line would be lost with it
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(&self.waiting);
        if let Err(error) = write_once(&mut file, &bytes) {
            // a part of our own line; if it cannot be taken away, the next line begins afresh
            let _ = file.set_len(end);
            return Err(error);
        }
        // the disk is waited for without the lock; file systems without locks have none to undo
        let _ = flock(&file, FlockOperation::Unlock);
        let written = memchr::memchr_iter(b'\n', &bytes).count();
        self.lines += written;
        if let Some((_, at)) = &mut self.read {
            *at = end + bytes.len() as u64;
        }
        let folder = path.parent().filter(|_| is_new);
        Ok(Unsynced {
            file,
            path: path.to_owned(),
            folder: folder.and_then(|folder| File::open(folder).ok()),
            lines: std::mem::take(&mut self.waiting),
        })
    }

    /// What others have written since the last look; nothing where the file has not grown.
    pub fn look(&mut self) -> Vec<Change> {
        let Some(path) = self.place.file() else {
            return Vec::new();
        };
        let Ok(metadata) = path.metadata() else {
            return Vec::new();
        };
        let known = self.read;
        if known == Some(((metadata.dev(), metadata.ino()), metadata.len())) {
            return Vec::new();
        }
        let tail = File::open(path).and_then(|mut file| self.read_on(&mut file));
        tail.map_or_else(|_| Vec::new(), |tail| tail.changes)
    }

    fn read_all(&mut self) -> io::Result<Tail> {
        let nothing = Tail {
            changes: Vec::new(),
            damages: Vec::new(),
            is_torn: false,
        };
        let Some(path) = self.place.file() else {
            return Ok(nothing);
        };
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(nothing),
            Err(error) => return Err(error),
        };
        self.read_on(&mut file)
    }

    /// Reads whole lines from where the last reading ended; from the beginning in another file, or
    /// in one that has become shorter.
    fn read_on(&mut self, file: &mut File) -> io::Result<Tail> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("no regular file"));
        }
        let identity = (metadata.dev(), metadata.ino());
        let from = match self.read {
            Some((known, at)) if known == identity && at <= metadata.len() => at,
            _ => {
                self.lines = 0;
                0
            }
        };
        let mut bytes = Vec::new();
        if from < metadata.len() {
            file.seek(SeekFrom::Start(from))?;
            file.read_to_end(&mut bytes)?;
        }
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = whole.map_or(0, |at| at + 1);
        let (lines, rest) = bytes.split_at(whole);
        let (mut changes, damages) = parse_lines(lines, self.lines + 1);
        self.lines += memchr::memchr_iter(b'\n', lines).count();
        // a last line that lacks nothing but its end, as an editor may leave it
        let (last, _) = parse_lines(rest, 1);
        let is_torn = last.is_empty() && !rest.trim_ascii().is_empty();
        changes.extend(last);
        for change in &changes {
            self.stamp.saw(change.time);
        }
        self.read = Some((identity, from + whole as u64));
        Ok(Tail {
            changes,
            damages,
            is_torn,
        })
    }

    fn lock(&self, file: &File) -> io::Result<()> {
        let until = Instant::now() + self.patience;
        loop {
            match flock(file, FlockOperation::NonBlockingLockExclusive) {
                // file systems without locks: lines are still added whole
                Ok(()) | Err(rustix::io::Errno::NOTSUP | rustix::io::Errno::NOLCK) => {
                    return Ok(());
                }
                Err(rustix::io::Errno::WOULDBLOCK) if Instant::now() < until => {
                    thread::sleep(TRY_EVERY);
                }
                Err(rustix::io::Errno::WOULDBLOCK) => {
                    return Err(io::Error::other("another program has it locked"));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// The file, and whether it was made now. What it tells is nobody else's business.
fn open_to_append(path: &Path) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).mode(0o600);
    match options.open(path) {
        Ok(file) => return Ok((file, false)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    Ok((options.create(true).open(path)?, true))
}

/// Writes everything by one call, so that it stands in one piece; less than everything is an error.
fn write_once(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let written = loop {
        match file.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    if written < bytes.len() {
        // the rest says why there is no room
        file.write_all(bytes.get(written..).unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
