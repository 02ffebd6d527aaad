//! Annotated text: public sets of tokens with tags, and our own standoff annotations.

use std::fs;
use std::path::Path;

use khabar::annotate::entity::tagger::Sample;
use khabar::annotate::entity::tagger::label::{LABELS, labels_of};
use khabar::corpus::{EntityKind, Metadata, RawDocument, Span};
use serde_json::Value;

use crate::Corpora;
use crate::crf::Run;

/// A name in the body of a document, in bytes, with the kinds that it may be of.
pub struct Gold {
    pub span: Span,
    pub kinds: Vec<EntityKind>,
    /// Whether it may as well be no name.
    pub perhaps: bool,
    /// Spans that are as good, and what the set itself calls it.
    pub others: Vec<Span>,
    pub tag: String,
}

/// An annotated document.
pub struct Annotated {
    pub raw: RawDocument,
    pub names: Vec<Gold>,
    /// Tokens of the set, in bytes; empty for our own.
    pub tokens: Vec<Span>,
}

pub fn raw(id: &str, title: Option<&str>, text: String) -> RawDocument {
    RawDocument {
        id: id.to_owned(),
        path: format!("{id}.txt"),
        title: title.map(str::to_owned),
        text,
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    }
}

/// Sentences that make a document of a set that does not tell.
const SENTENCES: usize = 12;

/// What may stand in front of a person's name inside of the spans of the Groningen Meaning Bank.
const TITLES: &[&str] = &[
    "president",
    "prime",
    "minister",
    "secretary",
    "general",
    "mr.",
    "mr",
    "mrs.",
    "mrs",
    "ms.",
    "dr.",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "senator",
    "sen.",
    "foreign",
    "defense",
    "chancellor",
    "ayatollah",
    "vice",
    "former",
    "judge",
    "justice",
    "colonel",
    "col.",
    "gen.",
    "lt.",
    "lieutenant",
    "major",
    "maj.",
    "captain",
    "capt.",
    "sgt.",
    "sergeant",
    "admiral",
    "ambassador",
    "governor",
    "gov.",
    "rep.",
    "representative",
    "congressman",
    "archbishop",
    "cardinal",
    "bishop",
    "reverend",
    "rev.",
    "sir",
    "lord",
    "lady",
    "chairman",
    "spokesman",
    "spokeswoman",
    "premier",
    "attorney",
    "treasury",
    "state",
    "interior",
    "finance",
    "deputy",
    "chief",
    "commander",
    "imam",
    "mullah",
    "professor",
    "prof.",
    "director",
    "of",
];

/// The documents of a set of lines "token TAB tag", without the sentences before `skip` and from
/// `take` on.
pub fn tokens(path: &Path, skip: usize, take: usize) -> Vec<Annotated> {
    let file = fs::read_to_string(path).unwrap_or_default();
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut documents = Vec::new();
    let sentences: Vec<Vec<(&str, &str)>> = file
        .split("\n\n")
        .map(|sentence| {
            let lines = sentence.lines().filter_map(|line| line.split_once('\t'));
            lines
                .filter(|(token, _)| !token.starts_with("http"))
                .collect()
        })
        .filter(|sentence: &Vec<_>| !sentence.is_empty())
        .skip(skip)
        .take(take)
        .collect();
    for group in sentences.chunks(SENTENCES) {
        let mut text = String::new();
        let (mut spans, mut tags) = (Vec::new(), Vec::new());
        for sentence in group {
            let ends = text.trim_end().ends_with(['.', '!', '?', '"', '؟']);
            if !text.is_empty() {
                text.push(if ends { ' ' } else { '\n' });
            }
            let mut glued = true;
            for (token, tag) in sentence {
                let closing = matches!(
                    *token,
                    "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "،" | "؟" | "''" | "%" | "’s"
                ) || (token.starts_with('\'') && token.len() <= 3);
                if !glued && !closing {
                    text.push(' ');
                }
                glued = matches!(*token, "(" | "[" | "``" | "„");
                let start = text.len();
                text.push_str(match *token {
                    "``" | "''" => "\"",
                    token => token,
                });
                spans.push(Span::new(start, text.len()));
                tags.push(*tag);
            }
        }
        let names = names_of(&name, &text, &spans, &tags);
        documents.push(Annotated {
            raw: raw(&format!("{name}-{}", documents.len()), None, text),
            names,
            tokens: spans,
        });
    }
    documents
}

fn names_of(set: &str, text: &str, spans: &[Span], tags: &[&str]) -> Vec<Gold> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < tags.len() {
        let mut first = at;
        at += 1;
        let Some((_, tag)) = tags[first].split_once('-') else {
            continue;
        };
        while at < tags.len() && tags[at].strip_prefix("I-") == Some(tag) {
            at += 1;
        }
        if tag == "PER" && set.starts_with("gmb") {
            let title =
                |token: usize| TITLES.contains(&spans[token].of(text).to_lowercase().as_str());
            while first + 1 < at && title(first) {
                first += 1;
            }
        }
        let (kinds, perhaps) = match tag {
            "PER" => (vec![EntityKind::Person], false),
            "ORG" => (
                vec![
                    EntityKind::Group,
                    EntityKind::Organisation,
                    EntityKind::Media,
                ],
                false,
            ),
            "LOC" => (vec![EntityKind::Place, EntityKind::Country], false),
            // nationalities mostly, and countries in the Groningen Meaning Bank
            _ if at - first == 1 => (Vec::new(), true),
            _ => (vec![EntityKind::Event], true),
        };
        names.push(Gold {
            span: Span::new(spans[first].range().start, spans[at - 1].range().end),
            kinds,
            perhaps,
            others: Vec::new(),
            tag: tag.to_owned(),
        });
    }
    names
}

/// The standoff annotations of a language with their texts; and those of the sets for checking,
/// which carry their texts.
pub fn own(path: &Path, texts: &Corpora) -> Vec<Annotated> {
    let file = fs::read_to_string(path).unwrap_or_default();
    file.lines()
        .filter_map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let id = row["id"].as_str().unwrap();
            let (title, text) = if let Some(text) = row["text"].as_str() {
                (None, text.to_owned())
            } else {
                let row = texts.get(id)?;
                (Some(row.title.as_str()), row.text.clone())
            };
            let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            bytes.push(text.len());
            let offset = |value: &Value| bytes[usize::try_from(value.as_u64().unwrap()).unwrap()];
            let mentions = row["mentions"].as_array().unwrap().iter();
            let names = mentions
                .filter(|m| m["level"].as_str().is_none_or(|l| l == "name"))
                .filter(|m| m["nested"].as_bool() != Some(true))
                .filter_map(|m| {
                    let kind = m["type"].as_str().unwrap();
                    let span = Span::new(offset(&m["start"]), offset(&m["end"]));
                    let mut others = vec![];
                    if path.ends_with("ner_de.jsonl") && span.of(&text).ends_with('s') {
                        // the annotations keep the genitive, the knowledge base cuts it
                        let bare = span.range();
                        others.push(Span::new(bare.start, bare.end - 1));
                    }
                    Some(Gold {
                        span,
                        kinds: vec![EntityKind::from_code(kind)?],
                        perhaps: m["optional"].as_bool() == Some(true),
                        others: m["alt_spans"].as_array().map_or(others, |spans| {
                            let span = |s: &Value| Span::new(offset(&s[0]), offset(&s[1]));
                            spans.iter().map(span).collect()
                        }),
                        tag: kind.to_owned(),
                    })
                })
                .collect();
            Some(Annotated {
                raw: raw(id, title, text),
                names,
                tokens: Vec::new(),
            })
        })
        .collect()
}

/// Runs to train on out of the samples of a document's body.
pub fn runs(document: &Annotated, samples: Vec<Vec<Sample>>, weight: f32) -> Vec<Run> {
    let every: u16 = (1 << (LABELS - 1)) - 1;
    let begins =
        |gold: &Gold, word: Span| word.start <= gold.span.start && gold.span.start < word.end;
    let mut runs = Vec::new();
    for samples in samples {
        let mut run = Run {
            features: Vec::new(),
            ends: Vec::new(),
            allowed: Vec::new(),
            weight,
        };
        let mut before: Option<*const Gold> = None;
        for sample in samples {
            let gold = document
                .names
                .iter()
                .find(|gold| gold.span.overlaps(sample.word));
            let mut allowed = 0;
            if let Some(gold) = gold {
                // where the start of the name was not reachable, it starts here
                let goes_on =
                    before == Some(std::ptr::from_ref(gold)) && !begins(gold, sample.word);
                let whole = gold.span.end <= sample.word.end;
                for kind in &gold.kinds {
                    let (begin, inside) = labels_of(*kind);
                    allowed |= 1 << if goes_on { inside } else { begin };
                }
                if let (Some((kind, true)), true, true) = (sample.known, whole, !goes_on) {
                    let (begin, _) = labels_of(kind);
                    let country = kind == EntityKind::Country && gold.kinds.is_empty();
                    if country || allowed & (1 << begin) != 0 {
                        allowed = 1 << begin;
                    }
                }
                if gold.perhaps && allowed & (1 << labels_of(EntityKind::Country).0) == 0 {
                    allowed |= 1;
                    if document.tokens.is_empty() {
                        allowed = every;
                    }
                }
            } else {
                allowed = 1;
            }
            before = gold.map(std::ptr::from_ref);
            run.features.extend(&sample.features);
            run.ends.push(run.features.len());
            run.allowed.push(allowed);
        }
        runs.push(run);
    }
    runs
}
