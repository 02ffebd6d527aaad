//! What can be typed, and nothing of what it means: that is [`task`](crate::cli::task)'s.

mod choices;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Parser};

pub(super) use choices::{How, Length, OnOff, Shell};

use crate::cli::day;
use crate::config::{Bidi, ColorWhen, Links, Sort, TimelineBy};
use crate::export::Format;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "khabar",
    version,
    about = "A folder of news in English, German and Arabic, seen four ways",
    long_about = "khabar reads news articles in English, German and Arabic and shows them as four \
        views of one query: the articles, their text with names and dates marked, the entities \
        under all their spellings, and a timeline. Without a command it opens the explorer; each \
        command prints one view for scripts. With standard output not a terminal, khabar without \
        a command prints the list.",
    override_help = include_str!("help.txt"),
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(super) struct Args {
    /// Files and folders to read; - reads a document or JSON Lines from standard input. Without
    /// any, the corpus of the last run or, on a first run, the embedded sample
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) corpus: CorpusArgs,
    #[command(flatten)]
    pub(super) screen: ScreenArgs,
    /// Leave no trace: nothing is written between runs
    #[arg(long, global = true, display_order = 900)]
    pub(super) private: bool,
    /// Keep what was found in the documents in DIR instead of the usual place
    #[arg(long, value_name = "DIR", global = true, display_order = 891)]
    pub(super) cache: Option<PathBuf>,
    /// Annotate everything anew, and keep nothing of it
    #[arg(long, global = true, display_order = 892, conflicts_with = "cache")]
    pub(super) no_cache: bool,
    #[command(subcommand)]
    pub(super) command: Option<Subcommand>,
}

/// What to read and which of it.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct CorpusArgs {
    /// Read the embedded sample
    #[arg(long, conflicts_with = "paths")]
    pub(super) sample: bool,
    /// Only articles that match; more than one filter must all match
    #[arg(long, value_name = "Q", allow_hyphen_values = true)]
    pub(super) filter: Vec<String>,
    /// Only articles of a view, such as kept, or of one that you saved
    #[arg(long, value_name = "NAME")]
    pub(super) view: Option<String>,
    /// Take DATE (2016-11-03) for the day of every document
    #[arg(long, value_name = "DATE", value_parser = day::parse_day)]
    pub(super) dct: Option<NaiveDate>,
    /// Take what you set right about names from FILE instead of the usual place
    #[arg(long, value_name = "FILE")]
    pub(super) aliases: Option<PathBuf>,
    /// Take marks and notes from FILE, and write them there, instead of the usual place
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
    /// Mark what holds the names and queries in FILE, one a line, and sort what is new of it first
    #[arg(long, value_name = "FILE")]
    pub(super) watch: Option<PathBuf>,
    /// Which links between names hold: all; stated by articles, none inferred across scripts; off,
    /// those of the knowledge base and your own alone
    #[arg(long, value_name = "WHICH", value_parser = choice(Links::NAMES, Links::from_name))]
    pub(super) links: Option<Links>,
    /// The same as --links off
    #[arg(long, conflicts_with = "links")]
    pub(super) no_links: bool,
}

/// How the explorer looks.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct ScreenArgs {
    /// Read the settings from FILE instead of the usual place
    #[arg(long, value_name = "FILE", global = true, display_order = 890)]
    pub(super) config: Option<PathBuf>,
    /// How Arabic is handed to the terminal
    #[arg(long, value_name = "MODE", value_parser = choice(Bidi::NAMES, Bidi::from_name))]
    pub(super) bidi: Option<Bidi>,
    /// Draw with ASCII only
    #[arg(long)]
    pub(super) ascii: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_parser = choice(ColorWhen::NAMES, ColorWhen::from_name))]
    pub(super) color: Option<ColorWhen>,
    /// Start with the mouse switched on
    #[arg(long)]
    pub(super) mouse: bool,
}

/// What every command that reads a corpus takes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ViewArgs {
    /// Files and folders to read; - reads a document or JSON Lines from standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) corpus: CorpusArgs,
    /// Print JSON Lines, even to a terminal
    #[arg(long, conflicts_with = "table")]
    pub(super) json: bool,
    /// Print a table, even into a pipe
    #[arg(long)]
    pub(super) table: bool,
}

/// What every command that marks documents takes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct OnArgs {
    /// Documents, each by its id, its path, or eight or more digits of its SHA-256; else --filter
    #[arg(value_name = "DOC")]
    pub(super) documents: Vec<String>,
    /// Files and folders of the corpus; without any, the corpus of the last run
    #[arg(long = "in", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) corpus: CorpusArgs,
    /// Print JSON Lines, even to a terminal
    #[arg(long)]
    pub(super) json: bool,
}

/// What to look for and how to print it.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// What to look for: words, "phrases", OR, NOT, parentheses, fields such as lang:ar
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: String,
    /// The best documents first, instead of the order of their paths
    #[arg(long)]
    pub(super) rank: bool,
    /// Print one line a document
    #[arg(long)]
    pub(super) documents: bool,
    /// Stop after N lines
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}

/// The commands.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    /// List the articles, one a line
    List {
        #[command(flatten)]
        view: ViewArgs,
        /// Whether inferred days count
        #[arg(long, value_name = "WHETHER", value_parser = choice(OnOff::NAMES, OnOff::from_name))]
        inferred: Option<OnOff>,
        /// Order of the articles
        #[arg(long, value_name = "KEY", value_parser = choice(Sort::NAMES, Sort::from_name))]
        sort: Option<Sort>,
        /// Turn the order round
        #[arg(long)]
        reverse: bool,
    },
    /// Print the documents as decoded, with encoding and SHA-256
    Show {
        #[command(flatten)]
        view: ViewArgs,
    },
    /// Print names and dates with their places, values and reasons
    Annotate {
        #[command(flatten)]
        view: ViewArgs,
        /// Annotate each document by itself and print all that khabar needs to open it without
        /// annotating it again: one line for each, in their order, as they come
        #[arg(long, conflicts_with_all = ["table", "filter", "aliases", "no_links"])]
        per_document: bool,
        /// Whether inferred days count, and what was worked out from them
        #[arg(long, value_name = "WHETHER", value_parser = choice(OnOff::NAMES, OnOff::from_name))]
        inferred: Option<OnOff>,
    },
    /// Count the entities, one a line with all its spellings
    Entities {
        #[command(flatten)]
        view: ViewArgs,
    },
    /// Count the days, one a line with its best sentences
    Timeline {
        #[command(flatten)]
        view: ViewArgs,
        /// Days of publication, or days mentioned
        #[arg(long, value_name = "DAYS", value_parser = choice(TimelineBy::NAMES, TimelineBy::from_name))]
        by: Option<TimelineBy>,
        /// First day, month or year (2016-11-03, 2016-11, 2016)
        #[arg(long, value_name = "DATE", value_parser = day::parse_first)]
        from: Option<NaiveDate>,
        /// Last day, month or year
        #[arg(long, value_name = "DATE", value_parser = day::parse_last)]
        to: Option<NaiveDate>,
        /// Length of a row
        #[arg(long, value_name = "LENGTH", value_parser = choice(Length::NAMES, Length::from_name))]
        zoom: Option<Length>,
        /// Whether inferred days count
        #[arg(long, value_name = "WHETHER", value_parser = choice(OnOff::NAMES, OnOff::from_name))]
        inferred: Option<OnOff>,
        /// Best sentences of each row, at most 100
        #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=100))]
        sentences: u8,
    },
    /// Find words in the full text, one hit a line with its context
    Search {
        #[command(flatten)]
        search: SearchArgs,
        #[command(flatten)]
        view: ViewArgs,
    },
    /// List the views, those always there and your own, with how many articles each has
    Views {
        #[command(flatten)]
        view: ViewArgs,
    },
    /// List the near-duplicates, one cluster a line
    Duplicates {
        #[command(flatten)]
        view: ViewArgs,
    },
    /// Write a brief: passages with file, paragraph and SHA-256, in a stable order
    Export {
        /// Files and folders to read; - reads a document or JSON Lines from standard input
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        corpus: CorpusArgs,
        /// Form of the brief; else the output file's ending says it
        #[arg(long, value_name = "FORM", value_parser = choice(Format::NAMES, Format::from_name))]
        format: Option<Format>,
        /// Write to FILE, which must not exist, instead of standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Keep a FILE that exists as FILE~
        #[arg(long, requires = "output")]
        backup: bool,
        /// Order of the articles
        #[arg(long, value_name = "KEY", value_parser = choice(Sort::NAMES, Sort::from_name))]
        sort: Option<Sort>,
        /// Turn the order round
        #[arg(long)]
        reverse: bool,
    },
    /// Check every citation of a brief against the files
    Verify {
        /// The brief, in any form that export writes; - reads standard input
        #[arg(value_name = "BRIEF")]
        brief: PathBuf,
        /// Files and folders that hold the sources; without any, the files that the brief names,
        /// here or beside it, else the corpus of the last run
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// The sources are the embedded sample
        #[arg(long, conflicts_with = "paths")]
        sample: bool,
        /// Print JSON Lines, even to a terminal
        #[arg(long)]
        json: bool,
    },
    #[command(flatten)]
    Triage(TriageCommand),
    /// Print, find or check the settings
    #[command(group = ArgGroup::new("what").required(true))]
    Config {
        /// Print the commented default settings
        #[arg(long, group = "what")]
        print_default: bool,
        /// Print where the settings file belongs
        #[arg(long, group = "what")]
        path: bool,
        /// Check the settings file, or the one that --config names
        #[arg(long, group = "what")]
        check: bool,
    },
    /// Examine terminal, settings and folders, and print what was found and why
    Doctor {
        /// Ask in which way Arabic reads right, and keep the answer for this terminal
        #[arg(long = "bidi", id = "ask_bidi", conflicts_with = "json")]
        bidi: bool,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        #[arg(value_parser = choice(Shell::NAMES, Shell::from_name))]
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// The commands that make something of documents.
#[derive(Debug, clap::Subcommand)]
pub(super) enum TriageCommand {
    /// Keep, dismiss or otherwise mark documents; or undo and redo what you did last
    Mark {
        /// What to do
        #[arg(value_name = "HOW", value_parser = choice(How::NAMES, How::from_name))]
        how: How,
        #[command(flatten)]
        on: OnArgs,
    },
    /// Tag documents
    Tag {
        /// The tag
        #[arg(value_name = "TAG")]
        tag: String,
        #[command(flatten)]
        on: OnArgs,
        /// Take the tag away
        #[arg(long)]
        remove: bool,
    },
    /// Write a note on a document
    Note {
        /// The note
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        on: OnArgs,
        /// On the first passage that reads so, instead of the whole
        #[arg(long, value_name = "WORDS")]
        quote: Option<String>,
    },
    /// Print, merge or check the journal of marks and notes
    Journal {
        /// export prints it, import FILE... takes lines in, check tells what is wrong with it
        #[arg(value_name = "WHAT", value_parser = PossibleValuesParser::new(["export", "import", "check"]))]
        what: String,
        /// Journals to import; - for standard input
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Files and folders of the corpus; without any, the corpus of the last run
        #[arg(long = "in", value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        corpus: CorpusArgs,
    },
}

impl Subcommand {
    /// The names of all commands.
    pub(super) const NAMES: &[&str] = &[
        "list",
        "show",
        "annotate",
        "entities",
        "timeline",
        "search",
        "views",
        "duplicates",
        "export",
        "verify",
        "mark",
        "tag",
        "note",
        "journal",
        "config",
        "doctor",
        "completions",
        "man",
    ];
}

/// Takes one of `names`, which help and completions list.
fn choice<T: Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
    from_name: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names)
        .try_map(move |name| from_name(&name).ok_or("not one of the known names"))
}
