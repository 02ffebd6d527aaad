//! A file of packed blocks with their checksums: what can be worked out anew, kept so that it need
//! not be.
//!
//! ```text
//! magic (8 bytes) · blocks · directory · footer
//! directory: length of the build's name (u64) · name · for each block [`RECORD`] bytes
//! footer: where the directory begins, its length, its XXH3 · magic
//! ```
//!
//! Numbers are 64 bits wide, little-endian: a directory of some ten thousand blocks is read before
//! anything can be shown.
//!
//! A block is packed (Zstandard, RFC 8878) and read as a whole, or plain, at an address that numbers
//! may have, and read in place: the file is mapped. Whoever reads a plain block sees whatever is
//! there, damaged or not, until [`Blocks::is_whole`] has looked at all of it.
//!
//! The directory names the build that wrote the file: another one reads nothing of it. A file is
//! written beside its place and then takes it, so readers see the old one or the new one, and one
//! that was opened stays as it was. Whatever is damaged reads as nothing.

#[cfg(test)]
mod tests;

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::hash::Hasher as _;
use std::io::{self, Write as _};
use std::ops::Range;
use std::os::unix::fs::{
    DirBuilderExt as _, FileExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use bytes::Bytes;
use rustix::process::{Pid, test_kill_process};
use twox_hash::XxHash3_64;

use crate::corpus::aligned;
use crate::store::is_remote;
use crate::store::map::map;
use crate::store::packing::{Dictionary, Packer, unpack};

const MAGIC: [u8; 8] = *b"khabarC4";
const FOOTER: usize = 32;

/// What the address of a plain block is a multiple of: what the widest number asks for, and a line
/// of the processor's cache.
const ALIGNMENT: u64 = 64;

/// Bytes that are read at a time to check a block.
const PIECE: usize = 256 * 1024;

/// Where a block is and how it must come out.
#[derive(Clone, Copy, Debug)]
struct Place {
    kind: u8,
    offset: u64,
    /// Bytes in the file.
    packed: u64,
    /// Bytes of the block; as many as in the file where it is plain.
    unpacked: u64,
    is_plain: bool,
    /// XXH3 of the bytes in the file.
    check: u64,
}

/// Bytes of a block's record: its kind and whether it is plain, then offset, both lengths, check.
const RECORD: usize = 2 + 4 * 8;

#[derive(Debug)]
struct Directory {
    build: String,
    places: Vec<Place>,
}

impl Directory {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + self.build.len() + self.places.len() * RECORD);
        bytes.extend((self.build.len() as u64).to_le_bytes());
        bytes.extend(self.build.as_bytes());
        for place in &self.places {
            bytes.extend([place.kind, u8::from(place.is_plain)]);
            for number in [place.offset, place.packed, place.unpacked, place.check] {
                bytes.extend(number.to_le_bytes());
            }
        }
        bytes
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (len, rest) = bytes.split_first_chunk::<8>()?;
        let (build, rest) =
            rest.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)?;
        let (records, []) = rest.as_chunks::<RECORD>() else {
            return None;
        };
        let place = |record: &[u8; RECORD]| {
            let ([kind, is_plain], rest) = record.split_first_chunk::<2>()?;
            let ([offset, packed, unpacked, check], []) = rest.as_chunks::<8>() else {
                return None;
            };
            Some(Place {
                kind: *kind,
                is_plain: *is_plain == 1,
                offset: u64::from_le_bytes(*offset),
                packed: u64::from_le_bytes(*packed),
                unpacked: u64::from_le_bytes(*unpacked),
                check: u64::from_le_bytes(*check),
            })
        };
        Some(Self {
            build: str::from_utf8(build).ok()?.to_owned(),
            places: records.iter().map(place).collect::<Option<_>>()?,
        })
    }
}

/// Writes a file of blocks. One that is dropped before it is finished leaves nothing.
#[derive(Debug)]
pub struct BlockWriter {
    file: File,
    target: PathBuf,
    /// Where it is until it is finished; `None` from then on.
    beside: Option<PathBuf>,
    offset: u64,
    directory: Directory,
    packer: Packer,
}

impl BlockWriter {
    /// Begins a file that shall be `target`, for readers of the same `build`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(target: &Path, build: &str) -> io::Result<Self> {
        if let Some(folder) = target.parent() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
            remove_abandoned(folder);
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let beside = target.with_file_name(name);
        // what it holds somebody reads, so only they may look at it
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        let written = file.write_all(&MAGIC);
        let writer = Self {
            file,
            target: target.to_owned(),
            beside: Some(beside),
            offset: MAGIC.len() as u64,
            directory: Directory {
                build: build.to_owned(),
                places: Vec::new(),
            },
            packer: Packer::new(b"")?,
        };
        written.map(|()| writer)
    }

    /// Adds a block, packed. Blocks of one kind keep their order, packed or plain.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, kind: u8, block: &[u8]) -> io::Result<()> {
        let packed = self.packer.0.compress(block)?;
        self.put(kind, &packed, block.len(), false)
    }

    /// The same, packed by what it has in common with a dictionary: to be read with it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_like(&mut self, kind: u8, block: &[u8], like: &mut Packer) -> io::Result<()> {
        let packed = like.0.compress(block)?;
        self.put(kind, &packed, block.len(), false)
    }

    /// Adds a block as it is, to be read in place.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_plain(&mut self, kind: u8, block: &[u8]) -> io::Result<()> {
        let over = self.offset % ALIGNMENT;
        if over > 0 {
            let gap = usize::try_from(ALIGNMENT - over).unwrap_or(0);
            self.file.write_all(&vec![0; gap])?;
            self.offset += ALIGNMENT - over;
        }
        self.put(kind, block, block.len(), true)
    }

    /// Adds a block of another file as it is packed there: for readers who have what it was packed
    /// by.
    ///
    /// # Errors
    /// When it is damaged or not there, or cannot be written.
    pub fn copy(&mut self, kind: u8, from: &Blocks, number: usize) -> io::Result<()> {
        let damaged = || io::Error::other("a block to be copied is damaged");
        let place = from.places.get(number).ok_or_else(damaged)?;
        let bytes = from.stored(place).ok_or_else(damaged)?;
        if place.is_plain {
            return self.add_plain(kind, &bytes);
        }
        let unpacked = usize::try_from(place.unpacked).map_err(io::Error::other)?;
        self.put(kind, &bytes, unpacked, false)
    }

    fn put(&mut self, kind: u8, bytes: &[u8], unpacked: usize, is_plain: bool) -> io::Result<()> {
        self.directory.places.push(Place {
            kind,
            offset: self.offset,
            packed: bytes.len() as u64,
            unpacked: unpacked as u64,
            is_plain,
            check: XxHash3_64::oneshot(bytes),
        });
        self.file.write_all(bytes)?;
        self.offset += bytes.len() as u64;
        Ok(())
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When that fails; then the place is as it was.
    pub fn finish(mut self) -> io::Result<()> {
        let directory = self.directory.to_bytes();
        self.file.write_all(&directory)?;
        let mut footer = Vec::with_capacity(FOOTER);
        footer.extend(self.offset.to_le_bytes());
        footer.extend((directory.len() as u64).to_le_bytes());
        footer.extend(XxHash3_64::oneshot(&directory).to_le_bytes());
        footer.extend(MAGIC);
        self.file.write_all(&footer)?;
        self.file.flush()?;
        // whoever has it mapped would be ended if it were cut off: from now on the system lets
        // nobody write to it, but for its superuser; on file systems without such rights, all
        let _ = self.file.set_permissions(Permissions::from_mode(0o400));
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.target)?;
            self.beside = None;
        }
        Ok(())
    }
}

impl Drop for BlockWriter {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // nothing can be done about it
            let _ = fs::remove_file(beside);
        }
    }
}

/// Removes what runs that were killed left behind.
fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let of_run = name.to_str().and_then(|name| {
            let rest = name.strip_suffix(".new")?;
            let process = rest.rsplit('.').next()?.parse().ok()?;
            Pid::from_raw(process)
        });
        if of_run.is_some_and(|process| test_kill_process(process).is_err()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file of blocks, open for reading.
#[derive(Debug)]
pub struct Blocks {
    file: File,
    places: Vec<Place>,
    /// All of it, from when a plain block is first asked for; nothing where it cannot be mapped.
    mapped: OnceLock<Option<Bytes>>,
    /// Whether it may be mapped.
    is_near: bool,
}

impl Blocks {
    /// Opens a file that the same `build` wrote; `None` for any other, or for none.
    #[must_use]
    pub fn open(path: &Path, build: &str) -> Option<Self> {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let end = length.checked_sub(FOOTER as u64)?;
        let mut footer = [0; FOOTER];
        file.read_exact_at(&mut footer, end).ok()?;
        let ([offset, size, check, magic], []) = footer.as_chunks::<8>() else {
            return None;
        };
        let (offset, size) = (u64::from_le_bytes(*offset), u64::from_le_bytes(*size));
        if *magic != MAGIC || offset.checked_add(size)? != end {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(size).ok()?];
        file.read_exact_at(&mut bytes, offset).ok()?;
        if XxHash3_64::oneshot(&bytes) != u64::from_le_bytes(*check) {
            return None;
        }
        let directory = Directory::of_bytes(&bytes)?;
        let within = |place: &Place| {
            let packed_end = place.offset.checked_add(place.packed);
            packed_end.is_some_and(|packed_end| packed_end <= offset)
        };
        let sound = directory.build == build && directory.places.iter().all(within);
        sound.then_some(Self {
            file,
            places: directory.places,
            mapped: OnceLock::new(),
            is_near: !is_remote(path),
        })
    }

    /// The numbers of the blocks of a kind, in the order in which they were added.
    pub fn of_kind(&self, kind: u8) -> impl Iterator<Item = usize> + Clone {
        let places = self.places.iter().enumerate();
        places.filter_map(move |(number, place)| (place.kind == kind).then_some(number))
    }

    /// Whether a block was added to be read in place.
    #[must_use]
    pub fn is_plain(&self, number: usize) -> bool {
        self.places.get(number).is_some_and(|place| place.is_plain)
    }

    /// A block; `None` when it is damaged or there is none.
    #[must_use]
    pub fn read(&self, number: usize) -> Option<Vec<u8>> {
        self.unpacked(number, None)
    }

    /// A block that was packed with a dictionary.
    #[must_use]
    pub fn read_like(&self, number: usize, like: &Dictionary) -> Option<Vec<u8>> {
        self.unpacked(number, Some(like))
    }

    fn unpacked(&self, number: usize, like: Option<&Dictionary>) -> Option<Vec<u8>> {
        let place = self.places.get(number)?;
        let packed = self.stored(place)?;
        if place.is_plain {
            return Some(packed);
        }
        let size = usize::try_from(place.unpacked).ok()?;
        unpack(&packed, size, like)
    }

    /// The bytes of a block in the file, where they are as they were written.
    fn stored(&self, place: &Place) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(place.packed).ok()?];
        self.file.read_exact_at(&mut bytes, place.offset).ok()?;
        (XxHash3_64::oneshot(&bytes) == place.check).then_some(bytes)
    }

    /// Where the bytes of a block are in the file.
    #[cfg(test)]
    pub(crate) fn place(&self, number: usize) -> Option<std::ops::Range<usize>> {
        let place = self.places.get(number)?;
        let start = usize::try_from(place.offset).ok()?;
        Some(start..start + usize::try_from(place.packed).ok()?)
    }

    /// Bytes of a block once it is unpacked; 0 for none.
    #[must_use]
    pub fn size(&self, number: usize) -> usize {
        let size = self.places.get(number).map_or(0, |place| place.unpacked);
        usize::try_from(size).unwrap_or(usize::MAX)
    }

    /// A block at an address that numbers may have: in place where it is plain, and then not
    /// checked; `None` when it is packed and damaged, or there is none.
    #[must_use]
    pub fn bytes(&self, number: usize) -> Option<Bytes> {
        let place = self.places.get(number)?;
        if !place.is_plain {
            return self.read(number).map(|block| aligned(&block));
        }
        let map = || map(&self.file).ok().filter(|_| self.is_near);
        let Some(mapped) = self.mapped.get_or_init(map) else {
            return self.read(number).map(|block| aligned(&block));
        };
        let start = usize::try_from(place.offset).ok()?;
        let end = start.checked_add(usize::try_from(place.packed).ok()?)?;
        (end <= mapped.len()).then(|| mapped.slice(start..end))
    }

    /// A part of a block that is plain, read by itself and not checked; `None` when there is none.
    #[must_use]
    pub fn part(&self, number: usize, part: Range<u64>) -> Option<Vec<u8>> {
        let place = self.places.get(number).filter(|place| place.is_plain)?;
        let len = part.end.checked_sub(part.start)?;
        if part.end > place.packed {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(len).ok()?];
        let at = place.offset.checked_add(part.start)?;
        self.file.read_exact_at(&mut bytes, at).ok()?;
        Some(bytes)
    }

    /// All blocks of a kind; `None` when one is damaged.
    #[must_use]
    pub fn read_all(&self, kind: u8) -> Option<Vec<Vec<u8>>> {
        self.of_kind(kind).map(|number| self.read(number)).collect()
    }

    /// Whether every block is as it was written.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let mut piece = Piece {
            bytes: vec![0; PIECE],
            offset: 0,
            len: 0,
        };
        let mut places = self.places.iter();
        places.all(|place| self.check(place, &mut piece) == Some(place.check))
    }

    /// The XXH3 of a block's bytes in the file, read by way of `piece`.
    fn check(&self, place: &Place, piece: &mut Piece) -> Option<u64> {
        let mut hasher = XxHash3_64::new();
        let (mut at, mut left) = (place.offset, place.packed);
        while left > 0 {
            let len = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
            hasher.write(piece.get(&self.file, at, len)?);
            at += len as u64;
            left -= len as u64;
        }
        Some(hasher.finish())
    }
}

/// A piece of a file: small blocks that follow each other are read together.
struct Piece {
    bytes: Vec<u8>,
    /// Where it begins in the file.
    offset: u64,
    /// Bytes of it that the file has.
    len: usize,
}

impl Piece {
    /// Some bytes of the file, [`PIECE`] at most; `None` where it has fewer.
    fn get(&mut self, file: &File, at: u64, len: usize) -> Option<&[u8]> {
        let start = at.checked_sub(self.offset);
        let mut start = start.and_then(|start| usize::try_from(start).ok());
        if start.is_none_or(|start| start.saturating_add(len) > self.len) {
            (self.offset, self.len, start) = (at, 0, Some(0));
            while self.len < self.bytes.len() {
                let rest = self.bytes.get_mut(self.len..)?;
                match file.read_at(rest, at + self.len as u64) {
                    Ok(0) => break,
                    Ok(read) => self.len += read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => return None,
                }
            }
            // whoever waits for rows comes first
            thread::yield_now();
        }
        let start = start?;
        let here = self.bytes.get(..self.len)?;
        here.get(start..start.checked_add(len)?)
    }
}
