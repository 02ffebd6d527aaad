//! Typed arguments → what they mean.

use std::path::PathBuf;

use crate::cli::args::{
    Args, CorpusArgs, How, Length, OnOff, ScreenArgs, Subcommand, TriageCommand, ViewArgs,
};
use crate::cli::task::{
    Bookkeeping, CacheUse, Deed, Doctor, Export, Form, JournalTask, Kind, Marking, Range, Reading,
    Settings, Start, Task, Verify, View, sort,
};
use crate::config::{Flags, Links, Sort, TimelineBy};
use crate::export::Format;
use crate::query::{self, DayField, Inferred, Zoom};

impl CacheUse {
    fn of(args: &Args) -> Self {
        Self {
            folder: args.cache.clone(),
            off: args.no_cache,
            read_only: args.private,
        }
    }
}

impl Task {
    /// The meaning of the arguments, given whether standard output is a terminal.
    pub(in crate::cli) fn of(args: Args, terminal: bool) -> Self {
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

    fn without_command(paths: Vec<PathBuf>, typed: CorpusArgs, cache: CacheUse) -> Self {
        Self {
            must_exist: true,
            ..Self::of(paths, typed, &CorpusArgs::default(), cache)
        }
    }
}

fn links_of(typed: &CorpusArgs) -> Option<Links> {
    typed.links.or(typed.no_links.then_some(Links::Off))
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
