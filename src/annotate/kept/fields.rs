//! Annotations as they are stored.

use serde::{Deserialize, Serialize};

use crate::annotate::kept::atoms::{Bytes, Iso};
use crate::annotate::kept::kinds::{
    DayBasisForm, FieldForm, KindForm, TimexBasisForm, TimexKindForm,
};
use crate::annotate::kept::record::Shared;
use crate::corpus::{
    Clue, DayBasis, DocumentDay, EntityKind, Field, Mention, Timex, TimexBasis, TimexKind,
};

/// The document's own day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Day {
    best: Option<Iso>,
    earliest: Option<Iso>,
    latest: Option<Iso>,
    confidence: f32,
    #[serde(with = "DayBasisForm")]
    basis: DayBasis,
    clues: Vec<KeptClue>,
    candidates: Vec<(Iso, f32)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptClue {
    rule: String,
    text: String,
    bytes: Option<Bytes>,
    weight: f32,
}

impl Day {
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
    fn of(clue: &Clue) -> Self {
        Self {
            rule: clue.rule.clone(),
            text: clue.text.clone(),
            bytes: clue.span.map(Bytes),
            weight: clue.weight,
        }
    }

    fn clue(self) -> Clue {
        Clue {
            rule: self.rule,
            text: self.text,
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
    kind: EntityKind,
    entity: String,
    confidence: f32,
    why: String,
}

impl KeptMention {
    pub(super) fn of(mention: &Mention) -> Self {
        Self {
            field: mention.field,
            bytes: Bytes(mention.span),
            kind: mention.kind,
            entity: mention.entity.to_string(),
            confidence: mention.confidence,
            why: mention.why.to_string(),
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
    kind: TimexKind,
    value: String,
    earliest: Option<Iso>,
    latest: Option<Iso>,
    #[serde(with = "TimexBasisForm")]
    basis: TimexBasis,
    confidence: f32,
    why: String,
}

impl KeptTimex {
    /// What to store of an expression.
    #[must_use]
    pub fn of(timex: &Timex) -> Self {
        Self {
            field: timex.field,
            bytes: Bytes(timex.span),
            kind: timex.kind,
            value: timex.value.clone(),
            earliest: timex.earliest.map(Iso),
            latest: timex.latest.map(Iso),
            basis: timex.basis,
            confidence: timex.confidence,
            why: timex.why.to_string(),
        }
    }

    /// The expression that was stored.
    #[must_use]
    pub fn timex(self, shared: &mut Shared) -> Timex {
        Timex {
            field: self.field,
            span: self.bytes.0,
            kind: self.kind,
            value: self.value,
            earliest: self.earliest.map(|day| day.0),
            latest: self.latest.map(|day| day.0),
            basis: self.basis,
            confidence: self.confidence,
            why: shared.text(&self.why),
        }
    }
}
