//! Questions to the full text: words and phrases joined by and, or, not; and why a place matches.
//!
//! Plain data. `syntax` makes it of what a user typed, `finder` answers it from the index.

use std::fmt;

use crate::corpus::{Field, Span};

/// How far the words of a text may be from the typed ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Matching {
    /// Other forms and spellings in the same script: particles, endings, compounds, slips.
    pub spelling: bool,
    /// Other names and other scripts: by sound, and what the corpus links to the name.
    pub scripts: bool,
    /// Not even folding: the letters as they are, whole words. Overrules the other two.
    pub exact: bool,
}

impl Matching {
    /// Everything that khabar knows of spellings.
    pub const WIDE: Self = Self {
        spelling: true,
        scripts: true,
        exact: false,
    };

    /// The typed letters alone, folded: case, umlauts, vowel marks, forms of alif.
    pub const FOLDED: Self = Self {
        spelling: false,
        scripts: false,
        exact: false,
    };

    /// The typed letters as they are.
    pub const EXACT: Self = Self {
        spelling: false,
        scripts: false,
        exact: true,
    };
}

impl Default for Matching {
    fn default() -> Self {
        Self::WIDE
    }
}

/// A question to titles and bodies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TextQuery {
    /// All must hold; every article where there is none.
    And(Vec<Self>),
    /// One must hold at least; no article where there is none.
    Or(Vec<Self>),
    /// Must not hold.
    Not(Box<Self>),
    /// The words anywhere, in any order; or, where some of them side by side are a name, what it
    /// names, however it is spelt. As typed: `finder` folds them.
    Words(String, Matching),
    /// The words side by side, in this order; `al-` in front of any may be there or not.
    Phrase(String, Matching),
    /// Words that begin so, folded: what is still being typed.
    Prefix(String),
}

/// Why a place of a text matches a typed word, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The typed letters, letter case aside.
    Exact,
    /// The same once both are folded: `Straße`, `أحمد`.
    Folded,
    /// With an Arabic particle, article or pronoun: `وحلب`.
    Clitic,
    /// With another ending: plural, case, `'s`.
    Stem,
    /// A name that the corpus links to the typed one, or that the knowledge base lists.
    Alias,
    /// Sounds the same in another script or another way to write it: `halab`, `حلب`.
    Skeleton,
    /// Part of a compound: `Waffe` in `Waffenruhe`.
    Compound,
    /// Begins so.
    Prefix,
    /// One or two letters off.
    Typo,
}

impl Reason {
    /// The word used in JSON and on cards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Folded => "folded",
            Self::Clitic => "clitic",
            Self::Stem => "stem",
            Self::Alias => "alias",
            Self::Skeleton => "skeleton",
            Self::Compound => "compound",
            Self::Prefix => "prefix",
            Self::Typo => "typo",
        }
    }

    /// What it means, in a few words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Exact => "the letters that were typed",
            Self::Folded => "the same letters but for case, accents, umlauts, vowel marks or hamza",
            Self::Clitic => "with an Arabic particle, article or pronoun",
            Self::Stem => "with another ending",
            Self::Alias => "another name or spelling of the same",
            Self::Skeleton => "sounds the same in another spelling or script",
            Self::Compound => "part of a compound",
            Self::Prefix => "begins so",
            Self::Typo => "one or two letters off",
        }
    }

    /// How much a match counts in ranking and how sure it is, 0 to 1. Set by hand: the surer a
    /// rule, the more; their order is that of the variants.
    #[must_use]
    pub fn confidence(self) -> f32 {
        match self {
            Self::Exact | Self::Folded => 1.0,
            Self::Clitic => 0.95,
            Self::Stem | Self::Alias => 0.9,
            Self::Skeleton => 0.75,
            Self::Compound => 0.6,
            Self::Prefix => 0.5,
            Self::Typo => 0.4,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A place in an article that a query matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The part that `span` counts in.
    pub field: Field,
    /// The place, in bytes of the field as it was read.
    pub span: Span,
    /// The word or phrase that was typed.
    pub typed: String,
    /// Why the place matches it.
    pub reason: Reason,
}
