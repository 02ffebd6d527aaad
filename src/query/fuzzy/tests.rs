use proptest::prelude::*;

use super::*;
use crate::query::testing::query;

fn matches(word: &str, haystack: &str) -> bool {
    NearMatcher::default()
        .score(&fold(word), &fold(haystack))
        .is_some()
}

#[test]
fn near_letters_match_and_scattered_ones_do_not() {
    for (word, haystack) in [
        ("syria", "syrian"),
        ("alepo", "aleppo"),
        ("lepo", "aleppo"),
        ("jbht", "jabhat"),
        ("nusra", "al-nusra"),
        ("alnusra", "al-nusra"),
        ("nsra", "al-nusra"),
        ("rebellen", "rebellenführer"),
        ("حلب", "بحلب"),
        ("شام", "الشاميه"),
        ("s", "aleppos"),
    ] {
        assert!(matches(word, haystack), "{word} in {haystack}");
    }
    for (word, haystack) in [
        ("srn", "strategischen"),
        ("sy", "strategy"),
        ("alo", "aleppo"),
        ("lpo", "aleppo"),
        ("syria", "systematische-kritik"),
        ("abc", "cba"),
        ("aleppos", "aleppo"),
        ("", "aleppo"),
    ] {
        assert!(!matches(word, haystack), "{word} in {haystack}");
    }
}

#[test]
fn better_matches_score_higher() {
    let matcher = NearMatcher::default();
    let score = |haystack: &str| matcher.score("halab", haystack).unwrap();
    let order = ["halab", "halabi", "hxalab", "alhalabi"].map(score);
    assert!(order.is_sorted_by(|a, b| a > b), "{order:?}");
}

#[test]
fn a_word_without_end_costs_no_more_than_a_long_one() {
    let endless = "ab".repeat(1 << 20);
    assert!(NearMatcher::default().score("abab", &endless).is_some());
    assert!(NearMatcher::default().score(&endless, "ab").is_none());
    assert!(NearMatcher::default().score(&endless, &endless).is_none());
}

#[test]
fn highlights_are_the_bytes_of_the_best_words() {
    for (title, typed, expected) in [
        ("Rebels leave Aleppo", "alepo", "[Ale]p[po]"),
        ("Aleppo, Aleppo", "alep rebels", "[Alep]po, [Alep]po"),
        ("ما حدث في حلب", "حلب", "ما حدث في [حلب]"),
        ("Halabi and Halab", "halab", "Halabi and [Halab]"),
        ("Aleppo", "x", "Aleppo"),
        ("Aleppo", "-aleppo", "Aleppo"),
    ] {
        let mut marked = title.to_owned();
        for span in highlights(title, &query(typed)).iter().rev() {
            marked.insert(span.end as usize, ']');
            marked.insert(span.start as usize, '[');
        }
        assert!(marked.ends_with(expected), "{typed}: {marked}");
    }
}

#[test]
fn highlights_survive_folding_that_changes_lengths() {
    for (title, typed, expected) in [
        ("Straße nach Aleppo", "strasse", "[Straße] nach Aleppo"),
        ("Verstärkungen", "verstarkungen", "[Verstärkungen]"),
        ("أَحْمَد في حلب", "احمد", "[أَحْمَد] في حلب"),
    ] {
        let mut marked = title.to_owned();
        for span in highlights(title, &query(typed)).iter().rev() {
            marked.insert(span.end as usize, ']');
            marked.insert(span.start as usize, '[');
        }
        assert_eq!(marked, expected);
    }
}

proptest! {
    #[test]
    fn every_beginning_of_a_match_matches(word in "[abcح]{1,7}", haystack in "[abcح-]{0,14}") {
        if matches(&word, &haystack) {
            for (end, _) in word.char_indices().skip(1) {
                let beginning = word.get(..end).unwrap();
                prop_assert!(matches(beginning, &haystack), "{} in {}", beginning, haystack);
            }
        }
    }

    #[test]
    fn scores_and_positions_agree(word in "[abcح]{1,7}", haystack in "[abcح-]{0,14}") {
        let matcher = NearMatcher::default();
        let positions = matcher.positions(&word, &haystack);
        prop_assert_eq!(matcher.score(&word, &haystack).is_some(), positions.is_some());
        if let Some(positions) = positions {
            let haystack: Vec<char> = haystack.chars().collect();
            let matched: String = positions.iter().map(|at| haystack[*at]).collect();
            prop_assert_eq!(matched, word);
        }
    }

    #[test]
    fn highlights_of_anything_are_in_order_and_on_boundaries(
        title in "\\PC{0,40}", typed in "[\\PC&&[^\"«»“„”:-]]{0,6}"
    ) {
        let spans = highlights(&title, &typed.parse().unwrap_or_default());
        prop_assert!(spans.is_sorted_by(|a, b| a.end < b.start));
        for span in spans {
            prop_assert!(title.get(span.range()).is_some_and(|text| !text.is_empty()));
        }
    }
}
