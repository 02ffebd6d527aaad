//! The names of the knowledge base and those that the tagger proposes, brought together.
//!
//! A name that both find keeps the entity of the knowledge base. A longer name swallows those in it:
//! `University of Aleppo`. What only one of them finds stands, if it is sure enough.

use crate::annotate::entity::gazetteer::{Candidate, Match};
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::overlap::Overlaps;
use crate::annotate::entity::resolve::{Choice, Matched, kind_of};
use crate::annotate::entity::tagger::Proposal;
use crate::corpus::{EntityKind, Span};

/// Least confidence of a name that only the tagger finds.
const ALONE: f32 = 0.4;
/// Least confidence of a name that swallows names of the knowledge base.
const SWALLOWS: f32 = 0.5;

/// Least confidence of a name that is shorter than the knowledge base has it.
const TRIMS: f32 = 0.6;

/// A name that stays.
#[derive(Clone, Debug)]
pub(super) enum Kept<'m> {
    /// One of the knowledge base.
    Known {
        /// Where it stands.
        found: &'m Match,
        /// What it means.
        choice: Choice,
        /// Its bytes.
        span: Span,
        /// What the tagger thought of the same words, if it took them for a name.
        tagger: Option<f32>,
    },
    /// One that only the tagger finds.
    Tagged(Proposal),
}

impl Kept<'_> {
    /// First and last word.
    pub(super) fn words(&self) -> (usize, usize) {
        match self {
            Self::Known { found, .. } => (found.first, found.last),
            Self::Tagged(proposal) => (proposal.first, proposal.last),
        }
    }

    /// Whether it is what became of a match.
    pub(super) fn is(&self, other: &Match) -> bool {
        matches!(self, Self::Known { found, .. } if std::ptr::eq(*found, other))
    }
}

/// Kinds that are easily taken for one another.
fn alike(a: EntityKind, b: EntityKind) -> bool {
    let class = |kind| match kind {
        EntityKind::Person => 0,
        EntityKind::Group | EntityKind::Organisation | EntityKind::Media => 1,
        EntityKind::Place | EntityKind::Country => 2,
        EntityKind::Event => 3,
    };
    class(a) == class(b)
}

fn candidate_of_kind(table: Table<'static>, found: &Match, kind: EntityKind) -> Option<Candidate> {
    let fits = |same: &dyn Fn(EntityKind) -> bool| {
        found.candidates.iter().copied().find(|candidate| {
            let record = table.entity(candidate.name.entity);
            record.is_some_and(|record| kind_of(&record).is_some_and(&same))
        })
    };
    fits(&|own| own == kind).or_else(|| fits(&|own| alike(own, kind)))
}

/// The names of a field, not overlapping, in no order.
pub(super) fn merge<'m>(
    table: Table<'static>,
    matched: &'m Matched<'_>,
    choices: &[Option<Choice>],
    proposals: &[Proposal],
) -> Vec<Kept<'m>> {
    let mut kept = Vec::new();
    let mut swallowed = vec![false; matched.matches.len()];
    let mut agreed = vec![None; matched.matches.len()];
    let mut trimmed: Vec<Option<Span>> = vec![None; matched.matches.len()];
    let places = Overlaps::new(
        matched
            .matches
            .iter()
            .map(|found| (found.first, found.last)),
    );
    for proposal in proposals {
        let same = |found: &Match| found.first == proposal.first && found.last == proposal.last;
        let within = |found: &Match| proposal.first <= found.first && found.last <= proposal.last;
        let mut touched: Vec<usize> = places.touching(proposal.first, proposal.last).collect();
        touched.sort_unstable();
        let taken = |at: &usize| choices.get(*at).is_some_and(Option::is_some);
        let of = |at: &usize| matched.matches.get(*at);
        if let [at] = touched.as_slice()
            && of(at).is_some_and(same)
        {
            if let Some(slot) = agreed.get_mut(*at) {
                *slot = Some(*proposal);
            }
            if taken(at)
                || of(at).is_some_and(|m| candidate_of_kind(table, m, proposal.kind).is_some())
            {
                continue;
            }
        }
        let chosen: Vec<&usize> = touched.iter().filter(|at| taken(at)).collect();
        if let [at] = chosen.as_slice()
            && let Some(choice) = choices.get(**at).copied().flatten()
            && proposal.confidence >= TRIMS
            && of(at).is_some_and(|found| trims(table, found, &choice, proposal))
            && let Some(slot) = trimmed.get_mut(**at)
        {
            *slot = Some(proposal.span);
            continue;
        }
        let floor = if chosen.is_empty() { ALONE } else { SWALLOWS };
        let all_within = chosen.iter().all(|at| of(at).is_some_and(within));
        if all_within && proposal.confidence >= floor {
            for at in &chosen {
                if let Some(slot) = swallowed.get_mut(**at) {
                    *slot = true;
                }
            }
            kept.push(Kept::Tagged(*proposal));
        }
    }
    for (at, found) in matched.matches.iter().enumerate() {
        if swallowed.get(at).is_some_and(|s| *s) {
            continue;
        }
        let proposal = agreed.get(at).copied().flatten();
        let chosen = choices.get(at).copied().flatten();
        let choice = match (chosen, proposal) {
            (Some(choice), proposal) => Some(refined(table, found, choice, proposal.as_ref())),
            (None, Some(proposal)) => confirmed(table, found, &proposal),
            (None, None) => None,
        };
        let Some(choice) = choice else { continue };
        let own = Span::new(choice.candidate.start, choice.candidate.end);
        kept.push(Kept::Known {
            found,
            choice,
            span: trimmed.get(at).copied().flatten().unwrap_or(own),
            tagger: proposal.map(|p| p.confidence),
        });
    }
    kept
}

/// Whether a proposal is what stays of a name without a word that only announces it:
/// `تنظيم القاعدة`.
fn trims(table: Table<'static>, found: &Match, choice: &Choice, proposal: &Proposal) -> bool {
    let own = Span::new(choice.candidate.start, choice.candidate.end);
    let within = own.start <= proposal.span.start && proposal.span.end <= own.end;
    let (first, last) = (proposal.first == found.first, proposal.last == found.last);
    let (shorter, edge) = (!(first && last), first || last);
    let record = table.entity(choice.candidate.name.entity);
    let kind = record.and_then(|record| kind_of(&record));
    let same = kind.is_some_and(|kind| alike(kind, proposal.kind));
    within && shorter && edge && same
}

/// A match that was not taken by itself and that the tagger takes for a name.
fn confirmed(table: Table<'static>, found: &Match, proposal: &Proposal) -> Option<Choice> {
    let sure = proposal.confidence >= ALONE;
    let candidate = sure.then(|| candidate_of_kind(table, found, proposal.kind));
    Some(Choice {
        candidate: candidate.flatten()?,
        confidence: proposal.confidence * 0.9,
        by_context: true,
    })
}

/// A choice among namesakes after the tagger's kind has been heard, where there is a choice.
fn refined(
    table: Table<'static>,
    found: &Match,
    choice: Choice,
    proposal: Option<&Proposal>,
) -> Choice {
    let Some(proposal) = proposal else {
        return choice;
    };
    let kind = table
        .entity(choice.candidate.name.entity)
        .and_then(|r| kind_of(&r));
    let agree = kind.is_some_and(|kind| alike(kind, proposal.kind));
    if agree {
        let confidence = choice
            .confidence
            .max(0.5 * (choice.confidence + proposal.confidence));
        return Choice {
            confidence,
            ..choice
        };
    }
    let other = candidate_of_kind(table, found, proposal.kind);
    match other {
        Some(candidate) if choice.confidence < 0.7 && proposal.confidence >= 0.9 => Choice {
            candidate,
            confidence: proposal.confidence * 0.9,
            by_context: true,
        },
        _ => choice,
    }
}
