//! UTF-16 and UTF-32: told by their byte order mark or, UTF-16 only, by where the zero bytes fall.

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::ingest::encoding::Decoded;

/// An encoding form whose code units are wider than a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// How much of a file is looked at for the pattern, in bytes.
const SAMPLE: usize = 4096;

/// The form that a byte order mark announces, and the length of the mark in bytes.
pub(super) fn by_mark(bytes: &[u8]) -> Option<(Form, usize)> {
    if bytes.starts_with(b"\xFF\xFE\0\0") && utf32(bytes, Form::Utf32Le).1 == 0 {
        Some((Form::Utf32Le, 4))
    } else if bytes.starts_with(b"\0\0\xFE\xFF") {
        Some((Form::Utf32Be, 4))
    } else if bytes.starts_with(b"\xFF\xFE") {
        Some((Form::Utf16Le, 2))
    } else if bytes.starts_with(b"\xFE\xFF") {
        Some((Form::Utf16Be, 2))
    } else {
        None
    }
}

/// UTF-16 without a byte order mark: the high bytes of Latin and Arabic text are 00, 06 and, for
/// typographic punctuation, 20. A single-byte text has no such column, and UTF-8 with stray NULs
/// gives letters of no known script when read two bytes at a time.
pub(super) fn by_pattern(bytes: &[u8]) -> Option<Form> {
    let sample = bytes.get(..SAMPLE.min(bytes.len()))?;
    if sample.len() < 4 || !sample.iter().any(|b| matches!(b, 0 | 6)) {
        return None;
    }
    [Form::Utf16Le, Form::Utf16Be].into_iter().find(|form| {
        let (mut telling, mut plausible, mut units) = (0_usize, 0_usize, 0_usize);
        for pair in sample.chunks_exact(2) {
            let unit = match (*form, pair) {
                (Form::Utf16Le, [low, high]) => u16::from_le_bytes([*low, *high]),
                (_, [high, low]) => u16::from_be_bytes([*high, *low]),
                _ => continue,
            };
            units += 1;
            telling += usize::from(matches!(unit >> 8, 0 | 6));
            plausible += usize::from(is_plausible(unit));
        }
        telling * 10 >= units * 8 && plausible * 10 >= units * 9
    })
}

fn is_plausible(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x17F
        | 0x0600..=0x06FF | 0x2000..=0x206F | 0x20AC | 0x2122
        | 0xFB50..=0xFEFF)
}

/// Decodes bytes without their mark.
pub(super) fn decode(form: Form, bytes: &[u8]) -> Decoded {
    let (text, bad, name) = match form {
        Form::Utf16Le => utf16(bytes, UTF_16LE),
        Form::Utf16Be => utf16(bytes, UTF_16BE),
        Form::Utf32Le | Form::Utf32Be => {
            let (text, bad) = utf32(bytes, form);
            let name = if form == Form::Utf32Le {
                "UTF-32LE"
            } else {
                "UTF-32BE"
            };
            (text, bad, name)
        }
    };
    let mut decoded = Decoded::clean(text, name);
    if bad > 0 {
        decoded.notes.push(format!(
            "Parts that are not valid {name} are shown as \u{FFFD}."
        ));
    }
    decoded
}

fn utf16(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> (String, usize, &'static str) {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), usize::from(bad), encoding.name())
}

/// The text and how many code units were invalid.
fn utf32(bytes: &[u8], form: Form) -> (String, usize) {
    let mut bad = usize::from(!bytes.len().is_multiple_of(4));
    let text = bytes
        .chunks_exact(4)
        .map(|unit| {
            let unit: [u8; 4] = unit.try_into().unwrap_or_default();
            let value = match form {
                Form::Utf32Le => u32::from_le_bytes(unit),
                _ => u32::from_be_bytes(unit),
            };
            char::from_u32(value).unwrap_or_else(|| {
                bad += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    (text, bad)
}
