//! What a result counts to: its entities and its days, side by side when it is large.

use std::sync::Arc;

use crate::corpus::Corpus;
use crate::query::answer::{EntityCount, Row};
use crate::query::bits::Bits;
use crate::query::question::Question;
use crate::query::sweep::in_shares;
use crate::query::{facets, timeline};

/// Hits from which on a second thread is worth its start, which takes as long as to count the days
/// of some hundred.
const TOGETHER: usize = 1024;

/// The entities and the rows of the timeline of a result, of which either may be known.
pub(crate) type Counts = (Arc<Vec<EntityCount>>, Vec<Row>);

enum Part {
    Entities(Vec<EntityCount>),
    Rows(Vec<Row>),
}

/// What is not known yet of a result; `None` when cancelled.
pub(crate) fn counts(
    corpus: &Corpus,
    hits: &Bits,
    question: &Question,
    known: (Option<Arc<Vec<EntityCount>>>, Option<Vec<Row>>),
    cancelled: &dyn Fn() -> bool,
) -> Option<Counts> {
    let rows = |cancelled: &dyn Fn() -> bool| timeline::rows(corpus, hits, question, cancelled);
    let entities = |cancelled: &dyn Fn() -> bool| facets::entities(corpus, hits, cancelled);
    match known {
        (Some(entities), Some(rows)) => Some((entities, rows)),
        (Some(entities), None) => Some((entities, rows(cancelled)?)),
        (None, Some(rows)) => Some((Arc::new(entities(cancelled)?), rows)),
        (None, None) if hits.count() < TOGETHER => {
            Some((Arc::new(entities(cancelled)?), rows(cancelled)?))
        }
        (None, None) => {
            let parts = in_shares(2, 1, cancelled, |part, go_on| {
                let cancelled: &dyn Fn() -> bool = &|| !go_on();
                let parts = part.map(|part| match part {
                    0 => entities(cancelled).map(Part::Entities),
                    _ => rows(cancelled).map(Part::Rows),
                });
                parts.collect::<Option<Vec<Part>>>()
            })?;
            let (mut entities, mut rows) = (Vec::new(), Vec::new());
            for part in parts.into_iter().flatten() {
                match part {
                    Part::Entities(found) => entities = found,
                    Part::Rows(found) => rows = found,
                }
            }
            Some((Arc::new(entities), rows))
        }
    }
}
