//! `khabar mark`, `tag`, `note`, `journal`: what the explorer's keys do, for scripts.

mod documents;
mod journal;
mod mark;

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::cli::sources::Chosen;
use crate::config::{Config, File};
use crate::corpus::Corpus;
use crate::ingest::Source;
use crate::query::{self, Query};
use crate::store::journal::Place;
use crate::store::{Directories, Journal, Opened, Store};
use crate::triage::{Selected, Sheet, State};

pub(super) use journal::run as run_journal;
pub(super) use mark::run as run_mark;

/// Who makes changes: the setting, else user and machine.
pub(super) fn author(setting: &str, variable: &dyn Fn(&str) -> Option<OsString>) -> String {
    if !setting.trim().is_empty() {
        return setting.to_owned();
    }
    let named = |name| variable(name).filter(|value| !value.is_empty());
    let user = named("USER").or_else(|| named("LOGNAME"));
    let user = user.map_or_else(
        || "unknown".to_owned(),
        |user| user.to_string_lossy().into_owned(),
    );
    let host = rustix::system::uname();
    format!("{user}@{}", host.nodename().to_string_lossy())
}

/// The author, by the settings file in its usual place or the one that was named.
fn author_by_settings(
    named: Option<&Path>,
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> anyhow::Result<String> {
    let usual = directories.config_file();
    let file = match (named, &usual) {
        (Some(path), _) => File::Named(path),
        (None, Some(path)) => File::Usual(path),
        (None, None) => File::None,
    };
    let config = Config::from_file(file)?;
    Ok(author(&config.settings.author, variable))
}

/// The same for a view, which a mistake in the settings does not stop.
pub(super) fn author_of_views(
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> String {
    author_by_settings(None, directories, variable).unwrap_or_else(|_| author("", variable))
}

/// Where the journal of a corpus is kept.
///
/// # Errors
/// When the file that was named lies in a folder that is read: it would be taken for documents,
/// and the folder is nobody's to write to.
pub(super) fn place(named: Option<&Path>, store: &Store, chosen: &Chosen) -> anyhow::Result<Place> {
    if let Some(file) = named {
        let absolute = std::path::absolute(file)?;
        for source in &chosen.sources {
            if let Source::Path(path) = source
                && absolute.starts_with(std::path::absolute(path)?)
            {
                bail!(
                    "--journal {} lies in {}, which is only read: name a file elsewhere",
                    file.display(),
                    path.display()
                );
            }
        }
    }
    Ok(store.journal_place(named, &chosen.name, &chosen.paths))
}

/// The queries of a file of watch terms.
///
/// # Errors
/// When the file cannot be read, or a line of it: which, and where in it.
pub(super) fn watch_terms(file: Option<&Path>) -> anyhow::Result<Vec<Query>> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    query::watch_terms(&text).map_err(|(line, error)| anyhow::anyhow!("{name}:{line}: {error}"))
}

/// What was made of a corpus, for the views.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) author: String,
    pub(super) notices: Vec<String>,
}

impl Desk {
    /// Reads a journal; nothing is written to it.
    pub(super) fn read(place: Place, author: &str) -> Self {
        let Opened {
            journal,
            changes,
            notices,
            ..
        } = Journal::open(place, author);
        Self {
            state: State::of(changes),
            author: journal.author().to_owned(),
            notices,
        }
    }

    /// Works out a query's criteria.
    pub(super) fn select(&self, query: &Query, corpus: &Corpus, watch: &[Query]) -> Selected {
        if query.criteria().next().is_none() {
            return Selected::default();
        }
        let sheet = self.sheet(corpus, watch);
        Selected::of(query.criteria(), &self.state, &sheet)
    }

    /// How each article stands.
    pub(super) fn sheet(&self, corpus: &Corpus, watch: &[Query]) -> Sheet {
        let mut sheet = Sheet::new(self.state.seen(&self.author).cloned());
        sheet.grow(corpus, &self.state);
        if let Some(found) = query::found_by_any(corpus, watch, &|| false) {
            sheet.watch(&found);
        }
        sheet
    }
}
