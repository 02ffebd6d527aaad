//! Trains the name taggers of `assets/models` and prints what they reach.
//!
//! `cargo bench --bench train -- train en de ar` trains and writes; `score` only prints the table;
//! `figures` writes that of `tests/figures.md`; `folds en` only cross-validates on our own annotations. Needs `../shared`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a program for developers: it stops where its data are not as it needs them"
)]

mod crf;
mod data;
mod figures;
mod folds;
mod lexicon;
#[path = "../links/score.rs"]
#[expect(dead_code, reason = "the tests of links also tell what was wrong")]
mod links;
#[path = "../links/names.rs"]
mod names;
mod score;

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use khabar::annotate::entity::Finder;
use khabar::annotate::entity::tagger::label::LABELS;
use khabar::annotate::entity::tagger::lexicon::Lexicon;
use khabar::annotate::entity::tagger::model::Parts;
use khabar::annotate::language;
use khabar::corpus::Language;
use ruzstd::decoding::StreamingDecoder;
use serde_json::Value;

use crate::crf::{Recipe, Run, Weights};
use crate::data::Annotated;

/// Rows that a model keeps.
const ROWS: usize = 120_000;
/// Buckets of a model, 64 bytes each.
const BUCKETS: usize = 1 << 15;
/// How much our own annotations count beside the public sets.
const OWN: f32 = 6.0;
/// What is taken off the score of "no name": labels of seven kinds share what speaks for a name.
const RECALL: f32 = 0.7;

const RECIPE: Recipe = Recipe {
    epochs: 8,
    rate: 0.12,
    decay: 1e-3,
    least: 3,
    seed: 20_161_104,
};

/// A language with its public sets: file, sentences to skip, sentences to take.
struct Tongue {
    language: Language,
    code: &'static str,
    train: &'static [(&'static str, usize, usize)],
    held_out: &'static [(&'static str, usize, usize)],
}

const ALL: usize = usize::MAX;

const TONGUES: [Tongue; 3] = [
    Tongue {
        language: Language::English,
        code: "en",
        train: &[
            ("en/gmb_voa.train.tsv", 0, ALL),
            ("en/uner_ewt.dev.tsv", 0, ALL),
        ],
        held_out: &[
            ("en/gmb_voa.test.tsv", 0, ALL),
            ("en/wikigold.test.tsv", 0, ALL),
            ("en/uner_ewt.test.tsv", 0, ALL),
        ],
    },
    Tongue {
        language: Language::German,
        code: "de",
        train: &[
            ("de/germeval.dev.tsv", 0, ALL),
            ("de/germeval.test.tsv", 0, 4100),
            ("de/europeana_lft.train.tsv", 0, ALL),
        ],
        held_out: &[("de/germeval.test.tsv", 4100, ALL)],
    },
    Tongue {
        language: Language::Arabic,
        code: "ar",
        train: &[("ar/anercorp.train.tsv", 0, ALL)],
        held_out: &[
            ("ar/anercorp.test.tsv", 0, ALL),
            ("ar/aqmar.train.tsv", 0, ALL),
        ],
    },
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shared() -> PathBuf {
    root().join("../shared")
}

/// A text of the unannotated corpora.
pub struct Row {
    /// Code of its language.
    pub language: String,
    /// Its title.
    pub title: String,
    /// Its body.
    pub text: String,
}

/// The unannotated corpora, by identifier, in its order.
pub type Corpora = BTreeMap<String, Row>;

fn corpora() -> Corpora {
    let mut rows = BTreeMap::new();
    let files: [(&str, bool); 2] = [("mini/mini.jsonl", false), ("mid/mid.jsonl.zst", true)];
    for (name, packed) in files {
        let file = File::open(shared().join("corpora").join(name)).unwrap();
        let reader: Box<dyn Read> = if packed {
            Box::new(StreamingDecoder::new(BufReader::new(file)).unwrap())
        } else {
            Box::new(file)
        };
        for line in BufReader::new(reader).lines() {
            let row: Value = serde_json::from_str(&line.unwrap()).unwrap();
            let field = |key: &str| row[key].as_str().unwrap_or("").to_owned();
            let text = Row {
                language: field("language"),
                title: field("title"),
                text: field("text"),
            };
            rows.insert(field("doc_id"), text);
        }
    }
    rows
}

fn gold(code: &str) -> Vec<Annotated> {
    let path = shared().join(format!("gold/domain/{code}.jsonl"));
    data::own(&path, &Corpora::new())
}

fn set(list: &[(&str, usize, usize)]) -> Vec<Annotated> {
    let mut documents = Vec::new();
    for (name, skip, take) in list {
        let path = shared().join("data/ner").join(name);
        documents.extend(data::tokens(&path, *skip, *take));
    }
    documents
}

fn runs_of(
    finder: &Finder,
    tongue: &Tongue,
    lexicon: &Lexicon<'_>,
    documents: &[Annotated],
    weight: f32,
) -> Vec<Run> {
    documents
        .iter()
        .flat_map(|document| {
            let mut fields = finder.samples(&document.raw, tongue.language, lexicon);
            data::runs(document, fields.pop().unwrap(), weight)
        })
        .collect()
}

/// The weightiest rows in steps of an `i8`, less what each has for "outside": only differences
/// between labels count.
fn parts(weights: Weights, lexicon: Vec<u8>, calibration: (f32, f32)) -> Parts {
    let size = |row: &crf::Row| row.iter().map(|w| w.abs()).fold(0.0, f32::max);
    let relative = |mut row: crf::Row| {
        row[LABELS - 1] = row[0];
        row.map(|w| w - row[0])
    };
    let rows = weights.rows.into_iter().map(relative);
    let mut rows: Vec<(u64, crf::Row)> = weights.features.into_iter().zip(rows).collect();
    rows.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    rows.truncate(ROWS);
    let top = rows
        .get(rows.len() / 2000)
        .map_or(1.0, |(_, row)| size(row));
    let step = top / 127.0;
    let quantized = |w: f32| (w / step).round().clamp(-127.0, 127.0) as i8;
    Parts {
        lexicon,
        rows: rows
            .into_iter()
            .map(|(f, row)| (f, row.map(quantized)))
            .collect(),
        step,
        transitions: weights.transitions.map(|mut row| {
            row[0] -= RECALL;
            row
        }),
        calibration,
    }
}

fn finder_with(code: &str, model: Vec<u8>) -> Finder {
    let model: &'static [u8] = model.leak();
    Finder::with_models(["en", "de", "ar"].map(|c| if c == code { model } else { &[] }))
}

fn table(finder: &Finder, tongue: &Tongue) {
    let documents = gold(tongue.code);
    let list: Vec<&Annotated> = documents.iter().collect();
    let score = score::guide(finder, tongue.language, &list, &mut |_, _, _| {});
    println!("| {} | gold/domain, coarse | {score} |", tongue.code);
    let aleppo = data::own(
        &shared().join("gold/entities/aleppo_000_003.jsonl"),
        &Corpora::new(),
    );
    let list: Vec<&Annotated> = aleppo
        .iter()
        .filter(|d| language::identify(&d.raw.text, None).0 == tongue.language)
        .collect();
    if !list.is_empty() {
        let score = score::guide(finder, tongue.language, &list, &mut |_, _, _| {});
        println!("| {} | gold/entities, coarse | {score} |", tongue.code);
    }
    for (name, skip, take) in tongue.held_out {
        let documents = set(&[(name, *skip, *take)]);
        let score = score::public(finder, tongue.language, &documents);
        println!("| {} | {name}, PER/ORG/LOC | {score} |", tongue.code);
    }
    println!(
        "| {} | speed of the finder | {:.0} tokens/s |",
        tongue.code,
        speed(finder, tongue, &documents)
    );
}

/// Tokens between white space that the finder reads in a second.
fn speed(finder: &Finder, tongue: &Tongue, documents: &[Annotated]) -> f64 {
    const LEAST: Duration = Duration::from_millis(800);
    let (start, mut tokens) = (Instant::now(), 0);
    while start.elapsed() < LEAST {
        for document in documents {
            std::hint::black_box(finder.find(&document.raw, tongue.language));
            tokens += document.raw.text.split_whitespace().count();
        }
    }
    tokens as f64 / start.elapsed().as_secs_f64()
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|w| w == word);
    if has(figures::RESIDENT) {
        figures::resident();
        return;
    }
    if !shared().join("data/ner").is_dir()
        || !(has("train") || has("folds") || has("score") || has("figures"))
    {
        println!("nothing to do: name train, folds, score or figures, languages; needs ../shared");
        return;
    }
    if has("score") {
        let finder = Finder::embedded();
        for tongue in &TONGUES {
            table(&finder, tongue);
        }
        return;
    }
    let corpora = corpora();
    if has("figures") {
        figures::write(&corpora);
    }
    for tongue in TONGUES.iter().filter(|tongue| has(tongue.code)) {
        let material = material(tongue, &corpora);
        let calibration = folds::validate(tongue, &material);
        if has("train") {
            let model = learn(tongue, material, calibration);
            let path = root().join(format!("assets/models/{}.bin", tongue.code));
            fs::write(path, &model).unwrap();
            println!("{} model of {} bytes", tongue.code, model.len());
            table(&finder_with(tongue.code, model), tongue);
        }
    }
}

/// What a language is trained on.
struct Material {
    lexicon: Vec<u8>,
    public: Vec<Run>,
    own: Vec<Annotated>,
}

fn material(tongue: &Tongue, corpora: &Corpora) -> Material {
    let checks: HashSet<String> = gold(tongue.code).into_iter().map(|d| d.raw.id).collect();
    let texts = corpora
        .iter()
        .filter(|(id, row)| row.language == tongue.code && !checks.contains(*id))
        .map(|(_, row)| format!("{}\n{}", row.title, row.text));
    let lexicon = lexicon::build(&texts.collect::<Vec<_>>());
    let path = root().join(format!("tests/gold/ner_{}.jsonl", tongue.code));
    let own = data::own(&path, corpora);
    assert!(
        own.iter().all(|d| !checks.contains(&d.raw.id)),
        "what is for checking is not for training"
    );
    let words = Lexicon::new(&lexicon).unwrap();
    let finder = Finder::with_models([&[]; 3]);
    let public = runs_of(&finder, tongue, &words, &set(tongue.train), 1.0);
    Material {
        lexicon,
        public,
        own,
    }
}

/// The model of a language.
fn learn(tongue: &Tongue, material: Material, calibration: (f32, f32)) -> Vec<u8> {
    let Material {
        lexicon,
        public: mut runs,
        own,
    } = material;
    let finder = Finder::with_models([&[]; 3]);
    let words = Lexicon::new(&lexicon).unwrap();
    runs.extend(runs_of(&finder, tongue, &words, &own, OWN));
    let weights = crf::train(&runs, &RECIPE);
    println!("{} features {}", tongue.code, weights.features.len());
    parts(weights, lexicon, calibration).pack(BUCKETS)
}
