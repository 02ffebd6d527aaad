//! Names that differ in case, diacritics, hyphens, an article, an ending only, or in a kind that is
//! easily taken for the other.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{Link, LinkRule};
use crate::link::census::{Census, Entry};
use crate::link::sort_of;
use crate::text::skeleton::words;

/// Names by sort and by what is left of their letters.
type Places<'c> = FxHashMap<(u8, String), Vec<&'c Entry>>;

/// What is left of a name's words; the flag says whether German documents have it.
type Way = fn(&[String], bool) -> Option<String>;

/// Ways to take a name's letters, with what is said of names that agree in them, and how surely.
const WAYS: [(Way, &str, f32); 3] = [
    (letters, "the same letters as", 0.97),
    (without_endings, "the same but for endings as", 0.9),
    (without_particle, "the same but for a particle as", 0.88),
];

/// Links each name to the commonest one of the same letters.
pub(super) fn propose(census: &Census) -> Vec<Link> {
    let mut links = Vec::new();
    let entries = census.entries().iter();
    let entries: Vec<(&Entry, Vec<String>)> = entries
        .map(|entry| (entry, words(&entry.name.key)))
        .collect();
    for (way, reason, confidence) in WAYS {
        let mut same: Places<'_> = FxHashMap::default();
        for (entry, words) in &entries {
            if let Some(letters) = way(words, entry.is_german()) {
                let place = (sort_of(entry.name.kind), letters);
                same.entry(place).or_default().push(entry);
            }
        }
        for entries in same.values() {
            let best = entries.iter().max_by_key(|entry| {
                let short = Reverse(entry.name.key.len());
                (entry.known, entry.mentions(), short, Reverse(&entry.name))
            });
            let Some(best) = best else { continue };
            for entry in entries.iter().filter(|entry| !entry.known) {
                if entry.name != best.name {
                    links.push(link(entry, best, reason, confidence));
                }
            }
        }
    }
    links.extend(listed(&entries));
    links
}

/// All letters.
fn letters(words: &[String], _: bool) -> Option<String> {
    let letters = words.join(" ");
    letters.chars().nth(1).is_some().then_some(letters)
}

/// The letters without what German genitives and adjectives and the ways to write a final ta
/// marbuta end in; it need not be right, only steady.
fn without_endings(words: &[String], german: bool) -> Option<String> {
    let stems: Vec<String> = words.iter().map(|word| stem(word, german)).collect();
    stems
        .iter()
        .any(|stem| stem.len() >= 4)
        .then(|| stems.join(" "))
}

fn stem(word: &str, german: bool) -> String {
    if !word.is_ascii() || word.len() < 5 {
        return word.to_owned();
    }
    for ending in ["ah", "eh"] {
        if let Some(rest) = word.strip_suffix(ending) {
            return format!("{rest}a");
        }
    }
    if !german {
        return word.to_owned();
    }
    let genitive = word
        .strip_suffix('s')
        .filter(|rest| !rest.ends_with(['s', 'u', 'i']));
    let rest = genitive.unwrap_or(word);
    for ending in ["en", "er", "em", "e"] {
        if let Some(cut) = rest.strip_suffix(ending).filter(|cut| cut.len() >= 5) {
            return cut.to_owned();
        }
    }
    rest.to_owned()
}

/// The letters without the Arabic preposition that swallowed an article (للجيش); those of names
/// that begin with it by nature do not meet another.
fn without_particle(words: &[String], _: bool) -> Option<String> {
    let (first, rest) = words.split_first()?;
    let bare = first
        .strip_prefix('ل')
        .filter(|bare| bare.chars().nth(2).is_some());
    let first = bare.unwrap_or(first);
    first
        .starts_with(|c: char| ('\u{620}'..='\u{64a}').contains(&c))
        .then(|| [&[first.to_owned()], rest].concat().join(" "))
}

fn link(from: &Entry, to: &Entry, reason: &str, confidence: f32) -> Link {
    let same_kind = from.name.kind == to.name.kind;
    let same_key = from.name.key == to.name.key;
    Link {
        from: from.name.clone(),
        to: to.name.clone(),
        rule: LinkRule::Letters,
        reason: Arc::from(match (same_kind, same_key) {
            (true, _) => format!("{reason} {}", to.name.key),
            (false, true) => format!("the same name as {}", to.name),
            (false, false) => format!("{reason} {}", to.name),
        }),
        confidence: if same_kind {
            confidence
        } else {
            confidence - 0.07
        },
        within: None,
    }
}

/// Links names to the entity for which the knowledge base lists them, if it is one only.
fn listed(entries: &[(&Entry, Vec<String>)]) -> Vec<Link> {
    let mut listed: Places<'_> = FxHashMap::default();
    for (entry, _) in entries.iter().filter(|(entry, _)| entry.known) {
        for spelling in &entry.listed {
            let place = (sort_of(entry.name.kind), words(spelling).join(" "));
            let of_spelling = listed.entry(place).or_default();
            if !of_spelling.iter().any(|other| other.name == entry.name) {
                of_spelling.push(entry);
            }
        }
    }
    let provisional = entries.iter().filter(|(entry, _)| !entry.known);
    provisional
        .filter_map(|(entry, words)| {
            let place = (sort_of(entry.name.kind), words.join(" "));
            match listed.get(&place)?.as_slice() {
                [known] => Some(from_list(entry, known, words.len())),
                _ => None,
            }
        })
        .collect()
}

/// `words` is how many words the name has.
fn from_list(from: &Entry, to: &Entry, words: usize) -> Link {
    let several = words > 1;
    let same_kind = from.name.kind == to.name.kind;
    Link {
        from: from.name.clone(),
        to: to.name.clone(),
        rule: LinkRule::Knowledge,
        reason: Arc::from(format!(
            "the knowledge base lists {} for {}",
            from.name.key, to.name.key
        )),
        confidence: match (several, same_kind) {
            (true, true) => 0.95,
            (true, false) => 0.88,
            (false, true) => 0.8,
            // a single word as another kind is likely another thing
            (false, false) => 0.5,
        },
        within: None,
    }
}
