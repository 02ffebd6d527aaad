//! Words as they stand, folded on both sides or exact, where the index is no help: in titles, and
//! for what holds no word.

use memchr::memmem::Finder;

use crate::corpus::{Field, Span};
use crate::text::fold::{Folded, find_folded, fold};

/// Words that must stand as they were typed; the first may end a longer word, the last may begin
/// one. Folding has made one space of all white space on both sides.
#[derive(Debug)]
pub(crate) struct Phrase {
    folded: String,
    finder: Finder<'static>,
}

impl Phrase {
    /// The phrase of what a user typed.
    pub(crate) fn new(typed: &str) -> Self {
        let folded = fold(typed).trim().to_owned();
        Self {
            finder: Finder::new(folded.as_bytes()).into_owned(),
            folded,
        }
    }

    /// What is looked for.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether the phrase stands in a folded text. The empty phrase stands in every text.
    pub(crate) fn is_in(&self, folded: &str) -> bool {
        self.finder.find(folded.as_bytes()).is_some()
    }

    /// Where the phrase stands in the source of a folded text.
    pub(crate) fn spans_in<'f>(&'f self, folded: &'f Folded) -> impl Iterator<Item = Span> + 'f {
        find_folded(folded, &self.folded).map(|range| Span::new(range.start, range.end))
    }
}

/// Words exactly as they are written, with no letter or digit right before or behind them.
#[derive(Debug)]
pub(crate) struct ExactWords {
    words: String,
}

impl ExactWords {
    /// The words as a user typed them.
    pub(crate) fn new(typed: &str) -> Self {
        Self {
            words: typed.trim().to_owned(),
        }
    }

    /// Where the words stand in a text, in bytes.
    pub(crate) fn spans_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Span> + 't {
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let found = memchr::memmem::find_iter(text.as_bytes(), self.words.as_bytes());
        found.filter_map(move |start| {
            let end = start + self.words.len();
            let before = text.get(..start)?.chars().next_back();
            let after = text.get(end..)?.chars().next();
            (!joins(before) && !joins(after)).then(|| Span::new(start, end))
        })
    }

    /// Whether the words stand in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.spans_in(text).next().is_some()
    }
}

/// Hits in order, those that overlap made one.
pub(crate) fn joined(mut hits: Vec<(Field, Span)>) -> Vec<(Field, Span)> {
    hits.sort_unstable();
    let mut apart: Vec<(Field, Span)> = Vec::with_capacity(hits.len());
    for (field, span) in hits.into_iter().filter(|(_, span)| !span.is_empty()) {
        match apart.last_mut() {
            Some((last_field, last)) if *last_field == field && last.overlaps(span) => {
                last.end = last.end.max(span.end);
            }
            _ => apart.push((field, span)),
        }
    }
    apart
}
