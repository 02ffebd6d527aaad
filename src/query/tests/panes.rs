//! Order, facets and rows of an answer.

use proptest::prelude::*;

use crate::corpus::{Corpus, DayBasis, EntityKind, Language};
use crate::query::testing::{corpus, day, draft, question};
use crate::query::{Answer, DayField, Inferred, Question, Row, Sort, Zoom, answer};

fn ask(corpus: &Corpus, question: &Question) -> Answer {
    answer(corpus, question, &|| false).unwrap()
}

fn paths(corpus: &Corpus, answer: &Answer) -> Vec<String> {
    let articles = answer
        .hits
        .iter()
        .map(|hit| corpus.article(hit.article).unwrap());
    articles.map(|article| article.raw.path.clone()).collect()
}

fn in_four_orders() -> Corpus {
    corpus(vec![
        draft("beta", "1234")
            .path("n10")
            .day("2016-01-01", DayBasis::Stated),
        draft("Alpha", "123456").path("n9"),
        draft("gamma", "1")
            .path("n2")
            .day("2016-03-01", DayBasis::Stated),
        draft("alpha", "123456")
            .path("n1")
            .day("2016-01-01", DayBasis::Stated),
    ])
}

#[test]
fn every_order_is_the_one_that_was_asked_for() {
    let corpus = in_four_orders();
    for (sort, reverse, expected) in [
        (Sort::Day, false, ["n2", "n1", "n10", "n9"]),
        (Sort::Day, true, ["n1", "n10", "n2", "n9"]),
        (Sort::Title, false, ["n1", "n9", "n10", "n2"]),
        (Sort::Title, true, ["n2", "n10", "n1", "n9"]),
        (Sort::Length, false, ["n1", "n9", "n10", "n2"]),
        (Sort::Length, true, ["n2", "n10", "n1", "n9"]),
        (Sort::Path, false, ["n1", "n2", "n9", "n10"]),
        (Sort::Path, true, ["n10", "n9", "n2", "n1"]),
        (Sort::Relevance, false, ["n2", "n1", "n10", "n9"]),
    ] {
        let question = Question {
            sort,
            reverse,
            ..Question::default()
        };
        assert_eq!(
            paths(&corpus, &ask(&corpus, &question)),
            expected,
            "{sort:?} {reverse}"
        );
    }
}

#[test]
fn relevance_is_by_score_and_by_occurrences() {
    let corpus = corpus(vec![
        draft("Halabi", "halab").path("a"),
        draft("Halab", "").path("b"),
        draft("News", "halab halab halab").source("Halab").path("c"),
    ]);
    let relevant = |text: &str| {
        let sort = Sort::Relevance;
        paths(
            &corpus,
            &ask(
                &corpus,
                &Question {
                    sort,
                    ..question(text)
                },
            ),
        )
    };
    assert_eq!(relevant("halab"), ["b", "a", "c"]);
    // a word in the title says more than one in the body
    assert_eq!(relevant("\"halab\""), ["b", "c", "a"]);
}

fn counted() -> Corpus {
    let drafts = vec![
        draft("one", "Aleppo and Asad and Aleppo")
            .mention("Aleppo", "Aleppo", EntityKind::Place)
            .mention("Asad", "Bashar al-Assad", EntityKind::Person)
            .mention("Aleppo", "Aleppo", EntityKind::Place),
        draft("two", "Aleppo or Homs or Aleppo FC")
            .mention("Aleppo", "Aleppo", EntityKind::Place)
            .mention("Homs", "Homs", EntityKind::Place)
            .mention("Aleppo FC", "Aleppo", EntityKind::Organisation),
        draft("three", "Homs or Hama")
            .mention("Homs", "Homs", EntityKind::Place)
            .mention("Hama", "Hama", EntityKind::Place),
    ];
    corpus(drafts)
}

#[test]
fn entities_are_counted_in_the_result() {
    let corpus = counted();
    let shown = |text: &str| -> Vec<(EntityKind, String, u32, u32)> {
        let answer = ask(&corpus, &question(text));
        let entities = answer.entities.iter();
        entities
            .map(|count| {
                let entity = corpus.entities().get(count.entity).unwrap();
                assert_eq!(entity.kind, count.kind);
                (
                    count.kind,
                    entity.key.to_string(),
                    count.documents,
                    count.mentions,
                )
            })
            .collect()
    };
    let row = |kind, key: &str, documents, mentions| (kind, key.to_owned(), documents, mentions);
    assert_eq!(
        shown(""),
        [
            row(EntityKind::Person, "Bashar al-Assad", 1, 1),
            row(EntityKind::Organisation, "Aleppo", 1, 1),
            row(EntityKind::Place, "Aleppo", 2, 3),
            row(EntityKind::Place, "Homs", 2, 2),
            row(EntityKind::Place, "Hama", 1, 1),
        ]
    );
    assert_eq!(
        shown("title:three"),
        [
            row(EntityKind::Place, "Hama", 1, 1),
            row(EntityKind::Place, "Homs", 1, 1)
        ]
    );
    assert_eq!(shown("title:none"), []);
}

fn dated() -> Corpus {
    corpus(vec![
        draft(
            "a",
            "Am 4. November begann es. Dann kam der 6. November. Ende.",
        )
        .language(Language::German)
        .day("2016-11-06", DayBasis::Stated)
        .time("4. November", Some(("2016-11-04", "2016-11-04")))
        .time("6. November", Some(("2016-11-06", "2016-11-06"))),
        draft(
            "b",
            "First line here! In November more. On 6 November again, 6 November.",
        )
        .day("2016-11-06", DayBasis::Inferred)
        .time("November more", Some(("2016-11-01", "2016-11-30")))
        .time("6 November again", Some(("2016-11-06", "2016-11-06")))
        .time("6 November.", Some(("2016-11-06", "2016-11-06"))),
        draft("c", "قال. في يوم ما.")
            .language(Language::Arabic)
            .time("يوم ما", None),
        draft("d", "").day("2016-11-09", DayBasis::Set),
    ])
}

fn shown(corpus: &Corpus, timeline_by: DayField, zoom: Zoom) -> Vec<String> {
    let question = Question {
        timeline_by,
        zoom,
        ..Question::default()
    };
    let rows = ask(corpus, &question).timeline;
    rows.iter()
        .map(|row| match row {
            Row::Bucket {
                from,
                to,
                articles,
                mentions,
                languages,
                lead,
                basis,
            } => {
                let lead = lead.and_then(|lead| Some((lead.article, lead.span(corpus)?)));
                let lead = lead.map_or("-", |(article, span)| {
                    span.of(&corpus.article(article).unwrap().raw.text)
                });
                format!("{from} {to} {articles} {mentions} {languages:?} {basis:?} {lead}")
            }
            Row::Interval {
                from,
                to,
                articles,
                mentions,
                basis,
                ..
            } => format!("{from}..{to} {articles} {mentions} {basis:?}"),
            Row::Gap { from, to } => format!("{from} {to}"),
            Row::Undated { articles, mentions } => format!("undated {articles} {mentions}"),
        })
        .collect()
}

#[test]
fn rows_by_own_day() {
    let corpus = dated();
    assert_eq!(
        shown(&corpus, DayField::Published, Zoom::Day),
        [
            "2016-11-06 2016-11-06 2 3 [1, 1, 0, 0] Inferred Am 4. November begann es.",
            "2016-11-07 2016-11-08",
            "2016-11-09 2016-11-09 1 0 [1, 0, 0, 0] Stated -",
            "undated 1 2",
        ]
    );
    assert_eq!(
        shown(&corpus, DayField::Published, Zoom::Week),
        [
            "2016-10-31 2016-11-06 2 4 [1, 1, 0, 0] Inferred Am 4. November begann es.",
            "2016-11-07 2016-11-13 1 0 [1, 0, 0, 0] Stated -",
            "undated 1 2",
        ]
    );
    assert_eq!(
        shown(&corpus, DayField::Published, Zoom::Year),
        [
            "2016-01-01 2016-12-31 3 5 [2, 1, 0, 0] Inferred Am 4. November begann es.",
            "undated 1 1",
        ]
    );
}

#[test]
fn rows_by_mentioned_day() {
    let corpus = dated();
    assert_eq!(
        shown(&corpus, DayField::Mentioned, Zoom::Day),
        [
            "2016-11-01..2016-11-30 1 1 Stated",
            "2016-11-04 2016-11-04 1 1 [0, 1, 0, 0] Stated Am 4. November begann es.",
            "2016-11-05 2016-11-05",
            "2016-11-06 2016-11-06 2 3 [1, 1, 0, 0] Stated Dann kam der 6. November.",
            "undated 2 1",
        ]
    );
    assert_eq!(
        shown(&corpus, DayField::Mentioned, Zoom::Month),
        [
            "2016-11-01 2016-11-30 2 5 [1, 1, 0, 0] Stated Am 4. November begann es.",
            "undated 2 1",
        ]
    );
}

#[test]
fn an_article_that_speaks_of_a_month_is_not_undated() {
    let corpus = corpus(vec![
        draft("a", "In November it began.").time("November", Some(("2016-11-01", "2016-11-30"))),
    ]);
    assert_eq!(
        shown(&corpus, DayField::Mentioned, Zoom::Day),
        ["2016-11-01..2016-11-30 1 1 Stated"]
    );
    for (zoom, row) in [
        (Zoom::Month, "2016-11-01 2016-11-30"),
        (Zoom::Year, "2016-01-01 2016-12-31"),
    ] {
        let expected = format!("{row} 1 1 [1, 0, 0, 0] Stated In November it began.");
        assert_eq!(shown(&corpus, DayField::Mentioned, zoom), [expected]);
    }
}

#[test]
fn the_undated_row_is_what_the_undated_filter_finds() {
    let corpus = dated();
    for (text, timeline_by) in [
        ("undated", DayField::Published),
        ("undated:mentioned", DayField::Mentioned),
    ] {
        for inferred in [Inferred::Shown, Inferred::Hidden] {
            for zoom in [Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year] {
                let asked = Question {
                    timeline_by,
                    zoom,
                    inferred,
                    ..Question::default()
                };
                let rows = ask(&corpus, &asked);
                let filtered = Question {
                    query: question(text).query,
                    ..asked
                };
                let found = u32::try_from(ask(&corpus, &filtered).hits.len()).unwrap();
                assert!(
                    matches!(rows.timeline.last(), Some(Row::Undated { articles, .. }) if *articles == found),
                    "{text} {inferred:?} {zoom:?}"
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn rows_add_up_and_follow_each_other(
        days in prop::collection::vec(prop::option::of((2010i32..2013, 1u32..13, 1u32..29)), 0..20),
        zoom in prop::sample::select(vec![Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year]),
    ) {
        let drafts = days.iter().map(|given| match given {
            Some((year, month, date)) => {
                let text = format!("{year}-{month:02}-{date:02}");
                draft("x", "y").day(&text, DayBasis::Stated)
            }
            None => draft("x", "y"),
        });
        let corpus = corpus(drafts.collect());
        let rows = ask(&corpus, &Question { zoom, ..Question::default() }).timeline;
        let mut sum = 0;
        let mut next = None;
        for row in &rows {
            let (from, to) = match row {
                Row::Bucket { from, to, articles, languages, .. } => {
                    sum += articles;
                    prop_assert_eq!(languages.iter().sum::<u32>(), *articles);
                    let inside = days.iter().flatten().filter(|(year, month, date)| {
                        let text = format!("{year}-{month:02}-{date:02}");
                        (*from..=*to).contains(&day(&text))
                    });
                    prop_assert_eq!(inside.count(), *articles as usize);
                    (*from, *to)
                }
                Row::Gap { from, to } => (*from, *to),
                Row::Interval { .. } => {
                    return Err(TestCaseError::fail("every day is a day here"));
                }
                Row::Undated { articles, .. } => {
                    sum += articles;
                    prop_assert_eq!(Some(row), rows.last());
                    continue;
                }
            };
            prop_assert!(from <= to);
            prop_assert!(next.is_none_or(|next| next == from));
            next = to.succ_opt();
        }
        prop_assert_eq!(sum as usize, days.len());
    }

    #[test]
    fn every_order_holds_every_hit_once_and_is_turned_round(
        given in prop::collection::vec((0u32..4, 0u32..3, 0u32..3, prop::option::of(1u32..4)), 0..12),
        sort in prop::sample::select(vec![Sort::Day, Sort::Title, Sort::Relevance, Sort::Length, Sort::Path]),
    ) {
        let drafts = given.iter().map(|(path, title, length, day)| {
            let made = draft(&title.to_string(), &"x".repeat(*length as usize)).path(&path.to_string());
            match day {
                Some(day) => made.day(&format!("2016-01-0{day}"), DayBasis::Stated),
                None => made,
            }
        });
        let corpus = corpus(drafts.collect());
        let key = |id| {
            let article = corpus.article(id).unwrap();
            let day = article.published();
            match sort {
                Sort::Day | Sort::Relevance => format!("{day:?}"),
                Sort::Title => article.title.text.clone(),
                Sort::Length => article.raw.text.len().to_string(),
                Sort::Path => article.raw.path.clone(),
            }
        };
        let mut orders = Vec::new();
        for reverse in [false, true] {
            let answer = ask(&corpus, &Question { sort, reverse, ..Question::default() });
            let mut ids: Vec<_> = answer.hits.iter().map(|hit| hit.article).collect();
            let keys: Vec<String> = ids.iter().map(|id| key(*id)).collect();
            let path = |id| corpus.article(id).unwrap().raw.path.clone();
            for (pair, keys) in ids.windows(2).zip(keys.windows(2)) {
                if keys[0] == keys[1] {
                    prop_assert!((path(pair[0]), pair[0]) <= (path(pair[1]), pair[1]));
                }
            }
            orders.push(keys);
            ids.sort_unstable();
            prop_assert_eq!(ids, corpus.articles().map(|(id, _)| id).collect::<Vec<_>>());
        }
        let [forth, mut back] = <[Vec<String>; 2]>::try_from(orders).unwrap();
        let undated = |key: &String| key == "None";
        prop_assert!(forth.is_sorted_by_key(undated) && back.is_sorted_by_key(undated));
        let dated = forth.iter().take_while(|key| !undated(key)).count();
        back[..dated].reverse();
        prop_assert_eq!(forth, back);
    }
}
