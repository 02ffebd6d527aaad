//! Names: found, typed and given their canonical key.
//!
//! `gazetteer` finds the names of the knowledge base in the words of a text, `resolve` decides what
//! each means, `surnames` links bare surnames to the full name of the same document. What is
//! particular to a language stands in the file of its name. `tagger` proposes names by what stands
//! around them, known or not, `merge` brings both together, and `mention` says what was found and why.

mod arabic;
mod card;
mod compose;
mod context;
mod cue;
mod designators;
mod english;
mod gazetteer;
mod german;
mod judge;
mod knowledge;
mod memo;
mod mention;
mod merge;
mod overlap;
mod repeat;
mod resolve;
mod surnames;
pub mod tagger;
mod typo;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, OnceLock};

pub use crate::annotate::entity::card::Card;
use crate::annotate::entity::gazetteer::Scan;
use crate::annotate::entity::knowledge::key::{self, Key};
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::{Word, words, words_by};
use crate::annotate::entity::memo::Memo;
use crate::annotate::entity::resolve::{Matched, kind_of};
use crate::annotate::entity::tagger::lexicon::Lexicon;
use crate::annotate::entity::tagger::{Cache, Sample, Tagger};
use crate::corpus::{EntityKind, Language, Mention, RawDocument};

/// The compiled tables of `assets/kb`: everything of fixed width, and the text that it points into.
const INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.txt"));

/// Bytes that start with a line of the processor's cache.
#[repr(C, align(64))]
struct Lines<B: ?Sized>(B);

/// Weights of the taggers: English, German, Arabic.
static MODELS: [&Lines<[u8]>; 3] = [
    &Lines(*include_bytes!("../../../assets/models/en.bin")),
    &Lines(*include_bytes!("../../../assets/models/de.bin")),
    &Lines(*include_bytes!("../../../assets/models/ar.bin")),
];

/// Finds the names of one document, in its title and its body. Built once, shared by threads.
pub struct Finder {
    table: Option<Table<'static>>,
    /// Keys already handed out, so that all mentions of an entity share one.
    keys: Vec<OnceLock<Arc<str>>>,
    models: [&'static [u8]; 3],
    /// Opened when the first document of their language comes.
    taggers: [OnceLock<Option<Tagger>>; 3],
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Finder({} entities)", self.keys.len())
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::embedded()
    }
}

impl Finder {
    /// The finder over the embedded knowledge base. Reads nothing but a header: ready at once.
    #[must_use]
    pub fn embedded() -> Self {
        Self::with_models(MODELS.map(|lines| &lines.0))
    }

    /// The finder with other taggers: bytes of models for English, German and Arabic. A language
    /// whose bytes are no model goes by the knowledge base alone.
    #[must_use]
    pub fn with_models(models: [&'static [u8]; 3]) -> Self {
        let table = Table::new(INDEX, TEXT);
        let count = table.as_ref().map_or(0, Table::len);
        Self {
            table,
            keys: (0..count).map(|_| OnceLock::new()).collect(),
            models,
            taggers: Default::default(),
        }
    }

    /// The names of a document, sorted by field and start, not overlapping within a field. For
    /// many documents [`series`](Self::series) is faster.
    #[must_use]
    pub fn find(&self, raw: &RawDocument, language: Language) -> Vec<Mention> {
        self.series().find(raw, language)
    }

    /// The finder for one document after the other, on one thread.
    #[must_use]
    pub fn series(&self) -> Series<'_> {
        Series {
            finder: self,
            keys: Memo::default(),
            caches: Default::default(),
        }
    }

    /// What a tagger is trained on: for each field its runs of words that may hold names.
    #[must_use]
    pub fn samples(
        &self,
        raw: &RawDocument,
        language: Language,
        lexicon: &Lexicon<'_>,
    ) -> Vec<Vec<Vec<Sample>>> {
        let Some(table) = self.table else {
            return Vec::new();
        };
        let texts = texts(raw);
        let words = texts.map(words);
        let fields = matched(table, texts, &words, language);
        let chosen = resolve::resolve(table, &fields);
        tagger::samples(table, &fields, &chosen, lexicon)
    }

    fn tagger(&self, language: Language) -> Option<&Tagger> {
        let at = place_of(language)?;
        let (slot, model) = self.taggers.get(at).zip(self.models.get(at))?;
        slot.get_or_init(|| Tagger::new(model)).as_ref()
    }

    /// What the knowledge base says of an entity, `None` where it does not have it.
    #[must_use]
    pub fn card(&self, key: &str, kind: EntityKind) -> Option<Card> {
        let table = self.table?;
        (0u32..)
            .map_while(|number| table.entity(number))
            .find(|record| record.key == key && kind_of(record) == Some(kind))
            .map(|record| Card::new(&record))
    }

    /// What the knowledge base says of the entities that are wanted, each with its key and kind.
    pub fn cards_of(
        &self,
        mut wanted: impl FnMut(&str, EntityKind) -> bool,
    ) -> Vec<(&'static str, EntityKind, Card)> {
        let records = |table: Table<'static>| (0u32..).map_while(move |n| table.entity(n));
        let records = self.table.into_iter().flat_map(records);
        records
            .filter_map(|record| Some((kind_of(&record)?, record)))
            .filter(|(kind, record)| wanted(record.key, *kind))
            .map(|(kind, record)| (record.key, kind, Card::new(&record)))
            .collect()
    }

    /// How many entities the knowledge base has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the knowledge base has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// A [`Finder`] that remembers words from document to document: finds the same, faster.
pub struct Series<'f> {
    finder: &'f Finder,
    keys: Memo<Key>,
    /// What each tagger remembers.
    caches: [Cache; 3],
}

impl fmt::Debug for Series<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Series({:?})", self.finder)
    }
}

impl Series<'_> {
    /// As [`Finder::find`].
    #[must_use]
    pub fn find(&mut self, raw: &RawDocument, language: Language) -> Vec<Mention> {
        let finder = self.finder;
        let Some(table) = finder.table else {
            return Vec::new();
        };
        let texts = texts(raw);
        let keys = &mut self.keys;
        let mut key = |word: &str| keys.get(memo::hash(word), word, || key::key(word));
        let words = texts.map(|text| words_by(text, &mut key));
        let fields = matched(table, texts, &words, language);
        let chosen = resolve::resolve(table, &fields);
        let cache = place_of(language).and_then(|at| self.caches.get_mut(at));
        let proposals = match finder.tagger(language).zip(cache) {
            Some((tagger, cache)) => tagger.propose(table, &fields, &chosen, language, cache),
            None => vec![Vec::new(); fields.len()],
        };
        finder.mentions(table, &fields, &chosen, &proposals)
    }
}

/// The place of a language's tagger.
fn place_of(language: Language) -> Option<usize> {
    match language {
        Language::English => Some(0),
        Language::German => Some(1),
        Language::Arabic => Some(2),
        Language::Other => None,
    }
}

fn texts(raw: &RawDocument) -> [&str; 2] {
    [raw.title.as_deref().unwrap_or(""), raw.text.as_str()]
}

fn matched<'a>(
    table: Table<'static>,
    texts: [&'a str; 2],
    words: &'a [Vec<Word>; 2],
    language: Language,
) -> [Matched<'a>; 2] {
    let [title, body] = words;
    let of = |text: &'a str, words: &'a [Word]| Matched {
        text,
        words,
        language,
        matches: Scan {
            table,
            text,
            words,
            language,
        }
        .matches(),
    };
    [of(texts[0], title), of(texts[1], body)]
}
