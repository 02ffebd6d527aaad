//! A batch of documents → its run.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::columns::as_u32;
use crate::corpus::fulltext::beside::{Joint, Neighbours};
use crate::corpus::fulltext::length;
use crate::corpus::fulltext::lists::Made;
use crate::corpus::fulltext::pairs::{self, Pair};
use crate::corpus::fulltext::postings::{ListWriter, class_of};
use crate::corpus::fulltext::run::{Parts, Run};
use crate::corpus::fulltext::sound::sounds_of;
use crate::corpus::fulltext::sounding::Sound;
use crate::corpus::fulltext::token::{key, tokens};
use crate::corpus::lexicon::Growing;
use crate::text::fold::fold;

/// How often a word in the title counts: it says what the document is about.
const IN_TITLE: u32 = 3;

/// What the index wants to know of a document.
#[derive(Clone, Debug)]
pub struct Document<'d> {
    /// The folded title, a NUL, the folded body.
    pub text: &'d str,
    /// The names in it, as they are written there.
    pub names: Vec<&'d str>,
}

/// A word of the batch.
struct Local<'d> {
    text: &'d str,
    /// The last document that it was seen in, from 1.
    seen: u32,
    /// Where it is in the list of that document's words.
    at: usize,
    documents: u32,
    is_name: bool,
}

/// The words of a batch, numbered as they come.
#[derive(Default)]
struct Batch<'d> {
    numbers: FxHashMap<&'d str, u32>,
    words: Vec<Local<'d>>,
    /// Word, document, class of the frequency; by document.
    entries: Vec<(u32, u32, u8)>,
    /// Two words side by side, what joins them, document.
    beside: Vec<(u32, u32, Joint, u32)>,
}

/// The run of documents that follow `first` others; new words get the next numbers.
pub(super) fn build<'d>(
    first: u32,
    documents: impl Iterator<Item = Document<'d>>,
    words: &mut Growing<'_>,
) -> Option<Run> {
    let mut batch = Batch::default();
    let mut lengths = Vec::new();
    let mut total = 0u64;
    let mut names = FxHashSet::default();
    for (number, document) in (0u32..).zip(documents) {
        let length = batch.add(number, document.text);
        lengths.push(length::class_of(length));
        total += u64::from(length);
        names.extend(document.names);
    }
    for name in names {
        let folded = fold(name);
        for word in tokens(&folded).filter_map(|range| folded.get(range)) {
            let number = batch.numbers.get(key(word));
            let word = number.and_then(|n| batch.words.get_mut(*n as usize));
            if let Some(word) = word {
                word.is_name = true;
            }
        }
    }
    batch.finish(first, total, lengths, words)
}

impl<'d> Batch<'d> {
    /// Counts a document's words; gives how many there are.
    fn add(&mut self, document: u32, text: &'d str) -> u32 {
        let title_end = text.find('\0').unwrap_or(0);
        let mut counts: Vec<(u32, u32)> = Vec::with_capacity(256);
        let mut length = 0u32;
        let mut neighbours = Neighbours::default();
        for range in tokens(text) {
            let weight = if range.start < title_end { IN_TITLE } else { 1 };
            let word = key(text.get(range.clone()).unwrap_or(""));
            let next = as_u32(self.words.len());
            let number = *self.numbers.entry(word).or_insert(next);
            if number == next {
                self.words.push(Local {
                    text: word,
                    seen: 0,
                    at: 0,
                    documents: 0,
                    is_name: false,
                });
            }
            let beside = &mut self.beside;
            neighbours.next(text, number, &range, |before, joint| {
                beside.push((before, number, joint, document));
            });
            length = length.saturating_add(1);
            let Some(local) = self.words.get_mut(number as usize) else {
                continue;
            };
            if local.seen != document + 1 {
                (local.seen, local.at) = (document + 1, counts.len());
                local.documents += 1;
                counts.push((number, 0));
            }
            if let Some((_, count)) = counts.get_mut(local.at) {
                *count = count.saturating_add(weight);
            }
        }
        let entries = counts.into_iter();
        self.entries
            .extend(entries.map(|(word, count)| (word, document, class_of(count))));
        length
    }

    fn finish(
        self,
        first: u32,
        tokens: u64,
        lengths: Vec<u8>,
        words: &mut Growing<'_>,
    ) -> Option<Run> {
        let known = as_u32(words.known());
        let mut sounds: Vec<Sound> = Vec::new();
        // words in the order of their numbers in the corpus
        let mut order: Vec<(u32, u32)> = Vec::with_capacity(self.words.len());
        for (local, word) in (0u32..).zip(&self.words) {
            let number = words.intern(word.text);
            if number >= known || word.is_name {
                let heard = sounds_of(word.text).into_iter();
                sounds.extend(heard.map(|sound| (sound, number << 1 | u32::from(word.is_name))));
            }
            order.push((number, local));
        }
        let number = |local: u32| order.get(local as usize).map_or(0, |(number, _)| *number);
        let seen = self.beside.iter().map(|(before, behind, joint, document)| {
            let pair = Pair::new(number(*before), number(*behind), *joint);
            (pair, *document)
        });
        let seen = seen.collect();
        order.sort_unstable();
        sounds.sort_unstable();
        sounds.dedup();
        let places = self.by_word(&order);
        let mut lists = Vec::with_capacity(self.entries.len() * 2);
        let (mut numbers, mut ends) = (Vec::new(), Vec::new());
        let mut writer = ListWriter::default();
        let mut rest = places.as_slice();
        for (number, local) in order {
            let count = self.words.get(local as usize).map_or(0, |w| w.documents);
            let (own, others) = rest.split_at_checked(count as usize)?;
            rest = others;
            for (document, class) in own {
                writer.push(*document, *class);
            }
            writer.finish(&mut lists);
            numbers.push(number);
            ends.push(as_u32(lists.len()));
        }
        let parts = Parts {
            first,
            tokens,
            lists: Made {
                numbers,
                ends,
                lists,
            },
            sounds,
            pairs: pairs::unknown(as_u32(lengths.len())),
            lengths,
        };
        Some(Run::of(parts).with_pending(seen))
    }

    /// The entries by word in this order, then by document.
    fn by_word(&self, order: &[(u32, u32)]) -> Vec<(u32, u8)> {
        let mut starts = vec![0usize; self.words.len()];
        let mut at = 0;
        for (_, local) in order {
            let local = *local as usize;
            if let (Some(start), Some(word)) = (starts.get_mut(local), self.words.get(local)) {
                *start = at;
                at += word.documents as usize;
            }
        }
        let mut places = vec![(0, 0); self.entries.len()];
        for (word, document, class) in &self.entries {
            if let Some(start) = starts.get_mut(*word as usize) {
                if let Some(place) = places.get_mut(*start) {
                    *place = (*document, *class);
                }
                *start += 1;
            }
        }
        places
    }
}
