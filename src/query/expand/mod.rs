//! A typed word → the words of the corpus that it may mean, each with the reason.
//!
//! Looked for are distinct words, not texts: by look-up where a rule makes the forms (`forms`), by
//! sound in the index, and else in one pass over the lexicon behind its letter masks.

mod distance;
mod forms;

use rustc_hash::FxHashMap;

use crate::corpus::FullText;
use crate::corpus::fulltext::sound::{hash_of, without_particles};
use crate::corpus::fulltext::token::{key, tokens};
use crate::corpus::lexicon::letters;
use crate::query::textquery::{Matching, Reason};
use crate::text::fold::fold_with_origin;
use crate::text::skeleton::{Sounds, skeleton};
pub(crate) use forms::{is_arabic, with_particles};

/// Words looked at between two questions whether to go on.
const BATCH: usize = 4096;

/// Letters that either part of a compound has at least.
const PART: usize = 4;

/// What may stand between the parts of a German compound.
const JOINTS: [&str; 7] = ["", "s", "n", "en", "es", "e", "er"];

/// Consonants of a name that is looked for by sound on its own; within a phrase fewer do.
const CONSONANTS: usize = 3;

/// Similarity from which on words sound alike: on their own, and within a phrase, where the whole
/// is compared again.
const ALIKE: f32 = 0.85;
const ALIKE_IN_PHRASE: f32 = 0.7;

/// A word as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Folded, cut as the index cuts words.
    pub(crate) folded: String,
    /// Whether it begins with a capital letter.
    pub(crate) is_capital: bool,
    /// What stands between the word before and this one, folded.
    pub(crate) gap: String,
}

/// The words of what was typed.
pub(crate) fn typed_words(text: &str) -> Vec<Typed> {
    let folded = fold_with_origin(text);
    let mut end = 0;
    tokens(folded.text())
        .map(|range| {
            let source = folded.source_range(range.clone());
            let first = text.get(source).and_then(|word| word.chars().next());
            let gap = folded.text().get(end..range.start).unwrap_or("").to_owned();
            end = range.end;
            Typed {
                folded: key(folded.text().get(range).unwrap_or("")).to_owned(),
                is_capital: first.is_some_and(char::is_uppercase),
                gap,
            }
        })
        .collect()
}

/// Whether a word is looked for on its own or as part of a phrase, where its neighbours vouch for
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On its own.
    Alone,
    /// In a phrase.
    InPhrase,
}

/// Words of the corpus by number, each with the best reason.
pub(crate) type Expansion = FxHashMap<u32, Reason>;

/// The words that a typed word may mean. `None` when cancelled.
pub(crate) fn expand(
    text: &FullText,
    typed: &Typed,
    matching: Matching,
    place: Place,
    cancelled: &dyn Fn() -> bool,
) -> Option<Expansion> {
    let mut found = Expansion::default();
    if let Some(number) = text.words().find(&typed.folded) {
        found.insert(number, Reason::Folded);
    }
    if matching.exact {
        return Some(found);
    }
    let script = Script::of(&typed.folded);
    if matching.spelling {
        for (form, reason) in forms::forms(&typed.folded) {
            if let Some(number) = text.words().find(&form) {
                note(&mut found, number, reason);
            }
        }
    }
    if matching.scripts {
        sounding(text, typed, place, &mut found);
    }
    let by_part = matching.spelling && place == Place::Alone;
    if by_part || script == Script::Other {
        parts(text, typed, script, &mut found, cancelled)?;
    }
    let may_be_slip = found.is_empty() || place == Place::InPhrase;
    if matching.spelling && may_be_slip {
        let most = if place == Place::InPhrase { 1 } else { 2 };
        slips(text, typed, script, most, &mut found, cancelled)?;
    }
    Some(found)
}

/// The words that begin with a folded one. `None` when cancelled.
pub(crate) fn beginning(
    text: &FullText,
    folded: &str,
    cancelled: &dyn Fn() -> bool,
) -> Option<Expansion> {
    let mut found = Expansion::default();
    each_word(text, folded, cancelled, |number, word| {
        if word == folded {
            note(&mut found, number, Reason::Folded);
        } else if word.starts_with(folded) {
            note(&mut found, number, Reason::Prefix);
        }
    })?;
    Some(found)
}

fn note(found: &mut Expansion, number: u32, reason: Reason) {
    let best = found.entry(number).or_insert(reason);
    *best = reason.min(*best);
}

/// Visits the words that have all letters of a folded one. `None` when cancelled.
fn each_word(
    text: &FullText,
    folded: &str,
    cancelled: &dyn Fn() -> bool,
    mut visit: impl FnMut(u32, &str),
) -> Option<()> {
    let wanted = letters(folded);
    for (seen, (number, word, mask)) in text.words().iter_from(0).enumerate() {
        if wanted & !mask == 0 {
            visit(number, word);
        }
        if seen % BATCH == BATCH - 1 && cancelled() {
            return None;
        }
    }
    Some(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Arabic,
    /// Digits too.
    Other,
}

impl Script {
    fn of(folded: &str) -> Self {
        if folded.chars().all(|c| c.is_ascii_alphabetic()) {
            Self::Latin
        } else if folded.chars().all(is_arabic) {
            Self::Arabic
        } else {
            Self::Other
        }
    }
}

/// Names that sound the same, in the other script or in the same one.
fn sounding(text: &FullText, typed: &Typed, place: Place, found: &mut Expansion) {
    let bones = skeleton(&typed.folded);
    let least = if place == Place::InPhrase {
        1
    } else {
        CONSONANTS
    };
    if bones.len() < least || bones.contains(' ') {
        return;
    }
    let script = Script::of(&typed.folded);
    if script == Script::Other {
        return;
    }
    let sounds = Sounds::new(&typed.folded);
    for sounding in text.sounding(hash_of(&bones)) {
        let Some(word) = text.words().get(sounding.word) else {
            continue;
        };
        if found.contains_key(&sounding.word) {
            continue;
        }
        let other_script = Script::of(word) != script;
        // alone, a word is only taken for another that sounds alike when both may be names
        let may_be = match place {
            Place::InPhrase => true,
            Place::Alone if other_script => sounding.is_name || typed.is_capital,
            Place::Alone => sounding.is_name && typed.is_capital,
        };
        if !may_be {
            continue;
        }
        let alike = |form: &str| {
            let least = if place == Place::InPhrase {
                ALIKE_IN_PHRASE
            } else {
                ALIKE
            };
            // the adjective of a place is another name: Halab, Halabi
            let is_other = place == Place::Alone && has_nisba(form) != has_nisba(&typed.folded);
            !is_other && skeleton(form) == bones && sounds.similarity(&Sounds::new(form)) >= least
        };
        let bare = || {
            let mut forms = without_particles(word).into_iter();
            forms.any(|form| alike(form) && stands_alone(text, form))
        };
        if alike(word) || bare() {
            note(found, sounding.word, Reason::Skeleton);
        }
    }
}

/// Whether a folded word ends as Arabic adjectives of places and families do.
fn has_nisba(word: &str) -> bool {
    word.ends_with(['i', 'y', 'ي'])
}

/// Whether what particles leave of a word is a word of the corpus, with its article or without.
fn stands_alone(text: &FullText, form: &str) -> bool {
    let noun = form.strip_prefix("ال").unwrap_or(form);
    text.words().find(noun).is_some() || text.words().find(&format!("ال{noun}")).is_some()
}

/// Words that a folded one is part of: German compounds; in scripts without spaces, any.
fn parts(
    text: &FullText,
    typed: &Typed,
    script: Script,
    found: &mut Expansion,
    cancelled: &dyn Fn() -> bool,
) -> Option<()> {
    let part = typed.folded.as_str();
    let has_letters = part.chars().any(char::is_alphabetic);
    match script {
        Script::Latin if part.len() >= PART => each_word(text, part, cancelled, |number, word| {
            if is_compound(text, word, part) {
                note(found, number, Reason::Compound);
            }
        }),
        Script::Other if has_letters && !part.is_ascii() => {
            each_word(text, part, cancelled, |number, word| {
                if word.contains(part) {
                    note(found, number, Reason::Compound);
                }
            })
        }
        _ => Some(()),
    }
}

/// Whether a word is made of a part and of another word of the corpus.
fn is_compound(text: &FullText, word: &str, part: &str) -> bool {
    if word.len() < part.len() + PART || !word.is_ascii() {
        return false;
    }
    let is_word = |other: &str| other.len() >= PART && text.words().find(other).is_some();
    let behind = word.strip_prefix(part).is_some_and(|rest| {
        let mut rests = JOINTS.iter().filter_map(|joint| rest.strip_prefix(joint));
        rests.any(is_word)
    });
    behind
        || word.strip_suffix(part).is_some_and(|front| {
            let mut fronts = JOINTS.iter().filter_map(|joint| front.strip_suffix(joint));
            fronts.any(is_word)
        })
}

/// Words that are a letter or two off.
fn slips(
    text: &FullText,
    typed: &Typed,
    script: Script,
    most: usize,
    found: &mut Expansion,
    cancelled: &dyn Fn() -> bool,
) -> Option<()> {
    let chars: Vec<char> = typed.folded.chars().collect();
    let most = match chars.len() {
        0..5 => return Some(()),
        5..9 => most.min(1),
        _ => most,
    };
    if script == Script::Other {
        return Some(());
    }
    let wanted = letters(&typed.folded);
    let mut buffer = Vec::new();
    for (seen, (number, word, mask)) in text.words().iter_from(0).enumerate() {
        if seen % BATCH == BATCH - 1 && cancelled() {
            return None;
        }
        // each letter that differs changes two bits at most
        let differs = (wanted ^ mask).count_ones() as usize;
        if differs > 2 * most || word.len().abs_diff(typed.folded.len()) > 2 * most {
            continue;
        }
        buffer.clear();
        buffer.extend(word.chars());
        if Script::of(word) == script && distance::is_within(&chars, &buffer, most) {
            note(found, number, Reason::Typo);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests;
