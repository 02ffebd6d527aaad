//! Arabic joining forms, for terminals that do not shape.
//!
//! Letters are replaced by their presentation forms (U+FB50–FDFF, U+FE70–FEFF), which every
//! terminal prints as they are. A letter that has none is left alone, but still joins its
//! neighbours. Presentation forms that stand in a text join nothing, so nothing is shaped twice.

/// Joining type of a letter (Unicode `ArabicShaping.txt`). Transparent characters ride on their
/// letter and never come here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Joining {
    /// U: joins neither neighbour.
    None,
    /// R: joins the letter before it.
    Right,
    /// D: joins both.
    Dual,
    /// C: makes both neighbours join, without a form of its own (tatweel).
    Causing,
}

/// Joining types of U+0600–06FF, a letter a character, U where there is none.
const ARABIC: &[u8; 256] = b"\
    UUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUDURRRRDRDRDDDDDRRRRDDDDDDDDDDDDD\
    CDDDDDDDRDDUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUDDURRRURRRDDDDDDDD\
    DDDDDDDDRRRRRRRRRRRRRRRRRRDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD\
    RDDRRRRRRRRRDRDRDDRRURUUUUUUUUUUUUUUUUUUUUUUUURRUUUUUUUUUUDDDUUD";

/// The same of U+0750–077F.
const SUPPLEMENT: &[u8; 48] = b"\
    DDDDDDDDDRRRDDDDDDDDDDDDDDDRRDDDDRDRRDDDRRDDDDDD";

/// The same of U+0870–08FF.
const EXTENDED: &[u8; 144] = b"\
    RRRRRRRRRRRRRRRRRRRCCCDUUDDDDDRUUUUUUUUUUUUUUUUUDDDDDDDDDDRRRURD\
    DRRDDDDDDRDDDDDDDDDDDDDDDUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU\
    UUUUUUUUUUUUUUUU";

/// Isolated form of each letter that has presentation forms, with the number of forms: final,
/// initial and medial follow it in this order. Hamza keeps its own code, which looks the same and
/// is in more fonts; alef maksura is apart, see [`form`].
#[rustfmt::skip]
const FORMS: &[(u16, u16, u8)] = &[
    (0x622, 0xFE81, 2), (0x623, 0xFE83, 2), (0x624, 0xFE85, 2), (0x625, 0xFE87, 2), (0x626, 0xFE89, 4),
    (0x627, 0xFE8D, 2), (0x628, 0xFE8F, 4), (0x629, 0xFE93, 2), (0x62A, 0xFE95, 4), (0x62B, 0xFE99, 4),
    (0x62C, 0xFE9D, 4), (0x62D, 0xFEA1, 4), (0x62E, 0xFEA5, 4), (0x62F, 0xFEA9, 2), (0x630, 0xFEAB, 2),
    (0x631, 0xFEAD, 2), (0x632, 0xFEAF, 2), (0x633, 0xFEB1, 4), (0x634, 0xFEB5, 4), (0x635, 0xFEB9, 4),
    (0x636, 0xFEBD, 4), (0x637, 0xFEC1, 4), (0x638, 0xFEC5, 4), (0x639, 0xFEC9, 4), (0x63A, 0xFECD, 4),
    (0x641, 0xFED1, 4), (0x642, 0xFED5, 4), (0x643, 0xFED9, 4), (0x644, 0xFEDD, 4), (0x645, 0xFEE1, 4),
    (0x646, 0xFEE5, 4), (0x647, 0xFEE9, 4), (0x648, 0xFEED, 2), (0x64A, 0xFEF1, 4), (0x671, 0xFB50, 2),
    (0x679, 0xFB66, 4), (0x67A, 0xFB5E, 4), (0x67B, 0xFB52, 4), (0x67E, 0xFB56, 4), (0x67F, 0xFB62, 4),
    (0x680, 0xFB5A, 4), (0x683, 0xFB76, 4), (0x684, 0xFB72, 4), (0x686, 0xFB7A, 4), (0x687, 0xFB7E, 4),
    (0x688, 0xFB88, 2), (0x68C, 0xFB84, 2), (0x68D, 0xFB82, 2), (0x68E, 0xFB86, 2), (0x691, 0xFB8C, 2),
    (0x698, 0xFB8A, 2), (0x6A4, 0xFB6A, 4), (0x6A6, 0xFB6E, 4), (0x6A9, 0xFB8E, 4), (0x6AD, 0xFBD3, 4),
    (0x6AF, 0xFB92, 4), (0x6B1, 0xFB9A, 4), (0x6B3, 0xFB96, 4), (0x6BA, 0xFB9E, 2), (0x6BB, 0xFBA0, 4),
    (0x6BE, 0xFBAA, 4), (0x6C0, 0xFBA4, 2), (0x6C1, 0xFBA6, 4), (0x6C5, 0xFBE0, 2), (0x6C6, 0xFBD9, 2),
    (0x6C7, 0xFBD7, 2), (0x6C8, 0xFBDB, 2), (0x6C9, 0xFBE2, 2), (0x6CB, 0xFBDE, 2), (0x6CC, 0xFBFC, 4),
    (0x6D0, 0xFBE4, 4), (0x6D2, 0xFBAE, 2), (0x6D3, 0xFBB0, 2),
];

/// [`FORMS`] with the letter's place in its block as the index: isolated form, number of forms.
const FORMS_BY_CODE: [(u16, u8); 256] = {
    let mut table = [(0, 0); 256];
    let mut row = 0;
    while row < FORMS.len() {
        let (letter, isolated, forms) = FORMS[row];
        table[letter as usize - 0x600] = (isolated, forms);
        row += 1;
    }
    table
};

/// The joining type of a letter.
#[must_use]
pub fn joining(letter: char) -> Joining {
    let code = u32::from(letter) as usize;
    let class = match code {
        0x600..0x700 => ARABIC.get(code - 0x600),
        0x750..0x780 => SUPPLEMENT.get(code - 0x750),
        0x870..0x900 => EXTENDED.get(code - 0x870),
        _ => None,
    };
    match class {
        Some(b'R') => Joining::Right,
        Some(b'D') => Joining::Dual,
        Some(b'C') => Joining::Causing,
        _ => Joining::None,
    }
}

/// The form of a letter that joins the letter before it (`before`: to its right) and the one
/// after it, or the letter itself where it has no such form.
#[must_use]
pub fn form(letter: char, before: bool, after: bool) -> char {
    let step = u16::from(before) + 2 * u16::from(after);
    // alef maksura: U+FBE8 and U+FBE9 (Uighur) are its initial and medial forms
    if letter == '\u{649}' {
        return ['\u{FEEF}', '\u{FEF0}', '\u{FBE8}', '\u{FBE9}']
            .get(usize::from(step))
            .copied()
            .unwrap_or(letter);
    }
    let index = (u32::from(letter) as usize).wrapping_sub(0x600);
    match FORMS_BY_CODE.get(index) {
        Some((isolated, forms)) if step < u16::from(*forms) => {
            char::from_u32(u32::from(isolated + step)).unwrap_or(letter)
        }
        _ => letter,
    }
}

/// The ligature of lam and this alef, which takes one cell; `before` when the lam joins the letter
/// before it. `None` for other letters.
#[must_use]
pub fn lam_alef(alef: char, before: bool) -> Option<char> {
    let isolated = match alef {
        '\u{622}' => 0xFEF5,
        '\u{623}' => 0xFEF7,
        '\u{625}' => 0xFEF9,
        '\u{627}' => 0xFEFB,
        _ => return None,
    };
    char::from_u32(isolated + u32::from(before))
}

/// Lam, the first half of the ligatures.
pub(crate) const LAM: char = '\u{644}';

/// Whether `c` is a combining mark of the Arabic script (tashkeel and Quranic annotation), other
/// than madda and hamza, which make another letter.
#[must_use]
pub fn is_tashkeel(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{652}' | '\u{656}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}'..='\u{6E8}'
        | '\u{6EA}'..='\u{6ED}' | '\u{897}'..='\u{89F}' | '\u{8CA}'..='\u{8E1}'
        | '\u{8E3}'..='\u{8FF}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    /// The letters that NFKD makes of a presentation form: told by other tables than ours.
    fn letters_of(form: char) -> String {
        form.nfkd().nfc().collect()
    }

    #[test]
    fn every_form_is_a_form_of_its_letter() {
        let mut forms = 0;
        for letter in '\u{600}'..'\u{700}' {
            for (before, after) in [(false, false), (true, false), (false, true), (true, true)] {
                let form = form(letter, before, after);
                if form != letter {
                    forms += 1;
                    assert_eq!(letters_of(form), letter.nfkd().nfc().collect::<String>());
                    assert_eq!(joining(form), Joining::None);
                }
            }
        }
        // alef maksura is not in the table
        let rows: usize = FORMS.iter().map(|row| usize::from(row.2)).sum();
        assert_eq!(forms, rows + 4);
    }

    #[test]
    fn every_ligature_is_lam_and_its_alef() {
        for alef in ['ا', 'أ', 'إ', 'آ'] {
            for before in [false, true] {
                let ligature = lam_alef(alef, before).unwrap();
                assert_eq!(letters_of(ligature), format!("{LAM}{alef}"));
            }
        }
        assert_eq!(lam_alef('ب', false), None);
    }

    #[test]
    fn joining_types_are_those_of_the_letters() {
        let cases: &[(char, Joining)] = &[
            ('ا', Joining::Right),
            ('د', Joining::Right),
            ('ة', Joining::Right),
            ('ب', Joining::Dual),
            ('ى', Joining::Dual),
            ('ی', Joining::Dual),
            ('ء', Joining::None),
            ('ـ', Joining::Causing),
            ('ﺏ', Joining::None),
            ('a', Joining::None),
            ('\u{750}', Joining::Dual),
            ('\u{8a0}', Joining::Dual),
        ];
        for (letter, expected) in cases {
            assert_eq!(joining(*letter), *expected, "{letter}");
        }
    }
}
