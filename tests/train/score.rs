//! Exact spans with the coarse kinds of `score_entities.py`; on public sets by tokens and with
//! persons, organisations and places only.

use khabar::annotate::entity::Finder;
use khabar::corpus::{EntityKind, Field, Language, Mention, Span};

use crate::data::Annotated;

#[derive(Default, Clone, Copy)]
pub struct Score {
    pub right: u32,
    pub found: u32,
    pub wanted: u32,
}

impl Score {
    pub fn f1(self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((self.found + self.wanted).max(1))
    }
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |n: u32| f64::from(self.right) / f64::from(n.max(1));
        write!(
            f,
            "P {:.3} R {:.3} F1 {:.3}",
            share(self.found),
            share(self.wanted),
            self.f1()
        )
    }
}

pub fn coarse(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PER",
        EntityKind::Group | EntityKind::Organisation | EntityKind::Media => "ORG",
        EntityKind::Place | EntityKind::Country => "LOC",
        EntityKind::Event => "EVENT",
    }
}

/// Scores documents annotated by the guide; calls `each` with every prediction and whether it is
/// right.
pub fn guide(
    finder: &Finder,
    language: Language,
    documents: &[&Annotated],
    each: &mut dyn FnMut(&Annotated, &Mention, bool),
) -> Score {
    let mut score = Score::default();
    for document in documents {
        let mentions = finder.find(&document.raw, language);
        let (perhaps, core): (Vec<_>, Vec<_>) = document.names.iter().partition(|g| g.perhaps);
        score.wanted += u32::try_from(core.len()).unwrap();
        let mut done = vec![false; core.len()];
        for mention in mentions.iter().filter(|m| m.field == Field::Text) {
            let exact = core
                .iter()
                .position(|gold| gold.span == mention.span || gold.others.contains(&mention.span));
            let touches = |gold: &&crate::data::Gold| gold.span.overlaps(mention.span);
            let neutral = perhaps.iter().any(|gold| gold.span == mention.span)
                || (perhaps.iter().any(touches) && !core.iter().any(touches));
            if exact.is_none() && neutral {
                continue;
            }
            score.found += 1;
            let right = exact.is_some_and(|at| {
                let first = !std::mem::replace(&mut done[at], true);
                first && coarse(core[at].kinds[0]) == coarse(mention.kind)
            });
            score.right += u32::from(right);
            each(document, mention, right);
        }
    }
    score
}

/// Scores documents of a public set.
pub fn public(finder: &Finder, language: Language, documents: &[Annotated]) -> Score {
    let mut score = Score::default();
    for document in documents {
        let names: Vec<(Span, &str)> = document
            .names
            .iter()
            .filter(|gold| ["PER", "ORG", "LOC"].contains(&gold.tag.as_str()))
            .map(|gold| (gold.span, gold.tag.as_str()))
            .collect();
        score.wanted += u32::try_from(names.len()).unwrap();
        for mention in finder.find(&document.raw, language) {
            if mention.kind == EntityKind::Event {
                continue;
            }
            let mut over = document.tokens.iter().filter(|t| t.overlaps(mention.span));
            let Some(first) = over.next() else { continue };
            let last = over.next_back().unwrap_or(first);
            let span = Span::new(first.range().start, last.range().end);
            score.found += 1;
            score.right += u32::from(names.contains(&(span, coarse(mention.kind))));
        }
    }
    score
}
