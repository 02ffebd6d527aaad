//! What a document surely names in one place it names in others: a name that only the tagger finds
//! is found wherever the same words stand.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::annotate::entity::merge::Kept;
use crate::annotate::entity::resolve::Matched;
use crate::annotate::entity::tagger::Proposal;
use crate::corpus::Span;

/// Least confidence of a name that is looked for elsewhere.
const SURE: f32 = 0.75;
/// How much less sure the other places are.
const LESS: f32 = 0.9;

/// Names of a document by the key of their first word.
#[derive(Default)]
pub(super) struct Repeated<'k> {
    names: FxHashMap<u64, Vec<(&'k [Word], Proposal)>>,
}

impl<'k> Repeated<'k> {
    /// The names that are looked for.
    pub(super) fn new(fields: &'k [Matched<'_>], kept: &[Vec<Kept<'_>>]) -> Self {
        let mut names: FxHashMap<u64, Vec<(&'k [Word], Proposal)>> = FxHashMap::default();
        for (field, kept) in fields.iter().zip(kept) {
            for kept in kept {
                let Kept::Tagged(proposal) = kept else {
                    continue;
                };
                let words = field.words.get(proposal.first..=proposal.last);
                let words = words.unwrap_or(&[]);
                let Some(first) = words.first() else { continue };
                // an Arabic word may as well be none elsewhere
                let telling = words.len() > 1 || first.script == Script::Latin;
                if proposal.confidence >= SURE && telling {
                    names
                        .entry(first.key.full)
                        .or_default()
                        .push((words, *proposal));
                }
            }
        }
        for list in names.values_mut() {
            // the longest first, the surest among equals
            list.sort_by(|a, b| {
                let by_length = b.0.len().cmp(&a.0.len());
                by_length.then(b.1.confidence.total_cmp(&a.1.confidence))
            });
        }
        Self { names }
    }

    /// The other places in a field where nothing is found yet.
    pub(super) fn elsewhere(&self, field: &Matched<'_>, taken: &[Span]) -> Vec<Proposal> {
        let mut found: Vec<Proposal> = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        for (at, word) in field.words.iter().enumerate() {
            let Some(list) = self.names.get(&word.key.full) else {
                continue;
            };
            let fits = |(words, _): &&(&[Word], Proposal)| {
                let here = field.words.get(at..at + words.len()).unwrap_or(&[]);
                let same = |(a, b): (&Word, &Word)| {
                    a.key.full == b.key.full && (a.caps == b.caps || b.caps == Caps::Upper)
                };
                let joined = here
                    .iter()
                    .skip(1)
                    .all(|w| matches!(w.gap, Gap::Space | Gap::Hyphen | Gap::Dot));
                here.len() == words.len() && joined && words.iter().zip(here).all(same)
            };
            let Some((words, proposal)) = list.iter().find(fits) else {
                continue;
            };
            let until = at + words.len() - 1;
            let Some(end) = field.words.get(until).map(|word| word.end) else {
                continue;
            };
            let span = Span::new(word.start, end);
            let free = !taken.iter().any(|other| other.overlaps(span))
                && !found.iter().any(|other| other.span.overlaps(span));
            if free {
                found.push(Proposal {
                    first: at,
                    last: until,
                    span,
                    kind: proposal.kind,
                    confidence: proposal.confidence * LESS,
                });
            }
        }
        found
    }
}

/// Why such a name is one.
pub(super) fn reason(name: &str) -> Arc<str> {
    Arc::from(format!("{name} is a name elsewhere in this document"))
}
