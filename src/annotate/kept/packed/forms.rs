//! Several values that recur together: the first time each by itself, from then on as one number.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::columns::Coder;

/// Values that recur together.
#[derive(Clone, Debug)]
pub(super) struct Forms<T> {
    /// In the order in which they first were there, while reading.
    all: Vec<T>,
    /// Their numbers from 1 on, while writing.
    numbers: FxHashMap<T, u64>,
}

impl<T> Default for Forms<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            numbers: FxHashMap::default(),
        }
    }
}

impl<T: Clone + Eq + Hash> Forms<T> {
    /// Writes or reads values: the number, then, where they are new, `each` of them.
    pub(super) fn code<C: Coder>(
        &mut self,
        c: &mut C,
        column: usize,
        form: &mut T,
        each: impl FnOnce(&mut C, &mut T) -> Option<()>,
    ) -> Option<()> {
        let mut number = if C::WRITES {
            self.numbers.get(form).copied().unwrap_or(0)
        } else {
            0
        };
        c.number(column, &mut number)?;
        if let Some(at) = number.checked_sub(1) {
            if !C::WRITES {
                form.clone_from(self.all.get(usize::try_from(at).ok()?)?);
            }
            return Some(());
        }
        each(c, form)?;
        if C::WRITES {
            let next = self.numbers.len() as u64 + 1;
            self.numbers.insert(form.clone(), next);
        } else {
            self.all.push(form.clone());
        }
        Some(())
    }
}
