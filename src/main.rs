//! Parses arguments, calls the library, turns the outcome into an exit code.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::process::ExitCode;

use khabar::cli::{self, Checkup, Exploration, Outcome, Status, Streams};
use khabar::pipeline::Request;
use khabar::tui::{self, Start};

fn main() -> ExitCode {
    let stdout = io::stdout().lock();
    let out_is_terminal = stdout.is_terminal();
    let mut out = BufWriter::with_capacity(1 << 16, stdout);
    let mut streams = Streams {
        input: &mut io::stdin(),
        out: &mut out,
        err: &mut io::stderr(),
        out_is_terminal,
    };
    let outcome = cli::start(
        std::env::args_os(),
        &|name| std::env::var_os(name),
        &mut streams,
    );
    match outcome {
        Outcome::Done(status) => status.into(),
        Outcome::Examine(checkup) => match examine(&checkup, &mut streams) {
            Ok(status) => status.into(),
            Err(error) => failed(&error),
        },
        Outcome::Explore(exploration) => {
            // the explorer needs all three streams for itself
            drop(out);
            explore(*exploration)
        }
    }
}

fn examine(checkup: &Checkup, streams: &mut Streams<'_>) -> anyhow::Result<Status> {
    if !checkup.asks_bidi {
        let terminal = tui::examine(&checkup.config, &checkup.store);
        checkup.print(&terminal, streams)?;
        return Ok(Status::Found);
    }
    let Some(said) = tui::ask_bidi(&checkup.config, &checkup.store)? else {
        return Ok(Status::Nothing);
    };
    writeln!(streams.out, "{said}")?;
    streams.out.flush()?;
    Ok(Status::Found)
}

fn failed(error: &anyhow::Error) -> ExitCode {
    // the terminal is ours no longer, so this can be read
    let _ = writeln!(io::stderr(), "khabar: {error:#}");
    Status::Failed.into()
}

fn explore(exploration: Exploration) -> ExitCode {
    let Exploration {
        sources,
        name,
        paths,
        mut notices,
        query,
        document_day,
        links,
        repairs,
        cache,
        aliases,
        config,
        store,
        journal,
        author,
        resumes,
        watch,
    } = exploration;
    if let Err(error) = store.remember(&paths) {
        notices.push(error.to_string());
    }
    let start = Start {
        config,
        request: Request {
            name,
            sources,
            document_day,
            links,
            repairs,
        },
        cache,
        terms: query.terms,
        notice: (!notices.is_empty()).then(|| notices.join(" · ")),
        store,
        journal,
        author,
        paths,
        resumes,
        watch,
        aliases,
    };
    match tui::run(start) {
        Ok(status) => status.into(),
        Err(error) => failed(&error),
    }
}
