//! Which of its namesakes a match means, and whether a word that is also an ordinary one is a name.
//!
//! Plain names are taken first. What they say about the document (countries, entities) then decides
//! for the others, together with the words around them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::entity::arabic;
use crate::annotate::entity::cue::{self, Strength};
use crate::annotate::entity::gazetteer::{Candidate, Match};
use crate::annotate::entity::knowledge::table::{KINDS, NO_ENTITY, Record, Table, flag};
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::corpus::EntityKind;

/// Share of what a document says of countries that makes one its own.
const MAIN_COUNTRY: f32 = 0.5;

/// The matches of one field.
pub(super) struct Matched<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) words: &'a [Word],
    /// The names in it.
    pub(super) matches: Vec<Match>,
}

/// What a match was taken for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    /// The candidate.
    pub(super) candidate: Candidate,
    /// 0 to 1.
    pub(super) confidence: f32,
    /// Whether words around it had to decide.
    pub(super) by_context: bool,
}

/// What the names taken so far say about the document.
#[derive(Default)]
struct Context {
    countries: FxHashMap<u32, u32>,
    entities: FxHashSet<u32>,
}

/// Kind of an entity of the table.
pub(super) fn kind_of(record: &Record<'_>) -> EntityKind {
    KINDS
        .get(usize::from(record.kind))
        .and_then(|code| EntityKind::from_code(code))
        .unwrap_or(EntityKind::Organisation)
}

/// Chooses for each match of each field, or leaves it out.
pub(super) fn resolve(table: Table<'static>, fields: &[Matched<'_>]) -> Vec<Vec<Option<Choice>>> {
    let mut context = Context::default();
    let mut chosen: Vec<Vec<Option<Choice>>> = fields
        .iter()
        .map(|field| vec![None; field.matches.len()])
        .collect();
    for (field, choices) in fields.iter().zip(&mut chosen) {
        for (found, choice) in field.matches.iter().zip(choices.iter_mut()) {
            if !arabic::qualifies_previous(field.text, field.words, found.first) {
                *choice = plain(found);
            }
            if let Some(choice) = choice {
                context.add(table, choice.candidate.name.entity);
            }
        }
    }
    // twice: what is decided in the first round is context for the second
    for _ in 0..2 {
        for (field, choices) in fields.iter().zip(&mut chosen) {
            for at in 0..field.matches.len() {
                if choices.get(at).is_some_and(Option::is_none) {
                    let choice = Judge {
                        table,
                        field,
                        context: &context,
                        choices,
                    }
                    .decide(at);
                    if let Some(choice) = &choice {
                        context.add(table, choice.candidate.name.entity);
                    }
                    if let Some(slot) = choices.get_mut(at) {
                        *slot = choice;
                    }
                }
            }
        }
    }
    chosen
}

impl Context {
    fn add(&mut self, table: Table<'static>, entity: u32) {
        self.entities.insert(entity);
        let country = table.entity(entity).map(|record| record.country);
        if let Some(country) = country.filter(|country| *country != NO_ENTITY) {
            *self.countries.entry(country).or_insert(0) += 1;
        }
    }

    /// Share of a country in what the document says of countries, 0 to 1.
    fn share(&self, country: u32) -> f32 {
        let count = |n: u32| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
        let all: u32 = self.countries.values().sum();
        let own = self.countries.get(&country).copied().unwrap_or(0);
        count(own) / count(all.max(1))
    }
}

/// The choice where nothing has to be weighed.
fn plain(found: &Match) -> Option<Choice> {
    let mut entities = found.candidates.iter().map(|c| c.name.entity);
    let first = entities.next()?;
    let weighed = [flag::AMBIGUOUS, flag::MINOR, flag::LOCAL];
    let clear = |c: &Candidate| !weighed.iter().any(|flag| c.name.is(*flag));
    if entities.any(|e| e != first) || !found.candidates.iter().any(clear) {
        return None;
    }
    let candidate = *found
        .candidates
        .iter()
        .filter(|c| clear(c))
        .max_by_key(|c| c.exact)?;
    Some(Choice {
        candidate,
        confidence: certainty(&candidate),
        by_context: false,
    })
}

/// How sure a plain name is.
fn certainty(candidate: &Candidate) -> f32 {
    let sure: f32 = if candidate.name.words > 1 {
        0.97
    } else if candidate.name.is(flag::ACRONYM) {
        0.92
    } else {
        0.94
    };
    if candidate.exact { sure } else { sure - 0.12 }
}

struct Judge<'a> {
    table: Table<'static>,
    field: &'a Matched<'a>,
    context: &'a Context,
    choices: &'a [Option<Choice>],
}

impl Judge<'_> {
    fn decide(&self, at: usize) -> Option<Choice> {
        let found = self.field.matches.get(at)?;
        if arabic::qualifies_previous(self.field.text, self.field.words, found.first) {
            return None;
        }
        let mut scored: Vec<(f32, Candidate)> = found
            .candidates
            .iter()
            .filter_map(|candidate| Some((self.score(at, found, candidate)?, *candidate)))
            .collect();
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
        let record = self.table.entity(candidate.name.entity)?;
        let kind = kind_of(&record);
        let ambiguous = candidate.name.is(flag::AMBIGUOUS);
        let minor = candidate.name.is(flag::MINOR);
        let share = self.context.share(record.country);
        let cue = cue::before(self.field.text, self.field.words, found.first, kind);
        let known = self.context.entities.contains(&candidate.name.entity);
        let listed = self.beside_same_kind(at, kind);
        if minor && share == 0.0 {
            return None;
        }
        if candidate.name.is(flag::LOCAL) && !known && share < MAIN_COUNTRY {
            return None;
        }
        let person_like = self.part_of_longer_name(found);
        let backed = match cue {
            Strength::Strong => true,
            Strength::Weak => !person_like && !candidate.name.is(flag::STRICT),
            Strength::None => (known || listed) && !person_like,
        };
        if ambiguous && !backed {
            return None;
        }
        let mut score = if ambiguous { 0.2 } else { 0.5 };
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
                .is_some_and(|record| kind_of(&record) == kind);
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
            word.script == Script::Latin && word.caps == Caps::Initial && gap == Gap::Space
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
        first.is_some_and(|w| w.script == Script::Latin) && (left || right)
    }
}
