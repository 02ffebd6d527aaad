//! A list that many snapshots share: a change copies only the chunks that it touches.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// Elements a chunk. Small, because a change of one element copies its chunk.
const CHUNK: usize = 32;

/// A growing list; a clone shares all its chunks.
#[derive(Clone, Debug)]
pub(crate) struct SharedList<T> {
    chunks: Vec<Arc<OnceLock<Vec<T>>>>,
    len: usize,
    /// Where the elements of a chunk come from that is not there yet.
    source: Option<Arc<dyn Source<T>>>,
}

/// Whoever can make the elements of a list when they are asked for.
pub(crate) trait Source<T>: fmt::Debug + Send + Sync {
    /// The element of a place.
    fn element(&self, at: usize) -> T;
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
            source: None,
        }
    }
}

impl<T: Clone> SharedList<T> {
    /// A list of elements that are made when they are asked for.
    pub(crate) fn of_source(len: usize, source: Arc<dyn Source<T>>) -> Self {
        let chunks = std::iter::repeat_with(Arc::default);
        Self {
            chunks: chunks.take(len.div_ceil(CHUNK)).collect(),
            len,
            source: Some(source),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.chunk(at / CHUNK)?.get(at % CHUNK)
    }

    /// The same where it was made already.
    pub(crate) fn made(&self, at: usize) -> Option<&T> {
        self.chunks.get(at / CHUNK)?.get()?.get(at % CHUNK)
    }

    fn chunk(&self, number: usize) -> Option<&Vec<T>> {
        let make = || match &self.source {
            Some(source) => {
                let first = number * CHUNK;
                let places = first..self.len.min(first + CHUNK);
                places.map(|at| source.element(at)).collect()
            }
            None => Vec::new(),
        };
        Some(self.chunks.get(number)?.get_or_init(make))
    }

    /// The element, in a chunk of this list's own.
    pub(crate) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.chunk(at / CHUNK)?;
        let chunk = Arc::make_mut(self.chunks.get_mut(at / CHUNK)?);
        chunk.get_mut()?.get_mut(at % CHUNK)
    }

    pub(crate) fn push(&mut self, element: T) {
        let number = self.len / CHUNK;
        // one that is not full may have to be made first
        let begun = self.chunk(number).is_some();
        let chunk = self.chunks.get_mut(number).filter(|_| begun);
        if let Some(elements) = chunk.map(Arc::make_mut).and_then(OnceLock::get_mut) {
            elements.push(element);
        } else {
            let mut chunk = Vec::with_capacity(CHUNK);
            chunk.push(element);
            self.chunks.push(Arc::new(OnceLock::from(chunk)));
        }
        self.len += 1;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.chunks.len())
            .filter_map(|number| self.chunk(number))
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug)]
    struct Numbers(Vec<i32>);

    impl Source<i32> for Numbers {
        fn element(&self, at: usize) -> i32 {
            self.0[at]
        }
    }

    proptest! {
        #[test]
        fn behaves_like_a_vec_and_leaves_older_clones_alone(
            start in prop::collection::vec(0..100, 0..100),
            changes in prop::collection::vec((0..120usize, 0..100), 0..50),
            comes_late: bool,
        ) {
            let mut list = SharedList::default();
            if comes_late {
                list = SharedList::of_source(start.len(), Arc::new(Numbers(start.clone())));
            } else {
                for n in &start {
                    list.push(*n);
                }
            }
            let older = list.clone();
            let mut expected = start.clone();
            for (at, value) in changes {
                match list.get_mut(at) {
                    Some(element) => *element = value,
                    None => list.push(value),
                }
                match expected.get_mut(at) {
                    Some(element) => *element = value,
                    None => expected.push(value),
                }
            }
            prop_assert_eq!(list.len(), expected.len());
            prop_assert_eq!(list.iter().copied().collect::<Vec<_>>(), expected);
            prop_assert_eq!(older.iter().copied().collect::<Vec<_>>(), start);
        }
    }
}
