//! What the typed arguments mean.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::args::{
    Args, CorpusArgs, How, Length, OnOff, ScreenArgs, SearchArgs, Shell, Subcommand, TriageCommand,
    ViewArgs,
};
use crate::config::{Flags, Links, Sort, TimelineBy};
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

impl CacheUse {
    fn of(args: &Args) -> Self {
        Self {
            folder: args.cache.clone(),
            off: args.no_cache,
            read_only: args.private,
        }
    }
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

impl Task {
    /// The meaning of the arguments, given whether standard output is a terminal.
    pub(super) fn of(args: Args, terminal: bool) -> Self {
        let (cache, private) = (CacheUse::of(&args), args.private);
        let (paths, corpus, screen, command) = (args.paths, args.corpus, args.screen, args.command);
        let reading = |paths, typed| Reading::of(paths, typed, &corpus, cache.clone());
        let view = |kind: Kind, typed: ViewArgs| {
            Self::View(View {
                kind,
                form: form(typed.json, typed.table, terminal),
                reading: reading(typed.paths, typed.corpus),
            })
        };
        match command {
            None if terminal => Self::Explore(Start {
                reading: Reading::without_command(paths, corpus, cache.clone()),
                flags: flags(&screen),
                config: screen.config,
                private,
            }),
            // into a pipe or a file goes the list
            None => Self::View(View {
                kind: list(None, false, None),
                form: Form::Json,
                reading: Reading::without_command(paths, corpus, cache.clone()),
            }),
            Some(Subcommand::List {
                view: typed,
                sort: key,
                reverse,
                inferred: switch,
            }) => view(list(key, reverse, switch), typed),
            Some(Subcommand::Search {
                search,
                view: typed,
            }) => view(Kind::Search(search), typed),
            Some(Subcommand::Views { view: typed }) => view(Kind::Views, typed),
            Some(Subcommand::Show { view: typed }) => view(Kind::Show, typed),
            Some(Subcommand::Annotate {
                view: typed,
                inferred: switch,
                per_document,
            }) => match (per_document, inferred(switch)) {
                (true, _) => Self::AnnotateEach(reading(typed.paths, typed.corpus)),
                (false, inferred) => view(Kind::Annotate { inferred }, typed),
            },
            Some(Subcommand::Entities { view: typed }) => view(Kind::Entities, typed),
            Some(Subcommand::Timeline {
                view: typed,
                by,
                from,
                to,
                zoom: length,
                inferred: switch,
                sentences,
            }) => {
                let range = Range { from, to };
                let kind = timeline(by, length, range, switch, sentences);
                view(kind, typed)
            }
            Some(Subcommand::Triage(it)) => {
                triage(it, &corpus, cache.clone(), screen.config, private, terminal)
            }
            Some(Subcommand::Duplicates { view: typed }) => view(Kind::Duplicates, typed),
            Some(command @ (Subcommand::Export { .. } | Subcommand::Verify { .. })) => {
                Self::of_brief(command, &corpus, cache.clone(), terminal)
            }
            Some(Subcommand::Config {
                print_default: true,
                ..
            }) => Self::Settings(Settings::PrintDefault),
            Some(Subcommand::Config { path: true, .. }) => Self::Settings(Settings::Path),
            Some(Subcommand::Config { .. }) => Self::Settings(Settings::Check(screen.config)),
            Some(Subcommand::Doctor { bidi, json }) => Self::Doctor(Doctor {
                asks_bidi: bidi,
                json,
                flags: flags(&screen),
                config: screen.config,
                private,
            }),
            Some(Subcommand::Completions { shell }) => Self::Completions(shell),
            Some(Subcommand::Man) => Self::Manual,
        }
    }
}

impl Task {
    /// The meaning of a command about briefs; of any other, which is never given, the manual.
    fn of_brief(command: Subcommand, before: &CorpusArgs, cache: CacheUse, terminal: bool) -> Self {
        match command {
            Subcommand::Export {
                paths,
                corpus: typed,
                format,
                output,
                backup,
                sort: key,
                reverse,
            } => Self::Export(Export {
                reading: Reading::of(paths, typed, before, cache),
                format: format
                    .or_else(|| Format::of_file(output.as_deref()?))
                    .unwrap_or_default(),
                output,
                backup,
                sort: key.map_or(query::Sort::Path, sort),
                reverse,
            }),
            Subcommand::Verify {
                brief,
                paths,
                sample,
                json,
            } => Self::Verify(Verify {
                brief,
                paths,
                sample,
                form: form(json, false, terminal),
            }),
            _ => Self::Manual,
        }
    }
}

/// The meaning of a command that makes something of documents.
fn triage(
    command: TriageCommand,
    before: &CorpusArgs,
    cache: CacheUse,
    config: Option<PathBuf>,
    private: bool,
    terminal: bool,
) -> Task {
    let (deed, on) = match command {
        TriageCommand::Mark { how, on } => {
            let deed = match how {
                How::Mark(mark) => Deed::Mark(mark),
                How::Undo => Deed::Undo,
                How::Redo => Deed::Redo,
            };
            (deed, on)
        }
        TriageCommand::Tag { tag, on, remove } => (Deed::Tag { tag, add: !remove }, on),
        TriageCommand::Note { text, on, quote } => (Deed::Note { text, quote }, on),
        TriageCommand::Journal {
            what,
            files,
            paths,
            corpus: typed,
        } => {
            return Task::Journal(JournalTask {
                what: match what.as_str() {
                    "export" => Bookkeeping::Export,
                    "import" => Bookkeeping::Import(files),
                    _ => Bookkeeping::Check,
                },
                reading: Reading::of(paths, typed, before, cache),
                config,
                private,
            });
        }
    };
    Task::Mark(Marking {
        deed,
        form: form(on.json, false, terminal),
        documents: on.documents,
        reading: Reading::of(on.paths, on.corpus, before, cache),
        config,
        private,
    })
}

impl Reading {
    /// Options before the command count as well; those after it win, filters add up.
    fn of(paths: Vec<PathBuf>, typed: CorpusArgs, before: &CorpusArgs, cache: CacheUse) -> Self {
        let links = links_of(&typed).or_else(|| links_of(before));
        let mut filter = before.filter.clone();
        filter.extend(typed.filter);
        Self {
            sample: typed.sample || (before.sample && paths.is_empty()),
            paths,
            filter,
            view: typed.view.or_else(|| before.view.clone()),
            document_day: typed.dct.or(before.dct),
            aliases: typed.aliases.or_else(|| before.aliases.clone()),
            journal: typed.journal.or_else(|| before.journal.clone()),
            watch: typed.watch.or_else(|| before.watch.clone()),
            links,
            cache,
            must_exist: false,
        }
    }

    /// Whether neither a corpus nor a filter was named.
    pub(super) fn is_plain(&self) -> bool {
        self.paths.is_empty() && !self.sample && self.filter.is_empty()
    }

    fn without_command(paths: Vec<PathBuf>, typed: CorpusArgs, cache: CacheUse) -> Self {
        Self {
            must_exist: true,
            ..Self::of(paths, typed, &CorpusArgs::default(), cache)
        }
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

fn links_of(typed: &CorpusArgs) -> Option<Links> {
    typed.links.or(typed.no_links.then_some(Links::Off))
}

/// The links between names that a choice means.
pub(super) fn link_mode(links: Links) -> LinkMode {
    match links {
        Links::All => LinkMode::All,
        Links::Stated => LinkMode::Stated,
        Links::Off => LinkMode::KnowledgeBaseOnly,
    }
}

fn form(json: bool, table: bool, terminal: bool) -> Form {
    if table || (terminal && !json) {
        Form::Table
    } else {
        Form::Json
    }
}

fn flags(screen: &ScreenArgs) -> Flags {
    Flags {
        mouse: screen.mouse.then_some(true),
        ascii: screen.ascii.then_some(true),
        color: screen.color,
        bidi: screen.bidi,
    }
}

fn list(key: Option<Sort>, reverse: bool, switch: Option<OnOff>) -> Kind {
    Kind::List {
        sort: key.map(sort),
        reverse,
        inferred: inferred(switch),
    }
}

fn timeline(
    by: Option<TimelineBy>,
    length: Option<Length>,
    range: Range,
    switch: Option<OnOff>,
    sentences: u8,
) -> Kind {
    Kind::Timeline {
        by: by.map_or_else(DayField::default, days),
        zoom: length.map_or_else(Zoom::default, zoom),
        range,
        inferred: inferred(switch),
        sentences: usize::from(sentences),
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

fn days(by: TimelineBy) -> DayField {
    match by {
        TimelineBy::Published => DayField::Published,
        TimelineBy::Mentioned => DayField::Mentioned,
    }
}

fn inferred(switch: Option<OnOff>) -> Inferred {
    match switch {
        Some(OnOff::Off) => Inferred::Hidden,
        Some(OnOff::On) | None => Inferred::Shown,
    }
}

fn zoom(length: Length) -> Zoom {
    match length {
        Length::Day => Zoom::Day,
        Length::Week => Zoom::Week,
        Length::Month => Zoom::Month,
        Length::Year => Zoom::Year,
    }
}
