//! The columns of a segment, kept for another run.

use std::io;
use std::sync::{Arc, OnceLock};

use super::{Columns, Segment, Sources, WordRows, in_order};
use crate::corpus::columns::{Counts, Rows, Strings};
use crate::corpus::days::Days;
use crate::corpus::held::{Held, Keeper, Kept};
use crate::corpus::links::Links;
use crate::corpus::slab::Slab;
use crate::corpus::stored::{Lazy, Sections, Sink};

/// The columns of a segment from a cache, which still lack their articles.
pub(in super::super) struct KeptColumns {
    words: WordRows,
    entities: Arc<Rows<u32>>,
    mentions: Counts,
    days: Days,
    columns: Columns,
}

impl Segment {
    /// Keeps the columns of segments for another run, as those of one segment. `number` gives
    /// words the numbers that they have there.
    pub(in super::super) fn keep(
        segments: &[Arc<Self>],
        number: &dyn Fn(u32) -> u32,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let all = segments.iter().map(AsRef::as_ref);
        WordRows::keep(all.clone().map(|s: &Self| &s.words), number, sink)?;
        Rows::keep(all.clone().map(|s| &*s.entities), sink)?;
        Counts::keep(all.clone().map(|s| &s.mentions), sink)?;
        Days::keep(all.clone().map(|s| &*s.days), sink)?;
        let columns = all.map(|s| &*s.columns);
        Strings::keep(columns.clone().map(|c| &c.paths), sink)?;
        Sources::keep(columns.clone().map(|c| &c.sources), sink)?;
        sink.join(columns.clone().map(|c| c.lengths.as_bytes()))?;
        sink.join(columns.clone().map(|c| c.sizes.as_bytes()))?;
        sink.join(columns.clone().map(|c| c.languages.as_bytes()))?;
        Strings::keep(columns.clone().map(|c| &c.ids), sink)?;
        let hashes = columns.flat_map(|c| c.hashes.iter().copied());
        let hashes: Slab<[u8; 32]> = hashes.collect();
        sink.hashes(&hashes)?;
        sink.derived(|sink| sink.add(in_order(&hashes).as_bytes()))
    }

    /// The columns of such a segment; `None` where they differ in length.
    pub(in super::super) fn columns_of_kept(sections: &mut Sections) -> Option<KeptColumns> {
        let mut kept = KeptColumns {
            words: WordRows::of_kept(sections)?,
            entities: Arc::new(Rows::of_kept(sections)?),
            mentions: Counts::of_kept(sections)?,
            days: Days::of_kept(sections)?,
            columns: Columns {
                paths: Strings::of_kept(sections)?,
                sources: Sources::of_kept(sections)?,
                lengths: sections.numbers()?,
                sizes: sections.numbers()?,
                languages: sections.numbers()?,
                ids: Strings::of_kept(sections)?,
                hashes: sections.numbers()?,
                by_hash: Slab::default(),
            },
        };
        kept.columns.by_hash = sections.derived(|| in_order(&kept.columns.hashes))?;
        let len = kept.columns.lengths.len();
        let lengths = [
            kept.words.len(),
            kept.entities.len(),
            kept.days.len(),
            kept.columns.paths.len(),
            kept.columns.sources.len(),
            kept.columns.sizes.len(),
            kept.columns.languages.len(),
            kept.columns.ids.len(),
            kept.columns.hashes.len(),
            kept.columns.by_hash.len(),
        ];
        let fits = kept.mentions.len() == kept.entities.items();
        (fits && lengths.iter().all(|column| *column == len)).then_some(kept)
    }
}

impl KeptColumns {
    /// The segment whose articles `keeper` has.
    pub(in super::super) fn into_segment(
        self,
        keeper: Arc<dyn Keeper>,
        links: Lazy<Links>,
    ) -> Segment {
        let len = self.columns.lengths.len();
        let held = Kept::new(len, keeper, links, Arc::clone(&self.entities));
        Segment {
            first: 0,
            held: Held::Kept(Arc::new(held)),
            words: self.words,
            entities: self.entities,
            mentions: self.mentions,
            days: Arc::new(self.days),
            columns: Arc::new(self.columns),
            texts: Arc::new(OnceLock::new()),
        }
    }
}
