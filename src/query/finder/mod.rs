//! A question to the full text, answered: which documents, how well, where and why.
//!
//! ```text
//! TextQuery ─ expand, alias ─► Finder ─┬─ documents: postings, pairs of neighbours, else texts, BM25
//!                                      └─ matches_in: the places in one article, each with a reason
//! ```

mod alias;
mod leaf;
mod lookup;
mod phrase;
mod ranking;
mod sift;
#[cfg(test)]
mod tests;
mod verify;
mod words;

use crate::corpus::{Article, ArticleId, Corpus, Field, Span};
use crate::query::answer::Hit;
use crate::query::expand::typed_words;
use crate::query::finder::leaf::Leaf;
use crate::query::finder::ranking::Weighted;
use crate::query::text::Phrase;
use crate::query::textquery::{Match, Matching, Reason, TextQuery};
use crate::text::fold::{Folded, fold_with_origin};

/// Hundredths: scores of hits are whole numbers.
const SCORE_UNIT: f32 = 100.0;

/// A question made ready for one snapshot of a corpus: what its words may mean there is worked out
/// once, and may be asked of many articles.
#[derive(Debug)]
pub struct Finder<'c> {
    corpus: &'c Corpus,
    root: Node,
}

#[derive(Debug)]
enum Node {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Leaf(Leaf),
    /// A name, or else its words, anywhere.
    Name(Box<Self>, Box<Self>),
    /// What was typed, where it holds no word: every text is looked at.
    Scan(Phrase, String),
}

impl<'c> Finder<'c> {
    /// Makes a question ready; `None` when cancelled.
    pub fn new(
        corpus: &'c Corpus,
        query: &TextQuery,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let root = Node::new(corpus, query, cancelled)?;
        Some(Self { corpus, root })
    }

    /// All documents that match, in the order of their ids, each with its score by BM25 in
    /// hundredths, 1 at least. `None` when cancelled.
    #[must_use]
    pub fn documents(&self, cancelled: &dyn Fn() -> bool) -> Option<Vec<Hit>> {
        let found = self.root.documents(self.corpus, None, cancelled)?;
        let hits = found.into_iter().map(|(document, score)| Hit {
            article: ArticleId(document),
            score: hundredths(score),
        });
        Some(hits.collect())
    }

    /// Where an article matches, in order, not overlapping; the surest reason at each place. What
    /// must not stand there has no place.
    #[must_use]
    pub fn matches_in(&self, article: &Article) -> Vec<Match> {
        let mut matches = Vec::new();
        let fields = [Field::Title, Field::Text];
        let fields = fields.map(|field| (field, fold_with_origin(article.field(field))));
        self.root
            .matches_in(self.corpus, article, &fields, &mut matches);
        apart(matches)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "scores are below a few hundred"
)]
fn hundredths(score: f32) -> i64 {
    // rounded without a call for each
    ((score * SCORE_UNIT + 0.5) as i64).max(1)
}

/// The best hits, best first; of equals the earlier ones.
#[must_use]
pub fn best(hits: &[Hit], count: usize) -> Vec<Hit> {
    let order = |a: &Hit, b: &Hit| b.score.cmp(&a.score).then(a.article.cmp(&b.article));
    let mut hits = hits.to_vec();
    if let Some(last) = count.checked_sub(1).filter(|last| *last < hits.len()) {
        hits.select_nth_unstable_by(last, order);
    }
    hits.truncate(count);
    hits.sort_unstable_by(order);
    hits
}

impl Node {
    fn new(corpus: &Corpus, query: &TextQuery, cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let all = |queries: &[TextQuery]| -> Option<Vec<Self>> {
            let nodes = queries
                .iter()
                .map(|query| Self::new(corpus, query, cancelled));
            nodes.collect()
        };
        Some(match query {
            TextQuery::And(queries) => Self::And(all(queries)?),
            TextQuery::Or(queries) => Self::Or(all(queries)?),
            TextQuery::Not(query) => Self::Not(Box::new(Self::new(corpus, query, cancelled)?)),
            TextQuery::Phrase(typed, matching) => Self::leaf(corpus, typed, *matching, cancelled)?,
            TextQuery::Prefix(typed) if typed_words(typed).is_empty() => Self::scan(typed),
            TextQuery::Prefix(typed) => {
                Self::Leaf(Leaf::new(corpus, typed, Matching::FOLDED, true, cancelled)?)
            }
            TextQuery::Words(typed, matching) => words::node(corpus, typed, *matching, cancelled)?,
        })
    }

    /// A word or phrase as `matching` says.
    fn leaf(
        corpus: &Corpus,
        typed: &str,
        matching: Matching,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        if typed_words(typed).is_empty() {
            return Some(Self::scan(typed));
        }
        let leaf = Leaf::new(corpus, typed, matching, false, cancelled)?;
        Some(Self::Leaf(leaf))
    }

    fn scan(typed: &str) -> Self {
        Self::Scan(Phrase::new(typed), typed.to_owned())
    }

    /// How many documents it costs to ask, roughly.
    fn cost(&self) -> usize {
        match self {
            Self::And(nodes) => nodes.iter().map(Self::cost).min().unwrap_or(usize::MAX),
            Self::Or(nodes) => nodes.iter().map(Self::cost).sum(),
            Self::Leaf(leaf) => leaf.cost(),
            Self::Name(name, words) => name.cost() + words.cost(),
            Self::Not(_) | Self::Scan(..) => usize::MAX,
        }
    }

    /// The documents that match, among some or of all. `None` when cancelled.
    fn documents(
        &self,
        corpus: &Corpus,
        among: Option<&Weighted>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Weighted> {
        if cancelled() {
            return None;
        }
        let everything = || match among {
            Some(among) => among.iter().map(|(document, _)| (*document, 0.0)).collect(),
            None => (0..corpus.fulltext().documents())
                .map(|d| (d, 0.0))
                .collect(),
        };
        match self {
            Self::Scan(phrase, _) => scan(corpus, phrase, &everything(), cancelled),
            Self::Leaf(leaf) => leaf.documents(corpus, among, cancelled),
            Self::Not(node) => {
                let all: Weighted = everything();
                let excluded = node.documents(corpus, Some(&all), cancelled)?;
                Some(ranking::without(&all, &excluded))
            }
            Self::Name(name, words) => {
                let found = name.documents(corpus, among, cancelled)?;
                let more = words.documents(corpus, among, cancelled)?;
                Some(ranking::union(found, more, |a, b| a + b))
            }
            Self::Or(nodes) => {
                let mut found = Weighted::new();
                for node in nodes {
                    let more = node.documents(corpus, among, cancelled)?;
                    found = ranking::union(found, more, |a, b| a + b);
                }
                Some(found)
            }
            Self::And(nodes) => {
                let mut nodes: Vec<&Self> = nodes.iter().collect();
                nodes.sort_by_cached_key(|node| node.cost());
                let mut found: Option<Weighted> = None;
                for node in nodes {
                    let more = node.documents(corpus, found.as_ref().or(among), cancelled)?;
                    found = Some(match found {
                        Some(known) => ranking::both(&known, &more),
                        None => more,
                    });
                }
                Some(found.unwrap_or_else(everything))
            }
        }
    }

    fn matches_in(
        &self,
        corpus: &Corpus,
        article: &Article,
        fields: &[(Field, Folded)],
        matches: &mut Vec<Match>,
    ) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => {
                for node in nodes {
                    node.matches_in(corpus, article, fields, matches);
                }
            }
            Self::Leaf(leaf) => {
                for (field, folded) in fields {
                    leaf.matches_in(corpus, article, *field, folded, matches);
                }
            }
            Self::Name(name, words) => {
                // its words by themselves say nothing where the whole name stands
                let before = matches.len();
                name.matches_in(corpus, article, fields, matches);
                if matches.len() == before {
                    words.matches_in(corpus, article, fields, matches);
                }
            }
            Self::Not(_) => {}
            Self::Scan(phrase, typed) => {
                for (field, folded) in fields {
                    matches.extend(phrase.spans_in(folded).map(|span| Match {
                        field: *field,
                        span,
                        typed: typed.clone(),
                        reason: Reason::Folded,
                    }));
                }
            }
        }
    }
}

/// Those of some documents whose folded text holds a phrase. `None` when cancelled.
fn scan(
    corpus: &Corpus,
    phrase: &Phrase,
    documents: &Weighted,
    cancelled: &dyn Fn() -> bool,
) -> Option<Weighted> {
    verify::each(
        corpus,
        documents,
        cancelled,
        |(segment, at), weight, &mut ()| phrase.is_in(&segment.text(at)).then_some(*weight),
    )
}

/// Matches in order; of those that overlap the surest, and of these the longest, stays.
fn apart(mut matches: Vec<Match>) -> Vec<Match> {
    matches.sort_by(|a, b| {
        let length = |m: &Match| std::cmp::Reverse(m.span.len());
        a.reason
            .cmp(&b.reason)
            .then_with(|| length(a).cmp(&length(b)))
            .then_with(|| a.cmp(b))
    });
    let mut taken: Vec<(Field, Span)> = Vec::new();
    matches.retain(|m| {
        let at =
            taken.partition_point(|(field, span)| (*field, span.start) < (m.field, m.span.start));
        let overlaps = |at: usize| {
            let other = taken.get(at);
            other.is_some_and(|(field, span)| *field == m.field && span.overlaps(m.span))
        };
        if m.span.is_empty() || overlaps(at) || at.checked_sub(1).is_some_and(overlaps) {
            return false;
        }
        taken.insert(at, (m.field, m.span));
        true
    });
    matches.sort();
    matches
}
