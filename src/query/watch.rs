//! What to look out for: a file of names and queries, one a line.
//!
//! ```text
//! # comments and blank lines are nothing
//! Jabhat Fatah al-Sham            a name, in any spelling and script, or the words as they stand
//! entity:Minyan lang:ar           a query
//! "humanitarian pause"            a query as well
//! ```

use std::sync::Arc;

use crate::corpus::Corpus;
use crate::query::answer::answer;
use crate::query::question::{Condition, Query, Question, Term};
use crate::query::syntax::SyntaxError;

/// The queries of a file; a document that any of them finds is looked out for.
///
/// # Errors
/// The first line that cannot be read, from 1, and what is wrong with it.
pub fn watch_terms(text: &str) -> Result<Vec<Query>, (usize, SyntaxError)> {
    let mut queries = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let query: Query = line.parse().map_err(|error| (number, error))?;
        let bare = |term: &Term| !term.exclude && matches!(term.condition, Condition::Fuzzy(_));
        if query.terms.iter().all(bare) {
            // a name: fuzzy matching would be too generous for something that nobody looks at
            for condition in [
                Condition::Entity(line.to_owned()),
                Condition::Text(line.to_owned()),
            ] {
                let exclude = false;
                let terms = vec![Term { condition, exclude }];
                queries.push(Query { terms });
            }
        } else {
            queries.push(query);
        }
    }
    Ok(queries)
}

/// The articles that any of some queries finds, by id; `None` when cancelled. Criteria of triage
/// find nothing here.
#[must_use]
pub fn found_by_any(
    corpus: &Corpus,
    queries: &[Query],
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<bool>> {
    let mut found = vec![false; corpus.len()];
    for query in queries {
        let question = Question {
            query: query.clone(),
            marked: Arc::default(),
            ..Question::default()
        };
        for hit in answer(corpus, &question, cancelled)?.hits.iter() {
            if let Some(flag) = found.get_mut(hit.article.index()) {
                *flag = true;
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::EntityKind;
    use crate::query::testing::{corpus, draft};

    #[test]
    fn names_in_any_script_and_queries() {
        let corpus = corpus(vec![
            draft("a", "Kämpfe um Minjan.").mention("Minjan", "Minyan", EntityKind::Place),
            draft("b", "قتال في منيان.").mention("منيان", "Minyan", EntityKind::Place),
            draft("c", "A humanitarian pause."),
            draft("d", "Nothing of it."),
        ]);
        let found = |text: &str| {
            let queries = watch_terms(text).unwrap();
            let found = found_by_any(&corpus, &queries, &|| false).unwrap();
            let numbers = found.iter().enumerate().filter(|(_, found)| **found);
            numbers.map(|(number, _)| number).collect::<Vec<_>>()
        };
        assert_eq!(found("# names\n\nMinyan\n"), [0, 1]);
        assert_eq!(found("منيان"), [0, 1]);
        assert_eq!(found("\u{feff}Humanitarian pause\r\n"), [2]);
        assert_eq!(found("\"pause\"\nentity:Minyan -title:a"), [1, 2]);
        assert_eq!(found(""), [0; 0]);
        let (line, error) = watch_terms("Minyan\nlagn:de").unwrap_err();
        assert_eq!((line, error.column), (2, 1));
    }
}
