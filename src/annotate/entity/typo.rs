//! A misspelt first word of a name whose rest is a name too: `abhat Fatah al-Sham`, where the
//! knowledge base has `Jabhat Fatah al-Sham` and `Fatah al-Sham`.

use crate::annotate::entity::gazetteer::{Candidate, Match};
use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::{Gap, Word};

/// Letters that a word must have before one wrong letter may be forgiven.
const LONG_ENOUGH: usize = 5;

/// Bytes that the two spellings may differ in: a letter, and the diacritics of the right one.
const LENGTHS_APART: usize = 3;

/// The byte where the misspelt first word starts, and the name that was meant.
pub(super) fn first_word(
    table: Table<'static>,
    text: &str,
    words: &[Word],
    found: &Match,
    candidate: &Candidate,
) -> Option<(usize, &'static str)> {
    let gap = words.get(found.first)?.gap;
    let before = words.get(found.first.checked_sub(1)?)?;
    let written = key::fold(before.of(text));
    if gap != Gap::Space || candidate.name.words < 2 || written.chars().count() < LONG_ENOUGH {
        return None;
    }
    let card = table.entity(candidate.name.entity)?.card;
    let rest = plain(candidate.name.text);
    card.split(['\t', ';']).find_map(|name| {
        let (first, others) = name.split_once([' ', '-'])?;
        if first.len().abs_diff(written.len()) > LENGTHS_APART {
            return None;
        }
        let meant = key::fold(first);
        let near = written != meant && one_apart(&written, &meant);
        (near && plain(others) == rest).then_some((before.start, name))
    })
}

fn plain(name: &str) -> String {
    key::fold(name).replace([' ', '-'], "")
}

/// Whether one letter added, dropped or changed makes one word the other.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |word: &[char], skip: usize| word.get(same + skip..).map(<[char]>::to_vec);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => rest(&a, 1) == rest(&b, 1),
        std::cmp::Ordering::Less => rest(&a, 0) == rest(&b, 1),
        std::cmp::Ordering::Greater => rest(&a, 1) == rest(&b, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::one_apart;

    #[test]
    fn one_letter_is_forgiven() {
        for (a, b) in [
            ("abhat", "jabhat"),
            ("jabhat", "jabht"),
            ("jabhat", "jabhut"),
        ] {
            assert!(one_apart(a, b), "{a} {b}");
        }
        for (a, b) in [("jabhat", "jaht"), ("jabhat", "abaht"), ("front", "frost2")] {
            assert!(!one_apart(a, b), "{a} {b}");
        }
    }
}
