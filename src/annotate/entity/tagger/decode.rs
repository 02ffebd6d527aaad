//! The likeliest labels of a run of words, and how probable each name among them is: Viterbi, and
//! forward–backward with scaling (Rabiner 1989).

use crate::annotate::entity::tagger::label::{
    LABELS, Label, OUTSIDE, continues, kind_of, may_follow,
};
use crate::annotate::entity::tagger::model::{Model, Scores};
use crate::corpus::EntityKind;

/// Worse than anything.
const NEVER: f32 = -1e9;

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

/// Makes sure that a word continues no name.
pub(super) fn forbid_inside(scores: &mut Scores) {
    for (score, (_, label)) in scores.iter_mut().zip(labels()) {
        if continues(label) {
            *score = i16::MIN;
        }
    }
}

/// Transitions of a model, ready for decoding.
pub(super) struct Decoder {
    /// By the later label, then the earlier one.
    scores: [[f32; LABELS]; LABELS],
    /// By the earlier label, then the later one; 0 where forbidden.
    factors: [[f32; LABELS]; LABELS],
    step: f32,
}

/// What is kept between the words of a run.
#[derive(Default)]
pub(super) struct Space {
    emissions: Vec<[f32; LABELS]>,
    from: Vec<[Label; LABELS]>,
    labels: Vec<Label>,
    forward: Vec<[f32; LABELS]>,
    scales: Vec<f32>,
    backward: Vec<[f32; LABELS]>,
}

fn labels() -> impl Iterator<Item = (usize, Label)> {
    (0..LABELS).zip(0..)
}

impl Decoder {
    /// The decoder of a model.
    pub(super) fn new(model: &Model<'_>) -> Self {
        let mut scores = [[NEVER; LABELS]; LABELS];
        let mut factors = [[0.0; LABELS]; LABELS];
        for (a, from) in labels() {
            for (b, to) in labels() {
                let score = model.transitions.get(a).and_then(|row| row.get(b));
                if may_follow(from, to) {
                    let score = score.copied().unwrap_or(0.0);
                    if let Some(cell) = scores.get_mut(b).and_then(|row| row.get_mut(a)) {
                        *cell = score;
                    }
                    if let Some(cell) = factors.get_mut(a).and_then(|row| row.get_mut(b)) {
                        *cell = score.exp();
                    }
                }
            }
        }
        Self {
            scores,
            factors,
            step: model.step,
        }
    }

    /// The names of a run whose words have these scores.
    pub(super) fn names(&self, run: &[Scores], space: &mut Space, found: &mut Vec<Name>) {
        space.emissions.clear();
        space.emissions.extend(
            run.iter()
                .map(|scores| scores.map(|score| f32::from(score) * self.step)),
        );
        self.viterbi(space);
        if space.labels.iter().all(|label| *label == OUTSIDE) {
            return;
        }
        self.forward_backward(space);
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

    fn viterbi(&self, space: &mut Space) {
        space.from.clear();
        space.labels.clear();
        let mut best = [NEVER; LABELS];
        if let Some(slot) = best.first_mut() {
            *slot = 0.0;
        }
        for emission in &space.emissions {
            let mut next = [NEVER; LABELS];
            let mut from = [OUTSIDE; LABELS];
            for (((next, from), row), emission) in next
                .iter_mut()
                .zip(&mut from)
                .zip(&self.scores)
                .zip(emission)
            {
                for ((_, label), (score, step)) in labels().zip(best.iter().zip(row)) {
                    let total = score + step;
                    if total > *next {
                        (*next, *from) = (total, label);
                    }
                }
                *next += emission;
            }
            best = next;
            space.from.push(from);
        }
        let last = labels()
            .zip(&best)
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map_or(OUTSIDE, |((_, label), _)| label);
        let mut label = last;
        for from in space.from.iter().rev() {
            space.labels.push(label);
            label = from.get(usize::from(label)).copied().unwrap_or(OUTSIDE);
        }
        space.labels.reverse();
    }

    /// After this, products of forward and backward are posterior probabilities.
    fn forward_backward(&self, space: &mut Space) {
        space.forward.clear();
        space.scales.clear();
        let mut before = [0.0; LABELS];
        if let Some(slot) = before.first_mut() {
            *slot = 1.0;
        }
        for emission in &mut space.emissions {
            // from here on emissions are factors, the best of them 1
            let top = emission.iter().copied().fold(f32::MIN, f32::max);
            *emission = emission.map(|score| (score - top).exp());
            let mut now = [0.0; LABELS];
            for (share, row) in before.iter().zip(&self.factors) {
                for (cell, factor) in now.iter_mut().zip(row) {
                    *cell += share * factor;
                }
            }
            for (cell, factor) in now.iter_mut().zip(emission) {
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
