//! What came, changed and vanished since the last session.

use std::collections::{HashMap, HashSet};

use crate::corpus::{Article, ArticleId, Corpus, EntityId, file_of};
use crate::triage::change::Op;
use crate::triage::key::DocumentKey;

/// Documents that name a new entity at least, to be told: one alone is chance.
const NEW_FROM: usize = 2;

/// New documents that name an entity at least, for it to spike.
const SPIKE_FROM: usize = 4;

/// How many times as many new documents as old ones name an entity that spikes.
const SPIKE: usize = 2;

/// Names that are told at most.
const NAMES: usize = 5;

/// Documents of a corpus up to which a journal holds what a session has seen: a line of some 150
/// bytes for each, which every later start reads.
pub const MOST_SEEN: usize = 200_000;

/// A document under a path where another one was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The document that is there now.
    pub now: ArticleId,
    /// What was there.
    pub before: DocumentKey,
}

/// How a corpus differs from what earlier sessions have seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Documents under paths that were not there.
    pub came: Vec<ArticleId>,
    /// Documents under paths where another one was.
    pub changed: Vec<Changed>,
    /// Documents that are gone, with the paths that they had; sorted by path.
    pub vanished: Vec<(DocumentKey, String)>,
    /// Documents that are there under another path.
    pub renamed: usize,
}

impl Arrivals {
    /// Compares a corpus with what was seen.
    #[must_use]
    pub fn of(corpus: &Corpus, seen: &HashMap<DocumentKey, String>) -> Self {
        let before = Before::new(seen);
        let here: HashSet<DocumentKey> = corpus
            .places()
            .map(|(segment, at)| DocumentKey::at(segment, at))
            .collect();
        let mut arrivals = Self::default();
        let mut replaced = HashSet::new();
        for (segment, at) in corpus.places() {
            let key = DocumentKey::at(segment, at);
            let id = segment.id(at);
            let (path, record) = (segment.path(at), segment.record_id(at));
            if let Some(known) = seen.get(&key) {
                arrivals.renamed += usize::from(*known != place(path, record));
                continue;
            }
            match before.at(path, record) {
                Some(old) if !here.contains(&old) => {
                    replaced.insert(old);
                    arrivals.changed.push(Changed {
                        now: id,
                        before: old,
                    });
                }
                _ => arrivals.came.push(id),
            }
        }
        let gone = seen
            .iter()
            .filter(|(key, _)| !here.contains(*key) && !replaced.contains(*key));
        arrivals.vanished = gone.map(|(key, path)| (*key, path.clone())).collect();
        arrivals.vanished.sort_by(|a, b| a.1.cmp(&b.1));
        arrivals
    }

    /// The entities that only what came names, and those that it names much more often than what
    /// was there: `Minyan (new, 4)`, `Aleppo (2→11)`. The most frequent, five at most.
    #[must_use]
    pub fn names(&self, corpus: &Corpus) -> Vec<String> {
        let mut fresh: HashMap<EntityId, usize> = HashMap::new();
        let changed = self.changed.iter().map(|changed| changed.now);
        let ids = self.came.iter().copied().chain(changed);
        let mut ids: Vec<ArticleId> = ids.collect();
        ids.sort_unstable();
        for (segment, at) in corpus.walk(ids.into_iter()) {
            for (entity, _) in segment.entities(at) {
                *fresh.entry(entity).or_default() += 1;
            }
        }
        let mut told: Vec<(usize, String)> = Vec::new();
        for (id, now) in fresh {
            let Some(entity) = corpus.entities().get(id) else {
                continue;
            };
            let all = entity.documents as usize;
            let before = all.saturating_sub(now);
            if before == 0 && now >= NEW_FROM {
                told.push((now, format!("{} (new, {now})", entity.key)));
            } else if before > 0 && now >= SPIKE_FROM && now >= SPIKE * before {
                told.push((now, format!("{} ({before}→{all})", entity.key)));
            }
        }
        told.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        told.truncate(NAMES);
        told.into_iter().map(|(_, name)| name).collect()
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.came.is_empty() && self.changed.is_empty() && self.vanished.is_empty()
    }

    /// `+37 documents, 2 changed, 1 vanished`; "" where nothing differs.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        match self.came.len() {
            0 => {}
            1 => parts.push("+1 document".to_owned()),
            n => parts.push(format!("+{n} documents")),
        }
        for (count, word) in [
            (self.changed.len(), "changed"),
            (self.vanished.len(), "vanished"),
            (self.renamed, "renamed"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {word}"));
            }
        }
        parts.join(", ")
    }
}

/// What earlier sessions have seen, by where it stood.
#[derive(Debug)]
pub struct Before<'s> {
    seen: &'s HashMap<DocumentKey, String>,
    by_place: HashMap<&'s str, DocumentKey>,
    /// Records by file and id, whatever their line was then.
    by_record: HashMap<(&'s str, &'s str), DocumentKey>,
}

impl<'s> Before<'s> {
    /// Over what was seen.
    #[must_use]
    pub fn new(seen: &'s HashMap<DocumentKey, String>) -> Self {
        let mut before = Self {
            seen,
            by_place: HashMap::with_capacity(seen.len()),
            by_record: HashMap::new(),
        };
        for (key, place) in seen {
            before.by_place.insert(place, *key);
            if let Some((path, id)) = place.split_once('\n')
                && file_of(path) != path
            {
                before.by_record.insert((file_of(path), id), *key);
            }
        }
        before
    }

    /// What stood where an article stands now, if that is another document than any that was seen.
    #[must_use]
    pub fn of(&self, article: &Article) -> Option<DocumentKey> {
        if self.seen.contains_key(&DocumentKey::of(article)) {
            return None;
        }
        self.at(&article.raw.path, &article.raw.id)
    }

    /// What stood under a path and id, else what had the id on another line of the same file.
    fn at(&self, path: &str, id: &str) -> Option<DocumentKey> {
        let here = self.by_place.get(place(path, id).as_str());
        let record = || self.by_record.get(&(file_of(path), id));
        here.or_else(record).copied()
    }
}

/// Where a document stands: its path, and for one of several in a file its own id.
fn place(path: &str, id: &str) -> String {
    format!("{path}\n{id}")
}

impl Op {
    /// The line that ends a session over a corpus, given what earlier ones have seen; `None` where
    /// there is nothing to say, and for a corpus of more than [`MOST_SEEN`] documents.
    #[must_use]
    pub fn session(corpus: &Corpus, seen: Option<&HashMap<DocumentKey, String>>) -> Option<Self> {
        if corpus.len() > MOST_SEEN {
            return None;
        }
        let mut here = HashSet::with_capacity(corpus.len());
        let mut came = Vec::new();
        for (segment, at) in corpus.places() {
            let key = DocumentKey::at(segment, at);
            let path = place(segment.path(at), segment.record_id(at));
            let known = seen.and_then(|seen| seen.get(&key));
            if here.insert(key) && known != Some(&path) {
                came.push((key, path));
            }
        }
        let gone = seen.into_iter().flatten().map(|(key, _)| *key);
        let mut gone: Vec<DocumentKey> = gone.filter(|key| !here.contains(key)).collect();
        gone.sort_unstable();
        let differs = seen.is_none() || !came.is_empty() || !gone.is_empty();
        differs.then_some(Self::Session { came, gone })
    }
}
