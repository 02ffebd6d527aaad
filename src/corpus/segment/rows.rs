//! The words of articles by part, in units of 16 bits.
//!
//! Of all columns a letter that is typed reads this one from end to end, so each word takes as
//! little as it can: one unit where its number is below 2¹⁵, as those of words that many articles
//! have are, else two. What the paths of all articles have (folders, `jsonl`) stands there once.
//!
//! A row is its words, those of a part behind those of the part before it and a 0 between them.
//! Words are written as one more than their number: the first unit of two has its highest bit set
//! and holds the upper 15 bits.

use std::io;
use std::slice;
use std::sync::Arc;

use super::Part;
use crate::corpus::columns::Rows;
use crate::corpus::stored::{Sections, Sink};

/// Set in the first unit of a word that takes two.
const WIDE: u16 = 1 << 15;

/// The words of articles, by place and [`Part`]: numbers in the corpus's lexicon of words.
#[derive(Clone, Debug, Default)]
pub(super) struct WordRows {
    units: Rows<u16>,
    /// Words that all paths have, sorted, which are in no row.
    of_every_path: Arc<[u32]>,
}

impl WordRows {
    /// The rows of articles whose words these are, part by part.
    pub(super) fn of<'w>(
        articles: impl Iterator<Item = [&'w [u32]; Part::ALL.len()]> + Clone,
    ) -> Self {
        let mut paths = articles.clone().map(|parts| parts[Part::Path as usize]);
        let mut common = paths.next().unwrap_or_default().to_vec();
        for path in paths {
            common.retain(|word| path.contains(word));
        }
        common.sort_unstable();
        common.dedup();
        let mut rows = Self {
            units: Rows::default(),
            of_every_path: common.into(),
        };
        for parts in articles {
            let words = Part::ALL.into_iter().zip(parts);
            rows.push(words.flat_map(|(part, words)| words.iter().map(move |word| (part, *word))));
        }
        rows.units.shrink();
        rows
    }

    /// Adds the words of the next article, part by part, without those that all paths have.
    fn push(&mut self, words: impl Iterator<Item = (Part, u32)>) {
        let mut units = Vec::new();
        let mut before = 0;
        for (part, word) in words {
            if part == Part::Path && self.of_every_path.binary_search(&word).is_ok() {
                continue;
            }
            let parts = (part as usize).saturating_sub(before);
            units.extend(std::iter::repeat_n(0, parts));
            before = part as usize;
            let [low, high] = halves(word.saturating_add(1));
            if high > 0 || low >= WIDE {
                units.push(WIDE | high);
            }
            units.push(low);
        }
        self.units.push(units);
    }

    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The words of an article in the order of the parts, but for those that all paths have.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Words<'_> {
        Words {
            units: self.units.get(at).unwrap_or_default().iter(),
            part: 0,
        }
    }

    /// Words that the paths of all articles have, sorted.
    pub(super) fn of_every_path(&self) -> &Arc<[u32]> {
        &self.of_every_path
    }

    /// Keeps the words of segments for another run, as those of one, for
    /// [`of_kept`](Self::of_kept). `number` gives the words the numbers that they have there.
    pub(super) fn keep<'r>(
        all: impl Iterator<Item = &'r Self> + Clone,
        number: &dyn Fn(u32) -> u32,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let mut paths = all.clone().map(|rows| &rows.of_every_path);
        let mut common: Vec<u32> = paths.next().map_or_else(Vec::new, |words| words.to_vec());
        for words in paths {
            common.retain(|word| words.binary_search(word).is_ok());
        }
        let mut common: Vec<u32> = common.into_iter().map(number).collect();
        common.sort_unstable();
        let mut joined = Self {
            units: Rows::default(),
            of_every_path: common.into(),
        };
        for rows in all {
            let paths = rows.of_every_path.iter().map(|word| (Part::Path, *word));
            for at in 0..rows.len() {
                let words = rows.get(at).chain(paths.clone());
                joined.push(words.map(|(part, word)| (part, number(word))));
            }
        }
        Rows::keep(std::iter::once(&joined.units), sink)?;
        sink.table(&joined.of_every_path)
    }

    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self {
            units: Rows::of_kept(sections)?,
            of_every_path: sections.table()?,
        })
    }
}

/// The lower and the upper half of a number, the upper one without its highest bit: no corpus has
/// 2³¹ words.
fn halves(number: u32) -> [u16; 2] {
    let [a, b, c, d] = number.to_le_bytes();
    [
        u16::from_le_bytes([a, b]),
        u16::from_le_bytes([c, d]) & !WIDE,
    ]
}

/// The words of an article, each with the part that it stands in.
#[derive(Clone, Debug)]
pub struct Words<'r> {
    units: slice::Iter<'r, u16>,
    part: usize,
}

impl Iterator for Words<'_> {
    type Item = (Part, u32);

    #[inline]
    fn next(&mut self) -> Option<(Part, u32)> {
        loop {
            let unit = *self.units.next()?;
            let number = match unit {
                0 => {
                    self.part += 1;
                    continue;
                }
                WIDE.. => u32::from(unit & !WIDE) << 16 | u32::from(*self.units.next()?),
                _ => u32::from(unit),
            };
            let part = Part::ALL.get(self.part).copied().unwrap_or(Part::Path);
            return Some((part, number.wrapping_sub(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::stored::{Form, kept};

    /// Words of an article: of the title, names, source, path.
    type Article = [Vec<u32>; 4];

    fn rows(articles: &[Article]) -> WordRows {
        let parts = |[a, b, c, d]: &'_ Article| [a.clone(), b.clone(), c.clone(), d.clone()];
        let articles: Vec<Article> = articles.iter().map(parts).collect();
        WordRows::of(articles.iter().map(|[a, b, c, d]| [&a[..], b, c, d]))
    }

    fn read(rows: &WordRows, at: usize) -> Vec<(Part, u32)> {
        let paths = rows.of_every_path().iter().map(|word| (Part::Path, *word));
        let mut words: Vec<_> = rows.get(at).chain(paths).collect();
        words.sort_unstable_by_key(|(part, word)| (*part as usize, *word));
        words.dedup();
        words
    }

    proptest! {
        #[test]
        fn words_come_back_from_several_segments(
            segments in prop::collection::vec(prop::collection::vec(
                prop::array::uniform4(prop::collection::vec(
                    prop_oneof![0u32..4, 32_760u32..32_772, 65_530u32..65_540, Just((1 << 31) - 2)],
                    0..4)),
                1..4), 1..4)
        ) {
            let all: Vec<WordRows> = segments.iter().map(|articles| rows(articles)).collect();
            let turned = |word: u32| ((1 << 31) - 2) - word;
            let kept = kept(
                Form::InPlace,
                |sink| WordRows::keep(all.iter(), &turned, sink),
                WordRows::of_kept,
            );
            let articles = segments.iter().flatten();
            prop_assert_eq!(kept.len(), articles.clone().count());
            for (at, article) in articles.enumerate() {
                let parts = Part::ALL.into_iter().zip(article);
                let mut expected: Vec<_> = parts
                    .flat_map(|(part, words)| words.iter().map(move |word| (part, turned(*word))))
                    .collect();
                expected.sort_unstable_by_key(|(part, word)| (*part as usize, *word));
                expected.dedup();
                prop_assert_eq!(read(&kept, at), expected);
            }
        }

        #[test]
        fn any_units_can_be_read(units in prop::collection::vec(any::<u16>(), 0..20)) {
            let mut rows = WordRows::default();
            rows.units.push(units);
            rows.get(0).for_each(drop);
        }
    }
}
