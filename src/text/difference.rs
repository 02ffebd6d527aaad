//! The word difference of two texts: what stands in both, what only in the one or the other.
//!
//! Compared are words and the punctuation between them (UAX #29), exactly as they stand; white
//! space compares equal to any other, so that a text that was only wrapped anew is the same. The
//! differences are Myers' shortest edits between the anchors of a patience diff.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// Tokens of a text up to which it is compared word by word; longer ones line by line, which
/// bounds the time whatever stands in them.
const WORD_BY_WORD: usize = 20_000;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both texts, white space apart.
    Same,
    /// Only in the text before.
    Removed,
    /// Only in the text after.
    Added,
    /// Other words in its place.
    Replaced,
}

/// A stretch of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub change: Change,
    /// Its bytes in the text before; empty for what was added.
    pub before: Range<usize>,
    /// Its bytes in the text after; empty for what was removed.
    pub after: Range<usize>,
}

/// The pieces of two texts in order. Their ranges cover both texts without gap or overlap, and no
/// two neighbours are of the same kind.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let tokens = |text| word_tokens(text);
    let (mut old, mut new) = (tokens(before), tokens(after));
    if old.len().max(new.len()) > WORD_BY_WORD {
        (old, new) = (line_tokens(before), line_tokens(after));
    }
    let mut numbers = HashMap::new();
    let old_ids = interned(before, &old, &mut numbers);
    let new_ids = interned(after, &new, &mut numbers);
    let mut pieces = Pieces::default();
    // the operations come in order, so their lengths say where each stands
    let (mut old_at, mut new_at) = (0, 0);
    for op in capture_diff_slices(Algorithm::Patience, &old_ids, &new_ids) {
        let (change, old_len, new_len) = match op {
            DiffOp::Equal { len, .. } => (Change::Same, len, len),
            DiffOp::Delete { old_len, .. } => (Change::Removed, old_len, 0),
            DiffOp::Insert { new_len, .. } => (Change::Added, 0, new_len),
            DiffOp::Replace {
                old_len, new_len, ..
            } => (Change::Replaced, old_len, new_len),
        };
        let (left, right) = (old_at..old_at + old_len, new_at..new_at + new_len);
        (old_at, new_at) = (left.end, right.end);
        let ids = old_ids.get(left.clone()).unwrap_or_default();
        let blank = change == Change::Same && ids.iter().all(|id| *id == BLANK);
        pieces.push(change, bytes(&old, &left), bytes(&new, &right), blank);
    }
    pieces.finish()
}

/// The number of every token of white space.
const BLANK: u32 = 0;

/// Pieces as they come: what stands between two changes and is but a blank belongs to them.
#[derive(Default)]
struct Pieces {
    made: Vec<Piece>,
    /// A blank behind a change.
    blank: Option<Piece>,
}

impl Pieces {
    fn push(&mut self, change: Change, before: Range<usize>, after: Range<usize>, blank: bool) {
        let piece = Piece {
            change,
            before,
            after,
        };
        if blank && !self.made.is_empty() && self.blank.is_none() {
            self.blank = Some(piece);
            return;
        }
        if let Some(blank) = self.blank.take() {
            if piece.change == Change::Same {
                self.add(blank);
            } else {
                self.add(Piece {
                    change: Change::Replaced,
                    ..blank
                });
            }
        }
        self.add(piece);
    }

    /// Adds a piece; changes that touch become one.
    fn add(&mut self, piece: Piece) {
        match self.made.last_mut() {
            Some(last) if (last.change == Change::Same) == (piece.change == Change::Same) => {
                last.before.end = piece.before.end;
                last.after.end = piece.after.end;
                if last.change != piece.change {
                    last.change = Change::Replaced;
                }
            }
            _ => self.made.push(piece),
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        if let Some(blank) = self.blank.take() {
            self.add(blank);
        }
        self.made
    }
}

/// The bytes that some tokens cover; an empty range stands where the next token begins.
fn bytes(tokens: &[Range<usize>], which: &Range<usize>) -> Range<usize> {
    let end_of = |at: usize| tokens.get(at).map_or(0, |token| token.end);
    let start = match which.start.checked_sub(1) {
        Some(before) => end_of(before),
        None => 0,
    };
    match which.end.checked_sub(1) {
        Some(last) if last >= which.start => start..end_of(last),
        _ => start..start,
    }
}

fn interned<'t>(
    text: &'t str,
    tokens: &[Range<usize>],
    numbers: &mut HashMap<&'t str, u32>,
) -> Vec<u32> {
    let number = |token: &Range<usize>| {
        let word = text.get(token.clone()).unwrap_or("");
        if word.trim().is_empty() {
            return BLANK;
        }
        let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
        *numbers.entry(word).or_insert(next)
    };
    tokens.iter().map(number).collect()
}

/// Words, punctuation, and runs of white space.
fn word_tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut in_blank = false;
    for (start, word) in text.split_word_bound_indices() {
        let end = start + word.len();
        let blank = word.trim().is_empty();
        match tokens.last_mut() {
            Some(last) if blank && in_blank => last.end = end,
            _ => tokens.push(start..end),
        }
        in_blank = blank;
    }
    tokens
}

/// Lines with their ends.
fn line_tokens(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        start..at
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str, bytes: Range<usize>) -> &str {
        text.get(bytes).unwrap()
    }

    /// The pieces as `wdiff` writes them.
    fn shown(before: &str, after: &str) -> String {
        let mut text = String::new();
        for piece in words(before, after) {
            let (old, new) = (of(before, piece.before), of(after, piece.after));
            if piece.change == Change::Same {
                text.push_str(new);
                continue;
            }
            if !old.is_empty() {
                text.extend(["[-", old, "-]"]);
            }
            if !new.is_empty() {
                text.extend(["{+", new, "+}"]);
            }
        }
        text
    }

    #[test]
    fn words_are_compared_as_they_stand() {
        for (before, after, expected) in [
            ("", "", ""),
            ("a b c", "a b c", "a b c"),
            ("a  b\nc", "a b c", "a b c"),
            (
                "800 fighters left",
                "2,500 fighters left",
                "[-800-]{+2,500+} fighters left",
            ),
            ("in the city", "in city", "in [-the -]city"),
            ("gone", "", "[-gone-]"),
            ("", "new", "{+new+}"),
            // what lies between two changes and is but a blank goes with them
            (
                "to east Aleppo now",
                "to west Homs now",
                "to [-east Aleppo-]{+west Homs+} now",
            ),
            (
                "Die Straße nach Aleppo ist gesperrt.",
                "Die Straße nach Aleppo ist offen.",
                "Die Straße nach Aleppo ist [-gesperrt-]{+offen+}.",
            ),
            (
                "سيطرت قوات النظام على حي منيان",
                "سيطرت فصائل المعارضة على حي منيان",
                "سيطرت [-قوات النظام-]{+فصائل المعارضة+} على حي منيان",
            ),
        ] {
            assert_eq!(shown(before, after), expected);
        }
    }

    #[test]
    fn long_texts_are_compared_by_lines() {
        let before = "one two\n".repeat(9_000);
        let after = format!("{before}three");
        let pieces = words(&before, &after);
        assert_eq!(pieces.len(), 2);
        assert_eq!(of(&after, pieces[1].after.clone()), "three");
    }

    proptest! {
        #[test]
        fn the_pieces_cover_both_texts(before in "[ab حلä.,\n ]{0,40}", after in "[ab حلä.,\n ]{0,40}") {
            let pieces = words(&before, &after);
            let (mut left, mut right) = (0, 0);
            let mut last = None;
            for piece in pieces {
                prop_assert_eq!(piece.before.start, left);
                prop_assert_eq!(piece.after.start, right);
                let (old, new) = (of(&before, piece.before.clone()), of(&after, piece.after.clone()));
                match piece.change {
                    Change::Same => {
                        let blank = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                        prop_assert_eq!(blank(old), blank(new));
                    }
                    Change::Removed => prop_assert!(new.is_empty() && !old.is_empty()),
                    Change::Added => prop_assert!(old.is_empty() && !new.is_empty()),
                    Change::Replaced => prop_assert!(!old.is_empty() && !new.is_empty()),
                }
                let same = piece.change == Change::Same;
                prop_assert_ne!(last, Some(same));
                last = Some(same);
                (left, right) = (piece.before.end, piece.after.end);
            }
            prop_assert_eq!((left, right), (before.len(), after.len()));
        }

        #[test]
        fn a_text_is_like_itself(text in any::<String>()) {
            prop_assert!(words(&text, &text).iter().all(|piece| piece.change == Change::Same));
        }
    }
}
