//! Numbers in memory, or in the bytes of a cache, where they are read in place.
//!
//! A corpus of a million articles has columns of many megabytes; one that comes from a cache
//! leaves them where they are, so opening it costs the same however large it is.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use bytemuck::Pod;
use bytes::Bytes;

/// A list of numbers.
pub(crate) enum Slab<T> {
    /// Made in this run.
    Here(Vec<T>),
    /// Bytes of a cache, in the order of this machine's bytes.
    There(Bytes, PhantomData<T>),
}

impl<T: Pod> Slab<T> {
    /// The numbers that these bytes are; `None` where they are no whole number of them or do not
    /// begin where such a number may.
    pub(crate) fn there(bytes: Bytes) -> Option<Self> {
        bytemuck::try_cast_slice::<u8, T>(&bytes).ok()?;
        Some(Self::There(bytes, PhantomData))
    }

    /// The numbers as bytes, for [`there`](Self::there).
    pub(crate) fn as_bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }

    /// The numbers in memory, to be changed.
    pub(crate) fn to_mut(&mut self) -> &mut Vec<T> {
        if let Self::There(..) = self {
            *self = Self::Here(self.to_vec());
        }
        match self {
            Self::Here(numbers) => numbers,
            Self::There(..) => unreachable!("it was brought here"),
        }
    }

    pub(crate) fn push(&mut self, number: T) {
        self.to_mut().push(number);
    }

    pub(crate) fn shrink(&mut self) {
        if let Self::Here(numbers) = self {
            numbers.shrink_to_fit();
        }
    }
}

impl<T: Pod> Deref for Slab<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Self::Here(numbers) => numbers,
            Self::There(bytes, _) => bytemuck::try_cast_slice(bytes).unwrap_or_default(),
        }
    }
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self::Here(Vec::new())
    }
}

impl<T: Clone> Clone for Slab<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Here(numbers) => Self::Here(numbers.clone()),
            Self::There(bytes, _) => Self::There(bytes.clone(), PhantomData),
        }
    }
}

impl<T> From<Vec<T>> for Slab<T> {
    fn from(numbers: Vec<T>) -> Self {
        Self::Here(numbers)
    }
}

impl<T: Pod> FromIterator<T> for Slab<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        Self::Here(numbers.into_iter().collect())
    }
}

impl<T: Pod + fmt::Debug> fmt::Debug for Slab<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A copy of bytes at an address that numbers of 64 bits may have.
#[must_use]
pub fn aligned(bytes: &[u8]) -> Bytes {
    let mut numbers = vec![0u64; bytes.len().div_ceil(size_of::<u64>())];
    let room: &mut [u8] = bytemuck::cast_slice_mut(&mut numbers);
    for (to, from) in room.iter_mut().zip(bytes) {
        *to = *from;
    }
    Bytes::from_owner(Numbers(numbers)).slice(..bytes.len())
}

/// Numbers that are seen as bytes.
struct Numbers(Vec<u64>);

impl AsRef<[u8]> for Numbers {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}
