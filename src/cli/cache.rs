//! Where the cache of a corpus is.

use std::fmt::Write as _;
use std::io;
use std::os::unix::ffi::OsStrExt as _;

use sha2::{Digest as _, Sha256};

use crate::cli::sources::Chosen;
use crate::cli::task::Reading;
use crate::cli::{Streams, say};
use crate::pipeline::cache::{Place, Saving};
use crate::store::Directories;

/// Characters of a corpus's name that its file's name keeps.
const LONGEST: usize = 40;

/// The cache of a corpus; `None` without a folder for it, or for a corpus that cannot be opened
/// again.
///
/// Its name is that of the corpus and twelve digits of a hash of everything that decides what its
/// documents are called and which day they are of: the paths as typed and as they are, and `--dct`.
pub(super) fn place(
    reading: &Reading,
    directories: &Directories,
    chosen: &Chosen,
) -> Option<Place> {
    let cache = &reading.cache;
    if cache.off || chosen.paths.is_empty() {
        return None;
    }
    let folder = cache.folder.clone().or_else(|| directories.cache.clone())?;
    let plain = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            c
        } else {
            '-'
        }
    };
    let mut name: String = chosen.name.chars().map(plain).take(LONGEST).collect();
    let mut hash = Sha256::new();
    for path in &chosen.paths {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        for path in [path, &absolute] {
            hash.update(path.as_os_str().as_bytes());
            hash.update([0]);
        }
    }
    if let Some(day) = reading.document_day {
        hash.update(day.to_string());
    }
    name.push('-');
    for byte in hash.finalize().iter().take(6) {
        // writing to a string cannot fail
        let _ = write!(name, "{byte:02x}");
    }
    name.push_str(".cache");
    Some(Place {
        file: folder.join(name),
        writes: !cache.read_only,
    })
}

/// A cache that is being written behind an answer.
pub(super) struct Pending(pub(super) Option<(Place, Saving)>);

impl Pending {
    /// Waits until it is written, once the answer is out; says so if it cannot be.
    pub(super) fn wait(self, streams: &mut Streams<'_>) -> io::Result<()> {
        let Some((place, saving)) = self.0 else {
            return Ok(());
        };
        streams.out.flush()?;
        let Err(error) = saving.wait() else {
            return Ok(());
        };
        let told = format!(
            "khabar: {}: {error}; the next run annotates these documents again (--cache DIR names \
             another place, --no-cache none)",
            place.file.display()
        );
        say(streams.err, &told)
    }
}
