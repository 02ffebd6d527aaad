//! The filters in force, and the line in which the next one is typed.

use crate::query::{Condition, Query, Term};
use crate::tui::model::completion::Completion;
use crate::tui::model::editor::LineEditor;

/// What the filter line looks in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Titles, sources, paths and names, fuzzily.
    #[default]
    Names,
    /// The full text, literally.
    Text,
}

impl Scope {
    /// The key that opens a line of this scope, which also stands before it in the history.
    #[must_use]
    pub fn key(self) -> char {
        match self {
            Self::Names => '/',
            Self::Text => '"',
        }
    }

    /// The scope of a key.
    #[must_use]
    pub fn of_key(key: char) -> Option<Self> {
        [Self::Names, Self::Text]
            .into_iter()
            .find(|scope| scope.key() == key)
    }
}

/// The line in which a filter is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterLine {
    /// The text.
    pub editor: LineEditor,
    /// What it looks in.
    pub scope: Scope,
    /// What the text means, or what is wrong with it and at which column.
    pub terms: Vec<Term>,
    /// What is wrong with the text, if anything.
    pub error: Option<String>,
    /// What Tab makes of the word before the caret.
    pub completion: Option<Completion>,
    /// Which line of the history it is, as long as nothing was changed.
    pub recalled: Option<usize>,
}

/// State of the filters.
#[derive(Clone, Debug, Default)]
pub struct FilterState {
    /// The chips.
    pub terms: Vec<Term>,
    /// What "clear" put away.
    pub cleared: Option<Vec<Term>>,
    /// The open line.
    pub line: Option<FilterLine>,
    /// What was typed before, the oldest first, each line behind the key of its scope.
    pub history: Vec<String>,
}

impl FilterState {
    /// The query in force: chips, and what is being typed.
    #[must_use]
    pub fn query(&self) -> Query {
        let mut terms = self.terms.clone();
        if let Some(line) = &self.line {
            terms.extend(line.terms.iter().cloned());
        }
        Query { terms }
    }

    /// Adds a chip, or turns it round if its opposite is there; a chip that is there goes away.
    pub fn toggle(&mut self, condition: Condition, exclude: bool) {
        self.cleared = None;
        let before = self.terms.len();
        let same = Term { condition, exclude };
        self.terms.retain(|term| *term != same);
        if self.terms.len() == before {
            self.terms.retain(|term| term.condition != same.condition);
            self.terms.push(same);
        }
    }
}
