//! Which documents a command is about.

use std::collections::BTreeMap;

use anyhow::bail;

use crate::corpus::{Corpus, RawDocument};
use crate::ingest::{self, Outcome, Source};
use crate::triage::DocumentKey;

/// Digits of a SHA-256 that name a document at least.
const DIGITS: usize = 8;

/// The documents that were named, each by its id, its path, or the first digits of its SHA-256.
///
/// # Errors
/// When a name fits none or several.
pub(super) fn named(corpus: &Corpus, names: &[String]) -> anyhow::Result<Vec<DocumentKey>> {
    let mut search = Search::new(names);
    for (_, article) in corpus.articles() {
        search.look_at(&article.raw);
    }
    search.found()
}

/// The same, found by reading alone. `None` where a line was annotated before: which document that
/// is, only loading can tell.
pub(super) fn read_and_named(
    sources: &[Source],
    names: &[String],
) -> Option<anyhow::Result<Vec<DocumentKey>>> {
    let mut search = Search::new(names);
    let mut is_plain = true;
    for input in &ingest::discover(sources).inputs {
        ingest::read_input(input, &mut |outcome| match outcome {
            Outcome::Document(document) => search.look_at(&document),
            Outcome::Annotated(_) => is_plain = false,
            // it has no name that could be meant
            Outcome::Unreadable(_) => {}
        });
    }
    is_plain.then(|| search.found())
}

/// The documents that fit each name: keys with a path.
struct Search<'n> {
    names: Vec<(&'n str, BTreeMap<DocumentKey, String>)>,
}

impl<'n> Search<'n> {
    fn new(names: &'n [String]) -> Self {
        let names = names.iter().map(|name| (name.as_str(), BTreeMap::new()));
        Self {
            names: names.collect(),
        }
    }

    fn look_at(&mut self, raw: &RawDocument) {
        for (name, fitting) in &mut self.names {
            if fits(raw, name) {
                // copies of one document are one
                let path = fitting.entry(DocumentKey(raw.sha256));
                path.or_insert_with(|| raw.path.clone());
            }
        }
    }

    fn found(self) -> anyhow::Result<Vec<DocumentKey>> {
        let mut found = Vec::new();
        for (name, fitting) in self.names {
            let mut fitting = fitting.into_iter();
            match (fitting.next(), fitting.next()) {
                (None, _) => bail!(
                    "no document {name:?}; its id, its path or {DIGITS} digits of its SHA-256 \
                     expected"
                ),
                (Some((key, _)), None) => found.push(key),
                (Some((key, path)), Some((other, second))) => bail!(
                    "{name:?} is several documents, such as {path} ({key}) and {second} ({other})"
                ),
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

fn fits(raw: &RawDocument, name: &str) -> bool {
    if raw.id == name || raw.path == name {
        return true;
    }
    let digits = name.strip_prefix("sha256:").unwrap_or(name);
    digits.len() >= DIGITS
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && DocumentKey(raw.sha256)
            .to_string()
            .starts_with(&digits.to_ascii_lowercase())
}
