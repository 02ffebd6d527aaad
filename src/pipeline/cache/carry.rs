//! Documents on their way into a cache, where many come from an earlier one: groups of which all
//! are there still are copied as they are packed, and only what lies beside a change is taken
//! apart. Packing is what costs most of writing a cache.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::group::Groups;
use super::shelf::Reader;
use crate::annotate::kept::Record;
use crate::store::BlockWriter;

/// Writes documents in their order.
#[derive(Debug)]
pub(super) struct Documents {
    groups: Groups,
    earlier: Option<Arc<Reader>>,
    /// Documents of the earlier cache that are not written yet: the beginning of one group of it.
    waiting: Range<u32>,
}

impl Documents {
    /// Some documents may come from `earlier`; it is said of `most` of those that it has whether they
    /// will.
    pub(super) fn new(
        earlier: Option<Arc<Reader>>,
        most: bool,
        file: &mut BlockWriter,
    ) -> io::Result<Self> {
        let mut groups = Groups::default();
        if let Some(earlier) = earlier.as_ref().filter(|_| most) {
            groups.adopt(earlier, file)?;
        }
        Ok(Self {
            groups,
            earlier,
            waiting: 0..0,
        })
    }

    /// Adds a document.
    pub(super) fn add(&mut self, record: Record, file: &mut BlockWriter) -> io::Result<()> {
        self.take_apart(file)?;
        self.groups.add(record, file)
    }

    /// Adds a document of the earlier cache.
    pub(super) fn keep(&mut self, id: u32, file: &mut BlockWriter) -> io::Result<()> {
        if id != self.waiting.end {
            self.take_apart(file)?;
        }
        if self.waiting.is_empty() {
            self.waiting = id..id;
        }
        self.waiting.end = id.saturating_add(1);
        let earlier = self.earlier.as_ref().ok_or_else(damaged)?;
        let Some(group) = earlier.group_from(self.waiting.start) else {
            // from the middle of a group
            return self.take_apart(file);
        };
        if self.waiting.end < group.documents.end {
            return Ok(());
        }
        if !Groups::is_full(earlier, &group) || !self.groups.adopt(earlier, file)? {
            return self.take_apart(file);
        }
        self.groups.copy(earlier, &group, file)?;
        self.waiting = group.documents.end..group.documents.end;
        Ok(())
    }

    /// Adds those that wait one by one.
    fn take_apart(&mut self, file: &mut BlockWriter) -> io::Result<()> {
        let waiting = self.waiting.clone();
        self.waiting = waiting.end..waiting.end;
        for id in waiting {
            let earlier = self.earlier.as_ref().ok_or_else(damaged)?;
            let record = earlier.record(id).ok_or_else(damaged)?;
            self.groups.add(record, file)?;
        }
        Ok(())
    }

    /// Writes what is left; gives the first document of each group.
    pub(super) fn finish(mut self, file: &mut BlockWriter) -> io::Result<Vec<u32>> {
        self.take_apart(file)?;
        self.groups.finish(file)
    }
}

fn damaged() -> io::Error {
    io::Error::other("a document of the earlier cache is damaged")
}
