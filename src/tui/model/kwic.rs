//! Hits in context: the list of articles seen as a list of hits, one a line.

use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus};
use crate::query::{Answer, Highlighter, Place, Query, concordance};
use crate::tui::model::Ticket;
use crate::tui::model::scroll::Scroll;

/// How far the gathering of hits has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// More are on their way.
    #[default]
    Going,
    /// These are all.
    Whole,
    /// There are more, which are not gathered: nobody reads so many lines.
    Cut,
}

/// Hits that are gathered at most.
pub const MOST: usize = 100_000;

/// State of the hits in context.
#[derive(Clone, Debug, Default)]
pub struct KwicState {
    /// Whether the first pane shows hits instead of articles.
    pub open: bool,
    /// Whether the hits are wanted for their count, open or not.
    pub counted: bool,
    /// The newest request.
    pub ticket: Ticket,
    /// What that request asked for: the query, and the answer that it goes through.
    pub asked: Option<(Query, Ticket)>,
    /// Which request the places are of.
    pub arrived: Ticket,
    /// The hits in the order of the list of articles, then of the text.
    pub places: Arc<Vec<Place>>,
    /// Whether these are all.
    pub reach: Reach,
    /// The hit that the user chose last.
    pub chosen: Option<Place>,
    /// Where the list stands; rows are indices into `places`.
    pub scroll: Scroll,
    /// The newest request for the next article that holds a hit.
    pub seeks: Ticket,
    /// What it is about, until it is answered.
    pub seeking: Option<Seeking>,
}

/// A walk to the next hit that has left an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeking {
    /// The request.
    pub ticket: Ticket,
    /// The article that was open.
    pub from: Option<ArticleId>,
    /// Whether it goes down the list.
    pub forward: bool,
    /// Whether all articles that way are looked through.
    pub is_all: bool,
}

impl KwicState {
    /// The hit under the gutter mark.
    #[must_use]
    pub fn selected(&self) -> Option<Place> {
        self.places.get(self.scroll.row).copied()
    }

    /// Whether the places are of the newest request.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.asked.is_some() && self.arrived == self.ticket
    }

    /// `17/250`, with a `+` where there are more; `None` without hits.
    #[must_use]
    pub fn counter(&self) -> Option<String> {
        let all = self.places.len();
        let more = if self.reach == Reach::Whole { "" } else { "+" };
        (all > 0).then(|| format!("{}/{all}{more}", self.scroll.row + 1))
    }
}

/// The first of some articles with a hit in its text or title; gives up when cancelled.
#[must_use]
pub fn seek(
    corpus: &Corpus,
    query: &Query,
    among: &[ArticleId],
    cancelled: &dyn Fn() -> bool,
) -> Option<ArticleId> {
    let ready = Highlighter::new(corpus, query, cancelled)?;
    let holds = |id: &ArticleId| {
        let article = corpus.article(*id);
        article.is_some_and(|article| !ready.hits_in(article).is_empty())
    };
    let mut going = among.iter().copied().take_while(|_| !cancelled());
    going.find(holds)
}

/// Gathers the hits of an answer and hands them on in batches, the last of which says that it is
/// the last; `take` says whether anyone still listens. Gives up when cancelled.
pub fn gather(
    corpus: &Corpus,
    query: &Query,
    answer: &Answer,
    cancelled: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Vec<Place>, Reach) -> bool,
) {
    let mut gathered = 0;
    let mut cut = false;
    let mut listens = true;
    let done = concordance(corpus, query, &answer.hits, cancelled, &mut |mut batch| {
        batch.truncate(MOST - gathered);
        gathered += batch.len();
        cut = gathered == MOST;
        listens = take(batch, Reach::Going);
        listens && !cut
    });
    if done.is_some() && listens {
        let reach = if cut { Reach::Cut } else { Reach::Whole };
        take(Vec::new(), reach);
    }
}
