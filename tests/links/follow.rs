//! One actor through all its spellings, over the documents of `../shared/corpora/aleppo`: what a
//! query for an entity finds is every place that names it, and nothing else.

use std::path::PathBuf;

use khabar::corpus::Corpus;
use khabar::ingest::Source;
use khabar::pipeline::{self, Request};
use khabar::query::{self, Query, Question};
use khabar::text::fold::fold;
use khabar::text::skeleton::similarity;

fn aleppo() -> Option<std::sync::Arc<Corpus>> {
    let folder = PathBuf::from("../shared/corpora/aleppo");
    if !folder.exists() {
        println!("no ../shared: nobody is followed");
        return None;
    }
    Some(pipeline::load_all(&Request {
        name: "aleppo".to_owned(),
        sources: vec![Source::Path(folder)],
        ..Request::default()
    }))
}

/// The folded spellings of what a query finds: those of the entities that it means.
fn spellings(corpus: &Corpus, query: &str) -> Vec<String> {
    let question = |text: String| Question {
        query: text.parse::<Query>().unwrap(),
        ..Question::default()
    };
    let found = |text: String| {
        let answer = query::answer(corpus, &question(text), &|| false).unwrap();
        let mut ids: Vec<_> = answer.hits.iter().map(|hit| hit.article).collect();
        ids.sort();
        ids
    };
    let by_query = found(format!("entity:\"{query}\""));
    let mut spellings: Vec<String> = Vec::new();
    // the entity is that of which the query is a spelling, in letters or in sound, or a listed name
    let listed = corpus.links().listed(&fold(query));
    for (_, entity) in corpus.entities().iter() {
        let mut called = entity
            .spellings
            .keys()
            .map(|(_, s)| &**s)
            .chain([&*entity.key]);
        let is_listed = listed.iter().any(|name| name.key == entity.key);
        if is_listed || called.any(|name| similarity(name, query) >= 0.9) {
            let by_key = found(format!("entity:\"{}\"", entity.key));
            assert!(
                by_key.iter().all(|id| by_query.contains(id)),
                "{query} misses what {} finds",
                entity.key
            );
            spellings.extend(entity.spellings.keys().map(|(_, spelling)| fold(spelling)));
        }
    }
    spellings.sort();
    spellings.dedup();
    spellings
}

#[test]
fn every_spelling_of_an_actor_and_nothing_else() {
    let Some(corpus) = aleppo() else { return };
    let front: &[&str] = &["nusra", "fatah", "النصره", "فتح"];
    // what each spelling that is found must hold; scripts that must be among them
    for (query, parts, arabic) in [
        ("Jabhat Fatah al-Sham", front, true),
        ("جبهة فتح الشام", front, true),
        ("Jabhat al-Nusra", front, true),
        ("Dschaisch al-Fatah", &["fatah", "فتح"], false),
        ("Ahrar al-Sham", &["ahrar", "احرار"], false),
        ("Nur al-Din al-Zinki", &["zinki", "زنكي"], true),
        ("Suleiman al-Halabi", &["halabi", "حلبي"], false),
        ("al-Hikma School", &["hikm", "حكمه"], false),
        ("Liwa al-Quds", &["quds", "قدس"], false),
        ("Fatah Halab", &["halab", "حلب"], false),
    ] {
        let found = spellings(&corpus, query);
        println!("{query}: {found:?}");
        assert!(!found.is_empty(), "{query}");
        for spelling in &found {
            let own = parts.iter().any(|part| spelling.contains(part));
            assert!(own, "{query} finds {spelling}");
        }
        let has_arabic = found
            .iter()
            .any(|s| s.contains(|c| ('\u{620}'..='\u{64a}').contains(&c)));
        assert!(has_arabic || !arabic, "{query}: {found:?}");
    }
    // one actor: whichever way it is asked for
    let by_name = |query| spellings(&corpus, query);
    assert_eq!(by_name("Jabhat Fatah al-Sham"), by_name("جبهة فتح الشام"));
    assert!(by_name("al-Hikma School").len() >= 4);
}
