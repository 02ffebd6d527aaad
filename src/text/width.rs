//! Cells per grapheme cluster; the only place that asks unicode-width.

use unicode_width::UnicodeWidthChar as _;

use crate::text::glyph::Glyphs;
use crate::text::glyph::Style;

/// Cells that a terminal gives to `c` alone: 0 for combining marks and other characters that take
/// no cell of their own, 1 or 2 for most, 3 for a single Khmer sign.
pub(crate) fn of_char(c: char) -> u8 {
    match c {
        ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{620}'..='\u{64A}' => 1,
        _ => c
            .width()
            .map_or(1, |width| u8::try_from(width).unwrap_or(2)),
    }
}

/// Cells that `text` takes when laid out in one row by [`wrap`](crate::text::wrap): clustered,
/// with Arabic shaped (a lam-alef takes one cell), hostile characters counted as their stand-ins.
/// Line ends count as a blank. 0 only for text that shows nothing.
#[must_use]
pub fn cells(text: &str) -> usize {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return text.len();
    }
    let mut glyphs = Glyphs::default();
    let style = Style {
        limit: u16::MAX,
        shape: true,
        tashkeel: true,
        one_line: false,
    };
    glyphs.build(text, style);
    let glyphs = glyphs.as_slice();
    glyphs.iter().map(|glyph| usize::from(glyph.width)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_after_shaping() {
        let cases: &[(&str, usize)] = &[
            ("", 0),
            ("Aleppo", 6),
            ("Grüße", 5),
            ("u\u{308}", 1),
            ("السلام", 5),
            ("مُحَمَّد", 4),
            ("لَا", 1),
            ("漢字", 4),
            ("👨\u{200d}👩", 4),
            ("🇩🇪", 2),
            ("a\u{1b}b", 3),
            ("\u{202e}", 5),
            ("\u{301}", 1),
            ("\u{200b}\u{ad}", 0),
            ("a\nb", 3),
        ];
        for (text, expected) in cases {
            assert_eq!(cells(text), *expected, "{text:?}");
        }
    }
}
