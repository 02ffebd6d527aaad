//! Which way a sentence looks: the words around an expression that tell past from future.

use super::expression::Expression;
use super::term::{Edge, Term};
use super::token::{Gap, Token};

/// Which side of the document's day a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// How far to look, in tokens.
const REACH: usize = 24;

/// The direction of the words around an expression. Marks in its own sentence count, the nearest
/// one before it most; a mark behind it decides only when none stands before it.
pub(super) fn direction(tokens: &[Token], expression: &Expression) -> Direction {
    // `the government Saturday condemned`
    let verb = tokens.get(expression.next).map(|token| token.term);
    if matches!(verb, Some(Term::PastMark | Term::Intent)) {
        return Direction::Past;
    }
    let at_comma =
        |at: &usize| matches!(tokens.get(*at).map(|t| t.term), Some(Term::Mark(',' | '،')));
    let before = || {
        (0..expression.first)
            .rev()
            .take(REACH)
            .take_while(|at| !ends_sentence(tokens, *at))
    };
    let after = || {
        (expression.next..tokens.len())
            .take(REACH)
            .take_while(|at| {
                let new = tokens.get(*at).is_some_and(|t| t.gap >= Gap::Paragraph);
                !new && !ends_sentence(tokens, *at)
            })
    };
    let says = |at: usize| mark(tokens, at, expression.first);
    // the clause first, then the sentence
    before()
        .take_while(|at| !at_comma(at))
        .find_map(says)
        .or_else(|| after().take_while(|at| !at_comma(at)).find_map(says))
        .or_else(|| before().find_map(says))
        .or_else(|| after().find_map(says))
        .unwrap_or(Direction::Unknown)
}

/// What the token at `at` says about an expression that starts at `first`.
fn mark(tokens: &[Token], at: usize, first: usize) -> Option<Direction> {
    let term = |at: usize| tokens.get(at).map_or(Term::End, |token| token.term);
    match term(at) {
        // `expected to be released`
        Term::PastMark if at > 0 && term(at - 1) == Term::Be => None,
        Term::FutureMark => Some(Direction::Future),
        // `planned to leave`, `set for April`
        Term::Intent if matches!(term(at + 1), Term::To | Term::Preposition) => {
            Some(Direction::Future)
        }
        Term::Intent | Term::PastMark => Some(Direction::Past),
        // `to be`
        Term::Be if at > 0 && term(at - 1) == Term::To => Some(Direction::Future),
        // `by Friday`, `ab Juli`; but `Until Friday, they had not`
        Term::Toward if at + 1 == first && tokens.get(at).is_some_and(|token| !token.capital()) => {
            Some(Direction::Future)
        }
        Term::Onward if at + 1 == first => Some(Direction::Future),
        // `as early as`, `as soon as`
        Term::As
            if at + 1 == first
                && at > 0
                && matches!(term(at - 1), Term::Soon | Term::Edge(Edge::Start)) =>
        {
            Some(Direction::Future)
        }
        _ => None,
    }
}

/// Whether the token at `at` is a full stop with white space behind it, or its like.
pub(super) fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return true;
    };
    let gap = tokens.get(at + 1).map_or(Gap::Paragraph, |next| next.gap);
    match token.term {
        Term::Mark('!' | '?' | '؟') => true,
        Term::Mark('.') => {
            let number_before = at
                .checked_sub(1)
                .and_then(|previous| tokens.get(previous))
                .is_some_and(|previous| {
                    matches!(previous.term, Term::Number(..) | Term::ShortMonth(_))
                });
            gap > Gap::None && !(number_before && token.gap == Gap::None && gap == Gap::Space)
        }
        _ => gap == Gap::Paragraph,
    }
}
