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
const COPIED: u16 = 3;

/// Stories about the same names. Measured on dated news: the story that shares most pairs of names
/// with another lies within a week of it in one case of four.
static STORY: Kernel = Kernel::new(
    "same story",
    &[
        (0, 0, 0.06),
        (1, 1, 0.035),
        (-1, -1, 0.035),
        (2, 3, 0.013),
        (-3, -2, 0.013),
        (4, 7, 0.007),
        (-7, -4, 0.007),
        (8, 30, 0.003),
        (-30, -8, 0.003),
        (31, 120, 0.001_1),
        (-120, -31, 0.001_1),
    ],
    2.5e-4,
);

/// The same where the two that share most are of one day or nearly: then it lies within three days
/// of them in six cases of ten.
static AGREED: Kernel = Kernel::new(
    "same story",
    &[
        (0, 0, 0.19),
        (1, 1, 0.12),
        (-1, -1, 0.12),
        (2, 3, 0.038),
        (-3, -2, 0.038),
        (4, 7, 0.014),
        (-7, -4, 0.014),
        (8, 30, 0.002_4),
        (-30, -8, 0.002_4),
        (31, 120, 0.000_5),
        (-120, -31, 0.000_5),
    ],
    1e-4,
);

/// Days that two stories may lie apart and agree.
const APART: i64 = 2;

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
    /// Shared pairs of names.
    pairs: u16,
    /// Shared runs of words.
    copied: u16,
}

/// What dated documents say about one that is tied to them: one clue, not one each, because they
/// are as much alike as it is like them. `begun` are the documents that tell of the same beginning
/// as it: where there are any, the story is theirs, whatever names it shares with others.
pub(super) fn hint(
    tied: &[(&Link, &DocumentDay, &str)],
    own: &[Hint],
    months: Option<&Arc<Months>>,
    begun: Option<&[usize]>,
) -> Option<Hint> {
    let is_theirs = |link: &Link| {
        link.copied >= COPIED || begun.is_none_or(|others| others.contains(&link.other))
    };
    let tied: Vec<_> = tied.iter().filter(|(link, ..)| is_theirs(link)).collect();
    let (strongest, day, name) = tied.first()?;
    let copy = strongest.copied >= COPIED;
    let near = |other: &DocumentDay| match (day.day, other.day) {
        (Some(a), Some(b)) => (a - b).num_days().abs() <= APART,
        _ => false,
    };
    // a text that tells the others' day by its date looks back on it, from wherever
    let looks_back = day
        .day
        .is_some_and(|day| own.iter().any(|hint| hint.tells(day)));
    let agreed = !copy && !looks_back && tied.get(1).is_some_and(|second| near(second.1));
    let kernel = match (copy, agreed) {
        (true, _) => &COPY,
        (false, true) => &AGREED,
        (false, false) => &STORY,
    };
    let tied: Vec<_> = tied
        .iter()
        .filter(|(link, other, _)| (!copy || link.copied >= COPIED) && (!agreed || near(other)))
        .collect();
    let sum: f32 = tied.iter().map(|(link, ..)| link.strength).sum();
    let days = tied
        .iter()
        .flat_map(|(link, day, _)| {
            let weight = if sum > 0.0 { link.strength / sum } else { 1.0 };
            let shares = day.candidates.iter();
            shares.map(move |(day, share)| (*day, share * weight))
        })
        .collect();
    let trust = if copy {
        0.9
    } else {
        // three names in common are worth a half, five three quarters
        let pairs = tied.iter().map(|(link, ..)| link.pairs).max().unwrap_or(0);
        let pairs = f32::from(pairs);
        (pairs / (pairs + 3.0)).min(0.92)
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

    /// Finds the ties of `open` documents to all; `None` when cancelled.
    pub(super) fn between(
        evidence: &[Evidence],
        open: &[usize],
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let features: Vec<Vec<u64>> = rarest_pairs(evidence);
        let names = Postings::of(&features);
        let runs = Postings::of(evidence.iter().map(|one| &one.shingles));
        let count = evidence.len();
        let mut shared: FxHashMap<usize, Link> = FxHashMap::default();
        let of = open
            .iter()
            .map(|at| {
                if cancelled() {
                    return None;
                }
                let mut tie = |feature: &u64, table: &Postings, pairs: u16, copied: u16| {
                    let others = table.get(*feature);
                    let weight = rarity(count, others.len());
                    let others = others.iter().map(|other| *other as usize);
                    for other in others.filter(|other| other != at) {
                        let link = shared.entry(other).or_insert(Link {
                            other,
                            strength: 0.0,
                            pairs: 0,
                            copied: 0,
                        });
                        link.strength += weight;
                        link.pairs = link.pairs.saturating_add(pairs);
                        link.copied = link.copied.saturating_add(copied);
                    }
                };
                for feature in features.get(*at).into_iter().flatten() {
                    tie(feature, &names, 1, 0);
                }
                for run in evidence.get(*at).into_iter().flat_map(|one| &one.shingles) {
                    tie(run, &runs, 0, 1);
                }
                let mut links: Vec<Link> = shared.drain().map(|(_, link)| link).collect();
                links.sort_by(|a, b| {
                    b.strength
                        .total_cmp(&a.strength)
                        .then(a.other.cmp(&b.other))
                });
                links.truncate(KEPT);
                Some((*at, links))
            })
            .collect::<Option<_>>()?;
        Some(Self { of })
    }
}

/// The documents of each feature that a few, but more than one, share.
struct Postings {
    /// Where those of a feature begin in `documents`, and how many they are.
    places: FxHashMap<u64, (u32, u8)>,
    documents: Vec<u32>,
}

impl Postings {
    fn of<'f>(features: impl IntoIterator<Item = &'f Vec<u64>>) -> Self {
        let each = (0u32..).zip(features);
        let mut all: Vec<(u64, u32)> = each
            .flat_map(|(at, features)| features.iter().map(move |feature| (*feature, at)))
            .collect();
        all.sort_unstable();
        let mut postings = Self {
            places: FxHashMap::default(),
            documents: Vec::new(),
        };
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            if (2..=COMMON).contains(&group.len())
                && let Some((feature, _)) = group.first()
                && let Ok(start) = u32::try_from(postings.documents.len())
                && let Ok(count) = u8::try_from(group.len())
            {
                postings.places.insert(*feature, (start, count));
                postings.documents.extend(group.iter().map(|(_, at)| at));
            }
        }
        postings
    }

    fn get(&self, feature: u64) -> &[u32] {
        let place = self.places.get(&feature);
        let documents = place.and_then(|(start, count)| {
            let start = *start as usize;
            self.documents.get(start..start + usize::from(*count))
        });
        documents.unwrap_or_default()
    }
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
