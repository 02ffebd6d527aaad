//! One inbox, one update, one frame at a time.
//!
//! The loop sleeps until something comes, takes in everything that waits, then draws once: two
//! hundred key repeats are one frame, and an idle screen writes nothing.

mod effects;
mod loading;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::config::{Bidi, Config, Marks};
use crate::corpus::Corpus;
use crate::ingest::Source;
use crate::pipeline::Request;
use crate::pipeline::cache::Place;
use crate::query::{Query, Term};
use crate::store::{Store, journal};
use crate::tui::message::{Message, MouseKind};
use crate::tui::model::correction::Corrections as CorrectionState;
use crate::tui::model::{Loading, Model, Notice};
use crate::tui::runtime::corrections::{Corrections, Desk};
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::event_loop::loading::load_in_background;
use crate::tui::runtime::input::{Button, Input, Mouse, MouseAction};
use crate::tui::runtime::keeper::{self, Keeper, Kept, Read};
use crate::tui::runtime::output::ColourDepth;
use crate::tui::runtime::probe::Profile;
use crate::tui::runtime::signals::Signal;
use crate::tui::runtime::terminal::{Screen, ScreenOptions};
use crate::tui::runtime::workers::Workers;
use crate::tui::runtime::writer::Writer;
use crate::tui::runtime::{choice, program};
use crate::tui::update::update;
use crate::tui::view;

/// Frames are at least this far apart while messages keep coming.
const FRAME: Duration = Duration::from_millis(16);

/// The same for frames that answer the user: a flood of keys is a few frames, and the rows that a
/// letter finds need not wait for long behind the letter.
const URGENT: Duration = Duration::from_millis(4);

/// How long more is waited for when several keys came at once, as they do where they are repeated
/// faster than they are taken: what follows them on its heels belongs to the same frame.
const GATHER: Duration = Duration::from_millis(2);

/// How long an article has to be on the screen to have been read in.
const DWELL: Duration = Duration::from_millis(500);

/// What can wake the loop.
enum Wake {
    Message(Message),
    Input(Input),
    /// What came at once.
    Inputs(Vec<Input>),
    /// The journal was read.
    Journal(Box<Read>),
    /// The journal may have grown.
    Grown,
    /// The disk did not take what was added to the journal.
    Unsynced,
    /// Nothing came before the frame that was put off is due.
    Frame,
    /// The program that had the terminal has ended, and this says how.
    Returned(Message),
}

/// What to open and how.
#[derive(Clone, Debug)]
pub struct Start {
    /// Settings, keymap and theme.
    pub config: Config,
    /// What to load.
    pub request: Request,
    /// Where the corpus is cached, if it is.
    pub cache: Option<Place>,
    /// Filters to begin with.
    pub terms: Vec<Term>,
    /// A sentence for the bottom line of the first frame.
    pub notice: Option<String>,
    /// What is kept between runs.
    pub store: Store,
    /// Where marks and notes are kept.
    pub journal: journal::Place,
    /// Who makes them.
    pub author: String,
    /// The files and folders of the corpus, by which its place is known.
    pub paths: Vec<PathBuf>,
    /// Whether to go back to where one was.
    pub resumes: bool,
    /// What to look out for: a document that any of these finds.
    pub watch: Vec<Query>,
    /// Where what the user sets right belongs; `None` for a corpus that cannot be opened again.
    pub aliases: Option<PathBuf>,
}

/// Why the loop ended.
enum End {
    Quit,
    Signal(Signal),
}

/// Runs the explorer until the user quits; gives the exit status: 0, or 128 + the signal that
/// ended it.
///
/// # Errors
/// When the terminal cannot be set up or written to.
pub fn run(mut start: Start) -> anyhow::Result<u8> {
    if start.config.settings.bidi == Bidi::Auto
        && let Some(bidi) = choice::kept(&start.store)
    {
        start.config.settings.bidi = bidi;
    }
    let (sender, inbox) = mpsc::channel();
    // reading begins before the terminal is set up: the first frame may have something to show
    let kept = Kept {
        journal: start.journal,
        author: start.author,
        place: start.store.place_file(&start.request.name, &start.paths),
        resumes: start.resumes,
    };
    let keeper = keep(kept, &start.store, &sender);
    let desk = Desk::new(start.store.clone(), start.aliases, start.request.links);
    let messages = sender.clone();
    let corrections = Corrections::start(desk, move |message| {
        messages.send(Wake::Message(message)).is_ok()
    });
    load_in_background(
        start.request.clone(),
        start.cache.clone(),
        sender.clone(),
        corrections.clone(),
    );
    let mut screen = Screen::open(&screen_options(&start.config))?;
    let size = screen.size();
    let corpus = Arc::new(Corpus::new(&start.request.name));
    let mut model = Model::new(Arc::new(start.config), corpus, (size.width, size.height));
    model.filter.terms = start.terms;
    model.triage.watch = Arc::new(start.watch);
    model.corrections = CorrectionState::with_links(start.request.links);
    model.notice = start.notice.map(Notice::Done);
    follow_terminal(&mut model, screen.profile());
    recall(&mut model, &start.store);
    let messages = sender.clone();
    let workers = Workers::start(move |message| messages.send(Wake::Message(message)).is_ok());
    let read = paths(&start.request);
    model.brief_file = program::brief_file(&start.request.name, &read);
    let ended = sender.clone();

    let messages = sender.clone();
    let writer = Writer::start(start.store.clone(), move |message| {
        messages.send(Wake::Message(message)).is_ok()
    });
    // an inbox that is closed belongs to a program that is about to end
    screen.listen(move |inputs| drop(sender.send(Wake::Inputs(inputs))))?;
    let mut explorer = Loop {
        model,
        screen,
        workers,
        writer,
        corrections,
        store: start.store,
        keeper,
        read: Arc::new(read),
        ended,
        away: false,
        rest_at: None,
        dwell_at: None,
        drawn_at: None,
        urgent: false,
        gathers_until: None,
    };
    let end = explorer.until_end(&inbox);
    let unsaved = explorer.keeper.finish(&explorer.model);
    let end = end?;
    if let Some(problem) = unsaved {
        // the terminal is given back first, so that this can be read
        drop(explorer);
        anyhow::bail!("{problem}; it is lost");
    }
    Ok(match end {
        End::Quit => 0,
        End::Signal(signal) => signal.exit_status(),
    })
}

/// Begins to read the journal and the place, and to write what is recorded.
fn keep(kept: Kept, store: &Store, sender: &Sender<Wake>) -> Keeper {
    let (failed, found, grown) = (sender.clone(), sender.clone(), sender.clone());
    let keeper = Keeper::new(store.clone(), kept.place.clone(), move || {
        // a closed inbox belongs to a program that is about to end, which asks by itself
        let _ = failed.send(Wake::Unsynced);
    });
    keeper::read_in_background(
        kept,
        store.clone(),
        move |read| found.send(Wake::Journal(Box::new(read))).is_ok(),
        move || grown.send(Wake::Grown).is_ok(),
    );
    keeper
}

/// Says that a load has begun, and brings back the lines that were typed before.
fn recall(model: &mut Model, store: &Store) {
    model.loading = Some(Loading {
        inputs_read: 0,
        inputs: None,
    });
    match store.history() {
        Ok(lines) => model.filter.history = lines,
        Err(error) => model.notice = Some(Notice::Problem(error.to_string())),
    }
}

/// How a terminal is used under these settings.
pub(super) fn screen_options(config: &Config) -> ScreenOptions {
    ScreenOptions {
        dialect: choice::dialect(config.settings.bidi),
        mouse: config.settings.mouse,
        focus: false,
        colours: Some(match config.depth {
            crate::config::theme::ColorDepth::None => ColourDepth::None,
            crate::config::theme::ColorDepth::Eight => ColourDepth::Eight,
            crate::config::theme::ColorDepth::Sixteen => ColourDepth::Sixteen,
            crate::config::theme::ColorDepth::TrueColor => ColourDepth::True,
        }),
    }
}

/// Marks are hidden where the terminal is known to draw them badly, unless the user has said.
fn follow_terminal(model: &mut Model, profile: &Profile) {
    if model.config.settings.marks == Marks::Auto {
        model.marks = profile.marks;
    }
    model.logical = profile.dialect == Dialect::Logical;
}

/// The files and folders of a request.
fn paths(request: &Request) -> Vec<PathBuf> {
    let path = |source: &Source| match source {
        Source::Path(path) => Some(path.clone()),
        Source::Bytes { .. } => None,
    };
    request.sources.iter().filter_map(path).collect()
}

struct Loop {
    model: Model,
    screen: Screen,
    workers: Workers,
    writer: Writer,
    corrections: Corrections,
    store: Store,
    keeper: Keeper,
    /// Files and folders that are being read.
    read: Arc<Vec<PathBuf>>,
    /// Where the end of a program that has the terminal is told.
    ended: Sender<Wake>,
    /// Whether another program has the terminal.
    away: bool,
    /// When the keys will have rested.
    rest_at: Option<Instant>,
    /// When the first article will have been seen.
    dwell_at: Option<Instant>,
    drawn_at: Option<Instant>,
    /// Whether the next frame answers the user.
    urgent: bool,
    /// Until when more keys are waited for before that frame.
    gathers_until: Option<Instant>,
}

impl Loop {
    fn until_end(&mut self, inbox: &Receiver<Wake>) -> anyhow::Result<End> {
        self.draw()?;
        loop {
            let Some(wake) = self.wait(inbox) else {
                return Ok(End::Quit);
            };
            let mut next = Some(wake);
            while let Some(wake) = next {
                if let Some(end) = self.take(wake)? {
                    return Ok(end);
                }
                next = inbox.try_recv().ok().or_else(|| self.gather(inbox));
            }
            if self.has_to_draw() && self.may_draw() {
                self.draw()?;
            }
        }
    }

    /// What comes on the heels of several keys.
    fn gather(&mut self, inbox: &Receiver<Wake>) -> Option<Wake> {
        let left = self.gathers_until?.checked_duration_since(Instant::now());
        let next = left.and_then(|left| inbox.recv_timeout(left).ok());
        if next.is_none() {
            self.gathers_until = None;
        }
        next
    }

    /// The next thing that happens; `None` when nothing can happen any more.
    fn wait(&self, inbox: &Receiver<Wake>) -> Option<Wake> {
        // what ends the wait for a frame that has not arrived is a message of its own
        let frame_at = match self.drawn_at {
            _ if self.away => None,
            _ if !self.screen.is_ready() => self.screen.is_ready_by(),
            at if self.has_to_draw() => at.map(|at| at + self.apart()),
            _ => None,
        };
        let due = [self.rest_at(), self.dwell_at, frame_at];
        let due = due.into_iter().flatten().chain(self.keeper.due());
        let Some(at) = due.min() else {
            return inbox.recv().ok();
        };
        match inbox.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(wake) => Some(wake),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => {
                let past = |at: Option<Instant>| at.is_some_and(|at| at <= Instant::now());
                Some(if past(self.rest_at()) {
                    Wake::Message(Message::Rested)
                } else if past(self.dwell_at) {
                    Wake::Message(Message::Dwelt)
                } else {
                    Wake::Frame
                })
            }
        }
    }

    fn take(&mut self, wake: Wake) -> anyhow::Result<Option<End>> {
        self.keeper.work(&self.model);
        let message = match wake {
            Wake::Frame => {
                self.save()?;
                return Ok(None);
            }
            Wake::Journal(read) => self.keeper.begin(*read),
            Wake::Unsynced => match self.keeper.unsynced() {
                Some(message) => message,
                None => return Ok(None),
            },
            Wake::Grown => match self.keeper.look() {
                Some(message) => message,
                None => return Ok(None),
            },
            Wake::Returned(message) => {
                self.away = false;
                self.screen.reclaim()?;
                let size = self.size();
                self.take(Wake::Message(size))?;
                message
            }
            Wake::Message(message) => message,
            Wake::Inputs(inputs) => {
                if inputs.len() > 1 {
                    self.gathers_until
                        .get_or_insert_with(|| Instant::now() + GATHER);
                }
                for input in inputs {
                    if let Some(end) = self.take(Wake::Input(input))? {
                        return Ok(Some(end));
                    }
                }
                return Ok(None);
            }
            Wake::Input(input) => match self.message(input)? {
                Ok(message) => message,
                Err(end) => return Ok(end),
            },
        };
        match message {
            Message::Rested => self.rest_at = None,
            Message::Dwelt => self.dwell_at = None,
            Message::Key(_) | Message::Mouse { .. } | Message::Paste(_) => {
                self.urgent = true;
                self.keeper.stir();
            }
            Message::Ranked { .. } | Message::Answered { .. } | Message::Opened { .. } => {
                self.urgent = true;
            }
            _ => {}
        }
        for effect in update(&mut self.model, message) {
            if let Some(end) = self.run(effect)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    /// What an input means to the model, or that it ends the loop (or neither).
    fn message(&mut self, input: Input) -> anyhow::Result<Result<Message, Option<End>>> {
        Ok(match input {
            Input::Key(key) => Ok(Message::Key(key)),
            Input::Paste(text) => Ok(Message::Paste(text)),
            Input::Resize { columns, rows } => Ok(Message::Resize { columns, rows }),
            Input::Mouse(Mouse {
                action,
                column,
                row,
                ..
            }) => {
                let kind = match action {
                    MouseAction::Press(Button::Left) => MouseKind::Click,
                    MouseAction::Drag(Button::Left) => MouseKind::Drag,
                    MouseAction::Release => MouseKind::Release,
                    MouseAction::WheelUp => MouseKind::WheelUp,
                    MouseAction::WheelDown => MouseKind::WheelDown,
                    MouseAction::Press(_) | MouseAction::Drag(_) => return Ok(Err(None)),
                };
                Ok(Message::Mouse { kind, column, row })
            }
            Input::Terminal(profile) => {
                follow_terminal(&mut self.model, &profile);
                let (columns, rows) = self.model.size;
                Ok(Message::Resize { columns, rows })
            }
            Input::Signal(Signal::Suspend) => return self.suspend(),
            Input::Signal(Signal::Continue) => {
                self.screen.reclaim()?;
                Ok(self.size())
            }
            Input::Signal(signal) => Err(Some(End::Signal(signal))),
            // what is ready for a frame is asked when one is due
            Input::Focus(_) | Input::Ready | Input::Cursor { .. } => Err(None),
        })
    }

    fn size(&self) -> Message {
        let size = self.screen.size();
        Message::Resize {
            columns: size.width,
            rows: size.height,
        }
    }

    /// Whether the screen is not as it should be.
    fn has_to_draw(&self) -> bool {
        self.model.dirty || self.screen.is_unfinished()
    }

    /// Not before the last frame has arrived: over a slow line frames are dropped, never queued.
    fn may_draw(&self) -> bool {
        let apart = self.apart();
        !self.away && self.screen.is_ready() && self.drawn_at.is_none_or(|at| at.elapsed() >= apart)
    }

    /// How far the next frame is from the last one, at the least.
    fn apart(&self) -> Duration {
        if self.urgent { URGENT } else { FRAME }
    }

    /// When the keys will have rested: not before what they did has arrived on the screen, lest
    /// over a slow line the panes that follow take the way of what is waited for.
    fn rest_at(&self) -> Option<Instant> {
        let arrives = self.has_to_draw() || !self.screen.is_ready();
        self.rest_at.filter(|_| self.away || !arrives)
    }

    /// Writes what was recorded; updates of it end nothing.
    fn save(&mut self) -> anyhow::Result<()> {
        for message in self.keeper.save() {
            self.take(Wake::Message(message))?;
        }
        Ok(())
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        self.save()?;
        let model = &self.model;
        self.screen.draw(|frame| view::render(model, frame))?;
        self.model.dirty = false;
        self.model.slow_line = self.screen.is_slow();
        self.urgent = false;
        self.drawn_at = Some(Instant::now());
        Ok(())
    }
}
