//! Longer names made of the name of a place and a designator: `Damascus Airport`, `Schlacht um
//! Sirte`, `جامعة حلب`. The knowledge base cannot list them all, and the place alone would be the
//! wrong name.

use crate::annotate::entity::arabic;
use crate::annotate::entity::designators::{BEFORE, BEFORE_ARABIC, BEHIND, GOES_ON, INSTITUTIONS};
use crate::annotate::entity::gazetteer::Match;
use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::corpus::EntityKind;

/// A name made longer. Offsets are bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Composed {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Kind of the thing named.
    pub(super) kind: EntityKind,
    /// Canonical key: `Battle of Sirte`.
    pub(super) key: String,
    /// First and last word.
    pub(super) words: (usize, usize),
}

/// The longer name around a match that stands for the place or country `place`, if there is one.
pub(super) fn extend(
    text: &str,
    words: &[Word],
    found: &Match,
    kind: EntityKind,
    place: &str,
) -> Option<Composed> {
    let first = words.get(found.first)?;
    let place = place.split(" (").next().unwrap_or(place);
    let place = place.split(", ").next().unwrap_or(place);
    if first.script == Script::Latin
        && let Some(institution) = institution(text, words, found, place)
    {
        return Some(institution);
    }
    if kind != EntityKind::Place {
        return None;
    }
    match first.script {
        Script::Latin => behind(text, words, found, place).or(before(text, words, found, place)),
        Script::Arabic => before_arabic(text, words, found, place),
        Script::Other => None,
    }
}

fn fold(text: &str, word: &Word) -> String {
    key::fold(word.of(text))
}

/// Whether a genitive ends the name, so that what follows is another's: `Aleppo's Hospital`.
fn genitive(text: &str, words: &[Word], found: &Match, place: &str) -> bool {
    let end = words.get(found.last).map_or(found.start, |word| word.end);
    let own = text.get(found.start..end).unwrap_or("");
    let apostrophe = text.get(end..).unwrap_or("").starts_with(['\'', '’']);
    apostrophe || own.ends_with(['s', 'S']) && !place.ends_with(['s', 'S'])
}

fn behind(text: &str, words: &[Word], found: &Match, place: &str) -> Option<Composed> {
    let end = words.get(found.last)?.end;
    let (designator, kind, pattern) = BEHIND.iter().find(|(designator, _, _)| {
        designator.iter().zip(found.last + 1..).all(|(wanted, at)| {
            words.get(at).is_some_and(|word| {
                word.gap == Gap::Space && word.caps == Caps::Initial && fold(text, word) == *wanted
            })
        })
    })?;
    let last = found.last + designator.len();
    (!genitive(text, words, found, place)).then(|| Composed {
        start: found.start,
        end: words.get(last).map_or(end, |word| word.end),
        kind: *kind,
        key: pattern.replace("{}", place),
        words: (found.first, last),
    })
}

fn before(text: &str, words: &[Word], found: &Match, place: &str) -> Option<Composed> {
    let end = words.get(found.last)?.end;
    let near = |back: usize| found.first.checked_sub(back).and_then(|at| words.get(at));
    if !(1..=2)
        .filter_map(near)
        .any(|word| word.caps != Caps::Lower)
    {
        return None;
    }
    BEFORE.iter().find_map(|(designator, kind, pattern)| {
        let first = found.first.checked_sub(designator.len())?;
        let own = words.get(first..found.first)?;
        let fits = own
            .iter()
            .zip(*designator)
            .all(|(word, wanted)| fold(text, word) == *wanted)
            && words
                .get(first + 1..=found.first)?
                .iter()
                .all(|word| word.gap == Gap::Space)
            && own.first()?.caps != Caps::Lower;
        fits.then(|| Composed {
            start: own.first().map_or(found.start, |word| word.start),
            end,
            kind: *kind,
            key: pattern.replace("{}", place),
            words: (first, found.last),
        })
    })
}

fn before_arabic(text: &str, words: &[Word], found: &Match, place: &str) -> Option<Composed> {
    let at = found.first.checked_sub(1)?;
    let designator = words.get(at)?;
    let own = words.get(found.first)?;
    if own.gap != Gap::Space || own.start != found.start {
        return None;
    }
    let folded = fold(text, designator);
    let (bare, kind, pattern) = BEFORE_ARABIC
        .iter()
        .find(|(bare, _, _)| arabic::is_behind_particles(&folded, bare))?;
    let particles = folded.chars().count().checked_sub(bare.chars().count())?;
    let mut end = words.get(found.last)?.end;
    let mut last = found.last;
    let mut key = pattern.replace("{}", place);
    let next = words
        .get(found.last + 1)
        .filter(|next| next.gap == Gap::Space);
    if let Some((word, (_, english))) = next.and_then(|next| {
        let folded = fold(text, next);
        let known = GOES_ON.iter().find(|(arabic, _)| *arabic == folded);
        known.map(|known| (next, known))
    }) {
        end = word.end;
        last += 1;
        if let Some(bare) = pattern.strip_prefix("{} ") {
            key = format!("{place} {english}{bare}");
        }
    }
    let skipped = designator.of(text).char_indices().nth(particles)?.0;
    Some(Composed {
        start: designator.start + skipped,
        end,
        kind: *kind,
        key,
        words: (at, last),
    })
}

/// Words that an institution's name may have between its place and its last word.
const INSIDE: usize = 4;

/// The institution whose name starts with a match: `United States Geological Survey`. Nothing where
/// the line has capitals throughout.
fn institution(text: &str, words: &[Word], found: &Match, place: &str) -> Option<Composed> {
    if genitive(text, words, found, place) {
        return None;
    }
    let capital = |word: &Word| word.script == Script::Latin && word.caps != Caps::Lower;
    let inside = |at: usize| {
        let word = words.get(at)?;
        let small = matches!(word.of(text), "of" | "and" | "for" | "on");
        (word.gap == Gap::Space && (capital(word) || small)).then_some(word)
    };
    let last = (found.last + 1..=found.last + 1 + INSIDE)
        .map_while(|at| inside(at).map(|word| (at, word)))
        .filter(|(_, word)| capital(word) && INSTITUTIONS.contains(&fold(text, word).as_str()))
        .map(|(at, _)| at)
        .last()?;
    let next = words.get(last + 1);
    let goes_on = next.is_some_and(|next| next.gap == Gap::Space && capital(next));
    if goes_on || !in_sentence(text, words, found.first) {
        return None;
    }
    let end = words.get(last)?.end;
    Some(Composed {
        start: found.start,
        end,
        kind: EntityKind::Organisation,
        key: text
            .get(found.start..end)?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        words: (found.first, last),
    })
}

/// Whether the words around are those of a sentence and not of a headline with capitals.
fn in_sentence(text: &str, words: &[Word], at: usize) -> bool {
    const REACH: usize = 8;
    const LONG: usize = 4;
    words
        .iter()
        .skip(at.saturating_sub(REACH))
        .take(2 * REACH)
        .any(|word| word.caps == Caps::Lower && word.of(text).len() >= LONG)
}
