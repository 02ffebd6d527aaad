//! The likeliest labels of a run of words, and how probable each name among them is: Viterbi, and
//! forward–backward with scaling (Rabiner 1989).

use crate::annotate::entity::tagger::label::{
    LABELS, Label, OUTSIDE, continues, kind_of, may_follow,
};
use crate::annotate::entity::tagger::model::{Model, Scores};
use crate::corpus::EntityKind;

/// A name in a run. Positions are words of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name {
    /// First word.
    pub(super) first: usize,
    /// Last word.
    pub(super) last: usize,
    /// What it names.
    pub(super) kind: EntityKind,
    /// Of exactly this span and kind.
    pub(super) probability: f32,
}

/// A score in steps of a weight.
fn in_steps(score: f32, step: f32) -> i16 {
    let steps = (score / step).round().clamp(-8000.0, 8000.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "clamped to a range that fits"
    )]
    let steps = steps as i16;
    steps
}

/// Makes sure that a word continues no name.
pub(super) fn forbid_inside(scores: &mut Scores) {
    for (score, (_, label)) in scores.iter_mut().zip(labels()) {
        if continues(label) {
            *score = i16::MIN;
        }
    }
}

/// Differences of scores, in steps, from which on a label counts as impossible beside another.
const APART: usize = 1024;

/// Transitions of a model, ready for decoding.
pub(super) struct Decoder {
    /// In steps of a weight, by the earlier label, then the later one.
    steps: [Scores; LABELS],
    /// By the earlier label, then the later one; 0 where forbidden.
    factors: [[f32; LABELS]; LABELS],
    /// What a score so many steps below the best is worth beside it.
    worth: Vec<f32>,
}

/// What is kept between the words of a run.
#[derive(Default)]
pub(super) struct Space {
    /// Before each word, how good the best way to each label is, the best of them 0.
    shares: Vec<Scores>,
    labels: Vec<Label>,
    emissions: Vec<[f32; LABELS]>,
    forward: Vec<[f32; LABELS]>,
    scales: Vec<f32>,
    backward: Vec<[f32; LABELS]>,
}

fn labels() -> impl Iterator<Item = (usize, Label)> {
    (0..LABELS).zip(0..)
}

/// The label with the highest score, the first of equals.
fn best(scores: impl Iterator<Item = i16>) -> Label {
    let mut best = (i16::MIN, OUTSIDE);
    for (score, label) in scores.zip(0..) {
        if score > best.0 {
            best = (score, label);
        }
    }
    best.1
}

impl Decoder {
    /// The decoder of a model.
    pub(super) fn new(model: &Model<'_>) -> Self {
        let mut steps = [[i16::MIN; LABELS]; LABELS];
        let mut factors = [[0.0; LABELS]; LABELS];
        for ((a, from), (row, shares)) in labels().zip(steps.iter_mut().zip(&mut factors)) {
            let scores = model.transitions.get(a).copied().unwrap_or_default();
            for (((_, to), score), (step, share)) in
                labels().zip(scores).zip(row.iter_mut().zip(shares))
            {
                if may_follow(from, to) {
                    *step = in_steps(score, model.step);
                    *share = score.exp();
                }
            }
        }
        let worth = (0u16..).take(APART);
        let worth = worth.map(|apart| (-f32::from(apart) * model.step).exp());
        Self {
            steps,
            factors,
            worth: worth.collect(),
        }
    }

    /// The names of a run whose words have these scores.
    pub(super) fn names(&self, run: &[Scores], space: &mut Space, found: &mut Vec<Name>) {
        self.viterbi(run, space);
        if space.labels.iter().all(|label| *label == OUTSIDE) {
            return;
        }
        self.forward_backward(run, space);
        let mut at = 0;
        while let Some(label) = space.labels.get(at).copied() {
            let first = at;
            at += 1;
            let Some(kind) = kind_of(label) else { continue };
            while space.labels.get(at).is_some_and(|next| *next == label + 1) {
                at += 1;
            }
            found.push(Name {
                first,
                last: at - 1,
                kind,
                probability: self.probability(space, first, at - 1, label),
            });
        }
    }

    /// The likeliest labels. Ways are not noted but found again from the end: so the way there is
    /// nothing but sums and maxima of whole rows.
    fn viterbi(&self, run: &[Scores], space: &mut Space) {
        space.shares.clear();
        space.labels.clear();
        let mut shares: Scores = [i16::MIN; LABELS];
        if let Some(outside) = shares.first_mut() {
            *outside = 0;
        }
        for emission in run {
            let mut next: Scores = [i16::MIN; LABELS];
            for (share, row) in shares.iter().zip(&self.steps) {
                for (next, step) in next.iter_mut().zip(row) {
                    *next = (*next).max(share.saturating_add(*step));
                }
            }
            for (next, emission) in next.iter_mut().zip(emission) {
                *next = next.saturating_add(*emission);
            }
            let top = next.iter().copied().fold(i16::MIN, i16::max);
            space.shares.push(shares);
            shares = next.map(|next| next.saturating_sub(top));
        }
        let mut label = best(shares.into_iter());
        for before in space.shares.iter().rev() {
            space.labels.push(label);
            let steps = self.steps.iter();
            let into = steps.map(|row| row.get(usize::from(label)).copied().unwrap_or(i16::MIN));
            let ways = before.iter().zip(into);
            label = best(ways.map(|(share, step)| share.saturating_add(step)));
        }
        space.labels.reverse();
    }

    /// After this, products of forward and backward are posterior probabilities.
    fn forward_backward(&self, run: &[Scores], space: &mut Space) {
        space.emissions.clear();
        space.forward.clear();
        space.scales.clear();
        let mut before = [0.0; LABELS];
        if let Some(slot) = before.first_mut() {
            *slot = 1.0;
        }
        for scores in run {
            // factors, the best of them 1
            let top = scores.iter().copied().fold(i16::MIN, i16::max);
            let emission = scores.map(|score| {
                let apart = usize::from(top.abs_diff(score));
                self.worth.get(apart).copied().unwrap_or(0.0)
            });
            space.emissions.push(emission);
            let mut now = [0.0; LABELS];
            for (share, row) in before.iter().zip(&self.factors) {
                for (cell, factor) in now.iter_mut().zip(row) {
                    *cell += share * factor;
                }
            }
            for (cell, factor) in now.iter_mut().zip(&emission) {
                *cell *= *factor;
            }
            let scale = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            before = now.map(|cell| cell / scale);
            space.forward.push(before);
            space.scales.push(scale);
        }
        space.backward.clear();
        let mut after = [1.0; LABELS];
        for (emission, scale) in space.emissions.iter().zip(&space.scales).rev() {
            space.backward.push(after);
            let mut ahead = after;
            for (cell, factor) in ahead.iter_mut().zip(emission) {
                *cell *= factor / scale;
            }
            let mut now = [0.0; LABELS];
            for (cell, row) in now.iter_mut().zip(&self.factors) {
                *cell = row.iter().zip(&ahead).map(|(f, share)| f * share).sum();
            }
            after = now;
        }
        space.backward.reverse();
    }

    /// That the words from `first` to `last` are one name, begun with `label`.
    fn probability(&self, space: &Space, first: usize, last: usize, label: Label) -> f32 {
        let cell = |table: &[[f32; LABELS]], at: usize, label: Label| {
            let row = table.get(at);
            row.and_then(|row| row.get(usize::from(label)))
                .copied()
                .unwrap_or(0.0)
        };
        let scale = |at: usize| space.scales.get(at).copied().unwrap_or(1.0);
        let mut share = cell(&space.forward, first, label);
        let mut held = label;
        for at in first + 1..=last {
            share *= cell(&self.factors, usize::from(held), label + 1)
                * cell(&space.emissions, at, label + 1)
                / scale(at);
            held = label + 1;
        }
        let behind = last + 1;
        if behind >= space.emissions.len() {
            return share.clamp(0.0, 1.0);
        }
        let ends: f32 = labels()
            .filter(|(_, next)| !(continues(*next) && *next == label + 1))
            .map(|(_, next)| {
                cell(&self.factors, usize::from(held), next)
                    * cell(&space.emissions, behind, next)
                    * cell(&space.backward, behind, next)
                    / scale(behind)
            })
            .sum();
        (share * ends).clamp(0.0, 1.0)
    }
}
