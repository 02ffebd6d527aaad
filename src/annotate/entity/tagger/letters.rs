//! The letters of a word as the tagger sees them: without case, tashkeel and Arabic letter variants.

/// Letters that are looked at; what is longer is cut.
const LONGEST: usize = 32;

/// Folded letters of one word, without allocation.
pub(super) struct Letters {
    buffer: [u32; LONGEST],
    /// Byte behind each letter, from the start of the word; with its marks.
    ends: [u8; LONGEST],
    len: usize,
    /// Whether any letter is a digit.
    pub(super) digit: bool,
}

impl Letters {
    /// The letters of a word.
    pub(super) fn of(word: &str) -> Self {
        let mut letters = Self {
            buffer: [0; LONGEST],
            ends: [0; LONGEST],
            len: 0,
            digit: false,
        };
        for (at, c) in word.char_indices() {
            let end = u8::try_from(at + c.len_utf8()).unwrap_or(u8::MAX);
            let Some(letter) = fold(c) else {
                // a mark belongs to the letter before
                let behind = letters.len.checked_sub(1);
                if let Some(slot) = behind.and_then(|at| letters.ends.get_mut(at)) {
                    *slot = end;
                }
                continue;
            };
            if letters.len == LONGEST {
                break;
            }
            letters.digit |= is_numeric(c);
            let slots = letters.buffer.get_mut(letters.len);
            if let Some((slot, behind)) = slots.zip(letters.ends.get_mut(letters.len)) {
                (*slot, *behind) = (letter, end);
            }
            letters.len += 1;
        }
        letters
    }

    /// The letters.
    pub(super) fn get(&self) -> &[u32] {
        self.buffer.get(..self.len).unwrap_or(&[])
    }

    /// Bytes of the first `count` letters with their marks.
    pub(super) fn bytes(&self, count: usize) -> usize {
        count
            .checked_sub(1)
            .and_then(|last| self.ends.get(last))
            .map_or(0, |end| usize::from(*end))
    }

    /// Hash of the letters from one on.
    pub(super) fn hash_from(&self, first: usize) -> u64 {
        let rest = self.get().get(first..).unwrap_or(&[]);
        finish(rest.iter().fold(SEED, |hash, c| step(hash, *c)))
    }
}

/// The first letter of a word, 0 for none.
pub(super) fn first(word: &str) -> u32 {
    word.chars().find_map(fold).unwrap_or(0)
}

/// Start of a running hash.
pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One letter more (FNV-1a, by letters).
pub(super) fn step(hash: u64, letter: u32) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Spreads a running hash over all bits.
pub(super) fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// The same as [`char::is_numeric`], without its tables for Arabic letters.
fn is_numeric(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' | '\u{620}'..='\u{65f}' => false,
        _ => c.is_numeric(),
    }
}

fn fold(c: char) -> Option<u32> {
    let folded = match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => '0',
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        'ک' => 'ك',
        // what has no other case is not looked up
        'a'..='z' | '\u{620}'..='\u{6d3}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    Some(u32::from(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_unicode() {
        let mut all = '\0'..=char::MAX;
        assert_eq!(all.find(|c| is_numeric(*c) != c.is_numeric()), None);
    }
}
