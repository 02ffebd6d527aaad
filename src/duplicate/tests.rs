//! What counts as the same story, and that a crowd of forms costs no square.

use std::sync::Arc;

use proptest::prelude::*;

use crate::corpus::{Article, Cluster, Corpus, Duplicates, Language, Metadata, RawDocument, Title};
use crate::duplicate::find;

fn article(path: &str, text: &str) -> Article {
    Article {
        raw: Arc::new(RawDocument {
            id: path.to_owned(),
            path: path.to_owned(),
            title: None,
            text: text.to_owned(),
            encoding: "UTF-8",
            notes: Vec::new(),
            metadata: Metadata::default(),
            sha256: [0; 32],
        }),
        title: Title {
            text: path.to_owned(),
            derived_from: None,
        },
        language: Language::English,
        day: None,
        mentions: Vec::new().into(),
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

fn corpus(texts: &[String]) -> Corpus {
    let articles: Vec<Article> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| article(&format!("{number:04}.txt"), text))
        .collect();
    articles
        .chunks(7)
        .fold(Corpus::new("test"), |corpus, batch| {
            corpus.with(batch.to_vec(), Vec::new())
        })
}

fn duplicates(texts: &[String]) -> Duplicates {
    find(&corpus(texts), &|| false).unwrap()
}

fn members(cluster: &Cluster) -> Vec<u32> {
    cluster.articles().map(|article| article.0).collect()
}

/// A hundred words that no other `seed` has, of letters alone, so that they are no numbers.
fn unique(seed: u32, from: u32) -> String {
    let mut text = String::new();
    for word in from..from + 100 {
        let mut n = seed * 1_000 + word;
        text.push(' ');
        for _ in 0..6 {
            text.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
            n /= 26;
        }
    }
    text
}

#[test]
fn a_story_that_is_printed_again_is_found() {
    let one = unique(1, 0);
    let edited = one.replacen(' ', " Agency: ", 1) + " and nothing else was known";
    let shortened: String = one.split_inclusive(' ').take(60).collect();
    let shouted = one.to_uppercase().replace(' ', "\n");
    let found = duplicates(&[one, unique(2, 0), edited, shortened, shouted, unique(3, 0)]);
    assert_eq!(found.clusters().len(), 1);
    let cluster = &found.clusters()[0];
    let mut ids = members(cluster);
    ids.sort_unstable();
    assert_eq!(ids, [0, 2, 3, 4]);
    assert!(found.of(crate::corpus::ArticleId(1)).is_none());
    for copy in &cluster.copies {
        assert_eq!(
            found.number_of(copy.article),
            found.number_of(cluster.representative)
        );
        assert!(copy.likeness.containment >= 0.75, "{copy:?}");
    }
}

#[test]
fn the_same_form_with_other_numbers_is_another_story() {
    let form = unique(9, 0);
    let filled = |numbers: &str| form.replacen(' ', &format!(" {numbers} "), 1);
    let found = duplicates(&[
        filled("100 200 300 400 500 600 700 800 900 1000"),
        filled("111 222 333 444 555 666 777 888 999 1111"),
    ]);
    // the numbers are a tenth of the words, so most of the wording is the same
    let alike = found.clusters().iter().map(members).collect::<Vec<_>>();
    assert!(alike.is_empty(), "{alike:?}");
}

#[test]
fn short_texts_repeat_only_as_a_whole() {
    let caption = "photo by the agency in aleppo on friday morning".to_owned();
    let found = duplicates(&[
        caption.clone(),
        format!("{caption} the evacuation"),
        caption.replace("photo", "Photo"),
        "too short".to_owned(),
        "too short".to_owned(),
        String::new(),
        String::new(),
    ]);
    assert_eq!(
        found.clusters().iter().map(members).collect::<Vec<_>>(),
        [[0, 2]]
    );
    assert!(found.clusters()[0].copies[0].likeness.is_same());
}

#[test]
fn a_story_that_hundreds_print_is_one_cluster() {
    let story = unique(4, 0) + &unique(4, 100);
    let mut texts: Vec<String> = (0..300)
        .map(|n| format!("{} {story}", unique(100 + n, 0).get(..8 * 7).unwrap()))
        .collect();
    texts.insert(100, unique(50, 0));
    let found = duplicates(&texts);
    assert_eq!(found.clusters().len(), 1);
    assert_eq!(found.clusters()[0].copies.len(), 299);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn clusters_are_a_partition_and_the_same_twice(
        seeds in proptest::collection::vec((0u32..6, 0u32..60), 0..40)
    ) {
        let texts: Vec<String> = seeds.iter().map(|(seed, from)| unique(*seed, *from)).collect();
        let found = duplicates(&texts);
        prop_assert_eq!(&found, &duplicates(&texts));
        let mut seen = std::collections::BTreeSet::new();
        for cluster in found.clusters() {
            prop_assert!(!cluster.copies.is_empty());
            for article in cluster.articles() {
                prop_assert!(seen.insert(article), "{article:?} is in two clusters");
                prop_assert!(found.of(article) == Some(cluster));
            }
            for copy in &cluster.copies {
                prop_assert!(copy.likeness.resemblance <= copy.likeness.containment);
                prop_assert!(copy.likeness.resemblance >= 0.25);
            }
        }
    }
}
