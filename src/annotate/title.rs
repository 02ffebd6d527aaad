//! A title for every document: the record's own, else the headline that the text begins with,
//! else its first sentence.
//!
//! A derived title is a piece of the body, and says which: nothing is made up. Dates of
//! publication, rules and addresses before the headline are passed over.

mod preamble;
mod sentence;

use crate::corpus::{RawDocument, Span, Title};

/// Longest title that is taken from the body, in characters.
const LONGEST: usize = 140;

/// How far into a body its headline is looked for, in lines with something on them.
const LINES: usize = 6;

/// How much of a body, and of one line of it, is looked at, in bytes.
const HEAD: usize = 16 * 1024;
const LONGEST_LINE: usize = 2048;

/// The title of a document; never empty (the id stands in for an empty document).
#[must_use]
pub fn title_of(raw: &RawDocument) -> Title {
    if let Some(title) = raw.title.as_deref().filter(|title| is_visible(title)) {
        return Title {
            text: collapse(title),
            derived_from: None,
        };
    }
    if let Some(title) = from_body(&raw.text) {
        return title;
    }
    let stand_in = [&raw.id, &raw.path]
        .into_iter()
        .find(|name| is_visible(name))
        .map_or_else(|| "?".to_owned(), |name| collapse(name));
    Title {
        text: stand_in,
        derived_from: None,
    }
}

fn from_body(body: &str) -> Option<Title> {
    let body = head(body, HEAD);
    let mut fallback = None;
    for line in lines(body, preamble::length(body)).take(LINES) {
        let headline = headline_in(body, line);
        let text = headline.of(body);
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        if preamble::is_address(text) || preamble::date(text) == Some(text.len()) {
            fallback = fallback.or(Some(headline));
            continue;
        }
        return Some(shortened(body, headline));
    }
    // nothing but dates and addresses
    fallback.map(|span| shortened(body, span))
}

/// The first `length` bytes of a text, or one character fewer.
fn head(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length)).unwrap_or(text)
}

/// The lines of a body that are not blank, from a byte offset on.
fn lines(body: &str, from: usize) -> impl Iterator<Item = Span> {
    let rest = body.get(from..).unwrap_or("");
    let mut start = from;
    rest.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}'])
        .filter_map(move |line| {
            let begin = start + (line.len() - line.trim_start().len());
            start += line.len();
            let length = head(line.trim(), LONGEST_LINE).len();
            (length > 0).then(|| Span::new(begin, begin + length))
        })
}

/// A line without the date before, and the Markdown around, its headline.
fn headline_in(body: &str, line: Span) -> Span {
    let text = line.of(body);
    let marks = text.len() - text.trim_start_matches(['#', '*', '>', '=', ' ']).len();
    let inner = text.get(marks..).unwrap_or("");
    let date = preamble::date(inner).filter(|length| *length < inner.len());
    let start = marks + date.unwrap_or(0);
    // emphasis around the whole line, not of its last word
    let closing: &[char] = match text.get(..marks) {
        Some(opening) if opening.contains('*') => &['#', '*', '=', ' '],
        _ => &['#', '=', ' '],
    };
    let end = text.trim_end_matches(closing).len();
    if start >= end {
        return line;
    }
    let offset = line.range().start;
    Span::new(offset + start, offset + end)
}

/// A line as a title: whole if it is short, else its first sentence, cut where a reader would.
fn shortened(body: &str, line: Span) -> Title {
    let text = line.of(body);
    let start = line.range().start;
    let glued = preamble::glued_headline(text).filter(|length| *length <= LONGEST);
    let (length, cut) = if let Some(length) = glued {
        (length, false)
    } else if fits(text) {
        (text.len(), false)
    } else {
        let sentence = sentence::first(text);
        if fits(sentence) {
            (sentence.len(), false)
        } else {
            (sentence::cut(sentence, LONGEST), true)
        }
    };
    let span = Span::new(start, start + length);
    let mut shown = collapse(span.of(body));
    if cut {
        shown.push('…');
    }
    Title {
        text: shown,
        derived_from: Some(span),
    }
}

fn fits(text: &str) -> bool {
    text.len() <= LONGEST || text.chars().nth(LONGEST).is_none()
}

/// Whether anything of it shows: not only spaces, controls and invisible characters.
fn is_visible(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    })
}

/// One line: every run of white space becomes one space.
fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests;
