//! ingest → annotate → corpus → link, with progress and cancellation. The command line and the screen
//! both load through here.
//!
//! One thread reads, as many as there are cores annotate, the caller's thread puts the articles
//! back in reading order and publishes a snapshot whenever a few milliseconds of them have come.

mod correct;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::annotate::entity::Finder;
use chrono::NaiveDate;

use crate::annotate::date::corpus::Evidence;
use crate::annotate::{date, language, title};
use crate::corpus::{Article, Corpus, RawDocument, Unreadable};
use crate::duplicate;
use crate::ingest::{self, Outcome, Source};
use crate::link::LinkMode;
use crate::repair::Repairs;

pub use correct::{Corrector, SET_BY_YOU};

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
    /// With the last word: what makes the corpus anew when the user sets something right.
    pub corrector: Option<Arc<Corrector>>,
}

/// A document or its failure, numbered in reading order.
type Numbered<T> = (usize, Result<T, Unreadable>);

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
    let annotators = thread::available_parallelism()
        .map_or(2, NonZero::get)
        .clamp(1, 16);
    thread::scope(|scope| {
        let counters = &counters;
        scope.spawn(move || read(request, cancelled, counters, &raw_sender));
        for _ in 0..annotators {
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
    sender: &SyncSender<Numbered<RawDocument>>,
) {
    let found = ingest::discover(&request.sources);
    counters.inputs.store(found.inputs.len(), Ordering::Relaxed);
    counters.counted.store(true, Ordering::Relaxed);
    let mut number = 0;
    let mut open = true;
    for unreadable in found.unreadable {
        open = open && sender.send((number, Err(unreadable))).is_ok();
        number += 1;
    }
    for input in &found.inputs {
        counters.inputs_read.fetch_add(1, Ordering::Relaxed);
        ingest::read_input(input, &mut |outcome| {
            let item = match outcome {
                Outcome::Document(raw) => Ok(*raw),
                Outcome::Unreadable(unreadable) => Err(unreadable),
            };
            open =
                open && !cancelled.load(Ordering::Relaxed) && sender.send((number, item)).is_ok();
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
    receiver: &Mutex<Receiver<Numbered<RawDocument>>>,
    sender: &SyncSender<Numbered<Annotated>>,
) {
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
        let item = item.map(|raw| annotate(raw, finder, options(request)));
        // the receiver goes only after a cancellation
        let _ = sender.send((number, item));
    }
}

fn options(request: &Request) -> date::Options {
    date::Options {
        document_day: request.document_day,
    }
}

/// An article, and what it says that may date others.
struct Annotated {
    article: Article,
    evidence: Evidence,
}

/// Everything that can be said of one document by itself.
fn annotate(raw: RawDocument, finder: &Finder, options: date::Options) -> Annotated {
    let (language, _) = language::identify(&raw.text, raw.metadata.language.as_deref());
    let title = title::title_of(&raw);
    let mentions = finder.find(&raw, language);
    let (day, timexes) = date::annotate(&raw, language, options);
    let evidence = Evidence::of(&raw, language, &mentions, options);
    let article = Article {
        raw: Arc::new(raw),
        title,
        language,
        day,
        mentions,
        timexes,
        entities: Vec::new(),
    };
    Annotated { article, evidence }
}

fn collect(
    request: &Request,
    cancelled: &AtomicBool,
    finder: &Finder,
    counters: &Counters,
    receiver: &Receiver<Numbered<Annotated>>,
    publish: &mut dyn FnMut(Progress),
) {
    let mut corpus = Arc::new(Corpus::new(&request.name));
    let mut early: BTreeMap<usize, Result<Annotated, Unreadable>> = BTreeMap::new();
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
    let mut corrector = Corrector::new(corpus, evidence, options(request));
    let cancelled = || cancelled.load(Ordering::Relaxed);
    let (repairs, mode) = (&request.repairs, request.links);
    let Some(corpus) = corrector.apply_unless(finder, repairs, mode, &cancelled) else {
        return;
    };
    // everything can be read by now: what repeats is compared behind the screen's back
    publish(progress(&corpus, counters, false));
    let Some(duplicates) = duplicate::find(&corpus, &cancelled) else {
        return;
    };
    let corpus = corrector.with_duplicates(duplicates);
    publish(Progress {
        corrector: Some(Arc::new(corrector)),
        ..progress(&corpus, counters, true)
    });
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
        corrector: None,
    }
}
