//! A posting list as bytes: which documents hold a word, and how often.
//!
//! ```text
//! list  = count, entry                          one document
//!       | count, last, skips, { skip }, { entry }
//! entry = gap << 3 | class of the frequency
//! skip  = document before an entry (u32), where that entry is in the entries (u32)
//! ```
//!
//! Numbers are varints (7 bits a byte, low ones first) but for those of skips, which are
//! little-endian. Documents count from the first of the run; a gap is the documents left out since
//! the one before. Any bytes can be read without a panic; damaged ones give other documents.

/// Bytes of entries between two skips, at least.
const BETWEEN_SKIPS: usize = 128;

/// How often a word of each class occurs in a document, in the middle.
pub const FREQUENCIES: [f32; 8] = [1.0, 2.0, 3.0, 4.0, 5.5, 8.0, 12.0, 20.0];

/// The class of a frequency.
pub(super) fn class_of(frequency: u32) -> u8 {
    match frequency {
        0 | 1 => 0,
        2 => 1,
        3 => 2,
        4 => 3,
        5 | 6 => 4,
        7..=9 => 5,
        10..=15 => 6,
        _ => 7,
    }
}

/// A document of a list, and the class of the word's frequency in it ([`FREQUENCIES`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Number of the article.
    pub document: u32,
    /// Class of the frequency.
    pub class: u8,
}

/// One word's documents in one run.
#[derive(Clone, Copy, Debug)]
pub struct Postings<'r> {
    /// Number of the run's first document.
    first: u32,
    list: List<'r>,
}

impl<'r> Postings<'r> {
    pub(super) fn new(first: u32, bytes: &'r [u8]) -> Option<Self> {
        let list = List::read(bytes)?;
        Some(Self { first, list })
    }

    /// How many documents there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.list.count
    }

    /// Visits all documents in order.
    pub fn each(&self, mut visit: impl FnMut(Posting)) {
        let mut next = self.first;
        let mut entries = self.list.entries.iter();
        while let Some(entry) = read_varint(&mut entries) {
            let document = next.wrapping_add(entry >> 3);
            next = document.wrapping_add(1);
            visit(Posting {
                document,
                class: class_in(entry),
            });
        }
    }

    /// The documents, from the first on, to be asked for one after the other.
    #[must_use]
    pub fn cursor(&self) -> Cursor<'r> {
        Cursor {
            postings: *self,
            next: self.first,
            at: 0,
        }
    }
}

/// A way through a list that can leap.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'r> {
    postings: Postings<'r>,
    /// The first document that the next entry may be.
    next: u32,
    /// Where the next entry is.
    at: usize,
}

impl Cursor<'_> {
    /// The class of the word's frequency in a document; `None` where the word is not. Documents
    /// are asked for in rising order.
    pub fn find(&mut self, document: u32) -> Option<u8> {
        let Postings { first, list } = self.postings;
        if document > self.next.saturating_add(64) {
            let before = |skip: Skip| first.wrapping_add(skip.document) < document;
            let leap = list.last_skip(before).filter(|skip| skip.at > self.at);
            if let Some(skip) = leap {
                self.at = skip.at;
                self.next = first.wrapping_add(skip.document).wrapping_add(1);
            }
        }
        loop {
            let mut entries = list.entries.get(self.at..)?.iter();
            let entry = read_varint(&mut entries)?;
            let here = self.next.wrapping_add(entry >> 3);
            if here > document {
                return None;
            }
            self.at = list.entries.len() - entries.as_slice().len();
            self.next = here.wrapping_add(1);
            if here == document {
                return Some(class_in(entry));
            }
        }
    }
}

fn class_in(entry: u32) -> u8 {
    u8::try_from(entry & 7).unwrap_or(0)
}

/// A place to leap to: the document before the entry at `at`.
#[derive(Clone, Copy, Debug)]
struct Skip {
    document: u32,
    at: usize,
}

/// A list, taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'r> {
    count: u32,
    /// The last document.
    last: u32,
    skips: &'r [u8],
    entries: &'r [u8],
}

impl<'r> List<'r> {
    pub(super) fn read(bytes: &'r [u8]) -> Option<Self> {
        let mut rest = bytes.iter();
        let count = read_varint(&mut rest)?;
        if count == 1 {
            let entries = rest.as_slice();
            let last = read_varint(&mut rest)? >> 3;
            return Some(Self {
                count,
                last,
                skips: &[],
                entries,
            });
        }
        let last = read_varint(&mut rest)?;
        let skips = usize::try_from(read_varint(&mut rest)?).ok()?;
        let (skips, entries) = rest.as_slice().split_at_checked(skips.checked_mul(8)?)?;
        Some(Self {
            count,
            last,
            skips,
            entries,
        })
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    fn skip(&self, number: usize) -> Option<Skip> {
        let (skip, _) = self.skips.as_chunks::<8>();
        let (document, at) = skip.get(number)?.split_first_chunk::<4>()?;
        Some(Skip {
            document: u32::from_le_bytes(*document),
            at: usize::try_from(u32::from_le_bytes(at.try_into().ok()?)).ok()?,
        })
    }

    /// The last skip of those that `before` holds for, which are the first ones.
    fn last_skip(&self, before: impl Fn(Skip) -> bool) -> Option<Skip> {
        let (mut low, mut high) = (0, self.skips.len() / 8);
        while low < high {
            let middle = low.midpoint(high);
            if self.skip(middle).is_some_and(&before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.skip(low.checked_sub(1)?)
    }
}

/// A list that is being written.
#[derive(Debug, Default)]
pub(super) struct ListWriter {
    count: u32,
    /// The first document that may come next.
    next: u32,
    skips: Vec<u8>,
    /// Where the last skip leads.
    skipped: usize,
    entries: Vec<u8>,
}

impl ListWriter {
    /// Adds a document, counted from the first of the run, behind all that were added.
    pub(super) fn push(&mut self, document: u32, class: u8) {
        self.may_skip(self.entries.len());
        let gap = document.saturating_sub(self.next);
        write_varint(&mut self.entries, gap << 3 | u32::from(class));
        self.next = document + 1;
        self.count += 1;
    }

    fn may_skip(&mut self, at: usize) {
        if at >= self.skipped + BETWEEN_SKIPS {
            let before = self.next.saturating_sub(1);
            self.skips.extend(before.to_le_bytes());
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            self.skips.extend(at.to_le_bytes());
            self.skipped = at as usize;
        }
    }

    /// Adds a list whose documents count from `shift` on, behind all that were added. Only its
    /// first entry is written anew.
    pub(super) fn append(&mut self, list: &List<'_>, shift: u32) {
        let mut rest = list.entries.iter();
        let Some(entry) = read_varint(&mut rest) else {
            return;
        };
        self.push((entry >> 3).saturating_add(shift), class_in(entry));
        let rest = rest.as_slice();
        let (old, new) = (list.entries.len() - rest.len(), self.entries.len());
        for number in 0..list.skips.len() / 8 {
            if let Some(skip) = list.skip(number) {
                self.next = skip.document.saturating_add(shift).saturating_add(1);
                self.may_skip((skip.at + new).saturating_sub(old));
            }
        }
        self.entries.extend_from_slice(rest);
        self.next = list.last.saturating_add(shift).saturating_add(1);
        self.count += list.count.saturating_sub(1);
    }

    /// Writes the list behind `out` and is empty again.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        write_varint(out, self.count);
        if self.count != 1 {
            write_varint(out, self.next.saturating_sub(1));
            let skips = u32::try_from(self.skips.len() / 8).unwrap_or(0);
            write_varint(out, skips);
            out.extend_from_slice(&self.skips);
        }
        out.extend_from_slice(&self.entries);
        (self.count, self.next, self.skipped) = (0, 0, 0);
        self.skips.clear();
        self.entries.clear();
    }
}

pub(super) fn write_varint(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

#[inline]
pub(super) fn read_varint(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let first = *bytes.next()?;
    if first < 0x80 {
        return Some(u32::from(first));
    }
    let mut number = u32::from(first & 0x7f);
    for shift in [7, 14, 21, 28] {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(documents: &[(u32, u8)]) -> Vec<u8> {
        let mut writer = ListWriter::default();
        for (document, class) in documents {
            writer.push(*document, *class);
        }
        let mut bytes = Vec::new();
        writer.finish(&mut bytes);
        bytes
    }

    fn read(first: u32, bytes: &[u8]) -> Vec<(u32, u8)> {
        let mut found = Vec::new();
        if let Some(postings) = Postings::new(first, bytes) {
            postings.each(|p| found.push((p.document, p.class)));
        }
        found
    }

    fn some_documents() -> impl Strategy<Value = Vec<(u32, u8)>> {
        prop::collection::vec((prop_oneof![0..4u32, 0..5000u32], 0..8u8), 1..400).prop_map(|gaps| {
            let mut next = 0;
            gaps.into_iter()
                .map(|(gap, class)| {
                    let document = next + gap;
                    next = document + 1;
                    (document, class)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_found(documents in some_documents(), every in 1..20usize) {
            let bytes = written(&documents);
            let shifted: Vec<_> = documents.iter().map(|(d, c)| (d + 7, *c)).collect();
            prop_assert_eq!(read(7, &bytes), &shifted[..]);
            let mut cursor = Postings::new(7, &bytes).unwrap().cursor();
            for (document, class) in shifted.iter().step_by(every) {
                prop_assert_eq!(cursor.find(*document), Some(*class));
            }
            let mut cursor = Postings::new(0, &bytes).unwrap().cursor();
            for document in (0..20_000u32).step_by(every * 7) {
                let there = documents.iter().find(|(d, _)| *d == document).map(|(_, c)| *c);
                prop_assert_eq!(cursor.find(document), there);
            }
        }

        #[test]
        fn lists_behind_each_other_are_one_list(a in some_documents(), b in some_documents(), gap in 0..99u32) {
            let shift = a.last().unwrap().0 + 1 + gap;
            let (first, second) = (written(&a), written(&b));
            let mut writer = ListWriter::default();
            writer.append(&List::read(&first).unwrap(), 0);
            writer.append(&List::read(&second).unwrap(), shift);
            let mut bytes = Vec::new();
            writer.finish(&mut bytes);
            let all: Vec<_> = a.iter().copied().chain(b.iter().map(|(d, c)| (d + shift, *c))).collect();
            prop_assert_eq!(read(0, &bytes), &all[..]);
            let postings = Postings::new(0, &bytes).unwrap();
            prop_assert_eq!(postings.count() as usize, all.len());
            for (document, class) in all {
                prop_assert_eq!(postings.cursor().find(document), Some(class));
            }
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..80), document: u32) {
            read(3, &bytes);
            if let Some(postings) = Postings::new(9, &bytes) {
                postings.cursor().find(document);
            }
        }
    }
}
