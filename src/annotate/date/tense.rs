//! Which way a sentence looks: the words around an expression that tell past from future.

use super::expression::Expression;
use super::term::Term;
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
    let before = (0..expression.first)
        .rev()
        .take(REACH)
        .map_while(|at| tokens.get(at).filter(|_| !ends_sentence(tokens, at)))
        .find_map(|token| mark(token.term));
    if let Some(direction) = before {
        return direction;
    }
    (expression.next..tokens.len())
        .take(REACH)
        .map_while(|at| {
            let new = tokens
                .get(at)
                .is_some_and(|token| token.gap >= Gap::Paragraph);
            tokens
                .get(at)
                .filter(|_| !new && !ends_sentence(tokens, at))
        })
        .find_map(|token| mark(token.term))
        .unwrap_or(Direction::Unknown)
}

fn mark(term: Term) -> Option<Direction> {
    match term {
        Term::PastMark => Some(Direction::Past),
        Term::FutureMark => Some(Direction::Future),
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
