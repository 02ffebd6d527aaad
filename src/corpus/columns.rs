//! Rows of varying length in one allocation: what a scan over all articles reads.

use std::ops::Range;

use bytemuck::Pod;

use crate::corpus::slab::Slab;
use crate::corpus::stored::{Sections, Sink};

/// Rows of numbers, end to end.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T: Pod> {
    items: Slab<T>,
    /// Where each row ends in `items`.
    ends: Slab<u32>,
}

impl<T: Pod> Default for Rows<T> {
    fn default() -> Self {
        Self {
            items: Slab::default(),
            ends: Slab::default(),
        }
    }
}

impl<T: Pod> Rows<T> {
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.to_mut().extend(row);
        self.ends.push(as_u32(self.items.len()));
    }

    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<&[T]> {
        let (start, end) = bounds(&self.ends, row)?;
        self.items.get(start..end)
    }

    /// The places of a row's items among those of all rows.
    #[inline]
    pub(crate) fn places(&self, row: usize) -> Option<Range<usize>> {
        let (start, end) = bounds(&self.ends, row)?;
        Some(start..end)
    }

    /// How many items all rows have.
    pub(crate) fn items(&self) -> usize {
        self.items.len()
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn shrink(&mut self) {
        self.items.shrink();
        self.ends.shrink();
    }

    /// Keeps rows for another run, for [`of_kept`](Self::of_kept).
    pub(crate) fn keep<'r>(
        all: impl Iterator<Item = &'r Self> + Clone,
        sink: &mut Sink<'_>,
    ) -> std::io::Result<()> {
        sink.join(all.clone().map(|rows| rows.items.as_bytes()))?;
        let ends = joined_ends(all.map(|rows| (&*rows.ends, rows.items.len())));
        sink.rising(&ends)
    }

    pub(crate) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self {
            items: sections.numbers()?,
            ends: sections.rising()?,
        })
    }
}

/// Counts of which nearly all are small, in a byte each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// [`LARGE`] stands for one that is in `large`.
    small: Slab<u8>,
    /// Places and counts, in the order of the places.
    large: Slab<[u32; 2]>,
}

/// The least count that a byte does not hold.
const LARGE: u8 = u8::MAX;

impl Counts {
    pub(crate) fn push(&mut self, count: u32) {
        let small = u8::try_from(count).unwrap_or(LARGE);
        if small == LARGE {
            self.large.push([as_u32(self.small.len()), count]);
        }
        self.small.push(small);
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<u32> {
        match *self.small.get(at)? {
            LARGE => {
                let place = as_u32(at);
                let found = self.large.binary_search_by_key(&place, |[place, _]| *place);
                Some(self.large.get(found.ok()?)?[1])
            }
            small => Some(u32::from(small)),
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.small.len()
    }

    pub(crate) fn shrink(&mut self) {
        self.small.shrink();
        self.large.shrink();
    }

    /// Keeps counts for another run, for [`of_kept`](Self::of_kept).
    pub(crate) fn keep<'c>(
        all: impl Iterator<Item = &'c Self> + Clone,
        sink: &mut Sink<'_>,
    ) -> std::io::Result<()> {
        sink.join(all.clone().map(|counts| counts.small.as_bytes()))?;
        let mut large = Vec::new();
        let mut before = 0;
        for counts in all {
            let counted = counts.large.iter();
            large.extend(counted.map(|[place, count]| [place.saturating_add(before), *count]));
            before += as_u32(counts.small.len());
        }
        sink.add(Slab::from(large).as_bytes())
    }

    pub(crate) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self {
            small: sections.numbers()?,
            large: sections.numbers()?,
        })
    }
}

/// Strings, end to end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strings {
    text: Slab<u8>,
    /// Where each string ends in `text`, in bytes.
    ends: Slab<u32>,
}

impl Strings {
    pub(crate) fn with_capacity(strings: usize, bytes: usize) -> Self {
        Self {
            text: Vec::with_capacity(bytes).into(),
            ends: Vec::with_capacity(strings).into(),
        }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.to_mut().extend_from_slice(text.as_bytes());
        self.ends.push(as_u32(self.text.len()));
    }

    /// A string; `None` where there is none, or where a cache is damaged and holds no text there.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        str::from_utf8(self.bytes_of(at)?).ok()
    }

    /// The bytes of a string.
    #[inline]
    pub(crate) fn bytes_of(&self, at: usize) -> Option<&[u8]> {
        let (start, end) = bounds(&self.ends, at)?;
        self.text.get(start..end)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink();
        self.ends.shrink();
    }

    /// Keeps strings for another run, for [`of_kept`](Self::of_kept).
    pub(crate) fn keep<'s>(
        all: impl Iterator<Item = &'s Self> + Clone,
        sink: &mut Sink<'_>,
    ) -> std::io::Result<()> {
        sink.join(all.clone().map(|strings| strings.text.as_bytes()))?;
        let ends = joined_ends(all.map(|strings| (&*strings.ends, strings.text.len())));
        sink.rising(&ends)
    }

    pub(crate) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self {
            text: sections.numbers()?,
            ends: sections.rising()?,
        })
    }
}

/// The ends of rows that are put behind each other, from the ends and the lengths of each.
fn joined_ends<'e>(all: impl Iterator<Item = (&'e [u32], usize)>) -> Slab<u32> {
    let mut joined = Vec::new();
    let mut start = 0;
    for (ends, len) in all {
        joined.extend(ends.iter().map(|end| end.saturating_add(start)));
        start = start.saturating_add(as_u32(len));
    }
    joined.into()
}

#[inline]
fn bounds(ends: &[u32], row: usize) -> Option<(usize, usize)> {
    let end = *ends.get(row)? as usize;
    let start = row
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .map_or(0, |end| *end as usize);
    Some((start, end))
}

/// A count as it is kept: a corpus never holds 2³² of anything.
pub(crate) fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::stored::{Form, kept};

    proptest! {
        #[test]
        fn counts_come_back(
            batches in prop::collection::vec(
                prop::collection::vec(prop_oneof![0u32..4, 250u32..260, any::<u32>()], 0..8), 1..4)
        ) {
            let counts = |batch: &Vec<u32>| {
                let mut counts = Counts::default();
                for count in batch {
                    counts.push(*count);
                }
                counts
            };
            let all: Vec<Counts> = batches.iter().map(counts).collect();
            let kept = kept(Form::InPlace, |sink| Counts::keep(all.iter(), sink), Counts::of_kept);
            let expected = batches.concat();
            prop_assert_eq!(kept.len(), expected.len());
            for (at, count) in expected.iter().enumerate() {
                prop_assert_eq!(kept.get(at), Some(*count));
            }
            prop_assert_eq!(kept.get(expected.len()), None);
        }
    }
}
