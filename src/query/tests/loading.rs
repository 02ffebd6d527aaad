//! A corpus that comes in batches is the same as one that comes at once, and what was published
//! before does not change.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::corpus::{Article, Corpus, EntityKind, Language, Part};
use crate::query::testing::{draft, kept_with, question};
use crate::query::{Question, Sort, answer};

fn some_article() -> impl Strategy<Value = Article> {
    let name = || prop::sample::select(vec!["Aleppo", "Homs", "Asad", "حلب"]);
    let kind = prop::sample::select(vec![EntityKind::Place, EntityKind::Person]);
    let language = prop::sample::select(vec![Language::English, Language::Arabic]);
    let mentions = prop::collection::vec((name(), name(), kind), 0..4);
    (name(), mentions, language).prop_map(|(title, mentions, language)| {
        let text: Vec<&str> = mentions.iter().map(|(surface, ..)| *surface).collect();
        let made = draft(title, &text.join(" ")).language(language);
        let made = mentions.iter().fold(made, |made, (surface, key, kind)| {
            made.mention(surface, key, *kind)
        });
        made.article
    })
}

/// Everything that a corpus says, in words.
fn described(corpus: &Corpus) -> Vec<String> {
    let mut lines = Vec::new();
    for (id, entity) in corpus.entities().iter() {
        assert_eq!(corpus.entities().find(&entity.key, entity.kind), Some(id));
        lines.push(format!("{id:?} {entity:?}"));
    }
    for (id, article) in corpus.articles() {
        let (segment, at) = corpus.locate(id).unwrap();
        assert_eq!(segment.id(at), id);
        let words = Part::ALL.map(|part| {
            let words = segment.words(at, part);
            let mut words: Vec<_> = words.map(|word| corpus.words().get(word)).collect();
            words.sort_unstable();
            words
        });
        let counts: Vec<_> = segment.entities(at).collect();
        let source = corpus.sources().get(segment.source(at));
        let (title, text) = (segment.title(at), segment.text(at));
        lines.push(format!(
            "{id:?} {title} {text} {source:?} {words:?} {counts:?}"
        ));
        assert_eq!(corpus.article(id).unwrap().raw, article.raw);
    }
    for sort in [Sort::Title, Sort::Path] {
        let question = Question {
            sort,
            ..Question::default()
        };
        lines.push(format!("{:?}", answer(corpus, &question, &|| false)));
    }
    lines.push(format!("{:?}", corpus.words_of_every_path().len()));
    lines
}

proptest! {
    #[test]
    fn batches_make_no_difference(
        articles in prop::collection::vec(some_article(), 0..12),
        size in 1usize..5,
    ) {
        let at_once = Corpus::new("test").with(articles.clone(), Vec::new());
        let mut corpus = Corpus::new("test");
        let mut earlier = Vec::new();
        for batch in articles.chunks(size) {
            earlier.push((corpus.clone(), described(&corpus)));
            corpus = corpus.with(batch.to_vec(), Vec::new());
        }
        prop_assert_eq!(described(&corpus), described(&at_once));
        for (snapshot, description) in earlier {
            prop_assert_eq!(described(&snapshot), description);
            prop_assert!(corpus.grew_from(&snapshot));
            prop_assert!(!snapshot.grew_from(&corpus));
        }
    }

    #[test]
    fn entities_count_what_the_articles_mention(
        articles in prop::collection::vec(some_article(), 0..12),
    ) {
        let mut expected: BTreeMap<(String, EntityKind), (u32, u32)> = BTreeMap::new();
        for article in &articles {
            let mut seen = Vec::new();
            for mention in article.mentions.iter() {
                let key = (mention.entity.to_string(), mention.kind);
                let (documents, mentions) = expected.entry(key.clone()).or_default();
                *mentions += 1;
                if !seen.contains(&key) {
                    *documents += 1;
                    seen.push(key);
                }
            }
        }
        let corpus = Corpus::new("test").with(articles, Vec::new());
        let counted = corpus.entities().iter().map(|(_, entity)| {
            assert_eq!(entity.spellings.values().sum::<u32>(), entity.mentions);
            ((entity.key.to_string(), entity.kind), (entity.documents, entity.mentions))
        });
        prop_assert_eq!(counted.collect::<BTreeMap<_, _>>(), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Columns that are read in place are shown before all of them was checked.
    #[test]
    fn damaged_columns_answer_something_and_never_panic(
        articles in prop::collection::vec(some_article(), 1..9),
        flips in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1u8..), 1..6),
    ) {
        let corpus = Corpus::new("test").with(articles, Vec::new());
        let damaged = kept_with(&corpus, |sections| {
            for (section, at, flip) in flips {
                let section = section.index(sections.len());
                if let Some(bytes) = sections.get_mut(section).filter(|bytes| !bytes.is_empty()) {
                    let at = at.index(bytes.len());
                    bytes[at] ^= flip;
                }
            }
        });
        let Some(corpus) = damaged else { return Ok(()) };
        for asked in ["", "al", "text:aleppo", "entity:Homs", "kind:place", "lang:ar", "day:2016", "undated"] {
            for sort in [Sort::Day, Sort::Title, Sort::Path] {
                let asked = Question { sort, ..question(asked) };
                if let Some(answer) = answer(&corpus, &asked, &|| false) {
                    answer.hits.iter().for_each(drop);
                }
            }
        }
        for (id, _) in corpus.entities().iter() {
            let _ = corpus.mentioning(id);
        }
    }
}
