//! Everything that the core can ask of the outside.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::config::Bidi;
use crate::corpus::{ArticleId, Corpus, EntityId};
use crate::query::{Answer, Query, Question};
use crate::store::View;
use crate::triage::{DocumentKey, Note, Op};
use crate::tui::model::Ticket;
use crate::tui::model::correction::Work;
use crate::tui::model::difference::Compared;
use crate::tui::model::page::PageOptions;

/// What is handed over.
#[derive(Clone, Debug)]
pub enum Passed {
    /// The text of an article.
    Article(ArticleId),
    /// A brief of articles.
    Brief {
        /// The articles, in order.
        articles: Vec<ArticleId>,
        /// The query that found them.
        query: Query,
        /// What analysts wrote, by document.
        notes: HashMap<DocumentKey, Vec<Note>>,
    },
}

/// A program of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// `$VISUAL` or `$EDITOR`.
    Editor,
    /// `$PAGER`.
    Pager,
    /// A command for the shell, which reads what it is given from standard input.
    Command(String),
}

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
    /// Lay the difference of two articles out.
    Compare {
        /// The snapshot that they are in.
        corpus: Arc<Corpus>,
        /// Which, and how.
        of: Compared,
    },
    /// Write a brief into a file, whose name says its form.
    Export {
        /// The snapshot that the articles are in.
        corpus: Arc<Corpus>,
        /// What goes into it.
        what: Passed,
        /// The file as typed.
        file: String,
    },
    /// Give the terminal to another program until it ends.
    Run {
        /// The snapshot that the articles are in.
        corpus: Arc<Corpus>,
        /// The program.
        program: Program,
        /// What it is given.
        what: Passed,
    },
    /// Gather the hits of a result; a newer request replaces it.
    Gather {
        /// To be given back.
        ticket: Ticket,
        /// The snapshot that the answer counts in.
        corpus: Arc<Corpus>,
        /// The articles to go through.
        answer: Arc<Answer>,
        /// Whose hits.
        query: Query,
    },
    /// Look for the next article with a hit; a newer request replaces it.
    Seek {
        /// To be given back.
        ticket: Ticket,
        /// The snapshot that the articles are in.
        corpus: Arc<Corpus>,
        /// Whose hits.
        query: Query,
        /// Where to look, in order.
        among: Vec<ArticleId>,
    },
    /// Keep a line of the query box for the next run.
    RememberLine(String),
    /// Read the views of one's own, and say [`Views`](super::message::Message::Views).
    ReadViews,
    /// Keep a view of one's own, or remove it, and say [`Views`](super::message::Message::Views).
    SetView {
        /// Its name.
        name: String,
        /// What it is to be; `None` to remove it.
        to: Option<View>,
        /// Whether it is a step of its own, rather than one taken back or done again.
        is_step: bool,
    },
    /// Carry out what the user sets right; done in the order in which it was asked for.
    Correct(Work),
    /// Gather what is known of an entity; a newer request replaces it.
    Describe {
        /// To be given back.
        ticket: Ticket,
        /// The snapshot that the entity is in.
        corpus: Arc<Corpus>,
        /// The entity.
        entity: EntityId,
    },
    /// Find entities by what is typed; a newer request replaces it.
    Suggest {
        /// To be given back.
        ticket: Ticket,
        /// Where to look.
        corpus: Arc<Corpus>,
        /// The line.
        typed: String,
    },
    /// Choose the best sentences of a row of the timeline; a newer request replaces it.
    Tell {
        /// To be given back.
        ticket: Ticket,
        /// The snapshot that the answer counts in.
        corpus: Arc<Corpus>,
        /// The answer whose row it is.
        answer: Arc<Answer>,
        /// The question that it answers.
        question: Question,
        /// First and last day of the row.
        days: (NaiveDate, NaiveDate),
    },
    /// Say [`Rested`](super::message::Message::Rested) when no key has come for a moment.
    Rest,
    /// Say [`Dwelt`](super::message::Message::Dwelt) when a first article has been on the screen
    /// for long enough to be read.
    Dwell,
    /// Turn the mouse on or off.
    Mouse(bool),
    /// Make a change, and say [`Recorded`](super::message::Message::Recorded). It is on the disk
    /// before the next frame.
    Record(Op),
    /// Compare the corpus with what was seen, and say
    /// [`Reviewed`](super::message::Message::Reviewed).
    Review {
        /// The corpus.
        corpus: Arc<Corpus>,
        /// What the last sessions have seen.
        seen: Arc<HashMap<DocumentKey, String>>,
    },
    /// Look for what any of some queries finds, and say
    /// [`Watched`](super::message::Message::Watched).
    Watch {
        /// The corpus.
        corpus: Arc<Corpus>,
        /// The queries.
        queries: Arc<Vec<Query>>,
    },
    /// Count what the queries of some views find, and say [`Counted`](super::message::Message::Counted).
    Count {
        /// What to ask.
        corpus: Arc<Corpus>,
        /// Each query as it is written, and as a question.
        questions: Vec<(String, Question)>,
    },
    /// Put text on the terminal's clipboard; `said` is the notice for when that went well.
    Copy {
        /// The text, exactly as it is to arrive.
        text: String,
        /// What to tell the user.
        said: String,
    },
    /// Write Arabic in another way; `keep` remembers it for this terminal.
    Bidi {
        /// How.
        bidi: Bidi,
        /// Whether the user said that it reads right.
        keep: bool,
    },
    /// Forget what the terminal shows and draw everything.
    Redraw,
    /// Give the terminal back to the shell until `fg`.
    Suspend,
    /// End.
    Quit,
}
