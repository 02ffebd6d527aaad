//! A settings file as TOML in which every name and value still knows its line, so that each
//! mistake can be told with it. Knows nothing of settings, keys or colours.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::nearest::nearest;
use crate::config::problem::Problem;

/// A value with its place in the file.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// A name with its place in the file.
pub(super) type Name<'t> = Spanned<Cow<'t, str>>;

/// Gathers the mistakes of one file.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Self {
            file,
            text,
            problems: Vec::new(),
        }
    }

    /// The file's tables; a syntax error becomes a problem.
    pub(super) fn parse(&mut self) -> DeTable<'t> {
        match DeTable::parse(self.text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let mut message = error.message().trim_end().replace('\n', "; ");
                let span = error.span().unwrap_or(0..0);
                // the parser does not say which name or value it means
                let words = self.text.get(span.clone()).unwrap_or("").trim();
                if !words.is_empty() && words.len() <= 60 {
                    message = format!("{message}: {words:?}");
                }
                self.problem(&span, message);
                DeTable::new()
            }
        }
    }

    /// The line, counted from 1, on which a byte offset of the file stands.
    pub(super) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        1 + memchr::memchr_iter(b'\n', before).count()
    }

    /// Notes a mistake at a place in the file.
    pub(super) fn problem(&mut self, at: &Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line: Some(self.line(at.start)),
            message: message.into(),
        });
    }

    /// Notes a name that nothing has, with the nearest that something has.
    pub(super) fn unknown<'n>(
        &mut self,
        what: &str,
        name: &str,
        at: &Range<usize>,
        known: impl IntoIterator<Item = &'n str> + Clone,
    ) {
        let near = nearest(name, known.clone());
        let help = near.map_or_else(
            || {
                let all: Vec<&str> = known.into_iter().collect();
                if all.len() <= 12 {
                    format!("known are {}", all.join(", "))
                } else {
                    "`khabar config --print-default` shows all".to_owned()
                }
            },
            |near| format!("did you mean \"{near}\"?"),
        );
        let message = format!("unknown {what} {name:?}; {help}");
        self.problem(at, message);
    }

    /// The text of a value, or a problem.
    pub(super) fn string<'v>(&mut self, name: &str, value: &'v Value<'_>) -> Option<&'v str> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text);
        }
        self.wrong_type(name, value, "a text in quotes");
        None
    }

    /// The truth of a value, or a problem.
    pub(super) fn boolean(&mut self, name: &str, value: &Value<'_>) -> Option<bool> {
        if let DeValue::Boolean(truth) = value.get_ref() {
            return Some(*truth);
        }
        self.wrong_type(name, value, "true or false");
        None
    }

    /// A whole number within `allowed`, or a problem.
    pub(super) fn number(
        &mut self,
        name: &str,
        value: &Value<'_>,
        allowed: &std::ops::RangeInclusive<u16>,
    ) -> Option<u16> {
        let wanted = format!(
            "a whole number from {} to {}",
            allowed.start(),
            allowed.end()
        );
        if let DeValue::Integer(digits) = value.get_ref() {
            let number = u16::from_str_radix(digits.as_str(), digits.radix()).ok();
            if let Some(number) = number.filter(|number| allowed.contains(number)) {
                return Some(number);
            }
            self.problem(
                &value.span(),
                format!("{name} is {wanted}, not {}", digits.as_str()),
            );
        } else {
            self.wrong_type(name, value, &wanted);
        }
        None
    }

    /// The table of a value, or a problem.
    pub(super) fn table<'v, 'd>(
        &mut self,
        name: &str,
        value: &'v Value<'d>,
    ) -> Option<&'v DeTable<'d>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.wrong_type(name, value, "a table");
        None
    }

    /// Notes a value of a kind that its name does not take.
    pub(super) fn wrong_type(&mut self, name: &str, value: &Value<'_>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(&value.span(), format!("{name} is {wanted}, not {found}"));
    }

    /// All mistakes, in the order of the lines.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// The entries of a table in the order in which the file has them.
pub(super) fn entries<'v, 'd>(table: &'v DeTable<'d>) -> Vec<(&'v Name<'d>, &'v Value<'d>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}
