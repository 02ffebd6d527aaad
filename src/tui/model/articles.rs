//! The list of articles: which one is selected, in what order they stand, and which
//! near-duplicates are folded into one row.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::corpus::{ArticleId, Duplicates};
use crate::query::{Answer, Sort};
use crate::tui::model::scroll::Scroll;

/// What a row of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// One article.
    Single,
    /// The face of a fold: an article with others of the result that are near-duplicates of it or,
    /// as it is, of the same one.
    Face {
        /// How many others.
        others: usize,
        /// Whether they stand below it.
        open: bool,
    },
    /// One of the others of an open fold.
    Copy,
}

/// Rows that follow each other and whose hits do: in a list with folds, of which there are few, a
/// million rows are a few of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// The first row.
    row: usize,
    /// Index of its hit among the answer's.
    hit: usize,
    /// How many rows.
    len: usize,
    kind: RowKind,
}

/// The rows of an answer in which something is folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// In the order of their rows.
    runs: Vec<Run>,
    /// Rows that there are.
    rows: usize,
    /// Rows that there would be with every fold closed.
    stories: usize,
}

impl Folded {
    fn add(&mut self, hit: usize, len: usize, kind: RowKind) {
        if len == 0 {
            return;
        }
        self.runs.push(Run {
            row: self.rows,
            hit,
            len,
            kind,
        });
        self.rows += len;
        if kind != RowKind::Copy {
            self.stories += len;
        }
    }

    /// The hit of a row, and what the row stands for.
    fn row(&self, row: usize) -> Option<(usize, RowKind)> {
        let after = self.runs.partition_point(|run| run.row <= row);
        let run = self.runs.get(after.checked_sub(1)?)?;
        let at = row - run.row;
        (at < run.len).then_some((run.hit + at, run.kind))
    }

    /// The row of a hit; `None` where it is folded away.
    fn row_of(&self, hit: usize) -> Option<usize> {
        let run = self
            .runs
            .iter()
            .find(|run| run.hit <= hit && hit < run.hit + run.len)?;
        Some(run.row + hit - run.hit)
    }
}

/// State of the first pane.
#[derive(Clone, Debug)]
pub struct ArticlesState {
    /// The article that the user chose last; it stays so while a filter hides it.
    pub chosen: Option<ArticleId>,
    /// Where the list stands; rows are those of [`row`](Self::row).
    pub scroll: Scroll,
    /// Order.
    pub sort: Sort,
    /// Whether the order is turned round.
    pub reverse: bool,
    /// Whether near-duplicates are folded.
    pub fold: bool,
    /// Folds that are open, by the representative of their cluster.
    pub(super) opened: BTreeSet<ArticleId>,
    /// The rows; `None` where they are the hits as they are.
    pub(super) folded: Option<Folded>,
}

impl Default for ArticlesState {
    fn default() -> Self {
        Self {
            chosen: None,
            scroll: Scroll::default(),
            sort: Sort::default(),
            reverse: false,
            fold: true,
            opened: BTreeSet::new(),
            folded: None,
        }
    }
}

impl ArticlesState {
    /// How many rows the list has.
    #[must_use]
    pub fn len(&self, answer: &Answer) -> usize {
        match &self.folded {
            Some(folded) => folded.rows,
            None => answer.hits.len(),
        }
    }

    /// What stands in a row.
    #[must_use]
    pub fn row(&self, answer: &Answer, row: usize) -> Option<(ArticleId, RowKind)> {
        match &self.folded {
            Some(folded) => {
                let (hit, kind) = folded.row(row)?;
                Some((answer.hits.article(hit)?, kind))
            }
            None => Some((answer.hits.article(row)?, RowKind::Single)),
        }
    }

    /// The articles of the rows, in their order; near-duplicates that are folded away are not
    /// among them.
    #[must_use]
    pub fn shown<'a>(&'a self, answer: &'a Answer) -> Box<dyn Iterator<Item = ArticleId> + 'a> {
        match &self.folded {
            Some(folded) => {
                let hits = folded
                    .runs
                    .iter()
                    .flat_map(|run| run.hit..run.hit + run.len);
                Box::new(hits.filter_map(|hit| answer.hits.article(hit)))
            }
            None => answer.hits.articles(),
        }
    }

    /// How many stories the hits are, where that is another number.
    #[must_use]
    pub fn stories(&self) -> Option<usize> {
        self.folded.as_ref().map(|folded| folded.stories)
    }

    /// The article under the gutter mark.
    #[must_use]
    pub fn selected(&self, answer: &Answer) -> Option<ArticleId> {
        self.row(answer, self.scroll.row)
            .map(|(article, _)| article)
    }

    /// The row of an article; `None` for one that is not in the answer or folded away.
    #[must_use]
    pub fn row_of(&self, answer: &Answer, article: ArticleId) -> Option<usize> {
        let hit = answer.hits.place_of(article)?;
        match &self.folded {
            Some(folded) => folded.row_of(hit),
            None => Some(hit),
        }
    }

    /// Works the rows out anew, for another answer or after a fold was opened or closed.
    pub fn arrange(&mut self, answer: &Answer, duplicates: &Duplicates) {
        self.folded = if self.fold && !duplicates.is_empty() {
            fold(answer, duplicates, &self.opened)
        } else {
            None
        };
    }

    /// Opens the fold that an article is folded away in, so that it has a row.
    pub fn unfold(&mut self, answer: &Answer, duplicates: &Duplicates, article: ArticleId) {
        let is_hit = || answer.hits.articles().any(|id| id == article);
        if self.folded.is_some()
            && let Some(cluster) = duplicates.of(article)
            && self.row_of(answer, article).is_none()
            && is_hit()
        {
            self.opened.insert(cluster.representative);
            self.arrange(answer, duplicates);
        }
    }

    /// Opens or closes the fold of the selected row and stays on its article, or on the face when
    /// the article is folded away; `None` when the row has no fold, else whether it is open now.
    pub fn toggle(&mut self, answer: &Answer, duplicates: &Duplicates) -> Option<bool> {
        let (article, kind) = self.row(answer, self.scroll.row)?;
        if kind == RowKind::Single {
            return None;
        }
        let mut face = self.scroll.row;
        while matches!(self.row(answer, face), Some((_, RowKind::Copy))) {
            face = face.checked_sub(1)?;
        }
        let representative = duplicates.of(article)?.representative;
        let open = !self.opened.remove(&representative);
        if open {
            self.opened.insert(representative);
        }
        self.arrange(answer, duplicates);
        self.scroll.row = face;
        Some(open)
    }
}

/// The rows of an answer with folds; `None` when no two of its articles are alike.
///
/// A fold stands where its face stands in the order of the answer: the representative of the
/// cluster or, where the filter leaves that out, the first of the others.
fn fold(answer: &Answer, duplicates: &Duplicates, opened: &BTreeSet<ArticleId>) -> Option<Folded> {
    let alike = answer.hits.find_all(|article| duplicates.has(article));
    let alike = alike.into_iter().filter_map(|(place, article)| {
        let number = duplicates.number_of(article)?;
        Some((place, article, number))
    });
    let alike: Vec<(usize, ArticleId, u32)> = alike.collect();
    let mut folds: FxHashMap<u32, (usize, Vec<usize>)> = FxHashMap::default();
    for (place, article, number) in &alike {
        let (face, members) = folds.entry(*number).or_insert((*place, Vec::new()));
        let cluster = duplicates.of(*article);
        if cluster.is_some_and(|cluster| cluster.representative == *article) {
            *face = *place;
        }
        members.push(*place);
    }
    folds.retain(|_, (_, members)| members.len() > 1);
    if folds.is_empty() {
        return None;
    }
    let mut folded = Folded::default();
    let mut next = 0;
    for (place, article, number) in alike {
        let Some((face, members)) = folds.get(&number) else {
            continue;
        };
        folded.add(next, place - next, RowKind::Single);
        next = place + 1;
        if *face != place {
            continue;
        }
        let cluster = duplicates.of(article);
        let open = cluster.is_some_and(|cluster| opened.contains(&cluster.representative));
        let others = members.len() - 1;
        folded.add(place, 1, RowKind::Face { others, open });
        if open {
            for copy in members.iter().filter(|member| *member != face) {
                folded.add(*copy, 1, RowKind::Copy);
            }
        }
    }
    folded.add(next, answer.hits.len() - next, RowKind::Single);
    Some(folded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::{Cluster, Copy, Likeness};
    use crate::query::Hit;

    fn answer(ids: &[u32]) -> Answer {
        let hits = ids.iter().map(|id| Hit {
            article: ArticleId(*id),
            score: 0,
        });
        Answer {
            hits: hits.collect(),
            ..Answer::default()
        }
    }

    fn cluster(ids: &[u32]) -> Cluster {
        Cluster {
            representative: ArticleId(ids[0]),
            copies: ids[1..]
                .iter()
                .map(|id| Copy {
                    article: ArticleId(*id),
                    likeness: Likeness {
                        resemblance: 1.0,
                        containment: 1.0,
                        shared: 10,
                    },
                })
                .collect(),
        }
    }

    fn ids(state: &ArticlesState, answer: &Answer) -> Vec<u32> {
        state.shown(answer).map(|id| id.0).collect()
    }

    #[test]
    fn a_fold_stands_where_its_face_stands() {
        let duplicates = Duplicates::new(vec![cluster(&[4, 1, 6]), cluster(&[2, 9])]);
        let answer = answer(&[0, 1, 2, 3, 4, 5, 6]);
        let mut state = ArticlesState::default();
        state.arrange(&answer, &duplicates);
        // 9 is not in the result, so 2 folds nothing
        assert_eq!(ids(&state, &answer), [0, 2, 3, 4, 5]);
        assert_eq!(state.stories(), Some(5));
        state.scroll.row = 3;
        assert_eq!(state.toggle(&answer, &duplicates), Some(true));
        assert_eq!(ids(&state, &answer), [0, 2, 3, 4, 1, 6, 5]);
        assert_eq!(state.stories(), Some(5));
        state.scroll.row = 5;
        assert_eq!(state.toggle(&answer, &duplicates), Some(false));
        assert_eq!(
            (state.scroll.row, state.selected(&answer)),
            (3, Some(ArticleId(4)))
        );
        state.unfold(&answer, &duplicates, ArticleId(6));
        assert_eq!(state.row_of(&answer, ArticleId(6)), Some(5));
        state.scroll.row = 0;
        assert_eq!(state.toggle(&answer, &duplicates), None);
        state.fold = false;
        state.arrange(&answer, &duplicates);
        assert_eq!(ids(&state, &answer), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(state.stories(), None);
    }

    #[test]
    fn without_its_representative_a_fold_has_another_face() {
        let duplicates = Duplicates::new(vec![cluster(&[4, 1, 6])]);
        let answer = answer(&[6, 0, 1]);
        let mut state = ArticlesState::default();
        state.arrange(&answer, &duplicates);
        assert_eq!(ids(&state, &answer), [6, 0]);
        let face = RowKind::Face {
            others: 1,
            open: false,
        };
        assert_eq!(state.row(&answer, 0).unwrap().1, face);
    }

    proptest! {
        #[test]
        fn no_article_is_lost(
            order in Just((0u32..12).collect::<Vec<_>>()).prop_shuffle(),
            taken in 0usize..12,
            open in proptest::collection::vec(0u32..12, 0..4),
        ) {
            let duplicates = Duplicates::new(vec![cluster(&[0, 5, 7]), cluster(&[3, 1]), cluster(&[8, 9, 10, 11])]);
            let answer = answer(&order[..taken]);
            let mut state = ArticlesState::default();
            state.arrange(&answer, &duplicates);
            let closed = state.len(&answer);
            prop_assert_eq!(state.stories().unwrap_or(taken), closed);
            for id in open {
                state.unfold(&answer, &duplicates, ArticleId(id));
                let is_hit = order[..taken].contains(&id);
                prop_assert_eq!(state.row_of(&answer, ArticleId(id)).is_some(), is_hit);
            }
            prop_assert_eq!(state.stories().unwrap_or(taken), closed);
            // with every fold open, each article has a row and none has two
            for id in 0..12 {
                state.unfold(&answer, &duplicates, ArticleId(id));
            }
            let mut shown = ids(&state, &answer);
            shown.sort_unstable();
            let mut hits = order[..taken].to_vec();
            hits.sort_unstable();
            prop_assert_eq!(shown, hits);
        }
    }
}
