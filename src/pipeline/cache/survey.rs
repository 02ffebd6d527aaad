//! What there is to read, and how to tell whether it is what was read before.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::corpus::Unreadable;
use crate::ingest::{self, Input, Source};

/// A file that was changed so shortly before it was looked at may have been changed again within
/// the same tick of its clock, in nanoseconds: file systems of Linux tick every few milliseconds,
/// those that keep whole seconds every two (FAT).
const TICK: i64 = 50_000_000;
const COARSE_TICK: i64 = 2_000_000_000;

/// What tells a file from one that was changed since: size, times of change, place on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Identity {
    size: u64,
    /// Nanoseconds since 1970; the inode's own time too, which no program sets.
    modified: i64,
    changed: i64,
    inode: u64,
    device: u64,
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.size(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
            device: metadata.dev(),
        }
    }
}

fn nanoseconds(seconds: i64, rest: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

/// An input and what its file is.
#[derive(Clone, Debug)]
pub(in super::super) struct Surveyed {
    pub(in super::super) input: Input,
    /// `None` where no file can be told again: bytes, pipes, a file that was just changed.
    pub(in super::super) identity: Option<Identity>,
}

impl Surveyed {
    /// Looks at an input's file, without opening it. What was changed at `now`, in nanoseconds since
    /// 1970, may be changing still.
    pub(in super::super) fn of(input: Input, now: i64) -> Self {
        let identity = input.file().and_then(|file| {
            let metadata = std::fs::metadata(file).ok()?;
            let identity = metadata.is_file().then(|| Identity::of(&metadata))?;
            let last = identity.modified.max(identity.changed);
            let coarse = last % 1_000_000_000 == 0;
            let tick = if coarse { COARSE_TICK } else { TICK };
            (last < now - tick).then_some(identity)
        });
        Self { input, identity }
    }
}

/// The time, in nanoseconds since 1970.
pub(in super::super) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| {
        i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
    })
}

/// Everything that some sources hold.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Survey {
    pub(in super::super) inputs: Vec<Surveyed>,
    pub(in super::super) unreadable: Vec<Unreadable>,
}

impl Survey {
    /// Looks at every file.
    pub(in super::super) fn of(sources: &[Source]) -> Self {
        let now = now();
        let found = ingest::discover(sources);
        let inputs = found.inputs.into_iter();
        Self {
            inputs: inputs.map(|input| Surveyed::of(input, now)).collect(),
            unreadable: found.unreadable,
        }
    }
}
