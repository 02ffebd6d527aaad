//! `khabar list`: the articles, one a line.

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::cli::json;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::wire::Listed;
use crate::corpus::{Article, Corpus, DayBasis, DocumentDay, Language};
use crate::query::Answer;

/// Writes the articles in the order of the answer; says whether there were any.
pub(super) fn write(
    corpus: &Corpus,
    answer: &Answer,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let mut table = Table::new(&[
        ("DAY", Align::Left),
        ("BASIS", Align::Left),
        ("LANG", Align::Left),
        ("CHARS", Align::Right),
        ("PATH", Align::Left),
        ("TITLE", Align::Left),
    ]);
    let mut found = false;
    for article in hits(corpus, answer) {
        found = true;
        let listed = listed(article);
        match form {
            Form::Json => json::write_line(out, &listed)?,
            Form::Table => table.row([
                listed.day.as_deref().unwrap_or(""),
                listed.basis.unwrap_or(""),
                listed.language.unwrap_or(""),
                &listed.chars.to_string(),
                listed.path,
                listed.title,
            ]),
        }
    }
    table.write(out)?;
    Ok(found)
}

fn listed(article: &Article) -> Listed<'_> {
    Listed {
        id: &article.raw.id,
        path: &article.raw.path,
        language: language(article.language),
        title: &article.title.text,
        day: article.published().map(iso),
        basis: known_day(article).map(|day| basis(day.basis)),
        source: article.source(),
        chars: article.raw.text.chars().count(),
        notes: &article.raw.notes,
    }
}

/// What is known of an article's own day, if anything is.
pub(super) fn known_day(article: &Article) -> Option<&DocumentDay> {
    article.day.as_ref().filter(|day| day.is_known())
}

/// Articles that are unpacked before the first of them is printed.
const TOGETHER: usize = 1 << 14;

/// The articles of an answer in its order.
pub(super) fn hits<'c>(
    corpus: &'c Corpus,
    answer: &'c Answer,
) -> impl Iterator<Item = &'c Article> {
    answer.hits.chunks(TOGETHER).flat_map(|hits| {
        corpus.unpack(hits.iter().map(|hit| hit.article));
        hits.iter().filter_map(|hit| corpus.article(hit.article))
    })
}

/// The code of a language, `None` where it is not known.
pub(super) fn language(language: Language) -> Option<&'static str> {
    (language != Language::Other).then(|| language.code())
}

/// A day in ISO 8601.
pub(super) fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn basis(basis: DayBasis) -> &'static str {
    match basis {
        DayBasis::Stated => "stated",
        DayBasis::Set => "set",
        DayBasis::Inferred => "inferred",
        DayBasis::Candidates => "candidates",
    }
}
