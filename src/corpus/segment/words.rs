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
#[must_use]
pub fn words_of(folded: &str) -> Words<'_> {
    Words {
        rest: folded,
        parts: None,
    }
}

/// The words of a folded text, from left to right.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    rest: &'t str,
    /// What is left of a word that full stops part.
    parts: Option<std::str::Split<'t, char>>,
}

impl<'t> Words<'t> {
    /// What stands before the next white space, slash or colon, without punctuation at its ends, and
    /// whether there may be a full stop within; `None` behind the last. Every text of a corpus goes
    /// through here, so ASCII is looked at byte by byte.
    fn next_between(&mut self) -> Option<(&'t str, bool)> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let (mut at, mut start, mut end) = (0, usize::MAX, 0);
        let mut dotted = false;
        let next = loop {
            let Some(byte) = bytes.get(at) else { break at };
            let (len, in_word) = match byte {
                b'\t'..=b'\r' | b' ' | b'/' | b'\\' | b':' => break at + 1,
                0..0x80 => {
                    dotted |= *byte == b'.';
                    (1, byte.is_ascii_alphanumeric())
                }
                _ => {
                    let c = self.rest.get(at..)?.chars().next()?;
                    if c.is_whitespace() {
                        break at + c.len_utf8();
                    }
                    (c.len_utf8(), is_alphanumeric(c))
                }
            };
            if in_word {
                start = start.min(at);
                end = at + len;
            }
            at += len;
        };
        let word = self.rest.get(start..end).unwrap_or("");
        self.rest = self.rest.get(next..).unwrap_or("");
        Some((word, dotted))
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            if let Some(parts) = &mut self.parts {
                let mut parts = parts.map(|part| part.trim_matches(|c: char| !is_alphanumeric(c)));
                if let Some(part) = parts.find(|part| !part.is_empty()) {
                    return Some(part);
                }
                self.parts = None;
            }
            let (word, dotted) = self.next_between()?;
            if dotted && word.split('.').any(|part| part.chars().nth(1).is_some()) {
                self.parts = Some(word.split('.'));
            } else if !word.is_empty() {
                return Some(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same said with the methods of strings.
    fn words_by_splitting(folded: &str) -> Vec<&str> {
        folded
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '\\' | ':'))
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .flat_map(|word| {
                let parts_words =
                    word.contains('.') && word.split('.').any(|part| part.chars().nth(1).is_some());
                word.split(move |c| c == '.' && parts_words)
            })
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .collect()
    }

    proptest! {
        #[test]
        fn words_are_what_splitting_gives(
            text in "[a-c.:/ \\\\\t\u{a0}\u{85}\u{3000}(,0ابäß'-]{0,40}|\\PC{0,20}|(?s).{0,12}"
        ) {
            prop_assert_eq!(words_of(&text).collect::<Vec<_>>(), words_by_splitting(&text));
        }
    }

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
