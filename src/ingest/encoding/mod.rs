//! Bytes → text: which encoding a file is in, and what had to be done to read it.
//!
//! The order is: byte order mark, the NUL pattern of UTF-16, strict UTF-8, the encoding that the
//! file declares, two encodings in one file, the likeliest legacy encoding. UTF-8 goes before the
//! declaration because text in another encoding that happens to be valid UTF-8 does not occur,
//! while files that were converted and kept their old declaration do.
//!
//! What was decoded is never repaired: text that somebody encoded twice stays as it is, with a note.

mod declared;
mod legacy;
mod mixed;
mod twice;
mod wide;

#[cfg(test)]
mod tests;

/// The WHATWG name of UTF-8.
pub(crate) const UTF_8: &str = "UTF-8";

/// Text with what is known about how it was encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark, otherwise unaltered.
    pub text: String,
    /// WHATWG name of the encoding; for two encodings, of the one that most of the file is in.
    pub encoding: &'static str,
    /// What had to be guessed, replaced or doubted, one sentence each; empty for clean UTF-8.
    pub notes: Vec<String>,
}

impl Decoded {
    fn clean(text: String, encoding: &'static str) -> Self {
        Self {
            text,
            encoding,
            notes: Vec::new(),
        }
    }
}

/// Decodes bytes of unknown encoding. Never fails: what no encoding explains becomes U+FFFD, and
/// a note says how often.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let mut decoded = decode_bytes(bytes);
    note_nuls(&mut decoded);
    if let Some(note) = twice::doubt(&decoded.text) {
        decoded.notes.push(note);
    }
    decoded
}

/// What makes a text that was already Unicode (a string of a JSON file) doubtful, if anything.
#[must_use]
pub(crate) fn doubt(text: &str) -> Option<String> {
    twice::doubt(text)
}

/// Whether the start of a file shows that it is UTF-16 or UTF-32, with or without byte order mark.
#[must_use]
pub(crate) fn is_wide(start: &[u8]) -> bool {
    wide::by_mark(start).is_some() || wide::by_pattern(start).is_some()
}

fn decode_bytes(mut bytes: Vec<u8>) -> Decoded {
    if let Some((form, mark)) = wide::by_mark(&bytes) {
        return wide::decode(form, bytes.get(mark..).unwrap_or(&[]));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    } else if let Some(form) = wide::by_pattern(&bytes) {
        let mut decoded = wide::decode(form, &bytes);
        decoded.notes.push(format!(
            "{} without a byte order mark, told by its pattern of zero bytes.",
            decoded.encoding
        ));
        return decoded;
    }
    let declared = declared::encoding(&bytes);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let mut decoded = Decoded::clean(text, UTF_8);
            if let Some(other) = declared.filter(|e| e.name() != UTF_8 && !decoded.text.is_ascii())
            {
                decoded.notes.push(format!(
                    "The file declares {}, but is valid UTF-8 and was read as that.",
                    other.name()
                ));
            }
            return decoded;
        }
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = declared.filter(|e| e.name() != UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return Decoded::clean(text.into_owned(), encoding.name());
    }
    mixed::decode(&bytes)
}

fn note_nuls(decoded: &mut Decoded) {
    let nuls = memchr::memchr_iter(0, decoded.text.as_bytes()).count();
    if nuls > 0 {
        let noun = if nuls == 1 { "NUL byte" } else { "NUL bytes" };
        decoded
            .notes
            .push(format!("The text contains {nuls} {noun}."));
    }
}
