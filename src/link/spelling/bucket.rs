//! Which spellings are compared at all: those of like consonants.

use rustc_hash::FxHashMap;

use crate::link::census::Census;
use crate::link::sort_of;
use crate::link::spelling::form::Form;

/// Names of one bucket that are compared: the commonest.
const BUCKET: usize = 40;

/// Forms with the same consonants, or the same but for one.
#[derive(Default)]
pub(super) struct Buckets {
    numbers: FxHashMap<u64, u32>,
    /// How many forms are in each, and the first and last of them in `chain`.
    ends: Vec<(u32, u32, u32)>,
    /// Forms, each with the next of its bucket.
    chain: Vec<(u32, u32)>,
}

impl Buckets {
    pub(super) fn of(census: &Census, forms: &[Form<'_>]) -> Self {
        let mut buckets = Self::default();
        for (number, form) in (0u32..).zip(forms) {
            let Some(entry) = census.get(form.entry) else {
                continue;
            };
            for place in form.places(sort_of(entry.name.kind)) {
                buckets.add(place, number);
            }
        }
        buckets
    }

    fn add(&mut self, place: u64, form: u32) {
        let as_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (fresh, link) = (as_u32(self.ends.len()), as_u32(self.chain.len()));
        let number = *self.numbers.entry(place).or_insert(fresh);
        if number == fresh {
            self.ends.push((0, link, link));
        }
        let Some((count, _, last)) = self.ends.get_mut(number as usize) else {
            return;
        };
        // forms come commonest first
        if *count as usize >= BUCKET {
            return;
        }
        if let Some((_, next)) = self.chain.get_mut(*last as usize) {
            *next = link;
        }
        self.chain.push((form, u32::MAX));
        (*count, *last) = (*count + 1, link);
    }

    /// The forms of each bucket that holds several.
    pub(super) fn iter(&self) -> impl Iterator<Item = Vec<usize>> {
        let ends = self.numbers.values().filter_map(|number| {
            let ends = self.ends.get(*number as usize)?;
            (ends.0 > 1).then_some(ends)
        });
        ends.map(|(_, first, _)| {
            let link = |at: u32| self.chain.get(at as usize);
            std::iter::successors(link(*first), |(_, next)| link(*next))
                .map(|(form, _)| *form as usize)
                .collect()
        })
    }
}
