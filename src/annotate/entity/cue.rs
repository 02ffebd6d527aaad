//! Words that announce a name and so decide for one that is also an ordinary word.

use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::words::{Gap, Script, Word};
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

/// How strongly the two words before `first` announce a name of this kind.
pub(super) fn before(text: &str, words: &[Word], first: usize, kind: EntityKind) -> Strength {
    let mut strength = Strength::None;
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
            let found = match (role, kind) {
                (Role::Preposition, EntityKind::Place | EntityKind::Country) if back == 1 => {
                    Strength::Weak
                }
                (Role::Place, EntityKind::Place)
                | (Role::Country, EntityKind::Country)
                | (Role::Media, EntityKind::Media)
                | (Role::Organisation, EntityKind::Organisation)
                | (Role::Group, EntityKind::Group)
                | (Role::Person, EntityKind::Person) => Strength::Strong,
                _ => Strength::None,
            };
            strength = strength.max(found);
        }
    }
    strength
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
