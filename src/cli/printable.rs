//! Words of documents made safe to print on a terminal, in one line, in logical order.

use std::borrow::Cow;

/// `text` in one line, without anything that could steer a terminal. Right-to-left text stays as
/// stored: who reads a table on a terminal has one that orders it, or reads it elsewhere.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|character| match character {
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        other if steers(other) => '\u{FFFD}',
        other => other,
    });
    Cow::Owned(shown.collect())
}

/// Controls, bidi controls, separators and other instructions that have no glyph.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_steers_is_shown() {
        for (text, expected) in [
            ("حلب, Straße", "حلب, Straße"),
            ("a\u{1b}[2Jb", "a\u{FFFD}[2Jb"),
            ("a\u{9b}2J", "a\u{FFFD}2J"),
            ("one\ntwo\tthree", "one two three"),
            ("\u{202e}abc\u{202c}", "\u{FFFD}abc\u{FFFD}"),
        ] {
            assert_eq!(line(text), expected);
        }
    }

    proptest! {
        #[test]
        fn nothing_steers(text in any::<String>()) {
            prop_assert!(!line(&text).chars().any(steers));
        }
    }
}
