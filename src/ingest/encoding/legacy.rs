//! Which single-byte encoding a text is in, by what its letters would be.
//!
//! chardetng knows the letter pairs of many languages and is right on most headlines. It also
//! knows encodings that news of our languages are not kept in, and for a handful of bytes it
//! picks one of those. So its guess competes with windows-1252, windows-1256 and ISO-8859-6, and
//! wins only where it makes clearly better words than they do.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1252, WINDOWS_1256};

/// How much text is judged, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Points per character that an encoding outside the usual ones must be ahead by.
const MARGIN: f32 = 0.25;

/// Fewer bytes beyond ASCII than this make a guess that chardetng must agree with.
const FEWEST: usize = 8;

/// The likeliest encoding of bytes that are not UTF-8, and whether there is enough to be sure.
pub(super) fn guess(bytes: &[u8]) -> (&'static Encoding, bool) {
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or(&[]);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let detected = detector.guess(None, Utf8Detection::Deny);

    let mut best = (WINDOWS_1252, plausibility(WINDOWS_1252, sample));
    for encoding in [WINDOWS_1256, ISO_8859_6] {
        let score = plausibility(encoding, sample);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    if detected != best.0 && ![WINDOWS_1252, WINDOWS_1256, ISO_8859_6].contains(&detected) {
        let score = plausibility(detected, sample);
        if score > best.1 + MARGIN {
            best = (detected, score);
        }
    }
    let telling = sample.iter().filter(|byte| **byte >= 0x80).count();
    (
        best.0,
        best.1 >= 0.4 && (telling >= FEWEST || detected == best.0),
    )
}

/// Scripts that a word should not mix.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Latin,
    Arabic,
    OtherLetter,
    Mark,
    NoLetter,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}' => Class::Latin,
        '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' => Class::Arabic,
        '\u{64B}'..='\u{652}' => Class::Mark,
        c if c.is_alphabetic() => Class::OtherLetter,
        _ => Class::NoLetter,
    }
}

/// Mean points of the non-ASCII characters: 1 for a letter that fits its neighbours, 0 for
/// something neutral, below for what does not occur in text. −1 for an encoding that fails.
fn plausibility(encoding: &'static Encoding, bytes: &[u8]) -> f32 {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    if bad && encoding != WINDOWS_1252 {
        let broken = text.chars().filter(|c| *c == '\u{FFFD}').count();
        // one stray byte in a long text does not rule an encoding out
        if broken * 200 > bytes.len() {
            return -1.0;
        }
    }
    let (mut points, mut count) = (0.0_f32, 0.0_f32);
    let mut before = (' ', ' ');
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            points += judge(before, c, next);
            count += 1.0;
        }
        before = (before.1, c);
    }
    if count == 0.0 { 0.0 } else { points / count }
}

fn judge(before: (char, char), c: char, next: char) -> f32 {
    let previous = class(before.1);
    match class(c) {
        Class::Latin => latin(before, c, next),
        Class::Arabic => match (previous, class(next)) {
            (Class::Latin | Class::OtherLetter, _) | (_, Class::Latin | Class::OtherLetter) => -1.0,
            // alef-lam opens a word in seven of which six are really the article
            _ if c == 'ل' && before.1 == 'ا' && class(before.0) == Class::NoLetter => 2.0,
            // letters that Arabic itself does not have
            _ if c > '\u{64A}' => -0.2,
            // never between letters: hamza on the line and tah marbuta end words
            (_, Class::Arabic) if matches!(c, 'ة' | 'ى') => -0.5,
            (Class::Arabic | Class::Mark, _) | (_, Class::Arabic | Class::Mark) => frequency(c),
            _ => 0.0,
        },
        Class::Mark => match previous {
            Class::Arabic => 0.3,
            // shadda takes a vowel
            Class::Mark if before.1 == '\u{651}' || c == '\u{651}' => 0.3,
            _ => -1.0,
        },
        Class::OtherLetter if previous == Class::OtherLetter => 0.8,
        Class::OtherLetter if class(next) == Class::OtherLetter => 0.8,
        Class::OtherLetter => -0.5,
        Class::NoLetter => symbol(before.1, c, next),
    }
}

/// Points of an Arabic letter by how common it is in news: what another table makes of common
/// letters is mostly rare ones.
fn frequency(c: char) -> f32 {
    match c {
        'ا' | 'ل' | 'ي' | 'م' | 'ن' | 'و' | 'ر' | 'ت' => 1.2,
        'ب' | 'ع' | 'د' | 'ه' | 'ة' | 'س' | 'ف' | 'أ' | 'ق' | 'ح' | 'ك' => 1.0,
        'ظ' | 'ض' | 'غ' | 'ث' | 'ذ' | 'ؤ' | 'ئ' | 'آ' | 'ء' | 'ز' => 0.4,
        _ => 0.8,
    }
}

fn latin(before: (char, char), c: char, next: char) -> f32 {
    let foreign = |c: char| matches!(class(c), Class::Arabic | Class::OtherLetter | Class::Mark);
    if foreign(before.1) || foreign(next) {
        return -1.0;
    }
    let accented = |c: char| !c.is_ascii() && class(c) == Class::Latin;
    if accented(before.1) && (accented(before.0) || accented(next)) {
        return -1.0;
    }
    if before.1.is_ascii_digit() || next.is_ascii_digit() {
        return -0.3;
    }
    if c.is_uppercase() && before.1.is_lowercase() {
        return -1.0;
    }
    match c {
        'ä' | 'ö' | 'ü' | 'ß' | 'Ä' | 'Ö' | 'Ü' => 1.0,
        // Icelandic and Old English; in news they are a sign of the wrong table
        'ð' | 'þ' | 'Ð' | 'Þ' => -0.3,
        '\u{C0}'..='\u{FF}' => 0.8,
        _ => 0.6,
    }
}

fn symbol(before: char, c: char, next: char) -> f32 {
    match c {
        '\u{80}'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => -1.0,
        '\u{2010}'..='\u{203A}'
        | '€'
        | '«'
        | '»'
        | '\u{A0}'
        | '،'
        | '؛'
        | '؟'
        | '°'
        | '§'
        | '©' => 0.3,
        '£' | '¥' if next.is_ascii_digit() => 0.8,
        '\u{200C}'..='\u{200F}' => 0.0,
        // signs that stand alone, if anywhere
        _ if before.is_alphabetic() || next.is_alphabetic() => -0.7,
        _ => 0.0,
    }
}
