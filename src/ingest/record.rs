//! A record with named fields → a document: which field is the text, which the title, which the day.
//!
//! The names are those of news-please, trafilatura, Media Cloud, ACLED, GDELT, Telegram, common
//! feeds and khabar itself. Case does not matter; of several names for one role the first in the
//! list that is not empty wins, and `None` and `null`, which Python writes for what is missing,
//! count as empty.

mod names;
mod value;

#[cfg(test)]
mod tests;

use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::corpus::{Metadata, RawDocument, StatedDay};
use crate::ingest::day;
use crate::ingest::encoding;
use names::{Role, roles};
pub(super) use value::Name;
use value::Value;

/// The fields of a record that have a role, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Fields {
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    role: Role,
    rank: usize,
    /// The name as written.
    name: String,
    value: Value,
}

/// What a record becomes a document with.
pub(super) struct Frame {
    /// The id for a record that has none.
    pub(super) id: String,
    pub(super) path: String,
    pub(super) sha256: [u8; 32],
    pub(super) encoding: &'static str,
    pub(super) notes: Vec<String>,
}

impl Fields {
    /// Adds a field of which only a string is known.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.insert(name, roles(name), Value::Text(value.to_owned()));
    }

    /// Reads the value of a field that has a role; `false`, and nothing read, for one that has none.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        let roles = roles(name);
        if roles.is_empty() {
            return Ok(false);
        }
        let value = map.next_value()?;
        self.insert(name, roles, value);
        Ok(true)
    }

    fn insert(&mut self, name: &str, roles: &[(Role, usize)], value: Value) {
        let mut value = Some(value);
        for (index, (role, rank)) in roles.iter().enumerate() {
            // of two fields of one name in one record the first stays
            if self
                .known
                .iter()
                .any(|known| (known.role, known.rank) == (*role, *rank))
            {
                continue;
            }
            let value = if index + 1 == roles.len() {
                value.take()
            } else {
                value.clone()
            };
            self.known.push(Known {
                role: *role,
                rank: *rank,
                name: name.to_owned(),
                value: value.unwrap_or_default(),
            });
        }
    }

    /// Takes out the best non-empty field of a role as a string.
    fn take(&mut self, role: Role) -> Option<String> {
        let best = self
            .known
            .iter_mut()
            .filter(|known| known.role == role && !known.value.is_empty())
            .filter(|known| {
                // a feed's guid is an address only if it looks like one
                role != Role::Url
                    || !known.name.eq_ignore_ascii_case("guid")
                    || known.value.contains("://")
            })
            .min_by_key(|known| known.rank)?;
        let value = std::mem::take(&mut best.value);
        Some(value.into_string(if role == Role::Text { "" } else { ", " }))
    }

    /// The best field of a role that reads as a day; what does not is noted.
    fn day(&self, role: Role, notes: &mut Vec<String>) -> Option<StatedDay> {
        let mut candidates: Vec<&Known> = self
            .known
            .iter()
            .filter(|known| known.role == role && !known.value.is_empty())
            .collect();
        candidates.sort_by_key(|known| known.rank);
        for known in candidates {
            let read: Option<NaiveDate> = known.value.as_str().and_then(day::parse);
            match read {
                Some(day) => {
                    return Some(StatedDay {
                        day,
                        origin: known.name.clone(),
                    });
                }
                None => notes.push(format!("The field {} does not read as a day.", known.name)),
            }
        }
        None
    }

    /// Whether any field holds text.
    pub(super) fn has_text(&self) -> bool {
        self.known
            .iter()
            .any(|known| known.role == Role::Text && !known.value.is_empty())
    }

    /// What the fields say beside text, title and id.
    pub(super) fn metadata(&mut self, notes: &mut Vec<String>) -> Metadata {
        Metadata {
            published: self.day(Role::Published, notes),
            retrieved: self.day(Role::Retrieved, notes),
            source: self.take(Role::Source),
            url: self.take(Role::Url),
            author: self.take(Role::Author),
            language: self.take(Role::Language),
        }
    }

    /// The title that the record states.
    pub(super) fn title(&mut self) -> Option<String> {
        self.take(Role::Title)
    }

    /// The id that the record states.
    pub(super) fn id(&mut self) -> Option<String> {
        self.take(Role::Id)
    }

    /// The document, or why there is none.
    pub(super) fn into_document(mut self, frame: Frame) -> Result<RawDocument, &'static str> {
        let title = self.title();
        let text = self.take(Role::Text);
        if title.is_none() && text.is_none() {
            return Err("The record has neither a text nor a title.");
        }
        let text = text.unwrap_or_default();
        let mut notes = frame.notes;
        notes.extend(encoding::doubt(&text));
        let metadata = self.metadata(&mut notes);
        Ok(RawDocument {
            id: self.id().unwrap_or(frame.id),
            path: frame.path,
            title,
            text,
            encoding: frame.encoding,
            notes,
            metadata,
            sha256: frame.sha256,
        })
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a record with named fields, in braces")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key::<Name<'de>>()? {
                    if !fields.read(&name.0, &mut map)? {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(FieldsVisitor)
    }
}
