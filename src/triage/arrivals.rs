//! What came, changed and vanished since the last session.

use std::collections::{HashMap, HashSet};

use crate::corpus::{ArticleId, Corpus};
use crate::triage::change::Op;
use crate::triage::key::DocumentKey;

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
        let mut before: HashMap<&str, DocumentKey> = HashMap::with_capacity(seen.len());
        for (key, path) in seen {
            before.insert(path, *key);
        }
        let here: HashSet<DocumentKey> = corpus
            .articles()
            .map(|(_, article)| DocumentKey::of(article))
            .collect();
        let mut arrivals = Self::default();
        let mut replaced = HashSet::new();
        for (id, article) in corpus.articles() {
            let key = DocumentKey::of(article);
            let path = place(&article.raw.path, &article.raw.id);
            if let Some(known) = seen.get(&key) {
                arrivals.renamed += usize::from(*known != path);
                continue;
            }
            match before.get(path.as_str()) {
                Some(old) if !here.contains(old) => {
                    replaced.insert(*old);
                    arrivals.changed.push(Changed {
                        now: id,
                        before: *old,
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

/// Where a document stands: its path, and for one of several in a file its own id.
fn place(path: &str, id: &str) -> String {
    format!("{path}\n{id}")
}

impl Op {
    /// The line that ends a session over a corpus, given what earlier ones have seen; `None` where
    /// there is nothing to say.
    #[must_use]
    pub fn session(corpus: &Corpus, seen: Option<&HashMap<DocumentKey, String>>) -> Option<Self> {
        let mut here = HashSet::with_capacity(corpus.len());
        let mut came = Vec::new();
        for (_, article) in corpus.articles() {
            let key = DocumentKey::of(article);
            let path = place(&article.raw.path, &article.raw.id);
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
