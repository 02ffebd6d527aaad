//! By which sounds a word is found: its skeleton, and those of what particles leave of it.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use crate::text::skeleton::skeleton;

/// Bits of a hash: with more, two skeletons share one less often, but each takes more room.
const BITS: u32 = 24;

/// The hash of a skeleton.
#[must_use]
pub fn hash_of(skeleton: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(skeleton.as_bytes());
    u32::try_from(hasher.finish() >> (u64::BITS - BITS)).unwrap_or(0)
}

/// The hashes of the skeletons that a folded word may be looked for by.
pub(super) fn sounds_of(word: &str) -> Vec<u32> {
    if !word.chars().any(char::is_alphabetic) {
        return Vec::new();
    }
    let mut found = Vec::with_capacity(2);
    for form in std::iter::once(word).chain(without_particles(word)) {
        let bones = skeleton(form);
        if !bones.is_empty() && !bones.contains(' ') {
            found.push(hash_of(&bones));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What may be left of a folded Arabic word without the particles in front of it, و ف ب ل ك and
/// the article: three letters at least, two behind an article. Longest first.
#[must_use]
pub fn without_particles(word: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let joined = word.strip_prefix(['و', 'ف']);
    for form in [Some(word), joined].into_iter().flatten() {
        for bare in [Some(form), form.strip_prefix(['ب', 'ل', 'ك'])] {
            let Some(bare) = bare else { continue };
            // ل and the article are written لل
            let article = bare.strip_prefix("ال");
            let article = article.or_else(|| form.strip_prefix("لل"));
            if let Some(noun) = article.filter(|noun| letters(noun) >= 2) {
                found.push(noun);
            }
            if bare.len() < word.len() && letters(bare) >= 3 {
                found.push(bare);
            }
        }
    }
    found.sort_by_key(|form| std::cmp::Reverse(form.len()));
    found.dedup();
    found
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_come_off() {
        for (word, expected) in [
            ("والشام", &["الشام", "شام"][..]),
            ("بحلب", &["حلب"]),
            ("وبحلب", &["بحلب", "حلب"]),
            ("للجيش", &["لجيش", "جيش"]),
            ("وبالقدس", &["بالقدس", "القدس", "قدس"]),
            ("حلب", &[]),
            ("syria", &[]),
        ] {
            assert_eq!(without_particles(word), expected, "{word}");
        }
    }
}
