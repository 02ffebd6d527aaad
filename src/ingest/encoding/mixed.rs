//! Bytes that are not UTF-8 as a whole: one legacy encoding, UTF-8 with damage, or both kinds of
//! text in one file, as when two downloads are pasted together.
//!
//! A word of a legacy encoding is hardly ever valid UTF-8, so words sort themselves: plain ASCII,
//! UTF-8, legacy, or UTF-8 with damage. A line whose words are all of one kind is decoded whole.

use encoding_rs::Encoding;

use crate::ingest::encoding::{Decoded, UTF_8, legacy};

/// What a run of bytes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ascii,
    Utf8,
    Legacy,
    /// Mostly valid UTF-8, with bytes that are not.
    Damaged,
}

/// Bytes of one kind, adjacent ones joined.
struct Piece<'b> {
    kind: Kind,
    bytes: &'b [u8],
}

/// Decodes bytes that are not valid UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let lines: Vec<(usize, Kind)> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| (line.len(), kind_of_line(line)))
        .collect();
    let utf8 = lines
        .iter()
        .any(|(_, kind)| matches!(kind, Kind::Utf8 | Kind::Damaged));
    if !utf8 {
        return single(bytes);
    }
    let pieces = pieces(bytes, &lines);
    let sample: Vec<u8> = pieces
        .iter()
        .filter(|piece| piece.kind == Kind::Legacy)
        .flat_map(|piece| piece.bytes.iter().copied().chain(std::iter::once(b'\n')))
        .collect();
    let encoding = legacy::guess(&sample).0;
    join(&pieces, encoding, &lines)
}

fn single(bytes: &[u8]) -> Decoded {
    let (encoding, sure) = legacy::guess(bytes);
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let mut decoded = Decoded::clean(text.into_owned(), encoding.name());
    let doubt = if sure {
        ""
    } else {
        " That is no more than a guess."
    };
    decoded.notes.push(format!(
        "Not UTF-8; read as {} by what its letters would be.{doubt}",
        encoding.name()
    ));
    if bad {
        decoded.notes.push(format!(
            "Bytes that {} does not have are shown as \u{FFFD}.",
            encoding.name()
        ));
    }
    decoded
}

/// `Legacy` and `Utf8` are for lines that are wholly so; `Damaged` is looked at word by word.
fn kind_of_line(line: &[u8]) -> Kind {
    if line.is_ascii() {
        return Kind::Ascii;
    }
    if let Ok(text) = std::str::from_utf8(line) {
        return if is_plausible(text) {
            Kind::Utf8
        } else {
            Kind::Legacy
        };
    }
    let (mut utf8, mut others) = (0_usize, 0_usize);
    for word in words(line) {
        match kind_of_word(word) {
            Kind::Ascii => {}
            Kind::Utf8 | Kind::Damaged => utf8 += 1,
            Kind::Legacy => others += 1,
        }
    }
    // a stray word of a legacy line may look like UTF-8: two bytes suffice
    if utf8 * 5 <= others {
        Kind::Legacy
    } else {
        Kind::Damaged
    }
}

/// Words with the ASCII white space behind them; together they are the line.
fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split_inclusive(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

fn kind_of_word(word: &[u8]) -> Kind {
    if word.is_ascii() {
        return Kind::Ascii;
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in word.utf8_chunks() {
        let valid = chunk.valid();
        if is_plausible(valid) {
            good += valid.bytes().filter(|byte| !byte.is_ascii()).count();
        } else {
            bad += valid.len();
        }
        bad += chunk.invalid().len();
    }
    match (good, bad) {
        (_, 0) => Kind::Utf8,
        (good, bad) if good > bad => Kind::Damaged,
        _ => Kind::Legacy,
    }
}

/// Whether the non-ASCII characters are ones that news are written with, rather than what
/// accidental pairs of legacy bytes give: IPA, combining marks, control characters.
fn is_plausible(text: &str) -> bool {
    let (mut good, mut all) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        good += usize::from(
            matches!(c,
                '\u{A0}'..='\u{17F}' | '\u{300}'..='\u{308}' | '\u{370}'..='\u{52F}'
                | '\u{5D0}'..='\u{5EA}' | '\u{600}'..='\u{6FF}' | '\u{FB50}'..='\u{FEFF}'
                | '\u{200B}'..='\u{206F}' | '\u{20A0}'..='\u{20BF}' | '\u{2100}'..='\u{2BFF}')
                || c >= '\u{3000}',
        );
    }
    good * 10 >= all * 9
}

fn pieces<'b>(bytes: &'b [u8], lines: &[(usize, Kind)]) -> Vec<Piece<'b>> {
    let mut pieces: Vec<Piece<'b>> = Vec::new();
    let mut start = 0;
    let mut push = |kind: Kind, length: usize, split: bool| {
        let range = start..start + length;
        start = range.end;
        let Some(part) = bytes.get(range) else { return };
        if split {
            pieces.extend(words(part).map(|word| Piece {
                kind: kind_of_word(word),
                bytes: word,
            }));
        } else {
            pieces.push(Piece { kind, bytes: part });
        }
    };
    for (length, kind) in lines {
        push(*kind, *length, *kind == Kind::Damaged);
    }
    pieces
}

fn join(pieces: &[Piece<'_>], encoding: &'static Encoding, lines: &[(usize, Kind)]) -> Decoded {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.bytes.len()).sum());
    let (mut replaced, mut legacy, mut utf8) = (0_usize, 0_usize, 0_usize);
    for piece in pieces {
        if piece.kind == Kind::Legacy {
            legacy += piece.bytes.len();
            text.push_str(&encoding.decode_without_bom_handling(piece.bytes).0);
            continue;
        }
        if piece.kind != Kind::Ascii {
            utf8 += piece.bytes.len();
        }
        for chunk in piece.bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                replaced += chunk.invalid().len();
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    let name = if legacy > utf8 {
        encoding.name()
    } else {
        UTF_8
    };
    let mut decoded = Decoded::clean(text, name);
    if legacy > 0 {
        let odd = lines
            .iter()
            .filter(|(_, kind)| matches!(kind, Kind::Legacy | Kind::Damaged))
            .count();
        decoded.notes.push(format!(
            "Two encodings in one file: {odd} of {} lines have {}, the others are UTF-8.",
            lines.len(),
            encoding.name()
        ));
    }
    if replaced > 0 {
        let noun = if replaced == 1 {
            "byte is"
        } else {
            "bytes are"
        };
        decoded
            .notes
            .push(format!("{replaced} damaged {noun} shown as \u{FFFD}."));
    }
    decoded
}
