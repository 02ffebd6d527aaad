//! The open article: where it stands on the screen.

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{ArticleId, Field, Span};
use crate::query::Query;
use crate::tui::model::Ticket;
use crate::tui::model::page::{Page, PageOptions};

/// Where to go once a page that is being laid out has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// Where the article was left, else its beginning.
    #[default]
    Place,
    /// The first hit.
    FirstHit,
    /// This hit: its field and its bytes there.
    Hit(Field, Span),
    /// The last hit.
    LastHit,
    /// The first mention of the entity that is selected.
    FirstMention,
    /// The last such mention.
    LastMention,
    /// A byte of the body.
    Byte(usize),
    /// A sentence of the body, which is marked as if it had been selected.
    Sentence(Span),
}

/// How much text is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// What was selected with the mouse.
    Range,
    /// The selected lines.
    Lines,
    /// The name or day under the cursor.
    Name,
    /// The sentence around it.
    Sentence,
    /// The whole article.
    Article,
}

/// State of the second pane.
#[derive(Clone, Debug, Default)]
pub struct ReaderState {
    /// The article that is shown, or will be when its page comes.
    pub article: Option<ArticleId>,
    /// Its page, once laid out.
    pub page: Option<Arc<Page>>,
    /// The newest request for a page.
    pub ticket: Ticket,
    /// What that request asked for, so that the same is not asked twice.
    pub requested: Option<(ArticleId, PageOptions, Query)>,
    /// Where to go when it comes.
    pub arrival: Arrival,
    /// First line on the screen.
    pub top: usize,
    /// The mark under the cursor: an index into the page's marks.
    pub mark: Option<usize>,
    /// Where the mark was that gets the cursor again once the page has come that shows it under
    /// another name: bytes of a field.
    pub stand: Option<(Field, Span)>,
    /// Lines selected with `v`: where the selection began, and where it has come to.
    pub selection: Option<(usize, usize)>,
    /// Where the mouse went down: the bytes of the cell under it.
    pub pressed: Option<(Field, Span)>,
    /// Text selected with the mouse, whole cells: bytes of a field, in logical order. On the
    /// screen they may be several stretches.
    pub range: Option<(Field, Span)>,
    /// How much the last key copied, so that the next one copies more.
    pub copied: Option<Breadth>,
    /// The hit that `n` stands on: an index into the page's hits.
    pub hit: Option<usize>,
    /// Where articles were left: the byte of the body that began the first line on the screen.
    pub places: HashMap<ArticleId, usize>,
}

impl ReaderState {
    /// The article whose page is on the screen.
    #[must_use]
    pub fn shown(&self) -> Option<ArticleId> {
        self.page.as_ref().map(|page| page.article)
    }

    /// Lines of the page.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.lines.len())
    }

    /// First and last selected line.
    #[must_use]
    pub fn selected_lines(&self) -> Option<(usize, usize)> {
        let (anchor, head) = self.selection?;
        Some((anchor.min(head), anchor.max(head)))
    }

    /// Scrolls to a line, keeping the page on the screen.
    pub fn scroll_to(&mut self, line: usize, height: usize) {
        self.top = line.min(self.lines().saturating_sub(height));
    }

    /// Scrolls so that a line is on the screen with some context around it.
    pub fn reveal(&mut self, line: usize, height: usize) {
        let context = (height / 4).min(4);
        if line < self.top + context || line + context >= self.top + height {
            self.scroll_to(line.saturating_sub(height / 3), height);
        }
    }

    /// The bytes of the cell at or nearest to a place in the text, and whether it is at it: `line`
    /// counts in the page, `column` from the left edge of the lines, which have `room` columns.
    /// Empty on a line without cells; `None` without a page, or where the terminal orders the
    /// cells.
    #[must_use]
    pub fn cell_near(&self, line: usize, column: u16, room: u16) -> Option<(Field, Span, bool)> {
        let page = self.page.as_ref().filter(|page| !page.options.logical)?;
        let number = line.min(page.lines.len().checked_sub(1)?);
        let Some((field, source)) = page.source_of(number) else {
            // between title and body
            return Some((Field::Text, Span::new(0, 0), false));
        };
        let row = &page.lines.get(number)?.line;
        let within = column.checked_sub(row.left_edge(room));
        let at = within.and_then(|column| row.cell_at(column));
        let nearest = match within {
            Some(_) => row.cells.last(),
            None => row.cells.first(),
        };
        let bytes = at
            .or(nearest)
            .map_or(source.start..source.start, |cell| cell.source.clone());
        let is_at = at.is_some() && number == line;
        Some((field, Span::new(bytes.start, bytes.end), is_at))
    }

    /// The byte of the body that begins the first line on the screen, `None` in the title.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        match self.page.as_ref()?.source_of(self.top)? {
            (Field::Text, source) => Some(source.start),
            (Field::Title, _) => None,
        }
    }
}
