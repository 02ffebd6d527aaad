//! ingest → annotate → corpus → link, with progress and cancellation. The command line and the screen
//! both load through here.
//!
//! One thread reads, as many as there are cores annotate, the caller's thread puts the articles
//! back in reading order and publishes a snapshot whenever a few milliseconds of them have come.
//! Where a cache knows a corpus or some of its documents, they are taken from there.

mod annotator;
pub mod cache;
mod correct;
pub mod each;
mod run;

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use chrono::NaiveDate;

use crate::annotate::entity::Finder;
use crate::corpus::Corpus;
use crate::ingest::Source;
use crate::link::LinkMode;
use crate::pipeline::cache::{Place, Reopened, Saving, Survey};
use crate::pipeline::run::Run;
use crate::repair::Repairs;

pub use correct::{Corrector, KeptEvidenceOf, SET_BY_YOU};

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

/// Loads everything that `request` names, calling `publish` with growing snapshots and, last, with
/// the finished one. Stops early, without a last word, when `cancelled` becomes true.
pub fn load(request: &Request, cancelled: &AtomicBool, publish: &mut dyn FnMut(Progress)) {
    let _ = Run::new(request, cancelled).load(publish);
}

/// The same after `before` was loaded from the same sources: the corpus knows what its documents said
/// then.
pub fn load_after(
    before: &Corpus,
    request: &Request,
    cancelled: &AtomicBool,
    publish: &mut dyn FnMut(Progress),
) {
    let mut run = Run::new(request, cancelled);
    run.follows(before);
    let _ = run.load(publish);
}

/// The same with a cache: a corpus that did not change is published before any of its files is
/// read, and of one that did only what changed is annotated. Gives what is being written, if
/// anything is: the load does not wait for it.
pub fn load_cached(
    request: &Request,
    place: &Place,
    cancelled: &AtomicBool,
    publish: &mut dyn FnMut(Progress),
) -> Option<Saving> {
    if request
        .sources
        .iter()
        .any(|source| matches!(source, Source::Bytes { .. }))
    {
        // what comes from a pipe does not come again
        load(request, cancelled, publish);
        return None;
    }
    let mut run = Run::new(request, cancelled);
    if let Some(mut reopened) = Reopened::open(place) {
        let same_links = reopened.is_linked_by(request);
        let usable = same_links || reopened.is_relinkable(request);
        let corpus = usable.then(|| reopened.corpus(request)).flatten();
        if let Some(corpus) = &corpus {
            publish(Progress {
                corpus: Arc::clone(corpus),
                inputs_read: 0,
                inputs: None,
                finished: false,
                corrector: None,
            });
        }
        let survey = Survey::of(&request.sources);
        if reopened.is_whole() {
            if let Some(corpus) = corpus {
                if reopened.is_same(&survey) {
                    let evidence = reopened.evidence();
                    let mut corrector = Corrector::of_kept(corpus, evidence, request);
                    if !same_links {
                        // the user set names right since: nothing is read again for that
                        let (finder, repairs) = (Finder::embedded(), &request.repairs);
                        let cancelled = || cancelled.load(Ordering::Relaxed);
                        corrector.apply_unless(&finder, repairs, request.links, &cancelled)?;
                    }
                    let (corpus, inputs) = (Arc::clone(corrector.corpus()), survey.inputs.len());
                    publish(Progress {
                        corpus: Arc::clone(&corpus),
                        inputs_read: inputs,
                        inputs: Some(inputs),
                        finished: true,
                        corrector: Some(Arc::new(corrector)),
                    });
                    let stale = !same_links && place.writes;
                    let written = stale.then(|| reopened.write_relinked(place, request, &corpus));
                    return written.flatten();
                }
                // better what was there than less of what is there now
                run.stands_in(corpus);
            }
            reopened.index();
            run.knows(reopened);
        }
        run.surveyed(survey);
    }
    if place.writes {
        run.writes(place);
    }
    run.load(publish)
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

/// The same with a cache.
#[must_use]
pub fn load_all_cached(request: &Request, place: &Place) -> (Arc<Corpus>, Option<Saving>) {
    let mut last = Arc::new(Corpus::new(&request.name));
    let cancelled = AtomicBool::new(false);
    let saving = load_cached(request, place, &cancelled, &mut |progress| {
        last = progress.corpus;
    });
    (last, saving)
}
