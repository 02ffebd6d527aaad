use proptest::prelude::*;

use super::*;
use crate::corpus::{ArticleId, Corpus};
use crate::query::expand::{Expansion, typed_words};
use crate::query::finder::lookup::holding;
use crate::query::finder::phrase::Heard;
use crate::query::finder::ranking;
use crate::query::testing::{draft, kept};

/// A corpus that came in batches as a load makes them.
fn corpus(texts: &[String], title: &str) -> Corpus {
    texts.chunks(50).fold(Corpus::new("test"), |corpus, batch| {
        let articles = batch.iter().map(|text| draft(title, text).article);
        corpus.with(articles.collect(), Vec::new())
    })
}

/// A phrase of typed words; the second of two alternatives is there for another reason.
fn phrase(text: &FullText, typed: &str, other: Option<(&str, Reason)>) -> Phrase {
    let words = typed_words(typed);
    let parts = words.iter().enumerate().map(|(at, word)| {
        let mut found = Expansion::default();
        let other = other.filter(|_| at == 1);
        let forms = [(word.folded.as_str(), Reason::Folded)].into_iter();
        for (form, reason) in forms.chain(other) {
            if let Some(number) = text.words().find(form) {
                found.entry(number).or_insert(reason);
            }
        }
        Part::new(text, &found, &word.gap)
    });
    Phrase::new(parts.collect(), &words)
}

/// The documents that hold all words, with what the text of each says of the phrase.
fn verified(corpus: &Corpus, phrase: &Phrase) -> (Weighted, Vec<f32>) {
    let text = corpus.fulltext();
    let mut all: Option<Weighted> = None;
    for part in &phrase.parts {
        let own = ranking::occurrences(text, &part.words, |_, _| true);
        all = Some(all.map_or(own.clone(), |all| ranking::both(&all, &own)));
    }
    let all = all.unwrap();
    let weight = |document: u32| {
        let (segment, at) = corpus.locate(ArticleId(document)).unwrap();
        let places = phrase.matches(&segment.text(at), &mut Heard::default());
        places.iter().map(|(_, reason)| reason.confidence()).sum()
    };
    let weights = all.iter().map(|(document, _)| weight(*document)).collect();
    (all, weights)
}

/// Checks what is told apart; gives how many documents were open.
fn check(corpus: &Corpus, phrase: &Phrase) -> Option<usize> {
    let (all, weights) = verified(corpus, phrase);
    let sifted = sift(corpus.fulltext(), phrase, &all, &|| false)?;
    for ((document, _), weight) in all.iter().zip(weights) {
        let known = |list: &Weighted| list.iter().find(|(d, _)| d == document).map(|(_, w)| *w);
        match (known(&sifted.sure), known(&sifted.open)) {
            (Some(sure), None) => {
                assert!((sure - weight).abs() < 1e-3, "{document} {sure} {weight}");
            }
            (None, Some(_)) => {}
            (None, None) => assert!(weight == 0.0, "{document}"),
            both => panic!("{document} {both:?}"),
        }
    }
    Some(sifted.open.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn what_is_sure_is_what_the_texts_say(
        texts in prop::collection::vec(
            "((a|b|al|el|an|[c-j])( |-|, |[.]| - )){0,7}((a|b|al|u)( |[.]|))?[bsk]?", 100..700),
        typed in "[abcd] [abcd]|[abc]-[abc]|u[.]s|a[.]b|[ab] [abc] [abc]|a al b|al b|[b-d], [a-c]|[k-m] a",
        other in prop::option::of("[a-d]"),
        reason in prop::sample::select(vec![Reason::Stem, Reason::Skeleton, Reason::Typo, Reason::Compound]),
    ) {
        let corpus = corpus(&texts, "a b");
        let other = other.as_deref().map(|form| (form, reason));
        for corpus in [&corpus, &kept(&corpus)] {
            check(corpus, &phrase(corpus.fulltext(), &typed, other));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn phrases_asked_together_are_each_what_the_texts_say(
        texts in prop::collection::vec("((a|b|al|[c-j])( |-|, |[.])){0,7}[bsk]?", 1..400),
        typed in prop::collection::vec("[abc] [abc]|[a-d] [abc] [abc]|[ab]|[k-m] a", 0..5),
        among in prop::option::of(1..7usize),
    ) {
        let corpus = corpus(&texts, "a b");
        for corpus in [&corpus, &kept(&corpus)] {
            let text = corpus.fulltext();
            let phrases: Vec<Phrase> = typed.iter().map(|typed| phrase(text, typed, None)).collect();
            let all = 0..text.documents();
            let among = among.map(|step| all.step_by(step).map(|d| (d, 0.0)).collect::<Weighted>());
            let asked: Vec<&Phrase> = phrases.iter().collect();
            let found = holding(corpus, &asked, among.as_ref(), &|| false).unwrap();
            prop_assert_eq!(found.len(), phrases.len());
            for (phrase, found) in phrases.iter().zip(found) {
                let expected = if phrase.is_hopeless() {
                    Weighted::new()
                } else {
                    let (all, weights) = verified(corpus, phrase);
                    let all = all.into_iter().zip(weights);
                    let all = all.map(|((document, _), weight)| (document, weight));
                    all.filter(|(_, weight)| *weight > 0.0).collect()
                };
                let expected = match &among {
                    Some(among) => ranking::both(&expected, among),
                    None => expected,
                };
                let ids = |list: &Weighted| list.iter().map(|(d, _)| *d).collect::<Vec<u32>>();
                prop_assert_eq!(ids(&found), ids(&expected));
                if phrase.parts.len() > 1 {
                    for ((_, a), (_, b)) in found.iter().zip(&expected) {
                        prop_assert!((a - b).abs() < 1e-3);
                    }
                }
            }
        }
    }
}

#[test]
fn frequent_neighbours_are_known_without_their_texts() {
    let words = ["the", "of", "in", "city", "front"];
    let mut state = 7usize;
    let texts: Vec<String> = (0..1500)
        .map(|_| {
            let word = |_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695);
                words[(state >> 33) % words.len()]
            };
            (0..12).map(word).collect::<Vec<_>>().join(" ")
        })
        .collect();
    // once it is kept, all but a small rest is sorted out
    let corpus = kept(&corpus(&texts, ""));
    let open = |typed: &str| check(&corpus, &phrase(corpus.fulltext(), typed, None)).unwrap();
    assert!(open("of the") < 128, "{}", open("of the"));
    assert!(open("in the city") > 0);
    let sifted = |typed: &str| {
        let phrase = phrase(corpus.fulltext(), typed, None);
        let (all, _) = verified(&corpus, &phrase);
        sift(corpus.fulltext(), &phrase, &all, &|| false)
    };
    assert!(sifted("of, the").is_none());
}
