//! The role of a full date by where it stands: dateline, publication line, message, caption.

use super::kernel::{self, Kernel};
use crate::annotate::date::expression::Expression;
use crate::annotate::date::reading::Reading;
use crate::annotate::date::term::Term;
use crate::annotate::date::token::{Gap, Token};

/// Tokens at the head of a text among which a dateline is looked for: a headline and a line more.
const HEAD: usize = 45;

fn term(reading: &Reading, at: usize) -> Term {
    reading.tokens.get(at).map_or(Term::End, |token| token.term)
}

fn token(reading: &Reading, at: usize) -> Option<&Token> {
    reading.tokens.get(at)
}

/// Whether a line begins at a token.
fn begins_line(reading: &Reading, at: usize) -> bool {
    at == 0 || token(reading, at).is_none_or(|token| token.gap >= Gap::Line)
}

/// The role of a full date, `None` for one that the text only speaks of.
pub(super) fn role(reading: &Reading, expression: &Expression) -> Option<&'static Kernel> {
    let (first, next) = (expression.first, expression.next);
    let before = (1..=4).map(|back| {
        first
            .checked_sub(back)
            .map_or(Term::End, |at| term(reading, at))
    });
    let mut labels = before.take_while(|term| *term != Term::Mark('.'));
    if labels.any(|term| term == Term::Published) {
        return Some(&kernel::PUBLISHED);
    }
    // `اليوم الخميس 01 أكتوبر 2015`
    if term(reading, first) == Term::Days(0) {
        return Some(&kernel::TODAY);
    }
    if message(reading, first) {
        return Some(&kernel::TWEET);
    }
    let alone = begins_line(reading, first) && ends_line(reading, next);
    let led = first > 0
        && matches!(
            term(reading, first - 1),
            Term::Preposition
                | Term::On
                | Term::Since
                | Term::Toward
                | Term::Before
                | Term::Of
                | Term::Article
                | Term::To
                | Term::And
                | Term::Mark('(')
        );
    if led {
        return None;
    }
    if first < HEAD && (alone || opens(reading, next) && !ends_line(reading, next)) {
        return Some(&kernel::DATELINE);
    }
    let last = reading.tokens.len().saturating_sub(next) < 12;
    if alone && last {
        return Some(&kernel::DATELINE);
    }
    let comma = first > 0 && matches!(term(reading, first - 1), Term::Mark(',' | '،'));
    if ends_line(reading, next) && (comma || alone) {
        return Some(&kernel::CAPTION);
    }
    None
}

/// Whether the line ends at a token, apart from a time on the clock.
fn ends_line(reading: &Reading, at: usize) -> bool {
    let mut at = at;
    while matches!(
        term(reading, at),
        Term::Number(..) | Term::Mark(':' | '-' | '|' | ')') | Term::Zone | Term::Meridiem(_)
    ) && !begins_line(reading, at)
    {
        at += 1;
    }
    begins_line(reading, at)
}

/// Whether a text opens behind a date: a capital, a dash, a time.
fn opens(reading: &Reading, at: usize) -> bool {
    match term(reading, at) {
        Term::Mark('-' | '–' | '—' | '_' | '(' | '|' | ':' | '`' | '"' | '“')
        | Term::Number(..) => true,
        _ => token(reading, at).is_some_and(Token::capital),
    }
}

/// Whether a handle stands shortly before: `— Name (@handle) November 3, 2016`.
fn message(reading: &Reading, first: usize) -> bool {
    (1..=8)
        .filter_map(|back| first.checked_sub(back))
        .take_while(|at| !begins_line(reading, at + 1))
        .any(|at| term(reading, at) == Term::Mark('@'))
}

/// Whether a day and month without a year is a wire's dateline: `NAIROBI, August 21 (Xinhua) --`.
pub(super) fn wire(reading: &Reading, expression: &Expression) -> bool {
    let comma = expression.first > 0
        && matches!(
            term(reading, expression.first - 1),
            Term::Mark(',' | '،' | '/')
        );
    expression.first < 14
        && comma
        && matches!(
            term(reading, expression.next),
            Term::Mark('(' | '-' | '–' | '—' | '_' | '/')
        )
}
