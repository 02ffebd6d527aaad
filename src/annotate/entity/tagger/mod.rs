//! The name tagger: a linear-chain conditional random field (Lafferty et al. 2001) over
//! hashed features, one model a language. `tests/train` trains it.
//!
//! `sheet` gathers what is known of the words of a document, `features` turns it into hashes, `model`
//! holds their weights and `decode` finds the likeliest names.

mod bytes;
mod cache;
mod clitic;
mod decode;
mod features;
mod letters;
mod sheet;

pub mod label;
pub mod lexicon;
pub mod model;

#[cfg(test)]
mod tests;

use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::{Caps, Script, Word, words};
use crate::annotate::entity::resolve::{Choice, Matched};
pub(super) use crate::annotate::entity::tagger::cache::Cache;
use crate::annotate::entity::tagger::decode::{Decoder, Space};
use crate::annotate::entity::tagger::label::LABELS;
use crate::annotate::entity::tagger::lexicon::Lexicon;
use crate::annotate::entity::tagger::model::Model;
use crate::annotate::entity::tagger::sheet::{Memory, Sheet};
use crate::corpus::{EntityKind, Language, Span};

/// About how many features a word has.
const FEATURES: usize = 64;

/// A name that the tagger proposes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposal {
    /// First word.
    pub(super) first: usize,
    /// Last word.
    pub(super) last: usize,
    /// Bytes, without clitics.
    pub(super) span: Span,
    /// What it names.
    pub(super) kind: EntityKind,
    /// How often such a proposal is right, 0 to 1.
    pub(super) confidence: f32,
}

/// A word to train on, with the features of its place.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Bytes, clitics left out.
    pub span: Span,
    /// Bytes of the whole word.
    pub word: Span,
    /// Kind of the match of the knowledge base that begins or goes on here, with whether it is
    /// undisputed.
    pub known: Option<(EntityKind, bool)>,
    /// Hashes.
    pub features: Vec<u64>,
}

/// A word as the lexicon counts it.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// Identity of the word.
    pub key: u64,
    /// Whether it has a capital.
    pub capital: bool,
    /// Whether a sentence begins with it.
    pub first: bool,
}

/// The words of a text as a lexicon counts them; `lexicon` tells Arabic particles from letters.
#[must_use]
pub fn occurrences(text: &str, lexicon: &Lexicon<'_>) -> Vec<Occurrence> {
    let words = words(text);
    let mut found = Vec::with_capacity(words.len());
    let mut end = 0;
    for word in &words {
        let between = text.get(end..word.start).unwrap_or("");
        found.push(Occurrence {
            key: sheet::identity(text, word, lexicon).0,
            capital: word.script == Script::Latin && word.caps != Caps::Lower,
            first: end == 0 || between.contains(['.', '!', '?', '؟', '\n', '"']),
        });
        end = word.end;
    }
    found
}

fn sheets<'a>(
    table: Table<'static>,
    fields: &[Matched<'a>],
    chosen: &[Vec<Option<Choice>>],
    lexicon: &Lexicon<'_>,
    cache: &mut Cache,
) -> (Vec<Sheet<'a>>, Memory) {
    let mut memory = Memory::default();
    let mut sheets: Vec<Sheet<'a>> = fields
        .iter()
        .zip(chosen)
        .map(|(field, choices)| Sheet::new(table, field, choices, lexicon, cache))
        .collect();
    for sheet in &sheets {
        sheet.tell(&mut memory);
    }
    for sheet in &sheets {
        sheet.tell_small(&mut memory);
    }
    for sheet in &mut sheets {
        sheet.learn(&memory);
    }
    (sheets, memory)
}

/// The runs of words of each field that may hold names, with their features.
pub(super) fn samples(
    table: Table<'static>,
    fields: &[Matched<'_>],
    chosen: &[Vec<Option<Choice>>],
    lexicon: &Lexicon<'_>,
) -> Vec<Vec<Vec<Sample>>> {
    let sample = |sheet: &Sheet<'_>, at: usize| {
        let (word, fact) = (sheet.words.get(at)?, sheet.facts.get(at)?);
        let mut features = Vec::new();
        sheet.features(at, &mut |feature| features.push(feature));
        let known = fact.known.checked_sub(1).and_then(|k| {
            let kind = EntityKind::ALL.get(usize::from(k / 6))?;
            Some((*kind, k % 6 < 4))
        });
        Some(Sample {
            span: Span::new(word.start + usize::from(fact.lead), word.end),
            word: Span::new(word.start, word.end),
            known,
            features,
        })
    };
    let (sheets, _) = sheets(table, fields, chosen, lexicon, &mut Cache::default());
    sheets
        .iter()
        .map(|sheet| {
            let runs = sheet.runs().into_iter();
            runs.map(|run| run.filter_map(|at| sample(sheet, at)).collect())
                .collect()
        })
        .collect()
}

/// The tagger of one language.
pub(super) struct Tagger {
    model: Model<'static>,
    decoder: Decoder,
}

impl Tagger {
    /// The tagger with the weights in what training made; `None` for anything else.
    pub(super) fn new(bytes: &'static [u8]) -> Option<Self> {
        let model = Model::new(bytes)?;
        let decoder = Decoder::new(&model);
        Some(Self { model, decoder })
    }

    /// The names in each field, from left to right.
    pub(super) fn propose(
        &self,
        table: Table<'static>,
        fields: &[Matched<'_>],
        chosen: &[Vec<Option<Choice>>],
        language: Language,
        cache: &mut Cache,
    ) -> Vec<Vec<Proposal>> {
        let (sheets, memory) = sheets(table, fields, chosen, &self.model.lexicon, cache);
        let (mut space, mut scores, mut names) = (Space::default(), Vec::new(), Vec::new());
        // all hashes of a word first: what is fetched for them does not wait for the next to be made
        let mut features = Vec::with_capacity(FEATURES);
        let mut propose = |sheet: &Sheet<'_>| {
            let mut proposals = Vec::new();
            for run in sheet.runs() {
                scores.clear();
                scores.extend(run.clone().map(|at| {
                    let word = sheet.words.get(at);
                    let hash = word.map_or(0, |word| word.key.full);
                    let word = word.map_or("", |word| word.of(sheet.text));
                    let mut sums = cache.sums(hash, word, || {
                        features.clear();
                        sheet.own_features(at, &mut |feature| features.push(feature));
                        let mut sums = [0; LABELS];
                        self.model.add(&features, &mut sums);
                        sums
                    });
                    features.clear();
                    sheet.features_of_place(at, &mut |feature| features.push(feature));
                    self.model.add(&features, &mut sums);
                    let mut own = model::scores(&sums);
                    if sheet.facts.get(at).is_some_and(|fact| fact.before.parts()) {
                        decode::forbid_inside(&mut own);
                    }
                    own
                }));
                names.clear();
                self.decoder.names(&scores, &mut space, &mut names);
                proposals.extend(names.iter().filter_map(|name| {
                    let (first, last) = (run.start + name.first, run.start + name.last);
                    let (from, fact) = (sheet.words.get(first)?, sheet.facts.get(first)?);
                    let until = sheet.words.get(last)?;
                    let end = if language == Language::English {
                        until.end - self.genitive(sheet.text, until, &memory)
                    } else {
                        until.end
                    };
                    Some(Proposal {
                        first,
                        last,
                        span: Span::new(from.start + usize::from(fact.lead), end),
                        kind: name.kind,
                        confidence: self.model.calibrated(name.probability),
                    })
                }));
            }
            proposals
        };
        sheets.iter().map(&mut propose).collect()
    }

    /// Bytes of a genitive that lost its apostrophe (`Assads`): where the document or the lexicon
    /// knows the name without it.
    fn genitive(&self, text: &str, word: &Word, memory: &Memory) -> usize {
        if word.script != Script::Latin {
            return 0;
        }
        let Some(bare) = key::without_genitive(word.of(text)).map(|key| key.full) else {
            return 0;
        };
        let whole = word.key.full;
        let (long, short) = (self.model.lexicon.get(whole), self.model.lexicon.get(bare));
        let known = short.capitals == 9 && short.frequency >= long.frequency + 4;
        usize::from(known || (memory.has(bare) && short.frequency >= long.frequency))
    }
}
