//! Dating documents by each other: stories that share rare names, sentences or events share or
//! chain their days.
//!
//! Pure: takes what each document says ([`Evidence`]), gives a day or candidates for each. A few
//! sweeps, each linear in the documents: one may lean only on documents that were dated in an
//! earlier sweep, so no two ever lean on each other.

use std::sync::Arc;

use super::Options;
use chrono::NaiveDate;

use super::document_day::{self, Body, Hint, KeptHint, Months, Source};
use super::reading::Reading;
use crate::corpus::{DayBasis, DocumentDay, Language, Mention, RawDocument, Timex};

mod events;
mod features;
mod kept;
mod links;
mod onsets;
mod window;

#[cfg(test)]
mod tests;

use events::{Event, Events};
pub use kept::KeptEvidence;
use links::Links;
use onsets::{Onset, Onsets};

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
    /// Days on which something began.
    onsets: Vec<Onset>,
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
        Self::of_read(raw, language, mentions, options, &readings)
    }

    /// The same with the expressions of time of the document, and what is known of its day: the
    /// document is read but once.
    #[must_use]
    pub fn with_timexes(
        raw: &RawDocument,
        language: Language,
        mentions: &[Mention],
        options: Options,
    ) -> (Self, Option<DocumentDay>, Vec<Timex>) {
        let readings = super::readings(raw, language);
        let evidence = Self::of_read(raw, language, mentions, options, &readings);
        let day = evidence.alone.clone();
        let timexes = super::timexes(&readings, day.as_ref());
        (evidence, day, timexes)
    }

    /// The same of a document whose day by its own clues is known: nothing is concluded again.
    #[must_use]
    pub fn again(
        raw: &RawDocument,
        language: Language,
        mentions: &[Mention],
        alone: Option<DocumentDay>,
    ) -> Self {
        let readings = super::readings(raw, language);
        let hints = if fixed(alone.as_ref()) {
            Vec::new()
        } else {
            document_day::hints(raw, language, &readings)
        };
        Self::put_together(raw, mentions, alone, hints, &readings)
    }

    fn of_read(
        raw: &RawDocument,
        language: Language,
        mentions: &[Mention],
        options: Options,
        readings: &[Reading; 2],
    ) -> Self {
        let (alone, mut hints) = document_day::find_with_hints(raw, language, readings, options);
        if fixed(alone.as_ref()) {
            hints.clear();
        }
        Self::put_together(raw, mentions, alone, hints, readings)
    }

    fn put_together(
        raw: &RawDocument,
        mentions: &[Mention],
        alone: Option<DocumentDay>,
        hints: Vec<Hint>,
        readings: &[Reading; 2],
    ) -> Self {
        let [_, body] = readings;
        Self {
            name: raw.path.clone(),
            hints,
            alone,
            names: features::names(&raw.text, body, mentions),
            shingles: features::shingles(&raw.text, body),
            events: events::of(&raw.text, body, mentions),
            onsets: onsets::of(&raw.text, body),
        }
    }
}

impl Evidence {
    /// The same once the user has said something about the document's day: a single day is fixed,
    /// a longer stretch and rejected days bound what clues and other documents may say.
    #[must_use]
    pub fn corrected(
        raw: &RawDocument,
        language: Language,
        mentions: &[Mention],
        options: Options,
        said: &Said,
    ) -> Self {
        if let Some((first, last)) = said.within
            && first == last
        {
            let options = Options {
                document_day: Some(first),
            };
            return Self::of(raw, language, mentions, options);
        }
        let mut evidence = Self::of(raw, language, mentions, options);
        let fits = |day: NaiveDate| {
            let within = said
                .within
                .is_none_or(|(first, last)| (first..=last).contains(&day));
            within && !said.rejected.contains(&day)
        };
        let stands = evidence.alone.as_ref().and_then(|alone| alone.day);
        if fixed(evidence.alone.as_ref()) && stands.is_some_and(fits) {
            return evidence;
        }
        let readings = super::readings(raw, language);
        evidence.hints = document_day::hints(raw, language, &readings);
        let hint = |body, text: String| Hint {
            body,
            source: Source { text, span: None },
        };
        if let Some((first, last)) = said.within {
            evidence.hints.push(hint(
                Body::Within { first, last },
                format!("{first} to {last}"),
            ));
        }
        for day in &said.rejected {
            evidence.hints.push(hint(Body::Not(*day), day.to_string()));
        }
        evidence.alone = document_day::conclude(&evidence.hints);
        evidence
    }
}

/// What the user says about the day of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// First and last day, both included; the same for a single day.
    pub within: Option<(NaiveDate, NaiveDate)>,
    /// Days that it is not of.
    pub rejected: Vec<NaiveDate>,
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
    date_documents_unless(evidence, &|| false).unwrap_or_default()
}

/// The same, given up within milliseconds once `cancelled` says so: `None` then.
#[must_use]
pub fn date_documents_unless(
    evidence: &[Evidence],
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<DocumentDay>> {
    let mut days: Vec<DocumentDay> = evidence
        .iter()
        .map(|one| one.alone.clone().unwrap_or_else(unknown))
        .collect();
    let open: Vec<usize> = (0..evidence.len())
        .filter(|at| days.get(*at).is_some_and(|day| day.day.is_none()))
        .collect();
    if open.is_empty() {
        return Some(days);
    }
    let links = Links::between(evidence, &open, cancelled)?;
    // the sweep in which each was dated; those that were dated alone count as the first
    let mut dated: Vec<Option<usize>> = days.iter().map(|day| day.day.map(|_| 0)).collect();
    let mut asked = open.clone();
    for sweep in 1..=SWEEPS {
        let company = Company {
            evidence,
            links: &links,
            events: Events::dated(evidence, &days),
            onsets: Onsets::dated(evidence, |at| {
                dated
                    .get(at)
                    .copied()
                    .flatten()
                    .filter(|when| *when < sweep)?;
                days.get(at)?.day
            }),
            months: window::of(evidence, &days),
            days: &days,
            dated: &dated,
        };
        let found: Vec<(usize, DocumentDay)> = asked
            .iter()
            .take_while(|_| !cancelled())
            .filter_map(|at| Some((*at, company.lean(*at, sweep)?)))
            .collect();
        if cancelled() {
            return None;
        }
        for (at, day) in found {
            if day.day.is_some()
                && let Some(when) = dated.get_mut(at)
            {
                *when = when.or(Some(sweep));
            }
            if let Some(slot) = days.get_mut(at) {
                *slot = day;
            }
        }
        // once dated a document stays, so that others may lean on it; the last sweep weighs those
        // that were dated in company once more, by what is known of the corpus then
        let when = |at: usize| dated.get(at).copied().flatten();
        let news = |at: usize| {
            links
                .of(at)
                .iter()
                .any(|link| when(link.other) == Some(sweep))
        };
        let names_a_day = |at: usize| {
            let hints = evidence.get(at).map_or(&[][..], |one| &one.hints);
            hints.iter().any(Hint::names_a_day)
        };
        let last = sweep + 1 == SWEEPS;
        let again = |at: &usize| match when(*at) {
            Some(_) => last,
            None => news(*at) || names_a_day(*at),
        };
        asked = open.iter().copied().filter(again).collect();
    }
    Some(days)
}

/// All that is known when a document is asked for its day.
struct Company<'a> {
    evidence: &'a [Evidence],
    links: &'a Links,
    events: Events,
    onsets: Onsets,
    months: Option<Arc<Months>>,
    days: &'a [DocumentDay],
    dated: &'a [Option<usize>],
}

impl Company<'_> {
    /// The day of one document by its own clues and by others that were dated in an earlier sweep
    /// than it; `None` when no other speaks.
    fn lean(&self, at: usize, sweep: usize) -> Option<DocumentDay> {
        let own = self.evidence.get(at)?;
        let when = self.dated.get(at).copied().flatten().unwrap_or(sweep);
        let earlier = |other: usize| {
            let before = self.dated.get(other).copied().flatten()? < when;
            let day = self
                .days
                .get(other)
                .filter(|day| before && day.day.is_some())?;
            Some((day, self.evidence.get(other)?))
        };
        let mut hints = own.hints.clone();
        let known = hints.len();
        let tied: Vec<_> = self
            .links
            .of(at)
            .iter()
            .filter_map(|link| {
                earlier(link.other).map(|(day, other)| (link, day, other.name.as_str()))
            })
            .take(MOST)
            .collect();
        let begun = self.onsets.hint(self.evidence, at, self.months.as_ref());
        let told = begun.as_ref().map(|begun| begun.documents.as_slice());
        let story = links::hint(&tied, &own.hints, self.months.as_ref(), told);
        let alone = story.is_none();
        hints.extend(story);
        hints.extend(self.events.hints(self.evidence, at));
        hints.extend(begun.map(|begun| begun.hint));
        if hints.len() == known && !hints.iter().any(Hint::names_a_day) {
            return None;
        }
        if alone {
            hints.extend(self.months.as_ref().map(window::hint));
        }
        document_day::conclude(&hints)
    }
}
