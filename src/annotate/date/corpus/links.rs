//! Which documents tell one story: those that share rare pairs of names or runs of words.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Evidence;
use super::features::hash;
use crate::annotate::date::document_day::{Body, Hint, Kernel, Months, Source};
use crate::corpus::DocumentDay;

/// A pair of names in more documents than this tells no story.
const COMMON: usize = 24;
/// Names of a document that make pairs: the rarest.
const RAREST: usize = 14;
/// Neighbours that are kept of each document.
const KEPT: usize = 12;
/// Shared runs of words from which two texts count as copies.
const COPIED: u32 = 3;

/// Stories about the same names: within days of each other.
static STORY: Kernel = Kernel::new(
    "same story",
    &[
        (0, 0, 0.08),
        (1, 1, 0.06),
        (-1, -1, 0.06),
        (2, 3, 0.032),
        (-3, -2, 0.032),
        (4, 7, 0.018),
        (-7, -4, 0.018),
        (8, 30, 0.005),
        (-30, -8, 0.005),
        (31, 120, 0.000_9),
        (-120, -31, 0.000_9),
    ],
    1e-4,
);

/// Texts that share sentences: of one day or the next, unless a paragraph was carried over.
static COPY: Kernel = Kernel::new(
    "same sentences",
    &[
        (0, 0, 0.5),
        (1, 1, 0.12),
        (-1, -1, 0.12),
        (2, 10, 0.01),
        (-10, -2, 0.01),
    ],
    2e-4,
);

/// How one document is tied to another.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) other: usize,
    /// Sum of the weights of what they share.
    strength: f32,
    /// Shared runs of words.
    copied: u32,
}

/// What dated documents say about one that is tied to them: one clue, not one each, because they
/// are as much alike as it is like them.
pub(super) fn hint(
    tied: &[(&Link, &DocumentDay, &str)],
    months: Option<&Arc<Months>>,
) -> Option<Hint> {
    let (strongest, _, name) = tied.first()?;
    let copy = strongest.copied >= COPIED;
    let kernel = if copy { &COPY } else { &STORY };
    let sum: f32 = tied.iter().map(|(link, ..)| link.strength).sum();
    let days = tied
        .iter()
        .filter(|(link, ..)| !copy || link.copied >= COPIED)
        .flat_map(|(link, day, _)| {
            let weight = if copy { 1.0 } else { link.strength / sum };
            let shares = day.candidates.iter();
            shares.map(move |(day, share)| (*day, share * weight))
        })
        .collect();
    let trust = if copy {
        0.9
    } else {
        (sum / (sum + 2.0)).min(0.9)
    };
    let more = match tied.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    Some(Hint {
        body: Body::Other {
            days,
            kernel,
            trust,
            else_months: months.cloned(),
            rule: format!("{} as {name}{more}", kernel.name),
        },
        source: Source::nowhere(),
    })
}

/// The ties of the open documents, strongest first.
pub(super) struct Links {
    of: FxHashMap<usize, Vec<Link>>,
}

impl Links {
    pub(super) fn of(&self, at: usize) -> &[Link] {
        self.of.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Finds the ties of `open` documents to all.
    pub(super) fn between(evidence: &[Evidence], open: &[usize]) -> Self {
        let features: Vec<Vec<u64>> = rarest_pairs(evidence);
        let names = postings(&features);
        let runs = postings(evidence.iter().map(|one| &one.shingles));
        let count = evidence.len();
        let of = open
            .iter()
            .map(|at| {
                let mut shared: FxHashMap<usize, Link> = FxHashMap::default();
                let mut tie = |feature: &u64, table: &Postings, copied: u32| {
                    let others = table.get(feature).map_or(&[][..], Vec::as_slice);
                    let weight = rarity(count, others.len());
                    for other in others.iter().filter(|other| *other != at) {
                        let link = shared.entry(*other).or_insert(Link {
                            other: *other,
                            strength: 0.0,
                            copied: 0,
                        });
                        link.strength += weight;
                        link.copied += copied;
                    }
                };
                for feature in features.get(*at).into_iter().flatten() {
                    tie(feature, &names, 0);
                }
                for run in evidence.get(*at).into_iter().flat_map(|one| &one.shingles) {
                    tie(run, &runs, 1);
                }
                let mut links: Vec<Link> = shared.into_values().collect();
                links.sort_by(|a, b| {
                    b.strength
                        .total_cmp(&a.strength)
                        .then(a.other.cmp(&b.other))
                });
                links.truncate(KEPT);
                (*at, links)
            })
            .collect();
        Self { of }
    }
}

type Postings = FxHashMap<u64, Vec<usize>>;

/// The documents of each feature that a few, but more than one, share.
fn postings<'f>(features: impl IntoIterator<Item = &'f Vec<u64>>) -> Postings {
    let mut table = Postings::default();
    for (at, features) in features.into_iter().enumerate() {
        for feature in features {
            table.entry(*feature).or_default().push(at);
        }
    }
    table.retain(|_, others| (2..=COMMON).contains(&others.len()));
    table
}

/// The weight of a feature that `few` of `all` documents share.
fn rarity(all: usize, few: usize) -> f32 {
    let small = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    ((small(all) + 1.0) / (small(few) + 0.5)).ln().max(0.05) / 3.0
}

/// The pairs of each document's rarest names.
fn rarest_pairs(evidence: &[Evidence]) -> Vec<Vec<u64>> {
    let mut frequency: FxHashMap<u64, u32> = FxHashMap::default();
    for name in evidence.iter().flat_map(|one| &one.names) {
        *frequency.entry(*name).or_insert(0) += 1;
    }
    evidence
        .iter()
        .map(|one| {
            let mut names: Vec<u64> = one
                .names
                .iter()
                .copied()
                .filter(|name| frequency.get(name).is_some_and(|count| *count > 1))
                .collect();
            names.sort_by_key(|name| (frequency.get(name).copied().unwrap_or(0), *name));
            names.truncate(RAREST);
            names.sort_unstable();
            let mut pairs = Vec::new();
            for (index, first) in names.iter().enumerate() {
                for second in names.iter().skip(index + 1) {
                    pairs.push(hash((first, second)));
                }
            }
            pairs
        })
        .collect()
}
