//! `khabar journal export`, `import` and `check`.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::cli::task::{Bookkeeping, JournalTask};
use crate::cli::triage::{author_by_settings, place};
use crate::cli::wire::{Imported, Misread};
use crate::cli::{Status, Streams, json, say, sources};
use crate::store::journal::Place;
use crate::store::{Directories, Journal, Opened, Store};
use crate::triage::{Change, State, parse_lines, read_line, verify};

/// How long an import waits for another khabar that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the command.
pub(in crate::cli) fn run(
    task: &JournalTask,
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    let author = author_by_settings(task.config.as_deref(), directories, variable)?;
    let store = Store::new(directories, task.private);
    let chosen = sources::choose(&task.reading, &store, &mut std::io::empty())?;
    let place = place(task.reading.journal.as_deref(), &store, &chosen)?;
    match &task.what {
        Bookkeeping::Export => export(place, &author, streams),
        Bookkeeping::Import(files) => {
            let mut new = Vec::new();
            let mut misread = 0;
            for file in files {
                let (changes, damaged) = read(file, streams)?;
                new.extend(changes);
                misread += damaged;
            }
            import(place, &author, new, misread, streams)
        }
        Bookkeeping::Check => check(&place, streams),
    }
}

fn export(place: Place, author: &str, streams: &mut Streams<'_>) -> anyhow::Result<Status> {
    let opened = Journal::open(place, author);
    for notice in &opened.notices {
        say(streams.err, &format!("khabar: {notice}"))?;
    }
    let state = State::of(opened.changes);
    for change in state.changes() {
        streams.out.write_all(change.to_line().as_bytes())?;
    }
    let unread = opened.damages.len() + usize::from(opened.is_torn);
    Ok(Status::of(
        !state.changes().is_empty(),
        state.changes().len(),
        unread,
    ))
}

/// The changes of a file, and how many lines of it say nothing.
fn read(file: &Path, streams: &mut Streams<'_>) -> anyhow::Result<(Vec<Change>, usize)> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        streams
            .input
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    let (changes, damages) = parse_lines(&bytes, 1);
    for damage in &damages {
        let message = format!("{}:{}: {}", file.display(), damage.line, damage.reason);
        say(streams.err, &message)?;
    }
    Ok((changes, damages.len()))
}

fn import(
    place: Place,
    author: &str,
    new: Vec<Change>,
    misread: usize,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    match &place {
        Place::File(_) => {}
        Place::ReadOnly(_) => bail!("with --private nothing can be imported"),
        Place::Nowhere(why) => bail!("nothing can be imported: {why}"),
    }
    let Opened {
        journal, changes, ..
    } = Journal::open(place, author);
    let known = State::of(changes);
    let given = State::of(new);
    let fresh: Vec<&Change> = given
        .changes()
        .iter()
        .filter(|change| known.change(change.id).is_none())
        .collect();
    let mut journal = journal.patient(PATIENCE);
    journal.import(fresh.iter().copied());
    if let Some(problem) = journal.flush().problem {
        bail!("{problem}");
    }
    let imported = Imported {
        new: fresh.len(),
        known: given.changes().len() - fresh.len(),
        misread,
    };
    json::write_line(streams.out, &imported)?;
    Ok(Status::of(
        !fresh.is_empty(),
        given.changes().len(),
        misread,
    ))
}

/// Tells each line that is damaged, of a later khabar, or not what it was when it was written.
fn check(place: &Place, streams: &mut Streams<'_>) -> anyhow::Result<Status> {
    let Some(path) = place.file() else {
        bail!("there is no journal to check");
    };
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut problems = Vec::new();
    let (mut changes, mut authors) = (0usize, BTreeSet::new());
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let (read, damages) = parse_lines(line, number);
        problems.extend(damages.into_iter().map(|d| (d.line, d.reason)));
        for change in read {
            changes += 1;
            authors.insert(change.author);
        }
        let Ok(text) = std::str::from_utf8(line) else {
            continue;
        };
        let is_change = matches!(read_line(text.trim_end()), crate::triage::Line::Change(_));
        if let Err(reason) = verify(text)
            && is_change
        {
            problems.push((number, reason));
        }
    }
    for (line, problem) in &problems {
        let misread = Misread {
            line: *line,
            problem,
        };
        json::write_line(streams.out, &misread)?;
    }
    let names: Vec<&str> = authors.iter().map(|author| &**author).collect();
    let summary = format!(
        "{}: {changes} changes by {}, {} with a problem",
        path.display(),
        if names.is_empty() {
            "nobody".to_owned()
        } else {
            names.join(", ")
        },
        match problems.len() {
            0 => "none".to_owned(),
            n => n.to_string(),
        }
    );
    say(streams.err, &summary)?;
    Ok(if problems.is_empty() {
        Status::Found
    } else {
        Status::Unreadable
    })
}
