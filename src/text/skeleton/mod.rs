//! Names across scripts and spellings: what stays of a name when the habits of writing it are
//! taken away, and how alike two names sound.
//!
//! [`skeleton`] keeps the consonants, in classes that no way of writing tells apart: equal
//! skeletons are a bucket in which to look for one name. [`Sounds::similarity`] then compares
//! letter by letter, with what each letter of one script may stand for in the other (`signs.rs`):
//! an edit distance with costs, after Ristad and Yianilos, "Learning String Edit Distance" (1998),
//! only that the costs are a table that one can read.

mod align;
mod signs;
#[cfg(test)]
mod tests;

use crate::text::fold::fold;
use crate::text::skeleton::align::Aligner;
use crate::text::skeleton::signs::{LATIN, class};

/// Letters of a word, and signs of a name, that count; more are no name.
const LONGEST: usize = 64;

/// The consonants of a name in classes, its words with a space between, articles left out.
///
/// Vowels, `w`, `y`, hamza and ain are dropped, doubles are one, a `t` that only the construct
/// state makes heard is dropped (`Jabhat`: جبهة).
#[must_use]
pub fn skeleton(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        let bones = bones(&word);
        if !bones.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&bones);
        }
    }
    out
}

/// How alike two names sound, 0 to 1; see [`Sounds::similarity`].
#[must_use]
pub fn similarity(a: &str, b: &str) -> f32 {
    Sounds::new(a).similarity(&Sounds::new(b))
}

/// The folded words of a name without articles: `al-`, `el-`, `asch-`, `the`, `ال`; a name that is
/// nothing else keeps them.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let all: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let own: Vec<String> = all
        .iter()
        .filter(|word| !is_article(word))
        .map(|word| without_article(word).replace('\'', ""))
        .collect();
    if own.is_empty() {
        return all.iter().map(|word| word.replace('\'', "")).collect();
    }
    own
}

/// Latin articles, as words of their own.
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "as"
            | "ash"
            | "asch"
            | "ad"
            | "an"
            | "at"
            | "ar"
            | "az"
            | "adh"
            | "ath"
            | "ul"
            | "il"
            | "the"
            | "der"
            | "die"
            | "das"
            | "des"
            | "dem"
            | "den"
    )
}

/// An Arabic word without `ال`.
fn without_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(1).is_some() => rest,
        _ => word,
    }
}

/// The classes of a folded word's consonants.
fn bones(word: &str) -> String {
    let signs = signs_of(word);
    let mut out = String::new();
    let last = signs.len().saturating_sub(1);
    for (at, sign) in signs.iter().enumerate() {
        let ends = at == last && at > 0;
        let before = at.checked_sub(1).and_then(|b| signs.get(b)).copied();
        let silent = match *sign {
            // ة and ح alike: romanisations write both as h or not at all
            "h" | "ه" | "ح" => ends,
            "t" | "ت" => ends && matches!(before, Some("a" | "aa" | "ا" | "ع")),
            _ => false,
        };
        let class = if silent { "" } else { class(sign) };
        if !class.is_empty() && !out.ends_with(class) {
            out.push_str(class);
        }
    }
    out
}

/// Cuts a folded word into the signs of `signs::LATIN` and single letters of other scripts.
fn signs_of(word: &str) -> Vec<&str> {
    let mut signs: Vec<&str> = Vec::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let len = LATIN
            .iter()
            .find(|(sign, _)| rest.starts_with(sign))
            .map_or(c.len_utf8(), |(sign, _)| sign.len());
        let (sign, after) = rest.split_at(len);
        // هه at the end of a word is h and ta marbuta, وو and يي are a consonant and a vowel
        let doubled = signs.last() == Some(&sign) && !matches!(c, 'و' | 'ي' | 'ه');
        if !doubled && c.is_alphanumeric() {
            signs.push(sign);
        }
        rest = after;
        if signs.len() == LONGEST {
            break;
        }
    }
    signs
}

/// A name made ready to be compared with many.
#[derive(Clone, Debug, Default)]
pub struct Sounds {
    /// The words, run together, without their articles.
    bare: Vec<Sound>,
    /// The same with the Arabic articles, where there are any.
    whole: Option<Vec<Sound>>,
}

/// A sign as the aligner sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    /// Number in `signs::LATIN`.
    Latin(u8),
    /// A folded letter of another script, and whether it begins a word.
    Letter(char, bool),
}

impl Sounds {
    /// Makes a name ready.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let bare = sounds(words(name).iter().map(String::as_str));
        let folded = fold(name);
        let has_article = folded
            .split(' ')
            .any(|word| without_article(word).len() < word.len());
        Self {
            bare,
            whole: has_article.then(|| sounds(folded.split(' '))),
        }
    }

    /// How many signs the name has, without articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bare.len()
    }

    /// Whether nothing of the name can be heard.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bare.is_empty()
    }

    /// How alike two names sound: 1 for two usual ways to write one name, 0 for nothing in common.
    /// The same both ways round. Two names in different scripts are one name from about 0.85 on.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        let mut best = aligned(&self.bare, &other.bare);
        for (a, b) in [(&self.whole, &other.bare), (&other.whole, &self.bare)] {
            if let Some(whole) = a {
                best = best.max(aligned(whole, b));
            }
        }
        best
    }
}

fn aligned(a: &[Sound], b: &[Sound]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let length = u16::try_from(a.len() + b.len()).unwrap_or(u16::MAX);
    let cost = Aligner::shared().cost(a, b);
    (1.0 - f32::from(cost) / (2.5 * f32::from(length))).max(0.0)
}

fn sounds<'w>(words: impl Iterator<Item = &'w str>) -> Vec<Sound> {
    let mut sounds = Vec::new();
    for word in words {
        for (at, sign) in signs_of(word).into_iter().enumerate() {
            let number = LATIN.iter().position(|(known, _)| *known == sign);
            let sound = match number.and_then(|n| u8::try_from(n).ok()) {
                Some(number) => Sound::Latin(number),
                None => sign
                    .chars()
                    .next()
                    .map_or(Sound::Letter('\0', false), |c| Sound::Letter(c, at == 0)),
            };
            sounds.push(sound);
        }
    }
    sounds.truncate(LONGEST);
    sounds
}
