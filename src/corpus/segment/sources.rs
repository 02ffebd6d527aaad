//! Where the articles of a segment come from: few names, each for many articles.

use std::io;

use rustc_hash::FxHashMap;

use crate::corpus::columns::{Strings, as_u32};
use crate::corpus::slab::Slab;
use crate::corpus::stored::{Sections, Sink};

/// The sources of articles.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The distinct ones as they are written.
    names: Strings,
    /// Their numbers in the corpus's lexicon of folded sources.
    folded: Slab<u32>,
    /// The place in `names` of each article's.
    of: Slab<u32>,
}

/// Sources while articles come in.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    sources: Sources,
    known: FxHashMap<String, u32>,
}

impl Gathering {
    /// Adds the source of the next article; `number` gives its folded form a number when it is
    /// a new one.
    pub(super) fn push(&mut self, source: &str, number: impl FnOnce() -> u32) {
        let sources = &mut self.sources;
        let place = if let Some(place) = self.known.get(source) {
            *place
        } else {
            let place = as_u32(sources.names.len());
            sources.names.push(source);
            sources.folded.push(number());
            self.known.insert(source.to_owned(), place);
            place
        };
        sources.of.push(place);
    }

    pub(super) fn finish(mut self) -> Sources {
        self.sources.names.shrink();
        self.sources.folded.shrink();
        self.sources.of.shrink();
        self.sources
    }
}

impl Sources {
    pub(super) fn len(&self) -> usize {
        self.of.len()
    }

    /// The source of an article, as it is written.
    pub(super) fn name(&self, at: usize) -> &str {
        let place = self.of.get(at).copied();
        place.map_or("", |place| self.names.get(place as usize).unwrap_or(""))
    }

    /// The number of an article's folded source.
    #[inline]
    pub(super) fn folded(&self, at: usize) -> Option<u32> {
        self.folded.get(*self.of.get(at)? as usize).copied()
    }

    /// Keeps sources for another run, for [`of_kept`](Self::of_kept).
    pub(super) fn keep<'s>(
        all: impl Iterator<Item = &'s Self>,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let mut joined = Gathering::default();
        for sources in all {
            for at in 0..sources.len() {
                let number = || sources.folded(at).unwrap_or(u32::MAX);
                joined.push(sources.name(at), number);
            }
        }
        let joined = joined.finish();
        Strings::keep(std::iter::once(&joined.names), sink)?;
        sink.add(joined.folded.as_bytes())?;
        sink.add(joined.of.as_bytes())
    }

    /// `None` where the columns do not fit each other.
    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        let sources = Self {
            names: Strings::of_kept(sections)?,
            folded: sections.numbers()?,
            of: sections.numbers()?,
        };
        (sources.names.len() == sources.folded.len()).then_some(sources)
    }
}
