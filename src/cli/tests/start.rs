use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;

use crate::cli::{Exploration, Outcome, Status, Streams, start};
use crate::config::{Bidi, ColorWhen, DEFAULT_FILE};
use crate::corpus::Language;
use crate::ingest::Source;
use crate::query::Condition;

/// Runs the command line in memory, with standard output a terminal.
fn on_a_terminal(home: &Path, arguments: &[&str]) -> (Outcome, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = start(
        std::iter::once("khabar")
            .chain(arguments.iter().copied())
            .map(Into::into),
        &|name| (name == "HOME").then(|| home.into()),
        &mut Streams {
            input: &mut &b"from a pipe"[..],
            out: &mut out,
            err: &mut err,
            out_is_terminal: true,
        },
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (outcome, text(out), text(err))
}

fn exploration(home: &Path, arguments: &[&str]) -> Exploration {
    match on_a_terminal(home, arguments) {
        (Outcome::Explore(exploration), _, _) => *exploration,
        (Outcome::Done(status), out, err) => panic!("{status:?} {out} {err}"),
        (Outcome::Examine(_), _, _) => panic!("an examination"),
    }
}

#[test]
fn a_terminal_gets_the_explorer() {
    let home = tempfile::tempdir().unwrap();
    let sample = exploration(home.path(), &["--sample"]);
    assert_eq!((sample.name.as_str(), sample.sources.len()), ("sample", 30));
    assert!(sample.notices.is_empty() && sample.paths.is_empty());

    let first_run = exploration(home.path(), &[]);
    assert_eq!(first_run.name, "sample");
    assert_eq!(first_run.notices.len(), 1);

    let given = exploration(
        home.path(),
        &[
            "--filter",
            "lang:ar",
            "--filter",
            "aleppo",
            "--dct",
            "2016-11-03",
            "--mouse",
            "--ascii",
            "--bidi",
            "lro",
            "--color",
            "never",
            "src",
        ],
    );
    assert_eq!(given.paths, [Path::new("src")]);
    assert_eq!(given.query.terms.len(), 2);
    assert_eq!(
        given.query.terms[0].condition,
        Condition::Language(Language::Arabic)
    );
    assert_eq!(given.document_day, NaiveDate::from_ymd_opt(2016, 11, 3));
    let settings = &given.config.settings;
    assert!(settings.mouse && settings.ascii);
    assert_eq!(
        (settings.bidi, settings.color),
        (Bidi::Lro, ColorWhen::Never)
    );

    let piped = exploration(home.path(), &["-"]);
    assert_eq!(
        piped.sources,
        [Source::Bytes {
            name: "-".to_owned(),
            bytes: b"from a pipe".to_vec()
        }]
    );
}

#[test]
fn what_the_explorer_remembers_it_opens_again_unless_it_is_private() {
    let home = tempfile::tempdir().unwrap();
    let secret = exploration(home.path(), &["--private", "tests"]);
    secret.store.remember(&secret.paths).unwrap();
    assert!(!home.path().join(".local").exists());
    let open = exploration(home.path(), &["src"]);
    open.store.remember(&open.paths).unwrap();
    let again = exploration(home.path(), &[]);
    assert_eq!(again.name, "src");
    assert_eq!(again.paths, [std::path::absolute("src").unwrap()]);
}

#[test]
fn a_mistake_in_the_settings_stops_the_explorer() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/khabar");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    std::fs::write(&file, "[settings]\nbidi = \"kity\"\n").unwrap();
    let (outcome, out, err) = on_a_terminal(home.path(), &["--sample"]);
    assert!(matches!(outcome, Outcome::Done(Status::Failed)));
    assert_eq!(out, "");
    assert!(
        err.contains("config.toml:2: ") && err.contains("\"kitty\""),
        "{err}"
    );
    // another file instead
    let other = home.path().join("fine.toml");
    std::fs::write(&other, DEFAULT_FILE).unwrap();
    exploration(
        home.path(),
        &["--sample", "--config", other.to_str().unwrap()],
    );
    let (outcome, _, err) = on_a_terminal(home.path(), &["--sample", "--config", "nowhere.toml"]);
    assert!(matches!(outcome, Outcome::Done(Status::Failed)));
    assert!(err.contains("nowhere.toml"), "{err}");
}

#[test]
fn a_terminal_gets_tables_unless_it_asks_for_json() {
    let home = tempfile::tempdir().unwrap();
    let (_, table, _) = on_a_terminal(home.path(), &["list", "--sample"]);
    assert!(table.starts_with("DAY"), "{table}");
    let (_, json, _) = on_a_terminal(home.path(), &["list", "--sample", "--json"]);
    assert!(json.starts_with('{'), "{json}");
    let (outcome, out, err) = on_a_terminal(home.path(), &["list", "--sample", "--filter", "zzq"]);
    assert!(matches!(outcome, Outcome::Done(Status::Nothing)));
    assert_eq!(
        (out.as_str(), err.as_str()),
        ("", "khabar: nothing found\n")
    );
}

/// A disk that is full, or a pipe that nobody reads.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_a_failure_a_closed_pipe_is_not() {
    for (kind, expected) in [
        (io::ErrorKind::StorageFull, Status::Failed),
        (io::ErrorKind::BrokenPipe, Status::Found),
    ] {
        for arguments in [
            &["list", "--sample", "--json"][..],
            &["list", "--sample", "--table"],
            &["show", "--sample", "--table"],
            &["--help"],
            &["man"],
            &["completions", "zsh"],
            &["config", "--print-default"],
        ] {
            let mut err = Vec::new();
            let outcome = start(
                std::iter::once("khabar")
                    .chain(arguments.iter().copied())
                    .map(Into::into),
                &|_| None,
                &mut Streams {
                    input: &mut io::empty(),
                    out: &mut Broken(kind),
                    err: &mut err,
                    out_is_terminal: false,
                },
            );
            let Outcome::Done(status) = outcome else {
                panic!("{arguments:?} opened the explorer");
            };
            assert_eq!(status, expected, "{arguments:?}");
            assert_eq!(err.is_empty(), expected == Status::Found, "{arguments:?}");
        }
    }
}
