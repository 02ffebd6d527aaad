//! Bytes → [`RawDocument`](crate::corpus::RawDocument): which files there are, what encoding and
//! format they have. Knows nothing of annotation, threads or screens.

pub mod sample;

use std::path::PathBuf;

use crate::corpus::{RawDocument, Unreadable};

/// Where documents come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file or a folder, as the user named it.
    Path(PathBuf),
    /// Bytes already in memory, with the name to show for them: standard input, the sample.
    Bytes {
        /// Name to show.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

/// What reading one input gave.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A document.
    Document(Box<RawDocument>),
    /// Something that could not be read.
    Unreadable(Unreadable),
}
