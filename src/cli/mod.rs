//! The command line: every view of the screen as JSON Lines or a table, and the way to the screen.
//!
//! Writes only to what it is given: data to `out`, words for people to `err`. What is typed
//! (`args`) and what it means (`task`) are two things; the promised shapes are in `wire`.

mod aliases;
mod annotate;
mod args;
mod cache;
mod day;
mod doctor;
mod duplicates;
mod each;
mod entities;
mod export;
mod json;
mod list;
mod load;
mod manual;
mod offsets;
mod search;
mod settings;
mod show;
mod sources;
mod status;
mod table;
mod task;
#[cfg(test)]
mod tests;
mod timeline;
mod triage;
mod verify;
mod views;
mod wire;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::anyhow;
use chrono::NaiveDate;
use clap::Parser as _;

pub use doctor::Checkup;
pub use status::Status;

use crate::cli::args::Args;
use crate::cli::load::{Loaded, load};
use crate::cli::task::{Form, Task, View};
use crate::config::{Config, Environment};
use crate::corpus::Corpus;
use crate::ingest::Source;
use crate::link::LinkMode;
use crate::pipeline;
use crate::query::{Answer, Engine, Local, Query, Question, SyntaxError};
use crate::repair::Repairs;
use crate::store::journal::Place;
use crate::store::{Directories, Store};
use crate::text::visible::sanitize;

/// What the command line may read and write.
pub struct Streams<'s> {
    /// Standard input: a document or JSON Lines for `-`.
    pub input: &'s mut dyn Read,
    /// Standard output: data.
    pub out: &'s mut dyn Write,
    /// Standard error: words for people.
    pub err: &'s mut dyn Write,
    /// Whether `out` is a terminal: then tables instead of JSON, and the explorer instead of a
    /// list.
    pub out_is_terminal: bool,
}

/// What is left to do for the caller.
pub enum Outcome {
    /// Nothing but to exit.
    Done(Status),
    /// Open the explorer.
    Explore(Box<Exploration>),
    /// Examine the terminal, or ask on it how Arabic reads.
    Examine(Box<Checkup>),
}

/// What the explorer is to show.
pub struct Exploration {
    /// What to read.
    pub sources: Vec<Source>,
    /// What the status line calls the corpus.
    pub name: String,
    /// The files and folders behind `sources`, for [`Store::remember`]; empty for what cannot be
    /// opened again (standard input) and for the sample.
    pub paths: Vec<PathBuf>,
    /// Why this corpus, when the user named none; and other news from the start. One sentence
    /// each.
    pub notices: Vec<String>,
    /// The filter to begin with.
    pub query: Query,
    /// The day that the user set for every document.
    pub document_day: Option<NaiveDate>,
    /// Which links between names hold.
    pub links: LinkMode,
    /// What the user set right.
    pub repairs: Arc<Repairs>,
    /// Where the corpus is cached, if it is.
    pub cache: Option<pipeline::cache::Place>,
    /// Where that is kept; `None` for a corpus that cannot be opened again.
    pub aliases: Option<PathBuf>,
    /// Settings, keys and looks, all layers applied.
    pub config: Config,
    /// What is kept between runs.
    pub store: Store,
    /// Where marks and notes are kept.
    pub journal: Place,
    /// Who makes them.
    pub author: String,
    /// Whether to go back to where one was: neither corpus nor filter was named.
    pub resumes: bool,
    /// What to look out for: a document that any of these finds.
    pub watch: Vec<Query>,
}

/// Does what the arguments ask for. `arguments` begins with the program's name; `variable` reads
/// the environment, such as `std::env::var_os`.
pub fn start(
    arguments: impl IntoIterator<Item = OsString>,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Outcome {
    let outcome = run(arguments, variable, streams).and_then(|outcome| {
        streams.out.flush()?;
        Ok(outcome)
    });
    outcome.unwrap_or_else(|error| {
        if closed_pipe(&error) {
            return Outcome::Done(Status::Found);
        }
        // an error that cannot be told either is told by the status alone
        let _ = say(streams.err, &format!("khabar: {error:#}"));
        Outcome::Done(Status::Failed)
    })
}

/// Whether the reader of the output went away, as `head` does: it has what it wanted.
fn closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a message of one or more lines for people; nothing in it can steer their terminal.
fn say(err: &mut dyn Write, message: &str) -> io::Result<()> {
    for line in message.lines() {
        writeln!(err, "{}", sanitize(line))?;
    }
    Ok(())
}

fn run(
    arguments: impl IntoIterator<Item = OsString>,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) if error.use_stderr() => {
            // it may quote what was typed
            say(streams.err, &error.render().to_string())?;
            return Ok(Outcome::Done(Status::Failed));
        }
        // --help and --version are answers, not errors
        Err(answer) => {
            write!(streams.out, "{}", answer.render())?;
            return Ok(Outcome::Done(Status::Found));
        }
    };
    let directories = Directories::read(variable);
    let named = args.screen.config.clone();
    match Task::of(args, streams.out_is_terminal) {
        Task::View(view) => {
            if let Some(path) = &named {
                // no view needs a setting, but a named file that is wrong is told wherever it is
                // named
                Config::from_file(crate::config::File::Named(path))?;
            }
            run_view(&view, &directories, variable, streams).map(Outcome::Done)
        }
        Task::Export(what) => {
            export::run(&what, &directories, variable, streams).map(Outcome::Done)
        }
        Task::AnnotateEach(reading) => {
            each::run(&reading, &directories, streams).map(Outcome::Done)
        }
        Task::Verify(what) => verify::run(&what, &directories, streams).map(Outcome::Done),
        Task::Explore(start) => {
            let environment = Environment::read(variable);
            explore(&start, &directories, &environment, variable, streams)
        }
        Task::Mark(marking) => {
            triage::run_mark(&marking, &directories, variable, streams).map(Outcome::Done)
        }
        Task::Journal(task) => {
            triage::run_journal(&task, &directories, variable, streams).map(Outcome::Done)
        }
        Task::Settings(what) => {
            settings::run(&what, directories.config_file(), streams).map(Outcome::Done)
        }
        Task::Doctor(what) => {
            let environment = Environment::read(variable);
            let checkup = doctor::prepare(&what, &directories, &environment);
            Ok(Outcome::Examine(Box::new(checkup)))
        }
        Task::Completions(shell) => {
            streams.out.write_all(&manual::completions(shell))?;
            Ok(Outcome::Done(Status::Found))
        }
        Task::Manual => {
            streams.out.write_all(manual::page().as_bytes())?;
            Ok(Outcome::Done(Status::Found))
        }
    }
}

fn explore(
    start: &task::Start,
    directories: &Directories,
    environment: &Environment,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let usual = directories.config_file();
    let file = match (&start.config, &usual) {
        (Some(path), _) => crate::config::File::Named(path),
        (None, Some(path)) => crate::config::File::Usual(path),
        (None, None) => crate::config::File::None,
    };
    let config = Config::load(file, environment, start.flags)?;
    let mut query = parse(&start.reading.filter)?;
    let store = Store::new(directories, start.private);
    let mut config = config;
    if let Some(name) = &start.reading.view {
        let view = views::find(&store, name)?;
        query.terms.splice(0..0, view.query.terms);
        config.settings.sort = view.sort.unwrap_or(config.settings.sort);
    }
    let mut chosen = sources::choose(&start.reading, &store, streams.input)?;
    let aliases = aliases::read(start.reading.aliases.as_deref(), &store, &chosen)?;
    chosen.notices.extend(aliases.notices);
    let journal = triage::place(start.reading.journal.as_deref(), &store, &chosen)?;
    let author = triage::author(&config.settings.author, variable);
    let cache = cache::place(&start.reading, directories, &chosen);
    Ok(Outcome::Explore(Box::new(Exploration {
        sources: chosen.sources,
        name: chosen.name,
        paths: chosen.paths,
        notices: chosen.notices,
        query,
        document_day: start.reading.document_day,
        links: task::link_mode(start.reading.links.unwrap_or(config.settings.links)),
        repairs: Arc::new(aliases.repairs),
        cache,
        aliases: aliases.file,
        config,
        store,
        journal,
        author,
        resumes: start.reading.is_plain(),
        watch: triage::watch_terms(start.reading.watch.as_deref())?,
    })))
}

/// The terms of all filters, joined by "and".
fn parse(filters: &[String]) -> anyhow::Result<Query> {
    let mut query = Query::default();
    for filter in filters {
        let parsed = filter.parse().map_err(wrong_in("--filter", filter))?;
        let Query { mut terms } = parsed;
        query.terms.append(&mut terms);
    }
    Ok(query)
}

/// Tells what is wrong with a query that was typed or kept in some place, and where.
fn wrong_in(place: &str, query: &str) -> impl Fn(SyntaxError) -> anyhow::Error {
    move |error| anyhow!("{place}: {error}\n{}", error.shown_in(query))
}

fn run_view(
    view: &View,
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    if let task::Kind::Timeline { range, .. } = &view.kind
        && range.is_turned_round()
    {
        anyhow::bail!("--to lies before --from");
    }
    let mut question = Question {
        query: parse(&view.reading.filter)?,
        ..view.question()
    };
    if let task::Kind::Search(search) = &view.kind {
        let typed = &search.query;
        let asked = Query::in_text(typed).map_err(wrong_in("QUERY", typed))?;
        question.query.terms.splice(0..0, asked.terms);
    }
    // a command keeps nothing but the cache
    let store = Store::new(directories, true);
    let asked = question.query.links();
    let Loaded {
        corpus,
        desk,
        pending,
        linking,
        ..
    } = load(&view.reading, asked, directories, variable, &store, streams)?;
    if let Some(name) = &view.reading.view {
        views::find(&store, name)?.ask(&mut question, &view.kind);
    }
    let watch = triage::watch_terms(view.reading.watch.as_deref())?;
    question.marked = Arc::new(desk.select(&question.query, &corpus, &watch));
    let mut engine = Local::new(Arc::clone(&corpus));
    // nobody can cancel, so there always is an answer
    let answer = engine.answer(&question, &|| false).unwrap_or_default();
    let found = match &view.kind {
        task::Kind::Search(search) => search::write(
            &engine,
            &question.query,
            &answer,
            search,
            view.form,
            streams.out,
        )?,
        task::Kind::Views => {
            let asked = views::Asked {
                query: &question.query,
                watch: &watch,
                desk: &desk,
                linking: &linking,
            };
            views::write(&corpus, &asked, &store, view.form, streams.out)?
        }
        kind => write_view(
            kind,
            view.form,
            (&engine, &corpus),
            &answer,
            &question,
            &desk,
            streams.out,
        )?,
    };
    if !found && view.form == Form::Table {
        say(streams.err, "khabar: nothing found")?;
    }
    pending.wait(streams)?;
    Ok(Status::of(found, corpus.len(), corpus.unreadable().len()))
}

fn write_view(
    kind: &task::Kind,
    form: Form,
    (engine, corpus): (&dyn Engine, &Corpus),
    answer: &Answer,
    question: &Question,
    desk: &triage::Desk,
    out: &mut dyn Write,
) -> io::Result<bool> {
    match kind {
        task::Kind::List { inferred, .. } => {
            list::write((engine, corpus), answer, desk, *inferred, form, out)
        }
        task::Kind::Show => show::write(engine, answer, form, out),
        task::Kind::Annotate { inferred } => annotate::write(engine, answer, *inferred, form, out),
        task::Kind::Entities => entities::write((engine, corpus), answer, form, out),
        task::Kind::Duplicates => duplicates::write(corpus, answer, form, out),
        task::Kind::Timeline {
            range, sentences, ..
        } => {
            let asked = timeline::Asked {
                question,
                range: *range,
                sentences: *sentences,
            };
            timeline::write(corpus, answer, &asked, form, out)
        }
        // what they print is no answer alone
        task::Kind::Search(_) | task::Kind::Views => Ok(false),
    }
}
