//! JSON files: one record, a list of records, an object that holds such a list, or several values
//! one after the other.

use std::fmt;
use std::io::BufRead;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::ingest::encoding::{self, Decoded};
use crate::ingest::format::{Failure, Origin, Reader, read_whole};
use crate::ingest::record::{Fields, Frame, Name};
use crate::ingest::{Outcome, Sink};

/// Reads `.json`.
pub(super) struct Json;

/// The names under which exports keep their list of records.
const LISTS: &[&str] = &[
    "articles",
    "messages",
    "items",
    "documents",
    "docs",
    "results",
    "records",
    "entries",
    "data",
];

impl Reader for Json {
    fn read(
        &self,
        origin: Origin<'_>,
        source: &mut dyn BufRead,
        sink: Sink<'_>,
    ) -> Result<(), Failure> {
        let bytes = read_whole(source)?;
        let sha256 = Sha256::digest(&bytes).into();
        let decoded = encoding::decode(bytes);
        if decoded.text.trim().is_empty() {
            return Err(Failure::Blank);
        }
        File {
            origin,
            decoded: &decoded,
            sha256,
            sink,
            count: 0,
        }
        .read();
        Ok(())
    }
}

/// What is wrong with JSON, in one sentence, without quoting from it.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let column = error.column();
    match error.classify() {
        Category::Eof => "Not valid JSON: it is cut off.".to_owned(),
        Category::Data => "Not a record: a list, string or number stands here.".to_owned(),
        Category::Syntax | Category::Io => {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or("damaged");
            format!("Not valid JSON: {what}, at byte {column} of the line.")
        }
    }
}

/// The fields of one record. Python writes `NaN` for what is missing, which JSON does not have: that
/// is read as null, with a note.
pub(super) fn fields(text: &str, notes: &mut Vec<String>) -> Result<Fields, String> {
    let error = match serde_json::from_str(text) {
        Ok(fields) => return Ok(fields),
        Err(error) => error,
    };
    if error.classify() == Category::Syntax
        && let Some(repaired) = without_nan(text)
        && let Ok(fields) = serde_json::from_str(&repaired)
    {
        notes.push("NaN is not JSON; it was read as null.".to_owned());
        return Ok(fields);
    }
    Err(reason(&error))
}

/// The text with `null` for `NaN` and infinities outside of strings, `None` where there are none.
fn without_nan(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len());
    let (mut in_string, mut escaped, mut found) = (false, false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = ["NaN", "-Infinity", "Infinity"]
            .iter()
            .find(|word| !in_string && rest.starts_with(**word));
        if let Some(word) = word {
            repaired.push_str("null");
            rest = rest.get(word.len()..)?;
            found = true;
            continue;
        }
        if c == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && c == '\\' && !escaped;
        repaired.push(c);
        rest = rest.get(c.len_utf8()..)?;
    }
    found.then_some(repaired)
}

/// A file while it is read.
struct File<'f> {
    origin: Origin<'f>,
    decoded: &'f Decoded,
    sha256: [u8; 32],
    sink: Sink<'f>,
    /// Records so far, readable or not.
    count: usize,
}

impl File<'_> {
    fn read(&mut self) {
        let text = &self.decoded.text;
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        loop {
            let start = values.byte_offset();
            match values.next() {
                None => break,
                Some(Ok(value)) => {
                    let end = values.byte_offset();
                    let rest = text.get(end..).unwrap_or("");
                    self.value(value.get(), self.count == 0 && rest.trim().is_empty());
                }
                Some(Err(_)) => {
                    self.damaged(start);
                    break;
                }
            }
        }
    }

    /// A complete value; `whole` when the file holds nothing else.
    fn value(&mut self, text: &str, whole: bool) {
        let mut json = serde_json::Deserializer::from_str(text);
        let before = self.count;
        match Top(self).deserialize(&mut json) {
            Ok(Some(fields)) if self.count == before => self.record(Ok(fields), text, whole),
            Ok(None) if self.count == before => (self.sink)(Outcome::unreadable(
                self.origin.path.to_owned(),
                "An empty list: no record stands in it.".to_owned(),
            )),
            Ok(_) => {}
            Err(error) => self.record(Err(error), text, whole),
        }
    }

    /// What stands before the damage is read; the damage is reported with its line.
    fn damaged(&mut self, start: usize) {
        let text = self.decoded.text.as_str();
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let mut json = serde_json::Deserializer::from_str(rest);
        if let Err(error) = Top(self).deserialize(&mut json) {
            let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + error.line();
            let mut reason = reason(&error);
            if self.count > 0 {
                reason.push_str(" What stands before it was read.");
            }
            (self.sink)(Outcome::unreadable(
                format!("{}:{line}", self.origin.path),
                reason,
            ));
        }
    }

    /// A record of a list.
    fn element(&mut self, element: &RawValue) {
        let fields = serde_json::from_str(element.get());
        self.record(fields, element.get(), false);
    }

    fn record(&mut self, fields: serde_json::Result<Fields>, text: &str, whole: bool) {
        self.count += 1;
        let (path, id) = if whole {
            (self.origin.path.to_owned(), self.origin.stem.to_owned())
        } else {
            (
                format!("{}#{}", self.origin.path, self.count),
                format!("{}#{}", self.origin.stem, self.count),
            )
        };
        let sha256 = if whole {
            self.sha256
        } else {
            Sha256::digest(text.as_bytes()).into()
        };
        let frame = Frame {
            id,
            path: path.clone(),
            sha256,
            encoding: self.decoded.encoding,
            notes: self.decoded.notes.clone(),
        };
        let outcome = fields
            .map_err(|error| reason(&error))
            .and_then(|fields| fields.into_document(frame).map_err(str::to_owned));
        (self.sink)(match outcome {
            Ok(document) => Outcome::Document(Box::new(document)),
            Err(reason) => Outcome::unreadable(path, reason),
        });
    }
}

/// The outermost value: hands out the records of a list at once; gives the fields of an object.
struct Top<'t, 'f>(&'t mut File<'f>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = Option<Fields>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = Option<Fields>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record or a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while let Some(element) = list.next_element::<&RawValue>()? {
            self.0.element(element);
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key::<Name<'de>>()? {
            let is_list = LISTS.iter().any(|l| l.eq_ignore_ascii_case(&name.0));
            if is_list && !fields.has_text() {
                map.next_value_seed(List(self.0))?;
            } else if !fields.read(&name.0, &mut map)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(fields))
    }
}

/// The list inside of an outermost object; anything else under its name is passed over.
struct List<'t, 'f>(&'t mut File<'f>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element::<&RawValue>()? {
            if element.get().starts_with('{') {
                self.0.element(element);
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
