//! What a document is known by.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::corpus::{Article, Segment};

/// SHA-256 of a document's source bytes: of the file, or of the record's line. A file that was
/// renamed is the same document, one that was edited is another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey(pub [u8; 32]);

impl DocumentKey {
    /// The key of an article's document.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        Self(article.raw.sha256)
    }

    /// The key of the document at a place of a segment, which need not be unpacked for that.
    #[must_use]
    pub fn at(segment: &Segment, at: usize) -> Self {
        Self(segment.hash(at))
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        bytes_of(hex).map(Self)
    }
}

/// The bytes that exactly `2 * N` hexadecimal digits say.
pub(super) fn bytes_of<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
    }
    Some(bytes)
}

/// Writes bytes as hexadecimal digits.
pub(super) fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, self.0.get(..4).unwrap_or_default())
    }
}

impl Serialize for DocumentKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Hex;
        impl Visitor<'_> for Hex {
            type Value = DocumentKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("64 hexadecimal digits")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<DocumentKey, E> {
                DocumentKey::from_hex(text)
                    .ok_or_else(|| E::custom("64 hexadecimal digits expected"))
            }
        }
        deserializer.deserialize_str(Hex)
    }
}
