//! Dating documents by each other: stories that share rare names, sentences or events share or
//! chain their days.
//!
//! Pure: takes what each document says ([`Evidence`]), gives a day or candidates for each. A few
//! sweeps, each linear in the documents: one may lean only on documents that were dated in an
//! earlier sweep, so no two ever lean on each other.

use super::Options;
use super::document_day::{self, Hint};
use crate::corpus::{DayBasis, DocumentDay, Language, Mention, RawDocument};

mod events;
mod features;
mod links;
mod window;

#[cfg(test)]
mod tests;

use events::{Event, Events};
use links::Links;

/// Sweeps over the documents: stories chain over two others at most.
const SWEEPS: usize = 3;
/// Most other documents that one leans on.
const MOST: usize = 4;

/// What one document contributes to the dating of all.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What clues in other documents call it.
    name: String,
    /// Its day by metadata, by the user or by its own dateline, or what its own clues give.
    alone: Option<DocumentDay>,
    /// Its own clues; empty where its day is fixed.
    hints: Vec<Hint>,
    /// Hashes of its names, rarest first once the corpus is known.
    names: Vec<u64>,
    /// Hashes of some of its runs of words.
    shingles: Vec<u64>,
    /// Days of the calendar that it speaks of, with the names around them.
    events: Vec<Event>,
}

impl Evidence {
    /// What a document contributes; `mentions` are its names, `options` as in
    /// [`annotate`](super::annotate).
    #[must_use]
    pub fn of(
        raw: &RawDocument,
        language: Language,
        mentions: &[Mention],
        options: Options,
    ) -> Self {
        let readings = super::readings(raw, language);
        let alone = document_day::find(raw, language, &readings, options);
        let [_, body] = &readings;
        let hints = if fixed(alone.as_ref()) {
            Vec::new()
        } else {
            document_day::hints(raw, language, &readings)
        };
        Self {
            name: raw.path.clone(),
            alone,
            hints,
            names: features::names(&raw.text, body, mentions),
            shingles: features::shingles(&raw.text, body),
            events: events::of(&raw.text, body, mentions),
        }
    }
}

/// Whether nothing that other documents say can change the day.
fn fixed(day: Option<&DocumentDay>) -> bool {
    day.is_some_and(|day| matches!(day.basis, DayBasis::Stated | DayBasis::Set))
}

/// Nothing is known.
fn unknown() -> DocumentDay {
    DocumentDay {
        day: None,
        earliest: None,
        latest: None,
        confidence: 0.0,
        basis: DayBasis::Candidates,
        clues: Vec::new(),
        candidates: Vec::new(),
    }
}

/// The day of every document, in the order of `evidence`: fixed ones as they are, the others from
/// their own clues and from documents that were dated before them. A document about which nothing
/// is known has neither day nor candidates nor clues.
#[must_use]
pub fn date_documents(evidence: &[Evidence]) -> Vec<DocumentDay> {
    let mut days: Vec<DocumentDay> = evidence
        .iter()
        .map(|one| one.alone.clone().unwrap_or_else(unknown))
        .collect();
    let mut open: Vec<usize> = (0..evidence.len())
        .filter(|at| days.get(*at).is_some_and(|day| day.day.is_none()))
        .collect();
    if open.is_empty() {
        return days;
    }
    let links = Links::between(evidence, &open);
    let window = window::of(evidence, &days);
    for _ in 0..SWEEPS {
        let events = Events::dated(evidence, &days);
        let found: Vec<(usize, DocumentDay)> = open
            .iter()
            .filter_map(|at| {
                Some((
                    *at,
                    lean(evidence, *at, &links, &events, &days, window.as_ref())?,
                ))
            })
            .collect();
        let mut changed = false;
        for (at, day) in found {
            if let Some(slot) = days.get_mut(at) {
                changed |= slot.day != day.day;
                *slot = day;
            }
        }
        // once dated a document stays, so that others may lean on it
        open.retain(|at| days.get(*at).is_some_and(|day| day.day.is_none()));
        if !changed || open.is_empty() {
            break;
        }
    }
    days
}

/// The day of one document by its own clues and by dated others; `None` when no other speaks.
fn lean(
    evidence: &[Evidence],
    at: usize,
    links: &Links,
    events: &Events,
    days: &[DocumentDay],
    window: Option<&Hint>,
) -> Option<DocumentDay> {
    let own = evidence.get(at)?;
    let dated = |other: usize| {
        days.get(other)
            .filter(|day| day.day.is_some())
            .zip(evidence.get(other))
    };
    let mut hints = own.hints.clone();
    let known = hints.len();
    let tied: Vec<_> = links
        .of(at)
        .iter()
        .filter_map(|link| dated(link.other).map(|(day, other)| (link, day, other.name.as_str())))
        .take(MOST)
        .collect();
    hints.extend(links::hint(&tied));
    hints.extend(events.hints(evidence, at));
    if hints.len() == known && !hints.iter().any(Hint::names_a_day) {
        return None;
    }
    hints.extend(window.cloned());
    document_day::conclude(&hints)
}
