//! How each article of a corpus stands, with counts that are kept right change by change.

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::triage::criterion::Standing;
use crate::triage::key::DocumentKey;
use crate::triage::marks::Decision;
use crate::triage::state::State;

/// How one article stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "six things that are or are not, independent of each other"
)]
pub struct Row {
    /// Kept, dismissed, or neither.
    pub decision: Option<Decision>,
    /// Whether it was read.
    pub read: bool,
    /// Whether it came since the last session.
    pub new: bool,
    /// Whether it has a note.
    pub noted: bool,
    /// Whether it has a tag.
    pub tagged: bool,
    /// Whether analysts differ about it.
    pub disputed: bool,
    /// Whether it holds a watch term.
    pub watched: bool,
}

impl Row {
    /// Whether it stands so.
    #[must_use]
    pub fn stands(self, standing: Standing) -> bool {
        match standing {
            Standing::Kept => self.decision == Some(Decision::Kept),
            Standing::Dismissed => self.decision == Some(Decision::Dismissed),
            Standing::Undecided => self.decision.is_none(),
            Standing::Read => self.read,
            Standing::Unread => !self.read,
            Standing::New => self.new,
            Standing::Noted => self.noted,
            Standing::Tagged => self.tagged,
            Standing::Disputed => self.disputed,
            Standing::Watched => self.watched,
        }
    }
}

/// How many articles stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; Standing::ALL.len()]);

impl Counts {
    /// Articles that stand so.
    #[must_use]
    pub fn of(&self, standing: Standing) -> usize {
        Standing::ALL
            .iter()
            .zip(&self.0)
            .find(|(of, _)| **of == standing)
            .map_or(0, |(_, count)| *count)
    }

    fn add(&mut self, row: Row, times: usize) {
        for (standing, count) in Standing::ALL.iter().zip(&mut self.0) {
            *count += usize::from(row.stands(*standing)) * times;
        }
    }

    fn remove(&mut self, row: Row) {
        for (standing, count) in Standing::ALL.iter().zip(&mut self.0) {
            *count -= usize::from(row.stands(*standing));
        }
    }
}

/// How the articles of a corpus stand.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    rows: Vec<Row>,
    corpus: Corpus,
    /// What earlier sessions have seen; `None` if there was none, and then all is new.
    seen: Option<Arc<HashMap<DocumentKey, String>>>,
    counts: Counts,
}

impl Sheet {
    /// An empty sheet over what earlier sessions have seen.
    #[must_use]
    pub fn new(seen: Option<Arc<HashMap<DocumentKey, String>>>) -> Self {
        Self {
            seen,
            ..Self::default()
        }
    }

    /// Takes in the articles of a corpus from the first one on that the sheet does not have. The
    /// corpus must have grown from the one before.
    pub fn grow(&mut self, corpus: &Corpus, state: &State) {
        let known = self.rows.len();
        let fresh = Row {
            new: true,
            ..Row::default()
        };
        self.rows.resize(known.max(corpus.len()), fresh);
        self.counts.add(fresh, self.rows.len() - known);
        self.corpus = corpus.clone();
        if self.seen.is_none() {
            // all are new, and what was marked is soon found, however many articles there are
            self.refresh(state.documents().map(|(key, _)| key), state);
            return;
        }
        let id = |at: usize| ArticleId(u32::try_from(at).unwrap_or(u32::MAX));
        let more = (known..corpus.len()).map(id);
        for (segment, at) in corpus.walk(more) {
            self.set(segment.id(at), &DocumentKey::at(segment, at), state);
        }
    }

    /// Works out anew how some documents stand.
    pub fn refresh<'k>(&mut self, keys: impl IntoIterator<Item = &'k DocumentKey>, state: &State) {
        for key in keys {
            for id in self.articles(key) {
                self.set(id, key, state);
            }
        }
    }

    fn set(&mut self, id: ArticleId, key: &DocumentKey, state: &State) {
        let Some(old) = self.rows.get(id.index()).copied() else {
            return;
        };
        let new = self.row(key, state, old);
        self.counts.remove(old);
        self.counts.add(new, 1);
        if let Some(place) = self.rows.get_mut(id.index()) {
            *place = new;
        }
    }

    fn row(&self, key: &DocumentKey, state: &State, before: Row) -> Row {
        let new = self
            .seen
            .as_ref()
            .is_none_or(|seen| !seen.contains_key(key));
        let Some(marks) = state.marks(key) else {
            return Row {
                new,
                watched: before.watched,
                ..Row::default()
            };
        };
        Row {
            decision: marks.decision,
            read: marks.read,
            new,
            noted: !marks.notes.is_empty(),
            tagged: !marks.tags.is_empty(),
            disputed: marks.is_disputed(),
            watched: before.watched,
        }
    }

    /// Says which articles hold a watch term: flags by article.
    pub fn watch(&mut self, watched: &[bool]) {
        for (at, row) in self.rows.iter_mut().enumerate() {
            let now = watched.get(at).copied().unwrap_or(false);
            if row.watched != now {
                self.counts.remove(*row);
                row.watched = now;
                self.counts.add(*row, 1);
            }
        }
    }

    /// How many articles it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How an article stands.
    #[must_use]
    pub fn get(&self, article: ArticleId) -> Row {
        self.rows.get(article.index()).copied().unwrap_or_default()
    }

    /// How the articles stand, in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = Row> {
        self.rows.iter().copied()
    }

    /// The articles that are a document: several where files are copies.
    #[must_use]
    pub fn articles(&self, key: &DocumentKey) -> Vec<ArticleId> {
        self.corpus.of_hash(&key.0)
    }

    /// How many articles stand how.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Whether no session of this author has ended yet, so that "new" says nothing.
    #[must_use]
    pub fn is_first_session(&self) -> bool {
        self.seen.is_none()
    }

    /// What earlier sessions have seen.
    #[must_use]
    pub fn seen(&self) -> Option<&HashMap<DocumentKey, String>> {
        self.seen.as_deref()
    }
}
