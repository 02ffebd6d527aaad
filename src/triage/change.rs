//! One change: who did what to which documents, and when.

use std::fmt;
use std::sync::Arc;

use crate::corpus::{Field, Span};
use crate::triage::key::{DocumentKey, bytes_of, write_hex};

/// The version of the lines that are written. Lines of a later one are kept and not used.
pub const VERSION: u32 = 1;

/// What a change is known by: the first 16 bytes of the SHA-256 of its line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChangeId(pub [u8; 16]);

impl ChangeId {
    /// Reads 32 hexadecimal digits.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        bytes_of(hex).map(Self)
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, self.0.get(..4).unwrap_or_default())
    }
}

/// A mark that a document has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It matters.
    Keep,
    /// It does not.
    Dismiss,
    /// Neither, after all.
    Undecide,
    /// It was read.
    Read,
    /// It was not read.
    Unread,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Keep,
        Self::Dismiss,
        Self::Undecide,
        Self::Read,
        Self::Unread,
    ];

    /// Its name in the journal and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Dismiss => "dismiss",
            Self::Undecide => "undecide",
            Self::Read => "read",
            Self::Unread => "unread",
        }
    }

    /// The mark of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// A passage that a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Title or body.
    pub field: Field,
    /// Its **byte** offsets in that field as decoded.
    pub span: Span,
    /// What stands there, so that the note still says what it is about when the text is gone.
    pub quote: String,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Documents were marked.
    Mark {
        /// How.
        mark: Mark,
        /// Which.
        documents: Vec<DocumentKey>,
        /// Whether it came about by itself, such as by reading to the end: no step of undo.
        auto: bool,
    },
    /// Documents got or lost a tag.
    Tag {
        /// The tag.
        tag: String,
        /// Whether they got it.
        add: bool,
        /// Which.
        documents: Vec<DocumentKey>,
    },
    /// A note was written; the change's id is the note's.
    Note {
        /// On which document.
        document: DocumentKey,
        /// On which passage of it; `None` for the whole.
        passage: Option<Passage>,
        /// The note. An empty one only takes away what it replaces.
        text: String,
        /// The note that it is a new wording of.
        replaces: Option<ChangeId>,
    },
    /// A note as far as it is typed. An empty one says that nothing is being typed.
    Draft {
        /// On which document.
        document: DocumentKey,
        /// On which passage of it.
        passage: Option<Passage>,
        /// What was typed.
        text: String,
        /// The note that is being worded anew.
        replaces: Option<ChangeId>,
    },
    /// A view got a query, or was given up. Views lie in a file of their own; a line that says
    /// this is handed on, and means nothing any more.
    View {
        /// Its name.
        name: String,
        /// Its query; `None` when it was given up.
        query: Option<String>,
    },
    /// A session ended: how the corpus differed from what earlier sessions of this author had seen.
    Session {
        /// Documents that came, each with its path.
        came: Vec<(DocumentKey, String)>,
        /// Documents that were gone.
        gone: Vec<DocumentKey>,
    },
    /// Something was set right elsewhere, such as in the file of names. Opaque here.
    Correction {
        /// What it was, for people.
        said: String,
        /// What undoes it.
        undo: String,
        /// What does it again.
        redo: String,
    },
    /// A change was taken back.
    Undo {
        /// Which.
        of: ChangeId,
    },
    /// A change that was taken back holds again.
    Redo {
        /// Which.
        of: ChangeId,
    },
}

impl Op {
    /// The documents that it is about.
    #[must_use]
    pub fn documents(&self) -> &[DocumentKey] {
        match self {
            Self::Mark { documents, .. } | Self::Tag { documents, .. } => documents,
            Self::Note { document, .. } => std::slice::from_ref(document),
            _ => &[],
        }
    }

    /// Whether undo goes back over it.
    #[must_use]
    pub fn is_step(&self) -> bool {
        match self {
            Self::Mark { auto, .. } => !auto,
            Self::Tag { .. } | Self::Note { .. } | Self::Correction { .. } => true,
            Self::Draft { .. }
            | Self::View { .. }
            | Self::Session { .. }
            | Self::Undo { .. }
            | Self::Redo { .. } => false,
        }
    }

    /// What it is, for a sentence such as `undone: …`; says how many documents, not which.
    #[must_use]
    pub fn description(&self) -> String {
        let all = |documents: &[DocumentKey]| match documents.len() {
            1 => "1 article".to_owned(),
            n => format!("{n} articles"),
        };
        match self {
            Self::Mark {
                mark, documents, ..
            } => format!("{} of {}", mark.name(), all(documents)),
            Self::Tag {
                tag,
                add,
                documents,
            } => {
                let verb = if *add { "tag" } else { "untag" };
                format!("{verb} “{tag}” of {}", all(documents))
            }
            Self::Note {
                passage,
                text,
                replaces,
                ..
            } => {
                let place = if passage.is_some() {
                    "a passage"
                } else {
                    "an article"
                };
                let what = match (text.is_empty(), replaces) {
                    (true, _) => "removal of the note",
                    (false, Some(_)) => "rewording of the note",
                    (false, None) => "note",
                };
                format!("{what} on {place}")
            }
            Self::View {
                name,
                query: Some(_),
            } => format!("view “{name}”"),
            Self::View { name, query: None } => format!("removal of the view “{name}”"),
            Self::Correction { said, .. } => said.clone(),
            Self::Draft { .. } => "draft".to_owned(),
            Self::Session { .. } => "session".to_owned(),
            Self::Undo { .. } => "undo".to_owned(),
            Self::Redo { .. } => "redo".to_owned(),
        }
    }
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When, in milliseconds since 1970 UTC; never before a change that its author had seen.
    pub time: i64,
    /// Who.
    pub author: Arc<str>,
    /// What it is known by.
    pub id: ChangeId,
    /// What was done.
    pub op: Op,
}

impl Change {
    /// The order in which changes take effect.
    #[must_use]
    pub fn order(&self) -> (i64, ChangeId) {
        (self.time, self.id)
    }
}
