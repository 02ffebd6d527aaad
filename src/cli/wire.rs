//! The promised shapes: what each command prints as JSON Lines, one object a line, in UTF-8.
//!
//! Types of their own, so that nothing inside khabar can change them by accident; fields may be
//! added, never renamed or given another meaning. A field is always there; what is not known is
//! `null`. Days are ISO 8601 (`2016-11-03`), confidences and weights have three digits.
//! **Offsets count Unicode code points** from 0, end exclusive, in the field as decoded: in
//! Python, `text[start:end]`. Characters that could steer a terminal stand as `\u` escapes.
//!
//! `khabar list`, articles in the order asked for ([`Listed`]):
//! ```json
//! {"id":"000","path":"000.txt","language":"de","title":"Schlacht um Aleppo","day":"2016-11-03",
//!  "basis":"inferred","source":"","chars":3411,"notes":[],"duplicates_of":null,"copies":1,
//!  "changed_from":null,"decision":"kept","read":true,"tags":["minyan"]}
//! ```
//! `title` is what the explorer shows: the record's own, else one taken from the text. `basis` says
//! how the day is known: `stated`, `set` (by `--dct`), `inferred`, or `candidates` (several remain
//! and `day` is null); null where nothing is known. `notes` are what intake doubts. `duplicates_of` is
//! the id of the article that this one repeats, `copies` how many repeat this one: in the whole
//! corpus, whatever the filter. `changed_from` is the SHA-256 of what stood in its place when the
//! explorer was last closed, if that was another document. `decision` is `kept`, `dismissed` or null.
//!
//! `khabar duplicates`, clusters in the order of their first articles ([`Repeated`]):
//! ```json
//! {"id":"000","path":"000.txt","title":"Schlacht um Aleppo","day":"2016-11-03",
//!  "copies":[{"id":"007","path":"007.txt","title":"Schlacht um Aleppo","day":null,
//!             "resemblance":0.93,"containment":0.98,"why":"93 % of the wording in common; …"}]}
//! ```
//! The first article stands for the others. `resemblance` is the share of all groups of four words
//! of both texts that stand in both, `containment` the share of the shorter text's groups that stand
//! in the longer one. A cluster is printed when any of its articles matches the filter.
//!
//! `khabar verify`, citations in the order of the brief ([`Cited`]):
//! ```json
//! {"line":12,"file":"000.txt","place":"¶7","holds":false,"why":"the file has changed (…); …"}
//! ```
//! `line` is the brief's, `place` is `title`, `¶` and the number of a paragraph, or "" for a source
//! as a whole; `why` is null for what holds under the name that the brief gives.
//!
//! `khabar export --format jsonl` is described in `src/export/jsonl.rs`.
//!
//! `khabar mark`, `tag` and `note`, one line ([`Recorded`]): the id of the change in the journal, who
//! made it, and on how many documents.
//! ```json
//! {"change":"3f…","author":"amal@desk","documents":6,"said":"keep of 6 articles"}
//! ```
//! `khabar journal export` prints the journal's own lines, sorted by time; `import` one line
//! ([`Imported`]), `check` one line for each that is wrong ([`Misread`]):
//! ```json
//! {"imported":12,"known":3,"misread":0}
//! {"line":4,"problem":"its id is not that of its content: …"}
//! ```
//!
//! `khabar show`, documents as decoded ([`Shown`]):
//! ```json
//! {"id":"000","path":"000.txt","language":"de","encoding":"windows-1252","title":null,
//!  "text":"…","sha256":"77a0…"}
//! ```
//! `title` is the record's own or null; `sha256` is of the file, or of the record's line.
//!
//! `khabar annotate` ([`Annotated`]):
//! ```json
//! {"id":"000","path":"000.txt","language":"de","title":null,
//!  "dct":{"day":"2016-11-03","earliest":"2016-11-03","latest":"2016-11-04","confidence":0.71,
//!         "known":"inferred","candidates":[{"day":"2016-11-03","confidence":0.71}],
//!         "basis":[{"rule":"weekday","text":"am Donnerstag","start":12,"end":25,"weight":0.6}]},
//!  "mentions":[{"field":"text","start":40,"end":46,"text":"Aleppo","type":"PLACE",
//!               "entity":"Aleppo","confidence":0.98,"why":"knowledge base: Aleppo"}],
//!  "timexes":[{"field":"text","start":12,"end":25,"text":"am Donnerstag","type":"DATE",
//!              "value":"2016-11-03","day":"2016-11-03","earliest":"2016-11-03",
//!              "latest":"2016-11-03","basis":"inferred","confidence":0.7,"why":"weekday before the article's day"}]}
//! ```
//! `dct` is the document's own day (`TimeML`'s document creation time) or null; `known` says how:
//! `stated`, `set`, `inferred` or `candidates`; `candidates` are likeliest first. Its `basis` are the
//! clues, heaviest first, and a clue that rests on no words of the text has null offsets. `field`
//! is `text` or `title` (the record's own). `day` of a timex is null unless it is one day; `basis`
//! is `stated`, `resolved` (from a day that is stated or set), `inferred` or `candidate`. With
//! `--inferred off` all is as if inferred days were unknown.
//!
//! `khabar annotate --per-document` prints the document as decoded with everything that was found in
//! it, for khabar to open: [`Record`](crate::annotate::kept::Record). Its `khabar` says by which
//! rules; another build annotates the document anew. Its offsets, named `bytes`, count bytes.
//!
//! `khabar entities`, by type, then by documents ([`Counted`]):
//! ```json
//! {"key":"Jabhat Fatah al-Sham","type":"GROUP","documents":4,"mentions":9,
//!  "first":"2016-07-28","last":"2016-11-04",
//!  "spellings":{"en":{"Jabhat Fatah al-Sham":5},"ar":{"جبهة فتح الشام":4}},
//!  "reasons":{"en":{"Jabhat Fatah al-Sham":"knowledge base: Jabhat Fatah al-Sham"},
//!             "ar":{"جبهة فتح الشام":"knowledge base: جبهة فتح الشام"}},
//!  "candidates":[{"key":"Fateh Sham","type":"GROUP","confidence":0.62,
//!                 "why":"perhaps: Fateh Sham spelling of Fatah al-Sham"}]}
//! ```
//! All counts and days are of the articles that match the filter; spellings stand most frequent
//! first. `first` and `last` are own days of articles, null where none has one. `reasons` say for
//! each spelling how it was found and, behind `; `, why it was linked, the most frequent of several.
//! `candidates` are entities of the whole corpus that may be the same, surest first, and are kept
//! apart. `other` is the language of documents that are none of `en`, `de`, `ar`.
//!
//! `khabar timeline`, in the order of time ([`Bucket`]):
//! ```json
//! {"kind":"days","from":"2016-11-03","to":"2016-11-03","articles":2,"mentions":7,
//!  "languages":{"en":1,"de":0,"ar":1,"other":0},"basis":"inferred",
//!  "intervals":["2016-11-01/2016-11-30"],
//!  "lead":{"id":"003","start":0,"end":71,"text":"Rebels announced …"},
//!  "sentences":[{"id":"003","path":"003.txt","language":"en","start":0,"end":71,"bytes":[0,73],
//!                "text":"Rebels announced …","names":["Aleppo"],"alike":["001"],
//!                "why":"says “Sunday” · names Aleppo · told alike in 1 other document"}]}
//! ```
//! `kind` is `days` for a row of one day (week, month, year), `interval` for a stretch of time that
//! is longer than a row (a month, of which a text speaks, among days; or the days that remain
//! possible for a document), `undated` for the last row: articles without a day, whose `from`,
//! `to`, `languages`, `basis` and `lead` are null; with `--from` or `--to` it is left out. Rows
//! without anything are left out. `intervals` of a row of days are the intervals among the rows
//! that touch it, in ISO 8601. `basis` is the weakest way in which any day of the row is known, as
//! in `annotate`. `sentences` are at most `--sentences N`, best first: `alike` are other documents
//! that tell the same in nearly the same words; `bytes` are the offsets of `start` and `end` in
//! bytes of the text in UTF-8.
//!
//! `khabar search`, hits by document in the order of paths, or the best documents first with
//! `--rank` ([`Found`]):
//! ```json
//! {"id":"000","path":"000.txt","language":"de","title":"Schlacht um Aleppo","day":"2016-11-03",
//!  "field":"text","start":40,"end":46,"bytes":[41,47],"text":"Aleppo","left":"Kämpfe um ",
//!  "right":" dauern an","typed":"halab","reason":"alias","confidence":0.9,"score":3}
//! ```
//! `bytes` are the same place in bytes of the field in UTF-8. `left` and `right` are the words
//! around the hit in the same paragraph. `reason` says why the hit matches what was typed:
//! `exact`, `folded`, `clitic`, `stem`, `alias`, `skeleton`, `compound`, `prefix` or `typo`, and
//! `confidence` how sure that is. `score` ranks the documents of one search and means nothing
//! beyond. A document that matches without showing a place, by its language perhaps, has one line
//! with everything from `field` to `confidence` null. With `--documents` ([`FoundDocument`]):
//! ```json
//! {"id":"000","path":"000.txt","language":"de","title":"Schlacht um Aleppo","day":"2016-11-03",
//!  "hits":3,"score":3}
//! ```
//!
//! `khabar views`, in the order in which they were first saved ([`View`]):
//! ```json
//! {"name":"Aleppo in Arabic","query":"entity:Aleppo lang:ar","documents":12,"sort":"relevance",
//!  "reverse":false}
//! ```
//! `documents` counts the articles of the corpus that is read, within the filter.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

/// A line of `khabar list`.
#[derive(Debug, Serialize)]
pub(super) struct Listed<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) language: Option<&'static str>,
    pub(super) title: &'a str,
    pub(super) day: Option<String>,
    pub(super) basis: Option<&'static str>,
    pub(super) source: &'a str,
    pub(super) chars: usize,
    pub(super) notes: &'a [String],
    pub(super) duplicates_of: Option<&'a str>,
    pub(super) copies: usize,
    /// SHA-256 of what stood under this path at the last visit, if that was another document.
    pub(super) changed_from: Option<String>,
    pub(super) decision: Option<&'static str>,
    pub(super) read: bool,
    pub(super) tags: &'a [String],
}

/// What `khabar mark`, `tag` and `note` print.
#[derive(Debug, Serialize)]
pub(super) struct Recorded<'a> {
    pub(super) change: String,
    pub(super) author: &'a str,
    pub(super) documents: usize,
    pub(super) said: &'a str,
}

/// What `khabar journal import` prints.
#[derive(Debug, Serialize)]
pub(super) struct Imported {
    #[serde(rename = "imported")]
    pub(super) new: usize,
    pub(super) known: usize,
    pub(super) misread: usize,
}

/// A line of `khabar journal check`.
#[derive(Debug, Serialize)]
pub(super) struct Misread<'a> {
    pub(super) line: usize,
    pub(super) problem: &'a str,
}

/// A line of `khabar duplicates`.
#[derive(Debug, Serialize)]
pub(super) struct Repeated<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    pub(super) day: Option<String>,
    pub(super) copies: Vec<Repeating<'a>>,
}

/// An article that repeats another one.
#[derive(Debug, Serialize)]
pub(super) struct Repeating<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    pub(super) day: Option<String>,
    pub(super) resemblance: f32,
    pub(super) containment: f32,
    pub(super) why: String,
}

/// A line of `khabar verify`.
#[derive(Debug, Serialize)]
pub(super) struct Cited<'a> {
    pub(super) line: usize,
    pub(super) file: &'a str,
    pub(super) place: String,
    pub(super) holds: bool,
    pub(super) why: Option<String>,
}

/// A line of `khabar show`.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) language: Option<&'static str>,
    pub(super) encoding: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) text: &'a str,
    pub(super) sha256: String,
}

/// A line of `khabar annotate`.
#[derive(Debug, Serialize)]
pub(super) struct Annotated<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) language: Option<&'static str>,
    pub(super) title: Option<&'a str>,
    pub(super) dct: Option<DocumentDay<'a>>,
    pub(super) mentions: Vec<Mention<'a>>,
    pub(super) timexes: Vec<Timex<'a>>,
}

/// The day of a document.
#[derive(Debug, Serialize)]
pub(super) struct DocumentDay<'a> {
    pub(super) day: Option<String>,
    pub(super) earliest: Option<String>,
    pub(super) latest: Option<String>,
    pub(super) confidence: f32,
    pub(super) known: &'static str,
    pub(super) candidates: Vec<CandidateDay>,
    pub(super) basis: Vec<Clue<'a>>,
}

/// A day that remains possible for a document.
#[derive(Debug, Serialize)]
pub(super) struct CandidateDay {
    pub(super) day: String,
    pub(super) confidence: f32,
}

/// A reason for the day of a document.
#[derive(Debug, Serialize)]
pub(super) struct Clue<'a> {
    pub(super) rule: &'a str,
    pub(super) text: &'a str,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) weight: f32,
}

/// A name in a document.
#[derive(Debug, Serialize)]
pub(super) struct Mention<'a> {
    pub(super) field: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) entity: &'a str,
    pub(super) confidence: f32,
    pub(super) why: &'a str,
}

/// An expression of time in a document.
#[derive(Debug, Serialize)]
pub(super) struct Timex<'a> {
    pub(super) field: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) value: &'a str,
    pub(super) day: Option<String>,
    pub(super) earliest: Option<String>,
    pub(super) latest: Option<String>,
    pub(super) basis: &'static str,
    pub(super) confidence: f32,
    pub(super) why: &'a str,
}

/// A line of `khabar entities`.
#[derive(Debug, Serialize)]
pub(super) struct Counted<'a> {
    pub(super) key: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) documents: u32,
    pub(super) mentions: u32,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    pub(super) spellings: ByLanguage<'a, u32>,
    pub(super) reasons: ByLanguage<'a, &'a str>,
    pub(super) candidates: Vec<Candidate<'a>>,
}

/// An entity that may be the same as another one.
#[derive(Debug, Serialize)]
pub(super) struct Candidate<'a> {
    pub(super) key: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) confidence: f32,
    pub(super) why: &'a str,
}

/// Something about each spelling, by language.
pub(super) type ByLanguage<'a, T> = Pairs<'static, Pairs<'a, T>>;

/// A line of `khabar timeline`.
#[derive(Debug, Serialize)]
pub(super) struct Bucket<'a> {
    pub(super) kind: &'static str,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) articles: u32,
    pub(super) mentions: u32,
    pub(super) languages: Option<Languages>,
    pub(super) basis: Option<&'static str>,
    pub(super) intervals: Vec<String>,
    pub(super) lead: Option<Lead<'a>>,
    pub(super) sentences: Vec<Sentence<'a>>,
}

/// One of the best sentences of a row of the timeline.
#[derive(Debug, Serialize)]
pub(super) struct Sentence<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) language: Option<&'static str>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) bytes: [u32; 2],
    pub(super) text: &'a str,
    pub(super) names: Vec<String>,
    pub(super) alike: Vec<&'a str>,
    pub(super) why: String,
}

/// Articles by language.
#[derive(Debug, Serialize)]
pub(super) struct Languages {
    pub(super) en: u32,
    pub(super) de: u32,
    pub(super) ar: u32,
    pub(super) other: u32,
}

/// The sentence that stands for a row of the timeline.
#[derive(Debug, Serialize)]
pub(super) struct Lead<'a> {
    pub(super) id: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
}

/// A line of `khabar search`.
#[derive(Debug, Serialize)]
pub(super) struct Found<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) language: Option<&'static str>,
    pub(super) title: &'a str,
    pub(super) day: Option<String>,
    pub(super) field: Option<&'static str>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) bytes: Option<[u32; 2]>,
    pub(super) text: Option<&'a str>,
    pub(super) left: Option<&'a str>,
    pub(super) right: Option<&'a str>,
    pub(super) typed: Option<&'a str>,
    pub(super) reason: Option<&'static str>,
    pub(super) confidence: Option<f32>,
    pub(super) score: i64,
}

/// A line of `khabar search --documents`.
#[derive(Debug, Serialize)]
pub(super) struct FoundDocument<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) language: Option<&'static str>,
    pub(super) title: &'a str,
    pub(super) day: Option<String>,
    pub(super) hits: usize,
    pub(super) score: i64,
}

/// A line of `khabar views`.
#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    pub(super) name: &'a str,
    /// Whether the user saved it, rather than that it is always there.
    pub(super) own: bool,
    pub(super) query: &'a str,
    pub(super) documents: usize,
    pub(super) sort: Option<&'a str>,
    pub(super) reverse: bool,
}

/// A JSON object with its names in a chosen order.
#[derive(Debug)]
pub(super) struct Pairs<'a, T>(pub(super) Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A confidence or weight with the three digits that are promised; what is no number is 0.
pub(super) fn rounded(value: f32) -> f32 {
    if value.is_finite() {
        (value * 1000.0).round() / 1000.0
    } else {
        0.0
    }
}
