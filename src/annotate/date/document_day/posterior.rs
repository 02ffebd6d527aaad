//! Clues → probabilities of days → what is said about the document.

use chrono::NaiveDate;

use super::hint::{Body, Hint};
use super::window::Window;
use crate::corpus::{Clue, DayBasis, DocumentDay};

/// Below this probability no single day is named.
const COMMIT: f32 = 0.6;
/// Most days that are looked at.
const LONGEST: u64 = 4000;
/// Clues of one document lean on each other: their sum counts a little less than independent ones.
const TEMPER: f32 = 0.9;
/// Nothing inferred is more certain than this.
const CEILING: f32 = 0.97;

/// Days with their probabilities, in order of time.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Posterior {
    pub(in super::super) days: Vec<(NaiveDate, f32)>,
}

impl Posterior {
    /// The probabilities that clues give the days of the window that they span, and what each clue
    /// gives to it; empty when none of them can say a year.
    fn of(hints: &[Hint]) -> (Self, Vec<Vec<f32>>) {
        let Some(window) = window(hints) else {
            return (Self::default(), Vec::new());
        };
        let logs: Vec<Vec<f32>> = hints.iter().map(|hint| hint.logs(&window)).collect();
        let mut sums = vec![0.0f32; window.len()];
        for logs in &logs {
            for (sum, log) in sums.iter_mut().zip(logs) {
                *sum += log * TEMPER;
            }
        }
        let best = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for sum in &mut sums {
            *sum = (*sum - best).exp();
        }
        let total: f32 = sums.iter().sum();
        let days = window
            .days()
            .zip(sums.iter().map(|sum| sum / total))
            .collect();
        (Self { days }, logs)
    }

    /// The likeliest day.
    pub(in super::super) fn best(&self) -> Option<(NaiveDate, f32)> {
        self.days
            .iter()
            .copied()
            .fold(None, |best: Option<(NaiveDate, f32)>, day| match best {
                Some(known) if known.1 >= day.1 => best,
                _ => Some(day),
            })
    }

    /// The likeliest days, likeliest first: those above `share`, at most `count`.
    fn candidates(&self, share: f32, count: usize) -> Vec<(NaiveDate, f32)> {
        let mut days: Vec<_> = self
            .days
            .iter()
            .copied()
            .filter(|day| day.1 >= share)
            .collect();
        days.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        days.truncate(count);
        days
    }

    /// The shortest stretch outside of which each side holds less than one per cent.
    fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        let edge = |days: &mut dyn Iterator<Item = &(NaiveDate, f32)>| {
            let mut sum = 0.0;
            for (day, probability) in days {
                sum += probability;
                if sum > 0.01 {
                    return Some(*day);
                }
            }
            None
        };
        Some((
            edge(&mut self.days.iter())?,
            edge(&mut self.days.iter().rev())?,
        ))
    }
}

/// The days to look at: around the dates that play a role if there are any, else around dates in
/// the text and years.
fn window(hints: &[Hint]) -> Option<Window> {
    let strong = |hint: &&Hint| match &hint.body {
        Body::Day { kernel, .. } => kernel.name != super::kernel::MENTION.name,
        Body::Other { .. } | Body::Event { .. } | Body::Months { .. } => true,
        _ => false,
    };
    let spanned = |hints: &mut dyn Iterator<Item = &Hint>| {
        hints
            .filter_map(Hint::window)
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let (first, last) =
        spanned(&mut hints.iter().filter(strong)).or_else(|| spanned(&mut hints.iter()))?;
    let bounds = hints.iter().filter_map(|hint| match &hint.body {
        Body::NotAfter { day, .. } => Some(*day),
        _ => None,
    });
    let last = bounds.fold(last, NaiveDate::min).max(first);
    // beyond what the user says nothing comes into question
    let said = hints.iter().find_map(|hint| match hint.body {
        Body::Within { first, last } => Some((first, last)),
        _ => None,
    });
    let (first, last) = match said {
        Some((from, to)) if first.max(from) <= last.min(to) => (first.max(from), last.min(to)),
        Some(said) => said,
        None => (first, last),
    };
    Some(Window::new(first, last, LONGEST))
}

/// What the clues of a document add up to; `None` when there is none.
pub(in super::super) fn conclude(hints: &[Hint]) -> Option<DocumentDay> {
    if hints.is_empty() {
        return None;
    }
    let (posterior, logs) = Posterior::of(hints);
    let best = posterior.best();
    let clues = weigh(hints, &posterior, &logs);
    let mut candidates = posterior.candidates(0.02, 8);
    for candidate in &mut candidates {
        candidate.1 = candidate.1.min(CEILING);
    }
    let committed = best.filter(|best| best.1 >= COMMIT);
    let stated =
        committed.is_some_and(|(day, _)| hints.iter().any(|hint| hint.states() == Some(day)));
    let bounds = posterior.bounds();
    Some(DocumentDay {
        day: committed.map(|best| best.0),
        earliest: bounds.map(|bounds| bounds.0),
        latest: bounds.map(|bounds| bounds.1),
        confidence: best.map_or(0.0, |best| best.1.min(CEILING)),
        basis: match (committed, stated) {
            (Some(_), true) => DayBasis::Stated,
            (Some(_), false) => DayBasis::Inferred,
            (None, _) => DayBasis::Candidates,
        },
        clues,
        candidates,
    })
}

/// The clues with their shares: how much more each speaks for the likeliest day than for the
/// others, on average. Heaviest first.
fn weigh(hints: &[Hint], posterior: &Posterior, logs: &[Vec<f32>]) -> Vec<Clue> {
    let Some((best, _)) = posterior.best() else {
        return hints.iter().map(|hint| hint.clue(0.0)).collect();
    };
    let at = posterior.days.iter().position(|day| day.0 == best);
    let count = f32::from(u16::try_from(posterior.days.len().max(1)).unwrap_or(u16::MAX));
    let gain = |logs: &Vec<f32>| {
        let own = at.and_then(|at| logs.get(at)).copied().unwrap_or(0.0);
        own - logs.iter().sum::<f32>() / count
    };
    let gains: Vec<f32> = logs.iter().map(gain).collect();
    let sum: f32 = gains.iter().map(|gain| gain.abs()).sum();
    let mut clues: Vec<Clue> = hints
        .iter()
        .zip(gains)
        .map(|(hint, gain)| hint.clue(if sum > 0.0 { gain / sum } else { 0.0 }))
        .collect();
    clues.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    clues
}
