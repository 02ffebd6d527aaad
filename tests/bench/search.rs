//! What the full-text index costs, and its answers: `cargo bench --bench search`, or
//! `cargo bench --bench search -- DOCUMENTS` for another number than 100,000. With the word
//! `cached` it asks a corpus that khabar annotated and opened again, whose texts are packed, instead
//! of one in memory with stand-ins for names and days; with other words (`phrase`, `wide`) only the
//! kinds of questions whose names hold all of them.
//!
//! The documents are made by `../shared/tools/gen_corpus.py` (spliced real sentences of 3,000 bytes a
//! document, seed 42) and kept below target/tmp. Questions are words that stand next to each other
//! somewhere: a word as frequent as it is in the texts. `alone` is the ranked top 50 with an exact
//! count, from typed words to hits; `answer` has all hits in order, with entities and days. Each
//! time is the best of three.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot read its input has failed"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "figures for people, of three digits"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use khabar::corpus::fulltext::{Document, token::tokens};
use khabar::corpus::{Article, Corpus, FullText, Language};
use khabar::ingest::Source;
use khabar::pipeline::cache::Place;
use khabar::pipeline::{Request, load_all_cached};
use khabar::query::{
    Condition, Finder, Leniency, Matching, Query, Question, Session, Sort, Term, TextQuery, best,
};
use khabar::text::fold::fold;

mod stand_in;

use stand_in::{Record, article};

const GENERATOR: &str = "../shared/tools/gen_corpus.py";
const BATCH: usize = 500;
const QUESTIONS: usize = 150;
const TOP: usize = 50;

fn main() {
    let mut out = std::io::stdout().lock();
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let count: usize = numbers.next().unwrap_or(100_000);
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word.chars().all(char::is_alphabetic))
        .collect();
    let is_cached = wanted.iter().any(|word| word == "cached");
    let Some(articles) = documents(count) else {
        writeln!(out, "no {GENERATOR}: nothing to search").unwrap();
        return;
    };
    let text_bytes: usize = articles.iter().map(|a| a.raw.text.len()).sum();
    writeln!(
        out,
        "{count} documents, {} MB of text",
        text_bytes / 1_000_000
    )
    .unwrap();
    if !is_cached {
        build(&mut out, &articles, text_bytes);
    }
    let questions = questions(&articles);
    let begun = Instant::now();
    let corpus = if is_cached {
        drop(articles);
        reopened(count)
    } else {
        let none = Corpus::new("bench");
        Arc::new(articles.chunks(BATCH).fold(none, |corpus, batch| {
            corpus.with(batch.to_vec(), Vec::new())
        }))
    };
    writeln!(
        out,
        "the whole corpus: {:.1} s",
        begun.elapsed().as_secs_f64()
    )
    .unwrap();
    let begun = Instant::now();
    let _ = corpus.mentioning(khabar::corpus::EntityId(0));
    writeln!(
        out,
        "articles by entity, once a corpus: {:.1} ms\n\n{:<22}{:>9}{:>18}{:>22}{:>22}",
        begun.elapsed().as_secs_f64() * 1000.0,
        "median of hits",
        "",
        "alone p50 / p99",
        "by relevance, answer",
        "by day, answer"
    )
    .unwrap();
    for (name, matching) in [("folded", Matching::FOLDED), ("wide", Matching::WIDE)] {
        for (kind, typed) in &questions {
            let name = format!("{kind}, {name}");
            let mut kinds = wanted.iter().filter(|word| *word != "cached");
            if kinds.all(|word| name.contains(word.as_str())) {
                measure(&mut out, &corpus, &name, typed, matching);
            }
        }
    }
}

fn folder(count: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("search-{count}"))
}

/// The generated documents as khabar opens them the second time.
fn reopened(count: usize) -> Arc<Corpus> {
    let folder = folder(count);
    let request = Request {
        name: "bench".to_owned(),
        sources: vec![Source::Path(folder.join("corpus.jsonl"))],
        ..Request::default()
    };
    let place = Place {
        file: folder.join("corpus.cache"),
        writes: true,
    };
    let (_, saving) = load_all_cached(&request, &place);
    if let Some(saving) = saving {
        saving.wait().unwrap();
    }
    load_all_cached(&request, &place).0
}

/// The generated documents; `None` where there is no generator.
fn documents(count: usize) -> Option<Vec<Article>> {
    let folder = folder(count);
    let path = folder.join("corpus.jsonl");
    if !path.exists() {
        PathBuf::from(GENERATOR).exists().then_some(())?;
        let mut generator = Command::new("python3");
        generator.args([GENERATOR, "--no-files", "--titles", "1000", "--docs"]);
        generator.arg(count.to_string()).arg("--out").arg(&folder);
        assert!(generator.status().unwrap().success());
    }
    let lines = BufReader::new(std::fs::File::open(path).unwrap()).lines();
    let articles = lines.enumerate().map(|(number, line)| {
        let value: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |name: &str| value.get(name).and_then(|v| v.as_str()).unwrap_or("");
        let record = Record {
            title: text("title").to_owned(),
            text: text("body").to_owned(),
            source: format!("source {}", number % 40),
            language: Language::from_code(text("lang")).unwrap_or(Language::Other),
            day: text("date").parse().ok(),
        };
        article(number, &record)
    });
    Some(articles.collect())
}

/// The index alone, from folded texts, as a load makes it.
fn build(out: &mut impl std::io::Write, articles: &[Article], text_bytes: usize) {
    let begun = Instant::now();
    let texts: Vec<String> = articles
        .iter()
        .map(|a| format!("{}\0{}", fold(&a.title.text), fold(&a.raw.text)))
        .collect();
    let folding = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let mut slowest = 0.0f64;
    let mut index = FullText::default();
    for (texts, articles) in texts.chunks(BATCH).zip(articles.chunks(BATCH)) {
        let begun = Instant::now();
        index = index.with(texts.iter().zip(articles).map(|(text, article)| {
            Document {
                text,
                names: article
                    .mentions
                    .iter()
                    .map(|m| m.span.of(article.field(m.field)))
                    .collect(),
            }
        }));
        slowest = slowest.max(begun.elapsed().as_secs_f64());
    }
    let seconds = begun.elapsed().as_secs_f64();
    let words: usize = index
        .words()
        .iter_from(0)
        .map(|(_, word, _)| word.len())
        .sum();
    writeln!(
        out,
        "index on one core: {seconds:.2} s, {:.0} MB/s, slowest batch of {BATCH} {:.0} ms (folding, for comparison: {folding:.2} s)\n\
         {} words, {} tokens, {} runs; postings {:.1} MB, {:.1} % of the text; letters of the words {:.1} MB",
        text_bytes as f64 / 1e6 / seconds,
        slowest * 1000.0,
        index.words().len(),
        index.tokens(),
        index.runs().count(),
        index.bytes() as f64 / 1e6,
        index.bytes() as f64 * 100.0 / text_bytes as f64,
        words as f64 / 1e6,
    )
    .unwrap();
}

type Join = fn(&[String], Matching) -> TextQuery;

/// A question: its words, how they are joined, and the same as a query.
struct Asked {
    words: Vec<String>,
    join: Join,
}

/// Questions of each kind, of words that stand in the texts.
fn questions(articles: &[Article]) -> Vec<(&'static str, Vec<Asked>)> {
    let one: Join = |words, m| TextQuery::Words(words.concat(), m);
    let and: Join = |words, m| TextQuery::Words(words.join(" "), m);
    let or: Join = |words, m| {
        TextQuery::Or(
            words
                .iter()
                .map(|w| TextQuery::Words(w.clone(), m))
                .collect(),
        )
    };
    let phrase: Join = |words, m| TextQuery::Phrase(words.join(" "), m);
    let mut state = 42u64;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    [
        ("word", one, 1),
        ("two words", and, 2),
        ("either word", or, 2),
        ("phrase of two", phrase, 2),
        ("phrase of three", phrase, 3),
    ]
    .into_iter()
    .map(|(name, join, length)| {
        let mut asked = Vec::new();
        while asked.len() < QUESTIONS {
            let text = &articles.get(random(articles.len())).unwrap().raw.text;
            let words: Vec<&str> = tokens(text).filter_map(|range| text.get(range)).collect();
            let start = random(words.len());
            if let Some(words) = words.get(start..start + length) {
                let words = words.iter().map(|word| (*word).to_owned()).collect();
                asked.push(Asked { words, join });
            }
        }
        (name, asked)
    })
    .collect()
}

fn measure(
    out: &mut impl std::io::Write,
    corpus: &Corpus,
    name: &str,
    questions: &[Asked],
    matching: Matching,
) {
    let mut hits = Vec::new();
    let (mut alone, mut ranked, mut dated) = (Vec::new(), Vec::new(), Vec::new());
    for asked in questions {
        let query = (asked.join)(&asked.words, matching);
        let (cost, (found, top)) = timed(|| {
            let finder = Finder::new(corpus, &query, &|| false).unwrap();
            let found = finder.documents(&|| false).unwrap();
            let top = best(&found, TOP);
            (found, top)
        });
        alone.push(cost);
        assert!(top.len() <= TOP);
        hits.push(found.len() as f64);
        for (sort, costs) in [(Sort::Relevance, &mut ranked), (Sort::Day, &mut dated)] {
            let question = Question {
                query: as_query(&query),
                sort,
                ..Question::default()
            };
            let (cost, answer) = timed(|| {
                let mut session = Session::default();
                session.answer(corpus, &question, &|| false).unwrap()
            });
            costs.push(cost);
            assert_eq!(answer.hits.len(), found.len());
        }
    }
    let figures = |costs: &mut Vec<f64>| {
        costs.sort_by(f64::total_cmp);
        let at = |share: usize| costs.get((costs.len() - 1) * share / 100).copied().unwrap();
        (at(50), at(99))
    };
    let (median, _) = figures(&mut hits);
    let cells = [(&mut alone, 18), (&mut ranked, 22), (&mut dated, 22)].map(|(costs, width)| {
        let (p50, p99) = figures(costs);
        format!("{:>width$}", format!("{p50:.2} / {p99:.2}"))
    });
    let line = format!("{name:<24}{median:>7.0}{}", cells.concat());
    writeln!(out, "{line}").unwrap();
}

/// The question as the query that a user would have typed.
fn as_query(query: &TextQuery) -> Query {
    let term = |condition| Term {
        condition,
        exclude: false,
    };
    let (mut terms, matching) = match query {
        TextQuery::Phrase(words, matching) => {
            (vec![term(Condition::Text(words.clone()))], *matching)
        }
        TextQuery::Words(words, matching) => (vec![term(Condition::words(words))], *matching),
        TextQuery::Or(any) => {
            let queries: Vec<Query> = any.iter().map(as_query).collect();
            let is_wide = queries.iter().all(|query| query.terms.len() == 1);
            let leaves = queries
                .into_iter()
                .filter_map(|query| query.terms.into_iter().next());
            let any = vec![term(Condition::Any(leaves.collect()))];
            (
                any,
                if is_wide {
                    Matching::WIDE
                } else {
                    Matching::FOLDED
                },
            )
        }
        other => panic!("no question of the bench: {other:?}"),
    };
    if matching == Matching::FOLDED {
        terms.extend(Leniency::ALL.map(|leniency| term(Condition::Without(leniency))));
    }
    Query { terms }
}

/// What a piece of work costs, in milliseconds, and what it gives: the best of three, so that what
/// else runs on the machine counts for little.
fn timed<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut run = || {
        let begun = Instant::now();
        let given = work();
        (begun.elapsed().as_secs_f64() * 1000.0, given)
    };
    let (mut least, mut answer) = run();
    for _ in 0..2 {
        let (cost, given) = run();
        (least, answer) = (least.min(cost), given);
    }
    (least, answer)
}
