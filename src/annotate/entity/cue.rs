//! Words that announce a name and so decide for one that is also an ordinary word.

use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::annotate::entity::{arabic, english, german};
use crate::corpus::EntityKind;

/// What a cue announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A place, by its designator.
    Place,
    /// A place or a country, by a preposition of place: weaker than a designator.
    Preposition,
    /// A country.
    Country,
    /// An outlet.
    Media,
    /// An organisation.
    Organisation,
    /// An armed group.
    Group,
    /// A person, by a title or an office.
    Person,
}

/// The cues of a language.
pub(super) type Cues = &'static [(Role, &'static [&'static str])];

/// How strongly the words before a name announce its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Not at all.
    None,
    /// A preposition of place does.
    Weak,
    /// A designator, title or the like does.
    Strong,
}

/// How strongly the two words before `first` announce a name of this kind. Of the two, the further
/// one may only be a title or outlet (`Präsident Baschar`, `صحيفة الشرق`), unless an "of" stands
/// between (`city of Aleppo`).
pub(super) fn before(text: &str, words: &[Word], first: usize, kind: EntityKind) -> Strength {
    let mut strength = Strength::None;
    let mut linked = true;
    for back in 1..=2 {
        let Some(at) = first.checked_sub(back) else {
            break;
        };
        let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else {
            break;
        };
        if matches!(next.gap, Gap::Break | Gap::Dot) {
            break;
        }
        let folded = key::fold(word.of(text));
        for role in roles(word.script, &folded) {
            strength = strength.max(announced(role, kind, back == 1, linked));
        }
        linked = matches!(folded.as_str(), "of" | "von" | "the" | "des" | "der" | "in");
    }
    strength
}

fn announced(role: Role, kind: EntityKind, touching: bool, linked: bool) -> Strength {
    match (role, kind) {
        (Role::Preposition, EntityKind::Place | EntityKind::Country) if touching => Strength::Weak,
        (Role::Place, EntityKind::Place)
        | (Role::Country, EntityKind::Country)
        | (Role::Organisation, EntityKind::Organisation)
        | (Role::Group, EntityKind::Group)
            if linked =>
        {
            Strength::Strong
        }
        (Role::Media, EntityKind::Media) | (Role::Person, EntityKind::Person) => Strength::Strong,
        _ => Strength::None,
    }
}

/// How strongly the two words after `last` announce a place: `al-Assad suburb`, `Midan residential
/// district`. Only designators in small letters count; capitals make a longer name.
pub(super) fn after(text: &str, words: &[Word], last: usize, kind: EntityKind) -> Strength {
    if kind != EntityKind::Place {
        return Strength::None;
    }
    for word in words.iter().skip(last + 1).take(2) {
        if word.gap != Gap::Space || word.caps != Caps::Lower || word.script != Script::Latin {
            break;
        }
        let folded = key::fold(word.of(text));
        if english::AFTER_PLACES.contains(&folded.as_str()) {
            return Strength::Strong;
        }
        if folded != "residential" {
            break;
        }
    }
    Strength::None
}

/// Whether quotation marks enclose the words, as they do outlets.
pub(super) fn is_quoted(text: &str, words: &[Word], first: usize, last: usize) -> bool {
    let ends = words.get(first).zip(words.get(last));
    ends.is_some_and(|(first, last)| {
        let before = text.get(..first.start).and_then(|t| t.chars().next_back());
        let after = text.get(last.end..).and_then(|t| t.chars().next());
        matches!(before, Some('«' | '“' | '"' | '„' | '‘' | '\'' | '”'))
            && matches!(after, Some('»' | '”' | '"' | '“' | '’' | '\''))
    })
}

/// First words of Arabic names: what follows is not the whole name.
const FORMATIVES: &[&str] = &[
    "khan", "tell", "tel", "tal", "tall", "kafr", "kafar", "deir", "dayr", "bab", "abu", "abou",
    "umm", "um", "ain", "ayn", "ein", "beit", "bayt", "bani", "ibn", "ben", "bin", "abd", "abdul",
    "abdel", "khirbet", "jisr", "nahr", "burj", "خان", "تل", "كفر", "دير", "باب", "ابو", "ابي",
    "ام", "عين", "بيت", "بني", "ابن", "بن", "عبد", "خربه", "جسر", "برج", "ال",
];

/// Whether a word that only starts names stands before a name of one word: `Khan al-Assad`.
pub(super) fn after_formative(text: &str, words: &[Word], first: usize, last: usize) -> bool {
    let Some(before) = first.checked_sub(1).and_then(|b| words.get(b)) else {
        return false;
    };
    let whole: usize = words
        .get(first..=last)
        .unwrap_or(&[])
        .iter()
        .filter(|word| !matches!(key::fold(word.of(text)).as_str(), "al" | "el"))
        .count();
    let gap = words.get(first).map(|word| word.gap);
    whole == 1
        && matches!(gap, Some(Gap::Space | Gap::Hyphen))
        && (before.script != Script::Latin || before.caps != Caps::Lower)
        && FORMATIVES.contains(&key::fold(before.of(text)).as_str())
}

fn roles(script: Script, folded: &str) -> Vec<Role> {
    let listed = |cues: Cues| {
        cues.iter()
            .filter(|(_, words)| words.contains(&folded))
            .map(|(role, _)| *role)
    };
    match script {
        Script::Arabic => arabic::CUES
            .iter()
            .filter(|(_, words)| arabic::is_cue(folded, words))
            .map(|(role, _)| *role)
            .collect(),
        _ => listed(english::CUES).chain(listed(german::CUES)).collect(),
    }
}

/// Whether a word joins two names: and, und, و.
pub(super) fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "and" | "und" | "or" | "oder" | "sowie" | "و" | "أو" | "او"
    )
}
