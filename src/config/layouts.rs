//! Keyboards that do not write Latin letters: which QWERTY key their letters sit on, so that
//! commands work without changing the layout. Only for commands, never while typing text.
//!
//! Rows follow xkeyboard-config (`ara`, `ir(pes)`, `il`, `ru`, `ua`, `gr`), which for letters
//! agree with the Windows layouts of the same names. Characters that are ASCII on such a layout
//! are left alone: nothing tells them from a Latin keyboard's own.

use crate::config::keymap::{Code, Key};

/// A row of keys: what the layout writes, and the QWERTY characters of the same keys.
type Row = (&'static str, &'static str);

/// Arabic (101). Shifted letters are tashkeel and hamza forms; lam-alef is one key, which Linux
/// sends as one presentation form.
const ARABIC: &[Row] = &[
    ("ضصثقفغعهخحجد", "qwertyuiop[]"),
    ("شسيبلاتنمكط", "asdfghjkl;'"),
    ("ئءؤر\u{FEFB}ىةوزظذ", "zxcvbnm,./`"),
    (
        "\u{64E}\u{64B}\u{64F}\u{64C}\u{FEF9}إ\u{F7}\u{D7}؛",
        "QWERTYIOP",
    ),
    ("\u{650}\u{64D}\u{FEF7}أـ،", "ASGHJK"),
    ("\u{652}\u{FEF5}آ؟\u{651}\u{2026}", "XBN?~|"),
    ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
];

/// Persian (ISIRI 9147).
const PERSIAN: &[Row] = &[
    ("ضصثقفغعهخحجچ", "qwertyuiop[]"),
    ("شسیبلاتنمکگ", "asdfghjkl;'"),
    ("ظطزرذدپو", "zxcvbnm,"),
    (
        "\u{652}\u{64C}\u{64D}\u{64B}\u{64F}\u{650}\u{64E}\u{651}",
        "QWERTYUI",
    ),
    ("ؤئيإأآة»«؛", "ASDFGHJKL\""),
    ("ك\u{653}ژ\u{670}\u{200C}\u{654}ء؟", "ZXCVBNM?"),
    ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
];

/// Hebrew (SI-1452 and before): Shift writes Latin capitals already.
const HEBREW: &[Row] = &[
    ("קראטוןםפ", "ertyuiop"),
    ("שדגכעיחלךף", "asdfghjkl;"),
    ("זסבהנמצתץ", "zxcvbnm,."),
];

/// Russian.
const RUSSIAN: &[Row] = &[
    ("йцукенгшщзхъ", "qwertyuiop[]"),
    ("фывапролджэ", "asdfghjkl;'"),
    ("ячсмитьбюё", "zxcvbnm,.`"),
    ("ЙЦУКЕНГШЩЗХЪ", "QWERTYUIOP{}"),
    ("ФЫВАПРОЛДЖЭ", "ASDFGHJKL:\""),
    ("ЯЧСМИТЬБЮЁ", "ZXCVBNM<>~"),
];

/// Ukrainian, where it differs from Russian.
const UKRAINIAN: &[Row] = &[("їієґ", "]s'\\"), ("ЇІЄҐ", "}S\"|")];

/// Greek.
const GREEK: &[Row] = &[
    ("ςερτυθιοπ", "wertyuiop"),
    ("ασδφγηξκλ", "asdfghjkl"),
    ("ζχψωβνμ", "zxcvbnm"),
    ("ΕΡΤΥΘΙΟΠ", "ERTYUIOP"),
    ("ΑΣΔΦΓΗΞΚΛ", "ASDFGHJKL"),
    ("ΖΧΨΩΒΝΜ", "ZXCVBNM"),
];

/// Whose letters win where two layouts put one on different keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Preference {
    /// Arabic (101) before Persian.
    #[default]
    Arabic,
    /// Persian before Arabic (101).
    Persian,
}

/// The QWERTY character on the key that writes `letter` on one of the layouts; `None` for
/// ASCII and for what no layout has.
fn qwerty(letter: char, preference: Preference) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    let (first, second) = match preference {
        Preference::Arabic => (ARABIC, PERSIAN),
        Preference::Persian => (PERSIAN, ARABIC),
    };
    [first, second, HEBREW, RUSSIAN, UKRAINIAN, GREEK]
        .into_iter()
        .flatten()
        .find_map(|(native, latin)| {
            native
                .chars()
                .zip(latin.chars())
                .find(|(from, _)| *from == letter)
                .map(|(_, to)| to)
        })
}

impl Key {
    /// The key of the same place on a QWERTY keyboard, for a key that a non-Latin layout sent;
    /// any other key as it is.
    #[must_use]
    pub fn qwerty(self, preference: Preference) -> Self {
        match self.code {
            Code::Char(letter) => qwerty(letter, preference).map_or(self, |latin| {
                Self::new(Code::Char(latin), self.ctrl, self.alt, false)
            }),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keymap::{Keymap, Lookup, Mode};

    const ALL: &[(&str, &[Row])] = &[
        ("Arabic", ARABIC),
        ("Persian", PERSIAN),
        ("Hebrew", HEBREW),
        ("Russian", RUSSIAN),
        ("Ukrainian", UKRAINIAN),
        ("Greek", GREEK),
    ];

    #[test]
    fn rows_pair_up_without_a_letter_or_a_key_twice() {
        for (layout, rows) in ALL {
            let (mut natives, mut latins) = (Vec::new(), Vec::new());
            for (native, latin) in *rows {
                assert_eq!(
                    native.chars().count(),
                    latin.chars().count(),
                    "{layout}: {native}"
                );
                natives.extend(native.chars());
                latins.extend(latin.chars());
            }
            assert!(latins.iter().all(char::is_ascii), "{layout}");
            assert!(natives.iter().all(|c| !c.is_ascii()), "{layout}");
            for list in [&mut natives, &mut latins] {
                let length = list.len();
                list.sort_unstable();
                list.dedup();
                assert_eq!(list.len(), length, "{layout}: twice in {list:?}");
            }
        }
    }

    #[test]
    fn the_keys_that_matter_on_each_keyboard() {
        for (typed, expected) in [
            // j, k, g, n, q, b, /, ?, f, z, m on Arabic (101)
            ("تنلىضﻻظ؟بئة", "jkgnqb/?fzm"),
            ("ї", "]"),
            ("і", "s"),
            ("отпйф", "jngqa"),
            ("ОТПЙФ", "JNGQA"),
            ("ξκγνς", "jkgnw"),
            ("חלעמז", "jkgnz"),
            ("١۲", "12"),
            // Persian letters that Arabic (101) does not have
            ("یکگچپ", "d;']m"),
        ] {
            let mapped: String = typed
                .chars()
                .map(|c| qwerty(c, Preference::Arabic).unwrap_or(c))
                .collect();
            assert_eq!(mapped, expected, "{typed}");
        }
        assert_eq!(qwerty('د', Preference::Arabic), Some(']'));
        assert_eq!(qwerty('د', Preference::Persian), Some('n'));
    }

    #[test]
    fn every_layout_reaches_the_command_of_the_same_key() {
        let mut keymap = Keymap::default();
        for (layout, rows) in ALL {
            keymap.prefer(if *layout == "Persian" {
                Preference::Persian
            } else {
                Preference::Arabic
            });
            for (native, latin) in rows
                .iter()
                .flat_map(|(native, latin)| native.chars().zip(latin.chars()).collect::<Vec<_>>())
            {
                assert_eq!(
                    keymap.lookup(Mode::Normal, &[Key::char(native)]),
                    keymap.lookup(Mode::Normal, &[Key::char(latin)]),
                    "{layout}: {native} is on the key of {latin}"
                );
                assert_eq!(
                    keymap.lookup(Mode::Text, &[Key::char(native)]),
                    Lookup::None
                );
            }
        }
    }

    #[test]
    fn latin_keys_stay_and_modifiers_are_kept() {
        assert_eq!(qwerty('j', Preference::Arabic), None);
        assert_eq!(qwerty('ä', Preference::Arabic), None);
        assert_eq!(Key::ctrl('в').qwerty(Preference::Arabic), Key::ctrl('d'));
        let enter = Key::plain(Code::Enter);
        assert_eq!(enter.qwerty(Preference::Persian), enter);
    }
}
