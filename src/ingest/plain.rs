//! Plain text: one document a file.

use std::io::BufRead;

use sha2::{Digest, Sha256};

use crate::corpus::{Metadata, RawDocument};
use crate::ingest::encoding::{self, Decoded};
use crate::ingest::format::{Failure, Origin, Reader, read_whole};
use crate::ingest::{Outcome, Sink};

/// Reads `.txt`.
pub(super) struct PlainText;

impl Reader for PlainText {
    fn read(
        &self,
        origin: Origin<'_>,
        source: &mut dyn BufRead,
        sink: Sink<'_>,
    ) -> Result<(), Failure> {
        sink(Outcome::Document(Box::new(document(origin, source)?)));
        Ok(())
    }
}

/// The file as one document without metadata.
///
/// # Errors
/// When the file cannot be read, is empty or too large.
pub(super) fn document(
    origin: Origin<'_>,
    source: &mut dyn BufRead,
) -> Result<RawDocument, Failure> {
    let bytes = read_whole(source)?;
    let sha256 = Sha256::digest(&bytes).into();
    let Decoded {
        text,
        encoding,
        notes,
    } = encoding::decode(bytes);
    if text.trim().is_empty() {
        return Err(Failure::Blank);
    }
    Ok(RawDocument {
        id: origin.stem.to_owned(),
        path: origin.path.to_owned(),
        title: None,
        text,
        encoding,
        notes,
        metadata: Metadata::default(),
        sha256,
    })
}
