//! The articles that mention each entity.

use crate::corpus::columns::as_u32;
use crate::corpus::entities::EntityId;
use crate::corpus::segment::Segment;

/// For each entity the articles that mention it, with how often, in the order of their ids.
#[derive(Debug, Default)]
pub(crate) struct Mentioning {
    articles: Vec<(u32, u32)>,
    /// Where each entity's articles begin, and where the last one's end.
    starts: Vec<u32>,
}

impl Mentioning {
    pub(crate) fn new<'s>(
        entities: usize,
        segments: &(impl Iterator<Item = &'s Segment> + Clone),
    ) -> Self {
        let all = || {
            segments.clone().flat_map(|segment| {
                (0..segment.articles().len()).flat_map(move |at| {
                    let article = segment.id(at).0;
                    let entities = segment.entities(at);
                    entities.map(move |(id, count)| (id.index(), (article, count)))
                })
            })
        };
        let mut starts = vec![0u32; entities + 1];
        for (entity, _) in all() {
            if let Some(start) = starts.get_mut(entity + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut articles = vec![(0, 0); sum as usize];
        for (entity, article) in all() {
            if let Some(place) = next.get_mut(entity) {
                if let Some(slot) = articles.get_mut(*place as usize) {
                    *slot = article;
                }
                *place = as_u32(*place as usize + 1);
            }
        }
        Self { articles, starts }
    }

    pub(crate) fn of(&self, entity: EntityId) -> &[(u32, u32)] {
        let edge = |at: usize| self.starts.get(at).copied().unwrap_or(0) as usize;
        let range = edge(entity.index())..edge(entity.index() + 1);
        self.articles.get(range).unwrap_or_default()
    }
}
