//! Text that went through a wrong decoder before it reached us: `Ø§Ù„` or `ط§ظ„` for `ال`,
//! `Ã¼` for `ü`, `Çá` for `ال`. It is only doubted here, never repaired.

use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

/// How much text is judged, in bytes.
const SAMPLE: usize = 8 * 1024;

/// Fewest wrong characters for a doubt.
const FEWEST: usize = 3;

/// A note on text that looks decoded twice, `None` for text that does not.
pub(super) fn doubt(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    [WINDOWS_1252, WINDOWS_1256]
        .into_iter()
        .filter(|table| is_suspect(table, sample.as_bytes()))
        .find_map(|table| utf8_read_as(table, sample))
        .or_else(|| arabic_read_as_latin(sample))
}

/// Whether the letters that UTF-8's lead bytes would show as are frequent at all: a quick look at
/// the bytes, as nearly every text is clean.
fn is_suspect(table: &'static Encoding, sample: &[u8]) -> bool {
    // Â Ã Ø Ù â in windows-1252, ط ظ in windows-1256, as UTF-8
    let (lead, seconds): (u8, &[u8]) = if table == WINDOWS_1252 {
        (0xC3, &[0x82, 0x83, 0x98, 0x99, 0xA2])
    } else {
        (0xD8, &[0xB7, 0xB8])
    };
    let hits = memchr::memchr_iter(lead, sample)
        .filter(|at| {
            sample
                .get(at + 1)
                .is_some_and(|byte| seconds.contains(byte))
        })
        .count();
    // what is suspect by windows-1256 is nearly half of these two letters
    let enough = if table == WINDOWS_1252 {
        0
    } else {
        sample.len() / 20
    };
    hits >= FEWEST && hits >= enough
}

/// The bytes 80 to FF of a single-byte encoding as characters.
fn characters(table: &'static Encoding) -> [char; 128] {
    let mut result = ['\0'; 128];
    for (byte, slot) in (0x80_u8..=0xFF).zip(&mut result) {
        let (text, _) = table.decode_without_bom_handling(std::slice::from_ref(&byte));
        *slot = text.chars().next().unwrap_or('\0');
    }
    result
}

static LATIN: LazyLock<[char; 128]> = LazyLock::new(|| characters(WINDOWS_1252));
static ARABIC: LazyLock<[char; 128]> = LazyLock::new(|| characters(WINDOWS_1256));

/// UTF-8 that was read as a single-byte encoding: its lead bytes show as a few odd letters.
fn utf8_read_as(table: &'static Encoding, sample: &str) -> Option<String> {
    let characters: &[char; 128] = if table == WINDOWS_1252 {
        &LATIN
    } else {
        &ARABIC
    };
    let shown = |byte: u8| characters.get(usize::from(byte & 0x7F)).copied();
    // the leads of Latin-1 and Arabic letters and of typographic punctuation
    let leads = [0xC2_u8, 0xC3, 0xD8, 0xD9, 0xE2].map(|byte| (shown(byte), byte));
    let (mut pairs, mut all) = (0_usize, 0_usize);
    let mut rest = sample.chars().peekable();
    while let Some(c) = rest.next() {
        all += usize::from(!c.is_ascii());
        let Some((_, lead)) = leads.iter().find(|(known, _)| *known == Some(c)) else {
            continue;
        };
        let second = (0x80..=0xBF_u8).find(|byte| shown(*byte) == rest.peek().copied());
        if second.is_some_and(|byte| *lead != 0xE2 || byte == 0x80) {
            pairs += 1;
            all += 1;
            rest.next();
        }
    }
    if pairs < FEWEST {
        None
    } else if pairs * 2 * 10 >= all * 6 {
        Some(format!(
            "Looks like UTF-8 that was once read as {} and saved so; the text is left as it is.",
            table.name()
        ))
    } else if table == WINDOWS_1252 && pairs * 20 >= all {
        Some(
            "Parts look like UTF-8 that was once read as windows-1252; the text is left as it is."
                .to_owned(),
        )
    } else {
        None
    }
}

/// windows-1256 that was read as windows-1252: nearly all letters carry an accent, and the article
/// `ال` shows as `Çá`.
fn arabic_read_as_latin(sample: &str) -> Option<String> {
    let articles = memchr::memmem::find_iter(sample.as_bytes(), "Çá").count();
    if articles < FEWEST {
        return None;
    }
    let (mut accented, mut letters) = (0_usize, 0_usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        accented += usize::from(matches!(c, '\u{C0}'..='\u{FF}'));
    }
    (accented * 10 >= letters * 6).then(|| {
        "Looks like windows-1256 that was once read as windows-1252; the text is left as it is."
            .to_owned()
    })
}
