use proptest::prelude::*;

use super::*;

#[test]
fn spellings_of_one_word_fold_alike() {
    let alike: &[&[&str]] = &[
        &[
            "München",
            "Muenchen",
            "munchen",
            "MÜNCHEN",
            "Mu\u{308}nchen",
        ],
        &["Verstärkungen", "Verstaerkungen", "verstarkungen"],
        &["Gebäude", "Gebaeude", "gebaude"],
        &["geändert", "geaendert"],
        &["geöffnet", "geoeffnet"],
        &["Ärzte", "Aerzte"],
        &["Straße", "strasse", "STRASSE", "STRAẞE"],
        &["Çavuşoğlu", "Cavusoglu"],
        &["Æthelstan", "Aethelstan"],
        &["Søren", "soren", "soeren"],
        &["أحمد", "احمد", "أَحْمَد", "احـمد", "ٱحمد"],
        &["إلى", "الى", "الي", "إلی"],
        &["مسؤول", "مسوول"],
        &["شئ", "شي"],
        &["مدرسة", "مدرسه"],
        &["كردستان", "کردستان"],
        &["هیئة", "هيئه"],
        &["مُحَمَّد", "محمد", "ﻣﺤﻤﺪ"],
        &["لا", "ﻻ", "لآ", "ﻵ"],
        &["١٢٣", "۱۲۳", "123"],
        &["“Pause”", "\"pause\"", "„Pause“", "«pause»"],
        &["Syria’s", "syria's", "Syria´s", "Syria`s"],
        &["2015–2016", "2015-2016", "2015—2016"],
        &["Al\u{a0}Quds", "al \t\n quds", "al\u{200b} quds"],
        &["ar\u{ad}mee", "armee", "ar\u{200d}mee", "\u{feff}armee"],
        &["ﬁnal", "final"],
        &["Ｆｕｌｌ", "full"],
    ];
    for group in alike {
        for spelling in *group {
            assert_eq!(
                fold(spelling),
                fold(group[0]),
                "{spelling} and {}",
                group[0]
            );
        }
    }
}

#[test]
fn other_words_stay_apart() {
    let apart: &[(&str, &str)] = &[
        ("UAE", "ua"),
        ("IAEA", "iaa"),
        ("due", "du"),
        ("blue", "blu"),
        ("neue", "neu"),
        ("neuen", "neun"),
        ("Bauer", "Baur"),
        ("Quelle", "Qulle"),
        ("Queen", "qun"),
        ("Saeed", "sad"),
        ("ح", "خ"),
        ("گ", "ك"),
        ("شيء", "شي"),
        ("कि", "की"),
        ("ガ", "カ"),
    ];
    for (a, b) in apart {
        assert_ne!(fold(a), fold(b), "{a} and {b}");
    }
}

#[test]
fn every_character_folds_to_a_fixed_point() {
    for c in '\0'..=char::MAX {
        let once = fold(c.encode_utf8(&mut [0; 4]));
        assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn hits_map_back_to_the_source() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "In München und Muenchen",
            "München",
            &["München", "Muenchen"],
        ),
        ("Die Straße, STRASSE", "strasse", &["Straße", "STRASSE"]),
        ("قال أَحْمَدُ إن", "احمد", &["أَحْمَدُ"]),
        ("ﻣﺤﻤﺪ", "محمد", &["ﻣﺤﻤﺪ"]),
        (
            "al-Quds,  al\u{2011}Quds",
            "al-quds",
            &["al-Quds", "al\u{2011}Quds"],
        ),
        ("a  b", "a b", &["a  b"]),
        ("Stoß", "s", &["S", "ß"]),
        ("nothing", "", &[]),
    ];
    for (source, needle, expected) in cases {
        let haystack = fold_with_origin(source);
        let needle = fold(needle);
        let found: Vec<&str> = find_folded(&haystack, &needle)
            .map(|range| source.get(range).unwrap())
            .collect();
        assert_eq!(&found, expected, "{needle} in {source}");
    }
}

#[test]
fn text_of_which_only_case_changes_costs_no_steps() {
    assert!(
        fold_with_origin("Syrian rebels took Aleppo")
            .steps
            .is_empty()
    );
    assert!(fold_with_origin("قال الجيش السوري أمس").steps.is_empty());
}

/// Text rich in what folding touches.
fn foldable() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a", "e", "i", "o", "u", "q", "E", "ae", "ä", "ö", "ü", "ß", "æ", "\u{308}", "x", " ",
        "\n", "\u{a0}", "\u{200b}", "أ", "ل", "ا", "\u{64e}", "ـ", "ﻻ", "\u{fdfa}", "٣", "—", "½",
        "漢", "\u{0}", "-",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in foldable()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        let with_origin = fold_with_origin(&text);
        prop_assert_eq!(with_origin.text(), once);
    }

    #[test]
    fn every_folded_range_has_its_source(text in foldable(), a in 0_usize..60, b in 0_usize..60) {
        let folded = fold_with_origin(&text);
        let len = folded.text().len();
        let (start, end) = (a.min(b).min(len), a.max(b).min(len));
        let range = folded.source_range(start..end);
        prop_assert!(text.get(range.clone()).is_some(), "{:?} of {:?}", range, text);
        prop_assert_eq!(range.is_empty(), start == end);
        // what the range covers folds to something that holds the folded range's characters
        if let (Some(part), Some(wanted)) = (text.get(range), folded.text().get(start..end)) {
            let refolded = fold(part);
            prop_assert!(
                refolded.replace('e', "").contains(&wanted.replace('e', "")),
                "{:?} is not in {:?}", wanted, refolded
            );
        }
    }

    #[test]
    fn runs_fold_as_their_characters_do(
        text in prop_oneof![foldable(), "([a-zA-Z`~ äü!-]|[\u{621}-\u{64f}]|ae|Ue|que|aue){0,30}"],
    ) {
        let mut one_by_one = Sink::new(text.len(), true);
        for (at, c) in text.char_indices() {
            letters::fold_char(c, at, &mut one_by_one);
        }
        let folded = fold_with_origin(&text);
        prop_assert_eq!((folded.text, folded.steps), one_by_one.finish());
    }
}
