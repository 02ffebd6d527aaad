//! Tokens → expressions of time. Rules are functions that look at the tokens from one place on;
//! each is tried where an expression may begin, the most specific first.

use super::expression::{Expression, Meaning};
use super::term::Term;
use super::token::{Gap, Token};
use crate::corpus::{Language, Span};

mod absolute;
mod arabic;
mod english;
mod german;
mod names;
mod numeric;
mod relative;

/// The tokens of a field, as rules look at them.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) language: Language,
}

impl Cursor<'_> {
    /// The meaning of a token, `End` outside of the text.
    pub(super) fn first(&self, at: usize) -> Term {
        self.tokens.get(at).map_or(Term::End, |token| token.term)
    }

    /// The meaning of a token that continues an expression: `End` past an empty line, which no
    /// expression crosses.
    pub(super) fn term(&self, at: usize) -> Term {
        match self.tokens.get(at) {
            Some(token) if token.gap < Gap::Paragraph => token.term,
            _ => Term::End,
        }
    }

    /// The meaning of the token before `at` on the same paragraph.
    pub(super) fn before(&self, at: usize) -> Term {
        match (self.tokens.get(at), at.checked_sub(1)) {
            (Some(token), Some(previous)) if token.gap < Gap::Paragraph => self.first(previous),
            _ => Term::End,
        }
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0 && self.gap(at) == Gap::None
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens
            .get(at)
            .map_or(Gap::Paragraph, |token| token.gap)
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// Whether a token is a word of a script other than Arabic.
    pub(super) fn latin(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.latin)
    }

    /// Whether a token begins a sentence, as far as marks tell.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        self.gap(at) >= Gap::Line
            || matches!(
                self.before(at),
                Term::End
                    | Term::Mark(
                        '.' | '!' | '?' | ':' | '؟' | '"' | '“' | '„' | '»' | '-' | '–' | '—' | '`'
                    )
            )
    }

    /// The expression over the tokens `first..next`.
    pub(super) fn found(
        &self,
        first: usize,
        next: usize,
        meaning: Meaning,
        rule: &'static str,
    ) -> Expression {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let end = next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(start, |token| token.end);
        Expression {
            span: Span { start, end },
            first,
            next,
            meaning,
            part: None,
            clock: None,
            edge: None,
            rule,
        }
    }
}

/// All expressions of a field, in order, not overlapping.
pub(super) fn parse(tokens: &[Token], language: Language) -> Vec<Expression> {
    let cursor = Cursor { tokens, language };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let known = found.len();
        let next = if matches!(cursor.first(at), Term::Other | Term::Mark(_)) {
            None
        } else {
            rules(&cursor, at, &mut found)
        };
        match next {
            Some(next) if next > at => at = next,
            _ => {
                found.truncate(known);
                at += 1;
            }
        }
    }
    found
}

/// Tries the rules at one place; gives the token after what was found.
fn rules(cursor: &Cursor<'_>, at: usize, out: &mut Vec<Expression>) -> Option<usize> {
    numeric::rule(cursor, at, out)
        .or_else(|| absolute::rule(cursor, at, out))
        .or_else(|| {
            let found = expression(cursor, at)?;
            out.push(found);
            Some(found.next)
        })
}

/// The one expression that starts at a place, apart from lists and ranges of days.
fn expression(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    relative::weekday(cursor, at)
        .or_else(|| match cursor.language {
            Language::German => german::rule(cursor, at),
            Language::English | Language::Arabic | Language::Other => english::rule(cursor, at),
        })
        .or_else(|| arabic::rule(cursor, at))
}
