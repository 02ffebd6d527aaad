//! Counts and clusters the words of unannotated news: words that stand among the same neighbours
//! come into one cluster (spherical k-means over square roots of neighbour frequencies).

use khabar::annotate::entity::tagger::lexicon::{Entry, Lexicon, pack};
use khabar::annotate::entity::tagger::{Occurrence, occurrences};
use rustc_hash::FxHashMap;

use crate::crf::Random;

/// Words that are counted as neighbours.
const NEIGHBOURS: usize = 1000;
/// Dimensions that neighbour counts are folded into.
const DIMENSIONS: usize = 192;
/// Occurrences from which on a word is listed, and clustered.
const LISTED: u32 = 3;
const CLUSTERED: u32 = 8;
/// Words that are listed at most.
const MOST: usize = 40_000;

type Vector = [f32; DIMENSIONS];

fn ranked(texts: &[Vec<Occurrence>]) -> Vec<(u64, u32)> {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for occurrence in texts.iter().flatten() {
        *counts.entry(occurrence.key).or_insert(0) += 1;
    }
    let mut ranked: Vec<(u64, u32)> = counts.into_iter().filter(|(_, n)| *n >= LISTED).collect();
    ranked.sort_by_key(|(key, n)| (std::cmp::Reverse(*n), *key));
    ranked.truncate(MOST);
    ranked
}

fn logarithm(n: u32) -> u8 {
    (f64::from(n).log2() * 2.0) as u8
}

/// Bytes of the lexicon of some texts.
pub fn build(texts: &[String]) -> Vec<u8> {
    let empty = Lexicon::default();
    let whole: Vec<_> = texts.iter().map(|t| occurrences(t, &empty)).collect();
    let mut capitals: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for word in whole.iter().flatten().filter(|word| !word.first) {
        let count = capitals.entry(word.key).or_default();
        count.0 += u32::from(word.capital);
        count.1 += 1;
    }
    let mut entries: FxHashMap<u64, Entry> = FxHashMap::default();
    let mut order = Vec::new();
    for (key, count) in ranked(&whole) {
        let (capital, all) = capitals.get(&key).copied().unwrap_or_default();
        let share = (capital * 8).checked_div(all).map_or(0, |share| 1 + share);
        order.push(key);
        entries.insert(
            key,
            Entry {
                frequency: logarithm(count),
                capitals: u8::try_from(share).unwrap(),
                ..Entry::default()
            },
        );
    }
    // again, with the particles of Arabic told from the words
    let list = |entries: &FxHashMap<u64, Entry>| -> Vec<u8> {
        pack(&order.iter().map(|k| (*k, entries[k])).collect::<Vec<_>>())
    };
    let counted = list(&entries);
    let lexicon = Lexicon::new(&counted).unwrap();
    let bare: Vec<_> = texts.iter().map(|t| occurrences(t, &lexicon)).collect();
    let ranked = ranked(&bare);
    let vectors = vectors(&bare, &ranked);
    let keys: Vec<u64> = vectors.iter().map(|(key, _)| *key).collect();
    let points: Vec<Vector> = vectors.into_iter().map(|(_, vector)| vector).collect();
    let (fine, coarse) = (cluster(&points, 255), cluster(&points, 48));
    for ((key, fine), coarse) in keys.iter().zip(fine).zip(coarse) {
        if let Some(entry) = entries.get_mut(key) {
            (entry.fine, entry.coarse) = (fine, coarse);
        }
    }
    list(&entries)
}

fn vectors(texts: &[Vec<Occurrence>], ranked: &[(u64, u32)]) -> Vec<(u64, Vector)> {
    let neighbours: FxHashMap<u64, u64> = ranked
        .iter()
        .take(NEIGHBOURS)
        .zip(0..)
        .map(|((key, _), at)| (*key, at))
        .collect();
    let numbers: FxHashMap<u64, usize> = ranked
        .iter()
        .filter(|(_, n)| *n >= CLUSTERED)
        .enumerate()
        .map(|(at, (key, _))| (*key, at))
        .collect();
    let mut seen: Vec<FxHashMap<u64, f32>> = vec![FxHashMap::default(); numbers.len()];
    for text in texts {
        for pair in text.windows(2) {
            // all rare words are one neighbour, the start of a sentence another
            let left = if pair[1].first {
                2000
            } else {
                *neighbours.get(&pair[0].key).unwrap_or(&1999)
            };
            let right = if pair[1].first {
                2000
            } else {
                *neighbours.get(&pair[1].key).unwrap_or(&1999)
            };
            if let Some(at) = numbers.get(&pair[1].key) {
                *seen[*at].entry(left).or_insert(0.0) += 1.0;
            }
            if let Some(at) = numbers.get(&pair[0].key) {
                *seen[*at].entry(10_000 + right).or_insert(0.0) += 1.0;
            }
        }
    }
    let mut base: FxHashMap<u64, f32> = FxHashMap::default();
    let mut all = 0.0;
    for (context, n) in seen.iter().flatten() {
        *base.entry(*context).or_insert(0.0) += n;
        all += n;
    }
    let mut found = Vec::new();
    for (key, _) in ranked.iter().filter(|(_, n)| *n >= CLUSTERED) {
        let contexts = &seen[numbers[key]];
        let total: f32 = contexts.values().sum();
        let mut vector = [0.0; DIMENSIONS];
        let mut sorted: Vec<_> = contexts.iter().collect();
        sorted.sort_by_key(|(context, _)| **context);
        for (context, n) in sorted {
            // positive pointwise mutual information, damped
            let information = (n * all / (total * base[context])).ln().max(0.0);
            let weight = (n / total).sqrt() * information.sqrt();
            let mut random = Random(context.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
            for _ in 0..3 {
                random.next();
            }
            for cell in &mut vector {
                let sign = random.next() >> 40 & 1;
                *cell += if sign == 0 { weight } else { -weight };
            }
        }
        normalize(&mut vector);
        found.push((*key, vector));
    }
    found
}

fn normalize(vector: &mut Vector) {
    let length = vector.iter().map(|c| c * c).sum::<f32>().sqrt().max(1e-9);
    for cell in vector {
        *cell /= length;
    }
}

/// Cluster numbers from 1 on.
fn cluster(points: &[Vector], count: usize) -> Vec<u8> {
    let count = count.min(points.len());
    let mut random = Random(20_161_104);
    let mut chosen: Vec<usize> = (0..points.len().min(4000)).collect();
    random.shuffle(&mut chosen);
    let mut centres: Vec<Vector> = chosen.iter().take(count).map(|at| points[*at]).collect();
    let mut own = vec![0usize; points.len()];
    for _ in 0..10 {
        for (point, own) in points.iter().zip(&mut own) {
            let near =
                |centre: &Vector| -> f32 { centre.iter().zip(point).map(|(a, b)| a * b).sum() };
            *own = (0..centres.len())
                .map(|at| (at, near(&centres[at])))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .map_or(0, |(at, _)| at);
        }
        let mut sums = vec![[0.0; DIMENSIONS]; centres.len()];
        for (point, own) in points.iter().zip(&own) {
            for (sum, cell) in sums[*own].iter_mut().zip(point) {
                *sum += cell;
            }
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            if sum.iter().any(|c| *c != 0.0) {
                normalize(&mut sum);
                *centre = sum;
            }
        }
    }
    own.iter()
        .map(|at| u8::try_from(at + 1).unwrap_or(u8::MAX))
        .collect()
}
