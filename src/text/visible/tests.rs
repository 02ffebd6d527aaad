use proptest::prelude::*;
use unicode_bidi::BidiClass;
use unicode_bidi::bidi_class;

use super::*;

/// Whether `c` may not be printed, told without the tables of this module.
fn is_dangerous(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xFFFE == 0xFFFE
        || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
        || ('\u{E0000}'..='\u{E00FF}').contains(&c)
        || matches!(
            c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
        )
        || matches!(
            bidi_class(c),
            BidiClass::LRE
                | BidiClass::RLE
                | BidiClass::LRO
                | BidiClass::RLO
                | BidiClass::PDF
                | BidiClass::LRI
                | BidiClass::RLI
                | BidiClass::FSI
                | BidiClass::PDI
                | BidiClass::B
                | BidiClass::S
        )
}

#[test]
fn stand_ins_name_what_they_stand_for() {
    let cases: &[(char, &str, &str)] = &[
        ('\u{1b}', "␛", "<1B>"),
        ('\0', "␀", "<00>"),
        ('\u{7f}', "␡", "<7F>"),
        ('\u{9b}', "‹9B›", "<9B>"),
        ('\u{202e}', "‹RLO›", "<RLO>"),
        ('\u{200f}', "‹RLM›", "<RLM>"),
        ('\u{feff}', "‹BOM›", "<BOM>"),
        ('\u{e0041}', "‹TAG›", "<TAG>"),
        ('\u{10ffff}', "‹10FFFF›", "<10FFFF>"),
    ];
    for (c, expected, ascii) in cases {
        assert_eq!(stand_in(*c), *expected);
        assert_eq!(ascii_stand_in(*c), *ascii);
    }
}

#[test]
fn sanitized_text_is_one_safe_line() {
    let cases: &[(&str, &str)] = &[
        ("plain", "plain"),
        ("a\tb\nc\r\nd\u{2028}e", "a b c d e"),
        ("\u{1b}]0;title\u{7}", "␛]0;title␇"),
        ("user\u{202e}txt", "user‹RLO›txt"),
        ("می\u{200c}روم ❤\u{fe0f}", "می\u{200c}روم ❤\u{fe0f}"),
        ("soft\u{ad}hyphen", "softhyphen"),
        ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴‹TAG›"),
        ("\u{85}\u{90}", " ‹90›"),
    ];
    for (text, expected) in cases {
        assert_eq!(sanitize(text), *expected, "{text:?}");
    }
    assert_eq!(sanitize_ascii("a\u{1b}\u{2069}"), "a<1B><PDI>");
    assert!(matches!(sanitize("Grüße, سلام"), Cow::Borrowed(_)));
}

#[test]
fn no_character_that_steers_a_terminal_passes() {
    for c in '\0'..=char::MAX {
        let safe = sanitize(c.encode_utf8(&mut [0; 4])).into_owned();
        assert!(!safe.contains(is_dangerous), "U+{:04X}", u32::from(c));
        if is_dangerous(c) && appearance(c) != Appearance::Blank {
            assert_eq!(appearance(c), Appearance::Hostile, "U+{:04X}", u32::from(c));
        }
    }
}

proptest! {
    #[test]
    fn sanitized_text_holds_no_control(text in any::<String>()) {
        let safe = sanitize(&text);
        prop_assert!(!safe.contains(is_dangerous));
        prop_assert_eq!(sanitize(&safe), safe.clone());
        let ascii = sanitize_ascii(&text);
        prop_assert!(!ascii.contains(is_dangerous));
    }
}
