//! Words as matching by name sees them.

use rustc_hash::FxHashMap;

use super::surface;
use crate::corpus::article::Article;
use crate::corpus::lexicon::Growing;
use crate::text::fold::fold;
use crate::text::letter::is_alphanumeric;

/// The words of folded names, remembered while a batch comes in: a name recurs.
#[derive(Default)]
pub(super) struct Names {
    known: FxHashMap<String, Vec<u32>>,
}

impl Names {
    /// The distinct words of an article's names.
    pub(super) fn of(&mut self, article: &Article, words: &mut Growing<'_>) -> Vec<u32> {
        let mut all = Vec::new();
        for mention in article.mentions.iter() {
            all.extend_from_slice(self.words_of(&mention.entity, words));
            all.extend_from_slice(self.words_of(surface(article, mention), words));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn words_of(&mut self, name: &str, words: &mut Growing<'_>) -> &[u32] {
        if !self.known.contains_key(name) {
            let numbers = words_of(&fold(name)).map(|w| words.intern(w)).collect();
            self.known.insert(name.to_owned(), numbers);
        }
        self.known.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The words of a folded text, as matching by name sees them: what stands between white space,
/// slashes and colons, without punctuation at its ends. Hyphens and apostrophes stay within:
/// `al-nusra` is one word, in which `nusra` begins anew. Full stops part words, as in `news.txt`,
/// but not letters, as in `u.s`.
pub fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '\\' | ':'))
        .map(|word| word.trim_matches(|c: char| !is_alphanumeric(c)))
        .flat_map(|word| {
            let parts_words =
                word.contains('.') && word.split('.').any(|part| part.chars().nth(1).is_some());
            word.split(move |c| c == '.' && parts_words)
        })
        .map(|word| word.trim_matches(|c: char| !is_alphanumeric(c)))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_matching_by_name_sees_them() {
        for (text, expected) in [
            (
                "ahrar al-sham,  (halab)",
                &["ahrar", "al-sham", "halab"][..],
            ),
            ("in/mini.jsonl:17", &["in", "mini", "jsonl", "17"]),
            ("the u.s. and e.g.", &["the", "u.s", "and", "e.g"]),
            ("3.5 … - 12.30", &["3.5", "12", "30"]),
            ("", &[]),
        ] {
            assert_eq!(words_of(text).collect::<Vec<_>>(), expected);
        }
    }
}
