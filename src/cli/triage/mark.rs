//! `khabar mark`, `tag` and `note`.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};

use crate::cli::sources::{self, Chosen};
use crate::cli::task::{self, Deed, Form, Marking};
use crate::cli::triage::{author_by_settings, documents, place};
use crate::cli::wire::Recorded;
use crate::cli::{Status, Streams, aliases, json, parse, say};
use crate::corpus::{Corpus, Field, Span};
use crate::pipeline;
use crate::query::{self, Question};
use crate::repair::{Edit, Revision, revise};
use crate::store::journal::Place;
use crate::store::{Directories, Journal, Opened, Store};
use crate::triage::{DocumentKey, Op, Passage, Selected, Sheet, State};

/// How long a command waits for another khabar that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes a change and says what it was.
pub(in crate::cli) fn run(
    marking: &Marking,
    directories: &Directories,
    variable: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    let author = author_by_settings(marking.config.as_deref(), directories, variable)?;
    let store = Store::new(directories, marking.private);
    let mut chosen = sources::choose(&marking.reading, &store, streams.input)?;
    let place = place(marking.reading.journal.as_deref(), &store, &chosen)?;
    match &place {
        Place::File(_) => {}
        Place::ReadOnly(_) => bail!("with --private nothing can be marked"),
        Place::Nowhere(why) => bail!("nothing can be marked: {why}"),
    }
    let Opened {
        journal,
        changes,
        notices,
        ..
    } = Journal::open(place, &author);
    for notice in notices.iter().chain(&chosen.notices) {
        say(streams.err, &format!("khabar: {notice}"))?;
    }
    chosen.notices.clear();
    let mut journal = journal.patient(PATIENCE);
    let state = State::of(changes);
    if matches!(marking.deed, Deed::Undo | Deed::Redo) {
        correct(marking, &store, &chosen, &state, journal.author())?;
    }
    let op = match &marking.deed {
        Deed::Undo => state
            .to_undo(journal.author())
            .map(|change| Op::Undo { of: change.id }),
        Deed::Redo => state
            .to_redo(journal.author())
            .map(|change| Op::Redo { of: change.id }),
        deed => on_documents(deed, marking, &store, chosen, &state, journal.author())?,
    };
    let Some(op) = op else {
        say(streams.err, "khabar: nothing found")?;
        return Ok(Status::Nothing);
    };
    let said = sentence(&op, &state);
    let documents = op.documents().len();
    let change = journal.record(op);
    if let Some(problem) = journal.flush().problem {
        bail!("{problem}");
    }
    match marking.form {
        Form::Json => {
            let recorded = Recorded {
                change: change.id.to_string(),
                author: &change.author,
                documents,
                said: &said,
            };
            json::write_line(streams.out, &recorded)?;
        }
        Form::Table => say(streams.out, &said)?,
    }
    Ok(Status::Found)
}

/// Takes the last step back, or does it again, where it stands in the file of what was set right:
/// before the journal says so.
fn correct(
    marking: &Marking,
    store: &Store,
    chosen: &Chosen,
    state: &State,
    author: &str,
) -> anyhow::Result<()> {
    let back = matches!(marking.deed, Deed::Undo);
    let change = if back {
        state.to_undo(author)
    } else {
        state.to_redo(author)
    };
    let Some(Op::Correction { said, undo, redo }) = change.map(|change| &change.op) else {
        return Ok(());
    };
    let Some(edit) = Edit::from_json(if back { undo } else { redo }) else {
        bail!("the journal does not say what this changed: {said}");
    };
    let named = marking.reading.aliases.as_deref();
    let Some(file) = aliases::read(named, store, chosen)?.file else {
        bail!("there is no file of what was set right, so this stays: {said}");
    };
    // held until the file is written
    let _lock = store.lock_aliases()?;
    let now = store.aliases(&file)?.unwrap_or_default();
    let revised = revise(&now, &Revision::Undo(edit))
        .map_err(|problem| anyhow!("{}: {problem}", file.display()))?;
    if revised.text != now {
        store.write_aliases(&file, &revised.text)?;
    }
    Ok(())
}

fn sentence(op: &Op, state: &State) -> String {
    let of = |id| {
        let change = state.change(id);
        change.map_or_else(String::new, |change| change.op.description())
    };
    match op {
        Op::Undo { of: id } => format!("undone: {}", of(*id)),
        Op::Redo { of: id } => format!("done again: {}", of(*id)),
        op => op.description(),
    }
}

/// The operation on the documents that are meant; `None` where there are none.
fn on_documents(
    deed: &Deed,
    marking: &Marking,
    store: &Store,
    chosen: Chosen,
    state: &State,
    author: &str,
) -> anyhow::Result<Option<Op>> {
    let query = parse(&marking.reading.filter)?;
    if marking.documents.is_empty() == query.terms.is_empty() {
        bail!("name documents, or say with --filter which");
    }
    // a mark on what is named needs neither names nor days: reading is enough
    let needs_text = matches!(marking.deed, Deed::Note { quote: Some(_), .. });
    if query.terms.is_empty()
        && !needs_text
        && let Some(documents) = documents::read_and_named(&chosen.sources, &marking.documents)
    {
        return on_found(deed, documents?, None).map(Some);
    }
    let aliases = aliases::read(marking.reading.aliases.as_deref(), store, &chosen)?;
    let corpus = pipeline::load_all(&pipeline::Request {
        name: chosen.name,
        sources: chosen.sources,
        document_day: marking.reading.document_day,
        links: query
            .links()
            .unwrap_or_else(|| task::link_mode(marking.reading.links.unwrap_or_default())),
        repairs: Arc::new(aliases.repairs),
    });
    let documents = if query.terms.is_empty() {
        documents::named(&corpus, &marking.documents)?
    } else {
        let mut sheet = Sheet::new(state.seen(author).cloned());
        sheet.grow(&corpus, state);
        let marked = Arc::new(Selected::of(query.criteria(), state, &sheet));
        let question = Question {
            query,
            marked,
            ..Question::default()
        };
        // nobody can cancel, so there always is an answer
        let answer = query::answer(&corpus, &question, &|| false).unwrap_or_default();
        let articles = answer.hits.articles().filter_map(|id| corpus.article(id));
        let mut keys: Vec<DocumentKey> = articles.map(DocumentKey::of).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    if documents.is_empty() {
        return Ok(None);
    }
    on_found(deed, documents, Some(&corpus)).map(Some)
}

/// The operation on documents that were found.
fn on_found(
    deed: &Deed,
    documents: Vec<DocumentKey>,
    corpus: Option<&Corpus>,
) -> anyhow::Result<Op> {
    Ok(match deed {
        Deed::Mark(mark) => Op::Mark {
            mark: *mark,
            documents,
            auto: false,
        },
        Deed::Tag { tag, add } => Op::Tag {
            tag: tag.clone(),
            add: *add,
            documents,
        },
        Deed::Note { text, quote } => note(corpus, &documents, text, quote.as_deref())?,
        // neither is on documents
        Deed::Undo | Deed::Redo => bail!("undo and redo take no documents"),
    })
}

fn note(
    corpus: Option<&Corpus>,
    documents: &[DocumentKey],
    text: &str,
    quote: Option<&str>,
) -> anyhow::Result<Op> {
    let [document] = documents else {
        bail!("a note is on one document");
    };
    if text.trim().is_empty() {
        bail!("the note is empty");
    }
    let passage = match quote {
        None => None,
        Some(quote) => {
            let mut articles = corpus.into_iter().flat_map(Corpus::articles);
            let article = articles.find(|(_, article)| DocumentKey::of(article) == *document);
            let at = article.and_then(|(_, article)| {
                let fields = [Field::Text, Field::Title];
                let mut fields = fields.into_iter();
                fields.find_map(|field| Some((field, article.field(field).find(quote)?)))
            });
            let Some((field, start)) = at.filter(|_| !quote.is_empty()) else {
                bail!("the document does not hold {quote:?}");
            };
            Some(Passage {
                field,
                span: Span::new(start, start + quote.len()),
                quote: quote.to_owned(),
            })
        }
    };
    Ok(Op::Note {
        document: *document,
        passage,
        text: text.trim().to_owned(),
        replaces: None,
    })
}
