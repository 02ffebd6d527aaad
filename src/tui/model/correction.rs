//! What the user sets right, on its way to the file and back; and the line that asks for a name or
//! a day.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus, EntityKind, Name};
use crate::link::LinkMode;
use crate::repair::{Edit, Repair};
use crate::tui::model::Ticket;
use crate::tui::model::editor::LineEditor;
use crate::tui::model::history::Step;
use crate::tui::model::scroll::Scroll;

/// What the user asked for; carried out one after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Set something right.
    Put {
        /// What is to hold.
        repairs: Vec<Repair>,
        /// What that means, in one sentence.
        said: String,
    },
    /// Take back what was done last, a correction or a mark.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// The corpus is to be linked in this way.
    Links(LinkMode),
}

/// A wish that is being carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// Set something right.
    Put {
        /// What is to hold.
        repairs: Vec<Repair>,
        /// What that means, in one sentence.
        said: String,
    },
    /// Undo a step.
    Undo(Step),
    /// Do a step again.
    Redo(Step),
    /// Other links hold from now on.
    Links(LinkMode),
    /// Take in what was set right while the corpus was being read.
    Refresh,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The corpus as it is now; `None` while it is still being read.
    pub corpus: Option<Arc<Corpus>>,
    /// What undoes it; `None` where everything was so already.
    pub edit: Option<Edit>,
    /// What is wrong in the file, each with its line, and what could not be undone.
    pub warnings: Vec<String>,
    /// Whether it is kept beyond this session.
    pub kept: bool,
    /// How that corpus is linked.
    pub links: LinkMode,
}

/// A wish that was carried out, or not.
#[derive(Clone, Debug)]
pub struct Done {
    /// What was to be done.
    pub work: Work,
    /// What came of it; why nothing did.
    pub outcome: Result<Outcome, String>,
}

/// What a typed line is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The entity that this one is part of.
    Merge(Name),
    /// What a spelling of this entity means instead.
    Split(Name, Arc<str>),
    /// What this entity is to be called.
    Rename(Name),
    /// Of which kind it is.
    Retype(Name),
    /// Words that mean it.
    Spelling(Name),
    /// The day of an article.
    Day(ArticleId),
    /// The value of one of an article's expressions of time.
    Date(ArticleId, usize),
}

/// One answer that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An entity of the corpus, with its mentions.
    Entity(Name, u32),
    /// A kind.
    Kind(EntityKind),
    /// A name that no entity has yet.
    New(Arc<str>),
}

/// A line that is typed, with what is offered.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What for.
    pub ask: Ask,
    /// The line.
    pub editor: LineEditor,
    /// What is offered.
    pub choices: Vec<Choice>,
    /// Which of it is chosen.
    pub scroll: Scroll,
    /// Why the line cannot be taken.
    pub error: Option<String>,
}

impl Prompt {
    /// A question with a line to begin with; nothing is offered yet.
    #[must_use]
    pub fn new(ask: Ask, text: &str) -> Self {
        Self {
            ask,
            editor: LineEditor::new(text),
            choices: Vec::new(),
            scroll: Scroll::default(),
            error: None,
        }
    }

    /// What stands before the line.
    #[must_use]
    pub fn question(&self) -> &'static str {
        match self.ask {
            Ask::Merge(_) => "is part of:",
            Ask::Split(..) => "means instead:",
            Ask::Rename(_) => "is called:",
            Ask::Retype(_) => "is of kind:",
            Ask::Spelling(_) => "is also spelt:",
            Ask::Day(_) => "is of the day:",
            Ask::Date(..) => "means the day:",
        }
    }

    /// How the line is written, and what the keys do, for the bottom line.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.ask {
            Ask::Merge(_) | Ask::Split(..) | Ask::Retype(_) => "Enter take · Esc drop · ↑ ↓ choose",
            Ask::Rename(_) | Ask::Spelling(_) => "Enter take · Esc drop",
            Ask::Day(_) | Ask::Date(..) => {
                "2016-11-03, 3.11.2016, 2016-11, 2016 · Enter take · Esc drop"
            }
        }
    }

    /// Whether entities of the corpus are offered.
    #[must_use]
    pub fn offers_entities(&self) -> bool {
        matches!(self.ask, Ask::Merge(_) | Ask::Split(..))
    }
}

impl Corrections {
    /// Nothing set right yet, in a corpus that is read under these links.
    #[must_use]
    pub fn with_links(links: LinkMode) -> Self {
        Self {
            links,
            linked: links,
            asked: links,
            read: links,
            ..Self::default()
        }
    }
}

/// Everything about setting right.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// Whether a wish is being carried out, or its change is on its way to the journal.
    pub busy: bool,
    /// What comes after it.
    pub waiting: VecDeque<Wish>,
    /// Which links between names hold where the query says nothing of it.
    pub links: LinkMode,
    /// How the corpus at hand is linked.
    pub linked: LinkMode,
    /// How it is to be linked, as far as that was asked for.
    pub asked: LinkMode,
    /// How a corpus is linked that has just been read.
    pub read: LinkMode,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// The newest request for offers.
    pub ticket: Ticket,
}
