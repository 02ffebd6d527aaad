use super::*;

#[test]
fn sentences_and_headlines_are_told() {
    let table = [
        (
            Language::English,
            "The army said on Sunday that it had taken two villages in the north.",
        ),
        (
            Language::English,
            "Rebels advance in the battle for the city",
        ),
        (
            Language::German,
            "Die Armee teilte am Sonntag mit, sie habe zwei Dörfer eingenommen.",
        ),
        (
            Language::German,
            "Waffenstillstand für die Stadt angekündigt",
        ),
        (
            Language::Arabic,
            "أعلن الجيش يوم الأحد أنه سيطر على قريتين في شمال البلاد.",
        ),
        (Language::Arabic, "معارك حلب"),
        (
            Language::Other,
            "ارتش روز یکشنبه اعلام کرد که دو روستا را در شمال کشور گرفته است.",
        ),
        (
            Language::Other,
            "ارتش اعلام كرد كه دو روستا را در شمال كشور گرفته است",
        ),
        (
            Language::Other,
            "فوج نے اتوار کو کہا کہ اس نے شمال میں دو گاؤں پر قبضہ کر لیا ہے۔",
        ),
        (
            Language::Other,
            "הצבא הודיע ביום ראשון כי כבש שני כפרים בצפון.",
        ),
        (
            Language::Other,
            "Армия сообщила в воскресенье, что взяла две деревни на севере.",
        ),
        (
            Language::Other,
            "L'armée a déclaré dimanche qu'elle avait pris deux villages dans le nord du pays.",
        ),
        (
            Language::Other,
            "Het leger zei zondag dat het twee dorpen in het noorden van het land had ingenomen.",
        ),
        (
            Language::Other,
            "Ordu pazar günü kuzeyde iki köyü ele geçirdiğini açıkladı.",
        ),
        (
            Language::Other,
            "El ejército dijo el domingo que había tomado dos aldeas en el norte.",
        ),
        (Language::Other, "军队周日表示，已经占领了北部的两个村庄。"),
    ];
    for (expected, text) in table {
        let (language, confidence) = identify(text, None);
        assert_eq!(language, expected, "{text} ({confidence})");
        assert!(confidence > 0.3, "{text}: {confidence}");
    }
}

#[test]
fn arabic_typed_with_persian_yeh_is_arabic() {
    let text = "أعلن الجیش یوم الأحد أنه سیطر علی قریتین فی شمال البلاد بعد معارک عنیفة.";
    assert_eq!(identify(text, None).0, Language::Arabic);
}

#[test]
fn most_letters_decide_in_a_mixed_text() {
    let arabic = "أعلن الجيش يوم الأحد أنه سيطر على قريتين في شمال البلاد. ".repeat(40);
    let german = "Die Armee teilte am Sonntag mit, sie habe zwei Dörfer im Norden eingenommen. ";
    let mostly_arabic = format!("{arabic}{}", german.repeat(10));
    let mostly_german = format!("{arabic}{}", german.repeat(80));
    assert_eq!(identify(&mostly_arabic, None).0, Language::Arabic);
    assert_eq!(identify(&mostly_german, None).0, Language::German);
}

#[test]
fn a_hint_decides_only_what_the_text_leaves_open() {
    assert_eq!(identify("Aleppo", Some("de")).0, Language::German);
    assert_eq!(identify("Aleppo", Some("en-GB")).0, Language::English);
    assert_eq!(identify("", Some("ar")).0, Language::Arabic);
    assert_eq!(identify("", None), (Language::Other, 0.0));
    assert_eq!(identify("123 … 456", Some("")), (Language::Other, 0.0));
    // a wrong hint does not turn a clear text
    let english = "The army said on Sunday that it had taken two villages in the north of the \
                   country, and that the fighting was over for the time being.";
    assert_eq!(identify(english, Some("de")).0, Language::English);
    assert_eq!(identify("معارك حلب", Some("en")).0, Language::Arabic);
    // nor does a hint of a fourth language leave a short text in one of the three
    assert_eq!(identify("Aleppo", Some("fr")).0, Language::Other);
}

proptest::proptest! {
    #[test]
    fn any_text_gives_a_confidence(text in "\\PC{0,300}", hint in proptest::option::of("[a-z]{0,3}")) {
        let (_, confidence) = identify(&text.repeat(20), hint.as_deref());
        proptest::prop_assert!((0.0..=1.0).contains(&confidence));
    }
}
