//! UAX #9: paragraph direction, embedding levels, reordering, mirroring.
//!
//! Levels come from unicode-bidi; what a terminal program needs beside them (whole clusters moved,
//! brackets mirrored) is here. What the text obeys is our choice, see [`Controls`].

use unicode_bidi::BidiClass;
use unicode_bidi::BidiDataSource;
use unicode_bidi::HardcodedBidiData;
use unicode_bidi::Level;
use unicode_bidi::ParagraphBidiInfo;

use crate::text::visible;

/// Direction of a paragraph or of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The direction of a paragraph: that of its first strong character outside isolates
    /// (UAX #9 P2, P3), or `fallback` where there is none.
    #[must_use]
    pub fn of(paragraph: &str, fallback: Self) -> Self {
        let mut isolates = 0_usize;
        for c in paragraph.chars() {
            if c.is_ascii() {
                if c.is_ascii_alphabetic() && isolates == 0 {
                    return Self::Ltr;
                }
                continue;
            }
            match unicode_bidi::bidi_class(c) {
                BidiClass::L if isolates == 0 => return Self::Ltr,
                BidiClass::R | BidiClass::AL if isolates == 0 => return Self::Rtl,
                BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => isolates += 1,
                BidiClass::PDI => isolates = isolates.saturating_sub(1),
                _ => {}
            }
        }
        fallback
    }

    /// The direction of a paragraph in a document that is written from right to left: that one,
    /// whatever comes first, unless all its letters run from left to right. A byline or a quotation
    /// in another script keeps its full stop at its own end.
    #[must_use]
    pub fn in_rtl_document(paragraph: &str) -> Self {
        let is_rtl = |c| matches!(unicode_bidi::bidi_class(c), BidiClass::R | BidiClass::AL);
        match Self::of(paragraph, Self::Rtl) {
            Self::Ltr if !paragraph.chars().any(is_rtl) => Self::Ltr,
            _ => Self::Rtl,
        }
    }

    /// The embedding level of a paragraph of this direction.
    #[must_use]
    pub fn level(self) -> u8 {
        match self {
            Self::Ltr => 0,
            Self::Rtl => 1,
        }
    }
}

/// Whether bidi controls in the text take part in ordering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Controls {
    /// They do, as UAX #9 says. For conformance.
    Obeyed,
    /// They do not: each is a neutral character like the stand-in that is shown for it, so that
    /// hidden overrides cannot make a text read otherwise than it is stored. So are all other
    /// hostile characters. Line ends within the text are white space. For the screen.
    Inert,
}

/// Character data with the choice of [`Controls`] made.
struct Classes(Controls);

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        let class = match c {
            'a'..='z' | 'A'..='Z' => return BidiClass::L,
            ' ' => return BidiClass::WS,
            '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' => return BidiClass::AL,
            _ => HardcodedBidiData.bidi_class(c),
        };
        match (self.0, visible::appearance(c)) {
            (Controls::Inert, visible::Appearance::Hostile) => BidiClass::ON,
            (Controls::Inert, _) if class == BidiClass::B => BidiClass::WS,
            _ => class,
        }
    }
}

/// The embedding level of each **byte** of a paragraph (all bytes of a character have the same),
/// after W, N and I, before L1. `paragraph` holds no paragraph separator, save at its end.
#[must_use]
pub fn levels(paragraph: &str, base: Direction, controls: Controls) -> Vec<u8> {
    let base = Level::new(base.level()).ok();
    ParagraphBidiInfo::new_with_data_source(&Classes(controls), paragraph, base)
        .levels
        .iter()
        .map(Level::number)
        .collect()
}

/// Whether `c` can make a left-to-right paragraph need levels: strong right-to-left characters
/// and Arabic numbers. A superset by blocks, for speed; bidi controls are not in it.
pub(crate) fn is_rtl_block(c: char) -> bool {
    c >= '\u{590}'
        && matches!(c,
            '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// How a character counts for rule L1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// Neither: it ends a run of white space.
    Solid,
    /// White space, an isolate control, or a character that X9 removes.
    White,
    /// A segment or paragraph separator: a tab.
    Separator,
}

impl Spacing {
    /// How `c` counts when bidi controls are [`Controls::Obeyed`].
    #[must_use]
    pub fn of(c: char) -> Self {
        use BidiClass as Class;
        match unicode_bidi::bidi_class(c) {
            Class::B | Class::S => Self::Separator,
            Class::WS | Class::FSI | Class::LRI | Class::RLI | Class::PDI => Self::White,
            Class::BN | Class::LRE | Class::RLE | Class::LRO | Class::RLO | Class::PDF => {
                Self::White
            }
            _ => Self::Solid,
        }
    }
}

/// Rule L1 on the items of one line: separators, white space before them, and white space at the
/// end of the line get the paragraph's level.
pub fn reset_white_space<T>(
    items: &mut [T],
    spacing: impl Fn(&T) -> Spacing,
    mut set_level: impl FnMut(&mut T),
) {
    let mut resetting = true;
    for item in items.iter_mut().rev() {
        match spacing(item) {
            Spacing::Separator => resetting = true,
            Spacing::White => {}
            Spacing::Solid => resetting = false,
        }
        if resetting {
            set_level(item);
        }
    }
}

/// Rule L2: the indices of `levels` in visual order, from left to right.
#[must_use]
pub fn visual_order(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let Some(highest) = levels.iter().copied().max() else {
        return order;
    };
    let level_of = |i: &usize| levels.get(*i).copied().unwrap_or(0);
    let lowest_odd = levels.iter().copied().filter(|l| l % 2 == 1).min();
    for level in (lowest_odd.unwrap_or(u8::MAX)..=highest).rev() {
        // runs of at least this level are still contiguous: higher runs were turned inside them
        for run in order.chunk_by_mut(|a, b| (level_of(a) >= level) == (level_of(b) >= level)) {
            if run.first().is_some_and(|i| level_of(i) >= level) {
                run.reverse();
            }
        }
    }
    order
}

/// Pairs of characters whose glyphs mirror each other: `BidiMirroring.txt` of Unicode 15.
const MIRRORED: &str = "\
    ()<>[]{}«»༺༻༼༽᚛᚜‹›⁅⁆⁽⁾₍₎∈∋∉∌∊∍∕⧵∟⯾∠⦣∡⦛∢⦠∤⫮∼∽≃⋍≅≌\
    ≒≓≔≕≤≥≦≧≨≩≪≫≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿⊀⊁⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊏⊐⊑⊒⊘⦸\
    ⊢⊣⊦⫞⊨⫤⊩⫣⊫⫥⊰⊱⊲⊳⊴⊵⊶⊷⊸⟜⋉⋊⋋⋌⋐⋑⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫\
    ⋬⋭⋰⋱⋲⋺⋳⋻⋴⋼⋶⋽⋷⋾⌈⌉⌊⌋\u{2329}\u{232A}❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟃⟄⟅⟆⟈⟉⟋⟍⟕⟖⟝⟞⟢⟣\
    ⟤⟥⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦎⦏⦑⦒⦓⦔⦕⦖⦗⦘⦤⦥⦨⦩⦪⦫⦬⦭⦮⦯⧀⧁⧄⧅\
    ⧏⧐⧑⧒⧔⧕⧘⧙⧚⧛⧨⧩⧸⧹⧼⧽⨫⨬⨭⨮⨴⨵⨼⨽⩤⩥⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎\
    ⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪦⪧⪨⪩⪪⪫⪬⪭⪯⪰⪱⪲⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂\
    ⫃⫄⫅⫆⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫬⫭⫷⫸⫹⫺⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖\
    ⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞﹤﹥（）＜＞［］｛｝｟｠｢｣";

/// The character whose usual glyph is the mirror image of that of `c` (rule L4), if there is one.
#[must_use]
pub fn mirrored(c: char) -> Option<char> {
    // nearly all of a right-to-left run: ASCII without brackets, letters, presentation forms
    let is_bracket = matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '{' | '}');
    if c.is_ascii() && !is_bracket
        || matches!(c, '\u{BC}'..='\u{F39}' | '\u{FB00}'..='\u{FE58}' | '\u{FE66}'..='\u{FF07}')
    {
        return None;
    }
    let mut pairs = MIRRORED.chars();
    while let (Some(a), Some(b)) = (pairs.next(), pairs.next()) {
        if a == c {
            return Some(b);
        }
        if b == c {
            return Some(a);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_strong_character_gives_the_direction() {
        let cases: &[(&str, Direction, Direction)] = &[
            ("", Direction::Rtl, Direction::Rtl),
            ("123 – 5%", Direction::Rtl, Direction::Rtl),
            ("123 a", Direction::Rtl, Direction::Ltr),
            ("(1) حلب Aleppo", Direction::Ltr, Direction::Rtl),
            ("@user حلب", Direction::Rtl, Direction::Ltr),
            ("١٢ שלום", Direction::Ltr, Direction::Rtl),
            // isolates are passed over, up to their end or that of the paragraph
            (
                "\u{2068}Reuters\u{2069} حلب",
                Direction::Ltr,
                Direction::Rtl,
            ),
            ("\u{2067}حلب", Direction::Ltr, Direction::Ltr),
            ("\u{200f}Reuters", Direction::Ltr, Direction::Rtl),
        ];
        for (text, fallback, expected) in cases {
            assert_eq!(Direction::of(text, *fallback), *expected, "{text:?}");
        }
    }

    #[test]
    fn inert_controls_order_nothing() {
        let inert = |text: &str| levels(text, Direction::Ltr, Controls::Inert);
        assert_eq!(inert("\u{202e}ab"), [0; 5]);
        assert_eq!(inert("a\nb"), [0; 3]);
        assert_eq!(
            levels("\u{202e}ab", Direction::Ltr, Controls::Obeyed),
            [0, 0, 0, 1, 1]
        );
    }

    #[test]
    fn mirroring_goes_both_ways() {
        for (a, b) in [
            ('(', ')'),
            ('«', '»'),
            ('≤', '≥'),
            ('「', '」'),
            ('﹤', '﹥'),
        ] {
            assert_eq!(mirrored(a), Some(b));
            assert_eq!(mirrored(b), Some(a));
        }
        for c in ['a', '1', '%', 'ح', 'ﺡ', '“', '”', '/'] {
            assert_eq!(mirrored(c), None, "{c}");
        }
        let found = ('\0'..=char::MAX)
            .filter(|c| mirrored(*c).is_some())
            .count();
        assert_eq!(found, 428);
    }

    proptest! {
        #[test]
        fn visual_order_is_that_of_unicode_bidi(levels in prop::collection::vec(0_u8..8, 0..40)) {
            let order = visual_order(&levels);
            let theirs: Vec<Level> = levels.iter().filter_map(|l| Level::new(*l).ok()).collect();
            prop_assert_eq!(&order, &ParagraphBidiInfo::reorder_visual(&theirs));
            let mut sorted = order;
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..levels.len()).collect::<Vec<_>>());
        }
    }
}
