//! The names of the result, grouped by kind.

use std::sync::Arc;

use crate::corpus::{EntityId, EntityKind};
use crate::query::{Answer, EntityCount};
use crate::tui::model::scroll::Scroll;

/// One row of the third pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityRow {
    /// A kind, with how many names of it follow.
    Heading(EntityKind, usize),
    /// A name.
    Name(EntityCount),
}

impl EntityRow {
    /// The entity of a name's row.
    #[must_use]
    pub fn entity(self) -> Option<EntityId> {
        match self {
            Self::Heading(..) => None,
            Self::Name(count) => Some(count.entity),
        }
    }
}

/// State of the third pane.
#[derive(Clone, Debug, Default)]
pub struct EntitiesState {
    /// Headings and names of the last answer.
    pub rows: Arc<Vec<EntityRow>>,
    /// The name that the user chose last.
    pub chosen: Option<EntityId>,
    /// Where the list stands; rows are indices into `rows`.
    pub scroll: Scroll,
}

impl EntitiesState {
    /// The name under the gutter mark.
    #[must_use]
    pub fn selected(&self) -> Option<EntityId> {
        self.rows.get(self.scroll.row).and_then(|row| row.entity())
    }

    /// The rows of an answer: its counts under headings.
    #[must_use]
    pub fn rows_of(answer: &Answer) -> Vec<EntityRow> {
        let mut rows = Vec::with_capacity(answer.entities.len() + EntityKind::ALL.len());
        for kind in answer.entities.chunk_by(|a, b| a.kind == b.kind) {
            if let Some(first) = kind.first() {
                rows.push(EntityRow::Heading(first.kind, kind.len()));
            }
            rows.extend(kind.iter().copied().map(EntityRow::Name));
        }
        rows
    }
}
