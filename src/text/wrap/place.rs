//! Places the glyphs of one line: L1, L2, L4, and the cells.

use std::ops::Range;

use compact_str::CompactString;

use crate::text::bidi;
use crate::text::bidi::Direction;
use crate::text::bidi::Spacing;
use crate::text::glyph::Glyph;
use crate::text::glyph::Glyphs;
use crate::text::glyph::Kind;
use crate::text::visible;
use crate::text::wrap::Cell;
use crate::text::wrap::VisualLine;

/// What the lines of one paragraph share.
pub(super) struct Row<'g> {
    /// The glyphs of the paragraph.
    pub(super) glyphs: &'g Glyphs,
    /// Byte offset of the paragraph in the text.
    pub(super) base: usize,
    /// Direction of the paragraph.
    pub(super) direction: Direction,
    /// Cells that a line has.
    pub(super) width: u16,
}

impl Row<'_> {
    /// The line of a range of glyphs, which covers `source`. Glyphs that hang at its end get no
    /// cell, save that a soft hyphen before another line shows a hyphen where there is room.
    pub(super) fn place(
        &self,
        range: Range<usize>,
        source: Range<usize>,
        ends_paragraph: bool,
    ) -> VisualLine {
        let glyphs = self.glyphs.as_slice().get(range).unwrap_or(&[]);
        let hanging = glyphs.iter().rev().take_while(|glyph| glyph.kind.hangs());
        let shown = glyphs.len() - hanging.count();
        let hyphen = glyphs
            .last()
            .filter(|last| last.kind == Kind::SoftHyphen && !ends_paragraph && shown > 0);
        let glyphs = glyphs.get(..shown).unwrap_or(&[]);
        let mut cells = Vec::with_capacity(glyphs.len() + 1);
        if self.direction == Direction::Ltr && glyphs.iter().all(|glyph| glyph.level == 0) {
            for glyph in glyphs {
                self.push_cells(glyph, 0, &mut cells);
            }
        } else {
            self.push_reordered(glyphs, &mut cells);
        }
        let mut line = VisualLine {
            width: cells.iter().map(|cell| u16::from(cell.width)).sum(),
            cells,
            direction: self.direction,
            source,
            ends_paragraph,
        };
        if let Some(hyphen) = hyphen
            && line.width < self.width
        {
            line.append(CompactString::const_new("-"), self.source_of(hyphen));
        }
        line
    }

    fn push_reordered(&self, glyphs: &[Glyph], cells: &mut Vec<Cell>) {
        let mut levels: Vec<(u8, Kind)> = glyphs.iter().map(|g| (g.level, g.kind)).collect();
        bidi::reset_white_space(
            &mut levels,
            |(_, kind)| match kind {
                Kind::Tab => Spacing::Separator,
                Kind::Letter | Kind::StandIn => Spacing::Solid,
                _ => Spacing::White,
            },
            |(level, _)| *level = self.direction.level(),
        );
        let levels: Vec<u8> = levels.into_iter().map(|(level, _)| level).collect();
        for i in bidi::visual_order(&levels) {
            if let (Some(glyph), Some(level)) = (glyphs.get(i), levels.get(i)) {
                self.push_cells(glyph, *level, cells);
            }
        }
    }

    fn push_cells(&self, glyph: &Glyph, level: u8, cells: &mut Vec<Cell>) {
        let source = self.source_of(glyph);
        match glyph.kind {
            Kind::StandIn => {
                for c in visible::stand_in(glyph.shown).chars() {
                    cells.push(Cell {
                        symbol: CompactString::from_iter([c]),
                        width: 1,
                        source: source.clone(),
                    });
                }
            }
            _ if glyph.width == 0 => {}
            _ => {
                let mirrored = if level % 2 == 1 {
                    bidi::mirrored(glyph.shown)
                } else {
                    None
                };
                cells.push(Cell {
                    symbol: self.glyphs.symbol(mirrored.unwrap_or(glyph.shown), glyph),
                    width: glyph.width,
                    source,
                });
            }
        }
    }

    /// The bytes of the text that a glyph stands for.
    fn source_of(&self, glyph: &Glyph) -> Range<usize> {
        self.base + glyph.start as usize..self.base + glyph.end as usize
    }
}

impl VisualLine {
    /// Adds a cell at the logical end: to the right, or to the left of a right-to-left line.
    fn append(&mut self, symbol: CompactString, source: Range<usize>) {
        let cell = Cell {
            symbol,
            width: 1,
            source,
        };
        match self.direction {
            Direction::Ltr => self.cells.push(cell),
            Direction::Rtl => self.cells.insert(0, cell),
        }
        self.width = self.width.saturating_add(1);
    }

    /// Adds the `…` that stands for `rest`, which did not fit.
    pub(super) fn append_ellipsis(&mut self, rest: Range<usize>) {
        self.append(CompactString::const_new("…"), rest);
    }
}
