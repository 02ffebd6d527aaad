//! Parts of a name are the person, the organisation whose full name the same document gives, if
//! it gives one only: surnames, given names by which some are known, initials, `the Observatory`.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Article, ArticleId, Corpus, EntityKind, Link, LinkRule, Mention, Name};
use crate::link::census::Census;
use crate::link::{Cancelled, designator, sort_of};
use crate::text::skeleton::words;

/// How sure the only full name of a corpus is: not enough to hold.
const CORPUS_WIDE: f32 = 0.5;

/// Words with which a surname of several words begins. Folded.
const PARTICLES: &[&str] = &[
    "abu", "abd", "abdel", "abdul", "bin", "ben", "ibn", "van", "von", "zu", "de", "del", "di",
    "da", "la", "le", "ter", "mac", "ابو", "ابي", "عبد", "بن", "ابن", "ال",
];

/// Whether a folded word stands before names and is none.
pub(super) fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "sir"
            | "lord"
            | "lady"
            | "herr"
            | "frau"
            | "prof"
            | "professor"
            | "general"
            | "colonel"
            | "president"
            | "prasident"
            | "minister"
            | "sheikh"
            | "scheich"
            | "imam"
            | "سيد"
            | "دكتور"
            | "شيخ"
            | "رءيس"
            | "رييس"
    )
}

/// How a part stands to a full name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Part {
    Surname,
    Initial,
    Given,
    Head,
}

impl Part {
    fn words(self) -> &'static str {
        match self {
            Self::Surname => "surname of",
            Self::Initial => "initial of",
            Self::Given => "given name of",
            Self::Head => "short for",
        }
    }

    fn confidence(self) -> f32 {
        match self {
            Self::Surname => 0.92,
            Self::Initial => 0.88,
            Self::Given => 0.8,
            Self::Head => 0.78,
        }
    }
}

/// A name of one document.
struct Here {
    name: Name,
    words: Arc<[String]>,
    known: bool,
}

/// The words of spellings that were met before: the names of one document are those of others.
#[derive(Default)]
struct Known<'c>(FxHashMap<&'c str, Arc<[String]>>);

impl<'c> Known<'c> {
    fn words(&mut self, spelling: &'c str) -> Arc<[String]> {
        let known = self.0.entry(spelling);
        Arc::clone(known.or_insert_with(|| words(spelling).into()))
    }
}

/// Links parts of names within documents; proposes, too weakly to hold, the only full name of a
/// corpus for a surname. `None` when cancelled.
pub(super) fn propose(
    corpus: &Corpus,
    census: &Census,
    cancelled: Cancelled<'_>,
) -> Option<Vec<Link>> {
    let mut links = Vec::new();
    let mut bare: FxHashSet<Name> = FxHashSet::default();
    let mut reasons: FxHashMap<(Part, Name), Arc<str>> = FxHashMap::default();
    let mut known = Known::default();
    let mut number = 0u32;
    for segment in corpus.segments() {
        for (at, article) in segment.articles().iter().enumerate() {
            let id = ArticleId(number);
            number += 1;
            if cancelled() {
                return None;
            }
            let here = names(article, segment.annotated(at), census, &mut known);
            for one in here.iter().filter(|one| !one.known) {
                let Some((part, full)) = full_name(one, &here) else {
                    if one.words.len() == 1 && one.name.kind == EntityKind::Person {
                        bare.insert(one.name.clone());
                    }
                    continue;
                };
                let place = (part, full.clone());
                let reason = reasons.entry(place).or_insert_with(|| {
                    Arc::from(format!("{} {} in this document", part.words(), full.key))
                });
                links.push(Link {
                    from: one.name.clone(),
                    to: full.clone(),
                    rule: LinkRule::Surname,
                    reason: Arc::clone(reason),
                    confidence: part.confidence(),
                    within: Some(id),
                });
            }
        }
    }
    links.extend(in_the_corpus(census, &bare));
    Some(links)
}

/// The distinct names of a document that may have parts, in the order of the text.
fn names<'c>(
    article: &'c Article,
    mentions: &[Mention],
    census: &Census,
    known: &mut Known<'c>,
) -> Vec<Here> {
    let mut here: Vec<Here> = Vec::new();
    for mention in mentions.iter().filter(|m| sort_of(m.kind) < 2) {
        let words = known.words(mention.span.of(article.field(mention.field)));
        let name = Name::of(mention);
        if !here
            .iter()
            .any(|one| one.name == name && one.words == words)
        {
            let entry = census.find(&name).and_then(|number| census.get(number));
            here.push(Here {
                name,
                words,
                known: entry.is_some_and(|entry| entry.known),
            });
        }
    }
    here
}

/// The full name that a name is part of, if there is one only.
fn full_name<'h>(one: &Here, here: &'h [Here]) -> Option<(Part, &'h Name)> {
    let mut best: Option<(Part, &Here)> = None;
    let mut rivals = false;
    for other in here.iter().filter(|other| other.name != one.name) {
        // T. Zorgan is a part itself, and so is Mr Zorgan
        let is_part = |word: &String| word.chars().nth(1).is_none() || is_title(word);
        if other.words.first().is_some_and(is_part) {
            continue;
        }
        let Some(part) = part_of(one, other) else {
            continue;
        };
        match best {
            Some((known, full)) if known == part => {
                let same = full.name == other.name || full.words == other.words;
                rivals = rivals || !same;
            }
            Some((known, _)) if known < part => {}
            _ => {
                rivals = false;
                best = Some((part, other));
            }
        }
    }
    let (part, full) = best.filter(|_| !rivals)?;
    Some((part, &full.name))
}

fn part_of(one: &Here, full: &Here) -> Option<Part> {
    let (part, whole) = (&*one.words, &*full.words);
    if part.is_empty()
        || part.len() > whole.len()
        || sort_of(one.name.kind) != sort_of(full.name.kind)
    {
        return None;
    }
    if one.name.kind != EntityKind::Person {
        // an adjective or a place alone is no organisation
        let says = part.len() > 1 || part.iter().all(|word| designator::stands_alone(word));
        let inside = whole.windows(part.len()).any(|words| words == part);
        let another = whole
            .iter()
            .any(|w| designator::makes_another(w) && !part.contains(w));
        let holds = says && inside && !another && part.len() < whole.len();
        return holds.then_some(Part::Head);
    }
    let (first, rest) = part.split_first()?;
    if part.len() == whole.len() {
        let (given, surname) = whole.split_first()?;
        let initial = first.chars().nth(1).is_none() && given.starts_with(first.as_str());
        return (initial && !rest.is_empty() && rest == surname).then_some(Part::Initial);
    }
    // Hilal al-Assad is the father of Suleiman Hilal al-Assad
    let surname = rest.is_empty() || PARTICLES.contains(&first.as_str());
    if surname && (whole.ends_with(part) || ends_with_genitive(whole, part)) {
        return Some(Part::Surname);
    }
    let given = rest.is_empty() && whole.first() == Some(first) && first.chars().count() >= 4;
    given.then_some(Part::Given)
}

/// Whether the part is the end of the whole with a German genitive s.
fn ends_with_genitive(whole: &[String], part: &[String]) -> bool {
    let ([word], Some(last)) = (part, whole.last()) else {
        return false;
    };
    word.strip_suffix('s') == Some(last.as_str()) && last.len() >= 4
}

/// Surnames of which the whole corpus has one full name.
fn in_the_corpus(census: &Census, bare: &FxHashSet<Name>) -> Vec<Link> {
    let mut full: FxHashMap<String, Vec<&Name>> = FxHashMap::default();
    for entry in census.entries() {
        if entry.name.kind == EntityKind::Person {
            let mut own = words(&entry.name.key);
            if let Some(last) = own.pop()
                && !own.is_empty()
            {
                full.entry(last).or_default().push(&entry.name);
            }
        }
    }
    let only = |name: &Name| -> Option<Link> {
        let surname = words(&name.key).pop()?;
        let [bearer] = full.get(&surname)?.as_slice() else {
            return None;
        };
        Some(Link {
            from: name.clone(),
            to: (*bearer).clone(),
            rule: LinkRule::Surname,
            reason: Arc::from(format!(
                "the only full name with this surname: {}",
                bearer.key
            )),
            confidence: CORPUS_WIDE,
            within: None,
        })
    };
    bare.iter().filter_map(only).collect()
}
