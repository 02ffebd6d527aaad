//! The corpus was read anew: what the screen shows stays where it is.
//!
//! Articles have other numbers now. What is known by number is looked up again by its content and
//! path, so that neither the cursor nor the view moves.

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{ArticleId, Corpus, EntityId, Segment};
use crate::query::{Answer, Hit, Row};
use crate::triage::{DocumentKey, Sheet};
use crate::tui::effect::Effect;
use crate::tui::model::copies::DifferenceState;
use crate::tui::model::entities::EntitiesState;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::page::Page;
use crate::tui::model::{Model, Notice};
use crate::tui::update::triage;

/// The way from the numbers of one corpus to those of the next.
struct Moves<'c> {
    old: &'c Corpus,
    new: &'c Corpus,
    by_content: HashMap<(DocumentKey, &'c str), ArticleId>,
    /// By path, and by id for one of several in a file.
    by_name: HashMap<(&'c str, &'c str), ArticleId>,
}

impl<'c> Moves<'c> {
    fn new(old: &'c Corpus, new: &'c Corpus) -> Self {
        let by_content = new.places().map(|(segment, at)| {
            let key = DocumentKey::at(segment, at);
            ((key, segment.path(at)), segment.id(at))
        });
        let by_name = new.places().map(|(segment, at)| {
            let name = (segment.path(at), segment.record_id(at));
            (name, segment.id(at))
        });
        Self {
            old,
            new,
            by_content: by_content.collect(),
            by_name: by_name.collect(),
        }
    }

    /// The same document in the new corpus.
    fn same(&self, id: ArticleId) -> Option<ArticleId> {
        let (segment, at) = self.old.locate(id)?;
        let key = (DocumentKey::at(segment, at), segment.path(at));
        self.by_content.get(&key).copied()
    }

    /// The same document, else what stands under its path and name now.
    fn near(&self, id: ArticleId) -> Option<ArticleId> {
        self.same(id).or_else(|| {
            let (segment, at) = self.old.locate(id)?;
            let name = (segment.path(at), segment.record_id(at));
            self.by_name.get(&name).copied()
        })
    }

    fn entity(&self, id: EntityId) -> Option<EntityId> {
        let entity = self.old.entities().get(id)?;
        self.new.entities().find(&entity.key, entity.kind)
    }

    /// The answer in the new numbers, without what is gone: shown until there is a new one.
    fn answer(&self, answer: &Answer) -> Answer {
        let mut moved = answer.clone();
        let hits = answer.hits.articles();
        moved.hits = hits
            .filter_map(|id| {
                let article = self.near(id)?;
                Some(Hit { article, score: 0 })
            })
            .collect();
        Arc::make_mut(&mut moved.entities).retain_mut(|count| {
            let same = self.entity(count.entity);
            count.entity = same.unwrap_or(count.entity);
            same.is_some()
        });
        for row in &mut moved.timeline {
            if let Row::Bucket { lead, .. } = row {
                *lead = lead.and_then(|mut lead| {
                    lead.article = self.same(lead.article)?;
                    Some(lead)
                });
            }
        }
        moved
    }
}

/// The corpus was read anew.
pub(super) fn reloaded(model: &mut Model, corpus: Arc<Corpus>) -> Vec<Effect> {
    let old = Arc::clone(&model.corpus);
    let moves = Moves::new(&old, &corpus);
    let is_new = |(segment, at): &(&Segment, usize)| {
        let key = DocumentKey::at(segment, *at);
        model.triage.sheet.articles(&key).is_empty()
    };
    let came = corpus.places().filter(is_new).count();

    // what is compared counts in the old numbers
    model.difference = DifferenceState::default();
    if let Some(Overlay::Copies { .. } | Overlay::Difference { .. }) = model.overlay {
        model.overlay = None;
    }
    let answer = moves.answer(&model.result.answer);
    model.entities.rows = Arc::new(EntitiesState::rows_of(&answer));
    model.result.answer = Arc::new(answer);
    model
        .articles
        .arrange(&model.result.answer, corpus.duplicates());
    model.articles.chosen = model.articles.chosen.and_then(|id| moves.near(id));
    model.entities.chosen = model.entities.chosen.and_then(|id| moves.entity(id));
    model.triage.anchor = model.triage.anchor.and_then(|id| moves.same(id));
    model.triage.settled = model.triage.settled.and_then(|id| moves.same(id));
    let reader = &mut model.reader;
    let places = std::mem::take(&mut reader.places).into_iter();
    reader.places = places
        .filter_map(|(id, byte)| Some((moves.same(id)?, byte)))
        .collect();
    // a page of the same text stays until it is laid out anew; of another text nothing fits
    reader.page = reader.page.take().and_then(|page| {
        let article = moves.same(page.article)?;
        Some(Arc::new(Page {
            article,
            ..Page::clone(&page)
        }))
    });
    reader.article = reader.article.and_then(|id| moves.near(id));
    reader.requested = None;
    let top = model.triage.top.iter().enumerate().filter(|(_, top)| **top);
    let top: Vec<ArticleId> = top
        .filter_map(|(at, _)| moves.same(ArticleId(u32::try_from(at).ok()?)))
        .collect();
    drop(moves);

    let mut flags = vec![false; if top.is_empty() { 0 } else { corpus.len() }];
    for id in top {
        if let Some(flag) = flags.get_mut(id.index()) {
            *flag = true;
        }
    }
    model.triage.top = Arc::new(flags);
    model.triage.watched = 0;
    let author = model.triage.author.clone().unwrap_or_default();
    model.triage.sheet = Sheet::new(model.triage.state.seen(&author).cloned());
    model.corpus = corpus;
    model.corrections.linked = model.corrections.read;
    model.result.corpus = Arc::clone(&model.corpus);
    model.result.stale = true;
    // what is on its way counts in the old numbers
    let _ = model.result.ticket.advance();
    model.result.waiting = false;
    let _ = model.reader.ticket.advance();
    let corpus = Arc::clone(&model.corpus);
    triage::follow(model, &corpus);
    model.dirty = true;
    let said = match came {
        0 => "the folder has changed".to_owned(),
        1 => "1 new document has come · ' n shows what is new".to_owned(),
        n => format!("{n} new documents have come · ' n shows what is new"),
    };
    model.notice = Some(Notice::Done(said));
    Vec::new()
}
