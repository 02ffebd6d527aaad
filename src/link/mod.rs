//! Which names of a corpus mean one entity. Annotation looks at one document by itself; this layer
//! looks at all of them, and so stands between annotation and the pipeline.
//!
//! ```text
//! corpus ─ census ─┬─ letters     the same but for case, article, hyphens
//!                  ├─ definition  what documents say: brackets, formerly, acronyms
//!                  ├─ spelling    the same sounds, across scripts
//!                  └─ surname     in a document that gives the full name
//!                        │ proposals
//!          repairs ─► decide ─► Links ─► Corpus::linked
//! ```
//!
//! Only provisional names are ever linked to one another or to the knowledge base: what the
//! knowledge base keeps apart stays apart. What is too weak to hold is kept as a candidate.

mod census;
mod decide;
mod definition;
mod designator;
mod letters;
mod spelling;
mod surname;
#[cfg(test)]
mod tests;

use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use crate::annotate::entity::Finder;
pub use crate::corpus::LinkMode;
use crate::corpus::{Corpus, EntityKind, Link};
use crate::link::census::Census;
use crate::repair::Repairs;

/// Whether nobody waits for the answer any more; asked once for each article or name.
pub type Cancelled<'c> = &'c (dyn Fn() -> bool + Sync);

/// From this confidence on a link holds; below it is a candidate.
pub const LINE: f32 = 0.75;

/// The corpus with its names linked, from what annotation gave them, and repaired.
///
/// The proposals of a corpus that was linked before are taken as they are: after a repair only the
/// decisions are made anew.
#[must_use]
pub fn linked(corpus: &Corpus, finder: &Finder, repairs: &Repairs, mode: LinkMode) -> Corpus {
    let linked = linked_unless(corpus, finder, repairs, mode, &|| false);
    linked.unwrap_or_else(|| corpus.clone())
}

/// The same, given up within milliseconds once `cancelled` says so: `None` then.
#[must_use]
pub fn linked_unless(
    corpus: &Corpus,
    finder: &Finder,
    repairs: &Repairs,
    mode: LinkMode,
    cancelled: Cancelled<'_>,
) -> Option<Corpus> {
    let census = Census::of(corpus, finder, cancelled)?;
    let known = corpus.links().proposals();
    let proposals = if !known.is_empty() {
        Arc::clone(known)
    } else if mode != LinkMode::KnowledgeBaseOnly {
        propose(corpus, &census, cancelled)?
    } else {
        Arc::default()
    };
    let links = decide::decide(&census, &proposals, repairs, mode);
    (!cancelled()).then(|| corpus.linked(Arc::new(links)))
}

/// Everything that speaks for taking two names for one, surest first.
fn propose(corpus: &Corpus, census: &Census, cancelled: Cancelled<'_>) -> Option<Arc<[Link]>> {
    let mut proposals = letters::propose(census);
    // spellings take about as long as all the others together
    let (spellings, others) = thread::scope(|scope| {
        let spellings = scope.spawn(|| spelling::propose(census, cancelled));
        let others = definition::propose(corpus, census, cancelled).and_then(|definitions| {
            Some((definitions, surname::propose(corpus, census, cancelled)?))
        });
        (spellings.join(), others)
    });
    let spellings = spellings.unwrap_or_else(|panic| resume_unwind(panic));
    let (definitions, surnames) = others?;
    proposals.extend(definitions);
    proposals.extend(spellings?);
    proposals.extend(surnames);
    proposals.sort_by(crate::corpus::links::surest_first);
    proposals.dedup_by(|later, earlier| {
        (&later.from, &later.to, later.within) == (&earlier.from, &earlier.to, earlier.within)
    });
    Some(proposals.into())
}

/// Kinds that are taken for one another easily enough to be one entity.
fn same_sort(a: EntityKind, b: EntityKind) -> bool {
    sort_of(a) == sort_of(b)
}

/// Persons, organisations of any kind, places of any size, events.
fn sort_of(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Group | EntityKind::Organisation | EntityKind::Media => 1,
        EntityKind::Place | EntityKind::Country => 2,
        EntityKind::Event => 3,
    }
}
