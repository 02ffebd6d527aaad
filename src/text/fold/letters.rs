//! What each character folds to.

use unicode_normalization::char::decompose_compatible;

use crate::text::fold::sink::Sink;
use crate::text::shape;
use crate::text::visible;
use crate::text::visible::Appearance;

/// Folds all characters of `source` into `sink`.
pub(super) fn fold_into(source: &str, sink: &mut Sink) {
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = plain_run(rest.as_bytes());
        if let Some(run) = rest.get(..plain).filter(|run| !run.is_empty()) {
            sink.push_run(run, at);
            at += plain;
            continue;
        }
        let Some(c) = rest.chars().next() else { return };
        fold_char(c, at, sink);
        at += c.len_utf8();
    }
}

/// Folds one character, which stands at byte `at` of the source.
pub(super) fn fold_char(c: char, at: usize, sink: &mut Sink) {
    match c {
        ' ' => sink.push(' ', at),
        '`' => sink.push('\'', at),
        '!'..='~' => sink.push(c.to_ascii_lowercase(), at),
        // all Hangul syllables are composed in real text: decomposing them gains nothing
        '\u{AC00}'..='\u{D7A3}' => sink.push(c, at),
        _ => fold_other(c, at, sink),
    }
}

/// Bytes of characters at the beginning of a text that fold to themselves, or to their lower case,
/// whatever stands beside them: most of any text in Latin or Arabic letters.
fn plain_run(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match (text.get(at), text.get(at + 1)) {
            // an `e` may be half an umlaut
            (Some(b'e' | b'E' | b'`'), _) => return at,
            (Some(b'!'..=b'~'), _) => 1,
            // U+0627, U+0628, U+062A to U+063A, U+0641 to U+0648, U+064A
            (Some(0xD8), Some(0xA7 | 0xA8 | 0xAA..=0xBA))
            | (Some(0xD9), Some(0x81..=0x88 | 0x8A)) => 2,
            _ => return at,
        }
    }
}

fn fold_other(c: char, at: usize, sink: &mut Sink) {
    match visible::appearance(c) {
        Appearance::Blank => return sink.push(' ', at),
        Appearance::Hidden | Appearance::Hostile => return,
        Appearance::Plain => {}
    }
    match c {
        // tashkeel on its own, whose decomposition would leave a space behind
        '\u{FC5E}'..='\u{FC63}' | '\u{FE70}'..='\u{FE7F}' => {}
        '´' => sink.push('\'', at),
        _ => decompose_compatible(c, |part| {
            for lower in part.to_lowercase() {
                fold_letter(lower, at, sink);
            }
        }),
    }
}

/// Folds a character that is decomposed and in lower case.
fn fold_letter(c: char, at: usize, sink: &mut Sink) {
    if is_dropped(c) {
        return;
    }
    if let Some(digit) = eastern_digit(c) {
        return sink.push(digit, at);
    }
    let single = match c {
        'ß' => return push_all("ss", at, sink),
        'æ' => return push_all("ae", at, sink),
        'œ' => return push_all("oe", at, sink),
        'þ' => return push_all("th", at, sink),
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'ŧ' => 't',
        'ς' => 'σ',
        'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ہ' | 'ۃ' | 'ھ' | 'ە' => 'ه',
        'ک' | 'ڪ' => 'ك',
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ʹ' | '`' => {
            '\''
        }
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '⁄' => '/',
        '،' | '٬' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        '٫' => '.',
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    sink.push(single, at);
}

fn push_all(letters: &str, at: usize, sink: &mut Sink) {
    for c in letters.chars() {
        sink.push(c, at);
    }
}

/// Marks that make no other word of a word in the scripts that news here is written in, tatweel,
/// and the high hamza. Vowel signs of other scripts stay: they are letters.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'
        | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}' | '\u{5C7}' | '\u{640}'
        | '\u{653}'..='\u{655}' | '\u{674}' | '\u{711}' | '\u{730}'..='\u{74A}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
        || shape::is_tashkeel(c)
        || !matches!(
            visible::appearance(c),
            Appearance::Plain | Appearance::Blank
        )
}

/// The ASCII digit of an Arabic-Indic or Persian one.
fn eastern_digit(c: char) -> Option<char> {
    let value = match c {
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}
