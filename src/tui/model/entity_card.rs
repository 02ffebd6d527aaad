//! Who is this: one entity under all its spellings, why they are one, and its company.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::Datelike;

use crate::corpus::{Entity, EntityId, Link, Name};
use crate::query::Profile;
use crate::tui::model::cards::{CardLine, Target, Tone, blank, line, percent};
use crate::tui::model::{Model, Ticket};

/// What is known of an entity beside the corpus' tables; gathered off the screen's thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossier {
    /// What the articles say.
    pub profile: Profile,
    /// Relations and properties in the knowledge base: `("part_of", "…")`.
    pub facts: Vec<(&'static str, &'static str)>,
    /// The links by which other names came to be this one, surest first.
    pub linked: Vec<Link>,
    /// Those that are too weak to hold.
    pub candidates: Vec<Link>,
}

/// The dossier of the entity whose card is open.
#[derive(Clone, Debug, Default)]
pub struct CardState {
    /// The last one that came.
    pub dossier: Option<(EntityId, Arc<Dossier>)>,
    /// The newest request.
    pub ticket: Ticket,
    /// The entity of that request, while it still holds.
    pub asked: Option<EntityId>,
}

/// How a relation of the knowledge base is told.
fn relation(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "in" => "lies in",
        "part_of" => "part of",
        "formerly" => "formerly",
        "allied_to" => "allied to",
        "capital_of" => "capital of",
        "of" => "of",
        "role" => "role",
        _ => return None,
    })
}

/// The statements of the card.
pub(super) fn lines(model: &Model, id: EntityId, entity: &Entity) -> Vec<CardLine> {
    let mut lines = vec![line(Tone::Title, "", &*entity.key).on(Target::Head)];
    let dossier = match &model.card.dossier {
        Some((of, dossier)) if *of == id => Some(dossier.as_ref()),
        _ => None,
    };
    let mut about = format!(
        "{} · {} mentions in {} articles",
        entity.kind.code(),
        entity.mentions,
        entity.documents
    );
    if let Some((first, last)) = dossier.and_then(|dossier| dossier.profile.days) {
        let until = (first != last).then(|| format!(" to {last}"));
        about = format!("{about} · {first}{}", until.unwrap_or_default());
    }
    lines.push(line(Tone::Dim, "", about));
    spellings(entity, &mut lines);
    let Some(dossier) = dossier else {
        lines.push(blank());
        lines.push(line(Tone::Dim, "", "looking through the articles"));
        return lines;
    };
    linked(entity, dossier, &mut lines);
    facts(dossier, &mut lines);
    let profile = &dossier.profile;
    if !profile.busiest.is_empty() {
        heading("days with most mentions", &mut lines);
    }
    for (day, count) in profile.busiest.iter().take(5) {
        let text = format!("{day} {}", day.weekday());
        lines.push(line(Tone::Plain, count.to_string(), text).on(Target::Busy(*day)));
    }
    if !profile.company.is_empty() {
        heading("in the same articles", &mut lines);
    }
    for (other, count) in &profile.company {
        if let Some(other_entity) = model.corpus.entities().get(*other) {
            let text = &*other_entity.key;
            lines.push(line(Tone::Plain, count.to_string(), text).on(Target::Company(*other)));
        }
    }
    if !profile.articles.is_empty() {
        heading("articles", &mut lines);
    }
    for (article_id, count) in profile.articles.iter().take(8) {
        if let Some(article) = model.corpus.article(*article_id) {
            let text = &*article.title.text;
            lines.push(line(Tone::Plain, count.to_string(), text).on(Target::Article(*article_id)));
        }
    }
    if !profile.reasons.is_empty() {
        heading("why", &mut lines);
    }
    for (why, _, confidence) in &profile.reasons {
        lines.push(line(Tone::Plain, percent(*confidence), &**why).on(Target::Statement));
    }
    lines
}

fn heading(text: &str, lines: &mut Vec<CardLine>) {
    lines.push(blank());
    lines.push(line(Tone::Heading, "", text));
}

fn spellings(entity: &Entity, lines: &mut Vec<CardLine>) {
    let mut language = None;
    let mut spellings: Vec<_> = entity.spellings.iter().collect();
    spellings.sort_by_key(|((language, _), count)| (*language, Reverse(**count)));
    for ((of, spelling), count) in spellings {
        if language != Some(*of) {
            heading(&format!("spellings in {}", of.code()), lines);
            language = Some(*of);
        }
        let target = Target::Spelling(Arc::from(&**spelling));
        lines.push(line(Tone::Plain, count.to_string(), &**spelling).on(target));
    }
}

/// How other names came to be this one; below a line, which nearly did.
fn linked(entity: &Entity, dossier: &Dossier, lines: &mut Vec<CardLine>) {
    let name = Name::new(&entity.key, entity.kind);
    if !dossier.linked.is_empty() {
        heading("linked", lines);
    }
    for link in &dossier.linked {
        let target = Target::Linked(link.from.clone());
        lines.push(line(Tone::Plain, percent(link.confidence), &*link.from.key).on(target));
        lines.push(line(Tone::Dim, "", &*link.reason));
    }
    if !dossier.candidates.is_empty() {
        heading("──── perhaps the same ?", lines);
    }
    for link in &dossier.candidates {
        let other = if link.from == name {
            &link.to
        } else {
            &link.from
        };
        let target = Target::Candidate(other.clone());
        let lead = format!("{} ?", percent(link.confidence));
        lines.push(line(Tone::Plain, lead, &*other.key).on(target));
        lines.push(line(Tone::Dim, "", &*link.reason));
    }
}

/// Relations that the knowledge base knows, with their source.
fn facts(dossier: &Dossier, lines: &mut Vec<CardLine>) {
    let source = dossier.facts.iter().find(|(fact, _)| *fact == "source");
    let told: Vec<_> = dossier
        .facts
        .iter()
        .filter_map(|(fact, value)| Some((relation(fact)?, *value)))
        .collect();
    if told.is_empty() {
        return;
    }
    let source = source.map_or(String::new(), |(_, source)| format!(" ({source})"));
    heading(&format!("in the knowledge base{source}"), lines);
    for (relation, value) in told {
        lines.push(line(Tone::Plain, "", format!("{relation} {value}")).on(Target::Fact(value)));
    }
}
