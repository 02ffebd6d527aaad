//! Everything that the core can ask of the outside.

use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::query::{Query, Question};
use crate::tui::model::Ticket;
use crate::tui::model::page::PageOptions;

/// One thing to do outside; answers come back as messages.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Answer a question; a newer one replaces it.
    Ask {
        /// To be given back.
        ticket: Ticket,
        /// What to ask.
        corpus: Arc<Corpus>,
        /// The question.
        question: Question,
    },
    /// Lay an article out; a newer request replaces it.
    Open {
        /// To be given back.
        ticket: Ticket,
        /// The snapshot that the article is in.
        corpus: Arc<Corpus>,
        /// The article.
        article: ArticleId,
        /// How.
        options: PageOptions,
        /// What to mark as hits.
        query: Query,
    },
    /// Say [`Rested`](super::message::Message::Rested) when no key has come for a moment.
    Rest,
    /// Turn the mouse on or off.
    Mouse(bool),
    /// Forget what the terminal shows and draw everything.
    Redraw,
    /// Give the terminal back to the shell until `fg`.
    Suspend,
    /// End.
    Quit,
}
