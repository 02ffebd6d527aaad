//! Everything that the screen depends on, as plain data.
//!
//! `update` changes it, `view` reads it; nothing here reaches a file, a clock or the terminal.

pub mod articles;
pub mod cards;
pub mod completion;
pub mod copies;
pub mod correction;
pub mod difference;
pub mod editor;
pub mod entities;
pub mod entity_card;
pub mod filter;
pub mod history;
pub mod kwic;
pub mod overlay;
pub mod page;
pub mod question;
pub mod reader;
pub mod scroll;
pub mod timeline;
pub mod triage;

use std::sync::Arc;

use crate::config::keymap::Key;
use crate::config::{self, Bidi, Config, TimelineBy};
use crate::corpus::{Article, Corpus, Segment};
use crate::query::{Answer, DayField, Inferred, Question, Sort, is_in_row};
use crate::tui::geometry::{Geometry, Pane};
use crate::tui::model::articles::ArticlesState;
use crate::tui::model::copies::DifferenceState;
use crate::tui::model::correction::Corrections;
use crate::tui::model::entities::EntitiesState;
use crate::tui::model::entity_card::CardState;
use crate::tui::model::filter::FilterState;
use crate::tui::model::kwic::KwicState;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::page::PageOptions;
use crate::tui::model::reader::ReaderState;
use crate::tui::model::timeline::TimelineState;
use crate::tui::model::triage::TriageState;

/// Numbers the questions of one kind, so that an answer to an older one can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

impl Ticket {
    /// The next number; everything before it is superseded.
    #[must_use]
    pub fn advance(&mut self) -> Self {
        self.0 += 1;
        *self
    }
}

/// How far a load has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loading {
    /// Inputs whose reading has begun.
    pub inputs_read: usize,
    /// Inputs in all, once counted.
    pub inputs: Option<usize>,
}

/// A sentence on the bottom line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// What was done.
    Done(String),
    /// What went wrong and what to do.
    Problem(String),
}

/// The state of a question to the corpus.
#[derive(Clone, Debug, Default)]
pub struct ResultState {
    /// The last answer.
    pub answer: Arc<Answer>,
    /// The snapshot that it counts in.
    pub corpus: Arc<Corpus>,
    /// The newest question's number.
    pub ticket: Ticket,
    /// The newest question.
    pub asked: Option<Question>,
    /// Whether that question is still without its answer.
    pub waiting: bool,
    /// Whether the corpus has grown since that question.
    pub stale: bool,
}

/// Keys typed towards a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Keys that begin a longer binding.
    pub keys: Vec<Key>,
    /// A count before the command.
    pub count: Option<usize>,
}

/// The whole state of the explorer.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four switches of the user's, independent of each other"
)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Settings, keymap and theme.
    pub config: Arc<Config>,
    /// The newest snapshot.
    pub corpus: Arc<Corpus>,
    /// How far the load is; `None` when it is done.
    pub loading: Option<Loading>,
    /// Filters, and the line that edits one.
    pub filter: FilterState,
    /// Question and answer.
    pub result: ResultState,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether that pane has the whole screen.
    pub zoomed: bool,
    /// First pane.
    pub articles: ArticlesState,
    /// Hits in context, which the first pane may show instead.
    pub kwic: KwicState,
    /// Second pane.
    pub reader: ReaderState,
    /// Third pane.
    pub entities: EntitiesState,
    /// Fourth pane.
    pub timeline: TimelineState,
    /// Marks, notes and views.
    pub triage: TriageState,
    /// How two near-duplicates differ.
    pub difference: DifferenceState,
    /// The file that a brief goes to unless another is typed.
    pub brief_file: String,
    /// The command that was piped to last.
    pub piped: String,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// What the card of an entity needs.
    pub card: CardState,
    /// What the user sets right.
    pub corrections: Corrections,
    /// What the bottom line says instead of keys.
    pub notice: Option<Notice>,
    /// Keys typed towards a command.
    pub pending: Pending,
    /// Whether the mouse is on.
    pub mouse: bool,
    /// Whether marks (tashkeel) are shown.
    pub marks: bool,
    /// How Arabic is written to the terminal; `Auto` follows what was found out.
    pub bidi: Bidi,
    /// Whether the terminal does all bidi itself: then one pane, full width, in logical order.
    pub logical: bool,
    /// Whether the way to the terminal is slow: what scrolls costs time then.
    pub slow_line: bool,
    /// Whether the screen shows something else than the model.
    pub dirty: bool,
}

impl Model {
    /// A model over a corpus that is about to be loaded.
    #[must_use]
    pub fn new(config: Arc<Config>, corpus: Arc<Corpus>, size: (u16, u16)) -> Self {
        let settings = config.settings.clone();
        let mouse = settings.mouse;
        let timeline = TimelineState {
            by: match settings.timeline_by {
                TimelineBy::Published => DayField::Published,
                TimelineBy::Mentioned => DayField::Mentioned,
            },
            inferred: if settings.inferred {
                Inferred::Shown
            } else {
                Inferred::Hidden
            },
            ..TimelineState::default()
        };
        let articles = ArticlesState {
            sort: match settings.sort {
                config::Sort::Day => Sort::Day,
                config::Sort::Title => Sort::Title,
                config::Sort::Relevance => Sort::Relevance,
                config::Sort::Length => Sort::Length,
                config::Sort::Path => Sort::Path,
            },
            fold: settings.fold,
            ..ArticlesState::default()
        };
        let marks = settings.marks != config::Marks::Hide;
        Self {
            size,
            config,
            result: ResultState {
                corpus: Arc::clone(&corpus),
                ..ResultState::default()
            },
            corpus,
            loading: None,
            filter: FilterState::default(),
            focus: Pane::default(),
            zoomed: false,
            articles,
            kwic: KwicState::default(),
            reader: ReaderState::default(),
            entities: EntitiesState::default(),
            timeline,
            triage: TriageState::default(),
            difference: DifferenceState::default(),
            brief_file: "brief.md".to_owned(),
            piped: String::new(),
            overlay: None,
            card: CardState::default(),
            corrections: Corrections::default(),
            notice: None,
            pending: Pending::default(),
            mouse,
            marks,
            bidi: settings.bidi,
            logical: settings.bidi == Bidi::Logical,
            slow_line: false,
            dirty: true,
        }
    }

    /// The rectangles of the screen as it stands.
    #[must_use]
    pub fn geometry(&self) -> Geometry {
        Geometry::new(
            self.size.0,
            self.size.1,
            self.focus,
            self.zoomed || self.logical,
        )
    }

    /// The question that the panes ask now.
    #[must_use]
    pub fn question(&self) -> Question {
        let query = self.filter.query();
        Question {
            sort: self.articles.sort,
            reverse: self.articles.reverse,
            timeline_by: self.timeline.by,
            zoom: self.timeline.zoom,
            marked: self.triage.selected(&query),
            top: Arc::clone(&self.triage.top),
            query,
            inferred: self.timeline.inferred,
        }
    }

    /// Whether an article belongs to the selected row of the timeline.
    #[must_use]
    pub fn belongs_to_row(&self, segment: &Segment, at: usize) -> bool {
        let row = self.result.answer.timeline.get(self.timeline.scroll.row);
        let (by, inferred) = (self.timeline.by, self.timeline.inferred);
        row.is_some_and(|row| is_in_row(segment, at, row, by, inferred))
    }

    /// How pages are laid out on the screen as it stands.
    #[must_use]
    pub fn page_options(&self) -> PageOptions {
        PageOptions {
            width: self.geometry().text_width(),
            shape: self.config.settings.shape && !self.logical,
            logical: self.logical,
            marks: self.marks,
        }
    }

    /// The article in the text pane: the one whose page is there, while another is on its way.
    #[must_use]
    pub fn open_article(&self) -> Option<&Article> {
        self.corpus.article(self.reader.shown()?)
    }
}
