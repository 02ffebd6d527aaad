//! Writes a cache beside a load: documents as they come, the rest when all are there.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::carry::Documents;
use super::shelf::{Reader, Redated};
use super::survey::Identity;
use super::{BUILD, Place, Saving, kind, titles};
use crate::annotate::document::Annotated;
use crate::annotate::kept::{Day, KeptTimex, Mark, Record};
use crate::corpus::{Article, ArticleId, Corpus, Form, Sink, When};
use crate::pipeline::Request;
use crate::store::BlockWriter;

/// Articles from which on the corpus' columns are read in place, not unpacked: it takes more room
/// on the disk, and no time to open.
const READ_IN_PLACE: usize = 20_000;

/// Documents of a block of days that documents have from each other.
const REDATED: usize = 128;

/// Documents that may wait to be packed.
const WAITING: usize = 256;

/// A document on its way into the cache.
#[derive(Debug)]
pub(in super::super) enum Entry {
    /// Annotated just now.
    New(Box<Record>),
    /// One of the cache that was there before, by its id.
    Kept(u32),
}

impl Entry {
    pub(in super::super) fn of(annotated: &Annotated, request: &Request) -> Self {
        let mark = Mark::new(request.document_day);
        Self::New(Box::new(Record::of_article(&annotated.article, mark, true)))
    }
}

/// What a document's annotations depend on: its bytes, its id and its path, in which a date may
/// stand.
pub(in super::super) fn key_of((sha256, id, path): (&[u8; 32], &str, &str)) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(sha256);
    for part in [id, path] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut key = [0; 16];
    key.iter_mut()
        .zip(hash.finalize())
        .for_each(|(to, from)| *to = from);
    key
}

/// What one input gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Outcome {
    /// As it was shown.
    pub(in super::super) path: String,
    pub(in super::super) identity: Option<Identity>,
    pub(in super::super) documents: u32,
    /// Path and reason of each that could not be read.
    pub(in super::super) refused: Vec<(String, String)>,
}

/// What a cache came from.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Origin {
    /// What the links were made by.
    pub(super) links: u64,
    /// Whether the user said something about the days of documents.
    pub(super) days_said: bool,
    /// The first document of each group.
    pub(super) firsts: Vec<u32>,
    /// The first document of each block of days that documents have from each other.
    pub(super) redated: Vec<u32>,
}

/// The inputs that a cache came from: needed to tell whether anything changed, not to show it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Inputs {
    pub(super) inputs: Vec<Outcome>,
    /// What could not be tried to read.
    pub(super) unreadable: Vec<(String, String)>,
}

/// Everything that is known at the end.
struct Rest {
    corpus: Arc<Corpus>,
    redated: Vec<Article>,
    ids: Vec<ArticleId>,
    links: u64,
    days_said: bool,
    inputs: Vec<Outcome>,
    unreadable: Vec<(String, String)>,
}

enum Order {
    Add(Entry),
    Finish(Box<Rest>),
}

/// Hands what shall be kept to a thread that packs and writes it. A load that ends early leaves
/// nothing.
#[derive(Debug)]
pub(in super::super) struct Writer {
    orders: SyncSender<Order>,
    saving: Saving,
}

impl Writer {
    /// Documents may come from `earlier`, most of those that it has if `most` says so.
    pub(in super::super) fn start(place: &Place, earlier: Option<Arc<Reader>>, most: bool) -> Self {
        let (orders, inbox) = mpsc::sync_channel(WAITING);
        let place = place.clone();
        let thread = thread::spawn(move || write(&place, earlier, most, &inbox));
        Self {
            orders,
            saving: Saving::new(thread),
        }
    }

    /// Adds the next document. Where writing has failed nothing happens.
    pub(in super::super) fn add(&self, entry: Entry) {
        // whoever waits for the end hears why nobody listens
        let _ = self.orders.send(Order::Add(entry));
    }

    /// Completes the cache: the corpus, the articles whose days come from others, what all came
    /// from.
    pub(in super::super) fn finish(
        self,
        request: &Request,
        corpus: &Arc<Corpus>,
        ids: Vec<ArticleId>,
        inputs: Vec<Outcome>,
        unreadable: Vec<(String, String)>,
    ) -> Saving {
        let redated = ids.iter().filter_map(|id| corpus.article(*id).cloned());
        let rest = Rest {
            corpus: Arc::clone(corpus),
            redated: redated.collect(),
            ids,
            links: links_key(request),
            days_said: says_days(request),
            inputs,
            unreadable,
        };
        let _ = self.orders.send(Order::Finish(Box::new(rest)));
        self.saving
    }
}

/// Names what the links of a corpus depend on beside its documents.
pub(super) fn links_key(request: &Request) -> u64 {
    let repairs: Vec<_> = request.repairs.iter().collect();
    let all = format!("{:?} {repairs:?}", request.links);
    twox_hash::XxHash3_64::oneshot(all.as_bytes())
}

/// Whether the user says something about the days of documents.
pub(super) fn says_days(request: &Request) -> bool {
    let mut repairs = request.repairs.iter();
    repairs.any(|repair| repair.document().is_some())
}

fn write(
    place: &Place,
    earlier: Option<Arc<Reader>>,
    most: bool,
    inbox: &Receiver<Order>,
) -> io::Result<()> {
    let mut file = BlockWriter::create(&place.file, BUILD)?;
    let mut documents = Documents::new(earlier, most, &mut file)?;
    while let Ok(order) = inbox.recv() {
        match order {
            Order::Add(Entry::New(record)) => documents.add(*record, &mut file)?,
            Order::Add(Entry::Kept(id)) => documents.keep(id, &mut file)?,
            Order::Finish(rest) => {
                let firsts = documents.finish(&mut file)?;
                return finish(file, *rest, firsts);
            }
        }
    }
    // the load ended early
    Ok(())
}

fn finish(mut file: BlockWriter, rest: Rest, firsts: Vec<u32>) -> io::Result<()> {
    let form = match rest.corpus.len() {
        READ_IN_PLACE.. => Form::InPlace,
        _ => Form::Packed,
    };
    let mut add = |section: &[u8], when: When| match (when, form) {
        (When::Asked, _) => file.add(kind::LATE, section),
        (When::Shared, Form::InPlace) => file.add_plain(kind::HASHES, section),
        (When::Shared, Form::Packed) => file.add(kind::HASHES, section),
        (When::Opening, Form::InPlace) => file.add_plain(kind::CORPUS, section),
        (When::Opening, Form::Packed) => file.add(kind::CORPUS, section),
    };
    rest.corpus.keep(&mut Sink::new(form, &mut add))?;
    titles::write(&rest.corpus, &mut file)?;
    let documents: Vec<(&ArticleId, &Article)> = rest.ids.iter().zip(&rest.redated).collect();
    let mut redated = Vec::new();
    for group in documents.chunks(REDATED) {
        let changes = group.iter().map(|(id, article)| Redated {
            id: id.0,
            day: article.day.as_ref().map(Day::of),
            timexes: article.timexes.iter().map(KeptTimex::of).collect(),
        });
        let changes: Vec<Redated> = changes.collect();
        redated.extend(changes.first().map(|change| change.id));
        let block = postcard::to_stdvec(&changes).map_err(io::Error::other)?;
        file.add(kind::REDATED, &block)?;
    }
    let earlier = postcard::to_stdvec(&**rest.corpus.earlier()).map_err(io::Error::other)?;
    file.add(kind::EARLIER, &earlier)?;
    let inputs = Inputs {
        inputs: rest.inputs,
        unreadable: rest.unreadable,
    };
    let inputs = postcard::to_stdvec(&inputs).map_err(io::Error::other)?;
    file.add(kind::INPUTS, &inputs)?;
    let origin = Origin {
        links: rest.links,
        days_said: rest.days_said,
        firsts,
        redated,
    };
    let origin = postcard::to_stdvec(&origin).map_err(io::Error::other)?;
    file.add(kind::ORIGIN, &origin)?;
    file.finish()
}
