//! What cards say, as lines of plain text: why a name is that name, how a day is known, what could
//! not be read. Built from the model alone, so that scrolling knows their length.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use crate::corpus::{Article, ArticleId, DayBasis, DocumentDay, EntityId, Name, Timex, TimexBasis};
use crate::pipeline;
use crate::query::{Match, Place, matches_in};
use crate::text::bidi::Direction;
use crate::text::wrap::{self, VisualLine};
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, copies, entity_card};

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

/// What a statement of a card is about: what the keys do when the cursor is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The entity of the card.
    Head,
    /// One of its spellings.
    Spelling(Arc<str>),
    /// A name that was linked to it.
    Linked(Name),
    /// A name that nearly was.
    Candidate(Name),
    /// What the knowledge base says: the key of another entity, or a property.
    Fact(&'static str),
    /// A day of articles that mention it.
    Busy(NaiveDate),
    /// An entity in the same articles.
    Company(EntityId),
    /// An article that mentions it.
    Article(ArticleId),
    /// The article's own day: the one shown, or a candidate.
    Day(Option<NaiveDate>),
    /// The expression of time of the card.
    Timex,
    /// Something to read only.
    Statement,
}

/// One statement of a card: what it says, and a figure or mark to its left.
pub(super) struct CardLine {
    tone: Tone,
    /// A count, a weight or a mark; "" for none.
    lead: String,
    /// The text; corpus text may stand in it.
    text: String,
    /// Where the cursor may stand.
    target: Option<Target>,
}

impl CardLine {
    /// The same for the cursor to stand on.
    pub(super) fn on(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }
}

pub(super) fn line(tone: Tone, lead: impl Into<String>, text: impl Into<String>) -> CardLine {
    CardLine {
        tone,
        lead: lead.into(),
        text: text.into(),
        target: None,
    }
}

pub(super) fn blank() -> CardLine {
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
    /// Number of the statement that it belongs to, from 0.
    pub statement: usize,
    /// Whether it is not the first row of that statement.
    pub is_continued: bool,
}

/// Where the open card stands: beside or below what it explains; lists take the whole width.
#[must_use]
pub fn area(model: &Model) -> Rect {
    let geometry = model.geometry();
    match model.overlay {
        Some(Overlay::Unreadable { .. } | Overlay::Difference { .. }) => Rect {
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
        Some(Overlay::Difference { .. }) => {
            model.difference.shown.as_ref().map_or(0, |d| d.lines.len())
        }
        Some(Overlay::Help { .. }) => crate::command::Command::ALL.len() + 5,
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
    for (statement, card_line) in lines(model).into_iter().enumerate() {
        let room = width.saturating_sub(indent(card_line.tone) + 1).max(8);
        let mut lead = card_line.lead;
        for (number, line) in wrap::layout(&card_line.text, room, &options)
            .into_iter()
            .enumerate()
        {
            rows.push(CardRow {
                tone: card_line.tone,
                lead: std::mem::take(&mut lead),
                line,
                statement,
                is_continued: number > 0,
            });
        }
    }
    rows
}

/// What each statement of the open card is about; `None` for one that the cursor passes over.
#[must_use]
pub fn targets(model: &Model) -> Vec<Option<Target>> {
    lines(model).into_iter().map(|line| line.target).collect()
}

/// What the cursor of the open card stands on.
#[must_use]
pub fn target(model: &Model) -> Option<Target> {
    let row = model.overlay.as_ref()?.row()?;
    lines(model).into_iter().nth(row)?.target
}

fn lines(model: &Model) -> Vec<CardLine> {
    match &model.overlay {
        Some(Overlay::Card { entity, .. }) => model
            .corpus
            .entities()
            .get(*entity)
            .map_or_else(Vec::new, |e| entity_card::lines(model, *entity, e)),
        Some(Overlay::Why { article, timex, .. }) => {
            let Some(article) = model.corpus.article(*article) else {
                return Vec::new();
            };
            match timex.and_then(|i| article.timexes.get(i)) {
                Some(timex) => when(article, timex),
                None => own_day(article),
            }
        }
        Some(Overlay::Copies {
            article, selected, ..
        }) => copies::lines(model, *article, *selected),
        Some(Overlay::Match { place, .. }) => model
            .corpus
            .article(place.article)
            .map_or_else(Vec::new, |article| matched(model, article, *place)),
        Some(Overlay::Unreadable { .. }) => unreadable(model),
        _ => Vec::new(),
    }
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

fn when(article: &Article, timex: &Timex) -> Vec<CardLine> {
    let basis = match timex.basis {
        _ if &*timex.why == pipeline::SET_BY_YOU => pipeline::SET_BY_YOU,
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
    for line in &mut lines {
        line.target = Some(Target::Timex);
    }
    lines.push(blank());
    lines.extend(own_day(article));
    lines
}

fn own_day(article: &Article) -> Vec<CardLine> {
    let Some(day) = &article.day else {
        return vec![
            line(Tone::Title, "", "No day is known for this article").on(Target::Day(None)),
            line(
                Tone::Plain,
                "",
                "Neither its metadata nor its text says when it was written.",
            ),
        ];
    };
    if day.day.is_none() && day.earliest.is_none() && day.candidates.is_empty() {
        let mut lines = vec![
            line(Tone::Title, "", "No day is known for this article").on(Target::Day(None)),
            line(
                Tone::Plain,
                "",
                "Its text names weekdays or dates without a year, which fit many days.",
            ),
            blank(),
        ];
        for clue in &day.clues {
            lines.push(line(Tone::Plain, "", &clue.rule).on(Target::Statement));
            lines.push(line(Tone::Dim, "", &clue.text));
        }
        return lines;
    }
    let mut lines = vec![line(Tone::Title, "", headline(day)).on(Target::Day(day.day))];
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
        let lead = signed_percent(clue.weight);
        lines.push(line(Tone::Plain, lead, &clue.rule).on(Target::Statement));
        if !clue.text.is_empty() {
            lines.push(line(Tone::Dim, "", &clue.text));
        }
    }
    if day.candidates.len() > 1 {
        lines.push(blank());
        lines.push(line(Tone::Heading, "", "candidates"));
        for (candidate, probability) in day.candidates.iter().take(10) {
            let text = format!("{candidate} {}", candidate.weekday());
            let target = Target::Day(Some(*candidate));
            lines.push(line(Tone::Plain, percent(*probability), text).on(target));
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

pub(super) fn percent(share: f32) -> String {
    format!("{:.0} %", f64::from(share) * 100.0)
}

fn signed_percent(share: f32) -> String {
    let sign = if share < 0.0 { "−" } else { "" };
    format!("{sign}{:.0} %", f64::from(share.abs()) * 100.0)
}
