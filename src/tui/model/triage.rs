//! What was made of the articles, as the screen knows it: marks, the selection that a mark goes to,
//! and the panel in which a tag, a note or a view is typed or chosen.

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::query::{Condition, Query};
use crate::store::{Place, View};
use crate::text::fold::fold;
use crate::triage::{
    Arrivals, ChangeId, Counts, DocumentKey, DocumentMarks, Mark, Passage, Selected, Sheet,
    Standing, State,
};
use crate::tui::model::editor::LineEditor;
use crate::tui::model::scroll::Scroll;

/// Rows of a panel below its title and its line.
pub const PANEL_ROWS: usize = 12;

/// The same in the list of views: all that are always there, and as many of one's own as have a key.
pub const VIEW_ROWS: usize = 19;

/// What `.` does once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A mark.
    Mark(Mark),
    /// A tag, given or taken away.
    Tag(String, bool),
}

/// A note that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotePanel {
    /// The line.
    pub editor: LineEditor,
    /// On which document.
    pub document: DocumentKey,
    /// On which passage of it.
    pub passage: Option<Passage>,
    /// The note that is worded anew.
    pub replaces: Option<ChangeId>,
    /// What was recorded as the draft last.
    pub recorded: String,
}

/// What is typed or chosen over the panes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// A tag for some documents.
    Tag {
        /// The line.
        editor: LineEditor,
        /// Which documents.
        documents: Vec<DocumentKey>,
        /// The suggestion that is chosen; `None` for what is typed.
        chosen: Option<usize>,
    },
    /// A note.
    Note(Box<NotePanel>),
    /// Which view.
    Views {
        /// Where the list stands.
        scroll: Scroll,
    },
}

impl Panel {
    /// The line that is typed into, if there is one.
    #[must_use]
    pub fn editor(&self) -> Option<&LineEditor> {
        match self {
            Self::Tag { editor, .. } => Some(editor),
            Self::Note(note) => Some(&note.editor),
            Self::Views { .. } => None,
        }
    }

    /// The same, to be edited.
    #[must_use]
    pub fn editor_mut(&mut self) -> Option<&mut LineEditor> {
        match self {
            Self::Tag { editor, .. } => Some(editor),
            Self::Note(note) => Some(&mut note.editor),
            Self::Views { .. } => None,
        }
    }
}

/// A change of a view of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewStep {
    /// The view's name.
    pub name: String,
    /// What it was; `None` where there was none.
    pub before: Option<View>,
    /// What it became; `None` when it was removed.
    pub after: Option<View>,
}

/// A row of the list of views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// The key that opens it at once.
    pub key: char,
    /// What it is called.
    pub name: String,
    /// Its query.
    pub query: String,
    /// Articles in it, once counted.
    pub count: Option<usize>,
    /// Whether it is the user's own.
    pub own: bool,
}

/// Views that are always there, each with its key.
const VIEWS: [(char, Standing); 10] = [
    ('n', Standing::New),
    ('u', Standing::Undecided),
    ('k', Standing::Kept),
    ('x', Standing::Dismissed),
    ('r', Standing::Read),
    ('e', Standing::Unread),
    ('a', Standing::Noted),
    ('t', Standing::Tagged),
    ('d', Standing::Disputed),
    ('w', Standing::Watched),
];

/// State of everything that is made of articles.
#[derive(Clone, Debug, Default)]
pub struct TriageState {
    /// What all changes come to.
    pub state: State,
    /// How each article stands.
    pub sheet: Sheet,
    /// Who makes changes; `None` until the journal has been read, and then nothing can be marked.
    pub author: Option<Arc<str>>,
    /// The article at which a selection in the list began.
    pub anchor: Option<ArticleId>,
    /// Whether all that the filters leave is selected.
    pub all: bool,
    /// What `.` does once more.
    pub last: Option<Deed>,
    /// What is typed or chosen.
    pub panel: Option<Panel>,
    /// Why changes are not on the disk.
    pub unsaved: Option<String>,
    /// The article that was marked read by itself, or whose mark the user set: left alone while
    /// it is open.
    pub settled: Option<ArticleId>,
    /// Whether the next answer keeps the row rather than the article, which a mark took away.
    pub keeps_row: bool,
    /// What came since the last session, once compared.
    pub arrivals: Option<Arc<Arrivals>>,
    /// Whether that was asked for.
    pub compared: bool,
    /// The user's own views, as read when the list was opened last.
    pub own: Vec<View>,
    /// Articles in each of them, by its query as it is written: those of the links between names
    /// that hold now.
    pub counted: HashMap<String, usize>,
    /// Changes of views that can be taken back, each behind the change of the journal that was the
    /// last one then.
    pub views_done: Vec<(Option<ChangeId>, ViewStep)>,
    /// Those that were, each before the change that could then be done again.
    pub views_undone: Vec<(Option<ChangeId>, ViewStep)>,
    /// What to look out for.
    pub watch: Arc<Vec<Query>>,
    /// How many articles were looked through for it.
    pub watched: usize,
    /// New articles that hold it, by id: they stand before all others.
    pub top: Arc<Vec<bool>>,
    /// Where to go back to once its articles are there.
    pub place: Option<Box<Place>>,
}

impl TriageState {
    /// Brings the sheet up to a corpus.
    pub fn follow(&mut self, corpus: &Corpus) {
        if self.author.is_none() {
            return;
        }
        if !self.sheet.fits(corpus) {
            let author = self.author.as_deref().unwrap_or("");
            self.sheet = Sheet::new(self.state.seen(author).cloned());
        }
        self.sheet.grow(corpus, &self.state);
    }

    /// Says which articles hold what is looked out for.
    pub fn take_watched(&mut self, found: &[bool]) {
        self.sheet.watch(found);
        let top = self.sheet.all().map(|row| row.watched && row.new);
        let top: Vec<bool> = top.collect();
        self.top = Arc::new(if top.contains(&true) { top } else { Vec::new() });
    }

    /// The articles that meet a query's criteria, as things stand.
    #[must_use]
    pub fn selected(&self, query: &Query) -> Arc<Selected> {
        if query.criteria().next().is_none() {
            return Arc::default();
        }
        Arc::new(Selected::of(query.criteria(), &self.state, &self.sheet))
    }

    /// How many articles stand how.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        self.sheet.counts()
    }

    /// Whether anything was marked, or this is not the first session, so that counts say something.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        let counts = self.counts();
        !self.sheet.is_first_session()
            || counts.of(Standing::Kept) + counts.of(Standing::Dismissed) > 0
    }

    /// What was made of an article, if anything was.
    #[must_use]
    pub fn marks(&self, corpus: &Corpus, article: ArticleId) -> Option<&DocumentMarks> {
        let (segment, at) = corpus.locate(article)?;
        self.state.marks(&DocumentKey::at(segment, at))
    }

    /// All tags in use, sorted, those that hold what is typed; and how many documents have each.
    #[must_use]
    pub fn tags(&self, typed: &str) -> Vec<(String, usize)> {
        let typed = fold(typed);
        let mut tags: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for (_, marks) in self.state.documents() {
            for tag in &marks.tags {
                *tags.entry(tag).or_default() += 1;
            }
        }
        let tags = tags.into_iter();
        tags.filter(|(tag, _)| fold(tag).contains(typed.trim()))
            .map(|(tag, count)| (tag.to_owned(), count))
            .collect()
    }

    /// The rows of the list of views: the standings, then one's own.
    #[must_use]
    pub fn views(&self) -> Vec<ViewRow> {
        let standings = VIEWS.iter().map(|(key, standing)| ViewRow {
            key: *key,
            name: standing.name().to_owned(),
            query: format!("is:{}", standing.name()),
            count: Some(self.counts().of(*standing)),
            own: false,
        });
        let own = self.own.iter().enumerate().map(|(at, view)| ViewRow {
            key: "123456789".chars().nth(at).unwrap_or(' '),
            name: view.name.clone(),
            query: view.query.clone(),
            count: self.counted.get(&view.query).copied(),
            own: true,
        });
        standings.chain(own).collect()
    }
}

/// Whether a condition is one of the standings: only one of them is a view at a time.
#[must_use]
pub fn is_standing(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::Marked(crate::triage::Criterion::Is(_))
    )
}
