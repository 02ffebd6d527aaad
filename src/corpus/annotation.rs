//! What annotators say about a document: mentions, expressions of time, the document's day.
//! Plain data; every item carries its confidence and its reason.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::article::{Field, Span};

/// Kind of a named entity, after the annotation guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EntityKind {
    /// A named human being.
    Person,
    /// Armed forces, armed groups, militias, coalitions of fighters, police forces.
    Group,
    /// Any other organisation or institution.
    Organisation,
    /// News outlets, agencies, named accounts.
    Media,
    /// Cities, districts, villages, facilities, regions, rivers, camps.
    Place,
    /// Sovereign states.
    Country,
    /// Named battles, operations, conferences, agreements.
    Event,
}

impl EntityKind {
    /// All kinds in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Person,
        Self::Group,
        Self::Organisation,
        Self::Media,
        Self::Place,
        Self::Country,
        Self::Event,
    ];

    /// The name used in JSON and on the screen: `PERSON`, `GROUP`, `ORG`, …
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Group => "GROUP",
            Self::Organisation => "ORG",
            Self::Media => "MEDIA",
            Self::Place => "PLACE",
            Self::Country => "COUNTRY",
            Self::Event => "EVENT",
        }
    }

    /// The kind of a [`code`](Self::code), in any letter case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One occurrence of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Which field `span` counts in.
    pub field: Field,
    /// The name, without title, clitic or genitive.
    pub span: Span,
    /// Kind of the thing named.
    pub kind: EntityKind,
    /// Canonical key of the thing named: `Jabhat Fatah al-Sham`.
    pub entity: Arc<str>,
    /// 0 (a guess) to 1 (certain).
    pub confidence: f32,
    /// Why it was taken for a name and for this entity, for people: `knowledge base: جبهة فتح الشام`.
    pub why: Arc<str>,
}

/// Type of an expression of time, as in `TimeML`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexKind {
    /// A calendar day, week, month, season, year, …
    Date,
    /// A part of a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimexKind {
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// How far an expression's value may be trusted; each looks different on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimexBasis {
    /// The text says it in full: `4 November 2016`.
    Stated,
    /// Worked out from a document day that is given: `Friday` in a dated article.
    Resolved,
    /// Worked out from a document day that was itself inferred.
    Inferred,
    /// Not known well enough to have one value.
    Candidate,
}

/// One expression of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Which field `span` counts in.
    pub field: Field,
    /// The expression, without its preposition.
    pub span: Span,
    /// Type.
    pub kind: TimexKind,
    /// `TimeML`/ISO value: `2016-11-04`, `2016-11`, `2016-W44`, `PRESENT_REF`, `P3D`; `XXXX-XX-XX`
    /// forms where it cannot be resolved.
    pub value: String,
    /// First day that it may cover.
    pub earliest: Option<NaiveDate>,
    /// Last day that it may cover (the same as `earliest` for a day).
    pub latest: Option<NaiveDate>,
    /// How the value is known.
    pub basis: TimexBasis,
    /// 0 (a guess) to 1 (certain).
    pub confidence: f32,
    /// Name of the rule and what it leaned on, for people.
    pub why: Arc<str>,
}

/// Days that an expression of time names, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRange {
    /// First day.
    pub from: NaiveDate,
    /// Last day; the same as `from` for an expression that names one day.
    pub to: NaiveDate,
    /// Whether it rests on nothing inferred.
    pub firm: bool,
    /// How they are known.
    pub basis: TimexBasis,
}

impl DayRange {
    /// Whether all its days lie from `from` to `to`, both included.
    #[must_use]
    pub fn is_within(self, from: NaiveDate, to: NaiveDate) -> bool {
        from <= self.from && self.to <= to
    }

    /// Whether it is a single day.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.from == self.to
    }
}

impl Timex {
    /// The days that the expression names, when both ends are known; nothing for one that several
    /// days are possible for.
    #[must_use]
    pub fn range(&self) -> Option<DayRange> {
        let (from, to) = (self.earliest?, self.latest?);
        let firm = matches!(self.basis, TimexBasis::Stated | TimexBasis::Resolved);
        let known = from <= to && self.basis != TimexBasis::Candidate;
        let basis = self.basis;
        known.then_some(DayRange {
            from,
            to,
            firm,
            basis,
        })
    }

    /// The single day, when the expression names one.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        match (self.earliest, self.latest) {
            (Some(a), Some(b)) if a == b => Some(a),
            _ => None,
        }
    }
}

/// One reason for a document's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Clue {
    /// What kind of clue: `metadata date_publish`, `dateline`, `today + weekday`, …
    pub rule: String,
    /// The words of the document that it rests on, "" for metadata.
    pub text: String,
    /// Where those words stand in the body, when they do.
    pub span: Option<Span>,
    /// Share of the decision, 0 to 1; negative for a clue that speaks against it.
    pub weight: f32,
}

/// Where a document's day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DayBasis {
    /// Metadata, or a full date in a dateline, states it.
    Stated,
    /// The user set it.
    Set,
    /// Inferred from clues.
    Inferred,
    /// Several days remain possible.
    Candidates,
}

/// The document's own day (`TimeML`'s document creation time) and why we think so.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentDay {
    /// The single best day; `None` where the clues leave several.
    pub day: Option<NaiveDate>,
    /// First day still possible.
    pub earliest: Option<NaiveDate>,
    /// Last day still possible.
    pub latest: Option<NaiveDate>,
    /// Probability that `day` is right, 0 to 1.
    pub confidence: f32,
    /// Where the day comes from.
    pub basis: DayBasis,
    /// The reasons, heaviest first.
    pub clues: Vec<Clue>,
    /// Alternatives with their probabilities, likeliest first, `day` included.
    pub candidates: Vec<(NaiveDate, f32)>,
}

impl DocumentDay {
    /// Whether the clues say anything: a day, bounds, or candidates. Weekdays alone say nothing.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.day.is_some()
            || self.earliest.is_some()
            || self.latest.is_some()
            || !self.candidates.is_empty()
    }
}

/// Everything that the annotators found in one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// Names.
    pub mentions: Vec<Mention>,
    /// Expressions of time.
    pub timexes: Vec<Timex>,
    /// The document's own day.
    pub day: Option<DocumentDay>,
}
