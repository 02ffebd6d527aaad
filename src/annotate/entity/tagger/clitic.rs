//! Arabic particles that are written onto a word: how many of its letters they are.
//!
//! Decided by frequencies: `وحلب` is `و` + `حلب` because `حلب` alone is the more frequent word,
//! `واشنطن` is whole because `اشنطن` is none.

use crate::annotate::entity::tagger::letters::Letters;
use crate::annotate::entity::tagger::lexicon::Lexicon;

const WAW: u32 = 'و' as u32;
const FA: u32 = 'ف' as u32;
const BA: u32 = 'ب' as u32;
const LAM: u32 = 'ل' as u32;
const KAF: u32 = 'ك' as u32;
const ALEF: u32 = 'ا' as u32;

/// Letters in front of a word that are particles; 0 where the word is whole.
pub(super) fn lead(letters: &Letters, lexicon: &Lexicon<'_>) -> usize {
    if lexicon.is_empty() {
        return 0;
    }
    let one = particle(letters, 0, true, lexicon);
    if one == 0 {
        return 0;
    }
    let conjunction = matches!(letters.get().first(), Some(&(WAW | FA)));
    if conjunction {
        one + particle(letters, 1, false, lexicon)
    } else {
        one
    }
}

/// 1 where the letter at `at` is a particle in front of a word, else 0.
fn particle(letters: &Letters, at: usize, conjunctions: bool, lexicon: &Lexicon<'_>) -> usize {
    let rest = letters.get().get(at..).unwrap_or(&[]);
    let Some((&first, rest)) = rest.split_first() else {
        return 0;
    };
    let margin = match first {
        WAW if conjunctions => 1,
        FA if conjunctions => 6,
        BA | LAM => 2,
        KAF => 6,
        _ => return 0,
    };
    if rest.len() < 3 {
        return 0;
    }
    let whole = lexicon.get(letters.hash_from(at)).frequency;
    let bare = lexicon.get(letters.hash_from(at + 1)).frequency;
    let article = rest.starts_with(&[ALEF, LAM]) && rest.len() >= 5;
    let fused = first == LAM && rest.starts_with(&[LAM]) && rest.len() >= 4;
    let particle = if article || fused {
        // whole words such as والدة are known as such
        whole <= bare || whole < 8
    } else {
        bare > 0 && bare >= whole + margin
    };
    usize::from(particle)
}
