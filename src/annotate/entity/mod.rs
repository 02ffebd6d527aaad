//! Names: found, typed and given their canonical key.
//!
//! `gazetteer` finds the names of the knowledge base in the words of a text, `resolve` decides what
//! each means, `surnames` links bare surnames to the full name of the same document. What is
//! particular to a language stands in the file of its name. `tagger` proposes names by what stands
//! around them, known or not, and `merge` brings both together.

mod arabic;
mod card;
mod context;
mod cue;
mod english;
mod gazetteer;
mod german;
mod judge;
mod knowledge;
mod merge;
mod repeat;
mod resolve;
mod surnames;
pub mod tagger;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, OnceLock};

pub use crate::annotate::entity::card::Card;
use crate::annotate::entity::gazetteer::Scan;
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::{Gap, Word, words};
use crate::annotate::entity::merge::Kept;
use crate::annotate::entity::repeat::Repeated;
use crate::annotate::entity::resolve::{Choice, Matched, kind_of};
use crate::annotate::entity::surnames::Surname;
use crate::annotate::entity::tagger::lexicon::Lexicon;
use crate::annotate::entity::tagger::{Proposal, Sample, Tagger};
use crate::corpus::{EntityKind, Field, Language, Mention, RawDocument, Span};

/// The compiled tables of `assets/kb`: everything of fixed width, and the text that it points into.
const INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.txt"));

/// Weights of the taggers: English, German, Arabic.
const MODELS: [&[u8]; 3] = [
    include_bytes!("../../../assets/models/en.bin"),
    include_bytes!("../../../assets/models/de.bin"),
    include_bytes!("../../../assets/models/ar.bin"),
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
        Self::with_models(MODELS)
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

    /// The names of a document, sorted by field and start, not overlapping within a field.
    #[must_use]
    pub fn find(&self, raw: &RawDocument, language: Language) -> Vec<Mention> {
        let Some(table) = self.table else {
            return Vec::new();
        };
        let texts = texts(raw);
        let words = texts.map(words);
        let fields = matched(table, texts, &words, language);
        let chosen = resolve::resolve(table, &fields);
        let proposals = match self.tagger(language) {
            Some(tagger) => tagger.propose(table, &fields, &chosen, language),
            None => vec![Vec::new(); fields.len()],
        };
        self.mentions(table, &fields, &chosen, &proposals)
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
        let at = match language {
            Language::English => 0,
            Language::German => 1,
            Language::Arabic => 2,
            Language::Other => return None,
        };
        let (slot, model) = self.taggers.get(at).zip(self.models.get(at))?;
        slot.get_or_init(|| Tagger::new(model)).as_ref()
    }

    fn mentions(
        &self,
        table: Table<'static>,
        fields: &[Matched<'_>; 2],
        chosen: &[Vec<Option<Choice>>],
        proposals: &[Vec<Proposal>],
    ) -> Vec<Mention> {
        let kept: Vec<Vec<Kept<'_>>> = fields
            .iter()
            .zip(chosen.iter().zip(proposals))
            .map(|(field, (choices, proposals))| merge::merge(table, field, choices, proposals))
            .collect();
        let mut names = Vec::new();
        let mut surnames = introduced(table, fields, &kept, &mut names);
        surnames.dedup_by(|a, b| a.full == b.full);
        let repeated = Repeated::new(fields, &kept);
        let mut mentions = Vec::new();
        for ((name, field), kept) in [Field::Title, Field::Text].iter().zip(fields).zip(&kept) {
            let from = mentions.len();
            for kept in kept {
                mentions.push(self.mention(table, *name, field, kept));
            }
            let known = mentions.split_off(from);
            let mut known = self.with_surnames(table, *name, field, &surnames, &names, known);
            let taken: Vec<Span> = known.iter().map(|m| m.span).collect();
            for proposal in repeated.elsewhere(field, &taken) {
                let mut mention = self.mention(table, *name, field, &Kept::Tagged(proposal));
                mention.why = repeat::reason(&mention.entity);
                known.push(mention);
            }
            mentions.extend(known);
        }
        mentions.sort_by_key(|m| (m.field, m.span));
        mentions
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

    fn key(&self, table: Table<'static>, entity: u32) -> (Arc<str>, EntityKind) {
        let Some(record) = table.entity(entity) else {
            return (Arc::from(""), EntityKind::Organisation);
        };
        let key = self.keys.get(entity as usize).map_or_else(
            || Arc::from(record.key),
            |slot| Arc::clone(slot.get_or_init(|| Arc::from(record.key))),
        );
        // phrases that are no names are never chosen, so a kind there is
        (key, kind_of(&record).unwrap_or(EntityKind::Organisation))
    }

    fn mention(
        &self,
        table: Table<'static>,
        field: Field,
        matched: &Matched<'_>,
        kept: &Kept<'_>,
    ) -> Mention {
        match kept {
            Kept::Known {
                choice,
                span,
                tagger,
                ..
            } => {
                let name = choice.candidate.name;
                let (entity, kind) = self.key(table, name.entity);
                let how = match (choice.candidate.exact, choice.by_context) {
                    (true, false) => "knowledge base: ",
                    (false, false) => "knowledge base, another spelling of ",
                    (true, true) => "knowledge base, by the words around it: ",
                    (false, true) => "knowledge base, by the words around it, another spelling of ",
                };
                let tagger = tagger.filter(|_| choice.by_context);
                let tagger = tagger.map_or(String::new(), |p| format!(", {}", tagged(p)));
                Mention {
                    field,
                    span: *span,
                    kind,
                    entity,
                    confidence: choice.confidence,
                    why: Arc::from(format!("{how}{}{tagger}", name.text)),
                }
            }
            Kept::Tagged(proposal) => Mention {
                field,
                span: proposal.span,
                kind: proposal.kind,
                entity: Arc::from(key_of(proposal.span.of(matched.text))),
                confidence: proposal.confidence,
                why: Arc::from(tagged(proposal.confidence)),
            },
        }
    }

    /// The mentions of a field and bare surnames; what the tagger took for a person by its surname
    /// is linked to the full name.
    fn with_surnames(
        &self,
        table: Table<'static>,
        field: Field,
        matched: &Matched<'_>,
        surnames: &[Surname],
        names: &[Arc<str>],
        mut mentions: Vec<Mention>,
    ) -> Vec<Mention> {
        let mut at = 0;
        while at < matched.words.len() && !surnames.is_empty() {
            let found = surnames
                .iter()
                .filter_map(|surname| surname.at(matched.text, matched.words, at))
                .find(|found| {
                    let span = Span::new(found.start, found.end);
                    let tagged = |m: &Mention| {
                        m.span == span && m.kind == EntityKind::Person && m.why.starts_with(TAGGER)
                    };
                    !mentions.iter().any(|m| m.span.overlaps(span) && !tagged(m))
                });
            let Some(found) = found else {
                at += 1;
                continue;
            };
            let span = Span::new(found.start, found.end);
            let local = (found.surname.entity as usize).checked_sub(self.keys.len());
            let entity = match local.and_then(|local| names.get(local)) {
                Some(name) => Arc::clone(name),
                None => self.key(table, found.surname.entity).0,
            };
            mentions.retain(|m| m.span != span);
            mentions.push(Mention {
                field,
                span,
                kind: EntityKind::Person,
                entity,
                confidence: 0.88,
                why: Arc::from(format!(
                    "surname of {} in this document",
                    found.surname.full
                )),
            });
            at += found.surname.len();
        }
        mentions
    }
}

/// What the reasons of names begin with that only the tagger finds.
const TAGGER: &str = "tagger ";

fn tagged(confidence: f32) -> String {
    format!("{TAGGER}{confidence:.2}")
}

/// The key of a name that the knowledge base does not know: the name, white space made even.
fn key_of(surface: &str) -> String {
    let mut key = String::with_capacity(surface.len());
    for word in surface.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
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

/// The surnames of the persons whom a document names in full. Persons whom the knowledge base does
/// not have are numbered behind its entities and added to `names`.
fn introduced(
    table: Table<'static>,
    fields: &[Matched<'_>],
    kept: &[Vec<Kept<'_>>],
    names: &mut Vec<Arc<str>>,
) -> Vec<Surname> {
    let mut surnames: Vec<Surname> = Vec::new();
    for (field, kept) in fields.iter().zip(kept) {
        for kept in kept {
            let (first, last, entity) = match kept {
                Kept::Known { found, choice, .. } => {
                    let entity = choice.candidate.name.entity;
                    let record = table.entity(entity);
                    if record.is_none_or(|record| kind_of(&record) != Some(EntityKind::Person)) {
                        continue;
                    }
                    (found.first, found.last, entity)
                }
                Kept::Tagged(p) if p.kind == EntityKind::Person && p.confidence >= 0.6 => {
                    let name = key_of(p.span.of(field.text));
                    let local = names.iter().position(|n| **n == *name).unwrap_or_else(|| {
                        names.push(Arc::from(name));
                        names.len() - 1
                    });
                    let entity = u32::try_from(table.len() + local).unwrap_or(u32::MAX);
                    (p.first, p.last, entity)
                }
                Kept::Tagged(_) => continue,
            };
            let words = field.words.get(first..=last).unwrap_or(&[]);
            // `Gaddafi-Anhänger` has no surname
            let compound = words.windows(2).next_back().is_some_and(|pair| match pair {
                [before, last] => last.gap == Gap::Hyphen && before.end - before.start > 4,
                _ => false,
            });
            if words.len() > 1 && !compound {
                surnames.extend(surnames::surname(field.text, words, entity));
            }
        }
    }
    surnames
}
