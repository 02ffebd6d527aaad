//! Cross-validation on our own annotations: what a model reaches on documents that it has not seen,
//! and how far its confidences can be trusted there.

use khabar::annotate::entity::Finder;
use khabar::annotate::entity::tagger::lexicon::Lexicon;

use crate::crf::{self, Run};
use crate::data::Annotated;
use crate::{BUCKETS, Material, OWN, RECIPE, Tongue, finder_with, parts, runs_of, score};

/// Parts that our own annotations are dealt into.
const FOLDS: usize = 3;

/// A probability and whether the name was right.
type Judged = (f32, bool);

/// Trains on all but a part of our own annotations and scores that part, in turn; gives the
/// calibration of confidences. `ERRORS=1` in the environment lists what was wrong.
pub fn validate(tongue: &Tongue, material: &Material) -> (f32, f32) {
    let plain = Finder::with_models([&[]; 3]);
    let words = Lexicon::new(&material.lexicon).unwrap();
    let mut judged = Vec::new();
    let mut total = score::Score::default();
    let mut without = score::Score::default();
    for fold in 0..FOLDS {
        let mut runs: Vec<Run> = material.public.clone();
        let mut test = Vec::new();
        for (at, document) in material.own.iter().enumerate() {
            if at % FOLDS == fold {
                test.push(document);
            } else {
                let one = std::slice::from_ref(document);
                runs.extend(runs_of(&plain, tongue, &words, one, OWN));
            }
        }
        let weights = crf::train(&runs, &RECIPE);
        let model = parts(weights, material.lexicon.clone(), (1.0, 0.0)).pack(BUCKETS);
        let trained = finder_with(tongue.code, model);
        total += judge(tongue, &trained, &test, &mut judged);
        without += score::guide(&plain, tongue.language, &test, &mut |_, _, _| {});
    }
    println!("| {} | own annotations, folds | {total} |", tongue.code);
    println!(
        "| {} | the same, knowledge base alone | {without} |",
        tongue.code
    );
    let calibration = calibrate(&judged);
    println!(
        "{} calibration {calibration:?} on {} names",
        tongue.code,
        judged.len()
    );
    calibration
}

fn judge(
    tongue: &Tongue,
    trained: &Finder,
    test: &[&Annotated],
    judged: &mut Vec<Judged>,
) -> score::Score {
    let verbose = std::env::var_os("ERRORS").is_some();
    let score = score::guide(trained, tongue.language, test, &mut |document, m, right| {
        if m.why.starts_with("tagger ") {
            judged.push((m.confidence, right));
        }
        if verbose && !right {
            let name = m.span.of(&document.raw.text);
            println!("WRONG {} {} {name} [{}]", document.raw.id, m.kind, m.why);
        }
    });
    if verbose {
        for document in test {
            let found = trained.find(&document.raw, tongue.language);
            let missed = |span| !found.iter().any(|m| m.span == span);
            for gold in document
                .names
                .iter()
                .filter(|g| !g.perhaps && missed(g.span))
            {
                let name = gold.span.of(&document.raw.text);
                println!("MISSED {} {} {name}", document.raw.id, gold.tag);
            }
        }
    }
    score
}

/// Fits slope and offset on log odds by gradient descent.
fn calibrate(judged: &[Judged]) -> (f32, f32) {
    let (mut slope, mut offset) = (1.0f64, 0.0f64);
    let count = judged.len().max(1) as f64;
    for _ in 0..3000 {
        let (mut by_slope, mut by_offset) = (0.0, 0.0);
        for (probability, right) in judged {
            let p = f64::from(*probability).clamp(1e-4, 1.0 - 1e-4);
            let odds = (p / (1.0 - p)).ln();
            let guess = 1.0 / (1.0 + (-(slope * odds + offset)).exp());
            let miss = f64::from(u8::from(*right)) - guess;
            by_slope += miss * odds;
            by_offset += miss;
        }
        slope += 0.1 * by_slope / count;
        offset += 0.3 * by_offset / count;
    }
    (slope as f32, offset as f32)
}
