use super::*;
use crate::query::testing::{corpus, draft};

/// What typed words find in a corpus of one text in which the second words are names.
fn expanded(text: &str, typed: &str, place: Place) -> Vec<(String, Reason)> {
    let mut article = draft("", text);
    for name in ["Halab", "حلب", "وحلب", "Dschabhat", "Jabhat"] {
        if text.split(' ').any(|word| word == name) {
            article = article.mention(name, name, crate::corpus::EntityKind::Place);
        }
    }
    let corpus = corpus(vec![article]);
    let typed = typed_words(typed).pop().unwrap();
    let found = expand(corpus.fulltext(), &typed, Matching::WIDE, place, &|| false).unwrap();
    let mut found: Vec<_> = found
        .into_iter()
        .map(|(n, reason)| (corpus.fulltext().words().get(n).unwrap().to_owned(), reason))
        .collect();
    found.sort();
    found
}

#[test]
fn each_reason_has_its_words() {
    for (text, typed, expected) in [
        (
            "Straße strassen gasse",
            "strasse",
            &[("strasse", Reason::Folded), ("strassen", Reason::Stem)][..],
        ),
        (
            "حلب وحلب الحلب كتاب",
            "حلب",
            &[
                ("الحلب", Reason::Clitic),
                ("حلب", Reason::Folded),
                ("وحلب", Reason::Clitic),
            ],
        ),
        (
            "Waffe Waffenruhe Ruhe Ruhestand",
            "Waffe",
            &[("waffe", Reason::Folded), ("waffenruhe", Reason::Compound)],
        ),
        (
            "Halab halb حلب وحلب",
            "halab",
            &[
                ("halab", Reason::Folded),
                ("حلب", Reason::Skeleton),
                ("وحلب", Reason::Skeleton),
            ],
        ),
        ("battle بطل", "battle", &[("battle", Reason::Folded)]),
        ("Aleppo reports", "alepo", &[("aleppo", Reason::Typo)]),
        (
            "Aleppo Alepo reports",
            "alepo",
            &[("alepo", Reason::Folded)],
        ),
        ("Aleppo", "the", &[]),
        (
            "Dschabhat Jabhat",
            "Jabhat",
            &[("dschabhat", Reason::Skeleton), ("jabhat", Reason::Folded)],
        ),
        ("北京市 上海", "北京", &[("北京市", Reason::Compound)]),
    ] {
        let found = expanded(text, typed, Place::Alone);
        let expected: Vec<_> = expected
            .iter()
            .map(|(w, r)| ((*w).to_owned(), *r))
            .collect();
        assert_eq!(found, expected, "{typed} in {text}");
    }
}

#[test]
fn a_phrase_lets_slips_and_short_names_in() {
    assert_eq!(
        expanded("abhat jabhat", "Jabhat", Place::InPhrase),
        [
            ("abhat".to_owned(), Reason::Typo),
            ("jabhat".to_owned(), Reason::Folded)
        ]
    );
    assert_eq!(
        expanded("فتح", "Fatah", Place::InPhrase),
        [("فتح".to_owned(), Reason::Skeleton)]
    );
}
