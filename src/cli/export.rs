//! `khabar export`: a brief of what the filter finds.

use std::ffi::OsString;
use std::sync::Arc;

use anyhow::Context as _;

use crate::cli::load::{Loaded, load};
use crate::cli::task::Export;
use crate::cli::{Status, Streams, parse, say, triage, views};
use crate::export::{self, Brief, file};
use crate::query::{self, Question};
use crate::store::{Directories, Store};

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
        let view = views::find(&store, name)?;
        query.terms.splice(0..0, view.query.terms);
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
    let articles = answer.hits.articles();
    let mut brief = Brief::of(&corpus, articles, &query);
    brief.add_notes(|key| desk.state.marks(key).map_or(&[], |marks| &marks.notes));
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
