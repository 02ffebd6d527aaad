//! Which articles a query matches, and where they show it.

use std::sync::Arc;

use chrono::Days;
use proptest::prelude::*;

use crate::corpus::{
    Article, ArticleId, Corpus, DayBasis, EntityKind, Field, Language, Link, LinkRule, Links, Name,
};
use crate::query::testing::{corpus, day, draft, found, kept, query, question};
use crate::query::{Condition, DayField, Inferred, Question};
use crate::query::{answer, has_day, hits_in, is_undated};

fn news() -> Corpus {
    corpus(vec![
        draft(
            "Rebels leave",
            "Fighters of Jabhat Fatah\nal-Sham left Aleppo on 4 November.",
        )
        .source("Reuters")
        .path("wire/a.txt")
        .day("2016-11-05", DayBasis::Stated)
        .mention(
            "Jabhat Fatah\nal-Sham",
            "Jabhat Fatah al-Sham",
            EntityKind::Group,
        )
        .mention("Aleppo", "Aleppo", EntityKind::Place)
        .time("4 November", Some(("2016-11-04", "2016-11-04"))),
        draft(
            "Aleppo: Waffenruhe",
            "Die Fath-al-Scham-Front in Aleppo. Im November ging es weiter.",
        )
        .source("dpa")
        .path("agentur/b.txt")
        .language(Language::German)
        .day("2016-11-06", DayBasis::Inferred)
        .mention(
            "Fath-al-Scham-Front",
            "Jabhat Fatah al-Sham",
            EntityKind::Group,
        )
        .time("November", Some(("2016-11-01", "2016-11-30"))),
        draft("حلب اليوم", "قال ناشطون في حلب إن القصف توقف")
            .language(Language::Arabic)
            .path("wire/c.txt")
            .mention("حلب", "Aleppo", EntityKind::Place)
            .time("اليوم".get(..0).unwrap(), None),
        draft("Storm at sea", "Nothing about the war").path("wire/d.txt"),
    ])
}

#[test]
fn every_condition_selects() {
    let corpus = news();
    let [rebels, ceasefire, halab, storm] = [
        "Rebels leave",
        "Aleppo: Waffenruhe",
        "حلب اليوم",
        "Storm at sea",
    ];
    for (text, expected) in [
        ("", vec![rebels, ceasefire, halab, storm]),
        ("rebels", vec![rebels]),
        ("leave rebels", vec![rebels]),
        ("fatah", vec![rebels, ceasefire]),
        ("fath", vec![rebels, ceasefire]),
        ("aleppo", vec![rebels, ceasefire, halab]),
        ("حلب", vec![halab]),
        ("reuters", vec![rebels]),
        ("agentur", vec![ceasefire]),
        ("tx", vec![]),
        ("txt", vec![rebels, ceasefire, halab, storm]),
        ("d.tx", vec![]),
        ("d.txt", vec![ceasefire, storm]),
        ("wire d.txt", vec![storm]),
        ("wire", vec![rebels, halab, storm]),
        ("-aleppo", vec![storm]),
        ("war", vec![]),
        ("-wire", vec![ceasefire]),
        ("\"the war\"", vec![storm]),
        ("\"jabhat fatah al-sham\"", vec![rebels, ceasefire]),
        ("\"jabhat fatah al-sham\" scripts:off", vec![rebels]),
        ("\"Aleppo\"", vec![rebels, ceasefire, halab]),
        ("\"Aleppo\" scripts:off", vec![rebels, ceasefire]),
        ("text:leppo", vec![rebels, ceasefire]),
        ("-text:aleppo", vec![storm]),
        ("-text:aleppo scripts:off", vec![halab, storm]),
        ("title:aleppo", vec![ceasefire]),
        ("title:\"at  sea\"", vec![storm]),
        ("source:REU", vec![rebels]),
        ("-source:reuters -source:dpa", vec![halab, storm]),
        ("lang:de", vec![ceasefire]),
        ("lang:ar -lang:de", vec![halab]),
        ("entity:\"Jabhat Fatah al-Sham\"", vec![rebels, ceasefire]),
        ("entity:\"jabhat fatah al-sham\"", vec![rebels, ceasefire]),
        ("entity:Fath-al-Scham-Front", vec![rebels, ceasefire]),
        ("entity:حلب", vec![rebels, halab]),
        (
            "entity:\"Dschabhat Fatah asch-Scham\"",
            vec![rebels, ceasefire],
        ),
        ("entity:\"جبهة فتح الشام\"", vec![rebels, ceasefire]),
        ("entity:nobody", vec![]),
        ("kind:place", vec![rebels, halab]),
        ("-kind:group", vec![halab, storm]),
        ("day:2016-11-05", vec![rebels]),
        ("day:2016-11", vec![rebels, ceasefire]),
        ("day:..2016-11-04", vec![]),
        ("-day:2016", vec![halab, storm]),
        ("undated", vec![halab, storm]),
        ("mentioned:2016-11-04", vec![rebels]),
        ("mentioned:2016-11", vec![rebels, ceasefire]),
        ("mentioned:2016-11-01..2016-11-29", vec![rebels]),
        ("undated:mentioned", vec![halab, storm]),
        ("aleppo lang:en \"november\"", vec![rebels]),
    ] {
        assert_eq!(found(&corpus, text), expected, "{text}");
    }
}

#[test]
fn the_same_words_in_the_body_are_counted_beside_the_matches_by_name() {
    let corpus = news();
    for (text, expected) in [
        ("war", Some(1)),
        ("aleppo", Some(2)),
        ("aleppo lang:de", Some(1)),
        ("aleppo november", Some(2)),
        ("zzz", Some(0)),
        ("-aleppo", None),
        ("\"war\"", None),
        ("", None),
    ] {
        let answer = answer(&corpus, &question(text), &|| false).unwrap();
        assert_eq!(answer.literal, expected, "{text}");
    }
}

#[test]
fn hits_are_where_the_words_stand() {
    let corpus = news();
    let shown = |text: &str, article: usize| -> Vec<(Field, String)> {
        let (_, article) = corpus.articles().nth(article).unwrap();
        hits_in(&corpus, article, &query(text))
            .into_iter()
            .map(|(field, span)| (field, span.of(article.field(field)).to_owned()))
            .collect()
    };
    let text = |words: &str| (Field::Text, words.to_owned());
    let title = |words: &str| (Field::Title, words.to_owned());
    assert_eq!(
        shown("\"jabhat fatah al-sham\"", 0),
        [text("Jabhat Fatah\nal-Sham")]
    );
    assert_eq!(shown("aleppo", 1), [title("Aleppo"), text("Aleppo")]);
    assert_eq!(shown("title:aleppo", 1), [title("Aleppo")]);
    assert_eq!(shown("-aleppo", 1), []);
    assert_eq!(
        shown("entity:\"Jabhat Fatah al-Sham\"", 1),
        [text("Fath-al-Scham-Front")]
    );
    assert_eq!(shown("entity:aleppo text:lep", 0), [text("Aleppo")]);
    assert_eq!(shown("mentioned:2016-11-04", 0), [text("4 November")]);
    assert_eq!(shown("حلب", 2), [title("حلب"), text("حلب")]);
    assert_eq!(shown("e", 3).len(), 2);
}

#[test]
fn folding_holds_for_every_way_to_search() {
    let corpus = corpus(vec![
        draft("Straße nach Aleppo", "Verstärkungen für die Straße").source("Süddeutsche"),
        draft("أبو عمر", "قال أَحْمَد في الشاميّة").language(Language::Arabic),
    ]);
    for text in [
        "strasse",
        "\"verstarkungen\"",
        "title:STRASSE",
        "source:sud",
        "suddeutsche",
    ] {
        assert_eq!(found(&corpus, text), ["Straße nach Aleppo"], "{text}");
    }
    for text in ["ابو", "\"احمد\"", "\"الشامية\"", "title:\"ابو عمر\""] {
        assert_eq!(found(&corpus, text), ["أبو عمر"], "{text}");
    }
}

proptest! {
    #[test]
    fn what_a_row_of_days_holds_is_what_its_filter_finds(
        days in prop::collection::vec((1u32..29, 0u32..40, any::<bool>()), 1..6),
        from in 1u32..29,
        length in 0u32..40,
    ) {
        let start = day("2016-11-01");
        let plus = |days: u32| start.checked_add_days(Days::new(days.into())).unwrap();
        let drafts = days.iter().map(|(first, length, own)| {
            let range = (plus(*first).to_string(), plus(first + length).to_string());
            let made = draft("x", "then").time("then", Some((&range.0, &range.1)));
            if *own { made.day(&range.0, DayBasis::Stated) } else { made }
        });
        let corpus = corpus(drafts.collect());
        let (from, to) = (plus(from), plus(from + length));
        for (field, name) in [(DayField::Published, "day"), (DayField::Mentioned, "mentioned")] {
            let ids = |text: &str| -> Vec<ArticleId> {
                let answer = answer(&corpus, &question(text), &|| false).unwrap();
                let mut ids: Vec<_> = answer.hits.iter().map(|hit| hit.article).collect();
                ids.sort_unstable();
                ids
            };
            let holding = |holds: &dyn Fn(&Article) -> bool| -> Vec<ArticleId> {
                corpus.articles().filter(|(_, a)| holds(a)).map(|(id, _)| id).collect()
            };
            let inside = holding(&|article| has_day(article, field, Inferred::Shown, from, to));
            prop_assert_eq!(ids(&format!("{name}:{from}..{to}")), inside);
            let undated = holding(&|article| is_undated(article, field, Inferred::Shown));
            prop_assert_eq!(ids(&Condition::Undated(field).to_string()), undated);
        }
    }

    #[test]
    fn a_literal_search_finds_the_articles_that_have_hits(
        text in "[abA ä\nß]{0,12}|[حلبةى ]{0,8}",
        words in "[abs]{1,3}( [ab])?|[حله]{1,2}",
    ) {
        let corpus = corpus(vec![draft(&text, &text), draft("", &text), draft(&text, "")]);
        let query = query(&format!("\"{words}\""));
        let found = answer(&corpus, &Question { query: query.clone(), ..Question::default() }, &|| false);
        let mut found: Vec<_> = found.unwrap().hits.iter().map(|hit| hit.article).collect();
        found.sort_unstable();
        let shown = corpus.articles().filter(|(_, article)| !hits_in(&corpus, article, &query).is_empty());
        let shown: Vec<ArticleId> = shown.map(|(id, _)| id).collect();
        prop_assert_eq!(found, shown);
    }
}

/// An entity that links made part of another keeps its number, and nothing is of its kind any more.
#[test]
fn kinds_count_entities_that_were_linked() {
    let drafts = ["Halab", "Aleppo", "Assad"].map(|name| {
        let kind = match name {
            "Assad" => EntityKind::Person,
            _ => EntityKind::Place,
        };
        draft(name, name).mention(name, name, kind)
    });
    let corpus = corpus(drafts.into());
    let mut links = Links::default();
    links.apply(Link {
        from: Name::new("Halab", EntityKind::Place),
        to: Name::new("Aleppo", EntityKind::Place),
        rule: LinkRule::Spelling,
        reason: "the same sounds".into(),
        confidence: 0.9,
        within: None,
    });
    let linked = corpus.linked(Arc::new(links));
    for corpus in [&linked, &kept(&linked)] {
        assert_eq!(found(corpus, "kind:place"), ["Halab", "Aleppo"]);
        assert_eq!(found(corpus, "kind:person"), ["Assad"]);
    }
}
