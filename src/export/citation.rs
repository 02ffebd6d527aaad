//! How a passage is cited: file, paragraph, SHA-256; how its day is known; how its text is shown.

use std::fmt::Write as _;

use crate::corpus::{Article, DayBasis, Field, Span};
use crate::text::bidi::Direction;
use crate::text::segment;
use crate::text::visible::sanitize;

/// Opens and closes an isolate of whatever direction its first strong character has (UAX #9).
pub const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// The end of an isolate.
pub const POP_ISOLATE: char = '\u{2069}';

/// Where in a document a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the title that the record carries.
    Title,
    /// In the body, from this paragraph on: lines that are not blank, from 1.
    Paragraph(usize),
    /// Nowhere in particular: the document as a whole.
    Whole,
}

impl Place {
    /// Where a passage begins.
    #[must_use]
    pub fn of(article: &Article, field: Field, span: Span) -> Self {
        match field {
            Field::Title => Self::Title,
            Field::Text => Self::Paragraph(paragraph_at(&article.raw.text, span.start as usize)),
        }
    }

    /// `¶7`, `title`, or nothing.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Title => "title".to_owned(),
            Self::Paragraph(number) => format!("¶{number}"),
            Self::Whole => String::new(),
        }
    }

    /// The place that [`code`](Self::code) wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix('¶') {
            Some(number) => Some(Self::Paragraph(number.parse().ok().filter(|n| *n > 0)?)),
            None if code == "title" => Some(Self::Title),
            None if code.is_empty() => Some(Self::Whole),
            None => None,
        }
    }
}

/// The number of the paragraph that a byte of a body stands in: lines that are not blank, from 1.
#[must_use]
pub fn paragraph_at(text: &str, byte: usize) -> usize {
    let begun = segment::paragraphs(text).take_while(|line| line.start <= byte);
    let full = begun.filter(|line| !text.get(line.clone()).unwrap_or("").trim().is_empty());
    full.count().max(1)
}

/// Where the paragraph of a number begins, in bytes.
pub(crate) fn start_of_paragraph(text: &str, number: usize) -> Option<usize> {
    segment::paragraphs(text)
        .filter(|line| !text.get(line.clone()).unwrap_or("").trim().is_empty())
        .nth(number.checked_sub(1)?)
        .map(|line| line.start)
}

/// A SHA-256 in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // writing to a String cannot fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The article's own day with the mark of how it is known: `2016-11-03`, `2016-11-03≈` for an
/// inferred one, `2016-11-01..2016-11-04?` where several remain; `None` where nothing is known.
#[must_use]
pub fn day_of(article: &Article) -> Option<String> {
    let day = article.day.as_ref().filter(|day| day.is_known())?;
    let mark = match day.basis {
        DayBasis::Stated | DayBasis::Set => "",
        DayBasis::Inferred => "≈",
        DayBasis::Candidates => "?",
    };
    Some(match (day.day, day.earliest, day.latest) {
        (Some(day), _, _) => format!("{day}{mark}"),
        (None, Some(a), Some(b)) => format!("{a}..{b}?"),
        (None, Some(a), None) => format!("{a}..?"),
        (None, None, Some(b)) => format!("..{b}?"),
        (None, None, None) => {
            let days = day.candidates.iter().map(|(day, _)| day.to_string());
            format!("{}?", days.collect::<Vec<_>>().join(" or "))
        }
    })
}

/// How the day is known, in words, with what it rests on: `inferred, 71 %: weekday “am
/// Donnerstag”`. Words of the document stand in it.
#[must_use]
pub fn day_known(article: &Article) -> String {
    let Some(day) = article.day.as_ref().filter(|day| day.is_known()) else {
        return "no day is known".to_owned();
    };
    let mut text = match day.basis {
        DayBasis::Stated => "stated".to_owned(),
        DayBasis::Set => "set by the user".to_owned(),
        DayBasis::Inferred => format!("inferred, {:.0} %", day.confidence * 100.0),
        DayBasis::Candidates => "several candidates".to_owned(),
    };
    if day.day.is_none()
        && let Some(days) = day_of(article)
    {
        let _ = write!(text, ", {days}");
    }
    for (number, clue) in day.clues.iter().take(3).enumerate() {
        text.push_str(if number == 0 { ": " } else { "; " });
        text.push_str(&clue.rule);
        if !clue.text.is_empty() {
            let _ = write!(text, " “{}”", one_line(&clue.text));
        }
    }
    text
}

/// `001 ¶7 · 2016-11-03≈ · sha256:77a0947d59c37f82`: document, paragraph of the body, day and how
/// it is known, and what the document's bytes hashed to, cut. For a line that is pasted.
#[must_use]
pub fn short(article: &Article, field: Field, span: Span) -> String {
    let raw = &article.raw;
    let mut citation = raw.id.clone();
    if field == Field::Text && span.len() < raw.text.len() {
        let _ = write!(citation, " {}", Place::of(article, field, span).code());
    }
    let is_known = article.published().is_some();
    if let Some(day) = day_of(article).filter(|_| is_known) {
        let _ = write!(citation, " · {day}");
    }
    let hash: String = hex(&raw.sha256).chars().take(16).collect();
    let _ = write!(citation, " · sha256:{hash}");
    citation
}

/// Text as one line that is safe to show: white space collapsed, controls as stand-ins.
#[must_use]
pub fn one_line(text: &str) -> String {
    let safe = sanitize(text);
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a passage that are not blank, each safe to show.
pub(crate) fn shown_lines(text: &str) -> Vec<String> {
    segment::paragraphs(text)
        .map(|line| one_line(text.get(line).unwrap_or("")))
        .filter(|line| !line.is_empty())
        .collect()
}

/// A text as passages are compared: safe to show, any white space one blank, without isolates.
/// What a brief shows of a passage and the passage itself are the same then.
#[must_use]
pub fn comparable(text: &str) -> String {
    shown_lines(text).join(" ")
}

/// Whether text holds letters that run from right to left, so that in a file it needs an isolate.
fn needs_isolate(text: &str) -> bool {
    Direction::of(text, Direction::Ltr) == Direction::Rtl
        || text
            .chars()
            .any(|c| Direction::of(c.encode_utf8(&mut [0; 4]), Direction::Ltr) == Direction::Rtl)
}

/// A line of shown text, isolated where it holds right-to-left letters, so that it cannot reorder
/// what stands beside it. Isolates of its own it cannot have: they are stand-ins by now.
#[must_use]
pub fn isolated(line: &str) -> String {
    if needs_isolate(line) {
        format!("{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}")
    } else {
        line.to_owned()
    }
}

/// Text without the isolates that [`isolated`] put round it.
pub(crate) fn without_isolates(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(*c, FIRST_STRONG_ISOLATE | POP_ISOLATE))
        .collect()
}
