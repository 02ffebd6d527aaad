//! What a first load costs: the whole of it on all cores, then each of its stages by itself.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use khabar::annotate::date::Options;
use khabar::annotate::date::corpus::date_documents;
use khabar::annotate::document::{Annotated, annotate};
use khabar::annotate::entity::Finder;
use khabar::corpus::{Corpus, RawDocument};
use khabar::duplicate;
use khabar::ingest::{self, Outcome, Source};
use khabar::link::{self, LinkMode};
use khabar::pipeline::cache::Place;
use khabar::pipeline::{Request, load, load_all_cached};
use khabar::repair::Repairs;

/// Articles of a snapshot.
const BATCH: usize = 400;

/// What is to be reached on two cores, in MB and documents a second.
const GOALS: (f64, f64) = (8.0, 2500.0);

/// Seconds that all threads of this process have had a processor, where the system tells.
fn processor_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // the name of the program, in brackets, may hold spaces
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_ascii_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|n| n.parse::<f64>().ok()).sum();
    Some(ticks / 100.0)
}

/// What a corpus is.
#[derive(Clone, Copy)]
struct Size {
    bytes: f64,
    documents: f64,
}

fn measure<T>(name: &str, size: Size, run: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), processor_time());
    let result = run();
    let wall = start.elapsed().as_secs_f64();
    let spent = processor_time().zip(before).map(|(after, b)| after - b);
    let Size { bytes, documents } = size;
    println!(
        "{name:<36} {wall:>6.2} s, of processors {:>6.2} s {:>8.1} MB/s {:>8.0} documents/s",
        spent.unwrap_or(wall),
        bytes / 1e6 / wall,
        documents / wall
    );
    result
}

/// Loads a corpus as the explorer does, without and with a cache to write, then stage by stage.
pub(crate) fn tell(path: &str) {
    let source = Source::Path(path.into());
    let raw = read(&source);
    let bytes: usize = raw.iter().map(|raw| raw.text.len()).sum();
    let size = Size {
        bytes: bytes as f64,
        documents: raw.len() as f64,
    };
    let request = Request {
        name: "bench".to_owned(),
        sources: vec![source.clone()],
        ..Request::default()
    };
    let (megabytes, documents) = GOALS;
    println!(
        "{path}: {} documents, {:.1} MB of text; to reach: {megabytes} MB/s, {documents} documents/s",
        raw.len(),
        size.bytes / 1e6
    );
    measure("everything, on all cores", size, || {
        let mut first = None;
        let start = Instant::now();
        load(&request, &AtomicBool::new(false), &mut |progress| {
            if !progress.corpus.is_empty() {
                first.get_or_insert_with(|| start.elapsed());
            }
        });
        println!(
            "first article after {:.1} ms",
            first.unwrap_or_default().as_secs_f64() * 1e3
        );
    });
    let folder = tempfile::tempdir().unwrap();
    let place = Place {
        file: folder.path().join("cache"),
        writes: true,
    };
    measure("the same, and the cache written", size, || {
        let (_, saving) = load_all_cached(&request, &place);
        saving.unwrap().wait().unwrap();
    });
    stages(&source, raw, size);
}

fn read(source: &Source) -> Vec<RawDocument> {
    let mut documents = Vec::new();
    for input in ingest::discover(std::slice::from_ref(source)).inputs {
        ingest::read_input(&input, &mut |outcome| {
            if let Outcome::Document(raw) = outcome {
                documents.push(*raw);
            }
        });
    }
    documents
}

/// One after the other, where each has the machine for itself.
fn stages(source: &Source, raw: Vec<RawDocument>, size: Size) {
    measure("  reading", size, || read(source).len());
    let finder = Finder::embedded();
    let (articles, evidence): (Vec<_>, Vec<_>) = measure("  annotating, one core", size, || {
        let mut names = finder.series();
        raw.into_iter()
            .map(|raw| {
                let annotated = annotate(raw, &mut names, Options::default());
                let Annotated { article, evidence } = annotated;
                (article, evidence)
            })
            .unzip()
    });
    let corpus = measure("  columns and index", size, || {
        let mut articles = articles.into_iter();
        let mut corpus = Corpus::new("bench");
        loop {
            let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return corpus;
            }
            corpus = corpus.with(batch, Vec::new());
        }
    });
    let repairs = Arc::new(Repairs::default());
    measure("  linking names", size, || {
        link::linked(&corpus, &finder, &repairs, LinkMode::default()).len()
    });
    measure("  dating documents by each other", size, || {
        date_documents(&evidence).len()
    });
    measure("  comparing texts", size, || {
        duplicate::find(&corpus, &|| false).is_some()
    });
}
