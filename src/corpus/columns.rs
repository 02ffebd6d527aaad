//! Rows of varying length in one allocation: what a scan over all articles reads.

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

    /// The items of neighbouring rows, end to end.
    #[inline]
    pub(crate) fn get_all(&self, rows: std::ops::Range<usize>) -> Option<&[T]> {
        let (start, _) = bounds(&self.ends, rows.start)?;
        let end = *self.ends.get(rows.end.checked_sub(1)?)? as usize;
        self.items.get(start..end)
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
