//! Documents with how much they match, and what that counts for (BM25).

use crate::corpus::FullText;
use crate::corpus::fulltext::length;
use crate::corpus::fulltext::postings::FREQUENCIES;
use crate::query::textquery::Reason;

/// How soon more occurrences count for little, and how much length counts: the usual values of
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Documents in order, each with a number: weighted occurrences, or a score.
pub(super) type Weighted = Vec<(u32, f32)>;

/// Documents up to which a union is sorted; of more it is a table.
const SORTED: usize = 4_000;

/// The weighted occurrences of words: of any of them.
pub(super) fn occurrences(
    text: &FullText,
    words: &[(u32, Reason)],
    holds: impl Fn(u32, Reason) -> bool,
) -> Weighted {
    let weight = |class: u8| FREQUENCIES.get(usize::from(class)).copied().unwrap_or(1.0);
    let total: u32 = words.iter().map(|(word, _)| text.count(*word)).sum();
    let total = total as usize;
    if let [(word, reason)] = words {
        let mut found = Vec::with_capacity(total);
        for postings in text.postings(*word) {
            postings.each(|p| {
                if holds(p.document, *reason) {
                    found.push((p.document, weight(p.class) * reason.confidence()));
                }
            });
        }
        return found;
    }
    if total <= SORTED {
        let mut found = Vec::with_capacity(total);
        for (word, reason) in words {
            for postings in text.postings(*word) {
                postings.each(|p| {
                    if holds(p.document, *reason) {
                        found.push((p.document, weight(p.class) * reason.confidence()));
                    }
                });
            }
        }
        found.sort_unstable_by_key(|(document, _)| *document);
        found.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 += later.1;
            }
            same
        });
        return found;
    }
    let mut table = vec![0.0f32; text.documents() as usize];
    for (word, reason) in words {
        for postings in text.postings(*word) {
            postings.each(|p| {
                if holds(p.document, *reason)
                    && let Some(sum) = table.get_mut(p.document as usize)
                {
                    *sum += weight(p.class) * reason.confidence();
                }
            });
        }
    }
    (0u32..).zip(table).filter(|(_, sum)| *sum > 0.0).collect()
}

/// Those of some documents that hold any of some words, with their weighted occurrences.
pub(super) fn among(
    text: &FullText,
    words: &[(u32, Reason)],
    documents: &Weighted,
    holds: impl Fn(u32, Reason) -> bool,
) -> Weighted {
    let mut sums: Vec<f32> = vec![0.0; documents.len()];
    for (word, reason) in words {
        for postings in text.postings(*word) {
            let mut cursor = postings.cursor();
            for ((document, _), sum) in documents.iter().zip(&mut sums) {
                if let Some(class) = cursor.find(*document)
                    && holds(*document, *reason)
                {
                    let weight = FREQUENCIES.get(usize::from(class)).copied().unwrap_or(1.0);
                    *sum += weight * reason.confidence();
                }
            }
        }
    }
    let documents = documents.iter().map(|(document, _)| *document);
    documents.zip(sums).filter(|(_, sum)| *sum > 0.0).collect()
}

/// Turns weighted occurrences into scores.
#[expect(
    clippy::cast_precision_loss,
    reason = "a score is a rough figure, and counts below 2^24 are exact"
)]
pub(super) fn score(text: &FullText, documents: &mut Weighted) {
    let all = text.documents() as f32;
    let count = documents.len() as f32;
    let rarity = ((all - count + 0.5) / (count + 0.5)).ln_1p();
    let average = (text.tokens() as f32 / all.max(1.0)).max(1.0);
    let norms: Vec<f32> = (0..=u8::MAX)
        .map(|class| K1 * (1.0 - B + B * length::of_class(class) / average))
        .collect();
    let mut rest = documents.as_mut_slice();
    for run in text.runs() {
        let end = run.first() + run.len();
        let own = rest.partition_point(|(document, _)| *document < end);
        let (own, others) = rest.split_at_mut(own);
        rest = others;
        let lengths = run.lengths();
        for (document, weight) in own {
            let class = lengths.get((*document - run.first()) as usize).copied();
            let norm = class.and_then(|class| norms.get(usize::from(class)));
            let norm = norm.copied().unwrap_or(K1);
            *weight = rarity * *weight * (K1 + 1.0) / (*weight + norm);
        }
    }
}

/// Both lists' documents; `join` makes one number of two.
pub(super) fn union(a: Weighted, b: Weighted, join: impl Fn(f32, f32) -> f32) -> Weighted {
    if a.is_empty() {
        return b;
    }
    if b.is_empty() {
        return a;
    }
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                all.push((x.0, join(x.1, y.1)));
                a.next();
                b.next();
            }
            (Some(x), Some(y)) if x.0 < y.0 => all.extend(a.next()),
            (_, Some(_)) => all.extend(b.next()),
            (Some(_), None) => all.extend(a.next()),
            (None, None) => return all,
        }
    }
}

/// The documents that both lists have, their numbers added.
pub(super) fn both(a: &Weighted, b: &Weighted) -> Weighted {
    let mut b = b.iter().peekable();
    let mut found = Vec::with_capacity(a.len().min(b.len()));
    for (document, score) in a {
        while b.next_if(|(other, _)| other < document).is_some() {}
        if let Some((_, other)) = b.next_if(|(other, _)| other == document) {
            found.push((*document, score + other));
        }
    }
    found
}

/// The documents of the first list that the second does not have.
pub(super) fn without(a: &Weighted, b: &Weighted) -> Weighted {
    let mut b = b.iter().peekable();
    let rest = a.iter().filter(|(document, _)| {
        while b.next_if(|(other, _)| other < document).is_some() {}
        b.peek().is_none_or(|(other, _)| other != document)
    });
    rest.copied().collect()
}
