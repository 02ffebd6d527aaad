//! Days of the calendar that several documents speak of: one that gives the year gives it to all
//! that speak of the same day among the same names.

use chrono::{Datelike, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Evidence;
use super::features;
use crate::annotate::date::calendar;
use crate::annotate::date::document_day::{Body, Hint, Kernel, Source};
use crate::annotate::date::expression::{Meaning, Year};
use crate::annotate::date::reading::Reading;
use crate::corpus::{DocumentDay, Mention};

/// How far around a date names are taken for its event's, in tokens.
const AROUND: usize = 30;
/// Names that two events must share.
const SHARED: usize = 2;
/// Documents of one day of the calendar that are compared.
const COMPARED: usize = 64;

/// Stories about an event: it gives them a year, their own words say where in it.
static EVENT: Kernel = Kernel::new(
    "same event",
    &[(-30, 400, 0.001_5), (401, 1500, 0.000_1)],
    1e-5,
);

/// A day of the calendar in a text.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) month: u8,
    pub(super) day: u8,
    /// The year, where the text gives it.
    pub(super) year: Option<i32>,
    /// Hashes of the names around it, sorted.
    pub(super) names: Vec<u64>,
}

/// The days that a body speaks of.
pub(super) fn of(text: &str, reading: &Reading, mentions: &[Mention]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for expression in &reading.expressions {
        let Meaning::Date {
            year,
            month,
            day,
            weekday,
        } = expression.meaning
        else {
            continue;
        };
        let year = match year {
            // a year in which the weekday does not fit is as good as none
            Year::Given(year) => Some(year).filter(|year| {
                let date = calendar::day(*year, month, day);
                date.zip(weekday)
                    .is_none_or(|(date, wanted)| calendar::weekday(date) == wanted)
            }),
            Year::Open => None,
            _ => continue,
        };
        let range = expression.first.saturating_sub(AROUND)
            ..(expression.next + AROUND).min(reading.tokens.len());
        let names = features::between(text, reading, mentions, range);
        if names.len() >= SHARED && events.len() < 16 {
            events.push(Event {
                month,
                day,
                year,
                names,
            });
        }
    }
    events
}

/// An event whose year is known: its document, its place among the document's events, its year.
#[derive(Clone, Copy, Debug)]
struct Known {
    document: usize,
    index: usize,
    year: i32,
}

/// Events whose year is known, by month and day.
#[derive(Default)]
pub(super) struct Events {
    known: FxHashMap<(u8, u8), Vec<Known>>,
}

impl Events {
    /// The events with a year of their own, or of a document that is dated.
    pub(super) fn dated(evidence: &[Evidence], days: &[DocumentDay]) -> Self {
        let mut events = Self::default();
        for (at, (one, day)) in evidence.iter().zip(days).enumerate() {
            for (index, event) in one.events.iter().enumerate() {
                let near = || day.day.and_then(|day| nearest_year(event, day));
                if let Some(year) = event.year.or_else(near) {
                    let list = events.known.entry((event.month, event.day)).or_default();
                    if list.len() < COMPARED {
                        list.push(Known {
                            document: at,
                            index,
                            year,
                        });
                    }
                }
            }
        }
        events
    }

    /// What other documents say about the years of a document's events.
    pub(super) fn hints(&self, evidence: &[Evidence], at: usize) -> Vec<Hint> {
        let mut hints: Vec<Hint> = Vec::new();
        let mut said: FxHashSet<NaiveDate> = FxHashSet::default();
        let own = evidence.get(at).map_or(&[][..], |one| &one.events);
        for event in own.iter().filter(|event| event.year.is_none()) {
            let others = self.known.get(&(event.month, event.day));
            for known in others.into_iter().flatten() {
                let other = evidence.get(known.document);
                let Some(one) = other.filter(|_| known.document != at) else {
                    continue;
                };
                let same = one
                    .events
                    .get(known.index)
                    .is_some_and(|other| shares(&event.names, &other.names));
                let Some(day) = calendar::day(known.year, event.month, event.day).filter(|_| same)
                else {
                    continue;
                };
                if hints.len() < 4 && said.insert(day) {
                    hints.push(Hint {
                        body: Body::Event {
                            day,
                            kernel: &EVENT,
                            rule: format!("{} as in {}", EVENT.name, one.name),
                        },
                        source: Source::nowhere(),
                    });
                }
            }
        }
        hints
    }
}

/// The year that brings an event nearest to a document.
fn nearest_year(event: &Event, document: NaiveDate) -> Option<i32> {
    let this = document.year();
    [this, this - 1, this + 1].into_iter().min_by_key(|year| {
        calendar::day(*year, event.month, event.day)
            .map_or(i64::MAX, |day| (day - document).num_days().abs())
    })
}

/// Whether two sorted lists share enough names.
fn shares(a: &[u64], b: &[u64]) -> bool {
    a.iter()
        .filter(|name| b.binary_search(name).is_ok())
        .count()
        >= SHARED
}
