//! Makes glyphs of the characters of a paragraph.

use compact_str::CompactString;
use unicode_normalization::char::compose;

use crate::text::glyph::Glyph;
use crate::text::glyph::Glyphs;
use crate::text::glyph::Joiner;
use crate::text::glyph::Kind;
use crate::text::glyph::MAX_MARKS;
use crate::text::glyph::Style;
use crate::text::segment;
use crate::text::shape;
use crate::text::visible;
use crate::text::visible::Appearance;
use crate::text::width;

impl Glyphs {
    /// Makes the glyphs of a paragraph, all of level 0.
    pub(crate) fn build(&mut self, paragraph: &str, style: Style) {
        self.glyphs.clear();
        self.marks.clear();
        self.marks.push(CompactString::default());
        if !style.one_line && paragraph.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            self.build_ascii(paragraph);
            return;
        }
        self.glyphs.reserve(paragraph.len() / 2 + 8);
        let mut arabic = false;
        for (start, cluster) in segment::graphemes(paragraph) {
            // lead bytes of U+0600 and above
            arabic |= cluster.bytes().next().is_some_and(|lead| lead >= 0xD8);
            let mut first = true;
            for (offset, c) in cluster.char_indices() {
                self.push_char(start + offset, c, first, style);
                first = false;
            }
        }
        if style.shape && arabic {
            self.join();
        }
        if style.one_line {
            while self.glyphs.last().is_some_and(|last| last.kind.hangs()) {
                self.glyphs.pop();
            }
        }
    }

    /// The same for printable ASCII, where each byte is a cluster of one cell.
    fn build_ascii(&mut self, paragraph: &str) {
        self.glyphs.reserve(paragraph.len());
        for (at, byte) in paragraph.bytes().enumerate() {
            let kind = match byte {
                b' ' => Kind::Space,
                _ => Kind::Letter,
            };
            self.push(at, char::from(byte), 1, kind);
        }
    }

    /// Adds one character, the first of its cluster or not.
    fn push_char(&mut self, at: usize, c: char, first: bool, style: Style) {
        match visible::appearance(c) {
            Appearance::Plain => self.push_plain(at, c, first, style),
            Appearance::Blank => self.push_blank(at, c, style),
            Appearance::Hidden => self.push_hidden(at, c, first),
            Appearance::Hostile => self.push_stand_in(at, c, first, style),
        }
    }

    fn push(&mut self, at: usize, c: char, width: u8, kind: Kind) {
        let start = u32::try_from(at).unwrap_or(u32::MAX);
        self.glyphs.push(Glyph {
            start,
            end: start.saturating_add(c.len_utf8().try_into().unwrap_or(4)),
            shown: c,
            marks: 0,
            width,
            level: 0,
            kind,
            continues: false,
            joiners: (Joiner::None, Joiner::None),
        });
    }

    /// Lets the last glyph stand for `c` as well.
    fn extend(&mut self, at: usize, c: char) {
        if let Some(last) = self.glyphs.last_mut() {
            last.end = u32::try_from(at + c.len_utf8()).unwrap_or(u32::MAX);
        }
    }

    fn last_kind(&self) -> Option<Kind> {
        self.glyphs.last().map(|glyph| glyph.kind)
    }

    fn push_blank(&mut self, at: usize, c: char, style: Style) {
        if style.one_line {
            match self.last_kind() {
                None => {}
                Some(kind) if kind.is_blank() => self.extend(at, c),
                Some(_) => self.push_shown(at, c, ' ', 1, Kind::Space),
            }
            return;
        }
        match c {
            '\t' => self.push_shown(at, c, ' ', 1, Kind::Tab),
            '\u{A0}' | '\u{2007}' | '\u{202F}' => self.push_shown(at, c, ' ', 1, Kind::Letter),
            // the ideographic space, the one that is two cells wide
            '\u{3000}' if style.limit > 1 => self.push(at, c, 2, Kind::Space),
            _ => self.push_shown(at, c, ' ', 1, Kind::Space),
        }
    }

    fn push_shown(&mut self, at: usize, c: char, shown: char, width: u8, kind: Kind) {
        self.push(at, c, width, kind);
        if let Some(last) = self.glyphs.last_mut() {
            last.shown = shown;
        }
    }

    fn push_hidden(&mut self, at: usize, c: char, first: bool) {
        if first || self.glyphs.is_empty() {
            let kind = match c {
                '\u{200B}' => Kind::Opportunity,
                '\u{AD}' => Kind::SoftHyphen,
                _ => Kind::Hidden,
            };
            self.push(at, c, 0, kind);
        } else {
            self.extend(at, c);
        }
        let joiner = match c {
            '\u{200C}' => Joiner::Parts,
            '\u{200D}' => Joiner::Joins,
            _ => return,
        };
        if let Some(last) = self.glyphs.last_mut() {
            if last.joiners.0 == Joiner::None {
                last.joiners.0 = joiner;
            }
            last.joiners.1 = joiner;
        }
    }

    fn push_stand_in(&mut self, at: usize, c: char, first: bool, style: Style) {
        let in_run = self
            .glyphs
            .last()
            .is_some_and(|last| last.kind == Kind::StandIn && visible::is_tag(last.shown));
        if in_run && visible::is_tag(c) {
            self.extend(at, c);
            return;
        }
        let cells = visible::stand_in(c).chars().count();
        if cells > usize::from(style.limit) {
            self.push_shown(at, c, char::REPLACEMENT_CHARACTER, 1, Kind::Letter);
        } else {
            self.push(at, c, u8::try_from(cells).unwrap_or(u8::MAX), Kind::StandIn);
        }
        self.continue_cluster(first);
    }

    fn continue_cluster(&mut self, first: bool) {
        let follows = self.glyphs.len() > 1;
        if let Some(last) = self.glyphs.last_mut() {
            last.continues = !first && follows;
        }
    }

    fn push_plain(&mut self, at: usize, c: char, first: bool, style: Style) {
        // ratatui and terminals differ about the halfwidth voiced sound marks
        let wide = match c {
            '\u{FF9E}' => '\u{309B}',
            '\u{FF9F}' => '\u{309C}',
            _ => c,
        };
        let cells = width::of_char(wide);
        let on_letter = !first && self.last_kind() == Some(Kind::Letter);
        match (cells, c) {
            (0, _) if !first && matches!(self.last_kind(), Some(Kind::Letter | Kind::Space)) => {
                self.add_mark(at, c, style);
            }
            // marks without a letter ride on a dotted circle
            (0, _) => {
                self.push_shown(at, c, '\u{25CC}', 1, Kind::Letter);
                self.continue_cluster(first);
                self.add_mark(at, c, style);
            }
            // a skin colour: terminals that do not know it would draw a second square
            (_, '\u{1F3FB}'..='\u{1F3FF}')
                if on_letter && self.glyphs.last().is_some_and(|last| last.width == 2) =>
            {
                self.extend(at, c);
            }
            // two letters that make a flag in some terminals, and two cells in all
            (1, '\u{1F1E6}'..='\u{1F1FF}') if on_letter && style.limit > 1 => {
                self.add_mark(at, c, style);
                if let Some(last) = self.glyphs.last_mut() {
                    last.width = 2;
                }
            }
            (2, _) if style.limit == 1 => {
                self.push_shown(at, c, char::REPLACEMENT_CHARACTER, 1, Kind::Letter);
                self.continue_cluster(first);
            }
            (3.., _) => self.push_stand_in(at, c, first, style),
            _ => {
                self.push_shown(at, c, wide, cells, Kind::Letter);
                self.continue_cluster(first);
            }
        }
    }

    /// Puts a mark on the last glyph.
    fn add_mark(&mut self, at: usize, c: char, style: Style) {
        self.extend(at, c);
        if !style.tashkeel && shape::is_tashkeel(c) {
            return;
        }
        let next = self.marks.len();
        let Some(last) = self.glyphs.last_mut() else {
            return;
        };
        if last.kind == Kind::Space {
            // a blank that carries a mark is not a place to break a line
            last.kind = Kind::Letter;
        }
        if last.shown == char::REPLACEMENT_CHARACTER {
            return;
        }
        if last.marks == 0 {
            let composed = compose(last.shown, c);
            if let Some(composed) = composed.filter(|c| width::of_char(*c) == last.width) {
                last.shown = composed;
                return;
            }
            last.marks = u32::try_from(next).unwrap_or(0);
            self.marks.push(CompactString::default());
        }
        if let Some(marks) = self.marks.get_mut(last.marks as usize)
            && marks.chars().count() < MAX_MARKS
        {
            marks.push(c);
        }
    }
}
