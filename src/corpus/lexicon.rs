//! Distinct strings, numbered in the order in which they came; shared between snapshots.
//!
//! A snapshot must be cheap to make from the one before, however large that is. So a lexicon is
//! a short list of immutable layers: each batch adds one, and neighbours of like size are merged
//! (the logarithmic method of Bentley and Saxe). A string is rewritten O(log n) times in all.

use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use crate::corpus::columns::{Strings, as_u32};
use crate::corpus::slab::Slab;
use crate::corpus::stored::{Sections, Sink};

/// Distinct strings with dense numbers from 0, which stay valid in every later state.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    layers: Vec<Arc<Layer>>,
}

/// A run of consecutive numbers.
#[derive(Debug, Default)]
struct Layer {
    /// The number of the first string.
    first: u32,
    strings: Strings,
    /// The [`letters`] of each string.
    masks: Slab<u64>,
    index: Index,
}

/// How a string of a layer is found.
#[derive(Debug)]
enum Index {
    /// Hash → number; where two strings share a hash, the later one stands at the next free key.
    Hashed(FxHashMap<u64, u32>),
    /// Places of the strings, in the order of the strings' bytes: slower, but there at once, or
    /// made when a string is first looked for.
    Sorted(OnceLock<Slab<u32>>),
}

impl Default for Index {
    fn default() -> Self {
        Self::Hashed(FxHashMap::default())
    }
}

impl Layer {
    fn get(&self, number: u32) -> Option<&str> {
        self.strings.get(number.checked_sub(self.first)? as usize)
    }

    fn len(&self) -> usize {
        self.strings.len()
    }

    fn find(&self, text: &str, hash: u64) -> Option<u32> {
        match &self.index {
            Index::Hashed(numbers) => {
                let mut key = hash;
                loop {
                    let number = *numbers.get(&key)?;
                    if self.get(number) == Some(text) {
                        return Some(number);
                    }
                    key = key.wrapping_add(1);
                }
            }
            Index::Sorted(places) => {
                let places = places.get_or_init(|| self.sorted());
                let at = places.binary_search_by(|place| {
                    let there = self.strings.bytes_of(*place as usize);
                    there.unwrap_or_default().cmp(text.as_bytes())
                });
                Some(self.first + *places.get(at.ok()?)?)
            }
        }
    }

    /// The places of the strings, in the order of the strings' bytes.
    fn sorted(&self) -> Slab<u32> {
        let mut places: Vec<u32> = (0..as_u32(self.len())).collect();
        places.sort_unstable_by_key(|place| self.strings.bytes_of(*place as usize));
        places.into()
    }

    /// Adds a string that is not there yet to a layer of this run.
    fn push(&mut self, text: &str, hash: u64, mask: u64) -> u32 {
        let number = self.first + as_u32(self.len());
        self.strings.push(text);
        self.masks.push(mask);
        if let Index::Hashed(numbers) = &mut self.index {
            let mut key = hash;
            while numbers.contains_key(&key) {
                key = key.wrapping_add(1);
            }
            numbers.insert(key, number);
        }
        number
    }

    fn iter(&self) -> impl Iterator<Item = (u32, &str, u64)> {
        self.iter_from(self.first)
    }

    /// Those from a number on.
    fn iter_from(&self, number: u32) -> impl Iterator<Item = (u32, &str, u64)> {
        let skipped = number.saturating_sub(self.first);
        let masks = self.masks.get(skipped as usize..).unwrap_or_default();
        (self.first + skipped..)
            .zip(masks)
            .map(|(number, mask)| (number, self.get(number).unwrap_or(""), *mask))
    }

    fn merged(&self, later: &Self) -> Self {
        let len = self.len() + later.len();
        let mut both = Self {
            first: self.first,
            strings: Strings::with_capacity(len, self.strings.bytes() + later.strings.bytes()),
            masks: Vec::with_capacity(len).into(),
            index: Index::Hashed(FxHashMap::with_capacity_and_hasher(len, FxBuildHasher)),
        };
        for (_, text, mask) in self.iter().chain(later.iter()) {
            both.push(text, hash_of(text), mask);
        }
        both
    }
}

impl Lexicon {
    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers
            .last()
            .map_or(0, |layer| layer.first as usize + layer.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// The string of a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&str> {
        let layer = self
            .layers
            .partition_point(|layer| layer.first <= number)
            .checked_sub(1)?;
        self.layers.get(layer)?.get(number)
    }

    /// The length of the string of a number, in bytes.
    #[must_use]
    pub fn len_of(&self, number: u32) -> usize {
        let layers = self.layers.partition_point(|layer| layer.first <= number);
        let layer = layers.checked_sub(1).and_then(|at| self.layers.get(at));
        let bytes = layer.and_then(|layer| {
            let at = number.checked_sub(layer.first)?;
            layer.strings.bytes_of(at as usize)
        });
        bytes.map_or(0, <[u8]>::len)
    }

    /// The number of a string.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(text, hash_of(text))
    }

    fn find_hashed(&self, text: &str, hash: u64) -> Option<u32> {
        self.layers.iter().find_map(|layer| layer.find(text, hash))
    }

    /// All strings in the order of their numbers, from `first` on, each with its [`letters`].
    pub fn iter_from(&self, first: u32) -> impl Iterator<Item = (u32, &str, u64)> {
        self.layers
            .iter()
            .filter(move |layer| layer.first as usize + layer.len() > first as usize)
            .flat_map(move |layer| layer.iter_from(first))
    }

    /// The [`letters`] of all strings in the order of their numbers, from `first` on, with those.
    pub fn masks_from(&self, first: u32) -> impl Iterator<Item = (u32, u64)> {
        self.layers
            .iter()
            .filter(move |layer| layer.first as usize + layer.len() > first as usize)
            .flat_map(move |layer| {
                let skipped = first.saturating_sub(layer.first);
                let masks = layer.masks.get(skipped as usize..).unwrap_or_default();
                (layer.first + skipped..).zip(masks.iter().copied())
            })
    }

    /// The same strings with other numbers: `order` tells of each number which string has it then.
    pub(crate) fn reordered(&self, order: &[u32]) -> Self {
        let mut layer = Layer {
            index: Index::Sorted(OnceLock::new()),
            ..Layer::default()
        };
        for number in order {
            let text = self.get(*number).unwrap_or_default();
            layer.push(text, 0, letters(text));
        }
        Self::default().with(layer)
    }

    /// Keeps the strings for another run, for [`of_kept`](Self::of_kept).
    pub(crate) fn keep(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let layers = self.layers.iter();
        Strings::keep(layers.clone().map(|layer| &layer.strings), sink)?;
        sink.derived(|sink| sink.join(layers.map(|layer| layer.masks.as_bytes())))?;
        sink.derived(|sink| {
            let mut places: Vec<u32> = (0..as_u32(self.len())).collect();
            places.sort_unstable_by_key(|place| self.get(*place));
            sink.add(Slab::from(places).as_bytes())
        })
    }

    pub(crate) fn of_kept(sections: &mut Sections) -> Option<Self> {
        let strings = Strings::of_kept(sections)?;
        let masks = sections.derived(|| {
            let all = (0..strings.len()).map(|at| strings.get(at));
            all.map(|text| letters(text.unwrap_or_default())).collect()
        })?;
        let layer = Layer {
            first: 0,
            strings,
            masks,
            index: Index::Sorted(sections.derived_late()?),
        };
        let layers = match layer.len() {
            0 => Vec::new(),
            _ => vec![Arc::new(layer)],
        };
        Some(Self { layers })
    }

    /// Starts a batch of additions.
    pub(crate) fn grow(&self) -> Growing<'_> {
        Growing {
            base: self,
            fresh: Layer {
                first: as_u32(self.len()),
                ..Layer::default()
            },
        }
    }

    fn with(&self, fresh: Layer) -> Self {
        let mut layers = self.layers.clone();
        if fresh.len() == 0 {
            return Self { layers };
        }
        let mut last = fresh;
        while let Some(before) = layers.pop_if(|before| before.len() < 2 * last.len()) {
            last = before.merged(&last);
        }
        layers.push(Arc::new(last));
        Self { layers }
    }
}

/// A lexicon while a batch is added to it.
#[derive(Debug)]
pub(crate) struct Growing<'l> {
    base: &'l Lexicon,
    fresh: Layer,
}

impl Growing<'_> {
    /// How many strings there were before the batch.
    pub(crate) fn known(&self) -> usize {
        self.fresh.first as usize
    }

    /// The number of a string, old or new.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let hash = hash_of(text);
        self.fresh
            .find(text, hash)
            .or_else(|| self.base.find_hashed(text, hash))
            .unwrap_or_else(|| self.fresh.push(text, hash, letters(text)))
    }

    /// The lexicon with the additions.
    pub(crate) fn finish(self) -> Lexicon {
        self.base.with(self.fresh)
    }
}

/// The set of a string's characters, as far as 64 bits tell them apart.
///
/// Every character has one bit, so a string that lacks a bit of a word cannot hold that word's
/// characters: a first test that costs one instruction.
#[must_use]
pub fn letters(text: &str) -> u64 {
    text.chars().fold(0, |mask, c| mask | 1 << letter(c))
}

/// Bit 0–25 for a–z, 26–35 for digits, and the other 28 shared by everything else: as many as
/// there are Arabic letters, which follow each other in Unicode.
fn letter(c: char) -> u32 {
    match c {
        'a'..='z' => c as u32 - 'a' as u32,
        '0'..='9' => c as u32 - '0' as u32 + 26,
        _ => 36 + c as u32 % 28,
    }
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::stored::Form;
    use proptest::prelude::*;

    /// The lexicon as another run has it.
    fn kept(form: Form, lexicon: &Lexicon) -> Lexicon {
        crate::corpus::stored::kept(form, |sink| lexicon.keep(sink), Lexicon::of_kept)
    }

    proptest! {
        #[test]
        fn numbers_are_dense_stable_and_found_again(
            batches in prop::collection::vec(prop::collection::vec("[a-cابت]{0,3}", 0..12), 0..20)
        ) {
            let mut lexicon = Lexicon::default();
            let mut known: Vec<String> = Vec::new();
            for batch in &batches {
                let mut growing = lexicon.grow();
                for text in batch {
                    let number = growing.intern(text) as usize;
                    if number == known.len() {
                        prop_assert!(!known.contains(text));
                        known.push(text.clone());
                    }
                    prop_assert_eq!(known.get(number), Some(text));
                }
                lexicon = growing.finish();
                prop_assert_eq!(lexicon.len(), known.len());
            }
            let in_place = kept(Form::InPlace, &lexicon);
            let kept = kept(Form::Packed, &lexicon);
            let masks = |lexicon: &Lexicon| lexicon.masks_from(0).collect::<Vec<_>>();
            prop_assert_eq!(masks(&kept), masks(&lexicon));
            for (number, text) in (0u32..).zip(&known) {
                for lexicon in [&lexicon, &in_place, &kept] {
                    prop_assert_eq!(lexicon.get(number), Some(text.as_str()));
                    prop_assert_eq!(lexicon.find(text), Some(number));
                }
            }
            prop_assert_eq!(kept.find("not there"), None);
            let mut growing = kept.grow();
            prop_assert_eq!(growing.intern("new") as usize, known.len());
            prop_assert_eq!(growing.finish().find("new"), Some(as_u32(known.len())));
            prop_assert_eq!(lexicon.get(as_u32(known.len())), None);
            prop_assert_eq!(lexicon.find("not there"), None);
            let middle = as_u32(known.len() / 2);
            let rest: Vec<_> = lexicon.iter_from(middle).map(|(n, t, _)| (n, t.to_owned())).collect();
            let expected: Vec<_> = (0u32..).zip(known).skip(middle as usize).collect();
            prop_assert_eq!(rest, expected);
        }

        #[test]
        fn letters_of_a_part_are_among_the_letters_of_the_whole(a in "\\PC*", b in "\\PC*") {
            prop_assert_eq!(letters(&a) & !letters(&format!("{a}{b}")), 0);
        }
    }

    #[test]
    fn layers_stay_few() {
        let mut lexicon = Lexicon::default();
        for n in 0..1000 {
            let mut growing = lexicon.grow();
            growing.intern(&n.to_string());
            lexicon = growing.finish();
        }
        assert_eq!(lexicon.len(), 1000);
        assert!(lexicon.layers.len() <= 11, "{}", lexicon.layers.len());
    }

    #[test]
    fn a_shared_hash_does_not_confuse_two_strings() {
        let mut layer = Layer::default();
        let first = layer.push("one", 7, 0);
        let second = layer.push("two", 7, 0);
        assert_eq!(layer.find("one", 7), Some(first));
        assert_eq!(layer.find("two", 7), Some(second));
        assert_eq!(layer.find("three", 7), None);
    }
}
