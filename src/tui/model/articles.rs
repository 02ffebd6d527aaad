//! The list of articles: which one is selected, in what order they stand.

use crate::corpus::ArticleId;
use crate::query::{Answer, Sort};
use crate::tui::model::scroll::Scroll;

/// State of the first pane.
#[derive(Clone, Debug, Default)]
pub struct ArticlesState {
    /// The article that the user chose last; it stays so while a filter hides it.
    pub chosen: Option<ArticleId>,
    /// Where the list stands; rows are indices into the answer's hits.
    pub scroll: Scroll,
    /// Order.
    pub sort: Sort,
    /// Whether the order is turned round.
    pub reverse: bool,
}

impl ArticlesState {
    /// The article under the gutter mark.
    #[must_use]
    pub fn selected(&self, answer: &Answer) -> Option<ArticleId> {
        answer.hits.get(self.scroll.row).map(|hit| hit.article)
    }

    /// The row of an article in the answer.
    #[must_use]
    pub fn row_of(answer: &Answer, article: ArticleId) -> Option<usize> {
        answer.hits.iter().position(|hit| hit.article == article)
    }
}
