//! One name under several spellings and scripts: names of like consonants are looked up in
//! buckets, then compared sound by sound. Linear in the number of names: a bucket never holds
//! more than a few dozen of them.

mod bucket;
mod form;

use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{EntityKind, Link, LinkRule};
use crate::link::census::{Census, Entry};
use crate::link::designator::tells_apart;
use crate::link::spelling::bucket::Buckets;
use crate::link::spelling::form::{Form, forms};
use crate::link::{Cancelled, LINE};

/// Similarity below which two names have nothing to do with each other.
const FAINT: f32 = 0.65;

/// Links names that sound alike; `None` when cancelled.
pub(super) fn propose(census: &Census, cancelled: Cancelled<'_>) -> Option<Vec<Link>> {
    let forms = forms(census, cancelled)?;
    let buckets = Buckets::of(census, &forms);
    let mut compared: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut pairs = Vec::new();
    for bucket in buckets.iter() {
        if cancelled() {
            return None;
        }
        for (at, one) in bucket.iter().enumerate() {
            for other in bucket.iter().skip(at + 1) {
                let pair = (*one.min(other), *one.max(other));
                if let (Some(a), Some(b)) = (forms.get(pair.0), forms.get(pair.1))
                    && a.entry != b.entry
                    && !(a.known && b.known)
                    && a.is_near(b)
                    && compared.insert(pair)
                {
                    pairs.push((a, b));
                }
            }
        }
    }
    let compared = compare_all(census, &pairs, cancelled)?;
    let mut best: FxHashMap<(usize, usize), Link> = FxHashMap::default();
    for ((a, b), link) in pairs.iter().zip(compared) {
        let Some(link) = link else { continue };
        let entries = (a.entry.min(b.entry), a.entry.max(b.entry));
        let known = best.get(&entries).map_or(0.0, |known| known.confidence);
        if link.confidence > known {
            best.insert(entries, link);
        }
    }
    Some(best.into_values().collect())
}

/// Pairs that are compared before it is asked whether somebody still waits.
const AT_ONCE: usize = 256;

/// What each pair gives, in two halves beside each other: nothing else takes so long once all
/// texts have been read.
fn compare_all(
    census: &Census,
    pairs: &[(&Form<'_>, &Form<'_>)],
    cancelled: Cancelled<'_>,
) -> Option<Vec<Option<Link>>> {
    let compare_half = |pairs: &[(&Form<'_>, &Form<'_>)]| {
        let mut links = Vec::with_capacity(pairs.len());
        for some in pairs.chunks(AT_ONCE) {
            if cancelled() {
                return None;
            }
            links.extend(some.iter().map(|(a, b)| compare(census, a, b)));
        }
        Some(links)
    };
    let (first, second) = pairs.split_at(pairs.len() / 2);
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| compare_half(first));
        let second = compare_half(second);
        let first = first.join();
        (first.unwrap_or_else(|panic| resume_unwind(panic)), second)
    });
    let mut links = first?;
    links.extend(second?);
    Some(links)
}

/// How alike two spellings are.
struct Likeness {
    /// Of the least alike words, or of the whole where the words do not pair.
    worst: f32,
    /// Of the whole.
    whole: f32,
    /// Words of the shorter one.
    words: usize,
}

fn compare(census: &Census, a: &Form<'_>, b: &Form<'_>) -> Option<Link> {
    let (of_a, of_b) = (census.get(a.entry)?, census.get(b.entry)?);
    if of_a.known && of_b.known {
        return None;
    }
    let (same_designators, one_bare) = (
        a.designators == b.designators,
        a.designators.is_empty() || b.designators.is_empty(),
    );
    let mut all = a.designators.iter().chain(&b.designators);
    if !same_designators && (!one_bare || all.any(|meaning| tells_apart(meaning))) {
        return None;
    }
    let likeness = likeness(a, b)?;
    let typo = a.arabic == b.arabic && is_slip(a, b);
    let consonants = a.bones.len().min(b.bones.len());
    let named = same_designators && !a.designators.is_empty();
    // Arabic writes few vowels: those that it writes tell more
    let least = match (a.arabic, likeness.words == 1) {
        _ if named => 0.85,
        (true, _) => 0.9,
        (false, true) => 0.92,
        (false, false) => 0.86,
    };
    let mut confidence = if a.arabic == b.arabic {
        same_script(&likeness, typo, least, of_a, of_b)?
    } else {
        across_scripts(&likeness, named, consonants)?
    };
    let single = likeness.words == 1 && !named;
    // looked up last: it costs most
    let (shared, share) = census.shared_context(a.entry, b.entry);
    if single {
        confidence = single_word(confidence, consonants, shared, share, of_a.name.kind);
    } else if shared >= 2 {
        confidence += 0.03;
    } else if typo && a.person && likeness.worst < least {
        // Nick, Mick: of persons the names around must speak for a slip
        confidence = confidence.min(0.65);
    }
    if !same_designators {
        // an airport is not its town, a movement is what it is called without the word
        let place = of_a.name.kind == EntityKind::Place || of_b.name.kind == EntityKind::Place;
        confidence -= if place { 0.25 } else { 0.08 };
    }
    if of_a.name.kind != of_b.name.kind {
        confidence -= 0.06;
    }
    let confidence = confidence.min(0.95);
    (confidence >= 0.4).then(|| link(a, b, of_a, of_b, typo, confidence))
}

/// A pair in one script: vowels are written and must agree better than across scripts.
fn same_script(likeness: &Likeness, typo: bool, least: f32, a: &Entry, b: &Entry) -> Option<f32> {
    if likeness.worst >= least {
        return Some(0.86);
    }
    if typo {
        // a slip is rarer than what was meant
        let (rare, common) = (
            a.mentions().min(b.mentions()),
            a.mentions().max(b.mentions()),
        );
        let slip = rare <= 2 && (common >= 2 * rare || a.known || b.known || likeness.words > 2);
        return Some(if slip { 0.84 } else { 0.6 });
    }
    (likeness.worst >= 0.75).then_some(0.6)
}

fn across_scripts(likeness: &Likeness, named: bool, consonants: usize) -> Option<f32> {
    let many = likeness.words > 1 || named;
    match likeness {
        l if many && l.worst >= 0.8 && l.whole >= 0.85 => Some(0.9),
        l if many && l.worst >= 0.7 && l.whole >= 0.8 => Some(0.78),
        l if many && l.worst >= 0.6 => Some(0.55),
        l if l.words == 1 && l.worst >= 0.88 && consonants >= 3 => Some(0.86),
        l if l.words == 1 && l.worst >= 0.75 && consonants >= 4 => Some(0.6),
        _ => None,
    }
}

/// One word says less: the names around it must speak for it too.
fn single_word(
    confidence: f32,
    consonants: usize,
    shared: usize,
    share: f32,
    kind: EntityKind,
) -> f32 {
    let person = kind == EntityKind::Person;
    let enough = match (person, consonants) {
        (_, 0..=2) | (true, 3) => false,
        (true, _) => shared >= 3 && share >= 0.25,
        (false, 3) => shared >= 3 && share >= 0.2,
        (false, _) => shared >= 2 && share >= 0.1,
    };
    if enough {
        confidence - 0.06
    } else {
        confidence.min(0.62) - 0.05
    }
}

/// How alike two spellings are; `None` where they are too unlike to look closer.
fn likeness(a: &Form<'_>, b: &Form<'_>) -> Option<Likeness> {
    // one word of a person's two is a matter of documents, not of spelling
    let persons = a.person && a.words.len().min(b.words.len()) == 1;
    if a.words.len().abs_diff(b.words.len()) > usize::from(!persons) {
        return None;
    }
    let whole = a.whole.similarity(&b.whole);
    if whole < FAINT {
        return None;
    }
    let worst = if a.words.len() == b.words.len() {
        let pairs = (0..a.words.len()).map(|at| word_likeness(a, b, at));
        pairs.fold(whole, f32::min)
    } else {
        // Abd al-Rahman, Abdulrahman
        whole - 0.05
    };
    Some(Likeness {
        worst,
        whole,
        words: a.words.len().min(b.words.len()),
    })
}

/// How alike two words sound. A vowel that one has at the start and the other has not is no mere
/// vowel (Ahmed, Hamed; Sam, عصام), nor is an i at the end (Husayn, الحسيني).
fn word_likeness(a: &Form<'_>, b: &Form<'_>, at: usize) -> f32 {
    let (Some(x), Some(y)) = (a.sounds.get(at), b.sounds.get(at)) else {
        return 0.0;
    };
    let ends = |form: &Form<'_>| -> (bool, bool) {
        let word = form.words.get(at).map_or("", String::as_str);
        let vowels = ['a', 'e', 'i', 'o', 'u', 'ا', 'ع', 'ء'];
        // ي and و begin words as consonants and as vowels
        let either = word.starts_with(['ي', 'و', 'y', 'j', 'w']);
        (
            word.starts_with(vowels) || either,
            !word.starts_with(vowels),
        )
    };
    let ((vowel_a, consonant_a), (vowel_b, consonant_b)) = (ends(a), ends(b));
    let starts_alike = (vowel_a && vowel_b) || (consonant_a && consonant_b);
    let last = |form: &Form<'_>| form.words.get(at).and_then(|word| word.chars().last());
    let (latin, arabic) = if a.arabic {
        (last(b), last(a))
    } else {
        (last(a), last(b))
    };
    let latin_vowel = latin.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h'));
    let arabic_vowel = arabic.is_some_and(|c| matches!(c, 'ا' | 'ي' | 'و' | 'ه' | 'ع' | 'ء'));
    let sounded = (arabic == Some('ي') && !latin_vowel)
        || (matches!(latin, Some('i' | 'y')) && !arabic_vowel);
    let ends_apart = sounded && a.arabic != b.arabic;
    let apart = f32::from(u8::from(!starts_alike)) + f32::from(u8::from(ends_apart));
    x.similarity(y) - apart * 0.2
}

/// Whether the folded words are long and one letter apart: one left out, put in, exchanged or
/// swapped with its neighbour.
fn is_slip(a: &Form<'_>, b: &Form<'_>) -> bool {
    if a.words.len() != b.words.len() {
        return false;
    }
    let letters = |form: &Form<'_>| -> Vec<char> { form.words.join(" ").chars().collect() };
    let (x, y) = (letters(a), letters(b));
    x.len().min(y.len()) >= 8 && x != y && one_apart(&x, &y)
}

fn one_apart(x: &[char], y: &[char]) -> bool {
    let start = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    let (x, y) = (x.get(start..).unwrap_or(&[]), y.get(start..).unwrap_or(&[]));
    let end = x.iter().rev().zip(y.iter().rev());
    let end = end.take_while(|(a, b)| a == b).count();
    let cut = |row: &[char]| row.len().saturating_sub(end);
    match (cut(x), cut(y)) {
        (0, 1) | (1, 0 | 1) => true,
        (2, 2) => x.first() == y.get(1) && x.get(1) == y.first(),
        _ => false,
    }
}

fn link(
    a: &Form<'_>,
    b: &Form<'_>,
    of_a: &Entry,
    of_b: &Entry,
    typo: bool,
    confidence: f32,
) -> Link {
    // from the provisional or rarer one to the other
    let weight = |entry: &Entry| (entry.known, entry.mentions());
    let (from, to, of_from, of_to) = if weight(of_a) <= weight(of_b) {
        (a, b, of_a, of_b)
    } else {
        (b, a, of_b, of_a)
    };
    let rule = if typo {
        LinkRule::Typo
    } else {
        LinkRule::Spelling
    };
    let how = match (typo, from.arabic == to.arabic) {
        (true, _) => "one letter from",
        (false, true) => "spelling of",
        (false, false) => "sounds like",
    };
    let weak = if confidence < LINE { "perhaps: " } else { "" };
    Link {
        from: of_from.name.clone(),
        to: of_to.name.clone(),
        rule,
        reason: Arc::from(format!("{weak}{} {how} {}", from.spelling, to.spelling)),
        confidence,
        within: None,
    }
}

#[cfg(test)]
mod tests {
    use super::one_apart;

    #[test]
    fn slips() {
        for (a, b, expected) in [
            ("jabhat", "abhat", true),
            ("jabhat", "jabhaat", true),
            ("jabhat", "jabhot", true),
            ("jabhat", "jahbat", true),
            ("jabhat", "jabhat", false),
            ("jabhat", "jabht at", false),
            ("jabhat", "jibhot", false),
            ("", "a", true),
        ] {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            let found = a != b && one_apart(&letters(a), &letters(b));
            assert_eq!(found, expected, "{a} {b}");
        }
    }
}
