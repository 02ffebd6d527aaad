//! The query language: text → [`Query`], and [`Query`] → text that means the same.
//!
//! ```text
//! query = all { "OR" all }             any of them
//! all   = { ["AND"] not }              every one: "AND" may be left out, and binds closer than "OR"
//! not   = { "NOT" } ["-"] term         not that
//! term  = word                         fuzzy; words side by side are one term
//!       | "words:" (word | '"' words '"')   in the full text, anywhere, or the name they are
//!       | '"' words '"'                in the full text, as `text:`
//!       | "=" (word | '"' words '"')   in the full text exactly as written
//!       | field ":" value              value is a word or stands in quotes
//!       | "undated"
//!       | "(" query ")"
//! ```
//!
//! `AND`, `OR` and `NOT` count in capitals only. `spelling:off` and `scripts:off` hold for all words
//! of the query, wherever they stand; so does `links:off`
//! (or `stated`, `all`), which says how the corpus is linked. Columns count characters from 1. Reading is [`str::parse`],
//! or [`Query::in_text`] where bare words ask for the full text, as `words:`; printing is
//! [`Display`](std::fmt::Display), and reads back in the first way.

use std::str::FromStr;

use crate::corpus::{EntityKind, Language, LinkMode};
use crate::query::question::{Condition, DayField, Leniency, Query};
use crate::query::syntax::days::parse_days;

mod caret;
mod days;
mod expression;
mod marks;
mod print;
#[cfg(test)]
mod tests;

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}")]
pub struct SyntaxError {
    /// Column of the first wrong character, counted in characters from 1.
    pub column: usize,
    /// What was found there and what was expected.
    pub message: String,
}

/// The fields, in the order in which they are listed for users.
pub const FIELDS: &[&str] = &[
    "text",
    "words",
    "title",
    "source",
    "lang",
    "entity",
    "kind",
    "day",
    "mentioned",
    "undated",
    "fuzzy",
    "spelling",
    "scripts",
    "links",
    "is",
    "tag",
    "note",
];

/// Quotation marks that open a quotation, each with those that close it.
const QUOTES: &[(char, &[char])] = &[
    ('"', &['"']),
    ('«', &['»']),
    ('»', &['«']),
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('”', &['”', '“']),
];

impl FromStr for Query {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Reader::new(text, Bare::Names).query()
    }
}

impl Query {
    /// Reads a query whose bare words ask for the full text, all of them anywhere: as the words of
    /// a search and not of a filter.
    ///
    /// # Errors
    /// When the text is no query: where, and what was expected.
    pub fn in_text(text: &str) -> Result<Self, SyntaxError> {
        Reader::new(text, Bare::Text).query()
    }
}

/// What bare words ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bare {
    /// Names, fuzzily; words side by side are one term.
    Names,
    /// The full text; words side by side are one term.
    Text,
}

/// Reads a query character by character.
struct Reader<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    /// Column of the next character.
    column: usize,
    /// What bare words ask for.
    bare: Bare,
    /// Columns of the parentheses that are open.
    open: Vec<usize>,
}

/// A word as it stands: up to white space, or, for a value, a quotation.
struct Value {
    text: String,
    column: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, bare: Bare) -> Self {
        Self {
            rest: text.chars().peekable(),
            column: 1,
            bare,
            open: Vec::new(),
        }
    }

    fn next_if(&mut self, wanted: impl FnOnce(char) -> bool) -> Option<char> {
        let c = self.rest.next_if(|c| wanted(*c))?;
        self.column += 1;
        Some(c)
    }

    /// The next character of a word: white space ends it, and so does a `)` that closes a group.
    /// `inside` counts the parentheses that the word itself has opened: `Foo_(bar)`.
    fn next_of_word(&mut self, inside: &mut usize) -> Option<char> {
        let closes = *inside == 0;
        let c = self.next_if(|c| !c.is_whitespace() && (c != ')' || !closes))?;
        match c {
            '(' => *inside += 1,
            ')' => *inside -= 1,
            _ => {}
        }
        Some(c)
    }

    /// A term that is no group. `minus` is the column of a `-` right before it.
    fn term(&mut self, minus: Option<usize>) -> Result<Read, SyntaxError> {
        if let Some(quoted) = self.quotation()? {
            let column = quoted.column;
            return Ok(Read::Condition(Condition::Text(quoted.filled(column, "")?)));
        }
        let column = self.column;
        if self.next_if(|c| c == '=').is_some() {
            let value = self.value()?;
            let at = value.column;
            return Ok(Read::Condition(Condition::Exact(value.filled(at, "=")?)));
        }
        let mut word = String::new();
        let mut inside = 0;
        while let Some(c) = self.next_of_word(&mut inside) {
            if c == ':' && self.is_field(&word) {
                let value = self.value()?;
                return condition(&word, column, value).map(Read::Condition);
            }
            word.push(c);
        }
        if let (Some(minus), true) = (minus, word.is_empty()) {
            return Err(SyntaxError {
                column: minus,
                message: "nothing to exclude: a term expected right after “-”".to_owned(),
            });
        }
        if word.eq_ignore_ascii_case("undated") {
            let condition = Condition::Undated(DayField::Published);
            return Ok(Read::Condition(condition));
        }
        Ok(Read::Bare(word))
    }

    /// The value of a field: a quotation or a word.
    fn value(&mut self) -> Result<Value, SyntaxError> {
        Ok(match self.quotation()? {
            Some(quoted) => quoted,
            None => self.word(),
        })
    }

    /// Whether a word before a colon is meant as a field. `Aleppo: …` and `https://…` are text that
    /// someone pasted.
    fn is_field(&mut self, word: &str) -> bool {
        let known = FIELDS.iter().any(|field| word.eq_ignore_ascii_case(field));
        let named = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
        let valued = self
            .rest
            .peek()
            .is_some_and(|c| !c.is_whitespace() && !matches!(c, '/' | ')'));
        known || named && valued
    }

    fn word(&mut self) -> Value {
        let column = self.column;
        let mut text = String::new();
        let mut inside = 0;
        while let Some(c) = self.next_of_word(&mut inside) {
            text.push(c);
        }
        Value { text, column }
    }

    /// A quotation, when one begins here.
    fn quotation(&mut self) -> Result<Option<Value>, SyntaxError> {
        let column = self.column;
        let Some((_, closing)) = self
            .rest
            .peek()
            .and_then(|c| QUOTES.iter().find(|(opening, _)| opening == c))
        else {
            return Ok(None);
        };
        self.next_if(|_| true);
        let mut text = String::new();
        while let Some(c) = self.next_if(|_| true) {
            if closing.contains(&c) {
                return Ok(Some(Value { text, column }));
            }
            let escaped = (c == '\\')
                .then(|| self.next_if(|next| next == '\\' || closing.contains(&next)))
                .flatten();
            text.push(escaped.unwrap_or(c));
        }
        let closing = closing.first().copied().unwrap_or('"');
        Err(SyntaxError {
            column,
            message: format!("a quotation without end: {closing} expected"),
        })
    }
}

/// What a term says before it is joined with its neighbours.
enum Read {
    Bare(String),
    Condition(Condition),
}

impl Value {
    /// The text, unless it is blank; the error then stands at `column`.
    fn filled(self, column: usize, field: &str) -> Result<String, SyntaxError> {
        if self.text.trim().is_empty() {
            let message = match field {
                "" => "words expected between the quotation marks".to_owned(),
                "=" => "a word expected right after “=”".to_owned(),
                field => format!("a value expected after “{field}:”"),
            };
            return Err(SyntaxError { column, message });
        }
        Ok(self.text)
    }
}

fn condition(field: &str, column: usize, value: Value) -> Result<Condition, SyntaxError> {
    let name = field.to_lowercase();
    let at = value.column;
    let wrong = |message| SyntaxError {
        column: at,
        message,
    };
    Ok(match name.as_str() {
        "text" => Condition::Text(value.filled(at, &name)?),
        "words" => Condition::words(&value.filled(at, &name)?),
        "title" => Condition::Title(value.filled(at, &name)?),
        "source" => Condition::Source(value.filled(at, &name)?),
        "entity" => Condition::Entity(value.filled(at, &name)?),
        "fuzzy" => Condition::Fuzzy(value.filled(at, &name)?),
        "lang" | "language" => {
            let code = value.filled(at, &name)?;
            let other = ["other", Language::Other.code()].contains(&code.to_lowercase().as_str());
            let language = if other {
                Some(Language::Other)
            } else {
                Language::from_code(&code)
            };
            Condition::Language(language.ok_or_else(|| {
                wrong(format!(
                    "“{code}” is no language here: en, de, ar or other expected"
                ))
            })?)
        }
        "kind" => {
            let code = value.filled(at, &name)?;
            Condition::Kind(kind_named(&code).ok_or_else(|| {
                let codes = EntityKind::ALL.map(EntityKind::code);
                let near = nearest(&code, &codes);
                wrong(format!(
                    "“{code}” is no kind: {} expected{near}",
                    codes.join(", ")
                ))
            })?)
        }
        "is" | "tag" | "note" => {
            let value = value.filled(at, &name)?;
            Condition::Marked(marks::criterion(&name, value).map_err(wrong)?)
        }
        "spelling" => switch(Leniency::Spelling, value, &name)?,
        "scripts" => switch(Leniency::Scripts, value, &name)?,
        "links" => {
            let word = value.filled(at, &name)?;
            Condition::Links(LinkMode::from_name(&word).ok_or_else(|| {
                wrong(format!(
                    "“{word}” is no choice of links: all, stated or off expected"
                ))
            })?)
        }
        "undated" => Condition::Undated(match value.filled(at, &name)?.to_lowercase().as_str() {
            "published" | "day" => DayField::Published,
            "mentioned" => DayField::Mentioned,
            other => {
                let message =
                    format!("“{other}” is no kind of day: published or mentioned expected");
                return Err(wrong(message));
            }
        }),
        "day" | "date" | "mentioned" => {
            let text = value.filled(at, &name)?;
            let (from, to) = parse_days(&text, at)?;
            let field = if name == "mentioned" {
                DayField::Mentioned
            } else {
                DayField::Published
            };
            Condition::Days { field, from, to }
        }
        _ => {
            let near = nearest(&name, FIELDS);
            let message = format!(
                "no field “{field}”: {} expected{near}; in quotes it is searched for as it stands",
                FIELDS.join(", ")
            );
            return Err(SyntaxError { column, message });
        }
    })
}

/// `spelling:off`, `scripts:off`.
fn switch(leniency: Leniency, value: Value, name: &str) -> Result<Condition, SyntaxError> {
    let column = value.column;
    let word = value.filled(column, name)?;
    if word.eq_ignore_ascii_case("off") {
        return Ok(Condition::Without(leniency));
    }
    Err(SyntaxError {
        column,
        message: format!("“{word}” is no switch: off expected; without {name}:off it is on"),
    })
}

fn kind_named(name: &str) -> Option<EntityKind> {
    match name.to_lowercase().as_str() {
        "organisation" | "organization" => Some(EntityKind::Organisation),
        _ => EntityKind::from_code(name),
    }
}

/// `; did you mean “…”?` for the nearest of some names, or nothing when none is near.
fn nearest(wrong: &str, names: &[&str]) -> String {
    let wrong = wrong.to_lowercase();
    let near = names
        .iter()
        .map(|name| (edits(&wrong, &name.to_lowercase()), name))
        .min()
        .filter(|(edits, name)| *edits <= name.len().div_ceil(2));
    near.map_or(String::new(), |(_, name)| {
        format!("; did you mean “{name}”?")
    })
}

/// Levenshtein's distance, in characters.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    // nobody means a field name by a longer word
    for (above, x) in a.chars().take(40).enumerate() {
        let mut before = above;
        let mut left = above + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let best = (before + usize::from(x != *y)).min(left + 1).min(*cell + 1);
            before = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
