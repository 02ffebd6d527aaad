//! What holds of every engine, and that one that is not ours can be one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::corpus::{Article, ArticleId, Corpus, DayBasis, EntityId, EntityKind, Language, Name};
use crate::query::engine::{Cancelled, Engine, Local, Places, documents};
use crate::query::testing::{corpus, draft, question};
use crate::query::{Answer, EntityCount, Highlighter, Hit, Hits, Query, Question, Row};

fn news() -> Arc<Corpus> {
    let places = [("Aleppo", "Aleppo"), ("Berlin", "Berlin")];
    let article = |at: usize, (surface, key): (&str, &str)| {
        let text = format!("{surface} is in the news, number {at}");
        draft(&format!("News {at}"), &text)
            .mention(surface, key, EntityKind::Place)
            .day(&format!("2016-11-{:02}", at % 5 + 1), DayBasis::Stated)
            .language(if at.is_multiple_of(3) {
                Language::German
            } else {
                Language::English
            })
    };
    let articles = (0..40).map(|at| article(at, places[at % 2]));
    Arc::new(corpus(articles.collect()))
}

/// An engine elsewhere, as one request after the other sees it: it gives ids first, and documents
/// by page when somebody wants to read them.
struct Elsewhere {
    /// What it has. Only what crosses the wire may be taken out of it.
    server: Arc<Corpus>,
    /// What was fetched.
    fetched: Vec<OnceLock<Article>>,
    /// How many documents were.
    crossed: AtomicUsize,
    /// Numbers for the names that it gives as text.
    names: Vec<Name>,
}

impl Elsewhere {
    fn new(server: Arc<Corpus>) -> Self {
        Self {
            fetched: (0..server.len()).map(|_| OnceLock::new()).collect(),
            server,
            crossed: AtomicUsize::new(0),
            names: Vec::new(),
        }
    }

    fn reply(&self, question: &Question, cancelled: Cancelled<'_>) -> Option<Answer> {
        crate::query::answer(&self.server, question, cancelled)
    }
}

impl Engine for Elsewhere {
    fn hits(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Hits> {
        let reply: Vec<Hit> = self.reply(question, cancelled)?.hits.iter().collect();
        Some(reply.into_iter().collect())
    }

    fn facets(
        &mut self,
        question: &Question,
        cancelled: Cancelled<'_>,
    ) -> Option<Arc<Vec<EntityCount>>> {
        let reply = self.reply(question, cancelled)?;
        let mut counts = Vec::new();
        for count in reply.entities.iter() {
            let entity = self.server.entities().get(count.entity)?;
            let name = Name {
                key: Arc::clone(&entity.key),
                kind: entity.kind,
            };
            let known = self.names.iter().position(|known| *known == name);
            let number = known.unwrap_or_else(|| {
                self.names.push(name);
                self.names.len() - 1
            });
            counts.push(EntityCount {
                entity: EntityId(u32::try_from(number).unwrap()),
                ..*count
            });
        }
        Some(Arc::new(counts))
    }

    fn days(&mut self, question: &Question, cancelled: Cancelled<'_>) -> Option<Vec<Row>> {
        Some(self.reply(question, cancelled)?.timeline)
    }

    fn name_of(&self, entity: EntityId) -> Option<Name> {
        self.names.get(entity.index()).cloned()
    }

    fn documents(
        &self,
        page: &[ArticleId],
        cancelled: Cancelled<'_>,
    ) -> Option<Vec<(ArticleId, &Article)>> {
        if cancelled() {
            return None;
        }
        let one = |id: &ArticleId| {
            let fetch = || {
                self.crossed.fetch_add(1, Ordering::Relaxed);
                self.server.article(*id).unwrap().clone()
            };
            Some((*id, self.fetched.get(id.index())?.get_or_init(fetch)))
        };
        Some(page.iter().filter_map(one).collect())
    }

    fn places(&self, query: &Query, cancelled: Cancelled<'_>) -> Option<Places<'_>> {
        let ready = Highlighter::new(&self.server, query, cancelled)?;
        Some(Box::new(move |article| ready.matches_in(article)))
    }
}

/// What must hold of every engine over [`news`].
fn holds(engine: &mut dyn Engine) {
    let go_on = || false;
    for text in [
        "",
        "lang:de",
        "\"aleppo\"",
        "entity:Berlin lang:en",
        "nothing at all",
    ] {
        let question = question(text);
        let hits = engine.hits(&question, &go_on).unwrap();
        let entities = engine.facets(&question, &go_on).unwrap();
        let rows = engine.days(&question, &go_on).unwrap();
        let answer = engine.answer(&question, &go_on).unwrap();
        assert_eq!(
            (&answer.hits, &answer.entities, &answer.timeline),
            (&hits, &entities, &rows),
            "{text}: all at once is what single requests give"
        );
        let counted: BTreeMap<String, u32> = entities
            .iter()
            .map(|count| (engine.name_of(count.entity).unwrap(), count.documents))
            .map(|(name, documents)| (name.key.to_string(), documents))
            .collect();
        let ready = engine.places(&question.query, &go_on).unwrap();
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        let mut order = Vec::new();
        for (id, article) in documents(engine, &hits) {
            order.push(id);
            for mention in article.mentions.iter() {
                *found.entry(mention.entity.to_string()).or_default() += 1;
            }
            let is_asked = text.contains("aleppo") || text.contains("Berlin");
            assert_eq!(!ready(article).is_empty(), is_asked, "{text}");
        }
        assert_eq!(order, hits.articles().collect::<Vec<_>>());
        assert_eq!(counted, found, "{text}");
        let of_row = |row: &Row| match row {
            Row::Bucket { articles, .. } | Row::Undated { articles, .. } => *articles as usize,
            Row::Interval { .. } | Row::Gap { .. } => 0,
        };
        assert_eq!(rows.iter().map(of_row).sum::<usize>(), hits.len(), "{text}");
    }
    let question = question("lang:ar");
    assert!(engine.hits(&question, &|| true).is_none());
    assert!(engine.facets(&question, &|| true).is_none());
    assert!(engine.days(&question, &|| true).is_none());
    assert!(engine.answer(&question, &|| true).is_none());
    assert!(engine.documents(&[ArticleId(0)], &|| true).is_none());
    let beyond = engine.documents(&[ArticleId(9), ArticleId(u32::MAX), ArticleId(1)], &|| {
        false
    });
    let beyond: Vec<u32> = beyond.unwrap().iter().map(|(id, _)| id.0).collect();
    assert_eq!(beyond, [9, 1], "what is not there is left out");
}

#[test]
fn the_own_engine_keeps_what_is_promised() {
    holds(&mut Local::new(news()));
}

#[test]
fn so_can_one_that_is_asked_from_afar() {
    let mut engine = Elsewhere::new(news());
    let hits = engine.hits(&question("lang:de"), &|| false).unwrap();
    assert_eq!(engine.crossed.load(Ordering::Relaxed), 0);
    let page: Vec<ArticleId> = hits.articles().take(5).collect();
    for _ in 0..2 {
        assert_eq!(engine.documents(&page, &|| false).unwrap().len(), 5);
        assert_eq!(
            engine.crossed.load(Ordering::Relaxed),
            5,
            "a page, and once"
        );
    }
    holds(&mut engine);
}

#[test]
fn an_engine_follows_its_corpus() {
    let mut engine = Local::default();
    let everything = question("");
    assert_eq!(engine.hits(&everything, &|| false).unwrap().len(), 0);
    engine.turn_to(&news());
    assert_eq!(engine.hits(&everything, &|| false).unwrap().len(), 40);
}
