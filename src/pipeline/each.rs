//! A filter: documents in, each annotated by itself out, in the same order. Nothing here knows of
//! a second document, so any number of machines can share the work.
//!
//! The caller's thread reads and writes, since neither end of a pipe need be shareable; as many
//! threads as there are cores annotate.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use chrono::NaiveDate;

use crate::annotate::entity::Finder;
use crate::annotate::kept::{Mark, Record};
use crate::corpus::Unreadable;
use crate::ingest::{self, Outcome, Source};
use crate::pipeline::annotator::{Annotator, has_path};
use crate::pipeline::cores;

pub use crate::pipeline::annotator::Refused;

/// Documents between the reader and the writer: enough that no core waits for a long one, few
/// enough that memory stays that of a few documents.
const UNDER_WAY: usize = 256;

/// What one input gave.
#[derive(Debug)]
pub enum Item {
    /// An annotated document.
    Document(Box<Record>),
    /// What could not be read: as a line, and for the user.
    Refused(Refused, Unreadable),
}

/// Annotates what `sources` hold, one by one. Where a source is bytes named `-`, `input` is read
/// instead, as it comes. `encode` turns an item into what `emit` takes, on any thread.
///
/// # Errors
/// The first that `emit` gives; nothing is read after it.
pub fn annotate_each<T: Send>(
    sources: &[Source],
    input: &mut dyn Read,
    document_day: Option<NaiveDate>,
    encode: &(dyn Fn(Item) -> T + Sync),
    emit: &mut dyn FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let finder = Finder::embedded();
    let (work, todo) = mpsc::sync_channel::<(usize, Outcome)>(UNDER_WAY);
    let (done, results) = mpsc::sync_channel::<(usize, T)>(UNDER_WAY);
    let todo = Mutex::new(todo);
    thread::scope(|scope| {
        for _ in 0..cores() {
            let (done, todo, finder) = (done.clone(), &todo, &finder);
            scope.spawn(move || {
                let mut annotator = Annotator::new(finder, document_day);
                loop {
                    let next = todo.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, outcome)) = next else { return };
                    let item = match annotator.judge(outcome) {
                        Ok(annotated) => {
                            let has_path = has_path(&annotated.article.raw.path);
                            let mark = Mark::new(document_day);
                            Item::Document(Box::new(Record::of(&annotated, mark, has_path)))
                        }
                        Err(refused) => Item::Refused(Refused::of(&refused, document_day), refused),
                    };
                    if done.send((number, encode(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let mut order = Order {
            work,
            results,
            early: BTreeMap::new(),
            begun: 0,
            ended: 0,
            emit,
            failed: None,
        };
        read(sources, input, &mut order);
        order.finish()
    })
}

/// Hands out work and puts what comes back in order.
struct Order<'e, T> {
    work: SyncSender<(usize, Outcome)>,
    results: Receiver<(usize, T)>,
    early: BTreeMap<usize, T>,
    begun: usize,
    ended: usize,
    emit: &'e mut dyn FnMut(T) -> io::Result<()>,
    failed: Option<io::Error>,
}

impl<T> Order<'_, T> {
    fn add(&mut self, outcome: Outcome) {
        while self.failed.is_none() && self.begun - self.ended >= UNDER_WAY {
            match self.results.recv() {
                Ok(result) => self.take(result),
                Err(_) => return,
            }
        }
        while let Ok(result) = self.results.try_recv() {
            self.take(result);
        }
        if self.failed.is_none() && self.work.send((self.begun, outcome)).is_ok() {
            self.begun += 1;
        }
    }

    fn take(&mut self, (number, result): (usize, T)) {
        self.early.insert(number, result);
        while let Some(result) = self.early.remove(&self.ended) {
            self.ended += 1;
            if self.failed.is_none() {
                self.failed = (self.emit)(result).err();
            }
        }
    }

    fn finish(mut self) -> io::Result<()> {
        // the annotators end when there is no more to come
        let (closed, _) = mpsc::sync_channel(0);
        self.work = closed;
        while let Ok(result) = self.results.recv() {
            self.take(result);
        }
        self.failed.map_or(Ok(()), Err)
    }
}

fn read<T>(sources: &[Source], input: &mut dyn Read, order: &mut Order<'_, T>) {
    let found = ingest::discover(sources);
    for unreadable in found.unreadable {
        order.add(Outcome::Unreadable(unreadable));
    }
    let stopped = Cell::new(false);
    for file in &found.inputs {
        let mut sink = |outcome| {
            order.add(outcome);
            stopped.set(order.failed.is_some());
        };
        if file.file().is_none() && file.path() == "-" {
            let mut input = UntilStopped {
                input: &mut *input,
                stopped: &stopped,
            };
            ingest::read_from(file, &mut input, &mut sink);
        } else {
            ingest::read_input(file, &mut sink);
        }
        if stopped.get() {
            return;
        }
    }
}

/// A stream that ends when nobody listens any more.
struct UntilStopped<'r> {
    input: &'r mut dyn Read,
    stopped: &'r Cell<bool>,
}

impl Read for UntilStopped<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stopped.get() {
            return Ok(0);
        }
        self.input.read(buffer)
    }
}
