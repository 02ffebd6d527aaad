//! Work off the screen's thread: one slot for each kind of job, the newest job wins.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::query::{self, Session};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::model::page::Page;

/// Articles from which on the list need not wait for what the other panes count: to count so many
/// may take longer than a person waits for a letter.
const MANY: usize = 50_000;

/// A place for one waiting job; a newer one takes it over.
#[derive(Debug, Default)]
struct Slot {
    job: Mutex<Option<Effect>>,
    filled: Condvar,
    /// Ticket of the newest job: a worker that is busy with an older one gives up.
    newest: AtomicU64,
}

impl Slot {
    fn put(&self, ticket: u64, job: Effect) {
        self.newest.store(ticket, Ordering::Relaxed);
        *self.job.lock().unwrap_or_else(PoisonError::into_inner) = Some(job);
        self.filled.notify_one();
    }

    fn take(&self) -> Effect {
        let mut job = self.job.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = job.take() {
                return job;
            }
            job = self
                .filled
                .wait(job)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn superseded(&self, ticket: u64) -> bool {
        self.newest.load(Ordering::Relaxed) != ticket
    }
}

/// The threads that answer questions and lay articles out. They end with the process.
#[derive(Debug)]
pub(super) struct Workers {
    questions: Arc<Slot>,
    pages: Arc<Slot>,
}

impl Workers {
    /// Starts the threads; `send` takes their answers and says whether anyone still listens.
    #[must_use]
    pub(super) fn start(send: impl Fn(Message) -> bool + Clone + Send + 'static) -> Self {
        let workers = Self {
            questions: Arc::default(),
            pages: Arc::default(),
        };
        let (slot, sender) = (Arc::clone(&workers.questions), send.clone());
        thread::spawn(move || {
            let mut session = Session::default();
            while answer(&slot, &mut session, &sender) {}
        });
        let slot = Arc::clone(&workers.pages);
        thread::spawn(move || while lay_out(&slot, &send) {});
        workers
    }

    /// Hands a question or a request for a page over; other effects are not for here.
    pub(super) fn put(&self, effect: Effect) {
        match &effect {
            Effect::Ask { ticket, .. } => self.questions.put(ticket.0, effect),
            Effect::Open { ticket, .. } => self.pages.put(ticket.0, effect),
            _ => {}
        }
    }
}

fn answer(slot: &Slot, session: &mut Session, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Ask {
        ticket,
        corpus,
        question,
    } = slot.take()
    else {
        return true;
    };
    let superseded = || slot.superseded(ticket.0);
    if corpus.len() > MANY {
        let Some(hits) = session.ranked(&corpus, &question, &superseded) else {
            return true;
        };
        let corpus = Arc::clone(&corpus);
        let ranked = Message::Ranked {
            ticket,
            corpus,
            hits,
        };
        if !superseded() && !send(ranked) {
            return false;
        }
    }
    match session.answer(&corpus, &question, &superseded) {
        Some(answer) => send(Message::Answered {
            ticket,
            corpus,
            answer: Arc::new(answer),
        }),
        None => true,
    }
}

fn lay_out(slot: &Slot, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Open {
        ticket,
        corpus,
        article: id,
        options,
        query,
    } = slot.take()
    else {
        return true;
    };
    let Some(article) = corpus.article(id) else {
        return true;
    };
    let hits = query::hits_in(article, &query);
    let page = Arc::new(Page::new(id, article, options, hits));
    slot.superseded(ticket.0) || send(Message::Opened { ticket, page })
}
