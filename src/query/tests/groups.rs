//! OR, NOT and parentheses over fields of every kind: the same articles as by set algebra.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::corpus::{ArticleId, Corpus, DayBasis, EntityKind, Language};
use crate::query::testing::{corpus, draft, found, query, question};
use crate::query::{Condition, Query, Session, Term, answer, hits_in};

fn news() -> Corpus {
    corpus(vec![
        draft("Aleppo falls", "Halab and the army on 4 November.")
            .mention("Halab", "Aleppo", EntityKind::Place)
            .day("2016-11-04", DayBasis::Stated)
            .source("sana"),
        draft("Idlib", "Nothing of Aleppo, halab in lower case.")
            .day("2016-11-05", DayBasis::Stated)
            .language(Language::German),
        draft("حلب", "جبهة فتح الشام في حلب")
            .mention("حلب", "Aleppo", EntityKind::Place)
            .language(Language::Arabic),
        draft("Weather", "Rain.").source("reuters"),
        draft("Aleppo again", "Halabi is no Halab.").day("2016-11-04", DayBasis::Stated),
    ])
}

#[test]
fn groups_mix_fields_of_every_kind() {
    let corpus = news();
    for (text, titles) in [
        ("entity:Aleppo OR day:2016-11-05", "Aleppo falls|Idlib|حلب"),
        ("entity:Aleppo -lang:ar", "Aleppo falls"),
        ("(source:sana OR lang:ar) entity:Aleppo", "Aleppo falls|حلب"),
        (
            "NOT (lang:ar OR lang:de)",
            "Aleppo falls|Weather|Aleppo again",
        ),
        ("-(lang:en day:2016-11-04)", "Idlib|حلب|Weather"),
        ("weather OR \"فتح الشام\"", "حلب|Weather"),
        ("aleppo (again OR falls)", "Aleppo falls|Aleppo again"),
        ("undated OR source:sana", "Aleppo falls|حلب|Weather"),
        (
            "(aleppo day:2016-11-04) OR (lang:ar kind:place)",
            "Aleppo falls|حلب|Aleppo again",
        ),
    ] {
        assert_eq!(found(&corpus, text).join("|"), titles, "{text}");
    }
}

#[test]
fn exact_words_are_whole_and_unfolded() {
    let corpus = news();
    for (text, titles) in [
        ("=Halab", "Aleppo falls|Aleppo again"),
        ("=halab", "Idlib"),
        ("=Hala", ""),
        ("=\"the army\"", "Aleppo falls"),
        ("=\"the  army\"", ""),
        ("=حلب", "حلب"),
        ("-=Halab title:aleppo", ""),
    ] {
        assert_eq!(found(&corpus, text).join("|"), titles, "{text}");
    }
    let (_, article) = corpus.articles().last().unwrap();
    let hits = hits_in(&corpus, article, &query("=Halab OR =nothing"));
    let shown: Vec<&str> = hits.iter().map(|(f, s)| s.of(article.field(*f))).collect();
    assert_eq!(shown, ["Halab"]);
    assert_eq!(
        hits.first().unwrap().1.start as usize,
        "Halabi is no ".len()
    );
}

/// What a term matches, by the answer to each of its leaves alone.
fn by_sets(corpus: &Corpus, term: &Term) -> BTreeSet<ArticleId> {
    let every: BTreeSet<ArticleId> = corpus.articles().map(|(id, _)| id).collect();
    let all = |terms: &[Term]| {
        terms.iter().fold(every.clone(), |left, term| {
            left.intersection(&by_sets(corpus, term)).copied().collect()
        })
    };
    let met: BTreeSet<ArticleId> = match &term.condition {
        Condition::All(terms) => all(terms),
        Condition::Any(terms) => terms
            .iter()
            .flat_map(|term| by_sets(corpus, term))
            .collect(),
        leaf => {
            let mut question = question("");
            question.query = Query {
                terms: vec![Term {
                    condition: leaf.clone(),
                    exclude: false,
                }],
            };
            let answer = answer(corpus, &question, &|| false).unwrap();
            answer.hits.iter().map(|hit| hit.article).collect()
        }
    };
    if term.exclude {
        every.difference(&met).copied().collect()
    } else {
        met
    }
}

fn text() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "aleppo",
        "\"halab\"",
        "=Halab",
        "lang:de",
        "lang:ar",
        "undated",
        "day:2016-11-04",
        "entity:Aleppo",
        "source:sana",
        "title:a",
        "kind:place",
    ]);
    let leaf = leaf.prop_map(ToOwned::to_owned);
    leaf.prop_recursive(3, 10, 3, |inner| {
        let joined = prop::sample::select(vec![" OR ", " ", " AND NOT "]);
        (prop::collection::vec(inner, 2..4), joined, any::<bool>()).prop_map(|(parts, by, not)| {
            format!("{}({})", if not { "-" } else { "" }, parts.join(by))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn groups_match_as_sets_do(texts in prop::collection::vec(text(), 1..4)) {
        let corpus = news();
        // one session for all: what is narrowed is the same as what is asked anew
        let mut session = Session::default();
        for end in 1..=texts.len() {
            let asked = texts.get(..end).unwrap().join(" ");
            let question = question(&asked);
            let answer = session.answer(&corpus, &question, &|| false).unwrap();
            let found: BTreeSet<ArticleId> = answer.hits.iter().map(|hit| hit.article).collect();
            let whole = Term { condition: Condition::All(question.query.terms), exclude: false };
            prop_assert_eq!(found, by_sets(&corpus, &whole), "{}", asked);
        }
    }
}
