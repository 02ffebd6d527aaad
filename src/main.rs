//! Parses arguments, calls the library, turns the outcome into an exit code.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::process::ExitCode;

use khabar::cli::{self, Exploration, Outcome, Status, Streams};

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
    // the explorer needs all three streams for itself
    drop(out);
    match outcome {
        Outcome::Done(status) => status.into(),
        Outcome::Explore(exploration) => explore(&exploration).into(),
    }
}

fn explore(exploration: &Exploration) -> Status {
    let _ = writeln!(
        io::stderr(),
        "khabar: the explorer is not built yet; `khabar list` prints {}",
        exploration.name
    );
    Status::Failed
}
