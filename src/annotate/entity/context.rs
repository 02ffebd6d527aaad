//! What the names taken so far say about a document: its countries and entities.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::entity::knowledge::table::{NO_ENTITY, Table};
use crate::annotate::entity::resolve::Choice;

/// Countries and entities of a document.
#[derive(Default)]
pub(super) struct Context {
    countries: FxHashMap<u32, u32>,
    entities: FxHashSet<u32>,
    /// Those that a name which is nothing else stands for.
    sure: FxHashSet<u32>,
}

impl Context {
    /// Counts a mention of an entity.
    pub(super) fn add(&mut self, table: Table<'static>, choice: &Choice) {
        let entity = choice.candidate.name.entity;
        self.entities.insert(entity);
        if !choice.by_context {
            self.sure.insert(entity);
        }
        let country = table.entity(entity).map(|record| record.country);
        if let Some(country) = country.filter(|country| *country != NO_ENTITY) {
            *self.countries.entry(country).or_insert(0) += 1;
        }
    }

    /// Whether the document names an entity.
    pub(super) fn names(&self, entity: u32) -> bool {
        self.entities.contains(&entity)
    }

    /// Whether the document names an entity by a name that is nothing else.
    pub(super) fn surely_names(&self, entity: u32) -> bool {
        self.sure.contains(&entity)
    }

    /// Share of a country in what the document says of countries, 0 to 1.
    pub(super) fn share(&self, country: u32) -> f32 {
        let count = |n: u32| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
        let all: u32 = self.countries.values().sum();
        let own = self.countries.get(&country).copied().unwrap_or(0);
        count(own) / count(all.max(1))
    }
}
