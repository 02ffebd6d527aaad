//! Words side by side in a folded text.

use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::corpus::FullText;
use crate::corpus::fulltext::beside::{Joint, is_article};
use crate::corpus::fulltext::token::{key, tokens};
use crate::query::expand::{Expansion, Typed};
use crate::query::textquery::Reason;
use crate::text::skeleton::{Sounds, skeleton};

/// Words of a part up to which each is searched for by itself.
const FEW: usize = 8;

/// Similarity from which on two phrases are one name.
const ALIKE: f32 = 0.85;

/// Consonants that a phrase found by sound has at least.
const CONSONANTS: usize = 3;

/// Parts from which on one of them may be a slip.
pub(super) const PARTS_FOR_A_SLIP: usize = 3;

/// One place of a phrase, with the words that may stand there.
#[derive(Debug)]
pub(super) struct Part {
    /// By number in the corpus.
    pub(super) words: Vec<(u32, Reason)>,
    /// The same by their letters.
    by_text: FxHashMap<String, Reason>,
    /// What was typed before it, folded.
    gap: String,
    /// Documents of all its words together.
    pub(super) count: usize,
}

impl Part {
    pub(super) fn new(text: &FullText, expansion: &Expansion, gap: &str) -> Self {
        let mut words: Vec<(u32, Reason)> = expansion.iter().map(|(n, r)| (*n, *r)).collect();
        words.sort_unstable();
        let by_text = words
            .iter()
            .filter_map(|(number, reason)| Some((text.words().get(*number)?.to_owned(), *reason)))
            .collect();
        let counts = words.iter().map(|(word, _)| text.count(*word) as usize);
        Self {
            count: counts.sum(),
            words,
            by_text,
            gap: gap.to_owned(),
        }
    }
}

impl Part {
    /// What was typed before it, folded.
    pub(super) fn gap(&self) -> &str {
        &self.gap
    }

    /// Whether each of its words is ASCII, in the order of `words`.
    pub(super) fn are_ascii(&self, text: &FullText) -> Vec<bool> {
        let word = |number: u32| text.words().get(number).unwrap_or("");
        self.words
            .iter()
            .map(|(number, _)| word(*number).is_ascii())
            .collect()
    }

    /// Whether any of its words is such a one.
    pub(super) fn any_word(&self, is_one: impl Fn(&str) -> bool) -> bool {
        self.by_text.keys().any(|word| is_one(word))
    }
}

/// Words that stand side by side; one word too.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) parts: Vec<Part>,
    /// The part that the fewest documents hold: where it stands, the others are looked for.
    pivot: usize,
    /// How the whole sounds, where parts may match by sound.
    sound: Option<Sound>,
    finders: Vec<memmem::Finder<'static>>,
}

#[derive(Debug)]
struct Sound {
    sounds: Sounds,
    is_arabic: bool,
    has_capital: bool,
    consonants: usize,
}

impl Sound {
    /// Whether a place in this script may sound like the phrase: within one script, a name is
    /// taken for another only where it has a capital.
    fn hears(&self, is_ascii: bool) -> bool {
        let other_script = is_ascii == self.is_arabic;
        (other_script || self.has_capital) && self.consonants >= CONSONANTS
    }
}

/// What was heard so far: folded places, and whether they sound like the phrase.
pub(super) type Heard = FxHashMap<String, bool>;

/// A match: bytes of the folded text, and the weakest reason of its words.
pub(super) type Found = (Range<usize>, Reason);

impl Phrase {
    /// A phrase of parts; `typed` are the words that it was made of.
    pub(super) fn new(parts: Vec<Part>, typed: &[Typed]) -> Self {
        let by_sound = |part: &Part| part.words.iter().any(|(_, r)| *r == Reason::Skeleton);
        let sound = (parts.len() > 1 && parts.iter().any(by_sound)).then(|| {
            let name = name_of(typed);
            Sound {
                sounds: Sounds::new(&name),
                is_arabic: !name.is_ascii(),
                has_capital: typed.iter().any(|word| word.is_capital),
                consonants: consonants(&name),
            }
        });
        let pivot = parts.iter().enumerate().min_by_key(|(_, part)| part.count);
        let pivot = pivot.map_or(0, |(at, _)| at);
        let words = parts.get(pivot).map(|part| &part.by_text);
        let few = words.filter(|words| words.len() <= FEW);
        let finders = few.into_iter().flat_map(|words| words.keys());
        let finders = finders.map(|word| memmem::Finder::new(word.as_bytes()).into_owned());
        Self {
            finders: finders.collect(),
            sound,
            pivot,
            parts,
        }
    }

    /// Whether words of which one is only known by its sound can be this phrase in no text, by
    /// their script: `is_ascii` if all of them are.
    pub(super) fn is_never_heard(&self, is_ascii: bool) -> bool {
        let is_heard = |sound: &Sound| sound.hears(is_ascii);
        self.sound.as_ref().is_some_and(|sound| !is_heard(sound))
    }

    /// Whether some part has no word.
    pub(super) fn is_hopeless(&self) -> bool {
        self.parts.iter().any(|part| part.words.is_empty())
    }

    /// The places in a folded text, in order, not overlapping.
    pub(super) fn matches(&self, folded: &str, heard: &mut Heard) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let (before, rest) = self.parts.split_at(self.pivot);
        let Some((pivot, rest)) = rest.split_first() else {
            return found;
        };
        for place in self.places(folded, pivot) {
            if found.last().is_some_and(|(last, _)| place.start < last.end) {
                continue;
            }
            let word = key(folded.get(place.clone()).unwrap_or(""));
            let Some(reason) = pivot.by_text.get(word) else {
                continue;
            };
            let mut reasons = vec![*reason];
            let start = precede(folded, place.start, before, pivot, &mut reasons);
            let end = follow(folded, place.end, rest, &mut reasons);
            let (Some(start), Some(end)) = (start, end) else {
                continue;
            };
            let is_free = found.last().is_none_or(|(last, _)| last.end <= start);
            if !is_free {
                continue;
            }
            let range = start..end;
            if self.is_sound(folded.get(range.clone()).unwrap_or(""), &reasons, heard) {
                let worst = reasons.into_iter().max().unwrap_or(*reason);
                found.push((range, worst));
            }
        }
        found
    }

    /// Where the words of the pivot stand, in order.
    fn places(&self, folded: &str, pivot: &Part) -> Vec<Range<usize>> {
        if pivot.by_text.len() > FEW {
            let words = tokens(folded).filter(|range| {
                let word = folded.get(range.clone()).unwrap_or("");
                pivot.by_text.contains_key(key(word))
            });
            return words.collect();
        }
        let mut starts = Vec::new();
        for finder in &self.finders {
            let len = finder.needle().len();
            for at in finder.find_iter(folded.as_bytes()) {
                // the whole word, which may be longer than its key
                let behind = tokens(folded.get(at..).unwrap_or("")).next();
                let end = at + behind.map_or(len, |word| word.end);
                let begins = folded.get(..at).is_some_and(|before| {
                    !before
                        .chars()
                        .next_back()
                        .is_some_and(char::is_alphanumeric)
                });
                if begins && key(folded.get(at..end).unwrap_or("")).len() == len {
                    starts.push(at..end);
                }
            }
        }
        starts.sort_unstable_by_key(|range| range.start);
        starts
    }

    /// Whether words that are not the typed ones make the typed phrase together.
    fn is_sound(&self, place: &str, reasons: &[Reason], heard: &mut Heard) -> bool {
        let slips = reasons.iter().filter(|r| **r == Reason::Typo).count();
        if self.parts.len() > 1 && slips > usize::from(self.parts.len() >= PARTS_FOR_A_SLIP) {
            return false;
        }
        let Some(sound) = self.sound.as_ref() else {
            return true;
        };
        if !reasons.contains(&Reason::Skeleton) {
            return true;
        }
        if let Some(known) = heard.get(place) {
            return *known;
        }
        let is_one = sound.hears(place.is_ascii())
            && slips == 0
            && bare_forms(place).any(|place| sound.sounds.similarity(&Sounds::new(place)) >= ALIKE);
        heard.insert(place.to_owned(), is_one);
        is_one
    }
}

/// Whether typed words have too few consonants together for a phrase to be found by its sound.
pub(super) fn is_too_short_to_hear(typed: &[Typed]) -> bool {
    consonants(&name_of(typed)) < CONSONANTS
}

fn name_of(typed: &[Typed]) -> String {
    let words: Vec<&str> = typed.iter().map(|word| word.folded.as_str()).collect();
    words.join(" ")
}

fn consonants(name: &str) -> usize {
    skeleton(name).chars().filter(|c| *c != ' ').count()
}

/// A place as it is, and without one Arabic particle in front and another.
fn bare_forms(place: &str) -> impl Iterator<Item = &str> {
    let joined = place.strip_prefix(['و', 'ف']);
    let forms = [Some(place), joined].into_iter().flatten();
    forms.flat_map(|form| {
        let bare = form.strip_prefix(['ب', 'ل', 'ك']);
        std::iter::once(form).chain(bare)
    })
}

/// Goes back through the parts before a word at `at`, the last of them first; gives where the
/// phrase begins.
fn precede(
    folded: &str,
    mut at: usize,
    before: &[Part],
    pivot: &Part,
    reasons: &mut Vec<Reason>,
) -> Option<usize> {
    let mut later = pivot;
    for part in before.iter().rev() {
        let mut skipped = false;
        loop {
            let ahead = folded.get(..at)?;
            let end = ahead.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let gap = ahead.get(end..)?;
            if end == 0 || !joins(gap, &later.gap) {
                return None;
            }
            let text = ahead.get(..end)?;
            at = text.trim_end_matches(char::is_alphanumeric).len();
            let text = text.get(at..)?;
            if let Some(reason) = part.by_text.get(key(text)) {
                reasons.push(*reason);
                break;
            }
            if skipped || !is_article(text, gap.starts_with('-')) {
                return None;
            }
            skipped = true;
        }
        later = part;
    }
    Some(at)
}

/// Follows the rest of a phrase; gives where it ends.
fn follow(folded: &str, mut at: usize, rest: &[Part], reasons: &mut Vec<Reason>) -> Option<usize> {
    for part in rest {
        let mut skipped = false;
        loop {
            let behind = folded.get(at..)?;
            let word = tokens(behind).next()?;
            let gap = behind.get(..word.start)?;
            if !joins(gap, &part.gap) {
                return None;
            }
            let text = behind.get(word.clone())?;
            at += word.end;
            if let Some(reason) = part.by_text.get(key(text)) {
                reasons.push(*reason);
                break;
            }
            let hyphen = behind.get(word.end..).is_some_and(|r| r.starts_with('-'));
            if skipped || !is_article(text, hyphen) {
                return None;
            }
            skipped = true;
        }
    }
    Some(at)
}

/// Whether a gap keeps two words of a phrase together: white space, hyphens and quotation marks,
/// or what was typed.
fn joins(gap: &str, typed: &str) -> bool {
    gap == typed || Joint::of(gap) == Some(Joint::Open)
}
