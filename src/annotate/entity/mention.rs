//! The mentions of a document: each name that stays with its span, kind, key, confidence and reason.

use std::sync::Arc;

use crate::annotate::entity::compose::{self, Composed};
use crate::annotate::entity::gazetteer::Match;
use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::merge::{self, Kept};
use crate::annotate::entity::overlap::Overlaps;
use crate::annotate::entity::repeat::{self, Repeated};
use crate::annotate::entity::resolve::{Choice, Matched, kind_of};
use crate::annotate::entity::surnames::{self, Surname};
use crate::annotate::entity::tagger::Proposal;
use crate::annotate::entity::{Finder, typo};
use crate::corpus::{EntityKind, Field, Language, Mention, Span};

/// Most confidence of a name made of a place and its designator.
const COMPOSED: f32 = 0.85;
/// Confidence of a name whose first word is misspelt.
const MISSPELT: f32 = 0.75;
/// Confidence of a bare surname.
const SURNAME: f32 = 0.88;

/// What the reasons of names begin with that only the tagger finds.
const TAGGER: &str = "tagger ";

fn tagged(confidence: f32) -> String {
    format!("{TAGGER}{confidence:.2}")
}

/// The key of a name that the knowledge base does not know: the name, white space made even.
pub(super) fn key_of(surface: &str) -> String {
    let mut key = String::with_capacity(surface.len());
    for word in surface.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// What else stands in the field of a name.
struct Around<'a> {
    kept: &'a [Kept<'a>],
    /// Where those names stand.
    names: Overlaps,
    /// What was chosen for each match.
    choices: &'a [Option<Choice>],
    /// Where the matches stand.
    matches: Overlaps,
}

impl<'a> Around<'a> {
    fn new(matched: &Matched<'_>, kept: &'a [Kept<'a>], choices: &'a [Option<Choice>]) -> Self {
        let found = matched.matches.iter();
        Self {
            kept,
            names: Overlaps::new(kept.iter().map(Kept::words)),
            choices,
            matches: Overlaps::new(found.map(|found| (found.first, found.last))),
        }
    }
}

impl Finder {
    pub(super) fn mentions(
        &self,
        table: Table<'static>,
        fields: &[Matched<'_>; 2],
        chosen: &[Vec<Option<Choice>>],
        proposals: &[Vec<Proposal>],
    ) -> Vec<Mention> {
        let mut kept: Vec<Vec<Kept<'_>>> = fields
            .iter()
            .zip(chosen.iter().zip(proposals))
            .map(|(field, (choices, proposals))| merge::merge(table, field, choices, proposals))
            .collect();
        let mut names = Vec::new();
        let surnames = surnames::introduced(table, fields, &kept, &mut names);
        surnames::give_way(table, fields, &mut kept, &surnames);
        let repeated = Repeated::new(fields, &kept);
        let mut mentions = Vec::new();
        for ((name, field), (kept, choices)) in [Field::Title, Field::Text]
            .iter()
            .zip(fields)
            .zip(kept.iter().zip(chosen))
        {
            let around = Around::new(field, kept, choices);
            let known = kept
                .iter()
                .filter_map(|one| self.mention(table, *name, field, one, &around))
                .collect();
            let mut known = self.with_surnames(table, *name, field, &surnames, &names, known);
            let taken: Vec<Span> = known.iter().map(|m| m.span).collect();
            for proposal in repeated.elsewhere(field, &taken) {
                let mut mention = tagged_mention(*name, field, &proposal);
                mention.why = repeat::reason(&mention.entity);
                known.push(mention);
            }
            mentions.extend(known);
        }
        mentions.sort_by_key(|m| (m.field, m.span));
        mentions
    }

    /// Canonical key and kind of an entity.
    fn key(&self, table: Table<'static>, entity: u32) -> Option<(Arc<str>, EntityKind)> {
        let record = table.entity(entity)?;
        let slot = self.keys.get(entity as usize)?;
        let key = Arc::clone(slot.get_or_init(|| Arc::from(record.key)));
        Some((key, kind_of(&record)?))
    }

    fn mention(
        &self,
        table: Table<'static>,
        field: Field,
        matched: &Matched<'_>,
        one: &Kept<'_>,
        around: &Around<'_>,
    ) -> Option<Mention> {
        let (found, choice, span, tagger) = match one {
            Kept::Known {
                found,
                choice,
                span,
                tagger,
            } => (*found, choice, *span, *tagger),
            Kept::Tagged(proposal) => {
                let mut mention = tagged_mention(field, matched, proposal);
                if let Some(longer) = self.within(table, matched, around, proposal) {
                    (mention.kind, mention.entity) = (longer.kind, Arc::from(longer.key));
                }
                return Some(mention);
            }
        };
        let name = choice.candidate.name;
        let (entity, kind) = self.key(table, name.entity)?;
        let how = match (choice.candidate.exact, choice.by_context) {
            (true, false) => "knowledge base: ",
            (false, false) => "knowledge base, another spelling of ",
            (true, true) => "knowledge base, by the words around it: ",
            (false, true) => "knowledge base, by the words around it, another spelling of ",
        };
        let free = |first: usize, last: usize| {
            let mut touching = around.names.touching(first, last);
            touching.all(|at| around.kept.get(at).is_none_or(|other| other.is(found)))
        };
        if matches!(kind, EntityKind::Place | EntityKind::Country)
            && let Some(longer) = compose::extend(matched.text, matched.words, found, kind, &entity)
            && free(longer.words.0, longer.words.1)
        {
            return Some(Mention {
                field,
                span: Span::new(longer.start, longer.end),
                kind: longer.kind,
                entity: Arc::from(longer.key),
                confidence: choice.confidence.min(COMPOSED),
                why: Arc::from(format!("{how}{}, with its designator", name.text)),
            });
        }
        let misspelt = found
            .first
            .checked_sub(1)
            .filter(|before| kind != EntityKind::Person && free(*before, *before))
            .and_then(|_| {
                typo::first_word(table, matched.text, matched.words, found, &choice.candidate)
            });
        let (span, confidence, why) = if let Some((start, meant)) = misspelt {
            let span = Span::new(start, choice.candidate.end);
            (span, MISSPELT, format!("{how}{meant}, misspelt"))
        } else {
            let tagger = tagger.filter(|_| choice.by_context);
            let tagger = tagger.map_or(String::new(), |p| format!(", {}", tagged(p)));
            let why = format!("{how}{}{tagger}", name.text);
            (span, choice.confidence, why)
        };
        Some(Mention {
            field,
            span,
            kind,
            entity,
            confidence,
            why: Arc::from(why),
        })
    }

    /// What a name of the tagger's is when it is no more than a place with its designator.
    fn within(
        &self,
        table: Table<'static>,
        matched: &Matched<'_>,
        around: &Around<'_>,
        proposal: &Proposal,
    ) -> Option<Composed> {
        let inside = |found: &Match| proposal.first <= found.first && found.last <= proposal.last;
        let mut touching: Vec<usize> = around
            .matches
            .touching(proposal.first, proposal.last)
            .collect();
        touching.sort_unstable();
        touching.into_iter().find_map(|at| {
            let (found, choice) = (matched.matches.get(at)?, around.choices.get(at)?);
            let choice = choice.as_ref().filter(|_| inside(found))?;
            let (entity, kind) = self.key(table, choice.candidate.name.entity)?;
            let longer = compose::extend(matched.text, matched.words, found, kind, &entity)?;
            (Span::new(longer.start, longer.end) == proposal.span).then_some(longer)
        })
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
        let span_of = |found: &surnames::Found<'_>| {
            let german = matched.language == Language::German;
            let ending = if german { found.genitive } else { 0 };
            Span::new(found.start, found.end + ending)
        };
        let mut at = 0;
        while at < matched.words.len() && !surnames.is_empty() {
            let found = surnames
                .iter()
                .filter_map(|surname| surname.at(matched.text, matched.words, at))
                .find(|found| {
                    let span = span_of(found);
                    let tagged = |m: &Mention| {
                        m.span == span && m.kind == EntityKind::Person && m.why.starts_with(TAGGER)
                    };
                    !mentions.iter().any(|m| m.span.overlaps(span) && !tagged(m))
                });
            let Some(found) = found else {
                at += 1;
                continue;
            };
            let span = span_of(&found);
            let local = (found.surname.entity as usize).checked_sub(self.keys.len());
            let entity = match local.and_then(|local| names.get(local)) {
                Some(name) => Some(Arc::clone(name)),
                None => self.key(table, found.surname.entity).map(|(key, _)| key),
            };
            at += found.surname.len();
            let Some(entity) = entity else { continue };
            mentions.retain(|m| m.span != span);
            mentions.push(Mention {
                field,
                span,
                kind: EntityKind::Person,
                entity,
                confidence: SURNAME,
                why: Arc::from(format!(
                    "surname of {} in this document",
                    found.surname.full
                )),
            });
        }
        mentions
    }
}

fn tagged_mention(field: Field, matched: &Matched<'_>, proposal: &Proposal) -> Mention {
    Mention {
        field,
        span: proposal.span,
        kind: proposal.kind,
        entity: Arc::from(key_of(proposal.span.of(matched.text))),
        confidence: proposal.confidence,
        why: Arc::from(tagged(proposal.confidence)),
    }
}
