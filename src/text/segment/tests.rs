use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;

/// Splits a text at `|` and expects its sentences there.
fn check_sentences(marked: &str) {
    let text = marked.replace('|', "");
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    let found: Vec<&str> = sentences(&text)
        .map(|range| text.get(range).unwrap())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn sentences_end_where_a_reader_says() {
    for marked in [
        "Dr. Assad met Gen. Qassem on Friday. |He said nothing.",
        "The U.N. Security Council met. |The U.S. |The talks failed.",
        "He lives in the U.S. and works there. |It is 3.5 km away.",
        "John F. Kerry and Sergei V. Lavrov met at 5 p.m. |They left.",
        "Some 2.500 people fled. |“We saw it,” he said. |“It was bad.” |Nobody left.",
        "“Stop!” he said. |Did he? |Yes!",
        "Losses of Smith Inc. and others grew... |Then they fell.",
        "He waited... and waited.",
        "On Nov. 3 the army advanced. |Resolution No. 2254 was cited. |He said no. |They agreed.",
        "rebels took the city.|The army denied it.",
        "See https://example.org/a.html and example.Com for more.",
        "Die Schlacht begann am 3. November mit neuer Kraft. |Laut Dr. Müller, d.h. dem Arzt, starb er.",
        "Bis zu 2.500 Mitglieder, z. B. der Miliz, kamen am 03. November an. |Danach ruhte es.",
        "Die Offensive im 2. Weltkrieg endete. |Er wurde 45. |Die Frau lebt.",
        "Das Projekt 3000. |Danach kam nichts.",
        "Champions-League, 3. Runde: Sie spielten in Wr. Neustadt. |Es ging in die 56. Minute.",
        "„Wir gehen.“ |Das sagte er am Freitag, 4. November.",
        "»Wir gehen!« |Das sagte er, vgl. Abs. 3 und Nr. 5.",
        "„Halt!“, rief er. |Niemand hörte.",
        "1. Die Regierung |",
        "قال المراسل إن الجيش تقدم. |وأضاف أن المعارك مستمرة.",
        "هل سقطت حلب؟ |لا أحد يعرف! |نعم.",
        "معارك حلب.. احتدام القتال يوقف تقدم المسلحين.",
        "قال د. محمد، وهو طبيب؛ إن عدد القتلى بلغ 2.500. |ثم غادر.",
        "وكالة أ.ف.ب. قالت ذلك.",
        "سيطر الجيش على حلب.|وقال المراسل ذلك.",
        "Headline without a stop\n|The text begins.\r\n\r\n|And ends",
        "彼は行った。|彼女も。",
    ] {
        check_sentences(marked.trim_end_matches(" |"));
    }
}

#[test]
fn the_first_sentence_is_trimmed() {
    let text = " \n  Battle for Aleppo\n\nSyrian rebels announced it.";
    assert_eq!(text.get(first_sentence(text)), Some("Battle for Aleppo"));
    assert_eq!(first_sentence(" \n\t"), 0..0);
}

#[test]
fn paragraphs_are_source_lines() {
    let lines = |text| -> Vec<(usize, usize)> {
        paragraphs(text)
            .map(|range| (range.start, range.end))
            .collect()
    };
    assert_eq!(lines(""), []);
    assert_eq!(lines("a"), [(0, 1)]);
    assert_eq!(lines("a\n"), [(0, 1)]);
    assert_eq!(lines("a\n\nb"), [(0, 1), (2, 2), (3, 4)]);
    assert_eq!(lines("a\r\nb\rc"), [(0, 1), (3, 4), (5, 6)]);
    assert_eq!(
        lines("a\u{2028}b\u{2029}c\u{85}d"),
        [(0, 1), (4, 5), (8, 9), (11, 12)]
    );
}

#[test]
fn words_are_words() {
    let text = "Die 3,5 km-Front; الجيش السوري.";
    let found: Vec<&str> = words(text).map(|range| text.get(range).unwrap()).collect();
    assert_eq!(found, ["Die", "3,5", "km", "Front", "الجيش", "السوري"]);
}

/// Text rich in what segmentation looks at.
fn segmentable() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a", "B", "Dr", "3", ".", ". ", "..", "?", "!", "؟", "“", "”", "\"", " ", "\n", "\r\n",
        "\u{2028}", "ح", "حلب", "\u{64e}", "\u{200d}", "👨", "👩", "🇩", "🇪", "\u{300}", "क",
        "\u{94d}", "ष", "한", "\u{1160}", "\u{ad}", "\u{600}", "©", "\u{fe0f}", "é",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn clusters_are_those_of_uax_29(text in segmentable()) {
        let ours: Vec<(usize, &str)> = graphemes(&text).collect();
        let theirs: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn sentences_cover_all_but_white_space(text in segmentable()) {
        let mut free = 0;
        for range in sentences(&text) {
            prop_assert!(range.start >= free && !range.is_empty());
            prop_assert!(text.get(free..range.start).unwrap().chars().all(char::is_whitespace));
            let sentence = text.get(range.clone()).unwrap();
            prop_assert_eq!(sentence.trim(), sentence);
            free = range.end;
        }
        prop_assert!(text.get(free..).unwrap().chars().all(char::is_whitespace));
    }

    #[test]
    fn paragraphs_and_line_ends_make_the_text(text in segmentable()) {
        let mut free = 0;
        for range in paragraphs(&text) {
            prop_assert!(text.get(free..range.start).unwrap().chars().all(is_line_end));
            prop_assert!(!text.get(range.clone()).unwrap().contains(is_line_end));
            free = range.end;
        }
        prop_assert!(text.get(free..).unwrap().chars().all(is_line_end));
    }
}
