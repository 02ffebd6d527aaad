use super::*;
use crate::corpus::Metadata;

fn document(title: Option<&str>, text: &str) -> RawDocument {
    RawDocument {
        id: "the-id".to_owned(),
        path: "the/path.txt".to_owned(),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    }
}

fn derived(text: &str) -> String {
    title_of(&document(None, text)).text
}

#[test]
fn the_records_own_title_comes_first() {
    let title = title_of(&document(Some(" Two\n words\u{a0}here "), "Body."));
    assert_eq!(title.text, "Two words here");
    assert_eq!(title.derived_from, None);
}

#[test]
fn an_empty_document_is_called_by_its_id() {
    for (title, text) in [
        (None, ""),
        (Some(" "), " \n\t"),
        (Some("\u{200f}\u{202e}"), "…\n--\n"),
    ] {
        assert_eq!(title_of(&document(title, text)).text, "the-id");
    }
    let mut nameless = document(None, "");
    nameless.id = String::new();
    assert_eq!(title_of(&nameless).text, "the/path.txt");
}

#[test]
fn headlines_are_found() {
    let long = "Die Armee rückte weiter vor. ".repeat(20);
    let table = [
        // a headline on a line of its own
        (
            "Rebels advance\n\nThe rebels advanced on Sunday.",
            "Rebels advance",
        ),
        (
            "\u{feff}\r\n  \r\nRebels  advance \r\nMore.",
            "Rebels advance",
        ),
        ("# Rebels *advance* #\n\nMore.", "Rebels *advance*"),
        (
            "---\ndate: 2016\n---\n\n## Lage in Aleppo\nText",
            "Lage in Aleppo",
        ),
        ("-----\n***\nLage in Aleppo\n-----", "Lage in Aleppo"),
        // dates and addresses are none
        (
            "https://example.org/a\n4 November 2016\nRebels advance\n",
            "Rebels advance",
        ),
        (
            "Published September 24 2016 Ninety-two died. More.",
            "Ninety-two died. More.",
        ),
        (
            "Saturday 27 Aug 2016 10:30 GMT - Barrel bombs kill 15",
            "Barrel bombs kill 15",
        ),
        (
            "Veröffentlicht am 4. November 2016: Waffenruhe hält",
            "Waffenruhe hält",
        ),
        ("17-08-2016 Rebels advance. More.", "Rebels advance. More."),
        (
            "Rebels advance AFP Sunday 18 Sep 2016 The rebels advanced",
            "Rebels advance",
        ),
        (
            "الخميس 22 كانون الأول/ديسمبر 2016\n\nالجيش يستعيد حلب\n",
            "الجيش يستعيد حلب",
        ),
        ("الجمعة، ٤ نوفمبر ٢٠١٦\nمعارك حلب\n", "معارك حلب"),
        ("يوم 24 تموز (يوليو) 2016\nمعارك حلب\n", "معارك حلب"),
        ("تاريخ النشر: 4 تشرين الثاني 2016\nمعارك حلب\n", "معارك حلب"),
        ("٢٢/١٢/٢٠١٦\nمعارك حلب\n", "معارك حلب"),
        ("4 نوفمبر 2016 - معارك حلب\n", "معارك حلب"),
        // but one within a sentence stays
        ("4 نوفمبر 2016 كان يوم جمعة", "4 نوفمبر 2016 كان يوم جمعة"),
        ("22 كانون الأول يوم حزين\nنص", "22 كانون الأول يوم حزين"),
        (
            "4 November 2016 was a Friday",
            "4 November 2016 was a Friday",
        ),
        (
            "On 4 November 2016 Syrian rebels advanced",
            "On 4 November 2016 Syrian rebels advanced",
        ),
        // nothing else there
        ("4 November 2016\n", "4 November 2016"),
        ("https://example.org/a", "https://example.org/a"),
        // no headline: the first sentence
        (
            &format!("Nach der Ankündigung für den 04. November zog Dr. Ali ab. {long}"),
            "Nach der Ankündigung für den 04. November zog Dr. Ali ab.",
        ),
        (
            &format!("معارك حلب.. احتدام القتال؟ {long}"),
            "معارك حلب.. احتدام القتال؟",
        ),
        (
            &format!("\"We won,\" said J. Doe of the U.S. Army. {long}"),
            "\"We won,\" said J. Doe of the U.S. Army.",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(derived(text), expected, "{text:?}");
    }
}

#[test]
fn long_sentences_are_cut_where_a_clause_or_a_word_ends() {
    let clause = format!(
        "{} dort, und {}",
        "ein Wort ".repeat(11),
        "noch ein Wort ".repeat(20)
    );
    assert_eq!(
        derived(&clause),
        format!("{} dort…", "ein Wort ".repeat(11)).replace("  ", " ")
    );
    let words = "كلمة ".repeat(100);
    let title = derived(&words);
    assert!(title.ends_with("كلمة…"), "{title}");
    assert!(title.chars().count() <= LONGEST + 1);
    let unbroken = "ا".repeat(1000);
    assert_eq!(derived(&unbroken).chars().count(), LONGEST + 1);
}

proptest::proptest! {
    #[test]
    fn a_title_is_one_visible_line_of_the_body(text in "[ \t\r\nابA-c0-9.,:#*\u{202e}\0\u{1b}-]{0,400}") {
        let raw = document(None, &text);
        let title = title_of(&raw);
        proptest::prop_assert!(is_visible(&title.text));
        proptest::prop_assert!(!title.text.contains(['\n', '\r', '\t']));
        if let Some(span) = title.derived_from {
            let source = raw.text.get(span.range());
            proptest::prop_assert!(source.is_some_and(|s| !s.is_empty()));
            let shown = title.text.trim_end_matches('…');
            let taken = collapse(source.unwrap());
            proptest::prop_assert_eq!(shown, taken.trim_end_matches('…'));
            proptest::prop_assert!(title.text.chars().count() <= LONGEST + 1);
        }
    }
}
