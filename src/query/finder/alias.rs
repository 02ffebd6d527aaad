//! Which entities a typed name means, and how else the corpus spells them.

use rustc_hash::FxHashMap;

use crate::corpus::fulltext::sound::hash_of;
use crate::corpus::{ArticleId, Corpus, EntityId, EntityKind, Name};
use crate::query::expand::{Typed, typed_words};
use crate::query::finder::phrase::{Heard, Phrase};
use crate::query::finder::ranking::Weighted;
use crate::text::fold::fold;
use crate::text::skeleton::{skeleton, words};

/// Documents looked at to learn what a name means.
const SAMPLE: usize = 12;

/// Spellings of an entity that are looked for in texts where no name was found.
const SPELLINGS: usize = 24;

/// Whether a word stands in a name anywhere, as far as the index knows.
pub(super) fn is_in_names(corpus: &Corpus, word: &Typed) -> bool {
    let text = corpus.fulltext();
    let number = text.words().find(&word.folded);
    number.is_none_or(|number| {
        let mut sounding = text.sounding(hash_of(&skeleton(&word.folded)));
        sounding.any(|sounding| sounding.word == number && sounding.is_name)
    })
}

/// The entities that a name means: by key, by what the knowledge base lists, and those that half
/// of the places where it stands mention at least.
pub(super) fn entities(
    corpus: &Corpus,
    typed: &str,
    phrase: &Phrase,
    found: &Weighted,
) -> Vec<EntityId> {
    let table = corpus.entities();
    let capitals = with_capitals(typed.trim());
    let mut ids: Vec<EntityId> = EntityKind::ALL
        .iter()
        .flat_map(|kind| {
            [
                table.find(typed.trim(), *kind),
                table.find(&capitals, *kind),
            ]
        })
        .flatten()
        .collect();
    let listed = corpus.links().listed(&fold(typed.trim())).iter();
    ids.extend(listed.filter_map(|name| table.find(&name.key, name.kind)));
    ids.extend(mentioned(corpus, phrase, found));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A name as keys are written: each word with a capital.
fn with_capitals(name: &str) -> String {
    let mut capitals = String::with_capacity(name.len());
    let mut before = ' ';
    for c in name.chars() {
        if before == ' ' {
            capitals.extend(c.to_uppercase());
        } else {
            capitals.push(c);
        }
        before = c;
    }
    capitals
}

/// The entities that half of the places where a phrase stands mention at least.
fn mentioned(corpus: &Corpus, phrase: &Phrase, found: &Weighted) -> Vec<EntityId> {
    let mut heard = Heard::default();
    let mut places = 0usize;
    let mut names: FxHashMap<Name, usize> = FxHashMap::default();
    let step = found.len().div_ceil(SAMPLE).max(1);
    let ids = found.iter().step_by(step).map(|(id, _)| ArticleId(*id));
    for (segment, at) in corpus.walk(ids) {
        let text = segment.text(at);
        let matches = phrase.matches(&text, &mut heard).into_iter();
        let spelt: Vec<String> = matches
            .map(|(range, _)| words(text.get(range).unwrap_or("")).join(" "))
            .collect();
        places += spelt.len();
        let Some(article) = segment.articles().get(at) else {
            continue;
        };
        for mention in article.mentions.iter() {
            let surface = words(mention.span.of(article.field(mention.field))).join(" ");
            if spelt.contains(&surface) {
                *names.entry(Name::of(mention)).or_default() += 1;
            }
        }
    }
    let most = names.into_iter().filter(|(_, count)| count * 2 >= places);
    most.filter_map(|(name, _)| corpus.entities().find(&name.key, name.kind))
        .collect()
}

/// The spellings of entities that are names by themselves, of as many words as were typed at
/// least: a surname alone may be another's.
pub(super) fn spellings(corpus: &Corpus, entities: &[EntityId], typed: usize) -> Vec<String> {
    let mut found = Vec::new();
    for entity in entities.iter().filter_map(|id| corpus.entities().get(*id)) {
        let mut spellings: Vec<(u32, &str)> = entity
            .spellings
            .iter()
            .map(|((_, spelling), count)| (*count, spelling.as_ref()))
            .collect();
        spellings.sort_unstable_by(|a, b| b.cmp(a));
        for (_, spelling) in spellings.into_iter().take(SPELLINGS) {
            let letters: usize = spelling.chars().filter(|c| c.is_alphabetic()).count();
            // short Latin names are acronyms, which fold to common words: IS, US, WHO
            let least = if spelling.is_ascii() { 4 } else { 3 };
            if letters >= least
                && words(spelling).len() >= typed
                && !typed_words(spelling).is_empty()
            {
                found.push(spelling.to_owned());
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
