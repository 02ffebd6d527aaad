//! One actor through all its spellings, over the documents of `../shared/corpora/aleppo`: what a
//! query for an entity finds is every place that names it, and nothing else.

use std::path::PathBuf;

use khabar::corpus::Corpus;
use khabar::ingest::Source;
use khabar::pipeline::{self, Request};
use khabar::query::{self, Query, Question};
use khabar::text::fold::fold;

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

/// What the articles that a query finds call the entity, folded, sorted; empty where nothing is
/// found.
fn spellings(corpus: &Corpus, query: &str) -> Vec<String> {
    let question = Question {
        query: format!("entity:\"{query}\"").parse::<Query>().unwrap(),
        ..Question::default()
    };
    let answer = query::answer(corpus, &question, &|| false).unwrap();
    if answer.hits.is_empty() {
        return Vec::new();
    }
    // the entity that all hits share and that is called so, or sounds so
    let mut best: Vec<String> = Vec::new();
    for (_, entity) in corpus.entities().iter() {
        let called = entity
            .spellings
            .keys()
            .map(|(_, s)| &**s)
            .chain([&*entity.key]);
        let like = called.map(|s| khabar::text::skeleton::similarity(s, query));
        if like.fold(0.0, f32::max) >= 0.9 {
            best.extend(entity.spellings.keys().map(|(_, spelling)| fold(spelling)));
        }
    }
    best.sort();
    best.dedup();
    best
}

#[test]
fn every_spelling_of_an_actor_and_nothing_else() {
    let Some(corpus) = aleppo() else { return };
    for query in [
        "Jabhat Fatah al-Sham",
        "جبهة فتح الشام",
        "Dschaisch al-Fatah",
        "Ahrar al-Sham",
        "Nur al-Din al-Zinki",
        "Suleiman al-Halabi",
        "al-Hikma School",
        "Liwa al-Quds",
        "Fatah Halab",
        "Abu Omar Saraqib",
        "Jabhat al-Nusra",
        "Halab al-Jadida",
    ] {
        println!("{query}: {:?}", spellings(&corpus, query));
    }
}
