use super::*;
use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_few_words_are_enough() {
    let table = [
        (WINDOWS_1252, "München"),
        (WINDOWS_1252, "Größe"),
        (WINDOWS_1252, "Übergabe der Stadt für möglich gehalten"),
        (WINDOWS_1252, "UK pledges £1bn"),
        (WINDOWS_1252, "“Yes”, he said – twice"),
        (WINDOWS_1252, "Café à la carte"),
        (WINDOWS_1256, "معارك حلب"),
        (WINDOWS_1256, "عاجل"),
        (WINDOWS_1256, "قال: «سنعود»"),
        (encoding_rs::ISO_8859_6, "معارك حلب"),
        (encoding_rs::ISO_8859_6, "الجيش يتقدم"),
        (
            encoding_rs::WINDOWS_1251,
            "Армия сообщила в воскресенье, что взяла две деревни",
        ),
    ];
    for (encoding, text) in table {
        let decoded = decode(encode(text, encoding));
        assert_eq!(
            decoded.text,
            text,
            "{} as {}",
            encoding.name(),
            decoded.encoding
        );
        assert_eq!(decoded.encoding, encoding.name());
    }
}

#[test]
fn zero_bytes_tell_utf_16_and_nothing_else() {
    let arabic = "معارك حلب: الجيش يتقدم";
    assert_eq!(decode(utf16le(arabic)).text, arabic);
    assert_eq!(
        decode(utf16le("حلب")).text,
        "حلب",
        "without a single zero byte"
    );
    assert_eq!(decode(utf16le("Aleppo – heute\n")).text, "Aleppo – heute\n");
    for text in ["Aleppo\0\0 rebels", "a\0b", "\0\0\0\0"] {
        let decoded = decode(text.as_bytes().to_vec());
        assert_eq!((&*decoded.text, decoded.encoding), (text, "UTF-8"));
    }
}

#[test]
fn declarations_decide_where_letters_cannot() {
    let page = |label: &str| format!("---\nencoding: {label}\n---\n");
    let mut bytes = page("ISO-8859-2").into_bytes();
    bytes.extend(encode("Łódź", encoding_rs::ISO_8859_2));
    let decoded = decode(bytes);
    assert_eq!(decoded.text, format!("{}Łódź", page("ISO-8859-2")));
    assert!(decoded.notes.is_empty(), "{:?}", decoded.notes);
    // a declaration that was kept through a conversion
    let text = format!("{}Brücke", page("windows-1256"));
    let decoded = decode(text.clone().into_bytes());
    assert_eq!((decoded.text, decoded.encoding), (text, "UTF-8"));
    assert!(decoded.notes[0].contains("declares windows-1256"));
    // an article about encodings declares nothing
    let mut bytes = b"They set encoding=windows-1251 for M\xFCnchen.\n".to_vec();
    bytes.extend(b"Gr\xFC\xDFe\n");
    assert_eq!(decode(bytes).encoding, "windows-1252");
}

#[test]
fn two_encodings_share_a_line() {
    let mut bytes = "Die Brücke über die Straße öffnet: ".as_bytes().to_vec();
    bytes.extend(encode("«Größere Züge» ", WINDOWS_1252));
    bytes.extend("für alle.".as_bytes());
    let decoded = decode(bytes);
    assert_eq!(
        decoded.text,
        "Die Brücke über die Straße öffnet: «Größere Züge» für alle."
    );
    assert_eq!(decoded.encoding, "UTF-8");
}

#[test]
fn clean_text_is_not_doubted() {
    for text in [
        "Die Brücke über die Straße, „größer“ als früher – für 5 € à la carte. Ørsted, Ålesund",
        "أعلن الجيش: «ط» و«ظ»، وسط المدينة؛ غطاء، شرط، خط، ضغط… وفقط",
        "Ça a coûté très cher à l'État, où déjà l'été était âpre. «À bientôt»",
    ] {
        assert_eq!(doubt(text), None, "{text}");
    }
}

#[test]
fn what_was_encoded_twice_is_doubted() {
    for (text, table) in [
        ("الجيش يتقدم في حلب", WINDOWS_1252),
        ("الجيش يتقدم في حلب", WINDOWS_1256),
        ("Größere Züge für München – „über“ die Brücke", WINDOWS_1252),
    ] {
        let (wrong, _) = table.decode_without_bom_handling(text.as_bytes());
        let note = doubt(&wrong).unwrap_or_default();
        assert!(note.contains(table.name()), "{wrong}: {note}");
        assert_eq!(decode(wrong.clone().into_owned().into_bytes()).text, *wrong);
    }
}

proptest::proptest! {
    #[test]
    fn valid_utf_8_is_itself(text in "\\PC{0,80}") {
        proptest::prop_assume!(!text.starts_with('\u{FEFF}') && !text.contains('\0'));
        proptest::prop_assert_eq!(decode(text.clone().into_bytes()).text, text);
    }

    #[test]
    fn ascii_survives_whatever_surrounds_it(
        before in proptest::collection::vec(0x80_u8.., 0..40),
        word in "[a-z]{12}",
        after in proptest::collection::vec(0x80_u8.., 0..40),
    ) {
        let mut bytes = before;
        proptest::prop_assume!(!bytes.starts_with(b"\xFF\xFE") && !bytes.starts_with(b"\xFE\xFF"));
        bytes.extend([b"\n", word.as_bytes(), b"\n"].concat());
        bytes.extend(after);
        proptest::prop_assert!(decode(bytes).text.contains(&word));
    }
}
