//! What finding near-duplicates costs: `cargo bench --bench duplicates`.
//!
//! Over ../shared/corpora/mid, its quarter and half, and twice and four times as much: further
//! copies of it have other words of the same lengths, so that they repeat among themselves just as
//! the first does, and not each other. Says how the time grows with the articles.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot write its figures has failed"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "figures for people, of three digits"
)]

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use khabar::corpus::{Article, Corpus, Language, RawDocument, Title};
use khabar::duplicate;
use khabar::ingest::{Outcome, Source, discover, read_input};

const MID: &str = "../shared/corpora/mid";

fn main() {
    let mut out = std::io::stdout().lock();
    let documents = documents();
    if documents.is_empty() {
        writeln!(out, "{MID} is not there: nothing to measure").unwrap();
        return;
    }
    let count = documents.len();
    let mut measured = Vec::new();
    for wanted in [count / 4, count / 2, count, count * 2, count * 4] {
        let corpus = corpus(&documents, wanted);
        let begun = Instant::now();
        let found = duplicate::find(&corpus, &|| false).unwrap();
        let seconds = begun.elapsed().as_secs_f64();
        let copies: usize = found.clusters().iter().map(|c| c.copies.len()).sum();
        writeln!(
            out,
            "{wanted:>7} articles  {seconds:>7.2} s  {:>6} clusters  {copies:>6} copies",
            found.clusters().len()
        )
        .unwrap();
        measured.push((wanted as f64, seconds));
    }
    let [first, .., last] = measured.as_slice() else {
        return;
    };
    let exponent = (last.1 / first.1).ln() / (last.0 / first.0).ln();
    writeln!(out, "time grows with articles^{exponent:.2}").unwrap();
}

fn documents() -> Vec<RawDocument> {
    let mut documents = Vec::new();
    for input in &discover(&[Source::Path(PathBuf::from(MID))]).inputs {
        read_input(input, &mut |outcome| {
            if let Outcome::Document(raw) = outcome {
                documents.push(*raw);
            }
        });
    }
    documents
}

fn corpus(documents: &[RawDocument], wanted: usize) -> Corpus {
    let mut corpus = Corpus::new("bench");
    let mut made = 0;
    while made < wanted {
        let copy = made / documents.len();
        let rest = (wanted - made).min(documents.len());
        let salted = "q".repeat(copy) + " ";
        let articles = documents.iter().take(rest).map(|raw| {
            let mut raw = raw.clone();
            raw.text = raw.text.replace(' ', &salted);
            Article {
                raw: Arc::new(raw),
                title: Title {
                    text: "-".to_owned(),
                    derived_from: None,
                },
                language: Language::Other,
                day: None,
                mentions: Vec::new().into(),
                timexes: Vec::new(),
                entities: Vec::new(),
            }
        });
        corpus = corpus.with(articles.collect(), Vec::new());
        made += rest;
    }
    corpus
}
