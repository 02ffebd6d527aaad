//! Weighs the evidence for what a match may mean: the words around it, the document's countries
//! and entities, its neighbours.

use crate::annotate::entity::context::Context;
use crate::annotate::entity::cue::{self, Strength};
use crate::annotate::entity::gazetteer::{Candidate, Match};
use crate::annotate::entity::knowledge::table::{Table, flag};
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::annotate::entity::resolve::{Choice, Matched, certainty, kind_of};
use crate::annotate::entity::{arabic, english, german};
use crate::corpus::{EntityKind, Language};

/// Share of what a document says of countries that makes one its own.
const MAIN_COUNTRY: f32 = 0.5;

/// Share from which on the document speaks of a country among others.
const OWN_COUNTRY: f32 = 0.15;

/// Whether the name is no name here but qualifies a word beside it: `السياسة الخارجية الروسية`,
/// `Syrian military sources`, or is the end of a longer name that nobody knows: `Tell al-Assad`.
pub(super) fn qualifies_another_word(
    table: Table<'static>,
    field: &Matched<'_>,
    found: &Match,
) -> bool {
    let (text, words) = (field.text, field.words);
    let all = |kind: EntityKind| {
        found.candidates.iter().all(|candidate| {
            let record = table.entity(candidate.name.entity);
            record.is_some_and(|record| kind_of(&record) == Some(kind))
        })
    };
    let person = all(EntityKind::Person);
    let titled = found.candidates.iter().any(|c| c.name.outside > 0);
    if person && titled && arabic::names_a_facility(text, words, found.first) {
        return true;
    }
    let english = field.language == Language::English;
    let single = found.first == found.last;
    if english && person && single && english::after_first_name(text, words, found.first) {
        return true;
    }
    let german = field.language == Language::German;
    if german && german::names_people(text, words, found.first, found.last) {
        return true;
    }
    if german && all(EntityKind::Place) && german::names_club(text, words, found.last) {
        return true;
    }
    arabic::qualifies_previous(text, words, found.first)
        || english::qualifies_next(text, words, found.last)
        || (found.first == found.last || words.get(found.last).is_some_and(is_latin))
            && cue::after_formative(text, words, found.first, found.last)
}

fn is_latin(word: &Word) -> bool {
    word.script == Script::Latin
}

/// One match of a field under judgement.
pub(super) struct Judge<'a> {
    /// The knowledge base.
    pub(super) table: Table<'static>,
    /// The field.
    pub(super) field: &'a Matched<'a>,
    /// The document.
    pub(super) context: &'a Context,
    /// What the field's matches were taken for so far.
    pub(super) choices: &'a [Option<Choice>],
}

impl Judge<'_> {
    /// What a match means, if enough speaks for it.
    pub(super) fn decide(&self, at: usize) -> Option<Choice> {
        let found = self.field.matches.get(at)?;
        if qualifies_another_word(self.table, self.field, found) {
            return None;
        }
        let mut scored = Vec::with_capacity(found.candidates.len());
        for candidate in &found.candidates {
            let record = self.table.entity(candidate.name.entity)?;
            if kind_of(&record).is_none() && candidate.exact {
                return None;
            }
            scored.extend(self.score(at, found, candidate).map(|s| (s, *candidate)));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, candidate) = *scored.first()?;
        let rival = scored
            .iter()
            .find(|(_, c)| c.name.entity != candidate.name.entity)
            .map_or(0.0, |(score, _)| *score);
        let margin = (best - rival).clamp(0.0, 0.5);
        Some(Choice {
            candidate,
            confidence: (certainty(&candidate) - 0.25 + margin * 0.4).clamp(0.3, 0.95),
            by_context: true,
        })
    }

    /// How much speaks for a candidate; `None` where too little does.
    fn score(&self, at: usize, found: &Match, candidate: &Candidate) -> Option<f32> {
        let name = candidate.name;
        let record = self.table.entity(name.entity)?;
        let kind = kind_of(&record)?;
        let share = self.context.share(record.country);
        let known = if name.is(flag::STRICT) {
            self.context.surely_names(name.entity)
        } else {
            self.context.names(name.entity)
        };
        let listed = share > 0.0 && self.beside_same_kind(at, kind);
        let cue = self.cue(found, kind);
        let alone = !self.part_of_longer_name(found);
        let another_spelling = !candidate.exact && name.words == 1;
        let backed = match kind {
            // a title says that a person is meant, not which one of a family name
            EntityKind::Person => known || (cue == Strength::Strong && share >= OWN_COUNTRY),
            _ => match cue {
                Strength::Strong => true,
                Strength::Weak => alone && !name.is(flag::STRICT),
                Strength::None => {
                    let acronym = name.is(flag::ACRONYM) && share >= OWN_COUNTRY;
                    (known || listed || acronym) && alone && !name.is(flag::CUED)
                }
            },
        };
        let doubtful = name.is(flag::AMBIGUOUS) || another_spelling;
        let abroad = (name.is(flag::MINOR) || another_spelling) && share == 0.0;
        let owner = self.owner(at, found);
        let elsewhere = name.is(flag::LOCAL)
            && match owner {
                Some(owner) => owner != record.country,
                None => !known && share < MAIN_COUNTRY,
            };
        if doubtful && !backed || abroad || elsewhere {
            return None;
        }
        let mut score = if doubtful { 0.2 } else { 0.5 };
        score += f32::from(record.weight) / 255.0 * 0.3 + share * 0.5;
        score += match cue {
            Strength::Strong => 0.5,
            Strength::Weak => 0.15,
            Strength::None => 0.0,
        };
        score += if known { 0.3 } else { 0.0 };
        score += if listed { 0.45 } else { 0.0 };
        Some(score)
    }

    /// How strongly the words around a match announce a kind; a preposition that is written onto it
    /// counts as well.
    fn cue(&self, found: &Match, kind: EntityKind) -> Strength {
        let (text, words) = (self.field.text, self.field.words);
        let place = matches!(kind, EntityKind::Place | EntityKind::Country);
        let written_onto = words
            .get(found.first)
            .and_then(|word| text.get(word.start..found.start))
            .is_some_and(|particles| particles.contains(['ب', 'ل']));
        let onto = if place && written_onto {
            Strength::Weak
        } else {
            Strength::None
        };
        let quoted =
            if kind == EntityKind::Media && cue::is_quoted(text, words, found.first, found.last) {
                Strength::Weak
            } else {
                Strength::None
            };
        cue::before(text, words, found.first, kind)
            .max(cue::after(text, words, found.last, kind))
            .max(onto)
            .max(quoted)
    }

    /// The country right before a match: `Russia's Ministry of Defence`.
    fn owner(&self, at: usize, found: &Match) -> Option<u32> {
        let before = at.checked_sub(1)?;
        let entity = self.choices.get(before)?.as_ref()?.candidate.name.entity;
        let country = kind_of(&self.table.entity(entity)?) == Some(EntityKind::Country);
        let touches = self.field.matches.get(before)?.last + 1 == found.first;
        (country && touches).then_some(entity)
    }

    /// Whether a name of the same kind stands right beside: `Minyan und al-Assad`.
    fn beside_same_kind(&self, at: usize, kind: EntityKind) -> bool {
        let neighbours = [at.checked_sub(1), Some(at + 1)];
        neighbours.into_iter().flatten().any(|other| {
            let (Some(a), Some(b)) = (
                self.field.matches.get(other.min(at)),
                self.field.matches.get(other.max(at)),
            ) else {
                return false;
            };
            let same = self
                .choices
                .get(other)
                .and_then(Option::as_ref)
                .and_then(|c| self.table.entity(c.candidate.name.entity))
                .is_some_and(|record| kind_of(&record) == Some(kind));
            same && self.joined(a.last, b.first, b.start)
        })
    }

    /// Whether only a comma or an "and" stands between two words.
    fn joined(&self, before: usize, after: usize, start: usize) -> bool {
        let words = self.field.words;
        let (Some(a), Some(b)) = (words.get(before), words.get(after)) else {
            return false;
        };
        match after.checked_sub(before) {
            Some(1) => {
                let between = self.field.text.get(a.end..start).unwrap_or("");
                matches!(between.trim(), "," | "،" | "و" | "/" | "–" | "-") && start >= b.start
            }
            Some(2) => words
                .get(before + 1)
                .is_some_and(|w| cue::is_conjunction(w.of(self.field.text)) && w.gap != Gap::Break),
            _ => false,
        }
    }

    /// Whether a capitalised word that belongs to no other name touches the match: `Michael Jordan`.
    fn part_of_longer_name(&self, found: &Match) -> bool {
        let words = self.field.words;
        let touches = |word: &Word, gap: Gap| {
            is_latin(word) && word.caps == Caps::Initial && gap == Gap::Space
        };
        let first = words.get(found.first);
        let before = found.first.checked_sub(1).and_then(|b| words.get(b));
        let opens = |w: &Word| matches!(w.gap, Gap::Break | Gap::Dot | Gap::Quote);
        let left = match (before, first) {
            (Some(before), Some(first)) => touches(before, first.gap) && !opens(before),
            _ => false,
        };
        let right = words
            .get(found.last + 1)
            .is_some_and(|next| touches(next, next.gap));
        first.is_some_and(is_latin) && (left || right)
    }
}
