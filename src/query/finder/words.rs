//! Words that a text must hold all of, anywhere, and the names that they may be.
//!
//! `Jabhat Fatah al-Sham` asks for texts that hold the three words, and for those that write
//! جبهة فتح الشام: where words side by side are a name, what it names will do for all of them.

use crate::corpus::Corpus;
use crate::query::expand::typed_words;
use crate::query::finder::Node;
use crate::query::finder::leaf::Leaf;
use crate::query::textquery::Matching;

/// Words that a name is looked for in at most.
const LONGEST: usize = 6;

/// Makes words ready; `None` when cancelled.
pub(super) fn node(
    corpus: &Corpus,
    typed: &str,
    matching: Matching,
    cancelled: &dyn Fn() -> bool,
) -> Option<Node> {
    let words = typed.split_whitespace();
    let words: Vec<&str> = words.filter(|w| !typed_words(w).is_empty()).collect();
    let mut nodes = Vec::new();
    let mut rest = words.as_slice();
    // where the words begin that are no known name
    let mut unnamed = rest;
    while let [_, others @ ..] = rest {
        let name = if matching.scripts {
            name_at_start(corpus, rest, cancelled)?
        } else {
            None
        };
        let Some((name, length)) = name else {
            rest = others;
            continue;
        };
        let before = unnamed.len() - rest.len();
        unknown(
            corpus,
            unnamed.get(..before)?,
            matching,
            cancelled,
            &mut nodes,
        )?;
        let (own, others) = rest.split_at_checked(length)?;
        let own = each(corpus, own, matching, cancelled)?;
        nodes.push(Node::Name(Box::new(Node::Leaf(name)), Box::new(own)));
        rest = others;
        unnamed = others;
    }
    unknown(corpus, unnamed, matching, cancelled, &mut nodes)?;
    Some(match nodes.pop() {
        None => Node::scan(typed),
        Some(only) if nodes.is_empty() => only,
        Some(last) => {
            nodes.push(last);
            Node::And(nodes)
        }
    })
}

/// All of some words, anywhere. `None` when cancelled.
fn each(
    corpus: &Corpus,
    words: &[&str],
    matching: Matching,
    cancelled: &dyn Fn() -> bool,
) -> Option<Node> {
    let words = words.iter();
    let nodes = words.map(|word| Node::leaf(corpus, word, matching, cancelled));
    Some(Node::And(nodes.collect::<Option<_>>()?))
}

/// Adds words that are no known name. Those side by side that are written as names are may be one
/// that is known by its sound alone: then the neighbours vouch for each other.
fn unknown(
    corpus: &Corpus,
    words: &[&str],
    matching: Matching,
    cancelled: &dyn Fn() -> bool,
    nodes: &mut Vec<Node>,
) -> Option<()> {
    for run in words.chunk_by(|a, b| is_written_as_name(a) == is_written_as_name(b)) {
        let own = each(corpus, run, matching, cancelled)?;
        let may_be_name = run.len() > 1 && run.iter().all(|word| is_written_as_name(word));
        nodes.push(if matching.scripts && may_be_name {
            let name = Node::leaf(corpus, &run.join(" "), matching, cancelled)?;
            Node::Name(Box::new(name), Box::new(own))
        } else {
            own
        });
    }
    Some(())
}

/// Whether each part of a word has a capital, but for an article: `al-Zinki`.
fn is_written_as_name(word: &str) -> bool {
    let words = typed_words(word);
    words.last().is_some_and(|word| word.is_capital)
}

/// The longest name that some words begin with, and how many of them it takes. `None` when
/// cancelled, `Some(None)` when they begin with no name of two words at least.
#[expect(
    clippy::option_option,
    reason = "the outer one says, as everywhere here, whether it was cancelled"
)]
fn name_at_start(
    corpus: &Corpus,
    words: &[&str],
    cancelled: &dyn Fn() -> bool,
) -> Option<Option<(Leaf, usize)>> {
    for length in (2..=words.len().min(LONGEST)).rev() {
        let run = words.get(..length)?.join(" ");
        if let Some(name) = Leaf::named(corpus, &run, cancelled)? {
            return Some(Some((name, length)));
        }
    }
    Some(None)
}
