//! The corpus as it is read, behind the screen.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::corpus::Corpus;
use crate::pipeline::cache::{Place, Saving};
use crate::pipeline::{self, Progress, Request};
use crate::tui::message::Message;
use crate::tui::model::Loading;
use crate::tui::model::correction::Work;
use crate::tui::runtime::corrections::Corrections;
use crate::tui::runtime::event_loop::Wake;
use crate::tui::runtime::folder;

/// Documents from which on a corpus from a cache is shown before the whole cache is checked: both
/// keep the processors busy for a while, and somebody waits for one of them only.
const LARGE: usize = 200_000;

/// How long it takes to show all of it, by measurement.
const AHEAD: Duration = Duration::from_millis(100);

/// Loads the corpus, and again when a file of it changes, on a thread of its own.
pub(super) fn load_in_background(
    request: Request,
    cache: Option<Place>,
    sender: Sender<Wake>,
    corrections: Corrections,
) {
    thread::spawn(move || {
        let begun = SystemTime::now();
        let cancelled = AtomicBool::new(false);
        let mut last = Arc::new(Corpus::default());
        let mut publish = |progress: Progress| {
            let Progress {
                corpus,
                inputs_read,
                inputs,
                finished,
                corrector,
            } = progress;
            let loading = (!finished).then_some(Loading {
                inputs_read,
                inputs,
            });
            last = Arc::clone(&corpus);
            let is_from_cache = !finished && inputs.is_none();
            let goes_ahead = is_from_cache && corpus.len() > LARGE;
            // a closed inbox belongs to a program that is about to end
            let _ = sender.send(Wake::Message(Message::Loaded { corpus, loading }));
            if goes_ahead {
                thread::sleep(AHEAD);
            }
            if let Some(corrector) = corrector.and_then(Arc::into_inner) {
                corrections.read(corrector);
            }
        };
        match &cache {
            Some(place) => {
                let saving = pipeline::load_cached(&request, place, &cancelled, &mut publish);
                if let Some(Err(error)) = saving.map(Saving::wait) {
                    let told = format!("{}: {error}; not cached", place.file.display());
                    let _ = sender.send(Wake::Message(Message::Failed(told)));
                }
            }
            None => pipeline::load(&request, &cancelled, &mut publish),
        }
        folder::watch(&request.sources, begun, || {
            let mut read = None;
            let mut publish = |progress: Progress| {
                read = Some((progress.corpus, progress.corrector));
            };
            let cancelled = AtomicBool::new(false);
            match &cache {
                // what did not change is not annotated again; where it cannot be written, the next
                // run annotates what changed once more
                Some(place) => {
                    let saving = pipeline::load_cached(&request, place, &cancelled, &mut publish);
                    let _ = saving.map(Saving::wait);
                }
                None => pipeline::load_after(&last, &request, &cancelled, &mut publish),
            }
            let Some((corpus, corrector)) = read else {
                return true;
            };
            last = Arc::clone(&corpus);
            let open = sender.send(Wake::Message(Message::Reloaded(corpus)));
            if let Some(corrector) = corrector.and_then(Arc::into_inner) {
                corrections.read(corrector);
                // with what was set right since the start
                corrections.put(Work::Refresh);
            }
            open.is_ok()
        });
    });
}
