//! What annotating costs: `cargo bench --bench annotate`. The whole first load alone, with its
//! stages: `cargo bench --bench annotate -- load`; of another corpus: `KHABAR_LOAD=PATH`.
//!
//! Every eighth article of ../shared/corpora/mid (every `KHABAR_EVERY`th), each annotator by itself
//! and all together, in seconds that this thread had a processor, so that other work on the machine
//! does not count. Words behind the command choose measurements: `-- "ar: names"`. Tokens are what stands between white space. The best of three rounds counts.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench that cannot read its input has failed; its figures are read by people"
)]

use std::cell::RefCell;
use std::hint::black_box;
use std::io::{BufRead as _, BufReader};
use std::time::Instant;

use khabar::annotate::date::corpus::Evidence;
use khabar::annotate::entity::Finder;
use khabar::annotate::{date, language, title};
use khabar::corpus::{Language, Metadata, RawDocument};

#[path = "linking.rs"]
mod linking;
#[path = "load.rs"]
mod load;

const MID: &str = "../shared/corpora/mid/mid.jsonl.zst";
const ROUNDS: usize = 3;

fn read_mid(every: usize) -> Vec<(Language, RawDocument)> {
    let Ok(file) = std::fs::File::open(MID) else {
        return Vec::new();
    };
    let decoder = ruzstd::decoding::StreamingDecoder::new(file).unwrap();
    let lines = BufReader::new(decoder).lines();
    lines
        .step_by(every)
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = |name: &str| value[name].as_str().unwrap_or("").to_owned();
            let language = Language::from_code(&text("language")).unwrap_or(Language::Other);
            let raw = RawDocument {
                id: text("doc_id"),
                path: format!("{}.txt", text("doc_id")),
                title: Some(text("title")),
                text: text("text"),
                encoding: "UTF-8",
                notes: Vec::new(),
                metadata: Metadata::default(),
                sha256: [0; 32],
            };
            (language, raw)
        })
        .collect()
}

/// Seconds that a measurement takes at least: the system counts a thread's time in slices of
/// milliseconds.
const LEAST: f64 = 0.4;

/// Seconds that this thread has had a processor, where the system tells.
fn processor_time() -> Option<f64> {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(nanoseconds.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// Seconds of one run, the best of some rounds.
fn seconds(mut run: impl FnMut()) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let (start, before) = (Instant::now(), processor_time());
            let (mut runs, mut elapsed) = (0u32, 0.0);
            while elapsed < LEAST {
                run();
                runs += 1;
                elapsed = start.elapsed().as_secs_f64();
            }
            let spent = processor_time()
                .zip(before)
                .map_or(elapsed, |(after, before)| after - before);
            spent / f64::from(runs)
        })
        .fold(f64::INFINITY, f64::min)
}

/// Whether a measurement is wanted.
fn chosen(name: &str) -> bool {
    // cargo adds an option of its own
    let mut wanted = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .peekable();
    wanted.peek().is_none() || wanted.any(|wanted| name.contains(&wanted))
}

fn tell(name: &str, documents: &[&(Language, RawDocument)], each: &dyn Fn(Language, &RawDocument)) {
    if !chosen(name) {
        return;
    }
    let bytes: usize = documents.iter().map(|(_, raw)| raw.text.len()).sum();
    let tokens: usize = documents
        .iter()
        .map(|(_, raw)| raw.text.split_whitespace().count())
        .sum();
    let seconds = seconds(|| {
        for (language, raw) in documents {
            each(*language, raw);
        }
    });
    println!(
        "{name:<28} {:>9.0} tokens/s {:>6.1} MB/s",
        tokens as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    );
}

fn main() {
    let every = std::env::var("KHABAR_EVERY").ok();
    let every = every.and_then(|n| n.parse().ok()).unwrap_or(8);
    let documents = read_mid(every);
    if documents.is_empty() {
        println!("{MID} is not there: nothing to measure");
        return;
    }
    if chosen("load") {
        load::tell(&std::env::var("KHABAR_LOAD").unwrap_or_else(|_| MID.to_owned()));
    }
    let (finder, plain) = (Finder::embedded(), Finder::with_models([&[]; 3]));
    let options = date::Options::default();
    let (names, plain) = (RefCell::new(finder.series()), RefCell::new(plain.series()));
    let everything = |_: Language, raw: &RawDocument| {
        let (language, _) = language::identify(&raw.text, None);
        black_box(title::title_of(raw));
        let mentions = names.borrow_mut().find(raw, language);
        black_box(Evidence::with_timexes(raw, language, &mentions, options));
    };
    for wanted in [
        None,
        Some(Language::English),
        Some(Language::German),
        Some(Language::Arabic),
    ] {
        let list: Vec<&(Language, RawDocument)> = documents
            .iter()
            .filter(|(language, _)| wanted.is_none_or(|wanted| wanted == *language))
            .collect();
        let of = wanted.map_or("all", Language::code);
        let name = |what: &str| format!("{of}: {what}");
        tell(&name("language"), &list, &|_, raw| {
            black_box(language::identify(&raw.text, None));
        });
        tell(&name("title"), &list, &|_, raw| {
            black_box(title::title_of(raw));
        });
        tell(&name("names, knowledge base"), &list, &|language, raw| {
            black_box(plain.borrow_mut().find(raw, language));
        });
        tell(&name("names"), &list, &|language, raw| {
            black_box(names.borrow_mut().find(raw, language));
        });
        tell(&name("dates"), &list, &|language, raw| {
            black_box(date::annotate(raw, language, options));
        });
        tell(&name("evidence for days"), &list, &|language, raw| {
            black_box(Evidence::of(raw, language, &[], options));
        });
        tell(&name("everything"), &list, &everything);
    }
    if chosen("linking") {
        linking::tell(&finder, &documents);
    }
}
