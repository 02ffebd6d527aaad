//! Whole inputs: fixtures of our own, and the shared corpora where they are at hand.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that is left out says so; one that cannot read its material has failed"
)]

mod fixtures;
mod shared;

use std::path::Path;

use khabar::corpus::{RawDocument, Unreadable};
use khabar::ingest::{Outcome, Source, discover, read_input};

/// Everything that a source holds.
fn read_source(source: Source) -> (Vec<RawDocument>, Vec<Unreadable>) {
    let found = discover(&[source]);
    let (mut documents, mut unreadable) = (Vec::new(), found.unreadable);
    for input in &found.inputs {
        read_input(input, &mut |outcome| match outcome {
            Outcome::Document(document) => documents.push(*document),
            Outcome::Annotated(line) => panic!("{} was never annotated", line.path),
            Outcome::Unreadable(bad) => unreadable.push(bad),
        });
    }
    (documents, unreadable)
}

/// Everything below one path.
fn read(path: &Path) -> (Vec<RawDocument>, Vec<Unreadable>) {
    read_source(Source::Path(path.to_path_buf()))
}
