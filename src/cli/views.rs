//! Queries that have a name: `--view NAME`, and `khabar views`, which lists them.

use std::io::Write;

use anyhow::{anyhow, bail};

use crate::cli::json;
use crate::cli::table::{Align, Table};
use crate::cli::task::{self, Form, Kind};
use crate::cli::wire;
use crate::cli::{Linking, wrong_in};
use crate::config::Sort;
use crate::corpus::Corpus;
use crate::query::{self, Query, Question, Session};
use crate::store::{self, Store};

/// A view, understood.
pub(super) struct View {
    pub(super) query: Query,
    pub(super) sort: Option<Sort>,
    pub(super) reverse: bool,
}

impl View {
    /// Adds the view to what is asked; an order that was typed wins over the view's.
    pub(super) fn ask(self, question: &mut Question, kind: &Kind) {
        question.query.terms.splice(0..0, self.query.terms);
        if let (Kind::List { sort: None, .. }, Some(sort)) = (kind, self.sort) {
            question.sort = task::sort(sort);
            question.reverse ^= self.reverse;
        }
    }
}

/// The view of a name.
pub(super) fn find(store: &Store, name: &str) -> anyhow::Result<View> {
    let views = store.views()?;
    let Some(view) = views.iter().find(|view| view.name == name.trim()) else {
        let names: Vec<String> = views.iter().map(|v| format!("“{}”", v.name)).collect();
        if names.is_empty() {
            bail!("no view “{name}”: none is saved yet; the explorer saves one with :save-view");
        }
        bail!("no view “{name}”: there are {}", names.join(", "));
    };
    read(store, view)
}

fn read(store: &Store, view: &store::View) -> anyhow::Result<View> {
    let file = store.views_file().unwrap_or_default();
    let place = format!("{}, view “{}”", file.display(), view.name);
    let query = view.query.parse().map_err(wrong_in(&place, &view.query))?;
    let sort = match &view.sort {
        None => None,
        Some(name) => Some(Sort::from_name(name).ok_or_else(|| {
            anyhow!(
                "{place}: “{name}” is no order: {} expected",
                Sort::NAMES.join(", ")
            )
        })?),
    };
    Ok(View {
        query,
        sort,
        reverse: view.reverse,
    })
}

/// Writes the views with the number of articles that each has of those that match `query`; says
/// whether there were any. The first view that cannot be understood is an error.
pub(super) fn write(
    corpus: &Corpus,
    linking: &Linking,
    query: &Query,
    store: &Store,
    form: Form,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let mut table = Table::new(&[
        ("DOCUMENTS", Align::Right),
        ("NAME", Align::Left),
        ("QUERY", Align::Left),
    ]);
    let views = store.views()?;
    let mut session = Session::default();
    for view in &views {
        let mut question = Question {
            query: read(store, view)?.query,
            ..Question::default()
        };
        question.query.terms.extend(query.terms.iter().cloned());
        // nobody can cancel, so there always is an answer
        let other = linking.other(corpus, &question.query);
        let answer = match &other {
            Some(other) => query::answer(other, &question, &|| false),
            None => session.answer(corpus, &question, &|| false),
        };
        let listed = wire::View {
            name: &view.name,
            query: &view.query,
            documents: answer.map_or(0, |answer| answer.hits.len()),
            sort: view.sort.as_deref(),
            reverse: view.reverse,
        };
        match form {
            Form::Json => json::write_line(out, &listed)?,
            Form::Table => table.row([
                listed.documents.to_string().as_str(),
                listed.name,
                listed.query,
            ]),
        }
    }
    table.write(out)?;
    Ok(!views.is_empty())
}
