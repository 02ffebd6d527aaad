//! What the user set right about the names of a corpus: read from the file that was named, else
//! from that of the corpus.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::cli::sources::Chosen;
use crate::repair::{Problem, Repairs};
use crate::store::Store;

/// Repairs, and what is wrong with their file.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    pub(super) repairs: Repairs,
    pub(super) notices: Vec<String>,
    /// Where they belong; `None` for a corpus that cannot be opened again.
    pub(super) file: Option<PathBuf>,
}

/// Reads the repairs of a corpus. A file that was named must be there and without mistakes; in
/// that of the corpus, what is wrong does not hold and is told.
pub(super) fn read(
    named: Option<&Path>,
    store: &Store,
    chosen: &Chosen,
) -> anyhow::Result<Aliases> {
    if let Some(path) = named {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (repairs, problems) = Repairs::parse(&text);
        if !problems.is_empty() {
            bail!(told(path, &problems).join("\n"));
        }
        return Ok(Aliases {
            repairs,
            notices: Vec::new(),
            file: Some(path.to_owned()),
        });
    }
    let Some(path) = store.aliases_file(&chosen.name, &chosen.paths) else {
        return Ok(Aliases::default());
    };
    Ok(match store.aliases(&path) {
        Ok(None) => Aliases {
            file: Some(path),
            ..Aliases::default()
        },
        Ok(Some(text)) => {
            let (repairs, problems) = Repairs::parse(&text);
            let notices = told(&path, &problems);
            Aliases {
                repairs,
                notices,
                file: Some(path),
            }
        }
        Err(error) => Aliases {
            repairs: Repairs::default(),
            notices: vec![error.to_string()],
            file: Some(path),
        },
    })
}

fn told(path: &Path, problems: &[Problem]) -> Vec<String> {
    let problems = problems.iter();
    problems
        .map(|problem| format!("{}:{}: {}", path.display(), problem.line, problem.reason))
        .collect()
}
