//! What lies over the panes: help, palette, cards.

use crate::command::Command;
use crate::config::Bidi;
use crate::corpus::{ArticleId, EntityId};
use crate::query::Place;
use crate::text::fold;
use crate::tui::model::difference::Before;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::scroll::Scroll;
use crate::tui::model::timeline::SentencesState;

/// One overlay; Esc closes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// All keys, narrowed by what is typed.
    Help {
        /// The search.
        editor: LineEditor,
        /// First line shown.
        top: usize,
    },
    /// Commands by name.
    Palette {
        /// The command as typed.
        editor: LineEditor,
        /// Which candidate is selected.
        scroll: Scroll,
    },
    /// Who is this.
    Card {
        /// The entity.
        entity: EntityId,
        /// The statement that the cursor is on.
        row: usize,
        /// First line shown.
        top: usize,
        /// The cards that led here, with where their cursors were.
        trail: Vec<(EntityId, usize)>,
    },
    /// How is this day known.
    Why {
        /// The article.
        article: ArticleId,
        /// Index of one of its timexes, or the article's own day.
        timex: Option<usize>,
        /// The statement that the cursor is on.
        row: usize,
        /// First line shown.
        top: usize,
    },
    /// Why a place of the text is a hit.
    Match {
        /// The place.
        place: Place,
        /// First line shown.
        top: usize,
    },
    /// The name under which the filters are saved.
    Naming {
        /// The name as typed.
        editor: LineEditor,
    },
    /// The best sentences of a row of the timeline.
    Sentences(SentencesState),
    /// Does Arabic read right?
    Bidi {
        /// How it is written now.
        bidi: Bidi,
    },
    /// Which articles repeat which.
    Copies {
        /// The article that stands for all.
        article: ArticleId,
        /// Which of its copies is selected.
        selected: usize,
        /// First line shown.
        top: usize,
    },
    /// How an article differs from one that it repeats, or from what it said before.
    Difference {
        /// The article that stands for all, or what it said before.
        before: Before,
        /// The article.
        after: ArticleId,
        /// First line shown.
        top: usize,
    },
    /// A line that is asked for.
    Prompt {
        /// What for.
        what: Prompt,
        /// The answer as typed.
        editor: LineEditor,
    },
    /// What could not be read.
    Unreadable {
        /// First line shown.
        top: usize,
    },
}

/// What a line is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// The file of a brief.
    Brief,
    /// A command to pipe to.
    Pipe,
}

impl Overlay {
    /// The help, not yet narrowed.
    #[must_use]
    pub fn help() -> Self {
        Self::Help {
            editor: LineEditor::default(),
            top: 0,
        }
    }

    /// The palette, with nothing typed.
    #[must_use]
    pub fn palette() -> Self {
        Self::Palette {
            editor: LineEditor::default(),
            scroll: Scroll::default(),
        }
    }

    /// The card of an entity.
    #[must_use]
    pub fn card(entity: EntityId) -> Self {
        Self::Card {
            entity,
            row: 0,
            top: 0,
            trail: Vec::new(),
        }
    }

    /// The statement that the cursor is on, of a card that has one.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Card { row, .. } | Self::Why { row, .. } => Some(*row),
            _ => None,
        }
    }

    /// The line that is typed into, if there is one.
    #[must_use]
    pub fn editor(&mut self) -> Option<&mut LineEditor> {
        match self {
            Self::Help { editor, .. }
            | Self::Palette { editor, .. }
            | Self::Naming { editor }
            | Self::Prompt { editor, .. } => Some(editor),
            Self::Card { .. }
            | Self::Why { .. }
            | Self::Match { .. }
            | Self::Sentences(_)
            | Self::Bidi { .. }
            | Self::Copies { .. }
            | Self::Difference { .. }
            | Self::Unreadable { .. } => None,
        }
    }

    /// The first line shown, of an overlay that scrolls.
    #[must_use]
    pub fn top(&mut self) -> Option<&mut usize> {
        match self {
            Self::Help { top, .. }
            | Self::Card { top, .. }
            | Self::Why { top, .. }
            | Self::Match { top, .. }
            | Self::Copies { top, .. }
            | Self::Difference { top, .. }
            | Self::Unreadable { top } => Some(top),
            Self::Palette { .. }
            | Self::Naming { .. }
            | Self::Sentences(_)
            | Self::Bidi { .. }
            | Self::Prompt { .. } => None,
        }
    }
}

/// Commands whose name or help holds every word typed, the ones named so first.
#[must_use]
pub fn candidates(typed: &str) -> Vec<Command> {
    let typed = fold::fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let rank = |command: &Command| {
        let name = command.name();
        let help = fold::fold(command.help());
        let mut rank = 0;
        for word in &words {
            rank += if name.starts_with(word) {
                0
            } else if name.contains(word) {
                1
            } else if help.contains(word) {
                4
            } else {
                return None;
            };
        }
        Some(rank)
    };
    let mut found: Vec<_> = Command::ALL
        .iter()
        .filter_map(|command| Some((rank(command)?, *command)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, command)| command).collect()
}
