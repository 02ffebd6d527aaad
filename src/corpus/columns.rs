//! Rows of varying length in one allocation: what a scan over all articles reads.
use serde::{Deserialize, Serialize};

/// Rows of items, end to end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Rows<T> {
    items: Vec<T>,
    /// Where each row ends in `items`.
    ends: Vec<u32>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<T> Rows<T> {
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.ends.push(as_u32(self.items.len()));
    }

    pub(crate) fn get(&self, row: usize) -> Option<&[T]> {
        let (start, end) = bounds(&self.ends, row)?;
        self.items.get(start..end)
    }

    pub(crate) fn shrink(&mut self) {
        self.items.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Strings, end to end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Strings {
    text: String,
    /// Where each string ends in `text`, in bytes.
    ends: Vec<u32>,
}

impl Strings {
    pub(crate) fn with_capacity(strings: usize, bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(strings),
        }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(as_u32(self.text.len()));
    }

    pub(crate) fn get(&self, at: usize) -> Option<&str> {
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
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn bounds(ends: &[u32], row: usize) -> Option<(usize, usize)> {
    let end = *ends.get(row)? as usize;
    let start = row
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .map_or(0, |end| *end as usize);
    Some((start, end))
}

/// A count as it is kept: a segment never holds 2³² of anything.
pub(crate) fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
