//! Which corpus: the paths that were named, standard input, the sample, or that of the last run.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::cli::args::Subcommand;
use crate::cli::task::Reading;
use crate::config::nearest;
use crate::ingest::{Source, sample};
use crate::store::Store;

/// A corpus to read.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) sources: Vec<Source>,
    /// What to call it.
    pub(super) name: String,
    /// Its files and folders, when it can be opened again.
    pub(super) paths: Vec<PathBuf>,
    /// What the user should know about the choice.
    pub(super) notices: Vec<String>,
}

/// Decides what to read; reads standard input to its end when it is asked for.
pub(super) fn choose(
    reading: &Reading,
    store: &Store,
    input: &mut dyn Read,
) -> anyhow::Result<Chosen> {
    if reading.sample {
        return Ok(the_sample(Vec::new()));
    }
    if !reading.paths.is_empty() {
        return named(reading, input);
    }
    let mut notices = Vec::new();
    match store.last_corpus() {
        Ok(Some(paths)) if paths.iter().any(|path| path.exists()) => {
            notices.push(format!("the corpus of the last run, {}", listed(&paths)));
            return Ok(from_paths(paths, notices));
        }
        Ok(Some(paths)) => notices.push(format!(
            "the corpus of the last run is gone ({}): the sample instead",
            listed(&paths)
        )),
        Ok(None) => notices.push(
            "no path given: the embedded sample; `khabar PATH` opens files and folders".to_owned(),
        ),
        Err(error) => {
            notices.push(error.to_string());
            notices.push("the sample instead of the corpus of the last run".to_owned());
        }
    }
    Ok(the_sample(notices))
}

/// The same without reading standard input, for which empty bytes named `-` stand.
pub(super) fn choose_unread(reading: &Reading, store: &Store) -> anyhow::Result<Chosen> {
    choose(reading, store, &mut std::io::empty())
}

/// A sentence about paths none of which exists, with a guess at what was meant.
fn all_missing(paths: &[PathBuf]) -> Option<String> {
    let first = paths.first()?;
    if paths.iter().any(|path| path.exists()) {
        return None;
    }
    let hint = first
        .to_str()
        .and_then(|name| nearest(name, Subcommand::NAMES.iter().copied()))
        .map_or_else(String::new, |command| {
            format!("; did you mean the command `khabar {command}`?")
        });
    Some(format!("no such file or folder: {}{hint}", listed(paths)))
}

fn named(reading: &Reading, input: &mut dyn Read) -> anyhow::Result<Chosen> {
    let paths = &reading.paths;
    let is_input = |path: &PathBuf| path.as_os_str() == "-";
    match paths.iter().filter(|path| is_input(path)).count() {
        0 => {
            if reading.must_exist
                && let Some(missing) = all_missing(paths)
            {
                bail!(missing);
            }
            return Ok(from_paths(paths.clone(), Vec::new()));
        }
        1 => {}
        _ => bail!("standard input (-) can be read only once"),
    }
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let mut sources = Vec::with_capacity(paths.len());
    for path in paths {
        sources.push(if is_input(path) {
            Source::Bytes {
                name: "-".to_owned(),
                bytes: std::mem::take(&mut bytes),
            }
        } else {
            Source::Path(path.clone())
        });
    }
    let name = if paths.len() == 1 {
        "standard input".to_owned()
    } else {
        name_of(paths)
    };
    Ok(Chosen {
        sources,
        name,
        // half of a corpus would be another corpus: it is not remembered
        paths: Vec::new(),
        notices: Vec::new(),
    })
}

fn from_paths(paths: Vec<PathBuf>, notices: Vec<String>) -> Chosen {
    Chosen {
        sources: paths.iter().cloned().map(Source::Path).collect(),
        name: name_of(&paths),
        paths,
        notices,
    }
}

fn the_sample(notices: Vec<String>) -> Chosen {
    let sources = sample::files()
        .iter()
        .map(|(name, text)| Source::Bytes {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    Chosen {
        sources,
        name: "sample".to_owned(),
        paths: Vec::new(),
        notices,
    }
}

/// The last part of the first path, and how many more there are.
fn name_of(paths: &[PathBuf]) -> String {
    let last_part = |path: &Path| {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        whole.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    match paths {
        [] => String::new(),
        [only] => last_part(only),
        [first, more @ ..] => format!("{} +{}", last_part(first), more.len()),
    }
}

fn listed(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Directories;

    fn reading(paths: &[&str], sample: bool) -> Reading {
        Reading {
            paths: paths.iter().map(PathBuf::from).collect(),
            sample,
            filter: Vec::new(),
            view: None,
            document_day: None,
            aliases: None,
            journal: None,
            watch: None,
            links: None,
            cache: crate::cli::task::CacheUse::default(),
            must_exist: true,
        }
    }

    fn store(state: &Path) -> Store {
        let directories = Directories {
            state: Some(state.to_owned()),
            ..Directories::default()
        };
        Store::new(&directories, false)
    }

    #[test]
    fn paths_then_last_run_then_sample() {
        let home = tempfile::tempdir().unwrap();
        let corpus = home.path().join("news");
        std::fs::create_dir(&corpus).unwrap();
        let state = home.path().join("state");
        let store = store(&state);
        let choose = |reading: &Reading| choose(reading, &store, &mut io_empty()).unwrap();

        let first_run = choose(&reading(&[], false));
        assert_eq!(
            (first_run.name.as_str(), first_run.sources.len()),
            ("sample", 30)
        );
        assert_eq!(first_run.notices.len(), 1, "{:?}", first_run.notices);
        assert!(first_run.paths.is_empty(), "the sample is not remembered");

        store.remember(std::slice::from_ref(&corpus)).unwrap();
        let next_run = choose(&reading(&[], false));
        assert_eq!(next_run.paths, std::slice::from_ref(&corpus));
        assert_eq!(next_run.name, "news");
        assert!(next_run.notices.iter().any(|n| n.contains("last run")));

        let asked = choose(&reading(&[], true));
        assert_eq!((asked.name.as_str(), asked.notices.len()), ("sample", 0));

        std::fs::remove_dir(&corpus).unwrap();
        let gone = choose(&reading(&[], false));
        assert_eq!(gone.name, "sample");
        assert!(gone.notices.iter().any(|n| n.contains("gone")));

        std::fs::write(state.join("last.json"), "?").unwrap();
        let damaged = choose(&reading(&[], false));
        assert_eq!(
            (damaged.name.as_str(), damaged.notices.len()),
            ("sample", 2)
        );
    }

    fn io_empty() -> std::io::Empty {
        std::io::empty()
    }

    #[test]
    fn standard_input_is_read_once() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut input = &b"one"[..];
        let chosen = choose(&reading(&["src", "-"], false), &store, &mut input).unwrap();
        assert_eq!(
            chosen.sources,
            [
                Source::Path(PathBuf::from("src")),
                Source::Bytes {
                    name: "-".to_owned(),
                    bytes: b"one".to_vec()
                }
            ]
        );
        assert!(chosen.paths.is_empty());
        assert!(choose(&reading(&["-", "-"], false), &store, &mut io_empty()).is_err());
    }

    #[test]
    fn missing_paths_are_told_with_a_guess() {
        let missing = |names: &[&str]| {
            let paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
            all_missing(&paths)
        };
        assert!(missing(&["lst"]).unwrap().contains("khabar list"));
        assert!(!missing(&["no/such"]).unwrap().contains("did you mean"));
        assert_eq!(missing(&["no/such", "src"]), None);
        assert_eq!(missing(&[]), None);
    }
}
