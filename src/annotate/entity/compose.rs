//! Longer names made of the name of a place and a designator: `Damascus Airport`, `Schlacht um
//! Sirte`, `جامعة حلب`. The knowledge base cannot list them all, and the place alone would be the
//! wrong name.

use crate::annotate::entity::arabic;
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

/// A designator: folded words, the kind that it makes, the canonical key with `{}` for the place.
type Pattern = (&'static [&'static str], EntityKind, &'static str);

use EntityKind::{Event, Group, Organisation, Place};

/// Behind the place, in Latin script with capitals.
const BEHIND: &[Pattern] = &[
    (
        &["international", "airport"],
        Place,
        "{} International Airport",
    ),
    (&["military", "airport"], Place, "{} Military Airport"),
    (&["airport"], Place, "{} Airport"),
    (&["airbase"], Place, "{} Airbase"),
    (&["air", "base"], Place, "{} Airbase"),
    (&["central", "prison"], Place, "{} Central Prison"),
    (&["prison"], Place, "{} Prison"),
    (&["hospital"], Place, "{} Hospital"),
    (&["street"], Place, "{} Street"),
    (&["road"], Place, "{} Road"),
    (&["bridge"], Place, "{} Bridge"),
    (&["square"], Place, "{} Square"),
    (&["oblast"], Place, "{} Oblast"),
    (&["district"], Place, "{} District"),
    (&["raion"], Place, "{} Raion"),
    (&["university"], Organisation, "University of {}"),
    (&["city", "council"], Organisation, "{} City Council"),
    (&["stock", "exchange"], Organisation, "{} Stock Exchange"),
    (&["military", "council"], Group, "{} Military Council"),
    (&["police", "command"], Group, "{} Police Command"),
    (&["police", "department"], Group, "{} Police Department"),
    (&["police"], Group, "{} Police"),
];

/// In front of the place, in Latin script; of the first word a capital is asked.
const BEFORE: &[Pattern] = &[
    (&["battle", "of"], Event, "Battle of {}"),
    (&["battle", "for"], Event, "Battle of {}"),
    (&["siege", "of"], Event, "Siege of {}"),
    (&["schlacht", "um"], Event, "Battle of {}"),
    (&["schlacht", "von"], Event, "Battle of {}"),
    (&["belagerung", "von"], Event, "Siege of {}"),
    (&["university", "of"], Organisation, "University of {}"),
    (&["universitat"], Organisation, "University of {}"),
    (&["universitat", "von"], Organisation, "University of {}"),
    (&["flughafen"], Place, "{} Airport"),
    (&["militarflughafen"], Place, "{} Military Airport"),
    (&["port", "of"], Place, "Port of {}"),
];

/// In front of the place, in Arabic; folded, particles taken off.
const BEFORE_ARABIC: &[(&str, EntityKind, &str)] = &[
    ("جامعه", Organisation, "University of {}"),
    ("مطار", Place, "{} Airport"),
    ("مستشفي", Place, "{} Hospital"),
    ("مشفي", Place, "{} Hospital"),
    ("معركه", Event, "Battle of {}"),
    ("حصار", Event, "Siege of {}"),
    ("سجن", Place, "{} Prison"),
    ("جسر", Place, "{} Bridge"),
    ("شارع", Place, "{} Street"),
    ("معبر", Place, "{} Crossing"),
    ("ميناء", Place, "Port of {}"),
    ("مرفا", Place, "Port of {}"),
    ("سد", Place, "{} Dam"),
    ("جبل", Place, "Mount {}"),
    ("ولايه", Place, "{} Province"),
    ("محافظه", Place, "{} Governorate"),
];

/// Arabic adjectives that go on with such a name.
const GOES_ON: &[(&str, &str)] = &[
    ("الدولي", "International "),
    ("العسكري", "Military "),
    ("المركزي", "Central "),
];

/// The longer name around a match that stands for the place `place`, if there is one.
pub(super) fn extend(text: &str, words: &[Word], found: &Match, place: &str) -> Option<Composed> {
    let first = words.get(found.first)?;
    let place = place.split(" (").next().unwrap_or(place);
    let place = place.split(", ").next().unwrap_or(place);
    match first.script {
        Script::Latin => behind(text, words, found, place).or(before(text, words, found, place)),
        Script::Arabic => before_arabic(text, words, found, place),
        Script::Other => None,
    }
}

fn fold(text: &str, word: &Word) -> String {
    key::fold(word.of(text))
}

fn behind(text: &str, words: &[Word], found: &Match, place: &str) -> Option<Composed> {
    let end = words.get(found.last)?.end;
    // a genitive ends the name: Aleppo's Hospital
    let whole = text.get(found.start..end)?.ends_with(['s', 'S']) == place.ends_with(['s', 'S']);
    let (designator, kind, pattern) = BEHIND.iter().find(|(designator, _, _)| {
        designator.iter().zip(found.last + 1..).all(|(wanted, at)| {
            words.get(at).is_some_and(|word| {
                word.gap == Gap::Space && word.caps == Caps::Initial && fold(text, word) == *wanted
            })
        })
    })?;
    let last = found.last + designator.len();
    whole.then(|| Composed {
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
        .any(|word| word.caps == Caps::Initial)
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
            && own.first()?.caps == Caps::Initial;
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
