//! Which of its namesakes a match means, and whether a word that is also an ordinary one is a name.
//!
//! Plain names are taken first. What they say about the document (countries, entities) then decides
//! for the others, together with the words around them: `judge`.

use crate::annotate::entity::context::Context;
use crate::annotate::entity::gazetteer::{Candidate, Match};
use crate::annotate::entity::judge::{Judge, qualifies_another_word};
use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::table::{KINDS, Record, Table, flag};
use crate::annotate::entity::knowledge::words::Word;
use crate::corpus::{EntityKind, Language};

/// The matches of one field.
pub(super) struct Matched<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) words: &'a [Word],
    /// Language of the document.
    pub(super) language: Language,
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

/// Kind of an entity of the table; `None` for a phrase that is no name.
pub(super) fn kind_of(record: &Record<'_>) -> Option<EntityKind> {
    KINDS
        .get(usize::from(record.kind))
        .and_then(|code| EntityKind::from_code(code))
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
            if !qualifies_another_word(table, field, found) {
                *choice = plain(table, field.text, found);
            }
            if let Some(choice) = choice {
                context.add(table, choice);
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
                        context.add(table, choice);
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

/// The choice where nothing has to be weighed.
fn plain(table: Table<'static>, text: &str, found: &Match) -> Option<Choice> {
    let mut entities = found.candidates.iter().map(|c| c.name.entity);
    let first = entities.next()?;
    let weighed = [flag::AMBIGUOUS, flag::MINOR, flag::LOCAL];
    let clear = |c: &Candidate| {
        !weighed.iter().any(|flag| c.name.is(*flag)) && (c.exact || c.name.words > 1)
    };
    if entities.any(|e| e != first) || !found.candidates.iter().any(clear) {
        return None;
    }
    kind_of(&table.entity(first)?)?;
    let mut sure = found.candidates.iter().filter(|c| clear(c));
    let candidate = match (sure.next()?, sure.next()) {
        (only, None) => *only,
        _ => *found
            .candidates
            .iter()
            .filter(|c| clear(c))
            .max_by_key(|c| (c.exact, written_alike(text, c)))?,
    };
    Some(Choice {
        candidate,
        confidence: certainty(&candidate),
        by_context: false,
    })
}

/// How sure a plain name is.
pub(super) fn certainty(candidate: &Candidate) -> f32 {
    let sure: f32 = if candidate.name.words > 1 {
        0.97
    } else if candidate.name.is(flag::ACRONYM) {
        0.92
    } else {
        0.94
    };
    if candidate.exact { sure } else { sure - 0.12 }
}

/// Whether the text writes a name as the knowledge base does, hyphens and letter case aside: of all
/// spellings that fit, the reason should give this one.
fn written_alike(text: &str, candidate: &Candidate) -> bool {
    let plain = |name: &str| key::fold(name).replace([' ', '-'], "");
    let surface = text.get(candidate.start..candidate.end).unwrap_or("");
    let (written, own) = (plain(surface), plain(candidate.name.text));
    // `Syriens`
    written == own || written.strip_suffix('s') == Some(&*own)
}
