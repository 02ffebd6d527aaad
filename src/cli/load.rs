//! The corpus that a command asks about, with all that belongs to it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use crate::annotate::entity::Finder;
use crate::cli::task;
use crate::cli::{Streams, aliases, cache, say, sources, triage, views};
use crate::corpus::Corpus;
use crate::link::{self, LinkMode};
use crate::pipeline;
use crate::query::Query;
use crate::repair::Repairs;
use crate::store::{Directories, Store};

/// What was read, and what was made of it.
pub(super) struct Loaded {
    pub(super) corpus: Arc<Corpus>,
    /// Its files and folders.
    pub(super) paths: Vec<PathBuf>,
    pub(super) desk: triage::Desk,
    /// The cache that is being written.
    pub(super) pending: cache::Pending,
    /// How its names are linked.
    pub(super) linking: Linking,
}

/// How the names of a corpus are linked.
pub(super) struct Linking {
    pub(super) links: LinkMode,
    pub(super) repairs: Arc<Repairs>,
}

impl Linking {
    /// The corpus as a query wants it to be linked; `None` where it is so.
    pub(super) fn other(&self, corpus: &Corpus, query: &Query) -> Option<Corpus> {
        let mode = query.links().filter(|mode| *mode != self.links)?;
        Some(link::linked(
            corpus,
            &Finder::embedded(),
            &self.repairs,
            mode,
        ))
    }
}

/// Loads what is to be read, telling what could not be. `asked` are the links that a query asks for,
/// before those of the view that is named.
pub(super) fn load(
    reading: &task::Reading,
    asked: Option<LinkMode>,
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
    store: &Store,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Loaded> {
    let mut chosen = sources::choose(reading, store, streams.input)?;
    let aliases = aliases::read(reading.aliases.as_deref(), store, &chosen)?;
    chosen.notices.extend(aliases.notices);
    let place = triage::place(reading.journal.as_deref(), store, &chosen)?;
    let author = triage::author_of_views(directories, variable);
    let desk = triage::Desk::read(place, &author);
    chosen.notices.extend(desk.notices.iter().cloned());
    for notice in &chosen.notices {
        say(streams.err, &format!("khabar: {notice}"))?;
    }
    let of_view = match &reading.view {
        Some(name) => views::find(store, name)?.query.links(),
        None => None,
    };
    let place = cache::place(reading, directories, &chosen);
    let linking = Linking {
        links: asked
            .or(of_view)
            .unwrap_or_else(|| task::link_mode(reading.links.unwrap_or_default())),
        repairs: Arc::new(aliases.repairs),
    };
    let request = pipeline::Request {
        name: chosen.name,
        sources: chosen.sources,
        document_day: reading.document_day,
        links: linking.links,
        repairs: Arc::clone(&linking.repairs),
    };
    let (corpus, saving) = match &place {
        Some(place) => pipeline::load_all_cached(&request, place),
        None => (pipeline::load_all(&request), None),
    };
    // the process ends with the command: the system takes a corpus back at once, which we could
    // only article by article
    std::mem::forget(Arc::clone(&corpus));
    for unreadable in corpus.unreadable() {
        say(
            streams.err,
            &format!("{}: {}", unreadable.path, unreadable.reason),
        )?;
    }
    Ok(Loaded {
        corpus,
        paths: chosen.paths,
        desk,
        pending: cache::Pending(place.zip(saving)),
        linking,
    })
}
