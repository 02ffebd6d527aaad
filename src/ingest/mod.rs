//! Bytes → [`RawDocument`]: which files there are, what encoding and
//! format they have. Knows nothing of annotation, threads or screens.
//!
//! [`discover`] lists what there is to read, [`read_input`] reads one of them and hands its
//! documents out one by one. Nothing is ever written, and nothing is skipped in silence: what
//! cannot be read comes out as [`Unreadable`] with a reason.

pub mod sample;

use std::path::PathBuf;

use crate::corpus::{RawDocument, Unreadable};

mod compressed;
mod day;
mod discover;
pub mod encoding;
mod format;
mod front_matter;
mod json;
mod jsonl;
mod markdown;
mod plain;
mod read;
mod record;

pub use discover::{Discovery, discover};
pub use format::Format;
pub use read::{Input, read_from, read_input};

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
    /// A line that khabar annotated before.
    Annotated(Box<AnnotatedLine>),
    /// Something that could not be read.
    Unreadable(Unreadable),
}

/// A line of JSON that says that khabar annotated it; by which rules and whether it is sound is
/// for others to judge.
#[derive(Clone, Debug)]
pub struct AnnotatedLine {
    /// Where it stands: `news.jsonl:17`.
    pub path: String,
    /// The line, without its end.
    pub text: String,
    /// The id for a record without one.
    id: String,
}

impl AnnotatedLine {
    /// The line read as any record, without its annotations.
    #[must_use]
    pub fn as_record(self) -> Outcome {
        jsonl::ordinary(self)
    }
}

impl Outcome {
    fn unreadable(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Unreadable(Unreadable {
            path: path.into(),
            reason: reason.into(),
        })
    }
}

/// Takes what an input gives, as it comes.
pub type Sink<'s> = &'s mut dyn FnMut(Outcome);
