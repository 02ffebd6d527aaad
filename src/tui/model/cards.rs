//! What cards say, as lines of plain text: why a name is that name, how a day is known, what could
//! not be read. Built from the model alone, so that scrolling knows their length.

use chrono::Datelike;
use ratatui::layout::Rect;

use crate::corpus::{Article, DayBasis, DocumentDay, Entity, EntityId, Name, Timex, TimexBasis};
use crate::query::{Match, Place, matches_in};
use crate::text::bidi::Direction;
use crate::text::wrap::{self, VisualLine};
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;

/// How a line of a card is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What the card is about.
    Title,
    /// A heading.
    Heading,
    /// A statement.
    Plain,
    /// Something beside it.
    Dim,
}

/// One statement of a card: what it says, and a figure or mark to its left.
struct CardLine {
    tone: Tone,
    /// A count, a weight or a mark; "" for none.
    lead: String,
    /// The text; corpus text may stand in it.
    text: String,
}

fn line(tone: Tone, lead: impl Into<String>, text: impl Into<String>) -> CardLine {
    CardLine {
        tone,
        lead: lead.into(),
        text: text.into(),
    }
}

fn blank() -> CardLine {
    line(Tone::Plain, "", "")
}

/// One row of a card, laid out.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// How it is set.
    pub tone: Tone,
    /// What stands left of it, on the first row of a statement.
    pub lead: String,
    /// Its cells.
    pub line: VisualLine,
}

/// Where the open card stands: beside or below what it explains; lists take the whole width.
#[must_use]
pub fn area(model: &Model) -> Rect {
    let geometry = model.geometry();
    match model.overlay {
        Some(Overlay::Unreadable { .. }) => Rect {
            y: 1,
            height: geometry.screen.height.saturating_sub(2),
            ..geometry.screen
        },
        _ => geometry.card,
    }
}

/// Cells of a row left of its text: the gutter, and the lead where the line may have one.
#[must_use]
pub fn indent(tone: Tone) -> u16 {
    match tone {
        Tone::Title | Tone::Heading => 2,
        Tone::Plain | Tone::Dim => 10,
    }
}

/// How many rows the open overlay has; help counts its commands.
#[must_use]
pub fn len(model: &Model) -> usize {
    match &model.overlay {
        Some(Overlay::Help { .. }) => crate::command::Command::ALL.len() + 2,
        _ => rows(model).len(),
    }
}

/// The rows of the open card, wrapped to its width; none for help and palette.
#[must_use]
pub fn rows(model: &Model) -> Vec<CardRow> {
    let width = area(model).width;
    let options = model.page_options();
    let options = wrap::Options {
        base: Direction::Ltr,
        force: false,
        shape: options.shape,
        marks: options.marks,
    };
    let mut rows = Vec::new();
    for card_line in lines(model) {
        let room = width.saturating_sub(indent(card_line.tone) + 1).max(8);
        let mut lead = card_line.lead;
        for line in wrap::layout(&card_line.text, room, &options) {
            rows.push(CardRow {
                tone: card_line.tone,
                lead: std::mem::take(&mut lead),
                line,
            });
        }
    }
    rows
}

fn lines(model: &Model) -> Vec<CardLine> {
    match &model.overlay {
        Some(Overlay::Card { entity, .. }) => model
            .corpus
            .entities()
            .get(*entity)
            .map_or_else(Vec::new, |e| who(model, *entity, e)),
        Some(Overlay::Why { article, timex, .. }) => {
            let Some(article) = model.corpus.article(*article) else {
                return Vec::new();
            };
            match timex.and_then(|i| article.timexes.get(i)) {
                Some(timex) => when(article, timex),
                None => own_day(article),
            }
        }
        Some(Overlay::Match { place, .. }) => model
            .corpus
            .article(place.article)
            .map_or_else(Vec::new, |article| matched(model, article, *place)),
        Some(Overlay::Unreadable { .. }) => unreadable(model),
        _ => Vec::new(),
    }
}

fn who(model: &Model, id: EntityId, entity: &Entity) -> Vec<CardLine> {
    let mut lines = vec![
        line(Tone::Title, "", &*entity.key),
        line(Tone::Dim, "", entity.kind.code()),
        line(
            Tone::Dim,
            "",
            format!(
                "{} mentions in {} articles",
                entity.mentions, entity.documents
            ),
        ),
    ];
    let mut language = None;
    let mut spellings: Vec<_> = entity.spellings.iter().collect();
    spellings.sort_by_key(|((language, _), count)| (*language, std::cmp::Reverse(**count)));
    for ((of, spelling), count) in spellings {
        if language != Some(*of) {
            lines.push(blank());
            lines.push(line(
                Tone::Heading,
                "",
                format!("spellings in {}", of.code()),
            ));
            language = Some(*of);
        }
        lines.push(line(Tone::Plain, count.to_string(), &**spelling));
    }
    linked(model, entity, &mut lines);
    lines.push(blank());
    lines.push(line(Tone::Heading, "", "why"));
    let mut reasons: Vec<&str> = Vec::new();
    for (_, article) in model.corpus.articles() {
        if article.entities.binary_search(&id).is_err() {
            continue;
        }
        for mention in &article.mentions {
            if mention.entity == entity.key
                && mention.kind == entity.kind
                && !reasons.contains(&&*mention.why)
            {
                reasons.push(&mention.why);
                lines.push(line(
                    Tone::Plain,
                    percent(mention.confidence),
                    &*mention.why,
                ));
            }
        }
        if reasons.len() >= 12 {
            break;
        }
    }
    lines
}

/// Why places of an article match; its page knows if it is there.
fn matches_of(model: &Model, article: &Article, place: Place) -> Vec<Match> {
    let page = model.reader.page.as_ref();
    if let Some(page) = page.filter(|page| page.article == place.article) {
        return page.matches.clone();
    }
    matches_in(&model.corpus, article, &model.filter.query())
}

/// Why a place is a hit: what was typed, and how that leads to what stands there.
fn matched(model: &Model, article: &Article, place: Place) -> Vec<CardLine> {
    let mut lines = vec![line(
        Tone::Title,
        "",
        place.span.of(article.field(place.field)),
    )];
    let mut matches = matches_of(model, article, place);
    matches.retain(|found| found.field == place.field && found.span.overlaps(place.span));
    matches.sort_by_key(|found| found.reason);
    matches.dedup_by(|a, b| (&a.typed, a.reason) == (&b.typed, b.reason));
    for found in matches {
        lines.push(line(Tone::Plain, "typed", found.typed));
        let why = format!("{}: {}", found.reason, found.reason.meaning());
        lines.push(line(Tone::Plain, "why", why));
        lines.push(line(
            Tone::Plain,
            "sure",
            percent(found.reason.confidence()),
        ));
    }
    lines.push(blank());
    let day = article.published();
    let day = day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    lines.push(line(Tone::Dim, "in", article.title.text.as_str()));
    lines.push(line(Tone::Dim, "", article.raw.path.as_str()));
    lines.push(line(Tone::Dim, "", day));
    lines
}

/// How other names came to be this one, and which nearly did.
fn linked(model: &Model, entity: &Entity, lines: &mut Vec<CardLine>) {
    let name = Name::new(&entity.key, entity.kind);
    let made = model.corpus.links();
    let reasons = made.reasons_of(&name);
    if !reasons.is_empty() {
        lines.push(blank());
        lines.push(line(Tone::Heading, "", "linked"));
    }
    for link in reasons {
        lines.push(line(Tone::Plain, percent(link.confidence), &*link.from.key));
        lines.push(line(Tone::Dim, "", &*link.reason));
    }
    let candidates = made.candidates_of(&name);
    if !candidates.is_empty() {
        lines.push(blank());
        lines.push(line(Tone::Heading, "", "perhaps the same ?"));
    }
    for link in candidates {
        let other = if link.from == name {
            &link.to
        } else {
            &link.from
        };
        lines.push(line(Tone::Plain, percent(link.confidence), &*other.key));
        lines.push(line(Tone::Dim, "", &*link.reason));
    }
}

fn when(article: &Article, timex: &Timex) -> Vec<CardLine> {
    let basis = match timex.basis {
        TimexBasis::Stated => "stated in full in the text",
        TimexBasis::Resolved => "= worked out from the article's own day",
        TimexBasis::Inferred => "≈ worked out from a day that was itself inferred",
        TimexBasis::Candidate => "? not known well enough to have one value",
    };
    let mut lines = vec![
        line(Tone::Title, "", timex.span.of(article.field(timex.field))),
        line(Tone::Plain, "value", &timex.value),
    ];
    match (timex.earliest, timex.latest) {
        (Some(a), Some(b)) if a == b => {
            lines.push(line(Tone::Plain, "day", format!("{a} {}", a.weekday())));
        }
        (Some(a), Some(b)) => lines.push(line(Tone::Plain, "days", format!("{a} to {b}"))),
        _ => {}
    }
    lines.push(line(Tone::Plain, "known", basis));
    lines.push(line(Tone::Plain, "sure", percent(timex.confidence)));
    lines.push(line(Tone::Plain, "why", &*timex.why));
    lines.push(blank());
    lines.extend(own_day(article));
    lines
}

fn own_day(article: &Article) -> Vec<CardLine> {
    let Some(day) = &article.day else {
        return vec![
            line(Tone::Title, "", "No day is known for this article"),
            line(
                Tone::Plain,
                "",
                "Neither its metadata nor its text says when it was written.",
            ),
        ];
    };
    if day.day.is_none() && day.earliest.is_none() && day.candidates.is_empty() {
        let mut lines = vec![
            line(Tone::Title, "", "No day is known for this article"),
            line(
                Tone::Plain,
                "",
                "Its text names weekdays or dates without a year, which fit many days.",
            ),
            blank(),
        ];
        for clue in &day.clues {
            lines.push(line(Tone::Plain, "", &clue.rule));
            lines.push(line(Tone::Dim, "", &clue.text));
        }
        return lines;
    }
    let mut lines = vec![line(Tone::Title, "", headline(day))];
    if day.day.is_some() {
        lines.push(line(Tone::Plain, "sure", percent(day.confidence)));
    }
    if let (None, Some(a), Some(b)) = (day.day, day.earliest, day.latest) {
        lines.push(line(Tone::Plain, "days", format!("{a} to {b}")));
    }
    if !day.clues.is_empty() {
        lines.push(blank());
        lines.push(line(Tone::Heading, "", "clues, heaviest first"));
    }
    for clue in &day.clues {
        lines.push(line(Tone::Plain, signed_percent(clue.weight), &clue.rule));
        if !clue.text.is_empty() {
            lines.push(line(Tone::Dim, "", &clue.text));
        }
    }
    if day.candidates.len() > 1 {
        lines.push(blank());
        lines.push(line(Tone::Heading, "", "candidates"));
        for (candidate, probability) in day.candidates.iter().take(10) {
            let text = format!("{candidate} {}", candidate.weekday());
            lines.push(line(Tone::Plain, percent(*probability), text));
        }
    }
    lines
}

fn headline(day: &DocumentDay) -> String {
    let how = match day.basis {
        DayBasis::Stated => "stated",
        DayBasis::Set => "set by you",
        DayBasis::Inferred => "inferred ≈",
        DayBasis::Candidates => "several candidates ?",
    };
    match day.day {
        Some(day) => format!("{day} {} · {how}", day.weekday()),
        None => format!("No single day · {how}"),
    }
}

fn unreadable(model: &Model) -> Vec<CardLine> {
    let all = model.corpus.unreadable();
    let title = match all.len() {
        0 => "Everything could be read".to_owned(),
        1 => "1 input could not be read".to_owned(),
        n => format!("{n} inputs could not be read"),
    };
    let mut lines = vec![line(Tone::Title, "", title)];
    // one reason often holds for a whole folder: say it once
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in all {
        match reasons.iter_mut().find(|(reason, _)| *reason == one.reason) {
            Some((_, paths)) => paths.push(&one.path),
            None => reasons.push((&one.reason, vec![&one.path])),
        }
    }
    for (reason, paths) in reasons {
        lines.push(blank());
        lines.push(line(Tone::Plain, format!("{} ×", paths.len()), reason));
        lines.extend(paths.into_iter().map(|path| line(Tone::Dim, "", path)));
    }
    lines
}

fn percent(share: f32) -> String {
    format!("{:.0} %", f64::from(share) * 100.0)
}

fn signed_percent(share: f32) -> String {
    let sign = if share < 0.0 { "−" } else { "" };
    format!("{sign}{:.0} %", f64::from(share.abs()) * 100.0)
}
