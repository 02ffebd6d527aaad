//! Names that differ in case, diacritics, hyphens or an article only, or in a kind that is easily
//! taken for the other.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{Link, LinkRule};
use crate::link::census::{Census, Entry};
use crate::link::sort_of;
use crate::text::skeleton::words;

/// Links each name to the commonest one of the same letters.
pub(super) fn propose(census: &Census) -> Vec<Link> {
    let mut same: FxHashMap<(u8, String), Vec<&Entry>> = FxHashMap::default();
    for entry in census.entries() {
        let letters = words(&entry.name.key).join(" ");
        if letters.chars().nth(1).is_some() {
            let place = (sort_of(entry.name.kind), letters);
            same.entry(place).or_default().push(entry);
        }
    }
    let mut listed: FxHashMap<(u8, String), Vec<&Entry>> = FxHashMap::default();
    for entry in census.entries().iter().filter(|entry| entry.known) {
        for spelling in &entry.listed {
            let place = (sort_of(entry.name.kind), words(spelling).join(" "));
            let of_spelling = listed.entry(place).or_default();
            if !of_spelling.iter().any(|other| other.name == entry.name) {
                of_spelling.push(entry);
            }
        }
    }
    let mut links = Vec::new();
    for (place, entries) in &same {
        let best = entries.iter().max_by_key(|entry| {
            (
                entry.known,
                entry.mentions(),
                std::cmp::Reverse(&entry.name),
            )
        });
        let Some(best) = best else { continue };
        for entry in entries.iter().filter(|entry| !entry.known) {
            if entry.name != best.name {
                links.push(link(entry, best));
            }
        }
        // one spelling of two known entities says nothing
        if let Some([known]) = listed.get(place).map(Vec::as_slice)
            && !best.known
        {
            links.extend(entries.iter().map(|entry| from_list(entry, known)));
        }
    }
    links
}

fn link(from: &Entry, to: &Entry) -> Link {
    let same_kind = from.name.kind == to.name.kind;
    let same_key = from.name.key == to.name.key;
    Link {
        from: from.name.clone(),
        to: to.name.clone(),
        rule: LinkRule::Letters,
        reason: Arc::from(match (same_kind, same_key) {
            (true, _) => format!("the same letters as {}", to.name.key),
            (false, true) => format!("the same name as {}", to.name),
            (false, false) => format!("the same letters as {}", to.name),
        }),
        confidence: if same_kind { 0.97 } else { 0.9 },
        within: None,
    }
}

fn from_list(from: &Entry, to: &Entry) -> Link {
    let several = words(&from.name.key).len() > 1;
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
