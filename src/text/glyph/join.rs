//! Joins Arabic letters across a paragraph, before it is wrapped: joining never changes at a wrap.

use crate::text::glyph::Glyph;
use crate::text::glyph::Glyphs;
use crate::text::glyph::Joiner;
use crate::text::glyph::Kind;
use crate::text::glyph::MAX_MARKS;
use crate::text::shape;
use crate::text::shape::Joining;

/// The joining type of what a glyph shows.
fn joining(glyph: &Glyph) -> Joining {
    match glyph.kind {
        Kind::Letter => shape::joining(glyph.shown),
        _ => Joining::None,
    }
}

impl Glyphs {
    /// Gives each Arabic letter its joining form, and makes one glyph of lam and alef.
    pub(super) fn join(&mut self) {
        // whether what stands before would join the next letter
        let mut joins = false;
        let mut kept = 0;
        let mut at = 0;
        while let Some(glyph) = self.glyphs.get(at).copied() {
            let mut made = glyph;
            let mut used = 1;
            match joining(&glyph) {
                _ if glyph.kind == Kind::Hidden => {
                    joins = match glyph.joiners.1 {
                        Joiner::None => joins,
                        Joiner::Joins => true,
                        Joiner::Parts => false,
                    };
                }
                Joining::None => joins = glyph.joiners.1 == Joiner::Joins,
                kind => {
                    let before = joins && kind != Joining::Causing;
                    let after = kind == Joining::Dual && self.takes_join(at);
                    if let Some(ligature) = self.ligature(at, before) {
                        made = ligature;
                        used = 2;
                        joins = made.joiners.1 == Joiner::Joins;
                    } else {
                        made.shown = shape::form(glyph.shown, before, after);
                        joins = match glyph.joiners.1 {
                            Joiner::None => kind != Joining::Right,
                            Joiner::Joins => true,
                            Joiner::Parts => false,
                        };
                    }
                }
            }
            if let Some(place) = self.glyphs.get_mut(kept) {
                *place = made;
            }
            kept += 1;
            at += used;
        }
        self.glyphs.truncate(kept);
    }

    /// Whether what follows the letter at `at` joins it.
    fn takes_join(&self, at: usize) -> bool {
        let joiner_of = |i: usize| self.glyphs.get(i).map(|glyph| glyph.joiners.0);
        match joiner_of(at) {
            Some(Joiner::Joins) => return true,
            Some(Joiner::Parts) => return false,
            _ => {}
        }
        for next in self.glyphs.iter().skip(at + 1) {
            if next.kind != Kind::Hidden {
                return joining(next) != Joining::None;
            }
            match next.joiners.0 {
                Joiner::Joins => return true,
                Joiner::Parts => return false,
                Joiner::None => {}
            }
        }
        false
    }

    /// The lam-alef that begins at `at`, if one does. Marks on the lam do not hinder it, joiners
    /// and anything between the two do.
    fn ligature(&mut self, at: usize, before: bool) -> Option<Glyph> {
        let lam = self.glyphs.get(at).copied()?;
        let alef = self.glyphs.get(at + 1).copied()?;
        if lam.shown != shape::LAM
            || lam.kind != Kind::Letter
            || alef.kind != Kind::Letter
            || lam.joiners.0 != Joiner::None
        {
            return None;
        }
        let shown = shape::lam_alef(alef.shown, before)?;
        Some(Glyph {
            shown,
            end: alef.end,
            marks: self.both_marks(lam.marks, alef.marks),
            joiners: alef.joiners,
            ..lam
        })
    }

    /// The marks of two glyphs as those of one.
    fn both_marks(&mut self, first: u32, second: u32) -> u32 {
        if first == 0 || second == 0 {
            return first.max(second);
        }
        let marks_of = |i: u32| self.marks.get(i as usize).cloned().unwrap_or_default();
        let (mut both, second) = (marks_of(first), marks_of(second));
        for mark in second.chars() {
            if both.chars().count() < MAX_MARKS {
                both.push(mark);
            }
        }
        self.marks.push(both);
        u32::try_from(self.marks.len() - 1).unwrap_or(first)
    }
}
