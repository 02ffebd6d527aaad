//! Tokens → expressions of time. Rules are functions that look at the tokens from one place on;
//! each is tried where an expression may begin, the most specific first.

use super::expression::{Expression, Meaning};
use super::term::Term;
use super::token::{Gap, Token};
use crate::corpus::{Language, Span};

mod absolute;
mod arabic;
mod clock;
mod edge;
mod english;
mod feast;
mod german;
mod length;
mod month;
mod names;
mod numeric;
mod relative;
mod stretch;
mod year;

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

    /// Whether the token before `at` is a preposition that a date may follow.
    pub(super) fn after_preposition(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            Term::Preposition
                | Term::On
                | Term::Since
                | Term::At
                | Term::Before
                | Term::Toward
                | Term::Onward
        )
    }

    /// Whether a dash ties the tokens `first..next` to a word that has nothing to do with time:
    /// `MIP-Montag`, `Winter-Biathlon`.
    pub(super) fn compound(&self, first: usize, next: usize) -> bool {
        let dash = |at| matches!(self.first(at), Term::Mark('-' | '‑')) && self.glued(at);
        let before = first >= 2
            && self.glued(first)
            && dash(first - 1)
            && self.latin(first - 2)
            && !matches!(self.first(first - 2), Term::Edge(_) | Term::Month(_));
        let after = dash(next)
            && self.glued(next + 1)
            && self.latin(next + 1)
            && self.first(next + 1) == Term::Other;
        before || after
    }

    /// Whether a token is of the same paragraph as the one before it.
    pub(super) fn joined(&self, at: usize) -> bool {
        self.gap(at) < Gap::Paragraph
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens
            .get(at)
            .map_or(Gap::Paragraph, |token| token.gap)
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::capital)
    }

    /// Whether a token is a word of a script other than Arabic.
    pub(super) fn latin(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::latin)
    }

    /// Whether a clitic was cut off an Arabic word.
    pub(super) fn clitic(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::clitic)
    }

    /// Whether an Arabic word carries its article.
    pub(super) fn definite(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::definite)
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
        let next = if cursor.first(at).begins() {
            rules(&cursor, at, &mut found)
        } else {
            None
        };
        match next {
            Some(next) if next > at => at = next,
            _ => {
                found.truncate(known);
                at += 1;
            }
        }
    }
    if language == Language::German {
        german::these_days(&cursor, &mut found);
    }
    found
}

/// Tries the rules at one place; gives the token after what was found.
fn rules(cursor: &Cursor<'_>, at: usize, out: &mut Vec<Expression>) -> Option<usize> {
    numeric::rule(cursor, at, out)
        .or_else(|| absolute::rule(cursor, at, out))
        .or_else(|| {
            let list = continues_years(cursor, at, out.last());
            let found = expression(cursor, at)
                .or_else(|| clock::rule(cursor, at))
                .or_else(|| length::rule(cursor, at))
                .or_else(|| year::rule(cursor, at, list))?;
            out.push(found);
            Some(found.next)
        })
}

/// Whether a year stands just before, joined to this place: `1994, 1995 and 1997`.
fn continues_years(cursor: &Cursor<'_>, at: usize, last: Option<&Expression>) -> bool {
    let joint = matches!(
        cursor.before(at),
        Term::And | Term::To | Term::Toward | Term::Mark(',' | '،' | '-' | '–' | '/')
    );
    let adjacent = |last: &Expression| {
        last.next + 1 == at || last.next + 2 == at && cursor.before(at - 1) == Term::Mark(',')
    };
    joint && last.is_some_and(|last| matches!(last.meaning, Meaning::Year(_)) && adjacent(last))
}

/// The one expression that starts at a place and counts from the document's day.
fn expression(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    relative::weekday(cursor, at)
        .or_else(|| edge::rule(cursor, at))
        .or_else(|| stretch::which(cursor, at).filter(|_| cursor.latin(at)))
        .or_else(|| stretch::quarter(cursor, at))
        .or_else(|| stretch::season(cursor, at))
        .or_else(|| feast::rule(cursor, at))
        .or_else(|| match cursor.language {
            Language::German => german::rule(cursor, at),
            Language::English | Language::Arabic | Language::Other => english::rule(cursor, at),
        })
        .or_else(|| arabic::rule(cursor, at))
}
