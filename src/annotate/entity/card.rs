//! What the knowledge base says of one entity: spellings and relations, with their source.

use crate::annotate::entity::knowledge::table::Record;
use crate::corpus::Language;

/// An entity of the knowledge base. All texts are those of the tables in `assets/kb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Spellings by language, in the order of the tables.
    pub names: Vec<(Language, Vec<&'static str>)>,
    /// Relations and properties, in the order of the tables: `("in", "Syria")`,
    /// `("formerly", "al-Nusra Front")`, `("source", "curated")`; `assets/kb/README.md` lists them.
    pub facts: Vec<(&'static str, &'static str)>,
}

impl Card {
    pub(super) fn new(record: &Record<'static>) -> Self {
        let mut columns = record.card.split('\t');
        let list = |cell: Option<&'static str>| {
            let cell = cell.unwrap_or("");
            cell.split(';').filter(|piece| !piece.is_empty())
        };
        let names = [Language::English, Language::German, Language::Arabic]
            .map(|language| (language, list(columns.next()).collect()))
            .into();
        let facts = list(columns.next())
            .filter_map(|fact| fact.split_once('='))
            .collect();
        Self { names, facts }
    }

    /// The first value of a fact.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&'static str> {
        self.facts
            .iter()
            .find(|(fact, _)| *fact == name)
            .map(|(_, value)| *value)
    }
}
