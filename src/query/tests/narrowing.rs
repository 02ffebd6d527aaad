//! What is remembered and skipped changes nothing that the user sees.

use std::cell::Cell;

use proptest::prelude::*;

use crate::corpus::{Article, ArticleId, Corpus, DayBasis, EntityKind};
use crate::query::fuzzy::{Matcher as _, NearMatcher, typed_words};
use crate::query::testing::{Draft, corpus, draft, found, query};
use crate::query::{
    Condition, DayField, Inferred, Query, Question, Session, Sort, Term, Zoom, answer,
};

const WORDS: [&str; 8] = [
    "aleppo", "alep", "halab", "ab", "abc", "حلب", "حلبي", "al-bab",
];

fn some_draft() -> impl Strategy<Value = Draft> {
    let word = || prop::sample::select(WORDS.to_vec());
    let words = || prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "));
    let day = prop::option::of(1u32..29);
    (words(), words(), word(), prop::option::of(word()), day).prop_map(
        |(title, text, source, key, day)| {
            let first = text.split(' ').next().unwrap().to_owned();
            let mut made = draft(&title, &text).source(source);
            if let Some(key) = key {
                made = made.mention(&first, key, EntityKind::Place);
            }
            if let Some(day) = day {
                let day = format!("2016-11-{day:02}");
                made = made
                    .day(&day, DayBasis::Stated)
                    .time(&first, Some((&day, &day)));
            }
            made
        },
    )
}

fn some_corpus() -> impl Strategy<Value = Corpus> {
    prop::collection::vec(some_draft(), 0..12).prop_map(corpus)
}

fn some_term() -> impl Strategy<Value = Term> {
    let word = "[abcehlo]{1,3}|alep|aleppo|حل|حلب|ab al";
    let condition = prop_oneof![
        4 => word.prop_map(Condition::Fuzzy),
        2 => word.prop_map(Condition::Text),
        1 => "(Ab|ab|alep|Aleppo|حلب|[abc]) (Hal|al|c|حل|Aleppo)( a)?".prop_map(|w| Condition::words(&w)),
        1 => word.prop_map(Condition::Title),
        1 => word.prop_map(Condition::Source),
        1 => word.prop_map(Condition::Entity),
        1 => Just(Condition::Kind(EntityKind::Place)),
        1 => Just(Condition::Undated(DayField::Mentioned)),
    ];
    (condition, prop::bool::weighted(0.2))
        .prop_map(|(condition, exclude)| Term { condition, exclude })
}

fn some_question() -> impl Strategy<Value = Question> {
    let sorts = [
        Sort::Day,
        Sort::Title,
        Sort::Relevance,
        Sort::Length,
        Sort::Path,
    ];
    (
        prop::collection::vec(some_term(), 0..3),
        prop::sample::select(sorts.to_vec()),
        any::<bool>(),
        prop::sample::select(vec![DayField::Published, DayField::Mentioned]),
        prop::sample::select(vec![Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year]),
        prop::sample::select(vec![Inferred::Shown, Inferred::Hidden]),
    )
        .prop_map(
            |(terms, sort, reverse, timeline_by, zoom, inferred)| Question {
                query: Query { terms },
                sort,
                reverse,
                timeline_by,
                zoom,
                inferred,
                marked: std::sync::Arc::default(),
                top: std::sync::Arc::default(),
            },
        )
}

/// The score of an article under typed words, by looking at every word of it.
fn score_by_hand(corpus: &Corpus, id: ArticleId, words: &[String]) -> Option<i64> {
    let matcher = NearMatcher::default();
    let article = corpus.article(id).unwrap();
    let mut names = String::new();
    for mention in article.mentions.iter() {
        let surface = mention.span.of(article.field(mention.field));
        names.extend([&*mention.entity, " ", surface, " "]);
    }
    let fields = [
        (article.title.text.as_str(), 10),
        (&names, 8),
        (article.source(), 7),
        (&article.raw.path, 5),
    ];
    let words_of_path = |article: &Article| typed_words(&article.raw.path);
    let mut in_every_path = words_of_path(article);
    in_every_path.retain(|word| {
        let mut articles = corpus.articles();
        corpus.len() > 1 && articles.all(|(_, other)| words_of_path(other).contains(word))
    });
    let of_word = |word: &String| {
        let scores = fields.iter().flat_map(|(text, weight)| {
            let told =
                |path: &String| *weight != 5 || path == word || !in_every_path.contains(path);
            let haystacks = typed_words(text).into_iter().filter(told);
            let scores = haystacks.filter_map(|haystack| matcher.score(word, &haystack));
            scores.map(move |score| i64::from(score) * weight)
        });
        scores.max()
    };
    words.iter().map(of_word).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_session_answers_as_if_it_knew_nothing(
        corpus in some_corpus(),
        questions in prop::collection::vec(some_question(), 1..8),
    ) {
        let mut session = Session::default();
        for question in &questions {
            let fresh = answer(&corpus, question, &|| false);
            prop_assert!(fresh.is_some());
            prop_assert_eq!(&session.answer(&corpus, question, &|| false), &fresh);
            prop_assert_eq!(&session.answer(&corpus, question, &|| false), &fresh);
        }
    }

    #[test]
    fn typing_and_taking_back_answer_as_if_asked_alone(
        corpus in some_corpus(),
        typed in "[abehlo]{1,3}( [ab]{1,2})?|aleppo|حلبي|ab txt|txt ab",
    ) {
        let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut states: Vec<usize> = std::iter::once(0).chain(ends).collect();
        states.extend(states.clone().into_iter().rev());
        let mut session = Session::default();
        for end in states {
            let question = Question {
                query: query(typed.get(..end).unwrap()),
                sort: Sort::Relevance,
                ..Question::default()
            };
            let fresh = answer(&corpus, &question, &|| false);
            prop_assert_eq!(session.answer(&corpus, &question, &|| false), fresh);
        }
    }

    #[test]
    fn a_session_follows_a_corpus_that_grows_and_one_that_is_replaced(
        drafts in prop::collection::vec(some_draft(), 1..8),
        question in some_question(),
    ) {
        let mut session = Session::default();
        let mut growing = Corpus::new("growing");
        for draft in &drafts {
            growing = growing.with(vec![draft.article.clone()], Vec::new());
            let fresh = answer(&growing, &question, &|| false);
            prop_assert_eq!(session.answer(&growing, &question, &|| false), fresh);
        }
        let other = corpus(drafts.into_iter().rev().collect());
        let fresh = answer(&other, &question, &|| false);
        prop_assert_eq!(session.answer(&other, &question, &|| false), fresh);
    }

    #[test]
    fn the_ranking_is_that_of_ranking_everything(corpus in some_corpus(), word in "[abehlo]{1,3}|حل") {
        let question = Question {
            query: query(&word),
            sort: Sort::Relevance,
            ..Question::default()
        };
        let answer = answer(&corpus, &question, &|| false).unwrap();
        let mut by_hand: Vec<(i64, ArticleId)> = corpus
            .articles()
            .filter_map(|(id, _)| Some((score_by_hand(&corpus, id, &typed_words(&word))?, id)))
            .collect();
        let scores: Vec<i64> = answer.hits.iter().map(|hit| hit.score).collect();
        prop_assert!(scores.is_sorted_by(|a, b| a >= b));
        let mut hits: Vec<_> = answer.hits.iter().map(|hit| (hit.score, hit.article)).collect();
        hits.sort_unstable();
        by_hand.sort_unstable();
        prop_assert_eq!(hits, by_hand);
    }

    #[test]
    fn a_further_term_never_adds_articles(
        corpus in some_corpus(),
        terms in prop::collection::vec(some_term(), 0..3),
        further in some_term(),
    ) {
        let ids = |further: Option<Term>| {
            let terms = terms.iter().cloned().chain(further).collect();
            let question = Question { query: Query { terms }, ..Question::default() };
            let hits = answer(&corpus, &question, &|| false).unwrap().hits;
            let mut ids: Vec<_> = hits.iter().map(|hit| hit.article).collect();
            ids.sort_unstable();
            ids
        };
        let wide = ids(None);
        let narrow = ids(Some(further.clone()));
        let rest = ids(Some(Term { exclude: !further.exclude, ..further }));
        prop_assert!(narrow.iter().all(|id| wide.contains(id)));
        // what the term takes away is what its exclusion leaves
        let mut both = [narrow, rest].concat();
        both.sort_unstable();
        prop_assert_eq!(both, wide);
    }
}

#[test]
fn a_cancelled_question_has_no_answer_and_does_no_harm() {
    let drafts = (0..3000)
        .map(|n| draft(&format!("word{n} news"), "text"))
        .collect();
    let corpus = corpus(drafts);
    let question = crate::query::testing::question("news");
    let fresh = answer(&corpus, &question, &|| false).unwrap();
    let asked = Cell::new(0);
    let count = || {
        asked.set(asked.get() + 1);
        false
    };
    assert!(answer(&corpus, &question, &count).is_some());
    let asked = asked.get();
    assert!(asked > 50, "asked only {asked} times");
    let mut session = Session::default();
    for patience in 0..asked {
        let left = Cell::new(patience);
        let cancelled = || {
            left.set(left.get() - 1);
            left.get() < 0
        };
        // what a cancelled question found out may save work, so that later ones get through
        if let Some(answer) = session.answer(&corpus, &question, &cancelled) {
            assert_eq!(answer, fresh);
        } else {
            assert_eq!(session.answer(&corpus, &question, &|| true), None);
        }
    }
    assert_eq!(session.answer(&corpus, &question, &|| false), Some(fresh));
}

#[test]
fn letters_of_other_words_do_not_add_up() {
    let corpus = corpus(vec![
        draft("Sources yield results in Africa", ""),
        draft("Syria", ""),
    ]);
    assert_eq!(found(&corpus, "syria"), ["Syria"]);
}
