//! An article laid out for the text pane: its visual lines, and what is marked in them.

use std::ops::Range;

use compact_str::CompactString;

use crate::corpus::{Article, ArticleId, Field, Span};
use crate::query::{Match, places};
use crate::text::bidi::{self, Direction};
use crate::text::wrap::{self, VisualLine};

/// What a line of a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A line of the record's title.
    Title,
    /// A line of the body.
    Body,
    /// Nothing: air between title and body.
    Blank,
}

/// One line of a page.
#[derive(Clone, Debug)]
pub struct PageLine {
    /// What it shows.
    pub part: Part,
    /// Its cells; offsets count in the part's field.
    pub line: VisualLine,
}

/// Something marked in the text that a key can stop at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Index into the article's mentions.
    Mention(usize),
    /// Index into the article's timexes.
    Timex(usize),
}

/// How pages are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageOptions {
    /// Cells a line may take.
    pub width: u16,
    /// Whether Arabic letters get their presentation forms.
    pub shape: bool,
    /// Whether combining marks are shown.
    pub marks: bool,
    /// Whether cells stand in logical order, for a terminal that reorders by itself.
    pub logical: bool,
}

/// A laid out article.
#[derive(Clone, Debug)]
pub struct Page {
    /// Which article.
    pub article: ArticleId,
    /// How it was laid out.
    pub options: PageOptions,
    /// All lines.
    pub lines: Vec<PageLine>,
    /// Index of the first line of the body.
    pub body: usize,
    /// Mentions and timexes in reading order.
    pub marks: Vec<Mark>,
    /// Hits of the query in reading order.
    pub hits: Vec<(Field, Span)>,
    /// Why they are hits: several reasons may share a place.
    pub matches: Vec<Match>,
}

impl Page {
    /// Lays `article` out.
    #[must_use]
    pub fn new(
        id: ArticleId,
        article: &Article,
        options: PageOptions,
        matches: Vec<Match>,
    ) -> Self {
        let base = if article.language.is_rtl() {
            Direction::Rtl
        } else {
            Direction::Ltr
        };
        let text_options = wrap::Options {
            base,
            // an Arabic article's line that begins with `Reuters` is still a right-to-left line
            force: article.language.is_rtl(),
            shape: options.shape,
            marks: options.marks,
        };
        let mut lines = Vec::new();
        if let Some(title) = article
            .raw
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty())
        {
            let rows = in_order(
                wrap::layout(title, options.width, &text_options),
                title,
                options,
            );
            lines.extend(rows.into_iter().map(|line| PageLine {
                part: Part::Title,
                line,
            }));
            lines.push(PageLine {
                part: Part::Blank,
                line: blank(base),
            });
        }
        let body = lines.len();
        let rows = in_order(
            wrap::layout(&article.raw.text, options.width, &text_options),
            &article.raw.text,
            options,
        );
        lines.extend(rows.into_iter().map(|line| PageLine {
            part: Part::Body,
            line,
        }));
        let mut marks: Vec<Mark> = (0..article.mentions.len())
            .map(Mark::Mention)
            .chain((0..article.timexes.len()).map(Mark::Timex))
            .collect();
        marks.sort_by_key(|mark| place_of(article, *mark));
        Self {
            article: id,
            options,
            lines,
            body,
            marks,
            hits: places(&matches),
            matches,
        }
    }

    /// The line that shows a byte of a field, or the last line before it.
    #[must_use]
    pub fn line_of(&self, field: Field, byte: usize) -> usize {
        let wanted = match field {
            Field::Title => Part::Title,
            Field::Text => Part::Body,
        };
        let first = if wanted == Part::Body { self.body } else { 0 };
        let rows = self.lines.get(first..).unwrap_or(&[]);
        let count = rows.partition_point(|row| row.part == wanted && row.line.source.start <= byte);
        first + count.saturating_sub(1)
    }

    /// Field and bytes that a line shows; `None` for a blank one.
    #[must_use]
    pub fn source_of(&self, line: usize) -> Option<(Field, Range<usize>)> {
        let row = self.lines.get(line)?;
        match row.part {
            Part::Title => Some((Field::Title, row.line.source.clone())),
            Part::Body => Some((Field::Text, row.line.source.clone())),
            Part::Blank => None,
        }
    }
}

/// Field and span of a mark.
#[must_use]
pub fn place_of(article: &Article, mark: Mark) -> Option<(Field, Span)> {
    match mark {
        Mark::Mention(i) => article.mentions.get(i).map(|m| (m.field, m.span)),
        Mark::Timex(i) => article.timexes.get(i).map(|t| (t.field, t.span)),
    }
}

fn in_order(mut lines: Vec<VisualLine>, text: &str, options: PageOptions) -> Vec<VisualLine> {
    if options.logical {
        for line in &mut lines {
            to_logical(line, text);
        }
    }
    lines
}

/// Puts a line's cells into logical order, for a terminal that reorders by itself. Such a terminal
/// mirrors brackets, too: they become those of the `text` again that the line was laid out from.
pub fn to_logical(line: &mut VisualLine, text: &str) {
    line.cells.sort_by_key(|cell| cell.source.start);
    for cell in &mut line.cells {
        let source = text.get(cell.source.clone()).unwrap_or("");
        let mut shown = cell.symbol.chars();
        if let (Some(shown), None) = (shown.next(), shown.next())
            && let Some(written) = source.chars().next()
            && bidi::mirrored(written) == Some(shown)
        {
            cell.symbol = CompactString::new(written.encode_utf8(&mut [0; 4]));
        }
    }
}

fn blank(direction: Direction) -> VisualLine {
    VisualLine {
        cells: Vec::new(),
        direction,
        source: 0..0,
        width: 0,
        ends_paragraph: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logical_order_is_that_of_the_source_with_its_own_brackets() {
        let options = wrap::Options {
            base: Direction::Rtl,
            force: true,
            shape: false,
            marks: true,
        };
        for (text, direction) in [
            ("قال (1) «خبر» [ب] في Aleppo (UN) <x>", Direction::Rtl),
            // no right-to-left letter: it reads from the left in any document
            ("A (b) ‹c›", Direction::Ltr),
            ("لا (لَا) ٪٤٥", Direction::Rtl),
        ] {
            let mut line = wrap::layout_line(text, 80, &options);
            to_logical(&mut line, text);
            let shown: String = line.cells.iter().map(|cell| cell.symbol.as_str()).collect();
            assert_eq!(shown, text);
            assert_eq!(line.direction, direction);
        }
    }
}
