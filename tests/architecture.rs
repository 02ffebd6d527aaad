//! Imports point down: the order of the layers holds, because one package would not hold it for us.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the sources has failed"
)]

use std::fs;
use std::path::Path;

/// Each layer and the layers that it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("corpus", &["text"]),
    ("ingest", &["text", "corpus"]),
    ("annotate", &["text", "corpus"]),
    ("repair", &["text", "corpus"]),
    ("link", &["text", "corpus", "annotate", "repair"]),
    ("duplicate", &["text", "corpus"]),
    (
        "pipeline",
        &[
            "text",
            "corpus",
            "ingest",
            "annotate",
            "repair",
            "link",
            "duplicate",
            "store",
        ],
    ),
    ("triage", &["text", "corpus"]),
    ("query", &["text", "corpus", "triage"]),
    ("export", &["text", "corpus", "triage", "query"]),
    ("store", &["corpus", "triage"]),
    ("command", &[]),
    ("config", &["command"]),
    (
        "cli",
        &[
            "text", "corpus", "ingest", "annotate", "repair", "link", "pipeline", "triage",
            "query", "export", "store", "command", "config",
        ],
    ),
    (
        "tui",
        &[
            "text", "corpus", "ingest", "annotate", "repair", "link", "pipeline", "triage",
            "query", "export", "store", "command", "config",
        ],
    ),
];

/// The same within `tui`, where only `runtime` meets the outside.
const TUI: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("model", &["geometry"]),
    ("message", &["model"]),
    ("effect", &["model"]),
    ("update", &["geometry", "model", "message", "effect"]),
    ("view", &["geometry", "model"]),
    (
        "runtime",
        &["geometry", "model", "message", "effect", "update", "view"],
    ),
];

fn visit(folder: &Path, each: &mut impl FnMut(&Path, &str)) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            visit(&path, each);
        } else if path.extension().is_some_and(|e| e == "rs") {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// The module path of a file below `src/tui` or `src`: `a/b.rs` and `a/b/mod.rs` are `["a", "b"]`.
fn modules(path: &Path, below: &Path) -> Vec<String> {
    let mut parts: Vec<String> = path
        .strip_prefix(below)
        .unwrap()
        .with_extension("")
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// What follows `prefix` in the code of a source, up to the next `::` or end of name.
fn named_after<'s>(source: &'s str, prefix: &'s str) -> impl Iterator<Item = (usize, &'s str)> {
    source
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .flat_map(move |(number, line)| {
            line.match_indices(prefix).map(move |(at, _)| {
                let rest = line.get(at + prefix.len()..).unwrap_or("");
                let end = rest
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                (number + 1, rest.get(..end).unwrap_or(""))
            })
        })
}

fn check(layers: &[(&str, &[&str])], below: &str, prefix: &str) {
    let mut wrong = Vec::new();
    visit(Path::new(below), &mut |path, source| {
        let parts = modules(path, Path::new(below));
        let Some(layer) = parts.first() else { return };
        if ["lib", "main", "build"].contains(&layer.as_str()) {
            return;
        }
        let Some((_, allowed)) = layers.iter().find(|(name, _)| name == layer) else {
            wrong.push(format!("{}: {layer} is no known layer", path.display()));
            return;
        };
        for (line, target) in named_after(source, prefix) {
            if target.is_empty() {
                wrong.push(format!(
                    "{}:{line}: {prefix}{{…}} hides imports",
                    path.display()
                ));
            } else if target != layer && !allowed.contains(&target) {
                wrong.push(format!(
                    "{}:{line}: {layer} may not import {target}",
                    path.display()
                ));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_import_points_down() {
    check(LAYERS, "src", "crate::");
}

#[test]
fn within_the_explorer_too() {
    check(TUI, "src/tui", "crate::tui::");
}

#[test]
fn only_the_runtime_meets_the_outside() {
    let mut wrong = Vec::new();
    visit(Path::new("src/tui"), &mut |path, source| {
        let parts = modules(path, Path::new("src/tui"));
        if matches!(parts.first().map(String::as_str), None | Some("runtime")) {
            return;
        }
        for outside in [
            "std::fs",
            "std::thread",
            "std::env",
            "SystemTime",
            "Instant::now",
            "std::io",
        ] {
            if source
                .lines()
                .any(|l| !l.trim_start().starts_with("//") && l.contains(outside))
            {
                wrong.push(format!("{}: {outside} belongs in runtime", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_grows_past_six_hundred_lines() {
    let mut wrong = Vec::new();
    visit(Path::new("src"), &mut |path, source| {
        let lines = source.lines().count();
        if lines > 600 {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
