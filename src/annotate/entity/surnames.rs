//! A bare surname links to the person whose full name the same document gives.

use std::sync::Arc;

use crate::annotate::entity::arabic;
use crate::annotate::entity::knowledge::key::{self, Key};
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::annotate::entity::mention::key_of;
use crate::annotate::entity::merge::Kept;
use crate::annotate::entity::resolve::{Matched, kind_of};
use crate::corpus::EntityKind;

/// A surname that a document introduced with a full name. Offsets are bytes.
#[derive(Clone, Debug)]
pub(super) struct Surname {
    /// Keys of its words, articles left out.
    words: Vec<Key>,
    /// The surname as the full name writes it.
    surface: String,
    script: Script,
    /// Number of the person.
    pub(super) entity: u32,
    /// The full name as written.
    pub(super) full: String,
}

/// A surname found. Offsets are bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'s> {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte, before a genitive.
    pub(super) end: usize,
    /// Bytes of a genitive.
    pub(super) genitive: usize,
    /// Which surname.
    pub(super) surname: &'s Surname,
}

/// Least confidence of a name of the tagger's that introduces a surname.
const INTRODUCES: f32 = 0.6;

/// Parts of a surname that do not stand alone.
const PARTICLES: &[&str] = &[
    "bin", "ben", "ibn", "abu", "abd", "abdul", "abdel", "abdur", "abdal", "ould", "de", "van",
    "von", "der", "di", "da", "la", "le", "del", "ter", "بن", "ابن", "ابو", "ابي", "عبد", "ال",
    "ام",
];

/// Arabic second halves of a compound.
const SECOND_HALVES: &[&str] = &["الله", "الدين"];

/// Arabic surnames that are also common words and so need the full name each time.
const COMMON: &[&str] = &[
    "علي",
    "صالح",
    "كامل",
    "سالم",
    "سعيد",
    "جديد",
    "امين",
    "حسن",
    "محمد",
    "احمد",
    "كريم",
    "خالد",
    "شريف",
    "طيب",
    "عادل",
    "العربي",
    "السيد",
    "الشيخ",
    "فرج",
    "نور",
    "صادق",
    "عمر",
    "بدر",
    "الحق",
    "الاول",
    "الثاني",
    "الثالث",
    "السادس",
    "غالب",
    "رشيد",
    "راشد",
    "جابر",
    "باسم",
    "حسين",
    "الحسين",
];

/// Particles after which comes a father's given name, which says nothing alone.
const SON_OF: &[&str] = &["bin", "ben", "ibn", "بن", "ابن"];

/// English and German surnames that are also common words.
const COMMON_LATIN: &[&str] = &[
    "may",
    "muslim",
    "jobs",
    "price",
    "power",
    "cook",
    "king",
    "young",
    "long",
    "day",
    "march",
    "church",
    "christian",
    "general",
    "major",
    "islam",
    "rice",
    "earnest",
    "francis",
    "state",
    "kohl",
    "kurz",
    "maas",
    "bolt",
    "bill",
    "will",
    "mark",
    "grace",
    "hope",
    "black",
    "white",
    "rahman",
    "khan",
    "singh",
    "ali",
    "hassan",
    "ahmed",
    "mohammed",
    "muhammad",
    "mohamed",
];

/// The surname of a full name, if the name has several words and the last can stand alone.
pub(super) fn surname(text: &str, words: &[Word], entity: u32) -> Option<Surname> {
    let (last, before) = words.split_last()?;
    let mut at = before.len();
    let fold = |word: &Word| key::fold(word.of(text));
    let compound = SECOND_HALVES.contains(&fold(last).as_str());
    while let Some(previous) = at.checked_sub(1).and_then(|b| words.get(b)) {
        let folded = fold(previous);
        let article = matches!(folded.as_str(), "al" | "el") || previous.end - previous.start <= 2;
        let half = compound && at == words.len() - 1;
        if article || half || PARTICLES.contains(&folded.as_str()) {
            at -= 1;
        } else {
            break;
        }
    }
    let own = words.get(at..)?;
    let surface = text.get(own.first()?.start..last.end)?;
    let single = own.len() == 1;
    let letters = surface.chars().count();
    let folded = fold(last);
    let common = COMMON.contains(&folded.as_str()) || COMMON_LATIN.contains(&folded.as_str());
    let given = SON_OF.contains(&fold(own.first()?).as_str());
    if at == 0 || letters < 3 || given || (single && common) {
        return None;
    }
    Some(Surname {
        words: own
            .iter()
            .filter(|w| !is_latin_article(w, text))
            .map(|w| w.key)
            .collect(),
        surface: surface.to_owned(),
        script: last.script,
        entity,
        full: text.get(words.first()?.start..last.end)?.to_owned(),
    })
}

fn is_latin_article(word: &Word, text: &str) -> bool {
    word.script == Script::Latin
        && matches!(
            key::fold(word.of(text)).as_str(),
            "al" | "el" | "as" | "ash" | "ad" | "an" | "at" | "ar" | "az"
        )
}

impl Surname {
    /// The surname at a word of another place of the document.
    pub(super) fn at<'s>(&'s self, text: &str, words: &[Word], at: usize) -> Option<Found<'s>> {
        let first = words.get(at)?;
        if first.script != self.script {
            return None;
        }
        let rest = self.words.len();
        if rest == 1 && first.script == Script::Latin && first.caps == Caps::Lower {
            return None;
        }
        let mut last = first;
        for (offset, wanted) in self.words.iter().enumerate().skip(1) {
            let word = words.get(at + offset)?;
            if word.key.full != wanted.full || !matches!(word.gap, Gap::Space | Gap::Hyphen) {
                return None;
            }
            last = word;
        }
        let wanted = self.words.first()?;
        let single = rest == 1;
        let mut end = last.end;
        let genitive = || key::without_genitive(first.of(text)).map(|key| key.full);
        let start = if first.key.full == wanted.full {
            first.start
        } else if first.script == Script::Arabic {
            let reading =
                arabic::readings(first.of(text)).find(|reading| reading.key.full == wanted.full)?;
            first.start + reading.skipped
        } else if single && genitive() == Some(wanted.full) {
            end -= 1;
            first.start
        } else {
            return None;
        };
        if first.script == Script::Latin {
            let alike = !single
                || self
                    .surface
                    .rsplit(['-', ' '])
                    .next()
                    .is_some_and(|own| key::same_word(own, text.get(start..end).unwrap_or("")));
            let particle = !single && first.caps == Caps::Lower;
            if !alike || (first.caps == Caps::Lower && !particle) {
                return None;
            }
        }
        let start = self.with_article(text, words, at, start);
        Some(Found {
            start,
            end,
            genitive: last.end - end,
            surname: self,
        })
    }

    /// An article in front belongs to the surname: `al-Assad`.
    fn with_article(&self, text: &str, words: &[Word], at: usize, start: usize) -> usize {
        let Some(before) = at.checked_sub(1).and_then(|b| words.get(b)) else {
            return start;
        };
        let joined = words
            .get(at)
            .is_some_and(|w| matches!(w.gap, Gap::Hyphen | Gap::Space));
        let own = self
            .surface
            .to_lowercase()
            .starts_with(&before.of(text).to_lowercase());
        if joined && own && is_latin_article(before, text) {
            before.start
        } else {
            start
        }
    }

    fn same(&self, other: &Self) -> bool {
        self.entity == other.entity && self.words == other.words
    }

    /// How many words the surname has, Latin articles not counted.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// The surnames of the persons whom a document names in full, each once. Persons whom the knowledge
/// base does not have are numbered behind its entities and added to `names`.
pub(super) fn introduced(
    table: Table<'static>,
    fields: &[Matched<'_>],
    kept: &[Vec<Kept<'_>>],
    names: &mut Vec<Arc<str>>,
) -> Vec<Surname> {
    let mut surnames: Vec<Surname> = Vec::new();
    for (field, kept) in fields.iter().zip(kept) {
        for kept in kept {
            let (first, last) = kept.words();
            let words = field.words.get(first..=last).unwrap_or(&[]);
            // `Gaddafi-Anhänger` has no surname
            let compound = words.windows(2).next_back().is_some_and(|pair| match pair {
                [before, last] => last.gap == Gap::Hyphen && before.end - before.start > 4,
                _ => false,
            });
            if words.len() < 2 || compound {
                continue;
            }
            let entity = match kept {
                Kept::Known { choice, .. } => {
                    let entity = choice.candidate.name.entity;
                    if !is_person(table, entity) {
                        continue;
                    }
                    entity
                }
                Kept::Tagged(p) if p.kind == EntityKind::Person && p.confidence >= INTRODUCES => {
                    let name = key_of(p.span.of(field.text));
                    let local = names.iter().position(|n| **n == *name).unwrap_or_else(|| {
                        names.push(Arc::from(name));
                        names.len() - 1
                    });
                    u32::try_from(table.len() + local).unwrap_or(u32::MAX)
                }
                Kept::Tagged(_) => continue,
            };
            let new = surname(field.text, words, entity)
                .filter(|new| !surnames.iter().any(|old| old.same(new)));
            surnames.extend(new);
        }
    }
    surnames
}

fn is_person(table: Table<'static>, entity: u32) -> bool {
    let record = table.entity(entity);
    record.is_some_and(|record| kind_of(&record) == Some(EntityKind::Person))
}

/// Takes back bare surnames that stand for someone famous where the document introduces a namesake
/// in full and not the famous one: they then link to the namesake.
pub(super) fn give_way(
    table: Table<'static>,
    fields: &[Matched<'_>],
    kept: &mut [Vec<Kept<'_>>],
    surnames: &[Surname],
) {
    for (field, kept) in fields.iter().zip(kept) {
        kept.retain(|one| {
            let Kept::Known { found, choice, .. } = one else {
                return true;
            };
            let entity = choice.candidate.name.entity;
            let introduced = || surnames.iter().any(|s| s.entity == entity);
            let namesake = |s: &Surname| s.at(field.text, field.words, found.last).is_some();
            choice.candidate.name.words > 1
                || !is_person(table, entity)
                || introduced()
                || !surnames.iter().any(namesake)
        });
    }
}
