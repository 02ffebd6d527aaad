//! Where a line ends: in logical order, counting cells after shaping.
//!
//! A small part of UAX #14: lines break at white space, behind hyphens and dashes between letters,
//! between wide characters, where a zero width space or soft hyphen allows it, and inside a word
//! only where it is wider than a line.

use crate::text::glyph::Glyph;
use crate::text::glyph::Kind;

/// The end of the line that begins with glyph `start`: the number of the next line's first glyph,
/// or that of glyphs. Greater than `start` unless there is no glyph left.
pub(super) fn next_break(glyphs: &[Glyph], start: usize, width: u16) -> usize {
    let mut used = 0_u32;
    let mut opportunity = None;
    for (at, glyph) in glyphs.iter().enumerate().skip(start) {
        if at > start && may_break(glyphs, at) && hyphen_fits(glyphs, at, used, width) {
            opportunity = Some(at);
        }
        used += u32::from(glyph.width);
        if used > u32::from(width) && !glyph.kind.hangs() && at > start {
            return opportunity.unwrap_or_else(|| cluster_start(glyphs, start, at));
        }
    }
    glyphs.len()
}

/// The last place at or before `at`, but behind `start`, where a cluster begins; else `at`.
fn cluster_start(glyphs: &[Glyph], start: usize, at: usize) -> usize {
    let begins = |i: &usize| glyphs.get(*i).is_some_and(|glyph| !glyph.continues);
    (start + 1..=at).rev().find(begins).unwrap_or(at)
}

/// How many glyphs a row of `width` cells shows: all, or those that leave one cell for the `…`.
pub(super) fn cut(glyphs: &[Glyph], width: u16) -> usize {
    let mut used = 0_u32;
    let mut room_for_ellipsis = 0;
    for (at, glyph) in glyphs.iter().enumerate() {
        if used < u32::from(width) && !glyph.continues {
            room_for_ellipsis = at;
        }
        used += u32::from(glyph.width);
        if used > u32::from(width) {
            let blanks = glyphs.iter().take(room_for_ellipsis).rev();
            return room_for_ellipsis - blanks.take_while(|glyph| glyph.kind.hangs()).count();
        }
    }
    glyphs.len()
}

/// Whether the hyphen that a soft hyphen before `at` would show still fits.
fn hyphen_fits(glyphs: &[Glyph], at: usize, used: u32, width: u16) -> bool {
    let before = glyphs.get(at - 1).map(|glyph| glyph.kind);
    before != Some(Kind::SoftHyphen) || used < u32::from(width)
}

/// Whether a line may end before glyph `at`, which is not the first.
fn may_break(glyphs: &[Glyph], at: usize) -> bool {
    let (Some(before), Some(after)) = (glyphs.get(at - 1), glyphs.get(at)) else {
        return false;
    };
    if after.continues || after.kind.hangs() {
        return false;
    }
    match before.kind {
        Kind::Space | Kind::Tab | Kind::Opportunity | Kind::SoftHyphen => true,
        Kind::Hidden | Kind::StandIn => false,
        Kind::Letter if is_hyphen(before.shown) => {
            let earlier = at.checked_sub(2).and_then(|i| glyphs.get(i));
            is_letter(after) && earlier.is_some_and(is_letter)
        }
        Kind::Letter => {
            (before.width == 2 || after.width == 2)
                && after.kind == Kind::Letter
                && !opens(before.shown)
                && !closes(after.shown)
        }
    }
}

/// Hyphens and dashes behind which a line may end: hyphen-minus, hyphen, en and em dash.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2013}' | '\u{2014}')
}

fn is_letter(glyph: &Glyph) -> bool {
    glyph.kind == Kind::Letter && glyph.shown.is_alphabetic()
}

/// Whether a line should not end behind `c`: opening punctuation.
fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '«'
            | '‹'
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '¿'
            | '¡'
            | '\u{A0}'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '〘'
            | '〚'
            | '〝'
            | '（'
            | '［'
            | '｛'
            | '｟'
            | '￥'
            | '＄'
            | '￡'
            | '$'
            | '€'
            | '£'
            | ' '
    )
}

/// Whether a line should not begin with `c`: closing punctuation, stops, small kana, marks of
/// length and repetition.
fn closes(c: char) -> bool {
    matches!(
        c,
        '!' | '%'
            | ')'
            | ','
            | '.'
            | ':'
            | ';'
            | '?'
            | ']'
            | '}'
            | '"'
            | '\''
            | '»'
            | '›'
            | '”'
            | '’'
            | '…'
            | '،'
            | '؛'
            | '؟'
            | '-'
            | ' '
            | '、'
            | '。'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '〙'
            | '〛'
            | '〞'
            | '〟'
            | '々'
            | '〻'
            | '・'
            | 'ー'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | '！'
            | '％'
            | '）'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '］'
            | '｝'
            | '｠'
    )
}
