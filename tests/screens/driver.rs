//! Drives the explorer without a terminal: keys typed as one string, effects carried out at once,
//! the screen as text.

use std::sync::Arc;

use khabar::annotate::entity::Finder;
use khabar::config::Config;
use khabar::config::keymap::Key;
use khabar::corpus::Corpus;
use khabar::ingest::{Source, sample};
use khabar::link::LinkMode;
use khabar::pipeline::{self, Corrector, Request};
use khabar::query::{self, Sentences, Session};
use khabar::store::{Directories, Store, View};
use khabar::triage::{Arrivals, Change, Stamp, State};
use khabar::tui::effect::Effect;
use khabar::tui::message::Message;
use khabar::tui::model::Model;
use khabar::tui::model::difference::Difference;
use khabar::tui::model::kwic::{self, Reach};
use khabar::tui::model::page::Page;
use khabar::tui::model::timeline::SENTENCES;
use khabar::tui::model::triage::ViewStep;
use khabar::tui::runtime::corrections::Desk;
use khabar::tui::runtime::dossier;
use khabar::tui::update::update;
use khabar::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// An explorer at rest between keys.
pub(crate) struct Driver {
    pub(crate) model: Model,
    session: Session,
    rest: bool,
    stamp: Stamp,
    /// The clock of changes, in milliseconds.
    clock: i64,
    /// Every change that was made.
    pub(crate) changes: Vec<Change>,
    desk: Desk,
    finder: Finder,
    /// The views of one's own: what their file would hold.
    pub(crate) views: Vec<View>,
    /// Effects that only a terminal could carry out.
    pub(crate) outside: Vec<Effect>,
}

/// The embedded sample, annotated.
pub(crate) fn sample_corpus() -> Arc<Corpus> {
    let sources = sample::files()
        .iter()
        .map(|(name, text)| Source::Bytes {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    corpus("sample", sources)
}

/// Documents given as name and text.
pub(crate) fn corpus_of(documents: &[(&str, &str)]) -> Arc<Corpus> {
    let sources = documents
        .iter()
        .map(|(name, text)| Source::Bytes {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    corpus("test", sources)
}

fn corpus(name: &str, sources: Vec<Source>) -> Arc<Corpus> {
    pipeline::load_all(&Request {
        name: name.to_owned(),
        sources,
        ..Request::default()
    })
}

impl Driver {
    /// An explorer over a loaded corpus.
    pub(crate) fn new(corpus: Arc<Corpus>, columns: u16, rows: u16) -> Self {
        Self::with_config(corpus, columns, rows, Config::default())
    }

    /// The same with settings of one's own.
    pub(crate) fn with_config(
        corpus: Arc<Corpus>,
        columns: u16,
        rows: u16,
        config: Config,
    ) -> Self {
        Self::with_journal(corpus, columns, rows, config, Vec::new())
    }

    /// The same with marks that were made before.
    pub(crate) fn with_journal(
        corpus: Arc<Corpus>,
        columns: u16,
        rows: u16,
        config: Config,
        journal: Vec<Change>,
    ) -> Self {
        let empty = Arc::new(Corpus::new(corpus.name()));
        let mut desk = Desk::new(
            Store::new(&Directories::default(), true),
            None,
            LinkMode::All,
        );
        desk.read(Corrector::of(Arc::clone(&corpus)));
        let model = Model::new(Arc::new(config), empty, (columns, rows));
        let mut driver = Self {
            model,
            session: Session::default(),
            rest: false,
            stamp: Stamp::new("amal"),
            clock: 1_479_254_400_000,
            changes: Vec::new(),
            desk,
            finder: Finder::embedded(),
            views: Vec::new(),
            outside: Vec::new(),
        };
        for change in &journal {
            driver.stamp.saw(change.time);
        }
        driver.send(Message::Journal {
            state: Box::new(State::of(journal)),
            author: Arc::from("amal"),
            place: None,
            notices: Vec::new(),
        });
        driver.send(Message::Loaded {
            corpus,
            loading: None,
        });
        driver.settle();
        driver
    }

    /// The explorer started again: the journal and the file of repairs are all that is left.
    pub(crate) fn restarted(self) -> Self {
        let (columns, rows) = self.model.size;
        let (corpus, changes) = (Arc::clone(&self.model.corpus), self.changes);
        let config = Config::default();
        let mut driver = Self::with_journal(corpus, columns, rows, config, changes.clone());
        (driver.changes, driver.clock, driver.desk) = (changes, self.clock, self.desk);
        driver
    }

    /// Types keys: characters, and names in angle brackets (`<Enter>`, `<Ctrl-d>`, `<lt>` for `<`);
    /// the keys rest after the last.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.send(Message::Key(key));
        }
        self.settle();
        self
    }

    /// Takes one message in and carries its effects out, except waiting for rest.
    pub(crate) fn send(&mut self, message: Message) {
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            for effect in update(&mut self.model, message) {
                messages.extend(self.carry_out(effect));
            }
        }
    }

    /// Lets the keys rest until nothing more follows.
    pub(crate) fn settle(&mut self) {
        while std::mem::take(&mut self.rest) {
            self.send(Message::Rested);
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Ask {
                ticket,
                corpus,
                question,
            } => {
                let answer = self.session.answer(&corpus, &question, &|| false).unwrap();
                Some(Message::Answered {
                    ticket,
                    corpus,
                    answer: Arc::new(answer),
                })
            }
            Effect::Open {
                ticket,
                corpus,
                article,
                options,
                query,
            } => {
                let open = corpus.article(article).unwrap();
                let page = Page::new(
                    article,
                    open,
                    options,
                    query::matches_in(&corpus, open, &query),
                );
                Some(Message::Opened {
                    ticket,
                    page: Arc::new(page),
                })
            }
            Effect::Record(_)
            | Effect::Review { .. }
            | Effect::Watch { .. }
            | Effect::Count { .. } => self.triage(effect),
            Effect::ReadViews => Some(Message::Views {
                views: self.views.clone(),
                set: None,
            }),
            Effect::SetView { name, to, is_step } => Some(self.set_view(name, to, is_step)),
            Effect::Compare { corpus, of } => {
                let difference = Difference::new(&corpus, of).unwrap();
                Some(Message::Compared(Arc::new(difference)))
            }
            Effect::Gather { .. } | Effect::Seek { .. } => Some(look_for(effect)),
            Effect::Correct(work) => Some(self.desk.work(work)),
            Effect::Describe { .. } | Effect::Suggest { .. } | Effect::Tell { .. } => {
                self.look_up(effect)
            }
            Effect::Dwell => Some(Message::Dwelt),
            Effect::Rest => {
                self.rest = true;
                None
            }
            other => {
                self.outside.push(other);
                None
            }
        }
    }

    /// What the workers for cards and days would do.
    fn look_up(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Describe {
                ticket,
                corpus,
                entity,
            } => Some(Message::Described {
                ticket,
                entity,
                dossier: Arc::new(dossier(&corpus, entity, &self.finder, &|| false).unwrap()),
            }),
            Effect::Suggest {
                ticket,
                corpus,
                typed,
            } => Some(Message::Suggested {
                ticket,
                found: query::entities_like(&corpus, &typed, 50, &|| false).unwrap(),
            }),
            Effect::Tell {
                ticket,
                corpus,
                answer,
                question,
                days,
            } => {
                let hits = &answer.hits;
                let found = Sentences::gather(&corpus, hits, &question, Some(days), &|| false);
                let told = found.unwrap().of(&corpus, days.0, days.1, SENTENCES);
                Some(Message::Told {
                    ticket,
                    told: Arc::new(told),
                })
            }
            _ => None,
        }
    }

    /// What the writer would do to the file of views.
    fn set_view(&mut self, name: String, to: Option<View>, is_step: bool) -> Message {
        let at = self.views.iter().position(|view| view.name == name);
        let before = at.map(|at| self.views.remove(at));
        self.views.extend(to.clone());
        let step = ViewStep {
            name,
            before,
            after: to,
        };
        Message::Views {
            views: self.views.clone(),
            set: Some((Box::new(step), is_step)),
        }
    }

    /// What the keeper of marks would do.
    fn triage(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Record(op) => {
                self.clock += 1000;
                let change = self.stamp.change(self.clock, op);
                self.changes.push(change.clone());
                Some(Message::Recorded(change))
            }
            Effect::Review { corpus, seen } => {
                let arrivals = Arrivals::of(&corpus, &seen);
                let names = arrivals.names(&corpus);
                Some(Message::Reviewed {
                    arrivals: Arc::new(arrivals),
                    names,
                })
            }
            Effect::Watch { corpus, queries } => {
                let found = query::found_by_any(&corpus, &queries, &|| false).unwrap();
                Some(Message::Watched(found))
            }
            Effect::Count { corpus, questions } => {
                let count = |question| query::answer(&corpus, question, &|| false).unwrap();
                let counts = questions.iter();
                let counts = counts.map(|(text, q)| (text.clone(), count(q).hits.len()));
                Some(Message::Counted(counts.collect()))
            }
            _ => None,
        }
    }

    /// The cells of the screen.
    pub(crate) fn buffer(&self) -> Buffer {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| view::render(&self.model, frame))
            .unwrap();
        terminal.backend().buffer().clone()
    }

    /// The screen as lines of text, trailing blanks cut.
    pub(crate) fn screen(&self) -> String {
        let (columns, rows) = self.model.size;
        let buffer = self.buffer();
        let mut lines = Vec::new();
        for y in 0..rows {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..columns {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                skip = khabar::text::width::cells(symbol).saturating_sub(1);
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    /// What the file of repairs says.
    pub(crate) fn repairs(&self) -> &str {
        self.desk.text()
    }

    /// The title of the article under the gutter mark.
    pub(crate) fn selected_title(&self) -> String {
        let id = self
            .model
            .articles
            .selected(&self.model.result.answer)
            .unwrap();
        self.model.corpus.article(id).unwrap().title.text.clone()
    }
}

fn parse(keys: &str) -> Vec<Key> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let (name, after) = match rest
            .strip_prefix('<')
            .and_then(|inner| inner.split_once('>'))
        {
            Some((name, after)) => (name, after),
            None => rest.split_at(c.len_utf8()),
        };
        let name = match name {
            "lt" => "<",
            " " => "Space",
            name => name,
        };
        parsed.push(Key::parse(name).unwrap());
        rest = after;
    }
    parsed
}

/// What the worker for hits would do.
fn look_for(effect: Effect) -> Message {
    match effect {
        Effect::Gather {
            ticket,
            corpus,
            answer,
            query,
        } => {
            let mut all = Vec::new();
            let mut last = Reach::Going;
            kwic::gather(&corpus, &query, &answer, &|| false, &mut |places, reach| {
                all.extend(places);
                last = reach;
                true
            });
            Message::Gathered {
                ticket,
                places: all,
                reach: last,
            }
        }
        Effect::Seek {
            ticket,
            corpus,
            query,
            among,
        } => {
            let found = kwic::seek(&corpus, &query, &among, &|| false);
            Message::Sought { ticket, found }
        }
        other => panic!("{other:?} looks for no hits"),
    }
}
