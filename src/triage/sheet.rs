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

/// Articles whose rows lie in memory together, when one of them stands otherwise than most.
const CHUNK: usize = 1024;

/// How the articles of a corpus stand.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// How many articles there are.
    len: usize,
    /// How an article stands of which nothing else is known.
    usual: Row,
    /// By article, in chunks; `None` where all stand as usual, as most of a million do.
    rows: Vec<Option<Box<[Row]>>>,
    corpus: Corpus,
    /// What earlier sessions have seen; `None` if there was none, and then all is new.
    seen: Option<Arc<HashMap<DocumentKey, String>>>,
    counts: Counts,
}

impl Default for Sheet {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Sheet {
    /// An empty sheet over what earlier sessions have seen.
    #[must_use]
    pub fn new(seen: Option<Arc<HashMap<DocumentKey, String>>>) -> Self {
        let usual = Row {
            new: seen.is_none(),
            ..Row::default()
        };
        Self {
            len: 0,
            usual,
            rows: Vec::new(),
            corpus: Corpus::default(),
            seen,
            counts: Counts::default(),
        }
    }

    /// Whether the sheet's articles are the corpus's first ones, as far as a few show.
    #[must_use]
    pub fn fits(&self, corpus: &Corpus) -> bool {
        let probes = [0, self.len / 2, self.len.saturating_sub(1)];
        let key = |corpus: &Corpus, at: usize| {
            let id = ArticleId(u32::try_from(at).unwrap_or(u32::MAX));
            let (segment, at) = corpus.locate(id)?;
            Some(DocumentKey::at(segment, at))
        };
        corpus.grew_from(&self.corpus)
            || self.len <= corpus.len()
                && probes
                    .iter()
                    .filter(|at| **at < self.len)
                    .all(|at| key(&self.corpus, *at) == key(corpus, *at))
    }

    /// Takes in the articles of a corpus from the first one on that the sheet does not have. The
    /// corpus must have grown from the one before.
    pub fn grow(&mut self, corpus: &Corpus, state: &State) {
        let known = self.len;
        self.len = known.max(corpus.len());
        self.rows.resize_with(self.len.div_ceil(CHUNK), || None);
        self.counts.add(self.usual, self.len - known);
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
        if id.index() >= self.len {
            return;
        }
        let old = self.get(id);
        self.replace(id.index(), old, self.row(key, state, old));
    }

    /// Puts a row in the place of another one.
    fn replace(&mut self, at: usize, old: Row, new: Row) {
        if old == new {
            return;
        }
        self.counts.remove(old);
        self.counts.add(new, 1);
        let usual = self.usual;
        if let Some(chunk) = self.rows.get_mut(at / CHUNK) {
            let chunk = chunk.get_or_insert_with(|| vec![usual; CHUNK].into());
            if let Some(place) = chunk.get_mut(at % CHUNK) {
                *place = new;
            }
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
        for at in 0..self.len {
            let old = self.at(at);
            let now = watched.get(at).copied().unwrap_or(false);
            if old.watched != now {
                let new = Row {
                    watched: now,
                    ..old
                };
                self.replace(at, old, new);
            }
        }
    }

    /// How many articles it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How an article stands.
    #[must_use]
    pub fn get(&self, article: ArticleId) -> Row {
        if article.index() < self.len {
            self.at(article.index())
        } else {
            Row::default()
        }
    }

    /// The row of a place that there is.
    fn at(&self, at: usize) -> Row {
        let chunk = self.rows.get(at / CHUNK).and_then(Option::as_deref);
        let row = chunk.and_then(|chunk| chunk.get(at % CHUNK));
        row.copied().unwrap_or(self.usual)
    }

    /// How the articles stand, in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = Row> {
        (0..self.len).map(|at| self.at(at))
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
