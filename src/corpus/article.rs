//! A document as read, and the article that annotation makes of it.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::annotation::{DocumentDay, Mention, Timex};
use crate::corpus::entities::EntityId;

/// Number of an article in one [`Corpus`](crate::corpus::Corpus): dense, from 0, in load order.
/// It stays valid in every later snapshot of the same load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleId(pub u32);

impl ArticleId {
    /// The id as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of **byte** offsets into one field of a document, end exclusive, both ends on
/// character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    ///
    /// # Panics
    /// Never for documents that ingest lets through: they are smaller than 4 GiB.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The span as a range of byte offsets.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text that the span covers, or "" when it does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether two spans share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The part of a document that an offset counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The title that the record itself carries.
    Title,
    /// The body.
    Text,
}

/// Language of a document, as far as annotation cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// Arabic.
    Arabic,
    /// None of the three, or too little text to say.
    Other,
}

impl Language {
    /// ISO 639-1 code, `--` where the language is unknown.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Arabic => "ar",
            Self::Other => "--",
        }
    }

    /// The language of a code such as `de`, `de-AT` or `deu`; `None` for codes of other languages.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code
            .split(['-', '_'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        match primary.as_str() {
            "en" | "eng" | "english" => Some(Self::English),
            "de" | "deu" | "ger" | "german" | "deutsch" => Some(Self::German),
            "ar" | "ara" | "arabic" => Some(Self::Arabic),
            _ => None,
        }
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::Arabic
    }
}

/// A day that metadata states for a document, before any inference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedDay {
    /// The calendar day as written there (no time zone shift).
    pub day: NaiveDate,
    /// Where it stood, for the reason shown to the user: `date_publish`, `front matter: date`, …
    pub origin: String,
}

/// What a record says about itself beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Publication day.
    pub published: Option<StatedDay>,
    /// Day of crawling or indexing: an upper bound of publication, never the day itself.
    pub retrieved: Option<StatedDay>,
    /// Outlet or site.
    pub source: Option<String>,
    /// Address of the original.
    pub url: Option<String>,
    /// Authors, joined with ", ".
    pub author: Option<String>,
    /// Language code as given.
    pub language: Option<String>,
}

/// One document as decoded, before anything is derived from it. Its text is never altered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawDocument {
    /// The record's own id where it has one, else the file name without its extension, with the
    /// line (`news:17`) or the place in the list (`news#3`) for one of several records.
    pub id: String,
    /// The file as the user named it or as found below a named folder; records of a
    /// JSON Lines file carry their line: `news.jsonl:17`; those of a list in a JSON file their
    /// place, from 1: `news.json#3`.
    pub path: String,
    /// The record's own title, as decoded.
    pub title: Option<String>,
    /// The body, as decoded.
    pub text: String,
    /// WHATWG name of the encoding that was decoded, `UTF-8` for most.
    pub encoding: &'static str,
    /// What intake had to do or doubts, one sentence each; empty for a clean document.
    pub notes: Vec<String>,
    /// What the record says about itself.
    pub metadata: Metadata,
    /// SHA-256 of the source bytes: of the file, or of the record's line.
    pub sha256: [u8; 32],
}

/// What could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, with the line where there is one.
    pub path: String,
    /// What was wrong and what to do, in one sentence.
    pub reason: String,
}

/// The line that stands for an article in lists. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// What to show: one line, white space collapsed.
    pub text: String,
    /// Where in the body it was taken from (byte offsets), when the record has no title.
    pub derived_from: Option<Span>,
}

/// A document with everything derived from it.
#[derive(Clone, Debug)]
pub struct Article {
    /// The document as read.
    pub raw: Arc<RawDocument>,
    /// What lists show.
    pub title: Title,
    /// Language of the body.
    pub language: Language,
    /// The document's own day, `None` when nothing says anything about it.
    pub day: Option<DocumentDay>,
    /// Names, sorted by field and start, not overlapping within one field.
    pub mentions: Arc<[Mention]>,
    /// Expressions of time, sorted by field and start.
    pub timexes: Vec<Timex>,
    /// The distinct entities of `mentions`, sorted; filled in by the corpus.
    pub entities: Vec<EntityId>,
}

impl Article {
    /// The text of a field ("" for a title that the record does not have).
    #[must_use]
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => self.raw.title.as_deref().unwrap_or(""),
            Field::Text => &self.raw.text,
        }
    }

    /// The article's single day, when it has one.
    #[must_use]
    pub fn published(&self) -> Option<NaiveDate> {
        self.day.as_ref().and_then(|day| day.day)
    }

    /// Where the article comes from: the record's source, else the host of its address, else "".
    #[must_use]
    pub fn source(&self) -> &str {
        if let Some(source) = self.raw.metadata.source.as_deref() {
            return source;
        }
        let url = self.raw.metadata.url.as_deref().unwrap_or("");
        let host = url.split_once("://").map_or("", |(_, rest)| rest);
        host.split(['/', '?', '#']).next().unwrap_or("")
    }
}
