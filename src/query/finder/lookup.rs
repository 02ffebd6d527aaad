//! The documents that hold phrases: by the index as far as it knows, then by their texts, each of
//! which is opened once for all phrases of a leaf.

use std::ops::Range;

use crate::corpus::{ArticleId, Corpus, Language};
use crate::query::finder::phrase::{Heard, Part, Phrase};
use crate::query::finder::ranking::{self, Weighted};
use crate::query::finder::sift::{Sifted, sift};
use crate::query::finder::verify;
use crate::query::textquery::Reason;

/// How many times as long a posting list may be as the documents in question before it is leapt
/// through instead of read.
const LEAP: usize = 8;

/// Documents from which on the index is asked which of them hold two words side by side; fewer are
/// sooner read.
const SIFTED: usize = if cfg!(test) { 1 } else { 64 };

/// For each phrase the documents that hold it, with its weighted occurrences. `None` when
/// cancelled.
pub(super) fn holding(
    corpus: &Corpus,
    phrases: &[&Phrase],
    among: Option<&Weighted>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Weighted>> {
    let mut found = Vec::with_capacity(phrases.len());
    // documents to open, each with the place of a phrase that may stand there
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (place, phrase) in phrases.iter().enumerate() {
        let sifted = candidates(corpus, phrase, among, cancelled)?;
        open.extend(sifted.open.iter().map(|(document, _)| (*document, place)));
        found.push(sifted.sure);
    }
    if open.is_empty() {
        return Some(found);
    }
    if phrases.len() > 1 {
        open.sort_unstable();
    }
    let mut documents: Vec<(u32, Range<usize>)> = Vec::with_capacity(open.len());
    let mut start = 0;
    for same in open.chunk_by(|a, b| a.0 == b.0) {
        let end = start + same.len();
        documents.extend(same.first().map(|(document, _)| (*document, start..end)));
        start = end;
    }
    let verified = verify::each(
        corpus,
        &documents,
        cancelled,
        |(segment, at), own, heard: &mut Vec<Heard>| {
            heard.resize_with(phrases.len(), Heard::default);
            let text = segment.text(at);
            let asked = open.get(own.clone()).unwrap_or_default().iter();
            let weights = asked.filter_map(|(_, place)| {
                let found = phrases.get(*place)?.matches(&text, heard.get_mut(*place)?);
                let weight: f32 = found.iter().map(|(_, reason)| reason.confidence()).sum();
                (weight > 0.0).then_some((*place, weight))
            });
            let weights: Vec<(usize, f32)> = weights.collect();
            (!weights.is_empty()).then_some(weights)
        },
    )?;
    let mut by_phrase: Vec<Weighted> = vec![Weighted::new(); phrases.len()];
    for (document, weights) in verified {
        for (place, weight) in weights {
            if let Some(own) = by_phrase.get_mut(place) {
                own.push((document, weight));
            }
        }
    }
    let both = found.into_iter().zip(by_phrase);
    Some(
        both.map(|(sure, verified)| ranking::union(sure, verified, f32::max))
            .collect(),
    )
}

/// The documents that hold a phrase, and those that may. `None` when cancelled.
fn candidates(
    corpus: &Corpus,
    phrase: &Phrase,
    among: Option<&Weighted>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Sifted> {
    let mut sifted = Sifted {
        sure: Weighted::new(),
        open: Weighted::new(),
    };
    if phrase.is_hopeless() {
        return Some(sifted);
    }
    let text = corpus.fulltext();
    let holds = |document: u32, reason: Reason| {
        reason != Reason::Compound || {
            let place = corpus.locate(ArticleId(document));
            place.is_some_and(|(segment, at)| has_compounds(segment.language(at)))
        }
    };
    let mut parts: Vec<(usize, &Part)> =
        phrase.parts.iter().map(|part| (part.count, part)).collect();
    parts.sort_by_key(|(count, _)| *count);
    let mut found: Option<Weighted> = among.map(zeroed);
    for (count, part) in parts {
        if cancelled() {
            return None;
        }
        found = Some(match &found {
            Some(known) if known.len() * LEAP < count => {
                ranking::among(text, &part.words, known, holds)
            }
            Some(known) => ranking::both(
                &zeroed(known),
                &ranking::occurrences(text, &part.words, holds),
            ),
            None => ranking::occurrences(text, &part.words, holds),
        });
    }
    let found = found.unwrap_or_default();
    if phrase.parts.len() == 1 {
        sifted.sure = found;
        return Some(sifted);
    }
    let known = (found.len() >= SIFTED).then(|| sift(text, phrase, &found, cancelled));
    Some(known.flatten().unwrap_or_else(|| {
        sifted.open = found;
        sifted
    }))
}

/// Some documents with no weight yet.
pub(super) fn zeroed(documents: &Weighted) -> Weighted {
    documents
        .iter()
        .map(|(document, _)| (*document, 0.0))
        .collect()
}

/// Whether compounds of a language are looked into: in other texts a word within a word is chance.
pub(super) fn has_compounds(language: Language) -> bool {
    matches!(language, Language::German | Language::Other)
}
