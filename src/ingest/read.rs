//! One input → its documents.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::ingest::compressed::{self, Unpacked};
use crate::ingest::format::{self, Failure, Format, Origin};
use crate::ingest::{Outcome, Sink};

/// Bytes read from a file at a time.
const STEP: usize = 256 * 1024;

/// Something to read, found by [`discover`](crate::ingest::discover).
#[derive(Clone, Debug)]
pub struct Input {
    shown: String,
    content: Content,
    /// `None` where only the content can tell.
    format: Option<Format>,
    packed: bool,
}

/// Where the bytes of an input are.
#[derive(Clone, Debug)]
pub(super) enum Content {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

impl Input {
    pub(super) fn new(
        shown: String,
        content: Content,
        format: Option<Format>,
        packed: bool,
    ) -> Self {
        Self {
            shown,
            content,
            format,
            packed,
        }
    }

    /// The path to show: as the user named the file, or relative to the folder.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.shown
    }

    /// The file to open, `None` for bytes in memory.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.content {
            Content::File(path) => Some(path),
            Content::Bytes(_) => None,
        }
    }

    /// The format that the name announces, `None` where only the content can tell.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// File name without its extensions (of those that khabar knows).
    fn stem(&self) -> String {
        let mut path = Path::new(&self.shown).to_path_buf();
        if self.packed {
            path.set_extension("");
        }
        if self.format.is_some() {
            path.set_extension("");
        }
        path.file_name()
            .map_or_else(|| self.shown.clone(), |s| s.to_string_lossy().into_owned())
    }
}

/// Reads one input and hands out its documents, and what could not be read, as they come.
///
/// JSON Lines are read line by line, so that a file of any size takes the memory of its longest
/// line; every other format is read whole.
pub fn read_input(input: &Input, sink: Sink<'_>) {
    let stem = input.stem();
    let origin = Origin {
        path: &input.shown,
        stem: &stem,
    };
    if let Err(failure) = open_and_read(input, origin, sink) {
        sink(Outcome::unreadable(&*input.shown, failure.to_string()));
    }
}

/// Reads an input from a stream instead of from where it is: standard input, as it comes.
pub fn read_from(input: &Input, stream: &mut dyn Read, sink: Sink<'_>) {
    let stem = input.stem();
    let origin = Origin {
        path: &input.shown,
        stem: &stem,
    };
    let outcome = beginning(stream).map_err(Failure::from).and_then(|start| {
        let rest = BufReader::with_capacity(STEP, stream);
        unpack_and_read(input, origin, &mut io::Cursor::new(start).chain(rest), sink)
    });
    if let Err(failure) = outcome {
        sink(Outcome::unreadable(&*input.shown, failure.to_string()));
    }
}

/// The first line of a stream that holds more than white space, and what came with it: a pipe may
/// give its first bytes one by one, and its format shows in no less than a line.
fn beginning(stream: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut start = vec![0; STEP];
    let mut length = 0;
    while let Some(free) = start.get_mut(length..).filter(|free| !free.is_empty()) {
        let count = match stream.read(free) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        length += count;
        let text = start.get(..length).unwrap_or(&[]).trim_ascii_start();
        if count == 0 || text.contains(&b'\n') {
            break;
        }
    }
    start.truncate(length);
    Ok(start)
}

fn open_and_read(input: &Input, origin: Origin<'_>, sink: Sink<'_>) -> Result<(), Failure> {
    match &input.content {
        Content::Bytes(bytes) => unpack_and_read(input, origin, &mut &**bytes, sink),
        Content::File(path) => {
            let file = File::open(path)?;
            let size = file.metadata().map_or(0, |metadata| metadata.len());
            // a buffer of the file's size for small files: most corpora are thousands of those
            let step = usize::try_from(size).map_or(STEP, |size| size.clamp(512, STEP));
            unpack_and_read(
                input,
                origin,
                &mut BufReader::with_capacity(step, file),
                sink,
            )
        }
    }
}

fn unpack_and_read(
    input: &Input,
    origin: Origin<'_>,
    mut source: &mut dyn BufRead,
    sink: Sink<'_>,
) -> Result<(), Failure> {
    let unnamed = input.format.is_none() && source.fill_buf()?.starts_with(compressed::MAGIC);
    if input.packed || unnamed {
        let mut unpacked = BufReader::with_capacity(STEP, Unpacked::new(&mut source));
        choose_and_read(input.format, origin, &mut unpacked, sink)
    } else {
        choose_and_read(input.format, origin, source, sink)
    }
}

fn choose_and_read(
    named: Option<Format>,
    origin: Origin<'_>,
    source: &mut dyn BufRead,
    sink: Sink<'_>,
) -> Result<(), Failure> {
    let start = source.fill_buf()?;
    if start.is_empty() {
        return Err(Failure::Empty);
    }
    let format = match named {
        None => format::by_content(start)?,
        Some(format) => match format::binary(start) {
            Some(kind) => return Err(Failure::Binary(kind)),
            None => format,
        },
    };
    format.reader().read(origin, source, sink)
}

/// A failure of the operating system in one sentence.
pub(super) fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "There is no such file or folder.".to_owned(),
        io::ErrorKind::PermissionDenied => "Permission denied.".to_owned(),
        io::ErrorKind::InvalidData => format!("{error}."),
        _ => format!("Reading failed: {error}."),
    }
}

#[cfg(test)]
mod tests;
