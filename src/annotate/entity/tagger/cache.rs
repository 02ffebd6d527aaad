//! What the tagger remembers of words from document to document.

use crate::annotate::entity::memo::Memo;
use crate::annotate::entity::tagger::lexicon::Entry;
use crate::annotate::entity::tagger::model::Sums;

/// What an Arabic word is behind its clitics.
#[derive(Clone, Copy, Default)]
pub(super) struct Bare {
    pub(super) identity: u64,
    /// Bytes of the clitics.
    pub(super) lead: u8,
    pub(super) entry: Entry,
}

/// What is remembered of the words of one language, under one model.
#[derive(Default)]
pub(in super::super) struct Cache {
    bare: Memo<Bare>,
    sums: Memo<Sums>,
}

impl Cache {
    /// What an Arabic word is behind its clitics.
    pub(super) fn bare(&mut self, hash: u64, word: &str, find: impl FnOnce() -> Bare) -> Bare {
        self.bare.get(hash, word, find)
    }

    /// The weights of all features that a word has wherever it stands.
    pub(super) fn sums(&mut self, hash: u64, word: &str, find: impl FnOnce() -> Sums) -> Sums {
        self.sums.get(hash, word, find)
    }
}
