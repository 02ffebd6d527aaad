//! Queries that have a name: `--view NAME`, and `khabar views`, which lists them.

use std::io::Write;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use crate::cli::json;
use crate::cli::load::Linking;
use crate::cli::table::{Align, Table};
use crate::cli::task::{self, Form, Kind};
use crate::cli::triage::Desk;
use crate::cli::wire;
use crate::cli::wrong_in;
use crate::config::Sort;
use crate::corpus::Corpus;
use crate::query::{self, Query, Question, Session};
use crate::store::{self, Store};
use crate::triage::{Selected, Standing};

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

/// The view of a name: a standing, such as `kept`, or one that was saved.
pub(super) fn find(store: &Store, name: &str) -> anyhow::Result<View> {
    if let Some(standing) = Standing::from_name(name.trim()) {
        return Ok(View {
            query: query_of(standing)?,
            sort: None,
            reverse: false,
        });
    }
    let views = store.views()?;
    let Some(view) = views.iter().find(|view| view.name == name.trim()) else {
        let standings = Standing::ALL.map(Standing::name).into_iter();
        let known = standings.chain(views.iter().map(|view| view.name.as_str()));
        let known: Vec<String> = known.map(|name| format!("“{name}”")).collect();
        bail!("no view “{name}”: there are {}", known.join(", "));
    };
    read(store, view)
}

fn query_of(standing: Standing) -> anyhow::Result<Query> {
    let text = format!("is:{}", standing.name());
    text.parse().map_err(wrong_in("the view", &text))
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

/// What the views are counted in.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Only articles that match this.
    pub(super) query: &'a Query,
    /// What to look out for.
    pub(super) watch: &'a [Query],
    /// What was made of the articles.
    pub(super) desk: &'a Desk,
    /// How their names are linked.
    pub(super) linking: &'a Linking,
}

/// Writes the views, those that are always there first, with the number of articles that each has
/// of those asked for. The first view that cannot be understood is an error.
pub(super) fn write(
    corpus: &Corpus,
    asked: &Asked<'_>,
    store: &Store,
    form: Form,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let standings = Standing::ALL.map(|standing| store::View {
        name: standing.name().to_owned(),
        query: format!("is:{}", standing.name()),
        sort: None,
        reverse: false,
    });
    let saved = store.views()?;
    let standings = standings.iter().map(|view| (view, false));
    let views = standings.chain(saved.iter().map(|view| (view, true)));
    let sheet = asked.desk.sheet(corpus, asked.watch);
    let mut table = Table::new(&[
        ("DOCUMENTS", Align::Right),
        ("NAME", Align::Left),
        ("QUERY", Align::Left),
    ]);
    let mut session = Session::default();
    for (view, own) in views {
        let mut query = read(store, view)?.query;
        query.terms.extend(asked.query.terms.iter().cloned());
        let marked = Selected::of(query.criteria(), &asked.desk.state, &sheet);
        let question = Question {
            marked: Arc::new(marked),
            query,
            ..Question::default()
        };
        // nobody can cancel, so there always is an answer
        let other = asked.linking.other(corpus, &question.query);
        let answer = match &other {
            Some(other) => query::answer(other, &question, &|| false),
            None => session.answer(corpus, &question, &|| false),
        };
        let listed = wire::View {
            name: &view.name,
            own,
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
    Ok(true)
}
