//! The queries of an analyst who follows one actor through corpora/aleppo: each finds every
//! spelling of the name in the full text and nothing else, with the knowledge base and without
//! anything but the letters.

use std::path::PathBuf;
use std::sync::Arc;

use khabar::corpus::{Article, Corpus};
use khabar::ingest::Source;
use khabar::pipeline::{Request, load_all};
use khabar::query::{Finder, Matching, TextQuery};

const ALEPPO: &str = "../shared/corpora/aleppo";

/// The corpus as khabar loads it.
fn aleppo() -> Option<Arc<Corpus>> {
    if !PathBuf::from(ALEPPO).exists() {
        println!("no ../shared: spellings are not looked for");
        return None;
    }
    Some(load_all(&Request {
        name: "aleppo".to_owned(),
        sources: vec![Source::Path(PathBuf::from(ALEPPO))],
        ..Request::default()
    }))
}

/// The same texts with no name marked in them.
fn bare(corpus: &Corpus) -> Corpus {
    let articles = corpus.articles().map(|(_, article)| Article {
        mentions: Vec::new().into(),
        entities: Vec::new(),
        ..article.clone()
    });
    Corpus::new("bare").with(articles.collect(), Vec::new())
}

/// What a phrase finds: the number of the document, then how often each surface.
fn found(corpus: &Corpus, typed: &str) -> Vec<String> {
    let query = TextQuery::Phrase(typed.to_owned(), Matching::WIDE);
    let finder = Finder::new(corpus, &query, &|| false).unwrap();
    let documents = finder.documents(&|| false).unwrap();
    let mut places = Vec::new();
    for hit in documents {
        let article = corpus.article(hit.article).unwrap();
        let matches = finder.matches_in(article);
        assert!(
            !matches.is_empty(),
            "{typed} is not shown in {}",
            hit.article.0
        );
        for found in matches {
            let surface = found.span.of(article.field(found.field));
            let surface: Vec<&str> = surface.split_whitespace().collect();
            places.push(format!("{} {}", hit.article.0, surface.join(" ")));
        }
    }
    places.sort();
    places.dedup();
    places
}

/// A phrase, what it finds in the corpus, and what in the bare texts.
const FOLLOWED: &[(&str, &[&str], &[&str])] = &[
    (
        "Jabhat Fatah al-Sham",
        FRONT,
        &[
            "0 Jabhat Fatah al-Sham",
            "0 abhat Fatah al-Sham",
            "2 جبهة فتح الشام",
            "3 Jabhat Fatah al-Sham",
        ],
    ),
    (
        "جبهة فتح الشام",
        FRONT,
        &[
            "0 Jabhat Fatah al-Sham",
            "2 جبهة فتح الشام",
            "3 Jabhat Fatah al-Sham",
        ],
    ),
    ("Jabhat al-Nusra", FRONT, &["0 Dschabhat al-Nusra"]),
    (
        "Dschaisch al-Fatah",
        &["0 Dschaisch al-Fatah", "3 Jaysh al-Fatah"],
        &["0 Dschaisch al-Fatah", "3 Jaysh al-Fatah"],
    ),
    (
        "Ahrar al-Sham",
        &["0 Ahrar al-Scham", "3 Ahrar al Sham"],
        &["0 Ahrar al-Scham", "3 Ahrar al Sham"],
    ),
    (
        "Nur al-Din al-Zinki",
        &["1 حركة نور الدين الزنكي", "2 نور الدين زنكي"],
        &["1 نور الدين الزنكي", "2 نور الدين زنكي"],
    ),
    (
        "Suleiman al-Halabi",
        &["4 Suleiman al-Halabi"],
        &["4 Suleiman al-Halabi"],
    ),
    (
        "al-Hikma School",
        &[
            "3 Al-Hikmah School",
            "3 Hikma school",
            "3 al-Hikmah School",
            "3 al-Hikmeh",
        ],
        &["3 Hikma school", "3 Hikmah School", "3 Hikmeh school"],
    ),
    ("Liwa al-Quds", &["0 Liwa al-Quds"], &["0 Liwa al-Quds"]),
    ("Fatah Halab", &["0 Fatah Halab"], &["0 Fatah Halab"]),
    (
        "Abu Omar Saraqib",
        &["1 أبو عمر سراقب"],
        &["1 أبو عمر سراقب"],
    ),
    (
        "Halab al-Jadida",
        &["1 حلب الجديدة", "1 وحلب الجديدة"],
        &["1 حلب الجديدة", "1 وحلب الجديدة"],
    ),
    ("halab", ALEPPO_CITY, &["0 Halab"]),
    (
        "Halab",
        ALEPPO_CITY,
        &["0 Halab", "1 حلب", "1 وحلب", "2 حلب"],
    ),
    ("حلب", ALEPPO_CITY, &["1 حلب", "1 وحلب", "2 حلب"]),
    (
        "aleppo",
        &[
            "0 Aleppo",
            "1 حلب",
            "1 وحلب",
            "2 حلب",
            "3 Aleppo",
            "4 Aleppo",
        ],
        &["0 Aleppo", "3 Aleppo", "4 Aleppo"],
    ),
];

/// One front under its old and its new name.
const FRONT: &[&str] = &[
    "0 Al-Nusra-Front",
    "0 Dschabhat al-Nusra",
    "0 Jabhat Fatah al-Sham",
    "0 abhat Fatah al-Sham",
    "2 النصرة",
    "2 جبهة فتح الشام",
    "3 Fatah al-Sham front",
    "3 Jabhat Fatah al-Sham",
    "3 al-Nusra Front",
    "4 Nusra Front",
];

const ALEPPO_CITY: &[&str] = &[
    "0 Aleppo",
    "0 Halab",
    "1 حلب",
    "1 وحلب",
    "2 حلب",
    "3 Aleppo",
    "4 Aleppo",
];

#[test]
fn every_spelling_is_found_and_nothing_else() {
    let Some(corpus) = aleppo() else { return };
    let bare = bare(&corpus);
    let mut wrong = Vec::new();
    for (typed, in_corpus, in_letters) in FOLLOWED {
        for (corpus, expected) in [(&*corpus, in_corpus), (&bare, in_letters)] {
            let found = found(corpus, typed);
            if found != *expected {
                wrong.push(format!("{typed}: {found:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
