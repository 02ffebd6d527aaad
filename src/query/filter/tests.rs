use proptest::prelude::*;

use super::*;
use crate::query::testing::{corpus, draft, filter};

proptest! {
    #[test]
    fn what_is_known_of_the_full_text_is_what_each_article_says(
        texts in prop::collection::vec("([abc]{1,2}[ ,]){0,5}", 1..140),
        typed in prop::sample::select(vec![
            "\"a\"", "\"a\" \"b\"", "\"a\" OR \"b\"", "(\"a\" OR \"b\") \"c\"", "\"a\" -\"b\"",
            "\"a\" OR lang:de", "(\"a\" \"b\") OR \"c\"", "\"a\" OR -\"b\"", "\"ab\" c", "-\"a\"",
            "lang:de", "\"a\" lang:de", "\"a b\" OR \"c\" OR title:c",
        ]),
    ) {
        let drafts = texts.iter().enumerate().map(|(n, text)| {
            let draft = draft(if n % 3 == 0 { "a c" } else { "b" }, text);
            draft.language(if n % 2 == 0 { Language::German } else { Language::English })
        });
        let corpus = corpus(drafts.collect());
        let filter = filter(&corpus, typed);
        let hits = filter.matching(&corpus, &Candidates::ALL, &|| false).unwrap();
        let passing = corpus.places().filter(|(segment, at)| {
            filter.tests.iter().all(|test| passes(test, segment, *at))
                && filter.names.is_passed(segment, *at)
        });
        let passing: Vec<u32> = passing.map(|(segment, at)| segment.id(at).0).collect();
        prop_assert_eq!(hits.iter().collect::<Vec<_>>(), passing);
        if let Some(scores) = filter.scores_of(&hits) {
            let each = hits.iter().map(|id| filter.score(&corpus, ArticleId(id)));
            let scores: Vec<i64> = scores.into_iter().map(i64::from).collect();
            prop_assert_eq!(scores, each.collect::<Vec<_>>());
        }
    }
}
