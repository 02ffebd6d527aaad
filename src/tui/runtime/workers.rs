//! Work off the screen's thread: one slot for each kind of job, the newest job wins.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::annotate::entity::Finder;
use crate::corpus::{Corpus, EntityId, Name};
use crate::query::{self, Engine, Local, Row, Sentences};
use crate::triage::Arrivals;
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::model::difference::Difference;
use crate::tui::model::entity_card::Dossier;
use crate::tui::model::kwic;
use crate::tui::model::page::Page;
use crate::tui::model::timeline::SENTENCES;

/// Articles from which on the list need not wait for what the other panes count: to count so many
/// may take longer than a person waits for a letter.
const MANY: usize = 50_000;

/// Rows of a timeline whose sentences are made ready: as many as a screen shows, or somewhat more.
const LEADS: usize = 32;

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

/// The threads that answer questions, lay articles out and compare them. They end with the process.
pub(super) struct Workers {
    questions: Arc<Slot>,
    pages: Arc<Slot>,
    differences: Arc<Slot>,
    hits: Arc<Slot>,
    walks: Arc<Slot>,
    dossiers: Arc<Slot>,
    suggestions: Arc<Slot>,
    sentences: Arc<Slot>,
    send: Arc<dyn Fn(Message) -> bool + Send + Sync>,
}

/// Most entities that are offered for what is typed.
const OFFERED: usize = 50;

impl Workers {
    /// Starts the threads; `send` takes their answers and says whether anyone still listens.
    #[must_use]
    pub(super) fn start(send: impl Fn(Message) -> bool + Clone + Send + Sync + 'static) -> Self {
        let workers = Self {
            questions: Arc::default(),
            pages: Arc::default(),
            differences: Arc::default(),
            hits: Arc::default(),
            walks: Arc::default(),
            dossiers: Arc::default(),
            suggestions: Arc::default(),
            sentences: Arc::default(),
            send: Arc::new(send.clone()),
        };
        let (slot, sender) = (Arc::clone(&workers.questions), send.clone());
        thread::spawn(move || {
            let mut engine = Local::default();
            while answer(&slot, &mut engine, &sender) {}
        });
        let (slot, sender) = (Arc::clone(&workers.hits), send.clone());
        thread::spawn(move || while gather(&slot, &sender) {});
        let (slot, sender) = (Arc::clone(&workers.walks), send.clone());
        thread::spawn(move || while seek(&slot, &sender) {});
        let (slot, sender) = (Arc::clone(&workers.pages), send.clone());
        thread::spawn(move || while lay_out(&slot, &sender) {});
        let (slot, sender) = (Arc::clone(&workers.dossiers), send.clone());
        thread::spawn(move || {
            let finder = Finder::embedded();
            while describe(&slot, &finder, &sender) {}
        });
        let (slot, sender) = (Arc::clone(&workers.suggestions), send.clone());
        thread::spawn(move || while suggest(&slot, &sender) {});
        let (slot, sender) = (Arc::clone(&workers.differences), send.clone());
        thread::spawn(move || while compare(&slot, &sender) {});
        let slot = Arc::clone(&workers.sentences);
        thread::spawn(move || while tell(&slot, &send) {});
        workers
    }

    /// Hands a question or a request over; other effects are not for here.
    pub(super) fn put(&self, effect: Effect) {
        match &effect {
            Effect::Ask { ticket, .. } => self.questions.put(ticket.0, effect),
            Effect::Gather { ticket, .. } => self.hits.put(ticket.0, effect),
            Effect::Seek { ticket, .. } => self.walks.put(ticket.0, effect),
            Effect::Open { ticket, .. } => self.pages.put(ticket.0, effect),
            Effect::Tell { ticket, .. } => self.sentences.put(ticket.0, effect),
            Effect::Describe { ticket, .. } => self.dossiers.put(ticket.0, effect),
            Effect::Suggest { ticket, .. } => self.suggestions.put(ticket.0, effect),
            Effect::Compare { .. } => self.differences.put(0, effect),
            _ => self.once(effect),
        }
    }

    /// What is asked for seldom gets a thread of its own.
    fn once(&self, effect: Effect) {
        let send = Arc::clone(&self.send);
        thread::spawn(move || match effect {
            Effect::Review { corpus, seen } => {
                let arrivals = Arrivals::of(&corpus, &seen);
                let names = arrivals.names(&corpus);
                send(Message::Reviewed {
                    arrivals: Arc::new(arrivals),
                    names,
                })
            }
            Effect::Watch { corpus, queries } => {
                let found = query::found_by_any(&corpus, &queries, &|| false);
                send(Message::Watched(found.unwrap_or_default()))
            }
            Effect::Count { corpus, questions } => {
                let count = |(text, question)| {
                    let answer = query::answer(&corpus, &question, &|| false);
                    (text, answer.map_or(0, |answer| answer.hits.len()))
                };
                send(Message::Counted(questions.into_iter().map(count).collect()))
            }
            _ => true,
        });
    }
}

fn answer(slot: &Slot, engine: &mut Local, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Ask {
        ticket,
        corpus,
        question,
    } = slot.take()
    else {
        return true;
    };
    let superseded = || slot.superseded(ticket.0);
    engine.turn_to(&corpus);
    if corpus.len() > MANY {
        let Some(hits) = engine.hits(&question, &superseded) else {
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
    let Some(answer) = engine.answer(&question, &superseded) else {
        return true;
    };
    // the sentences of the timeline's first rows, lest the screen's thread unpack their articles
    let leads = answer.timeline.iter().take(LEADS).filter_map(Row::lead);
    corpus.unpack(leads.map(|lead| lead.article));
    send(Message::Answered {
        ticket,
        corpus,
        answer: Arc::new(answer),
    })
}

/// Gathers hits; gives up when a newer request waits, ends when nobody listens.
fn gather(slot: &Slot, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Gather {
        ticket,
        corpus,
        answer,
        query,
    } = slot.take()
    else {
        return true;
    };
    let mut listens = true;
    kwic::gather(
        &corpus,
        &query,
        &answer,
        &|| slot.superseded(ticket.0),
        &mut |places, reach| {
            listens = send(Message::Gathered {
                ticket,
                places,
                reach,
            });
            listens
        },
    );
    listens
}

fn seek(slot: &Slot, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Seek {
        ticket,
        corpus,
        query,
        among,
    } = slot.take()
    else {
        return true;
    };
    let superseded = || slot.superseded(ticket.0);
    let found = kwic::seek(&corpus, &query, &among, &superseded);
    superseded() || send(Message::Sought { ticket, found })
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
    let matches = query::matches_in(&corpus, article, &query);
    let page = Arc::new(Page::new(id, article, options, matches));
    slot.superseded(ticket.0) || send(Message::Opened { ticket, page })
}

fn describe(slot: &Slot, finder: &Finder, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Describe {
        ticket,
        corpus,
        entity,
    } = slot.take()
    else {
        return true;
    };
    match dossier(&corpus, entity, finder, &|| slot.superseded(ticket.0)) {
        Some(dossier) => send(Message::Described {
            ticket,
            entity,
            dossier: Arc::new(dossier),
        }),
        None => true,
    }
}

/// What articles and knowledge base say of an entity; `None` when `cancelled` said so.
#[must_use]
pub fn dossier(
    corpus: &Corpus,
    id: EntityId,
    finder: &Finder,
    cancelled: &dyn Fn() -> bool,
) -> Option<Dossier> {
    let profile = query::profile(corpus, id, cancelled)?;
    let Some(entity) = corpus.entities().get(id) else {
        return Some(Dossier::default());
    };
    let name = Name::new(&entity.key, entity.kind);
    let links = corpus.links();
    let card = finder.card(&entity.key, entity.kind);
    Some(Dossier {
        profile,
        facts: card.map(|card| card.facts).unwrap_or_default(),
        linked: links.reasons_of(&name).into_iter().cloned().collect(),
        candidates: links.candidates_of(&name).into_iter().cloned().collect(),
    })
}

fn suggest(slot: &Slot, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Suggest {
        ticket,
        corpus,
        typed,
    } = slot.take()
    else {
        return true;
    };
    let superseded = || slot.superseded(ticket.0);
    match query::entities_like(&corpus, &typed, OFFERED, &superseded) {
        Some(found) => send(Message::Suggested { ticket, found }),
        None => true,
    }
}

fn compare(slot: &Slot, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Compare { corpus, of } = slot.take() else {
        return true;
    };
    match Difference::new(&corpus, of) {
        Some(difference) => send(Message::Compared(Arc::new(difference))),
        None => true,
    }
}

fn tell(slot: &Slot, send: &impl Fn(Message) -> bool) -> bool {
    let Effect::Tell {
        ticket,
        corpus,
        answer,
        question,
        days,
    } = slot.take()
    else {
        return true;
    };
    let superseded = || slot.superseded(ticket.0);
    let found = Sentences::gather(&corpus, &answer.hits, &question, Some(days), &superseded);
    match found {
        Some(found) => send(Message::Told {
            ticket,
            told: Arc::new(found.of(&corpus, days.0, days.1, SENTENCES)),
        }),
        None => true,
    }
}
