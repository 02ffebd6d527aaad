//! Everything that can happen to the explorer.

use std::sync::Arc;

use crate::config::keymap::Key;
use crate::corpus::{ArticleId, Corpus, EntityId};
use crate::query::{self, Answer, Hits, Told};
use crate::store::{Place, View};
use crate::triage::{Arrivals, Change, State};
use crate::tui::model::correction::Done;
use crate::tui::model::difference::Difference;
use crate::tui::model::entity_card::Dossier;
use crate::tui::model::kwic::Reach;
use crate::tui::model::page::Page;
use crate::tui::model::triage::ViewStep;
use crate::tui::model::{Loading, Ticket};

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Click,
    /// It moved while the left button was down.
    Drag,
    /// The left button went up.
    Release,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used at a cell.
    Mouse {
        /// What it did.
        kind: MouseKind,
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
    /// The terminal has another size.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// The keys have rested: the other panes may follow.
    Rested,
    /// The first article has been on the screen long enough to be read.
    Dwelt,
    /// The load has come further; the last word has no `loading`.
    Loaded {
        /// Everything loaded so far.
        corpus: Arc<Corpus>,
        /// How far it is.
        loading: Option<Loading>,
    },
    /// Files have come, changed or gone: the corpus was read anew. Articles have other numbers.
    Reloaded(Arc<Corpus>),
    /// A question that many articles answer is answered as far as the list goes; the rest follows.
    Ranked {
        /// Which.
        ticket: Ticket,
        /// The snapshot that the hits count in.
        corpus: Arc<Corpus>,
        /// The hits, in their order.
        hits: Hits,
    },
    /// A question was answered.
    Answered {
        /// Which.
        ticket: Ticket,
        /// The snapshot that the answer counts in.
        corpus: Arc<Corpus>,
        /// The answer.
        answer: Arc<Answer>,
    },
    /// A page was laid out.
    Opened {
        /// Which request.
        ticket: Ticket,
        /// The page.
        page: Arc<Page>,
    },
    /// The journal has been read.
    Journal {
        /// What it comes to.
        state: Box<State>,
        /// Who makes changes from now on.
        author: Arc<str>,
        /// Where one was the last time, to go back to.
        place: Option<Box<Place>>,
        /// What to tell of it.
        notices: Vec<String>,
    },
    /// A change that was asked for has been made.
    Recorded(Change),
    /// Others have made changes.
    Others(Vec<Change>),
    /// Why changes are not on the disk yet; `None` once they are.
    Unsaved(Option<String>),
    /// The corpus was compared with what the last session saw.
    Reviewed {
        /// What came, changed and vanished.
        arrivals: Arc<Arrivals>,
        /// The entities that only new documents name, most frequent first.
        names: Vec<String>,
    },
    /// The articles that hold what is looked out for, by id.
    Watched(Vec<bool>),
    /// The views of one's own, read anew.
    Views {
        /// All of them, in the order of their file.
        views: Vec<View>,
        /// What was changed, and whether that is a step of its own.
        set: Option<(Box<ViewStep>, bool)>,
    },
    /// Views of one's own were counted: each query as it is written, and how many it finds.
    Counted(Vec<(String, usize)>),
    /// A difference was laid out.
    Compared(Arc<Difference>),
    /// Some of the hits of a result were gathered.
    Gathered {
        /// Which request.
        ticket: Ticket,
        /// The hits that follow those before.
        places: Vec<query::Place>,
        /// Whether there are more.
        reach: Reach,
    },
    /// The next article with a hit was looked for.
    Sought {
        /// Which request.
        ticket: Ticket,
        /// The article, if one has a hit.
        found: Option<ArticleId>,
    },
    /// What the user set right was carried out, or not.
    Corrected(Box<Done>),
    /// What is known of an entity was gathered.
    Described {
        /// Which request.
        ticket: Ticket,
        /// The entity.
        entity: EntityId,
        /// What is known.
        dossier: Arc<Dossier>,
    },
    /// Entities were found by what was typed.
    Suggested {
        /// Which request.
        ticket: Ticket,
        /// The entities, best first.
        found: Vec<EntityId>,
    },
    /// The best sentences of a row were chosen.
    Told {
        /// Which request.
        ticket: Ticket,
        /// Best first.
        told: Arc<Vec<Told>>,
    },
    /// Something outside was done, and this says what.
    Done(String),
    /// Something outside failed.
    Failed(String),
}
