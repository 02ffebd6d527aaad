use proptest::prelude::*;

use super::*;
use crate::corpus::EntityKind;
use crate::corpus::fulltext::token::tokens;
use crate::query::testing::{corpus, draft, kept};
use crate::query::textquery::Reason;
use crate::text::fold::fold;

fn phrase(typed: &str) -> TextQuery {
    TextQuery::Phrase(typed.to_owned(), Matching::WIDE)
}

/// What a question finds: number of the document, surface, reason.
fn shown(corpus: &Corpus, query: &TextQuery) -> Vec<(u32, String, Reason)> {
    let finder = Finder::new(corpus, query, &|| false).unwrap();
    let hits = finder.documents(&|| false).unwrap();
    let mut all = Vec::new();
    for (id, article) in corpus.articles() {
        let matches = finder.matches_in(article);
        let is_hit = hits.iter().any(|hit| hit.article == id);
        assert_eq!(is_hit, !matches.is_empty(), "{query:?} {id:?}");
        let matches = matches.into_iter();
        all.extend(matches.map(|m| (id.0, m.span.of(article.field(m.field)).to_owned(), m.reason)));
    }
    all
}

fn news() -> Corpus {
    corpus(vec![
        draft(
            "",
            "Kämpfer der Dschabhat Fatah asch-Scham verließen die Strasse nach Aleppo.",
        ),
        draft(
            "",
            "Fighters of Jabhat Fatah al-Sham left Aleppo; abhat Fatah al-Sham denied it.",
        )
        .mention("Aleppo", "Aleppo", EntityKind::Place),
        draft(
            "",
            "قال مقاتلو جبهة فتح الشام في حلب إن نور الدين زنكي انسحبت",
        )
        .mention("حلب", "Aleppo", EntityKind::Place),
        draft(
            "",
            "Nur al-Din al-Zinki and Noureddin. Nour went to Halab, al-Din.",
        )
        .mention("Halab", "Aleppo", EntityKind::Place),
        draft("", "Die Straße ist frei. The state said it was used."),
    ])
}

#[test]
fn names_are_found_in_every_spelling_and_script() {
    let corpus = news();
    let front = [
        (0, "Dschabhat Fatah asch-Scham"),
        (1, "Jabhat Fatah al-Sham"),
        (1, "abhat Fatah al-Sham"),
        (2, "جبهة فتح الشام"),
    ];
    for typed in [
        "Jabhat Fatah al-Sham",
        "jabhat fatah al-sham",
        "Dschabhat Fatah asch-Scham",
    ] {
        let found = shown(&corpus, &phrase(typed));
        let found: Vec<_> = found.iter().map(|(n, s, _)| (*n, s.as_str())).collect();
        if typed.starts_with('j') {
            // without a capital no other word in the same script is taken for the name
            assert!(found.contains(&(2, "جبهة فتح الشام")), "{found:?}");
            continue;
        }
        for place in front
            .iter()
            .filter(|(_, s)| *s != "abhat Fatah al-Sham" || typed.starts_with('J'))
        {
            assert!(found.contains(place), "{typed}: {place:?} in {found:?}");
        }
    }
    let found = shown(&corpus, &phrase("Nur al-Din al-Zinki"));
    let found: Vec<_> = found.iter().map(|(n, s, _)| (*n, s.as_str())).collect();
    assert_eq!(found, [(2, "نور الدين زنكي"), (3, "Nur al-Din al-Zinki")]);
}

#[test]
fn a_name_brings_what_the_corpus_links_to_it() {
    let corpus = news();
    for typed in ["Aleppo", "aleppo", "حلب"] {
        let found = shown(&corpus, &phrase(typed));
        let found: Vec<_> = found.iter().map(|(n, s, _)| (*n, s.as_str())).collect();
        for place in [(0, "Aleppo"), (1, "Aleppo"), (2, "حلب"), (3, "Halab")] {
            assert!(found.contains(&place), "{typed}: {place:?} in {found:?}");
        }
        assert_eq!(found.len(), 4, "{found:?}");
    }
    let narrow = TextQuery::Phrase("Aleppo".to_owned(), Matching::FOLDED);
    assert_eq!(shown(&corpus, &narrow).len(), 2);
}

#[test]
fn exact_is_not_even_folded() {
    let corpus = news();
    let found = |matching| shown(&corpus, &TextQuery::Words("Strasse".to_owned(), matching));
    assert_eq!(
        found(Matching::EXACT),
        [(0, "Strasse".to_owned(), Reason::Exact)]
    );
    let folded = [
        (0, "Strasse".to_owned(), Reason::Exact),
        (4, "Straße".to_owned(), Reason::Folded),
    ];
    assert_eq!(found(Matching::FOLDED), folded);
}

#[test]
fn questions_are_joined() {
    let corpus = news();
    let word = |typed: &str| TextQuery::Words(typed.to_owned(), Matching::FOLDED);
    let found = |query: &TextQuery| -> Vec<u32> {
        let finder = Finder::new(&corpus, query, &|| false).unwrap();
        let hits = finder.documents(&|| false).unwrap();
        hits.iter().map(|hit| hit.article.0).collect()
    };
    let not = |query| TextQuery::Not(Box::new(query));
    assert_eq!(
        found(&TextQuery::And(vec![word("fatah"), word("aleppo")])),
        [0, 1]
    );
    assert_eq!(found(&word("fatah aleppo denied")), [1]);
    assert_eq!(
        found(&TextQuery::Or(vec![word("denied"), word("halab")])),
        [1, 3]
    );
    assert_eq!(
        found(&TextQuery::And(vec![word("aleppo"), not(word("denied"))])),
        [0]
    );
    assert_eq!(found(&not(word("aleppo"))), [2, 3, 4]);
    assert_eq!(found(&TextQuery::And(Vec::new())), [0, 1, 2, 3, 4]);
    assert_eq!(found(&TextQuery::Or(Vec::new())), Vec::<u32>::new());
    assert_eq!(found(&TextQuery::Prefix("fatah asch-sch".to_owned())), [0]);
    assert_eq!(found(&TextQuery::Prefix("fata".to_owned())), [0, 1]);
    assert_eq!(found(&word("§")), Vec::<u32>::new());
    assert_eq!(found(&word(";")), [1]);
    assert_eq!(found(&word("")), [0, 1, 2, 3, 4]);
    assert!(
        Finder::new(&corpus, &word("fatah"), &|| true)
            .is_none_or(|f| f.documents(&|| true).is_none())
    );
}

#[test]
fn more_and_shorter_comes_first() {
    let corpus = corpus(vec![
        draft(
            "",
            "storm and a lot of other things that make the text longer than the others",
        ),
        draft("", "storm storm here"),
        draft("storm", "nothing here"),
        draft("", "nothing here"),
    ]);
    let finder = Finder::new(&corpus, &phrase("storm"), &|| false).unwrap();
    let hits = finder.documents(&|| false).unwrap();
    let order: Vec<u32> = best(&hits, 2).iter().map(|hit| hit.article.0).collect();
    assert_eq!(order, [2, 1]);
    assert_eq!(best(&hits, 9).len(), 3);
}

/// The documents of which a folded text holds these words side by side, one by one.
fn scanned(corpus: &Corpus, typed: &str) -> Vec<u32> {
    let typed = fold(typed);
    let wanted: Vec<&str> = tokens(&typed)
        .map(|range| typed.get(range).unwrap())
        .collect();
    let holds = |text: &str| {
        let words: Vec<_> = tokens(text).collect();
        words.windows(wanted.len()).any(|window| {
            let same = window
                .iter()
                .zip(&wanted)
                .all(|(range, word)| text.get(range.clone()) == Some(*word));
            let joined = window.windows(2).all(|pair| {
                text.get(pair[0].end..pair[1].start)
                    .unwrap()
                    .chars()
                    .all(|c| " -'\"_".contains(c))
            });
            same && joined
        })
    };
    let articles = corpus.articles().filter(|(_, article)| {
        [Field::Title, Field::Text]
            .iter()
            .any(|field| holds(&fold(article.field(*field))))
    });
    articles.map(|(id, _)| id.0).collect()
}

proptest! {
    #[test]
    fn literal_words_and_phrases_are_those_of_a_scan(
        texts in prop::collection::vec("([abß]{1,3}[ ,-]){0,6}|([حلب]{1,2}[ ،]){0,4}", 1..7),
        typed in "[abs]{1,3}( [ab]{1,2}){0,2}|[حلب]{1,2}",
    ) {
        let corpus = corpus(texts.iter().map(|text| draft("b a", text)).collect());
        let query = TextQuery::Phrase(typed.clone(), Matching::FOLDED);
        let finder = Finder::new(&corpus, &query, &|| false).unwrap();
        let hits = finder.documents(&|| false).unwrap();
        let found: Vec<u32> = hits.iter().map(|hit| hit.article.0).collect();
        prop_assert_eq!(&found, &scanned(&corpus, &typed));
        let shown = corpus.articles().filter(|(_, article)| !finder.matches_in(article).is_empty());
        prop_assert_eq!(found, shown.map(|(id, _)| id.0).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_shown_is_what_is_found(
        texts in prop::collection::vec("([Aa]lepp?o|حلب|وحلب|Halab|[a-c]{1,4}|Waffenruhe|Waffe|Ruhe|[ ,-]){0,9}", 1..6),
        typed in "[Aa]lepp?o|حلب|[Hh]alab|Waffe|[abc]{1,3}( [abc]{1,2})?|\\PC{0,6}",
        exact: bool,
    ) {
        let corpus = corpus(texts.iter().map(|text| draft("", text)).collect());
        let matching = if exact { Matching::EXACT } else { Matching::WIDE };
        let query = TextQuery::Phrase(typed.clone(), matching);
        let finder = Finder::new(&corpus, &query, &|| false).unwrap();
        let hits = finder.documents(&|| false).unwrap();
        let found: Vec<u32> = hits.iter().map(|hit| hit.article.0).collect();
        let shown = corpus.articles().filter(|(_, article)| !finder.matches_in(article).is_empty());
        let shown = shown.map(|(id, _)| id.0).collect::<Vec<_>>();
        if !fold(&typed).trim().is_empty() {
            prop_assert_eq!(found, shown);
        }
    }
}

/// Ids and scores of what a question finds.
fn hits(corpus: &Corpus, query: &TextQuery) -> Vec<(u32, i64)> {
    let finder = Finder::new(corpus, query, &|| false).unwrap();
    let hits = finder.documents(&|| false).unwrap().into_iter();
    hits.map(|hit| (hit.article.0, hit.score)).collect()
}

proptest! {
    #[test]
    fn articles_that_are_kept_elsewhere_are_found_alike(
        texts in prop::collection::vec("([Aa]lepp?o|حلب|وحلب|Halab|[a-c]{1,3}|§|[ ,-]){0,9}", 1..9),
        typed in "Aleppo|حلب|Halab|[abc]{1,2}( [abc]{1,2}){0,2}|§|[A-C]",
        exact: bool,
    ) {
        let corpus = corpus(texts.iter().map(|text| draft("a b", text)).collect());
        let kept = kept(&corpus);
        let matching = if exact { Matching::EXACT } else { Matching::WIDE };
        let query = TextQuery::Phrase(typed, matching);
        prop_assert_eq!(hits(&kept, &query), hits(&corpus, &query));
    }
}

#[test]
fn words_side_by_side_may_be_a_name() {
    let corpus = news();
    let found = |typed: &str, matching| {
        let query = TextQuery::Words(typed.to_owned(), matching);
        let finder = Finder::new(&corpus, &query, &|| false).unwrap();
        let mut found = Vec::new();
        for hit in finder.documents(&|| false).unwrap() {
            let article = corpus.article(hit.article).unwrap();
            let matches = finder.matches_in(article).into_iter();
            let surface = |m: &Match| m.span.of(article.field(m.field)).to_owned();
            found.extend(matches.map(|m| (hit.article.0, surface(&m))));
        }
        found
    };
    let own = |found: &[(u32, &str)]| -> Vec<(u32, String)> {
        found.iter().map(|(n, s)| (*n, (*s).to_owned())).collect()
    };
    // by its sound, since neighbours vouch for each other
    let zinki = found("Nur al-Din al-Zinki", Matching::WIDE);
    assert_eq!(
        zinki,
        own(&[(2, "نور الدين زنكي"), (3, "Nur al-Din al-Zinki")])
    );
    let with_others = found("aleppo Jabhat Fatah al-Sham denied", Matching::WIDE);
    assert!(with_others.iter().all(|(document, _)| *document == 1));
    assert!(with_others.contains(&(1, "Jabhat Fatah al-Sham".to_owned())));
    // in any order, but then each for itself
    let turned = found("al-Sham Fatah", Matching::WIDE);
    assert!(turned.contains(&(1, "Fatah".to_owned())), "{turned:?}");
    assert_eq!(
        found("Nur al-Din al-Zinki", Matching::FOLDED),
        own(&[(3, "Nur"), (3, "Din"), (3, "Zinki"), (3, "Din")])
    );
}
