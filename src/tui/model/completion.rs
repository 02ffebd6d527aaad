//! What the word before the caret of the query box is likely to become: the name of a field, or a
//! value of one.

use crate::corpus::{Corpus, EntityKind, Language, LinkMode};
use crate::query::Leniency;
use crate::query::syntax::FIELDS;
use crate::text::fold::fold;

/// Letters of a field's name that must be typed: one alone begins many words.
const LETTERS: usize = 2;

/// Names that are looked through at most: the key must answer at once.
const NAMES: usize = 4000;

/// A word and what it is completed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins, in bytes of the line.
    pub start: usize,
    /// What stands there instead, a blank behind it where nothing can follow.
    pub text: String,
}

/// The completion of the last word of `typed`, which is the line up to the caret; `None` where
/// nothing is known to begin so.
#[must_use]
pub fn complete(corpus: &Corpus, typed: &str) -> Option<Completion> {
    let (start, word) = last_word(typed)?;
    let text = match word.split_once(':') {
        None => field(word)?,
        Some((field, value)) => {
            let field = field.to_lowercase();
            let value = value.strip_prefix('"').unwrap_or(value);
            let value = value_of(corpus, &field, value)?;
            if value.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"')) {
                let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
                format!("{field}:\"{quoted}\" ")
            } else {
                format!("{field}:{value} ")
            }
        }
    };
    (text != word).then_some(Completion { start, text })
}

/// The last word, outside of what stands in quotes, without a `-` before it.
fn last_word(typed: &str) -> Option<(usize, &str)> {
    let mut start = 0;
    let mut quoted = false;
    for (at, c) in typed.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => start = at + 1,
            c if c.is_whitespace() && !quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    let word = typed.get(start..)?;
    let bare = word.trim_start_matches('-');
    let is_word = !bare.is_empty() && !bare.starts_with('"');
    is_word.then_some((start + word.len() - bare.len(), bare))
}

/// `lang:` for `la`; a field that takes one value alone is completed to that.
fn field(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    if word.chars().count() < LETTERS {
        return None;
    }
    let field = FIELDS.iter().find(|field| field.starts_with(&word))?;
    let switches = Leniency::ALL.map(Leniency::field);
    Some(match *field {
        "undated" => "undated ".to_owned(),
        field if switches.contains(&field) => format!("{field}:off "),
        field => format!("{field}:"),
    })
}

fn value_of(corpus: &Corpus, field: &str, typed: &str) -> Option<String> {
    let typed = fold(typed);
    let begins = |value: &str| fold(value).starts_with(&typed);
    let first = |values: &[&str]| {
        let value = values.iter().find(|value| begins(value));
        value.map(|value| (*value).to_owned())
    };
    match field {
        "lang" | "language" => {
            let codes = [Language::English, Language::German, Language::Arabic];
            let [en, de, ar] = codes.map(Language::code);
            first(&[en, de, ar, "other"])
        }
        "kind" => {
            let codes = EntityKind::ALL.map(|kind| kind.code().to_lowercase());
            codes.into_iter().find(|code| begins(code))
        }
        "undated" => first(&["published", "mentioned"]),
        "spelling" | "scripts" => first(&["off"]),
        "links" => first(&LinkMode::ALL.map(LinkMode::name)),
        "entity" if !typed.is_empty() => {
            let mut best: Option<(u32, &str)> = None;
            for (_, entity) in corpus.entities().iter().take(NAMES) {
                let is_better = best.is_none_or(|(documents, _)| entity.documents > documents);
                if is_better && begins(&entity.key) {
                    best = Some((entity.documents, &entity.key));
                }
            }
            best.map(|(_, key)| key.to_owned())
        }
        "source" if !typed.is_empty() => {
            let mut sources = corpus.sources().iter_from(0).take(NAMES);
            let found = sources.find(|(_, source, _)| source.starts_with(&typed));
            found.map(|(_, source, _)| source.to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_fixed_values() {
        let corpus = Corpus::new("test");
        for (typed, expected) in [
            ("la", Some((0, "lang:"))),
            ("aleppo TI", Some((7, "title:"))),
            ("a -(-sou", Some((5, "source:"))),
            ("x lang:d", Some((2, "lang:de "))),
            ("lang:", Some((0, "lang:en "))),
            ("kind:pl", Some((0, "kind:place "))),
            ("sp", Some((0, "spelling:off "))),
            ("und", Some((0, "undated "))),
            ("undated:m", Some((0, "undated:mentioned "))),
            ("l", None),
            ("", None),
            ("la ", None),
            ("\"la", None),
            ("\"a la", None),
            ("lang:x", None),
            ("entity:", None),
            ("حلب", None),
            ("title:al", None),
        ] {
            let found = complete(&corpus, typed);
            let found = found.as_ref().map(|c| (c.start, c.text.as_str()));
            assert_eq!(found, expected, "{typed}");
        }
    }
}
