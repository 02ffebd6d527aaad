//! Trains the conditional random field: stochastic gradient ascent with a rate for each weight
//! (Duchi et al. 2011) on the likelihood of what the annotations allow. Where a corpus knows only that a name is some organisation, all
//! labels of that are allowed and the model decides among them (a hidden-variable CRF).

use std::collections::hash_map::Entry;

use khabar::annotate::entity::tagger::label::{LABELS, may_follow};
use rustc_hash::FxHashMap;

/// A run of words to train on.
#[derive(Clone)]
pub struct Run {
    /// Features of all words, one after the other.
    pub features: Vec<u64>,
    /// Where each word's features end.
    pub ends: Vec<usize>,
    /// Bits of the labels that are allowed.
    pub allowed: Vec<u16>,
    /// How much it counts.
    pub weight: f32,
}

/// How to train.
pub struct Recipe {
    pub epochs: usize,
    pub rate: f32,
    /// Strength of the pull of weights towards 0.
    pub decay: f32,
    /// Occurrences from which on a feature gets weights, those of weighty runs counted double.
    pub least: u32,
    pub seed: u64,
}

pub type Row = [f32; LABELS];

/// Weights.
pub struct Weights {
    pub features: Vec<u64>,
    pub rows: Vec<Row>,
    pub transitions: [Row; LABELS],
}

/// A run with its features numbered.
struct Numbered<'r> {
    run: &'r Run,
    features: Vec<u32>,
    ends: Vec<usize>,
}

struct Trainer {
    rows: Vec<Row>,
    squares: Vec<Row>,
    transitions: [Row; LABELS],
    transition_squares: [Row; LABELS],
    rate: f32,
    decay: f32,
}

fn number(runs: &[Run], least: u32) -> (Vec<u64>, Vec<Numbered<'_>>) {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for run in runs {
        let worth = if run.weight > 1.0 { 2 } else { 1 };
        for feature in &run.features {
            *counts.entry(*feature).or_insert(0) += worth;
        }
    }
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut names = Vec::new();
    let numbered = runs
        .iter()
        .map(|run| {
            let (mut features, mut ends, mut from) = (Vec::new(), Vec::new(), 0);
            for end in &run.ends {
                for feature in &run.features[from..*end] {
                    if counts[feature] >= least {
                        features.push(match numbers.entry(*feature) {
                            Entry::Occupied(known) => *known.get(),
                            Entry::Vacant(free) => {
                                names.push(*feature);
                                *free.insert(u32::try_from(names.len() - 1).unwrap())
                            }
                        });
                    }
                }
                from = *end;
                ends.push(features.len());
            }
            Numbered {
                run,
                features,
                ends,
            }
        })
        .collect();
    (names, numbered)
}

/// The random numbers of Marsaglia's xorshift.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, usize::try_from(self.next() % (at as u64 + 1)).unwrap());
        }
    }
}

/// Trains on runs; the same runs and recipe give the same weights.
pub fn train(runs: &[Run], recipe: &Recipe) -> Weights {
    let (features, mut numbered) = number(runs, recipe.least);
    let mut trainer = Trainer {
        rows: vec![[0.0; LABELS]; features.len()],
        squares: vec![[1e-2; LABELS]; features.len()],
        transitions: [[0.0; LABELS]; LABELS],
        transition_squares: [[1.0; LABELS]; LABELS],
        rate: recipe.rate,
        decay: recipe.decay,
    };
    let mut random = Random(recipe.seed);
    let mut mean: Option<(Vec<Row>, [Row; LABELS])> = None;
    let mut summed = 0.0;
    for epoch in 0..recipe.epochs {
        random.shuffle(&mut numbered);
        let mut likelihood = 0.0;
        for run in &numbered {
            likelihood += f64::from(trainer.step(run));
        }
        println!("  epoch {epoch}: log likelihood {likelihood:.0}");
        // the mean of the last epochs is steadier than the last
        if epoch + 3 >= recipe.epochs {
            summed += 1.0;
            match &mut mean {
                None => mean = Some((trainer.rows.clone(), trainer.transitions)),
                Some((rows, transitions)) => {
                    let all = rows.iter_mut().chain(transitions.iter_mut());
                    let now = trainer.rows.iter().chain(&trainer.transitions);
                    for (sum, own) in all.flatten().zip(now.flatten()) {
                        *sum += own;
                    }
                }
            }
        }
    }
    let (mut rows, mut transitions) = mean.unwrap();
    for cell in rows.iter_mut().chain(transitions.iter_mut()).flatten() {
        *cell /= summed;
    }
    Weights {
        features,
        rows,
        transitions,
    }
}

/// Forward and backward variables of a run under emissions.
struct Lattice {
    forward: Vec<Row>,
    backward: Vec<Row>,
    scales: Vec<f32>,
    emissions: Vec<Row>,
    log: f32,
}

impl Lattice {
    fn new(emissions: &[Row], allowed: Option<&[u16]>, factors: &[Row; LABELS]) -> Self {
        let mut lattice = Self {
            forward: Vec::with_capacity(emissions.len()),
            backward: Vec::with_capacity(emissions.len()),
            scales: Vec::with_capacity(emissions.len()),
            emissions: Vec::with_capacity(emissions.len()),
            log: 0.0,
        };
        let mut before = [0.0; LABELS];
        before[0] = 1.0;
        for (at, scores) in emissions.iter().enumerate() {
            // the best of the labels that are allowed, lest all of them vanish
            let mask = allowed.map_or(u16::MAX, |allowed| allowed[at]);
            let top = scores[..LABELS - 1]
                .iter()
                .enumerate()
                .filter(|(label, _)| mask & (1 << label) != 0)
                .fold(f32::MIN, |top, (_, score)| top.max(*score));
            let mut emission = scores.map(|s| (s - top).min(0.0).exp());
            emission[LABELS - 1] = 0.0;
            for (label, cell) in emission.iter_mut().enumerate() {
                if mask & (1 << label) == 0 {
                    *cell = 0.0;
                }
            }
            let mut now = [0.0; LABELS];
            for (share, row) in before.iter().zip(factors) {
                for (cell, factor) in now.iter_mut().zip(row) {
                    *cell += share * factor;
                }
            }
            for (cell, factor) in now.iter_mut().zip(&emission) {
                *cell *= factor;
            }
            let scale = now.iter().sum::<f32>().max(1e-30);
            before = now.map(|cell| cell / scale);
            lattice.log += scale.ln() + top;
            lattice.forward.push(before);
            lattice.scales.push(scale);
            lattice.emissions.push(emission);
        }
        let mut after = [1.0; LABELS];
        for at in (0..emissions.len()).rev() {
            lattice.backward.push(after);
            let mut ahead = after;
            for (cell, factor) in ahead.iter_mut().zip(&lattice.emissions[at]) {
                *cell *= factor / lattice.scales[at];
            }
            for (cell, row) in after.iter_mut().zip(factors) {
                *cell = row.iter().zip(&ahead).map(|(f, share)| f * share).sum();
            }
        }
        lattice.backward.reverse();
        lattice
    }

    fn posterior(&self, at: usize) -> Row {
        let mut shares = self.forward[at];
        for (share, after) in shares.iter_mut().zip(&self.backward[at]) {
            *share *= after;
        }
        shares
    }

    /// Adds expected transitions, times `sign`.
    fn expect(&self, factors: &[Row; LABELS], sign: f32, into: &mut [Row; LABELS]) {
        let mut start = [0.0; LABELS];
        start[0] = 1.0;
        for at in 0..self.emissions.len() {
            let before = if at == 0 {
                &start
            } else {
                &self.forward[at - 1]
            };
            let mut ahead = self.backward[at];
            for (cell, factor) in ahead.iter_mut().zip(&self.emissions[at]) {
                *cell *= factor / self.scales[at];
            }
            for ((share, row), into) in before.iter().zip(factors).zip(into.iter_mut()) {
                for ((factor, ahead), cell) in row.iter().zip(&ahead).zip(into) {
                    *cell += sign * share * factor * ahead;
                }
            }
        }
    }
}

impl Trainer {
    fn step(&mut self, numbered: &Numbered<'_>) -> f32 {
        let mut factors = [[0.0; LABELS]; LABELS];
        for (from, row) in factors.iter_mut().enumerate() {
            for (to, cell) in row.iter_mut().enumerate() {
                if may_follow(u8::try_from(from).unwrap(), u8::try_from(to).unwrap()) {
                    *cell = self.transitions[from][to].exp();
                }
            }
        }
        let mut from = 0;
        let mut emissions = Vec::with_capacity(numbered.ends.len());
        for end in &numbered.ends {
            let mut scores = [0.0; LABELS];
            for feature in &numbered.features[from..*end] {
                for (score, weight) in scores.iter_mut().zip(&self.rows[*feature as usize]) {
                    *score += weight;
                }
            }
            emissions.push(scores);
            from = *end;
        }
        let wanted = Lattice::new(&emissions, Some(&numbered.run.allowed), &factors);
        let free = Lattice::new(&emissions, None, &factors);
        let weight = numbered.run.weight;
        // contradictory annotations have no path; they teach nothing
        let sound = |at: usize| (wanted.posterior(at).iter().sum::<f32>() - 1.0).abs() < 1e-2;
        if !(0..emissions.len()).all(sound) {
            return 0.0;
        }
        let mut from = 0;
        for (at, end) in numbered.ends.iter().enumerate() {
            let mut gradient = wanted.posterior(at);
            for (cell, free) in gradient.iter_mut().zip(free.posterior(at)) {
                *cell = (*cell - free) * weight;
            }
            let all_small = gradient.iter().all(|g| g.abs() < 1e-3);
            if !all_small {
                for feature in &numbered.features[from..*end] {
                    let feature = *feature as usize;
                    let row = self.rows[feature]
                        .iter_mut()
                        .zip(&mut self.squares[feature]);
                    for ((weight, square), slope) in row.zip(&gradient) {
                        let slope = slope - self.decay * *weight;
                        *square += slope * slope;
                        *weight += self.rate * slope / square.sqrt();
                    }
                }
            }
            from = *end;
        }
        let mut expected = [[0.0; LABELS]; LABELS];
        wanted.expect(&factors, weight, &mut expected);
        free.expect(&factors, -weight, &mut expected);
        let cells = self.transitions.iter_mut().flatten();
        let squares = self.transition_squares.iter_mut().flatten();
        for ((cell, square), slope) in cells.zip(squares).zip(expected.iter().flatten()) {
            *square += slope * slope;
            *cell += self.rate * slope / square.sqrt();
        }
        wanted.log - free.log
    }
}
