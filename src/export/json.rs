//! JSON Lines that are safe to print: the same values, with every character that could steer a
//! terminal or turn its text round written as an escape.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::text::visible::steers;

/// Writes a value and the end of the line.
///
/// # Errors
/// What writing to `out` gives.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Harmless);
    value.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The compact form, with more escapes than JSON demands.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some((at, steering)) = rest.char_indices().find(|(_, c)| steers(*c)) {
            let (before, from) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, before)?;
            // all of them lie in the basic plane: one escape, no surrogates
            write!(writer, "\\u{:04x}", u32::from(steering))?;
            rest = from.get(steering.len_utf8()..).unwrap_or("");
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> String {
        let mut out = Vec::new();
        write_line(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes() {
        assert_eq!(line("حلب Straße"), "\"حلب Straße\"\n");
        assert_eq!(line("\u{1b}[2J"), "\"\\u001b[2J\"\n");
        assert_eq!(line("a\u{9b}2J\u{202e}b"), "\"a\\u009b2J\\u202eb\"\n");
        assert_eq!(line("\"\\\n\u{7f}"), "\"\\\"\\\\\\n\\u007f\"\n");
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_none_steers(text in any::<String>()) {
            let line = line(&text);
            prop_assert!(line.trim_end_matches('\n').chars().all(|c| !c.is_control() && !steers(c)));
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
    }
}
