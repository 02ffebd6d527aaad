//! Annotations as they are stored.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::annotate::kept::atoms::{Bytes, Iso};
use crate::annotate::kept::kinds::{
    DayBasisForm, FieldForm, KindForm, TimexBasisForm, TimexKindForm,
};
use crate::annotate::kept::record::Shared;
use crate::corpus::{
    Clue, DayBasis, DocumentDay, EntityKind, Field, Mention, Span, Timex, TimexBasis, TimexKind,
};

/// The document's own day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Day {
    pub(super) best: Option<Iso>,
    pub(super) earliest: Option<Iso>,
    pub(super) latest: Option<Iso>,
    pub(super) confidence: f32,
    #[serde(with = "DayBasisForm")]
    pub(super) basis: DayBasis,
    pub(super) clues: Vec<KeptClue>,
    pub(super) candidates: Vec<(Iso, f32)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptClue {
    pub(super) rule: CompactString,
    pub(super) text: CompactString,
    pub(super) bytes: Option<Bytes>,
    pub(super) weight: f32,
}

impl Day {
    /// A day of which nothing is known yet.
    pub(super) fn blank() -> Self {
        Self {
            best: None,
            earliest: None,
            latest: None,
            confidence: 0.0,
            basis: DayBasis::Candidates,
            clues: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// What to store of a day.
    #[must_use]
    pub fn of(day: &DocumentDay) -> Self {
        Self {
            best: day.day.map(Iso),
            earliest: day.earliest.map(Iso),
            latest: day.latest.map(Iso),
            confidence: day.confidence,
            basis: day.basis,
            clues: day.clues.iter().map(KeptClue::of).collect(),
            candidates: day
                .candidates
                .iter()
                .map(|(day, p)| (Iso(*day), *p))
                .collect(),
        }
    }

    /// The day that was stored.
    #[must_use]
    pub fn day(self) -> DocumentDay {
        DocumentDay {
            day: self.best.map(|day| day.0),
            earliest: self.earliest.map(|day| day.0),
            latest: self.latest.map(|day| day.0),
            confidence: self.confidence,
            basis: self.basis,
            clues: self.clues.into_iter().map(KeptClue::clue).collect(),
            candidates: self
                .candidates
                .into_iter()
                .map(|(day, p)| (day.0, p))
                .collect(),
        }
    }
}

impl KeptClue {
    pub(super) fn blank() -> Self {
        Self {
            rule: CompactString::default(),
            text: CompactString::default(),
            bytes: None,
            weight: 0.0,
        }
    }

    fn of(clue: &Clue) -> Self {
        Self {
            rule: CompactString::new(&clue.rule),
            text: CompactString::new(&clue.text),
            bytes: clue.span.map(Bytes),
            weight: clue.weight,
        }
    }

    fn clue(self) -> Clue {
        Clue {
            rule: self.rule.into(),
            text: self.text.into(),
            span: self.bytes.map(|bytes| bytes.0),
            weight: self.weight,
        }
    }
}

/// A name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptMention {
    #[serde(with = "FieldForm")]
    pub(super) field: Field,
    pub(super) bytes: Bytes,
    #[serde(rename = "type", with = "KindForm")]
    pub(super) kind: EntityKind,
    pub(super) entity: CompactString,
    pub(super) confidence: f32,
    pub(super) why: CompactString,
}

impl KeptMention {
    pub(super) fn blank() -> Self {
        Self {
            field: Field::Title,
            bytes: Bytes(Span { start: 0, end: 0 }),
            kind: EntityKind::Person,
            entity: CompactString::default(),
            confidence: 0.0,
            why: CompactString::default(),
        }
    }

    pub(super) fn of(mention: &Mention) -> Self {
        Self {
            field: mention.field,
            bytes: Bytes(mention.span),
            kind: mention.kind,
            entity: CompactString::new(&mention.entity),
            confidence: mention.confidence,
            why: CompactString::new(&mention.why),
        }
    }

    pub(super) fn mention(&self, shared: &mut Shared) -> Mention {
        Mention {
            field: self.field,
            span: self.bytes.0,
            kind: self.kind,
            entity: shared.text(&self.entity),
            confidence: self.confidence,
            why: shared.text(&self.why),
        }
    }
}

/// An expression of time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptTimex {
    #[serde(with = "FieldForm")]
    pub(super) field: Field,
    pub(super) bytes: Bytes,
    #[serde(rename = "type", with = "TimexKindForm")]
    pub(super) kind: TimexKind,
    pub(super) value: CompactString,
    pub(super) earliest: Option<Iso>,
    pub(super) latest: Option<Iso>,
    #[serde(with = "TimexBasisForm")]
    pub(super) basis: TimexBasis,
    pub(super) confidence: f32,
    pub(super) why: CompactString,
}

impl KeptTimex {
    pub(super) fn blank() -> Self {
        Self {
            field: Field::Title,
            bytes: Bytes(Span { start: 0, end: 0 }),
            kind: TimexKind::Date,
            value: CompactString::default(),
            earliest: None,
            latest: None,
            basis: TimexBasis::Candidate,
            confidence: 0.0,
            why: CompactString::default(),
        }
    }

    /// What to store of an expression.
    #[must_use]
    pub fn of(timex: &Timex) -> Self {
        Self {
            field: timex.field,
            bytes: Bytes(timex.span),
            kind: timex.kind,
            value: CompactString::new(&timex.value),
            earliest: timex.earliest.map(Iso),
            latest: timex.latest.map(Iso),
            basis: timex.basis,
            confidence: timex.confidence,
            why: CompactString::new(&timex.why),
        }
    }

    /// The expression that was stored.
    #[must_use]
    pub fn timex(self, shared: &mut Shared) -> Timex {
        Timex {
            field: self.field,
            span: self.bytes.0,
            kind: self.kind,
            value: self.value.into(),
            earliest: self.earliest.map(|day| day.0),
            latest: self.latest.map(|day| day.0),
            basis: self.basis,
            confidence: self.confidence,
            why: shared.text(&self.why),
        }
    }
}
