//! The time that a corpus is about: a document that does not say its year is most likely of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use super::Evidence;
use crate::annotate::date::document_day::{Body, Hint, Months, Source};
use crate::corpus::DocumentDay;

/// What a dated document says about the months around its own: stories of a folder come in heaps.
const AROUND: [(i32, f32); 7] = [
    (-3, 0.03),
    (-2, 0.07),
    (-1, 0.18),
    (0, 0.44),
    (1, 0.18),
    (2, 0.07),
    (3, 0.03),
];

/// How far a document lies after the latest year that its text speaks of.
const AFTER: [(i32, f32); 5] = [(0, 0.55), (1, 0.22), (2, 0.08), (3, 0.03), (4, 0.03)];

/// An undated document's latest year counts as so much of a dated document.
const UNDATED: f32 = 0.3;

/// Below this share of the corpus a month is as likely as any other.
const FLOOR: f32 = 0.000_5;

/// The months of a corpus: from the days of its dated documents and the latest years in the
/// others; `None` where nothing says a year.
pub(super) fn of(evidence: &[Evidence], days: &[DocumentDay]) -> Option<Arc<Months>> {
    let mut months: BTreeMap<i32, f32> = BTreeMap::new();
    let mut add = |month: i32, share: f32| *months.entry(month).or_insert(0.0) += share;
    for (one, day) in evidence.iter().zip(days) {
        if let Some(day) = day.day {
            let own = day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
            for (after, share) in AROUND {
                add(own + after, share);
            }
        } else if let Some(year) = one.hints.iter().filter_map(Hint::year).max() {
            for (after, share) in AFTER {
                for month in 0..12 {
                    add((year + after) * 12 + month, UNDATED * share / 12.0);
                }
            }
        }
    }
    let sum: f32 = months.values().sum();
    if sum <= 0.0 {
        return None;
    }
    let shares: BTreeMap<i32, f32> = months
        .into_iter()
        .map(|(month, share)| (month, share / sum))
        .filter(|(_, share)| *share >= FLOOR)
        .collect();
    Some(Arc::new(Months {
        shares,
        floor: FLOOR / 2.0,
    }))
}

/// The months of a corpus as a clue.
pub(super) fn hint(months: &Arc<Months>) -> Hint {
    let year = |month: Option<&i32>| month.map_or(0, |month| month.div_euclid(12));
    let first = year(months.shares.keys().next());
    let last = year(months.shares.keys().next_back());
    Hint {
        body: Body::Months {
            months: Arc::clone(months),
            rule: format!("other documents are of {first} to {last}"),
        },
        source: Source::nowhere(),
    }
}
