//! Glyphs: what each grapheme cluster of a paragraph shows as, before lines are broken.
//!
//! A glyph is a letter with its marks, a lam-alef, a blank, or a stand-in. Clusters that take more
//! than two cells, and emoji joined by ZWJ, are several glyphs that belong together: terminals
//! disagree about the width of the whole, but not about that of its parts.

mod build;
mod join;

use compact_str::CompactString;

/// What kind of thing a glyph shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A character, perhaps with marks.
    Letter,
    /// A blank at which a line may break, and which hangs at the end of a line.
    Space,
    /// A tab: as `Space`, and a separator for bidi.
    Tab,
    /// The stand-in of a hostile character: several cells, kept together, always left to right.
    StandIn,
    /// Nothing, but a line may break behind it.
    Opportunity,
    /// Nothing, but a line may break behind it, which shows a hyphen then.
    SoftHyphen,
    /// Nothing.
    Hidden,
}

impl Kind {
    /// Whether the glyph takes no cell at the end of a line.
    pub(crate) fn hangs(self) -> bool {
        !matches!(self, Self::Letter | Self::StandIn)
    }

    /// Whether the glyph is a blank.
    pub(crate) fn is_blank(self) -> bool {
        matches!(self, Self::Space | Self::Tab)
    }
}

/// A joiner that follows a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Joiner {
    #[default]
    None,
    /// ZWJ: joins.
    Joins,
    /// ZWNJ: keeps apart.
    Parts,
}

/// What a cluster, or a part of one, shows as.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// First byte in the paragraph.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// The character to print; the hostile character itself for a stand-in.
    pub(crate) shown: char,
    /// Number of the string of marks that ride on it, 0 for none.
    marks: u32,
    /// Cells in all.
    pub(crate) width: u8,
    /// Embedding level.
    pub(crate) level: u8,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether it continues the cluster of the glyph before it: no line breaks there.
    pub(crate) continues: bool,
    /// The joiners that follow it: the one next to it, and the one next to the glyph after it.
    joiners: (Joiner, Joiner),
}

/// Combining marks that are kept on one letter. Real text has up to three; more is an attack on
/// the rows above and below.
const MAX_MARKS: usize = 4;

/// How glyphs are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Cells that a line has: what is wider gets a narrow substitute.
    pub(crate) limit: u16,
    /// Whether Arabic letters get their presentation forms.
    pub(crate) shape: bool,
    /// Whether tashkeel is kept.
    pub(crate) tashkeel: bool,
    /// Whether each run of white space, line ends included, is one blank, and none at the start.
    pub(crate) one_line: bool,
}

/// The glyphs of a paragraph. Reused from paragraph to paragraph.
#[derive(Debug, Default)]
pub(crate) struct Glyphs {
    glyphs: Vec<Glyph>,
    /// Strings of marks; the first is empty.
    marks: Vec<CompactString>,
}

impl Glyphs {
    /// The glyphs in logical order.
    pub(crate) fn as_slice(&self) -> &[Glyph] {
        &self.glyphs
    }

    /// The glyphs, to set their levels.
    pub(crate) fn as_mut_slice(&mut self) -> &mut [Glyph] {
        &mut self.glyphs
    }

    /// What to print for a letter or blank: `shown` (its character, perhaps mirrored) and its
    /// marks.
    pub(crate) fn symbol(&self, shown: char, glyph: &Glyph) -> CompactString {
        let mut buffer = [0; 4];
        let mut symbol = CompactString::new(shown.encode_utf8(&mut buffer));
        if glyph.marks > 0
            && let Some(marks) = self.marks.get(glyph.marks as usize)
        {
            symbol.push_str(marks);
        }
        symbol
    }
}
