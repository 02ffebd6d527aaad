//! A list that many snapshots share: a change copies only the chunks that it touches.

use std::sync::Arc;

/// Elements a chunk. Small, because a change of one element copies its chunk.
const CHUNK: usize = 32;

/// A growing list; a clone shares all its chunks.
#[derive(Clone, Debug)]
pub(crate) struct SharedList<T> {
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Clone> SharedList<T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.chunks.get(at / CHUNK)?.get(at % CHUNK)
    }

    /// The element, in a chunk of this list's own.
    pub(crate) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        Arc::make_mut(self.chunks.get_mut(at / CHUNK)?).get_mut(at % CHUNK)
    }

    pub(crate) fn push(&mut self, element: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => Arc::make_mut(last).push(element),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(element);
                self.chunks.push(Arc::new(chunk));
            }
        }
        self.len += 1;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn behaves_like_a_vec_and_leaves_older_clones_alone(
            start in prop::collection::vec(0..100, 0..100),
            changes in prop::collection::vec((0..120usize, 0..100), 0..50),
        ) {
            let mut list = SharedList::default();
            for n in &start {
                list.push(*n);
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
