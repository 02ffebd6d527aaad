//! Which documents a command is about.

use anyhow::bail;

use crate::corpus::{Article, Corpus};
use crate::triage::DocumentKey;

/// Digits of a SHA-256 that name a document at least.
const DIGITS: usize = 8;

/// The documents that were named, each by its id, its path, or the first digits of its SHA-256.
///
/// # Errors
/// When a name fits none or several.
pub(super) fn named(corpus: &Corpus, names: &[String]) -> anyhow::Result<Vec<DocumentKey>> {
    let mut found = Vec::new();
    for name in names {
        let mut fitting: Vec<&Article> = corpus
            .articles()
            .map(|(_, article)| article)
            .filter(|article| fits(article, name))
            .collect();
        // copies of one document are one
        fitting.sort_by_key(|article| article.raw.sha256);
        fitting.dedup_by_key(|article| article.raw.sha256);
        match fitting.as_slice() {
            [] => bail!(
                "no document {name:?}; its id, its path or {DIGITS} digits of its SHA-256 expected"
            ),
            [article] => found.push(DocumentKey::of(article)),
            [first, second, ..] => bail!(
                "{name:?} is several documents, such as {} ({}) and {} ({})",
                first.raw.path,
                DocumentKey::of(first),
                second.raw.path,
                DocumentKey::of(second)
            ),
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn fits(article: &Article, name: &str) -> bool {
    let raw = &article.raw;
    if raw.id == name || raw.path == name {
        return true;
    }
    let digits = name.strip_prefix("sha256:").unwrap_or(name);
    digits.len() >= DIGITS
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && DocumentKey::of(article)
            .to_string()
            .starts_with(&digits.to_ascii_lowercase())
}
