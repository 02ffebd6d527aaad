//! Which links between names hold: a setting, and a term of a query.

use crate::corpus::links::LinkRule;

/// Which links hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LinkMode {
    /// All that are sure enough.
    #[default]
    All,
    /// Only what documents say themselves, or letters: nothing inferred across scripts, from sounds
    /// or from surnames.
    Stated,
    /// Only what the knowledge base and the user say.
    KnowledgeBaseOnly,
}

impl LinkMode {
    /// All of them, in the order of [`next`](Self::next).
    pub const ALL: [Self; 3] = [Self::All, Self::Stated, Self::KnowledgeBaseOnly];

    /// Whether links of a rule may hold.
    #[must_use]
    pub fn allows(self, rule: LinkRule) -> bool {
        match rule {
            LinkRule::Repair | LinkRule::Knowledge => true,
            LinkRule::Letters | LinkRule::Definition | LinkRule::Acronym => {
                self != Self::KnowledgeBaseOnly
            }
            LinkRule::Spelling | LinkRule::Typo | LinkRule::Surname => self == Self::All,
        }
    }

    /// The next one round: all, stated, off.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::All => Self::Stated,
            Self::Stated => Self::KnowledgeBaseOnly,
            Self::KnowledgeBaseOnly => Self::All,
        }
    }

    /// The word for it in settings, in queries and on the status line: `all`, `stated`, `off`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Stated => "stated",
            Self::KnowledgeBaseOnly => "off",
        }
    }

    /// The mode of a name, whatever its case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|mode| mode.name().eq_ignore_ascii_case(name))
    }
}
