//! Hits in context (KWIC): where each article of a result shows why it is in it, in the order of
//! the result.
//!
//! A place is a few bytes; its words are read from the article when they are shown, so that a
//! result of a hundred thousand hits costs no more memory than its list of articles.

use crate::corpus::{ArticleId, Corpus, Field, Span};
use crate::query::highlight::Highlighter;
use crate::query::hits::Hits;
use crate::query::question::Query;
use crate::query::textquery::Match;
use crate::text::segment;

/// Places that one batch has at least, unless it is the last.
const BATCH: usize = 256;

/// One hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The article.
    pub article: ArticleId,
    /// The part that `span` counts in.
    pub field: Field,
    /// The hit, in bytes of the field.
    pub span: Span,
}

/// Hands the hits of a query to `take`, in batches, in the order of `hits` and then of the text;
/// `take` says whether to go on. `None` when `cancelled`, which is asked for each article.
pub fn concordance(
    corpus: &Corpus,
    query: &Query,
    hits: &Hits,
    cancelled: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Vec<Place>) -> bool,
) -> Option<()> {
    let ready = Highlighter::new(corpus, query, cancelled)?;
    let mut batch = Vec::new();
    for id in hits.articles() {
        if cancelled() {
            return None;
        }
        let Some(article) = corpus.article(id) else {
            continue;
        };
        let places = ready.hits_in(article).into_iter();
        batch.extend(places.map(|(field, span)| Place {
            article: id,
            field,
            span,
        }));
        if batch.len() >= BATCH && !take(std::mem::take(&mut batch)) {
            return Some(());
        }
    }
    if !batch.is_empty() {
        take(batch);
    }
    Some(())
}

/// The surest of the matches that share a byte with a place.
#[must_use]
pub fn surest(matches: &[Match], field: Field, span: Span) -> Option<&Match> {
    matches
        .iter()
        .filter(|found| found.field == field && found.span.overlaps(span))
        .min_by_key(|found| found.reason)
}

/// The words around a hit, in bytes of the text: at most `reach` characters on either side, not
/// beyond the blank lines around its paragraph; no cluster is cut.
#[must_use]
pub fn context(text: &str, hit: Span, reach: usize) -> Span {
    let range = hit.range();
    let before = text.get(..range.start).unwrap_or("");
    let after = text.get(range.end..).unwrap_or("");
    Span::new(
        range.start - from_paragraph(last_chars(before, reach)).len(),
        range.end + to_paragraph(first_chars(after, reach)).len(),
    )
}

fn last_chars(text: &str, count: usize) -> &str {
    let Some((at, _)) = text.char_indices().rev().take(count).last() else {
        return "";
    };
    let window = text.get(at..).unwrap_or("");
    // where text is left out, the first cluster may have lost its beginning
    let whole = segment::graphemes(window).nth(usize::from(at > 0));
    whole.map_or("", |(start, _)| window.get(start..).unwrap_or(""))
}

fn first_chars(text: &str, count: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(count) else {
        return text;
    };
    // the last cluster that ends within
    let ends = segment::graphemes(text).map(|(at, cluster)| at + cluster.len());
    let end = ends.take_while(|at| *at <= end).last().unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// What stands behind the last blank line.
fn from_paragraph(text: &str) -> &str {
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.ends_with('\n') && line.trim().is_empty() {
            start = at;
        }
    }
    text.get(start..).unwrap_or("")
}

/// What stands before the first blank line.
fn to_paragraph(text: &str) -> &str {
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or("").trim_end_matches(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::EntityKind;
    use crate::query::testing::{corpus, draft, query, question};
    use crate::query::textquery::Reason;

    fn places(corpus: &Corpus, text: &str) -> Vec<Place> {
        let question = question(text);
        let answer = crate::query::answer(corpus, &question, &|| false).unwrap();
        let mut places = Vec::new();
        concordance(
            corpus,
            &question.query,
            &answer.hits,
            &|| false,
            &mut |batch| {
                places.extend(batch);
                true
            },
        )
        .unwrap();
        places
    }

    #[test]
    fn hits_come_in_the_order_of_the_result_and_of_the_text() {
        let corpus = corpus(vec![
            draft("Aleppo", "Aleppo, then Idlib, then ALEPPO."),
            draft("Other", "Nothing."),
            draft("Third", "In Aleppo."),
        ]);
        let shown: Vec<(u32, &str)> = places(&corpus, "\"aleppo\"")
            .iter()
            .map(|place| {
                let article = corpus.article(place.article).unwrap();
                (place.article.0, place.span.of(article.field(place.field)))
            })
            .collect();
        let expected = [(0, "Aleppo"), (0, "Aleppo"), (0, "ALEPPO"), (2, "Aleppo")];
        assert_eq!(shown, expected);
        assert!(places(&corpus, "").is_empty());
    }

    #[test]
    fn batches_stop_when_nobody_takes_them_and_when_cancelled() {
        let drafts = (0..1000)
            .map(|n| draft(&n.to_string(), "war and war"))
            .collect();
        let corpus = corpus(drafts);
        let question = question("\"war\"");
        let answer = crate::query::answer(&corpus, &question, &|| false).unwrap();
        let mut taken = 0;
        let mut once = |batch: Vec<Place>| {
            taken += batch.len();
            false
        };
        let done = concordance(&corpus, &question.query, &answer.hits, &|| false, &mut once);
        assert_eq!((done, taken), (Some(()), 256));
        let never = &mut |_: Vec<Place>| panic!("cancelled");
        let cancelled = concordance(&corpus, &question.query, &answer.hits, &|| true, never);
        assert_eq!(cancelled, None);
    }

    #[test]
    fn every_hit_says_why() {
        let corpus = corpus(vec![
            draft("x", "Straße and Halab and strasse")
                .mention("Halab", "Aleppo", EntityKind::Place)
                .time("and", Some(("2016-11-04", "2016-11-04"))),
        ]);
        let (_, article) = corpus.articles().next().unwrap();
        let said = |text: &str| -> Vec<String> {
            let ready = Highlighter::new(&corpus, &query(text), &|| false).unwrap();
            let matches = ready.matches_in(article).into_iter();
            let say = |found: Match| {
                let surface = found.span.of(article.field(found.field));
                format!("{surface}: {} {}", found.typed, found.reason)
            };
            matches.map(say).collect()
        };
        assert_eq!(
            said("\"strasse\" OR entity:Aleppo -\"and\""),
            [
                "Straße: strasse folded",
                "strasse: strasse exact",
                "Halab: Aleppo alias",
            ]
        );
        assert_eq!(said("mentioned:2016-11"), ["and: mentioned:2016-11 exact"]);
        let ready = Highlighter::new(&corpus, &query("\"strasse\" =Straße"), &|| false).unwrap();
        let all = ready.matches_in(article);
        let sure = surest(&all, Field::Text, Span::new(2, 4)).unwrap();
        assert_eq!(
            (sure.typed.as_str(), sure.reason),
            ("Straße", Reason::Exact)
        );
    }

    #[test]
    fn a_context_ends_at_the_paragraph_and_cuts_no_cluster() {
        let around = |text: &str, hit: &str, reach| {
            let at = text.find(hit).unwrap();
            let span = Span::new(at, at + hit.len());
            context(text, span, reach).of(text).to_owned()
        };
        let text = "Title\n\nOne line\nand the hit here\nand on\n \nNext";
        assert_eq!(
            around(text, "hit", 99),
            "One line\nand the hit here\nand on"
        );
        assert_eq!(around(text, "hit", 4), "he hit her");
        assert_eq!(around(text, "hit", 0), "hit");
        assert_eq!(
            around("e\u{301}e\u{301}xe\u{301}e\u{301}", "x", 3),
            "e\u{301}xe\u{301}"
        );
        assert_eq!(around("x", "x", 3), "x");
    }

    proptest! {
        #[test]
        fn any_context_is_around_its_hit(
            before in "[a\\n é\u{301}حل👩🏽]{0,20}", hit in "[\\PC]{1,4}",
            after in "[a\\n é\u{301}حل👩🏽]{0,20}", reach in 0usize..9,
        ) {
            let text = format!("{before}{hit}{after}");
            let span = Span::new(before.len(), before.len() + hit.len());
            let around = context(&text, span, reach);
            prop_assert!(around.start <= span.start && span.end <= around.end);
            prop_assert!(text.get(around.range()).is_some());
            let chars = around.of(&text).chars().count();
            prop_assert!(chars <= hit.chars().count() + 2 * reach);
        }
    }
}
