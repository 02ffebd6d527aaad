//! `khabar timeline`: the days, one a line.

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::cli::annotate::timex_basis;
use crate::cli::json;
use crate::cli::list::{iso, language};
use crate::cli::offsets::CodePoints;
use crate::cli::table::{Align, Table};
use crate::cli::task::{Form, Range};
use crate::cli::wire::{self, Bucket, Languages};
use crate::corpus::{Corpus, TimexBasis};
use crate::query::{Answer, Lead, Question, Row, Sentences, Told};

/// What is asked beside the rows themselves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'q> {
    /// The question that was answered.
    pub(super) question: &'q Question,
    /// Only rows that meet this.
    pub(super) range: Range,
    /// Best sentences of each row.
    pub(super) sentences: usize,
}

/// Writes the rows with something that meet the range; says whether there were any.
pub(super) fn write(
    corpus: &Corpus,
    answer: &Answer,
    asked: &Asked<'_>,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut table = Table::new(&[
        ("FROM", Align::Left),
        ("TO", Align::Left),
        ("BASIS", Align::Left),
        ("ARTICLES", Align::Right),
        ("MENTIONS", Align::Right),
        ("FIRST SENTENCE", Align::Left),
    ]);
    let sentences = if asked.sentences > 0 && form == Form::Json {
        // nobody can cancel
        Sentences::gather(corpus, &answer.hits, asked.question, None, &|| false)
    } else {
        None
    };
    let view = View {
        corpus,
        asked,
        sentences: sentences.unwrap_or_default(),
        intervals: intervals(answer),
    };
    let mut found = false;
    for row in &answer.timeline {
        let Some(bucket) = view.bucket(row) else {
            continue;
        };
        found = true;
        match form {
            Form::Json => json::write_line(out, &bucket)?,
            Form::Table => table.row([
                bucket.from.as_deref().unwrap_or("no day"),
                bucket.to.as_deref().unwrap_or(""),
                bucket.basis.unwrap_or(""),
                &bucket.articles.to_string(),
                &bucket.mentions.to_string(),
                bucket.lead.as_ref().map_or("", |lead| lead.text),
            ]),
        }
    }
    table.write(out)?;
    Ok(found)
}

fn intervals(answer: &Answer) -> Vec<(NaiveDate, NaiveDate)> {
    let rows = answer.timeline.iter();
    rows.filter_map(|row| match row {
        Row::Interval { from, to, .. } => Some((*from, *to)),
        _ => None,
    })
    .collect()
}

/// Everything that the rows are made of.
struct View<'a> {
    corpus: &'a Corpus,
    asked: &'a Asked<'a>,
    sentences: Sentences,
    /// In the order of their first days.
    intervals: Vec<(NaiveDate, NaiveDate)>,
}

/// What rows of days and intervals have in common.
struct Counts {
    kind: &'static str,
    days: (NaiveDate, NaiveDate),
    articles: u32,
    mentions: u32,
    languages: [u32; 4],
    lead: Option<Lead>,
    basis: TimexBasis,
}

impl<'a> View<'a> {
    fn bucket(&self, row: &Row) -> Option<Bucket<'a>> {
        match row {
            Row::Bucket {
                from,
                to,
                articles,
                mentions,
                languages,
                lead,
                basis,
            }
            | Row::Interval {
                from,
                to,
                articles,
                mentions,
                languages,
                lead,
                basis,
            } => self.counted(&Counts {
                kind: match row {
                    Row::Bucket { .. } => "days",
                    _ => "interval",
                },
                days: (*from, *to),
                articles: *articles,
                mentions: *mentions,
                languages: *languages,
                lead: *lead,
                basis: *basis,
            }),
            Row::Undated { articles, mentions } => self.asked.range.is_all().then_some(Bucket {
                kind: "undated",
                from: None,
                to: None,
                articles: *articles,
                mentions: *mentions,
                languages: None,
                basis: None,
                intervals: Vec::new(),
                lead: None,
                sentences: Vec::new(),
            }),
            Row::Gap { .. } => None,
        }
    }

    fn counted(&self, counts: &Counts) -> Option<Bucket<'a>> {
        let (from, to) = counts.days;
        if !self.asked.range.meets(from, to) {
            return None;
        }
        let [en, de, ar, other] = counts.languages;
        let touching = self.intervals.iter().take_while(|days| days.0 <= to);
        let touching = touching.filter(|days| counts.kind == "days" && from <= days.1);
        let told = self
            .sentences
            .of(self.corpus, from, to, self.asked.sentences);
        Some(Bucket {
            kind: counts.kind,
            from: Some(iso(from)),
            to: Some(iso(to)),
            articles: counts.articles,
            mentions: counts.mentions,
            languages: Some(Languages { en, de, ar, other }),
            basis: Some(timex_basis(counts.basis)),
            intervals: touching
                .map(|days| format!("{}/{}", iso(days.0), iso(days.1)))
                .collect(),
            lead: counts.lead.and_then(|lead| self.lead(lead)),
            sentences: told
                .into_iter()
                .filter_map(|told| self.sentence(told))
                .collect(),
        })
    }

    fn lead(&self, sentence: Lead) -> Option<wire::Lead<'a>> {
        let article = self.corpus.article(sentence.article)?;
        let span = sentence.span(self.corpus)?;
        let (start, end) = CodePoints::new(&article.raw.text).span(span);
        Some(wire::Lead {
            id: &article.raw.id,
            start,
            end,
            text: span.of(&article.raw.text),
        })
    }

    fn sentence(&self, told: Told) -> Option<wire::Sentence<'a>> {
        let article = self.corpus.article(told.article)?;
        let (start, end) = CodePoints::new(&article.raw.text).span(told.span);
        let alike = told.alike.iter();
        Some(wire::Sentence {
            id: &article.raw.id,
            path: &article.raw.path,
            language: language(article.language),
            start,
            end,
            bytes: [told.span.start, told.span.end],
            text: told.span.of(&article.raw.text),
            alike: alike
                .filter_map(|id| Some(self.corpus.article(*id)?.raw.id.as_str()))
                .collect(),
            why: told.why(article),
            names: told.names,
        })
    }
}
