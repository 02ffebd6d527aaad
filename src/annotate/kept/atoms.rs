//! Days, places and hashes: readable in JSON, compact in the cache.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chrono::{Datelike as _, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::corpus::Span;

/// A calendar day: `2016-11-03`, or its number counted from 1 January of the year 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Iso(pub NaiveDate);

impl Serialize for Iso {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&self.0)
        } else {
            serializer.serialize_i32(self.0.num_days_from_ce())
        }
    }
}

impl<'de> Deserialize<'de> for Iso {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let day = if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().ok()
        } else {
            NaiveDate::from_num_days_from_ce_opt(i32::deserialize(deserializer)?)
        };
        // what lies beyond would make a timeline of millions of rows
        let day = day.filter(|day| (-9999..=9999).contains(&day.year()));
        let day = day.ok_or_else(|| D::Error::custom("not a day such as 2016-11-03"))?;
        Ok(Self(day))
    }
}

/// A SHA-256: hexadecimal, or its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sha(pub [u8; 32]);

impl Serialize for Sha {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return self.0.serialize(serializer);
        }
        let mut hex = String::with_capacity(64);
        for byte in self.0 {
            // writing to a string cannot fail
            let _ = write!(hex, "{byte:02x}");
        }
        serializer.serialize_str(&hex)
    }
}

impl<'de> Deserialize<'de> for Sha {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return <[u8; 32]>::deserialize(deserializer).map(Self);
        }
        let hex = String::deserialize(deserializer)?;
        let bad = || D::Error::custom("not the 64 hexadecimal digits of a SHA-256");
        let mut sha = [0; 32];
        let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
        if pairs.len() != sha.len() || !rest.is_empty() {
            return Err(bad());
        }
        for (byte, pair) in sha.iter_mut().zip(pairs) {
            let digits = std::str::from_utf8(pair).map_err(D::Error::custom)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| bad())?;
        }
        Ok(Self(sha))
    }
}

/// A span: `[40,46]`, byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub Span);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0.start, self.0.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(deserializer)?;
        if end < start {
            return Err(D::Error::custom("a span that ends before it begins"));
        }
        Ok(Self(Span { start, end }))
    }
}

/// A [`Span`] as [`Bytes`], for `serde(with)`.
pub(crate) mod as_bytes {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::Bytes;
    use crate::corpus::Span;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
        Bytes(*span).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Span, D::Error> {
        Bytes::deserialize(source).map(|bytes| bytes.0)
    }
}

/// Hashes of 64 bits: base64 of their bytes, little-endian, or those bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes(pub Vec<u64>);

impl Serialize for Hashes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        if serializer.is_human_readable() {
            serializer.serialize_str(&STANDARD_NO_PAD.encode(bytes))
        } else {
            serializer.serialize_bytes(&bytes)
        }
    }
}

impl<'de> Deserialize<'de> for Hashes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            STANDARD_NO_PAD.decode(text).map_err(D::Error::custom)?
        } else {
            <&[u8]>::deserialize(deserializer)?.to_vec()
        };
        let (hashes, rest) = bytes.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(D::Error::custom("hashes that are cut off"));
        }
        Ok(Self(
            hashes
                .iter()
                .map(|hash| u64::from_le_bytes(*hash))
                .collect(),
        ))
    }
}
