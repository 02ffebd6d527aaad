//! `khabar export`: a brief of what the filter finds.

use std::ffi::OsString;
use std::sync::Arc;

use anyhow::Context as _;

use crate::cli::task::Export;
use crate::cli::{Loaded, Status, Streams, load, parse, say, triage, views};
use crate::export::{self, Brief, Kept, Quote, file};
use crate::query::{self, Question};
use crate::store::{Directories, Store};
use crate::triage::{DocumentKey, State};

/// Writes the brief to its file or to standard output.
pub(super) fn run(
    what: &Export,
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    let store = Store::new(directories, true);
    let mut query = parse(&what.reading.filter)?;
    let Loaded {
        corpus,
        paths,
        desk,
        view: standing,
        pending,
        ..
    } = load(
        &what.reading,
        query.links(),
        directories,
        variable,
        &store,
        streams,
    )?;
    if let Some(name) = &what.reading.view {
        let terms = match (views::find(&store, name), standing) {
            (Ok(saved), _) => saved.query.terms,
            (Err(_), Some(standing)) => standing.terms,
            (Err(error), None) => return Err(error),
        };
        query.terms.splice(0..0, terms);
    }
    let watch = triage::watch_terms(what.reading.watch.as_deref())?;
    let question = Question {
        query: query.clone(),
        sort: what.sort,
        reverse: what.reverse,
        marked: Arc::new(desk.select(&query, &corpus, &watch)),
        ..Question::default()
    };
    let answer = query::answer(&corpus, &question, &|| false).unwrap_or_default();
    if answer.hits.is_empty() {
        say(streams.err, "khabar: nothing found, so no brief is written")?;
        return Ok(Status::of(false, corpus.len(), corpus.unreadable().len()));
    }
    let articles = answer.hits.iter().map(|hit| hit.article);
    let mut brief = Brief::of(&corpus, articles, &query);
    for kept in &mut brief.kept {
        add_notes(kept, &desk.state);
    }
    let text = export::write(&brief, what.format);
    match &what.output {
        None => streams.out.write_all(text.as_bytes())?,
        Some(path) => {
            let kept = file::save(path, text.as_bytes(), what.backup, &paths);
            let kept = match kept {
                Err(error @ file::FileError::Exists(_)) => {
                    return Err(error).context("or --backup, which keeps it as FILE~");
                }
                kept => kept?,
            };
            let kept = kept.map_or_else(String::new, |kept| {
                format!("; what was there is {} now", kept.display())
            });
            let count = answer.hits.len();
            let articles = if count == 1 { "article" } else { "articles" };
            let text = format!("khabar: {count} {articles} in {}{kept}", path.display());
            say(streams.err, &text)?;
        }
    }
    pending.wait(streams)?;
    Ok(Status::of(true, corpus.len(), corpus.unreadable().len()))
}

/// Adds what analysts wrote to an article and to its passages. A passage that no longer stands where
/// it stood is left out: it would be a wrong citation.
fn add_notes(kept: &mut Kept<'_>, state: &State) {
    let article = kept.article;
    let Some(marks) = state.marks(&DocumentKey::of(article)) else {
        return;
    };
    let mut on_article = Vec::new();
    for note in &marks.notes {
        let Some(passage) = &note.passage else {
            on_article.push(note.text.as_str());
            continue;
        };
        if passage.span.of(article.field(passage.field)) != passage.quote {
            continue;
        }
        let same = |quote: &&mut Quote| (quote.field, quote.span) == (passage.field, passage.span);
        match kept.quotes.iter_mut().find(same) {
            Some(quote) => {
                let text = quote.note.take().map(|before| before + "; ");
                quote.note = Some(text.unwrap_or_default() + &note.text);
            }
            None => kept.quotes.push(Quote {
                field: passage.field,
                span: passage.span,
                note: Some(note.text.clone()),
            }),
        }
    }
    kept.quotes.sort_by_key(|quote| (quote.field, quote.span));
    if !on_article.is_empty() {
        kept.note = Some(on_article.join("; "));
    }
}
