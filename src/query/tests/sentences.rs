//! The best sentences of a row.

use proptest::prelude::*;

use crate::corpus::{Corpus, DayBasis, EntityKind, Language};
use crate::query::testing::{corpus, day, draft};
use crate::query::{DayField, Question, Sentences, Told, Zoom, answer};

fn told(corpus: &Corpus, by: DayField, on: &str, count: usize) -> Vec<Told> {
    let question = Question {
        timeline_by: by,
        ..Question::default()
    };
    let answer = answer(corpus, &question, &|| false).unwrap();
    let day = day(on);
    let found = Sentences::gather(corpus, &answer.hits, &question, Some((day, day)), &|| false);
    found.unwrap().of(corpus, day, day, count)
}

fn words<'c>(corpus: &'c Corpus, told: &Told) -> &'c str {
    told.span
        .of(&corpus.article(told.article).unwrap().raw.text)
}

const DAY: Option<(&str, &str)> = Some(("2016-11-04", "2016-11-04"));

fn told_of() -> Corpus {
    let place = EntityKind::Place;
    corpus(vec![
        draft(
            "a",
            "Nothing. On Friday it rained a little in the hills. More.",
        )
        .time("Friday", DAY),
        draft(
            "b",
            "The army took Minyan west of Aleppo on 4 November. It went on.",
        )
        .time("4 November", DAY)
        .mention("Minyan", "Minyan", place)
        .mention("Aleppo", "Aleppo", place),
        draft(
            "c",
            "Agency: The army took Minyan, west of Aleppo, on 4 November.",
        )
        .time("4 November", DAY)
        .mention("Minyan", "Minyan", place)
        .mention("Aleppo", "Aleppo", place),
        draft("d", "في 4 نوفمبر وصلت الشاحنات إلى حلب من دمشق.")
            .language(Language::Arabic)
            .time("4 نوفمبر", DAY)
            .mention("حلب", "Aleppo", place),
        draft("e", "On 5 November the army left.")
            .time("5 November", Some(("2016-11-05", "2016-11-05"))),
    ])
}

#[test]
fn most_names_and_documents_first_and_told_once() {
    let corpus = told_of();
    let found = told(&corpus, DayField::Mentioned, "2016-11-04", 12);
    let texts: Vec<&str> = found.iter().map(|told| words(&corpus, told)).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[0].contains("took Minyan"), "{texts:?}");
    assert!(texts[1].contains("حلب"), "{texts:?}");
    assert_eq!(texts[2], "On Friday it rained a little in the hills.");
    assert_eq!(found[0].alike.len(), 1);
    assert_eq!(found[0].names, ["Aleppo", "Minyan"]);
    let article = corpus.article(found[0].article).unwrap();
    let why = found[0].why(article);
    assert!(
        why.contains("“4 November”") && why.contains("1 other document"),
        "{why}"
    );
    assert_eq!(
        told(&corpus, DayField::Mentioned, "2016-11-04", 1),
        found[..1]
    );
    assert!(told(&corpus, DayField::Mentioned, "2016-11-06", 12).is_empty());
}

#[test]
fn of_an_own_day_the_first_sentence_and_those_that_name_it() {
    let corpus = corpus(vec![
        draft(
            "a",
            "Rebels left the town. On Friday they came back. Then rain.",
        )
        .day("2016-11-04", DayBasis::Stated)
        .time("Friday", DAY),
        draft("b", "On Friday they came back.").time("Friday", DAY),
    ]);
    let found = told(&corpus, DayField::Published, "2016-11-04", 12);
    let mut texts: Vec<&str> = found.iter().map(|told| words(&corpus, told)).collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        ["On Friday they came back.", "Rebels left the town."],
        "only from articles of the day"
    );
}

proptest! {
    #[test]
    fn all_rows_at_once_are_each_row_alone(
        texts in prop::collection::vec(("[a-d ]{0,20}", 1u32..4, any::<bool>()), 0..8),
        count in 0usize..5,
    ) {
        let drafts = texts.iter().map(|(text, on, stated)| {
            let day = format!("2016-11-0{on}");
            let made = draft("x", &format!("{text} then {text}. And {text}"));
            let made = made.time("then", Some((&day, &day)));
            if *stated { made.day(&day, DayBasis::Stated) } else { made }
        });
        let corpus = corpus(drafts.collect());
        for by in [DayField::Published, DayField::Mentioned] {
            let question = Question { timeline_by: by, zoom: Zoom::Day, ..Question::default() };
            let answer = answer(&corpus, &question, &|| false).unwrap();
            let all = Sentences::gather(&corpus, &answer.hits, &question, None, &|| false).unwrap();
            for on in ["2016-11-01", "2016-11-02", "2016-11-03"] {
                let alone = told(&corpus, by, on, count);
                prop_assert!(alone.len() <= count);
                for one in &alone {
                    prop_assert!(!words(&corpus, one).is_empty());
                    prop_assert!(!one.alike.contains(&one.article));
                }
                prop_assert_eq!(all.of(&corpus, day(on), day(on), count), alone);
            }
        }
    }
}
