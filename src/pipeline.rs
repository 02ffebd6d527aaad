//! ingest → annotate → corpus → link, with progress and cancellation. The command line and the screen
//! both load through here.
//!
//! One thread reads, as many as there are cores annotate, the caller's thread puts the articles
//! back in reading order and publishes a snapshot whenever a few milliseconds of them have come.

mod annotator;
pub mod each;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::annotate::entity::Finder;
use chrono::NaiveDate;

use crate::annotate::date;
use crate::annotate::date::corpus::{Evidence, date_documents};
use crate::annotate::document::Annotated;
use crate::corpus::{Corpus, Unreadable};
use crate::ingest::{self, Outcome, Source};
use crate::link::{self, LinkMode};
use crate::pipeline::annotator::Annotator;
use crate::repair::Repairs;

/// How long articles may wait before they are published. Short enough to look alive, long enough
/// that a query over the new snapshot is not asked for every file.
const PUBLISH_EVERY: Duration = Duration::from_millis(60);

/// How many documents may wait between reading and annotating: bounds memory, not speed.
const READ_AHEAD: usize = 256;

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// What the status line calls the corpus.
    pub name: String,
    /// Files, folders, bytes.
    pub sources: Vec<Source>,
    /// The day that the user fixed for all documents (`--dct`).
    pub document_day: Option<NaiveDate>,
    /// Which links between names hold.
    pub links: LinkMode,
    /// What the user set right about names.
    pub repairs: Arc<Repairs>,
}

/// What a load has to say while it runs.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Everything loaded so far.
    pub corpus: Arc<Corpus>,
    /// Inputs (files) whose reading has begun.
    pub inputs_read: usize,
    /// Inputs in all, once they have been counted.
    pub inputs: Option<usize>,
    /// Whether this is the last word.
    pub finished: bool,
}

/// Something numbered in reading order.
type Numbered<T> = (usize, T);

/// A document, or why there is none.
type Judged = Result<Annotated, Unreadable>;

/// Counters that the reading thread keeps for the progress line.
#[derive(Default)]
struct Counters {
    inputs: AtomicUsize,
    counted: AtomicBool,
    inputs_read: AtomicUsize,
}

/// Loads everything that `request` names, calling `publish` with growing snapshots and, last, with
/// the finished one. Stops early, without a last word, when `cancelled` becomes true.
pub fn load(request: &Request, cancelled: &AtomicBool, publish: &mut dyn FnMut(Progress)) {
    let finder = Finder::embedded();
    let counters = Counters::default();
    let (raw_sender, raw_receiver) = mpsc::sync_channel(READ_AHEAD);
    let raw_receiver = Mutex::new(raw_receiver);
    let (sender, receiver) = mpsc::sync_channel(READ_AHEAD);
    thread::scope(|scope| {
        let counters = &counters;
        scope.spawn(move || read(request, cancelled, counters, &raw_sender));
        for _ in 0..cores() {
            let (sender, raw_receiver, finder) = (sender.clone(), &raw_receiver, &finder);
            scope.spawn(move || {
                annotate_all(request, cancelled, finder, raw_receiver, &sender);
            });
        }
        drop(sender);
        collect(request, cancelled, &finder, counters, &receiver, publish);
        // whoever still waits to send learns from the closed channel that nobody listens
        drop(receiver);
    });
}

/// How many threads annotate.
fn cores() -> usize {
    thread::available_parallelism()
        .map_or(2, NonZero::get)
        .clamp(1, 16)
}

/// Loads everything and gives the finished corpus.
#[must_use]
pub fn load_all(request: &Request) -> Arc<Corpus> {
    let mut last = Arc::new(Corpus::new(&request.name));
    load(request, &AtomicBool::new(false), &mut |progress| {
        last = progress.corpus;
    });
    last
}

fn read(
    request: &Request,
    cancelled: &AtomicBool,
    counters: &Counters,
    sender: &SyncSender<Numbered<Outcome>>,
) {
    let found = ingest::discover(&request.sources);
    counters.inputs.store(found.inputs.len(), Ordering::Relaxed);
    counters.counted.store(true, Ordering::Relaxed);
    let mut number = 0;
    let mut open = true;
    for unreadable in found.unreadable {
        let outcome = Outcome::Unreadable(unreadable);
        open = open && sender.send((number, outcome)).is_ok();
        number += 1;
    }
    for input in &found.inputs {
        counters.inputs_read.fetch_add(1, Ordering::Relaxed);
        ingest::read_input(input, &mut |outcome| {
            open = open
                && !cancelled.load(Ordering::Relaxed)
                && sender.send((number, outcome)).is_ok();
            number += 1;
        });
        if !open {
            return;
        }
    }
}

fn annotate_all(
    request: &Request,
    cancelled: &AtomicBool,
    finder: &Finder,
    receiver: &Mutex<Receiver<Numbered<Outcome>>>,
    sender: &SyncSender<Numbered<Judged>>,
) {
    let mut annotator = Annotator::new(finder, request.document_day);
    loop {
        let next = receiver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok((number, item)) = next else { return };
        if cancelled.load(Ordering::Relaxed) {
            // drain: the reading thread may wait for a place in the channel
            continue;
        }
        // the receiver goes only after a cancellation
        let _ = sender.send((number, annotator.judge(item)));
    }
}

/// The corpus with the days that only all documents together tell: stories that share names,
/// sentences or events lend each other theirs, and what hangs on a day is resolved anew.
fn dated_by_each_other(corpus: &Corpus, evidence: &[Evidence]) -> Corpus {
    let mut changes = Vec::new();
    for ((id, article), day) in corpus.articles().zip(date_documents(evidence)) {
        let says_nothing = day.day.is_none() && day.clues.is_empty() && day.candidates.is_empty();
        let now = (!says_nothing).then_some(day);
        if now != article.day {
            let timexes = date::resolve(&article.raw, article.language, now.as_ref());
            changes.push((id, now, timexes));
        }
    }
    corpus.redated(changes)
}

fn collect(
    request: &Request,
    cancelled: &AtomicBool,
    finder: &Finder,
    counters: &Counters,
    receiver: &Receiver<Numbered<Judged>>,
    publish: &mut dyn FnMut(Progress),
) {
    let mut corpus = Arc::new(Corpus::new(&request.name));
    let mut early: BTreeMap<usize, Judged> = BTreeMap::new();
    let mut evidence = Vec::new();
    let mut next = 0;
    let mut articles = Vec::new();
    let mut unreadable = Vec::new();
    // the first article goes out by itself, so that there is something to read at once
    let mut due = Instant::now();
    while let Ok((number, item)) = receiver.recv() {
        if cancelled.load(Ordering::Relaxed) {
            return;
        }
        early.insert(number, item);
        while let Some(item) = early.remove(&next) {
            next += 1;
            match item {
                Ok(annotated) => {
                    articles.push(annotated.article);
                    evidence.push(annotated.evidence);
                }
                Err(reason) => unreadable.push(reason),
            }
        }
        if Instant::now() >= due && !(articles.is_empty() && unreadable.is_empty()) {
            corpus = Arc::new(corpus.with(
                std::mem::take(&mut articles),
                std::mem::take(&mut unreadable),
            ));
            publish(progress(&corpus, counters, false));
            due = Instant::now() + PUBLISH_EVERY;
        }
    }
    if cancelled.load(Ordering::Relaxed) {
        return;
    }
    if !(articles.is_empty() && unreadable.is_empty()) {
        corpus = Arc::new(corpus.with(articles, unreadable));
    }
    // only who has seen all articles can say which names are one
    corpus = Arc::new(link::linked(
        &corpus,
        finder,
        &request.repairs,
        request.links,
    ));
    corpus = Arc::new(dated_by_each_other(&corpus, &evidence));
    publish(progress(&corpus, counters, true));
}

fn progress(corpus: &Arc<Corpus>, counters: &Counters, finished: bool) -> Progress {
    Progress {
        corpus: Arc::clone(corpus),
        inputs_read: counters.inputs_read.load(Ordering::Relaxed),
        inputs: counters
            .counted
            .load(Ordering::Relaxed)
            .then(|| counters.inputs.load(Ordering::Relaxed)),
        finished,
    }
}
