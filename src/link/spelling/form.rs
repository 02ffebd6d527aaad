//! Spellings made ready to be compared: cut into words and designators, with their sounds.

use std::hash::{Hash as _, Hasher as _};
use std::panic::resume_unwind;
use std::thread;

use rustc_hash::{FxHashSet, FxHasher};

use crate::corpus::EntityKind;
use crate::link::Cancelled;
use crate::link::census::{Census, Entry};
use crate::link::designator::meaning;
use crate::link::surname::is_title;
use crate::text::skeleton::{Sounds, skeleton_of, words};

/// Spellings of a name that are compared.
const FORMS: usize = 6;

/// Consonants from which on one of them may be missing or another one.
const LONG: usize = 4;

/// A spelling made ready.
pub(super) struct Form<'c> {
    pub(super) entry: usize,
    pub(super) spelling: &'c str,
    pub(super) known: bool,
    pub(super) person: bool,
    pub(super) arabic: bool,
    /// What its designators mean, sorted.
    pub(super) designators: Vec<&'static str>,
    /// The other words, folded.
    pub(super) words: Vec<String>,
    /// Their consonants, run together.
    pub(super) bones: String,
    /// Each of them made ready to be compared, and all together.
    pub(super) sounds: Vec<Sounds>,
    pub(super) whole: Sounds,
}

/// What of a spelling tells whether it is another than those before it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Letters {
    /// The folded words that are no designators.
    words: Vec<String>,
    /// What its designators mean, sorted.
    designators: Vec<&'static str>,
}

impl Letters {
    /// The letters of a spelling that was cut into words, and their consonants, run together;
    /// `None` for what is no name to compare.
    fn new(entry: &Entry, all: &[String], fused: bool) -> Option<(Self, String)> {
        let person = entry.name.kind == EntityKind::Person;
        let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.retain(|word| !person || !is_title(word));
        if fused {
            let bare: Vec<&str> = all.iter().map(|word| without_fused(word)).collect();
            if bare == all {
                return None;
            }
            all = bare;
        }
        if entry.name.kind == EntityKind::Place {
            all = all.into_iter().flat_map(direction).collect();
        }
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let bones_of = |own: &[String]| skeleton_of(own).replace(' ', "");
        let (named, own): (Vec<&str>, Vec<&str>) =
            all.iter().partition(|word| meaning(word).is_some());
        let mut designators: Vec<&'static str> = named.into_iter().filter_map(meaning).collect();
        let mut own: Vec<String> = owned(&own);
        let mut bones = bones_of(&own);
        if bones.len() < 3 {
            designators.clear();
            own = owned(&all);
            bones = bones_of(&own);
        }
        if bones.len() < 3 || own.len() > 8 || own.iter().any(|w| w.chars().any(char::is_numeric)) {
            return None;
        }
        designators.sort_unstable();
        let words = own;
        Some((Self { words, designators }, bones))
    }
}

impl<'c> Form<'c> {
    fn new(
        number: usize,
        entry: &Entry,
        spelling: &'c str,
        letters: Letters,
        bones: String,
    ) -> Self {
        let Letters { words, designators } = letters;
        Self {
            entry: number,
            spelling,
            known: entry.known,
            person: entry.name.kind == EntityKind::Person,
            arabic: words
                .iter()
                .any(|w| w.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))),
            designators,
            sounds: words
                .iter()
                .map(|w| Sounds::of(std::slice::from_ref(w)))
                .collect(),
            whole: Sounds::of(&words),
            words,
            bones,
        }
    }

    /// Its consonants, and, where they are many, all but one of them, as hashes with the sort.
    pub(super) fn places(&self, sort: u8) -> Vec<u64> {
        let hash = |skipped: usize| {
            let mut hasher = FxHasher::default();
            sort.hash(&mut hasher);
            for (at, letter) in self.bones.bytes().enumerate() {
                if at != skipped {
                    letter.hash(&mut hasher);
                }
            }
            hasher.finish()
        };
        let mut places = vec![hash(usize::MAX)];
        let says_much = self.words.len() > 1 || !self.designators.is_empty();
        let enough = if says_much { LONG } else { LONG + 1 };
        if self.bones.len() >= enough {
            places.extend((0..self.bones.len()).map(hash));
            places.dedup();
        }
        places
    }

    /// Whether the consonants are the same but for one.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let (a, b) = (self.bones.as_bytes(), other.bones.as_bytes());
        let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let end = a.iter().rev().zip(b.iter().rev());
        let end = end.take_while(|(x, y)| x == y).count();
        let longer = a.len().max(b.len());
        // neighbours that changed places count as one
        let swapped = a.len() == b.len() && start + end + 2 >= longer;
        a == b || swapped || (a.len().abs_diff(b.len()) <= 1 && start + end + 1 >= longer)
    }
}

/// A word without the Latin article that some writers fuse with it: `Alnairab`. Other words that
/// begin so lose it too, and meet nothing.
fn without_fused(word: &str) -> &str {
    let rest = word.strip_prefix("al").filter(|rest| rest.len() >= 4);
    rest.unwrap_or(word)
}

/// A word of a place with its direction apart: `Ostaleppo`.
fn direction(word: &str) -> Vec<&str> {
    for prefix in ["ost", "west", "nord", "sud"] {
        if let Some(rest) = word.strip_prefix(prefix).filter(|rest| rest.len() >= 4) {
            let cut = word.len() - rest.len();
            return word
                .split_at_checked(cut)
                .map_or(vec![word], |(a, b)| vec![a, b]);
        }
    }
    vec![word]
}

/// The spellings of all names, those of common names first; `None` when cancelled.
pub(super) fn forms<'c>(census: &'c Census, cancelled: Cancelled<'_>) -> Option<Vec<Form<'c>>> {
    let mut order: Vec<(usize, &Entry)> = census.entries().iter().enumerate().collect();
    order.sort_by_key(|(number, entry)| (!entry.known, u32::MAX - entry.mentions(), *number));
    let (first, second) = order.split_at(order.len() / 2);
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| forms_of(first, cancelled));
        let second = forms_of(second, cancelled);
        let first = first.join();
        (first.unwrap_or_else(|panic| resume_unwind(panic)), second)
    });
    let mut forms = first?;
    forms.extend(second?);
    Some(forms)
}

/// The spellings of some names, in their order; `None` when cancelled.
fn forms_of<'c>(entries: &[(usize, &'c Entry)], cancelled: Cancelled<'_>) -> Option<Vec<Form<'c>>> {
    let mut forms = Vec::new();
    for (number, entry) in entries {
        if cancelled() {
            return None;
        }
        let limit = if entry.known { FORMS * 2 } else { FORMS };
        let mut seen: FxHashSet<Letters> = FxHashSet::default();
        // a bare surname means its bearer in some documents, not everywhere
        let full = entry.name.kind == EntityKind::Person && is_several(&entry.name.key);
        'spellings: for spelling in entry.spellings() {
            let all = words(spelling);
            if full && all.len() < 2 {
                continue;
            }
            for fused in [false, true] {
                if seen.len() >= limit {
                    break 'spellings;
                }
                if let Some((letters, bones)) = Letters::new(entry, &all, fused)
                    && seen.insert(letters.clone())
                {
                    forms.push(Form::new(*number, entry, spelling, letters, bones));
                }
            }
        }
    }
    Some(forms)
}

fn is_several(name: &str) -> bool {
    words(name).len() > 1
}
