//! Stretches of time among days, and the switch that takes inferred days away.

use proptest::prelude::*;

use crate::corpus::{Corpus, DayBasis, DocumentDay, Timex, TimexBasis};
use crate::query::testing::{Draft, corpus, day, draft, kept, question};
use crate::query::{Answer, DayField, Inferred, Question, Row, Zoom, answer, is_in_row};

fn ask(corpus: &Corpus, question: &Question) -> Answer {
    answer(corpus, question, &|| false).unwrap()
}

/// A document whose day lies somewhere from `earliest` to `latest`.
fn open(mut made: Draft, earliest: &str, latest: &str) -> Draft {
    made.article.day = Some(DocumentDay {
        day: None,
        earliest: Some(day(earliest)),
        latest: Some(day(latest)),
        confidence: 0.3,
        basis: DayBasis::Candidates,
        clues: Vec::new(),
        candidates: vec![(day(earliest), 0.3)],
    });
    made
}

fn known(mut made: Draft, basis: TimexBasis) -> Draft {
    let timex: &mut Timex = made.article.timexes.last_mut().unwrap();
    timex.basis = basis;
    made
}

/// Rows in short: `from..to articles basis`, with `~` before an interval.
fn short(corpus: &Corpus, by: DayField, zoom: Zoom, inferred: Inferred) -> Vec<String> {
    let question = Question {
        timeline_by: by,
        zoom,
        inferred,
        ..Question::default()
    };
    let rows = ask(corpus, &question).timeline;
    rows.iter()
        .filter_map(|row| match row {
            Row::Bucket {
                from,
                articles,
                basis,
                ..
            } => Some(format!("{from} {articles} {basis:?}")),
            Row::Interval {
                from,
                to,
                articles,
                basis,
                ..
            } => Some(format!("~{from} {to} {articles} {basis:?}")),
            Row::Undated { articles, .. } => Some(format!("undated {articles}")),
            Row::Gap { .. } => None,
        })
        .collect()
}

#[test]
fn a_stretch_of_time_stands_before_the_first_day_that_it_may_cover() {
    let corpus = corpus(vec![
        draft(
            "a",
            "In 2016 and in November 2016 and on 4 November and in week 45",
        )
        .time("2016", Some(("2016-01-01", "2016-12-31")))
        .time("November 2016", Some(("2016-11-01", "2016-11-30")))
        .time("4 November", Some(("2016-11-04", "2016-11-04")))
        .time("week 45", Some(("2016-11-07", "2016-11-13"))),
        draft("b", "In 2016").time("2016", Some(("2016-01-01", "2016-12-31"))),
    ]);
    let rows = |zoom| short(&corpus, DayField::Mentioned, zoom, Inferred::Shown);
    assert_eq!(
        rows(Zoom::Day),
        [
            "~2016-01-01 2016-12-31 2 Stated",
            "~2016-11-01 2016-11-30 1 Stated",
            "2016-11-04 1 Stated",
            "~2016-11-07 2016-11-13 1 Stated",
        ]
    );
    assert_eq!(
        rows(Zoom::Month),
        ["~2016-01-01 2016-12-31 2 Stated", "2016-11-01 1 Stated"]
    );
    assert_eq!(rows(Zoom::Year), ["2016-01-01 2 Stated"]);
}

#[test]
fn documents_that_are_open_within_a_month_or_a_year_have_a_row_and_stay_undated() {
    let corpus = corpus(vec![
        draft("a", "x").day("2016-11-20", DayBasis::Stated),
        open(draft("b", "x"), "2016-11-02", "2016-11-09"),
        open(draft("c", "x"), "2016-09-23", "2016-11-11"),
        open(draft("d", "x"), "2014-09-23", "2016-11-11"),
    ]);
    assert_eq!(
        short(&corpus, DayField::Published, Zoom::Day, Inferred::Shown),
        [
            "~2016-01-01 2016-12-31 1 Candidate",
            "~2016-11-01 2016-11-30 1 Candidate",
            "2016-11-20 1 Stated",
            "undated 3",
        ]
    );
    assert_eq!(
        short(&corpus, DayField::Published, Zoom::Day, Inferred::Hidden),
        ["2016-11-20 1 Stated", "undated 3"]
    );
}

#[test]
fn the_switch_takes_inferred_days_away_and_all_that_leans_on_them() {
    let corpus = corpus(vec![
        known(
            draft("a", "on Thursday, 2016-11-01")
                .day("2016-11-05", DayBasis::Inferred)
                .time("2016-11-01", Some(("2016-11-01", "2016-11-01")))
                .time("Thursday", Some(("2016-11-03", "2016-11-03"))),
            TimexBasis::Inferred,
        ),
        known(
            draft("b", "on Thursday")
                .day("2016-11-04", DayBasis::Set)
                .time("Thursday", Some(("2016-11-03", "2016-11-03"))),
            TimexBasis::Resolved,
        ),
    ]);
    let rows = |by, inferred| short(&corpus, by, Zoom::Day, inferred);
    assert_eq!(
        rows(DayField::Published, Inferred::Shown),
        ["2016-11-04 1 Stated", "2016-11-05 1 Inferred"]
    );
    assert_eq!(
        rows(DayField::Published, Inferred::Hidden),
        ["2016-11-04 1 Stated", "undated 1"]
    );
    assert_eq!(
        rows(DayField::Mentioned, Inferred::Shown),
        ["2016-11-01 1 Stated", "2016-11-03 2 Inferred"]
    );
    assert_eq!(
        rows(DayField::Mentioned, Inferred::Hidden),
        ["2016-11-01 1 Stated", "2016-11-03 1 Resolved"]
    );
    let found = |text: &str, inferred| {
        let question = Question {
            inferred,
            ..question(text)
        };
        ask(&corpus, &question).hits.len()
    };
    assert_eq!(found("day:2016-11-05", Inferred::Shown), 1);
    assert_eq!(found("day:2016-11-05", Inferred::Hidden), 0);
    assert_eq!(found("mentioned:2016-11-03", Inferred::Hidden), 1);
    assert_eq!(found("undated", Inferred::Shown), 0);
    assert_eq!(found("undated", Inferred::Hidden), 1);
}

proptest! {
    /// Every article of the result is in some row of mentioned days or undated, never both.
    #[test]
    fn undated_at_every_zoom_is_what_no_row_holds(
        given in prop::collection::vec(prop::collection::vec((0u64..800, 0u64..500, any::<bool>()), 0..3), 0..8),
        zoom in prop::sample::select(vec![Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year]),
        inferred in prop::sample::select(vec![Inferred::Shown, Inferred::Hidden]),
    ) {
        let start = day("2015-12-01");
        let plus = |days: u64| (start + chrono::Days::new(days)).to_string();
        let drafts = given.iter().map(|times| {
            times.iter().fold(draft("x", "then"), |made, (first, length, firm)| {
                let made = made.time("then", Some((&plus(*first), &plus(first + length))));
                known(made, if *firm { TimexBasis::Resolved } else { TimexBasis::Inferred })
            })
        });
        let corpus = corpus(drafts.collect());
        let asked = Question { timeline_by: DayField::Mentioned, zoom, inferred, ..Question::default() };
        let rows = ask(&corpus, &asked).timeline;
        let undated = rows.iter().find_map(|row| match row {
            Row::Undated { articles, .. } => Some(*articles as usize),
            _ => None,
        });
        let filtered = Question { query: question("undated:mentioned").query, ..asked };
        prop_assert_eq!(ask(&corpus, &filtered).hits.len(), undated.unwrap_or(0));
        let counted = given.iter().filter(|times| !times.iter().any(|time| inferred.admits(time.2)));
        prop_assert_eq!(counted.count(), undated.unwrap_or(0));
        let mentions: u32 = rows.iter().map(|row| match row {
            Row::Bucket { mentions, .. } | Row::Interval { mentions, .. } | Row::Undated { mentions, .. } => *mentions,
            Row::Gap { .. } => 0,
        }).sum();
        let all = given.iter().map(Vec::len).sum::<usize>();
        // those of no row are told with the undated articles, where there are any
        prop_assert!(mentions as usize == all || undated.is_none());
        for pair in rows.windows(2) {
            if let [Row::Interval { from, to, .. }, Row::Bucket { to: last, .. }] = pair {
                prop_assert!(from <= last && from < to);
            }
        }
    }
}

proptest! {
    /// The articles that belong to a row, one by one, are as many as it counts.
    #[test]
    fn a_row_counts_the_articles_that_belong_to_it(
        drafts in prop::collection::vec((0u32..5, 0u32..5, 0u32..3, any::<bool>()), 1..12),
        mentioned: bool,
        shown: bool,
        zoom in prop::sample::select(vec![Zoom::Day, Zoom::Month, Zoom::Year]),
    ) {
        let start = day("2016-10-01");
        let at = |n: u32| (start + chrono::Days::new(u64::from(n) * 17)).to_string();
        let drafts = drafts.iter().map(|(own, first, longer, firm)| {
            let made = draft("x", "then").time("then", Some((&at(*first), &at(first + longer))));
            let basis = if *firm { TimexBasis::Stated } else { TimexBasis::Inferred };
            let made = known(made, basis);
            match own {
                0 => made,
                1 => open(made, "2016-10-01", "2016-10-31"),
                2 => open(made, "2016-01-01", "2016-12-31"),
                own => made.day(&at(*own), if *firm { DayBasis::Stated } else { DayBasis::Inferred }),
            }
        });
        let fresh = corpus(drafts.collect());
        let by = if mentioned { DayField::Mentioned } else { DayField::Published };
        let inferred = if shown { Inferred::Shown } else { Inferred::Hidden };
        let question = Question { timeline_by: by, zoom, inferred, ..Question::default() };
        for corpus in [&fresh, &kept(&fresh)] {
            for row in ask(corpus, &question).timeline {
                let belong = corpus
                    .places()
                    .filter(|(segment, at)| is_in_row(segment, *at, &row, by, inferred));
                let belong = u32::try_from(belong.count()).unwrap();
                match row {
                    Row::Bucket { articles, .. }
                    | Row::Interval { articles, .. }
                    | Row::Undated { articles, .. } => prop_assert_eq!(articles, belong, "{:?}", row),
                    Row::Gap { .. } => prop_assert_eq!(belong, 0),
                }
            }
        }
    }
}
