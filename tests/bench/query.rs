//! What a question costs, key by key: `cargo bench --bench query`.
//!
//! Over the real articles of ../shared/corpora/mid where they are there, and over 1,000, 10,000,
//! 100,000 and 1,000,000 titles spliced from theirs (or from a few words of our own). Names and days are stand-ins
//! as many as real ones, for annotating is not what is measured here. Times are medians of five.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot read its input has failed"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "figures for people, of three digits"
)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::time::Instant;

use chrono::{Days, NaiveDate};
use khabar::corpus::{Article, Corpus, Language};
use khabar::query::{Place, Question, Session, Sort, answer, concordance};

mod stand_in;

use stand_in::{Record, article};

const MID: &str = "../shared/corpora/mid/mid.jsonl.zst";
const BATCHES: usize = 200;
const RUNS: usize = 5;

/// What is typed, one state of the input line after the other.
const TYPED: [&str; 9] = [
    "s", "sy", "syr", "syri", "syria", "syrian", "ح", "حل", "حلب",
];

fn main() {
    let mid = read_mid();
    let mut out = std::io::stdout().lock();
    if mid.is_empty() {
        writeln!(out, "{MID} is not there: generated titles only").unwrap();
    } else {
        let articles = mid.iter().enumerate().map(|(n, record)| article(n, record));
        let corpus = load(&mut out, "corpora/mid", articles.collect());
        literal(&mut out, &corpus);
        contexts(&mut out, &corpus);
        keys(&mut out, &corpus);
        orders(&mut out, &corpus);
    }
    let words: Vec<&str> = if mid.is_empty() {
        "syria aleppo rebels army said حلب سوريا die syrische armee in and city the of"
            .split(' ')
            .collect()
    } else {
        mid.iter()
            .flat_map(|record| record.title.split_whitespace())
            .collect()
    };
    let mut totals = Vec::new();
    for count in [1_000, 10_000, 100_000, 1_000_000] {
        let articles = titles(&words, count);
        let corpus = load(&mut out, &format!("{count} titles"), articles);
        memory(&mut out, &corpus);
        totals.push((count as f64, keys(&mut out, &corpus)));
        orders(&mut out, &corpus);
    }
    let [first, .., last] = totals.as_slice() else {
        return;
    };
    let exponent = (last.1 / first.1).ln() / (last.0 / first.0).ln();
    writeln!(out, "cost of all keys grows with articles^{exponent:.2}").unwrap();
}

fn read_mid() -> Vec<Record> {
    let Ok(file) = std::fs::File::open(MID) else {
        return Vec::new();
    };
    let decoder = ruzstd::decoding::StreamingDecoder::new(file).unwrap();
    let lines = BufReader::new(decoder).lines();
    lines
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = |name: &str| {
                value
                    .get(name)
                    .and_then(|v| v.as_str())
                    .unwrap_or("")
                    .to_owned()
            };
            Record {
                title: text("title"),
                text: text("text"),
                source: text("source"),
                language: Language::from_code(&text("language")).unwrap_or(Language::Other),
                day: text("date_publish").parse().ok(),
            }
        })
        .collect()
}

/// Titles of runs of words, each with a body of as many more.
fn titles(words: &[&str], count: usize) -> Vec<Article> {
    let mut state = 42u64;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let start = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
    let mut run = |longest: usize| {
        let from = random(words.len());
        let to = (from + 3 + random(longest)).min(words.len());
        words[from..to].join(" ")
    };
    (0..count)
        .map(|number| {
            let record = Record {
                title: format!("{} {}", run(5), run(5)),
                text: run(9),
                source: format!("source {}", number % 40),
                language: Language::English,
                day: start.checked_add_days(Days::new(number as u64 * 7919 % 1400)),
            };
            article(number, &record)
        })
        .collect()
}

/// Loads articles in batches, as a pipeline does, with a question after each.
fn load(out: &mut impl std::io::Write, name: &str, articles: Vec<Article>) -> Corpus {
    let count = articles.len();
    let before = resident();
    let mut corpus = Corpus::new(name);
    let mut snapshots = Vec::new();
    let mut slowest = 0.0f64;
    let mut first_half = 0.0;
    let mut total = 0.0;
    let size = count.div_ceil(BATCHES);
    let mut articles = articles.into_iter();
    for batch in 0..BATCHES {
        let articles: Vec<Article> = articles.by_ref().take(size).collect();
        let begun = Instant::now();
        let next = corpus.with(articles, Vec::new());
        let cost = milliseconds(begun);
        total += cost;
        slowest = slowest.max(cost);
        if batch < BATCHES / 2 {
            first_half += cost;
        }
        // someone still looks at the last few snapshots: nothing may be changed in place
        snapshots.push(std::mem::replace(&mut corpus, next));
        if snapshots.len() > 2 {
            snapshots.remove(0);
        }
    }
    writeln!(
        out,
        "\n{name}: {count} articles, {} entities, {} words\n\
         with() in {BATCHES} batches: {total:.0} ms in all, first half {first_half:.0}, slowest {slowest:.1}; {} MB beside the articles",
        corpus.entities().len(),
        corpus.words().len(),
        resident().saturating_sub(before) / 1_000_000,
    )
    .unwrap();
    corpus
}

/// Literal search, for the first time after a load and again.
/// Hits in context: until the first batch of lines is there, and until all are.
fn contexts(out: &mut impl std::io::Write, corpus: &Corpus) {
    writeln!(
        out,
        "{:<28}{:>8}{:>9}{:>9}",
        "hits in context", "hits", "first ms", "all ms"
    )
    .unwrap();
    for query in ["\"جبهة النصرة\"", "\"aleppo\"", "\"said\" OR \"war\""] {
        let question = Question {
            query: query.parse().unwrap(),
            ..Question::default()
        };
        let found = answer(corpus, &question, &|| false).unwrap();
        let (mut first, mut hits) = (0.0, 0);
        let all = median(|| {
            let begun = Instant::now();
            (first, hits) = (0.0, 0);
            let mut take = |batch: Vec<Place>| {
                if hits == 0 {
                    first = milliseconds(begun);
                }
                hits += batch.len();
                true
            };
            concordance(corpus, &question.query, &found.hits, &|| false, &mut take).unwrap();
            milliseconds(begun)
        });
        writeln!(out, "  {query:<26}{hits:>8}{first:>9.2}{all:>9.2}").unwrap();
    }
}

fn literal(out: &mut impl std::io::Write, corpus: &Corpus) {
    writeln!(
        out,
        "{:<28}{:>8}{:>9}{:>9}",
        "full text", "hits", "first ms", "again ms"
    )
    .unwrap();
    for query in [
        "\"جبهة النصرة\"",
        "\"aleppo\"",
        "\"said on tuesday\"",
        "\"e\"",
        "\"zzzz\"",
    ] {
        let cold = Corpus::new("cold").with(
            corpus
                .articles()
                .map(|(_, article)| article.clone())
                .collect(),
            Vec::new(),
        );
        let question = Question {
            query: query.parse().unwrap(),
            ..Question::default()
        };
        let begun = Instant::now();
        let found = answer(&cold, &question, &|| false).unwrap();
        let cold_cost = milliseconds(begun);
        let warm = median(|| {
            let begun = Instant::now();
            answer(&cold, &question, &|| false).unwrap();
            milliseconds(begun)
        });
        writeln!(
            out,
            "{query:<28}{:>8}{cold_cost:>9.1}{warm:>9.1}",
            found.hits.len()
        )
        .unwrap();
    }
}

/// Times every key; gives the sum of the medians, in milliseconds.
fn keys(out: &mut impl std::io::Write, corpus: &Corpus) -> f64 {
    let mut costs = vec![[0.0; RUNS]; TYPED.len()];
    let mut listed = vec![[0.0; RUNS]; TYPED.len()];
    let mut alone = vec![[0.0; RUNS]; TYPED.len()];
    let mut back = [0.0; RUNS];
    let mut empty = [0.0; RUNS];
    let mut hits = vec![(0, 0); TYPED.len()];
    let question = |query: &str, sort| Question {
        query: query.parse().unwrap(),
        sort,
        ..Question::default()
    };
    for run in 0..RUNS {
        let mut session = Session::default();
        let begun = Instant::now();
        session
            .answer(corpus, &question("", Sort::Day), &|| false)
            .unwrap();
        empty[run] = milliseconds(begun);
        for (key, typed) in TYPED.iter().enumerate() {
            let begun = Instant::now();
            session
                .ranked(corpus, &question(typed, Sort::Day), &|| false)
                .unwrap();
            listed[key][run] = milliseconds(begun);
            let found = session
                .answer(corpus, &question(typed, Sort::Day), &|| false)
                .unwrap();
            costs[key][run] = milliseconds(begun);
            hits[key] = (found.hits.len(), found.literal.unwrap_or(0));
            if *typed == "syrian" {
                let begun = Instant::now();
                session
                    .answer(corpus, &question("syria", Sort::Day), &|| false)
                    .unwrap();
                back[run] = milliseconds(begun);
            }
            let begun = Instant::now();
            answer(corpus, &question(typed, Sort::Relevance), &|| false).unwrap();
            alone[key][run] = milliseconds(begun);
        }
    }
    let mut line = String::new();
    let mut sum = 0.0;
    writeln!(
        line,
        "{:<10}{:>8}{:>9}{:>9}{:>9}{:>11}",
        "typed", "hits", "literal", "list, ms", "all, ms", "alone, ms"
    )
    .unwrap();
    for (key, typed) in TYPED.iter().enumerate() {
        let (cost, alone) = (middle(&mut costs[key]), middle(&mut alone[key]));
        let list = middle(&mut listed[key]);
        sum += cost;
        let (hits, literal) = hits[key];
        writeln!(
            line,
            "{typed:<10}{hits:>8}{literal:>9}{list:>9.2}{cost:>9.2}{alone:>11.2}"
        )
        .unwrap();
    }
    writeln!(
        line,
        "backspace {:>26.2}\n(no query){:>26.2}",
        middle(&mut back),
        middle(&mut empty)
    )
    .unwrap();
    write!(out, "{line}").unwrap();
    sum
}

/// What a session takes for the letters typed one after the other, in MB, each answered in full:
/// when it holds all of them, and at most.
fn memory(out: &mut impl std::io::Write, corpus: &Corpus) {
    let mut session = Session::default();
    // the greatest size is that from here on
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let before = resident();
    let mut last = None;
    for typed in std::iter::once("").chain(TYPED) {
        let question = Question {
            query: typed.parse().unwrap(),
            ..Question::default()
        };
        session.ranked(corpus, &question, &|| false).unwrap();
        last = session.answer(corpus, &question, &|| false);
    }
    let held = resident().saturating_sub(before);
    let most = most_resident().saturating_sub(before);
    writeln!(
        out,
        "memory of a session after all of these: {} MB, at most {} MB",
        held / 1_000_000,
        most / 1_000_000,
    )
    .unwrap();
    drop(last);
}

/// The most bytes of memory that the process held, where /proc says so.
fn most_resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok());
    kilobytes.map_or(0, |kilobytes| kilobytes * 1024)
}

/// What it costs to put everything in each order, for the first time and again.
fn orders(out: &mut impl std::io::Write, corpus: &Corpus) {
    for sort in [Sort::Day, Sort::Title, Sort::Length, Sort::Path] {
        let mut session = Session::default();
        let mut ask = |reverse| {
            let question = Question {
                sort,
                reverse,
                ..Question::default()
            };
            let begun = Instant::now();
            session.answer(corpus, &question, &|| false).unwrap();
            milliseconds(begun)
        };
        let (first, again) = (ask(false), ask(true));
        writeln!(out, "{:<10}{first:>26.2}{again:>11.2}", format!("{sort:?}")).unwrap();
    }
}

/// Bytes of memory that the process holds, where /proc says so.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = status
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<usize>().ok());
    pages.map_or(0, |pages| pages * 4096)
}

fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

fn middle(costs: &mut [f64; RUNS]) -> f64 {
    costs.sort_by(f64::total_cmp);
    costs[RUNS / 2]
}

fn median(mut run: impl FnMut() -> f64) -> f64 {
    middle(&mut std::array::from_fn(|_| run()))
}
