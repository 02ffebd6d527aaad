//! `cargo bench --bench crash`: a thousand kills, a disk that fills, and what 100,000 marks cost.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot do its work has failed, and says what it measured"
)]

use std::time::Instant;

use khabar::store::Journal;
use khabar::store::journal::Place;
use khabar::triage::{DocumentKey, Mark, Op, Stamp, State};

#[path = "../e2e/crash.rs"]
mod crash;

const RUNS: u64 = 1000;
const MARKS: u32 = 100_000;

fn main() {
    crash::write_if_child();
    marks();
    let begun = Instant::now();
    let confirmed = crash::kill_writers(&[], RUNS);
    println!(
        "{RUNS} kills of one or two writers, {confirmed} looks at confirmed changes, none lost, \
         none twice, none half: {:.0?}",
        begun.elapsed()
    );
    match crash::fill_a_disk(&[]) {
        Ok(changes) => println!("a disk that filled: {changes} changes, none lost"),
        Err(why) => println!("no small disk can be made here: {why}"),
    }
}

/// Start, one mark and undo with 100,000 marks in the journal, one document each.
fn marks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j.jsonl");
    let mut stamp = Stamp::new("amal");
    let mut text = String::new();
    for n in 0..MARKS {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&n.to_le_bytes());
        let op = Op::Mark {
            mark: if n % 3 == 0 {
                Mark::Keep
            } else {
                Mark::Dismiss
            },
            documents: vec![DocumentKey(key)],
            auto: false,
        };
        text.push_str(&stamp.change(0, op).to_line());
    }
    std::fs::write(&path, &text).unwrap();
    let begun = Instant::now();
    let opened = Journal::open(Place::File(path), "amal");
    let read = begun.elapsed();
    let mut state = State::of(opened.changes);
    println!(
        "{MARKS} marks, {} MB: read in {read:.1?}, and state in {:.1?}",
        text.len() / 1_000_000,
        begun.elapsed()
    );
    let mut journal = opened.journal;
    let mut times = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        let of = state.to_undo("amal").unwrap().id;
        let change = journal.record(Op::Undo { of });
        state.extend([change]);
        let decided = begun.elapsed();
        assert_eq!(journal.flush().problem, None);
        times.push((decided, begun.elapsed()));
    }
    times.sort();
    let (decided, _) = times[times.len() / 2];
    times.sort_by_key(|(_, all)| *all);
    let (_, all) = times[times.len() / 2];
    println!("undo, median of 200: {decided:.1?}, with its line on the disk {all:.1?}");
}
