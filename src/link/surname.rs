//! A bare surname is the person whose full name the same document gives, if it gives one only.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{ArticleId, Corpus, EntityKind, Link, LinkRule, Name};
use crate::link::census::Census;
use crate::text::skeleton::words;

/// Surnames that are so common that one full name in the corpus says little.
const CORPUS_WIDE: f32 = 0.5;

/// Links surnames within documents; proposes, too weakly to hold, the only full name of a corpus.
pub(super) fn propose(corpus: &Corpus, census: &Census) -> Vec<Link> {
    let mut links = Vec::new();
    let mut bare: FxHashSet<Name> = FxHashSet::default();
    let mut reasons: FxHashMap<Name, Arc<str>> = FxHashMap::default();
    let mut number = 0u32;
    for segment in corpus.segments() {
        for (at, article) in segment.articles().iter().enumerate() {
            let id = ArticleId(number);
            number += 1;
            let mut full: FxHashMap<String, Vec<(Name, Vec<String>)>> = FxHashMap::default();
            let mut alone: Vec<(Name, String)> = Vec::new();
            let persons = segment.annotated(at).iter();
            for mention in persons.filter(|m| m.kind == EntityKind::Person) {
                let mut own = words(mention.span.of(article.field(mention.field)));
                let Some(last) = own.pop() else { continue };
                let name = Name::of(mention);
                if own.is_empty() {
                    if !is_known(census, &name) && !alone.iter().any(|(known, _)| *known == name) {
                        alone.push((name, last));
                    }
                } else {
                    let bearers = full.entry(last).or_default();
                    if !bearers
                        .iter()
                        .any(|(known, given)| *known == name || *given == own)
                    {
                        bearers.push((name, own));
                    }
                }
            }
            for (name, surname) in alone {
                match full.get(&surname).map(Vec::as_slice) {
                    Some([(bearer, _)]) if *bearer != name => {
                        let reason = reasons.entry(bearer.clone()).or_insert_with(|| {
                            Arc::from(format!("surname of {} in this document", bearer.key))
                        });
                        links.push(Link {
                            from: name,
                            to: bearer.clone(),
                            rule: LinkRule::Surname,
                            reason: Arc::clone(reason),
                            confidence: 0.92,
                            within: Some(id),
                        });
                    }
                    Some(_) => {}
                    None => {
                        bare.insert(name);
                    }
                }
            }
        }
    }
    links.extend(in_the_corpus(census, &bare));
    links
}

fn is_known(census: &Census, name: &Name) -> bool {
    let entry = census.find(name).and_then(|number| census.get(number));
    entry.is_some_and(|entry| entry.known)
}

/// Surnames of which the whole corpus has one full name.
fn in_the_corpus(census: &Census, bare: &FxHashSet<Name>) -> Vec<Link> {
    let mut full: FxHashMap<String, Vec<&Name>> = FxHashMap::default();
    for entry in census.entries() {
        if entry.name.kind == EntityKind::Person {
            let mut own = words(&entry.name.key);
            if let Some(last) = own.pop()
                && !own.is_empty()
            {
                full.entry(last).or_default().push(&entry.name);
            }
        }
    }
    let only = |name: &Name| -> Option<Link> {
        let surname = words(&name.key).pop()?;
        let [bearer] = full.get(&surname)?.as_slice() else {
            return None;
        };
        Some(Link {
            from: name.clone(),
            to: (*bearer).clone(),
            rule: LinkRule::Surname,
            reason: Arc::from(format!(
                "the only full name with this surname: {}",
                bearer.key
            )),
            confidence: CORPUS_WIDE,
            within: None,
        })
    };
    bare.iter().filter_map(only).collect()
}
