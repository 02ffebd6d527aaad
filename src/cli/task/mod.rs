//! What khabar was told to do.

mod arguments;

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::args::{SearchArgs, Shell};
use crate::config::{Flags, Links, Sort};
use crate::export::Format;
use crate::link::LinkMode;
use crate::query::{self, DayField, Inferred, Question, Zoom};
use crate::triage::Mark;

/// One of the things that khabar does.
#[derive(Debug)]
pub(super) enum Task {
    Explore(Start),
    View(View),
    Mark(Marking),
    Journal(JournalTask),
    /// Annotates each document by itself.
    AnnotateEach(Reading),
    Export(Export),
    Verify(Verify),
    Settings(Settings),
    Doctor(Doctor),
    Completions(Shell),
    Manual,
}

/// How to open the explorer.
#[derive(Debug)]
pub(super) struct Start {
    pub(super) reading: Reading,
    pub(super) config: Option<PathBuf>,
    pub(super) flags: Flags,
    pub(super) private: bool,
}

/// What to read and which of it.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) paths: Vec<PathBuf>,
    pub(super) sample: bool,
    pub(super) filter: Vec<String>,
    /// A view that was named.
    pub(super) view: Option<String>,
    pub(super) document_day: Option<NaiveDate>,
    /// A file of repairs that was named.
    pub(super) aliases: Option<PathBuf>,
    /// A journal that was named.
    pub(super) journal: Option<PathBuf>,
    /// A file of watch terms.
    pub(super) watch: Option<PathBuf>,
    /// Which links hold, if it was said.
    pub(super) links: Option<Links>,
    pub(super) cache: CacheUse,
    /// Whether it is a mistake, such as a misspelt command, if none of the paths exists; else
    /// they are inputs that cannot be read.
    pub(super) must_exist: bool,
}

/// What to do with a cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CacheUse {
    /// Where it is, if not in the usual place.
    pub(super) folder: Option<PathBuf>,
    /// Neither read nor write it.
    pub(super) off: bool,
    /// Read it, but write nothing.
    pub(super) read_only: bool,
}

/// A view to print.
#[derive(Debug)]
pub(super) struct View {
    pub(super) kind: Kind,
    pub(super) reading: Reading,
    pub(super) form: Form,
}

/// Which view.
#[derive(Debug)]
pub(super) enum Kind {
    List {
        /// `None` for that of the view, or else the usual one.
        sort: Option<query::Sort>,
        reverse: bool,
        inferred: Inferred,
    },
    Search(SearchArgs),
    /// The views themselves.
    Views,
    Show,
    Annotate {
        inferred: Inferred,
    },
    Entities,
    Duplicates,
    Timeline {
        by: DayField,
        zoom: Zoom,
        range: Range,
        inferred: Inferred,
        /// Best sentences of each row.
        sentences: usize,
    },
}

/// A brief to write.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) reading: Reading,
    pub(super) format: Format,
    /// Where to; standard output without.
    pub(super) output: Option<PathBuf>,
    /// Whether a file that is there is set aside.
    pub(super) backup: bool,
    pub(super) sort: query::Sort,
    pub(super) reverse: bool,
}

/// A brief to check.
#[derive(Debug)]
pub(super) struct Verify {
    pub(super) brief: PathBuf,
    pub(super) paths: Vec<PathBuf>,
    pub(super) sample: bool,
    pub(super) form: Form,
}

/// Days, ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
}

/// How to print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON Lines, for programs.
    Json,
    /// Columns, for people.
    Table,
}

/// A change to make.
#[derive(Debug)]
pub(super) struct Marking {
    pub(super) deed: Deed,
    /// The names of documents; empty if the filter says which.
    pub(super) documents: Vec<String>,
    pub(super) reading: Reading,
    pub(super) form: Form,
    pub(super) config: Option<PathBuf>,
    pub(super) private: bool,
}

/// What to do to documents.
#[derive(Debug)]
pub(super) enum Deed {
    Mark(Mark),
    Tag { tag: String, add: bool },
    Note { text: String, quote: Option<String> },
    Undo,
    Redo,
}

/// What to do about a journal.
#[derive(Debug)]
pub(super) struct JournalTask {
    pub(super) what: Bookkeeping,
    pub(super) reading: Reading,
    pub(super) config: Option<PathBuf>,
    pub(super) private: bool,
}

/// What to do about a journal.
#[derive(Debug)]
pub(super) enum Bookkeeping {
    Export,
    Import(Vec<PathBuf>),
    Check,
}

/// What to do about settings.
#[derive(Debug)]
pub(super) enum Settings {
    PrintDefault,
    Path,
    /// Checks the named file, or the one in the usual place.
    Check(Option<PathBuf>),
}

/// What to examine.
#[derive(Debug)]
pub(super) struct Doctor {
    /// Whether to ask how Arabic reads instead.
    pub(super) asks_bidi: bool,
    pub(super) json: bool,
    pub(super) config: Option<PathBuf>,
    pub(super) flags: Flags,
    pub(super) private: bool,
}

impl Reading {
    /// Whether neither a corpus nor a filter was named.
    pub(super) fn is_plain(&self) -> bool {
        self.paths.is_empty() && !self.sample && self.filter.is_empty()
    }
}

impl View {
    /// What to ask the corpus, the filter apart.
    pub(super) fn question(&self) -> Question {
        let mut question = Question {
            // documents in the order of their files, for whoever reads them along
            sort: query::Sort::Path,
            ..Question::default()
        };
        match &self.kind {
            Kind::List {
                sort,
                reverse,
                inferred,
            } => {
                question.sort = sort.unwrap_or_default();
                question.reverse = *reverse;
                question.inferred = *inferred;
            }
            Kind::Search(search) if search.rank => question.sort = query::Sort::Relevance,
            Kind::Timeline {
                by, zoom, inferred, ..
            } => {
                question.timeline_by = *by;
                question.zoom = *zoom;
                question.inferred = *inferred;
            }
            Kind::Annotate { inferred } => question.inferred = *inferred,
            Kind::Show | Kind::Entities | Kind::Duplicates | Kind::Search(_) | Kind::Views => {}
        }
        question
    }
}

impl Range {
    /// Whether any day of `first..=last` lies in the range.
    pub(super) fn meets(self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from.is_none_or(|from| last >= from) && self.to.is_none_or(|to| first <= to)
    }

    /// Whether it ends before it begins.
    pub(super) fn is_turned_round(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if from > to)
    }

    /// Whether every day lies in the range.
    pub(super) fn is_all(self) -> bool {
        self == Self::default()
    }
}

/// The links between names that a choice means.
pub(super) fn link_mode(links: Links) -> LinkMode {
    match links {
        Links::All => LinkMode::All,
        Links::Stated => LinkMode::Stated,
        Links::Off => LinkMode::KnowledgeBaseOnly,
    }
}

/// The order that a setting names.
pub(super) fn sort(key: Sort) -> query::Sort {
    match key {
        Sort::Day => query::Sort::Day,
        Sort::Title => query::Sort::Title,
        Sort::Relevance => query::Sort::Relevance,
        Sort::Length => query::Sort::Length,
        Sort::Path => query::Sort::Path,
    }
}
