//! Arabic text in one byte a letter, as its older encodings had it: packed it takes a fifth less
//! than UTF-8 does, in which every other byte says no more than that a letter is Arabic.

/// The first of the 128 letters that take one byte from 0x80 on: the main block of Arabic.
const FIRST: u32 = 0x600;
/// In front of any other character beyond ASCII, in UTF-8, and of itself.
const OTHER: u8 = 0x1A;

/// Adds `text` to `bytes`.
pub(super) fn narrow(text: &str, bytes: &mut Vec<u8>) {
    bytes.reserve(text.len() / 2);
    for letter in text.chars() {
        let arabic = u32::from(letter).checked_sub(FIRST);
        let arabic = arabic.and_then(|at| u8::try_from(at).ok());
        match (u8::try_from(letter), arabic) {
            (Ok(byte), _) if byte.is_ascii() && byte != OTHER => bytes.push(byte),
            (_, Some(at)) if at < 0x80 => bytes.push(0x80 | at),
            _ => {
                let mut utf8 = [0; 4];
                bytes.push(OTHER);
                bytes.extend_from_slice(letter.encode_utf8(&mut utf8).as_bytes());
            }
        }
    }
}

/// The text of bytes; `None` for bytes that are none.
pub(super) fn widen(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut rest = bytes;
    while let Some((byte, next)) = rest.split_first() {
        rest = next;
        if *byte >= 0x80 {
            text.push(char::from_u32(FIRST + u32::from(*byte & 0x7F))?);
        } else if *byte == OTHER {
            let length = match rest.first()? {
                0..0x80 => 1,
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                0xF0.. => 4,
            };
            let (letter, next) = rest.split_at_checked(length)?;
            text.push_str(std::str::from_utf8(letter).ok()?);
            rest = next;
        } else {
            text.push(char::from(*byte));
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        narrow(text, &mut bytes);
        bytes
    }

    #[test]
    fn arabic_takes_one_byte_a_letter() {
        assert_eq!(bytes("حلب 2016.").len(), 9);
        assert_eq!(bytes("“é”\u{1A}").len(), 4 + 3 + 4 + 2);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[ا-ي،؟ \u{1A}“éa-c\u{67F}\u{680}😀]{0,30}|.{0,30}") {
            let back = widen(&bytes(&text));
            prop_assert_eq!(back, Some(text));
        }

        #[test]
        fn other_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..20)) {
            let _ = widen(&bytes);
        }
    }
}
