//! What documents said before they were changed: the texts that an earlier load found where
//! another one is now.
//!
//! Only the texts; where they are kept between two runs is the layer `pipeline`'s.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::corpus::article::{Article, RawDocument};
use crate::corpus::snapshot::Corpus;

/// Bytes of text that are kept in all: a few thousand articles, more than anybody compares.
const MOST: usize = 8 << 20;

/// What a document said before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierText {
    /// The path of the document, as it was shown.
    pub path: String,
    /// The document's own id.
    pub id: String,
    /// SHA-256 of the source bytes as they were.
    pub sha256: [u8; 32],
    /// The body as it was, as decoded.
    pub text: String,
}

impl EarlierText {
    /// The text of a document, to be kept.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let raw = &article.raw;
        Self {
            path: raw.path.clone(),
            id: raw.id.clone(),
            sha256: raw.sha256,
            text: raw.text.clone(),
        }
    }
}

/// Texts that are no longer there, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier(Vec<EarlierText>);

impl Earlier {
    /// Of `gone`, newest first, the texts that another text of the corpus took the place of, as far
    /// as there is room.
    #[must_use]
    pub fn replaced(gone: impl IntoIterator<Item = EarlierText>, corpus: &Corpus) -> Self {
        let mut gone = gone.into_iter().peekable();
        if gone.peek().is_none() {
            return Self::default();
        }
        let mut texts: HashSet<[u8; 32]> = HashSet::with_capacity(corpus.len());
        let mut names: HashSet<(String, String)> = HashSet::with_capacity(corpus.len());
        for (_, article) in corpus.articles() {
            let raw = &article.raw;
            texts.insert(raw.sha256);
            names.insert((file_of(&raw.path).to_owned(), raw.id.clone()));
        }
        let mut room = MOST;
        let mut kept = Vec::new();
        for text in gone {
            let name = (file_of(&text.path).to_owned(), text.id.clone());
            // a text that is there still was moved, not changed
            if text.text.len() <= room && names.contains(&name) && texts.insert(text.sha256) {
                room -= text.text.len();
                kept.push(text);
            }
        }
        Self(kept)
    }

    /// The same for a corpus that was read anew: what `articles` said that were there before, then
    /// what was known already.
    #[must_use]
    pub fn since<'a>(
        articles: impl Iterator<Item = &'a Article>,
        known: &Self,
        corpus: &Corpus,
    ) -> Self {
        let there: HashSet<[u8; 32]> = corpus.articles().map(|(_, a)| a.raw.sha256).collect();
        let gone = articles.filter(|article| !there.contains(&article.raw.sha256));
        Self::replaced(
            gone.map(EarlierText::of).chain(known.iter().cloned()),
            corpus,
        )
    }

    /// What a document said before, newest first: what stood under its very path and id, then what
    /// had its id in the same file on another line.
    pub fn of<'e>(&'e self, raw: &'e RawDocument) -> impl Iterator<Item = &'e EarlierText> {
        let has_id = self.0.iter().filter(|text| text.id == raw.id);
        let here = has_id.clone().filter(|text| text.path == raw.path);
        let elsewhere = has_id
            .filter(|text| text.path != raw.path && file_of(&text.path) == file_of(&raw.path));
        here.chain(elsewhere)
    }

    /// The text of these source bytes.
    #[must_use]
    pub fn get(&self, sha256: &[u8; 32]) -> Option<&EarlierText> {
        self.0.iter().find(|text| text.sha256 == *sha256)
    }

    /// All of them, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &EarlierText> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Corpus {
    /// The corpus with what its documents said before they were changed.
    #[must_use]
    pub fn with_earlier(&self, earlier: Arc<Earlier>) -> Self {
        Self {
            earlier,
            ..self.clone()
        }
    }

    /// What its documents said before they were changed.
    #[must_use]
    pub fn earlier(&self) -> &Arc<Earlier> {
        &self.earlier
    }
}

/// The file of a document's path, without the line or place of one of several records
/// (`news.jsonl:17`, `news.json#3`): lines move when others come before them.
#[must_use]
pub fn file_of(path: &str) -> &str {
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    match path.rsplit_once([':', '#']) {
        Some((file, digits)) if number(digits) => file,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Language, Metadata, Title};

    fn article(path: &str, id: &str, text: &str) -> Article {
        let mut sha256 = [0; 32];
        for (to, from) in sha256.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Article {
            raw: Arc::new(RawDocument {
                id: id.to_owned(),
                path: path.to_owned(),
                title: None,
                text: text.to_owned(),
                encoding: "UTF-8",
                notes: Vec::new(),
                metadata: Metadata::default(),
                sha256,
            }),
            title: Title {
                text: text.to_owned(),
                derived_from: None,
            },
            language: Language::Other,
            day: None,
            mentions: Vec::new().into(),
            timexes: Vec::new(),
            entities: Vec::new(),
        }
    }

    fn gone(path: &str, id: &str, text: &str) -> EarlierText {
        EarlierText::of(&article(path, id, text))
    }

    #[test]
    fn what_was_replaced_is_kept_and_nothing_else() {
        let corpus = Corpus::new("test").with(
            vec![
                article("a.txt", "a", "now"),
                article("b.txt", "b", "moved"),
                article("n.jsonl:4", "x", "edited"),
            ],
            Vec::new(),
        );
        let huge = "z".repeat(MOST);
        let earlier = Earlier::replaced(
            [
                gone("a.txt", "a", "newer"),
                gone("n.jsonl:3", "x", "as it was"),
                gone("vanished.txt", "vanished", "gone"),
                gone("a.txt", "a", "moved"),
                gone("a.txt", "a", "older"),
                gone("a.txt", "a", &huge),
                gone("n.jsonl:4", "n:4", "had no id of its own"),
            ],
            &corpus,
        );
        let texts: Vec<&str> = earlier.iter().map(|text| text.text.as_str()).collect();
        assert_eq!(texts, ["newer", "as it was", "older"]);
        let of = |path, id| -> Vec<String> {
            let now = article(path, id, "now");
            earlier.of(&now.raw).map(|text| text.text.clone()).collect()
        };
        assert_eq!(of("a.txt", "a"), ["newer", "older"]);
        assert_eq!(of("n.jsonl:4", "x"), ["as it was"]);
        assert!(of("b.txt", "b").is_empty());
        assert!(of("m.jsonl:4", "x").is_empty(), "another file");
    }

    #[test]
    fn lines_are_not_part_of_a_file() {
        for (path, file) in [
            ("news/a.txt", "news/a.txt"),
            ("news.jsonl:17", "news.jsonl"),
            ("news.json#3", "news.json"),
            ("news.json#", "news.json#"),
            ("a:b", "a:b"),
            ("", ""),
        ] {
            assert_eq!(file_of(path), file);
        }
    }
}
