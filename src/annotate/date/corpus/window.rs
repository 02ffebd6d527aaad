//! The time that a corpus is about: documents without a year of their own are of it.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::Evidence;
use crate::annotate::date::document_day::{Body, Hint, Source};
use crate::corpus::DocumentDay;

/// Share of the corpus' documents below which a year is as likely as any other.
const FLOOR: f32 = 0.03;

/// The years of a corpus: from the days of its dated documents and the latest years in the
/// others; `None` where nothing says a year.
pub(super) fn of(evidence: &[Evidence], days: &[DocumentDay]) -> Option<Hint> {
    let mut years: BTreeMap<i32, f32> = BTreeMap::new();
    let mut add = |year: i32, share: f32| *years.entry(year).or_insert(0.0) += share;
    for (one, day) in evidence.iter().zip(days) {
        if let Some(day) = day.day {
            add(day.year(), 0.8);
            add(day.year() - 1, 0.1);
            add(day.year() + 1, 0.1);
        } else if let Some(year) = one.hints.iter().filter_map(Hint::year).max() {
            // as far as the latest year of a text lies before it
            for (after, share) in [(0, 0.55), (1, 0.22), (2, 0.08), (3, 0.03), (4, 0.03)] {
                add(year + after, share);
            }
        }
    }
    let sum: f32 = years.values().sum();
    if sum <= 0.0 {
        return None;
    }
    let shares: Vec<(i32, f32)> = years
        .into_iter()
        .map(|(year, share)| (year, share / sum))
        .filter(|(_, share)| *share >= FLOOR)
        .collect();
    let (first, last) = (shares.first()?.0, shares.last()?.0);
    Some(Hint {
        body: Body::Years {
            shares,
            floor: FLOOR / 10.0,
            rule: format!("other documents are of {first} to {last}"),
        },
        source: Source::nowhere(),
    })
}
