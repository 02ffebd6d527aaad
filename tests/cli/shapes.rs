//! The promised JSON shapes, written down a second time and read strictly: a field that is
//! renamed, missing or new breaks a test.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A field that may be null but not missing.
fn present<'d, D: Deserializer<'d>, T: Deserialize<'d>>(source: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(source)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) path: String,
    #[serde(deserialize_with = "present")]
    pub(crate) language: Option<String>,
    pub(crate) title: String,
    #[serde(deserialize_with = "present")]
    pub(crate) day: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) basis: Option<String>,
    pub(crate) source: String,
    pub(crate) chars: usize,
    pub(crate) notes: Vec<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) decision: Option<String>,
    pub(crate) read: bool,
    pub(crate) tags: Vec<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) duplicates_of: Option<String>,
    pub(crate) copies: usize,
    #[serde(deserialize_with = "present")]
    pub(crate) changed_from: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recorded {
    pub(crate) change: String,
    pub(crate) author: String,
    pub(crate) documents: usize,
    pub(crate) said: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Imported {
    #[serde(rename = "imported")]
    pub(crate) new: usize,
    pub(crate) known: usize,
    pub(crate) misread: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Misread {
    pub(crate) line: usize,
    pub(crate) problem: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) path: String,
    #[serde(deserialize_with = "present")]
    pub(crate) language: Option<String>,
    pub(crate) encoding: String,
    #[serde(deserialize_with = "present")]
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    pub(crate) sha256: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Annotated {
    pub(crate) id: String,
    pub(crate) path: String,
    #[serde(deserialize_with = "present")]
    pub(crate) language: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) title: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) dct: Option<DocumentDay>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) timexes: Vec<Timex>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentDay {
    #[serde(deserialize_with = "present")]
    pub(crate) day: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) earliest: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) latest: Option<String>,
    pub(crate) confidence: f64,
    pub(crate) known: String,
    pub(crate) candidates: Vec<CandidateDay>,
    pub(crate) basis: Vec<Clue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CandidateDay {
    pub(crate) day: String,
    pub(crate) confidence: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clue {
    pub(crate) rule: String,
    pub(crate) text: String,
    #[serde(deserialize_with = "present")]
    pub(crate) start: Option<usize>,
    #[serde(deserialize_with = "present")]
    pub(crate) end: Option<usize>,
    pub(crate) weight: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mention {
    pub(crate) field: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) entity: String,
    pub(crate) confidence: f64,
    pub(crate) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Timex {
    pub(crate) field: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) value: String,
    #[serde(deserialize_with = "present")]
    pub(crate) day: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) earliest: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) latest: Option<String>,
    pub(crate) basis: String,
    pub(crate) confidence: f64,
    pub(crate) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    pub(crate) key: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) documents: u32,
    pub(crate) mentions: u32,
    #[serde(deserialize_with = "present")]
    pub(crate) first: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) last: Option<String>,
    pub(crate) spellings: BTreeMap<String, BTreeMap<String, u32>>,
    pub(crate) reasons: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) candidates: Vec<Candidate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Candidate {
    pub(crate) key: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) confidence: f64,
    pub(crate) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bucket {
    pub(crate) kind: String,
    #[serde(deserialize_with = "present")]
    pub(crate) from: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) to: Option<String>,
    pub(crate) articles: u32,
    pub(crate) mentions: u32,
    #[serde(deserialize_with = "present")]
    pub(crate) languages: Option<Languages>,
    #[serde(deserialize_with = "present")]
    pub(crate) basis: Option<String>,
    pub(crate) intervals: Vec<String>,
    #[serde(deserialize_with = "present")]
    pub(crate) lead: Option<Lead>,
    pub(crate) sentences: Vec<Sentence>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentence {
    pub(crate) id: String,
    pub(crate) path: String,
    #[serde(deserialize_with = "present")]
    pub(crate) language: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) bytes: [usize; 2],
    pub(crate) text: String,
    pub(crate) names: Vec<String>,
    pub(crate) alike: Vec<String>,
    pub(crate) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Languages {
    pub(crate) en: u32,
    pub(crate) de: u32,
    pub(crate) ar: u32,
    pub(crate) other: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lead {
    pub(crate) id: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// Reads every line strictly.
pub(crate) fn read<T: DeserializeOwned>(lines: &str) -> Vec<T> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}
