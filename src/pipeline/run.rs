//! One load: its threads, and what goes between them.

mod task;

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::annotate::date::Options;
use crate::annotate::document::Annotated;
use crate::annotate::entity::Finder;
use crate::annotate::kept::Shared;
use crate::corpus::{Article, Corpus, Earlier, Unreadable};
use crate::duplicate;
use crate::ingest::{self, Outcome};
use crate::pipeline::annotator::Annotator;
use crate::pipeline::cache::{
    self, Entry, InputOutcome, Place, Reader, Reopened, Saving, Survey, Surveyed, Writer,
};
use crate::pipeline::run::task::{Numbered, SHARE, Sending, Task, share};
use crate::pipeline::{Corrector, Progress, Request, cores};

/// How long articles may wait at first before they are published. Short enough to look alive, long
/// enough that a query over the new snapshot is not asked for every file.
const PUBLISH_EVERY: Duration = Duration::from_millis(60);

/// The same at last: of many articles some hundreds more are no news, and each snapshot looks up
/// anew which of its words are known.
const PUBLISH_AT_LEAST_EVERY: Duration = Duration::from_millis(500);

/// How many documents may wait between reading and annotating: bounds memory.
const READ_AHEAD: usize = 512;

/// How many documents may wait to be put into the corpus: more than come while a snapshot is made,
/// for whoever annotates must not wait for that.
const DONE_AHEAD: usize = 4096;

/// How long articles may wait before they are published, in a load that has taken so long.
fn publish_after(elapsed: Duration) -> Duration {
    (elapsed / 8).clamp(PUBLISH_EVERY, PUBLISH_AT_LEAST_EVERY)
}

/// A document with what the cache shall hold of it.
struct Done {
    annotated: Annotated,
    entry: Option<Entry>,
}

/// A document, or why there is none.
type Judged = Result<Done, Unreadable>;

/// Counters that the reading thread keeps for the progress line.
#[derive(Default)]
struct Counters {
    inputs: AtomicUsize,
    counted: AtomicBool,
    inputs_read: AtomicUsize,
}

/// A load, before it begins.
pub(super) struct Run<'r> {
    request: &'r Request,
    cancelled: &'r AtomicBool,
    counters: Counters,
    known: Option<Reopened>,
    survey: Option<Survey>,
    writer: Option<Writer>,
    base: Option<Arc<Corpus>>,
    /// What was loaded from the same sources before.
    before: Option<&'r Corpus>,
    /// What is known of each input's file, as it is read.
    files: Mutex<Vec<InputOutcome>>,
    unreadable: Mutex<Vec<(String, String)>>,
    /// Whether a document of the cache could not be read.
    damaged: AtomicBool,
}

impl<'r> Run<'r> {
    pub(super) fn new(request: &'r Request, cancelled: &'r AtomicBool) -> Self {
        Self {
            request,
            cancelled,
            counters: Counters::default(),
            known: None,
            survey: None,
            writer: None,
            base: None,
            before: None,
            files: Mutex::default(),
            unreadable: Mutex::default(),
            damaged: AtomicBool::new(false),
        }
    }

    /// Shows this corpus until the new one is finished.
    pub(super) fn stands_in(&mut self, corpus: Arc<Corpus>) {
        self.base = Some(corpus);
    }

    /// Says what was loaded from the same sources before.
    pub(super) fn follows(&mut self, before: &'r Corpus) {
        self.before = Some(before);
    }

    /// What the documents of a corpus said before they were changed.
    fn earlier(&self, corpus: &Corpus) -> Earlier {
        match (&self.known, self.before) {
            (Some(known), _) => known.earlier(corpus),
            (None, Some(before)) => {
                let gone = before.articles().map(|(_, article)| article);
                Earlier::since(gone, before.earlier(), corpus)
            }
            (None, None) => Earlier::default(),
        }
    }

    /// Takes what did not change from a cache.
    pub(super) fn knows(&mut self, reopened: Reopened) {
        self.known = Some(reopened);
    }

    /// What there is to read has been looked at already.
    pub(super) fn surveyed(&mut self, survey: Survey) {
        self.survey = Some(survey);
    }

    /// Writes a cache, once it is said what is known already.
    pub(super) fn writes(&mut self, place: &Place) {
        let (known, survey) = (self.known.as_ref(), self.survey.as_ref());
        let most = known.zip(survey);
        let most = most.is_some_and(|(known, survey)| known.keeps_most(survey));
        let earlier = known.map(|known| Arc::clone(known.reader()));
        self.writer = Some(Writer::start(place, earlier, most));
    }

    /// Loads; gives what is being written.
    pub(super) fn load(mut self, publish: &mut dyn FnMut(Progress)) -> Option<Saving> {
        let finder = Finder::embedded();
        let (task_sender, tasks) = mpsc::sync_channel(READ_AHEAD);
        let tasks = Mutex::new(tasks);
        let (sender, receiver) = mpsc::sync_channel(DONE_AHEAD / SHARE);
        let survey = self.survey.take();
        let writer = self.writer.take();
        let run = &self;
        let keeps = writer.is_some();
        thread::scope(|scope| {
            scope.spawn(move || run.read(survey, &task_sender));
            for _ in 0..cores() {
                let (sender, tasks, finder) = (sender.clone(), &tasks, &finder);
                scope.spawn(move || run.annotate_all(keeps, finder, tasks, &sender));
            }
            drop(sender);
            let saving = run.collect(&finder, &receiver, writer, publish);
            // whoever still waits to send learns from the closed channel that nobody listens
            drop(receiver);
            saving
        })
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn read(&self, survey: Option<Survey>, sender: &SyncSender<Numbered<Task>>) {
        let now = cache::now();
        let looked = survey.is_some();
        let (inputs, unreadable): (Vec<_>, _) = if let Some(survey) = survey {
            let inputs = survey.inputs.into_iter().map(|s| (s.input, s.identity));
            (inputs.collect(), survey.unreadable)
        } else {
            let found = ingest::discover(&self.request.sources);
            let inputs = found.inputs.into_iter().map(|input| (input, None));
            (inputs.collect(), found.unreadable)
        };
        self.counters.inputs.store(inputs.len(), Ordering::Relaxed);
        self.counters.counted.store(true, Ordering::Relaxed);
        let mut sending = Sending {
            run: self,
            sender,
            number: 0,
            input: None,
            open: true,
        };
        for refused in unreadable {
            let told = (refused.path.clone(), refused.reason.clone());
            lock(&self.unreadable).push(told);
            sending.send(Task::Read(Outcome::Unreadable(refused)));
        }
        for (number, (input, identity)) in inputs.into_iter().enumerate() {
            self.counters.inputs_read.fetch_add(1, Ordering::Relaxed);
            let surveyed = if looked {
                Surveyed { input, identity }
            } else {
                Surveyed::of(input, now)
            };
            sending.input = Some(number);
            lock(&self.files).push(InputOutcome {
                path: surveyed.input.path().to_owned(),
                identity: surveyed.identity.clone(),
                documents: 0,
                refused: Vec::new(),
            });
            match self.known.as_ref().and_then(|known| known.kept(&surveyed)) {
                Some((first, outcome)) => sending.again(first, outcome),
                None => ingest::read_input(&surveyed.input, &mut |outcome| {
                    sending.send(Task::Read(outcome));
                }),
            }
            if !sending.open {
                return;
            }
        }
    }

    fn annotate_all(
        &self,
        keeps: bool,
        finder: &Finder,
        tasks: &Mutex<Receiver<Numbered<Task>>>,
        sender: &SyncSender<Vec<Numbered<Judged>>>,
    ) {
        let mut worker = Worker {
            run: self,
            keeps,
            annotator: Annotator::new(finder, self.request.document_day),
            shared: Shared::default(),
        };
        loop {
            let Some(share) = share(&lock(tasks)) else {
                return;
            };
            if self.is_cancelled() {
                // drain: the reading thread may wait for a place in the channel
                continue;
            }
            let judged = share.into_iter().map(|task| Numbered {
                number: task.number,
                input: task.input,
                item: worker.judge(task.item),
            });
            // the receiver goes only after a cancellation
            let _ = sender.send(judged.collect());
        }
    }

    fn collect(
        &self,
        finder: &Finder,
        receiver: &Receiver<Vec<Numbered<Judged>>>,
        writer: Option<Writer>,
        publish: &mut dyn FnMut(Progress),
    ) -> Option<Saving> {
        let request = self.request;
        let mut corpus = Arc::new(Corpus::new(&request.name));
        let mut early: BTreeMap<usize, Numbered<Judged>> = BTreeMap::new();
        let mut evidence = Vec::new();
        let mut next = 0;
        let mut fresh = Batch::default();
        // the first article goes out by itself, so that there is something to read at once
        let start = Instant::now();
        let mut due = start;
        while let Ok(share) = receiver.recv() {
            if self.is_cancelled() {
                return None;
            }
            early.extend(share.into_iter().map(|judged| (judged.number, judged)));
            while let Some(judged) = early.remove(&next) {
                next += 1;
                self.count(&judged);
                match judged.item {
                    Ok(done) => {
                        if let (Some(writer), Some(entry)) = (&writer, done.entry) {
                            writer.add(entry);
                        }
                        fresh.articles.push(done.annotated.article);
                        evidence.push(done.annotated.evidence);
                    }
                    Err(reason) => fresh.unreadable.push(reason),
                }
            }
            if Instant::now() >= due && !fresh.is_empty() {
                corpus = Arc::new(fresh.add_to(&corpus));
                publish(self.progress(&corpus, false));
                due = Instant::now() + publish_after(start.elapsed());
            }
        }
        if self.is_cancelled() {
            return None;
        }
        if !fresh.is_empty() {
            corpus = Arc::new(fresh.add_to(&corpus));
        }
        let earlier = self.earlier(&corpus);
        corpus = Arc::new(corpus.with_earlier(Arc::new(earlier)));
        // only who has seen all articles can say which names are one
        let options = Options {
            document_day: request.document_day,
        };
        let mut corrector = Corrector::new(Arc::clone(&corpus), evidence, options);
        let cancelled = || self.is_cancelled();
        let (repairs, mode) = (&request.repairs, request.links);
        let (corpus, alike) = thread::scope(|scope| {
            // what repeats depends on the texts alone
            let alike = scope.spawn(|| duplicate::compare(&corpus, &cancelled));
            let corpus = corrector.apply_unless(finder, repairs, mode, &cancelled)?;
            // everything can be read by now: the rest is compared behind the screen's back
            publish(self.progress(&corpus, false));
            let alike = alike.join().unwrap_or_else(|panic| resume_unwind(panic));
            Some((corpus, alike?))
        })?;
        let redated = corrector.redated().to_vec();
        let corpus = corrector.with_duplicates(duplicate::group(&corpus, &alike));
        publish(Progress {
            corrector: Some(Arc::new(corrector)),
            ..self.progress(&corpus, true)
        });
        let inputs = std::mem::take(&mut *lock(&self.files));
        let unreadable = std::mem::take(&mut *lock(&self.unreadable));
        // what lacks a document must not be taken for whole
        let writer = writer.filter(|_| !self.damaged.load(Ordering::Relaxed));
        writer.map(|writer| writer.finish(request, &corpus, redated, inputs, unreadable))
    }

    /// Keeps what an input gave.
    fn count(&self, judged: &Numbered<Judged>) {
        let mut files = lock(&self.files);
        let Some(file) = judged.input.and_then(|input| files.get_mut(input)) else {
            return;
        };
        match &judged.item {
            Ok(_) => file.documents += 1,
            Err(refused) => {
                let told = (refused.path.clone(), refused.reason.clone());
                file.refused.push(told);
            }
        }
    }

    fn progress(&self, corpus: &Arc<Corpus>, finished: bool) -> Progress {
        let shown = match &self.base {
            Some(base) if !finished => base,
            _ => corpus,
        };
        let counters = &self.counters;
        Progress {
            corpus: Arc::clone(shown),
            inputs_read: counters.inputs_read.load(Ordering::Relaxed),
            inputs: counters
                .counted
                .load(Ordering::Relaxed)
                .then(|| counters.inputs.load(Ordering::Relaxed)),
            finished,
            corrector: None,
        }
    }
}

/// An annotating thread.
struct Worker<'w> {
    run: &'w Run<'w>,
    /// Whether a cache is written.
    keeps: bool,
    annotator: Annotator<'w>,
    shared: Shared,
}

impl Worker<'_> {
    fn judge(&mut self, task: Task) -> Judged {
        match task {
            Task::Kept(id) => self.again(id).ok_or_else(|| {
                self.run.damaged.store(true, Ordering::Relaxed);
                Unreadable {
                    path: "cache".to_owned(),
                    reason: "A document in the cache is damaged; start khabar again.".to_owned(),
                }
            }),
            Task::Read(Outcome::Document(raw)) => {
                let known = self.run.known.as_ref().and_then(|known| known.find(&raw));
                if let Some(done) = known.and_then(|id| self.again(id)) {
                    return Ok(done);
                }
                self.annotate(Outcome::Document(raw))
            }
            Task::Read(outcome) => self.annotate(outcome),
        }
    }

    fn annotate(&mut self, outcome: Outcome) -> Judged {
        let annotated = self.annotator.judge(outcome)?;
        let keeps = self.keeps;
        let entry = keeps.then(|| Entry::of(&annotated, self.run.request));
        Ok(Done { annotated, entry })
    }

    /// A document of the cache.
    fn again(&mut self, id: u32) -> Option<Done> {
        let record = self.run.known.as_ref()?.reader().record(id)?;
        let entry = self.keeps.then_some(Entry::Kept(id));
        let annotated = Reader::annotated(record, &mut self.shared)?;
        Some(Done { annotated, entry })
    }
}

/// Articles that wait to be published.
#[derive(Default)]
struct Batch {
    articles: Vec<Article>,
    unreadable: Vec<Unreadable>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.unreadable.is_empty()
    }

    fn add_to(&mut self, corpus: &Corpus) -> Corpus {
        corpus.with(
            std::mem::take(&mut self.articles),
            std::mem::take(&mut self.unreadable),
        )
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
