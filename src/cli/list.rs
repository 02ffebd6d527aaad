//! `khabar list`: the articles, one a line.

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::cli::json;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::triage::Desk;
use crate::cli::wire::Listed;
use crate::corpus::{Article, ArticleId, Corpus, DayBasis, DocumentDay, Language};
use crate::query::engine::documents;
use crate::query::{Answer, Engine, Inferred, own_day};
use crate::triage::{Before, Decision, DocumentKey, DocumentMarks};

/// Writes the articles in the order of the answer; says whether there were any.
pub(super) fn write(
    (engine, corpus): (&dyn Engine, &Corpus),
    answer: &Answer,
    desk: &Desk,
    inferred: Inferred,
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
    let before = desk.state.seen(&desk.author).map(|seen| Before::new(seen));
    let mut found = false;
    for (id, article) in documents(engine, &answer.hits) {
        found = true;
        let marks = desk.state.marks(&DocumentKey::of(article));
        let mut listed = listed(corpus, id, article, inferred, marks);
        let changed_from = before.as_ref().and_then(|before| before.of(article));
        listed.changed_from = changed_from.map(|key| key.to_string());
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

fn listed<'c>(
    corpus: &'c Corpus,
    id: ArticleId,
    article: &'c Article,
    inferred: Inferred,
    marks: Option<&'c DocumentMarks>,
) -> Listed<'c> {
    let cluster = corpus.duplicates().of(id);
    let representative = cluster.map(|cluster| cluster.representative);
    let original = representative.filter(|original| *original != id);
    Listed {
        id: &article.raw.id,
        path: &article.raw.path,
        language: language(article.language),
        title: &article.title.text,
        day: own_day(article, inferred).map(iso),
        basis: counted_day(article, inferred).map(|day| basis(day.basis)),
        source: article.source(),
        chars: article.raw.text.chars().count(),
        notes: &article.raw.notes,
        changed_from: None,
        decision: marks.and_then(|marks| marks.decision).map(Decision::name),
        read: marks.is_some_and(|marks| marks.read),
        tags: marks.map_or(&[], |marks| &marks.tags),
        duplicates_of: original
            .and_then(|original| corpus.article(original))
            .map(|article| article.raw.id.as_str()),
        copies: cluster
            .filter(|_| representative == Some(id))
            .map_or(0, |cluster| cluster.copies.len()),
    }
}

/// What is known of an article's own day, if anything is.
pub(super) fn known_day(article: &Article) -> Option<&DocumentDay> {
    article.day.as_ref().filter(|day| day.is_known())
}

/// The same where inferred days may not count.
pub(super) fn counted_day(article: &Article, inferred: Inferred) -> Option<&DocumentDay> {
    let firm = |day: &DocumentDay| matches!(day.basis, DayBasis::Stated | DayBasis::Set);
    known_day(article).filter(|day| inferred.admits(firm(day)))
}

/// The code of a language, `None` where it is not known.
pub(super) fn language(language: Language) -> Option<&'static str> {
    (language != Language::Other).then(|| language.code())
}

/// A day in ISO 8601.
pub(super) fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The name of how a document's day is known.
pub(super) fn basis(basis: DayBasis) -> &'static str {
    match basis {
        DayBasis::Stated => "stated",
        DayBasis::Set => "set",
        DayBasis::Inferred => "inferred",
        DayBasis::Candidates => "candidates",
    }
}
