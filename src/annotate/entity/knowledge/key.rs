//! Keys of words: what stays of a word when letter case, diacritics, Arabic letter variants and
//! the habits of romanisation are taken away.
//!
//! Two strengths. [`fold`] undoes what search folding undoes as well. [`Key::full`] goes further,
//! in Latin script only: `Dschabhat`, `Jabhat`; `Fateh`, `Fatah`; `asch-Scham`, `al-Sham`. The
//! second is safe for names of several words; a single word has to agree by [`fold`] too.

use unicode_normalization::char::decompose_canonical;

/// Letters of a word that count; what is longer is no word of a name.
const LONGEST: usize = 48;

/// Hashes of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    /// Of the whole word.
    pub(crate) full: u64,
    /// Of the word without an inflectional ending, for words that another word of the name follows.
    pub(crate) stem: u64,
}

/// Joins the hash of a name's words so far and the next word's.
pub(crate) fn join(so_far: u64, word: u64) -> u64 {
    mix(so_far.rotate_left(23) ^ word)
}

/// Finalizer of `MurmurHash3`: every bit of the input moves every bit of the output.
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// FNV-1a.
fn hash(letters: &[u8]) -> u64 {
    let folded = letters.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mix(folded)
}

/// Letters folded so far, without allocating.
struct Letters {
    bytes: [u8; LONGEST * 2],
    len: usize,
}

impl Letters {
    fn new() -> Self {
        Self {
            bytes: [0; LONGEST * 2],
            len: 0,
        }
    }

    fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    fn push_char(&mut self, c: char) {
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            self.push(byte);
        }
    }

    fn get(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

/// The word's letters without case, diacritics, tashkeel, tatweel, apostrophes and Arabic letter
/// variants; digits in ASCII.
pub(crate) fn fold(word: &str) -> String {
    let letters = folded(word);
    String::from_utf8_lossy(letters.get()).into_owned()
}

fn folded(word: &str) -> Letters {
    let mut out = Letters::new();
    for c in word.chars() {
        fold_char(c, &mut out);
    }
    out
}

fn fold_char(c: char, out: &mut Letters) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c as u8),
        'A'..='Z' => out.push(c.to_ascii_lowercase() as u8),
        // tashkeel, superscript alef, tatweel; apostrophes and the signs for ain and hamza
        '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{640}'
        | '\''
        | '’'
        | '‘'
        | 'ʿ'
        | 'ʾ'
        | 'ʼ'
        | 'ʻ'
        | '`'
        | '´'
        | '.'
        | '\u{200c}'
        | '\u{200d}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push_char('ا'),
        'ى' | 'ی' | 'ئ' => out.push_char('ي'),
        'ؤ' => out.push_char('و'),
        'ة' | 'ە' | 'ہ' => out.push_char('ه'),
        'ک' => out.push_char('ك'),
        'گ' => out.push_char('غ'),
        'ڤ' => out.push_char('ف'),
        'پ' => out.push_char('ب'),
        'چ' => out.push_char('ج'),
        'ژ' => out.push_char('ز'),
        '٠'..='٩' => out.push(b'0' + digit(c, '٠')),
        '۰'..='۹' => out.push(b'0' + digit(c, '۰')),
        '\u{621}'..='\u{64a}' => out.push_char(c),
        'ß' | 'ẞ' => out.extend(b"ss"),
        'æ' | 'Æ' => out.extend(b"ae"),
        'œ' | 'Œ' => out.extend(b"oe"),
        'ø' | 'Ø' => out.push(b'o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push(b'd'),
        'þ' | 'Þ' => out.extend(b"th"),
        'ł' | 'Ł' => out.push(b'l'),
        'ı' => out.push(b'i'),
        'ə' | 'Ə' => out.push(b'a'),
        _ => fold_other(c, out),
    }
}

fn digit(c: char, zero: char) -> u8 {
    u8::try_from(u32::from(c) - u32::from(zero)).unwrap_or(0)
}

fn fold_other(c: char, out: &mut Letters) {
    let mut parts = Letters::new();
    decompose_canonical(c, |part| match part {
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' => {}
        _ => part.to_lowercase().for_each(|l| parts.push_char(l)),
    });
    for byte in parts.get() {
        out.push(*byte);
    }
}

impl Letters {
    fn extend(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.push(*byte);
        }
    }
}

/// The keys of a word.
pub(crate) fn key(word: &str) -> Key {
    let letters = folded(word);
    let folded = letters.get();
    if !folded.is_ascii() {
        let full = hash(folded);
        return Key { full, stem: full };
    }
    let full = hash(soften(folded).get());
    let stemmed = stem(folded);
    let stem = if stemmed.len() < folded.len() {
        hash(soften(stemmed).get())
    } else {
        full
    };
    Key { full, stem }
}

/// The key of a Latin word without its genitive `s`, if it has one.
pub(crate) fn without_genitive(word: &str) -> Option<Key> {
    let bare = word.strip_suffix(['s', 'S'])?;
    (bare.len() >= 4 && !bare.ends_with(['s', 'S'])).then(|| key(bare))
}

/// The key of an Arabic word behind `prefix`, which the writing fused with a preposition.
pub(crate) fn key_with_prefix(prefix: char, rest: &str) -> Key {
    let mut letters = Letters::new();
    letters.push_char(prefix);
    for c in rest.chars() {
        fold_char(c, &mut letters);
    }
    let full = hash(letters.get());
    Key { full, stem: full }
}

/// Drops what German adjectives and genitives end in; the same for names in tables and in texts,
/// so it need not be right, only steady.
fn stem(word: &[u8]) -> &[u8] {
    let mut rest = word;
    if rest.len() > 5 {
        rest = rest.strip_suffix(b"s").unwrap_or(rest);
    }
    for ending in [&b"en"[..], b"er", b"em", b"e"] {
        if let Some(cut) = rest.strip_suffix(ending).filter(|cut| cut.len() >= 3) {
            return cut;
        }
    }
    rest
}

/// What the letters at the start of a romanised word stand for, and the letters behind them.
fn sound(word: &[u8]) -> Option<(u8, &[u8])> {
    let (letter, length) = match word {
        [b'd', b's', b'c', b'h', ..] => (b'j', 4),
        [b't', b's', b'c', b'h', ..] => (b'c', 4),
        [b's', b'c', b'h', ..] => (b'S', 3),
        [b'd', b'z', b'h', ..] => (b'j', 3),
        [b's', b'h', ..] => (b'S', 2),
        [b'k' | b'c', b'h', ..] => (b'K', 2),
        [b'd', b'j', ..] | [b'z', b'h', ..] => (b'j', 2),
        [b'g', b'h', ..] => (b'g', 2),
        [b't', b'h', ..] => (b't', 2),
        [b'd', b'h', ..] => (b'd', 2),
        [b'p', b'h', ..] => (b'f', 2),
        [b'c', b'k', ..] => (b'k', 2),
        [b'a', b'e', ..] => (b'a', 2),
        [b'o' | b'u', b'e', ..] | [b'o', b'u' | b'o', ..] => (b'u', 2),
        [b'e', b'e', ..] | [b'i', b'e' | b'y' | b'j', ..] => (b'i', 2),
        [b'a' | b'e', b'i' | b'y', ..] => (b'E', 2),
        [b'a', b'u', ..] | [b'a' | b'o', b'w', ..] => (b'O', 2),
        [other, ..] => (simple(*other), 1),
        [] => return None,
    };
    Some((letter, word.get(length..).unwrap_or(&[])))
}

/// What is left when romanisations of one name are made alike.
fn soften(word: &[u8]) -> Letters {
    let mut out = Letters::new();
    let mut rest = word;
    let mut last = 0;
    while let Some((one, next)) = sound(rest) {
        let silent = rest == b"h" && matches!(last, b'a' | b'i' | b'u');
        if (one != last || one.is_ascii_digit()) && !silent {
            out.push(one);
        }
        last = one;
        rest = next;
    }
    out
}

fn simple(letter: u8) -> u8 {
    match letter {
        b'e' => b'a',
        b'o' => b'u',
        b'y' => b'i',
        b'q' | b'c' => b'k',
        b'w' => b'v',
        _ => letter,
    }
}

/// Whether a text writes a name's word as the knowledge base does, letter case, diacritics and the
/// ways to write an umlaut aside. An umlaut in the text is one in the name: `Österreich` is no
/// `Osterreich`, but `Zurich` may be `Zürich`.
pub(crate) fn same_word(text: &str, name: &str) -> bool {
    let spelled_out = |word: &str| {
        let mut out = Letters::new();
        for c in word.chars() {
            fold_char(c, &mut out);
            if matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü') {
                out.push(b'e');
            }
        }
        out
    };
    let umlaut = |word: &str| word.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']);
    match (umlaut(text), umlaut(name)) {
        (true, false) => spelled_out(text).get() == folded(name).get(),
        (false, true) => {
            folded(text).get() == folded(name).get()
                || folded(text).get() == spelled_out(name).get()
        }
        _ => folded(text).get() == folded(name).get(),
    }
}
