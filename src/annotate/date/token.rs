//! Text → tokens that already carry their meaning to the grammar. One pass, no allocation beside
//! the token list: every byte of every document goes through here.

use super::lexicon::Vocabulary;
use super::term::Term;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: the tokens are glued.
    None,
    /// White space within a line.
    Space,
    /// One line break: a hard-wrapped text, or a headline.
    Line,
    /// An empty line.
    Paragraph,
}

/// What a word looks like, beyond its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number or mark.
    Mark,
    /// A word of a script other than Arabic.
    Latin { capital: bool },
    /// An Arabic word: whether a clitic was cut off before its start, whether it has its article.
    Arabic { clitic: bool, definite: bool },
}

/// A word, number or mark. `start` and `end` are byte offsets into the field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) term: Term,
    pub(super) gap: Gap,
    pub(super) shape: Shape,
}

impl Token {
    /// Whether it is a Latin word with a capital.
    pub(super) fn capital(&self) -> bool {
        self.shape == Shape::Latin { capital: true }
    }

    /// Whether it is a word of a script other than Arabic.
    pub(super) fn latin(&self) -> bool {
        matches!(self.shape, Shape::Latin { .. })
    }

    /// Whether an Arabic clitic was cut off before its start.
    pub(super) fn clitic(&self) -> bool {
        matches!(self.shape, Shape::Arabic { clitic: true, .. })
    }

    /// Whether it is an Arabic word with its article.
    pub(super) fn definite(&self) -> bool {
        matches!(self.shape, Shape::Arabic { definite: true, .. })
    }
}

/// Longest word that a lexicon can hold, in bytes of its folded form.
pub(super) const LONGEST: usize = 48;

/// A word folded for look-up, on the stack.
pub(super) struct Key {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Key {
    pub(super) fn new() -> Self {
        Self {
            bytes: [0; LONGEST],
            len: 0,
        }
    }

    /// Adds a character in its folded form; false when the word is too long for any lexicon.
    pub(super) fn push(&mut self, c: char) -> bool {
        if c.is_ascii() {
            let Some(slot) = self.bytes.get_mut(self.len) else {
                return false;
            };
            *slot = u8::try_from(c).unwrap_or(0).to_ascii_lowercase();
            self.len += 1;
            return true;
        }
        let folded = match c {
            'Ä' => 'ä',
            'Ö' => 'ö',
            'Ü' => 'ü',
            'É' => 'é',
            // decomposed umlauts: the vowel is already there
            '\u{308}' => return self.diaeresis(),
            // آ stays: آب is August, أب a father
            'أ' | 'إ' | 'ٱ' => 'ا',
            'ى' | 'ی' => 'ي',
            'ک' => 'ك',
            'ة' => 'ه',
            // tatweel and vowel signs
            '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{610}'..='\u{61A}' => return true,
            _ => c,
        };
        let width = folded.len_utf8();
        match self.bytes.get_mut(self.len..self.len + width) {
            Some(slot) => {
                folded.encode_utf8(slot);
                self.len += width;
                true
            }
            None => false,
        }
    }

    fn diaeresis(&mut self) -> bool {
        let last = self.len.checked_sub(1).and_then(|at| self.bytes.get(at));
        let vowel = match last {
            Some(b'a') => 'ä',
            Some(b'o') => 'ö',
            Some(b'u') => 'ü',
            _ => return true,
        };
        self.len -= 1;
        self.push(vowel)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// Folds a word the way tokens are folded; for building lexicons.
pub(super) fn fold(word: &str) -> String {
    let mut key = Key::new();
    for c in word.chars() {
        if !key.push(c) {
            return String::new();
        }
    }
    String::from_utf8_lossy(key.bytes()).into_owned()
}

pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    match c {
        '0'..='9' => Some(code - 0x30),
        '\u{660}'..='\u{669}' => Some(code - 0x660),
        '\u{6F0}'..='\u{6F9}' => Some(code - 0x6F0),
        _ => None,
    }
}

fn in_word(c: char) -> bool {
    // the letters of most texts, before the tables of all scripts are asked
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    if ('\u{620}'..='\u{65F}').contains(&c) {
        return true;
    }
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}' | '\u{640}' | '\u{64B}'..='\u{65F}')
}

/// Invisible characters that neither separate nor belong to words.
fn is_invisible(c: char) -> bool {
    !c.is_ascii()
        && matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' | '\u{AD}' | '\u{61C}')
}

/// White space, with the letters of most texts told apart first.
fn is_space(c: char) -> bool {
    match c {
        '!'..='~' | '\u{600}'..='\u{6FF}' => false,
        _ => c.is_whitespace(),
    }
}

/// Cuts `text` into tokens.
pub(super) fn tokenize(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::None;
    let mut rest = text.char_indices();
    let mut ahead = rest.next();
    while let Some((at, c)) = ahead {
        if c == ' ' {
            gap = gap.max(Gap::Space);
            ahead = rest.next();
        } else if is_space(c) {
            gap = match (c, gap) {
                ('\n' | '\u{2028}', Gap::None | Gap::Space) => Gap::Line,
                ('\n' | '\u{2028}' | '\u{2029}', _) => Gap::Paragraph,
                (_, Gap::None) => Gap::Space,
                _ => gap,
            };
            ahead = rest.next();
        } else if is_invisible(c) {
            ahead = rest.next();
        } else {
            let (token, next) = token_at(text, at, c, &mut rest, vocabulary);
            tokens.push(Token { gap, ..token });
            ahead = next;
            gap = Gap::None;
        }
    }
    tokens
}

type Next = Option<(usize, char)>;

/// The token that starts with `c` at byte `at`, and the character after it.
fn token_at(
    text: &str,
    at: usize,
    c: char,
    rest: &mut std::str::CharIndices<'_>,
    vocabulary: &Vocabulary,
) -> (Token, Next) {
    let mut start = at;
    let mut shape = Shape::Mark;
    let (term, next) = if let Some(first) = digit(c) {
        let (mut value, mut count) = (first, 1u8);
        let mut next = rest.next();
        while let Some(more) = next.and_then(|(_, c)| digit(c)) {
            value = value.saturating_mul(10).saturating_add(more);
            count = count.saturating_add(1);
            next = rest.next();
        }
        (Term::Number(value, count), next)
    } else if in_word(c) {
        let arabic = is_arabic(c);
        let mut key = Key::new();
        let mut fits = key.push(c);
        let mut next = rest.next();
        while let Some((_, c)) = next {
            if !in_word(c) || is_arabic(c) != arabic {
                break;
            }
            fits = fits && key.push(c);
            next = rest.next();
        }
        let end = next.map_or(text.len(), |(at, _)| at);
        shape = Shape::Latin {
            capital: c.is_uppercase(),
        };
        let term = if !fits {
            Term::Other
        } else if arabic {
            let (term, cut) = vocabulary.arabic(key.bytes());
            start += clitic_bytes(text, at..end, cut);
            let clitic = cut > 0;
            // clitics are letters of two bytes; `لل` hides the article's alef
            let bare = key.bytes().get(2 * cut..).unwrap_or_default();
            let definite =
                bare.starts_with("ال".as_bytes()) || clitic && bare.starts_with("ل".as_bytes());
            shape = Shape::Arabic { clitic, definite };
            term
        } else {
            vocabulary.latin(key.bytes())
        };
        (term, next)
    } else {
        (Term::Mark(c), rest.next())
    };
    let end = next.map_or(text.len(), |(at, _)| at);
    let token = Token {
        start: u32::try_from(start).unwrap_or(u32::MAX),
        end: u32::try_from(end).unwrap_or(u32::MAX),
        term,
        gap: Gap::None,
        shape,
    };
    (token, next)
}

/// Bytes that the first `letters` letters of a word take, their vowel signs included.
fn clitic_bytes(text: &str, word: std::ops::Range<usize>, letters: usize) -> usize {
    if letters == 0 {
        return 0;
    }
    let is_sign = |c: char| matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}');
    let mut left = letters;
    for (at, c) in text.get(word).unwrap_or("").char_indices() {
        if is_sign(c) {
            continue;
        }
        if left == 0 {
            return at;
        }
        left -= 1;
    }
    0
}
