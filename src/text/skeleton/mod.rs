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

use std::sync::LazyLock;

use crate::text::fold::fold;
use crate::text::letter::is_alphanumeric;
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
    skeleton_of(&words(name))
}

/// The [`skeleton`] of a name that was cut into its [`words`] before.
#[must_use]
pub fn skeleton_of(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        let bones = bones(word);
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
        .split(|c: char| !is_alphanumeric(c) && c != '\'')
        .filter(|word| word.contains(is_alphanumeric))
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
    let signs = numbered_signs_of(word).into_iter();
    signs.map(|(sign, _)| sign).collect()
}

/// The signs of a folded word, Latin ones with their number in `signs::LATIN`.
fn numbered_signs_of(word: &str) -> Vec<(&str, Option<u8>)> {
    let mut signs: Vec<(&str, Option<u8>)> = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let latin = latin_sign(c, rest);
        let len = latin.map_or(c.len_utf8(), |(_, len)| len);
        let (sign, after) = rest.split_at(len);
        // هه at the end of a word is h and ta marbuta, وو and يي are a consonant and a vowel
        let last = signs.last().map(|(last, _)| *last);
        let doubled = last == Some(sign) && !matches!(c, 'و' | 'ي' | 'ه');
        if !doubled && is_alphanumeric(c) {
            signs.push((sign, latin.map(|(number, _)| number)));
        }
        rest = after;
        if signs.len() == LONGEST {
            break;
        }
    }
    signs
}

/// The number and length in bytes of the Latin sign that a text begins with; `first` is its first
/// character.
fn latin_sign(first: char, text: &str) -> Option<(u8, usize)> {
    /// Numbers of the signs by their first letter, in the order of the table.
    static BY_LETTER: LazyLock<[Vec<u8>; 26]> = LazyLock::new(|| {
        let mut by_letter = [const { Vec::new() }; 26];
        for (number, (sign, _)) in (0u8..).zip(LATIN) {
            let letter = sign.bytes().next().and_then(|b| b.checked_sub(b'a'));
            if let Some(of_letter) = letter.and_then(|n| by_letter.get_mut(usize::from(n))) {
                of_letter.push(number);
            }
        }
        by_letter
    });
    let letter = u32::from(first).checked_sub(u32::from('a'))?;
    let numbers = BY_LETTER.get(letter as usize)?;
    numbers.iter().find_map(|number| {
        let (sign, _) = LATIN.get(usize::from(*number))?;
        text.starts_with(sign).then_some((*number, sign.len()))
    })
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

    /// Makes a name ready that was cut into its [`words`] before.
    #[must_use]
    pub fn of(words: &[String]) -> Self {
        Self {
            bare: sounds(words.iter().map(String::as_str)),
            whole: None,
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
        for (at, (sign, number)) in numbered_signs_of(word).into_iter().enumerate() {
            sounds.push(match number {
                Some(number) => Sound::Latin(number),
                None => Sound::Letter(sign.chars().next().unwrap_or('\0'), at == 0),
            });
        }
    }
    sounds.truncate(LONGEST);
    sounds
}
