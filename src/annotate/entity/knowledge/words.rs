//! Words as names are made of: where they stand, how they are capitalised, and what separates them.

use super::key::{self, Key};

/// Script of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin letters or digits.
    Latin,
    /// Arabic letters.
    Arabic,
    /// Any other letters.
    Other,
}

/// Capitalisation of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caps {
    /// No capital at the start, or a script without capitals.
    Lower,
    /// A capital at the start.
    Initial,
    /// Two letters or more, all capitals.
    Upper,
}

/// What stands between a word and the word before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing: the script changes.
    Joined,
    /// White space with one line end at most, or the underscore of a hashtag.
    Space,
    /// A hyphen.
    Hyphen,
    /// A full stop, and perhaps a space.
    Dot,
    /// A quotation mark, and perhaps a space.
    Quote,
    /// Anything else, which no name goes across.
    Break,
}

/// One word. Offsets are bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte; a possessive `'s` is left out.
    pub(crate) end: usize,
    /// Its match keys.
    pub(crate) key: Key,
    /// What separates it from the word before.
    pub(crate) gap: Gap,
    /// Its script.
    pub(crate) script: Script,
    /// Its capitalisation.
    pub(crate) caps: Caps,
    /// Whether it is the Latin article of the word after it.
    pub(crate) article: bool,
}

impl Word {
    /// The word itself.
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// The words of a text, left out those of addresses and of account names.
pub(crate) fn words(text: &str) -> Vec<Word> {
    words_by(text, &mut key::key)
}

/// The same with the keys that `key` gives, for who remembers them.
pub(crate) fn words_by(text: &str, key: &mut impl FnMut(&str) -> Key) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut gap = Gap::Break;
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        if c == '@' {
            at = skip_address(text, at);
            gap = Gap::Break;
        } else if class(c).is_some() {
            if starts_address(text, at) {
                at = skip_address(text, at);
                gap = Gap::Break;
                continue;
            }
            let (word, next) = word_at(text, at, gap, key);
            if let Some(before) = found.last_mut() {
                before.article = before.script == Script::Latin
                    && word.script == Script::Latin
                    && is_article(before.of(text), gap);
            }
            found.push(word);
            gap = Gap::Joined;
            at = next;
        } else {
            gap = widen(gap, c, text.get(..at).is_some_and(|b| b.ends_with('\n')));
            at += c.len_utf8();
        }
    }
    found
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// The script of a letter, mark or digit; `None` for what ends a word.
fn class(c: char) -> Option<Script> {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{2b0}'..='\u{36f}'
        | '\u{1e00}'..='\u{1eff}' => Some(Script::Latin),
        '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' => None,
        '\u{610}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Some(Script::Arabic),
        _ if c.is_alphanumeric() && !c.is_ascii() => Some(Script::Other),
        _ => None,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

/// The gap after one more character that belongs to no word.
fn widen(gap: Gap, c: char, after_line_end: bool) -> Gap {
    match (gap, c) {
        (_, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\r') => {
            gap
        }
        (Gap::Joined | Gap::Space, '\n') if !after_line_end => Gap::Space,
        (Gap::Joined | Gap::Space, ' ' | '\t' | '_' | '\u{a0}' | '\u{202f}') => Gap::Space,
        (Gap::Joined, '-' | '\u{2010}' | '\u{2011}') => Gap::Hyphen,
        (Gap::Joined, '.') | (Gap::Dot, ' ') => Gap::Dot,
        (Gap::Joined | Gap::Space, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'')
        | (Gap::Quote, ' ') => Gap::Quote,
        _ => Gap::Break,
    }
}

/// The word that starts at a byte, and where to go on.
fn word_at(text: &str, start: usize, gap: Gap, key: &mut impl FnMut(&str) -> Key) -> (Word, usize) {
    let script = char_at(text, start)
        .and_then(class)
        .unwrap_or(Script::Other);
    if let Some(end) = initials_end(text, start) {
        return (make(text, start, end, gap, script, key), end);
    }
    let mut end = start;
    while let Some(c) = char_at(text, end) {
        if class(c) == Some(script) {
            end += c.len_utf8();
        } else if is_apostrophe(c) && script == Script::Latin {
            let after = end + c.len_utf8();
            let inner = char_at(text, after).is_some_and(|n| class(n) == Some(Script::Latin));
            if !inner {
                break;
            }
            if let Some(next) = possessive_end(text, after) {
                return (make(text, start, end, gap, script, key), next);
            }
            end = after;
        } else {
            break;
        }
    }
    (make(text, start, end, gap, script, key), end)
}

/// Where a possessive `s` behind an apostrophe ends, if it is one.
fn possessive_end(text: &str, at: usize) -> Option<usize> {
    let is_s = matches!(char_at(text, at), Some('s' | 'S'));
    let ends = char_at(text, at + 1).is_none_or(|c| class(c).is_none() && !is_apostrophe(c));
    (is_s && ends).then_some(at + 1)
}

/// Where initials with full stops end (`U.N.`), if two or more start here.
fn initials_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1) == Some(&b'.') {
        at += 2;
    }
    let last = bytes.get(at).is_some_and(u8::is_ascii_uppercase)
        && char_at(text, at + 1).is_none_or(|c| class(c).is_none());
    match (at - start, last) {
        (2.., true) => Some(at + 1),
        (4.., false) if char_at(text, at).is_none_or(|c| class(c).is_none()) => Some(at),
        _ => None,
    }
}

fn make(
    text: &str,
    start: usize,
    end: usize,
    gap: Gap,
    script: Script,
    key: &mut impl FnMut(&str) -> Key,
) -> Word {
    let surface = text.get(start..end).unwrap_or("");
    let caps = if script == Script::Latin {
        caps(surface)
    } else {
        Caps::Lower
    };
    Word {
        start,
        end,
        key: key(surface),
        gap,
        script,
        caps,
        article: false,
    }
}

fn caps(word: &str) -> Caps {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) {
                Caps::Upper
            } else {
                Caps::Initial
            }
        }
        _ => Caps::Lower,
    }
}

fn starts_address(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or(&[]);
    matches!(rest.first(), Some(b'h' | b'w'))
        && ["http://", "https://", "www."]
            .iter()
            .any(|start| rest.starts_with(start.as_bytes()))
}

/// Past an address or account name: to the next white space, bracket or non-ASCII character.
fn skip_address(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or(&[]);
    let length = rest
        .iter()
        .position(|b| !b.is_ascii_graphic() || matches!(b, b'(' | b')' | b'<' | b'>' | b'"'))
        .unwrap_or(rest.len());
    at + length.max(1)
}

/// Articles of romanised Arabic that a hyphen follows; in front of a space only `al` and `el` count,
/// the others being words of English or German.
const ARTICLES: &[&str] = &[
    "ach", "ad", "adh", "al", "an", "ar", "as", "asch", "ash", "at", "ath", "az", "ed", "el", "en",
    "er", "es", "esch", "esh", "et", "ez", "il", "ul",
];

/// Whether a word is a Latin article of an Arabic name, given the gap between it and the next.
fn is_article(word: &str, gap: Gap) -> bool {
    if word.len() > 4 || !word.is_ascii() {
        return false;
    }
    let is = |article: &&str| word.eq_ignore_ascii_case(article);
    match gap {
        Gap::Hyphen => ARTICLES.iter().any(is),
        Gap::Space => ["al", "el"].iter().any(is),
        _ => false,
    }
}
