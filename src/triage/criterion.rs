//! Conditions on what was made of a document: `is:kept`, `tag:minyan`, `note:ask`.

use crate::corpus::ArticleId;
use crate::text::fold::fold;
use crate::triage::marks::{Decision, DocumentMarks};
use crate::triage::sheet::Sheet;
use crate::triage::state::State;

/// How a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Kept.
    Kept,
    /// Dismissed.
    Dismissed,
    /// Neither kept nor dismissed.
    Undecided,
    /// Read.
    Read,
    /// Not read.
    Unread,
    /// Came since the last session.
    New,
    /// Has a note.
    Noted,
    /// Has a tag.
    Tagged,
    /// One analyst keeps it, another dismisses it.
    Disputed,
    /// Holds a watch term.
    Watched,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::New,
        Self::Undecided,
        Self::Kept,
        Self::Dismissed,
        Self::Read,
        Self::Unread,
        Self::Noted,
        Self::Tagged,
        Self::Disputed,
        Self::Watched,
    ];

    /// The word behind `is:`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Dismissed => "dismissed",
            Self::Undecided => "undecided",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::New => "new",
            Self::Noted => "noted",
            Self::Tagged => "tagged",
            Self::Disputed => "disputed",
            Self::Watched => "watched",
        }
    }

    /// The standing of a word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|standing| standing.name().eq_ignore_ascii_case(name))
    }
}

/// A condition on what was made of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// How it stands.
    Is(Standing),
    /// It has this tag (folded).
    Tag(String),
    /// A note on it holds these words (folded), or is about a passage that does.
    Note(String),
}

impl Criterion {
    /// The field of the query language.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Is(_) => "is",
            Self::Tag(_) => "tag",
            Self::Note(_) => "note",
        }
    }

    /// The value behind it.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Is(standing) => standing.name(),
            Self::Tag(value) | Self::Note(value) => value,
        }
    }

    /// Which articles of a sheet meet it.
    fn select(&self, state: &State, sheet: &Sheet) -> Vec<bool> {
        let by_marks = |wanted: &dyn Fn(&DocumentMarks) -> bool| {
            let mut selected = vec![false; sheet.len()];
            for (key, marks) in state.documents() {
                if wanted(marks) {
                    for id in sheet.articles(key) {
                        if let Some(place) = selected.get_mut(id.index()) {
                            *place = true;
                        }
                    }
                }
            }
            selected
        };
        match self {
            Self::Is(standing) => sheet.all().map(|row| row.stands(*standing)).collect(),
            Self::Tag(tag) => {
                let tag = fold(tag);
                by_marks(&|marks| marks.tags.iter().any(|own| fold(own) == tag))
            }
            Self::Note(words) => {
                let words = fold(words);
                by_marks(&|marks| {
                    marks.notes.iter().any(|note| {
                        let quote = note.passage.as_ref().map_or("", |p| &p.quote);
                        fold(&note.text).contains(&words) || fold(quote).contains(&words)
                    })
                })
            }
        }
    }
}

/// The articles that meet each of some criteria, worked out for one corpus at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selected(Vec<(Criterion, Vec<bool>)>);

impl Selected {
    /// Works the criteria out.
    #[must_use]
    pub fn of<'c>(
        criteria: impl IntoIterator<Item = &'c Criterion>,
        state: &State,
        sheet: &Sheet,
    ) -> Self {
        let mut selected: Vec<(Criterion, Vec<bool>)> = Vec::new();
        for criterion in criteria {
            if selected.iter().all(|(known, _)| known != criterion) {
                selected.push((criterion.clone(), criterion.select(state, sheet)));
            }
        }
        Self(selected)
    }

    /// Whether an article meets a criterion; no article meets one that was not worked out.
    #[must_use]
    pub fn meets(&self, criterion: &Criterion, article: ArticleId) -> bool {
        let mut known = self.0.iter();
        known
            .find(|(known, _)| known == criterion)
            .is_some_and(|(_, of)| of.get(article.index()).copied().unwrap_or(false))
    }

    /// The flags of a criterion by article, if it was worked out.
    #[must_use]
    pub fn flags(&self, criterion: &Criterion) -> Option<&[bool]> {
        let (_, flags) = self.0.iter().find(|(known, _)| known == criterion)?;
        Some(flags)
    }
}

impl Decision {
    /// The standing that a decision gives.
    #[must_use]
    pub fn standing(self) -> Standing {
        match self {
            Self::Kept => Standing::Kept,
            Self::Dismissed => Standing::Dismissed,
        }
    }
}
