//! `khabar verify`: whether the citations of a brief still hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::annotate::kept::Record;
use crate::cli::task::{Form, Verify};
use crate::cli::wire::Cited;
use crate::cli::{Status, Streams, json, say};
use crate::export::verify::{Documents, Verdict, file_of_record, files};
use crate::export::{self, Checked, Claim, Format};
use crate::ingest::{self, Outcome, Source, sample};
use crate::store::{Directories, Store};
use crate::text::visible::sanitize;

/// Checks every citation; [`Status::Nothing`] when one does not hold.
pub(super) fn run(
    what: &Verify,
    directories: &Directories,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Status> {
    let name = what.brief.display().to_string();
    let text = read(&what.brief, streams)?;
    let claims = export::read(&text, Format::of_content(&text))
        .with_context(|| format!("{name} is no brief that khabar export wrote"))?;
    let sources = sources(what, &claims, directories, streams)?;
    let documents = documents(&sources, &claims, streams)?;
    let checked = documents.check(claims);
    let failing = checked.iter().filter(|one| !one.holds()).count();
    match what.form {
        Form::Json => {
            for one in &checked {
                json::write_line(streams.out, &cited(one))?;
            }
        }
        Form::Table => {
            for one in checked.iter().filter(|one| told(one).is_some()) {
                let cited = cited(one);
                let line = format!(
                    "{name}:{}: {} {}: {}",
                    cited.line,
                    cited.file,
                    cited.place,
                    cited.why.as_deref().unwrap_or("")
                );
                writeln!(streams.out, "{}", sanitize(&line))?;
            }
        }
    }
    let all = checked.len();
    let summary = match failing {
        0 => format!("khabar: all {all} citations of {name} hold"),
        n => format!("khabar: {n} of {all} citations of {name} no longer hold"),
    };
    say(streams.err, &summary)?;
    Ok(if failing == 0 {
        Status::Found
    } else {
        Status::Nothing
    })
}

/// What there is to say of a citation.
fn told(one: &Checked) -> Option<String> {
    match &one.verdict {
        Verdict::Holds { renamed: None } => None,
        Verdict::Holds {
            renamed: Some(name),
        } => Some(format!("holds; the file is called {name} now")),
        Verdict::Fails(why) => Some(why.clone()),
    }
}

fn cited(one: &Checked) -> Cited<'_> {
    Cited {
        line: one.claim.line,
        file: &one.claim.file,
        place: one.claim.place.code(),
        holds: one.holds(),
        why: told(one),
    }
}

fn read(brief: &Path, streams: &mut Streams<'_>) -> anyhow::Result<String> {
    let bytes = if brief.as_os_str() == "-" {
        let mut bytes = Vec::new();
        streams
            .input
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        bytes
    } else {
        std::fs::read(brief).with_context(|| brief.display().to_string())?
    };
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", brief.display()))
}

/// Where the documents are: named, or the files that the brief names as seen from here or from
/// where it lies, or the corpus of the last run.
fn sources(
    what: &Verify,
    claims: &[Claim],
    directories: &Directories,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Vec<Source>> {
    if what.sample {
        let sample = sample::files().iter().map(|(name, text)| Source::Bytes {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        });
        return Ok(sample.collect());
    }
    let as_paths = |paths: Vec<PathBuf>| paths.into_iter().map(Source::Path).collect();
    if !what.paths.is_empty() {
        return Ok(as_paths(what.paths.clone()));
    }
    let beside = what.brief.parent().unwrap_or(Path::new(""));
    let found: BTreeSet<PathBuf> = files(claims)
        .iter()
        .filter_map(|file| {
            let names = [Some(file.as_str()), file_of_record(file)];
            let names = names.into_iter().flatten();
            let mut places = names.flat_map(|name| [PathBuf::from(name), beside.join(name)]);
            places.find(|path| path.is_file())
        })
        .collect();
    if !found.is_empty() {
        return Ok(as_paths(found.into_iter().collect()));
    }
    let last = Store::new(directories, true).last_corpus().ok().flatten();
    let last = last.unwrap_or_default();
    if last.is_empty() {
        anyhow::bail!(
            "none of the files that the brief names is here; `khabar verify BRIEF PATH` says where \
             they are"
        );
    }
    say(
        streams.err,
        "khabar: checked against the corpus of the last run",
    )?;
    Ok(as_paths(last))
}

/// The documents. Of inputs that cannot be read only those that the brief names are told:
/// what else lies in the folder is no concern of it.
fn documents(
    sources: &[Source],
    claims: &[Claim],
    streams: &mut Streams<'_>,
) -> anyhow::Result<Documents> {
    let cited = files(claims);
    let mut documents = Documents::default();
    let found = ingest::discover(sources);
    let mut unreadable = found.unreadable;
    for input in &found.inputs {
        ingest::read_input(input, &mut |outcome| match outcome {
            Outcome::Document(raw) => documents.add(*raw),
            // the document is what it was before it was annotated
            Outcome::Annotated(line) => {
                let record = serde_json::from_str::<Record>(&line.text).ok();
                if let Some(raw) = record.and_then(|record| record.into_raw(&line.path)) {
                    documents.add(raw);
                }
            }
            Outcome::Unreadable(reason) => unreadable.push(reason),
        });
    }
    unreadable.retain(|one| cited.iter().any(|file| one.path.ends_with(file.as_str())));
    for one in &unreadable {
        say(streams.err, &format!("{}: {}", one.path, one.reason))?;
    }
    Ok(documents)
}
