//! [`Query`] → text that reads back as it.

use std::fmt;
use std::str::FromStr as _;

use crate::corpus::Language;
use crate::query::question::{Condition, DayField, Query, Term};
use crate::query::syntax::QUOTES;
use crate::query::syntax::days::print_days;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(f, &self.terms)
    }
}

/// Writes terms that must all hold, side by side.
fn write_all(f: &mut fmt::Formatter<'_>, terms: &[Term]) -> fmt::Result {
    // two bare terms side by side would read as one
    let mut bare = false;
    for (place, term) in terms.iter().enumerate() {
        if place > 0 {
            f.write_str(" ")?;
        }
        match &term.condition {
            Condition::Fuzzy(words) if bare && !term.exclude && is_bare(words) => {
                f.write_str("fuzzy:")?;
                write_value(f, words)?;
                bare = false;
            }
            condition => {
                write!(f, "{term}")?;
                bare =
                    !term.exclude && matches!(condition, Condition::Fuzzy(words) if is_bare(words));
            }
        }
    }
    Ok(())
}

/// Writes terms of which one must hold.
fn write_any(f: &mut fmt::Formatter<'_>, terms: &[Term]) -> fmt::Result {
    for (place, term) in terms.iter().enumerate() {
        if place > 0 {
            f.write_str(" OR ")?;
        }
        write!(f, "{term}")?;
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exclude {
            f.write_str("-")?;
        }
        match &self.condition {
            // several words after a minus would be several terms
            Condition::Fuzzy(words) if self.exclude && words.contains(char::is_whitespace) => {
                f.write_str("fuzzy:")?;
                write_value(f, words)
            }
            condition => write!(f, "{condition}"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, value) = match self {
            Self::Fuzzy(words) if is_bare(words) => return f.write_str(words),
            Self::Text(words) => return write_quoted(f, words),
            Self::Exact(words) => {
                f.write_str("=")?;
                return write_value(f, words);
            }
            Self::Any(terms) => {
                f.write_str("(")?;
                write_any(f, terms)?;
                return f.write_str(")");
            }
            Self::All(terms) => {
                f.write_str("(")?;
                write_all(f, terms)?;
                return f.write_str(")");
            }
            Self::Without(leniency) => return write!(f, "{}:off", leniency.field()),
            Self::Links(mode) => return write!(f, "links:{}", mode.name()),
            Self::Undated(DayField::Published) => return f.write_str("undated"),
            Self::Undated(DayField::Mentioned) => return f.write_str("undated:mentioned"),
            Self::Language(Language::Other) => return f.write_str("lang:other"),
            Self::Language(language) => return write!(f, "lang:{}", language.code()),
            Self::Kind(kind) => return write!(f, "kind:{kind}"),
            Self::Days { field, from, to } => {
                let field = match field {
                    DayField::Published => "day",
                    DayField::Mentioned => "mentioned",
                };
                write!(f, "{field}:")?;
                return print_days(f, *from, *to);
            }
            Self::Marked(criterion) => {
                write!(f, "{}:", criterion.field())?;
                return write_value(f, criterion.value());
            }
            Self::Fuzzy(words) => ("fuzzy", words),
            Self::Entity(name) => ("entity", name),
            Self::Source(part) => ("source", part),
            Self::Title(words) => ("title", words),
            Self::Words(words) => ("words", words),
        };
        write!(f, "{field}:")?;
        write_value(f, value)
    }
}

/// Whether a fuzzy term reads as itself when its words stand bare.
fn is_bare(words: &str) -> bool {
    if words.contains(['(', ')']) {
        // what it reads as depends on the parentheses around it
        return false;
    }
    let read = Query::from_str(words);
    let term = Term {
        condition: Condition::Fuzzy(words.to_owned()),
        exclude: false,
    };
    read.is_ok_and(|query| query.terms == [term])
}

/// Writes a value, in quotes where it needs them.
fn write_value(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    let starts_quoted = value.starts_with(|c| QUOTES.iter().any(|(opening, _)| *opening == c));
    let breaks = |c: char| c.is_whitespace() || matches!(c, '(' | ')');
    if value.is_empty() || starts_quoted || value.contains(breaks) {
        write_quoted(f, value)
    } else {
        f.write_str(value)
    }
}

fn write_quoted(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
