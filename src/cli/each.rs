//! `khabar annotate --per-document`: a filter for engines that share the work between machines.

use std::cell::Cell;

use crate::cli::json;
use crate::cli::sources;
use crate::cli::status::Status;
use crate::cli::task::Reading;
use crate::cli::{Streams, say};
use crate::pipeline::each::{Item, annotate_each};
use crate::store::{Directories, Store};

/// A finished line, and what the user is to hear of it.
type Line = (Vec<u8>, Option<String>);

/// Prints a line for each document as soon as it and those before it are annotated.
pub(super) fn run(
    reading: &Reading,
    directories: &Directories,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    // nothing is written by a command, so privacy does not matter here
    let chosen = sources::choose_unread(reading, &Store::new(directories, true))?;
    for notice in &chosen.notices {
        say(streams.err, &format!("khabar: {notice}"))?;
    }
    let (documents, refused) = (Cell::new(0), Cell::new(0));
    let (out, err) = (&mut *streams.out, &mut *streams.err);
    annotate_each(
        &chosen.sources,
        streams.input,
        reading.document_day,
        &encode,
        &mut |(line, complaint): Line| {
            if let Some(complaint) = complaint {
                refused.set(refused.get() + 1);
                // whoever reads on should not wait for what stands before the complaint
                out.flush()?;
                say(err, &complaint)?;
            } else {
                documents.set(documents.get() + 1);
            }
            out.write_all(&line)
        },
    )?;
    let found = documents.get() > 0;
    Ok(Status::of(found, documents.get(), refused.get()))
}

fn encode(item: Item) -> Line {
    let mut line = Vec::new();
    // writing to memory cannot fail
    let complaint = match item {
        Item::Document(record) => {
            let _ = json::write_line(&mut line, &record);
            None
        }
        Item::Refused(refused, told) => {
            let _ = json::write_line(&mut line, &refused);
            Some(format!("{}: {}", told.path, told.reason))
        }
    };
    (line, complaint)
}
