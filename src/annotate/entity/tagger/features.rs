//! Features of a word: hashes of what it is, what it looks like and what stands around it.

use crate::annotate::entity::knowledge::words::{Caps, Script};
use crate::annotate::entity::tagger::letters::{self, Letters};
use crate::annotate::entity::tagger::sheet::{Fact, Separator, Sheet};

/// Letters of the longest prefix and suffix.
const AFFIX: usize = 5;

/// Identity of the word beyond an end.
const NONE: u64 = 0x51;

/// A feature of a template with two values.
#[inline]
fn mix(template: u64, a: u64, b: u64) -> u64 {
    let hash =
        (a ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 32) ^ b.rotate_left(17)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 31)
}

impl Sheet<'_> {
    /// Word `at + offset`; `None` outside of the field and across the ends of sentences and lines.
    fn near(&self, at: usize, offset: isize) -> Option<(usize, &Fact)> {
        let to = at.checked_add_signed(offset)?;
        let fact = self.facts.get(to)?;
        let (from, until) = (at.min(to) + 1, at.max(to));
        let crossed = self.facts.get(from..=until)?;
        (!crossed.iter().any(|f| f.before.begins())).then_some((to, fact))
    }

    /// Capitalisation and length of a word, in few values.
    fn shape(&self, at: usize) -> u64 {
        let Some(word) = self.words.get(at) else {
            return 0;
        };
        let length = word.end - word.start;
        let caps = match word.caps {
            Caps::Lower => 0,
            Caps::Initial => 1,
            Caps::Upper => 2,
        };
        let first = self.text.as_bytes().get(word.start);
        let digit = u64::from(first.is_some_and(u8::is_ascii_digit));
        let script = match word.script {
            Script::Latin => 0,
            Script::Arabic => 1,
            Script::Other => 2,
        };
        let short = match length {
            0..=1 => 0,
            2..=3 => 1,
            _ => 2,
        };
        1 + caps + 3 * digit + 6 * script + 18 * short
    }

    /// Calls `emit` with each feature of a word.
    pub(super) fn features(&self, at: usize, emit: &mut impl FnMut(u64)) {
        self.own_features(at, emit);
        self.features_of_place(at, emit);
    }

    /// Calls `emit` with each feature that a word has wherever it stands: nothing but its letters
    /// and the lexicon may count here.
    pub(super) fn own_features(&self, at: usize, emit: &mut impl FnMut(u64)) {
        let (Some(own), Some(word)) = (self.facts.get(at), self.words.get(at)) else {
            return;
        };
        let shape = self.shape(at);
        emit(mix(1, 0, 0));
        emit(mix(2, own.identity, 0));
        emit(mix(3, own.identity, shape));
        if word.script == Script::Latin {
            emit(mix(15, word.key.stem, 0));
        }
        self.affixes(at, own, emit);
        emit(mix(20, u64::from(own.entry.fine), shape));
    }

    /// Calls `emit` with each feature that a word has where it stands.
    pub(super) fn features_of_place(&self, at: usize, emit: &mut impl FnMut(u64)) {
        let (Some(own), Some(word)) = (self.facts.get(at), self.words.get(at)) else {
            return;
        };
        let identity = |fact: Option<&Fact>| fact.map_or(NONE, |f| f.identity);
        let near = [-2, -1, 1, 2].map(|offset| self.near(at, offset));
        let [far_left, left, right, far_right] = near.map(|n| n.map(|(_, fact)| fact));
        let shape = self.shape(at);
        let around = near.map(|n| n.map_or(0, |(to, _)| self.shape(to)));
        let after = self.facts.get(at + 1).map_or(Separator::Line, |f| f.before);
        let (before, after) = (own.before as u64, after as u64);

        emit(mix(4, identity(left), before));
        emit(mix(5, identity(right), after));
        emit(mix(6, identity(far_left), 0));
        emit(mix(7, identity(far_right), 0));
        emit(mix(8, own.identity, identity(left)));
        emit(mix(9, own.identity, identity(right)));
        emit(mix(10, identity(left), identity(far_left)));
        emit(mix(11, shape, before | after << 8));
        emit(mix(12, shape, around[1] | around[2] << 8));
        emit(mix(13, shape | around[0] << 8, around[1]));
        emit(mix(14, shape | around[3] << 8, around[2]));

        // clusters
        let fine = |fact: Option<&Fact>| fact.map_or(0, |f| u64::from(f.entry.fine));
        let coarse = |fact: Option<&Fact>| fact.map_or(0, |f| u64::from(f.entry.coarse));
        let me = u64::from(own.entry.fine);
        emit(mix(21, fine(left), before));
        emit(mix(22, fine(right), after));
        emit(mix(23, fine(far_left), 0));
        emit(mix(24, fine(far_right), 0));
        emit(mix(25, me, coarse(left)));
        emit(mix(26, me, coarse(right)));
        let own_coarse = u64::from(own.entry.coarse);
        emit(mix(27, own_coarse, coarse(left) | coarse(right) << 8));
        emit(mix(28, own_coarse, coarse(left) | coarse(far_left) << 8));

        // frequency and usual capitalisation
        let begins = u64::from(own.before.begins());
        let usual = u64::from(own.entry.capitals);
        emit(mix(30, usual, shape | begins << 8));
        emit(mix(
            31,
            u64::from(own.entry.frequency / 4),
            shape | begins << 8,
        ));

        // the knowledge base
        let known = |fact: Option<&Fact>| fact.map_or(0, |f| u64::from(f.known));
        let (k, kl, kr) = (u64::from(own.known), known(left), known(right));
        emit(mix(40, k, shape));
        emit(mix(41, k, kl | kr << 8));
        if kl != 0 {
            emit(mix(42, kl, shape));
            emit(mix(43, kl, own.identity));
        }
        if kr != 0 {
            emit(mix(44, kr, shape));
            emit(mix(45, kr, own.identity));
        }
        if k != 0 {
            emit(mix(46, k, own.identity));
            emit(mix(47, k, identity(left)));
            emit(mix(48, k, identity(right)));
        }
        if own.lead > 0 {
            let first = letters::first(word.of(self.text));
            emit(mix(64, u64::from(first), k));
        }

        // the rest of the document
        if own.memory != 0 {
            emit(mix(50, u64::from(own.memory), shape | begins << 8));
            emit(mix(51, u64::from(own.memory & 0x70), k));
        }
        let memory = |fact: Option<&Fact>| fact.map_or(0, |f| u64::from(f.memory & 0x7b));
        emit(mix(52, memory(left), memory(right)));
    }

    /// Prefixes and suffixes of a word, clitics taken off.
    fn affixes(&self, at: usize, own: &Fact, emit: &mut impl FnMut(u64)) {
        let Some(word) = self.words.get(at) else {
            return;
        };
        let surface = self.text.get(word.start + usize::from(own.lead)..word.end);
        let letters = Letters::of(surface.unwrap_or(""));
        let all = letters.get();
        let mut hash = letters::SEED;
        for (length, letter) in (1u64..).zip(all.iter().take(AFFIX)) {
            hash = letters::step(hash, *letter);
            if length > 1 {
                emit(mix(60, hash, length));
            }
        }
        let mut hash = letters::SEED;
        for (length, letter) in (1u64..).zip(all.iter().rev().take(AFFIX)) {
            hash = letters::step(hash, *letter);
            emit(mix(61, hash, length));
        }
        let length = all.len().min(12) as u64;
        emit(mix(62, length, u64::from(letters.digit)));
        if own.lead > 0 {
            emit(mix(63, u64::from(own.lead), 0));
        }
    }
}
