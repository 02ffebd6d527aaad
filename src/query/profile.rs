//! One entity in the whole corpus: its days, its company, its articles. And entities by a name that
//! is being typed.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::corpus::segment::words_of;
use crate::corpus::{ArticleId, Corpus, Entity, EntityId};
use crate::query::fuzzy::{Matcher as _, NearMatcher};
use crate::text::fold::fold;

/// Most entries of each list.
const MOST: usize = 12;

/// Articles that are read for reasons, those with most mentions first.
const READ: usize = 1000;

/// Items looked at between two questions whether to go on.
const BATCH: usize = 256;

/// What the articles of a corpus say of one entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// First and last day of articles that mention it.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Days of articles with most mentions of it, most first.
    pub busiest: Vec<(NaiveDate, u32)>,
    /// Entities in the same articles, with how many articles share both, most first.
    pub company: Vec<(EntityId, u32)>,
    /// Articles with most mentions of it, most first.
    pub articles: Vec<(ArticleId, u32)>,
    /// Why words were taken for it in the articles with most mentions of it, a thousand at most,
    /// each with how often and how surely at best; most often first.
    pub reasons: Vec<(Arc<str>, u32, f32)>,
}

/// The profile of an entity; `None` when `cancelled` said so.
#[must_use]
pub fn profile(corpus: &Corpus, id: EntityId, cancelled: &dyn Fn() -> bool) -> Option<Profile> {
    let Some(entity) = corpus.entities().get(id) else {
        return Some(Profile::default());
    };
    let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    let mut company: FxHashMap<EntityId, u32> = FxHashMap::default();
    let mut articles = Vec::new();
    for batch in corpus.mentioning(id).chunks(BATCH) {
        if cancelled() {
            return None;
        }
        let ids = batch.iter().map(|(article, _)| ArticleId(*article));
        for ((segment, at), (article, mentions)) in corpus.walk(ids).zip(batch) {
            articles.push((ArticleId(*article), *mentions));
            if let Some((day, _)) = segment.day(at) {
                *days.entry(day).or_default() += mentions;
            }
            for (other, _) in segment.entities(at).filter(|(other, _)| *other != id) {
                *company.entry(other).or_default() += 1;
            }
        }
    }
    articles.sort_by_key(|(article, mentions)| (Reverse(*mentions), *article));
    let mut reasons: FxHashMap<Arc<str>, (u32, f32)> = FxHashMap::default();
    for batch in articles
        .get(..READ.min(articles.len()))
        .unwrap_or_default()
        .chunks(BATCH)
    {
        if cancelled() {
            return None;
        }
        for article in batch
            .iter()
            .filter_map(|(article, _)| corpus.article(*article))
        {
            for mention in article.mentions.iter() {
                if mention.kind == entity.kind && mention.entity == entity.key {
                    let known = reasons.entry(Arc::clone(&mention.why)).or_default();
                    *known = (known.0 + 1, known.1.max(mention.confidence));
                }
            }
        }
    }
    articles.truncate(MOST);
    let span = days.keys().next().zip(days.keys().next_back());
    let reasons = reasons
        .into_iter()
        .map(|(why, (count, sure))| (why, count, sure));
    Some(Profile {
        days: span.map(|(first, last)| (*first, *last)),
        busiest: most(
            days.iter().map(|(day, count)| (*day, *count)).collect(),
            |d| (Reverse(d.1), d.0),
        ),
        company: most(company.into_iter().collect(), |c| (Reverse(c.1), c.0)),
        articles,
        reasons: most(reasons.collect(), |r| (Reverse(r.1), Arc::clone(&r.0))),
    })
}

/// The first few in an order.
fn most<T, K: Ord>(mut all: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    all.sort_by_key(key);
    all.truncate(MOST);
    all
}

/// The entities whose keys or spellings match what is typed, near matches included, the best and
/// then the most mentioned first; the most mentioned ones where nothing is typed. `None` when
/// `cancelled` said so.
#[must_use]
pub fn entities_like(
    corpus: &Corpus,
    typed: &str,
    most: usize,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<EntityId>> {
    let typed = fold(typed);
    let words: Vec<&str> = words_of(&typed).collect();
    let listed = corpus.links().listed(typed.trim());
    let matcher = NearMatcher::default();
    let mut found = Vec::new();
    for (number, (id, entity)) in corpus.entities().iter().enumerate() {
        if number % BATCH == 0 && cancelled() {
            return None;
        }
        // what the knowledge base calls it, whether or not the corpus does
        let mut listed = listed.iter();
        let is_listed = listed.any(|name| name.kind == entity.kind && name.key == entity.key);
        let score = likeness(&matcher, entity, &words).unwrap_or(0);
        if is_listed || score > 0 || words.is_empty() {
            found.push((Reverse((is_listed, score)), Reverse(entity.mentions), id));
        }
    }
    found.sort_unstable();
    found.truncate(most);
    Some(found.into_iter().map(|(_, _, id)| id).collect())
}

/// How well an entity's best spelling matches all words.
fn likeness(matcher: &NearMatcher, entity: &Entity, words: &[&str]) -> Option<u32> {
    if words.is_empty() {
        return Some(0);
    }
    let spellings = entity.spellings.keys().map(|(_, spelling)| &**spelling);
    let of_spelling = |spelling: &str| -> Option<u32> {
        let folded = fold(spelling);
        let best = |word: &&str| {
            let scores = words_of(&folded).filter_map(|other| matcher.score(word, other));
            scores.max().map(u32::from)
        };
        words.iter().map(best).sum()
    };
    let all = std::iter::once(&*entity.key).chain(spellings);
    all.filter_map(of_spelling).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{DayBasis, EntityKind};
    use crate::query::testing::{corpus, day, draft};

    fn some_corpus() -> Corpus {
        let mention = |text: &str, of_day: Option<&str>, keys: &[&str]| {
            let mut draft = draft(text, text);
            if let Some(of_day) = of_day {
                draft = draft.day(of_day, DayBasis::Stated);
            }
            keys.iter().fold(draft, |draft, key| {
                draft.mention(key, key, EntityKind::Group)
            })
        };
        corpus(vec![
            mention("Sumar and Qarat", Some("2016-11-03"), &["Sumar", "Qarat"]),
            mention(
                "Sumar, Qarat, Zorgan",
                Some("2016-11-05"),
                &["Sumar", "Qarat", "Zorgan"],
            ),
            mention("Sumar alone", None, &["Sumar"]),
        ])
    }

    #[test]
    fn days_company_and_articles() {
        let corpus = some_corpus();
        let id = |key: &str| corpus.entities().find(key, EntityKind::Group).unwrap();
        let found = profile(&corpus, id("Sumar"), &|| false).unwrap();
        assert_eq!(found.days, Some((day("2016-11-03"), day("2016-11-05"))));
        assert_eq!(
            found.busiest,
            [(day("2016-11-03"), 1), (day("2016-11-05"), 1)]
        );
        assert_eq!(found.company, [(id("Qarat"), 2), (id("Zorgan"), 1)]);
        assert_eq!(found.articles.len(), 3);
        assert_eq!(found.reasons, [(Arc::from("test"), 3, 1.0)]);
        assert_eq!(profile(&corpus, id("Sumar"), &|| true), None);
    }

    #[test]
    fn entities_by_what_is_typed() {
        let corpus = some_corpus();
        let like = |typed: &str| -> Vec<String> {
            let found = entities_like(&corpus, typed, 2, &|| false).unwrap();
            let entities = found.iter().filter_map(|id| corpus.entities().get(*id));
            entities.map(|entity| entity.key.to_string()).collect()
        };
        assert_eq!(like(""), ["Sumar", "Qarat"], "the most mentioned ones");
        assert_eq!(like("zor"), ["Zorgan"]);
        assert_eq!(like("QÁRAT"), ["Qarat"]);
        assert_eq!(like("zorgan sumar"), [""; 0]);
    }
}
