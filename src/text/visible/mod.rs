//! Untrusted text made safe to print: controls, bidi controls and line separators become visible
//! stand-ins.
//!
//! A character does one of four things on the screen, and [`Appearance`] says which. What it says
//! of the source is never lost: stand-ins name the character that they stand for.

use std::borrow::Cow;
use std::fmt::Write as _;

use compact_str::CompactString;

/// What a character does on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// It is printed as it is.
    Plain,
    /// It is a blank: space, tab, line end, or another white space character.
    Blank,
    /// It shows nothing by itself: joiners, variation selectors, the soft hyphen and other
    /// default-ignorable characters that ordinary text uses.
    Hidden,
    /// It could steer the terminal, reorder or hide text: a [`stand_in`] is shown instead.
    Hostile,
}

/// What `c` does on the screen.
#[must_use]
pub fn appearance(c: char) -> Appearance {
    match c {
        ' '..='~' if c != ' ' => Appearance::Plain,
        ' ' | '\t'..='\r' | '\u{85}' | '\u{A0}' | '\u{2028}' | '\u{2029}' => Appearance::Blank,
        '\u{AD}'
        | '\u{34F}'
        | '\u{180B}'..='\u{180D}'
        | '\u{180F}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}' => Appearance::Hidden,
        '\u{A1}'..='\u{5FF}' | '\u{620}'..='\u{6DC}' => Appearance::Plain,
        _ if is_hostile(c) => Appearance::Hostile,
        _ if c.is_whitespace() => Appearance::Blank,
        _ => Appearance::Plain,
    }
}

/// Whether `c` is a control, a bidi control, another format control that shows nothing by itself
/// (general category Cf of Unicode 16, less what is [`Appearance::Hidden`]), or a noncharacter.
fn is_hostile(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}'
        | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}' | '\u{890}'..='\u{891}'
        | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180E}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2061}'..='\u{206F}' | '\u{3164}' | '\u{FFA0}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether `c` is a tag character. A run of them is one emblem or one hidden message, and gets
/// one stand-in.
pub(crate) fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// The short name of a character that is better known by name than by number.
fn short_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{61C}' => "ALM",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{FEFF}' => "BOM",
        c if is_tag(c) => "TAG",
        _ => return None,
    })
}

/// What is shown for a hostile character: a control picture (`␛`), or a short form in angle
/// quotes (`‹RLO›`, `‹9B›`). All its characters take one cell.
#[must_use]
pub fn stand_in(c: char) -> CompactString {
    match c {
        '\0'..='\u{1F}' => CompactString::from_iter(char::from_u32(0x2400 + u32::from(c))),
        '\u{7F}' => CompactString::const_new("␡"),
        _ => bracketed(c, '‹', '›'),
    }
}

/// The same in ASCII: `<1B>`, `<RLO>`.
#[must_use]
pub fn ascii_stand_in(c: char) -> CompactString {
    bracketed(c, '<', '>')
}

fn bracketed(c: char, open: char, close: char) -> CompactString {
    let mut shown = CompactString::from_iter([open]);
    match short_name(c) {
        Some(name) => shown.push_str(name),
        None => {
            // writing to memory cannot fail
            let _ = write!(shown, "{:02X}", u32::from(c));
        }
    }
    shown.push(close);
    shown
}

/// `text` as one line that is safe to print: line ends and tabs become a space each, hostile
/// characters their [`stand_in`]. Joiners and variation selectors stay (plain text needs them),
/// other hidden characters go. Borrowed when nothing had to change.
///
/// The result holds no control, bidi control, line separator or noncharacter.
#[must_use]
pub fn sanitize(text: &str) -> Cow<'_, str> {
    sanitize_with(text, stand_in)
}

/// The same with stand-ins in ASCII.
#[must_use]
pub fn sanitize_ascii(text: &str) -> Cow<'_, str> {
    sanitize_with(text, ascii_stand_in)
}

fn sanitize_with(text: &str, stand_in: fn(char) -> CompactString) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) || text.chars().all(is_printable) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut previous = '\0';
    for c in text.chars() {
        match appearance(c) {
            _ if is_printable(c) => safe.push(c),
            // a line end of two characters is one blank
            Appearance::Blank if c == '\n' && previous == '\r' => {}
            Appearance::Blank => safe.push(' '),
            Appearance::Hostile if !(is_tag(c) && is_tag(previous)) => {
                safe.push_str(&stand_in(c));
            }
            Appearance::Plain | Appearance::Hidden | Appearance::Hostile => {}
        }
        previous = c;
    }
    Cow::Owned(safe)
}

/// Whether `c` may stand in a line of plain output.
fn is_printable(c: char) -> bool {
    match appearance(c) {
        Appearance::Plain => true,
        Appearance::Blank => !matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}'),
        Appearance::Hidden => !matches!(c, '\u{AD}' | '\u{34F}' | '\u{200B}' | '\u{2060}'),
        Appearance::Hostile => false,
    }
}

/// Whether a character beyond ASCII's controls, which JSON escapes anyway, is an instruction rather
/// than text: DEL, C1 controls, bidi controls, line and paragraph separator, byte order mark. All of
/// them lie in the basic plane.
#[must_use]
pub fn steers(c: char) -> bool {
    matches!(
        c,
        '\u{7F}'..='\u{9F}'
            | '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests;
